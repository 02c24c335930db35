/*
 * Packing postings and students, and giving them back. Callers of the packing
 * side have the writer's right to add names.
 */
#include "matcher/index_record.h"

#include "matcher/insist.h"
#include "matcher/memory.h"

#include <string.h>

_Static_assert(sizeof(struct match_packed_ask) == 8, "two words of the tail");

static bool posting_fits(const struct match_posting *facts,
			 struct match_error *error)
{
	if (facts->target_count > MATCH_INDEX_TARGETS_MAX)
		return match_fail(error, MATCH_TOO_LARGE,
				  "more than %d targets",
				  MATCH_INDEX_TARGETS_MAX);
	if (facts->ask_count > MATCH_ASKS_MAX)
		return match_fail(error, MATCH_TOO_LARGE,
				  "more than %d skills and certificates asked",
				  MATCH_ASKS_MAX);
	return true;
}

static bool pack_asks(const struct match_posting *facts,
		      struct match_names *names, struct match_packed_ask *to)
{
	for (size_t i = 0; i < facts->ask_count; i++) {
		const struct match_ask *ask = &facts->asks[i];
		uint32_t name;

		MATCH_INSIST(ask->weight < 1u << 30);
		if (!match_names_add(names, ask->name, &name))
			return false;
		to[i] = (struct match_packed_ask){
			.name = name,
			.weight = ask->weight & ((1u << 30) - 1),
			.is_required = ask->is_required,
			.is_certificate = ask->is_certificate,
		};
	}
	return true;
}

static void pack_posting(const struct match_index_posting *posting,
			 struct match_posting_record *record)
{
	const struct match_posting *facts = &posting->facts;

	memcpy(record->of.id, facts->id, sizeof(record->of.id));
	memcpy(record->enterprise, posting->enterprise,
	       sizeof(record->enterprise));
	record->published_us = facts->published_us;
	record->pay_min_fen = facts->pay_min_fen;
	record->pay_max_fen = facts->pay_max_fen;
	record->industry = posting->industry;
	record->occupation = facts->occupation;
	record->division = facts->division;
	record->conditions = facts->conditions;
	record->from = facts->from;
	record->to = facts->to;
	record->day_minutes = facts->day_minutes;
	record->week_minutes = facts->week_minutes;
	memcpy(record->only_school, facts->only_school,
	       sizeof(record->only_school));
	record->only_specialty = facts->only_specialty;
	record->only_entry_year = facts->only_entry_year;
	record->kind = (uint8_t)facts->kind;
	record->education_min = (uint8_t)facts->education_min;
	record->labour_grade = facts->labour_grade;
	record->age_min = facts->age_min;
	record->target_count = (uint8_t)facts->target_count;
	record->ask_count = (uint8_t)facts->ask_count;
	if (facts->target_count != 0)
		memcpy(record->tail, facts->targets,
		       facts->target_count * sizeof(*facts->targets));
}

struct match_posting_record *match_record_from_posting(
	const struct match_index_posting *posting, struct match_names *names,
	struct match_error *error)
{
	const struct match_posting *facts = &posting->facts;
	struct match_posting_record *record;
	size_t bytes;

	if (!posting_fits(facts, error))
		return NULL;
	bytes = sizeof(*record) + facts->target_count * sizeof(uint32_t) +
		facts->ask_count * sizeof(struct match_packed_ask);
	record = match_take(1, bytes);
	if (!record) {
		match_no_memory(error);
		return NULL;
	}
	record->of.bytes = (uint32_t)bytes;
	pack_posting(posting, record);
	if (!pack_asks(facts, names,
		       (struct match_packed_ask *)(record->tail +
						   record->target_count))) {
		match_drop(record);
		match_no_memory(error);
		return NULL;
	}
	return record;
}

static bool student_fits(const struct match_student *student,
			 struct match_error *error)
{
	if (student->willing_count > MATCH_INDEX_WILLING_MAX)
		return match_fail(error, MATCH_TOO_LARGE,
				  "more than %d places the student would go to",
				  MATCH_INDEX_WILLING_MAX);
	if (student->skill_count > MATCH_INDEX_SKILLS_MAX ||
	    student->certificate_count > MATCH_INDEX_SKILLS_MAX)
		return match_fail(error, MATCH_TOO_LARGE,
				  "more than %d skills or certificates",
				  MATCH_INDEX_SKILLS_MAX);
	return true;
}

static void pack_student(const struct match_student *student,
			 struct match_student_record *record)
{
	memcpy(record->of.id, student->id, sizeof(record->of.id));
	record->pay_fen = student->pay_fen;
	record->specialty = student->specialty;
	record->home = student->home;
	record->school = student->school;
	memcpy(record->school_id, student->school_id,
	       sizeof(record->school_id));
	record->available_from = student->available_from;
	record->available_to = student->available_to;
	record->birth = student->birth;
	record->entry_year = student->entry_year;
	record->skill_count = (uint16_t)student->skill_count;
	record->certificate_count = (uint16_t)student->certificate_count;
	record->willing_count = (uint8_t)student->willing_count;
	record->education = (uint8_t)student->education;
	record->sex = (uint8_t)student->sex;
	record->is_willing_anywhere = student->is_willing_anywhere;
	if (student->willing_count != 0)
		memcpy(record->tail, student->willing,
		       student->willing_count * sizeof(*student->willing));
}

static bool pack_names(const struct match_text *texts, size_t count,
		       struct match_names *names, uint32_t *to)
{
	for (size_t i = 0; i < count; i++)
		if (!match_names_add(names, texts[i], &to[i]))
			return false;
	return true;
}

struct match_student_record *match_record_from_student(
	const struct match_student *student, struct match_names *names,
	struct match_error *error)
{
	struct match_student_record *record;
	uint32_t *skills;
	size_t bytes;

	if (!student_fits(student, error))
		return NULL;
	bytes = sizeof(*record) +
		(student->willing_count + student->skill_count +
		 student->certificate_count) *
			sizeof(uint32_t);
	record = match_take(1, bytes);
	if (!record) {
		match_no_memory(error);
		return NULL;
	}
	record->of.bytes = (uint32_t)bytes;
	pack_student(student, record);
	skills = record->tail + record->willing_count;
	if (!pack_names(student->skills, student->skill_count, names, skills) ||
	    !pack_names(student->certificates, student->certificate_count,
			names, skills + record->skill_count)) {
		match_drop(record);
		match_no_memory(error);
		return NULL;
	}
	return record;
}

static struct match_text number_text(const uint32_t *name)
{
	return (struct match_text){(const char *)name, sizeof(*name)};
}

static void unpack_posting(const struct match_posting_record *record,
			   struct match_posting *facts)
{
	*facts = (struct match_posting){
		.published_us = record->published_us,
		.kind = (enum match_kind)record->kind,
		.education_min = (enum match_education)record->education_min,
		.targets = match_record_targets(record),
		.target_count = record->target_count,
		.occupation = record->occupation,
		.division = record->division,
		.pay_min_fen = record->pay_min_fen,
		.pay_max_fen = record->pay_max_fen,
		.from = record->from,
		.to = record->to,
		.ask_count = record->ask_count,
		.conditions = record->conditions,
		.labour_grade = record->labour_grade,
		.age_min = record->age_min,
		.day_minutes = record->day_minutes,
		.week_minutes = record->week_minutes,
		.only_specialty = record->only_specialty,
		.only_entry_year = record->only_entry_year,
	};
	memcpy(facts->id, record->of.id, sizeof(facts->id));
	memcpy(facts->only_school, record->only_school,
	       sizeof(facts->only_school));
}

static struct match_ask unpack_ask(const struct match_packed_ask *ask,
				   struct match_text name)
{
	return (struct match_ask){
		.name = name,
		.weight = ask->weight,
		.is_required = ask->is_required,
		.is_certificate = ask->is_certificate,
	};
}

void match_record_number_posting(const struct match_posting_record *record,
				 struct match_numbered_posting *numbered)
{
	const struct match_packed_ask *asks = match_record_asks(record);

	unpack_posting(record, &numbered->facts);
	for (size_t i = 0; i < record->ask_count; i++)
		numbered->asks[i] =
			unpack_ask(&asks[i], number_text(&asks[i].name));
	numbered->facts.asks = numbered->asks;
}

void match_record_facts_posting(const struct match_posting_record *record,
				const struct match_names *names,
				struct match_index_posting_facts *facts)
{
	const struct match_packed_ask *asks = match_record_asks(record);

	unpack_posting(record, &facts->posting.facts);
	memcpy(facts->posting.enterprise, record->enterprise,
	       sizeof(record->enterprise));
	facts->posting.industry = record->industry;
	for (size_t i = 0; i < record->ask_count; i++)
		facts->asks[i] = unpack_ask(
			&asks[i], match_names_text(names, asks[i].name));
	facts->posting.facts.asks = facts->asks;
}

void match_names_number_posting(const struct match_names *names,
				const struct match_posting *posting,
				struct match_numbered_posting *numbered)
{
	MATCH_INSIST(posting->ask_count <= MATCH_ASKS_MAX);
	numbered->facts = *posting;
	for (size_t i = 0; i < posting->ask_count; i++) {
		numbered->names[i] =
			match_names_find(names, posting->asks[i].name);
		numbered->asks[i] = posting->asks[i];
		numbered->asks[i].name = number_text(&numbered->names[i]);
	}
	numbered->facts.asks = numbered->asks;
}

static void unpack_student(const struct match_student_record *record,
			   struct match_student *facts)
{
	*facts = (struct match_student){
		.specialty = record->specialty,
		.education = (enum match_education)record->education,
		.entry_year = record->entry_year,
		.birth = record->birth,
		.is_willing_anywhere = record->is_willing_anywhere,
		.sex = (enum match_sex)record->sex,
		.home = record->home,
		.school = record->school,
		.available_from = record->available_from,
		.available_to = record->available_to,
		.willing = match_record_willing(record),
		.willing_count = record->willing_count,
		.pay_fen = record->pay_fen,
		.skill_count = record->skill_count,
		.certificate_count = record->certificate_count,
	};
	memcpy(facts->id, record->of.id, sizeof(facts->id));
	memcpy(facts->school_id, record->school_id, sizeof(facts->school_id));
}

void match_record_number_student(const struct match_student_record *record,
				 struct match_numbered_student *numbered)
{
	const uint32_t *skills = match_record_skills(record);
	const uint32_t *certificates = match_record_certificates(record);

	unpack_student(record, &numbered->facts);
	for (size_t i = 0; i < record->skill_count; i++)
		numbered->skills[i] = number_text(&skills[i]);
	for (size_t i = 0; i < record->certificate_count; i++)
		numbered->certificates[i] = number_text(&certificates[i]);
	numbered->facts.skills = numbered->skills;
	numbered->facts.certificates = numbered->certificates;
}

void match_record_facts_student(const struct match_student_record *record,
				const struct match_names *names,
				struct match_index_student_facts *facts)
{
	const uint32_t *skills = match_record_skills(record);
	const uint32_t *certificates = match_record_certificates(record);

	unpack_student(record, &facts->student);
	for (size_t i = 0; i < record->skill_count; i++)
		facts->skills[i] = match_names_text(names, skills[i]);
	for (size_t i = 0; i < record->certificate_count; i++)
		facts->certificates[i] =
			match_names_text(names, certificates[i]);
	facts->student.skills = facts->skills;
	facts->student.certificates = facts->certificates;
}

/* The numbers of those names that have one, and texts of them. */
static size_t number_names(const struct match_names *names,
			   const struct match_text *texts, size_t count,
			   uint32_t *numbers)
{
	size_t known = 0;

	MATCH_INSIST(count <= MATCH_INDEX_SKILLS_MAX);
	for (size_t i = 0; i < count; i++) {
		numbers[known] = match_names_find(names, texts[i]);
		known += numbers[known] != MATCH_NO_NAME;
	}
	return known;
}

void match_names_number_student(const struct match_names *names,
				const struct match_student *student,
				struct match_numbered_student *numbered)
{
	struct match_student *facts = &numbered->facts;

	*facts = *student;
	facts->skill_count =
		number_names(names, student->skills, student->skill_count,
			     numbered->skill_names);
	facts->certificate_count = number_names(names, student->certificates,
						student->certificate_count,
						numbered->certificate_names);
	for (size_t i = 0; i < facts->skill_count; i++)
		numbered->skills[i] = number_text(&numbered->skill_names[i]);
	for (size_t i = 0; i < facts->certificate_count; i++)
		numbered->certificates[i] =
			number_text(&numbered->certificate_names[i]);
	facts->skills = numbered->skills;
	facts->certificates = numbered->certificates;
}
