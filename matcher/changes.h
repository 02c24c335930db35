/*
 * What if a cap, a floor or a capacity were another? Changes to an instance in
 * memory; whom it is about, and what they wish for, stays.
 *
 * from   docs/placement.md, "What if"
 */
#ifndef MATCHER_CHANGES_H
#define MATCHER_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/instance.h"

enum match_change_kind {
	MATCH_SET_CAP,	    /* of a group: a number, or none */
	MATCH_SET_FLOOR,    /* of a group */
	MATCH_SET_CAPACITY, /* of a posting */
};

enum match_change_flaw {
	MATCH_CHANGE_SOUND,
	MATCH_CHANGE_NO_EQUALS,	   /* it is not ID=NUMBER */
	MATCH_CHANGE_NO_NUMBER,	   /* nor "none", where that can be said */
	MATCH_CHANGE_OUT_OF_RANGE, /* beyond MATCH_SEATS_MAX */
	MATCH_CHANGE_UNKNOWN,	   /* no group, or posting, has the id */
	MATCH_CHANGE_TWICE,	   /* an earlier change sets the same */
	MATCH_CHANGE_CROSSED,	   /* after all, the floor is above the cap */
};

struct match_change {
	enum match_change_kind kind;
	const char *text; /* ID=NUMBER, the last = of the text; kept */
	/* The rest is found by match_changes_apply. */
	enum match_change_flaw flaw;
	uint32_t node; /* a group or a posting; MATCH_NONE: unknown */
	uint32_t before, after;
};

/*
 * Make all changes, or none.
 *
 * out    each change's flaw; the instance is changed only if all are sound
 * fails  MATCH_MALFORMED, with the first flaw in words; MATCH_NO_MEMORY. The
 *        instance is then as it was
 * mem    scratch, linear in the changes
 */
bool match_changes_apply(struct match_instance *instance,
			 struct match_change *changes, uint32_t count,
			 struct match_error *error) MATCH_MUST_CHECK;

/* Take back what match_changes_apply has just done. */
void match_changes_undo(struct match_instance *instance,
			const struct match_change *changes, uint32_t count);

/*
 * The flaw of a change in words, one line without a newline.
 *
 * in     change as match_changes_apply left it; size > 0
 * out    out[0..size), cut where it does not fit; empty if it is sound
 */
void match_change_text(const struct match_change *change, char *out,
		       size_t size);

#endif
