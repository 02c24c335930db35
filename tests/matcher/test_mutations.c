/*
 * A sound result, and all that differ from it in one place: every scalar
 * changed in several ways, every element of a list and every member of an
 * object left out, doubled, swapped with the next, every list lengthened. Each
 * must be refused by the reader or be called not sound, with words.
 *
 * Prices are the exception: other prices may prove the same, and weak duality
 * says whether they do. So is the word that it is pinned: without it the result
 * is judged as that of a first placement, which it may well be.
 *
 * Usage: test_mutations COUNT LONG_COUNT [INSTANCE.json ...]
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "dual.h"
#include "matcher/insist.h"
#include "matcher/pins.h"
#include "matcher/place.h"
#include "small.h"

/* One value of the document, from at[start] to before at[end]. */
struct value {
	size_t start, end;
	size_t item_start; /* with the member's name, if it has one */
	size_t parent;	   /* index of the value around it; its own: the root */
};

struct mutating {
	struct match_instance instance;
	char sha256[MATCH_SHA256_HEX];
	struct document sound;
	struct value values[4000];
	size_t value_count;
	bool is_optimal;
	/* Mode optimal only: the matching, in the instance it is best in. */
	const struct match_instance *judged;
	uint32_t held[200];
	size_t certificate; /* where its members begin */
	bool is_pinned, is_sound_unpinned;
	uint64_t tried, unreadable, misjudged, other_proofs, unpinned;
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
static size_t scan(struct mutating *m, size_t at, size_t item, size_t parent)
{
	const char *text = m->sound.text;
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

/* Other prices may prove the same: they do by weak duality, or not at all. */
static bool is_other_proof(struct mutating *m, size_t start,
			   const struct match_result *result)
{
	return m->is_optimal && start >= m->certificate && result->prices &&
	       dual_proves(m->judged, m->held, result->prices);
}

/* Is it sound, though it is another document? */
static bool is_sound_too(struct mutating *m, size_t start,
			 const struct match_result *result)
{
	if (m->is_pinned && !result->is_pinned) {
		m->unpinned += m->is_sound_unpinned;
		return m->is_sound_unpinned;
	}
	if (!is_other_proof(m, start, result))
		return false;
	m->other_proofs++;
	return true;
}

/* Judge the document with [start, end) replaced. */
static void try(struct mutating *m, size_t start, size_t end, const char *with)
{
	static struct match_faults faults;
	struct document mutant = {NULL, 0, 0};
	struct match_result result;
	struct match_error error = {MATCH_OK, ""};
	bool is_right;

	document_add(&mutant, m->sound.text, start);
	document_add(&mutant, with, strlen(with));
	document_add(&mutant, m->sound.text + end, m->sound.bytes - end);
	m->tried++;
	if (!document_to_result(mutant.text, mutant.bytes, &m->instance,
				&result, &error)) {
		m->unreadable++;
		MATCH_INSIST(error.status != MATCH_OK && error.text[0]);
	} else {
		MATCH_INSIST(match_verify(&m->instance, m->sha256, &result,
					  &faults, &error));
		is_right = is_sound_too(m, start, &result);
		if (is_right != !faults.count) {
			m->misjudged++;
			printf("misjudged: \"%.*s\" became \"%s\" in\n%s",
			       (int)(end - start), m->sound.text + start, with,
			       m->sound.text);
		}
		for (uint64_t i = 0; i < faults.count && i < 100; i++)
			MATCH_INSIST(faults.kept[i].text[0]);
		match_result_free(&result);
	}
	document_free(&mutant);
}

static void copy(const struct mutating *m, char *to, size_t room, size_t start,
		 size_t end)
{
	snprintf(to, room, "%.*s", (int)(end - start), m->sound.text + start);
}

static void change_negative(struct mutating *m, const struct value *v,
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

static void change_scalar(struct mutating *m, const struct value *v)
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
static void change_text(struct mutating *m, const struct value *v)
{
	const char *text = m->sound.text;
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

static void lengthen(struct mutating *m, const struct value *v)
{
	static const char *const more[] = {"{}", "\"x\"", "1", "[]"};
	char open = m->sound.text[v->start];
	bool is_empty = m->sound.text[v->start + 1] == ']' ||
			m->sound.text[v->start + 1] == '}';
	char with[32];

	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++) {
		snprintf(with, sizeof(with), "%s%s%s", is_empty ? "" : ", ",
			 open == '{' ? "\"x\": " : "", more[i]);
		try(m, v->end - 1, v->end - 1, with);
	}
}

/* Leave an item out, double it, swap it with the next one. */
static void change_item(struct mutating *m, size_t i)
{
	const struct value *v = &m->values[i], *next = NULL;
	const char *text = m->sound.text;
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

static void mutate(struct mutating *m)
{
	struct match_result result;
	struct match_error error;
	static struct match_faults faults;

	MATCH_INSIST(document_to_result(m->sound.text, m->sound.bytes,
					&m->instance, &result, &error));
	MATCH_INSIST(match_verify(&m->instance, m->sha256, &result, &faults,
				  &error));
	if (faults.count) {
		printf("not sound: %s\n", faults.kept[0].text);
		m->misjudged++;
	}
	match_result_free(&result);
	m->value_count = 0;
	scan(m, 0, 0, 0);
	for (size_t i = 0; i < m->value_count; i++) {
		const struct value *v = &m->values[i];
		char first = m->sound.text[v->start];

		if (first == '{' || first == '[') {
			lengthen(m, v);
		} else {
			change_scalar(m, v);
			change_text(m, v);
		}
		if (i)
			change_item(m, i);
	}
	document_free(&m->sound);
}

static void mutate_stable(struct mutating *m)
{
	m->is_optimal = m->is_pinned = false;
	document_place(&m->sound, &m->instance, m->sha256);
	mutate(m);
}

/* Prices at random, until they prove a best matching. */
static bool find_proof(struct mutating *m, struct dice *dice,
		       struct match_price *prices)
{
	dual_best(&m->instance, m->held);
	for (int i = 0; i < 100; i++) {
		dual_roll_prices(dice, &m->instance, prices);
		if (dual_proves(&m->instance, m->held, prices))
			return true;
	}
	return false;
}

/* Takes the result; held and judged are set. */
static void mutate_certified(struct mutating *m, struct match_result *result)
{
	static const char opening[] = "\"certificate\": {";
	const char *at;

	m->is_optimal = true;
	snprintf(result->instance_sha256, sizeof(result->instance_sha256), "%s",
		 m->sha256);
	document_from_result(&m->sound, &m->instance, result);
	match_result_free(result);
	at = strstr(m->sound.text, opening);
	MATCH_INSIST(at);
	m->certificate = (size_t)(at - m->sound.text) + strlen(opening);
	mutate(m);
}

/* Takes the result. */
static void mutate_optimal(struct mutating *m, struct match_result *result)
{
	MATCH_INSIST(m->instance.students.count <=
		     sizeof(m->held) / sizeof(*m->held));
	m->is_pinned = false;
	m->judged = &m->instance;
	dual_held(m->judged, result, m->held);
	mutate_certified(m, result);
}

static void mutate_solved(struct mutating *m)
{
	struct match_result result;
	struct match_error error;

	MATCH_INSIST(match_place_optimal(&m->instance, &result, &error));
	mutate_optimal(m, &result);
}

/* Would the result be sound if it did not say that it is pinned? */
static bool is_sound_unpinned(const struct mutating *m,
			      const struct match_result *result)
{
	struct match_result plain = *result;
	struct document told = {NULL, 0, 0}, right = {NULL, 0, 0};
	uint32_t held[DUAL_STUDENTS];
	bool is_sound;

	if (result->prices) {
		dual_held(&m->instance, result, held);
		return dual_proves(&m->instance, held, result->prices);
	}
	plain.is_pinned = false;
	snprintf(plain.instance_sha256, sizeof(plain.instance_sha256), "%s",
		 m->sha256);
	document_from_result(&told, &m->instance, &plain);
	document_place(&right, &m->instance, m->sha256);
	is_sound = !strcmp(told.text, right.text);
	document_free(&told);
	document_free(&right);
	return is_sound;
}

/* Takes the result of a re-run. */
static void mutate_rerun(struct mutating *m, const struct match_pins *pins,
			 struct match_result *result)
{
	const struct match_instance *in = &m->instance;

	m->is_pinned = true;
	m->is_sound_unpinned = is_sound_unpinned(m, result);
	if (result->prices) {
		m->judged = &pins->rest;
		dual_held(in, result, m->held);
		for (uint32_t s = 0; s < in->students.count; s++)
			if (in->pinned[s] != MATCH_NONE)
				m->held[s] = MATCH_NONE;
			else if (m->held[s] != MATCH_NONE)
				m->held[s] += pins->rest.choice_start[s] -
					      in->choice_start[s];
		mutate_certified(m, result);
		return;
	}
	m->is_optimal = false;
	snprintf(result->instance_sha256, sizeof(result->instance_sha256), "%s",
		 m->sha256);
	document_from_result(&m->sound, in, result);
	match_result_free(result);
	mutate(m);
}

/* Both modes, if there are pins and they can stand. */
static void mutate_pinned(struct mutating *m)
{
	struct match_pins pins;
	struct match_result result;
	struct match_error error;

	if (!match_pins_init(&pins, &m->instance, NULL, &error))
		return;
	for (int is_optimal = 0; pins.pinned_count && is_optimal < 2;
	     is_optimal++) {
		MATCH_INSIST(match_place_pinned(&m->instance, is_optimal, NULL,
						&result, &error));
		mutate_rerun(m, &pins, &result);
	}
	match_pins_free(&pins);
}

static void mutate_file(struct mutating *m, const char *path)
{
	struct document file = {NULL, 0, 0};
	struct match_error error;

	MATCH_INSIST(document_from_file(&file, path));
	MATCH_INSIST(document_to_instance(file.text, file.bytes, &m->instance,
					  m->sha256, &error));
	mutate_stable(m);
	mutate_solved(m);
	match_instance_free(&m->instance);
	document_free(&file);
}

static void mutate_small(struct mutating *m, uint64_t seed)
{
	struct match_price prices[DUAL_NODES];
	struct match_result result;
	struct document file = {NULL, 0, 0};
	struct dice dice = {seed};

	small_instance(&dice, &m->instance);
	document_from_instance(&file, &m->instance, m->sha256);
	mutate_stable(m);
	mutate_solved(m);
	if (find_proof(m, &dice, prices)) {
		dual_result(&m->instance, m->held, prices, &result);
		mutate_optimal(m, &result);
	}
	mutate_pinned(m);
	match_instance_free(&m->instance);
	document_free(&file);
}

int main(int argument_count, char **arguments)
{
	static struct mutating m;
	unsigned long long count;

	MATCH_INSIST(argument_count >= 3);
	count = count_of_run(arguments[1], arguments[2]);
	for (int i = 3; i < argument_count; i++)
		mutate_file(&m, arguments[i]);
	for (unsigned long long i = 0; i < count; i++)
		mutate_small(&m, UINT64_C(77) << 32 | i);
	printf("%d files, %llu small instances: %llu mutations, %llu of them "
	       "unreadable, %llu other proofs, %llu pins without influence, "
	       "%llu misjudged\n",
	       argument_count - 3, count, (unsigned long long)m.tried,
	       (unsigned long long)m.unreadable,
	       (unsigned long long)m.other_proofs,
	       (unsigned long long)m.unpinned, (unsigned long long)m.misjudged);
	return m.misjudged || !m.tried || !m.other_proofs || !m.unpinned;
}
