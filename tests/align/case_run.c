/*
 * The expectations of a case file: each is one line that aligns or ranks and
 * compares what it names.
 */
#include "checks.h"

#include "case_file.h"

#include "matcher/explain.h"
#include "matcher/rank.h"

#include <stdlib.h>
#include <string.h>

static const char *next_word(const struct case_file *file, char **words)
{
	char *word = strsep(words, " ");

	while (word != NULL && word[0] == '\0')
		word = strsep(words, " ");
	if (word == NULL)
		case_wrong(file, "end of line");
	return word;
}

static void expect_number(const struct case_file *file, const char *name,
			  int64_t actual, int64_t expected)
{
	if (actual != expected)
		fail_msg("line %d: %s is %lld, not %lld", file->line, name,
			 (long long)actual, (long long)expected);
}

static void expect_text(const struct case_file *file, const char *name,
			const char *actual, const char *expected)
{
	if (strcmp(actual, expected) != 0)
		fail_msg("line %d: %s is %s, not %s", file->line, name, actual,
			 expected);
}

static struct match_terms terms_of(const struct case_file *file)
{
	return (struct match_terms){&file->policy, &file->tie_list};
}

/* What a line is about: a student, a posting, and how they align. */
struct aligned {
	const struct match_posting *posting;
	struct match_fit fit;
};

static struct aligned align_named(const struct case_file *file, char **words)
{
	struct match_terms terms = terms_of(file);
	const char *student = next_word(file, words);
	const char *posting = next_word(file, words);
	struct aligned aligned = {&case_posting(file, posting)->facts, {0}};

	match_align(&terms, &case_student(file, student)->facts,
		    aligned.posting, &aligned.fit);
	return aligned;
}

/* The names of the rules broken, with commas; "-" for none. */
static void list_breaches(const struct match_fit *fit, char *list, size_t size)
{
	list[0] = '\0';
	for (size_t i = 0; i < fit->breach_count; i++) {
		if (i > 0)
			strncat(list, ",", size - strlen(list) - 1);
		strncat(list, match_rule_card(fit->breaches[i].rule)->name,
			size - strlen(list) - 1);
	}
	if (fit->breach_count == 0)
		strncat(list, "-", size - 1);
}

/* pair STUDENT POSTING [eligible=] [score=] [tier=] [broken=] */
static void expect_pair(const struct case_file *file, char *words)
{
	struct aligned aligned = align_named(file, &words);
	char list[1024];

	list_breaches(&aligned.fit, list, sizeof(list));
	while (words != NULL) {
		char *value = strsep(&words, " ");
		const char *name = strsep(&value, "=");

		if (name[0] == '\0')
			continue;
		if (value == NULL)
			case_wrong(file, name);
		if (strcmp(name, "eligible") == 0)
			expect_number(file, name, aligned.fit.is_eligible,
				      case_number(file, value));
		else if (strcmp(name, "score") == 0)
			expect_number(file, name, aligned.fit.score,
				      case_number(file, value));
		else if (strcmp(name, "tier") == 0)
			expect_number(file, name, aligned.fit.tier,
				      case_number(file, value));
		else if (strcmp(name, "broken") == 0)
			expect_text(file, name, list, value);
		else
			case_wrong(file, name);
	}
}

static const struct match_part *part_named(const struct case_file *file,
					   const struct match_fit *fit,
					   const char *name)
{
	for (int i = 0; i < MATCH_PART_COUNT; i++) {
		if (strcmp(match_part_word(fit->parts[i].name), name) == 0)
			return &fit->parts[i];
	}
	case_wrong(file, name);
}

/* part STUDENT POSTING PART VALUE REASON A B */
static void expect_part(const struct case_file *file, char *words)
{
	struct aligned aligned = align_named(file, &words);
	const struct match_part *part =
		part_named(file, &aligned.fit, next_word(file, &words));
	const char *value = next_word(file, &words);
	const char *reason = next_word(file, &words);
	const char *a = next_word(file, &words);
	const char *b = next_word(file, &words);

	expect_text(file, "because", match_reason_word(part->because), reason);
	expect_number(file, "value", part->value, case_number(file, value));
	expect_number(file, "a", part->a, case_number(file, a));
	expect_number(file, "b", part->b, case_number(file, b));
}

static const struct match_breach *breach_named(const struct case_file *file,
					       const struct match_fit *fit,
					       const char *name)
{
	for (size_t i = 0; i < fit->breach_count; i++) {
		const struct match_breach *breach = &fit->breaches[i];

		if (strcmp(match_rule_card(breach->rule)->name, name) == 0)
			return breach;
	}
	fail_msg("line %d: %s is not broken", file->line, name);
	return NULL;
}

/* breach STUDENT POSTING RULE block|warn LIMIT ACTUAL|unknown */
static void expect_breach(const struct case_file *file, char *words)
{
	struct aligned aligned = align_named(file, &words);
	const struct match_breach *breach =
		breach_named(file, &aligned.fit, next_word(file, &words));
	const char *action = next_word(file, &words);
	const char *limit = next_word(file, &words);
	const char *actual = next_word(file, &words);

	expect_text(file, "action",
		    breach->action == MATCH_BLOCK ? "block" : "warn", action);
	expect_number(file, "limit", breach->limit, case_number(file, limit));
	if (strcmp(actual, "unknown") == 0)
		expect_number(file, "actual", breach->actual, MATCH_UNKNOWN);
	else
		expect_number(file, "actual", breach->actual,
			      case_number(file, actual));
}

/* reason zh|en STUDENT POSTING PART the text to the end of the line */
static void expect_reason(const struct case_file *file, char *words)
{
	bool is_chinese = strcmp(next_word(file, &words), "zh") == 0;
	struct aligned aligned = align_named(file, &words);
	const struct match_part *part =
		part_named(file, &aligned.fit, next_word(file, &words));
	char text[512];

	match_reason_text(is_chinese ? MATCH_CHINESE : MATCH_ENGLISH, part,
			  aligned.posting, text, sizeof(text));
	expect_text(file, "reason", text, words != NULL ? words : "");
}

/* says zh|en STUDENT POSTING RULE the text to the end of the line */
static void expect_says(const struct case_file *file, char *words)
{
	bool is_chinese = strcmp(next_word(file, &words), "zh") == 0;
	struct aligned aligned = align_named(file, &words);
	const struct match_breach *breach =
		breach_named(file, &aligned.fit, next_word(file, &words));
	char text[512];

	match_breach_text(is_chinese ? MATCH_CHINESE : MATCH_ENGLISH, breach,
			  aligned.posting, text, sizeof(text));
	expect_text(file, "breach", text, words != NULL ? words : "");
}

static void expect_order(const struct case_file *file,
			 const struct match_ranking *ranking,
			 const char *(*name_of)(const struct case_file *file,
						size_t index),
			 char *words)
{
	for (size_t i = 0; i < ranking->count; i++)
		expect_text(file, "entry", name_of(file, ranking->at[i].index),
			    next_word(file, &words));
	if (words != NULL)
		fail_msg("line %d: only %zu were ranked", file->line,
			 ranking->count);
}

static const char *posting_name(const struct case_file *file, size_t index)
{
	return file->postings[index].name;
}

static const char *student_name(const struct case_file *file, size_t index)
{
	return file->students[index].name;
}

/* postings STUDENT WANT NAME... : the best of all postings so far */
static void expect_postings(const struct case_file *file, char *words)
{
	struct match_terms terms = terms_of(file);
	struct match_posting pool[CASE_SIDE_MAX];
	struct match_rank_entry at[CASE_SIDE_MAX];
	const struct case_student *student =
		case_student(file, next_word(file, &words));
	int64_t want = case_number(file, next_word(file, &words));
	struct match_ranking ranking = {at, (size_t)want, 0};

	assert_true(want >= 0 && want <= CASE_SIDE_MAX);
	for (size_t i = 0; i < file->posting_count; i++)
		pool[i] = file->postings[i].facts;
	match_rank_postings(
		&terms, &student->facts,
		&(struct match_posting_pool){pool, file->posting_count}, NULL,
		&ranking);
	expect_order(file, &ranking, posting_name, words);
}

/* students POSTING WANT NAME... : the best of all students so far */
static void expect_students(const struct case_file *file, char *words)
{
	struct match_terms terms = terms_of(file);
	struct match_student pool[CASE_SIDE_MAX];
	struct match_rank_entry at[CASE_SIDE_MAX];
	const struct case_posting *posting =
		case_posting(file, next_word(file, &words));
	int64_t want = case_number(file, next_word(file, &words));
	struct match_ranking ranking = {at, (size_t)want, 0};

	assert_true(want >= 0 && want <= CASE_SIDE_MAX);
	for (size_t i = 0; i < file->student_count; i++)
		pool[i] = file->students[i].facts;
	match_rank_students(
		&terms, &posting->facts,
		&(struct match_student_pool){pool, file->student_count}, NULL,
		&ranking);
	expect_order(file, &ranking, student_name, words);
}

bool case_expect(const struct case_file *file, const char *verb, char *words)
{
	static const struct {
		const char *verb;
		void (*run)(const struct case_file *file, char *words);
	} verbs[] = {
		{"pair", expect_pair},	       {"part", expect_part},
		{"breach", expect_breach},     {"reason", expect_reason},
		{"says", expect_says},	       {"postings", expect_postings},
		{"students", expect_students},
	};

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(verbs[i].verb, verb) != 0)
			continue;
		verbs[i].run(file, words);
		return true;
	}
	return false;
}
