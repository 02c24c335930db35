/*
 * The words are in explain_words.def; here is only what is said when. A hole is
 * filled with an id, a number, a word, or "none".
 */
#include "matcher/cli/explain_text.h"

#include <string.h>

#include "matcher/cli/lang.h"
#include "matcher/files/explanation_file.h"
#include "matcher/insist.h"

#define NODES_TOLD 30u /* of a witness; people read no more */

enum phrase {
#define PHRASE(NAME, ENGLISH, CHINESE) SAY_##NAME,
#include "matcher/cli/explain_words.def"
#undef PHRASE
	SAY_NOTHING
};

static const char *const texts[][2] = {
#define PHRASE(NAME, ENGLISH, CHINESE) \
	[SAY_##NAME] = {[MATCH_CHINESE] = CHINESE, [MATCH_ENGLISH] = ENGLISH},
#include "matcher/cli/explain_words.def"
#undef PHRASE
};

#define SAY(TALK, PHRASE, ...) \
	say(TALK, SAY_##PHRASE, (const struct hole[]){__VA_ARGS__})

/* A phrase with its holes filled: {1} is the first. */
static void say(struct talk *talk, enum phrase phrase, const struct hole *hole)
{
	say_with_holes(talk->sink, texts[phrase][talk->language],
		       texts[SAY_NONE][talk->language], hole);
}

/* A phrase without holes. */
static void say_plainly(struct talk *talk, enum phrase phrase)
{
	match_sink_text(talk->sink, texts[phrase][talk->language]);
}

static void tell_cutoff(struct talk *talk, const struct match_cutoff *cutoff)
{
	const struct match_instance *in = talk->why->instance;
	uint32_t node;

	if (!cutoff) {
		say_plainly(talk, SAY_NO_CUTOFF);
		return;
	}
	node = cutoff->binding;
	SAY(talk, CUTOFF, NUMBER_OR_NONE(cutoff->has_rank, cutoff->rank),
	    NUMBER_OR_NONE(cutoff->has_score, cutoff->score),
	    cutoff->has_lottery ? COUNT(cutoff->lottery) : NONE);
	if (node < in->postings.count)
		SAY(talk, BINDS_POSTING, ID(in->postings, node),
		    COUNT(talk->why->count[node]),
		    COUNT(match_node_seats(in, node)));
	else
		SAY(talk, BINDS_GROUP,
		    ID(in->groups, node - in->postings.count),
		    COUNT(talk->why->count[node]),
		    COUNT(match_node_seats(in, node)));
	if (match_why_pins(talk->why, node))
		SAY(talk, BINDS_PINS, COUNT(match_why_pins(talk->why, node)));
}

static enum phrase verdict(const struct match_why_choice *row)
{
	static const enum phrase refused[MATCH_DECIDERS] = {
		[MATCH_BY_NOTHING] = SAY_NOTHING,
		[MATCH_BY_RANKING] = SAY_REFUSED_RANKING,
		[MATCH_BY_SEATS] = SAY_REFUSED_SEATS,
		[MATCH_BY_RANK] = SAY_REFUSED_RANK,
		[MATCH_BY_SCORE] = SAY_REFUSED_SCORE,
		[MATCH_BY_LOTTERY] = SAY_REFUSED_LOTTERY,
		[MATCH_BY_POSTING] = SAY_REFUSED_POSTING,
	};
	static const enum phrase received[MATCH_DECIDERS] = {
		[MATCH_BY_NOTHING] = SAY_RECEIVED_AT_CUTOFF,
		[MATCH_BY_RANK] = SAY_RECEIVED_RANK,
		[MATCH_BY_SCORE] = SAY_RECEIVED_SCORE,
		[MATCH_BY_LOTTERY] = SAY_RECEIVED_LOTTERY,
	};

	if (row->by == MATCH_BY_RANK && !row->has_gap)
		return row->is_received ? SAY_RECEIVED_RANKED
					: SAY_REFUSED_UNRANKED;
	if (row->is_received && !row->cutoff)
		return SAY_RECEIVED;
	return row->is_received ? received[row->by] : refused[row->by];
}

static enum phrase verdict_at_prices(const struct match_why_choice *row)
{
	static const enum phrase phrases[MATCH_DECIDERS] = {
		[MATCH_BY_NOTHING] = SAY_WORTH_SAME,
		[MATCH_BY_RANKING] = SAY_REFUSED_RANKING,
		[MATCH_BY_SHORTFALL] = SAY_WORTH_SHORTFALL,
		[MATCH_BY_PLACED] = SAY_WORTH_PLACED,
		[MATCH_BY_SCORE] = SAY_WORTH_SCORE,
	};

	return row->is_received ? SAY_WORTH_RECEIVED : phrases[row->by];
}

static void tell_value(struct talk *talk, const struct match_why_choice *row)
{
	SAY(talk, VALUE, COUNT(talk->why->instance->choice[row->choice].score),
	    NUMBER(row->value.shortfall), NUMBER(row->value.placed),
	    NUMBER(row->value.score));
	SAY(talk, LACK, NUMBER(row->lack.shortfall), NUMBER(row->lack.placed),
	    NUMBER(row->lack.score));
}

static void tell_choice(struct talk *talk, uint32_t student,
			const struct match_why_choice *row)
{
	const struct match_instance *in = talk->why->instance;
	const struct match_choice *wish = &in->choice[row->choice];
	const struct hole gap = NUMBER(row->gap);

	SAY(talk, CHOICE, COUNT(row->choice - in->choice_start[student] + 1),
	    ID(in->postings, wish->posting));
	if (talk->why->is_optimal) {
		say(talk, verdict_at_prices(row), &gap);
		if (row->is_acceptable)
			tell_value(talk, row);
		return;
	}
	say(talk, verdict(row), &gap);
	SAY(talk, KEY, NUMBER_OR_NONE(row->has_rank, row->rank),
	    COUNT(wish->score), COUNT(in->lottery[student]));
	tell_cutoff(talk, row->cutoff);
}

static void tell_pinned(struct talk *talk, const struct match_placement *line)
{
	const struct match_instance *in = talk->why->pins.whole;
	uint32_t student = line->student;

	SAY(talk, PINNED, ID(in->students, student),
	    WORD(talk->why->result->mode), ID(in->postings, line->posting),
	    NUMBER(line->choice),
	    COUNT(in->choice_start[student + 1] - in->choice_start[student]),
	    NUMBER(line->score));
}

static void tell_outcome(struct talk *talk,
			 const struct match_why_student *answer)
{
	const struct match_instance *in = talk->why->instance;
	uint32_t student = answer->student, first = in->choice_start[student];
	uint32_t count = in->choice_start[student + 1] - first;
	const char *mode = talk->why->result->mode;
	uint32_t got = answer->received;

	if (answer->pinned)
		tell_pinned(talk, answer->pinned);
	else if (got == MATCH_NONE)
		SAY(talk, UNPLACED, ID(in->students, student), WORD(mode),
		    COUNT(count));
	else
		SAY(talk, PLACED, ID(in->students, student), WORD(mode),
		    ID(in->postings, in->choice[got].posting),
		    COUNT(got - first + 1), COUNT(count),
		    COUNT(in->choice[got].score));
}

static void tell_move(struct talk *talk, const struct match_move *move)
{
	const struct match_why *why = talk->why;
	struct hole from;

	if (move->from == MATCH_NONE) {
		say_plainly(talk, SAY_BEFORE_UNPLACED);
		return;
	}
	from = (struct hole){.kind = HOLE_ID,
			     .id = match_result_posting(
				     why->result, why->instance, move->from)};
	say(talk, SAY_BEFORE, &from);
}

void tell_student(struct talk *talk, const struct match_why_student *answer)
{
	tell_outcome(talk, answer);
	if (answer->move)
		tell_move(talk, answer->move);
	if (answer->own_move)
		SAY(talk, OWN_MOVE,
		    ID(talk->why->instance->postings, answer->own_move->to));
	for (uint32_t i = 0; i < answer->choice_count; i++)
		tell_choice(talk, answer->student, &answer->choices[i]);
}

static void tell_pins(struct talk *talk, uint32_t node)
{
	if (match_why_pins(talk->why, node))
		SAY(talk, PINS, COUNT(match_why_pins(talk->why, node)));
}

static void tell_price(struct talk *talk, enum phrase phrase,
		       const struct match_price *price)
{
	say(talk, phrase,
	    (const struct hole[]){NUMBER(price->shortfall),
				  NUMBER(price->placed), NUMBER(price->score)});
}

/* A line of a count, unless it says that there is nobody. */
static void tell_count(struct talk *talk, enum phrase phrase, int64_t count)
{
	const struct hole hole = NUMBER(count);

	if (count)
		say(talk, phrase, &hole);
}

static void tell_gain(struct talk *talk, enum phrase phrase,
		      const struct match_gain *gain)
{
	say(talk, phrase,
	    (const struct hole[]){NUMBER(gain->shortfall), NUMBER(gain->placed),
				  NUMBER(gain->score)});
	if (talk->why->result->has_moves)
		SAY(talk, MORE_KEPT, NUMBER(gain->kept));
	say_plainly(talk, SAY_MORE_END);
}

static void tell_margin(struct talk *talk, const struct match_margin *margin)
{
	if (margin->has_seat)
		tell_gain(talk, SAY_MORE_SEAT, &margin->seat);
	if (margin->has_floor)
		tell_gain(talk, SAY_MORE_FLOOR, &margin->floor);
}

void tell_posting(struct talk *talk, const struct match_why_posting *answer,
		  const struct match_margin *margin)
{
	static const enum phrase counts[MATCH_DECIDERS] = {
		[MATCH_BY_RANKING] = SAY_COUNT_UNACCEPTABLE,
		[MATCH_BY_SEATS] = SAY_COUNT_SEATS,
		[MATCH_BY_RANK] = SAY_COUNT_RANK,
		[MATCH_BY_SCORE] = SAY_COUNT_SCORE,
		[MATCH_BY_LOTTERY] = SAY_COUNT_LOTTERY,
		[MATCH_BY_POSTING] = SAY_COUNT_POSTING,
	};
	const struct match_why *why = talk->why;
	const struct match_instance *in = why->instance;
	uint32_t posting = answer->posting;

	SAY(talk, POSTING, ID(in->postings, posting), WORD(why->result->mode),
	    COUNT(answer->received), COUNT(in->posting[posting].capacity));
	tell_pins(talk, posting);
	if (why->is_optimal) {
		tell_price(talk, SAY_PRICE, &why->result->prices[posting]);
		tell_price(talk, SAY_COST, &why->cost[posting]);
		tell_margin(talk, margin);
	} else {
		tell_cutoff(talk, answer->cutoff);
	}
	SAY(talk, LISTED, COUNT(answer->listed));
	tell_count(talk, SAY_COUNT_PLACED, answer->received);
	tell_count(talk, SAY_COUNT_CONTENT, answer->content);
	for (enum match_decider by = MATCH_BY_RANKING; by <= MATCH_BY_POSTING;
	     by++)
		tell_count(talk, counts[by], answer->refused[by]);
	tell_count(talk, SAY_COUNT_ELSEWHERE, answer->elsewhere);
	tell_count(talk, SAY_COUNT_UNPLACED, answer->unplaced);
}

static void tell_names(struct talk *talk, const struct match_witness *witness)
{
	const struct match_ids *ids = &talk->why->instance->students;
	uint32_t named = witness->student_count;

	if (named > MATCH_WITNESS_NAMED)
		named = MATCH_WITNESS_NAMED;
	for (uint32_t i = 0; i < named; i++) {
		const struct hole name = ID(*ids, witness->students[i]);

		say(talk, i ? SAY_NAMES_NEXT : SAY_NAMES, &name);
	}
	if (!named)
		say_plainly(talk, SAY_NO_NAMES);
	else if (named == witness->student_count)
		say_plainly(talk, SAY_NAMES_ALL);
	else
		say_plainly(talk, SAY_NAMES_MORE);
}

static void tell_witness_node(struct talk *talk,
			      const struct match_witness_node *line)
{
	const struct match_instance *in = talk->why->instance;
	uint32_t group = line->node - in->postings.count;

	if (line->is_floor) {
		SAY(talk, WITNESS_FLOOR, ID(in->groups, group),
		    COUNT(line->seats));
		return;
	}
	if (line->node < in->postings.count)
		SAY(talk, WITNESS_POSTING, ID(in->postings, line->node),
		    COUNT(line->seats));
	else
		SAY(talk, WITNESS_GROUP, ID(in->groups, group),
		    COUNT(line->seats));
	if (line->times > 1)
		SAY(talk, WITNESS_TIMES, NUMBER(line->times));
	else
		say_plainly(talk, SAY_WITNESS_ONCE);
}

/* The simplest is said in one line: too few listed it. */
static void tell_witness(struct talk *talk, const struct match_witness *witness)
{
	if (!witness->node_count) {
		SAY(talk, WITNESS_SIMPLE, COUNT(witness->student_count),
		    NUMBER(witness->needed));
		tell_names(talk, witness);
		return;
	}
	SAY(talk, WITNESS, NUMBER(witness->needed), NUMBER(witness->reachable));
	for (uint32_t i = 0; i < witness->node_count && i < NODES_TOLD; i++)
		tell_witness_node(talk, &witness->nodes[i]);
	if (witness->node_count > NODES_TOLD)
		SAY(talk, WITNESS_MORE,
		    COUNT(witness->node_count - NODES_TOLD));
	if (!witness->student_count)
		return;
	SAY(talk, WITNESS_STUDENTS, COUNT(witness->student_count));
	if (witness->student_units != witness->student_count)
		SAY(talk, WITNESS_UNITS, NUMBER(witness->student_units));
	tell_names(talk, witness);
}

static void tell_listers(struct talk *talk, const struct match_shortage *answer)
{
	bool is_optimal = talk->why->is_optimal;

	SAY(talk, GROUP_LISTED, COUNT(answer->listed));
	tell_count(talk, SAY_COUNT_PLACED, answer->placed);
	tell_count(talk, SAY_GROUP_UNACCEPTABLE, answer->unacceptable);
	tell_count(talk, SAY_GROUP_CONTENT, answer->content);
	tell_count(talk, is_optimal ? SAY_COUNT_ELSEWHERE : SAY_GROUP_REFUSED,
		   answer->elsewhere);
	tell_count(talk, is_optimal ? SAY_COUNT_UNPLACED : SAY_GROUP_LEFT,
		   answer->unplaced);
	if (answer->turned_inside || answer->turned_above)
		SAY(talk, GROUP_TURNED, COUNT(answer->turned_inside),
		    COUNT(answer->turned_above));
}

/* Is the floor out of reach, or is it only others that stand in the way? */
static void tell_reach(struct talk *talk, const struct match_shortage *answer)
{
	SAY(talk, REACH, NUMBER(answer->reach.reachable));
	if (!answer->shortfall)
		return;
	if (answer->reach.reachable < answer->lower) {
		say_plainly(talk, SAY_OUT_OF_REACH);
		tell_witness(talk, &answer->reach);
	} else if (talk->why->is_optimal) {
		say_plainly(talk, SAY_IN_COMPETITION);
	} else {
		say_plainly(talk, SAY_NOT_BINDING);
	}
}

static void tell_group_prices(struct talk *talk, uint32_t group,
			      const struct match_margin *margin)
{
	uint32_t node = talk->why->instance->postings.count + group;

	tell_price(talk, SAY_PRICE, &talk->why->result->prices[node]);
	tell_margin(talk, margin);
}

void tell_group(struct talk *talk, const struct match_shortage *answer,
		const struct match_margin *margin)
{
	const struct match_why *why = talk->why;
	const struct match_instance *in = why->instance;

	SAY(talk, GROUP, ID(in->groups, answer->group), WORD(why->result->mode),
	    NUMBER(answer->placed), NUMBER(answer->lower),
	    NUMBER_OR_NONE(answer->has_upper, answer->upper));
	if (answer->shortfall)
		SAY(talk, GROUP_SHORT, NUMBER(answer->shortfall));
	else
		say_plainly(talk, SAY_GROUP_MET);
	tell_pins(talk, in->postings.count + answer->group);
	if (why->is_optimal)
		tell_group_prices(talk, answer->group, margin);
	tell_listers(talk, answer);
	if (answer->is_short_in_all)
		say_plainly(talk, SAY_SHORT_IN_ALL);
	tell_reach(talk, answer);
	/* Of one floor alone, its reach has said it all. */
	if (answer->cut.node_count > 1 && answer->cut.nodes[1].is_floor) {
		say_plainly(talk, SAY_CUT);
		tell_witness(talk, &answer->cut);
	}
}
