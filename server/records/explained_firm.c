/*
 * explained_firm.c - see explained_firm.h: asked on the explainer's thread, a
 * pass over the students for each group and posting.
 */
#include "records/explained_firm.h"

#include "base/buf.h"
#include "matcher/files/explanation_file.h"

struct firm {
	const struct match_why *why;
	struct arena *mem;
	struct explained_firm *out;
	struct match_error *error;
	uint32_t group;		/* the enterprise's */
};

static void add_node(struct firm *x, const struct uuid *id)
{
	struct uuids *nodes = &x->out->nodes;

	if (nodes->count < EXPLAINED_NAMES_MAX)
		nodes->at[nodes->count++] = *id;
}

/* ---- documents ---- */

static void keep_document(struct firm *x, struct explained_part *part,
			  struct match_sink *sink, struct buf *text)
{
	must(match_sink_finish(sink, NULL));
	part->document = arena_text(x->mem, text->at, text->used);
	part->document_bytes = text->used;
	buf_close(text);
}

/* There are prices in mode optimal only. */
static bool find_margin(struct firm *x, uint32_t node,
			struct match_margin *margin)
{
	return !x->why->is_optimal ||
	       match_margin(x->why, node, margin, x->error);
}

static void add_witness(struct firm *x, const struct match_witness *witness)
{
	for (uint32_t i = 0; i < witness->node_count; i++) {
		struct explained_node node =
			explained_node(x->why, witness->nodes[i].node);

		add_node(x, &node.id);
	}
}

/* ---- groups ---- */

static void take_shortage(struct explained_part *part,
			  const struct match_shortage *answer)
{
	part->lower = answer->lower;
	part->shortfall = answer->shortfall;
	part->listed = answer->listed;
	part->needed = answer->reach.needed;
	part->reachable = answer->reach.reachable;
	part->reach_students = answer->reach.student_count;
}

static bool ask_group(struct firm *x, uint32_t group)
{
	uint32_t node = x->why->instance->postings.count + group;
	struct explained_part *part = &x->out->groups[x->out->group_count];
	struct match_margin margin = { .has_seat = false };
	struct match_shortage answer;
	struct buf text = { 0 };
	struct match_sink sink;

	if (!find_margin(x, node, &margin) ||
	    !match_shortage(x->why, group, &answer, x->error))
		return false;
	part->node = explained_node(x->why, node);
	take_shortage(part, &answer);
	add_node(x, &part->node.id);
	add_witness(x, &answer.reach);
	add_witness(x, &answer.cut);
	match_sink_init(&sink, explained_write, &text);
	match_explanation_of_group(x->why, &answer, &margin, &sink);
	keep_document(x, part, &sink, &text);
	match_shortage_free(&answer);
	x->out->group_count++;
	return true;
}

/* ---- postings ---- */

static bool ask_posting(struct firm *x, uint32_t posting)
{
	struct explained_part *part = &x->out->postings[x->out->posting_count];
	struct match_margin margin = { .has_seat = false };
	struct match_why_posting answer;
	struct buf text = { 0 };
	struct match_sink sink;

	if (!find_margin(x, posting, &margin))
		return false;
	match_why_posting(x->why, posting, &answer);
	part->node = explained_node(x->why, posting);
	part->listed = answer.listed;
	add_node(x, &part->node.id);
	part->has_cutoff = answer.cutoff != NULL;
	if (part->has_cutoff) {
		part->cutoff = *answer.cutoff;
		part->binding = explained_node(x->why, answer.cutoff->binding);
		add_node(x, &part->binding.id);
	}
	match_sink_init(&sink, explained_write, &text);
	match_explanation_of_posting(x->why, &answer, &margin, &sink);
	keep_document(x, part, &sink, &text);
	x->out->posting_count++;
	return true;
}

/* ---- all that hangs on the enterprise: itself and its post categories ---- */

static bool is_its_group(const struct firm *x, uint32_t group)
{
	return group != MATCH_NONE &&
	       (group == x->group ||
		x->why->instance->group[group].parent == x->group);
}

static void make_room(struct firm *x)
{
	const struct match_instance *in = x->why->instance;
	size_t groups = 0, postings = 0;

	for (uint32_t g = 0; g < in->groups.count; g++)
		groups += is_its_group(x, g);
	for (uint32_t p = 0; p < in->postings.count; p++)
		postings += is_its_group(x, in->posting[p].group);
	x->out->groups = arena_array(x->mem, struct explained_part, groups);
	x->out->postings = arena_array(x->mem, struct explained_part, postings);
	x->out->nodes.at = arena_array(x->mem, struct uuid,
				       EXPLAINED_NAMES_MAX);
}

bool explained_firm_ask(struct explained_firm *out, struct arena *mem,
			const struct match_why *why,
			const struct uuid *enterprise,
			struct match_error *error)
{
	const struct match_instance *in = why->instance;
	struct firm x = { why, mem, out, error,
			  explained_find(&in->groups, enterprise) };

	out->is_optimal = why->is_optimal;
	if (x.group == MATCH_NONE)
		return true;
	out->is_there = true;
	make_room(&x);
	if (!ask_group(&x, x.group))
		return false;
	for (uint32_t g = 0; g < in->groups.count; g++)
		if (g != x.group && is_its_group(&x, g) && !ask_group(&x, g))
			return false;
	for (uint32_t p = 0; p < in->postings.count; p++)
		if (is_its_group(&x, in->posting[p].group) &&
		    !ask_posting(&x, p))
			return false;
	return true;
}

/* ---- writing ---- */

enum phrase {
#define SHORTAGE(name, english, chinese) SAY_##name,
#include "records/explained_firm.def"
#undef SHORTAGE
};

static const char *const phrases[][2] = {
#define SHORTAGE(name, english, chinese)                                       \
	[SAY_##name] = { [MATCH_CHINESE] = chinese, [MATCH_ENGLISH] = english },
#include "records/explained_firm.def"
#undef SHORTAGE
};

static enum phrase phrase_of(const struct explained_part *p, bool is_optimal)
{
	if (p->lower == 0)
		return SAY_NO_FLOOR;
	if (p->shortfall == 0)
		return SAY_MET;
	if (p->reachable < p->needed)
		return SAY_OUT_OF_REACH;
	return is_optimal ? SAY_IN_COMPETITION : SAY_NOT_BINDING;
}

static const char *in_words(struct arena *mem, const struct explained_part *p,
			    bool is_optimal, enum match_language language)
{
	const char *const holes[EXPLAINED_HOLES] = {
		arena_print(mem, "%lld", (long long)p->shortfall),
		arena_print(mem, "%lld", (long long)p->reachable),
		arena_print(mem, "%lld", (long long)p->needed),
		arena_print(mem, "%lld", (long long)p->reach_students),
		arena_print(mem, "%lld", (long long)p->listed), "",
	};

	return explained_fill(mem, phrases[phrase_of(p, is_optimal)][language],
			      holes);
}

static void write_group(struct json_writer *w, const struct explained_part *p,
			const struct rows *names)
{
	json_key(w, "group");
	explained_node_write(w, &p->node, names);
	json_member_int(w, "floor", p->lower);
	json_member_int(w, "shortfall", p->shortfall);
	json_member_int(w, "listed", p->listed);
	json_member_int(w, "reachable", p->reachable);
}

static void write_posting(struct json_writer *w, const struct explained_part *p,
			  const struct rows *names)
{
	json_key(w, "posting");
	explained_node_write(w, &p->node, names);
	json_member_int(w, "listed", p->listed);
	explained_cutoff(w, p->has_cutoff ? &p->cutoff : NULL, &p->binding,
			 names);
}

static void write_document(struct json_writer *w,
			   const struct explained_part *p)
{
	json_key(w, "explanation");
	json_raw(w, p->document, p->document_bytes);
}

static void write_names(struct json_writer *w, const struct rows *names)
{
	json_key(w, "names");
	json_array(w);
	for (int i = 0; i < rows_count(names); i++) {
		json_object(w);
		json_member_text(w, "id", rows_text(names, i, NODE_ID));
		json_member_text(w, "kind", rows_text(names, i, NODE_KIND));
		json_member_text(w, "name", rows_text(names, i, NODE_NAME));
		json_end(w);
	}
	json_end(w);
}

void explained_firm_write(struct json_writer *w, struct arena *mem,
			  const struct explained_firm *told,
			  const struct rows *names,
			  enum match_language language)
{
	json_key(w, "groups");
	json_array(w);
	for (size_t i = 0; i < told->group_count; i++) {
		json_object(w);
		write_group(w, &told->groups[i], names);
		json_member_text(w, "because", in_words(
			mem, &told->groups[i], told->is_optimal, language));
		write_document(w, &told->groups[i]);
		json_end(w);
	}
	json_end(w);
	json_key(w, "postings");
	json_array(w);
	for (size_t i = 0; i < told->posting_count; i++) {
		json_object(w);
		write_posting(w, &told->postings[i], names);
		write_document(w, &told->postings[i]);
		json_end(w);
	}
	json_end(w);
	write_names(w, names);
}
