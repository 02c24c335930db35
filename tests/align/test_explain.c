/*
 * The texts on random pairs: whole, in whole characters, never beyond the
 * buffer, and said for every reason and rule in both languages.
 */
#include "checks.h"
#include "random_pair.h"

#include "matcher/explain.h"

#include <stdlib.h>
#include <string.h>

enum { PAIRS = 20000, TEXT_MAX = 1024 };

static const enum match_language languages[] = {MATCH_CHINESE, MATCH_ENGLISH};

/* One text, by one of the two functions. */
struct saying {
	enum match_language language;
	const struct match_posting *posting;
	const struct match_part *part;	   /* or NULL */
	const struct match_breach *breach; /* or NULL */
};

static size_t say(const struct saying *s, char *out, size_t size)
{
	if (s->part != NULL)
		return match_reason_text(s->language, s->part, s->posting, out,
					 size);
	return match_breach_text(s->language, s->breach, s->posting, out, size);
}

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* At every size: a start of the whole text that ends with a character. */
static void check_saying(const struct saying *saying)
{
	char whole[TEXT_MAX];
	size_t bytes = say(saying, whole, sizeof(whole));

	assert_true(bytes > 0 && bytes < TEXT_MAX - 1);
	assert_int_equal(strlen(whole), bytes);
	assert_null(strpbrk(whole, "{}%"));
	for (size_t size = 1; size <= bytes + 1; size++) {
		/* Its own block: the sanitizer sees a byte beyond it. */
		char *cut = malloc(size);
		size_t used = say(saying, cut, size);

		assert_true(used < size);
		assert_memory_equal(cut, whole, used);
		assert_int_equal(cut[used], '\0');
		assert_false(is_continuation(whole[used]));
		assert_true(used + 4 >= size || used == bytes);
		free(cut);
	}
}

static bool is_said[MATCH_REASON_COUNT];
static bool is_broken[MATCH_RULE_COUNT];

static void check_pair(const struct match_posting *posting,
		       const struct match_fit *fit)
{
	for (size_t i = 0; i < 2 * MATCH_PART_COUNT; i++) {
		struct saying saying = {.language = languages[i % 2],
					.posting = posting,
					.part = &fit->parts[i / 2]};

		is_said[fit->parts[i / 2].because] = true;
		check_saying(&saying);
	}
	for (size_t i = 0; i < 2 * fit->breach_count; i++) {
		struct saying saying = {.language = languages[i % 2],
					.posting = posting,
					.breach = &fit->breaches[i / 2]};

		is_broken[fit->breaches[i / 2].rule] = true;
		check_saying(&saying);
	}
}

/* Pairs are many, and each text is cut at every byte: only some are looked at.
 */
static void test_every_text(void **state)
{
	struct match_policy policy = match_policy_defaults();
	struct match_terms terms = {&policy, &random_ties};
	struct random_student student_storage;
	struct random_posting posting_storage;
	struct match_fit fit;
	uint64_t seed = 1;

	(void)state;
	for (uint32_t i = 0; i < PAIRS; i++) {
		struct match_student student =
			random_student(&seed, i, &student_storage);
		struct match_posting posting =
			random_posting(&seed, i, &posting_storage);
		bool is_new = false;

		match_align(&terms, &student, &posting, &fit);
		for (int p = 0; p < MATCH_PART_COUNT; p++)
			is_new |= !is_said[fit.parts[p].because];
		for (size_t b = 0; b < fit.breach_count; b++)
			is_new |= !is_broken[fit.breaches[b].rule];
		if (is_new || i % 200 == 0)
			check_pair(&posting, &fit);
	}
	for (int i = 0; i < MATCH_REASON_COUNT; i++)
		assert_true(is_said[i]);
	for (int i = 0; i < MATCH_RULE_COUNT; i++)
		assert_true(is_broken[i]);
}

static void test_words_are_distinct(void **state)
{
	(void)state;
	for (int i = 0; i < MATCH_REASON_COUNT; i++) {
		for (int j = 0; j < i; j++)
			assert_string_not_equal(
				match_reason_word((enum match_reason)i),
				match_reason_word((enum match_reason)j));
	}
	for (int i = 0; i < MATCH_RULE_COUNT; i++) {
		for (int j = 0; j < i; j++)
			assert_string_not_equal(
				match_rule_card((enum match_rule)i)->name,
				match_rule_card((enum match_rule)j)->name);
	}
}

static void test_condition_words(void **state)
{
	(void)state;
#define MATCH_CONDITION(id, word, english, chinese)                            \
	assert_int_equal(match_condition_from_word(word), MATCH_##id);
#include "matcher/conditions.def"
#undef MATCH_CONDITION
	assert_int_equal(match_condition_from_word("night_shift"),
			 MATCH_NIGHT_SHIFT);
	assert_int_equal(match_condition_from_word(""), 0);
	assert_int_equal(match_condition_from_word("Night_shift"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_text),
		cmocka_unit_test(test_words_are_distinct),
		cmocka_unit_test(test_condition_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
