/* test_rates.c - buckets at moments of the test's own making. */
#include "flow/rates.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "unit.h"

enum { THREADS = 4, TRIES = 20000 };

static const int64_t s = 1000000;	/* in microseconds */

static const struct config config = {
	.rate_window_s = 60, .rate_read = 6, .rate_write = 1000000000,
	.rate_sign_in = 7,
};

static uint64_t key_of(const struct rates *r, enum rate rate, const char *who)
{
	return rates_key(r, rate, who, strlen(who));
}

static void empties_and_fills(void **state)
{
	struct rates *r = rates_open(&config);
	uint64_t key = key_of(r, RATE_READ, "a");
	int64_t now = 1000 * s;
	struct rate_left left;

	(void)state;
	for (int i = 5; i >= 0; i--) {
		assert_true(rates_take(r, RATE_READ, key, now, &left));
		assert_int_equal(left.tokens, i);
		assert_int_equal(left.full_s, (6 - i) * 10);
	}
	assert_false(rates_take(r, RATE_READ, key, now + s, &left));
	assert_int_equal(left.tokens, 0);
	assert_int_equal(left.wait_s, 9);
	assert_int_equal(left.full_s, 59);
	assert_true(rates_take(r, RATE_READ, key, now + 10 * s, &left));
	assert_false(rates_take(r, RATE_READ, key, now + 10 * s, &left));
	assert_int_equal(left.wait_s, 10);
	/* Rest does not make it larger than it is. */
	now += 3600 * s;
	for (int i = 0; i < 6; i++)
		assert_true(rates_take(r, RATE_READ, key, now, &left));
	assert_false(rates_take(r, RATE_READ, key, now, &left));
	rates_close(r);
}

static void gives_back(void **state)
{
	struct rates *r = rates_open(&config);
	uint64_t key = key_of(r, RATE_READ, "a");
	struct rate_left left;

	(void)state;
	for (int i = 0; i < 100; i++) {
		assert_true(rates_take(r, RATE_READ, key, 5 * s, &left));
		rates_refund(r, RATE_READ, key, 5 * s, &left);
		assert_int_equal(left.tokens, 6);
		assert_int_equal(left.full_s, 0);
	}
	rates_close(r);
}

static void keeps_apart(void **state)
{
	struct rates *r = rates_open(&config);
	struct rate_left left;

	(void)state;
	assert_true(key_of(r, RATE_READ, "a") != key_of(r, RATE_READ, "b"));
	assert_true(key_of(r, RATE_READ, "a") != key_of(r, RATE_WRITE, "a"));
	assert_true(key_of(r, RATE_READ, "a") == key_of(r, RATE_READ, "a"));
	for (int i = 0; i < 7; i++)
		assert_true(rates_take(r, RATE_SIGN_IN,
				       key_of(r, RATE_SIGN_IN, "a"), s, &left));
	assert_false(rates_take(r, RATE_SIGN_IN, key_of(r, RATE_SIGN_IN, "a"),
				s, &left));
	assert_true(rates_take(r, RATE_SIGN_IN, key_of(r, RATE_SIGN_IN, "b"),
			       s, &left));
	rates_close(r);
}

static void says_its_policy(void **state)
{
	struct rates *r = rates_open(&config);

	(void)state;
	assert_string_equal(rates_policy(r, RATE_READ), "\"read\";q=6;w=60");
	assert_string_equal(rates_policy(r, RATE_SIGN_IN),
			    "\"sign-in\";q=7;w=60");
	assert_null(rates_policy(r, RATE_SEARCH));
	assert_null(rates_policy(r, RATE_FREE));
	rates_close(r);
}

/* Any number of principals, and the one that was heard of last is counted. */
static void stays_bounded(void **state)
{
	struct rates *r = rates_open(&config);
	struct rate_left left;
	char who[32];
	uint64_t key = 0;

	(void)state;
	for (int i = 0; i < 300000; i++) {
		snprintf(who, sizeof(who), "who %d", i);
		key = key_of(r, RATE_READ, who);
		assert_true(rates_take(r, RATE_READ, key, s, &left));
	}
	assert_true(rates_take(r, RATE_READ, key, s, &left));
	assert_int_equal(left.tokens, 4);
	rates_close(r);
}

struct taker {
	struct rates *rates;
	pthread_t thread;
	long taken;
};

static void *take_many(void *arg)
{
	struct taker *t = arg;
	struct rate_left left;

	for (int i = 0; i < TRIES; i++)
		t->taken += rates_take(t->rates, RATE_READ,
				       key_of(t->rates, RATE_READ, "a"), s,
				       &left);
	return NULL;
}

/* Not one token more than there are, however many loops take. */
static void counts_across_threads(void **state)
{
	struct config many = config;
	struct taker takers[THREADS];
	struct rate_left left;
	long taken = 0;

	(void)state;
	many.rate_read = 30000;
	takers[0].rates = rates_open(&many);
	/* The slot is there before they race for it. */
	taken += rates_take(takers[0].rates, RATE_READ,
			    key_of(takers[0].rates, RATE_READ, "a"), s, &left);
	for (int i = 0; i < THREADS; i++) {
		takers[i].rates = takers[0].rates;
		takers[i].taken = 0;
		assert_int_equal(pthread_create(&takers[i].thread, NULL,
						take_many, &takers[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(takers[i].thread, NULL);
		taken += takers[i].taken;
	}
	assert_int_equal(taken, 30000);
	rates_close(takers[0].rates);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empties_and_fills),
		cmocka_unit_test(gives_back),
		cmocka_unit_test(keeps_apart),
		cmocka_unit_test(says_its_policy),
		cmocka_unit_test(stays_bounded),
		cmocka_unit_test(counts_across_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
