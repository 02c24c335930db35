/*
 * seals.h - personal values that are kept sealed (wire/crypto.h), with the
 * service's keys. A value belongs to a place, "student.phone", and a row: it
 * opens nowhere else.
 */
#ifndef FLOW_SEALS_H
#define FLOW_SEALS_H

#include "flow/flow.h"
#include "wire/crypto.h"

struct sealed_place {
	const char *column;		/* "student.phone" */
	const struct uuid *row;
};

/* Does the service have a key? Without one nothing can be sealed. */
bool seals_are_there(const struct flow *f);

/* in  seals_are_there(f) */
const char *seal(struct flow *f, struct sealed_place place, const char *plain);

/* The keyed hash, in hex, by which an equal value in the column is found. */
const char *seal_hash(struct flow *f, struct sealed_place place,
		      const char *plain);

/* NULL, and a line in the log, for what no key of the service opens. */
const char *unseal(struct flow *f, struct sealed_place place,
		   const char *sealed);

/*
 * A stamp says that the service itself wrote these bytes, for this purpose: a
 * keyed hash, by the first key; any key of the service confirms it.
 *
 * in  seals_are_there(f), to write one
 */
enum { STAMP_BYTES = 16 };
void stamp(struct flow *f, const char *purpose, struct bytes plain,
	   uint8_t out[STAMP_BYTES]);
bool stamp_fits(struct flow *f, const char *purpose, struct bytes plain,
		const uint8_t stamp[STAMP_BYTES]);

#endif
