/*
 * GET /v1/statistics/follow-ups - how many are still employed, local, with the
 * same employer, 6 to 24 months after they graduated: of those who answered
 * and of all. Others than the school see a group only if it is made of whole
 * blocks twice: of graduates, and of those who answered.
 */
#include "base/text.h"
#include "endpoints/employment_steps.h"
#include "endpoints/filters.h"
#include "endpoints/packed_parts.h"
#include "endpoints/shown_groups.h"
#include "records/codes.h"
#include "records/follow_up.h"
#include "records/members.h"

struct follow_up_query {
	struct employment_query of;
	const char *months;		/* NULL: all four */
};

struct follow_up_asked {
	struct employment_asked all;	/* its groups are not used */
	/* After 6, 12, 18 and 24 months. */
	struct shown_groups graduates[FOLLOW_UPS], answered[FOLLOW_UPS];
};

static const char *const level_words[] = { "secondary", "associate",
					   "bachelor", NULL };
static const char *const sex_words[] = { "female", "male", "unknown", NULL };

/* The members of the inner struct under their own names. */
#define OF(m) offsetof(struct follow_up_query, of.m)

static const struct field query_shape[] = {
	{ .name = "by", .kind = FIELD_TEXTS, .flags = DISTINCT | CASED,
	  .offset = OF(by), .min = 12, .max = 6,
	  .check = employment_check_dimension },
	{ .name = "year", .kind = FIELD_INT, .offset = OF(year), .min = 2000,
	  .max = 2100 },
	{ .name = "month", .kind = FIELD_INT, .offset = OF(month), .min = 1,
	  .max = 12 },
	ENUM(struct follow_up_query, months, follow_up_months_words,
	     OPTIONAL),
	{ .name = "school_id", .kind = FIELD_UUID, .offset = OF(school_id) },
	{ .name = "specialty", .kind = FIELD_CODE, .offset = OF(specialty),
	  .min = 2, .max = 6, .check = code_check_specialty_target,
	  .tidy = code_tidy_specialty },
	{ .name = "level", .kind = FIELD_ENUM, .offset = OF(level),
	  .words = level_words },
	{ .name = "sex", .kind = FIELD_ENUM, .offset = OF(sex),
	  .words = sex_words },
	{ .name = "division_code", .kind = FIELD_CODE,
	  .offset = OF(division_code), .min = 6, .max = 6,
	  .check = code_check_division },
	END_OF_FIELDS
};

static flow_step check_query, find_parts, find_groups, reply;

const struct endpoint get_follow_up_statistics = {
	.operation = "getFollowUpStatistics",
	.method = "GET",
	.path = "/v1/statistics/follow-ups",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.state_bytes = sizeof(struct follow_up_asked),
	.query = query_shape,
	.query_bytes = sizeof(struct follow_up_query),
	.rate = RATE_SEARCH,
	.steps = { check_query, find_parts, find_groups, reply },
};

static enum flow_next check_query(struct flow *f)
{
	const struct employment_query *q = f->query;
	struct filters filters = { .specialty = q->specialty,
				   .division_code = q->division_code,
				   .school_id = q->school_id };

	if (!employment_is_asked_well(f))
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	return find_unknown_filters(f, &filters);
}

/* A cohort has nothing before it to be compared with. */
#define YEARS(q)                                                               \
	P_INT((q)->year ? (q)->year : 1), P_INT((q)->year ? (q)->year : 9999)

static enum flow_next find_parts(struct flow *f)
{
	const struct employment_query *q = f->query;
	const struct follow_up_asked *s = f->state;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	if (s->all.is_whole)
		return FLOW_NEXT;
	return ask(f, SQL_FOLLOW_UP_PARTS, P_CONSORTIUM(f), YEARS(q),
		   P_TEXT(employment_part(q)));
}

/* The column of follow_up_parts.sql behind those of packed_parts.h. */
enum { COME_COLUMN = PARTS_COLUMNS };
/* The counts of its parts; and what they become: how many each of the four is
 * due of, and how many answered it. */
enum { PART_GRADUATES, PART_ANSWERED, PART_COUNTS = PART_ANSWERED + FOLLOW_UPS,
       DUE = 0, ANSWERED = FOLLOW_UPS };

static void tell_apart(const struct rows *rows, struct packed_part *part)
{
	int64_t come = rows_int(rows, part->row, COME_COLUMN);
	struct packed_part read = *part;

	for (int64_t i = 0; i < FOLLOW_UPS; i++) {
		bool is_due = i < come;

		part->counts[DUE + i] = is_due ?
			read.counts[PART_GRADUATES] : 0;
		part->counts[ANSWERED + i] = is_due ?
			read.counts[PART_ANSWERED + i] : 0;
	}
}

static void judge(struct flow *f)
{
	const struct follow_up_query *q = f->query;
	struct follow_up_asked *s = f->state;
	const struct packed_filter filter = employment_parts_filter(&q->of);
	struct packed_parts parts = {
		.end = rows_count(f->rows), .counts = PART_COUNTS,
		.is_by_year = texts_have(&s->all.by, "year")
	};

	if (s->all.is_whole)
		return;
	packed_parts_read(&parts, f, &s->all.by, &filter);
	for (size_t i = 0; i < parts.count; i++)
		tell_apart(f->rows, &parts.at[i]);
	for (size_t i = 0; i < FOLLOW_UPS; i++) {
		if (q->months && !text_same(q->months,
					    follow_up_months_words[i]))
			continue;
		packed_parts_judge(&s->graduates[i], f, &parts, DUE + i);
		packed_parts_judge(&s->answered[i], f, &parts, ANSWERED + i);
	}
}

/* What the statement of the groups is to tell apart: of a school everything;
 * else places only if they are asked for. */
static const char *groups_cut(struct flow *f)
{
	const struct employment_query *q = f->query;
	const struct follow_up_asked *s = f->state;

	if (s->all.is_whole)
		return "cell";
	return employment_is_by_place(q) ? "place" :
	       text_same(employment_part(q), "month") ? "month" : "sex";
}

static enum flow_next find_groups(struct flow *f)
{
	const struct follow_up_query *q = f->query;
	struct follow_up_asked *s = f->state;

	judge(f);
	return ask(f, SQL_FOLLOW_UP_GROUPS, P_CONSORTIUM(f), P_OWNER(f),
		   YEARS(&q->of), EMPLOYMENT_FILTERS(&q->of),
		   P_TEXT(q->months), P_TEXTS(&s->all.by),
		   P_TEXT(groups_cut(f)), P_INT(GROUPS_MAX + 1));
}

static bool is_in_blocks(struct flow *f, const struct shown_groups *groups,
			 int row)
{
	const struct shown_group *found = shown_groups_find(
		groups, rows_text(f->rows, row, EMPLOYMENT_KEY),
		rows_int(f->rows, row, EMPLOYMENT_YEAR));

	return found && found->is_shown;
}

/* That nobody answered tells of no answer. */
static bool is_shown(struct flow *f, int row)
{
	const struct follow_up_asked *s = f->state;
	int64_t months = rows_int(f->rows, row, FOLLOW_UP_GROUP_MONTHS);
	int64_t i = months / 6 - 1;

	return s->all.is_whole ||
	       (is_in_blocks(f, &s->graduates[i], row) &&
		(rows_int(f->rows, row, FOLLOW_UP_ANSWERED) == 0 ||
		 is_in_blocks(f, &s->answered[i], row)));
}

static void write_item(struct flow *f, struct json_writer *w, int row)
{
	bool is_open = is_shown(f, row);

	json_object(w);
	employment_write_group(w, f->rows, row);
	member_int(w, "months", CELL(f->rows, row, FOLLOW_UP_GROUP_MONTHS));
	json_member_bool(w, "is_hidden", !is_open);
	if (is_open)
		follow_up_counts_write(w, f->rows, row);
	else
		follow_up_counts_write_hidden(w);
	json_member_text(w, "follow_ups", is_open ? employment_rows_path(
		f, row, arena_print(f->mem, "/v1/follow-ups?months=%s",
				    rows_text(f->rows, row,
					      FOLLOW_UP_GROUP_MONTHS))) :
		NULL);
	json_end(w);
}

static enum flow_next reply(struct flow *f)
{
	const struct employment_query *q = f->query;
	struct follow_up_asked *s = f->state;
	struct json_writer *w;

	if (!groups_are_few(f))
		return FLOW_FAIL;
	w = reply_json(f, 200);
	json_object(w);
	json_key(w, "by");
	json_array(w);
	for (size_t i = 0; i < q->by.count; i++)
		json_text(w, q->by.at[i]);
	json_end(w);
	json_member_bool(w, "is_whole", s->all.is_whole);
	json_key(w, "items");
	json_array(w);
	for (int row = 0; row < rows_count(f->rows); row++)
		write_item(f, w, row);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
