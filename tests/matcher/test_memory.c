/*
 * Every allocation may fail: each one in turn does, from the first to the last,
 * while an instance is read, placed, written, read back, verified, explained,
 * compared and changed. Nothing may leak (the sanitizer looks) and every
 * failure must say "memory".
 *
 * Linked with --wrap for match_take and match_grow.
 */
#include <stdio.h>
#include <string.h>

#include "documents.h"
#include "matcher/changes.h"
#include "matcher/compare.h"
#include "matcher/generate.h"
#include "matcher/insist.h"
#include "matcher/margin.h"
#include "matcher/memory.h"
#include "matcher/place.h"
#include "matcher/rerun.h"
#include "matcher/shortage.h"
#include "small.h"

void *__real_match_take(size_t count, size_t item_bytes);
void *__real_match_grow(void *at, size_t *room, size_t want, size_t item_bytes);
void *__wrap_match_take(size_t count, size_t item_bytes);
void *__wrap_match_grow(void *at, size_t *room, size_t want, size_t item_bytes);

static uint64_t calls, failing_call;

void *__wrap_match_take(size_t count, size_t item_bytes)
{
	return ++calls == failing_call ? NULL
				       : __real_match_take(count, item_bytes);
}

void *__wrap_match_grow(void *at, size_t *room, size_t want, size_t item_bytes)
{
	return ++calls == failing_call
		       ? NULL
		       : __real_match_grow(at, room, want, item_bytes);
}

/* Ask for every explanation there is; false: no memory. */
static bool explain(const struct match_instance *instance,
		    const struct match_result *result,
		    struct match_error *error)
{
	struct match_why why;
	struct match_why_student student;
	struct match_shortage shortage;
	struct match_margin margin, roots[8];
	bool is_done = match_why_init(&why, instance, result, error);

	if (!is_done)
		return false;
	for (uint32_t s = 0; is_done && s < instance->students.count; s++) {
		is_done = match_why_student(&why, s, &student, error);
		if (is_done)
			match_why_student_free(&student);
	}
	for (uint32_t g = 0; is_done && g < instance->groups.count; g++) {
		is_done = match_shortage(&why, g, &shortage, error);
		if (is_done)
			match_shortage_free(&shortage);
	}
	if (is_done && why.is_optimal && instance->postings.count)
		is_done = match_margin(&why, 0, &margin, error);
	if (is_done && why.is_optimal)
		is_done = match_margin_of_roots(&why, roots, error);
	match_why_free(&why);
	return is_done;
}

/* Judge a result that was read back, and explain it; false: no memory. */
static bool judge(const struct match_instance *instance, const char *sha256,
		  const char *text, size_t bytes, struct match_error *error)
{
	static struct match_faults faults;
	struct match_result result;
	bool is_done;

	if (!document_to_result(text, bytes, instance, &result, error))
		return false;
	is_done = match_verify(instance, sha256, &result, &faults, error);
	MATCH_INSIST(!is_done || !faults.count);
	is_done = is_done && explain(instance, &result, error);
	match_result_free(&result);
	return is_done;
}

static bool judge_pinned(const struct match_instance *instance,
			 const char *sha256, const struct document *document,
			 const struct match_result *previous,
			 struct match_error *error)
{
	static struct match_faults faults;
	struct match_result result;
	struct match_claim claim = {instance, sha256, &result, previous};
	bool is_done;

	if (!document_to_result(document->text, document->bytes, instance,
				&result, error))
		return false;
	is_done = match_verify_claim(&claim, &faults, error);
	MATCH_INSIST(!is_done || !faults.count);
	is_done = is_done && explain(instance, &result, error);
	match_result_free(&result);
	return is_done;
}

/* Place in mode optimal, write, read back, judge; false: no memory. */
static bool place_optimal(const struct match_instance *instance,
			  const char *sha256, struct match_error *error)
{
	struct document document = {NULL, 0, 0};
	struct match_result result, again;
	bool is_done;

	if (!match_place_optimal(instance, &result, error))
		return false;
	snprintf(result.instance_sha256, sizeof(result.instance_sha256), "%s",
		 sha256);
	document_from_result(&document, instance, &result);
	is_done = document_to_result(document.text, document.bytes, instance,
				     &again, error);
	if (is_done) {
		MATCH_INSIST(!memcmp(
			again.prices, result.prices,
			(instance->postings.count + instance->groups.count) *
				sizeof(*result.prices)));
		match_result_free(&again);
		is_done = judge(instance, sha256, document.text, document.bytes,
				error);
	}
	match_result_free(&result);
	document_free(&document);
	return is_done;
}

static bool place(const struct match_instance *instance, const char *sha256,
		  struct document *document, struct match_error *error)
{
	struct match_result result;

	if (!match_place_stable(instance, &result, error))
		return false;
	snprintf(result.instance_sha256, sizeof(result.instance_sha256), "%s",
		 sha256);
	document_from_result(document, instance, &result);
	match_result_free(&result);
	return true;
}

/* Place again with the pins, if they can stand; write, read back, judge. */
static bool place_pinned(const struct match_instance *instance,
			 const struct match_rerun *rerun, const char *sha256,
			 struct match_error *error)
{
	struct document document = {NULL, 0, 0};
	struct match_result result;
	bool is_done;

	if (!match_place_again(instance, rerun, &result, error))
		return error->status == MATCH_MALFORMED;
	snprintf(result.instance_sha256, sizeof(result.instance_sha256), "%s",
		 sha256);
	document_from_result(&document, instance, &result);
	match_result_free(&result);
	is_done = judge_pinned(instance, sha256, &document, rerun->previous,
			       error);
	document_free(&document);
	return is_done;
}

/* In both modes, alone and near the first placement; one posting is gone. */
static bool place_again(const struct match_instance *instance,
			const char *sha256, const struct document *placed,
			struct match_error *error)
{
	struct match_result previous;
	bool is_done = true;

	if (!document_to_previous(placed->text, placed->bytes, instance,
				  &previous, error))
		return false;
	if (previous.placement_count) {
		uint32_t *posting = &previous.placements[0].posting;

		if (!match_ids_put(&previous.strays,
				   (struct match_id){"gone", 4}, posting))
			is_done = match_no_memory(error);
		*posting += instance->postings.count;
	}
	for (int i = 0; is_done && i < 4; i++) {
		struct match_rerun rerun = {.is_optimal = i & 1,
					    .thread_count = 1,
					    .previous =
						    i & 2 ? &previous : NULL};

		is_done = place_pinned(instance, &rerun, sha256, error);
	}
	match_result_free(&previous);
	return is_done;
}

/* Drop a floor, as if on the command line. */
static bool change(struct match_instance *instance, struct match_error *error)
{
	struct match_change changes[2] = {{.kind = MATCH_SET_FLOOR},
					  {.kind = MATCH_SET_CAPACITY}};
	char text[2][32];
	struct match_id id;

	if (!instance->groups.count || !instance->postings.count)
		return true;
	id = match_ids_at(&instance->groups, 0);
	snprintf(text[0], sizeof(text[0]), "%.*s=0", MATCH_ID(id));
	id = match_ids_at(&instance->postings, 0);
	snprintf(text[1], sizeof(text[1]), "%.*s=%u", MATCH_ID(id),
		 instance->posting[0].capacity);
	changes[0].text = text[0];
	changes[1].text = text[1];
	return match_changes_apply(instance, changes, 2, error);
}

static bool run(const struct document *from, struct match_error *error)
{
	struct document placed = {NULL, 0, 0};
	struct match_instance instance;
	char sha256[MATCH_SHA256_HEX];
	bool is_done;

	if (!document_to_instance(from->text, from->bytes, &instance, sha256,
				  error))
		return false;
	is_done = place(&instance, sha256, &placed, error) &&
		  judge(&instance, sha256, placed.text, placed.bytes, error) &&
		  place_optimal(&instance, sha256, error) &&
		  place_again(&instance, sha256, &placed, error) &&
		  change(&instance, error);
	match_instance_free(&instance);
	document_free(&placed);
	return is_done;
}

static uint64_t fail_each(uint64_t seed)
{
	struct document from = {NULL, 0, 0};
	struct match_instance instance;
	struct match_error error;
	struct dice dice = {seed};
	char sha256[MATCH_SHA256_HEX];
	uint64_t failed = 0;

	failing_call = 0;
	small_instance(&dice, &instance);
	document_from_instance(&from, &instance, sha256);
	match_instance_free(&instance);
	for (failing_call = 1;; failing_call++, failed++) {
		calls = 0;
		if (run(&from, &error))
			break;
		MATCH_INSIST(error.status == MATCH_NO_MEMORY);
		MATCH_INSIST(strstr(error.text, "memory"));
	}
	MATCH_INSIST(calls < failing_call);
	document_free(&from);
	return failed;
}

static uint64_t fail_generation(void)
{
	struct match_generation order = {.students = 30, .seed = 4};
	struct match_instance instance;
	struct match_error error;
	uint64_t failed = 0;

	for (failing_call = 1;; failing_call++, failed++) {
		calls = 0;
		if (match_generate(&order, &instance, &error))
			break;
		MATCH_INSIST(error.status == MATCH_NO_MEMORY);
	}
	MATCH_INSIST(failed && calls < failing_call);
	match_instance_free(&instance);
	return failed;
}

static bool compare(const struct match_instance *instance,
		    const struct match_result results[MATCH_MODES],
		    struct match_error *error)
{
	struct match_comparison comparison;

	if (!match_compare(&comparison, instance, results, error))
		return false;
	match_comparison_free(&comparison);
	return true;
}

/* Only what comparing takes fails; placing is above. */
static uint64_t fail_each_of_comparing(uint64_t seed)
{
	struct match_result results[MATCH_MODES];
	struct match_instance instance;
	struct match_error error;
	struct dice dice = {seed};
	uint64_t failed = 0;

	failing_call = 0;
	small_instance(&dice, &instance);
	MATCH_INSIST(
		match_place_stable(&instance, &results[MATCH_STABLE], &error));
	MATCH_INSIST(match_place_optimal(&instance, &results[MATCH_OPTIMAL],
					 &error));
	for (failing_call = 1, calls = 0; !compare(&instance, results, &error);
	     failing_call++, calls = 0, failed++)
		MATCH_INSIST(error.status == MATCH_NO_MEMORY);
	MATCH_INSIST(calls < failing_call);
	failing_call = 0;
	for (int mode = 0; mode < MATCH_MODES; mode++)
		match_result_free(&results[mode]);
	match_instance_free(&instance);
	return failed;
}

int main(void)
{
	uint64_t failed = fail_generation();

	for (uint64_t seed = 0; seed < 60; seed++)
		failed += fail_each(seed << 32) +
			  fail_each_of_comparing(seed << 32);
	printf("%llu allocations failed in turn\n", (unsigned long long)failed);
	return failed ? 0 : 1;
}
