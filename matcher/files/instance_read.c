/*
 * The instance reader: tables of members over the builder. Members may come in
 * any order, so each record is gathered first and added when its object ends.
 */
#include <string.h>

#include "matcher/builder.h"
#include "matcher/files/doc_read.h"
#include "matcher/files/instance_file.h"
#include "matcher/memory.h"

/* An id that must outlive the next text. */
struct kept_id {
	char text[MATCH_ID_BYTES_MAX];
	uint32_t bytes;
	bool is_there;
};

struct reading {
	struct match_builder builder;
	struct kept_id id, other; /* other: parent, group, posting or pin */
	uint64_t lottery;
	uint32_t lower, upper; /* upper: a posting's capacity too */
	bool has_ranking, has_lottery;
};

static bool keep_id(struct doc_reader *r, struct kept_id *kept)
{
	if (!doc_text(r))
		return false;
	memcpy(kept->text, r->text, r->text_bytes);
	kept->bytes = r->text_bytes;
	kept->is_there = true;
	return true;
}

static bool keep_id_or_null(struct doc_reader *r, struct kept_id *kept)
{
	bool is_null;

	kept->is_there = false;
	if (!doc_null(r, &is_null))
		return false;
	return is_null || keep_id(r, kept);
}

static struct match_id id_of(const struct kept_id *kept)
{
	struct match_id none = {NULL, 0};

	return kept->is_there ? (struct match_id){kept->text, kept->bytes}
			      : none;
}

static bool read_id(struct doc_reader *r, void *into)
{
	struct reading *reading = into;

	return keep_id(r, &reading->id);
}

static bool read_other(struct doc_reader *r, void *into)
{
	struct reading *reading = into;

	return keep_id(r, &reading->other);
}

static bool read_other_or_null(struct doc_reader *r, void *into)
{
	struct reading *reading = into;

	return keep_id_or_null(r, &reading->other);
}

static bool read_lower(struct doc_reader *r, void *into)
{
	struct reading *reading = into;
	uint64_t number;

	if (!doc_number(r, MATCH_SEATS_MAX, &number))
		return false;
	reading->lower = (uint32_t)number;
	return true;
}

static bool read_upper(struct doc_reader *r, void *into)
{
	struct reading *reading = into;
	uint64_t number;

	if (!doc_number(r, MATCH_SEATS_MAX, &number))
		return false;
	reading->upper = (uint32_t)number;
	return true;
}

static bool read_ranked(struct doc_reader *r, void *into)
{
	struct reading *reading = into;

	if (!doc_text(r))
		return false;
	return match_builder_ranked(&reading->builder, doc_last_text(r),
				    r->error) ||
	       doc_refuse_placed(r);
}

static bool read_ranking(struct doc_reader *r, void *into)
{
	struct reading *reading = into;

	reading->has_ranking = true;
	return doc_array(r, read_ranked, reading);
}

static void forget(struct reading *reading)
{
	reading->id.is_there = reading->other.is_there = false;
	reading->lottery = 0;
	reading->lower = 0;
	reading->upper = MATCH_NO_CAP;
	reading->has_ranking = reading->has_lottery = false;
}

static bool read_group(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"id", false, read_id},
		{"parent", false, read_other_or_null},
		{"lower", true, read_lower},
		{"upper", true, read_upper},
		{"ranking", true, read_ranking},
		{NULL, false, NULL},
	};
	struct reading *reading = into;
	struct match_new_group group;

	forget(reading);
	if (!doc_object(r, members, reading))
		return false;
	group = (struct match_new_group){
		.id = id_of(&reading->id),
		.parent = id_of(&reading->other),
		.lower = reading->lower,
		.upper = reading->upper,
		.has_ranking = reading->has_ranking,
	};
	return match_builder_group(&reading->builder, &group, r->error) ||
	       doc_refuse_placed(r);
}

static bool read_posting(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"id", false, read_id},
		{"group", false, read_other_or_null},
		{"capacity", false, read_upper},
		{"ranking", true, read_ranking},
		{NULL, false, NULL},
	};
	struct reading *reading = into;
	struct match_new_posting posting;

	forget(reading);
	if (!doc_object(r, members, reading))
		return false;
	posting = (struct match_new_posting){
		.id = id_of(&reading->id),
		.group = id_of(&reading->other),
		.capacity = reading->upper,
		.has_ranking = reading->has_ranking,
	};
	return match_builder_posting(&reading->builder, &posting, r->error) ||
	       doc_refuse_placed(r);
}

struct choice_reading {
	struct kept_id posting;
	uint64_t score;
};

static bool read_choice_posting(struct doc_reader *r, void *into)
{
	struct choice_reading *choice = into;

	return keep_id(r, &choice->posting);
}

static bool read_choice_score(struct doc_reader *r, void *into)
{
	struct choice_reading *choice = into;

	return doc_number(r, MATCH_SCORE_MAX, &choice->score);
}

static bool read_choice(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"posting", false, read_choice_posting},
		{"score", true, read_choice_score},
		{NULL, false, NULL},
	};
	struct reading *reading = into;
	struct choice_reading choice = {.score = 0};

	if (!doc_object(r, members, &choice))
		return false;
	return match_builder_choice(&reading->builder, id_of(&choice.posting),
				    (uint32_t)choice.score, r->error) ||
	       doc_refuse_placed(r);
}

static bool read_choices(struct doc_reader *r, void *into)
{
	return doc_array(r, read_choice, into);
}

static bool read_lottery(struct doc_reader *r, void *into)
{
	struct reading *reading = into;

	reading->has_lottery = true;
	return doc_number(r, UINT64_MAX, &reading->lottery);
}

static bool read_student(struct doc_reader *r, void *into)
{
	static const struct doc_member members[] = {
		{"id", false, read_id},	      {"choices", false, read_choices},
		{"pinned", true, read_other}, {"lottery", true, read_lottery},
		{NULL, false, NULL},
	};
	struct reading *reading = into;
	struct match_new_student student;

	forget(reading);
	if (!doc_object(r, members, reading))
		return false;
	student = (struct match_new_student){
		.id = id_of(&reading->id),
		.pinned = id_of(&reading->other),
		.has_lottery = reading->has_lottery,
		.lottery = reading->lottery,
	};
	return match_builder_student(&reading->builder, &student, r->error) ||
	       doc_refuse_placed(r);
}

static bool read_format(struct doc_reader *r, void *into)
{
	(void)into;
	if (!doc_text(r))
		return false;
	if (r->text_bytes != strlen(MATCH_INSTANCE_FORMAT) ||
	    memcmp(r->text, MATCH_INSTANCE_FORMAT, r->text_bytes) != 0)
		return doc_refuse(r, "the format is not \"%s\"",
				  MATCH_INSTANCE_FORMAT);
	return true;
}

static bool read_seed(struct doc_reader *r, void *into)
{
	struct reading *reading = into;

	if (!doc_text(r))
		return false;
	return match_builder_seed(&reading->builder, doc_last_text(r),
				  r->error) ||
	       doc_refuse_placed(r);
}

static bool read_groups(struct doc_reader *r, void *into)
{
	return doc_array(r, read_group, into);
}

static bool read_postings(struct doc_reader *r, void *into)
{
	return doc_array(r, read_posting, into);
}

static bool read_students(struct doc_reader *r, void *into)
{
	return doc_array(r, read_student, into);
}

bool match_instance_read(struct match_source source, const uint64_t hash_key[2],
			 struct match_instance *instance,
			 char sha256[MATCH_SHA256_HEX],
			 struct match_error *error)
{
	static const struct doc_member members[] = {
		{"format", false, read_format},
		{"seed", false, read_seed},
		{"groups", false, read_groups},
		{"postings", false, read_postings},
		{"students", false, read_students},
		{NULL, false, NULL},
	};
	struct doc_reader *r = match_take(1, sizeof(*r));
	struct reading reading;
	bool is_done;

	memset(instance, 0, sizeof(*instance));
	if (!r)
		return match_no_memory(error);
	memset(&reading, 0, sizeof(reading));
	match_builder_init(&reading.builder, hash_key);
	doc_init(r, source, error);
	is_done = doc_object(r, members, &reading) && doc_end(r, sha256) &&
		  match_builder_finish(&reading.builder, instance, error);
	match_builder_free(&reading.builder);
	match_drop(r);
	return is_done;
}
