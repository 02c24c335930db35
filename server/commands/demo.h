/*
 * demo.h - the demonstration city, made by dice that fall the same way every
 * time: the same ids and texts on every machine. Dates follow the calendar
 * (the next term, the hours before and after now), and the database adds when
 * rows were written; salts are new each time.
 *
 * Each demo_add_* writes its rows by COPY into the open transaction of d->s.
 * They return false with d->fault set. They come in the order in which they
 * stand here, since each reads what those before left in *d.
 */
#ifndef COMMANDS_DEMO_H
#define COMMANDS_DEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/base.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/uuid.h"
#include "commands/demo_words.h"
#include "wire/db_sync.h"

enum {
	DEMO_SCHOOLS = 8,
	DEMO_ENTERPRISES = 150,
	DEMO_UNVERIFIED = 6,		/* the last ones; they post nothing */
	DEMO_POSTINGS = 800,
	DEMO_STUDENTS = 6000,
	DEMO_MOST_OPENINGS = 150,
	DEMO_WISHES_MAX = 10,
};

/* What an id is of: its number in the id, so that none comes twice. */
enum demo_kind { DEMO_CITY = 1, DEMO_ACCOUNT, DEMO_SCHOOL, DEMO_ENTERPRISE,
		 DEMO_CATEGORY, DEMO_POSTING, DEMO_STUDENT, DEMO_ROUND,
		 DEMO_RUN, DEMO_EXEMPTION, DEMO_APPEAL,
		 DEMO_CAPACITY_REQUEST, DEMO_LIST };

/* ---- dice: SplitMix64 ---- */

struct dice {
	uint64_t state;
};

struct dice dice_for(enum demo_kind kind);
uint32_t dice_below(struct dice *d, uint32_t bound);	/* bound > 0 */
bool dice_in(struct dice *d, unsigned percent);

/* A draw from a distribution given by its quantiles at equal steps; straight
 * lines between them. in  count >= 2 */
int dice_quantile(struct dice *d, const int *quantiles, int count);

/* ---- lists in one text ---- */

int words_count(const char *words);

/* The item at [at % count], in memory of the arena. */
char *words_at(struct arena *mem, const char *words, uint32_t at);

/* "{a,b}", PostgreSQL's array, of the items whose bit is set. */
char *words_array(struct arena *mem, const char *words, uint64_t which);

/* ---- the city ---- */

struct demo_enterprise {
	const struct demo_trade *trade;
	struct uuid id, category[DEMO_POSTS];
	const char *name, *division;
	int staff;
	bool is_verified;
};

/* The term into which the rounds place: the first that begins on 1 March or 1
 * September, and not before the open round and its postings are over. */
struct demo_term {
	int year, month;
	int school_year;		/* begins on 1 September */
	const char *start, *end;	/* six months */
};

struct demo {
	struct sync *s;
	struct fault fault;
	struct arena *mem;
	struct buf lines;		/* of the COPY under way */
	struct demo_term term;
	struct demo_enterprise enterprise[DEMO_ENTERPRISES];
};

extern const char demo_slug[], demo_password[];
extern const char demo_consortium[];	/* its id */

/* The id of the number-th thing of a kind, as text. */
const char *demo_id(enum demo_kind kind, uint32_t number,
		    char out[UUID_TEXT_BYTES]);

struct demo_term demo_term_at(struct arena *mem, int64_t wall_ms);

/* The day before the first of the month that is `months` after the term's. */
const char *demo_term_day(struct arena *mem, const struct demo_term *term,
			  int months);

/* into: "table (column, ...)"; takes d->lines. */
MUST_CHECK bool demo_copy(struct demo *d, const char *into);
MUST_CHECK bool demo_exec(struct demo *d, const char *statements);

MUST_CHECK bool demo_add_city(struct demo *d);
MUST_CHECK bool demo_add_enterprises(struct demo *d);
MUST_CHECK bool demo_add_postings(struct demo *d);
MUST_CHECK bool demo_publish(struct demo *d, const char *kind,
			     const char *other);
MUST_CHECK bool demo_add_students(struct demo *d);
MUST_CHECK bool demo_add_cooperations(struct demo *d);
MUST_CHECK bool demo_add_graduates(struct demo *d);
MUST_CHECK bool demo_add_internships(struct demo *d);	/* of these */
MUST_CHECK bool demo_add_complaints(struct demo *d);
MUST_CHECK bool demo_add_demand(struct demo *d);
MUST_CHECK bool demo_add_lists(struct demo *d);

/* number 1: of all of the oldest cohort; 2: of those without a seat yet, and
 * half of the next cohort. The round is open. */
MUST_CHECK bool demo_add_wishes(struct demo *d, int round);
MUST_CHECK bool demo_add_accounts(struct demo *d);
MUST_CHECK bool demo_add_rounds(struct demo *d);

/* Students of a cohort entered so many years before the term's school year. */
enum { DEMO_ELDEST = 2 };

/* The rows as `duikou-server demo` shows them, read from the database. */
MUST_CHECK bool demo_print(struct demo *d);

#endif
