/* posting.c - postings, from the body in and to the reply out. */
#include "records/posting.h"

#include "base/text.h"
#include "matcher/rules.h"
#include "records/codes.h"
#include "records/members.h"

enum { TARGETS_MAX = 20, WORDS_MAX = 30, WORD_MAX = 60, CONDITIONS_MAX = 15,
       CONDITION_MAX = 20, FEN_MAX = 100000000, DAY_MINUTES_MAX = 1440,
       WEEK_MINUTES_MAX = 10080 };

const char *const posting_kind_words[] = { "internship", "job",
					   "apprenticeship", "order_class",
					   NULL };
const char *const posting_state_words[] = { "draft", "published", "closed",
					    "expired", NULL };
const char *const education_words[] = { "secondary", "associate", "bachelor",
					NULL };

static const char *check_condition(const char *word)
{
	return match_condition_from_word(word)
		       ? NULL
		       : "is not one of the conditions of work";
}

#define WORDS(m)                                                               \
	TEXTS(struct posting, m, WORDS_MAX, WORD_MAX, NULL,                    \
	      NULLABLE | TRIMMED | DISTINCT)

/* In the order of the columns. */
#define FIELDS(needed)                                                         \
	UUID(struct posting, post_category_id, NULLABLE),                      \
	ENUM(struct posting, kind, posting_kind_words, needed),                \
	TEXT(struct posting, title, 1, 100, (needed) | TRIMMED),               \
	INT(struct posting, openings, 1, 10000, needed),                       \
	TIDY_TEXTS(struct posting, targets, TARGETS_MAX, 6,                    \
		   code_check_specialty_target, code_tidy_specialty,           \
		   NULLABLE | DISTINCT),                                       \
	CODE(struct posting, occupation_code, 10, 10, code_check_occupation,   \
	     NULLABLE),                                                        \
	CODE(struct posting, division_code, 6, 6, code_check_division,         \
	     needed),                                                          \
	TEXT(struct posting, address, 1, 200, NULLABLE | TRIMMED),             \
	INT(struct posting, pay_min_fen, 0, FEN_MAX, NULLABLE),                \
	INT(struct posting, pay_max_fen, 0, FEN_MAX, NULLABLE),                \
	INT(struct posting, pay_standard_fen, 1, FEN_MAX, NULLABLE),           \
	DATE(struct posting, period_start, NULLABLE),                          \
	DATE(struct posting, period_end, NULLABLE),                            \
	ENUM(struct posting, min_education, education_words, NULLABLE),        \
	WORDS(required_skills),                                                \
	WORDS(preferred_skills),                                               \
	WORDS(required_certificates),                                          \
	WORDS(preferred_certificates),                                         \
	INT(struct posting, min_age, 16, 65, NULLABLE),                        \
	INT(struct posting, day_minutes, 1, DAY_MINUTES_MAX, NULLABLE),        \
	INT(struct posting, week_minutes, 1, WEEK_MINUTES_MAX, NULLABLE),      \
	INT(struct posting, labour_grade, 1, 4, NULLABLE),                     \
	TEXTS(struct posting, conditions, CONDITIONS_MAX, CONDITION_MAX,       \
	      check_condition, NULLABLE | CASED | DISTINCT),                   \
	TEXT(struct posting, exception_filing, 1, 200, NULLABLE | TRIMMED),    \
	TEXT(struct posting, ref_system, 1, 64, NULLABLE | TRIMMED),           \
	TEXT(struct posting, ref, 1, 128, NULLABLE | TRIMMED),                 \
	TEXT(struct posting, description, 0, 20000, NULLABLE)

const struct field posting_new_shape[] = { FIELDS(REQUIRED), END_OF_FIELDS };
const struct field posting_patch_shape[] = { FIELDS(OPTIONAL), END_OF_FIELDS };

/* A struct posting stands at the beginning of a struct posting_sheet. */
const struct field posting_sheet_shape[] = {
	FIELDS(REQUIRED),
	TEXT(struct posting_sheet, pay_min_yuan, 1, 20, NULLABLE),
	TEXT(struct posting_sheet, pay_max_yuan, 1, 20, NULLABLE),
	TEXT(struct posting_sheet, pay_standard_yuan, 1, 20, NULLABLE),
	TIME(struct posting_sheet, closes_at, NULLABLE),
	END_OF_FIELDS
};

#define MEMBERS(description_)                                                  \
	{ MEMBER_UUID, "id" },                                                 \
	{ MEMBER_UUID, "enterprise_id" },                                      \
	{ MEMBER_UUID, "post_category_id" },                                   \
	{ MEMBER_TEXT, "kind" },                                               \
	{ MEMBER_TEXT, "title" },                                              \
	{ MEMBER_INT, "openings" },                                            \
	{ MEMBER_TEXTS, "targets" },                                           \
	{ MEMBER_TEXT, "occupation_code" },                                    \
	{ MEMBER_TEXT, "division_code" },                                      \
	{ MEMBER_TEXT, "address" },                                            \
	{ MEMBER_INT, "pay_min_fen" },                                         \
	{ MEMBER_INT, "pay_max_fen" },                                         \
	{ MEMBER_INT, "pay_standard_fen" },                                    \
	{ MEMBER_TEXT, "period_start" },                                       \
	{ MEMBER_TEXT, "period_end" },                                         \
	{ MEMBER_TEXT, "min_education" },                                      \
	{ MEMBER_TEXTS, "required_skills" },                                   \
	{ MEMBER_TEXTS, "preferred_skills" },                                  \
	{ MEMBER_TEXTS, "required_certificates" },                             \
	{ MEMBER_TEXTS, "preferred_certificates" },                            \
	{ MEMBER_INT, "min_age" },                                             \
	{ MEMBER_INT, "day_minutes" },                                         \
	{ MEMBER_INT, "week_minutes" },                                        \
	{ MEMBER_INT, "labour_grade" },                                        \
	{ MEMBER_TEXTS, "conditions" },                                        \
	{ MEMBER_TEXT, "exception_filing" },                                   \
	{ MEMBER_TEXT, "ref_system" },                                         \
	{ MEMBER_TEXT, "ref" },                                                \
	{ description_, "description" },                                       \
	{ MEMBER_TEXT, "state" },                                              \
	{ MEMBER_TIME, "published_at" },                                       \
	{ MEMBER_TIME, "closes_at" },                                          \
	{ MEMBER_INT, "version" },                                             \
	{ MEMBER_TIME, "created_at" },                                         \
	{ MEMBER_TIME, "updated_at" },                                         \
	{ MEMBER_END, NULL }

static const struct member posting_members[] = { MEMBERS(MEMBER_TEXT) };
static const struct member item_members[] = { MEMBERS(MEMBER_SKIP) };

_Static_assert(COUNT_OF(posting_members) == POSTING_COLUMNS + 1,
	       "a member for each column");
_Static_assert(COUNT_OF(posting_new_shape) ==
		       POSTING_STATE - POSTING_FIELDS + 1,
	       "a column for each field");

void posting_write(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, posting_members, rows, row);
	json_end(w);
}

void posting_write_item(struct json_writer *w, const struct rows *rows,
			int row)
{
	json_object(w);
	members_write(w, item_members, rows, row);
	json_end(w);
}

void posting_write_made(struct json_writer *w, const struct posting *p,
			const struct posting_made *made)
{
	json_object(w);
	json_member_uuid(w, "id", made->id);
	json_member_uuid(w, "enterprise_id", made->enterprise_id);
	fields_write(w, posting_new_shape, p);
	json_member_text(w, "state", posting_state_words[0]);
	json_member_null(w, "published_at");
	json_member_null(w, "closes_at");
	json_member_int(w, "version", made->version);
	json_member_time(w, "created_at", made->created_at);
	json_member_time(w, "updated_at", made->created_at);
	json_end(w);
}
