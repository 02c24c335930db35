/* suggestion.c - see suggestion.h. */
#include "records/suggestion.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "matcher/named.h"
#include "records/posting.h"
#include "wire/fold.h"

enum { FINDS_MAX = 64, SCALAR_BYTES = 4 };

/* Columns of schema/queries/specialty_names.sql. */
enum { NAME, CODE, OFFICIAL, LEVEL, IS_ALIAS };

static const char *text_of(struct arena *mem, const struct rows *rows, int row,
			   int column)
{
	if (rows_is_null(rows, row, column))
		return NULL;
	return arena_text(mem, rows_text(rows, row, column),
			  rows_bytes(rows, row, column));
}

struct specialty_names specialty_names_from_rows(struct arena *mem,
						 const struct rows *rows)
{
	struct specialty_names names = { NULL, (size_t)rows_count(rows) };

	names.at = arena_array(mem, struct specialty_name, names.count + 1);
	for (size_t i = 0; i < names.count; i++)
		names.at[i] = (struct specialty_name){
			.name = fold_text(mem, rows_text(rows, (int)i, NAME)),
			.code = text_of(mem, rows, (int)i, CODE),
			.official = text_of(mem, rows, (int)i, OFFICIAL),
			.level = text_of(mem, rows, (int)i, LEVEL),
			.is_alias = rows_bool(rows, (int)i, IS_ALIAS),
		};
	return names;
}

/* ---- a text folded, and where each of its bytes came from ---- */

struct folded {
	char *text;
	uint32_t bytes;
	uint32_t *from;		/* by byte of text, and one for its end */
};

static size_t scalar_bytes(const char *at)
{
	uint8_t lead = (uint8_t)*at;

	return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* Character by character, so that what is found has a place in the text. */
static struct folded fold(struct arena *mem, const char *text)
{
	size_t room = strlen(text) * SCALAR_BYTES + 1, used = 0;
	struct folded out = { .text = arena_array(mem, char, room),
			      .from = arena_array(mem, uint32_t, room) };

	for (const char *at = text; *at; at += scalar_bytes(at)) {
		const char *one = fold_text(
			mem, arena_text(mem, at, scalar_bytes(at)));
		size_t bytes = strlen(one);

		if (used + bytes >= room)
			break;
		memcpy(out.text + used, one, bytes);
		for (size_t i = 0; i < bytes; i++)
			out.from[used++] = (uint32_t)(at - text);
	}
	out.from[used] = (uint32_t)strlen(text);
	out.bytes = (uint32_t)used;
	return out;
}

static size_t scalars_before(const char *text, size_t bytes)
{
	size_t count = 0;

	for (size_t i = 0; i < bytes; i++)
		count += ((uint8_t)text[i] & 0xc0) != 0x80;
	return count;
}

/* ---- names ---- */

static int by_name(const void *a, const void *b)
{
	const struct specialty_name *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	if (order)
		return order;
	if (one->is_alias != other->is_alias)
		return one->is_alias ? 1 : -1;
	return strcmp(one->code ? one->code : "",
		      other->code ? other->code : "");
}

struct group {
	const struct specialty_name *first;
	size_t count;
};

struct groups {
	struct group *at;
	struct match_text *text;
	size_t count;
};

/* Folded names may be alike that were not: so they are sorted again. */
static struct groups group(struct arena *mem,
			   const struct specialty_names *names)
{
	struct groups out = {
		.at = arena_array(mem, struct group, names->count + 1),
		.text = arena_array(mem, struct match_text, names->count + 1),
	};

	qsort(names->at, names->count, sizeof(*names->at), by_name);
	for (size_t i = 0; i < names->count; i++) {
		const struct specialty_name *name = &names->at[i];

		if (i && text_same(name->name, name[-1].name)) {
			out.at[out.count - 1].count++;
			continue;
		}
		out.at[out.count] = (struct group){ name, 1 };
		out.text[out.count++] = (struct match_text){
			name->name, (uint32_t)strlen(name->name) };
	}
	return out;
}

/* ---- finding ---- */

struct search {
	struct arena *mem;
	const struct groups *groups;
	const struct match_lexicon *set;
	struct suggestions *out;
};

static void add(const struct search *s, const struct suggesting_text *text,
		const struct folded *folded, const struct match_find *find)
{
	uint32_t from = folded->from[find->at];
	uint32_t end = folded->from[find->at + find->bytes];
	struct suggestion *to = &s->out->at[s->out->count++];

	*to = (struct suggestion){
		.field = text->field,
		.at = scalars_before(text->text, from),
		.length = scalars_before(text->text + from, end - from),
		.words = arena_text(s->mem, text->text + from, end - from),
		.is_any = find->name == MATCH_NAMED_ANY,
	};
	if (to->is_any)
		return;
	to->names = s->groups->at[find->name].first;
	to->name_count = s->groups->at[find->name].count;
}

static void search(const struct search *s, const struct suggesting_text *text)
{
	struct folded folded = fold(s->mem, text->text);
	struct match_find found[FINDS_MAX];
	size_t count = match_named(s->set,
				   (struct match_text){ folded.text,
							folded.bytes },
				   found, FINDS_MAX);

	for (size_t i = 0; i < count; i++)
		add(s, text, &folded, &found[i]);
}

struct suggestions suggestions_find(struct arena *mem,
				    const struct specialty_names *names,
				    const struct suggesting_text *texts,
				    size_t count)
{
	struct suggestions out = {
		.at = arena_array(mem, struct suggestion, FINDS_MAX * count) };
	struct groups groups = group(mem, names);
	struct match_lexicon set;
	struct match_error error;

	must(match_lexicon_make(&set, groups.text, groups.count, &error));
	for (size_t i = 0; i < count; i++)
		search(&(struct search){ mem, &groups, &set, &out },
		       &texts[i]);
	match_lexicon_drop(&set);
	return out;
}

/* ---- telling ---- */

static int rank_of(const char *level)
{
	int rank = 0;

	while (!text_same(education_words[rank], level))
		rank++;
	return rank;
}

static bool is_among(const struct texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (text_same(texts->at[i], text))
			return true;
	return false;
}

static void write_target(struct json_writer *w,
			 const struct specialty_name *name, bool is_target)
{
	json_object(w);
	json_member_text(w, "code", name->code);
	json_member_text(w, "name", name->official);
	json_member_text(w, "level", name->level);
	json_member_text(w, "because", name->is_alias ? "alias" : "catalogue");
	json_member_bool(w, "is_target", is_target);
	json_end(w);
}

void suggestion_write(struct json_writer *w, const struct suggestion *s,
		      const struct suggestion_terms *terms)
{
	int least = terms->min_education ? rank_of(terms->min_education) : 0;

	json_object(w);
	json_member_text(w, "field", s->field);
	json_member_int(w, "at", (int64_t)s->at);
	json_member_int(w, "length", (int64_t)s->length);
	json_member_text(w, "words", s->words);
	json_member_bool(w, "is_any", s->is_any);
	json_key(w, "targets");
	json_array(w);
	for (size_t i = 0; i < s->name_count; i++)
		if (s->names[i].code && rank_of(s->names[i].level) >= least)
			write_target(w, &s->names[i],
				     is_among(terms->targets,
					      s->names[i].code));
	json_end(w);
	json_end(w);
}
