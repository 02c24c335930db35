/*
 * indicator.h - the consortium's indicators: one table of what they are, and
 * what was counted of each in a period and in the one before.
 *
 * from  docs/report.md; schema/queries/indicators_of_*.sql
 */
#ifndef RECORDS_INDICATOR_H
#define RECORDS_INDICATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "wire/json_write.h"

#define INDICATOR(id, ...) INDICATOR_##id,
enum indicator {
#include "records/indicators.def"
	INDICATOR_COUNT
};
#undef INDICATOR

enum indicator_group { INDICATOR_BASIC, INDICATOR_SUBSTANTIVE,
		       INDICATOR_NEGATIVE, INDICATOR_GROUPS };

/* SHARE: in ten-thousandths; MINUTES: a length of time; others are counts. */
enum indicator_unit { UNIT_SCHOOLS, UNIT_ENTERPRISES, UNIT_POSTINGS,
		      UNIT_OPENINGS, UNIT_PEOPLE, UNIT_COMPLAINTS,
		      UNIT_REASONS, UNIT_SPECIALTIES, UNIT_MINUTES,
		      UNIT_SHARE };

enum indicator_aim { AIM_NONE, AIM_LEAST, AIM_MOST };

struct indicator_card {
	const char *name;
	enum indicator_group group;
	enum indicator_unit unit;
	struct indicator_target { enum indicator_aim aim; int64_t value; }
		target;
	/* "official": the formula, too, is; "law": a law asks for it; "asked":
	 * the notice does, the formula is ours; "own": the item is ours */
	const char *certainty;
	const char *source, *rows, *rows_sum, *rows_of;
	const char *title[2], *definition[2], *formula[2]; /* en, zh */
};

/* INDICATOR_NONE: nothing to count, such as a median of none. */
enum { INDICATOR_NONE = -1 };

/* A numerator alone is the value; with a denominator it is their share. */
struct indicator_count {
	int64_t numerator, denominator;	/* INDICATOR_NONE: there is none */
};

struct indicator_figure {
	struct indicator_count now, before;
	bool is_hidden, is_hidden_before;	/* too few graduates */
};

/* Days are RFC 3339 full dates, both included; borrowed. */
struct indicator_period {
	const char *from, *to, *from_before, *to_before;
	int64_t year;			/* of graduates and of demand */
	/* ids of the editions of the three lists that stood on the last days;
	 * NULL: none was published */
	const char *list, *list_before;
};

const struct indicator_card *indicator_card(enum indicator indicator);
/* INDICATOR_COUNT: none has the name. */
enum indicator indicator_named(const char *name);
const char *indicator_group_word(enum indicator_group group);

/* The value, or INDICATOR_NONE: hidden, nothing to count, or a share of 0. */
int64_t indicator_value(enum indicator indicator,
			const struct indicator_figure *figure);
int64_t indicator_value_before(enum indicator indicator,
			       const struct indicator_figure *figure);

/* Is the target kept? Only of one with a target and a value. */
bool indicator_is_met(enum indicator indicator, int64_t value);

/* A text of the card with its {from}, {to}, {year} and {list} filled in; NULL
 * stays, and is what a text of a list becomes where there is none.
 * mem  the arena, or the text itself */
const char *indicator_fill(struct arena *mem, const char *text,
			   const struct indicator_period *period);

/* As GET /v1/statistics/indicators shows it. */
struct indicator_told {
	struct arena *mem;
	const struct indicator_period *period;
	bool is_chinese;
};
void indicator_write(struct json_writer *w, const struct indicator_told *told,
		     enum indicator indicator,
		     const struct indicator_figure *figure);

#endif
