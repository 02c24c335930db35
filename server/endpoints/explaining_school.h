/* explaining_school.h - what the two lists of a school in a round share. */
#ifndef ENDPOINTS_EXPLAINING_SCHOOL_H
#define ENDPOINTS_EXPLAINING_SCHOOL_H

#include "endpoints/explaining.h"

struct explaining_school {
	struct explaining run;		/* first: of ask_run */
	struct uuid school_id;
};

/* A step: the path's school, if it is the actor's own or the actor sees all. */
flow_step find_school_to_explain;

#endif
