/*
 * A posting and a student packed, each in one block that never changes. Names
 * of skills and certificates stand in it by their numbers.
 */
#ifndef MATCHER_INDEX_RECORD_H
#define MATCHER_INDEX_RECORD_H

#include "matcher/index.h"
#include "matcher/index_names.h"

/* What both begin with. */
struct match_record {
	uint8_t id[16];
	uint32_t slot;
	uint32_t bytes; /* of the block */
};

struct match_packed_ask {
	uint32_t name;
	uint32_t weight : 30; /* as it was put: 0 counts as 1000 */
	uint32_t is_required : 1;
	uint32_t is_certificate : 1;
};

struct match_posting_record {
	struct match_record of;
	int64_t published_us, pay_min_fen, pay_max_fen;
	uint8_t enterprise[16];
	uint8_t only_school[16];
	uint32_t industry, occupation, division, conditions;
	uint32_t only_specialty;
	int32_t from, to;
	uint16_t day_minutes, week_minutes;
	int16_t only_entry_year;
	uint8_t kind, education_min, labour_grade, age_min;
	uint8_t target_count, ask_count;
	uint32_t tail[]; /* the targets, then the asks */
};

struct match_student_record {
	struct match_record of;
	int64_t pay_fen;
	uint8_t school_id[16];
	uint32_t specialty, home, school;
	int32_t available_from, available_to;
	struct match_date birth;
	int16_t entry_year;
	uint16_t skill_count, certificate_count;
	uint8_t willing_count, education, sex;
	bool is_willing_anywhere;
	uint32_t tail[]; /* willing, then skills, then certificates */
};

/* The parts of the tails. */
static inline const uint32_t *match_record_targets(
	const struct match_posting_record *record)
{
	return record->tail;
}

static inline const struct match_packed_ask *match_record_asks(
	const struct match_posting_record *record)
{
	return (const struct match_packed_ask *)(record->tail +
						 record->target_count);
}

static inline const uint32_t *match_record_willing(
	const struct match_student_record *record)
{
	return record->tail;
}

static inline const uint32_t *match_record_skills(
	const struct match_student_record *record)
{
	return record->tail + record->willing_count;
}

static inline const uint32_t *match_record_certificates(
	const struct match_student_record *record)
{
	return match_record_skills(record) + record->skill_count;
}

/* fails  NULL: MATCH_TOO_LARGE, MATCH_NO_MEMORY */
struct match_posting_record *match_record_from_posting(
	const struct match_index_posting *posting, struct match_names *names,
	struct match_error *error);
struct match_student_record *match_record_from_student(
	const struct match_student *student, struct match_names *names,
	struct match_error *error);

/*
 * Facts to align: each name is written as the four bytes of its number, which
 * are equal where the names are. Names that nobody put are left out of what a
 * student holds, and asks keep theirs as MATCH_NO_NAME.
 */
struct match_numbered_posting {
	struct match_posting facts;
	struct match_ask asks[MATCH_ASKS_MAX];
	uint32_t names[MATCH_ASKS_MAX];
};

struct match_numbered_student {
	struct match_student facts;
	struct match_text skills[MATCH_INDEX_SKILLS_MAX];
	struct match_text certificates[MATCH_INDEX_SKILLS_MAX];
	uint32_t skill_names[MATCH_INDEX_SKILLS_MAX];
	uint32_t certificate_names[MATCH_INDEX_SKILLS_MAX];
};

/* From a record: arrays point into numbered and the record. */
void match_record_number_posting(const struct match_posting_record *record,
				 struct match_numbered_posting *numbered);
void match_record_number_student(const struct match_student_record *record,
				 struct match_numbered_student *numbered);

/* From a caller's own. in  it keeps to the limits of index.h */
void match_names_number_posting(const struct match_names *names,
				const struct match_posting *posting,
				struct match_numbered_posting *numbered);
void match_names_number_student(const struct match_names *names,
				const struct match_student *student,
				struct match_numbered_student *numbered);

/* As it was put, with its names. */
void match_record_facts_posting(const struct match_posting_record *record,
				const struct match_names *names,
				struct match_index_posting_facts *facts);
void match_record_facts_student(const struct match_student_record *record,
				const struct match_names *names,
				struct match_index_student_facts *facts);

#endif
