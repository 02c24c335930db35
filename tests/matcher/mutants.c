/* By the places of its values, so that a mutant differs in one of them only. */
#include "mutants.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/result.h"

/* One value of the document, from at[start] to before at[end]. */
struct value {
	size_t start, end;
	size_t item_start; /* with the member's name, if it has one */
	size_t parent;	   /* index of the value around it; its own: the root */
};

struct mutants {
	const struct document *sound;
	mutant_judge *judge;
	void *to;
	struct value values[4000];
	size_t value_count;
};

static size_t skip_space(const char *text, size_t at)
{
	while (isspace((unsigned char)text[at]))
		at++;
	return at;
}

static size_t skip_text(const char *text, size_t at)
{
	for (at++; text[at] != '"'; at++)
		at += text[at] == '\\';
	return at + 1;
}

/* Find all values; the document is our own writer's, so it is well formed. */
static size_t scan(struct mutants *m, size_t at, size_t item, size_t parent)
{
	const char *text = m->sound->text;
	size_t self = m->value_count++;

	MATCH_INSIST(self < sizeof(m->values) / sizeof(*m->values));
	m->values[self] = (struct value){at, at, item, parent};
	if (text[at] == '"') {
		at = skip_text(text, at);
	} else if (text[at] != '{' && text[at] != '[') {
		at += strcspn(text + at, ",]} \n");
	} else {
		bool is_object = text[at] == '{';

		at = skip_space(text, at + 1);
		while (text[at] != '}' && text[at] != ']') {
			item = at;
			if (is_object)
				at = skip_space(text, skip_text(text, at) + 1);
			at = skip_space(text, scan(m, at, item, self));
			at = skip_space(text, at + (text[at] == ','));
		}
		at++;
	}
	m->values[self].end = at;
	return at;
}

/* Judge the document with [start, end) replaced. */
static void try(struct mutants *m, size_t start, size_t end, const char *with)
{
	struct mutant mutant = {.start = start, .end = end, .with = with};

	document_add(&mutant.document, m->sound->text, start);
	document_add(&mutant.document, with, strlen(with));
	document_add(&mutant.document, m->sound->text + end,
		     m->sound->bytes - end);
	m->judge(m->to, &mutant);
	document_free(&mutant.document);
}

static void copy(const struct mutants *m, char *to, size_t room, size_t start,
		 size_t end)
{
	snprintf(to, room, "%.*s", (int)(end - start), m->sound->text + start);
}

static void change_negative(struct mutants *m, const struct value *v,
			    long long number)
{
	const long long others[] = {
		number + 1, number - 1,	      0,
		-number,    -MATCH_PRICE_MAX, MATCH_PRICE_MAX + 1};
	char with[32];

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		snprintf(with, sizeof(with), "%lld", others[i]);
		if (others[i] != number)
			try(m, v->start, v->end, with);
	}
	try(m, v->start, v->end, "null");
}

static void change_scalar(struct mutants *m, const struct value *v)
{
	char now[400], with[500];

	copy(m, now, sizeof(now), v->start, v->end);
	if (now[0] == '"') {
		snprintf(with, sizeof(with), "\"x%s", now + 1);
		try(m, v->start, v->end, with);
		try(m, v->start, v->end, "\"\"");
		try(m, v->start, v->end, "7");
	} else {
		unsigned long long number = strtoull(now, NULL, 10);

		if (now[0] == '-') {
			change_negative(m, v, strtoll(now, NULL, 10));
			return;
		}
		snprintf(with, sizeof(with), "%llu", number + 1);
		try(m, v->start, v->end, with);
		snprintf(with, sizeof(with), "%llu",
			 number ? number - 1 : 1000);
		try(m, v->start, v->end, with);
		snprintf(with, sizeof(with), "-%llu", number + 1);
		try(m, v->start, v->end, with);
		try(m, v->start, v->end, "\"x\"");
	}
	if (now[0] != 'n')
		try(m, v->start, v->end, "null");
	if (now[0] != 't')
		try(m, v->start, v->end, "true");
	try(m, v->start, v->end, "false");
}

/* Every other text of the document in its place: ids of every kind. */
static void change_text(struct mutants *m, const struct value *v)
{
	const char *text = m->sound->text;
	size_t bytes = v->end - v->start;
	char with[400];

	for (size_t i = 0; text[v->start] == '"' && i < m->value_count; i++) {
		const struct value *o = &m->values[i];

		if (text[o->start] != '"' ||
		    (o->end - o->start == bytes &&
		     !memcmp(text + o->start, text + v->start, bytes)))
			continue;
		copy(m, with, sizeof(with), o->start, o->end);
		try(m, v->start, v->end, with);
	}
}

static void lengthen(struct mutants *m, const struct value *v)
{
	static const char *const more[] = {"{}", "\"x\"", "1", "[]"};
	char open = m->sound->text[v->start];
	bool is_empty = m->sound->text[v->start + 1] == ']' ||
			m->sound->text[v->start + 1] == '}';
	char with[32];

	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++) {
		snprintf(with, sizeof(with), "%s%s%s", is_empty ? "" : ", ",
			 open == '{' ? "\"x\": " : "", more[i]);
		try(m, v->end - 1, v->end - 1, with);
	}
	snprintf(with, sizeof(with), "%s\"kept\": 0", is_empty ? "" : ", ");
	if (open == '{') /* the one member that a price may have or not */
		try(m, v->end - 1, v->end - 1, with);
}

/* Leave an item out, double it, swap it with the next one. */
static void change_item(struct mutants *m, size_t i)
{
	const struct value *v = &m->values[i], *next = NULL;
	const char *text = m->sound->text;
	static char with[40000], item[20000];
	size_t after = skip_space(text, v->end), before = v->item_start;

	for (size_t j = i + 1; j < m->value_count && !next; j++)
		if (m->values[j].parent == v->parent)
			next = &m->values[j];
	if (v->end - v->item_start >= sizeof(item))
		return;
	copy(m, item, sizeof(item), v->item_start, v->end);
	if (text[after] == ',') {
		after++;
	} else {
		after = v->end;
		while (isspace((unsigned char)text[before - 1]))
			before--;
		before -= text[before - 1] == ',';
	}
	try(m, before, after, "");
	snprintf(with, sizeof(with), "%s, ", item);
	try(m, v->item_start, v->item_start, with);
	if (!next || text[m->values[v->parent].start] == '{')
		return; /* the members of an object have no order */
	snprintf(with, sizeof(with), "%.*s, %s",
		 (int)(next->end - next->item_start), text + next->item_start,
		 item);
	try(m, v->item_start, next->end, with);
}

void mutants_judge(const struct document *sound, mutant_judge *judge, void *to)
{
	static struct mutants m;

	m.sound = sound;
	m.judge = judge;
	m.to = to;
	m.value_count = 0;
	scan(&m, 0, 0, 0);
	for (size_t i = 0; i < m.value_count; i++) {
		const struct value *v = &m.values[i];
		char first = sound->text[v->start];

		if (first == '{' || first == '[') {
			lengthen(&m, v);
		} else {
			change_scalar(&m, v);
			change_text(&m, v);
		}
		if (i)
			change_item(&m, i);
	}
}
