#include "random_pair.h"

#include <string.h>

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

static const uint32_t specialties[] = {510201, 510203, 510301, 710201, 710203,
				       310203, 520201, 320201, 610101, 530301};
static const uint32_t targets[] = {510203, 710201, 310203, 520201, 5102,
				   7102,   3102,   51,	   71,	   52,
				   610101, 53,	   530302};
static const uint32_t occupations[] = {0, 4040501, 2021001, 6180101};
static const uint32_t places[] = {320505, 320506, 320500, 320000, 320111,
				  310115, 310000, 429004, 330105, 0};
static const char *const names[] = {"plc", "cad", "焊接", "电工证", "python"};

static const struct match_tie ties[] = {{510301, 4040501},
					{520201, 2021001},
					{610101, 4040501},
					{610101, 6180101}};
const struct match_ties random_ties = {ties, COUNT(ties)};

/* splitmix64 */
uint32_t random_below(uint64_t *seed, uint32_t below)
{
	uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t)(((z ^ (z >> 31)) >> 32) * below >> 32);
}

static bool one_in(uint64_t *seed, uint32_t chances)
{
	return random_below(seed, chances) == 0;
}

static struct match_text random_name(uint64_t *seed)
{
	const char *name = names[random_below(seed, COUNT(names))];

	return (struct match_text){name, (uint32_t)strlen(name)};
}

static void fill_texts(uint64_t *seed, struct match_text *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		texts[i] = random_name(seed);
}

static int32_t random_day(uint64_t *seed)
{
	if (one_in(seed, 4))
		return MATCH_NO_DAY;
	return match_day_from_text("2026-03-01") +
	       (int32_t)random_below(seed, 150);
}

static void put_id(uint8_t *id, uint64_t *seed, uint32_t serial)
{
	/* The serial last: ids are distinct, and their order is not the pool's.
	 */
	id[0] = (uint8_t)random_below(seed, 4);
	for (int i = 0; i < 4; i++)
		id[12 + i] = (uint8_t)(serial >> (8 * i));
}

static struct match_date random_birth(uint64_t *seed)
{
	if (one_in(seed, 10))
		return (struct match_date){0};
	return (struct match_date){
		.year = (int16_t)(2005 + random_below(seed, 6)),
		.month = (uint8_t)(1 + random_below(seed, 12)),
		.day = (uint8_t)(1 + random_below(seed, 28)),
	};
}

struct match_student random_student(uint64_t *seed, uint32_t serial,
				    struct random_student *storage)
{
	struct match_student student = {
		.specialty =
			specialties[random_below(seed, COUNT(specialties))],
		.education = (enum match_education)random_below(seed, 4),
		.entry_year = (int16_t)(one_in(seed, 8)
						? 0
						: 2022 + random_below(seed, 4)),
		.birth = random_birth(seed),
		.sex = (enum match_sex)random_below(seed, 3),
		.home = places[random_below(seed, COUNT(places))],
		.school = places[random_below(seed, COUNT(places))],
		.willing = storage->willing,
		.willing_count = random_below(seed, 3),
		.is_willing_anywhere = one_in(seed, 2),
		.available_from = random_day(seed),
		.available_to = random_day(seed),
		.pay_fen = one_in(seed, 3)
				   ? 0
				   : 10000 * (int64_t)random_below(seed, 90),
		.skills = storage->skills,
		.skill_count = random_below(seed, 5),
		.certificates = storage->certificates,
		.certificate_count = random_below(seed, 3),
	};

	put_id(student.id, seed, serial);
	student.school_id[9] = (uint8_t)random_below(seed, 3);
	for (size_t i = 0; i < student.willing_count; i++)
		storage->willing[i] = places[random_below(seed, 9)];
	fill_texts(seed, storage->skills, student.skill_count);
	fill_texts(seed, storage->certificates, student.certificate_count);
	return student;
}

static void fill_asks(uint64_t *seed, struct match_ask *asks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		asks[i] = (struct match_ask){
			.name = random_name(seed),
			.weight =
				one_in(seed, 2) ? 0 : 1 + random_below(seed, 9),
			.is_required = one_in(seed, 6),
			.is_certificate = one_in(seed, 3),
		};
	}
}

/* Of the kinds that may, two in three are held with somebody. */
static void set_cooperation(uint64_t *seed, struct match_posting *posting)
{
	if (posting->kind < MATCH_APPRENTICESHIP || one_in(seed, 3))
		return;
	posting->only_school[9] = (uint8_t)random_below(seed, 3);
	if (one_in(seed, 3))
		posting->only_specialty =
			specialties[random_below(seed, COUNT(specialties))];
	if (one_in(seed, 3))
		posting->only_entry_year =
			(int16_t)(2022 + random_below(seed, 4));
}

/* Half of the postings set no condition at all, so that many are eligible. */
static void set_conditions(uint64_t *seed, struct match_posting *posting)
{
	if (one_in(seed, 2))
		return;
	posting->conditions = 1u << random_below(seed, MATCH_CONDITION_COUNT);
	posting->labour_grade = (uint8_t)random_below(seed, 5);
	posting->age_min = (uint8_t)(random_below(seed, 2) * 18);
	posting->day_minutes = (uint16_t)(random_below(seed, 3) * 300);
	posting->week_minutes = (uint16_t)(2400 + random_below(seed, 3) * 240);
}

struct match_posting random_posting(uint64_t *seed, uint32_t serial,
				    struct random_posting *storage)
{
	struct match_posting posting = {
		.published_us =
			INT64_C(1772380799000000) + random_below(seed, 3),
		.kind = (enum match_kind)random_below(seed, MATCH_KIND_COUNT),
		.targets = storage->targets,
		.target_count = random_below(seed, 4),
		.occupation =
			occupations[random_below(seed, COUNT(occupations))],
		.division = places[random_below(seed, COUNT(places))],
		.from = random_day(seed),
		.to = MATCH_NO_DAY,
		.education_min = (enum match_education)random_below(seed, 4),
		.asks = storage->asks,
		.ask_count = random_below(seed, 6),
	};

	put_id(posting.id, seed, serial);
	for (size_t i = 0; i < posting.target_count; i++)
		storage->targets[i] =
			targets[random_below(seed, COUNT(targets))];
	fill_asks(seed, storage->asks, posting.ask_count);
	if (posting.from != MATCH_NO_DAY && !one_in(seed, 5))
		posting.to = posting.from + (int32_t)random_below(seed, 250);
	if (!one_in(seed, 4))
		posting.pay_min_fen = 10000 * (int64_t)random_below(seed, 80);
	if (!one_in(seed, 4))
		posting.pay_max_fen = posting.pay_min_fen +
				      10000 * (int64_t)random_below(seed, 40);
	set_conditions(seed, &posting);
	set_cooperation(seed, &posting);
	return posting;
}

struct match_policy random_policy(uint64_t *seed)
{
	struct match_policy policy = match_policy_defaults();
	uint32_t left = MATCH_WHOLE;

	policy.version = random_below(seed, 100);
	for (int i = 0; i < MATCH_PART_COUNT - 1; i++) {
		policy.weight[i] = (uint16_t)random_below(seed, left / 2 + 1);
		left -= policy.weight[i];
	}
	policy.weight[MATCH_PART_COUNT - 1] = (uint16_t)left;
	for (int i = 1; i < MATCH_TIER_COUNT; i++)
		policy.tier_points[i] = (uint16_t)random_below(
			seed, policy.tier_points[i - 1] + 1u);
	for (int i = 1; i < MATCH_PLACE_COUNT; i++)
		policy.place_points[i] = (uint16_t)random_below(
			seed, policy.place_points[i - 1] + 1u);
	policy.neutral_points = (uint16_t)random_below(seed, MATCH_WHOLE + 1);
	policy.cross_category = (enum match_action)random_below(seed, 2);
	policy.intern_months_max = (uint16_t)(1 + random_below(seed, 9));
	return policy;
}
