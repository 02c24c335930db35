/* Dictionaries of the search: looked up, collected, put in order. */
#include "matcher/search_lists.h"

#include "matcher/memory.h"

#include <string.h>

struct draft_text {
	uint64_t hash;
	uint32_t at; /* in the letters */
	uint32_t bytes;
	uint32_t place_count;
	uint32_t rank;
};

struct draft_place {
	uint32_t text;
	uint32_t place;
};

void match_lists_free(struct match_lists *lists)
{
	match_drop(lists->letters);
	match_drop(lists->letters_at);
	match_drop(lists->places);
	match_drop(lists->places_at);
	*lists = (struct match_lists){0};
}

size_t match_lists_bytes(const struct match_lists *lists)
{
	return lists->letters_at[lists->count] +
	       2 * ((size_t)lists->count + 1) * sizeof(uint32_t) +
	       (size_t)lists->places_at[lists->count] * sizeof(uint32_t);
}

struct match_text match_lists_text(const struct match_lists *lists,
				   uint32_t number)
{
	uint32_t at = lists->letters_at[number];

	return (struct match_text){lists->letters + at,
				   lists->letters_at[number + 1] - at};
}

struct match_places match_lists_places(const struct match_lists *lists,
				       uint32_t number)
{
	uint32_t at = lists->places_at[number];

	return (struct match_places){lists->places + at,
				     lists->places_at[number + 1] - at};
}

int match_text_order(struct match_text a, struct match_text b)
{
	uint32_t least = a.bytes < b.bytes ? a.bytes : b.bytes;
	int order = memcmp(a.at, b.at, least);

	if (order)
		return order;
	return (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

/* The first text that is not before this one; is_past: nor begins with it. */
static uint32_t first_from(const struct match_lists *lists,
			   struct match_text text, bool is_past)
{
	uint32_t low = 0, high = lists->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct match_text here = match_lists_text(lists, middle);

		if (is_past && here.bytes > text.bytes)
			here.bytes = text.bytes;
		if (match_text_order(here, text) < is_past)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct match_places match_lists_find(const struct match_lists *lists,
				     struct match_text text)
{
	uint32_t number = first_from(lists, text, false);

	if (number == lists->count ||
	    match_text_order(match_lists_text(lists, number), text) != 0)
		return (struct match_places){NULL, 0};
	return match_lists_places(lists, number);
}

void match_lists_prefix(const struct match_lists *lists, struct match_text text,
			uint32_t *from, uint32_t *to)
{
	*from = first_from(lists, text, false);
	*to = first_from(lists, text, true);
}

/* FNV-1a, 64 bits, mixed: the low bits choose the place in the table. */
static uint64_t hash_of(struct match_text text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (uint32_t i = 0; i < text.bytes; i++)
		hash = (hash ^ (uint8_t)text.at[i]) *
		       UINT64_C(0x100000001b3);
	return hash ^ hash >> 29;
}

static bool grow_table(struct match_lists_draft *draft)
{
	size_t room = draft->table_room ? 2 * draft->table_room : 1024;
	uint32_t *table;

	if (draft->text_count * 2 < draft->table_room)
		return true;
	table = match_take(room, sizeof(*table));
	if (!table)
		return false;
	for (size_t i = 0; i < draft->text_count; i++) {
		size_t at = draft->texts[i].hash & (room - 1);

		while (table[at])
			at = (at + 1) & (room - 1);
		table[at] = (uint32_t)i + 1;
	}
	match_drop(draft->table);
	draft->table = table;
	draft->table_room = room;
	return true;
}

static bool keep_text(struct match_lists_draft *draft, struct match_text text,
		      uint64_t hash)
{
	void *grown = match_grow(draft->texts, &draft->text_room,
				 draft->text_count + 1, sizeof(*draft->texts));

	if (!grown)
		return false;
	draft->texts = grown;
	if (draft->letter_count + text.bytes > INT32_MAX)
		return false;
	grown = match_grow(draft->letters, &draft->letter_room,
			   draft->letter_count + text.bytes, 1);
	if (!grown)
		return false;
	draft->letters = grown;
	memcpy(draft->letters + draft->letter_count, text.at, text.bytes);
	draft->texts[draft->text_count++] = (struct draft_text){
		hash, (uint32_t)draft->letter_count, text.bytes, 0, 0};
	draft->letter_count += text.bytes;
	return true;
}

static bool is_text(const struct match_lists_draft *draft, uint32_t number,
		    struct match_text text, uint64_t hash)
{
	const struct draft_text *held = &draft->texts[number];

	return held->hash == hash && held->bytes == text.bytes &&
	       memcmp(draft->letters + held->at, text.at, text.bytes) == 0;
}

/* The number of a text, a new one if it is new. */
static bool number_text(struct match_lists_draft *draft, struct match_text text,
			uint32_t *number)
{
	uint64_t hash = hash_of(text);
	size_t at;

	if (!grow_table(draft))
		return false;
	at = hash & (draft->table_room - 1);
	while (draft->table[at]) {
		*number = draft->table[at] - 1;
		if (is_text(draft, *number, text, hash))
			return true;
		at = (at + 1) & (draft->table_room - 1);
	}
	if (!keep_text(draft, text, hash))
		return false;
	*number = (uint32_t)draft->text_count - 1;
	draft->table[at] = *number + 1;
	return true;
}

bool match_lists_add(struct match_lists_draft *draft, struct match_text text,
		     uint32_t place)
{
	uint32_t number;
	void *grown;

	if (draft->place_count >= INT32_MAX ||
	    !number_text(draft, text, &number))
		return false;
	grown = match_grow(draft->places, &draft->place_room,
			   draft->place_count + 1, sizeof(*draft->places));
	if (!grown)
		return false;
	draft->places = grown;
	draft->places[draft->place_count++] =
		(struct draft_place){number, place};
	draft->texts[number].place_count++;
	return true;
}

static bool take_lists(struct match_lists *lists, size_t texts, size_t letters,
		       size_t places)
{
	*lists = (struct match_lists){
		.letters = match_take(letters, 1),
		.letters_at = match_take(texts + 1, sizeof(uint32_t)),
		.places = match_take(places, sizeof(uint32_t)),
		.places_at = match_take(texts + 1, sizeof(uint32_t)),
	};
	if (lists->letters && lists->letters_at && lists->places &&
	    lists->places_at)
		return true;
	match_lists_free(lists);
	return false;
}

static struct match_text text_of(const struct match_lists_draft *draft,
				 uint32_t number)
{
	return (struct match_text){draft->letters + draft->texts[number].at,
				   draft->texts[number].bytes};
}

static bool is_less(const struct match_lists_draft *draft, uint32_t a,
		    uint32_t b)
{
	return match_text_order(text_of(draft, a), text_of(draft, b)) < 0;
}

/* Merge sort: libc's qsort takes no draft along, and its order may differ. */
static void sort_texts(const struct match_lists_draft *draft, uint32_t *at,
		       uint32_t *room, size_t count)
{
	size_t half = count / 2, a = 0, b = half;

	if (count < 2)
		return;
	sort_texts(draft, at, room, half);
	sort_texts(draft, at + half, room, count - half);
	for (size_t i = 0; i < count; i++) {
		bool is_a = b == count || (a < half && is_less(draft, at[a],
							       at[b]));

		room[i] = is_a ? at[a++] : at[b++];
	}
	memcpy(at, room, count * sizeof(*at));
}

/* Lay out texts in order; then each place goes where its text's begin. */
static void fill_lists(struct match_lists_draft *draft, const uint32_t *order,
		       struct match_lists *lists)
{
	uint32_t letters = 0, places = 0;

	lists->count = (uint32_t)draft->text_count;
	for (uint32_t i = 0; i < lists->count; i++) {
		struct draft_text *text = &draft->texts[order[i]];

		memcpy(lists->letters + letters, draft->letters + text->at,
		       text->bytes);
		lists->letters_at[i] = letters;
		lists->places_at[i] = text->rank = places;
		letters += text->bytes;
		places += text->place_count;
	}
	lists->letters_at[lists->count] = letters;
	lists->places_at[lists->count] = places;
	for (size_t i = 0; i < draft->place_count; i++) {
		const struct draft_place *place = &draft->places[i];

		lists->places[draft->texts[place->text].rank++] = place->place;
	}
}

bool match_lists_finish(struct match_lists_draft *draft,
			struct match_lists *lists)
{
	uint32_t *order = match_take(2 * draft->text_count, sizeof(*order));
	bool is_done;

	*lists = (struct match_lists){0};
	if (!order)
		return false;
	for (size_t i = 0; i < draft->text_count; i++)
		order[i] = (uint32_t)i;
	sort_texts(draft, order, order + draft->text_count, draft->text_count);
	is_done = take_lists(lists, draft->text_count, draft->letter_count,
			     draft->place_count);
	if (is_done)
		fill_lists(draft, order, lists);
	match_drop(order);
	return is_done;
}

void match_lists_draft_free(struct match_lists_draft *draft)
{
	match_drop(draft->texts);
	match_drop(draft->table);
	match_drop(draft->letters);
	match_drop(draft->places);
	*draft = (struct match_lists_draft){0};
}

/* ---- merging ---- */

struct merge {
	const struct match_lists_part *parts;
	size_t part_count;
	uint32_t next[MATCH_LISTS_MERGED]; /* text of each part */
	struct match_lists *into;	   /* NULL: only counts */
	uint32_t texts;
	size_t letters, places;
};

/* The least text that is next in some part; false: none is left. */
static bool least_text(const struct merge *merge, struct match_text *least)
{
	bool is_any = false;

	for (size_t i = 0; i < merge->part_count; i++) {
		const struct match_lists *lists = merge->parts[i].lists;
		struct match_text text;

		if (merge->next[i] == lists->count)
			continue;
		text = match_lists_text(lists, merge->next[i]);
		if (!is_any || match_text_order(text, *least) < 0)
			*least = text;
		is_any = true;
	}
	return is_any;
}

/* Take over the places of a text in one part, but for those left out. */
static void merge_places(struct merge *merge, size_t i)
{
	const struct match_lists_part *part = &merge->parts[i];
	struct match_places places =
		match_lists_places(part->lists, merge->next[i]++);

	for (uint32_t k = 0; k < places.count; k++) {
		uint32_t doc = part->renumber[MATCH_DOC_OF(places.at[k])];

		if (doc == MATCH_NO_DOC)
			continue;
		if (merge->into)
			merge->into->places[merge->places] = MATCH_PLACE_OF(
				doc, MATCH_POSITION_OF(places.at[k]));
		merge->places++;
	}
}

static void merge_text(struct merge *merge, struct match_text text)
{
	size_t before = merge->places;

	for (size_t i = 0; i < merge->part_count; i++) {
		const struct match_lists *lists = merge->parts[i].lists;

		if (merge->next[i] < lists->count &&
		    match_text_order(match_lists_text(lists, merge->next[i]),
				     text) == 0)
			merge_places(merge, i);
	}
	if (merge->places == before)
		return;
	if (merge->into) {
		merge->into->letters_at[merge->texts] =
			(uint32_t)merge->letters;
		merge->into->places_at[merge->texts] = (uint32_t)before;
		memcpy(merge->into->letters + merge->letters, text.at,
		       text.bytes);
	}
	merge->letters += text.bytes;
	merge->texts++;
}

static void run_merge(struct merge *merge)
{
	struct match_text text;

	while (least_text(merge, &text))
		merge_text(merge, text);
}

bool match_lists_merge(const struct match_lists_part *parts, size_t count,
		       struct match_lists *lists)
{
	struct merge counted = {.parts = parts, .part_count = count};
	struct merge filled = {
		.parts = parts, .part_count = count, .into = lists};

	*lists = (struct match_lists){0};
	run_merge(&counted);
	if (!take_lists(lists, counted.texts, counted.letters, counted.places))
		return false;
	run_merge(&filled);
	lists->count = filled.texts;
	lists->letters_at[filled.texts] = (uint32_t)filled.letters;
	lists->places_at[filled.texts] = (uint32_t)filled.places;
	return true;
}
