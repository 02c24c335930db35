/* What a student and his query come to in sums and columns. */
#include "matcher/index_asker.h"

#include "matcher/index_file.h"
#include "matcher/insist.h"

#include <string.h>

enum {
	OF_WORKING_AGE = 16,
	ADULT = 18,
	FEN_PER_YUAN = 100,
	PAY_SAID_MAX_FEN = 60000 * FEN_PER_YUAN, /* columns can tell */
};

static const uint32_t NEVER = MATCH_DAY_MAX + 1;

static void weigh(struct match_asker *asker)
{
	const struct match_policy *policy = asker->policy;

	for (int i = 0; i < MATCH_PART_COUNT; i++) {
		enum match_part_name part = (enum match_part_name)i;

		asker->whole[i] = match_weighted(policy, part, MATCH_WHOLE);
		asker->neutral[i] =
			match_weighted(policy, part, policy->neutral_points);
	}
	for (int i = 0; i < MATCH_TIER_COUNT; i++)
		asker->tier[i + 1] = match_weighted(
			policy, MATCH_PART_SPECIALTY, policy->tier_points[i]);
}

/* Per least level asked for; the most of them says nothing of those below. */
static void weigh_education(struct match_asker *asker)
{
	const struct match_student *student = &asker->student.facts;
	uint32_t level = student->education;

	MATCH_INSIST(level <= MATCH_EDUCATION_BACHELOR);
	if (level == MATCH_EDUCATION_NONE)
		level = match_specialty_level(student->specialty);
	asker->education[0] = asker->neutral[MATCH_PART_EDUCATION];
	for (uint32_t i = 1; i <= MATCH_EDUCATION_BACHELOR; i++)
		asker->education[i] =
			i > level ? MATCH_SUM_NONE
				  : match_weighted(
					    asker->policy, MATCH_PART_EDUCATION,
					    asker->policy
						    ->education_points[level -
								       i]);
}

static void weigh_limits(struct match_asker *asker)
{
	const struct match_policy *policy = asker->policy;
	uint32_t education = 0;

	for (int i = 0; i <= MATCH_EDUCATION_BACHELOR; i++)
		if (asker->education[i] != MATCH_SUM_NONE)
			education =
				match_larger(education, asker->education[i]);
	asker->most_but_tier_and_place = education;
	for (int i = 0; i < MATCH_PART_COUNT; i++)
		if (i == MATCH_PART_SKILLS || i == MATCH_PART_PERIOD ||
		    i == MATCH_PART_PAY)
			asker->most_but_tier_and_place +=
				asker->whole[i]; /* neutral is at most whole */
	asker->most_near = match_larger(
		asker->neutral[MATCH_PART_PLACE],
		match_weighted(policy, MATCH_PART_PLACE,
			       policy->place_points[MATCH_PLACE_COUNTY]));
	asker->most_far = match_larger(
		asker->neutral[MATCH_PART_PLACE],
		match_weighted(policy, MATCH_PART_PLACE,
			       policy->place_points[MATCH_PLACE_PROVINCE]));
}

static uint32_t first_day(struct match_date birth, int age)
{
	if (birth.year == 0)
		return NEVER;
	return match_day_column(match_day_of_age(birth, age));
}

static void know_student(struct match_asker *asker)
{
	const struct match_student *student = &asker->student.facts;

	asker->class = match_specialty_class(student->specialty);
	asker->want = match_want_of(student->specialty);
	asker->level = asker->want >> 8;
	asker->first_any = first_day(student->birth, OF_WORKING_AGE);
	asker->first_adult = first_day(student->birth, ADULT);
	asker->first_intern = match_larger(
		asker->first_any, match_second_year(student->entry_year));
	asker->is_man = student->sex == MATCH_SEX_MALE;
	asker->is_dated = student->available_from != MATCH_NO_DAY ||
			  student->available_to != MATCH_NO_DAY;
	asker->period = (struct match_sums_period){
		.from = student->available_from, /* the least of all days */
		.to = student->available_to == MATCH_NO_DAY
			      ? MATCH_DAY_MAX + 1
			      : student->available_to,
		.whole = (int32_t)asker->whole[MATCH_PART_PERIOD],
		.neutral = (int32_t)asker->neutral[MATCH_PART_PERIOD],
	};
	/* Days beyond the columns are as good as their ends. */
	if (asker->period.from < -1)
		asker->period.from = -1;
	if (asker->period.from > MATCH_DAY_MAX)
		asker->period.from = MATCH_DAY_MAX;
	if (asker->period.to > MATCH_DAY_MAX + 1)
		asker->period.to = MATCH_DAY_MAX + 1;
	if (asker->period.to < 0)
		asker->period.to = 0;
	asker->pay = (struct match_sums_pay){
		.expected = (float)student->pay_fen / FEN_PER_YUAN,
		.whole = (int32_t)asker->whole[MATCH_PART_PAY],
		.neutral = (int32_t)asker->neutral[MATCH_PART_PAY],
	};
	asker->pay_constant = MATCH_SUM_NONE;
	if (student->pay_fen == 0)
		asker->pay_constant = asker->neutral[MATCH_PART_PAY];
	else if (student->pay_fen > PAY_SAID_MAX_FEN)
		asker->pay_constant = asker->whole[MATCH_PART_PAY];
}

static void hold(struct match_asker *asker, uint32_t name, bool is_certificate)
{
	uint16_t key = match_key_of(name, is_certificate);

	match_key_set_add(&asker->held, key);
	asker->skill_bits |= match_skill_bit(key);
}

static void know_skills(struct match_asker *asker)
{
	const struct match_numbered_student *numbered = &asker->student;

	memset(&asker->held, 0, sizeof(asker->held));
	asker->skill_bits = 0;
	for (size_t i = 0; i < numbered->facts.skill_count; i++)
		hold(asker, numbered->skill_names[i], false);
	for (size_t i = 0; i < numbered->facts.certificate_count; i++)
		hold(asker, numbered->certificate_names[i], true);
}

static void know_query(struct match_asker *asker)
{
	const struct match_index_query *query = asker->query;

	asker->levels = query->education == MATCH_EDUCATION_NONE
				? 0xF
				: (2u << query->education) - 1;
	for (uint32_t i = 0; i <= MATCH_EDUCATION_BACHELOR; i++)
		asker->level_sum[i] =
			(asker->levels >> i & 1) == 0 ||
					asker->education[i] == MATCH_SUM_NONE
				? MATCH_SUM_OUT
				: (int32_t)asker->education[i];
	asker->since = match_seconds_column(query->published_since_us);
	asker->pay_filter = query->pay_fen > PAY_SAID_MAX_FEN
				    ? UINT16_MAX
				    : (uint32_t)(query->pay_fen / FEN_PER_YUAN);
	if (query->enterprise)
		asker->enterprise = match_enterprise_mark(query->enterprise);
}

void match_asker_init(struct match_asker *asker,
		      const struct match_snapshot *snapshot,
		      const struct match_student *student,
		      const struct match_index_query *query)
{
	asker->snapshot = snapshot;
	asker->policy = &snapshot->kept->policy;
	asker->query = query;
	match_names_number_student(snapshot->names, student, &asker->student);
	weigh(asker);
	weigh_education(asker);
	weigh_limits(asker);
	know_student(asker);
	know_skills(asker);
	know_query(asker);
	match_places_init(&asker->places, asker->policy, &asker->student.facts);
}
