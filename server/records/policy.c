/* policy.c - policies, from the body in and to the reply out. */
#include "records/policy.h"

#include "base/arena.h"
#include "matcher/policy.h"
#include "records/members.h"
#include "records/specialty_terms.h"

enum { PROPOSED_WISHES_MAX = 50, DAYS_MAX = 60 };
/* Rules 1.1 and 1.2: a tenth, a fifth. A policy may ask less, never more. */
enum { STAFF_CAP_MILLE_MAX = 100, POST_CATEGORY_CAP_MILLE_MAX = 200 };

static const char *const cross_category_words[] = { "block", "warn", NULL };
static const char *const floor_base_words[] = { "staff", "posts", "openings",
						NULL };

static const char *const counted_words[] = { "all", "certified", NULL };
static const char *const host_lists_words[] = { "kept", "required", NULL };

#define POINTS(S, m) INT(struct S, m, 0, MATCH_WHOLE, REQUIRED)

static const struct field weights_shape[] = {
	POINTS(policy_weights, specialty), POINTS(policy_weights, skills),
	POINTS(policy_weights, education), POINTS(policy_weights, place),
	POINTS(policy_weights, period),	   POINTS(policy_weights, pay),
	END_OF_FIELDS
};

static const struct field tier_points_shape[] = {
	POINTS(policy_tier_points, same_specialty),
	POINTS(policy_tier_points, same_class),
	POINTS(policy_tier_points, class_or_tie),
	POINTS(policy_tier_points, same_category),
	POINTS(policy_tier_points, none),
	END_OF_FIELDS
};

static const struct field place_points_shape[] = {
	POINTS(policy_place_points, same_county),
	POINTS(policy_place_points, same_city),
	POINTS(policy_place_points, same_province),
	POINTS(policy_place_points, willing_to_move),
	POINTS(policy_place_points, away),
	END_OF_FIELDS
};

static const struct field education_points_shape[] = {
	POINTS(policy_education_points, as_asked),
	POINTS(policy_education_points, one_level_above),
	POINTS(policy_education_points, two_levels_above),
	END_OF_FIELDS
};

const struct field policy_new_shape[] = {
	TIME(struct policy_new, valid_from, OPTIONAL),
	OBJECT(struct policy_new, weights, weights_shape,
	       struct policy_weights, REQUIRED),
	OBJECT(struct policy_new, tier_points, tier_points_shape,
	       struct policy_tier_points, REQUIRED),
	OBJECT(struct policy_new, place_points, place_points_shape,
	       struct policy_place_points, REQUIRED),
	OBJECT(struct policy_new, education_points, education_points_shape,
	       struct policy_education_points, REQUIRED),
	POINTS(policy_new, neutral_points),
	INT(struct policy_new, intern_months_max, 1, 36, REQUIRED),
	INT(struct policy_new, intern_week_minutes_max, 1, 2640, REQUIRED),
	INT(struct policy_new, floor_mille, 0, 1000, REQUIRED),
	INT(struct policy_new, staff_cap_mille, 1, STAFF_CAP_MILLE_MAX,
	    REQUIRED),
	INT(struct policy_new, post_category_cap_mille, 1,
	    POST_CATEGORY_CAP_MILLE_MAX, REQUIRED),
	ENUM(struct policy_new, floor_base, floor_base_words, OPTIONAL),
	OBJECTS(struct policy_new, size_classes, POLICY_SIZE_CLASSES_MAX,
		policy_size_class_shape, struct policy_size_class, OPTIONAL),
	OBJECTS(struct policy_new, floors, POLICY_FLOORS_MAX,
		policy_floor_shape, struct policy_floor, OPTIONAL),
	ENUM(struct policy_new, cross_category, cross_category_words,
	     REQUIRED),
	INT(struct policy_new, proposed_wishes, 0, PROPOSED_WISHES_MAX,
	    OPTIONAL),
	ENUM(struct policy_new, counted_lists, counted_words, OPTIONAL),
	ENUM(struct policy_new, host_lists, host_lists_words, OPTIONAL),
	INT(struct policy_new, small_group_least, 2, 1000, OPTIONAL),
	OBJECT(struct policy_new, specialty_lists, specialty_terms_shape,
	       struct match_specialty_terms, OPTIONAL),
	INT(struct policy_new, invitations_per_day, 0, 1000, OPTIONAL),
	INT(struct policy_new, invitations_per_student, 1, 100, OPTIONAL),
	INT(struct policy_new, interviews_per_application, 1, 50, OPTIONAL),
	INT(struct policy_new, answer_days, 1, DAYS_MAX, OPTIONAL),
	INT(struct policy_new, appeal_days, 1, DAYS_MAX, OPTIONAL),
	TEXT(struct policy_new, note, 1, 1000, NULLABLE),
	END_OF_FIELDS
};

static int64_t points_of(const struct field *f, const void *points)
{
	return *(const int64_t *)((const char *)points + f->offset);
}

static void check_never_rises(const char *name, const struct field *table,
			      const void *points, struct flaws *flaws)
{
	for (const struct field *f = table + 1; f->name; f++) {
		if (points_of(f, points) <= points_of(f - 1, points))
			continue;
		flaws_add(flaws,
			  arena_print(flaws->mem, "#/%s/%s", name, f->name),
			  "inconsistent",
			  arena_print(flaws->mem, "must not be above %s",
				      f[-1].name),
			  arena_print(flaws->mem, "不能高于 %s",
				      f[-1].name));
	}
}

void policy_check(const struct policy_new *p, struct flaws *flaws)
{
	int64_t sum = 0;

	for (const struct field *f = weights_shape; f->name; f++)
		sum += points_of(f, &p->weights);
	if (sum != MATCH_WHOLE)
		flaws_add(flaws, "#/weights", "inconsistent",
			  arena_print(flaws->mem,
				      "must sum to %d, and sum to %lld",
				      MATCH_WHOLE, (long long)sum),
			  arena_print(flaws->mem,
				      "总和必须为 %d，现为 %lld",
				      MATCH_WHOLE, (long long)sum));
	check_never_rises("tier_points", tier_points_shape, &p->tier_points,
			  flaws);
	check_never_rises("place_points", place_points_shape, &p->place_points,
			  flaws);
	policy_check_floors(p, flaws);
	specialty_terms_check(&p->specialty_lists, "#/specialty_lists",
			      flaws);
}

static void write_specialty_lists(struct json_writer *w, struct cell at)
{
	json_key(w, "specialty_lists");
	if (rows_is_null(at.rows, at.row, at.column))
		specialty_terms_write(w, &match_specialty_default_terms);
	else
		json_raw(w, rows_text(at.rows, at.row, at.column),
			 rows_bytes(at.rows, at.row, at.column));
}

/* Columns behind each other, by the names of their field table. */
static int write_points(struct json_writer *w, const char *name,
			const struct field *table, struct cell from)
{
	json_key(w, name);
	json_object(w);
	for (; table->name; table++, from.column++)
		member_int(w, table->name, from);
	json_end(w);
	return from.column;
}

void policy_write(struct json_writer *w, const struct rows *rows, int row)
{
	static const char *const numbers[] = {
		"neutral_points", "intern_months_max",
		"intern_week_minutes_max", "floor_mille", "staff_cap_mille",
		"post_category_cap_mille"
	};
	static const char *const rules[] = { "size_classes", "floors" };
	static const char *const counts[] = {
		"invitations_per_day", "invitations_per_student",
		"interviews_per_application", "answer_days", "appeal_days"
	};
	int column = 2;

	json_object(w);
	member_int(w, "version", CELL(rows, row, POLICY_VERSION_COLUMN));
	member_time(w, "valid_from", CELL(rows, row, 1));
	column = write_points(w, "weights", weights_shape,
			      CELL(rows, row, column));
	column = write_points(w, "tier_points", tier_points_shape,
			      CELL(rows, row, column));
	column = write_points(w, "place_points", place_points_shape,
			      CELL(rows, row, column));
	column = write_points(w, "education_points", education_points_shape,
			      CELL(rows, row, column));
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		member_int(w, numbers[i], CELL(rows, row, column++));
	member_text(w, "floor_base", CELL(rows, row, column++));
	for (size_t i = 0; i < COUNT_OF(rules); i++)
		member_json(w, rules[i], CELL(rows, row, column++));
	member_text(w, "cross_category", CELL(rows, row, column++));
	member_int(w, "proposed_wishes", CELL(rows, row, column++));
	member_text(w, "counted_lists", CELL(rows, row, column++));
	member_text(w, "host_lists", CELL(rows, row, column++));
	member_int(w, "small_group_least", CELL(rows, row, column++));
	write_specialty_lists(w, CELL(rows, row, column++));
	for (size_t i = 0; i < COUNT_OF(counts); i++)
		member_int(w, counts[i], CELL(rows, row, column++));
	member_text(w, "note", CELL(rows, row, column++));
	member_time(w, "created_at", CELL(rows, row, column));
	json_end(w);
}
