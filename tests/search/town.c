/* Dice; see town.h. */
#include "town.h"

#include <stdio.h>
#include <string.h>

uint32_t town_dice(uint64_t *seed, uint32_t sides)
{
	uint64_t x = *seed += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((x ^ x >> 31) % sides);
}

static const char *const characters[] = {"会", "计", "机", "械",
					 "设", "工", "程", "师"};
static const char *const words[] = {"plc", "c++", "c", "3d", "c#", "cad"};
static const char *const gaps[] = {" ", "，", "。", "、", " / ", "\n"};

static void add_random(char *text, size_t room, uint64_t *seed, uint32_t gap)
{
	uint32_t which = town_dice(seed, 20);
	const char *more = characters[town_dice(seed, 8)];
	size_t used = strlen(text);

	if (which < gap)
		more = gaps[town_dice(seed, 6)];
	else if (which < gap + 3)
		more = words[town_dice(seed, 6)];
	snprintf(text + used, room - used, "%s", more);
	/* Never cut a character in two. */
	if (strlen(text) + 1 == room)
		text[used] = '\0';
}

static void random_text(char *text, size_t room, uint32_t most, uint64_t *seed)
{
	uint32_t count = town_dice(seed, most + 1);

	*text = '\0';
	for (uint32_t i = 0; i < count; i++)
		add_random(text, room, seed, 4);
}

void town_posting(struct town_posting *of, uint32_t serial, uint64_t *seed)
{
	static const uint32_t most[] = {8, 5, 10, 60};
	struct match_search_posting *p = &of->posting;

	*of = (struct town_posting){.is_there = true};
	memcpy(p->id, &serial, sizeof(serial));
	p->enterprise[0] = (uint8_t)town_dice(seed, 4);
	p->published_us = 1000 + town_dice(seed, 20);
	p->closes_us = 2000 + town_dice(seed, 3);
	p->pay_fen = (int64_t)town_dice(seed, 10) - 1;
	p->kind = (enum match_kind)town_dice(seed, 4);
	p->education = (enum match_education)town_dice(seed, 4);
	p->division = 320000 + town_dice(seed, 3) * 100 + town_dice(seed, 3);
	p->industry = town_dice(seed, 4);
	p->slot = serial * 3;
	p->targets = of->targets;
	p->target_count = town_dice(seed, 4);
	for (size_t i = 0; i < p->target_count; i++) {
		static const uint32_t codes[] = {51, 5102, 510203, 71, 4101};

		of->targets[i] = codes[town_dice(seed, 5)];
	}
	for (int i = 0; i < MATCH_SEARCH_FIELDS; i++) {
		random_text(of->text[i], TOWN_TEXT, most[i], seed);
		p->field[i] = (struct match_text){
			of->text[i], (uint32_t)strlen(of->text[i])};
	}
}

/* A word, a row of characters, or a phrase with both and gaps in it. */
static void random_item(struct plain_item *item, uint64_t *seed)
{
	uint32_t what = town_dice(seed, 5), count;

	*item = (struct plain_item){.is_excluded = town_dice(seed, 4) == 0};
	if (what == 0) {
		snprintf(item->text, sizeof(item->text), "%s",
			 words[town_dice(seed, 6)]);
		return;
	}
	count = what == 1 ? 1 : 1 + town_dice(seed, 6);
	if (what == 4) {
		while (count--)
			add_random(item->text, sizeof(item->text), seed, 3);
		return;
	}
	item->is_loose = !item->is_excluded && count >= 4;
	for (uint32_t i = 0; i < count; i++)
		strncat(item->text, characters[town_dice(seed, 8)],
			sizeof(item->text) - strlen(item->text) - 1);
	/* In quotes now and then; the text below asks for it. */
	if (item->is_loose && town_dice(seed, 3) == 0)
		item->is_loose = false;
}

static bool has_word(const char *text)
{
	for (; *text; text++)
		if ((*text >= (char)0xe4 && *text <= (char)0xe9) ||
		    (*text >= '0' && *text <= '9') ||
		    (*text >= 'a' && *text <= 'z'))
			return true;
	return false;
}

static void random_filter(struct town_query *query, uint64_t *seed)
{
	static const uint32_t codes[] = {51, 5102, 510203, 5103, 71, 41};
	struct match_search_filter *f = &query->filter;

	switch (town_dice(seed, 10)) {
	case 0:
		f->kinds = 1 + town_dice(seed, 15);
		break;
	case 1:
		f->division = 320000 + town_dice(seed, 3) * 100 +
			      town_dice(seed, 2);
		break;
	case 2:
		f->pay_fen = 1 + town_dice(seed, 9);
		break;
	case 3:
		f->education = (enum match_education)(1 + town_dice(seed, 3));
		break;
	case 4:
		f->specialty = codes[town_dice(seed, 6)];
		break;
	case 5:
		query->enterprise[0] = (uint8_t)town_dice(seed, 4);
		f->enterprise = query->enterprise;
		break;
	case 6:
		f->industry = 1 + town_dice(seed, 3);
		break;
	case 7:
		f->published_since_us = 1000 + town_dice(seed, 20);
		break;
	case 8:
		f->open_at_us = 2000 + town_dice(seed, 2);
		break;
	}
}

void town_query(struct town_query *query, uint64_t *seed)
{
	*query = (struct town_query){.count = 0};
	for (uint32_t i = 1 + town_dice(seed, TOWN_ITEMS); i > 0; i--) {
		struct plain_item *item = &query->items[query->count];
		size_t used = strlen(query->text);

		do
			random_item(item, seed);
		while (!has_word(item->text));
		query->count++;
		snprintf(query->text + used, sizeof(query->text) - used,
			 item->is_loose ? "%s%s " : "%s\"%s\" ",
			 item->is_excluded ? "-" : "", item->text);
	}
	random_filter(query, seed);
}
