/*
 * posting_bulk.c - the rules are those of one posting (posting_rules.h), asked
 * of each by itself; what PostgreSQL is asked, it is asked of all at once.
 */
#include "endpoints/posting_bulk.h"

#include <string.h>

#include "base/text.h"

enum { FIELDS_MAX = 64 };

struct asked_posting {
	struct posting posting;		/* first: its table's offsets hold */
	struct posting_publication publish;
};

/* Columns of schema/queries/postings_by_refs.sql after the posting's. */
enum { IS_VERIFIED = POSTING_COLUMNS, IS_CLOSING_LATER };

/* ---- the body ---- */

/* A posting's fields and `publish`. */
static const struct field *item_shape(struct arena *mem)
{
	static const struct field last[] = {
		OBJECT(struct asked_posting, publish,
		       posting_publication_shape, struct posting_publication,
		       NULLABLE),
		END_OF_FIELDS
	};
	struct field *table = arena_array(mem, struct field, FIELDS_MAX);
	size_t count = 0;

	while (posting_new_shape[count].name)
		count++;
	must(count + COUNT_OF(last) <= FIELDS_MAX);
	memcpy(table, posting_new_shape, count * sizeof(*table));
	memcpy(table + count, last, sizeof(last));
	return table;
}

static void take_item(struct shape_item *from, struct bulk_item *item)
{
	struct asked_posting *asked = from->out;

	*item = (struct bulk_item){ .posting = &asked->posting,
				    .flaws = &from->flaws,
				    .closes_at = asked->publish.closes_at };
	fields_settle(posting_new_shape, &from->seen, item->posting);
	if (!item->posting->description)
		item->posting->description = "";
	if (from->flaws.count)
		item->fault = FAULT_BAD_BODY;
	else
		posting_check_whole(item->posting, &from->flaws);
}

enum flow_next bulk_read(struct flow *f, struct bulk *bulk)
{
	const struct shape_list list = { "items", BULK_ITEMS_MAX,
					 item_shape(f->mem),
					 sizeof(struct asked_posting) };
	struct shape_items items;

	if (!shape_list(&list, &f->flaws, f->raw, f->raw_bytes, &items))
		return fail(f, FAULT_BAD_JSON, "%s", items.why);
	if (f->flaws.count)
		return fail_flaws(f);
	bulk->count = items.count;
	bulk->at = arena_array(f->mem, struct bulk_item, bulk->count);
	for (size_t i = 0; i < bulk->count; i++)
		take_item(&items.at[i], &bulk->at[i]);
	return FLOW_NEXT;
}

/* ---- what is there, and what is to become of it ---- */

static bool has_ref(const struct bulk_item *item)
{
	return item->fault == FAULT_NONE && item->posting->ref_system &&
	       item->posting->ref;
}

enum flow_next bulk_find(struct flow *f, const struct bulk *bulk)
{
	struct texts *lists = arena_array(f->mem, struct texts, 3);

	for (int k = 0; k < 3; k++)
		lists[k] = (struct texts){
			arena_array(f->mem, const char *, bulk->count),
			bulk->count };
	for (size_t i = 0; i < bulk->count; i++) {
		const struct bulk_item *item = &bulk->at[i];
		bool is_named = has_ref(item);

		lists[0].at[i] = is_named ? item->posting->ref_system : "";
		lists[1].at[i] = is_named ? item->posting->ref : "";
		lists[2].at[i] = item->fault == FAULT_NONE && item->closes_at ?
				 item->closes_at : "";
	}
	return ask(f, SQL_POSTINGS_BY_REFS, P_CONSORTIUM(f), P_OWNER(f),
		   P_TEXTS(&lists[0]), P_TEXTS(&lists[1]),
		   P_TEXTS(&lists[2]));
}

static void find_old(struct flow *f, int row, struct bulk_item *item)
{
	struct posting old;
	const char *state = rows_text(f->rows, row, POSTING_STATE);

	item->is_new = rows_is_null(f->rows, row, POSTING_ID);
	if (item->is_new) {
		item->id = uuid_new();
		return;
	}
	item->id = rows_uuid(f->rows, row, POSTING_ID);
	item->version = rows_int(f->rows, row, POSTING_VERSION);
	item->is_published = text_same(state, "published");
	fields_from_row(posting_new_shape, &old, f->mem,
			(struct row_from){ f->rows, row, POSTING_FIELDS });
	item->is_changed = !fields_same(posting_new_shape, item->posting,
					&old);
}

/* What was public stays within the rules, and so does what becomes it. */
static void check_rules(struct flow *f, int row, struct bulk_item *item)
{
	const char *state = rows_text(f->rows, row, POSTING_STATE);
	bool is_verified = rows_bool(f->rows, row, IS_VERIFIED);

	item->is_to_publish = item->closes_at && !item->is_published;
	if (item->is_to_publish && !rows_bool(f->rows, row, IS_CLOSING_LATER))
		flaws_add(item->flaws, "#/publish/closes_at", "out-of-range",
			  "must be after now", "必须晚于当前时间");
	if (item->is_to_publish || !(item->is_new || text_same(state, "draft")))
		item->rule = posting_check_public(
			item->posting,
			&(struct posting_facts){ .is_verified =
				is_verified || !item->is_to_publish },
			item->flaws);
	if (item->flaws->count)
		item->fault = item->rule.law == LAW_NONE ? FAULT_BAD_BODY :
							   FAULT_RULE_BROKEN;
}

/* Two of one request with the same name: the first has it. */
static void check_twice(const struct bulk *bulk, size_t i)
{
	struct bulk_item *item = &bulk->at[i];

	for (size_t k = 0; k < i && has_ref(item); k++) {
		const struct bulk_item *before = &bulk->at[k];

		if (!has_ref(before) ||
		    !text_same(before->posting->ref, item->posting->ref) ||
		    !text_same(before->posting->ref_system,
			       item->posting->ref_system))
			continue;
		flaws_add(item->flaws, "#/ref", "duplicate",
			  "another posting of the request has this reference",
			  "本次请求中的另一岗位已使用此编号");
		item->fault = FAULT_CONFLICT;
	}
}

void bulk_judge(struct flow *f, struct bulk *bulk)
{
	must(rows_count(f->rows) == (int)bulk->count);
	for (size_t i = 0; i < bulk->count; i++) {
		struct bulk_item *item = &bulk->at[i];

		check_twice(bulk, i);
		if (item->fault != FAULT_NONE)
			continue;
		find_old(f, (int)i, item);
		check_rules(f, (int)i, item);
	}
}

/* ---- writing ---- */

static void write_item(struct json_writer *w, const struct bulk_item *item,
		       size_t n)
{
	json_object(w);
	json_member_int(w, "n", (int64_t)n);
	json_member_uuid(w, "id", &item->id);
	json_member_int(w, "version", item->version);
	json_member_text(w, "closes_at", item->closes_at);
	fields_write(w, posting_new_shape, item->posting);
	json_end(w);
}

/* How many are asked for; *json has them. */
static size_t mark(struct flow *f, struct bulk *bulk, bulk_wanted *wanted,
		   const char **json)
{
	struct buf out = { 0 };
	struct json_writer w;
	size_t count = 0;

	json_begin(&w, &out);
	json_array(&w);
	for (size_t i = 0; i < bulk->count; i++) {
		struct bulk_item *item = &bulk->at[i];

		item->is_asked = wanted(item);
		if (!item->is_asked)
			continue;
		count++;
		write_item(&w, item, i);
	}
	json_end(&w);
	*json = arena_text(f->mem, out.at, out.used);
	buf_close(&out);
	return count;
}

enum flow_next bulk_write(struct flow *f, struct bulk *bulk, enum sql_id sql,
			  bulk_wanted *wanted)
{
	const char *json;

	if (!mark(f, bulk, wanted, &json))
		return FLOW_NEXT;
	explain_constraints(f, posting_refusals);
	return tell(f, sql, P_CONSORTIUM(f), P_OWNER(f), P_ACCOUNT(f),
		    P_TEXT(json));
}

static void settle(struct bulk_item *item, const struct rows *rows)
{
	for (int i = 0; i < rows_count(rows); i++) {
		struct uuid id = rows_uuid(rows, i, 0);

		if (!uuid_same(&id, &item->id))
			continue;
		item->version = rows_int(rows, i, 1);
		return;
	}
	item->is_missed = true;
	item->fault = FAULT_CONFLICT;
}

void bulk_take(struct flow *f, struct bulk *bulk)
{
	for (size_t i = 0; i < bulk->count; i++) {
		if (bulk->at[i].is_asked)
			settle(&bulk->at[i], f->rows);
		bulk->at[i].is_asked = false;
	}
}

/* ---- what was not written ---- */

static bool is_missed(const struct bulk_item *item)
{
	return item->is_missed;
}

enum flow_next bulk_ask_unknown(struct flow *f, struct bulk *bulk)
{
	const char *json;

	if (!mark(f, bulk, is_missed, &json))
		return FLOW_NEXT;
	return ask(f, SQL_POSTINGS_UNKNOWN, P_CONSORTIUM(f), P_OWNER(f),
		   P_TEXT(json));
}

void bulk_take_unknown(struct flow *f, struct bulk *bulk)
{
	size_t missed = 0;

	for (size_t i = 0; i < bulk->count; i++)
		missed += bulk->at[i].is_missed;
	if (!missed)
		return;		/* so nothing was asked */
	for (int i = 0; i < rows_count(f->rows); i++) {
		int64_t n = rows_int(f->rows, i, 0);
		struct bulk_item *item;

		must(n >= 0 && (size_t)n < bulk->count);
		item = &bulk->at[n];
		item->fault = FAULT_BAD_BODY;
		blame_unknown_name(item->flaws, f->rows, i, 1);
	}
}

/* ---- the reply ---- */

static int write_problem(struct flow *f, struct json_writer *w,
			 const struct bulk_item *item)
{
	struct fault fault = { .kind = item->fault };
	struct problem problem = { .instance = f->endpoint->path,
				   .request_id = f->request_id,
				   .trace_id = f->trace_id,
				   .flaws = item->flaws->first,
				   .rule = item->rule };
	struct buf out = { 0 };

	if (item->fault == FAULT_CONFLICT && item->is_missed)
		fault_set(&fault, FAULT_CONFLICT, "%s",
			  "the posting has changed meanwhile");
	problem_of_fault(&problem, &fault, f->lang);
	problem_write(&problem, &out);
	json_key(w, "problem");
	json_raw(w, out.at, out.used);
	buf_close(&out);
	return problem.status;
}

static void write_result(struct flow *f, struct json_writer *w,
			 const struct bulk_item *item)
{
	bool is_there = item->fault == FAULT_NONE;

	json_object(w);
	if (is_there) {
		json_member_int(w, "status", item->is_new ? 201 : 200);
		json_member_uuid(w, "id", &item->id);
		json_member_text(w, "etag", arena_print(
			f->mem, "\"v%lld\"", (long long)item->version));
		json_member_null(w, "problem");
	} else {
		int status = write_problem(f, w, item);

		json_member_int(w, "status", status);
		json_member_null(w, "id");
		json_member_null(w, "etag");
	}
	json_end(w);
}

enum flow_next bulk_reply(struct flow *f, const struct bulk *bulk)
{
	struct json_writer *w = reply_json(f, 200);

	reply_language(f);
	json_object(w);
	json_key(w, "items");
	json_array(w);
	for (size_t i = 0; i < bulk->count; i++)
		write_result(f, w, &bulk->at[i]);
	json_end(w);
	json_end(w);
	return FLOW_DONE;
}
