/*
 * Tables of fields whose members have the right C type, and with WRONG one
 * that has not: the tests beside compile both.
 */
#include "wire/shape.h"

struct thing {
	const char *title;
	int64_t seats;
	struct texts tags;
};

const struct field right[] = {
	TEXT(struct thing, title, 1, 9, REQUIRED),
	INT(struct thing, seats, 1, 9, REQUIRED),
	TEXTS(struct thing, tags, 9, 9, NULL, OPTIONAL),
#ifdef WRONG
	INT(struct thing, title, 1, 9, REQUIRED),
#endif
	END_OF_FIELDS
};
