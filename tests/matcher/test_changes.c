/*
 * What-if changes: each flaw is found and named, and leaves the instance as it
 * was; sound ones give the instance that a document with these numbers gives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "documents.h"
#include "matcher/changes.h"
#include "small.h"

#define CHANGES_MOST 8

static const char document[] =
	"{\"format\":\"duikou-placement/1\",\"seed\":\"x\",\"groups\":["
	"{\"id\":\"g\",\"parent\":null,\"lower\":2,\"upper\":4},"
	"{\"id\":\"a=b\",\"parent\":\"g\",\"upper\":3}],\"postings\":["
	"{\"id\":\"p\",\"group\":\"a=b\",\"capacity\":1},"
	"{\"id\":\"g2\",\"group\":null,\"capacity\":7}],\"students\":[]}";

#define CAP(TEXT) {.kind = MATCH_SET_CAP, .text = (TEXT)}
#define FLOOR(TEXT) {.kind = MATCH_SET_FLOOR, .text = (TEXT)}
#define CAPACITY(TEXT) {.kind = MATCH_SET_CAPACITY, .text = (TEXT)}
#define LONG_ID                                              \
	"gggggggggggggggggggggggggggggggggggggggggggggggggg" \
	"gggggggggggggggggggggggggggggggggggggggggggggggggg" \
	"gggggggggggggggggggggggggggggggggggggggggggggggggg" \
	"gggggggggggggggggggggggggggggggggggggggggggggggggg"

/* The last of each row has the flaw; those before have none. */
static const struct flawed {
	struct match_change changes[3];
	enum match_change_flaw flaw;
	const char *said;
} flaws[] = {
	{{CAP("g")}, MATCH_CHANGE_NO_EQUALS, "it is not ID=NUMBER"},
	{{CAP("")}, MATCH_CHANGE_NO_EQUALS, "it is not ID=NUMBER"},
	{{CAP("g=")},
	 MATCH_CHANGE_NO_NUMBER,
	 "what follows the last = is no number, nor \"none\""},
	{{CAP("g=-1")}, MATCH_CHANGE_NO_NUMBER, "what follows the last ="},
	{{CAP("g=+1")}, MATCH_CHANGE_NO_NUMBER, "what follows the last ="},
	{{CAP("g= 1")}, MATCH_CHANGE_NO_NUMBER, "what follows the last ="},
	{{CAP("g=1 ")}, MATCH_CHANGE_NO_NUMBER, "what follows the last ="},
	{{CAP("g=0x1")}, MATCH_CHANGE_NO_NUMBER, "what follows the last ="},
	{{CAP("g=nones")}, MATCH_CHANGE_NO_NUMBER, "what follows the last ="},
	{{FLOOR("g=none")},
	 MATCH_CHANGE_NO_NUMBER,
	 "what follows the last = is no number"},
	{{CAPACITY("p=none")}, MATCH_CHANGE_NO_NUMBER, "what follows the last"},
	{{CAP("g=1000000001")},
	 MATCH_CHANGE_OUT_OF_RANGE,
	 "the number is not in 0..1000000000"},
	{{FLOOR("g=4294967296")}, MATCH_CHANGE_OUT_OF_RANGE, "the number is"},
	{{CAPACITY("p=18446744073709551617")},
	 MATCH_CHANGE_OUT_OF_RANGE,
	 "the number is"},
	{{CAP("p=1")}, MATCH_CHANGE_UNKNOWN, "there is no group \"p\""},
	{{FLOOR("=1")}, MATCH_CHANGE_UNKNOWN, "there is no group \"\""},
	{{FLOOR("a=1")}, MATCH_CHANGE_UNKNOWN, "there is no group \"a\""},
	{{FLOOR(LONG_ID "g=1")}, MATCH_CHANGE_UNKNOWN, "there is no group"},
	{{CAPACITY("g=1")}, MATCH_CHANGE_UNKNOWN, "there is no posting \"g\""},
	{{CAPACITY("q=x")}, MATCH_CHANGE_UNKNOWN, "there is no posting \"q\""},
	{{CAP("g=9"), CAPACITY("p=2"), CAP("g=8")},
	 MATCH_CHANGE_TWICE,
	 "the same is set before, for group \"g\""},
	{{CAPACITY("p=2"), CAPACITY("p=2")},
	 MATCH_CHANGE_TWICE,
	 "the same is set before, for posting \"p\""},
	{{CAP("g=1")},
	 MATCH_CHANGE_CROSSED,
	 "the floor of group \"g\" would be above its cap"},
	{{FLOOR("g=5")},
	 MATCH_CHANGE_CROSSED,
	 "the floor of group \"g\" would be above its cap"},
	{{CAP("g=9"), CAP("a=b=1"), FLOOR("a=b=2")},
	 MATCH_CHANGE_CROSSED,
	 "the floor of group \"a=b\" would be above its cap"},
};

static void read_document(struct match_instance *instance)
{
	char sha256[MATCH_SHA256_HEX];
	struct match_error error;

	assert_true(document_to_instance(document, strlen(document), instance,
					 sha256, &error));
}

static char *write_document(const struct match_instance *instance)
{
	struct document written = {NULL, 0, 0};
	char sha256[MATCH_SHA256_HEX];

	document_from_instance(&written, instance, sha256);
	return written.text;
}

static void check_flaw(const struct flawed *row)
{
	struct match_change changes[3];
	struct match_instance instance;
	struct match_error error;
	uint32_t count = 0;
	char *before, *after;

	memcpy(changes, row->changes, sizeof(changes));
	while (count < 3 && changes[count].text)
		count++;
	read_document(&instance);
	before = write_document(&instance);
	assert_false(match_changes_apply(&instance, changes, count, &error));
	assert_int_equal(error.status, MATCH_MALFORMED);
	assert_int_equal(changes[count - 1].flaw, row->flaw);
	if (row->flaw != MATCH_CHANGE_CROSSED) {
		for (uint32_t i = 0; i + 1 < count; i++)
			assert_int_equal(changes[i].flaw, MATCH_CHANGE_SOUND);
		assert_ptr_equal(strstr(error.text, row->said), error.text);
	}
	assert_non_null(strstr(error.text, row->said));
	after = write_document(&instance);
	assert_string_equal(before, after);
	free(before);
	free(after);
	match_instance_free(&instance);
}

static void each_flaw_is_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(flaws) / sizeof(*flaws); i++)
		check_flaw(&flaws[i]);
}

static void each_of_many_flaws_is_found(void **state)
{
	struct match_change changes[] = {CAP("g=x"), FLOOR("g=3"),
					 CAPACITY("nobody=1"), FLOOR("g=1")};
	struct match_instance instance;
	struct match_error error;

	(void)state;
	read_document(&instance);
	assert_false(match_changes_apply(&instance, changes, 4, &error));
	assert_int_equal(changes[0].flaw, MATCH_CHANGE_NO_NUMBER);
	assert_int_equal(changes[1].flaw, MATCH_CHANGE_SOUND);
	assert_int_equal(changes[2].flaw, MATCH_CHANGE_UNKNOWN);
	assert_int_equal(changes[3].flaw, MATCH_CHANGE_TWICE);
	assert_int_equal(instance.group[1].lower, 2);
	match_instance_free(&instance);
}

/* A floor may pass the old cap if the cap moves too, told before or after. */
static void changes_are_judged_together(void **state)
{
	struct match_change changes[] = {
		FLOOR("g=6"), CAP("g=8"), CAP("a=b=none"), FLOOR("a=b=5"),
		CAPACITY("p=0"), CAPACITY("g2=1000000000")};
	struct match_instance instance;
	struct match_error error;

	(void)state;
	read_document(&instance);
	assert_true(match_changes_apply(&instance, changes, 6, &error));
	assert_int_equal(instance.group[0].lower, 5);
	assert_int_equal(instance.group[0].upper, MATCH_NO_CAP);
	assert_int_equal(instance.group[1].lower, 6);
	assert_int_equal(instance.group[1].upper, 8);
	assert_int_equal(instance.posting[0].capacity, 1000000000);
	assert_int_equal(instance.posting[1].capacity, 0);
	match_instance_free(&instance);
}

static void nothing_changes_nothing(void **state)
{
	struct match_instance instance;
	struct match_error error;
	char *before, *after;

	(void)state;
	read_document(&instance);
	before = write_document(&instance);
	assert_true(match_changes_apply(&instance, NULL, 0, &error));
	after = write_document(&instance);
	assert_string_equal(before, after);
	free(before);
	free(after);
	match_instance_free(&instance);
}

/* What a random set of changes should lead to, worked out beside it. */
struct wanted {
	struct match_change changes[CHANGES_MOST];
	char text[CHANGES_MOST][32];
	bool is_set[3][8];
	uint32_t number[3][8]; /* by kind; where it is not set, as it was */
	uint32_t count;
	bool is_sound;
};

static void want_one(struct wanted *w, const struct match_instance *in,
		     struct dice *dice)
{
	enum match_change_kind kind = dice_roll(dice, 3);
	const struct match_ids *ids =
		kind == MATCH_SET_CAPACITY ? &in->postings : &in->groups;
	uint32_t node, number = dice_roll(dice, 6), i = w->count;
	struct match_id id;

	if (!ids->count)
		return;
	node = dice_roll(dice, ids->count);
	id = match_ids_at(ids, node);
	w->is_sound = w->is_sound && !w->is_set[kind][node];
	w->is_set[kind][node] = true;
	w->number[kind][node] = number;
	snprintf(w->text[i], sizeof(w->text[i]), "%.*s=%u", MATCH_ID(id),
		 number);
	if (kind == MATCH_SET_CAP && number == 5) {
		w->number[kind][node] = MATCH_NO_CAP;
		snprintf(w->text[i], sizeof(w->text[i]), "%.*s=none",
			 MATCH_ID(id));
	}
	w->changes[i].kind = kind;
	w->changes[i].text = w->text[i];
	w->count++;
}

static void want(struct wanted *w, const struct match_instance *in,
		 struct dice *dice)
{
	uint32_t tries = dice_roll(dice, CHANGES_MOST);

	w->is_sound = true;
	for (uint32_t g = 0; g < in->groups.count; g++) {
		w->number[MATCH_SET_CAP][g] = in->group[g].upper;
		w->number[MATCH_SET_FLOOR][g] = in->group[g].lower;
	}
	for (uint32_t p = 0; p < in->postings.count; p++)
		w->number[MATCH_SET_CAPACITY][p] = in->posting[p].capacity;
	while (tries--)
		want_one(w, in, dice);
	for (uint32_t g = 0; g < in->groups.count; g++)
		if (w->number[MATCH_SET_FLOOR][g] > w->number[MATCH_SET_CAP][g])
			w->is_sound = false;
}

static bool is_as_wanted(const struct wanted *w,
			 const struct match_instance *in)
{
	bool is_right = true;

	for (uint32_t g = 0; g < in->groups.count; g++)
		is_right = is_right &&
			   in->group[g].upper == w->number[MATCH_SET_CAP][g] &&
			   in->group[g].lower == w->number[MATCH_SET_FLOOR][g];
	for (uint32_t p = 0; p < in->postings.count; p++)
		is_right = is_right && in->posting[p].capacity ==
					       w->number[MATCH_SET_CAPACITY][p];
	return is_right;
}

static void any_changes_do_what_they_say(void **state)
{
	uint32_t sound = 0, flawed = 0;

	(void)state;
	for (uint64_t i = 0; i < 20000; i++) {
		struct dice dice = {UINT64_C(77) << 32 | i};
		struct wanted w = {.count = 0};
		struct match_instance in;
		struct match_error error;
		char *before, *after;
		bool is_done;

		small_instance(&dice, &in);
		want(&w, &in, &dice);
		before = write_document(&in);
		is_done = match_changes_apply(&in, w.changes, w.count, &error);
		assert_int_equal(is_done, w.is_sound);
		after = write_document(&in);
		if (is_done)
			assert_true(is_as_wanted(&w, &in));
		else
			assert_string_equal(before, after);
		sound += is_done && w.count;
		flawed += !is_done;
		free(before);
		free(after);
		match_instance_free(&in);
	}
	assert_true(sound > 1000 && flawed > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_flaw_is_named),
		cmocka_unit_test(each_of_many_flaws_is_found),
		cmocka_unit_test(changes_are_judged_together),
		cmocka_unit_test(nothing_changes_nothing),
		cmocka_unit_test(any_changes_do_what_they_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
