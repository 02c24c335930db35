/* codes.c - check digits and forms; nothing here asks the database. */
#include "records/codes.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "matcher/specialty.h"
#include "wire/unicode.h"

enum { CODE_LENGTH = 18, CHINA_AHEAD_MS = 8 * 3600 * 1000 };

static bool has_form(const char *text, const char *form)
{
	for (; *form; form++, text++) {
		bool is_digit = *text >= '0' && *text <= '9';

		if (*form == '9' ? !is_digit : *text != *form)
			return false;
	}
	return *text == '\0';
}

const char *code_check_uscc(const char *text)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	int sum = 0, weight = 1;

	if (strlen(text) != CODE_LENGTH)
		return "must have 18 characters";
	if (strspn(text, alphabet) != CODE_LENGTH ||
	    strspn(text + 2, "0123456789") < 6)
		return "has a character that such a code never has";
	for (int i = 0; i < CODE_LENGTH - 1; i++) {
		sum += (int)(strchr(alphabet, text[i]) - alphabet) * weight;
		weight = weight * 3 % 31;
	}
	if (alphabet[(31 - sum % 31) % 31] != text[CODE_LENGTH - 1])
		return "has a wrong check digit";
	return NULL;
}

static bool is_province(const char *digits)
{
	static const char *const provinces[] = {
		"11", "12", "13", "14", "15", "21", "22", "23", "31", "32",
		"33", "34", "35", "36", "37", "41", "42", "43", "44", "45",
		"46", "50", "51", "52", "53", "54", "61", "62", "63", "64",
		"65", "71", "81", "82", "83",
	};

	for (size_t i = 0; i < COUNT_OF(provinces); i++)
		if (memcmp(digits, provinces[i], 2) == 0)
			return true;
	return false;
}

static bool birth_of(const char *text, int32_t *days)
{
	const char *at = text + 6;
	const char date[] = { at[0], at[1], at[2], at[3], '-', at[4], at[5],
			      '-',   at[6], at[7], '\0' };

	return strcmp(date, "1880") > 0 && clock_date(date, days);
}

const char *code_check_identity(const char *text)
{
	static const char checks[] = "10X98765432";
	int64_t today = (clock_wall_ms() + CHINA_AHEAD_MS) / (86400 * 1000);
	int sum = 0, weight = 7;
	int32_t birth;

	if (strlen(text) == 15 && text_is_digits(text))
		return "must not be the old number of 15 digits";
	if (strlen(text) != CODE_LENGTH)
		return "must have 18 characters";
	if (strspn(text, "0123456789") < CODE_LENGTH - 1 ||
	    !strchr(checks, text[CODE_LENGTH - 1]))
		return "has a character that such a code never has";
	/* A foreigner's permit: 9, then the province that issued it. */
	if (!is_province(text) && !(text[0] == '9' && is_province(text + 1)))
		return "has no province in its first digits";
	if (!birth_of(text, &birth))
		return "has no such birth date";
	if (birth > today)
		return "has a birth date in the future";
	/* 2^(18-i) mod 11: each weight is six times the last, 2 * 6 being 1. */
	for (int i = 0; i < CODE_LENGTH - 1; i++) {
		sum += (text[i] - '0') * weight;
		weight = weight * 6 % 11;
	}
	if (checks[sum % 11] != text[CODE_LENGTH - 1])
		return "has a wrong check digit";
	return NULL;
}

const char *code_check_specialty(const char *text)
{
	if (strlen(text) == 6 && match_specialty_from_text(text))
		return NULL;
	return "must be a specialty code: 6 digits, the first two "
	       "21-39, 41-59 or 61-79";
}

const char *code_check_specialty_target(const char *text)
{
	if (match_specialty_from_text(text))
		return NULL;
	return "must be a specialty, class or category: 6, 4 or 2 digits, "
	       "the first two 21-39, 41-59 or 61-79";
}

const char *code_check_division(const char *text)
{
	if (has_form(text, "999999") && *text >= '1' && *text <= '8')
		return NULL;
	return "must be 6 digits, the first 1 to 8";
}

const char *code_check_occupation(const char *text)
{
	if (has_form(text, "9-99-99-99") && *text >= '1' && *text <= '8')
		return NULL;
	return "must be an occupation code such as 6-31-01-01";
}

const char *code_check_industry(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (text[digits] == '\0' && digits >= 2 && digits <= 4)
		return NULL;
	if (*text >= 'A' && *text <= 'T' && text[1] == '\0')
		return NULL;
	return "must be an industry code: a letter A to T, or 2 to 4 digits";
}

const char *code_check_industry_head(const char *text)
{
	if (has_form(text, "99"))
		return NULL;
	if (*text >= 'A' && *text <= 'T' && text[1] == '\0')
		return NULL;
	return "must be an industry section or division: a letter A to T, "
	       "or 2 digits";
}

const char *code_check_unit_nature(const char *text)
{
	return has_form(text, "99") ? NULL : "must be 2 digits";
}

const char *code_check_login(const char *text)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyz0123456789";

	if (*text && strchr(first, *text) &&
	    strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789._@+-") ==
		    strlen(text))
		return NULL;
	return "must have small letters, digits and . _ @ + - only, and begin "
	       "with a letter or digit";
}

const char *code_check_mobile(const char *text)
{
	if (has_form(text, "19999999999") && text[1] >= '3')
		return NULL;
	return "must be a mobile number: 11 digits, from 13 to 19";
}

const char *code_check_school(const char *text)
{
	if (has_form(text, "9999999999") || has_form(text, "99999"))
		return NULL;
	return "must be a school code of 10 or 5 digits";
}

void code_tidy_specialty(char *text)
{
	if (strspn(text, "0123456789") == 6 &&
	    (text_same(text + 6, "K") || text_same(text + 6, "k")))
		text[6] = '\0';
}

char *code_normalised(struct arena *mem, const char *text)
{
	char *code = unicode_code(mem, text);

	unicode_upper_ascii(code);
	return code;
}

const char *code_specialty_level(const char *text)
{
	static const char *const words[] = {
		[MATCH_EDUCATION_SECONDARY] = "secondary",
		[MATCH_EDUCATION_ASSOCIATE] = "associate",
		[MATCH_EDUCATION_BACHELOR] = "bachelor",
	};

	return words[match_specialty_level(match_specialty_from_text(text))];
}

int code_specialty_category(const char *text)
{
	uint32_t code = match_specialty_from_text(text);

	/* Folded to the bachelor's level, 21 to 39. */
	return code ? (int)match_specialty_category(code) - 20 : 0;
}

static void division_prefix(const char *text, size_t digits, char out[7])
{
	memcpy(out, "000000", 7);
	memcpy(out, text, digits);
}

void code_division_province(const char *text, char out[7])
{
	division_prefix(text, 2, out);
}

void code_division_prefecture(const char *text, char out[7])
{
	division_prefix(text, 4, out);
}

struct identity_facts code_identity_facts(const char *text)
{
	struct identity_facts facts = { 0 };

	must(birth_of(text, &facts.birth_days));
	facts.is_female = (text[16] - '0') % 2 == 0;
	return facts;
}

int code_age(int32_t birth_days, int32_t on_days)
{
	char birth[CLOCK_TEXT_BYTES], on[CLOCK_TEXT_BYTES];
	int years;

	clock_date_text(birth_days, birth);
	clock_date_text(on_days, on);
	years = (on[0] - birth[0]) * 1000 + (on[1] - birth[1]) * 100 +
		(on[2] - birth[2]) * 10 + on[3] - birth[3];
	return years - (strcmp(on + 4, birth + 4) < 0);
}
