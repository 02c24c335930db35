/*
 * explained.h - what a run made of one student, wish by wish: taken from the
 * matcher's answers (matcher/why.h) on one thread, written with names and in
 * words on another.
 *
 * from  docs/placement.md, "Explanations"; getStudentExplanation in the API
 */
#ifndef RECORDS_EXPLAINED_H
#define RECORDS_EXPLAINED_H

#include "base/arena.h"
#include "base/uuid.h"
#include "matcher/explain.h"
#include "matcher/why.h"
#include "wire/json_write.h"
#include "wire/rows.h"
#include "wire/shape.h"

/* A posting or group of the instance, by its id. */
struct explained_node {
	struct uuid id;
	uint32_t seats, taken;	/* MATCH_NO_CAP: nothing bounds it */
};

enum explained_outcome { EXPLAINED_RECEIVED, EXPLAINED_REFUSED,
			 EXPLAINED_BELOW };

struct explained_wish {
	uint32_t choice;		/* from 1, of those in the run */
	struct explained_node posting;
	uint32_t free;			/* the fewest on its path */
	enum explained_outcome outcome;
	bool is_pinned;
	uint32_t score;
	struct match_why_choice why;
	bool has_cutoff;
	struct match_cutoff cutoff;
	struct explained_node binding;	/* of the cutoff */
};

struct explained_student {
	bool is_there;			/* in the run */
	bool is_optimal;
	uint64_t lottery;
	struct explained_wish *wishes;
	size_t wish_count;
	const char *document;		/* as the program writes it */
	size_t document_bytes;
	struct uuids nodes;		/* whose names the writer needs */
};

/*
 * Ask all that is told of a student; without one of that id is_there stays
 * false.
 * fails  with the matcher's words
 */
MUST_CHECK bool explained_ask(struct explained_student *out, struct arena *mem,
			      const struct match_why *why,
			      const struct uuid *student,
			      struct match_error *error);

/* A group or posting of the instance by its id, or MATCH_NONE. */
uint32_t explained_find(const struct match_ids *ids, const struct uuid *id);

struct explained_node explained_node(const struct match_why *why,
				     uint32_t node);

/* A match_sink's write: to is a struct buf. */
bool explained_write(void *to, const char *bytes, size_t count);

/* "rank", "score", "lottery", "binding" of a cutoff, or null. */
void explained_cutoff(struct json_writer *w, const struct match_cutoff *cutoff,
		      const struct explained_node *binding,
		      const struct rows *names);

/* Columns of schema/queries/run_nodes.sql, where the names are. */
enum { NODE_ID, NODE_KIND, NODE_NAME, NODE_ENTERPRISE, NODE_ENTERPRISE_NAME };

enum { EXPLAINED_HOLES = 6 };

/* A text with {1}..{6} filled in. */
const char *explained_fill(struct arena *mem, const char *text,
			   const char *const holes[EXPLAINED_HOLES]);

/* A node's name, or NULL. */
const char *explained_name(const struct rows *names, const struct uuid *id);

/* The members id, kind, name, seats, taken as an object. */
void explained_node_write(struct json_writer *w,
			  const struct explained_node *node,
			  const struct rows *names);

/* The wishes as a list of objects. */
void explained_wishes_write(struct json_writer *w, struct arena *mem,
			    const struct explained_student *told,
			    const struct rows *names,
			    enum match_language language);

#endif
