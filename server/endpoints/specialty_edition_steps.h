/*
 * specialty_edition_steps.h - what the operations on editions of the three
 * lists, their entries and appeals share.
 *
 * from  api-spec/openapi.yaml, "specialty lists"
 */
#ifndef ENDPOINTS_SPECIALTY_EDITION_STEPS_H
#define ENDPOINTS_SPECIALTY_EDITION_STEPS_H

#include "flow/flow.h"
#include "records/specialty_edition.h"
#include "wire/sql.h"

/* A school sees what concerns it from the time for comments on, everybody
 * what is published. */
#define READERS_OF_SPECIALTY_LISTS                                             \
	{                                                                      \
		[ROLE_STUDENT] = SCOPE_OWN, [ROLE_ENTERPRISE] = SCOPE_OWN,     \
		[ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL           \
	}

/* A school its own appeals, the office all. */
#define READERS_OF_SPECIALTY_APPEALS                                           \
	{ [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL }

/* f->state of what is about an edition, or something of it. */
struct specialty_at {
	struct uuid list_id, id;
};

/* Outcomes that may be decided on, and asked for. */
extern const char *const specialty_decision_words[];

/* As the statements want it: who asks, and for which school. */
struct asked asking_role(const struct flow *f);
struct asked asking_school(const struct flow *f);

/* Takes the edition of the path to a state. */
enum flow_next move_specialty_list(struct flow *f, const char *state,
				   const char *comments_by,
				   const char *reason);

/* Reads what is at f->state; and answers 200 with it. */
flow_step find_specialty_edition, reply_specialty_edition;
flow_step find_specialty_entry, reply_specialty_entry;
flow_step find_specialty_appeal, reply_specialty_appeal;

/* The first step where the path names an edition: reads it, so that what is
 * not there, or not for who asks, is 404. */
flow_step open_specialty_edition;

#endif
