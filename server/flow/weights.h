/* weights.h - lists of choices with weights: Accept, Accept-Language. */
#ifndef FLOW_WEIGHTS_H
#define FLOW_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>

struct weights {
	const char *at;
	size_t bytes;
};

struct choice {
	const char *at;		/* without blanks and parameters */
	size_t bytes;
	int weight;		/* 0..1000; 1000 if not said */
};

/*
 * Take the next choice off the list.
 *
 * fails  the list is over; a choice with a weight that is none weighs 0
 * from   RFC 9110 section 12.4.2
 */
bool weights_next(struct weights *list, struct choice *out);

/* Are the texts equal, A-Z and a-z being the same? */
bool choice_is(const struct choice *choice, const char *text);
bool choice_starts(const struct choice *choice, const char *text);

#endif
