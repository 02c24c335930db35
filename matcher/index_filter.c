/* Each filter is one question; unset ones say yes. */
#include "matcher/index_filter.h"

#include <string.h>

enum { FEW_SLOTS = 512 };

/* Whether a code lies under a code of 2, 4 or 6 digits, or equals it. */
static bool is_under(uint32_t code, uint32_t prefix)
{
	while (code > prefix)
		code /= 100;
	return code == prefix;
}

static bool has_target_under(const struct match_posting_record *record,
			     uint32_t prefix)
{
	const uint32_t *targets = match_record_targets(record);

	for (size_t i = 0; i < record->target_count; i++)
		if (is_under(targets[i], prefix))
			return true;
	return false;
}

/* Whether a..b and c..d share a day; MATCH_NO_DAY is open on that side. */
static bool do_meet(int32_t from, int32_t to, int32_t other_from,
		    int32_t other_to)
{
	return (to == MATCH_NO_DAY || other_from == MATCH_NO_DAY ||
		other_from <= to) &&
	       (other_to == MATCH_NO_DAY || from == MATCH_NO_DAY ||
		from <= other_to);
}

static bool is_in_period(const struct match_index_query *query,
			 const struct match_posting_record *record)
{
	if (record->from == MATCH_NO_DAY && record->to == MATCH_NO_DAY)
		return false;
	return do_meet(query->from, query->to, record->from, record->to);
}

static bool pays(const struct match_posting_record *record, int64_t fen)
{
	int64_t highest = record->pay_max_fen != 0 ? record->pay_max_fen
						   : record->pay_min_fen;

	return highest >= fen;
}

static bool passes_by_facts(const struct match_index_query *query,
			    const struct match_posting_record *record)
{
	if (query->kinds != 0 && (query->kinds >> record->kind & 1) == 0)
		return false;
	if (query->division != 0 &&
	    !match_division_is_in(record->division, query->division))
		return false;
	if (query->pay_fen != 0 && !pays(record, query->pay_fen))
		return false;
	if (query->has_period && !is_in_period(query, record))
		return false;
	return query->education == MATCH_EDUCATION_NONE ||
	       record->education_min <= query->education;
}

bool match_query_passes(const struct match_index_query *query,
			const struct match_posting_record *record)
{
	if (!passes_by_facts(query, record))
		return false;
	if (query->specialty != 0 &&
	    !has_target_under(record, query->specialty))
		return false;
	if (query->enterprise && memcmp(query->enterprise, record->enterprise,
					sizeof(record->enterprise)) != 0)
		return false;
	if (query->industry != 0 && query->industry != record->industry)
		return false;
	if (query->published_since_us != 0 &&
	    record->published_us < query->published_since_us)
		return false;
	return match_slot_is_in(query->only, query->only_count,
				record->of.slot);
}

static enum match_education level_of(const struct match_student_record *record)
{
	if (record->education != MATCH_EDUCATION_NONE)
		return (enum match_education)record->education;
	return match_specialty_level(record->specialty);
}

bool match_student_query_passes(const struct match_index_student_query *query,
				const struct match_student_record *record)
{
	if (query->specialty != 0 &&
	    !is_under(record->specialty, query->specialty))
		return false;
	if (query->education != MATCH_EDUCATION_NONE &&
	    level_of(record) < query->education)
		return false;
	return query->home == 0 ||
	       match_division_is_in(record->home, query->home);
}

bool match_slots_are_few(const uint64_t *only, uint32_t count)
{
	uint32_t named = 0;

	if (!only)
		return false;
	for (uint32_t i = 0; i < match_slot_words(count); i++) {
		named += (uint32_t)__builtin_popcountll(
			match_slot_word(only, count, i));
		if (named > FEW_SLOTS)
			return false;
	}
	return true;
}

bool match_class_is_asked(uint32_t prefix, uint32_t class)
{
	/* What has no class at all may have a code of any form. */
	if (prefix == 0 || class == 0 || match_specialty_category(prefix) == 0)
		return true;
	if (prefix < 100)
		return match_specialty_category(prefix) == class / 100;
	return match_specialty_class(prefix) == class;
}
