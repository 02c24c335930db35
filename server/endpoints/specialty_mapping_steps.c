/* specialty_mapping_steps.c - see specialty_mapping_steps.h. */
#include "endpoints/specialty_mapping_steps.h"

static const struct constraint_flaw refusals[] = {
	{ "specialty_mapping_is_bounded", "#/mapping", "too-many-items",
	  "makes more than 2,000 names of the school", "学校的名称超过 2000 个",
	  FAULT_BAD_BODY },
	{ NULL, NULL, NULL, NULL, NULL, FAULT_NONE }
};

enum flow_next find_mapping_school(struct flow *f)
{
	struct mapping_path *s = f->state;

	if (!path_uuid(f, "school_id", &s->school_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_SCHOOL_OWNED, P_CONSORTIUM(f),
		       P_ID(&s->school_id), P_OWNER(f));
}

enum flow_next find_mapping(struct flow *f)
{
	struct mapping_path *s = f->state;

	return ask(f, SQL_SPECIALTY_MAPPING, P_CONSORTIUM(f),
		   P_ID(&s->school_id));
}

enum flow_next reply_mapping(struct flow *f)
{
	struct mapping_path *s = f->state;

	specialty_mapping_write(reply_json(f, 200), &s->school_id, f->rows);
	return FLOW_DONE;
}

enum flow_next ask_unknown_codes(struct flow *f,
				 const struct specialty_mapping_new *m)
{
	struct specialty_mapping_lists lists;

	specialty_mapping_lists(m, f->mem, &lists);
	return ask(f, SQL_SPECIALTY_CODES_UNKNOWN, P_TEXTS(&lists.codes));
}

bool mapping_is_known(struct flow *f, const char *where)
{
	for (int i = 0; i < rows_count(f->rows); i++) {
		const char *code = rows_text(f->rows, i, 0);

		flaws_add(&f->flaws, where, "unknown-code",
			  arena_print(f->mem, "%s is in no official list",
				      code),
			  arena_print(f->mem, "%s 不在官方代码表中", code));
	}
	return f->flaws.count == 0;
}

enum flow_next remember_mapping(struct flow *f, const struct uuid *school,
				const struct specialty_mapping_new *m)
{
	struct specialty_mapping_lists lists;

	specialty_mapping_lists(m, f->mem, &lists);
	explain_constraints(f, refusals);
	return tell(f, SQL_SPECIALTY_MAP, P_CONSORTIUM(f), P_ID(school),
		    P_ACCOUNT(f), P_TEXTS(&lists.names),
		    P_TEXTS(&lists.folded), P_TEXTS(&lists.codes));
}
