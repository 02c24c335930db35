/*
 * Reads the list before, or behind, each anchor as items made of names, words
 * that go with a list and other characters; named.h says which names count.
 */
#include "matcher/named.h"

#include <string.h>

enum {
	WINDOW = 360,	/* bytes looked at on one side of an anchor */
	TOKENS = 128,
	OTHER_MAX = 12, /* more characters of prose than this: no list */
};

enum kind {
	NAME, OTHER, ANCHOR, CLOSE, IDLE, ANY, FILL, OPEN, LISTED, COMMA, STOP
};

#define MATCH_NAMED_WORD(kind, text) { kind, sizeof(text) - 1, text },
static const struct word {
	enum kind kind;
	uint8_t bytes;
	const char *text;
} words[] = {
#include "matcher/named_words.def"
};
#undef MATCH_NAMED_WORD

struct token {
	enum kind kind;
	uint32_t at;
	uint32_t bytes;
	uint32_t name;
};

struct reading {
	const struct match_lexicon *names;
	struct match_text text;
	struct match_find *found;
	size_t count;
	size_t room;
};

static bool is_of(enum kind kind, unsigned kinds)
{
	return (kinds >> kind & 1) != 0;
}

/* The longest word of these kinds that stands there, or NULL. */
static const struct word *word_at(const struct match_text *text, uint32_t at,
				  unsigned kinds)
{
	const struct word *best = NULL;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct word *word = &words[i];

		if (!is_of(word->kind, kinds) ||
		    word->bytes > text->bytes - at ||
		    (best && word->bytes <= best->bytes) ||
		    memcmp(text->at + at, word->text, word->bytes) != 0)
			continue;
		best = word;
	}
	return best;
}

static bool is_inside(const struct match_text *text, uint32_t at)
{
	return at < text->bytes && ((uint8_t)text->at[at] & 0xc0) == 0x80;
}

static uint32_t next_character(const struct match_text *text, uint32_t at)
{
	at++;
	while (is_inside(text, at))
		at++;
	return at;
}

/* A number ends a list: it is the number of the next demand. */
static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct token token_at(const struct reading *r, uint32_t at, uint32_t end)
{
	static const unsigned kinds = 1u << FILL | 1u << LISTED | 1u << COMMA |
				      1u << STOP;
	struct match_text rest = { r->text.at + at, end - at };
	struct match_text until = { r->text.at, end };
	struct token token = { .kind = NAME, .at = at };
	const struct word *word = word_at(&until, at, kinds);

	token.name = match_lexicon_longest(r->names, rest, &token.bytes);
	if (word && word->bytes > token.bytes) {
		token.kind = word->kind;
		token.bytes = word->bytes;
	} else if (token.name == MATCH_LEXICON_NONE) {
		token.kind = is_digit(r->text.at[at]) ? STOP : OTHER;
		token.bytes = next_character(&until, at) - at;
	}
	return token;
}

static bool is_refused(const struct reading *r, uint32_t at)
{
	static const char *const before[] = { "非", "除" };

	for (size_t i = 0; i < 2; i++) {
		size_t bytes = strlen(before[i]);

		if (at >= bytes &&
		    memcmp(r->text.at + at - bytes, before[i], bytes) == 0)
			return true;
	}
	return false;
}

/* In the order of the text; lists overlap, each place counts once. */
static void add(struct reading *r, const struct match_find *find)
{
	size_t i = r->count;

	while (i > 0 && r->found[i - 1].at > find->at)
		i--;
	if (i > 0 && r->found[i - 1].at + r->found[i - 1].bytes > find->at)
		return;
	if (r->count == r->room)
		return;
	memmove(&r->found[i + 1], &r->found[i],
		(r->count - i) * sizeof(r->found[0]));
	r->found[i] = *find;
	r->count++;
}

static void add_name(struct reading *r, const struct token *token, uint32_t by)
{
	if (is_refused(r, token->at))
		return;
	add(r, &(struct match_find){ token->name, token->at, token->bytes,
				     by });
}

struct list {
	const struct token *at;
	size_t count;
	bool is_backward;
	bool is_close; /* the first item must hold a name */
	uint32_t by;
};

static const struct token *nth(const struct list *list, size_t n)
{
	return &list->at[list->is_backward ? list->count - 1 - n : n];
}

/* One item, from the anchor outwards: what it is made of. */
struct item {
	size_t end;
	unsigned names;  /* those with nothing but list words on the way */
	unsigned others;
};

static struct item item_from(const struct list *list, size_t n)
{
	static const unsigned ends = 1u << LISTED | 1u << COMMA | 1u << STOP;
	struct item item = { .end = n };

	for (; item.end < list->count; item.end++) {
		enum kind kind = nth(list, item.end)->kind;

		if (is_of(kind, ends))
			break;
		item.others += kind == OTHER;
		item.names += kind == NAME && item.others == 0;
	}
	return item;
}

static void add_names(struct reading *r, const struct list *list, size_t n,
		      unsigned names)
{
	for (; names > 0; n++) {
		if (nth(list, n)->kind != NAME)
			continue;
		add_name(r, nth(list, n), list->by);
		names--;
	}
}

static void read_list(struct reading *r, const struct list *list)
{
	bool is_behind_comma = false;
	struct item item;

	for (size_t n = 0; n < list->count; n = item.end + 1) {
		item = item_from(list, n);
		if (n == 0 && list->is_close && item.names == 0)
			return;
		if (is_behind_comma && item.others > 0)
			return;
		add_names(r, list, n, item.names);
		if (item.others > OTHER_MAX || item.end == list->count ||
		    nth(list, item.end)->kind == STOP)
			return;
		is_behind_comma |= nth(list, item.end)->kind == COMMA;
	}
}

static void read_before(struct reading *r, const struct word *word, uint32_t at)
{
	struct token tokens[TOKENS];
	struct list list = { tokens, 0, true, word->kind == CLOSE, at };
	uint32_t from = at > WINDOW ? at - WINDOW : 0;

	while (is_inside(&r->text, from))
		from++;
	while (from < at) {
		struct token token = token_at(r, from, at);

		if (token.kind == STOP || list.count == TOKENS)
			list.count = 0;
		else
			tokens[list.count++] = token;
		from += token.bytes;
	}
	read_list(r, &list);
}

static void read_behind(struct reading *r, uint32_t by, uint32_t at)
{
	struct token tokens[TOKENS];
	struct list list = { tokens, 0, false, true, by };
	const struct word *word = word_at(&r->text, at, 1u << OPEN);
	uint32_t end;

	if (!word)
		return;
	for (; word; word = word_at(&r->text, at, 1u << OPEN))
		at += word->bytes;
	end = r->text.bytes - at > WINDOW ? at + WINDOW : r->text.bytes;
	while (is_inside(&r->text, end))
		end--;
	while (at < end && list.count < TOKENS) {
		tokens[list.count] = token_at(r, at, end);
		at += tokens[list.count].bytes;
		if (tokens[list.count].kind == STOP)
			break;
		list.count++;
	}
	read_list(r, &list);
}

size_t match_named(const struct match_lexicon *names, struct match_text text,
		   struct match_find *found, size_t room)
{
	static const unsigned kinds = 1u << ANCHOR | 1u << CLOSE | 1u << IDLE |
				      1u << ANY;
	struct reading r = { names, text, found, 0, room };

	for (uint32_t at = 0; at < text.bytes;) {
		const struct word *word = word_at(&text, at, kinds);

		if (!word) {
			at = next_character(&text, at);
			continue;
		}
		if (word->kind == ANY)
			add(&r, &(struct match_find){ MATCH_NAMED_ANY, at,
						      word->bytes, at });
		if (word->kind == ANCHOR || word->kind == CLOSE)
			read_before(&r, word, at);
		if (word->kind == ANCHOR)
			read_behind(&r, at, at + word->bytes);
		at += word->bytes;
	}
	return r.count;
}
