/*
 * Word search over the open postings of one consortium: title, enterprise
 * name, skills and text, in Chinese as people type it.
 *
 * Chinese has no spaces. Each character is indexed together with the one
 * after it, with its position (bigrams): no dictionary, so no word is unknown
 * to it and none is cut wrongly; every place where a text stands is found, and
 * a quoted phrase is found exactly. A single character is found as the first
 * of its pair. Latin words and digits are indexed whole, "c++" and "c#" with
 * their signs; "PLC编程" is the word plc and the text 编程 after it.
 *
 * A query:  会计 出纳      both, anywhere in the posting
 *           机械设计工程师   the text as it stands, or pieces of at least two
 *                        characters that make it up, each of them somewhere
 *           "机械设计"     the text as it stands, and nothing else
 *           -销售         not with this
 *
 * All texts come folded (width, case, traditional to simplified), one
 * character at a time, so that what is a part of a text stays one.
 *
 * One writer thread at a time puts, drops and publishes; any number of readers
 * search what was published, without locks, between match_epochs_enter and
 * match_epochs_leave.
 *
 * mem    about 5 bytes for a character of the postings, 150 and more for a
 *        posting (match_search_bytes says what it is)
 * from   docs/search.md
 */
#ifndef MATCHER_SEARCH_H
#define MATCHER_SEARCH_H

#include "matcher/align.h"
#include "matcher/epoch.h"
#include "matcher/error.h"

#define MATCH_SEARCH_TARGETS_MAX 64
#define MATCH_SEARCH_ITEMS_MAX 24 /* words and phrases of a query */
#define MATCH_SEARCH_QUERY_BYTES 1024

/* A word or character takes two; what stands beyond is not found. */
#define MATCH_SEARCH_POSITIONS 60000

/* A field's weight is its own; see match_search_find. */
enum match_search_field {
	MATCH_FIELD_TITLE,
	MATCH_FIELD_ENTERPRISE,
	MATCH_FIELD_SKILLS, /* one a line */
	MATCH_FIELD_TEXT,
};

#define MATCH_SEARCH_FIELDS 4

/* slot is the caller's number for it, given back with what is found. */
struct match_search_posting {
	uint8_t id[16];
	uint8_t enterprise[16];
	int64_t published_us;
	int64_t closes_us; /* INT64_MAX: open end */
	int64_t pay_fen;   /* the lowest; negative: none stated */
	enum match_kind kind;
	enum match_education education;
	uint32_t division;
	uint32_t industry; /* the caller's number; 0: none stated */
	uint32_t slot;
	const uint32_t *targets; /* 6, 4 or 2 digits */
	size_t target_count;
	struct match_text field[MATCH_SEARCH_FIELDS];
};

struct match_search;
struct match_search_snapshot; /* what readers see; it never changes */

/* in  epochs is kept. fails  NULL: no memory */
struct match_search *match_search_new(struct match_epochs *epochs);

/* in  no reader is inside. NULL: nothing */
void match_search_free(struct match_search *search);

/*
 * Insert or replace by id; seen after match_search_publish. Everything is
 * copied.
 *
 * fails  MATCH_NO_MEMORY, MATCH_TOO_LARGE (more targets than allowed, a field
 *        of 16 MiB); the index is then as before
 */
bool match_search_put(struct match_search *search,
		      const struct match_search_posting *posting,
		      struct match_error *error) MATCH_MUST_CHECK;

/* Take out by id; absent: nothing happens. fails  MATCH_NO_MEMORY, as before */
bool match_search_drop(struct match_search *search, const uint8_t id[16],
		       struct match_error *error) MATCH_MUST_CHECK;

/*
 * Show readers all puts and drops since the last publish, at once. What is new
 * becomes a small segment; segments of a size are merged by eights, so that
 * there are few and no posting is written again more than some times.
 *
 * in     the calling thread is not inside as a reader
 * fails  MATCH_NO_MEMORY: readers see what they saw, nothing is lost
 */
bool match_search_publish(struct match_search *search,
			  struct match_error *error) MATCH_MUST_CHECK;

/* What was published last; alive until the reader leaves. */
const struct match_search_snapshot *
match_search_read(const struct match_search *search);

size_t match_search_count(const struct match_search_snapshot *snapshot);

/* What the snapshot's postings take, without the writer's own notes. */
size_t match_search_bytes(const struct match_search_snapshot *snapshot);

/*
 * Which postings may be found. Zero throughout: all of them.
 *
 *	kinds		1u << enum match_kind, of the kinds wanted
 *	division	its division begins as this one does (province, city)
 *	pay_fen		its lowest pay reaches this (above 0)
 *	education	it asks for no more than this level
 *	specialty	a target equals this code, lies under it or above it
 *	enterprise	16 bytes; it is of this enterprise
 *	industry	it has this number
 *	published_since_us	published then or later
 *	open_at_us	it closes after that
 */
struct match_search_filter {
	unsigned kinds;
	uint32_t division;
	int64_t pay_fen;
	enum match_education education;
	uint32_t specialty;
	const uint8_t *enterprise;
	uint32_t industry;
	int64_t published_since_us;
	int64_t open_at_us;
};

/* Where a posting stands in the list. */
struct match_search_entry {
	uint8_t id[16];
	int64_t published_us;
	uint32_t slot;
	uint16_t relevance; /* 0..1000 */
	uint16_t fit;
};

/* How well a posting fits the one who asks: 0..65535. */
typedef uint16_t match_search_fit(void *with,
				  const struct match_search_entry *entry);

struct match_search_query {
	struct match_text text; /* folded; at most MATCH_SEARCH_QUERY_BYTES */
	struct match_search_filter filter;
	match_search_fit *fit; /* NULL: 0 for all */
	void *fit_with;
	const struct match_search_entry *after; /* the page after this one */
	size_t want;
	bool has_facets;
};

struct match_search_facet {
	uint32_t value;
	uint32_t count;
};

/* The values of all that was found, the most frequent first, then by value. */
enum match_search_facets {
	MATCH_FACET_KIND,     /* enum match_kind */
	MATCH_FACET_CATEGORY, /* 2 digits; a posting may have many */
	MATCH_FACET_DIVISION,
	MATCH_FACET_INDUSTRY,
};

#define MATCH_SEARCH_FACETS 4

/* count counts all that match; at[0..shown) is the page. */
struct match_search_found {
	struct match_search_entry *at;
	size_t shown;
	size_t count;
	struct match_search_facet *facet[MATCH_SEARCH_FACETS];
	size_t facet_count[MATCH_SEARCH_FACETS];
};

/*
 * Find the postings that all words of the query stand in and no excluded one.
 *
 * units  relevance: for each word or phrase the fields it stands in, title 400
 *        (500 at its beginning), skills 250, enterprise 150, text 60 (10 more
 *        for each further place, up to 100); half of the weakest piece where
 *        only pieces of it stand there; the mean over the words. It rests on
 *        the query and the posting alone: no other posting changes it
 * ties   relevance, fit, newest published, id ascending
 * out    the caller's to match_search_found_free
 * fails  MATCH_MALFORMED: no word in the query, or too many, or it is too
 *        long; MATCH_NO_MEMORY. Nothing is left to free
 */
bool match_search_find(const struct match_search_snapshot *snapshot,
		       const struct match_search_query *query,
		       struct match_search_found *found,
		       struct match_error *error) MATCH_MUST_CHECK;

void match_search_found_free(struct match_search_found *found);

/* Bit s of bits[s / 64] is set for slot s; slots from count on have none. */
struct match_search_marks {
	uint64_t *bits;
	uint32_t count;
};

/*
 * The slots of all postings that match_search_find counts, to rank those alone
 * (match_index_query.only).
 *
 * in     of the query, text and filter
 * out    the caller's to match_search_marks_free
 * fails  as match_search_find
 */
bool match_search_mark(const struct match_search_snapshot *snapshot,
		       const struct match_search_query *query,
		       struct match_search_marks *marks,
		       struct match_error *error) MATCH_MUST_CHECK;

void match_search_marks_free(struct match_search_marks *marks);

/* text points into the snapshot: titles and skills, folded. */
struct match_search_suggestion {
	struct match_text text;
	uint32_t count; /* of postings open at the time given */
};

/*
 * Titles and skills that begin with the text, those of most postings first,
 * then by text.
 *
 * in     text is folded; at has room for want
 * out    *count of them
 * fails  MATCH_NO_MEMORY
 */
bool match_search_suggest(const struct match_search_snapshot *snapshot,
			  const struct match_search_query *query,
			  struct match_search_suggestion *at, size_t *count,
			  struct match_error *error) MATCH_MUST_CHECK;

#endif
