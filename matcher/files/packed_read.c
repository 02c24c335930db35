/*
 * The binary form, read from bytes that anyone may have written. First what
 * the head says, then the checksum, then memory; each part is copied, and the
 * copy checked. The last checks, on the whole, are the builder's.
 */
#include <stdio.h>
#include <string.h>

#include "matcher/builder.h"
#include "matcher/files/packed_file.h"
#include "matcher/files/packed_layout.h"
#include "matcher/memory.h"

struct reading {
	const uint8_t *at;
	size_t bytes;
	struct packed_head head;
	struct match_builder builder; /* its `made` is filled here */
	uint32_t *mark;		      /* per posting, then per student */
	uint32_t next_ranking;
	struct match_error *error;
};

static uint32_t get32(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	       (uint32_t)at[3] << 24;
}

static uint64_t get64(const uint8_t *at)
{
	return get32(at) | (uint64_t)get32(at + 4) << 32;
}

static const uint8_t *section(const struct reading *r,
			      enum packed_section section)
{
	return r->at + r->head.offset[section];
}

static bool refuse(struct reading *r, const char *what)
{
	return match_fail(r->error, MATCH_MALFORMED, "%s", what);
}

/* About a group, posting or student, by its id. */
static bool refuse_one(struct reading *r, const char *kind,
		       const struct match_ids *ids, uint32_t number,
		       const char *what)
{
	return match_fail(r->error, MATCH_MALFORMED, "%s \"%.*s\" %s", kind,
			  MATCH_ID(match_ids_at(ids, number)), what);
}

bool match_packed_is(const void *bytes, size_t count)
{
	return count >= MATCH_PACKED_SIGN_BYTES &&
	       !memcmp(bytes, PACKED_MAGIC, MATCH_PACKED_SIGN_BYTES);
}

static bool read_sign(struct reading *r)
{
	if (!match_packed_is(r->at, r->bytes))
		return refuse(r, "this is not a file in the binary form");
	if (r->bytes < PACKED_HEAD_BYTES + PACKED_CHECKSUM_BYTES)
		return refuse(r, "the file ends within its head");
	if (memcmp(r->at, PACKED_MAGIC, 8) != 0)
		return refuse(r, "the first 8 bytes are damaged, as by a "
				 "transfer as text");
	if (get32(r->at + PACKED_VERSION_AT) != PACKED_VERSION)
		return match_fail(r->error, MATCH_MALFORMED,
				  "version %u of the binary form is not known; "
				  "this program reads version %u",
				  get32(r->at + PACKED_VERSION_AT),
				  PACKED_VERSION);
	return true;
}

static bool check_limits(struct reading *r)
{
	static const struct {
		enum packed_count count;
		uint32_t limit;
		const char *what;
	} limits[] = {
		{PACKED_GROUP_COUNT, MATCH_GROUPS_MAX, "groups"},
		{PACKED_POSTING_COUNT, MATCH_POSTINGS_MAX, "postings"},
		{PACKED_STUDENT_COUNT, MATCH_STUDENTS_MAX, "students"},
		{PACKED_CHOICE_COUNT, MATCH_CHOICES_MAX, "choices"},
		{PACKED_RANKING_COUNT, MATCH_GROUPS_MAX + MATCH_POSTINGS_MAX,
		 "rankings"},
		{PACKED_RANKED_COUNT, MATCH_RANKED_MAX, "ranked students"},
		{PACKED_SEED_BYTES, MATCH_ID_BYTES_MAX, "bytes of the seed"},
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		if (r->head.count[limits[i].count] > limits[i].limit)
			return match_fail(r->error, MATCH_TOO_LARGE,
					  "more than %u %s", limits[i].limit,
					  limits[i].what);
	return true;
}

static bool read_head(struct reading *r)
{
	r->head.flags = get32(r->at + PACKED_FLAGS_AT);
	for (int i = 0; i < PACKED_COUNTS; i++)
		r->head.count[i] = get32(r->at + PACKED_COUNTS_AT + 4 * i);
	if (r->head.flags > PACKED_OWN_LOTTERY ||
	    (r->head.flags && !r->head.count[PACKED_STUDENT_COUNT]))
		return refuse(r, "the flags are not known");
	if (!check_limits(r))
		return false;
	packed_lay_out(&r->head);
	if (get64(r->at + PACKED_LENGTH_AT) != r->head.length)
		return refuse(r, "the length in the head is not what the "
				 "counts make");
	if (r->bytes != r->head.length)
		return match_fail(r->error, MATCH_MALFORMED,
				  "the file has %zu bytes and should have %llu",
				  r->bytes, (unsigned long long)r->head.length);
	for (int i = 0; i < PACKED_SECTIONS; i++)
		if (get64(r->at + PACKED_OFFSETS_AT + 8 * i) !=
		    r->head.offset[i])
			return match_fail(r->error, MATCH_MALFORMED,
					  "the offset of section %d is not "
					  "what the counts make",
					  i + 1);
	return true;
}

static bool check_sum(struct reading *r)
{
	uint64_t end = r->head.length - PACKED_CHECKSUM_BYTES, sum = 0;

	for (uint64_t at = 0; at < end; at += 8)
		sum = packed_checksum(sum, get64(r->at + at));
	return sum == get64(r->at + end) ||
	       refuse(r, "the checksum is wrong: the file is damaged");
}

static bool read_seed(struct reading *r)
{
	struct match_id seed = {(const char *)section(r, PACKED_SEED),
				r->head.count[PACKED_SEED_BYTES]};

	return match_builder_seed(&r->builder, seed, r->error);
}

/* Copied first, then checked: sound, and after the one before it. */
static bool read_id(struct reading *r, struct match_ids *ids,
		    struct match_id id, const char *kind)
{
	uint32_t before = ids->count, number;

	if (!match_ids_put(ids, id, &number))
		return match_no_memory(r->error);
	if (number != before)
		return refuse_one(r, kind, ids, number, "is there twice");
	id = match_ids_at(ids, number);
	if (!match_id_is_sound(id))
		return match_fail(r->error, MATCH_MALFORMED,
				  "the id of %s %u is not UTF-8 without "
				  "control characters",
				  kind, number + 1);
	if (number && match_id_compare(match_ids_at(ids, number - 1), id) > 0)
		return refuse_one(r, kind, ids, number,
				  "is not in the order of ids");
	return true;
}

/* Are they end to end, from the first byte of the text to its last? */
static bool are_laid_out(const uint8_t *start, uint32_t count, uint32_t bytes)
{
	uint32_t end = get32(start);

	if (end != 0)
		return false;
	for (uint32_t i = 1; i <= count; i++) {
		uint32_t first = end;

		end = get32(start + 4 * (size_t)i);
		if (end <= first || end - first > MATCH_ID_BYTES_MAX ||
		    end > bytes)
			return false;
	}
	return end == bytes;
}

static bool read_ids(struct reading *r, enum packed_section starts,
		     uint32_t count, uint32_t bytes, struct match_ids *ids)
{
	const char *kind = starts == PACKED_GROUP_STARTS     ? "group"
			   : starts == PACKED_POSTING_STARTS ? "posting"
							     : "student";
	const uint8_t *start = section(r, starts);
	const char *text = (const char *)section(r, starts + 1);

	if (!are_laid_out(start, count, bytes))
		return match_fail(r->error, MATCH_MALFORMED,
				  "the ids of the %ss do not lie end to end, "
				  "each of 1..%d bytes",
				  kind, MATCH_ID_BYTES_MAX);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t first = get32(start + 4 * (size_t)i);
		uint32_t end = get32(start + 4 * (size_t)(i + 1));

		if (!read_id(r, ids,
			     (struct match_id){text + first, end - first},
			     kind))
			return false;
	}
	return true;
}

static bool read_all_ids(struct reading *r)
{
	const uint32_t *count = r->head.count;
	struct match_instance *made = &r->builder.made;

	return read_ids(r, PACKED_GROUP_STARTS, count[PACKED_GROUP_COUNT],
			count[PACKED_GROUP_ID_BYTES], &made->groups) &&
	       read_ids(r, PACKED_POSTING_STARTS, count[PACKED_POSTING_COUNT],
			count[PACKED_POSTING_ID_BYTES], &made->postings) &&
	       read_ids(r, PACKED_STUDENT_STARTS, count[PACKED_STUDENT_COUNT],
			count[PACKED_STUDENT_ID_BYTES], &made->students);
}

/* Room for count items of a section, and the numbers in it. */
static uint32_t *copy32(struct reading *r, enum packed_section from,
			uint64_t count)
{
	uint32_t *copy = match_take(count, sizeof(*copy));
	const uint8_t *at = section(r, from);

	for (uint64_t i = 0; copy && i < count; i++)
		copy[i] = get32(at + 4 * i);
	return copy;
}

/* Each ranking has one owner, and they come in the order of owners. */
static bool is_next_ranking(struct reading *r, uint32_t ranking)
{
	if (ranking == MATCH_NONE)
		return true;
	return ranking == r->next_ranking++ &&
	       ranking < r->head.count[PACKED_RANKING_COUNT];
}

static bool check_group(struct reading *r, uint32_t number)
{
	const struct match_ids *ids = &r->builder.made.groups;
	const struct match_group *group = &r->builder.made.group[number];

	if (group->parent != MATCH_NONE && group->parent >= ids->count)
		return refuse_one(r, "group", ids, number,
				  "names a parent that does not exist");
	if (group->lower > MATCH_SEATS_MAX ||
	    (group->upper > MATCH_SEATS_MAX && group->upper != MATCH_NO_CAP))
		return refuse_one(r, "group", ids, number,
				  "has a number out of range");
	if (group->lower > group->upper)
		return refuse_one(r, "group", ids, number,
				  "has a floor over its own cap");
	return is_next_ranking(r, group->ranking) ||
	       refuse_one(r, "group", ids, number,
			  "names a ranking that is not its own");
}

static bool read_groups(struct reading *r)
{
	struct match_instance *made = &r->builder.made;
	const uint8_t *at = section(r, PACKED_GROUPS);

	made->group = match_take(made->groups.count, sizeof(*made->group));
	if (!made->group)
		return match_no_memory(r->error);
	for (uint32_t i = 0; i < made->groups.count; i++, at += 16) {
		made->group[i] = (struct match_group){
			.parent = get32(at),
			.lower = get32(at + 4),
			.upper = get32(at + 8),
			.ranking = get32(at + 12),
		};
		if (!check_group(r, i))
			return false;
	}
	return true;
}

static bool check_posting(struct reading *r, uint32_t number)
{
	const struct match_instance *made = &r->builder.made;
	const struct match_seats *posting = &made->posting[number];

	if (posting->group != MATCH_NONE &&
	    posting->group >= made->groups.count)
		return refuse_one(r, "posting", &made->postings, number,
				  "names a group that does not exist");
	if (posting->capacity > MATCH_SEATS_MAX)
		return refuse_one(r, "posting", &made->postings, number,
				  "has a number out of range");
	return is_next_ranking(r, posting->ranking) ||
	       refuse_one(r, "posting", &made->postings, number,
			  "names a ranking that is not its own");
}

static bool read_postings(struct reading *r)
{
	struct match_instance *made = &r->builder.made;
	const uint8_t *at = section(r, PACKED_POSTINGS);

	made->posting =
		match_take(made->postings.count, sizeof(*made->posting));
	if (!made->posting)
		return match_no_memory(r->error);
	for (uint32_t i = 0; i < made->postings.count; i++, at += 12) {
		made->posting[i] = (struct match_seats){
			.group = get32(at),
			.capacity = get32(at + 4),
			.ranking = get32(at + 8),
		};
		if (!check_posting(r, i))
			return false;
	}
	return r->next_ranking == r->head.count[PACKED_RANKING_COUNT] ||
	       refuse(r, "a ranking has no owner");
}

/* Do the starts part 0..end into runs of at most each_max? */
static bool is_parting(const uint32_t *start, uint32_t count, uint32_t end,
		       uint32_t each_max)
{
	if (start[0] != 0 || start[count] != end)
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (start[i] > start[i + 1] ||
		    start[i + 1] - start[i] > each_max)
			return false;
	return true;
}

static bool check_wishes(struct reading *r, uint32_t student)
{
	const struct match_instance *made = &r->builder.made;
	const struct match_ids *ids = &made->students;
	uint32_t end = made->choice_start[student + 1];

	for (uint32_t i = made->choice_start[student]; i < end; i++) {
		const struct match_choice *wish = &made->choice[i];

		if (wish->posting >= made->postings.count)
			return refuse_one(r, "student", ids, student,
					  "names a posting that does not "
					  "exist");
		if (wish->score > MATCH_SCORE_MAX)
			return refuse_one(r, "student", ids, student,
					  "has a score out of range");
		if (r->mark[wish->posting] == student + 1)
			return refuse_one(r, "student", ids, student,
					  "lists a posting twice");
		r->mark[wish->posting] = student + 1;
	}
	if (made->pinned[student] == MATCH_NONE ||
	    (made->pinned[student] < made->postings.count &&
	     r->mark[made->pinned[student]] == student + 1))
		return true;
	return refuse_one(r, "student", ids, student,
			  "is pinned to a posting which is not among the "
			  "student's choices");
}

static bool check_all_wishes(struct reading *r)
{
	const struct match_instance *made = &r->builder.made;
	bool is_sound;

	if (!is_parting(made->choice_start, made->students.count,
			r->head.count[PACKED_CHOICE_COUNT],
			MATCH_CHOICES_EACH_MAX))
		return match_fail(r->error, MATCH_MALFORMED,
				  "the choices do not lie end to end, at most "
				  "%u of a student",
				  MATCH_CHOICES_EACH_MAX);
	r->mark = match_take(made->postings.count, sizeof(*r->mark));
	is_sound = r->mark || match_no_memory(r->error);
	for (uint32_t i = 0; is_sound && i < made->students.count; i++)
		is_sound = check_wishes(r, i);
	match_drop(r->mark);
	return is_sound;
}

static bool read_students(struct reading *r)
{
	struct match_instance *made = &r->builder.made;
	uint32_t count = made->students.count;
	uint32_t wishes = r->head.count[PACKED_CHOICE_COUNT];
	const uint8_t *at = section(r, PACKED_CHOICES);

	made->choice_start =
		copy32(r, PACKED_CHOICE_STARTS, (uint64_t)count + 1);
	made->pinned = copy32(r, PACKED_PINS, count);
	made->choice = match_take(wishes, sizeof(*made->choice));
	made->lottery = match_take(count, sizeof(*made->lottery));
	if (!made->choice_start || !made->pinned || !made->choice ||
	    !made->lottery)
		return match_no_memory(r->error);
	for (uint32_t i = 0; i < wishes; i++, at += 8)
		made->choice[i] =
			(struct match_choice){get32(at), get32(at + 4)};
	at = section(r, PACKED_LOTTERY);
	for (uint32_t i = 0; i < count && r->head.flags; i++, at += 8)
		made->lottery[i] = get64(at);
	r->builder.lottery_count = r->head.flags ? count : 0;
	return check_all_wishes(r);
}

static bool check_ranking(struct reading *r, uint32_t ranking)
{
	const struct match_instance *made = &r->builder.made;
	uint32_t end = made->ranking_start[ranking + 1];

	for (uint32_t i = made->ranking_start[ranking]; i < end; i++) {
		uint32_t student = made->ranked[i];

		if (student >= made->students.count)
			return refuse(r, "a ranking names a student that does "
					 "not exist");
		if (r->mark[student] == ranking + 1)
			return refuse_one(r, "student", &made->students,
					  student, "is twice in one ranking");
		r->mark[student] = ranking + 1;
	}
	return true;
}

static bool read_rankings(struct reading *r)
{
	struct match_instance *made = &r->builder.made;
	uint32_t count = r->head.count[PACKED_RANKING_COUNT];
	uint32_t ranked = r->head.count[PACKED_RANKED_COUNT];
	bool is_sound = true;

	made->ranking_count = count;
	made->ranking_start =
		copy32(r, PACKED_RANKING_STARTS, (uint64_t)count + 1);
	made->ranked = copy32(r, PACKED_RANKED, ranked);
	if (!made->ranking_start || !made->ranked)
		return match_no_memory(r->error);
	if (!is_parting(made->ranking_start, count, ranked, ranked))
		return refuse(r, "the rankings do not lie end to end");
	r->mark = match_take(made->students.count, sizeof(*r->mark));
	if (!r->mark)
		return match_no_memory(r->error);
	for (uint32_t i = 0; is_sound && i < count; i++)
		is_sound = check_ranking(r, i);
	match_drop(r->mark);
	return is_sound;
}

bool match_packed_read(struct match_packed file, const uint64_t hash_key[2],
		       struct match_instance *instance,
		       char sha256[MATCH_SHA256_HEX], struct match_error *error)
{
	struct reading r = {
		.at = file.bytes, .bytes = file.count, .error = error};
	bool is_done;

	memset(instance, 0, sizeof(*instance));
	match_builder_init(&r.builder, hash_key);
	is_done = read_sign(&r) && read_head(&r) && check_sum(&r) &&
		  read_seed(&r) && read_all_ids(&r) && read_groups(&r) &&
		  read_postings(&r) && read_students(&r) && read_rankings(&r) &&
		  match_builder_draw(&r.builder, error);
	if (is_done) {
		match_sha256_hex(r.at + PACKED_SHA256_AT, sha256);
		*instance = r.builder.made;
		memset(&r.builder.made, 0, sizeof(r.builder.made));
	}
	match_builder_free(&r.builder);
	return is_done;
}
