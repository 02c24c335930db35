#include "model.h"

#include "matcher/insist.h"

#include <string.h>

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
	made->is_there = true;
}

void model_make_student(uint64_t *seed, uint32_t serial,
			struct model_student *made)
{
	struct match_student *student = &made->student;

	*student = random_student(seed, serial, &made->storage);
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
