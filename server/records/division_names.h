/*
 * division_names.h - the division that an address names, as people write it:
 * "浙江省杭州市西湖区文三路 1 号", "江蘇蘇州昆山市". The list has no postal
 * codes and no names in other languages, so neither says anything here.
 *
 * from  schema/queries/divisions_all.sql; docs/postings.md
 */
#ifndef RECORDS_DIVISION_NAMES_H
#define RECORDS_DIVISION_NAMES_H

#include <stddef.h>

#include "base/arena.h"
#include "wire/rows.h"

struct division_name {
	const char *code;
	const char *name;	/* folded (wire/fold.h) */
	size_t bytes;
	size_t short_bytes;	/* without 省, 市, ...; 0: not said without */
};

struct division_names {
	struct division_name *at;	/* by code */
	size_t count;
};

/* in: the rows of divisions_all.sql; fold_open was true */
struct division_names division_names_from_rows(struct arena *mem,
					       const struct rows *rows);

/*
 * Read from the front: province, prefecture, county, each where it is named,
 * the longest name that fits; what comes behind them is not read.
 *
 * out   the code of the smallest that is named
 * ties  a county without its prefecture counts if the province has one of that
 *       name; without either, if the country has
 * fails NULL: none is named, or several could be meant
 */
const char *division_named(const struct division_names *names,
			   struct arena *mem, const char *address);

#endif
