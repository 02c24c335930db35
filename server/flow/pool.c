/*
 * pool.c - one queue into the threads, one list per loop out of them. The
 * loop is woken by an eventfd; libevent itself is never called from here.
 */
#include "flow/pool.h"

#include <event2/event.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"

struct jobs {
	struct pool_job *first, **last;
};

struct pool {
	pthread_mutex_t mutex;
	pthread_cond_t bell;
	struct jobs waiting;
	int waiting_count, queue_max;
	bool is_closing;
	int thread_count;
	pthread_t threads[];
};

struct pool_port {
	pthread_mutex_t mutex;
	struct jobs done;
	int fd;
	struct event *event;
};

static void jobs_init(struct jobs *jobs)
{
	jobs->first = NULL;
	jobs->last = &jobs->first;
}

static void jobs_add(struct jobs *jobs, struct pool_job *job)
{
	job->next = NULL;
	*jobs->last = job;
	jobs->last = &job->next;
}

static struct pool_job *jobs_take(struct jobs *jobs)
{
	struct pool_job *job = jobs->first;

	if (job && !(jobs->first = job->next))
		jobs->last = &jobs->first;
	return job;
}

/* Waits for a job; NULL when the pool closes. */
static struct pool_job *next_job(struct pool *p)
{
	struct pool_job *job = NULL;

	pthread_mutex_lock(&p->mutex);
	while (!p->is_closing && !p->waiting.first)
		pthread_cond_wait(&p->bell, &p->mutex);
	if (!p->is_closing) {
		job = jobs_take(&p->waiting);
		p->waiting_count--;
	}
	pthread_mutex_unlock(&p->mutex);
	return job;
}

static void hand_back(struct pool_job *job)
{
	struct pool_port *port = job->port;

	pthread_mutex_lock(&port->mutex);
	jobs_add(&port->done, job);
	pthread_mutex_unlock(&port->mutex);
	must(eventfd_write(port->fd, 1) == 0);
}

static void *run_jobs(void *arg)
{
	struct pool *p = arg;
	struct pool_job *job;

	while ((job = next_job(p))) {
		job->work(job->arg);
		hand_back(job);
	}
	return NULL;
}

struct pool *pool_open(int threads, int queue_max)
{
	struct pool *p = mem_zeroed(1, sizeof(*p) + (size_t)threads *
						    sizeof(p->threads[0]));

	must(pthread_mutex_init(&p->mutex, NULL) == 0);
	must(pthread_cond_init(&p->bell, NULL) == 0);
	jobs_init(&p->waiting);
	p->queue_max = queue_max;
	for (; p->thread_count < threads; p->thread_count++)
		must(pthread_create(&p->threads[p->thread_count], NULL,
				    run_jobs, p) == 0);
	return p;
}

void pool_close(struct pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->mutex);
	p->is_closing = true;
	pthread_cond_broadcast(&p->bell);
	pthread_mutex_unlock(&p->mutex);
	for (int i = 0; i < p->thread_count; i++)
		pthread_join(p->threads[i], NULL);
	pthread_cond_destroy(&p->bell);
	pthread_mutex_destroy(&p->mutex);
	mem_free(p);
}

static void on_bell(evutil_socket_t fd, short what, void *arg)
{
	struct pool_port *port = arg;
	struct pool_job *job;
	eventfd_t count;

	(void)what;
	(void)eventfd_read(fd, &count);
	do {
		pthread_mutex_lock(&port->mutex);
		job = jobs_take(&port->done);
		pthread_mutex_unlock(&port->mutex);
		if (job)
			job->done(job->arg);
	} while (job);
}

struct pool_port *pool_port_open(struct event_base *base)
{
	struct pool_port *port = mem_new(struct pool_port);

	must(pthread_mutex_init(&port->mutex, NULL) == 0);
	jobs_init(&port->done);
	port->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	must(port->fd >= 0);
	port->event = event_new(base, port->fd, EV_READ | EV_PERSIST, on_bell,
				port);
	must(port->event && event_add(port->event, NULL) == 0);
	return port;
}

void pool_port_close(struct pool_port *port)
{
	if (!port)
		return;
	event_free(port->event);
	(void)close(port->fd);
	pthread_mutex_destroy(&port->mutex);
	mem_free(port);
}

bool pool_give(struct pool *p, struct pool_port *port, struct pool_job *job)
{
	bool is_taken = false;

	job->port = port;
	pthread_mutex_lock(&p->mutex);
	if (p->waiting_count < p->queue_max && !p->is_closing) {
		jobs_add(&p->waiting, job);
		p->waiting_count++;
		is_taken = true;
		pthread_cond_signal(&p->bell);
	}
	pthread_mutex_unlock(&p->mutex);
	return is_taken;
}

int pool_waiting(struct pool *p)
{
	int count;

	pthread_mutex_lock(&p->mutex);
	count = p->waiting_count;
	pthread_mutex_unlock(&p->mutex);
	return count;
}
