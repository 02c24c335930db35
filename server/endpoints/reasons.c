/* reasons.c - see reasons.h. */
#include "endpoints/reasons.h"

uint64_t reasons_given(struct flow *f, const struct objects *reasons)
{
	const struct rule_reason *said = reasons->at;
	uint64_t laws = 0;

	for (size_t i = 0; i < reasons->count; i++) {
		enum law law = law_named(said[i].rule);
		const char *where = arena_print(f->mem, "#/reasons/%zu/rule",
						i);

		if (law == LAW_NONE || !law_is_warning(law))
			flaws_add(&f->flaws, where, "not-a-choice",
				  "is no rule of kind warn",
				  "不是须说明理由（warn）的规则");
		else if (laws >> law & 1)
			flaws_add(&f->flaws, where, "repeated",
				  "must not be repeated", "不能重复");
		else
			laws |= 1ULL << law;
	}
	return laws;
}

uint64_t reasons_excuse(const struct objects *reasons)
{
	const struct rule_reason *said = reasons->at;
	uint64_t laws = 0;

	for (size_t i = 0; i < reasons->count; i++) {
		enum law law = law_named(said[i].rule);

		if (law != LAW_NONE && law_is_warning(law))
			laws |= 1ULL << law;
	}
	return laws;
}

void reasons_keep(struct flow *f, const struct objects *reasons,
		  uint64_t broken, struct reasons_kept *kept)
{
	const struct rule_reason *said = reasons->at;
	size_t most = reasons->count + 1, count = 0;

	*kept = (struct reasons_kept){
		.rules.at = arena_array(f->mem, const char *, most),
		.reasons.at = arena_array(f->mem, const char *, most),
		.ids.at = arena_array(f->mem, struct uuid, most),
	};
	for (size_t i = 0; i < reasons->count; i++) {
		if (!(broken >> law_named(said[i].rule) & 1))
			continue;
		kept->rules.at[count] = said[i].rule;
		kept->reasons.at[count] = said[i].reason;
		kept->ids.at[count++] = uuid_new();
	}
	kept->rules.count = kept->reasons.count = kept->ids.count = count;
}
