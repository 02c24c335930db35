/*
 * specialty_market.h - what was asked for, divided among the specialties that
 * it is open to.
 *
 * Something asked of a class, a category or an occupation is divided by the
 * graduates of its year who may be shown, so that nothing hidden weighs in.
 * What specialties then have of postings, or of talent-demand lists if that is
 * more, is their demand: who listed what he needs posts it, too. A year in
 * which nothing was asked for at all is not known.
 *
 * from  docs/specialty-lists.md
 */
#ifndef RECORDS_SPECIALTY_MARKET_H
#define RECORDS_SPECIALTY_MARKET_H

#include "records/specialty_list.h"

/* Fills in the market of entries whose cohorts are there. */
void specialty_market_weigh(const struct specialty_parts *parts,
			    struct specialty_entries *entries,
			    struct arena *mem);

#endif
