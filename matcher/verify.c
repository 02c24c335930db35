/*
 * The checker: lists, counts and caps. Each fault is named by what is wrong and
 * where; what is right is said where it is short.
 */
#include "matcher/verify.h"

#include <string.h>

#include "matcher/check.h"
#include "matcher/memory.h"
#include "matcher/sha256_lanes.h"

const char *match_fault_word(enum match_fault_kind kind)
{
	static const char *const words[] = {
#define F(NAME, WORD) [MATCH_FAULT_##NAME] = WORD,
		MATCH_FAULT_LIST(F)
#undef F
	};

	return words[kind];
}

static bool is_optimal(const struct match_result *result)
{
	return strcmp(result->mode, "optimal") == 0;
}

static void check_header(struct check *c, const char *instance_sha256)
{
	const struct match_result *result = c->result;

	if (strcmp(result->format, MATCH_RESULT_FORMAT) != 0)
		check_fault(c, MATCH_FAULT_FORMAT, "\"%s\" should be \"%s\"",
			    result->format, MATCH_RESULT_FORMAT);
	if (!is_optimal(result) && strcmp(result->mode, "stable") != 0)
		check_fault(c, MATCH_FAULT_MODE,
			    "\"%s\" is neither \"stable\" nor \"optimal\"; "
			    "judged as \"stable\"",
			    result->mode);
	if (!is_optimal(result) && result->prices)
		check_fault(c, MATCH_FAULT_CERTIFICATE,
			    "there are prices, which are for mode \"optimal\" "
			    "only");
	if (strcmp(result->seed, c->instance->seed) != 0)
		check_fault(c, MATCH_FAULT_SEED, "\"%s\" should be \"%s\"",
			    result->seed, c->instance->seed);
	if (strcmp(result->instance_sha256, instance_sha256) != 0)
		check_fault(c, MATCH_FAULT_INSTANCE,
			    "instance_sha256 \"%s\" should be \"%s\"",
			    result->instance_sha256, instance_sha256);
}

/* The numbers of a few students from `first` on; beyond the last, its again. */
static void draw(struct check *c, uint32_t first)
{
	const struct match_ids *students = &c->instance->students;
	uint64_t drawn[MATCH_SHA256_LANES] = {0};
	struct match_id id[MATCH_SHA256_LANES];
	uint32_t left = students->count - first;

	if (left > MATCH_SHA256_LANES)
		left = MATCH_SHA256_LANES;
	for (uint32_t i = 0; i < MATCH_SHA256_LANES; i++)
		id[i] = match_ids_at(students,
				     first + (i < left ? i : left - 1));
	match_sha256_draw(c->instance->seed, id, drawn);
	memcpy(c->lottery + first, drawn, left * sizeof(*drawn));
}

static void check_lottery(struct check *c)
{
	const struct match_instance *in = c->instance;
	uint32_t count = in->students.count;

	if (in->has_own_lottery) {
		memcpy(c->lottery, in->lottery, count * sizeof(*c->lottery));
		return;
	}
	for (uint32_t s = 0; s < count; s += MATCH_SHA256_LANES)
		draw(c, s);
	for (uint32_t s = 0; s < count; s++) {
		struct match_id id = match_ids_at(&in->students, s);

		if (c->lottery[s] != in->lottery[s])
			check_fault(c, MATCH_FAULT_LOTTERY,
				    "student \"%.*s\" draws %llu", MATCH_ID(id),
				    (unsigned long long)c->lottery[s]);
	}
}

/* The student's choice of a posting, or MATCH_NONE. */
static uint32_t find_choice(const struct check *c, uint32_t student,
			    uint32_t posting)
{
	const struct match_instance *in = c->instance;

	for (uint32_t i = in->choice_start[student];
	     i < in->choice_start[student + 1]; i++)
		if (in->choice[i].posting == posting)
			return i;
	return MATCH_NONE;
}

/* Judge one placement; true if it can be counted. */
static bool check_placement(struct check *c, const struct match_placement *told)
{
	const struct match_instance *in = c->instance;
	struct match_id student = check_student_id(c, told->student);
	struct match_id posting = check_posting_id(c, told->posting);
	struct check_key key;
	uint32_t choice;

	if (told->student >= in->students.count) {
		check_fault(c, MATCH_FAULT_PLACEMENT,
			    "student \"%.*s\" is not in the instance",
			    MATCH_ID(student));
		return false;
	}
	choice = find_choice(c, told->student, told->posting);
	if (choice == MATCH_NONE) {
		check_fault(c, MATCH_FAULT_PLACEMENT,
			    "student \"%.*s\" did not list posting \"%.*s\"",
			    MATCH_ID(student), MATCH_ID(posting));
		return false;
	}
	if (c->held[told->student] != MATCH_NONE) {
		check_fault(c, MATCH_FAULT_PLACEMENT,
			    "student \"%.*s\" is placed twice",
			    MATCH_ID(student));
		return false;
	}
	if (!check_key_of(c, told->student, choice, &key))
		check_fault(c, MATCH_FAULT_PLACEMENT,
			    "the ranking of posting \"%.*s\" does not list "
			    "student \"%.*s\"",
			    MATCH_ID(posting), MATCH_ID(student));
	if (told->score != in->choice[choice].score)
		check_fault(c, MATCH_FAULT_PLACEMENT,
			    "student \"%.*s\": score %lld should be %u",
			    MATCH_ID(student), (long long)told->score,
			    in->choice[choice].score);
	choice -= in->choice_start[told->student];
	if (told->choice != (int64_t)choice + 1)
		check_fault(c, MATCH_FAULT_PLACEMENT,
			    "student \"%.*s\": choice %lld should be %u",
			    MATCH_ID(student), (long long)told->choice,
			    choice + 1);
	c->held[told->student] = in->choice_start[told->student] + choice;
	return true;
}

static bool check_placements(struct check *c)
{
	const struct match_result *result = c->result;
	bool are_countable = true;

	for (uint32_t i = 0; i < result->placement_count; i++) {
		uint32_t student = result->placements[i].student;
		struct match_id id = check_student_id(c, student);

		if (!check_placement(c, &result->placements[i]))
			are_countable = false;
		if (i && result->placements[i - 1].student >= student)
			check_fault(c, MATCH_FAULT_PLACEMENT,
				    "student \"%.*s\" is out of order",
				    MATCH_ID(id));
	}
	return are_countable;
}

static void check_unplaced(struct check *c)
{
	const struct match_result *result = c->result;
	uint32_t i = 0;

	for (uint32_t s = 0; s < c->instance->students.count; s++) {
		struct match_id id = check_student_id(c, s);
		bool is_told =
			i < result->unplaced_count && result->unplaced[i] == s;

		if (is_told && c->held[s] != MATCH_NONE)
			check_fault(c, MATCH_FAULT_UNPLACED,
				    "student \"%.*s\" is placed", MATCH_ID(id));
		if (!is_told && c->held[s] == MATCH_NONE)
			check_fault(c, MATCH_FAULT_UNPLACED,
				    "student \"%.*s\" is neither placed nor "
				    "listed in its place",
				    MATCH_ID(id));
		i += is_told;
	}
	for (; i < result->unplaced_count; i++) {
		struct match_id id = check_student_id(c, result->unplaced[i]);

		check_fault(c, MATCH_FAULT_UNPLACED,
			    "entry %u, student \"%.*s\": unknown, or twice, or "
			    "out of order",
			    i + 1, MATCH_ID(id));
	}
}

static bool check_caps(struct check *c)
{
	const struct match_instance *in = c->instance;
	uint32_t posting_count = in->postings.count;
	bool are_kept = true;

	for (uint32_t i = 0; i < posting_count + in->groups.count; i++) {
		uint32_t seats = i < posting_count
					 ? in->posting[i].capacity
					 : in->group[i - posting_count].upper;
		struct match_id id = check_node_id(c, i);

		if (c->node[i].held <= seats)
			continue;
		are_kept = false;
		check_fault(c, MATCH_FAULT_CAP,
			    "%s \"%.*s\" has %u placed and %u seats",
			    i < posting_count ? "posting" : "group",
			    MATCH_ID(id), c->node[i].held, seats);
	}
	return are_kept;
}

static void check_sum(struct check *c, const char *name, int64_t told,
		      int64_t right)
{
	if (told != right)
		check_fault(c, MATCH_FAULT_OBJECTIVE, "%s %lld should be %lld",
			    name, (long long)told, (long long)right);
}

static int64_t shortfall_of(const struct check *c, uint32_t group)
{
	int64_t lower = c->instance->group[group].lower;
	int64_t held = c->node[c->instance->postings.count + group].held;

	return lower > held ? lower - held : 0;
}

static void check_objective(struct check *c)
{
	const struct match_instance *in = c->instance;
	struct match_objective right = {0, 0, 0};

	for (uint32_t g = 0; g < in->groups.count; g++)
		right.shortfall += shortfall_of(c, g);
	for (uint32_t s = 0; s < in->students.count; s++) {
		if (c->held[s] == MATCH_NONE)
			continue;
		right.placed++;
		right.score += in->choice[c->held[s]].score;
	}
	check_sum(c, "shortfall", c->result->objective.shortfall,
		  right.shortfall);
	check_sum(c, "placed", c->result->objective.placed, right.placed);
	check_sum(c, "score", c->result->objective.score, right.score);
}

static void check_number(struct check *c, uint32_t group, const char *name,
			 int64_t told, int64_t right)
{
	struct match_id id = check_group_id(c, group);

	if (told != right)
		check_fault(c, MATCH_FAULT_GROUP,
			    "group \"%.*s\": %s %lld should be %lld",
			    MATCH_ID(id), name, (long long)told,
			    (long long)right);
}

static void check_group(struct check *c, const struct match_group_line *told)
{
	const struct match_instance *in = c->instance;
	const struct match_group *group = &in->group[told->group];
	bool has_upper = group->upper != MATCH_NO_CAP;
	struct match_id id = check_group_id(c, told->group);

	check_number(c, told->group, "placed", told->placed,
		     c->node[in->postings.count + told->group].held);
	check_number(c, told->group, "lower", told->lower, group->lower);
	check_number(c, told->group, "shortfall", told->shortfall,
		     shortfall_of(c, told->group));
	if (told->has_upper != has_upper)
		check_fault(c, MATCH_FAULT_GROUP,
			    "group \"%.*s\" has %s, which upper must say",
			    MATCH_ID(id), has_upper ? "a cap" : "no cap");
	else if (has_upper)
		check_number(c, told->group, "upper", told->upper,
			     group->upper);
}

static void check_groups(struct check *c)
{
	const struct match_result *result = c->result;
	uint32_t i = 0;

	for (uint32_t g = 0; g < c->instance->groups.count; g++) {
		struct match_id id = check_group_id(c, g);

		if (i < result->group_count && result->groups[i].group == g)
			check_group(c, &result->groups[i++]);
		else
			check_fault(c, MATCH_FAULT_GROUP,
				    "group \"%.*s\" is not listed in its place",
				    MATCH_ID(id));
	}
	for (; i < result->group_count; i++) {
		struct match_id id = check_group_id(c, result->groups[i].group);

		check_fault(c, MATCH_FAULT_GROUP,
			    "entry %u, group \"%.*s\": unknown, or twice, or "
			    "out of order",
			    i + 1, MATCH_ID(id));
	}
}

static bool check_init(struct check *c)
{
	const struct match_instance *in = c->instance;
	uint32_t student_count = in->students.count;

	c->lottery = match_take(student_count, sizeof(*c->lottery));
	c->held = match_take(student_count, sizeof(*c->held));
	c->node = match_take((size_t)in->postings.count + in->groups.count,
			     sizeof(*c->node));
	c->prior = match_take(student_count, sizeof(*c->prior));
	if (!c->lottery || !c->held || !c->node || !c->prior)
		return false;
	memset(c->held, 0xff, student_count * sizeof(*c->held));
	return check_rankings(c);
}

static void check_free(struct check *c)
{
	match_drop(c->lottery);
	match_drop(c->held);
	match_drop(c->prior);
	match_drop(c->node);
	match_drop(c->ranked_start);
	match_drop(c->ranked);
	match_drop(c->governing);
}

static bool judge(struct check *c, const char *instance_sha256,
		  struct match_error *error)
{
	bool is_stable = !is_optimal(c->result), is_countable;

	check_header(c, instance_sha256);
	if (is_stable)
		check_lottery(c);
	is_countable = check_placements(c);
	is_countable &= check_pins(c);
	check_unplaced(c);
	check_count(c, is_stable);
	is_countable &= check_caps(c);
	check_objective(c);
	check_groups(c);
	if (!check_prior(c, error))
		return false;
	check_moves(c);
	if (is_countable && !(is_stable ? check_stable(c) : check_optimal(c)))
		return match_no_memory(error);
	return true;
}

bool match_verify_claim(const struct match_claim *claim,
			struct match_faults *faults, struct match_error *error)
{
	struct check c = {.instance = claim->instance,
			  .result = claim->result,
			  .previous = claim->previous,
			  .faults = faults};
	bool is_done = check_init(&c) || match_no_memory(error);

	faults->count = 0;
	is_done = is_done && judge(&c, claim->instance_sha256, error);
	check_free(&c);
	return is_done;
}

bool match_verify(const struct match_instance *instance,
		  const char *instance_sha256,
		  const struct match_result *result,
		  struct match_faults *faults, struct match_error *error)
{
	const struct match_claim claim = {.instance = instance,
					  .instance_sha256 = instance_sha256,
					  .result = result};

	return match_verify_claim(&claim, faults, error);
}
