/*
 * Specialty and occupation codes as numbers. A code that is not in the form of
 * the catalogue agrees with nothing; callers check it against the reference
 * list before they store it.
 */
#include "matcher/specialty.h"

enum {
	CATEGORY_FIRST = 21,
	CATEGORY_LAST = 79,
	LEVEL_STEP = 20, /* from one level's category to the next level's */
	CATEGORIES = 19, /* per level; 40 and 60 are none */
};

/* The digits of a code moved away until its category is left; 0: no code. */
static uint32_t category_of(uint32_t code)
{
	if (code >= 100000 && code <= 999999)
		code /= 10000;
	else if (code >= 1000 && code <= 9999)
		code /= 100;
	if (code < CATEGORY_FIRST || code > CATEGORY_LAST)
		return 0;
	return (code - CATEGORY_FIRST) % LEVEL_STEP < CATEGORIES ? code : 0;
}

/* The class with its level, 5102; 0 for a category or no code. */
static uint32_t class_of(uint32_t code)
{
	if (category_of(code) == 0 || code < 100)
		return 0;
	return code > 9999 ? code / 100 : code;
}

static bool is_specialty(uint32_t code)
{
	return code > 9999 && category_of(code) != 0;
}

/* The digits of text as a number, if they are all it holds; else 0. */
static uint32_t number_of_digits(const char *text, int most)
{
	uint32_t number = 0;

	for (int i = 0; text[i] != '\0'; i++) {
		if (i == most || text[i] < '0' || text[i] > '9')
			return 0;
		number = number * 10 + (uint32_t)(text[i] - '0');
	}
	return number;
}

uint32_t match_specialty_from_text(const char *digits)
{
	uint32_t code = number_of_digits(digits, 6);

	return digits[0] != '0' && category_of(code) != 0 ? code : 0;
}

uint32_t match_occupation_from_text(const char *code)
{
	static const char form[] = "9-99-99-99";
	uint32_t number = 0;

	if (code[0] == '0')
		return 0;
	for (int i = 0; form[i] != '\0'; i++) {
		bool is_digit = code[i] >= '0' && code[i] <= '9';

		if (form[i] == '-' ? code[i] != '-' : !is_digit)
			return 0;
		if (is_digit)
			number = number * 10 + (uint32_t)(code[i] - '0');
	}
	return code[sizeof(form) - 1] == '\0' ? number : 0;
}

enum match_education match_specialty_level(uint32_t code)
{
	uint32_t category = category_of(code);

	if (category == 0)
		return MATCH_EDUCATION_NONE;
	if (category < CATEGORY_FIRST + LEVEL_STEP)
		return MATCH_EDUCATION_BACHELOR;
	if (category < CATEGORY_FIRST + 2 * LEVEL_STEP)
		return MATCH_EDUCATION_ASSOCIATE;
	return MATCH_EDUCATION_SECONDARY;
}

uint32_t match_specialty_category(uint32_t code)
{
	uint32_t category = category_of(code);

	if (category == 0)
		return 0;
	return (category - CATEGORY_FIRST) % LEVEL_STEP + CATEGORY_FIRST;
}

uint32_t match_specialty_class(uint32_t code)
{
	uint32_t class = class_of(code);

	if (class == 0)
		return 0;
	return match_specialty_category(code) * 100 + class % 100;
}

enum match_tier match_specialty_tier(uint32_t specialty, uint32_t target)
{
	uint32_t category = match_specialty_category(target);

	if (!is_specialty(specialty) || category == 0)
		return MATCH_TIER_NONE;
	if (specialty == target)
		return MATCH_TIER_SAME;
	if (class_of(specialty) == class_of(target))
		return MATCH_TIER_CLASS_AND_LEVEL;
	if (match_specialty_class(specialty) == match_specialty_class(target))
		return MATCH_TIER_CLASS_OR_TIE;
	if (match_specialty_category(specialty) == category)
		return MATCH_TIER_CATEGORY;
	return MATCH_TIER_NONE;
}

/* Below 0, 0 or above 0 as the tie stands before, at or after the pair. */
static int tie_compare(const struct match_tie *tie, uint32_t specialty,
		       uint32_t occupation)
{
	if (tie->specialty != specialty)
		return tie->specialty < specialty ? -1 : 1;
	if (tie->occupation != occupation)
		return tie->occupation < occupation ? -1 : 1;
	return 0;
}

bool match_specialty_is_tied(const struct match_ties *ties, uint32_t specialty,
			     uint32_t occupation)
{
	size_t low = 0;
	size_t high = ties != NULL ? ties->count : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order =
			tie_compare(&ties->at[middle], specialty, occupation);

		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}
