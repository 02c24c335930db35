/*
 * The facts of a case file. Each key is one row of a table; a key that is not
 * in it, or a value that cannot be read, stops the test with its line.
 */
#include "case_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One key=value of a line, and what it is about. */
struct setting {
	struct case_file *file;
	void *subject;
	char *value;
};

struct key {
	const char *name;
	void (*set)(struct setting *setting);
};

_Noreturn void case_wrong(const struct case_file *file, const char *what)
{
	fprintf(stderr, "line %d: cannot read '%s'\n", file->line, what);
	exit(2);
}

int64_t case_number(const struct case_file *file, const char *text)
{
	char *end;
	long long number = strtoll(text, &end, 10);

	if (end == text || *end != '\0')
		case_wrong(file, text);
	return number;
}

static int64_t number_of(const struct setting *s)
{
	return case_number(s->file, s->value);
}

static int32_t day_of(const struct setting *s)
{
	int32_t day = match_day_from_text(s->value);

	if (day == MATCH_NO_DAY)
		case_wrong(s->file, s->value);
	return day;
}

/* The place of a word in a list ended by NULL. */
static int word_of(const struct setting *s, const char *const *words)
{
	for (int i = 0; words[i] != NULL; i++) {
		if (strcmp(s->value, words[i]) == 0)
			return i;
	}
	case_wrong(s->file, s->value);
}

static enum match_education level_of(const struct setting *s)
{
	static const char *const words[] = {"none", "secondary", "associate",
					    "bachelor", NULL};

	return (enum match_education)word_of(s, words);
}

/* The next item of a comma list, or NULL; never more than a list holds. */
static char *next_item(struct setting *s, size_t taken)
{
	char *item = strsep(&s->value, ",");

	if (item != NULL && taken == CASE_LIST_MAX)
		case_wrong(s->file, item);
	return item;
}

static size_t divisions_of(struct setting *s, uint32_t *list)
{
	size_t count = 0;

	for (char *item; (item = next_item(s, count)) != NULL; count++) {
		list[count] = match_division_from_text(item);
		if (list[count] == 0)
			case_wrong(s->file, item);
	}
	return count;
}

static uint32_t division_of(struct setting *s)
{
	uint32_t list[CASE_LIST_MAX] = {0};

	divisions_of(s, list);
	return list[0];
}

static struct match_text text_of(const char *word)
{
	return (struct match_text){word, (uint32_t)strlen(word)};
}

static size_t texts_of(struct setting *s, struct match_text *list)
{
	size_t count = 0;

	for (char *item; (item = next_item(s, count)) != NULL; count++)
		list[count] = text_of(item);
	return count;
}

/* name, name! (required), name*3000 (weight), name!*3000 */
static struct match_ask ask_of(const struct case_file *file, char *item)
{
	struct match_ask ask = {0};
	char *weight = strchr(item, '*');

	if (weight != NULL) {
		*weight = '\0';
		ask.weight = (uint32_t)case_number(file, weight + 1);
	}
	ask.name = text_of(item);
	if (item[ask.name.bytes - 1] == '!') {
		ask.is_required = true;
		ask.name.bytes--;
	}
	return ask;
}

static void add_asks(struct setting *s, bool is_certificate)
{
	struct case_posting *posting = s->subject;
	char *item;

	for (size_t i = 0; (item = next_item(s, i)) != NULL; i++) {
		if (posting->facts.ask_count == 2 * CASE_LIST_MAX)
			case_wrong(s->file, item);

		struct match_ask *ask =
			&posting->asks[posting->facts.ask_count++];

		*ask = ask_of(s->file, item);
		ask->is_certificate = is_certificate;
	}
}

/* A key whose value is one expression of the student or the posting. */
#define STUDENT_KEY(key, member, expression)               \
	static void student_##key(struct setting *s)       \
	{                                                  \
		struct case_student *subject = s->subject; \
		subject->facts.member = expression;        \
	}
#define POSTING_KEY(key, member, expression)               \
	static void posting_##key(struct setting *s)       \
	{                                                  \
		struct case_posting *subject = s->subject; \
		subject->facts.member = expression;        \
	}

static uint32_t specialty_of(const struct setting *s)
{
	uint32_t code = match_specialty_from_text(s->value);

	if (code == 0)
		case_wrong(s->file, s->value);
	return code;
}

static uint32_t occupation_of(const struct setting *s)
{
	uint32_t code = match_occupation_from_text(s->value);

	if (code == 0)
		case_wrong(s->file, s->value);
	return code;
}

static enum match_sex sex_of(const struct setting *s)
{
	static const char *const words[] = {"unknown", "male", "female", NULL};

	return (enum match_sex)word_of(s, words);
}

static enum match_kind kind_of(const struct setting *s)
{
	static const char *const words[] = {
		"internship", "job", "apprenticeship", "order_class", NULL};

	return (enum match_kind)word_of(s, words);
}

static struct match_date birth_of(const struct setting *s)
{
	struct match_date date = {0};

	if (strcmp(s->value, "unknown") != 0)
		date = match_date_from_day(day_of(s));
	return date;
}

static unsigned conditions_of(struct setting *s)
{
	unsigned bits = 0;
	char *item;

	while ((item = next_item(s, 0)) != NULL) {
		unsigned bit = match_condition_from_word(item);

		if (bit == 0)
			case_wrong(s->file, item);
		bits |= bit;
	}
	return bits;
}

static size_t targets_of(struct setting *s, uint32_t *list)
{
	size_t count = 0;

	for (char *item; (item = next_item(s, count)) != NULL; count++) {
		list[count] = match_specialty_from_text(item);
		if (list[count] == 0)
			case_wrong(s->file, item);
	}
	return count;
}

/* Copy a student or posting; its lists move with it. */
static void student_like(struct setting *s)
{
	struct case_student *student = s->subject;
	const char *name = student->name;

	*student = *case_student(s->file, s->value);
	student->name = name;
}

static void posting_like(struct setting *s)
{
	struct case_posting *posting = s->subject;
	const char *name = posting->name;

	*posting = *case_posting(s->file, s->value);
	posting->name = name;
}

static void posting_pay(struct setting *s)
{
	struct case_posting *posting = s->subject;
	const char *low = strsep(&s->value, "-");

	posting->facts.pay_min_fen = case_number(s->file, low);
	posting->facts.pay_max_fen = s->value != NULL ? number_of(s) : 0;
}

static void posting_skills(struct setting *s)
{
	add_asks(s, false);
}

static void posting_certificates(struct setting *s)
{
	add_asks(s, true);
}

STUDENT_KEY(specialty, specialty, specialty_of(s))
STUDENT_KEY(education, education, level_of(s))
STUDENT_KEY(entry, entry_year, (int16_t)number_of(s))
STUDENT_KEY(birth, birth, birth_of(s))
STUDENT_KEY(sex, sex, sex_of(s))
STUDENT_KEY(home, home, division_of(s))
STUDENT_KEY(school, school, division_of(s))
STUDENT_KEY(school_id, school_id[15], (uint8_t)number_of(s))
STUDENT_KEY(willing, willing_count, divisions_of(s, subject->willing))
STUDENT_KEY(anywhere, is_willing_anywhere, number_of(s) != 0)
STUDENT_KEY(from, available_from, day_of(s))
STUDENT_KEY(to, available_to, day_of(s))
STUDENT_KEY(pay, pay_fen, number_of(s))
STUDENT_KEY(skills, skill_count, texts_of(s, subject->skills))
STUDENT_KEY(certificates, certificate_count, texts_of(s, subject->certificates))

POSTING_KEY(kind, kind, kind_of(s))
POSTING_KEY(published, published_us, number_of(s))
POSTING_KEY(targets, target_count, targets_of(s, subject->targets))
POSTING_KEY(occupation, occupation, occupation_of(s))
POSTING_KEY(division, division, division_of(s))
POSTING_KEY(from, from, day_of(s))
POSTING_KEY(to, to, day_of(s))
POSTING_KEY(education, education_min, level_of(s))
POSTING_KEY(conditions, conditions, conditions_of(s))
POSTING_KEY(grade, labour_grade, (uint8_t)number_of(s))
POSTING_KEY(age, age_min, (uint8_t)number_of(s))
POSTING_KEY(day_minutes, day_minutes, (uint16_t)number_of(s))
POSTING_KEY(week_minutes, week_minutes, (uint16_t)number_of(s))
POSTING_KEY(only_school, only_school[15], (uint8_t)number_of(s))
POSTING_KEY(only_specialty, only_specialty, specialty_of(s))
POSTING_KEY(only_entry, only_entry_year, (int16_t)number_of(s))

static void policy_cross_category(struct setting *s)
{
	static const char *const words[] = {"block", "warn", NULL};

	s->file->policy.cross_category = (enum match_action)word_of(s, words);
}

static void policy_version(struct setting *s)
{
	s->file->policy.version = (uint32_t)number_of(s);
}

static void policy_weights(struct setting *s)
{
	for (size_t i = 0; i < MATCH_PART_COUNT; i++) {
		const char *item = next_item(s, i);

		if (item == NULL)
			case_wrong(s->file, "weights");
		s->file->policy.weight[i] =
			(uint16_t)case_number(s->file, item);
	}
}

static void policy_months(struct setting *s)
{
	s->file->policy.intern_months_max = (uint16_t)number_of(s);
}

static const struct key student_keys[] = {
	{"like", student_like},
	{"specialty", student_specialty},
	{"education", student_education},
	{"entry", student_entry},
	{"birth", student_birth},
	{"sex", student_sex},
	{"home", student_home},
	{"school", student_school},
	{"school_id", student_school_id},
	{"willing", student_willing},
	{"anywhere", student_anywhere},
	{"from", student_from},
	{"to", student_to},
	{"pay", student_pay},
	{"skills", student_skills},
	{"certificates", student_certificates},
	{NULL, NULL},
};

static const struct key posting_keys[] = {
	{"like", posting_like},
	{"kind", posting_kind},
	{"published", posting_published},
	{"targets", posting_targets},
	{"occupation", posting_occupation},
	{"division", posting_division},
	{"pay", posting_pay},
	{"from", posting_from},
	{"to", posting_to},
	{"education", posting_education},
	{"skills", posting_skills},
	{"certificates", posting_certificates},
	{"conditions", posting_conditions},
	{"grade", posting_grade},
	{"age", posting_age},
	{"day_minutes", posting_day_minutes},
	{"week_minutes", posting_week_minutes},
	{"only_school", posting_only_school},
	{"only_specialty", posting_only_specialty},
	{"only_entry", posting_only_entry},
	{NULL, NULL},
};

static const struct key policy_keys[] = {
	{"version", policy_version},
	{"weights", policy_weights},
	{"cross_category", policy_cross_category},
	{"months_max", policy_months},
	{NULL, NULL},
};

static void set_all(struct case_file *file, void *subject, char *words,
		    const struct key *keys)
{
	for (char *word; (word = strsep(&words, " ")) != NULL;) {
		struct setting setting = {file, subject, word};
		const char *name = strsep(&setting.value, "=");
		const struct key *key = keys;

		if (word[0] == '\0')
			continue;
		while (key->name != NULL && strcmp(key->name, name) != 0)
			key++;
		if (key->name == NULL || setting.value == NULL)
			case_wrong(file, word);
		key->set(&setting);
	}
}

const struct case_student *case_student(const struct case_file *file,
					const char *name)
{
	for (size_t i = 0; i < file->student_count; i++) {
		if (strcmp(file->students[i].name, name) == 0)
			return &file->students[i];
	}
	case_wrong(file, name);
}

const struct case_posting *case_posting(const struct case_file *file,
					const char *name)
{
	for (size_t i = 0; i < file->posting_count; i++) {
		if (strcmp(file->postings[i].name, name) == 0)
			return &file->postings[i];
	}
	case_wrong(file, name);
}

/* Ids order as names do. */
static void id_from_name(const struct case_file *file, uint8_t *id,
			 const char *name)
{
	size_t length = strlen(name);

	if (length == 0 || length > 16)
		case_wrong(file, name);
	memset(id, 0, 16);
	for (size_t i = 0; i < length; i++)
		id[i] = (uint8_t)name[i];
}

void case_read_student(struct case_file *file, char *words)
{
	struct case_student *student = &file->students[file->student_count];

	if (file->student_count == CASE_SIDE_MAX)
		case_wrong(file, words);
	*student = (struct case_student){
		.name = strsep(&words, " "),
		.facts = {.available_from = MATCH_NO_DAY,
			  .available_to = MATCH_NO_DAY},
	};
	set_all(file, student, words, student_keys);
	id_from_name(file, student->facts.id, student->name);
	student->facts.willing = student->willing;
	student->facts.skills = student->skills;
	student->facts.certificates = student->certificates;
	file->student_count++;
}

void case_read_posting(struct case_file *file, char *words)
{
	struct case_posting *posting = &file->postings[file->posting_count];

	if (file->posting_count == CASE_SIDE_MAX)
		case_wrong(file, words);
	*posting = (struct case_posting){
		.name = strsep(&words, " "),
		.facts = {.from = MATCH_NO_DAY, .to = MATCH_NO_DAY},
	};
	set_all(file, posting, words, posting_keys);
	id_from_name(file, posting->facts.id, posting->name);
	posting->facts.targets = posting->targets;
	posting->facts.asks = posting->asks;
	file->posting_count++;
}

void case_read_policy(struct case_file *file, char *words)
{
	set_all(file, NULL, words, policy_keys);
	if (match_policy_check(&file->policy) != MATCH_POLICY_SOUND)
		case_wrong(file, "policy");
}

/* "tie 510203 4-04-05-01": in ascending order, as the contract says. */
void case_read_tie(struct case_file *file, char *words)
{
	const char *specialty = strsep(&words, " ");

	if (words == NULL || file->tie_list.count == CASE_LIST_MAX)
		case_wrong(file, specialty);
	file->tie_list.at = file->ties;
	file->ties[file->tie_list.count++] =
		(struct match_tie){match_specialty_from_text(specialty),
				   match_occupation_from_text(words)};
}
