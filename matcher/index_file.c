/*
 * Filing. The pair of a posting and a student has its true tier in one of the
 * classes that the posting is filed under, and its true nearness in one of the
 * areas that the student is filed under; in no row it is worth less than that
 * row's class and area say.
 */
#include "matcher/index_file.h"

#include "matcher/insist.h"
#include "matcher/memory.h"

#include <stdlib.h>

enum {
	US_PER_SECOND = 1000000,
	FEN_PER_YUAN = 100,
	ADULT = 18,
	OF_WORKING_AGE = 16,
};

static int tied_compare(const void *left, const void *right)
{
	const struct match_tied_class *a = left;
	const struct match_tied_class *b = right;

	if (a->occupation != b->occupation)
		return a->occupation < b->occupation ? -1 : 1;
	if (a->class != b->class)
		return a->class < b->class ? -1 : 1;
	return 0;
}

size_t match_tied_classes_make(const struct match_ties *ties,
			       struct match_tied_class *at)
{
	size_t count = 0;

	for (size_t i = 0; i < ties->count; i++)
		at[i] = (struct match_tied_class){
			ties->at[i].occupation,
			match_specialty_class(ties->at[i].specialty)};
	qsort(at, ties->count, sizeof(*at), tied_compare);
	for (size_t i = 0; i < ties->count; i++)
		if (i == 0 || tied_compare(&at[i], &at[count - 1]) != 0)
			at[count++] = at[i];
	return count;
}

const struct match_tied_class *match_tied_classes_of(
	const struct match_tied_classes *tied, uint32_t occupation,
	size_t *count)
{
	size_t low = 0, high = occupation == 0 ? 0 : tied->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (tied->at[middle].occupation < occupation)
			low = middle + 1;
		else
			high = middle;
	}
	*count = 0;
	while (occupation != 0 && low + *count < tied->count &&
	       tied->at[low + *count].occupation == occupation)
		++*count;
	return tied->at + low;
}

uint32_t match_area_of(uint32_t division)
{
	if (division == 0)
		return MATCH_AREA_NONE;
	return division < 100 || division > 999999 ? MATCH_AREA_ODD
						   : division / 100;
}

uint32_t match_want_of(uint32_t code)
{
	enum match_education level = match_specialty_level(code);

	if (level == MATCH_EDUCATION_NONE)
		return MATCH_WANT_NONE;
	if (code < 100)
		return MATCH_WANT_CATEGORY;
	return (uint32_t)level << 8 | (code > 9999 ? code % 100 : 0xFF);
}

/* The class that a target is filed under: a category has one of its own. */
static uint32_t class_of_target(uint32_t code)
{
	uint32_t class = match_specialty_class(code);

	return class != 0 ? class : match_specialty_category(code) * 100;
}

int32_t match_day_of_age(struct match_date birth, int age)
{
	struct match_date date = birth;
	int32_t day;

	if (birth.year == 0)
		return 0;
	date.year = (int16_t)(date.year + age);
	if (date.day > 28)
		date.day = 28;
	day = match_day_from_date(date);
	while (match_age_on(birth, day) < age)
		day++;
	return day;
}

static bool is_about_posting(enum match_rule rule)
{
	switch ((int)rule) {
	case MATCH_RULE_ENTERTAINMENT:
	case MATCH_RULE_INTERMEDIARY:
	case MATCH_RULE_LABOUR_GRADE:
	case MATCH_RULE_HAZARD:
	case MATCH_RULE_NIGHT_SHIFT:
	case MATCH_RULE_REST_DAYS:
	case MATCH_RULE_OVERTIME:
	case MATCH_RULE_DAY_HOURS:
	case MATCH_RULE_WEEK_HOURS:
		return true;
	default:
		return false;
	}
}

/* Who is nobody breaks all the rules that a posting can break. */
struct match_barring match_barring_of(const struct match_terms *terms,
				      const struct match_posting *facts)
{
	static const struct match_student nobody = {
		.available_from = MATCH_NO_DAY, .available_to = MATCH_NO_DAY};
	struct match_barring barring = {.is_for_adults =
						facts->age_min >= ADULT};
	struct match_fit fit;

	match_align(terms, &nobody, facts, &fit);
	for (size_t i = 0; i < fit.breach_count; i++) {
		const struct match_breach *breach = &fit.breaches[i];

		if (breach->action != MATCH_BLOCK)
			continue;
		if (is_about_posting(breach->rule))
			barring.is_barred = true;
		if (breach->rule == MATCH_RULE_MINOR_PROTECTED)
			barring.is_for_adults = true;
		if (breach->rule == MATCH_RULE_FEMALE_PROTECTED)
			barring.is_for_men = true;
	}
	return barring;
}

static bool add_row(struct match_row_list *rows, const struct match_row *row)
{
	struct match_row *grown = match_grow(rows->at, &rows->room,
					     rows->count + 1, sizeof(*grown));

	if (!grown)
		return false;
	rows->at = grown;
	rows->at[rows->count++] = *row;
	return true;
}

/* The pay in yuan, rounded up; what is too much is the most. */
static uint16_t yuan(int64_t fen)
{
	return fen > (int64_t)(UINT16_MAX - 1) * FEN_PER_YUAN
		       ? UINT16_MAX
		       : (uint16_t)((fen + FEN_PER_YUAN - 1) / FEN_PER_YUAN);
}

/* No pay stated is 0 in both columns. */
static void set_pay(struct match_row *row,
		    const struct match_posting_record *record)
{
	row->low = yuan(record->pay_min_fen);
	row->high = yuan(record->pay_max_fen != 0 ? record->pay_max_fen
						  : record->pay_min_fen);
	if (row->high == UINT16_MAX)
		row->low = UINT16_MAX;
}

/* Taken from the greatest number, so that more is better. */
static uint16_t expectation(int64_t fen)
{
	int64_t least = fen / FEN_PER_YUAN;

	if (fen == 0)
		return UINT16_MAX;
	if (least == 0)
		return UINT16_MAX - 1;
	return least > UINT16_MAX ? 0 : (uint16_t)(UINT16_MAX - least);
}

static void set_period(struct match_row *row, int32_t from, int32_t to)
{
	if (from < 0 || to > MATCH_DAY_MAX)
		row->flags |= MATCH_ROW_ODD;
	row->flags |= MATCH_ROW_DATED;
	row->from = match_day_column(from);
	row->to = match_day_column(to);
}

uint32_t match_seconds_column(int64_t us)
{
	if (us <= 0)
		return 0;
	if (us > (int64_t)(UINT32_MAX - 1) * US_PER_SECOND)
		return UINT32_MAX;
	return (uint32_t)((us + US_PER_SECOND - 1) / US_PER_SECOND);
}

static struct match_row posting_row(const struct match_posting_record *record,
				    const struct match_posting *facts,
				    struct match_barring barring)
{
	struct match_row row = {
		.record = &record->of,
		.newest = match_seconds_column(record->published_us),
		.first = match_day_column(match_first_day(facts)),
		.mark = match_enterprise_mark(record->enterprise),
		.skill = match_skill_of(&record->of),
		.county = (uint8_t)(record->division % 100),
		.flags = record->education_min,
	};

	if (barring.is_for_adults)
		row.flags |= MATCH_ROW_ADULTS;
	if (barring.is_for_men)
		row.flags |= MATCH_ROW_MEN;
	set_pay(&row, record);
	if (record->from != MATCH_NO_DAY && record->to != MATCH_NO_DAY)
		set_period(&row, record->from, record->to);
	return row;
}

/* Add the row under a class, or note that the posting is there already. */
static bool add_under(struct match_row_list *rows, size_t first,
		      struct match_row *row, uint32_t class, uint32_t want)
{
	const struct match_posting_record *record = (const void *)row->record;

	for (size_t i = first; i < rows->count; i++) {
		uint64_t *order = &rows->at[i].order;

		if (match_order_class(*order) != class)
			continue;
		if ((*order & 0xFFFF) != want && want != MATCH_WANT_TIE)
			*order &= ~UINT64_C(0xFFFF); /* MATCH_WANT_MANY */
		return true;
	}
	row->order = match_row_order(class, match_area_of(record->division),
				     record->kind, want);
	return add_row(rows, row);
}

static bool add_classes(struct match_row_list *rows, size_t first,
			struct match_row *row,
			const struct match_tied_classes *tied)
{
	const struct match_posting_record *record = (const void *)row->record;
	const uint32_t *targets = match_record_targets(record);
	const struct match_tied_class *ties;
	size_t tie_count;

	for (uint32_t i = 0; i < record->target_count; i++)
		if (!add_under(rows, first, row, class_of_target(targets[i]),
			       match_want_of(targets[i])))
			return false;
	ties = match_tied_classes_of(tied, record->occupation, &tie_count);
	for (size_t i = 0; i < tie_count; i++)
		if (!add_under(rows, first, row, ties[i].class, MATCH_WANT_TIE))
			return false;
	return rows->count > first ||
	       add_under(rows, first, row, 0, MATCH_WANT_NONE);
}

static void mark_again(struct match_row_list *rows, size_t first)
{
	if (rows->count == first + 1)
		return;
	for (size_t i = first; i < rows->count; i++)
		rows->at[i].flags |= MATCH_ROW_AGAIN;
}

bool match_file_posting(struct match_row_list *rows,
			const struct match_posting_record *record,
			const struct match_terms *terms,
			const struct match_tied_classes *tied)
{
	struct match_numbered_posting numbered;
	struct match_barring barring;
	struct match_row row;
	size_t first = rows->count;

	match_record_number_posting(record, &numbered);
	barring = match_barring_of(terms, &numbered.facts);
	if (barring.is_barred)
		return true;
	row = posting_row(record, &numbered.facts, barring);
	if (!add_classes(rows, first, &row, tied)) {
		rows->count = first;
		return false;
	}
	mark_again(rows, first);
	return true;
}

uint32_t match_second_year(int16_t entry_year)
{
	if (entry_year == 0)
		return MATCH_DAY_MAX + 1;
	if (entry_year < 1969 || entry_year > 2140)
		return 0;
	return (uint32_t)match_day_from_date(
		(struct match_date){(int16_t)(entry_year + 1), 9, 1});
}

static uint8_t student_flags(const struct match_student_record *record)
{
	uint32_t flags = record->education;

	if (flags == MATCH_EDUCATION_NONE)
		flags = match_specialty_level(record->specialty);
	if (record->sex == MATCH_SEX_MALE)
		flags |= MATCH_ROW_MAN;
	if (record->is_willing_anywhere)
		flags |= MATCH_ROW_ANYWHERE;
	else if (record->willing_count != 0)
		flags |= MATCH_ROW_RESTRICTED;
	return (uint8_t)flags;
}

static void set_availability(struct match_row *row,
			     const struct match_student_record *record)
{
	int32_t from = record->available_from, to = record->available_to;

	row->from = from == MATCH_NO_DAY ? 0 : match_day_column(from);
	row->to = to == MATCH_NO_DAY ? MATCH_DAY_MAX : match_day_column(to);
	if (from != MATCH_NO_DAY || to != MATCH_NO_DAY)
		row->flags |= MATCH_ROW_DATED;
}

static struct match_row student_row(const struct match_student_record *record)
{
	struct match_row row = {
		.record = &record->of,
		.low = expectation(record->pay_fen),
		.mark = match_day_column(match_second_year(record->entry_year)),
		.flags = student_flags(record),
	};

	if (record->pay_fen > 0 && record->pay_fen < FEN_PER_YUAN)
		row.flags |= MATCH_ROW_ODD;
	/* Without a date of birth no rule of age holds: no day is enough. */
	row.first = record->birth.year == 0
			    ? MATCH_DAY_MAX
			    : match_day_column(match_day_of_age(
				      record->birth, OF_WORKING_AGE));
	set_availability(&row, record);
	return row;
}

static bool add_place(struct match_row_list *rows, size_t first,
		      struct match_row *row, uint32_t division)
{
	const struct match_student_record *record = (const void *)row->record;
	uint32_t area = match_area_of(division);

	for (size_t i = first; i < rows->count; i++) {
		if (match_order_area(rows->at[i].order) != area)
			continue;
		if (rows->at[i].county != division % 100)
			rows->at[i].county = MATCH_COUNTY_MANY;
		return true;
	}
	row->county = (uint8_t)(division % 100);
	row->order = match_row_order(match_specialty_class(record->specialty),
				     area, 0, match_want_of(record->specialty));
	return add_row(rows, row);
}

static bool add_places(struct match_row_list *rows, size_t first,
		       struct match_row *row)
{
	const struct match_student_record *record = (const void *)row->record;
	const uint32_t *willing = match_record_willing(record);

	if (record->home != 0 && !add_place(rows, first, row, record->home))
		return false;
	for (uint32_t i = 0; i < record->willing_count; i++)
		if (willing[i] != 0 && !add_place(rows, first, row, willing[i]))
			return false;
	return rows->count > first || add_place(rows, first, row, 0);
}

bool match_file_student(struct match_row_list *rows,
			const struct match_student_record *record)
{
	struct match_row row = student_row(record);
	size_t first = rows->count;

	if (!add_places(rows, first, &row)) {
		rows->count = first;
		return false;
	}
	mark_again(rows, first);
	return true;
}
