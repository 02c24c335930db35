/*
 * destination_steps.h - what the operations on one graduate's destination
 * share.
 *
 * from  api-spec/openapi.yaml, "destinations"
 */
#ifndef ENDPOINTS_DESTINATION_STEPS_H
#define ENDPOINTS_DESTINATION_STEPS_H

#include "flow/flow.h"
#include "records/graduate_destination.h"
#include "wire/sql.h"

/* f->state of all of them. */
struct destination_at {
	struct uuid id;			/* the student's */
};

struct destination_filter {
	int64_t year, month;		/* 0: not asked for */
	const char *specialty, *level, *sex;
	const char *division_code;	/* the schools' */
	const char *code, *state, *evidence;
	const char *workplace;		/* a division or its beginning */
	const char *counts_as;		/* in the rates */
	struct uuid school_id;
};

extern const char *const destination_sex_words[];
extern const struct field destination_filter_shape[];

/* Takes the student of the path; false after a fault. */
MUST_CHECK bool path_destination(struct flow *f);

/* First step of a list: are the codes and ids of its filter known? */
flow_step check_destination_filter;
/* Then a page of a statement that takes what destinations_list.sql takes. */
enum flow_next ask_destinations(struct flow *f, enum sql_id sql);

/* Reads the one in s->id; and answers 200 with it. */
flow_step find_destination, reply_destination;

#endif
