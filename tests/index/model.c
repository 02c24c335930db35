#include "model.h"

#include "matcher/insist.h"

#include <string.h>

/* Numbers that no form of a code has, and the ends of every range. */
static void make_posting_odd(uint64_t *seed, struct model_posting *made)
{
	static const uint32_t divisions[] = {7,	     99,     100,    1234567,
					     320599, 320501, 429000, 320000};
	static const uint32_t targets[] = {0,	    5,	      510203, 5100,
					   5102039, 51020301, 51,     999999};
	struct match_posting *facts = &made->posting.facts;

	switch (random_below(seed, 6)) {
	case 0:
		facts->division = divisions[random_below(seed, 8)];
		break;
	case 1:
		for (size_t i = 0; i < facts->target_count; i++)
			made->storage.targets[i] =
				targets[random_below(seed, 8)];
		break;
	case 2:
		facts->pay_min_fen = random_below(seed, 150);
		facts->pay_max_fen = 0;
		break;
	case 3:
		facts->pay_max_fen =
			INT64_C(6553400) + INT64_C(99) * random_below(seed, 3);
		facts->pay_min_fen = facts->pay_max_fen / 2;
		break;
	case 4:
		facts->from = match_day_from_text("2149-05-30");
		facts->to = facts->from + (int32_t)random_below(seed, 30);
		break;
	default:
		facts->published_us =
			INT64_C(4294967294000000) + random_below(seed, 2000001);
	}
}

static void make_student_odd(uint64_t *seed, struct match_student *student)
{
	static const uint32_t codes[] = {0, 51, 5102, 5102031, 510012, 410203};

	switch (random_below(seed, 4)) {
	case 0:
		student->specialty = codes[random_below(seed, 6)];
		break;
	case 1:
		student->home = random_below(seed, 2) ? 1234567 : 99;
		break;
	case 2:
		student->pay_fen = random_below(seed, 2)
					   ? 1 + random_below(seed, 120)
					   : INT64_C(99999999999);
		break;
	default:
		student->available_to = match_day_from_text("2149-06-20");
	}
}

void model_make_posting(uint64_t *seed, uint32_t serial,
			struct model_posting *made)
{
	struct match_index_posting *posting = &made->posting;

	*posting = (struct match_index_posting){
		.facts = random_posting(seed, serial, &made->storage),
		.industry = random_below(seed, 4),
	};
	/* The serial alone is the id, so that a second put is a replacement. */
	memset(posting->facts.id, 0, sizeof(posting->facts.id));
	memcpy(posting->facts.id + 12, &serial, sizeof(serial));
	posting->facts.id[0] = (uint8_t)(serial * 37);
	posting->enterprise[15] = (uint8_t)random_below(seed, 5);
	if (random_below(seed, 8) == 0)
		make_posting_odd(seed, made);
	made->is_there = true;
}

void model_make_student(uint64_t *seed, uint32_t serial,
			struct model_student *made)
{
	struct match_student *student = &made->student;

	*student = random_student(seed, serial, &made->storage);
	if (random_below(seed, 8) == 0)
		make_student_odd(seed, student);
	memset(student->id, 0, sizeof(student->id));
	memcpy(student->id + 12, &serial, sizeof(serial));
	student->id[0] = (uint8_t)(serial * 37);
	made->is_there = true;
}

static const struct match_ties *ties_of(const struct model *model)
{
	return model->has_ties ? &random_ties : NULL;
}

struct match_terms model_terms(const struct model *model)
{
	return (struct match_terms){&model->policy, ties_of(model)};
}

void model_open(struct model *model, uint64_t seed, uint32_t room)
{
	*model = (struct model){.seed = seed, .room = room};
	MATCH_INSIST(room <= MODEL_MAX);
	model->policy = random_policy(&model->seed);
	model->has_ties = random_below(&model->seed, 4) != 0;
	model->epochs = match_epochs_new();
	MATCH_INSIST(model->epochs);
	model->index =
		match_index_new(&model->policy, ties_of(model), model->epochs);
	MATCH_INSIST(model->index);
}

void model_close(struct model *model)
{
	match_index_free(model->index);
	match_epochs_free(model->epochs);
}

void model_turn(struct model *model)
{
	struct match_error error;

	model->policy = random_policy(&model->seed);
	model->has_ties = random_below(&model->seed, 2) != 0;
	MATCH_INSIST(match_index_set_terms(model->index, &model->policy,
					   ties_of(model), &error));
}

static void change_posting(struct model *model, uint32_t serial)
{
	struct model_posting *posting = &model->posting[serial];
	struct match_error error;

	model_make_posting(&model->seed, serial, posting);
	if (random_below(&model->seed, 3) == 0) {
		posting->is_there = false;
		match_index_drop_posting(model->index,
					 posting->posting.facts.id);
		return;
	}
	MATCH_INSIST(match_index_put_posting(model->index, &posting->posting,
					     &error));
}

static void change_student(struct model *model, uint32_t serial)
{
	struct model_student *student = &model->student[serial];
	struct match_error error;

	model_make_student(&model->seed, serial, student);
	if (random_below(&model->seed, 3) == 0) {
		student->is_there = false;
		match_index_drop_student(model->index, student->student.id);
		return;
	}
	MATCH_INSIST(match_index_put_student(model->index, &student->student,
					     &error));
}

void model_change(struct model *model, uint32_t changes)
{
	for (uint32_t i = 0; i < changes; i++) {
		uint32_t serial = random_below(&model->seed, model->room);

		if (random_below(&model->seed, 2) == 0)
			change_posting(model, serial);
		else
			change_student(model, serial);
	}
}

void model_publish(struct model *model)
{
	struct match_error error;

	MATCH_INSIST(match_index_publish(model->index, &error));
}
