/*
 * Words in a row: the rarest one's places, each tried against the others'.
 * A pair of characters says where two stand, so every other pair is enough.
 */
#include "matcher/search_places.h"

#include <string.h>

/* A word of the row, how far from its beginning, and where it stands. */
struct step {
	struct match_text text;
	uint32_t offset;
	bool is_prefix;
	struct match_places places;
	uint32_t from; /* places before this one are too early */
};

uint32_t match_seek(const uint32_t *at, uint32_t count, uint32_t from,
		    uint32_t least)
{
	uint32_t reach = 1, low = from, high;

	while (from + reach < count && at[from + reach] < least) {
		low = from + reach;
		reach *= 2;
	}
	high = from + reach < count ? from + reach : count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (at[middle] < least)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* By 11 bits, from the lowest on. */
static void sort_places(uint32_t *at, uint32_t *room, uint32_t count)
{
	for (unsigned shift = 0; shift < 33; shift += 11) {
		uint32_t begins[2049] = {0};

		for (uint32_t i = 0; i < count; i++)
			begins[(at[i] >> shift & 2047) + 1]++;
		for (int i = 0; i < 2048; i++)
			begins[i + 1] += begins[i];
		for (uint32_t i = 0; i < count; i++)
			room[begins[at[i] >> shift & 2047]++] = at[i];
		memcpy(at, room, count * sizeof(*at));
	}
}

/* The places of all pairs that begin with a character, and of it alone. */
static bool find_prefix(const struct match_segment *segment,
			struct match_text text, struct match_scratch *scratch,
			struct match_places *places)
{
	const struct match_lists *words = &segment->words;
	uint32_t from, to, count = 0;
	uint32_t *at, *room;

	match_lists_prefix(words, text, &from, &to);
	if (to - from == 1) {
		*places = match_lists_places(words, from);
		return true;
	}
	for (uint32_t i = from; i < to; i++)
		count += match_lists_places(words, i).count;
	at = match_scratch_take(scratch, 2 * (size_t)count, sizeof(*at));
	if (!at)
		return false;
	room = at + count;
	*places = (struct match_places){at, count};
	for (uint32_t i = from; i < to; i++) {
		struct match_places some = match_lists_places(words, i);

		memcpy(at, some.at, some.count * sizeof(*at));
		at += some.count;
	}
	sort_places(at - count, room, count);
	return true;
}

/*
 * Is the word needed? The last character of several stands in the pair before
 * it, and every other pair but the last one stands in its neighbours.
 */
static bool is_needed(const struct match_word *words, uint32_t count,
		      uint32_t i, uint32_t in_run)
{
	if (!words[i].is_character || in_run == 0)
		return true;
	if (!match_word_is_pair(&words[i]) || i + 1 == count)
		return false;
	if (in_run % 2 == 0)
		return true;
	/* The last pair of the run: the next one is no pair, or the end. */
	return i + 2 == count || !match_word_is_pair(&words[i + 1]);
}

static uint32_t take_steps(const struct match_word *words, uint32_t count,
			   struct step *steps)
{
	uint32_t step_count = 0, in_run = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct match_word *word = &words[i];
		bool is_last = i + 1 == count;
		struct step step = {
			.text = word->text,
			.offset = word->position - words[0].position,
			.is_prefix = is_last && word->is_character,
		};

		if (step.is_prefix)
			step.text.bytes = word->head_bytes;
		if (is_needed(words, count, i, in_run))
			steps[step_count++] = step;
		in_run = match_word_is_pair(word) ? in_run + 1 : 0;
	}
	return step_count;
}

static bool find_steps(const struct match_segment *segment, struct step *steps,
		       uint32_t count, struct match_scratch *scratch)
{
	for (uint32_t i = 0; i < count; i++) {
		if (!steps[i].is_prefix)
			steps[i].places = match_lists_find(&segment->words,
							   steps[i].text);
		else if (!find_prefix(segment, steps[i].text, scratch,
				      &steps[i].places))
			return false;
		if (steps[i].places.count == 0) {
			steps[0].places.count = 0;
			break;
		}
	}
	return true;
}

static bool stands_at(struct step *steps, uint32_t count, uint32_t place)
{
	for (uint32_t i = 0; i < count; i++) {
		struct step *step = &steps[i];
		uint32_t wanted = place + step->offset;

		step->from = match_seek(step->places.at, step->places.count,
					step->from, wanted);
		if (step->from == step->places.count ||
		    step->places.at[step->from] != wanted)
			return false;
	}
	return true;
}

/* Put the rarest step first: it leads. */
static void put_rarest_first(struct step *steps, uint32_t count)
{
	uint32_t rarest = 0;
	struct step first = steps[0];

	for (uint32_t i = 1; i < count; i++)
		if (steps[i].places.count < steps[rarest].places.count)
			rarest = i;
	steps[0] = steps[rarest];
	steps[rarest] = first;
}

static uint32_t follow(struct step *steps, uint32_t count, uint32_t *out)
{
	const struct step lead = steps[0];
	uint32_t found = 0;

	for (uint32_t i = 0; i < lead.places.count; i++) {
		uint32_t place = lead.places.at[i];

		if (MATCH_POSITION_OF(place) < lead.offset)
			continue;
		place -= lead.offset;
		if (stands_at(steps + 1, count - 1, place))
			out[found++] = place;
	}
	return found;
}

bool match_places_of_row(const struct match_segment *segment,
			 const struct match_word *words, uint32_t count,
			 struct match_scratch *scratch,
			 struct match_places *places)
{
	struct step *steps = match_scratch_take(scratch, count, sizeof(*steps));
	uint32_t step_count, *out;

	*places = (struct match_places){0};
	if (!steps)
		return false;
	step_count = take_steps(words, count, steps);
	if (!find_steps(segment, steps, step_count, scratch))
		return false;
	if (steps[0].places.count == 0)
		return true;
	if (step_count == 1) {
		*places = steps[0].places;
		return true;
	}
	put_rarest_first(steps, step_count);
	out = match_scratch_take(scratch, steps[0].places.count, sizeof(*out));
	if (!out)
		return false;
	places->at = out;
	places->count = follow(steps, step_count, out);
	return true;
}
