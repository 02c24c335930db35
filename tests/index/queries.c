#include "queries.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t areas[] = {320000, 320500, 320505, 310000, 420000,
				 429004, 310115, 330000, 320100};
static const uint32_t codes[] = {51, 5102, 510203, 71, 7102, 52, 61, 530302};

static bool one_in(struct model *model, uint32_t chances)
{
	return random_below(&model->seed, chances) == 0;
}

static void random_set(struct model *model, struct query_room *room)
{
	uint32_t chances = 1 + random_below(&model->seed, 30);

	memset(room->only, 0, sizeof(room->only));
	for (uint32_t i = 0; i < 2 * MODEL_MAX; i++)
		if (one_in(model, chances))
			room->only[i / 64] |= UINT64_C(1) << (i % 64);
}

static uint32_t one_of(struct model *model, const uint32_t *list, size_t bytes)
{
	return list[random_below(&model->seed,
				 (uint32_t)(bytes / sizeof(*list)))];
}

static void random_period(struct model *model, struct match_index_query *query)
{
	int32_t start = match_day_from_text("2026-02-01");

	query->has_period = true;
	query->from = start + (int32_t)random_below(&model->seed, 200);
	query->to = query->from + (int32_t)random_below(&model->seed, 200);
	if (one_in(model, 4))
		query->from = MATCH_NO_DAY;
	if (one_in(model, 4))
		query->to = MATCH_NO_DAY;
}

struct match_index_query random_query(struct model *model,
				      struct query_room *room)
{
	struct match_index_query query = {0};

	if (one_in(model, 4))
		query.kinds = random_below(&model->seed, 16);
	if (one_in(model, 4))
		query.division = one_of(model, areas, sizeof(areas));
	if (one_in(model, 5))
		query.pay_fen = 10000 * (int64_t)random_below(&model->seed, 90);
	if (one_in(model, 5))
		random_period(model, &query);
	if (one_in(model, 5))
		query.education =
			(enum match_education)random_below(&model->seed, 4);
	if (one_in(model, 5))
		query.specialty = one_of(model, codes, sizeof(codes));
	if (one_in(model, 6)) {
		memset(room->enterprise, 0, sizeof(room->enterprise));
		room->enterprise[15] = (uint8_t)random_below(&model->seed, 6);
		query.enterprise = room->enterprise;
	}
	if (one_in(model, 6))
		query.industry = random_below(&model->seed, 5);
	if (one_in(model, 5))
		query.published_since_us = INT64_C(1772380799000000) +
					   random_below(&model->seed, 4);
	if (one_in(model, 5)) {
		random_set(model, room);
		query.only = room->only;
		query.only_count = random_below(&model->seed, 2 * MODEL_MAX);
	}
	return query;
}

struct match_index_student_query random_student_query(struct model *model)
{
	struct match_index_student_query query = {0};

	if (one_in(model, 4))
		query.specialty = one_of(model, codes, sizeof(codes));
	if (one_in(model, 4))
		query.education =
			(enum match_education)random_below(&model->seed, 4);
	if (one_in(model, 4))
		query.home = one_of(model, areas, sizeof(areas));
	return query;
}

static bool is_under(uint32_t code, uint32_t prefix)
{
	for (; code >= prefix && code != 0; code /= 100)
		if (code == prefix)
			return true;
	return false;
}

static bool names_target(const struct match_posting *facts, uint32_t prefix)
{
	for (size_t i = 0; i < facts->target_count; i++)
		if (is_under(facts->targets[i], prefix))
			return true;
	return false;
}

static bool shares_a_day(const struct match_index_query *query,
			 const struct match_posting *facts)
{
	int64_t from = facts->from, to = facts->to;
	int64_t wanted_from = query->from, wanted_to = query->to;

	if (from == MATCH_NO_DAY && to == MATCH_NO_DAY)
		return false;
	if (to == MATCH_NO_DAY)
		to = INT64_MAX;
	if (wanted_to == MATCH_NO_DAY)
		wanted_to = INT64_MAX;
	/* MATCH_NO_DAY is the least of all days, which suits both `from`. */
	return from <= wanted_to && wanted_from <= to;
}

static bool is_in_set(const uint64_t *only, uint32_t count, uint32_t slot)
{
	return !only ||
	       (slot < count && (only[slot / 64] & UINT64_C(1) << slot % 64));
}

static bool passes(const struct model *model,
		   const struct match_index_posting *posting,
		   const struct match_index_query *query)
{
	const struct match_posting *facts = &posting->facts;
	int64_t pay =
		facts->pay_max_fen ? facts->pay_max_fen : facts->pay_min_fen;

	return (!query->kinds || query->kinds & 1u << facts->kind) &&
	       (!query->division ||
		match_division_is_in(facts->division, query->division)) &&
	       (!query->pay_fen || pay >= query->pay_fen) &&
	       (!query->has_period || shares_a_day(query, facts)) &&
	       (!query->education ||
		facts->education_min <= query->education) &&
	       (!query->specialty || names_target(facts, query->specialty)) &&
	       (!query->enterprise ||
		!memcmp(query->enterprise, posting->enterprise, 16)) &&
	       (!query->industry || query->industry == posting->industry) &&
	       (!query->published_since_us ||
		facts->published_us >= query->published_since_us) &&
	       is_in_set(query->only, query->only_count,
			 match_index_posting_slot(model->index, facts->id));
}

static int by_rank(const void *left, const void *right)
{
	const struct match_index_entry *a = left;
	const struct match_index_entry *b = right;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	if (a->published_us != b->published_us)
		return a->published_us > b->published_us ? -1 : 1;
	return memcmp(a->id, b->id, 16);
}

size_t sorted_postings(const struct model *model,
		       const struct match_student *student,
		       const struct match_index_query *query,
		       struct match_index_entry *entries)
{
	struct match_terms terms = model_terms(model);
	struct match_fit fit;
	size_t count = 0;

	for (uint32_t i = 0; i < model->room; i++) {
		const struct match_index_posting *posting =
			&model->posting[i].posting;
		struct match_index_entry *entry = &entries[count];

		if (!model->posting[i].is_there ||
		    !passes(model, posting, query))
			continue;
		match_align(&terms, student, &posting->facts, &fit);
		memcpy(entry->id, posting->facts.id, 16);
		entry->published_us = posting->facts.published_us;
		entry->score = fit.score;
		entry->tier = fit.tier;
		count += fit.is_eligible;
	}
	qsort(entries, count, sizeof(*entries), by_rank);
	return count;
}

static bool student_passes(const struct match_student *student,
			   const struct match_index_student_query *query)
{
	enum match_education level = student->education;

	if (level == MATCH_EDUCATION_NONE)
		level = match_specialty_level(student->specialty);
	return (!query->specialty ||
		is_under(student->specialty, query->specialty)) &&
	       level >= query->education &&
	       (!query->home ||
		match_division_is_in(student->home, query->home));
}

size_t sorted_students(const struct model *model,
		       const struct match_posting *posting,
		       const struct match_index_student_query *query,
		       struct match_index_entry *entries)
{
	struct match_terms terms = model_terms(model);
	struct match_fit fit;
	size_t count = 0;

	for (uint32_t i = 0; i < model->room; i++) {
		const struct match_student *student =
			&model->student[i].student;
		struct match_index_entry *entry = &entries[count];

		if (!model->student[i].is_there ||
		    !student_passes(student, query))
			continue;
		match_align(&terms, student, posting, &fit);
		memcpy(entry->id, student->id, 16);
		entry->published_us = 0;
		entry->score = fit.score;
		entry->tier = fit.tier;
		count += fit.is_eligible;
	}
	qsort(entries, count, sizeof(*entries), by_rank);
	return count;
}

bool is_same_entry(const struct match_index_entry *a,
		   const struct match_index_entry *b)
{
	return !memcmp(a->id, b->id, 16) && a->score == b->score &&
	       a->tier == b->tier && a->published_us == b->published_us;
}
