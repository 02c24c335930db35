/* catalogue.c - sorted arrays and searches in them. */
#include "records/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "wire/fold.h"

/* Columns of schema/queries/specialty_lists.sql, by what the row is. */
enum { WHAT, CODE, NAME, LEVEL, IS_TAUGHT };

static int by_name(const void *a, const void *b)
{
	const struct catalogue_entry *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order : strcmp(one->code, other->code);
}

static int by_code(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_alias(const void *a, const void *b)
{
	const struct catalogue_alias *one = a, *other = b;

	return strcmp(one->folded, other->folded);
}

static void take_row(struct catalogue *c, struct arena *mem,
		     const struct rows *rows, int i)
{
	const char *what = rows_text(rows, i, WHAT);
	const char *code = rows_text(rows, i, CODE);
	const char *name = rows_text(rows, i, NAME);

	if (text_same(what, "specialty"))
		c->by_name[c->count++] = (struct catalogue_entry){
			name, code, rows_text(rows, i, LEVEL),
			rows_bool(rows, i, IS_TAUGHT)
		};
	else if (text_same(what, "alias"))
		c->aliases[c->alias_count++] = (struct catalogue_alias){
			fold_text(mem, name), code
		};
	else
		c->mappings[c->mapping_count++] = (struct catalogue_mapping){
			name, code
		};
}

void catalogue_from_rows(struct catalogue *c, struct arena *mem,
			 const struct rows *rows)
{
	size_t count = (size_t)rows_count(rows);

	c->count = c->alias_count = c->mapping_count = 0;
	c->by_name = arena_array(mem, struct catalogue_entry, count);
	c->aliases = arena_array(mem, struct catalogue_alias, count);
	c->mappings = arena_array(mem, struct catalogue_mapping, count);
	for (int i = 0; i < rows_count(rows); i++)
		take_row(c, mem, rows, i);
	qsort(c->by_name, c->count, sizeof(c->by_name[0]), by_name);
	qsort(c->aliases, c->alias_count, sizeof(c->aliases[0]), by_alias);
	c->codes = arena_array(mem, const char *, c->count);
	for (size_t i = 0; i < c->count; i++)
		c->codes[i] = c->by_name[i].code;
	qsort(c->codes, c->count, sizeof(c->codes[0]), by_code);
	catalogue_fold(c, mem);
}

void catalogue_map(struct catalogue *c, struct arena *mem,
		   const struct pairs *said)
{
	struct catalogue_mapping *all = arena_array(
		mem, struct catalogue_mapping,
		said->count + c->mapping_count + 1);

	for (size_t i = 0; i < said->count; i++)
		all[i] = (struct catalogue_mapping){
			fold_text(mem, said->at[i].name), said->at[i].value
		};
	if (c->mapping_count)
		memcpy(all + said->count, c->mappings,
		       c->mapping_count * sizeof(all[0]));
	c->mappings = all;
	c->mapping_count += said->count;
}

const char *catalogue_mapped(const struct catalogue *c, const char *folded)
{
	for (size_t i = 0; i < c->mapping_count; i++)
		if (text_same(c->mappings[i].folded, folded))
			return c->mappings[i].code;
	return NULL;
}

bool catalogue_has_code(const struct catalogue *c, const char *code)
{
	return bsearch(&code, c->codes, c->count, sizeof(c->codes[0]),
		       by_code) != NULL;
}

const struct catalogue_entry *catalogue_of_code(const struct catalogue *c,
						const char *code)
{
	for (size_t i = 0; i < c->count; i++)
		if (text_same(c->by_name[i].code, code))
			return &c->by_name[i];
	must(!"a code that is there");
	return NULL;
}

static const struct catalogue_entry *of_exact_name(const struct catalogue *c,
						   const char *name,
						   size_t *count)
{
	size_t from = 0, to = c->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (strcmp(c->by_name[middle].name, name) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	while (to < c->count && text_same(c->by_name[to].name, name))
		to++;
	*count = to - from;
	return c->by_name + from;
}

const struct catalogue_entry *catalogue_of_name(const struct catalogue *c,
						const char *name,
						size_t *count)
{
	const struct catalogue_entry *at = of_exact_name(c, name, count);

	if (*count || !c->folded)
		return at;
	at = catalogue_find_folded(c, name);
	return at ? of_exact_name(c, at->name, count) : c->by_name;
}
