/*
 * The live index: the open postings and the available students of one
 * consortium in memory, ranked exactly, changed without rebuilding.
 *
 * One writer thread at a time puts, drops and publishes. Any number of readers
 * rank at the same time on the snapshot that they find, without locks:
 *
 *	match_epochs_enter(epochs, slot);
 *	snapshot = match_index_read(index);
 *	match_index_postings(snapshot, &student, &query, &ranking);
 *	match_epochs_leave(epochs, slot);
 *
 * from   docs/matching.md, section 2; docs/ranking.md
 */
#ifndef MATCHER_INDEX_H
#define MATCHER_INDEX_H

#include "matcher/align.h"
#include "matcher/epoch.h"
#include "matcher/error.h"
#include "matcher/rank.h"

/* What a posting or a student may hold of each, at most. */
#define MATCH_INDEX_TARGETS_MAX 64
#define MATCH_INDEX_WILLING_MAX 64
#define MATCH_INDEX_SKILLS_MAX 256 /* and as many certificates */

/*
 * What one takes at most, all told but the names of skills: a posting of one
 * target and six asks, a student of two places and eight skills, where there
 * are thousands of them. malloc adds 8 bytes and more to a block.
 */
#define MATCH_INDEX_POSTING_BYTES 320
#define MATCH_INDEX_STUDENT_BYTES 400

#define MATCH_NO_SLOT UINT32_MAX

struct match_index;
struct match_snapshot; /* what readers see; it never changes */

/* industry is the caller's number for it; 0: none stated. */
struct match_index_posting {
	struct match_posting facts;
	uint8_t enterprise[16];
	uint32_t industry;
};

/*
 * Which postings are looked at. Zero throughout: all of them. A posting passes
 * if it passes every member that is set:
 *
 *	kinds		1u << enum match_kind, of the kinds wanted
 *	division	it lies in this area, of any level
 *	pay_fen		its highest pay reaches this; one that states none fails
 *	has_period	its period and from..to share a day. MATCH_NO_DAY is
 *			open on that side; one that states neither day fails
 *	education	it asks for no more than this level
 *	specialty	a target equals this code or lies under it
 *	enterprise	16 bytes; it is of this enterprise
 *	industry	it has this number
 *	published_since_us	published then or later
 *	only		bit s of only[s / 64] says that the posting in slot s
 *			may pass; slots from only_count on may not
 *	after		it comes after this key: the next page
 */
struct match_index_query {
	unsigned kinds;
	uint32_t division;
	int64_t pay_fen;
	bool has_period;
	int32_t from;
	int32_t to;
	enum match_education education;
	uint32_t specialty;
	const uint8_t *enterprise;
	uint32_t industry;
	int64_t published_since_us;
	const uint64_t *only;
	uint32_t only_count;
	const struct match_key *after;
};

/*
 * The same for students: specialty is a code of 6, 4 or 2 digits they have,
 * education a level they reach, home an area their home lies in.
 */
struct match_index_student_query {
	uint32_t specialty;
	enum match_education education;
	uint32_t home;
	const struct match_key *after;
};

/* published_us is 0 for a student. */
struct match_index_entry {
	uint8_t id[16];
	int64_t published_us;
	uint32_t slot;
	uint16_t score;
	enum match_tier tier;
};

/* at[0..want) is the caller's; count is what was filled. */
struct match_index_ranking {
	struct match_index_entry *at;
	size_t want;
	size_t count;
};

/*
 * in     policy is sound, ties (NULL: none) ascend; both are copied. epochs is
 *        kept: it outlives the index, and may serve others too
 * fails  NULL: no memory
 */
struct match_index *match_index_new(const struct match_policy *policy,
				    const struct match_ties *ties,
				    struct match_epochs *epochs);

/* in  no reader is inside. NULL: nothing */
void match_index_free(struct match_index *index);

/*
 * Insert or replace by id. Readers see it after match_index_publish.
 *
 * in     sound as match_align wants it; everything is copied
 * fails  MATCH_TOO_LARGE (the limits above, MATCH_ASKS_MAX), MATCH_NO_MEMORY;
 *        the index is then as before
 */
bool match_index_put_posting(struct match_index *index,
			     const struct match_index_posting *posting,
			     struct match_error *error) MATCH_MUST_CHECK;
bool match_index_put_student(struct match_index *index,
			     const struct match_student *student,
			     struct match_error *error) MATCH_MUST_CHECK;

/* Take out by id; absent: nothing happens. Cannot fail. */
void match_index_drop_posting(struct match_index *index, const uint8_t id[16]);
void match_index_drop_student(struct match_index *index, const uint8_t id[16]);

/*
 * The slot of a posting that was put and not dropped, else MATCH_NO_SLOT. A
 * slot stays the same while its id is in the index. It is given to another id
 * one whole publish after its own was dropped at the earliest, so that a set of
 * slots which is one publish old names nobody else. For the writer.
 */
uint32_t match_index_posting_slot(const struct match_index *index,
				  const uint8_t id[16]);

/* The terms for what is published next. fails  MATCH_NO_MEMORY; as before */
bool match_index_set_terms(struct match_index *index,
			   const struct match_policy *policy,
			   const struct match_ties *ties,
			   struct match_error *error) MATCH_MUST_CHECK;

/*
 * Show readers all puts and drops since the last publish at once, and let go
 * of what no reader holds any more.
 *
 * in     the calling thread is not inside as a reader
 * fails  MATCH_NO_MEMORY: readers see what they saw, nothing is lost, and the
 *        next publish shows it all
 */
bool match_index_publish(struct match_index *index,
			 struct match_error *error) MATCH_MUST_CHECK;

/* What was published last; alive until the reader leaves. */
const struct match_snapshot *match_index_read(const struct match_index *index);

/*
 * Rank the postings for one student, best first.
 *
 * in     all borrowed; query may be NULL: everything passes. The student's
 *        arrays keep to the limits above. A pair that a rule blocks is left out
 * out    ranking->at[0..count): the list of match_rank_postings over all
 *        postings of the snapshot
 * ties   score descending, newest published, id ascending
 * mem    allocates nothing
 */
void match_index_postings(const struct match_snapshot *snapshot,
			  const struct match_student *student,
			  const struct match_index_query *query,
			  struct match_index_ranking *ranking);

/*
 * Rank the students for one posting, best first: the same contract, the list
 * of match_rank_students.
 *
 * ties   score descending, id ascending
 */
void match_index_students(const struct match_snapshot *snapshot,
			  const struct match_posting *posting,
			  const struct match_index_student_query *query,
			  struct match_index_ranking *ranking);

/* The key of an entry, to ask for the page after it. */
struct match_key match_index_key(const struct match_index_entry *entry);

/* A posting given back; its arrays point here and into the snapshot. */
struct match_index_posting_facts {
	struct match_index_posting posting;
	struct match_ask asks[MATCH_ASKS_MAX];
};

struct match_index_student_facts {
	struct match_student student;
	struct match_text skills[MATCH_INDEX_SKILLS_MAX];
	struct match_text certificates[MATCH_INDEX_SKILLS_MAX];
};

/* What stands in a slot, as it was put. False: nothing does. */
bool match_snapshot_posting(const struct match_snapshot *snapshot,
			    uint32_t slot,
			    struct match_index_posting_facts *facts);
bool match_snapshot_student(const struct match_snapshot *snapshot,
			    uint32_t slot,
			    struct match_index_student_facts *facts);

/* What the snapshot ranks by. */
struct match_terms match_snapshot_terms(const struct match_snapshot *snapshot);

struct match_index_size {
	size_t posting_count;
	size_t student_count;
	size_t posting_bytes; /* all that the postings take */
	size_t student_bytes;
	size_t shared_bytes; /* names of skills, terms */
};

struct match_index_size match_index_size(const struct match_snapshot *snapshot);

#endif
