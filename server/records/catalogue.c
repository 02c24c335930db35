/* catalogue.c - a sorted array and two searches. */
#include "records/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Columns of schema/queries/specialties_all.sql. */
enum { CODE, NAME, LEVEL };

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

void catalogue_from_rows(struct catalogue *c, struct arena *mem,
			 const struct rows *rows)
{
	c->count = (size_t)rows_count(rows);
	c->by_name = arena_array(mem, struct catalogue_entry, c->count);
	for (int i = 0; i < rows_count(rows); i++)
		c->by_name[i] = (struct catalogue_entry){
			.name = rows_text(rows, i, NAME),
			.code = rows_text(rows, i, CODE),
			.level = rows_text(rows, i, LEVEL)
		};
	qsort(c->by_name, c->count, sizeof(c->by_name[0]), by_name);
	c->codes = arena_array(mem, const char *, c->count);
	for (size_t i = 0; i < c->count; i++)
		c->codes[i] = c->by_name[i].code;
	qsort(c->codes, c->count, sizeof(c->codes[0]), by_code);
	catalogue_fold(c, mem);
}

bool catalogue_has_code(const struct catalogue *c, const char *code)
{
	return bsearch(&code, c->codes, c->count, sizeof(c->codes[0]),
		       by_code) != NULL;
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

const char *catalogue_code(const struct catalogue *c, const char *name,
			   const char *level)
{
	size_t count;
	const struct catalogue_entry *at = catalogue_of_name(c, name, &count);

	if (count == 1)
		return at->code;
	for (size_t i = 0; i < count; i++)
		if (text_same(at[i].level, level))
			return at[i].code;
	return NULL;
}
