/*
 * specialty_list.h - the three lists drawn up: what the cohorts were, what of
 * them may be shown to everybody, and what the rule makes of that.
 *
 * The rule sees what may be shown and nothing else, so that no outcome tells
 * of what is hidden. There is an entry for each specialty that had graduates
 * in the window, of all schools, and one for each of its schools.
 *
 * from  docs/specialty-lists.md; matcher/specialty_rule.h
 */
#ifndef RECORDS_SPECIALTY_LIST_H
#define RECORDS_SPECIALTY_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/uuid.h"
#include "matcher/specialty_rule.h"
#include "records/disclosure_control.h"
#include "wire/json_write.h"
#include "wire/rows.h"

/* A part of specialty_parts.sql: a specialty of a school in a year. */
struct specialty_part {
	int64_t year;
	struct uuid school_id;
	const char *school_name, *specialty, *specialty_name;
	const char *level;		/* NULL: none of the three */
	struct match_specialty_cohort counts;
};

/*
 * A row of specialty_demand.sql: what was asked for in a year, in thousandths
 * of openings, and a specialty it is open to. Those of one number stand
 * together, and are one thing asked for.
 */
struct specialty_demand {
	int64_t number, year, share_mille;
	bool is_list;			/* of a talent-demand list */
	const char *specialty;		/* NULL: of none that is taught */
};

struct specialty_parts {
	int64_t year, policy_version, small_group_least;
	struct match_specialty_terms terms;
	struct specialty_part *at;
	struct control_atom *atoms;	/* one each */
	size_t count;
	struct specialty_demand *demand;
	size_t demand_count;
};

/*
 * One entry. What is whole is the school's alone: nothing hidden. has_students
 * is what everybody may know: whether there are any, not how many.
 */
struct specialty_entry {
	const char *specialty, *specialty_name, *level;
	struct uuid school_id;		/* nil: of all schools */
	const char *school_name;	/* NULL: of all schools */
	struct match_specialty_evidence evidence;
	bool has_students[MATCH_SPECIALTY_COHORTS];
	bool has_next[MATCH_SPECIALTY_NEXT];
	struct match_specialty_cohort whole[MATCH_SPECIALTY_COHORTS];
	int64_t whole_next[MATCH_SPECIALTY_NEXT];
	enum match_specialty_outcome outcome;
};

struct specialty_entries {
	struct specialty_entry *at;	/* by specialty; of all schools first */
	size_t count;
};

/* mem  texts are copied: the rows may go */
struct specialty_parts specialty_parts_from_rows(const struct rows *rows,
						 struct arena *mem);

/* Adds what was asked for. */
void specialty_parts_add_demand(struct specialty_parts *parts,
				const struct rows *rows, struct arena *mem);

/* Takes long where there are many parts: not for an event loop. */
struct specialty_entries specialty_entries_make(struct specialty_parts *parts,
						struct arena *mem);

/* Has a cohort of the window, or one to come, students that are hidden? */
bool specialty_entry_is_hidden(const struct specialty_parts *parts,
			       const struct specialty_entry *entry);

/* ---- specialty_list_write.c ---- */

/* The rule with its thresholds, as an object. */
void specialty_rule_write(struct json_writer *w,
			  const struct match_specialty_terms *terms);

/* The same as a text in the arena. */
const char *specialty_rule_text(const struct match_specialty_terms *terms,
				struct arena *mem);

/* The members of an entry, into the open object; is_own: for its school. */
void specialty_entry_write(struct json_writer *w,
			   const struct specialty_parts *parts,
			   const struct specialty_entry *entry, bool is_own);

/*
 * The entries as specialty_list_create.sql takes them: an array in which each
 * has an id, and its evidence for everybody and for its school.
 *
 * mem   the text is in the arena
 */
const char *specialty_entries_text(const struct specialty_parts *parts,
				   const struct specialty_entries *entries,
				   struct arena *mem);

#endif
