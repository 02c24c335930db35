/*
 * GET /v1/statistics/quadrant - specialties by how many graduates are placed
 * and how many study on, against the consortium's mean of their level. The mean
 * is made of what anybody may see, so it tells of no small group either.
 */
#include "base/text.h"
#include "endpoints/shown_groups.h"
#include "records/quadrant.h"
#include "wire/sql.h"

enum { LEVELS = 3, YEARS_DEFAULT = 2 };

struct quadrant_query {
	const char *by, *level;
	int64_t year, years;		/* 0: not asked for */
};

/* Of a level. */
struct mean {
	struct quadrant_counts counts;
	bool is_all;	/* else of the groups that are shown */
};

/* f->state. */
struct quadrant_asked {
	struct shown_groups groups, levels;
	struct mean means[LEVELS];
	int64_t least;
};

static const char *const by_words[] = { "specialty", "class", "category",
					NULL };
static const char *const level_words[] = { "secondary", "associate",
					   "bachelor", NULL };

static const struct field query_shape[] = {
	ENUM(struct quadrant_query, by, by_words, OPTIONAL),
	INT(struct quadrant_query, year, 2000, 2100, OPTIONAL),
	INT(struct quadrant_query, years, 1, 5, OPTIONAL),
	ENUM(struct quadrant_query, level, level_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step find_parts, find_groups, reply_quadrant;

const struct endpoint get_quadrant = {
	.operation = "getQuadrant",
	.method = "GET",
	.path = "/v1/statistics/quadrant",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN, [ROLE_OFFICE] = SCOPE_ALL },
	.deadline_ms = 10000,
	.state_bytes = sizeof(struct quadrant_asked),
	.query = query_shape,
	.query_bytes = sizeof(struct quadrant_query),
	.rate = RATE_SEARCH,
	.steps = { find_parts, find_groups, reply_quadrant },
};

static const char *grouped_by(const struct flow *f)
{
	const struct quadrant_query *q = f->query;

	return q->by ? q->by : by_words[0];
}

static int64_t digits(const struct flow *f)
{
	int64_t count = 6;

	for (int i = 0; !text_same(by_words[i], grouped_by(f)); i++)
		count -= 2;
	return count;
}

#define COHORTS(q)                                                             \
	(q)->year ? P_INT((q)->year) : P_NULL,                                 \
		P_INT((q)->years ? (q)->years : YEARS_DEFAULT)

static enum flow_next find_parts(struct flow *f)
{
	const struct quadrant_query *q = f->query;

	return ask(f, SQL_QUADRANT_PARTS, P_CONSORTIUM(f), COHORTS(q),
		   P_INT(digits(f)));
}

static enum flow_next find_groups(struct flow *f)
{
	const struct quadrant_query *q = f->query;
	struct quadrant_asked *s = f->state;
	struct part_rows parts = { 0, 0, 1, false };
	int count = rows_count(f->rows);

	while (parts.end < count &&
	       text_same(rows_text(f->rows, parts.end, 0), "group"))
		parts.end++;
	shown_groups_judge(&s->groups, f, &parts);
	parts.first = parts.end;
	parts.end = count;
	shown_groups_judge(&s->levels, f, &parts);
	return ask(f, SQL_QUADRANT_GROUPS, P_CONSORTIUM(f), P_OWNER(f),
		   COHORTS(q), P_INT(digits(f)));
}

/* ---- means ---- */

static bool is_shown(const struct shown_groups *groups, const char *key)
{
	const struct shown_group *found = shown_groups_find(groups, key, 0);

	return found && found->is_shown;
}

static bool row_is(const struct flow *f, int row, const char *what)
{
	return text_same(rows_text(f->rows, row, QUADRANT_WHAT), what);
}

static struct mean *mean_of(struct quadrant_asked *s, const char *level)
{
	for (int i = 0; i < LEVELS; i++)
		if (text_same(level_words[i], level))
			return &s->means[i];
	return NULL;
}

/* Of all who graduated, where that may be told; else of the groups that are
 * shown, which tell no more than they do by themselves. */
static void find_means(struct flow *f)
{
	struct quadrant_asked *s = f->state;

	for (int row = 1; row < rows_count(f->rows); row++) {
		bool is_level = row_is(f, row, "level");
		const char *key = rows_text(f->rows, row, QUADRANT_KEY);
		struct quadrant_counts counts =
			quadrant_counts_from_row(f->rows, row);
		struct mean *mean = mean_of(s, is_level ? key : rows_text(
			f->rows, row, QUADRANT_LEVEL));

		if (!mean || row_is(f, row, "own"))
			continue;
		if (is_level && is_shown(&s->levels, key))
			*mean = (struct mean){ counts, true };
		else if (!is_level && !mean->is_all &&
			 is_shown(&s->groups, key))
			quadrant_counts_add(&mean->counts, &counts);
	}
}

static void write_means(struct flow *f, struct json_writer *w)
{
	struct quadrant_asked *s = f->state;

	json_key(w, "means");
	json_array(w);
	for (int i = 0; i < LEVELS; i++) {
		const struct mean *mean = &s->means[i];

		if (!mean->counts.graduates)
			continue;
		json_object(w);
		json_member_text(w, "level", level_words[i]);
		json_member_bool(w, "is_of_all", mean->is_all);
		quadrant_counts_write(w, &mean->counts);
		json_end(w);
	}
	json_end(w);
}

/* ---- groups ---- */

static void write_group(struct flow *f, struct json_writer *w, int row)
{
	struct quadrant_asked *s = f->state;
	const char *key = rows_text(f->rows, row, QUADRANT_KEY);
	const char *level = rows_text(f->rows, row, QUADRANT_LEVEL);
	struct quadrant_counts counts = quadrant_counts_from_row(f->rows, row);
	const struct mean *mean = mean_of(s, level);
	bool is_open = row_is(f, row, "own") || is_shown(&s->groups, key);
	const char *outside = !is_open			 ? "hidden" :
			      counts.graduates < s->least ? "small" :
			      !mean || !mean->counts.graduates ? "no-mean" :
								 NULL;

	json_object(w);
	json_member_text(w, "specialty", key);
	json_member_text(w, "specialty_name",
			 rows_is_null(f->rows, row, QUADRANT_NAME) ? NULL :
			 rows_text(f->rows, row, QUADRANT_NAME));
	json_member_text(w, "level", level);
	quadrant_counts_write(w, is_open ? &counts : NULL);
	json_member_text(w, "quadrant",
			 outside ? NULL : quadrant_of(&counts, &mean->counts));
	json_member_text(w, "outside", outside);
	json_end(w);
}

static void write_groups(struct flow *f, struct json_writer *w)
{
	const struct quadrant_query *q = f->query;
	const char *what = f->actor.scope == SCOPE_OWN ? "own" : "group";

	json_key(w, "items");
	json_array(w);
	for (int row = 1; row < rows_count(f->rows); row++)
		if (row_is(f, row, what) &&
		    (!q->level || text_same(q->level, rows_text(
			    f->rows, row, QUADRANT_LEVEL))))
			write_group(f, w, row);
	json_end(w);
}

static enum flow_next reply_quadrant(struct flow *f)
{
	struct quadrant_asked *s = f->state;
	struct json_writer *w = reply_json(f, 200);

	s->least = rows_int(f->rows, 0, QUADRANT_STUDYING);
	find_means(f);
	json_object(w);
	json_member_text(w, "by", grouped_by(f));
	json_member_int(w, "first_year",
			rows_int(f->rows, 0, QUADRANT_GRADUATES));
	json_member_int(w, "last_year", rows_int(f->rows, 0, QUADRANT_PLACED));
	json_member_bool(w, "is_whole", f->actor.scope == SCOPE_OWN);
	json_member_int(w, "small_group_least", s->least);
	write_means(f, w);
	write_groups(f, w);
	json_end(w);
	return FLOW_DONE;
}
