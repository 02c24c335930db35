/*
 * explained.c - see explained.h: the matcher's answers taken over, so that
 * they outlive the run that they were asked of. Ids of a round's documents are
 * UUIDs, since a worker wrote them.
 */
#include "records/explained.h"

#include <string.h>

#include "base/buf.h"
#include "matcher/files/explanation_file.h"

static struct uuid id_of(struct match_id id)
{
	char text[UUID_TEXT_BYTES];
	struct uuid out;

	must(id.bytes == UUID_TEXT_BYTES - 1);
	memcpy(text, id.text, id.bytes);
	text[id.bytes] = '\0';
	must(uuid_parse(text, &out));
	return out;
}

uint32_t explained_find(const struct match_ids *ids, const struct uuid *id)
{
	char text[UUID_TEXT_BYTES];

	uuid_text(id, text);
	return match_ids_find(ids, (struct match_id){ text,
						      UUID_TEXT_BYTES - 1 });
}

struct explained_node explained_node(const struct match_why *why, uint32_t node)
{
	const struct match_instance *in = why->instance;
	uint32_t posting_count = in->postings.count;
	struct match_id id = node < posting_count ?
		match_ids_at(&in->postings, node) :
		match_ids_at(&in->groups, node - posting_count);

	return (struct explained_node){ id_of(id), match_node_seats(in, node),
					why->count[node] };
}

bool explained_write(void *to, const char *bytes, size_t count)
{
	buf_bytes(to, bytes, count);
	return true;
}

/* How many more the fullest node on a posting's path would take. */
static uint32_t free_seats(const struct match_why *why, uint32_t posting)
{
	uint32_t least = MATCH_NO_CAP;

	for (uint32_t node = posting; node != MATCH_NONE;
	     node = match_node_above(why->instance, node)) {
		uint32_t seats = match_node_seats(why->instance, node);
		uint32_t left = seats > why->count[node] ?
				seats - why->count[node] : 0;

		if (seats != MATCH_NO_CAP && left < least)
			least = left;
	}
	return least;
}

/* ---- one student ---- */

struct asking {
	const struct match_why *why;
	const struct match_instance *whole;	/* with those pinned */
	const struct match_why_student *answer;
	struct explained_student *out;
};

static void take_cutoff(const struct asking *a, uint32_t posting,
			struct explained_wish *wish)
{
	uint32_t cutoff = a->why->cutoff[posting];

	if (cutoff == MATCH_NONE)
		return;
	wish->has_cutoff = true;
	wish->cutoff = a->why->result->cutoffs[cutoff];
	wish->binding = explained_node(a->why, wish->cutoff.binding);
}

/* The answer has the first rows of the list, or none of one who is pinned. */
static struct explained_wish take_wish(const struct asking *a, uint32_t place)
{
	uint32_t first = a->whole->choice_start[a->answer->student];
	const struct match_choice *choice = &a->whole->choice[first + place];
	const struct match_placement *pinned = a->answer->pinned;
	struct explained_wish wish = {
		.choice = place + 1,
		.posting = explained_node(a->why, choice->posting),
		.free = free_seats(a->why, choice->posting),
		.score = choice->score,
		.outcome = EXPLAINED_BELOW,
	};

	take_cutoff(a, choice->posting, &wish);
	if (pinned) {
		wish.is_pinned = pinned->posting == choice->posting;
		if (wish.is_pinned)
			wish.outcome = EXPLAINED_RECEIVED;
	} else if (place < a->answer->choice_count) {
		wish.why = a->answer->choices[place];
		wish.why.cutoff = NULL;	/* it is the run's */
		wish.outcome = wish.why.is_received ? EXPLAINED_RECEIVED :
						      EXPLAINED_REFUSED;
	}
	return wish;
}

static void take_nodes(struct explained_student *out, struct arena *mem)
{
	out->nodes.at = arena_array(mem, struct uuid, 2 * out->wish_count);
	for (size_t i = 0; i < out->wish_count; i++) {
		const struct explained_wish *wish = &out->wishes[i];

		out->nodes.at[out->nodes.count++] = wish->posting.id;
		if (wish->has_cutoff)
			out->nodes.at[out->nodes.count++] = wish->binding.id;
	}
}

static void take_document(const struct asking *a, struct arena *mem)
{
	struct buf text = { 0 };
	struct match_sink sink;

	match_sink_init(&sink, explained_write, &text);
	match_explanation_of_student(a->why, a->answer, &sink);
	must(match_sink_finish(&sink, NULL));
	a->out->document = arena_text(mem, text.at, text.used);
	a->out->document_bytes = text.used;
	buf_close(&text);
}

bool explained_ask(struct explained_student *out, struct arena *mem,
		   const struct match_why *why, const struct uuid *student,
		   struct match_error *error)
{
	const struct match_instance *whole =
		why->result->is_pinned ? why->pins.whole : why->instance;
	uint32_t number = explained_find(&whole->students, student);
	struct match_why_student answer;
	struct asking a = { why, whole, &answer, out };

	out->is_optimal = why->is_optimal;
	if (number == MATCH_NONE)
		return true;
	if (!match_why_student(why, number, &answer, error))
		return false;
	out->is_there = true;
	out->lottery = whole->lottery[number];
	out->wish_count = whole->choice_start[number + 1] -
			  whole->choice_start[number];
	out->wishes = arena_array(mem, struct explained_wish, out->wish_count);
	for (size_t i = 0; i < out->wish_count; i++)
		out->wishes[i] = take_wish(&a, (uint32_t)i);
	take_nodes(out, mem);
	take_document(&a, mem);
	match_why_student_free(&answer);
	return true;
}
