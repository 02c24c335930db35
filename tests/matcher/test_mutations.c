/*
 * A sound result, and all that differ from it in one place (mutants.h). Each
 * must be refused by the reader or be called not sound, with words.
 *
 * Prices are the exception: other prices may prove the same, and weak duality
 * says whether they do. So is the word that it is pinned: without it the result
 * is judged as that of a first placement, which it may well be.
 *
 * Usage: test_mutations COUNT LONG_COUNT [INSTANCE.json ...]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "dual.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "matcher/rerun.h"
#include "mutants.h"
#include "small.h"

struct mutating {
	struct match_instance instance;
	char sha256[MATCH_SHA256_HEX];
	struct document sound;
	bool is_optimal;
	/* Mode optimal only: the matching, in the instance it is best in. */
	const struct match_instance *judged;
	uint32_t held[200];
	size_t certificate; /* where its members begin */
	bool is_pinned, is_sound_unpinned;
	/* A re-run near a previous result, else NULL. */
	const struct match_result *previous;
	uint32_t prior[DUAL_STUDENTS];
	uint64_t tried, unreadable, misjudged, other_proofs, unpinned;
	uint64_t near_proofs;
};

static bool is_priced(const struct mutating *m,
		      const struct match_result *result)
{
	uint32_t count = m->instance.postings.count + m->instance.groups.count;

	for (uint32_t v = 0; v < count; v++)
		if (result->prices[v].shortfall || result->prices[v].placed ||
		    result->prices[v].score)
			return true;
	return false;
}

/* Other prices may prove the same: they do by weak duality, or not at all. */
static bool is_other_proof(struct mutating *m, size_t start,
			   const struct match_result *result)
{
	const struct dual_near near = {m->prior, result->kept_prices};

	if (!m->is_optimal || start < m->certificate || !result->prices)
		return false;
	if (!m->previous)
		return !result->kept_prices &&
		       dual_proves(m->judged, m->held, result->prices);
	/* The fourth member may be missing only where no price is. */
	return (result->kept_prices || !is_priced(m, result)) &&
	       dual_proves_near(m->judged, m->held, result->prices, &near);
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
	m->near_proofs += m->previous != NULL;
	return true;
}

static uint64_t count_faults(const struct mutating *m,
			     const struct match_result *result)
{
	const struct match_claim claim = {.instance = &m->instance,
					  .instance_sha256 = m->sha256,
					  .result = result,
					  .previous = m->previous};
	static struct match_faults faults;
	struct match_error error;

	MATCH_INSIST(match_verify_claim(&claim, &faults, &error));
	for (uint64_t i = 0; i < faults.count && i < MATCH_FAULTS_KEPT; i++)
		MATCH_INSIST(faults.kept[i].text[0]);
	return faults.count;
}

static void judge(void *to, const struct mutant *mutant)
{
	struct mutating *m = to;
	struct match_result result;
	struct match_error error = {MATCH_OK, ""};

	m->tried++;
	if (!document_to_result(mutant->document.text, mutant->document.bytes,
				&m->instance, &result, &error)) {
		m->unreadable++;
		MATCH_INSIST(error.status != MATCH_OK && error.text[0]);
		return;
	}
	if (is_sound_too(m, mutant->start, &result) !=
	    !count_faults(m, &result)) {
		m->misjudged++;
		printf("misjudged: \"%.*s\" became \"%s\" in\n%s",
		       (int)(mutant->end - mutant->start),
		       m->sound.text + mutant->start, mutant->with,
		       m->sound.text);
	}
	match_result_free(&result);
}

static void mutate(struct mutating *m)
{
	struct match_result result;
	struct match_error error;

	MATCH_INSIST(document_to_result(m->sound.text, m->sound.bytes,
					&m->instance, &result, &error));
	if (count_faults(m, &result)) {
		printf("not sound:\n%s", m->sound.text);
		m->misjudged++;
	}
	match_result_free(&result);
	mutants_judge(&m->sound, judge, m);
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
	m->is_sound_unpinned = !m->previous && is_sound_unpinned(m, result);
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

/* Half of them as they are first placed; one is new, one was at what is gone.
 */
static void make_previous(struct mutating *m, struct match_result *previous)
{
	const struct match_instance *in = &m->instance;
	struct match_error error;
	uint32_t kept = 0;

	MATCH_INSIST(match_place_stable(in, previous, &error));
	for (uint32_t i = 0; i < previous->placement_count; i++)
		if (i % 3 != 2)
			previous->placements[kept++] = previous->placements[i];
	previous->placement_count = kept;
	if (!kept)
		return;
	match_ids_init(&previous->strays, in->students.key);
	MATCH_INSIST(match_ids_put(&previous->strays,
				   (struct match_id){"old \"p\"", 7},
				   &previous->placements[0].posting));
	previous->placements[0].posting += in->postings.count;
}

static void list_prior(struct mutating *m, const struct match_result *previous)
{
	memset(m->prior, 0xff, sizeof(m->prior));
	for (uint32_t i = 0; i < previous->placement_count; i++)
		m->prior[previous->placements[i].student] =
			previous->placements[i].posting;
}

/* Both modes, if there are pins and they can stand. */
static void mutate_pinned(struct mutating *m, bool is_near)
{
	struct match_pins pins;
	struct match_result result, previous;
	struct match_error error;

	if (!match_pins_init(&pins, &m->instance, NULL, &error))
		return;
	make_previous(m, &previous);
	list_prior(m, &previous);
	m->previous = is_near ? &previous : NULL;
	for (int is_optimal = 0; pins.pinned_count && is_optimal < 2;
	     is_optimal++) {
		struct match_rerun rerun = {.is_optimal = is_optimal,
					    .thread_count = 1,
					    .previous = m->previous};

		MATCH_INSIST(match_place_again(&m->instance, &rerun, &result,
					       &error));
		mutate_rerun(m, &pins, &result);
	}
	m->previous = NULL;
	match_result_free(&previous);
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
	mutate_pinned(m, false);
	mutate_pinned(m, true);
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
	       "unreadable, %llu other proofs (%llu near another result), %llu "
	       "pins without influence, "
	       "%llu misjudged\n",
	       argument_count - 3, count, (unsigned long long)m.tried,
	       (unsigned long long)m.unreadable,
	       (unsigned long long)m.other_proofs,
	       (unsigned long long)m.near_proofs,
	       (unsigned long long)m.unpinned, (unsigned long long)m.misjudged);
	return m.misjudged || !m.tried || !m.near_proofs ||
	       m.near_proofs == m.other_proofs || !m.unpinned;
}
