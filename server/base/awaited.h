/*
 * awaited.h - the thread between one who asks and what it waits for.
 *
 * Whoever ends first cuts it: the asker through awaited_abandon, the answerer
 * through awaited_answer, once. A late answer finds nobody home.
 */
#ifndef BASE_AWAITED_H
#define BASE_AWAITED_H

#include <stddef.h>

#include "base/fault.h"

struct awaited {
	void *asker;	/* NULL once the asker has gone */
	/* Runs in the asker's thread. Exactly one of answer, fault is set. */
	void (*answer)(void *asker, void *answer, const struct fault *fault);
	/* Set by the answerer: the asker went first. */
	void (*abandon)(struct awaited *awaited);
	void *answerer;	/* the answerer's own: what it keeps for this asker */
};

static inline void awaited_answer(struct awaited *a, void *answer,
				  const struct fault *fault)
{
	void *asker = a->asker;

	a->asker = NULL;
	if (asker)
		a->answer(asker, answer, fault);
}

static inline void awaited_abandon(struct awaited *a)
{
	a->asker = NULL;
	a->abandon(a);
}

#endif
