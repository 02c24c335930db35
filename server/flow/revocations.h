/*
 * revocations.h - who was signed out on this server of late, by the id of a
 * session or of an account. One for all loops: a loop looks before it trusts
 * what it knows by heart, so a revocation holds on the whole server before
 * it is answered. Other servers hear of it by NOTIFY.
 *
 * from  architecture.md "Who may do what"
 */
#ifndef FLOW_REVOCATIONS_H
#define FLOW_REVOCATIONS_H

#include <stdint.h>

#include "base/uuid.h"

enum { REVOCATIONS_KEPT = 64 };

struct revocations;

struct revocations *revocations_open(void);
void revocations_close(struct revocations *revocations);

void revocations_add(struct revocations *revocations, const struct uuid *id);

/* How many there ever were: one read, without the lock. */
uint64_t revocations_count(const struct revocations *revocations);

/*
 * Those after the first `heard`, oldest first.
 *
 * out    ids[0..count), count at most REVOCATIONS_KEPT; *heard is now how
 *        many there ever were
 * fails  more came than are kept; *heard is set, ids are not
 */
MUST_CHECK bool revocations_since(struct revocations *revocations,
				  uint64_t *heard,
				  struct uuid ids[REVOCATIONS_KEPT],
				  int *count);

#endif
