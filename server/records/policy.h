/*
 * policy.h - what a consortium sets about alignment and quotas, in dated
 * versions that never change. Weights and points are ten-thousandths, shares
 * of staff and of other bases are thousandths.
 *
 * from  matcher/policy.h; rules.md 1.1, 1.2, 1.3, 1.13, 1.22; product.md,
 *       "quota"; docs/quotas.md; schema/migrations/0005_rounds.sql,
 *       0045_floors.sql
 */
#ifndef RECORDS_POLICY_H
#define RECORDS_POLICY_H

#include "base/arena.h"
#include "matcher/specialty_rule.h"
#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

struct policy_weights {
	int64_t specialty, skills, education, place, period, pay;
};

struct policy_tier_points {
	int64_t same_specialty, same_class, class_or_tie, same_category, none;
};

struct policy_place_points {
	int64_t same_county, same_city, same_province, willing_to_move, away;
};

struct policy_education_points {
	int64_t as_asked, one_level_above, two_levels_above;
};

/* Begins at so many of staff, and ends where the next one begins. */
struct policy_size_class {
	const char *name;
	int64_t staff_from;
};

/* The floor of an industry, of a class of size, or of both. */
struct policy_floor {
	const char *industry_code, *size_class;
	int64_t floor_mille;
};

struct policy_new {
	const char *valid_from;		/* NULL: at once */
	struct policy_weights weights;
	struct policy_tier_points tier_points;
	struct policy_place_points place_points;
	struct policy_education_points education_points;
	int64_t neutral_points, intern_months_max, intern_week_minutes_max;
	int64_t floor_mille, staff_cap_mille, post_category_cap_mille;
	const char *floor_base;		/* NULL: staff */
	struct objects size_classes;	/* struct policy_size_class */
	struct objects floors;		/* struct policy_floor */
	int64_t proposed_wishes;	/* to those who gave none; 0: none */
	const char *counted_lists;	/* NULL: all */
	const char *host_lists;		/* NULL: kept */
	/* The fewest graduates that a group shows to others than its school. */
	int64_t small_group_least;
	struct match_specialty_terms specialty_lists;
	/* How often an enterprise may turn to students. */
	int64_t invitations_per_day, invitations_per_student;
	int64_t interviews_per_application;
	/* Where a publication does not say: days to answer, to appeal. */
	int64_t answer_days, appeal_days;
	const char *cross_category, *note;
};

extern const struct field policy_new_shape[];
extern const struct field policy_size_class_shape[], policy_floor_shape[];
enum { POLICY_SIZE_CLASSES_MAX = 10, POLICY_FLOORS_MAX = 200 };

/* What its members must be to each other: every flaw, with its pointer. */
void policy_check(const struct policy_new *policy, struct flaws *flaws);

/* The same of its floors: policy_floors.c. */
void policy_check_floors(const struct policy_new *policy,
			 struct flaws *flaws);

/*
 * What policy_drawn() of the schema makes a policy of: an object whose
 * members are its columns, without those that were left out.
 *
 * mem   the text is in the arena
 */
const char *policy_columns(const struct policy_new *policy,
			   const struct shape_seen *seen, struct arena *mem);

enum { POLICY_VERSION_COLUMN = 0 };

/* A row of policy_read.sql, policy_versions.sql, policy_create.sql. */
void policy_write(struct json_writer *w, const struct rows *rows, int row);

#endif
