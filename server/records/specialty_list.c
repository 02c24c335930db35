/*
 * specialty_list.c - see specialty_list.h. Parts come in the order of
 * the rates, so the blocks are theirs.
 */
#include "records/specialty_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/text.h"
#include "records/codes.h"
#include "records/specialty_market.h"
#include "records/specialty_terms.h"

/* Columns of specialty_parts.sql; and the kinds of its rows. */
enum { KIND, YEAR, SCHOOL, SPECIALTY, GRADUATES, EMPLOYED, LOCAL, ANSWERED,
       ALIGNED, STUDYING, NAME, SCHOOL_ID, DIVISION, VERSION, TERMS, LEAST };
enum { KIND_RULE, KIND_SCHOOL, KIND_SPECIALTY, KIND_PART };

/* Columns of specialty_demand.sql. */
enum { NUMBER, OF_YEAR, IS_LIST, SHARE, OPEN_TO };

enum { LEVELS = 3, MIXED = LEVELS };
static const char *const level_words[] = { "secondary", "associate",
					   "bachelor" };

/* Of the last so many years, and of those to come. */
enum { BACK = MATCH_SPECIALTY_COHORTS, AHEAD = MATCH_SPECIALTY_NEXT };

/* ---- in ---- */

static const char *text_of(const struct rows *rows, int row, int column,
			   struct arena *mem)
{
	if (rows_is_null(rows, row, column))
		return NULL;
	return arena_text(mem, rows_text(rows, row, column),
			  rows_bytes(rows, row, column));
}

static struct match_specialty_cohort counts_of(const struct rows *rows,
					       int row)
{
	int64_t employed = rows_int(rows, row, EMPLOYED);
	int64_t studying = rows_int(rows, row, STUDYING);

	return (struct match_specialty_cohort){
		.graduates = rows_int(rows, row, GRADUATES),
		.placed = employed + studying,
		.employed = employed,
		.local = rows_int(rows, row, LOCAL),
		.answered = rows_int(rows, row, ANSWERED),
		.aligned = rows_int(rows, row, ALIGNED),
		.studying = studying,
	};
}

/* What parts are of: schools by number, specialties by code. */
struct school {
	struct uuid id;
	const char *name, *division;
};

struct specialty {
	const char *code, *name, *level;
};

struct reading {
	const struct rows *rows;
	struct arena *mem;
	int row;			/* the next one */
	struct school *schools;
	struct specialty *specialties;
	size_t specialty_count;
};

static bool is_next(const struct reading *r, int kind)
{
	return r->row < rows_count(r->rows) &&
	       rows_int(r->rows, r->row, KIND) == kind;
}

static void read_names(struct reading *r)
{
	size_t most = (size_t)rows_count(r->rows);

	r->schools = arena_array(r->mem, struct school, most);
	r->specialties = arena_array(r->mem, struct specialty, most);
	for (; is_next(r, KIND_SCHOOL); r->row++)
		r->schools[rows_int(r->rows, r->row, SCHOOL)] =
			(struct school){
			rows_uuid(r->rows, r->row, SCHOOL_ID),
			text_of(r->rows, r->row, NAME, r->mem),
			arena_print(r->mem, "%s", rows_text(
				r->rows, r->row, DIVISION))
		};
	for (; is_next(r, KIND_SPECIALTY); r->row++) {
		const char *code = text_of(r->rows, r->row, SPECIALTY, r->mem);

		r->specialties[r->specialty_count++] = (struct specialty){
			code, text_of(r->rows, r->row, NAME, r->mem),
			code_specialty_level(code)
		};
	}
}

static int by_code(const void *code, const void *at)
{
	return strcmp(code, ((const struct specialty *)at)->code);
}

static const struct specialty *specialty_of(const struct reading *r)
{
	const struct specialty *found = bsearch(
		rows_text(r->rows, r->row, SPECIALTY), r->specialties,
		r->specialty_count, sizeof(*found), by_code);

	must(found);
	return found;
}

/* Which wholes a part shares with the one before it: the year, its division,
 * the school, and of that the category and the class. */
static int shared_wholes(const struct reading *r)
{
	const struct rows *rows = r->rows;
	const char *code = rows_text(rows, r->row, SPECIALTY);
	const char *last = rows_text(rows, r->row - 1, SPECIALTY);
	int64_t school = rows_int(rows, r->row, SCHOOL);
	int64_t before = rows_int(rows, r->row - 1, SCHOOL);

	if (rows_int(rows, r->row - 1, KIND) != KIND_PART ||
	    rows_int(rows, r->row, YEAR) != rows_int(rows, r->row - 1, YEAR))
		return 0;
	if (school != before)
		return text_same(r->schools[school].division,
				 r->schools[before].division) ? 2 : 1;
	return strncmp(code, last, 4) == 0 ? 5 :
	       strncmp(code, last, 2) == 0 ? 4 : 3;
}

static void read_part(struct specialty_parts *parts, const struct reading *r)
{
	const struct specialty *specialty = specialty_of(r);
	const struct school *school =
		&r->schools[rows_int(r->rows, r->row, SCHOOL)];
	struct control_atom *atom = &parts->atoms[parts->count];
	int shared = shared_wholes(r);

	parts->at[parts->count++] = (struct specialty_part){
		.year = rows_int(r->rows, r->row, YEAR),
		.school_id = school->id,
		.school_name = school->name,
		.specialty = specialty->code,
		.specialty_name = specialty->name,
		.level = specialty->level,
		.counts = counts_of(r->rows, r->row),
	};
	atom->count = rows_int(r->rows, r->row, GRADUATES);
	for (int i = 0; i < CONTROL_WHOLES; i++)
		atom->whole[i] = i >= CONTROL_WHOLES - shared ?
				 atom[-1].whole[i] : parts->count;
}

struct specialty_parts specialty_parts_from_rows(const struct rows *rows,
						 struct arena *mem)
{
	size_t count = (size_t)rows_count(rows);
	struct reading r = { .rows = rows, .mem = mem, .row = 1 };
	struct specialty_parts parts = {
		.year = rows_int(rows, 0, YEAR),
		.policy_version = rows_int(rows, 0, VERSION),
		.terms = specialty_terms_from_row(rows, 0, TERMS, mem),
		.small_group_least = rows_int(rows, 0, LEAST),
		.at = arena_array(mem, struct specialty_part, count),
		.atoms = arena_array(mem, struct control_atom, count),
	};

	must(rows_int(rows, 0, KIND) == KIND_RULE);
	for (read_names(&r); is_next(&r, KIND_PART); r.row++)
		read_part(&parts, &r);
	return parts;
}

void specialty_parts_add_demand(struct specialty_parts *parts,
				const struct rows *rows, struct arena *mem)
{
	int count = rows_count(rows);

	parts->demand = arena_array(mem, struct specialty_demand,
				    (size_t)count + 1);
	for (int row = 0; row < count; row++)
		parts->demand[parts->demand_count++] =
			(struct specialty_demand){
			.number = rows_int(rows, row, NUMBER),
			.year = rows_int(rows, row, OF_YEAR),
			.is_list = rows_bool(rows, row, IS_LIST),
			.share_mille = rows_int(rows, row, SHARE),
			.specialty = text_of(rows, row, OPEN_TO, mem),
		};
}

/* ---- what may be shown ---- */

/* How the parts were made into blocks, and what the levels have of them. */
struct making {
	const struct specialty_parts *parts;
	struct control_block *blocks;
	int64_t *touched;
	size_t *members;		/* of the group under way */
	struct match_specialty_cohort level[LEVELS][BACK];
	bool has_next[LEVELS][AHEAD];
};

static int level_of(const char *level)
{
	for (int i = 0; i < LEVELS; i++)
		if (level && text_same(level, level_words[i]))
			return i;
	return MIXED;
}

/* The level of each block, at its index; MIXED: of several. */
static int *levels_of_blocks(const struct specialty_parts *parts,
			     struct arena *mem)
{
	int *levels = arena_array(mem, int, parts->count + 1);
	bool *is_seen = arena_array(mem, bool, parts->count + 1);

	for (size_t i = 0; i < parts->count; i++) {
		size_t block = parts->atoms[i].block;
		int level = level_of(parts->at[i].level);

		if (is_seen[block] && levels[block] != level)
			level = MIXED;
		levels[block] = level;
		is_seen[block] = true;
	}
	return levels;
}

/* A level is the sum of the blocks that are its own and may be shown. */
static void sum_levels(struct making *m, struct arena *mem)
{
	const struct specialty_parts *parts = m->parts;
	const int *levels = levels_of_blocks(parts, mem);

	for (size_t i = 0; i < parts->count; i++) {
		const struct specialty_part *part = &parts->at[i];
		int64_t back = parts->year - part->year;
		size_t block = parts->atoms[i].block;
		int level = level_of(part->level);

		if (level != MIXED && back < 0)
			m->has_next[level][-back - 1] = true;
		if (back >= 0 && levels[block] != MIXED &&
		    m->blocks[block].is_safe)
			match_specialty_add(&m->level[level][back],
					    &part->counts);
	}
}

/* ---- entries ---- */

/* By specialty, then by school, then by year. */
static int by_entry(const void *a, const void *b)
{
	const struct specialty_part *x = *(struct specialty_part *const *)a;
	const struct specialty_part *y = *(struct specialty_part *const *)b;
	int order = strcmp(x->specialty, y->specialty);

	if (!order)
		order = memcmp(&x->school_id, &y->school_id,
			       sizeof(x->school_id));
	return order ? order : (x->year > y->year) - (x->year < y->year);
}

static bool is_of(const struct specialty_part *part,
		  const struct specialty_part *other, bool is_of_school)
{
	return text_same(part->specialty, other->specialty) &&
	       (!is_of_school || uuid_same(&part->school_id,
					   &other->school_id));
}

/* The parts of the year in the group, summed; has: is there one? */
static bool sum_year(struct making *m, struct specialty_part **group,
		     size_t count, int64_t year,
		     struct match_specialty_cohort *sum)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		if (group[i]->year != year)
			continue;
		m->members[found++] = (size_t)(group[i] - m->parts->at);
		match_specialty_add(sum, &group[i]->counts);
	}
	sum->is_counted = found && control_shows(m->parts->atoms, m->blocks,
						 m->members, found,
						 m->touched);
	return found > 0;
}

/* None at all is known, too, if others of the level are there. */
static void look_ahead(struct making *m, struct specialty_entry *e,
		       struct specialty_part **group, size_t count, int ahead)
{
	struct match_specialty_next *next = &e->evidence.next[ahead];
	struct match_specialty_cohort sum = { 0 };

	e->has_next[ahead] = sum_year(m, group, count,
				      m->parts->year + 1 + ahead, &sum);
	e->whole_next[ahead] = sum.graduates;
	next->is_known = m->has_next[level_of(e->level)][ahead] &&
			 (!e->has_next[ahead] || sum.is_counted);
	if (next->is_known)
		next->students = sum.graduates;
}

static void make_entry(struct making *m, struct specialty_entry *e,
		       struct specialty_part **group, size_t count)
{
	int level = level_of(group[0]->level);
	const struct match_specialty_cohort none = { 0 };

	e->specialty = group[0]->specialty;
	e->specialty_name = group[0]->specialty_name;
	e->level = group[0]->level;
	for (int i = 0; i < BACK; i++) {
		struct match_specialty_cohort *own = &e->evidence.own[i];

		e->has_students[i] = sum_year(m, group, count,
					      m->parts->year - i, own);
		e->whole[i] = *own;
		if (!own->is_counted)
			*own = none;
		e->evidence.level[i] = m->level[level][i];
	}
	for (int i = 0; i < AHEAD; i++)
		look_ahead(m, e, group, count, i);
}

static bool has_graduates(const struct making *m,
			  struct specialty_part **group, size_t count)
{
	const struct specialty_parts *parts = m->parts;

	for (size_t i = 0; i < count; i++)
		if (group[i]->year <= parts->year &&
		    group[i]->year > parts->year - parts->terms.cohorts)
			return true;
	return false;
}

/* A specialty: its entry of all schools, then one for each school. */
static void make_specialty(struct making *m, struct specialty_entries *into,
			   struct specialty_part **group, size_t count)
{
	if (level_of(group[0]->level) == MIXED ||
	    !has_graduates(m, group, count))
		return;
	make_entry(m, &into->at[into->count++], group, count);
	for (size_t i = 0, end; i < count; i = end) {
		struct specialty_entry *e = &into->at[into->count];

		for (end = i + 1; end < count &&
		     is_of(group[i], group[end], true);)
			end++;
		if (!has_graduates(m, group + i, end - i))
			continue;
		e->school_id = group[i]->school_id;
		e->school_name = group[i]->school_name;
		make_entry(m, e, group + i, end - i);
		into->count++;
	}
}

/* At most so many entries are made of the parts, in order. */
static size_t count_entries(struct specialty_part **order, size_t count)
{
	size_t entries = 0;

	for (size_t i = 0; i < count; i++) {
		entries += i == 0 || !is_of(order[i - 1], order[i], false);
		entries += i == 0 || !is_of(order[i - 1], order[i], true);
	}
	return entries;
}

struct specialty_entries specialty_entries_make(struct specialty_parts *parts,
						struct arena *mem)
{
	size_t count = parts->count;
	struct specialty_entries entries = { NULL, 0 };
	struct specialty_part **order = arena_array(
		mem, struct specialty_part *, count + 1);
	struct making *m = arena_new(mem, struct making);

	m->parts = parts;
	m->blocks = arena_array(mem, struct control_block, count + 1);
	control_blocks(m->blocks, parts->atoms, count,
		       parts->small_group_least);
	m->touched = arena_array(mem, int64_t, count + 1);
	m->members = arena_array(mem, size_t, count + 1);
	sum_levels(m, mem);
	for (size_t i = 0; i < count; i++)
		order[i] = &parts->at[i];
	qsort(order, count, sizeof(struct specialty_part *), by_entry);
	entries.at = arena_array(mem, struct specialty_entry,
				 count_entries(order, count) + 1);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count &&
		     is_of(order[i], order[end], false);)
			end++;
		make_specialty(m, &entries, order + i, end - i);
	}
	specialty_market_weigh(parts, &entries, mem);
	for (size_t i = 0; i < entries.count; i++)
		entries.at[i].outcome = match_specialty_outcome_of(
			&entries.at[i].evidence, &parts->terms);
	return entries;
}

bool specialty_entry_is_hidden(const struct specialty_parts *parts,
			       const struct specialty_entry *e)
{
	for (int i = 0; i < parts->terms.cohorts; i++)
		if (e->has_students[i] && !e->evidence.own[i].is_counted)
			return true;
	for (int i = 0; i < AHEAD; i++)
		if (e->has_next[i] && !e->evidence.next[i].is_known)
			return true;
	return false;
}
