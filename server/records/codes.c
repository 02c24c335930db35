/* codes.c - check digits and forms; nothing here asks the database. */
#include "records/codes.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "matcher/specialty.h"
#include "wire/unicode.h"

enum { CODE_LENGTH = 18 };

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

const char *code_specialty_level(const char *text)
{
	static const char *const words[] = {
		[MATCH_EDUCATION_SECONDARY] = "secondary",
		[MATCH_EDUCATION_ASSOCIATE] = "associate",
		[MATCH_EDUCATION_BACHELOR] = "bachelor",
	};

	return words[match_specialty_level(match_specialty_from_text(text))];
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
