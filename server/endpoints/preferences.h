/* preferences.h - what reading and putting a wish list share. */
#ifndef ENDPOINTS_PREFERENCES_H
#define ENDPOINTS_PREFERENCES_H

#include "endpoints/matching.h"

struct preferences {
	struct matching matching;	/* first: its steps see only this */
	struct uuid round_id;
};

/* The student of the path, if the actor may see it; f->state is preferences. */
flow_step find_wishing_student;

/* Asks for the list of the student in s->round_id. */
flow_step find_wishes;

/* Answers 200 with the list; one that was never put is empty, version 0. */
flow_step reply_preferences;

#endif
