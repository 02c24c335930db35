/*
 * posting_bulk.h - several postings in one request: what each is, what is
 * wrong with it, and what became of it.
 *
 * from  api-spec/openapi.yaml, bulkPostings
 */
#ifndef ENDPOINTS_POSTING_BULK_H
#define ENDPOINTS_POSTING_BULK_H

#include "endpoints/posting_steps.h"

enum { BULK_ITEMS_MAX = 100 };

struct bulk_item {
	struct posting *posting;	/* settled */
	const char *closes_at;		/* NULL: not to be published */
	struct flaws *flaws;
	enum fault_kind fault;		/* FAULT_NONE: none so far */
	struct broken_rule rule;
	struct uuid id;
	int64_t version;		/* 0: it is not there yet */
	bool is_new, is_changed, is_published, is_to_publish;
	bool is_asked, is_missed;	/* of the last write */
};

struct bulk {
	struct bulk_item *at;
	size_t count;
};

/* The body into the state. FLOW_FAIL: it is no list of 1 to BULK_ITEMS_MAX. */
enum flow_next bulk_read(struct flow *f, struct bulk *bulk);

/* Asks postings_by_refs.sql for all ... */
enum flow_next bulk_find(struct flow *f, const struct bulk *bulk);
/* ... and by its answer decides what is to become of each. */
void bulk_judge(struct flow *f, struct bulk *bulk);

/*
 * Asks for those items that are wanted, as JSON, and marks them; FLOW_NEXT if
 * there are none. bulk_take then takes the ids and versions that were written:
 * what was asked and not written is missed.
 */
typedef bool bulk_wanted(const struct bulk_item *item);
enum flow_next bulk_write(struct flow *f, struct bulk *bulk, enum sql_id sql,
			  bulk_wanted *wanted);
void bulk_take(struct flow *f, struct bulk *bulk);

/* Asks which names are unknown of those that were missed ... */
enum flow_next bulk_ask_unknown(struct flow *f, struct bulk *bulk);
/* ... and says so; a missed one with none has changed meanwhile. */
void bulk_take_unknown(struct flow *f, struct bulk *bulk);

enum flow_next bulk_reply(struct flow *f, const struct bulk *bulk);

#endif
