/* destination_steps.c - see destination_steps.h. */
#include "endpoints/destination_steps.h"

#include <string.h>

#include "base/text.h"
#include "endpoints/filters.h"
#include "records/codes.h"

const char *const destination_sex_words[] = { "female", "male", "unknown",
					      NULL };

bool path_destination(struct flow *f)
{
	struct destination_at *s = f->state;

	return path_uuid(f, "student_id", &s->id);
}

enum flow_next find_destination(struct flow *f)
{
	struct destination_at *s = f->state;

	return ask_one(f, SQL_DESTINATION_BY_ID, P_CONSORTIUM(f),
		       P_UUID(&s->id), P_OWNER(f));
}

enum flow_next reply_destination(struct flow *f)
{
	reply_etag(f, rows_int(f->rows, 0, DESTINATION_VERSION_COLUMN));
	destination_write_whole(reply_json(f, 200), f->rows, 0);
	return FLOW_DONE;
}

/* ---- lists ---- */

static const char *check_code_or_none(const char *text)
{
	return text_same(text, "none") ? NULL : destination_check_code(text);
}

/* The beginning of a division: province, prefecture, county. */
static const char *check_place(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (text[digits] || digits % 2)
		return "must have 2, 4 or 6 digits";
	return NULL;
}

static const char *const level_words[] = { "secondary", "associate",
					   "bachelor", NULL };

static const char *const counted_words[] = {
	"placed", "employed", "local", "answered", "said_yes", "computable",
	"computed_yes", NULL
};

const struct field destination_filter_shape[] = {
	INT(struct destination_filter, year, 2000, 2100, OPTIONAL),
	INT(struct destination_filter, month, 1, 12, OPTIONAL),
	UUID(struct destination_filter, school_id, OPTIONAL),
	TIDY_CODE(struct destination_filter, specialty, 2, 6,
		  code_check_specialty_target, code_tidy_specialty, OPTIONAL),
	ENUM(struct destination_filter, level, level_words, OPTIONAL),
	ENUM(struct destination_filter, sex, destination_sex_words, OPTIONAL),
	CODE(struct destination_filter, division_code, 6, 6,
	     code_check_division, OPTIONAL),
	CODE(struct destination_filter, code, 2, 4, check_code_or_none,
	     CASED),
	ENUM(struct destination_filter, state, destination_state_words,
	     OPTIONAL),
	ENUM(struct destination_filter, evidence, evidence_level_words,
	     OPTIONAL),
	CODE(struct destination_filter, workplace, 2, 6, check_place, OPTIONAL),
	ENUM(struct destination_filter, counts_as, counted_words, OPTIONAL),
	END_OF_FIELDS
};

enum flow_next check_destination_filter(struct flow *f)
{
	const struct destination_filter *q = f->query;
	struct filters filters = { .specialty = q->specialty,
				   .division_code = q->division_code,
				   .school_id = q->school_id };

	return find_unknown_filters(f, &filters);
}

static struct asked asked_number(int64_t number)
{
	return number ? P_INT(number) : P_NULL;
}

enum flow_next ask_destinations(struct flow *f, enum sql_id sql)
{
	const struct destination_filter *q = f->query;

	if (!filters_are_known(f))
		return FLOW_FAIL;
	return ask(f, sql, P_CONSORTIUM(f), P_OWNER(f),
		   asked_number(q->year), asked_number(q->month),
		   P_UUID(&q->school_id), P_TEXT(q->specialty),
		   P_TEXT(q->level), P_TEXT(q->sex),
		   P_TEXT(q->division_code), P_TEXT(q->code),
		   P_TEXT(q->state), P_TEXT(q->evidence),
		   P_TEXT(q->workplace), P_AFTER(f, 0), PAGE_ROWS(f),
		   P_TEXT(q->counts_as));
}
