/* posting_filter.c - see posting_filter.h. Times and codes have been checked
 * by the shape. */
#include "endpoints/posting_filter.h"

#include <string.h>

#include "base/text.h"
#include "endpoints/posting_steps.h"
#include "matcher/day.h"
#include "matcher/division.h"
#include "records/match_input.h"

enum { SECOND_US = 1000000 };

static int64_t number_of(const char *at, size_t digits)
{
	int64_t number = 0;

	while (digits--)
		number = number * 10 + (*at++ - '0');
	return number;
}

/* The digits of a fraction of a second, as microseconds. */
static int64_t fraction_us(const char *at)
{
	int64_t us = 0, unit = SECOND_US / 10;

	for (; *at >= '0' && *at <= '9'; at++, unit /= 10)
		us += (*at - '0') * unit;
	return us;
}

/* The microseconds since 1970 of a time; 0 of none. */
static int64_t time_us(const char *time)
{
	int64_t seconds, offset = 0;
	struct match_date date;
	const char *zone;

	if (!time)
		return 0;
	date = (struct match_date){ (int16_t)number_of(time, 4),
				    (uint8_t)number_of(time + 5, 2),
				    (uint8_t)number_of(time + 8, 2) };
	seconds = (int64_t)match_day_from_date(date) * 86400 +
		  number_of(time + 11, 2) * 3600 +
		  number_of(time + 14, 2) * 60 + number_of(time + 17, 2);
	zone = time + 19 + strcspn(time + 19, "Zz+-");
	if (*zone == '+' || *zone == '-')
		offset = number_of(zone + 1, 2) * 3600 +
			 number_of(zone + 4, 2) * 60;
	seconds -= *zone == '-' ? -offset : offset;
	return seconds * SECOND_US +
	       (time[19] == '.' ? fraction_us(time + 20) : 0);
}

static unsigned kinds_of(const struct posting_filter *q)
{
	return q->kind ? 1u << match_kind_from_word(q->kind) : 0;
}

static enum match_education education_of(const struct posting_filter *q)
{
	return q->education ? match_education_from_word(q->education)
			    : MATCH_EDUCATION_NONE;
}

static uint32_t division_of(const struct posting_filter *q)
{
	return q->division ? match_division_from_text(q->division) : 0;
}

static uint32_t specialty_of(const struct posting_filter *q)
{
	return q->specialty ? match_specialty_from_text(q->specialty) : 0;
}

static const uint8_t *enterprise_of(const struct posting_filter *q)
{
	return uuid_is_nil(&q->enterprise_id) ? NULL : q->enterprise_id.bytes;
}

struct match_search_filter
posting_filter_of_words(const struct posting_filter *q)
{
	return (struct match_search_filter){
		.kinds = kinds_of(q),
		.division = division_of(q),
		.pay_fen = q->pay_min_fen,
		.education = education_of(q),
		.specialty = specialty_of(q),
		.enterprise = enterprise_of(q),
		.published_since_us = time_us(q->published_since),
	};
}

static int32_t day_of(const char *date)
{
	return date ? match_day_from_text(date) : MATCH_NO_DAY;
}

struct match_index_query
posting_filter_of_ranking(const struct posting_filter *q)
{
	return (struct match_index_query){
		.kinds = kinds_of(q),
		.division = division_of(q),
		.pay_fen = q->pay_fen,
		.has_period = q->period_from || q->period_to,
		.from = day_of(q->period_from),
		.to = day_of(q->period_to),
		.education = education_of(q),
		.specialty = specialty_of(q),
		.enterprise = enterprise_of(q),
		.published_since_us = time_us(q->published_since),
	};
}

bool posting_filter_has_codes(const struct posting_filter *q)
{
	return q->division || q->specialty;
}

enum flow_next ask_unknown_filters(struct flow *f)
{
	const struct posting_filter *q = f->query;
	struct posting named = { .division_code = q->division };

	if (q->specialty)
		named.targets = (struct texts){ (const char **)&q->specialty,
						1 };
	return ask_unknown(f, &named);
}

bool posting_filters_are_known(struct flow *f)
{
	for (int i = 0; i < rows_count(f->rows); i++)
		flaws_add(&f->flaws, text_same(rows_text(f->rows, i, 0),
					       "targets") ?
				     "specialty" : "division",
			  "unknown-code", "is not in the official list",
			  "不在官方代码表中");
	if (f->flaws.count)
		(void)fail(f, FAULT_BAD_PARAMETER, "%s", "");
	return f->flaws.count == 0;
}
