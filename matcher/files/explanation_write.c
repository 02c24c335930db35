/* The one layout of explanations: an entry of a list has a line of its own. */
#include "matcher/files/explanation_file.h"

#include <string.h>

struct writing {
	const struct match_why *why;
	const struct match_instance *instance;
	struct match_sink *sink;
};

static void write_text(struct writing *w, const char *text)
{
	match_sink_text(w->sink, text);
}

static void write_number(struct writing *w, const char *name, int64_t number)
{
	match_sink_text(w->sink, name);
	match_sink_signed(w->sink, number);
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

static void write_truth(struct writing *w, const char *name, bool truth)
{
	match_sink_text(w->sink, name);
	match_sink_text(w->sink, truth ? "true" : "false");
}

static void write_id(struct writing *w, const char *name,
		     const struct match_ids *ids, uint32_t number)
{
	match_sink_text(w->sink, name);
	match_sink_id(w->sink, match_ids_at(ids, number));
}

static void write_word(struct writing *w, const char *name, const char *word)
{
	struct match_id id = {word, word ? (uint32_t)strlen(word) : 0};

	match_sink_text(w->sink, name);
	if (word)
		match_sink_id(w->sink, id);
	else
		match_sink_text(w->sink, "null");
}

static void write_price(struct writing *w, const char *name,
			const struct match_price *price)
{
	match_sink_text(w->sink, name);
	write_number(w, "{\"shortfall\": ", price->shortfall);
	write_number(w, ", \"placed\": ", price->placed);
	write_number(w, ", \"score\": ", price->score);
	match_sink_text(w->sink, "}");
}

/* Less shortfall, more of the others. */
static void write_gain(struct writing *w, const char *name, bool is_there,
		       const struct match_gain *gain)
{
	match_sink_text(w->sink, name);
	if (!is_there) {
		match_sink_text(w->sink, "null");
		return;
	}
	write_number(w, "{\"shortfall\": ", gain->shortfall);
	write_number(w, ", \"placed\": ", gain->placed);
	write_number(w, ", \"score\": ", gain->score);
	if (w->why->result->has_moves)
		write_number(w, ", \"kept\": ", gain->kept);
	match_sink_text(w->sink, "}");
}

static void write_cutoff(struct writing *w, const char *name,
			 const struct match_cutoff *cutoff)
{
	uint32_t posting_count = w->instance->postings.count;

	match_sink_text(w->sink, name);
	if (!cutoff) {
		match_sink_text(w->sink, "null");
		return;
	}
	write_number_or_null(w, "{\"rank\": ", cutoff->has_rank,
			     (uint64_t)cutoff->rank);
	write_number_or_null(w, ", \"score\": ", cutoff->has_score,
			     (uint64_t)cutoff->score);
	write_number_or_null(w, ", \"lottery\": ", cutoff->has_lottery,
			     cutoff->lottery);
	if (cutoff->binding < posting_count)
		write_id(w, ", \"binding\": ", &w->instance->postings,
			 cutoff->binding);
	else
		write_id(w, ", \"binding\": ", &w->instance->groups,
			 cutoff->binding - posting_count);
	match_sink_text(w->sink, "}");
}

static void write_head(struct writing *w)
{
	write_word(w, "{\n \"format\": ", MATCH_EXPLANATION_FORMAT);
	write_word(w, ",\n \"mode\": ", w->why->result->mode);
	write_word(w, ",\n \"instance_sha256\": ",
		   w->why->result->instance_sha256);
}

static void write_choice(struct writing *w, uint32_t student,
			 const struct match_why_choice *row)
{
	const struct match_instance *in = w->instance;
	const struct match_choice *wish = &in->choice[row->choice];

	write_number(w, "{\"choice\": ",
		     (int64_t)row->choice - in->choice_start[student] + 1);
	write_id(w, ", \"posting\": ", &in->postings, wish->posting);
	write_truth(w, ", \"received\": ", row->is_received);
	write_truth(w, ", \"acceptable\": ", row->is_acceptable);
	write_word(w, ", \"by\": ", match_decider_word(row->by));
	write_number_or_null(w, ", \"gap\": ", row->has_gap,
			     (uint64_t)row->gap);
	write_number_or_null(w, ", \"key\": {\"rank\": ", row->has_rank,
			     (uint64_t)row->rank);
	write_number(w, ", \"score\": ", wish->score);
	write_number_or_null(w, ", \"lottery\": ", true, in->lottery[student]);
	match_sink_text(w->sink, "}");
	if (w->why->is_optimal) {
		write_price(w, ", \"value\": ", &row->value);
		write_price(w, ", \"lack\": ", &row->lack);
	} else {
		write_cutoff(w, ", \"cutoff\": ", row->cutoff);
	}
	match_sink_text(w->sink, "}");
}

static void write_received(struct writing *w,
			   const struct match_why_student *answer)
{
	const struct match_instance *in = w->instance;
	const struct match_choice *got;

	match_sink_text(w->sink, ",\n \"received\": ");
	if (answer->pinned) {
		write_id(w, "{\"posting\": ", &in->postings,
			 answer->pinned->posting);
		write_number(w, ", \"score\": ", answer->pinned->score);
		write_number(w, ", \"choice\": ", answer->pinned->choice);
		match_sink_text(w->sink, "}");
		return;
	}
	if (answer->received == MATCH_NONE) {
		match_sink_text(w->sink, "null");
		return;
	}
	got = &in->choice[answer->received];
	write_id(w, "{\"posting\": ", &in->postings, got->posting);
	write_number(w, ", \"score\": ", got->score);
	write_number(w, ", \"choice\": ",
		     (int64_t)answer->received -
			     in->choice_start[answer->student] + 1);
	match_sink_text(w->sink, "}");
}

/* What a re-run adds. */
static void write_rerun(struct writing *w,
			const struct match_why_student *answer)
{
	const struct match_result *result = w->why->result;

	if (result->is_pinned)
		write_truth(w, ",\n \"pinned\": ", answer->pinned);
	if (!result->has_moves)
		return;
	write_text(w, ",\n \"moved\": ");
	if (!answer->move) {
		write_text(w, "null");
		return;
	}
	write_text(w, "{\"from\": ");
	if (answer->move->from == MATCH_NONE)
		write_text(w, "null");
	else
		match_sink_id(w->sink,
			      match_result_posting(result, w->instance,
						   answer->move->from));
	write_text(w, "}");
}

/* Of a re-run: pins under a node. */
static void write_pins(struct writing *w, uint32_t node)
{
	if (w->why->result->is_pinned)
		write_number(w,
			     ",\n \"pinned\": ", match_why_pins(w->why, node));
}

void match_explanation_of_student(const struct match_why *why,
				  const struct match_why_student *answer,
				  struct match_sink *sink)
{
	struct writing w = {why, why->instance, sink};

	write_head(&w);
	write_id(&w, ",\n \"student\": ", &w.instance->students,
		 answer->student);
	write_received(&w, answer);
	write_rerun(&w, answer);
	if (answer->own_move)
		write_id(&w, ",\n \"own_move\": ", &w.instance->postings,
			 answer->own_move->to);
	else
		write_text(&w, ",\n \"own_move\": null");
	write_text(&w, ",\n \"choices\": [");
	for (uint32_t i = 0; i < answer->choice_count; i++) {
		write_text(&w, i ? ",\n  " : "\n  ");
		write_choice(&w, answer->student, &answer->choices[i]);
	}
	write_text(&w, answer->choice_count ? "\n ]\n}\n" : "]\n}\n");
}

/* Whom the posting refused, by what decided. */
static void write_refused(struct writing *w,
			  const struct match_why_posting *answer)
{
	const char *before = "{\"";

	write_text(w, ", \"refused\": ");
	for (enum match_decider by = MATCH_BY_RANKING; by <= MATCH_BY_POSTING;
	     by++) {
		write_text(w, before);
		write_text(w, match_decider_word(by));
		write_number(w, "\": ", answer->refused[by]);
		before = ", \"";
	}
	write_text(w, "}");
}

void match_explanation_of_posting(const struct match_why *why,
				  const struct match_why_posting *answer,
				  const struct match_margin *margin,
				  struct match_sink *sink)
{
	struct writing w = {why, why->instance, sink};
	uint32_t posting = answer->posting;

	write_head(&w);
	write_id(&w, ",\n \"posting\": ", &w.instance->postings, posting);
	write_number(&w, ",\n \"capacity\": ",
		     w.instance->posting[posting].capacity);
	write_number(&w, ",\n \"placed\": ", answer->received);
	write_pins(&w, posting);
	if (why->is_optimal) {
		write_price(&w,
			    ",\n \"price\": ", &why->result->prices[posting]);
		write_price(&w, ",\n \"cost\": ", &why->cost[posting]);
		write_gain(&w, ",\n \"one_more\": {\"seat\": ",
			   margin->has_seat, &margin->seat);
		write_text(&w, "}");
	} else {
		write_cutoff(&w, ",\n \"cutoff\": ", answer->cutoff);
	}
	write_number(&w, ",\n \"students\": {\"listed\": ", answer->listed);
	write_number(&w, ", \"placed\": ", answer->received);
	if (why->is_optimal) {
		write_number(&w, ", \"unacceptable\": ",
			     answer->refused[MATCH_BY_RANKING]);
		write_number(&w, ", \"elsewhere\": ", answer->elsewhere);
		write_number(&w, ", \"unplaced\": ", answer->unplaced);
	} else {
		write_number(&w, ", \"content\": ", answer->content);
		write_refused(&w, answer);
	}
	write_text(&w, "}\n}\n");
}

static void write_witness_node(struct writing *w,
			       const struct match_witness_node *line)
{
	uint32_t posting_count = w->instance->postings.count;

	if (line->node < posting_count)
		write_id(w, "{\"posting\": ", &w->instance->postings,
			 line->node);
	else
		write_id(w, "{\"group\": ", &w->instance->groups,
			 line->node - posting_count);
	write_number(w, line->is_floor ? ", \"floor\": " : ", \"seats\": ",
		     line->seats);
	if (!line->is_floor)
		write_number(w, ", \"times\": ", line->times);
	write_text(w, "}");
}

static void write_witness(struct writing *w, const char *name,
			  const struct match_witness *witness)
{
	uint32_t named = witness->student_count;

	if (named > MATCH_WITNESS_NAMED)
		named = MATCH_WITNESS_NAMED;
	write_text(w, name);
	write_number(w, "{\n  \"needed\": ", witness->needed);
	write_number(w, ",\n  \"reachable\": ", witness->reachable);
	write_text(w, ",\n  \"nodes\": [");
	for (uint32_t i = 0; i < witness->node_count; i++) {
		write_text(w, i ? ",\n   " : "\n   ");
		write_witness_node(w, &witness->nodes[i]);
	}
	write_text(w, witness->node_count ? "\n  ]" : "]");
	write_number(w,
		     ",\n  \"students\": {\"count\": ", witness->student_count);
	write_number(w, ", \"units\": ", witness->student_units);
	write_text(w, ", \"first\": [");
	for (uint32_t i = 0; i < named; i++)
		write_id(w, i ? ", " : "", &w->instance->students,
			 witness->students[i]);
	write_text(w, "]}\n }");
}

static void write_listers(struct writing *w,
			  const struct match_shortage *answer)
{
	write_number(w, ",\n \"students\": {\"listed\": ", answer->listed);
	write_number(w, ", \"placed\": ", answer->placed);
	write_number(w, ", \"unacceptable\": ", answer->unacceptable);
	if (!w->why->is_optimal)
		write_number(w, ", \"content\": ", answer->content);
	write_number(w, ", \"elsewhere\": ", answer->elsewhere);
	write_number(w, ", \"unplaced\": ", answer->unplaced);
	if (!w->why->is_optimal) {
		write_number(w, ", \"turned_inside\": ", answer->turned_inside);
		write_number(w, ", \"turned_above\": ", answer->turned_above);
	}
	write_text(w, "}");
}

static void write_group_prices(struct writing *w, uint32_t group,
			       const struct match_margin *margin)
{
	uint32_t node = w->instance->postings.count + group;

	write_price(w, ",\n \"price\": ", &w->why->result->prices[node]);
	write_gain(w, ",\n \"one_more\": {\"seat\": ", margin->has_seat,
		   &margin->seat);
	write_gain(w, ", \"floor\": ", margin->has_floor, &margin->floor);
	write_text(w, "}");
}

void match_explanation_of_group(const struct match_why *why,
				const struct match_shortage *answer,
				const struct match_margin *margin,
				struct match_sink *sink)
{
	struct writing w = {why, why->instance, sink};

	write_head(&w);
	write_id(&w, ",\n \"group\": ", &w.instance->groups, answer->group);
	write_number(&w, ",\n \"placed\": ", answer->placed);
	write_pins(&w, w.instance->postings.count + answer->group);
	write_number(&w, ",\n \"lower\": ", answer->lower);
	write_number_or_null(&w, ",\n \"upper\": ", answer->has_upper,
			     (uint64_t)answer->upper);
	write_number(&w, ",\n \"shortfall\": ", answer->shortfall);
	if (why->is_optimal)
		write_group_prices(&w, answer->group, margin);
	else
		write_truth(&w, ",\n \"short_in_all_stable\": ",
			    answer->is_short_in_all);
	write_listers(&w, answer);
	write_witness(&w, ",\n \"reach\": ", &answer->reach);
	if (answer->cut.nodes)
		write_witness(&w, ",\n \"witness\": ", &answer->cut);
	else if (why->is_optimal)
		write_text(&w, ",\n \"witness\": null");
	write_text(&w, "\n}\n");
}
