/*
 * The tiers over the whole national catalogue, against a reading of it that
 * knows nothing of digits: the catalogue names each specialty's class, its
 * category and its level in words, and the tier follows from those.
 */
#include "checks.h"

#include "matcher/specialty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 4000, LINE_MAX_BYTES = 512 };

struct row {
	char line[LINE_MAX_BYTES];
	const char *code;
	const char *level;
	const char *class_code;
	const char *class_name;
	const char *category_code;
	const char *category_name;
	uint32_t number;
};

static const char *path;
static struct row rows[ROWS_MAX];
static size_t row_count;

/* The fields have no quotes: the names are Chinese words. */
static void split(struct row *row)
{
	const char *name;
	const char **fields[] = {&row->code,	     &name,
				 &row->level,	     &row->class_code,
				 &row->class_name,   &row->category_code,
				 &row->category_name};
	char *rest = row->line;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		assert_non_null(rest);
		*fields[i] = strsep(&rest, ",");
	}
	row->number = match_specialty_from_text(row->code);
	assert_int_not_equal(row->number, 0);
}

static int read_catalogue(void **state)
{
	FILE *file = fopen(path, "r");
	char header[LINE_MAX_BYTES];

	(void)state;
	assert_non_null(file);
	assert_non_null(fgets(header, sizeof(header), file));
	assert_int_equal(strncmp(header,
				 "code,name,level,class_code,class_name,"
				 "category_code,category_name,",
				 66),
			 0);
	while (row_count < ROWS_MAX &&
	       fgets(rows[row_count].line, LINE_MAX_BYTES, file) != NULL)
		split(&rows[row_count++]);
	fclose(file);
	return 0;
}

static bool is_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* A class name such as "other" may stand in two categories: both must agree. */
static enum match_tier tier_by_words(const struct row *a, const struct row *b)
{
	if (is_same(a->code, b->code))
		return MATCH_TIER_SAME;
	if (!is_same(a->category_name, b->category_name))
		return MATCH_TIER_NONE;
	if (!is_same(a->class_name, b->class_name))
		return MATCH_TIER_CATEGORY;
	return is_same(a->level, b->level) ? MATCH_TIER_CLASS_AND_LEVEL
					   : MATCH_TIER_CLASS_OR_TIE;
}

static enum match_education level_by_word(const char *word)
{
	if (is_same(word, "secondary"))
		return MATCH_EDUCATION_SECONDARY;
	if (is_same(word, "associate"))
		return MATCH_EDUCATION_ASSOCIATE;
	assert_string_equal(word, "bachelor");
	return MATCH_EDUCATION_BACHELOR;
}

static void test_levels(void **state)
{
	(void)state;
	assert_true(row_count >= 1491);
	for (size_t i = 0; i < row_count; i++) {
		enum match_education level = level_by_word(rows[i].level);

		assert_int_equal(match_specialty_level(rows[i].number), level);
		assert_int_equal(
			match_specialty_level(
				match_specialty_from_text(rows[i].class_code)),
			level);
	}
}

/* One specialty with every target; counts the tiers seen. */
static void check_row(const struct row *row, size_t *seen)
{
	for (size_t i = 0; i < row_count; i++) {
		enum match_tier tier =
			match_specialty_tier(row->number, rows[i].number);

		if (tier != tier_by_words(row, &rows[i]))
			fail_msg("%s with %s", row->code, rows[i].code);
		seen[tier]++;
	}
}

static void test_every_pair(void **state)
{
	size_t seen[MATCH_TIER_COUNT + 1] = {0};

	(void)state;
	for (size_t i = 0; i < row_count; i++)
		check_row(&rows[i], seen);
	assert_int_equal(seen[MATCH_TIER_SAME], row_count);
	for (int tier = MATCH_TIER_SAME; tier <= MATCH_TIER_NONE; tier++)
		assert_true(seen[tier] > 0);
}

static enum match_tier at_best(enum match_tier tier, enum match_tier cap)
{
	return tier > cap ? tier : cap;
}

/* A target of 4 or 2 digits is as good as any specialty of it, capped. */
static void test_broad_targets(void **state)
{
	(void)state;
	for (size_t i = 0; i < row_count; i++) {
		for (size_t j = 0; j < row_count; j++) {
			enum match_tier tier =
				tier_by_words(&rows[i], &rows[j]);
			uint32_t class =
				match_specialty_from_text(rows[j].class_code);
			uint32_t category = match_specialty_from_text(
				rows[j].category_code);

			assert_int_equal(
				match_specialty_tier(rows[i].number, class),
				at_best(tier, MATCH_TIER_CLASS_AND_LEVEL));
			assert_int_equal(
				match_specialty_tier(rows[i].number, category),
				at_best(tier, MATCH_TIER_CATEGORY));
		}
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_every_pair),
		cmocka_unit_test(test_broad_targets),
	};

	if (argc != 2) {
		fprintf(stderr, "usage: %s specialties.csv\n", argv[0]);
		return 2;
	}
	path = argv[1];
	return cmocka_run_group_tests(tests, read_catalogue, NULL);
}
