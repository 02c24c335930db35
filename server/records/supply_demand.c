/*
 * supply_demand.c - see supply_demand.h. Openings of work are those of jobs,
 * apprenticeships and order classes; internships and talent-demand lists stand
 * beside them, for one leads to no work yet, and the other asks for the same
 * people a second time.
 */
#include "records/supply_demand.h"

#include "base/base.h"
#include "records/share.h"

enum { MILLE = 1000 };

void supply_demand_from_row(struct supply_demand *s, const struct rows *rows,
			    int row)
{
	int column = SUPPLY_DEMAND_NUMBERS;

#define X(name) s->name = rows_int(rows, row, column++);
	SUPPLY_DEMAND_NUMBER(X)
#undef X
	s->has_days = !rows_is_null(rows, row, column - 1);
	s->has_open_to = !rows_is_null(rows, row, SUPPLY_DEMAND_NUMBERS + 13);
}

static void write_quotient(struct json_writer *w, const char *name,
			   int64_t numerator, int64_t denominator)
{
	json_key(w, name);
	json_object(w);
	json_member_int(w, "numerator", numerator);
	json_member_int(w, "denominator", denominator);
	json_key(w, "rate");
	if (denominator == 0)
		json_null(w);
	else
		json_int(w, share_of(numerator, denominator));
	json_end(w);
}

static void write_null(struct json_writer *w, const char *name)
{
	json_key(w, name);
	json_null(w);
}

static int64_t work(const struct supply_demand *s)
{
	return s->job + s->apprenticeship + s->order_class;
}

static void write_students(struct json_writer *w,
			   const struct supply_demand *s, bool has_people)
{
	if (!has_people) {
		write_null(w, "students");
		write_null(w, "students_by_level");
		return;
	}
	json_member_int(w, "students", s->students);
	json_key(w, "students_by_level");
	json_object(w);
	json_member_int(w, "secondary", s->secondary);
	json_member_int(w, "associate", s->associate);
	json_member_int(w, "bachelor", s->bachelor);
	json_end(w);
}

static void write_openings(struct json_writer *w,
			   const struct supply_demand *s)
{
	json_key(w, "openings_mille");
	json_object(w);
	json_member_int(w, "work", work(s));
	json_member_int(w, "job", s->job);
	json_member_int(w, "apprenticeship", s->apprenticeship);
	json_member_int(w, "order_class", s->order_class);
	json_member_int(w, "internship", s->internship);
	json_member_int(w, "listed", s->listed);
	json_member_int(w, "work_now", s->work_now);
	json_member_int(w, "internship_now", s->internship_now);
	json_end(w);
	if (s->has_open_to)
		json_member_int(w, "open_to", s->open_to);
	else
		write_null(w, "open_to");
}

static void write_ratios(struct json_writer *w, const struct supply_demand *s,
			 bool has_people)
{
	if (!has_people) {
		write_null(w, "ratio");
		write_null(w, "ratio_listed");
		return;
	}
	write_quotient(w, "ratio", work(s), s->students * MILLE);
	write_quotient(w, "ratio_listed", s->listed, s->students * MILLE);
}

static void write_filled(struct json_writer *w, const struct supply_demand *s,
			 bool is_shown)
{
	if (!is_shown) {
		write_null(w, "filled");
		return;
	}
	json_key(w, "filled");
	json_object(w);
	json_member_int(w, "seats", s->seats);
	json_member_int(w, "internships", s->internship_seats);
	write_quotient(w, "share", s->seats * MILLE, work(s));
	write_quotient(w, "internship_share", s->internship_seats * MILLE,
		       s->internship);
	if (s->has_days)
		json_member_int(w, "days", s->days);
	else
		write_null(w, "days");
	json_end(w);
}

static void write_outcomes(struct json_writer *w,
			   const struct supply_demand *s, bool is_shown)
{
	if (!is_shown) {
		write_null(w, "outcomes");
		return;
	}
	json_key(w, "outcomes");
	json_object(w);
	json_member_int(w, "employed", s->employed);
	json_member_int(w, "local", s->local);
	write_quotient(w, "local_share", s->local * MILLE, work(s));
	json_end(w);
}

static void write_pay(struct json_writer *w, const struct supply_demand *s)
{
	if (!s->paid_postings) {
		write_null(w, "pay");
		return;
	}
	json_key(w, "pay");
	json_object(w);
	json_member_int(w, "postings", s->paid_postings);
	json_member_int(w, "median_fen", s->pay_fen);
	json_member_int(w, "consortium_median_fen", s->pay_all_fen);
	write_quotient(w, "relation", s->pay_fen, s->pay_all_fen);
	json_end(w);
}

void supply_demand_write(struct json_writer *w, const struct supply_demand *s,
			 const struct supply_demand_shown *shown)
{
	write_students(w, s, shown->has_people);
	write_openings(w, s);
	write_ratios(w, s, shown->has_people);
	json_member_bool(w, "is_filled_hidden",
			 shown->has_people && !shown->seats);
	write_filled(w, s, shown->has_people && shown->seats);
	json_member_bool(w, "is_hidden",
			 shown->has_people && !shown->outcomes);
	write_outcomes(w, s, shown->has_people && shown->outcomes);
	write_pay(w, s);
}

void supply_demand_write_before(struct json_writer *w,
				const struct supply_demand *s, bool has_people)
{
	if (!s) {
		json_null(w);
		return;
	}
	json_object(w);
	if (has_people)
		json_member_int(w, "students", s->students);
	else
		write_null(w, "students");
	json_member_int(w, "work_mille", work(s));
	json_member_int(w, "listed_mille", s->listed);
	write_ratios(w, s, has_people);
	write_pay(w, s);
	json_end(w);
}
