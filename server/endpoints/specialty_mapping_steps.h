/*
 * specialty_mapping_steps.h - what a school means by names, as several
 * operations take and tell it.
 */
#ifndef ENDPOINTS_SPECIALTY_MAPPING_STEPS_H
#define ENDPOINTS_SPECIALTY_MAPPING_STEPS_H

#include "flow/flow.h"
#include "records/specialty_mapping.h"

struct mapping_path {
	struct uuid school_id;
};

/* Steps of operations whose state begins with a mapping_path. */
flow_step find_mapping_school, find_mapping, reply_mapping;

/* Asks which of its codes are in no list ... */
enum flow_next ask_unknown_codes(struct flow *f,
				 const struct specialty_mapping_new *m);
/* ... and takes the answer: flaws at `where`. */
bool mapping_is_known(struct flow *f, const char *where);

/* Remembers it. */
enum flow_next remember_mapping(struct flow *f, const struct uuid *school,
				const struct specialty_mapping_new *m);

#endif
