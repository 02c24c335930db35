/*
 * duikou-matcher explain. Only what is sound can be explained, so the result is
 * verified in full first: that costs less than reading it.
 */
#include <stdio.h>
#include <string.h>

#include "matcher/cli/cli.h"
#include "matcher/cli/explain_text.h"
#include "matcher/cli/lang.h"
#include "matcher/files/explanation_file.h"
#include "matcher/verify.h"

/* What is asked, and how to answer. */
struct question {
	const struct options *options;
	struct style style;
	const struct match_ids *ids;
	uint32_t number;
};

static bool is_one_asked(const struct options *options)
{
	if (!!options->student + !!options->group + !!options->posting == 1)
		return true;
	complain("explain needs one of --student, --group and --posting");
	return false;
}

/* Find whom or what it is about; complains if the instance has none such. */
static bool find_subject(struct question *question,
			 const struct match_instance *instance)
{
	const struct options *options = question->options;
	const char *kind = "student", *text = options->student;

	question->ids = &instance->students;
	if (options->group) {
		kind = "group";
		text = options->group;
		question->ids = &instance->groups;
	} else if (options->posting) {
		kind = "posting";
		text = options->posting;
		question->ids = &instance->postings;
	}
	question->number = MATCH_NONE;
	if (strlen(text) <= MATCH_ID_BYTES_MAX)
		question->number = match_ids_find(
			question->ids,
			(struct match_id){text, (uint32_t)strlen(text)});
	if (question->number != MATCH_NONE)
		return true;
	complain("%s: there is no %s \"%s\"", options->in, kind, text);
	return false;
}

static bool answer_student(const struct question *question, struct talk *talk,
			   struct match_error *error)
{
	struct match_why_student answer;

	if (!match_why_student(talk->why, question->number, &answer, error))
		return false;
	if (question->style.is_json)
		match_explanation_of_student(talk->why, &answer, talk->sink);
	else
		tell_student(talk, &answer);
	match_why_student_free(&answer);
	return true;
}

/* There are prices in mode optimal only. */
static bool find_margin(const struct match_why *why, uint32_t node,
			struct match_margin *margin, struct match_error *error)
{
	return !why->is_optimal || match_margin(why, node, margin, error);
}

static bool answer_group(const struct question *question, struct talk *talk,
			 struct match_error *error)
{
	uint32_t node = talk->why->instance->postings.count + question->number;
	struct match_shortage answer;
	struct match_margin margin;

	if (!find_margin(talk->why, node, &margin, error) ||
	    !match_shortage(talk->why, question->number, &answer, error))
		return false;
	if (question->style.is_json)
		match_explanation_of_group(talk->why, &answer, &margin,
					   talk->sink);
	else
		tell_group(talk, &answer, &margin);
	match_shortage_free(&answer);
	return true;
}

static bool answer_posting(const struct question *question, struct talk *talk,
			   struct match_error *error)
{
	struct match_why_posting answer;
	struct match_margin margin;

	if (!find_margin(talk->why, question->number, &margin, error))
		return false;
	match_why_posting(talk->why, question->number, &answer);
	if (question->style.is_json)
		match_explanation_of_posting(talk->why, &answer, &margin,
					     talk->sink);
	else
		tell_posting(talk, &answer, &margin);
	return true;
}

static enum exit_status answer(const struct question *question,
			       const struct match_why *why)
{
	struct match_sink sink;
	struct talk talk = {question->style.language, why, &sink};
	struct match_error error;
	bool is_done;

	match_sink_init(&sink, write_out, NULL);
	if (question->options->student)
		is_done = answer_student(question, &talk, &error);
	else if (question->options->group)
		is_done = answer_group(question, &talk, &error);
	else
		is_done = answer_posting(question, &talk, &error);
	if (!is_done)
		return complain("%s", error.text);
	if (!match_sink_finish(&sink, NULL) || fflush(stdout) != 0)
		return complain("standard output cannot be written");
	return EXIT_DONE;
}

static enum exit_status refuse(const struct question *question,
			       const struct match_faults *faults)
{
	complain("%s is not sound, so there is nothing to explain; of %llu "
		 "faults, which verify names, the first is %s: %s",
		 question->options->result, (unsigned long long)faults->count,
		 match_fault_word(faults->kept[0].kind), faults->kept[0].text);
	return EXIT_NOT_SOUND;
}

static enum exit_status judge_and_answer(const struct question *question,
					 const struct match_instance *instance,
					 const char *sha256,
					 const struct match_result *result)
{
	static struct match_faults faults;
	struct match_error error;
	struct match_why why;
	enum exit_status status;

	if (!match_verify(instance, sha256, result, &faults, &error))
		return complain("%s", error.text);
	if (faults.count)
		return refuse(question, &faults);
	if (!match_why_init(&why, instance, result, &error))
		return complain("%s", error.text);
	status = answer(question, &why);
	match_why_free(&why);
	return status;
}

enum exit_status run_explain(const struct options *options)
{
	struct question question = {.options = options};
	struct match_instance instance;
	struct match_result result;
	char sha256[MATCH_SHA256_HEX];
	enum exit_status status = EXIT_UNUSABLE;

	if (!is_one_asked(options) || !read_style(options, &question.style) ||
	    !load_changed_instance(options, true, &instance, sha256))
		return EXIT_UNUSABLE;
	if (find_subject(&question, &instance) &&
	    load_result(options->result, &instance, &result)) {
		status =
			judge_and_answer(&question, &instance, sha256, &result);
		match_result_free(&result);
	}
	match_instance_free(&instance);
	return status;
}
