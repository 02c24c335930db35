/* GET /problems/{code} - what the type of a problem stands for. */
#include "flow/everybody.h"
#include "flow/flow.h"

static flow_step answer;

const struct endpoint get_problem = {
	.operation = "getProblem",
	.method = "GET",
	.path = "/problems/{code}",
	.allow = EVERYBODY,
	.is_shared = true,
	.steps = { answer },
};

static enum flow_next answer(struct flow *f)
{
	struct problem problem = { .status = 0 };
	struct json_writer *w;

	if (!problem_of_code(&problem, path_text(f, "code"), f->lang))
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	reply_language(f);
	w = reply_json(f, 200);
	json_object(w);
	json_member_text(w, "code", problem.code);
	json_member_int(w, "status", problem.status);
	json_member_text(w, "title", problem.title);
	json_end(w);
	return FLOW_DONE;
}
