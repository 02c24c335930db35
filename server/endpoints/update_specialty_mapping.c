/*
 * PATCH /v1/schools/{school_id}/specialty-mapping - names are mapped anew, or
 * forgotten. Names that are not in the patch stay, so no version is asked for.
 */
#include "endpoints/specialty_mapping_steps.h"

enum { BODY_MAX_BYTES = 128 * 1024 };

static flow_step check_codes, change_mapping;

const struct endpoint update_specialty_mapping = {
	.operation = "updateSpecialtyMapping",
	.method = "PATCH",
	.path = "/v1/schools/{school_id}/specialty-mapping",
	.allow = { [ROLE_SCHOOL] = SCOPE_OWN },
	.state_bytes = sizeof(struct mapping_path),
	.body_max_bytes = BODY_MAX_BYTES,
	.body = specialty_mapping_shape,
	.body_bytes = sizeof(struct specialty_mapping_new),
	.is_merge_patch = true,
	.steps = { find_mapping_school, check_codes, change_mapping,
		   find_mapping, reply_mapping },
};

static enum flow_next check_codes(struct flow *f)
{
	return ask_unknown_codes(f, f->body);
}

static enum flow_next change_mapping(struct flow *f)
{
	struct mapping_path *s = f->state;

	if (!mapping_is_known(f, "#/mapping"))
		return fail_flaws(f);
	return remember_mapping(f, &s->school_id, f->body);
}
