/*
 * GET /v1/statistics/quadrant - specialties by how many graduates are placed
 * and how many study on, against the consortium's mean of their level.
 */
#include "base/text.h"
#include "endpoints/quadrant_steps.h"

static const struct field query_shape[] = {
	ENUM(struct quadrant_query, by, quadrant_by_words, OPTIONAL),
	INT(struct quadrant_query, year, 2000, 2100, OPTIONAL),
	INT(struct quadrant_query, years, 1, 5, OPTIONAL),
	ENUM(struct quadrant_query, level, quadrant_level_words, OPTIONAL),
	END_OF_FIELDS
};

static flow_step reply_quadrant;

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
	.steps = { ask_quadrant_parts, ask_quadrant_groups, reply_quadrant },
};

static void write_means(struct flow *f, struct json_writer *w)
{
	struct quadrant_asked *s = f->state;

	json_key(w, "means");
	json_array(w);
	for (int i = 0; i < QUADRANT_LEVELS; i++) {
		const struct quadrant_mean *mean = &s->means[i];

		if (!mean->counts.graduates)
			continue;
		json_object(w);
		json_member_text(w, "level", quadrant_level_words[i]);
		json_member_bool(w, "is_of_all", mean->is_all);
		quadrant_counts_write(w, &mean->counts);
		json_end(w);
	}
	json_end(w);
}

static void write_group(struct flow *f, struct json_writer *w, int row)
{
	struct quadrant_place place = quadrant_place_at(f->state, f->rows, row);

	json_object(w);
	json_member_text(w, "specialty", place.key);
	json_member_text(w, "specialty_name", place.name);
	json_member_text(w, "level", place.level);
	quadrant_counts_write(w, place.is_open ? &place.counts : NULL);
	json_member_text(w, "quadrant", place.quadrant);
	json_member_text(w, "outside", place.outside);
	json_end(w);
}

static void write_groups(struct flow *f, struct json_writer *w)
{
	const struct quadrant_query *q = f->query;
	const char *what = f->actor.scope == SCOPE_OWN ? "own" : "group";

	json_key(w, "items");
	json_array(w);
	for (int row = 1; row < rows_count(f->rows); row++)
		if (quadrant_row_is(f->rows, row, what) &&
		    (!q->level || text_same(q->level, rows_text(
			    f->rows, row, QUADRANT_LEVEL))))
			write_group(f, w, row);
	json_end(w);
}

static enum flow_next reply_quadrant(struct flow *f)
{
	struct quadrant_asked *s = f->state;
	struct json_writer *w = reply_json(f, 200);

	take_quadrant(s, f->rows);
	json_object(w);
	json_member_text(w, "by", quadrant_grouped_by(f->query));
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
