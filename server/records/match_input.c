/*
 * match_input.c - the columns are read in the order in which the statements
 * list them; lists come as one text with a separator, because a text array's
 * own form would have to be unquoted item by item.
 */
#include "records/match_input.h"

#include <string.h>

#include "base/text.h"
#include "wire/fold.h"

enum { WORDS_SEPARATOR = 0x1f };

/* ---- lists in one column ---- */

static size_t item_count(const char *list, char separator)
{
	size_t count = *list != '\0';

	for (; *list; list++)
		count += *list == separator;
	return count;
}

/* The numbers of a list, each made from its text of at most 31 bytes. */
static size_t numbers_of(struct arena *mem, const char *list,
			 uint32_t (*number)(const char *text), uint32_t **out)
{
	size_t count = item_count(list, ' ');

	*out = arena_array(mem, uint32_t, count);
	for (size_t i = 0; i < count; i++) {
		char text[32] = "";
		size_t bytes = strcspn(list, " ");

		must(bytes < sizeof(text));
		memcpy(text, list, bytes);
		(*out)[i] = number(text);
		list += bytes + (list[bytes] != '\0');
	}
	return count;
}

/* Folded, so that one skill in two spellings is one. */
static size_t words_of(struct arena *mem, const char *list,
		       struct match_text **out)
{
	const char separators[] = { WORDS_SEPARATOR, '\0' };
	size_t count = item_count(list, WORDS_SEPARATOR);

	list = fold_text(mem, list);
	*out = arena_array(mem, struct match_text, count);
	for (size_t i = 0; i < count; i++) {
		size_t bytes = strcspn(list, separators);

		(*out)[i].at = list;
		(*out)[i].bytes = (uint32_t)bytes;
		list += bytes + (list[bytes] != '\0');
	}
	return count;
}

/* ---- students ---- */

static enum match_sex sex_of(const char *word)
{
	if (text_same(word, "male"))
		return MATCH_SEX_MALE;
	return text_same(word, "female") ? MATCH_SEX_FEMALE : MATCH_SEX_UNKNOWN;
}

/* A NULL column is "", which is no day. */
static int32_t day_of(const struct rows *rows, int row, int column)
{
	return match_day_from_text(rows_text(rows, row, column));
}

static void id_of(uint8_t id[16], const struct rows *rows, int row,
		  int column)
{
	struct uuid read = rows_uuid(rows, row, column);

	memcpy(id, read.bytes, sizeof(read.bytes));
}

static void read_wishes(struct match_student *s, struct arena *mem,
			const struct rows *rows, int row)
{
	uint32_t *willing;
	struct match_text *words;

	s->willing_count = numbers_of(mem, rows_text(rows, row, 7),
				      match_division_from_text, &willing);
	s->willing = willing;
	s->available_from = day_of(rows, row, 8);
	s->available_to = day_of(rows, row, 9);
	s->pay_fen = rows_int(rows, row, 10);
	s->skill_count = words_of(mem, rows_text(rows, row, 11), &words);
	s->skills = words;
	s->certificate_count = words_of(mem, rows_text(rows, row, 12), &words);
	s->certificates = words;
	s->is_willing_anywhere = rows_bool(rows, row, 13);
	id_of(s->school_id, rows, row, 14);
}

void match_student_from_row(struct match_student *student, struct arena *mem,
			    const struct rows *rows, int row)
{
	struct match_student *s = student;

	*s = (struct match_student){ 0 };
	id_of(s->id, rows, row, 0);
	s->specialty = match_specialty_from_text(rows_text(rows, row, 1));
	s->entry_year = (int16_t)rows_int(rows, row, 2);
	if (!match_date_from_text(rows_text(rows, row, 3), &s->birth))
		s->birth = (struct match_date){ 0 };
	s->sex = sex_of(rows_text(rows, row, 4));
	s->home = match_division_from_text(rows_text(rows, row, 5));
	s->school = match_division_from_text(rows_text(rows, row, 6));
	read_wishes(s, mem, rows, row);
}

/* ---- postings ---- */

enum match_kind match_kind_from_word(const char *word)
{
	if (text_same(word, "internship"))
		return MATCH_INTERNSHIP;
	if (text_same(word, "apprenticeship"))
		return MATCH_APPRENTICESHIP;
	return text_same(word, "job") ? MATCH_JOB : MATCH_ORDER_CLASS;
}

enum match_education match_education_from_word(const char *word)
{
	if (text_same(word, "secondary"))
		return MATCH_EDUCATION_SECONDARY;
	if (text_same(word, "associate"))
		return MATCH_EDUCATION_ASSOCIATE;
	return text_same(word, "bachelor") ? MATCH_EDUCATION_BACHELOR
					   : MATCH_EDUCATION_NONE;
}

static uint32_t condition_of(const char *word)
{
	return match_condition_from_word(word);
}

static unsigned conditions_of(struct arena *mem, const struct rows *rows,
			      int row)
{
	uint32_t *bits;
	size_t count = numbers_of(mem, rows_text(rows, row, 15), condition_of,
				  &bits);
	unsigned conditions = rows_bool(rows, row, 14) ? MATCH_FILED : 0;

	for (size_t i = 0; i < count; i++)
		conditions |= bits[i];
	return conditions;
}

enum { ASKS_COLUMN = 16, ASK_LISTS = 4,
       ONLY_SCHOOL_COLUMN = MATCH_POSTING_ENTERPRISE_NAME_COLUMN + 1 };

static size_t asks_in(const struct rows *rows, int row)
{
	size_t count = 0;

	for (int list = 0; list < ASK_LISTS; list++)
		count += item_count(rows_text(rows, row, ASKS_COLUMN + list),
				    WORDS_SEPARATOR);
	return count < MATCH_ASKS_MAX ? count : MATCH_ASKS_MAX;
}

static bool is_asked(const struct match_posting *p,
		     const struct match_ask *asks, const struct match_ask *ask)
{
	for (size_t i = 0; i < p->ask_count; i++)
		if (asks[i].is_certificate == ask->is_certificate &&
		    asks[i].name.bytes == ask->name.bytes &&
		    memcmp(asks[i].name.at, ask->name.at,
			   ask->name.bytes) == 0)
			return true;
	return false;
}

/* Four columns of words become one list of asks, cut at the matcher's most; of
 * two spellings of one word the first counts, which is the required one. */
static void read_asks(struct match_posting *p, struct arena *mem,
		      const struct rows *rows, int row)
{
	size_t most = asks_in(rows, row);
	struct match_ask *asks = arena_array(mem, struct match_ask, most);

	for (int list = 0; list < ASK_LISTS; list++) {
		struct match_text *words;
		size_t count = words_of(
			mem, rows_text(rows, row, ASKS_COLUMN + list), &words);

		for (size_t i = 0; i < count && p->ask_count < most; i++) {
			struct match_ask ask = {
				.name = words[i],
				.is_required = list % 2 == 0,
				.is_certificate = list >= 2,
			};

			if (!is_asked(p, asks, &ask))
				asks[p->ask_count++] = ask;
		}
	}
	p->asks = asks;
}

static void read_terms(struct match_posting *p, const struct rows *rows,
		       int row)
{
	p->pay_min_fen = rows_int(rows, row, 5);
	p->pay_max_fen = rows_int(rows, row, 6);
	p->from = day_of(rows, row, 7);
	p->to = day_of(rows, row, 8);
	p->education_min = match_education_from_word(rows_text(rows, row, 9));
	p->age_min = (uint8_t)rows_int(rows, row, 10);
	p->labour_grade = (uint8_t)rows_int(rows, row, 11);
	p->day_minutes = (uint16_t)rows_int(rows, row, 12);
	p->week_minutes = (uint16_t)rows_int(rows, row, 13);
}

/* With whom it is held; NULL columns are nobody. */
static void read_cooperation(struct match_posting *p, const struct rows *rows,
			     int row)
{
	if (rows_is_null(rows, row, ONLY_SCHOOL_COLUMN))
		return;
	id_of(p->only_school, rows, row, ONLY_SCHOOL_COLUMN);
	p->only_specialty = match_specialty_from_text(
		rows_text(rows, row, ONLY_SCHOOL_COLUMN + 1));
	p->only_entry_year = (int16_t)rows_int(rows, row,
					       ONLY_SCHOOL_COLUMN + 2);
}

void match_posting_from_row(struct match_posting *posting, struct arena *mem,
			    const struct rows *rows, int row)
{
	struct match_posting *p = posting;
	uint32_t *targets;

	*p = (struct match_posting){ 0 };
	id_of(p->id, rows, row, 0);
	p->kind = match_kind_from_word(rows_text(rows, row, 1));
	p->target_count = numbers_of(mem, rows_text(rows, row, 2),
				     match_specialty_from_text, &targets);
	p->targets = targets;
	p->occupation = match_occupation_from_text(rows_text(rows, row, 3));
	p->division = match_division_from_text(rows_text(rows, row, 4));
	read_terms(p, rows, row);
	p->conditions = conditions_of(mem, rows, row);
	read_asks(p, mem, rows, row);
	p->published_us = rows_int(rows, row, 20);
	read_cooperation(p, rows, row);
}

/* ---- policy and ties ---- */

static void points_of(uint16_t *points, size_t most, const char *list)
{
	for (size_t i = 0; i < most && *list; i++) {
		unsigned value = 0;

		for (; *list && *list != ' '; list++)
			value = value * 10 + (unsigned)(*list - '0');
		points[i] = (uint16_t)value;
		list += *list == ' ';
	}
}

void match_policy_from_rows(struct match_policy *policy,
			    const struct rows *rows)
{
	*policy = match_policy_defaults();
	if (rows_count(rows) == 0)
		return;
	policy->version = (uint32_t)rows_int(rows, 0, 0);
	for (int i = 0; i < MATCH_PART_COUNT; i++)
		policy->weight[i] = (uint16_t)rows_int(rows, 0, 1 + i);
	points_of(policy->tier_points, MATCH_TIER_COUNT, rows_text(rows, 0, 7));
	points_of(policy->place_points, MATCH_PLACE_COUNT,
		  rows_text(rows, 0, 8));
	points_of(policy->education_points, 3, rows_text(rows, 0, 9));
	policy->neutral_points = (uint16_t)rows_int(rows, 0, 10);
	policy->cross_category = text_same(rows_text(rows, 0, 11), "warn")
					 ? MATCH_WARN
					 : MATCH_BLOCK;
	policy->intern_months_max = (uint16_t)rows_int(rows, 0, 12);
	policy->intern_week_minutes_max = (uint16_t)rows_int(rows, 0, 13);
	must(match_policy_check(policy) == MATCH_POLICY_SOUND);
}

void match_ties_from_rows(struct match_ties *ties, struct arena *mem,
			  const struct rows *rows)
{
	size_t count = (size_t)rows_count(rows);
	struct match_tie *at = arena_array(mem, struct match_tie, count);

	for (size_t i = 0; i < count; i++) {
		at[i].specialty = match_specialty_from_text(
			rows_text(rows, (int)i, 0));
		at[i].occupation = match_occupation_from_text(
			rows_text(rows, (int)i, 1));
	}
	ties->at = at;
	ties->count = count;
}
