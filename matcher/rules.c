/*
 * Each rule of rules.def as one question to a pair. A fact that a rule needs
 * and nobody recorded counts against the pair: the law is not shown to hold.
 * match_align() has filled the parts before, and some rules read them.
 */
#include "matcher/rules.h"

#include "matcher/align.h"
#include "matcher/insist.h"

#include <string.h>

enum {
	SCHOOL_YEAR_MONTH = 9,
	AGE_TO_WORK = 16,
	AGE_OF_MAJORITY = 18,
	GRADE_PROTECTED = 4, /* barred to minors and women */
	GRADE_INTERN_MAX = 2,
	DAY_MINUTES_MAX = 8 * 60,
	WEEK_MINUTES_MAX = 44 * 60,
	HEALTH_CATEGORY = 32, /* folded; rule 1.31: may run longer */
	HAZARDS = MATCH_HEIGHT | MATCH_UNDERGROUND | MATCH_RADIATION |
		  MATCH_TOXIC | MATCH_EXPLOSIVE | MATCH_HIGH_RISK,
	BARRED_TO_MINORS = HAZARDS | MATCH_MINOR_BARRED | MATCH_HEAVY_LIFTING |
			   MATCH_ENTERTAINMENT,
	BARRED_TO_WOMEN =
		MATCH_UNDERGROUND | MATCH_FEMALE_BARRED | MATCH_HEAVY_LIFTING,
};

struct pair {
	const struct match_policy *policy;
	const struct match_student *student;
	const struct match_posting *posting;
	const struct match_fit *fit;
	int32_t first_day;
	int64_t age; /* on the first day, or MATCH_UNKNOWN */
};

/* Whether the pair breaks the rule; if so, by what. */
typedef bool rule_check(const struct pair *pair, struct match_breach *breach);

/* Whether a fact stays below its least, which an unknown one does too. */
static bool is_below(int64_t actual, int64_t least, struct match_breach *breach)
{
	breach->limit = least;
	breach->actual = actual;
	return actual < least;
}

static bool is_above(int64_t actual, int64_t most, struct match_breach *breach)
{
	breach->limit = most;
	breach->actual = actual;
	return actual > most;
}

static bool has_condition(const struct pair *pair, int conditions,
			  struct match_breach *breach)
{
	breach->which = pair->posting->conditions & (unsigned)conditions;
	return breach->which != 0;
}

static bool has_unfiled(const struct pair *pair, int conditions,
			struct match_breach *breach)
{
	if ((pair->posting->conditions & MATCH_FILED) != 0)
		return false;
	return has_condition(pair, conditions, breach);
}

static bool is_first_year(const struct pair *pair, struct match_breach *breach)
{
	struct match_date day = match_date_from_day(pair->first_day);
	int64_t year = MATCH_UNKNOWN;

	if (pair->student->entry_year != 0)
		year = day.year - pair->student->entry_year +
		       (day.month >= SCHOOL_YEAR_MONTH ? 1 : 0);
	return is_below(year, 2, breach);
}

static bool is_too_young(const struct pair *pair, struct match_breach *breach)
{
	return is_below(pair->age, AGE_TO_WORK, breach);
}

static bool is_barred_minor(const struct pair *pair,
			    struct match_breach *breach)
{
	return is_below(pair->age, AGE_OF_MAJORITY, breach) &&
	       (has_condition(pair, BARRED_TO_MINORS, breach) ||
		pair->posting->labour_grade >= GRADE_PROTECTED);
}

static bool is_barred_woman(const struct pair *pair,
			    struct match_breach *breach)
{
	return pair->student->sex != MATCH_SEX_MALE &&
	       (has_condition(pair, BARRED_TO_WOMEN, breach) ||
		pair->posting->labour_grade >= GRADE_PROTECTED);
}

static bool is_entertainment(const struct pair *pair,
			     struct match_breach *breach)
{
	return has_condition(pair, MATCH_ENTERTAINMENT, breach);
}

static bool is_intermediary(const struct pair *pair,
			    struct match_breach *breach)
{
	return has_condition(pair, MATCH_INTERMEDIARY, breach);
}

static bool is_heavy_labour(const struct pair *pair,
			    struct match_breach *breach)
{
	return is_above(pair->posting->labour_grade, GRADE_INTERN_MAX, breach);
}

static bool is_hazardous(const struct pair *pair, struct match_breach *breach)
{
	return has_unfiled(pair, HAZARDS, breach);
}

static bool is_at_night(const struct pair *pair, struct match_breach *breach)
{
	return has_unfiled(pair, MATCH_NIGHT_SHIFT, breach);
}

static bool is_on_rest_days(const struct pair *pair,
			    struct match_breach *breach)
{
	return has_unfiled(pair, MATCH_REST_DAYS, breach);
}

static bool is_overtime(const struct pair *pair, struct match_breach *breach)
{
	return has_unfiled(pair, MATCH_OVERTIME, breach);
}

static bool is_long_day(const struct pair *pair, struct match_breach *breach)
{
	return is_above(pair->posting->day_minutes, DAY_MINUTES_MAX, breach);
}

static bool is_long_week(const struct pair *pair, struct match_breach *breach)
{
	int64_t most = pair->posting->kind == MATCH_INTERNSHIP
			       ? pair->policy->intern_week_minutes_max
			       : WEEK_MINUTES_MAX;

	return is_above(pair->posting->week_minutes, most, breach);
}

static bool is_cross_category(const struct pair *pair,
			      struct match_breach *breach)
{
	breach->action = pair->policy->cross_category;
	return is_above(pair->fit->tier, MATCH_TIER_CATEGORY, breach);
}

static bool is_too_long(const struct pair *pair, struct match_breach *breach)
{
	const struct match_posting *posting = pair->posting;
	uint32_t category = match_specialty_category(pair->student->specialty);

	if (posting->from == MATCH_NO_DAY || posting->to == MATCH_NO_DAY ||
	    category == HEALTH_CATEGORY)
		return false;
	return is_above(match_months_begun(posting->from, posting->to),
			pair->policy->intern_months_max, breach);
}

static bool is_cross_province(const struct pair *pair,
			      struct match_breach *breach)
{
	breach->limit = match_division_province(pair->student->school);
	breach->actual = match_division_province(pair->posting->division);
	return breach->limit != 0 && breach->actual != 0 &&
	       breach->limit != breach->actual;
}

static bool is_under_posting_age(const struct pair *pair,
				 struct match_breach *breach)
{
	return pair->posting->age_min != 0 &&
	       is_below(pair->age, pair->posting->age_min, breach);
}

static bool is_under_educated(const struct pair *pair,
			      struct match_breach *breach)
{
	const struct match_part *part = &pair->fit->parts[MATCH_PART_EDUCATION];

	breach->limit = part->b;
	breach->actual =
		part->a != MATCH_EDUCATION_NONE ? part->a : MATCH_UNKNOWN;
	return part->because == MATCH_REASON_LEVEL_BELOW;
}

/* Whether a required ask of the kind is not among those held. */
static bool is_lacking(const struct pair *pair, bool is_certificate,
		       struct match_breach *breach)
{
	uint64_t held = pair->fit->parts[MATCH_PART_SKILLS].which;

	for (size_t i = 0; i < pair->posting->ask_count; i++) {
		const struct match_ask *ask = &pair->posting->asks[i];

		if (!ask->is_required || ask->is_certificate != is_certificate)
			continue;
		breach->limit++;
		if ((held >> i & 1) != 0)
			breach->actual++;
		else
			breach->which |= UINT64_C(1) << i;
	}
	return breach->which != 0;
}

static bool is_skill_lacking(const struct pair *pair,
			     struct match_breach *breach)
{
	return is_lacking(pair, false, breach);
}

static bool is_certificate_lacking(const struct pair *pair,
				   struct match_breach *breach)
{
	return is_lacking(pair, true, breach);
}

static bool is_of_another_school(const struct pair *pair,
				 struct match_breach *breach)
{
	static const uint8_t any[sizeof(pair->posting->only_school)];
	const uint8_t *only = pair->posting->only_school;

	(void)breach;
	return memcmp(only, any, sizeof(any)) != 0 &&
	       memcmp(only, pair->student->school_id, sizeof(any)) != 0;
}

static bool is_of_another_specialty(const struct pair *pair,
				    struct match_breach *breach)
{
	breach->limit = pair->posting->only_specialty;
	breach->actual = pair->student->specialty;
	return breach->limit != 0 && breach->limit != breach->actual;
}

static bool is_of_another_year(const struct pair *pair,
			       struct match_breach *breach)
{
	int16_t entry_year = pair->student->entry_year;

	breach->limit = pair->posting->only_entry_year;
	breach->actual = entry_year != 0 ? entry_year : MATCH_UNKNOWN;
	return breach->limit != 0 && breach->limit != breach->actual;
}

static bool is_unavailable(const struct pair *pair, struct match_breach *breach)
{
	const struct match_part *part = &pair->fit->parts[MATCH_PART_PERIOD];

	breach->limit = 1;
	breach->actual = 0;
	return part->because == MATCH_REASON_PERIOD_NONE;
}

static bool is_unwilling(const struct pair *pair, struct match_breach *breach)
{
	const struct match_student *student = pair->student;
	uint32_t division = pair->posting->division;

	if (student->willing_count == 0 || student->is_willing_anywhere ||
	    division == 0)
		return false;
	for (size_t i = 0; i < student->willing_count; i++) {
		if (match_division_is_in(division, student->willing[i]))
			return false;
	}
	breach->limit = student->willing[0];
	breach->actual = division;
	return true;
}

static rule_check *const checks[MATCH_RULE_COUNT] = {
	[MATCH_RULE_FIRST_YEAR] = is_first_year,
	[MATCH_RULE_AGE_AT_START] = is_too_young,
	[MATCH_RULE_MINOR_PROTECTED] = is_barred_minor,
	[MATCH_RULE_FEMALE_PROTECTED] = is_barred_woman,
	[MATCH_RULE_ENTERTAINMENT] = is_entertainment,
	[MATCH_RULE_INTERMEDIARY] = is_intermediary,
	[MATCH_RULE_LABOUR_GRADE] = is_heavy_labour,
	[MATCH_RULE_HAZARD] = is_hazardous,
	[MATCH_RULE_NIGHT_SHIFT] = is_at_night,
	[MATCH_RULE_REST_DAYS] = is_on_rest_days,
	[MATCH_RULE_OVERTIME] = is_overtime,
	[MATCH_RULE_DAY_HOURS] = is_long_day,
	[MATCH_RULE_WEEK_HOURS] = is_long_week,
	[MATCH_RULE_CROSS_CATEGORY] = is_cross_category,
	[MATCH_RULE_LENGTH] = is_too_long,
	[MATCH_RULE_CROSS_PROVINCE] = is_cross_province,
	[MATCH_RULE_POSTING_AGE] = is_under_posting_age,
	[MATCH_RULE_EDUCATION] = is_under_educated,
	[MATCH_RULE_SKILL] = is_skill_lacking,
	[MATCH_RULE_CERTIFICATE] = is_certificate_lacking,
	[MATCH_RULE_SCHOOL] = is_of_another_school,
	[MATCH_RULE_SPECIALTY] = is_of_another_specialty,
	[MATCH_RULE_ENTRY_YEAR] = is_of_another_year,
	[MATCH_RULE_PERIOD] = is_unavailable,
	[MATCH_RULE_PLACE] = is_unwilling,
};

#define KINDS_INTERNS (1u << MATCH_INTERNSHIP)
#define KINDS_TAUGHT \
	(1u << MATCH_APPRENTICESHIP | 1u << MATCH_ORDER_CLASS)
#define KINDS_ALL ((1u << MATCH_KIND_COUNT) - 1)

static const struct match_rule_card cards[MATCH_RULE_COUNT] = {
#define MATCH_RULE(id, rule_name, number, act, kind_set, count_of, \
		   article_text, english, chinese)                 \
	[MATCH_RULE_##id] = {                                      \
		.name = rule_name,                                 \
		.source = number,                                  \
		.action = MATCH_##act,                             \
		.kinds = KINDS_##kind_set,                         \
		.unit = MATCH_UNIT_##count_of,                     \
		.article = article_text,                           \
		.text_en = english,                                \
		.text_zh = chinese,                                \
	},
#include "matcher/rules.def"
#undef MATCH_RULE
};

static const char *const condition_words[MATCH_CONDITION_COUNT] = {
#define MATCH_CONDITION(id, word, english, chinese) word,
#include "matcher/conditions.def"
#undef MATCH_CONDITION
};

const struct match_rule_card *match_rule_card(enum match_rule rule)
{
	MATCH_INSIST(rule < MATCH_RULE_COUNT);
	return &cards[rule];
}

unsigned match_condition_from_word(const char *word)
{
	for (unsigned i = 0; i < MATCH_CONDITION_COUNT; i++) {
		if (strcmp(word, condition_words[i]) == 0)
			return 1u << i;
	}
	return 0;
}

/* Note a breach of one rule, if there is one. */
static void check_rule(const struct pair *pair, enum match_rule rule,
		       struct match_fit *fit)
{
	struct match_breach breach = {.rule = rule,
				      .action = cards[rule].action};

	if ((cards[rule].kinds >> pair->posting->kind & 1) == 0)
		return;
	if (!checks[rule](pair, &breach))
		return;
	if (breach.action == MATCH_BLOCK)
		fit->is_eligible = false;
	fit->breaches[fit->breach_count++] = breach;
}

void match_rules_check(const struct match_policy *policy,
		       const struct match_student *student,
		       const struct match_posting *posting,
		       struct match_fit *fit)
{
	struct pair pair = {
		.policy = policy,
		.student = student,
		.posting = posting,
		.fit = fit,
		.first_day = match_first_day(posting),
		.age = MATCH_UNKNOWN,
	};

	MATCH_INSIST(posting->kind < MATCH_KIND_COUNT);
	if (student->birth.year != 0)
		pair.age = match_age_on(student->birth, pair.first_day);
	fit->is_eligible = true;
	fit->breach_count = 0;
	for (int i = 0; i < MATCH_RULE_COUNT; i++)
		check_rule(&pair, (enum match_rule)i, fit);
}
