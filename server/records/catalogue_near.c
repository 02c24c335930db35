/*
 * catalogue_near.c - names as people write them: folded, and as sets of pairs
 * of characters. The catalogue is some 1,400 names, so each is looked at.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "records/catalogue.h"
#include "records/specialty_text.h"
#include "wire/fold.h"
#include "wire/json_write.h"

enum { PAIRS_MAX = 100, NEAR_COUNT = 3, ALIKE_MILLE = 334 };

/* What evidence is worth, in thousandths: of a part, the share that it is of
 * the whole goes on top. */
enum { WORTH_SAME = 1000, WORTH_CONJUNCTION = 970, WORTH_ENDING = 950,
       WORTH_BEGINS = 650, WORTH_WITHIN = 600, WORTH_ABBREVIATION = 500,
       WORTH_SHARE = 250, WORTH_ALIKE = 300, WORTH_ALIAS = 300,
       MORE_LEVEL = 100, MORE_ALIAS = 60, MORE_TAUGHT = 150,
       MORE_CLASS = 200 };

const char *const catalogue_like_words[] = {
	[LIKE_CATALOGUE] = "catalogue",
	[LIKE_CONJUNCTION] = "conjunction",
	[LIKE_ENDING] = "ending",
	[LIKE_BEGINS] = "begins",
	[LIKE_WITHIN] = "within",
	[LIKE_ABBREVIATION] = "abbreviation",
	[LIKE_ALIKE] = "alike",
	[LIKE_ALIAS] = "alias",
	[LIKE_COUNT] = NULL
};

struct bigrams {
	uint64_t at[PAIRS_MAX];
	int count;
};

struct catalogue_folded {
	const char *name, *joined;
	const struct catalogue_entry *entry;
	uint64_t *pairs;
	int count;
};

/* The scalar at *at, which is valid UTF-8, and step over it. */
static uint32_t take_scalar(const unsigned char **at)
{
	uint32_t first = *(*at)++;
	int more = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
	uint32_t scalar = more ? first & (0x3Fu >> more) : first;

	while (more--)
		scalar = scalar << 6 | (*(*at)++ & 0x3F);
	return scalar;
}

static void take_pairs(struct bigrams *p, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	uint32_t before = 0;

	p->count = 0;
	while (*at && p->count < PAIRS_MAX) {
		uint32_t scalar = take_scalar(&at);

		if (before)
			p->at[p->count++] = (uint64_t)before << 32 | scalar;
		before = scalar;
	}
}

static int by_folded(const void *a, const void *b)
{
	const struct catalogue_folded *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order : strcmp(one->entry->code, other->entry->code);
}

void catalogue_fold(struct catalogue *c, struct arena *mem)
{
	c->folded = arena_array(mem, struct catalogue_folded, c->count);
	for (size_t i = 0; i < c->count; i++) {
		struct catalogue_folded *f = &c->folded[i];
		struct bigrams pairs;

		f->entry = &c->by_name[i];
		f->name = fold_text(mem, f->entry->name);
		f->joined = specialty_text_joined(mem, f->name);
		take_pairs(&pairs, f->name);
		f->count = pairs.count;
		f->pairs = arena_array(mem, uint64_t, (size_t)f->count + 1);
		memcpy(f->pairs, pairs.at,
		       sizeof(pairs.at[0]) * (size_t)f->count);
	}
	qsort(c->folded, c->count, sizeof(c->folded[0]), by_folded);
}

const struct catalogue_entry *catalogue_find_folded(const struct catalogue *c,
						    const char *name)
{
	struct arena *mem = arena_open();
	const struct catalogue_entry *found = NULL;
	const char *folded = fold_text(mem, name);
	size_t from = 0, to = c->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (strcmp(c->folded[middle].name, folded) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	if (to < c->count && text_same(c->folded[to].name, folded))
		found = c->folded[to].entry;
	arena_close(mem);
	return found;
}

/* ---- the same but for a word ---- */

static const char ending[] = "技术";

/* Is the entry's name the one sought and 技术 behind it? */
static bool is_longer(const struct catalogue_folded *f, const char *joined)
{
	return text_starts(f->joined, joined) &&
	       text_same(f->joined + strlen(joined), ending);
}

const struct catalogue_entry *catalogue_same(const struct catalogue *c,
					     const struct catalogue_sought *s,
					     enum catalogue_like *like)
{
	const struct catalogue_entry *same = NULL, *longer = NULL;
	int same_count = 0, longer_count = 0, begin_count = 0;

	for (size_t i = 0; c->folded && i < c->count; i++) {
		const struct catalogue_folded *f = &c->folded[i];

		if (!text_same(f->entry->level, s->level) ||
		    !text_starts(f->joined, s->joined))
			continue;
		begin_count++;
		if (text_same(f->joined, s->joined)) {
			same = f->entry;
			same_count++;
		} else if (is_longer(f, s->joined)) {
			longer = f->entry;
			longer_count++;
		}
	}
	*like = same_count ? LIKE_CONJUNCTION : LIKE_ENDING;
	if (same_count)
		return same_count == 1 ? same : NULL;
	return longer_count == 1 && begin_count == 1 ? longer : NULL;
}

bool catalogue_has_longer(const struct catalogue *c,
			  const struct catalogue_sought *s)
{
	for (size_t i = 0; c->folded && i < c->count; i++)
		if (text_same(c->folded[i].entry->level, s->level) &&
		    is_longer(&c->folded[i], s->joined))
			return true;
	return false;
}

/* ---- the likest ---- */

/* In thousandths; a pair that a name has twice counts once. */
static int likeness(const struct bigrams *a, const struct catalogue_folded *b)
{
	int shared = 0;

	for (int i = 0; i < a->count; i++) {
		int k = 0;

		while (k < b->count && b->pairs[k] != a->at[i])
			k++;
		shared += k < b->count;
	}
	return a->count + b->count ?
		       2000 * shared / (a->count + b->count) : 0;
}

struct near {
	const struct catalogue_entry *entry;
	int mille;
	enum catalogue_like like;
};

/* What a search knows of the name sought. */
struct search {
	const struct catalogue_sought *sought;
	struct bigrams pairs;
	const char *alias_codes;	/* NULL: it is no alias */
	int length;
};

static bool is_nearer(const struct near *a, const struct near *b)
{
	if (a->mille != b->mille)
		return a->mille > b->mille;
	return b->entry == NULL || strcmp(a->entry->code, b->entry->code) < 0;
}

static void insert(struct near best[NEAR_COUNT], struct near one)
{
	for (int i = 0; i < NEAR_COUNT; i++) {
		struct near pushed = best[i];

		if (!is_nearer(&one, &best[i]))
			continue;
		best[i] = one;
		one = pushed;
		if (!one.entry)
			return;
	}
}

/* Does one of the classes or categories hold the code, on any level? */
static bool is_in_class(const char *codes, const char *code)
{
	static const char steps[] = "..4545.45";	/* 7102 is 5102 too */
	char own[5] = "";

	must(*code >= '2' && *code <= '7');
	own[0] = *code == '6' ? '4' : *code == '7' ? '5' : steps[*code - '0'];
	memcpy(own + 1, code + 1, 3);
	while (codes && *codes) {
		size_t bytes = strcspn(codes, ";");

		if (bytes <= 4 && strncmp(codes, own, bytes) == 0)
			return true;
		codes += bytes + (codes[bytes] == ';');
	}
	return false;
}

static const char *alias_codes(const struct catalogue *c, const char *folded)
{
	for (size_t i = 0; i < c->alias_count; i++)
		if (text_same(c->aliases[i].folded, folded))
			return c->aliases[i].codes;
	return NULL;
}

/* Worth that grows with the share that the shorter is of the longer. */
static int share(int worth, int one, int other)
{
	int less = one < other ? one : other;

	return worth + WORTH_SHARE * less / (one + other - less);
}

/* What the characters alone say. */
static struct near compare(const struct search *s,
			   const struct catalogue_folded *f)
{
	const char *sought = s->sought->joined;
	int length = (int)specialty_text_length(f->joined);
	int alike = likeness(&s->pairs, f);

	if (text_same(f->name, s->sought->folded))
		return (struct near){ f->entry, WORTH_SAME, LIKE_CATALOGUE };
	if (text_same(f->joined, sought))
		return (struct near){ f->entry, WORTH_CONJUNCTION,
				      LIKE_CONJUNCTION };
	if (is_longer(f, sought))
		return (struct near){ f->entry, WORTH_ENDING, LIKE_ENDING };
	if (text_starts(f->joined, sought) || text_starts(sought, f->joined))
		return (struct near){ f->entry,
				      share(WORTH_BEGINS, s->length, length),
				      LIKE_BEGINS };
	if (strstr(f->joined, sought) || strstr(sought, f->joined))
		return (struct near){ f->entry,
				      share(WORTH_WITHIN, s->length, length),
				      LIKE_WITHIN };
	if (specialty_text_abbreviates(sought, f->joined))
		return (struct near){
			f->entry, share(WORTH_ABBREVIATION, s->length, length),
			LIKE_ABBREVIATION };
	return (struct near){ alike >= ALIKE_MILLE ? f->entry : NULL,
			      WORTH_ALIKE + alike / 2, LIKE_ALIKE };
}

static struct near judge(const struct search *s,
			 const struct catalogue_folded *f)
{
	struct near one = compare(s, f);
	bool is_aliased = is_in_class(s->alias_codes, f->entry->code);
	const char *class_code = s->sought->class_code;

	if (!one.entry && is_aliased)
		one = (struct near){ f->entry, WORTH_ALIAS, LIKE_ALIAS };
	else if (is_aliased)
		one.mille += MORE_ALIAS;
	if (text_same(f->entry->level, s->sought->level))
		one.mille += MORE_LEVEL;
	if (f->entry->is_taught)
		one.mille += MORE_TAUGHT;
	if (class_code && text_same(class_code, f->entry->code))
		one.mille += MORE_CLASS;
	return one;
}

static void write_one(struct json_writer *w, const struct near *one)
{
	json_object(w);
	json_member_text(w, "code", one->entry->code);
	json_member_text(w, "name", one->entry->name);
	json_member_text(w, "level", one->entry->level);
	json_member_text(w, "because", catalogue_like_words[one->like]);
	json_end(w);
}

static const char *write_near(struct arena *mem,
			      const struct near best[NEAR_COUNT])
{
	struct buf out = { 0 };
	struct json_writer w;
	const char *text;

	json_begin(&w, &out);
	json_array(&w);
	for (int i = 0; i < NEAR_COUNT && best[i].entry; i++)
		write_one(&w, &best[i]);
	json_end(&w);
	text = arena_text(mem, out.at, out.used);
	buf_close(&out);
	return text;
}

const char *catalogue_near(const struct catalogue *c, struct arena *mem,
			   const struct catalogue_sought *sought)
{
	struct near best[NEAR_COUNT] = { { NULL, 0, LIKE_COUNT } };
	struct search s = {
		.sought = sought,
		.alias_codes = alias_codes(c, sought->folded),
		.length = (int)specialty_text_length(sought->joined)
	};

	if (!c->folded || !s.length)
		return NULL;
	take_pairs(&s.pairs, sought->folded);
	for (size_t i = 0; i < c->count; i++) {
		struct near one = judge(&s, &c->folded[i]);

		if (one.entry)
			insert(best, one);
	}
	return best[0].entry ? write_near(mem, best) : NULL;
}
