/*
 * The one layout of a result: a member of the document and an entry of a list
 * have a line each.
 */
#include <string.h>

#include "matcher/files/result_file.h"
#include "matcher/insist.h"

struct writing {
	const struct match_instance *instance;
	const struct match_result *result;
	struct match_sink *sink;
};

/* Numbers of a sound result are never negative. */
static void write_number(struct writing *w, const char *name, int64_t number)
{
	MATCH_INSIST(number >= 0);
	match_sink_text(w->sink, name);
	match_sink_number(w->sink, (uint64_t)number);
}

static void write_number_or_null(struct writing *w, const char *name,
				 bool is_there, uint64_t number)
{
	match_sink_text(w->sink, name);
	if (is_there)
		match_sink_number(w->sink, number);
	else
		match_sink_text(w->sink, "null");
}

static void write_id(struct writing *w, const char *name,
		     const struct match_ids *ids, uint32_t number)
{
	match_sink_text(w->sink, name);
	match_sink_id(w->sink, match_ids_at(ids, number));
}

static void write_word(struct writing *w, const char *name, const char *word)
{
	match_sink_text(w->sink, name);
	match_sink_id(w->sink, (struct match_id){word, (uint32_t)strlen(word)});
}

static void write_placement(struct writing *w, uint32_t i)
{
	const struct match_placement *line = &w->result->placements[i];

	write_id(w, "{\"student\": ", &w->instance->students, line->student);
	write_id(w, ", \"posting\": ", &w->instance->postings, line->posting);
	write_number(w, ", \"score\": ", line->score);
	write_number(w, ", \"choice\": ", line->choice);
	match_sink_text(w->sink, "}");
}

static void write_unplaced(struct writing *w, uint32_t i)
{
	write_id(w, "", &w->instance->students, w->result->unplaced[i]);
}

static void write_group(struct writing *w, uint32_t i)
{
	const struct match_group_line *line = &w->result->groups[i];

	write_id(w, "{\"id\": ", &w->instance->groups, line->group);
	write_number(w, ", \"placed\": ", line->placed);
	write_number(w, ", \"lower\": ", line->lower);
	write_number_or_null(w, ", \"upper\": ", line->has_upper,
			     (uint64_t)line->upper);
	write_number(w, ", \"shortfall\": ", line->shortfall);
	match_sink_text(w->sink, "}");
}

static void write_cutoff(struct writing *w, uint32_t i)
{
	const struct match_cutoff *line = &w->result->cutoffs[i];
	uint32_t posting_count = w->instance->postings.count;

	write_id(w, "{\"posting\": ", &w->instance->postings, line->posting);
	write_number_or_null(w, ", \"rank\": ", line->has_rank,
			     (uint64_t)line->rank);
	write_number_or_null(w, ", \"score\": ", line->has_score,
			     (uint64_t)line->score);
	write_number_or_null(w, ", \"lottery\": ", line->has_lottery,
			     line->lottery);
	if (line->binding < posting_count)
		write_id(w, ", \"binding\": ", &w->instance->postings,
			 line->binding);
	else
		write_id(w, ", \"binding\": ", &w->instance->groups,
			 line->binding - posting_count);
	match_sink_text(w->sink, "}");
}

static void write_own_move(struct writing *w, uint32_t i)
{
	const struct match_own_move *line = &w->result->own_moves[i];

	write_id(w, "{\"student\": ", &w->instance->students, line->student);
	write_id(w, ", \"from\": ", &w->instance->postings, line->from);
	write_id(w, ", \"to\": ", &w->instance->postings, line->to);
	match_sink_text(w->sink, "}");
}

static void write_place(struct writing *w, const char *name, uint32_t posting)
{
	match_sink_text(w->sink, name);
	if (posting == MATCH_NONE)
		match_sink_text(w->sink, "null");
	else
		match_sink_id(
			w->sink,
			match_result_posting(w->result, w->instance, posting));
}

static void write_move(struct writing *w, uint32_t i)
{
	const struct match_move *line = &w->result->moves[i];

	write_id(w, "{\"student\": ", &w->instance->students, line->student);
	write_place(w, ", \"from\": ", line->from);
	write_place(w, ", \"to\": ", line->to);
	match_sink_text(w->sink, "}");
}

static void write_signed(struct writing *w, const char *name, int64_t number)
{
	match_sink_text(w->sink, name);
	match_sink_signed(w->sink, number);
}

/* The prices of one kind of node, but those that are nothing. */
static void write_prices(struct writing *w, const char *name,
			 const struct match_ids *ids, uint32_t first)
{
	const struct match_price *prices = w->result->prices + first;
	const int64_t *kept = w->result->kept_prices;
	const char *before = "\n   {\"id\": ";

	match_sink_text(w->sink, name);
	for (uint32_t i = 0; i < ids->count; i++) {
		const struct match_price *price = &prices[i];

		if (!price->shortfall && !price->placed && !price->score &&
		    !(kept && kept[first + i]))
			continue;
		write_id(w, before, ids, i);
		write_signed(w, ", \"shortfall\": ", price->shortfall);
		write_signed(w, ", \"placed\": ", price->placed);
		write_signed(w, ", \"score\": ", price->score);
		if (kept)
			write_signed(w, ", \"kept\": ", kept[first + i]);
		match_sink_text(w->sink, "}");
		before = ",\n   {\"id\": ";
	}
	match_sink_text(w->sink, *before == ',' ? "\n  ]" : "]");
}

static void write_certificate(struct writing *w)
{
	const struct match_instance *in = w->instance;

	match_sink_text(w->sink, ",\n \"certificate\": {");
	if (w->result->prices) {
		write_prices(w, "\n  \"groups\": [", &in->groups,
			     in->postings.count);
		write_prices(w, ",\n  \"postings\": [", &in->postings, 0);
		match_sink_text(w->sink, "\n ");
	}
	match_sink_text(w->sink, "}\n}\n");
}

static void write_list(struct writing *w, const char *name, uint32_t count,
		       void (*write_entry)(struct writing *w, uint32_t i))
{
	match_sink_text(w->sink, name);
	for (uint32_t i = 0; i < count; i++) {
		match_sink_text(w->sink, i ? ",\n  " : "\n  ");
		write_entry(w, i);
	}
	match_sink_text(w->sink, count ? "\n ]" : "]");
}

void match_result_write(const struct match_instance *instance,
			const struct match_result *result,
			struct match_sink *sink)
{
	struct writing w = {instance, result, sink};

	write_word(&w, "{\n \"format\": ", result->format);
	write_word(&w, ",\n \"mode\": ", result->mode);
	write_word(&w, ",\n \"seed\": ", result->seed);
	write_word(&w, ",\n \"instance_sha256\": ", result->instance_sha256);
	if (result->is_pinned)
		match_sink_text(w.sink, ",\n \"pin\": true");
	write_number(&w, ",\n \"objective\": {\"shortfall\": ",
		     result->objective.shortfall);
	write_number(&w, ", \"placed\": ", result->objective.placed);
	write_number(&w, ", \"score\": ", result->objective.score);
	write_list(&w, "},\n \"placements\": [", result->placement_count,
		   write_placement);
	write_list(&w, ",\n \"unplaced\": [", result->unplaced_count,
		   write_unplaced);
	write_list(&w, ",\n \"groups\": [", result->group_count, write_group);
	write_list(&w, ",\n \"cutoffs\": [", result->cutoff_count,
		   write_cutoff);
	write_list(&w, ",\n \"own_moves\": [", result->own_move_count,
		   write_own_move);
	if (result->has_moves)
		write_list(&w, ",\n \"moves\": [", result->move_count,
			   write_move);
	write_certificate(&w);
}
