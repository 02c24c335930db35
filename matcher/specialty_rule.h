/*
 * The rule of the three lists: whether a specialty is one to strengthen, to
 * upgrade or to restrict, by what became of its last cohorts and how much it
 * is asked for, against thresholds that are given.
 *
 * Seven measures, over the cohorts of the window that are counted:
 *
 *   PLACED, LOCAL, ALIGNED, STUDY  the rate (placed / graduates, local /
 *       employed, aligned / answered, studying / graduates) less the level's
 *       rate over the same years; each rate is in ten-thousandths, halves up,
 *       before the one is taken from the other
 *   DEMAND        openings / graduates of the years whose market is known
 *   DEMAND_TREND  demand of the newest year / that of the earlier ones; 10,000
 *       where something came from nothing
 *   ENROLMENT     students a cohort to come / graduates a cohort counted
 *
 * The last three are in thousandths, halves up, and not above 10,000. What has
 * no denominator is not known, and counts as the worst: as -10,000 (of rates)
 * or 0 where a condition asks for no less, as 10,000 where it asks for no more.
 * So a condition that asks for nothing (at least -10,000, at most 10,000)
 * holds.
 *
 * The first of these that is true is the outcome:
 *
 *   TOO_FEW     fewer cohorts than least_cohorts, or fewer graduates than
 *               least_graduates
 *   RESTRICT    all its conditions hold (specialty_conditions.def)
 *   STRENGTHEN  all its conditions hold
 *   UPGRADE     upgrade_least of its conditions hold
 *   NONE
 *
 * from   docs/specialty-lists.md
 */
#ifndef MATCHER_SPECIALTY_RULE_H
#define MATCHER_SPECIALTY_RULE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	/* The window at its widest, and one more cohort. */
	MATCH_SPECIALTY_COHORTS = 6,
	MATCH_SPECIALTY_NEXT = 2, /* cohorts to come */
	MATCH_SPECIALTY_RATE_MAX = 10000,
	MATCH_SPECIALTY_MILLE_MAX = 10000,
	/* Graduates of a cohort, openings of a year. */
	MATCH_SPECIALTY_COUNT_MAX = 1000000,
};

#define MATCH_SPECIALTY_TERM(name, ...) int64_t name;
struct match_specialty_terms {
#include "matcher/specialty_terms.def"
};
#undef MATCH_SPECIALTY_TERM

extern const struct match_specialty_terms match_specialty_default_terms;

enum match_specialty_outcome {
	MATCH_SPECIALTY_TOO_FEW,
	MATCH_SPECIALTY_RESTRICT,
	MATCH_SPECIALTY_STRENGTHEN,
	MATCH_SPECIALTY_UPGRADE,
	MATCH_SPECIALTY_NONE,
	MATCH_SPECIALTY_OUTCOMES
};

enum match_specialty_measure {
	MATCH_SPECIALTY_PLACED,
	MATCH_SPECIALTY_LOCAL,
	MATCH_SPECIALTY_ALIGNED,
	MATCH_SPECIALTY_STUDY,
	MATCH_SPECIALTY_RATES, /* those before are rates */
	MATCH_SPECIALTY_DEMAND = MATCH_SPECIALTY_RATES,
	MATCH_SPECIALTY_DEMAND_TREND,
	MATCH_SPECIALTY_ENROLMENT,
	MATCH_SPECIALTY_MEASURES
};

enum match_specialty_side { MATCH_SPECIALTY_AT_LEAST, MATCH_SPECIALTY_AT_MOST };

/* "too-few", "restrict", ...; "placed", ...; "at-least", "at-most". */
extern const char *const match_specialty_outcome_words[];
extern const char *const match_specialty_measure_words[];
extern const char *const match_specialty_side_words[];

#define MATCH_SPECIALTY_CONDITION(outcome, measure, side, term) \
	MATCH_SPECIALTY_IF_##term,
enum match_specialty_condition {
#include "matcher/specialty_conditions.def"
	MATCH_SPECIALTY_CONDITIONS
};
#undef MATCH_SPECIALTY_CONDITION

/* One row of specialty_conditions.def; name is the threshold's. */
struct match_specialty_condition_card {
	const char *name;
	enum match_specialty_outcome outcome;
	enum match_specialty_measure measure;
	enum match_specialty_side side;
};
extern const struct match_specialty_condition_card
	match_specialty_conditions[];

/*
 * What became of a cohort. 0 <= placed, employed, studying <= graduates,
 * 0 <= local, answered <= employed and aligned <= answered; one that is counted
 * has graduates.
 */
struct match_specialty_cohort {
	bool is_counted;
	int64_t graduates, placed, employed, local, answered, aligned,
		studying;
};

/* Adds the counts; is_counted stays. */
void match_specialty_add(struct match_specialty_cohort *sum,
			 const struct match_specialty_cohort *one);

/* Openings of a year, in thousandths of one, and who graduates in it. */
struct match_specialty_market {
	bool is_known;
	int64_t demand_mille, supply;
};

struct match_specialty_next {
	bool is_known;
	int64_t students;
};

/* Newest first, the cohorts to come nearest first. */
struct match_specialty_evidence {
	struct match_specialty_cohort own[MATCH_SPECIALTY_COHORTS];
	struct match_specialty_cohort level[MATCH_SPECIALTY_COHORTS];
	struct match_specialty_market market[MATCH_SPECIALTY_COHORTS];
	struct match_specialty_next next[MATCH_SPECIALTY_NEXT];
};

struct match_specialty_measured {
	bool is_known;
	int64_t value;
	int64_t rate, mean; /* of rates that are known */
};

/*
 * A threshold, and the nearest value of it that would make another outcome,
 * all else as it is. has_change: there is one.
 */
struct match_specialty_margin {
	bool has_change;
	int64_t changes_at;
	enum match_specialty_outcome becomes;
};

struct match_specialty_held {
	int64_t threshold;
	bool holds;
	struct match_specialty_margin margin;
};

struct match_specialty_finding {
	enum match_specialty_outcome outcome;
	int64_t cohorts, graduates; /* counted, in the window */
	struct match_specialty_measured measured[MATCH_SPECIALTY_MEASURES];
	struct match_specialty_held held[MATCH_SPECIALTY_CONDITIONS];
	struct match_specialty_margin least_cohorts, least_graduates,
		upgrade_least;
	/* With a window wider by one, and narrower; of one cohort there is
	 * none narrower. */
	enum match_specialty_outcome more, fewer;
	bool has_fewer;
	/* Neither is another outcome. */
	bool is_stable;
};

/*
 * in     counts as said above and not above MATCH_SPECIALTY_COUNT_MAX (of
 *        demand_mille a thousand times that); terms within their ranges
 */
void match_specialty_judge(const struct match_specialty_evidence *evidence,
			   const struct match_specialty_terms *terms,
			   struct match_specialty_finding *finding);

/* The outcome alone, in a fraction of the time. */
enum match_specialty_outcome
match_specialty_outcome_of(const struct match_specialty_evidence *evidence,
			   const struct match_specialty_terms *terms);

#endif
