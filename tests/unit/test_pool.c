/* test_pool.c - jobs go out to threads and come back to their loop. */
#include "flow/pool.h"

#include <event2/event.h>
#include <pthread.h>
#include <unistd.h>

#include "unit.h"

enum { JOBS = 20 };

static struct event_base *base;
static pthread_t loop_thread;
static int done_count, wanted;

struct task {
	struct pool_job job;
	bool is_worked, is_done;
};

static void work(void *arg)
{
	struct task *t = arg;

	assert_false(pthread_equal(pthread_self(), loop_thread));
	usleep(1000);
	t->is_worked = true;
}

static void done(void *arg)
{
	struct task *t = arg;

	assert_true(pthread_equal(pthread_self(), loop_thread));
	assert_true(t->is_worked && !t->is_done);
	t->is_done = true;
	if (++done_count == wanted)
		event_base_loopbreak(base);
}

static void all_come_back(void **state)
{
	struct pool *pool = pool_open(3, JOBS);
	struct pool_port *port;
	struct task tasks[JOBS] = { 0 };

	(void)state;
	base = event_base_new();
	port = pool_port_open(base);
	loop_thread = pthread_self();
	done_count = 0;
	wanted = JOBS;
	for (int i = 0; i < JOBS; i++) {
		tasks[i].job = (struct pool_job){ .work = work, .done = done,
						  .arg = &tasks[i] };
		assert_true(pool_give(pool, port, &tasks[i].job));
	}
	event_base_dispatch(base);
	assert_int_equal(done_count, JOBS);
	pool_close(pool);
	pool_port_close(port);
	event_base_free(base);
}

static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;

static void work_when_let(void *arg)
{
	struct task *t = arg;

	pthread_mutex_lock(&held);
	t->is_worked = true;
	pthread_mutex_unlock(&held);
}

/* One runs, two wait, the fourth is refused; closing drops those that wait. */
static void a_full_queue_refuses(void **state)
{
	struct pool *pool = pool_open(1, 2);
	struct pool_port *port;
	struct task tasks[4] = { 0 };

	(void)state;
	base = event_base_new();
	port = pool_port_open(base);
	pthread_mutex_lock(&held);
	for (int i = 0; i < 4; i++) {
		tasks[i].job = (struct pool_job){ .work = work_when_let,
						  .done = done,
						  .arg = &tasks[i] };
		if (i == 1)
			while (pool_waiting(pool))
				usleep(1000);
		assert_int_equal(pool_give(pool, port, &tasks[i].job), i < 3);
	}
	assert_int_equal(pool_waiting(pool), 2);
	pthread_mutex_unlock(&held);
	pool_close(pool);
	assert_true(tasks[0].is_worked);
	assert_false(tasks[3].is_worked || tasks[0].is_done);
	pool_port_close(port);
	event_base_free(base);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_come_back),
		cmocka_unit_test(a_full_queue_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
