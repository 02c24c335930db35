/* Who stays, by hand: where nothing is known, of one specialty, leaning on its
 * class, and where cohorts differ more than by chance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "matcher/survival.h"

#define ONE ((int64_t)MATCH_COUNT_ONE)

static void survive(struct match_survival_item *items, uint32_t count)
{
	struct match_error error;

	assert_true(match_survival(items, count, 8, &error));
}

static struct match_survival_item enrolled(int64_t one, int64_t two,
					   int64_t three)
{
	return (struct match_survival_item){.enrolled = {one, two, three},
					    .pool_category = 7};
}

static void assert_near(int64_t got, double wanted, double room)
{
	assert_true((double)got >= (wanted - room) * (double)ONE &&
		    (double)got <= (wanted + room) * (double)ONE);
}

static void nothing_known(void **state)
{
	struct match_survival_item item = enrolled(100, 100, 0);

	(void)state;
	survive(&item, 1);
	/* A fiftieth leaves a year. 100 x 0.98 x 0.02 x (1 + 100 / 50) = 5.88,
	 * whose root is 2.425, times 1.28 is 3.107. */
	assert_near(item.stay[0].exact, 98, .001);
	assert_near(item.stay[0].reach, 3.107, .01);
	assert_int_equal(item.stay[0].count, 98);
	assert_int_equal(item.stay[0].low, 94);
	assert_int_equal(item.stay[0].high, 100);
	assert_near(item.stay[1].exact, 96, .001);
	assert_int_equal(item.stay[2].count, 0);
	assert_int_equal(item.stay[2].high, 0);
	assert_int_equal(item.stay[0].at_risk, 0);
}

/* 10 of 200 left, and 50 more lean on what is above: 11 / 250 of all, then
 * 12.2, 12.44 and 12.488 of 250. */
static void one_specialty(void **state)
{
	struct match_survival_item item = enrolled(100, 0, 0);

	(void)state;
	item.past[0][0] = (struct match_loss){120, 6};
	item.past[3][0] = (struct match_loss){80, 4};
	survive(&item, 1);
	assert_near(item.stay[0].exact, 100 - 100 * 12.488 / 250, .001);
	assert_int_equal(item.stay[0].count, 95);
	assert_int_equal(item.stay[0].at_risk, 200);
	assert_int_equal(item.stay[0].lost, 10);
	assert_int_equal(item.stay[0].lost_of_all, 10);
	/* 0.049952 x 0.950048 = 0.047457; x 100 x (1 + 100 / 250) = 6.644; the
	 * cohorts differ less than by chance. 2.578 x 1.28125 = 3.303 */
	assert_near(item.stay[0].reach, 3.303, .01);
}

/* A specialty without a past has what its class has. */
static void class_lends(void **state)
{
	struct match_survival_item items[3] = {enrolled(1000, 0, 0),
					       enrolled(1000, 0, 0),
					       enrolled(1000, 0, 0)};

	(void)state;
	items[0].past[0][0] = (struct match_loss){10000, 1000};
	items[2].pool_class = 1;
	items[2].past[0][0] = (struct match_loss){10000, 100};
	survive(items, 3);
	/* All: 1,101 / 20,050; the category has the same: 1,102.75 / 20,050.
	 * The class: 1,002.75 / 10,050. */
	assert_near(items[1].stay[0].exact, 1000 * (1 - 1002.75 / 10050), .05);
	assert_true(items[1].stay[0].share > items[2].stay[0].share * 5);
	assert_true(items[1].stay[0].reach > items[0].stay[0].reach);
}

/* Half of the cohorts lose a tenth, half nobody: chance would not do that. */
static void cohorts_differ(void **state)
{
	struct match_survival_item calm = enrolled(400, 0, 0),
				   rough = enrolled(400, 0, 0);

	(void)state;
	for (int c = 0; c < MATCH_COHORTS; c++) {
		calm.past[c][0] = (struct match_loss){400, 20};
		rough.past[c][0] = (struct match_loss){400, c % 2 ? 40 : 0};
	}
	survive(&calm, 1);
	survive(&rough, 1);
	assert_int_equal(calm.stay[0].share, rough.stay[0].share);
	/* 20 missed where chance misses the root of 400 x 0.05 x 0.95: 4.36 */
	assert_true(rough.stay[0].reach > 4 * calm.stay[0].reach);
	assert_true(rough.stay[0].reach < 5 * calm.stay[0].reach);
}

static void order(void **state)
{
	struct match_survival_item there[20], back[20];

	(void)state;
	for (int i = 0; i < 20; i++) {
		there[i] = enrolled(10 * i, 7 * i, 3);
		there[i].pool_class = (uint32_t)i % 3;
		there[i].past[i % 6][i % 3] = (struct match_loss){9 * i, i};
		back[19 - i] = there[i];
	}
	survive(there, 20);
	survive(back, 20);
	for (int i = 0; i < 20; i++)
		assert_memory_equal(there[i].stay, back[19 - i].stay,
				    sizeof(there[i].stay));
}

static void most(void **state)
{
	struct match_survival_item items[8];

	(void)state;
	for (uint32_t i = 0; i < 8; i++) {
		items[i] = enrolled(1000000, 1000000, 1000000);
		items[i].pool_class = i % 3;
		for (int c = 0; c < MATCH_COHORTS; c++)
			for (int k = 0; k < MATCH_AHEAD; k++)
				items[i].past[c][k] = (struct match_loss){
					1000000, c % 2 ? 1000000 : 0};
	}
	survive(items, 8);
	assert_in_range(items[0].stay[0].count, 499990, 500010);
	assert_true(items[0].stay[0].high <= 1000000);
}

static void both(void **state)
{
	(void)state;
	assert_int_equal(match_reach_of_both(3 * ONE, 4 * ONE), 5 * ONE);
	assert_int_equal(match_reach_of_both(0, 7 * ONE), 7 * ONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_known),
		cmocka_unit_test(one_specialty),
		cmocka_unit_test(class_lends),
		cmocka_unit_test(cohorts_differ),
		cmocka_unit_test(order),
		cmocka_unit_test(most),
		cmocka_unit_test(both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
