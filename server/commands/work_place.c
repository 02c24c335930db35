/*
 * work_place.c - places a frozen instance and has the result checked: by the
 * independent checker, from the documents alone, as a school would.
 */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/uuid.h"
#include "commands/work_again.h"
#include "commands/work_round.h"
#include "matcher/files/instance_file.h"
#include "matcher/files/result_file.h"
#include "matcher/place.h"
#include "matcher/rerun.h"
#include "matcher/verify.h"

bool outcome_write(void *to, const char *bytes, size_t count)
{
	buf_bytes(to, bytes, count);
	return true;
}

/* The first pin that cannot stand, for whoever reads why the run failed. */
static void note_flaw(void *to, const char *text)
{
	struct buf *first = to;

	if (first->used == 0)
		buf_print(first, "%s", text);
}

/* Who is pinned stays, and of what is as good the fewest move. */
static bool place_again(const struct work *work, struct outcome *o,
			struct buf *flaw, struct match_error *error)
{
	const struct match_pin_listener listener = { note_flaw, flaw };
	struct match_result previous = { .placement_count = 0 };
	struct match_rerun how = {
		.is_optimal = text_same(work->mode, "optimal"),
		.thread_count = 1,
		.previous = &previous,
		.listener = &listener,
	};
	bool is_good = again_previous(o, &o->instance, &previous, error) &&
		       match_place_again(&o->instance, &how, &o->result,
					 error);

	match_result_free(&previous);
	return is_good;
}

/* Phases get shorter and may be fewer, so this is at least so far. */
static void tell(void *to, const struct match_progress *at)
{
	size_t done = (at->objective - 1) * 100 +
		      (at->phase - 1) * 100 / at->phase_count;

	progress_share(to, done, at->objective_count * 100);
}

static bool place(const struct work *work, struct outcome *o,
		  struct buf *flaw, struct match_error *error)
{
	const struct match_watch watch = { tell, work->progress };
	const struct match_optimal_order order = { .watch = &watch };

	if (o->is_again)
		return place_again(work, o, flaw, error);
	if (text_same(work->mode, "optimal"))
		return match_place_optimal_by(&o->instance, &order, &o->result,
					      error);
	must(text_same(work->mode, "stable"));
	return match_place_stable(&o->instance, &o->result, error);
}

bool round_place(const struct work *work, struct outcome *o,
		 struct fault *fault)
{
	char digest[sizeof(o->result.instance_sha256)];
	struct match_error error = { .text = "" };
	int64_t started = clock_ms();
	struct match_sink sink;
	struct buf flaw = { 0 };
	bool is_placed;

	progress_phase(work->progress, PHASE_PLACE);
	memcpy(digest, o->result.instance_sha256, sizeof(digest));
	is_placed = place(work, o, &flaw, &error);
	if (!is_placed)
		(void)fault_set(fault, FAULT_BUG, "placing: %s%s%.*s",
				error.text, flaw.used ? ": " : "",
				(int)flaw.used, flaw.used ? flaw.at : "");
	buf_close(&flaw);
	if (!is_placed)
		return false;
	memcpy(o->result.instance_sha256, digest, sizeof(digest));
	match_sink_init(&sink, outcome_write, &o->result_text);
	match_result_write(&o->instance, &o->result, &sink);
	must(match_sink_finish(&sink, NULL));
	o->place_ms = clock_ms() - started;
	return true;
}

static struct match_source source_of(struct match_memory_source *memory,
				     const struct buf *text)
{
	memory->at = text->at;
	memory->rest = text->used;
	return (struct match_source){ match_memory_source_read, memory };
}

/* What the checker holds: its own reading of both documents. */
struct reading {
	struct match_instance instance;
	struct match_result result, previous;
	struct match_faults faults;
	char digest[MATCH_SHA256_HEX];
};

static bool read_and_judge(const struct outcome *o, struct reading *r,
			   struct match_error *error)
{
	struct match_claim claim = { .instance = &r->instance,
				     .instance_sha256 = r->digest,
				     .result = &r->result };
	struct match_memory_source memory;
	const struct uuid key = uuid_new();
	uint64_t hash_key[2];

	memcpy(hash_key, key.bytes, sizeof(hash_key));
	if (o->is_again)
		claim.previous = &r->previous;
	return match_instance_read(source_of(&memory, &o->instance_text),
				   hash_key, &r->instance, r->digest, error) &&
	       match_result_read(source_of(&memory, &o->result_text),
				 &r->instance, &r->result, error) &&
	       (!o->is_again ||
		again_previous(o, &r->instance, &r->previous, error)) &&
	       match_verify_claim(&claim, &r->faults, error);
}

bool round_verify(const struct work *work, struct outcome *o,
		  struct fault *fault)
{
	struct match_error error = { .text = "" };
	struct arena *mem = arena_open();
	struct reading *r = arena_new(mem, struct reading);
	int64_t started = clock_ms();
	bool is_good;

	progress_phase(work->progress, PHASE_VERIFY);
	is_good = read_and_judge(o, r, &error);
	if (!is_good)
		(void)fault_set(fault, FAULT_BUG, "verifying: %s", error.text);
	else if (r->faults.count > 0)
		is_good = fault_set(fault, FAULT_BUG,
				    "the result is not sound: %.180s",
				    r->faults.kept[0].text);
	match_result_free(&r->previous);
	match_result_free(&r->result);
	match_instance_free(&r->instance);
	arena_close(mem);
	o->verify_ms = clock_ms() - started;
	return is_good;
}
