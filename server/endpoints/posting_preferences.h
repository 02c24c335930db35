/*
 * posting_preferences.h - what reading and putting a posting's ranking share.
 */
#ifndef ENDPOINTS_POSTING_PREFERENCES_H
#define ENDPOINTS_POSTING_PREFERENCES_H

#include "endpoints/matching.h"

struct posting_preferences {
	struct matching matching;	/* first: its steps see only this */
	struct uuid round_id;
};

/* The posting of the path, if the actor may see its ranking: its id, state and
 * kind; f->state is posting_preferences. */
flow_step find_ranked_posting;

/* Asks for the ranking of the posting in s->round_id. */
flow_step find_posting_ranking;

/* Answers 200 with the list; one that was never put is empty, version 0. */
flow_step reply_posting_ranking;

#endif
