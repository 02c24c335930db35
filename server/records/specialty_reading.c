/*
 * specialty_reading.c - what a name is, from the surest to the unsure. Each
 * question is put to the name as it stands, then without what is around it.
 */
#include "records/specialty_reading.h"

#include <string.h>

#include "base/text.h"
#include "records/specialty_text.h"
#include "wire/fold.h"

/* Some schools name a thing in a thousand ways; what is beyond is sought
 * anew. */
enum { MEMO_MAX = 1024, MEMO_LISTS = 256 };

const char *const specialty_because_words[] = {
	[BECAUSE_MAPPING] = "mapping",
	[BECAUSE_CATALOGUE] = "catalogue",
	[BECAUSE_DECORATION] = "decoration",
	[BECAUSE_CONJUNCTION] = "conjunction",
	[BECAUSE_ENDING] = "ending",
	[BECAUSE_CLASS] = "class",
	[BECAUSE_COUNT] = NULL
};

struct memo_item {
	const char *key, *suggestions;
	struct memo_item *next;
};

struct specialty_memo {
	struct arena *mem;
	struct memo_item *lists[MEMO_LISTS];
	int count;
};

void specialty_reading_begin(struct catalogue *c, struct arena *mem)
{
	c->memo = arena_new(mem, struct specialty_memo);
	c->memo->mem = mem;
}

/* ---- suggestions ---- */

static struct memo_item **memo_list(struct specialty_memo *memo,
				    const char *key)
{
	unsigned hash = 2166136261u;

	while (*key)
		hash = (hash ^ (unsigned char)*key++) * 16777619u;
	return &memo->lists[hash % MEMO_LISTS];
}

static const char *remember(struct specialty_memo *memo, const char *key,
			    const char *suggestions)
{
	struct memo_item **list = memo_list(memo, key), *item;

	if (memo->count == MEMO_MAX)
		return suggestions;
	memo->count++;
	item = arena_new(memo->mem, struct memo_item);
	item->key = arena_text(memo->mem, key, strlen(key));
	if (suggestions)
		item->suggestions = arena_text(memo->mem, suggestions,
					       strlen(suggestions));
	item->next = *list;
	*list = item;
	return item->suggestions;
}

static const char *suggest(const struct catalogue *c, struct arena *mem,
			   const struct catalogue_sought *s)
{
	const char *key;

	if (!c->memo)
		return catalogue_near(c, mem, s);
	key = arena_print(mem, "%s\n%s\n%s", s->folded, s->level,
			  s->class_code ? s->class_code : "");
	for (struct memo_item *item = *memo_list(c->memo, key); item;
	     item = item->next)
		if (text_same(item->key, key))
			return item->suggestions;
	return remember(c->memo, key, catalogue_near(c, mem, s));
}

/* ---- what is certain ---- */

static void be_certain(struct specialty_meaning *out,
		       const struct catalogue_entry *entry,
		       enum specialty_because because)
{
	*out = (struct specialty_meaning){ SPECIALTY_CERTAIN, because, entry,
					   NULL };
}

static bool read_mapping(const struct catalogue *c, const char *folded,
			 struct specialty_meaning *out)
{
	const char *code = catalogue_mapped(c, folded);

	if (!code)
		return false;
	be_certain(out, catalogue_of_code(c, code), BECAUSE_MAPPING);
	return true;
}

/* The entry of the level, or the only one there is; but not that one if the
 * level has the same with 技术 behind it: both may be meant. */
static bool read_exact(const struct catalogue *c,
		       const struct catalogue_sought *s,
		       struct specialty_meaning *out)
{
	size_t count;
	const struct catalogue_entry *at = catalogue_of_name(c, s->folded,
							     &count);

	for (size_t i = 0; i < count; i++) {
		if (!text_same(at[i].level, s->level))
			continue;
		be_certain(out, &at[i], BECAUSE_CATALOGUE);
		return true;
	}
	if (count == 1 && !catalogue_has_longer(c, s)) {
		be_certain(out, at, BECAUSE_CATALOGUE);
		return true;
	}
	if (count)
		out->doubt = SPECIALTY_ELSEWHERE;
	return false;
}

static bool read_same(const struct catalogue *c,
		      const struct catalogue_sought *s,
		      struct specialty_meaning *out)
{
	enum catalogue_like like;
	const struct catalogue_entry *entry;

	/* A name that is official elsewhere is more than a slip. */
	if (out->doubt == SPECIALTY_ELSEWHERE)
		return false;
	entry = catalogue_same(c, s, &like);
	if (!entry)
		return false;
	be_certain(out, entry, like == LIKE_CONJUNCTION ? BECAUSE_CONJUNCTION :
							  BECAUSE_ENDING);
	return true;
}

static bool read_name(const struct catalogue *c, struct arena *mem,
		      struct catalogue_sought *s,
		      struct specialty_meaning *out)
{
	const char *bare = specialty_text_bare(mem, s->folded);
	bool is_bare = text_same(bare, s->folded);

	out->doubt = SPECIALTY_UNKNOWN;
	s->joined = specialty_text_joined(mem, s->folded);
	if (read_mapping(c, s->folded, out) || read_exact(c, s, out))
		return true;
	if (!is_bare) {
		s->folded = bare;
		s->joined = specialty_text_joined(mem, bare);
		if (read_mapping(c, bare, out))
			return true;
		if (read_exact(c, s, out)) {
			out->because = BECAUSE_DECORATION;
			return true;
		}
	}
	return *s->joined && read_same(c, s, out);
}

/* ---- the row ---- */

/* The level that the words say, else the school's. */
static const char *level_of(struct arena *mem,
			    const struct specialty_said *said)
{
	const char *words = arena_print(mem, "%s %s",
					said->name ? said->name : "",
					said->class_name ? said->class_name :
							   "");
	const char *level = specialty_text_level(fold_text(mem, words));

	return level ? level : said->level;
}

static bool read_class(const struct catalogue *c, struct arena *mem,
		       const struct specialty_said *said,
		       struct catalogue_sought *s,
		       struct specialty_meaning *out)
{
	s->folded = specialty_text_of_class(
		mem, fold_text(mem, said->class_name));
	s->level = level_of(mem, said);
	return *s->folded && read_name(c, mem, s, out);
}

static const char *class_code(const struct catalogue *c, struct arena *mem,
			      const struct specialty_said *said)
{
	struct catalogue_sought s = { NULL, NULL, NULL, NULL };
	struct specialty_meaning meaning = { .doubt = SPECIALTY_UNKNOWN };

	if (!said->class_name || !read_class(c, mem, said, &s, &meaning))
		return NULL;
	return meaning.entry->code;
}

void specialty_read(const struct catalogue *c, struct arena *scratch,
		    const struct specialty_said *said,
		    struct specialty_meaning *out)
{
	struct catalogue_sought s = { NULL, NULL, NULL, NULL };
	bool is_certain;

	*out = (struct specialty_meaning){ .doubt = SPECIALTY_UNKNOWN };
	if (!said->name && !said->class_name)
		return;
	if (said->name) {
		s.folded = fold_text(scratch, said->name);
		s.level = level_of(scratch, said);
		is_certain = read_name(c, scratch, &s, out);
	} else {
		is_certain = read_class(c, scratch, said, &s, out);
		if (is_certain && out->because != BECAUSE_MAPPING)
			out->because = BECAUSE_CLASS;
	}
	if (is_certain || !s.folded || !*s.folded)
		return;
	if (said->name)
		s.class_code = class_code(c, scratch, said);
	out->suggestions = suggest(c, scratch, &s);
}
