#include "city.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/insist.h"

enum {
	CODES_MAX = 2000,
	CLASSES_MAX = 128,
	CITIES = 30,
	COUNTIES = 8,
	SKILLS_PER_CLASS = 20,
	NAME_BYTES = 12,
};

static uint32_t codes[CODES_MAX], code_count;
/* Codes of one folded class stand together. */
static uint32_t class_start[CLASSES_MAX + 1], class_count;
static char names[CLASSES_MAX * SKILLS_PER_CLASS][NAME_BYTES];
static int32_t first_of_march;

struct dice {
	uint64_t state;
};

/* splitmix64 */
static uint64_t roll(struct dice *dice)
{
	uint64_t z = dice->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static uint32_t below(struct dice *dice, uint32_t limit)
{
	return (uint32_t)((roll(dice) >> 32) * limit >> 32);
}

/* Of limit, the first ones the most: as the square of a uniform number. */
static uint32_t skewed(struct dice *dice, uint32_t limit)
{
	uint64_t u = roll(dice) >> 32;

	return (uint32_t)((u * u >> 32) * limit >> 32);
}

static int by_class(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	uint32_t class_a = match_specialty_class(a);
	uint32_t class_b = match_specialty_class(b);

	if (class_a != class_b)
		return class_a < class_b ? -1 : 1;
	return a < b ? -1 : a > b;
}

static void read_codes(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[512];

	MATCH_INSIST(file);
	while (fgets(line, sizeof(line), file)) {
		uint32_t code;

		line[6] = '\0';
		code = match_specialty_from_text(line);
		if (code > 9999 && code_count < CODES_MAX)
			codes[code_count++] = code;
	}
	fclose(file);
	MATCH_INSIST(code_count > 1000);
}

void city_open(const char *specialties)
{
	read_codes(specialties);
	qsort(codes, code_count, sizeof(*codes), by_class);
	for (uint32_t i = 0; i < code_count; i++)
		if (i == 0 || match_specialty_class(codes[i]) !=
				      match_specialty_class(codes[i - 1]))
			class_start[class_count++] = i;
	class_start[class_count] = code_count;
	for (uint32_t i = 0; i < class_count * SKILLS_PER_CLASS; i++)
		snprintf(names[i], NAME_BYTES, "skill%05u", i % 99999);
	first_of_march = match_day_from_text("2026-03-01");
}

void city_id(uint32_t number, uint8_t id[16])
{
	memset(id, 0, 16);
	for (int i = 0; i < 4; i++)
		id[12 + i] = (uint8_t)(number >> (24 - 8 * i));
}

uint32_t city_number(const uint8_t id[16])
{
	return (uint32_t)id[12] << 24 | (uint32_t)id[13] << 16 |
	       (uint32_t)id[14] << 8 | id[15];
}

/* 13 cities of Jiangsu, 11 of Zhejiang, 6 of Anhui. */
static uint32_t city_code(uint32_t city)
{
	if (city < 13)
		return 320100 + city * 100;
	if (city < 24)
		return 330100 + (city - 13) * 100;
	return 340100 + (city - 24) * 100;
}

static uint32_t draw_county(struct dice *dice)
{
	return city_code(skewed(dice, CITIES)) + 2 + below(dice, COUNTIES);
}

static uint32_t draw_class(struct dice *dice)
{
	return below(dice, 2) ? below(dice, class_count)
			      : skewed(dice, class_count);
}

static uint32_t draw_code(struct dice *dice, uint32_t class)
{
	return codes[class_start[class] +
		     below(dice, class_start[class + 1] - class_start[class])];
}

/* Distinct skills, three in four of the class's own; says how many. */
static uint32_t draw_skills(struct dice *dice, uint32_t class, uint32_t want,
			    uint32_t *skills)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < want; i++) {
		uint32_t skill =
			below(dice, 4)
				? class * SKILLS_PER_CLASS +
					  below(dice, SKILLS_PER_CLASS)
				: below(dice, class_count * SKILLS_PER_CLASS);
		bool is_new = true;

		for (uint32_t j = 0; j < count; j++)
			is_new = is_new && skills[j] != skill;
		if (is_new)
			skills[count++] = skill;
	}
	return count;
}

static struct match_text name_of(uint32_t skill)
{
	return (struct match_text){names[skill],
				   (uint32_t)strlen(names[skill])};
}

static void draw_terms(struct dice *dice, struct match_posting *facts)
{
	static const enum match_kind kinds[] = {
		MATCH_INTERNSHIP,    MATCH_INTERNSHIP, MATCH_INTERNSHIP,
		MATCH_INTERNSHIP,    MATCH_INTERNSHIP, MATCH_JOB,
		MATCH_JOB,	     MATCH_JOB,	       MATCH_JOB,
		MATCH_APPRENTICESHIP};

	facts->kind = kinds[below(dice, 10)];
	facts->published_us = INT64_C(1769904000000000) +
			      (int64_t)(roll(dice) % UINT64_C(5184000000000));
	facts->education_min = (enum match_education)below(dice, 4);
	facts->division = draw_county(dice);
	facts->pay_min_fen = 100 * (int64_t)(2000 + below(dice, 3000));
	facts->pay_max_fen =
		facts->pay_min_fen + 100 * (int64_t)(500 + below(dice, 2000));
	facts->from = facts->to = MATCH_NO_DAY;
	if (facts->kind == MATCH_INTERNSHIP || below(dice, 2) == 0) {
		facts->from = first_of_march + (int32_t)below(dice, 180);
		facts->to = facts->from + 89 + (int32_t)below(dice, 90);
	}
	if (below(dice, 20) == 0)
		facts->age_min = 18;
}

void city_posting(uint32_t number, struct city_posting *made)
{
	struct dice dice = {(uint64_t)number << 1 | 1};
	struct match_posting *facts = &made->posting.facts;
	uint32_t class = draw_class(&dice);

	*made = (struct city_posting){.targets = {0}};
	city_id(number, facts->id);
	city_id(below(&dice, 100000), made->posting.enterprise);
	made->targets[0] = draw_code(&dice, class);
	facts->targets = made->targets;
	facts->target_count = 1;
	draw_terms(&dice, facts);
	facts->ask_count =
		draw_skills(&dice, class, 3 + below(&dice, 6), made->skill);
	for (uint32_t i = 0; i < facts->ask_count; i++)
		made->asks[i].name = name_of(made->skill[i]);
	made->asks[0].is_required = below(&dice, 10) == 0;
	facts->asks = made->asks;
}

/* Two in five say nothing, two would go anywhere, one names cities. */
static void draw_places(struct dice *dice, struct city_student *made)
{
	struct match_student *student = &made->student;
	uint32_t lot = below(dice, 5);

	student->home = student->school = draw_county(dice);
	student->is_willing_anywhere = lot == 0 || lot == 1;
	student->willing = made->willing;
	if (lot != 2)
		return;
	made->willing[0] = student->home / 100 * 100;
	student->willing_count = 1 + below(dice, CITY_WILLING);
	for (size_t i = 1; i < student->willing_count; i++)
		made->willing[i] = city_code(skewed(dice, CITIES));
}

void city_student(uint32_t number, struct city_student *made)
{
	struct dice dice = {(uint64_t)number << 1 | UINT64_C(1) << 40};
	struct match_student *student = &made->student;
	uint32_t class = draw_class(&dice);

	*made = (struct city_student){.willing = {0}};
	city_id(number, student->id);
	student->specialty = draw_code(&dice, class);
	student->education = match_specialty_level(student->specialty);
	student->entry_year = (int16_t)(2022 + below(&dice, 3));
	student->birth = (struct match_date){(int16_t)(2005 + below(&dice, 4)),
					     (uint8_t)(1 + below(&dice, 12)),
					     (uint8_t)(1 + below(&dice, 28))};
	student->sex = (enum match_sex)(1 + below(&dice, 2));
	draw_places(&dice, made);
	student->available_from = first_of_march + (int32_t)below(&dice, 120);
	student->available_to =
		student->available_from + 120 + (int32_t)below(&dice, 120);
	student->pay_fen = 100 * (int64_t)(2500 + below(&dice, 2500));
	student->skill_count =
		draw_skills(&dice, class, 4 + below(&dice, 8), made->skill);
	for (size_t i = 0; i < student->skill_count; i++)
		made->skills[i] = name_of(made->skill[i]);
	student->skills = made->skills;
}
