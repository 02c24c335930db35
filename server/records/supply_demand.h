/*
 * supply_demand.h - a group of students and of openings, held against each
 * other.
 *
 * from  docs/supply-demand.md; schema/queries/supply_demand_groups.sql
 */
#ifndef RECORDS_SUPPLY_DEMAND_H
#define RECORDS_SUPPLY_DEMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/json_write.h"
#include "wire/rows.h"

/* Columns of supply_demand_groups.sql and supply_demand_occupations.sql;
 * numbers from SUPPLY_DEMAND_NUMBERS on. */
enum {
	SUPPLY_DEMAND_KEY, SUPPLY_DEMAND_YEAR, SUPPLY_DEMAND_DISTRICT,
	SUPPLY_DEMAND_DISTRICT_NAME, SUPPLY_DEMAND_LEVEL,
	SUPPLY_DEMAND_SPECIALTY, SUPPLY_DEMAND_SPECIALTY_NAME,
	SUPPLY_DEMAND_OCCUPATION, SUPPLY_DEMAND_OCCUPATION_NAME,
	SUPPLY_DEMAND_IS_UNNAMED, SUPPLY_DEMAND_NUMBERS
};

/* In the order of those columns; openings by kind are in thousandths. */
#define SUPPLY_DEMAND_NUMBER(X)                                                \
	X(students) X(secondary) X(associate) X(bachelor) X(employed)          \
	X(local) X(job) X(apprenticeship) X(order_class) X(internship)         \
	X(listed) X(work_now) X(internship_now) X(open_to) X(paid_postings)    \
	X(pay_fen) X(pay_all_fen) X(seats) X(internship_seats) X(days)

struct supply_demand {
#define X(name) int64_t name;		/* 0 for NULL */
	SUPPLY_DEMAND_NUMBER(X)
#undef X
	bool has_days, has_open_to;
};

/* What may be told of people, and whether there are people at all. */
struct supply_demand_shown {
	bool has_people;	/* by occupation there are none */
	bool outcomes, seats;	/* of cohorts, of seats that were taken */
};

void supply_demand_from_row(struct supply_demand *s, const struct rows *rows,
			    int row);

/* The numbers of a group, into the open object. */
void supply_demand_write(struct json_writer *w, const struct supply_demand *s,
			 const struct supply_demand_shown *shown);
/* Of the year before: the first few, as a value; NULL: null. */
void supply_demand_write_before(struct json_writer *w,
				const struct supply_demand *s,
				bool has_people);

#endif
