/*
 * The builder, part one: adding. Each mention of an id gives it a number and a
 * record marked as not yet added; adding fills the record.
 */
#include "matcher/builder.h"
#include "matcher/insist.h"

#include <string.h>

#include "matcher/memory.h"

void match_builder_init(struct match_builder *builder,
			const uint64_t hash_key[2])
{
	memset(builder, 0, sizeof(*builder));
	match_ids_init(&builder->made.students, hash_key);
	match_ids_init(&builder->made.postings, hash_key);
	match_ids_init(&builder->made.groups, hash_key);
}

void match_builder_free(struct match_builder *builder)
{
	match_instance_free(&builder->made);
	match_drop(builder->group);
	match_drop(builder->posting);
	match_drop(builder->student);
	memset(builder, 0, sizeof(*builder));
}

static bool put(struct match_ids *ids, const char *kind, struct match_id id,
		uint32_t *number, struct match_error *error)
{
	*number = MATCH_NONE;
	if (!match_id_is_sound(id))
		return match_fail(error, MATCH_MALFORMED,
				  "the id of a %s must be 1..%d bytes of UTF-8 "
				  "without control characters",
				  kind, MATCH_ID_BYTES_MAX);
	if (!match_ids_put(ids, id, number))
		return match_no_memory(error);
	return true;
}

static bool too_many(struct match_error *error, uint32_t limit,
		     const char *what)
{
	return match_fail(error, MATCH_TOO_LARGE, "more than %u %s", limit,
			  what);
}

static bool mention_group(struct match_builder *b, struct match_id id,
			  uint32_t *number, struct match_error *error)
{
	uint32_t before = b->made.groups.count;
	struct match_group *grown;

	if (!put(&b->made.groups, "group", id, number, error))
		return false;
	if (*number < before)
		return true;
	if (*number >= MATCH_GROUPS_MAX)
		return too_many(error, MATCH_GROUPS_MAX, "groups");
	grown = match_grow(b->group, &b->group_room, (size_t)before + 1,
			   sizeof(*grown));
	if (!grown)
		return match_no_memory(error);
	b->group = grown;
	grown[*number] = (struct match_group){.parent = MATCH_NONE,
					      .upper = MATCH_NOT_ADDED,
					      .ranking = MATCH_NONE};
	return true;
}

static bool mention_posting(struct match_builder *b, struct match_id id,
			    uint32_t *number, struct match_error *error)
{
	uint32_t before = b->made.postings.count;
	struct match_posting_record *grown;

	if (!put(&b->made.postings, "posting", id, number, error))
		return false;
	if (*number < before)
		return true;
	if (*number >= MATCH_POSTINGS_MAX)
		return too_many(error, MATCH_POSTINGS_MAX, "postings");
	grown = match_grow(b->posting, &b->posting_room, (size_t)before + 1,
			   sizeof(*grown));
	if (!grown)
		return match_no_memory(error);
	b->posting = grown;
	grown[*number] = (struct match_posting_record){
		.posting = {.group = MATCH_NONE,
			    .capacity = MATCH_NOT_ADDED,
			    .ranking = MATCH_NONE},
	};
	return true;
}

static bool mention_student(struct match_builder *b, struct match_id id,
			    uint32_t *number, struct match_error *error)
{
	uint32_t before = b->made.students.count;
	struct match_student_record *grown;

	if (!put(&b->made.students, "student", id, number, error))
		return false;
	if (*number < before)
		return true;
	if (*number >= MATCH_STUDENTS_MAX)
		return too_many(error, MATCH_STUDENTS_MAX, "students");
	grown = match_grow(b->student, &b->student_room, (size_t)before + 1,
			   sizeof(*grown));
	if (!grown)
		return match_no_memory(error);
	b->student = grown;
	grown[*number] = (struct match_student_record){
		.first_choice = MATCH_NONE,
		.pinned = MATCH_NONE,
	};
	return true;
}

bool match_builder_seed(struct match_builder *b, struct match_id seed,
			struct match_error *error)
{
	if (!match_id_is_sound(seed))
		return match_fail(error, MATCH_MALFORMED,
				  "the seed must be 1..%d bytes of UTF-8 "
				  "without control characters",
				  MATCH_ID_BYTES_MAX);
	memcpy(b->made.seed, seed.text, seed.bytes);
	b->made.seed[seed.bytes] = '\0';
	b->has_seed = true;
	return true;
}

bool match_builder_choice(struct match_builder *b, struct match_id posting,
			  uint32_t score, struct match_error *error)
{
	struct match_choice *grown, choice = {.score = score};

	if (score > MATCH_SCORE_MAX)
		return match_fail(error, MATCH_MALFORMED, "score %u is over %u",
				  score, MATCH_SCORE_MAX);
	if (b->choice_count - b->choices_taken >= MATCH_CHOICES_EACH_MAX)
		return too_many(error, MATCH_CHOICES_EACH_MAX,
				"choices of one student");
	if (b->choice_count >= MATCH_CHOICES_MAX)
		return too_many(error, MATCH_CHOICES_MAX, "choices");
	if (!mention_posting(b, posting, &choice.posting, error))
		return false;
	grown = match_grow(b->made.choice, &b->choice_room,
			   (size_t)b->choice_count + 1, sizeof(*grown));
	if (!grown)
		return match_no_memory(error);
	b->made.choice = grown;
	grown[b->choice_count++] = choice;
	return true;
}

bool match_builder_ranked(struct match_builder *b, struct match_id student,
			  struct match_error *error)
{
	uint32_t number, *grown;

	if (b->ranked_count >= MATCH_RANKED_MAX)
		return too_many(error, MATCH_RANKED_MAX, "ranked students");
	if (!mention_student(b, student, &number, error))
		return false;
	grown = match_grow(b->made.ranked, &b->ranked_room,
			   (size_t)b->ranked_count + 1, sizeof(*grown));
	if (!grown)
		return match_no_memory(error);
	b->made.ranked = grown;
	grown[b->ranked_count++] = number;
	return true;
}

/* Turn the pending ranking into one of its own. */
static bool take_ranking(struct match_builder *b, const char *owner_kind,
			 struct match_id owner, uint32_t *ranking,
			 struct match_error *error)
{
	uint32_t *start;

	start = match_grow(b->made.ranking_start, &b->ranking_room,
			   (size_t)b->made.ranking_count + 2, sizeof(*start));
	if (!start)
		return match_no_memory(error);
	b->made.ranking_start = start;
	b->mark++;
	for (uint32_t i = b->ranked_taken; i < b->ranked_count; i++) {
		uint32_t student = b->made.ranked[i];
		struct match_id id = match_ids_at(&b->made.students, student);

		if (b->student[student].mark == b->mark)
			return match_fail(error, MATCH_MALFORMED,
					  "the ranking of %s \"%.*s\" names "
					  "student \"%.*s\" twice",
					  owner_kind, MATCH_ID(owner),
					  MATCH_ID(id));
		b->student[student].mark = b->mark;
	}
	*ranking = b->made.ranking_count++;
	start[*ranking] = b->ranked_taken;
	start[*ranking + 1] = b->ranked_count;
	b->ranked_taken = b->ranked_count;
	return true;
}

static bool is_twice(struct match_error *error, const char *kind,
		     struct match_id id)
{
	return match_fail(error, MATCH_MALFORMED, "%s \"%.*s\" is there twice",
			  kind, MATCH_ID(id));
}

static bool is_over(struct match_error *error, const char *kind,
		    struct match_id id)
{
	return match_fail(error, MATCH_MALFORMED,
			  "%s \"%.*s\" has a number over %u", kind,
			  MATCH_ID(id), MATCH_SEATS_MAX);
}

bool match_builder_group(struct match_builder *b,
			 const struct match_new_group *group,
			 struct match_error *error)
{
	struct match_group made = {.parent = MATCH_NONE,
				   .lower = group->lower,
				   .upper = group->upper,
				   .ranking = MATCH_NONE};
	uint32_t number;

	MATCH_INSIST(group->has_ranking || b->ranked_taken == b->ranked_count);
	if (!mention_group(b, group->id, &number, error))
		return false;
	if (b->group[number].upper != MATCH_NOT_ADDED)
		return is_twice(error, "group", group->id);
	if (made.lower > MATCH_SEATS_MAX ||
	    (made.upper > MATCH_SEATS_MAX && made.upper != MATCH_NO_CAP))
		return is_over(error, "group", group->id);
	if (made.upper < made.lower)
		return match_fail(error, MATCH_MALFORMED,
				  "group \"%.*s\": the floor %u is over its "
				  "own cap %u",
				  MATCH_ID(group->id), made.lower, made.upper);
	if (group->parent.text &&
	    !mention_group(b, group->parent, &made.parent, error))
		return false;
	if (group->has_ranking &&
	    !take_ranking(b, "group", group->id, &made.ranking, error))
		return false;
	b->group[number] = made;
	b->groups_added++;
	return true;
}

bool match_builder_posting(struct match_builder *b,
			   const struct match_new_posting *posting,
			   struct match_error *error)
{
	struct match_seats made = {.group = MATCH_NONE,
				   .capacity = posting->capacity,
				   .ranking = MATCH_NONE};
	uint32_t number;

	MATCH_INSIST(posting->has_ranking ||
		     b->ranked_taken == b->ranked_count);
	if (!mention_posting(b, posting->id, &number, error))
		return false;
	if (b->posting[number].posting.capacity != MATCH_NOT_ADDED)
		return is_twice(error, "posting", posting->id);
	if (made.capacity > MATCH_SEATS_MAX)
		return is_over(error, "posting", posting->id);
	if (posting->group.text &&
	    !mention_group(b, posting->group, &made.group, error))
		return false;
	if (posting->has_ranking &&
	    !take_ranking(b, "posting", posting->id, &made.ranking, error))
		return false;
	b->posting[number].posting = made;
	b->postings_added++;
	return true;
}

/* Hand the pending choices to their student; none may be there twice. */
static bool take_choices(struct match_builder *b, struct match_id owner,
			 struct match_student_record *made,
			 struct match_error *error)
{
	made->first_choice = b->choices_taken;
	made->choice_count = b->choice_count - b->choices_taken;
	b->mark++;
	for (uint32_t i = b->choices_taken; i < b->choice_count; i++) {
		uint32_t posting = b->made.choice[i].posting;
		struct match_id id = match_ids_at(&b->made.postings, posting);

		if (b->posting[posting].mark == b->mark)
			return match_fail(error, MATCH_MALFORMED,
					  "student \"%.*s\" lists posting "
					  "\"%.*s\" twice",
					  MATCH_ID(owner), MATCH_ID(id));
		b->posting[posting].mark = b->mark;
	}
	b->choices_taken = b->choice_count;
	return true;
}

/* Just after take_choices: the student's own postings carry the last mark. */
static bool take_pin(struct match_builder *b,
		     const struct match_new_student *student,
		     struct match_student_record *made,
		     struct match_error *error)
{
	made->pinned = MATCH_NONE;
	if (!student->pinned.text)
		return true;
	if (!mention_posting(b, student->pinned, &made->pinned, error))
		return false;
	if (b->posting[made->pinned].mark == b->mark)
		return true;
	return match_fail(error, MATCH_MALFORMED,
			  "student \"%.*s\" is pinned to posting \"%.*s\", "
			  "which is not among the student's choices",
			  MATCH_ID(student->id), MATCH_ID(student->pinned));
}

bool match_builder_student(struct match_builder *b,
			   const struct match_new_student *student,
			   struct match_error *error)
{
	struct match_student_record made = {.lottery = student->lottery};
	uint32_t number;

	if (!mention_student(b, student->id, &number, error))
		return false;
	if (b->student[number].first_choice != MATCH_NONE)
		return is_twice(error, "student", student->id);
	if (!take_choices(b, student->id, &made, error) ||
	    !take_pin(b, student, &made, error))
		return false;
	made.mark = b->student[number].mark;
	b->student[number] = made;
	b->lottery_count += student->has_lottery;
	b->students_added++;
	if (b->lottery_count && b->lottery_count != b->students_added)
		return match_fail(error, MATCH_MALFORMED,
				  "some students have a lottery number and "
				  "some have none; student \"%.*s\" is the "
				  "first that differs",
				  MATCH_ID(student->id));
	return true;
}

bool match_builder_finish(struct match_builder *b,
			  struct match_instance *instance,
			  struct match_error *error)
{
	if (!match_builder_check(b, error) || !match_builder_order(b, error) ||
	    !match_builder_draw(b, error))
		return false;
	*instance = b->made;
	memset(&b->made, 0, sizeof(b->made));
	match_builder_free(b);
	return true;
}
