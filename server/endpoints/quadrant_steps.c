/*
 * quadrant_steps.c - see quadrant_steps.h. The mean is made of what anybody may
 * see, so it tells of no small group either.
 */
#include "endpoints/quadrant_steps.h"

#include "base/text.h"
#include "endpoints/packed_parts.h"
#include "wire/sql.h"

const char *const quadrant_by_words[] = { "specialty", "class", "category",
					  NULL };
const char *const quadrant_level_words[] = { "secondary", "associate",
					     "bachelor", NULL };

const char *quadrant_grouped_by(const struct quadrant_query *query)
{
	return query->by ? query->by : quadrant_by_words[0];
}

static int64_t digits(const struct quadrant_query *query)
{
	int64_t count = 6;

	for (int i = 0; !text_same(quadrant_by_words[i],
				   quadrant_grouped_by(query)); i++)
		count -= 2;
	return count;
}

#define COHORTS(q)                                                             \
	(q)->year ? P_INT((q)->year) : P_NULL,                                 \
		P_INT((q)->years ? (q)->years : QUADRANT_YEARS)

enum flow_next ask_quadrant_parts(struct flow *f)
{
	const struct quadrant_query *q = f->query;

	return ask(f, SQL_QUADRANT_PARTS, P_CONSORTIUM(f), COHORTS(q));
}

/* Judges what the parts make by one thing. */
static void judge(struct shown_groups *groups, struct flow *f, const char *by)
{
	static const struct packed_filter all;
	struct packed_parts parts = { .end = rows_count(f->rows),
				      .counts = 1 };

	packed_parts_read(&parts, f, &(struct texts){ &by, 1 }, &all);
	packed_parts_judge(groups, f, &parts, 0);
}

enum flow_next ask_quadrant_groups(struct flow *f)
{
	const struct quadrant_query *q = f->query;
	struct quadrant_asked *s = f->state;

	judge(&s->groups, f, quadrant_grouped_by(q));
	judge(&s->levels, f, "level");
	return ask(f, SQL_QUADRANT_GROUPS, P_CONSORTIUM(f), P_OWNER(f),
		   COHORTS(q), P_INT(digits(q)));
}

static bool is_shown(const struct shown_groups *groups, const char *key)
{
	const struct shown_group *found = shown_groups_find(groups, key, 0);

	return found && found->is_shown;
}

bool quadrant_row_is(const struct rows *rows, int row, const char *what)
{
	return text_same(rows_text(rows, row, QUADRANT_WHAT), what);
}

int quadrant_level(const char *level)
{
	int i = 0;

	while (i < QUADRANT_LEVELS && !text_same(quadrant_level_words[i],
						 level))
		i++;
	return i;
}

/* Of all who graduated, where that may be told; else of the groups that are
 * shown, which tell no more than they do by themselves. */
void take_quadrant(struct quadrant_asked *s, const struct rows *rows)
{
	s->least = rows_int(rows, 0, QUADRANT_STUDYING);
	for (int row = 1; row < rows_count(rows); row++) {
		bool is_level = quadrant_row_is(rows, row, "level");
		const char *key = rows_text(rows, row, QUADRANT_KEY);
		struct quadrant_counts counts =
			quadrant_counts_from_row(rows, row);
		int level = quadrant_level(is_level ? key : rows_text(
			rows, row, QUADRANT_LEVEL));
		struct quadrant_mean *mean = &s->means[level];

		if (level == QUADRANT_LEVELS ||
		    quadrant_row_is(rows, row, "own"))
			continue;
		if (is_level && is_shown(&s->levels, key))
			*mean = (struct quadrant_mean){ counts, true };
		else if (!is_level && !mean->is_all &&
			 is_shown(&s->groups, key))
			quadrant_counts_add(&mean->counts, &counts);
	}
}

struct quadrant_place quadrant_place_at(const struct quadrant_asked *s,
					const struct rows *rows, int row)
{
	struct quadrant_place place = {
		.key = rows_text(rows, row, QUADRANT_KEY),
		.name = rows_is_null(rows, row, QUADRANT_NAME) ? NULL :
			rows_text(rows, row, QUADRANT_NAME),
		.level = rows_text(rows, row, QUADRANT_LEVEL),
		.counts = quadrant_counts_from_row(rows, row),
	};
	int level = quadrant_level(place.level);
	bool has_mean = level < QUADRANT_LEVELS &&
			s->means[level].counts.graduates;

	place.is_open = quadrant_row_is(rows, row, "own") ||
			is_shown(&s->groups, place.key);
	place.outside = !place.is_open ? "hidden" :
			place.counts.graduates < s->least ? "small" :
			!has_mean ? "no-mean" : NULL;
	if (!place.outside)
		place.quadrant = quadrant_of(&place.counts,
					     &s->means[level].counts);
	return place;
}
