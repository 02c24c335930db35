/*
 * The result reader. It takes any claim that has the right shape; ids that the
 * instance does not know are kept as strays, so that a fault can name them.
 */
#include <string.h>

#include "matcher/files/doc_read.h"
#include "matcher/files/price_read.h"
#include "matcher/files/result_file.h"
#include "matcher/memory.h"

struct reading {
	const struct match_instance *instance;
	struct match_result *result;
	bool is_previous; /* of an earlier form of the instance, perhaps */
	size_t placement_room, unplaced_room, group_room, cutoff_room;
	size_t own_move_room, move_room;
	/* The entry that is being read. */
	struct match_placement placement;
	struct match_group_line group;
	struct match_cutoff cutoff;
	struct match_own_move own_move;
	struct match_move move;
	char binding[MATCH_ID_BYTES_MAX];
	uint32_t binding_bytes;
};

/* Room for one entry more, or NULL; the error is filled. */
static void *room_for(struct doc_reader *r, void *at, size_t *room,
		      uint32_t count, size_t item_bytes)
{
	void *grown;

	if (count >= MATCH_RESULT_LINES_MAX) {
		match_fail(r->error, MATCH_TOO_LARGE,
			   "the list has over %u entries",
			   MATCH_RESULT_LINES_MAX);
		doc_refuse_placed(r);
		return NULL;
	}
	grown = match_grow(at, room, (size_t)count + 1, item_bytes);
	if (!grown)
		match_no_memory(r->error);
	return grown;
}

/* The number of an id; strays come after the instance's own. */
static bool number_of(struct doc_reader *r, struct reading *reading,
		      const struct match_ids *ids, struct match_id id,
		      uint32_t *number)
{
	*number = match_ids_find(ids, id);
	if (*number != MATCH_NONE)
		return true;
	if (!match_ids_put(&reading->result->strays, id, number))
		return match_no_memory(r->error);
	if (*number >= MATCH_RESULT_LINES_MAX)
		return doc_refuse(r, "too many unknown ids");
	*number += ids->count;
	return true;
}

static bool read_number_of(struct doc_reader *r, struct reading *reading,
			   const struct match_ids *ids, uint32_t *number)
{
	return doc_text(r) &&
	       number_of(r, reading, ids, doc_last_text(r), number);
}

static bool signed_or_null(struct doc_reader *r, bool *is_there,
			   int64_t *number)
{
	bool is_null;

	if (!doc_null(r, &is_null))
		return false;
	*is_there = !is_null;
	return is_null || doc_signed(r, number);
}

static bool read_word(struct doc_reader *r, char word[MATCH_TEXT_ROOM])
{
	if (!doc_text(r))
		return false;
	memcpy(word, r->text, r->text_bytes);
	word[r->text_bytes] = '\0';
	return true;
}

/*
 * A member reader per field: the same three lines, with the field between.
 */
#define MEMBER(NAME, READ)                                 \
	static bool NAME(struct doc_reader *r, void *into) \
	{                                                  \
		struct reading *reading = into;            \
		return READ;                               \
	}

#define STUDENTS (&reading->instance->students)
#define POSTINGS (&reading->instance->postings)
#define GROUPS (&reading->instance->groups)

MEMBER(read_format, read_word(r, reading->result->format))
MEMBER(read_mode, read_word(r, reading->result->mode))
MEMBER(read_seed, read_word(r, reading->result->seed))
MEMBER(read_sha256, read_word(r, reading->result->instance_sha256))
MEMBER(read_pin, doc_true(r, &reading->result->is_pinned))
MEMBER(read_all_shortfall, doc_signed(r, &reading->result->objective.shortfall))
MEMBER(read_all_placed, doc_signed(r, &reading->result->objective.placed))
MEMBER(read_all_score, doc_signed(r, &reading->result->objective.score))

MEMBER(read_student,
       read_number_of(r, reading, STUDENTS, &reading->placement.student))
MEMBER(read_posting,
       read_number_of(r, reading, POSTINGS, &reading->placement.posting))
MEMBER(read_score, doc_signed(r, &reading->placement.score))
MEMBER(read_choice, doc_signed(r, &reading->placement.choice))

MEMBER(read_group_id, read_number_of(r, reading, GROUPS, &reading->group.group))
MEMBER(read_placed, doc_signed(r, &reading->group.placed))
MEMBER(read_lower, doc_signed(r, &reading->group.lower))
MEMBER(read_upper,
       signed_or_null(r, &reading->group.has_upper, &reading->group.upper))
MEMBER(read_shortfall, doc_signed(r, &reading->group.shortfall))

MEMBER(read_cutoff_posting,
       read_number_of(r, reading, POSTINGS, &reading->cutoff.posting))
MEMBER(read_cutoff_rank,
       signed_or_null(r, &reading->cutoff.has_rank, &reading->cutoff.rank))
MEMBER(read_cutoff_score,
       signed_or_null(r, &reading->cutoff.has_score, &reading->cutoff.score))

MEMBER(read_own_student,
       read_number_of(r, reading, STUDENTS, &reading->own_move.student))
MEMBER(read_own_from,
       read_number_of(r, reading, POSTINGS, &reading->own_move.from))
MEMBER(read_own_to, read_number_of(r, reading, POSTINGS, &reading->own_move.to))

/* A posting, or null where a student is not placed. */
static bool read_place(struct doc_reader *r, struct reading *reading,
		       uint32_t *posting)
{
	bool is_null;

	if (!doc_null(r, &is_null))
		return false;
	*posting = MATCH_NONE;
	return is_null || read_number_of(r, reading, POSTINGS, posting);
}

MEMBER(read_move_student,
       read_number_of(r, reading, STUDENTS, &reading->move.student))
MEMBER(read_move_from, read_place(r, reading, &reading->move.from))
MEMBER(read_move_to, read_place(r, reading, &reading->move.to))

static bool read_cutoff_lottery(struct doc_reader *r, void *into)
{
	struct match_cutoff *cutoff = &((struct reading *)into)->cutoff;
	bool is_null;

	if (!doc_null(r, &is_null))
		return false;
	cutoff->has_lottery = !is_null;
	return is_null || doc_number(r, UINT64_MAX, &cutoff->lottery);
}

/* Kept as text: which node it names depends on the entry's posting. */
static bool read_cutoff_binding(struct doc_reader *r, void *into)
{
	struct reading *reading = into;

	if (!doc_text(r))
		return false;
	memcpy(reading->binding, r->text, r->text_bytes);
	reading->binding_bytes = r->text_bytes;
	return true;
}

static bool read_objective(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"shortfall", false, read_all_shortfall},
		{"placed", false, read_all_placed},
		{"score", false, read_all_score},
		{NULL, false, NULL},
	};

	return doc_object(r, members, into);
}

static bool read_placement(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"student", false, read_student},
		{"posting", false, read_posting},
		{"score", false, read_score},
		{"choice", false, read_choice},
		{NULL, false, NULL},
	};
	struct reading *reading = into;
	struct match_result *result = reading->result;
	struct match_placement *grown;

	if (!doc_object(r, members, reading))
		return false;
	grown = room_for(r, result->placements, &reading->placement_room,
			 result->placement_count, sizeof(*grown));
	if (!grown)
		return false;
	result->placements = grown;
	grown[result->placement_count++] = reading->placement;
	return true;
}

static bool read_unplaced(struct doc_reader *r, void *into)
{
	struct reading *reading = into;
	struct match_result *result = reading->result;
	uint32_t student, *grown;

	if (!read_number_of(r, reading, STUDENTS, &student))
		return false;
	grown = room_for(r, result->unplaced, &reading->unplaced_room,
			 result->unplaced_count, sizeof(*grown));
	if (!grown)
		return false;
	result->unplaced = grown;
	grown[result->unplaced_count++] = student;
	return true;
}

static bool read_group(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"id", false, read_group_id},
		{"placed", false, read_placed},
		{"lower", false, read_lower},
		{"upper", false, read_upper},
		{"shortfall", false, read_shortfall},
		{NULL, false, NULL},
	};
	struct reading *reading = into;
	struct match_result *result = reading->result;
	struct match_group_line *grown;

	if (!doc_object(r, members, reading))
		return false;
	grown = room_for(r, result->groups, &reading->group_room,
			 result->group_count, sizeof(*grown));
	if (!grown)
		return false;
	result->groups = grown;
	grown[result->group_count++] = reading->group;
	return true;
}

static bool settle_binding(struct doc_reader *r, struct reading *reading)
{
	struct match_id id = {reading->binding, reading->binding_bytes};
	uint32_t posting = match_ids_find(POSTINGS, id);

	if (posting != MATCH_NONE && posting == reading->cutoff.posting) {
		reading->cutoff.binding = posting;
		return true;
	}
	if (!number_of(r, reading, GROUPS, id, &reading->cutoff.binding))
		return false;
	reading->cutoff.binding += POSTINGS->count;
	return true;
}

static bool read_cutoff(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"posting", false, read_cutoff_posting},
		{"rank", false, read_cutoff_rank},
		{"score", false, read_cutoff_score},
		{"lottery", false, read_cutoff_lottery},
		{"binding", false, read_cutoff_binding},
		{NULL, false, NULL},
	};
	struct reading *reading = into;
	struct match_result *result = reading->result;
	struct match_cutoff *grown;

	if (!doc_object(r, members, reading) || !settle_binding(r, reading))
		return false;
	grown = room_for(r, result->cutoffs, &reading->cutoff_room,
			 result->cutoff_count, sizeof(*grown));
	if (!grown)
		return false;
	result->cutoffs = grown;
	grown[result->cutoff_count++] = reading->cutoff;
	return true;
}

static bool read_own_move(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"student", false, read_own_student},
		{"from", false, read_own_from},
		{"to", false, read_own_to},
		{NULL, false, NULL},
	};
	struct reading *reading = into;
	struct match_result *result = reading->result;
	struct match_own_move *grown;

	if (!doc_object(r, members, reading))
		return false;
	grown = room_for(r, result->own_moves, &reading->own_move_room,
			 result->own_move_count, sizeof(*grown));
	if (!grown)
		return false;
	result->own_moves = grown;
	grown[result->own_move_count++] = reading->own_move;
	return true;
}

static bool read_move(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"student", false, read_move_student},
		{"from", false, read_move_from},
		{"to", false, read_move_to},
		{NULL, false, NULL},
	};
	struct reading *reading = into;
	struct match_result *result = reading->result;
	struct match_move *grown;

	if (!doc_object(r, members, reading))
		return false;
	grown = room_for(r, result->moves, &reading->move_room,
			 result->move_count, sizeof(*grown));
	if (!grown)
		return false;
	result->moves = grown;
	grown[result->move_count++] = reading->move;
	return true;
}

static bool read_moves(struct doc_reader *r, void *into)
{
	struct reading *reading = into;

	reading->result->has_moves = true;
	return doc_array(r, read_move, reading);
}

MEMBER(read_placements, doc_array(r, read_placement, reading))
MEMBER(read_all_unplaced, doc_array(r, read_unplaced, reading))
MEMBER(read_groups, doc_array(r, read_group, reading))
MEMBER(read_cutoffs, doc_array(r, read_cutoff, reading))
MEMBER(read_own_moves, doc_array(r, read_own_move, reading))

MEMBER(read_certificate,
       reading->is_previous ? price_skip(r)
			    : price_read(r, reading->instance, reading->result))

static bool read_document(struct match_source source, struct reading *reading,
			  struct match_error *error)
{
	static const struct doc_member members[] = {
		{"format", false, read_format},
		{"mode", false, read_mode},
		{"seed", false, read_seed},
		{"instance_sha256", false, read_sha256},
		{"pin", true, read_pin},
		{"objective", false, read_objective},
		{"placements", false, read_placements},
		{"unplaced", false, read_all_unplaced},
		{"groups", false, read_groups},
		{"cutoffs", false, read_cutoffs},
		{"own_moves", false, read_own_moves},
		{"moves", true, read_moves},
		{"certificate", false, read_certificate},
		{NULL, false, NULL},
	};
	struct match_result *result = reading->result;
	struct doc_reader *r = match_take(1, sizeof(*r));
	char sha256[MATCH_SHA256_HEX];
	bool is_done;

	memset(result, 0, sizeof(*result));
	if (!r)
		return match_no_memory(error);
	match_ids_init(&result->strays, reading->instance->students.key);
	doc_init(r, source, error);
	is_done = doc_object(r, members, reading) && doc_end(r, sha256);
	match_drop(r);
	if (!is_done)
		match_result_free(result);
	return is_done;
}

bool match_result_read(struct match_source source,
		       const struct match_instance *instance,
		       struct match_result *result, struct match_error *error)
{
	struct reading reading = {.instance = instance, .result = result};

	return read_document(source, &reading, error);
}

bool match_previous_read(struct match_source source,
			 const struct match_instance *instance,
			 struct match_result *previous,
			 struct match_error *error)
{
	struct reading reading = {
		.instance = instance, .result = previous, .is_previous = true};

	return read_document(source, &reading, error);
}
