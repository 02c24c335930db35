/*
 * indicator_steps.c - see indicator_steps.h. Each statement names what it
 * counted as records/indicators.def does; a name that is not there is a bug.
 */
#include "endpoints/indicator_steps.h"

#include <string.h>

#include "wire/sql.h"

/* Columns of schema/queries/indicator_period.sql. */
enum { FIRST_DAY, LAST_DAY, FIRST_BEFORE, LAST_BEFORE, COHORT, TODAY,
       CONSORTIUM, LEAST, LIST, LIST_BEFORE };

/* Of the others: a name, and two counts now and before. */
enum { NAME, NOW, NOW_OF, BEFORE, BEFORE_OF };

/* Of employment_of_years.sql. */
enum { YEAR, GRADUATES, PLACED, EMPLOYED, LOCAL, SAID_YES, ANSWERED,
       COMPUTED_YES, COMPUTABLE };

enum flow_next ask_indicator_period(struct flow *f)
{
	const struct indicator_query *q = f->query;

	if (q->year && (q->from || q->to)) {
		flaws_add(&f->flaws, "year", "inconsistent",
			  "is given beside from or to",
			  "不能与 from、to 同时给出");
		return fail(f, FAULT_BAD_PARAMETER, "%s", "");
	}
	return ask_one(f, SQL_INDICATOR_PERIOD, P_CONSORTIUM(f),
		       q->year ? P_INT(q->year) : P_NULL, P_TEXT(q->from),
		       P_TEXT(q->to));
}

static const char *kept(struct flow *f, int column)
{
	return rows_is_null(f->rows, 0, column) ? NULL :
	       arena_text(f->mem, rows_text(f->rows, 0, column),
			  rows_bytes(f->rows, 0, column));
}

/* Days that are to come have nothing to count; full dates sort as texts. */
static void check_period(struct flow *f, const struct indicator_period *period,
			 const char *today)
{
	const struct indicator_query *q = f->query;

	if (strcmp(period->from, today) > 0)
		flaws_add(&f->flaws, q->year ? "year" : "from", "out-of-range",
			  "is to come", "尚未到来");
	else if (strcmp(period->to, today) > 0)
		flaws_add(&f->flaws, "to", "out-of-range", "is to come",
			  "尚未到来");
	else if (strcmp(period->from, period->to) > 0)
		flaws_add(&f->flaws, "to", "inconsistent",
			  "is before the first day", "早于起始日期");
}

static bool take_period(struct flow *f)
{
	struct indicators_asked *s = f->state;

	s->period = (struct indicator_period){
		.from = kept(f, FIRST_DAY), .to = kept(f, LAST_DAY),
		.from_before = kept(f, FIRST_BEFORE),
		.to_before = kept(f, LAST_BEFORE),
		.year = rows_int(f->rows, 0, COHORT),
		.list = kept(f, LIST), .list_before = kept(f, LIST_BEFORE)
	};
	s->consortium = kept(f, CONSORTIUM);
	s->least = rows_int(f->rows, 0, LEAST);
	check_period(f, &s->period, kept(f, TODAY));
	if (f->flaws.count)
		(void)fail(f, FAULT_BAD_PARAMETER, "%s", "");
	return f->flaws.count == 0;
}

static int64_t count_at(const struct rows *rows, int row, int column)
{
	return rows_is_null(rows, row, column) ? INDICATOR_NONE :
						 rows_int(rows, row, column);
}

static void take_figures(struct flow *f)
{
	struct indicators_asked *s = f->state;

	for (int row = 0; row < rows_count(f->rows); row++) {
		enum indicator i = indicator_named(rows_text(f->rows, row,
							     NAME));

		must(i < INDICATOR_COUNT);
		s->figures[i] = (struct indicator_figure){
			.now = { count_at(f->rows, row, NOW),
				 count_at(f->rows, row, NOW_OF) },
			.before = { count_at(f->rows, row, BEFORE),
				    count_at(f->rows, row, BEFORE_OF) },
		};
	}
}

#define DAYS(s)                                                                \
	P_TEXT((s)->period.from), P_TEXT((s)->period.to),                      \
		P_TEXT((s)->period.from_before),                               \
		P_TEXT((s)->period.to_before)

enum flow_next ask_of_postings(struct flow *f)
{
	const struct indicators_asked *s = f->state;

	if (!take_period(f))
		return FLOW_FAIL;
	return ask(f, SQL_INDICATORS_OF_POSTINGS, P_CONSORTIUM(f), DAYS(s));
}

enum flow_next ask_of_internships(struct flow *f)
{
	const struct indicators_asked *s = f->state;

	take_figures(f);
	return ask(f, SQL_INDICATORS_OF_INTERNSHIPS, P_CONSORTIUM(f), DAYS(s));
}

enum flow_next ask_of_parties(struct flow *f)
{
	const struct indicators_asked *s = f->state;

	take_figures(f);
	return ask(f, SQL_INDICATORS_OF_PARTIES, P_CONSORTIUM(f), DAYS(s));
}

enum flow_next ask_of_quotas(struct flow *f)
{
	const struct indicators_asked *s = f->state;

	take_figures(f);
	return ask(f, SQL_INDICATORS_OF_QUOTAS, P_CONSORTIUM(f),
		   P_TEXT(s->period.to), P_TEXT(s->period.to_before));
}

enum flow_next ask_of_lists(struct flow *f)
{
	const struct indicators_asked *s = f->state;

	take_figures(f);
	return ask(f, SQL_INDICATORS_OF_LISTS, P_CONSORTIUM(f),
		   P_TEXT(s->period.list), P_TEXT(s->period.list_before));
}

enum flow_next ask_of_cohorts(struct flow *f)
{
	const struct indicators_asked *s = f->state;

	take_figures(f);
	return ask(f, SQL_EMPLOYMENT_OF_YEARS, P_CONSORTIUM(f),
		   P_INT(s->period.year - COHORTS + 1),
		   P_INT(s->period.year));
}

/* ---- graduates ---- */

bool cohort_is_hidden(const struct indicators_asked *s,
		      const struct cohort *cohort)
{
	return cohort->graduates > 0 && cohort->graduates < s->least;
}

static struct cohort read_cohort(const struct rows *rows, int row)
{
	return (struct cohort){
		.graduates = rows_int(rows, row, GRADUATES),
		.placed = rows_int(rows, row, PLACED),
		.employed = rows_int(rows, row, EMPLOYED),
		.local = rows_int(rows, row, LOCAL),
		.said_yes = rows_int(rows, row, SAID_YES),
		.answered = rows_int(rows, row, ANSWERED),
		.computed_yes = rows_int(rows, row, COMPUTED_YES),
		.computable = rows_int(rows, row, COMPUTABLE),
	};
}

static struct indicator_count rate_of(const struct cohort *c,
				      enum indicator rate)
{
	switch (rate) {
	case INDICATOR_PLACED:
		return (struct indicator_count){ c->placed, c->graduates };
	case INDICATOR_LOCAL_EMPLOYED:
		return (struct indicator_count){ c->local, c->employed };
	case INDICATOR_LOCAL_GRADUATES:
		return (struct indicator_count){ c->local, c->graduates };
	case INDICATOR_ALIGNED_SAID:
		return (struct indicator_count){ c->said_yes, c->answered };
	default:
		must(rate == INDICATOR_ALIGNED_COMPUTED);
		return (struct indicator_count){ c->computed_yes,
						 c->computable };
	}
}

void take_cohorts(struct flow *f)
{
	static const enum indicator rates[] = {
		INDICATOR_PLACED, INDICATOR_LOCAL_EMPLOYED,
		INDICATOR_LOCAL_GRADUATES, INDICATOR_ALIGNED_SAID,
		INDICATOR_ALIGNED_COMPUTED
	};
	struct indicators_asked *s = f->state;
	const struct cohort *now = &s->cohorts[COHORTS - 1], *before = now - 1;

	for (int row = 0; row < rows_count(f->rows); row++) {
		int64_t age = s->period.year - rows_int(f->rows, row,
							YEAR);

		must(age >= 0 && age < COHORTS);
		s->cohorts[COHORTS - 1 - age] = read_cohort(f->rows, row);
	}
	for (size_t i = 0; i < COUNT_OF(rates); i++)
		s->figures[rates[i]] = (struct indicator_figure){
			.now = rate_of(now, rates[i]),
			.before = rate_of(before, rates[i]),
			.is_hidden = cohort_is_hidden(s, now),
			.is_hidden_before = cohort_is_hidden(s, before),
		};
}
