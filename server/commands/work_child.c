/*
 * work_child.c - see work_child.h. A child dies with its worker, and is the
 * first that the kernel takes when memory is short. Memory is looked at every
 * LOOK_MS, so it may pass the limit by what is taken in that time.
 */
#include "commands/work_child.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

enum { LOOK_MS = 10, MIB = 1 << 20 };

static void offer_to_the_kernel(void)
{
	FILE *score = fopen("/proc/self/oom_score_adj", "w");

	if (!score)
		return;
	fputs("1000", score);
	fclose(score);
}

static void nap(void)
{
	struct timespec t = { 0, LOOK_MS * 1000000 };

	nanosleep(&t, NULL);
}

void child_begin(struct child *c, bool (*work)(void *arg), void *arg)
{
	const pid_t parent = getpid();

	c->begun_ms = clock_ms();
	c->pid = fork();
	must(c->pid >= 0);
	if (c->pid)
		return;
	must(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
	if (getppid() != parent)
		_exit(1);	/* it died before it could be heeded */
	offer_to_the_kernel();
	_exit(work(arg) ? 0 : 1);
}

/* What it holds now, the second number; 0 where it has just ended. */
static int64_t resident_bytes(pid_t pid)
{
	char path[64], text[128] = "", *second = text;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
	file = fopen(path, "r");
	if (!file)
		return 0;
	if (fgets(text, sizeof(text), file))
		(void)strtoll(text, &second, 10);
	fclose(file);
	return strtoll(second, NULL, 10) * sysconf(_SC_PAGESIZE);
}

static bool is_over(struct child *c, struct lease *lease)
{
	const struct config *config = c->config;

	if (lease_is_lost(lease))
		c->end = CHILD_LEASE_LOST;
	else if (clock_ms() - c->begun_ms > config->run_s * 1000)
		c->end = CHILD_TOO_LONG;
	else if (resident_bytes(c->pid) > config->run_mib * MIB)
		c->end = CHILD_TOO_LARGE;
	else
		return false;
	return true;
}

static void judge(struct child *c, int status, const struct rusage *usage)
{
	c->peak_bytes = usage->ru_maxrss * 1024;
	if (WIFEXITED(status))
		c->end = WEXITSTATUS(status) == 0 ? CHILD_DONE : CHILD_GAVE_UP;
	else if (c->end == CHILD_DONE)
		c->end = CHILD_DIED;
	if (c->end == CHILD_DIED)
		log_line(LOG_ERROR, "child died", "pid=%d signal=%d",
			 (int)c->pid, WTERMSIG(status));
}

void child_wait(struct child *c, struct lease *lease)
{
	struct rusage usage = { .ru_maxrss = 0 };
	int status = 0;

	c->end = CHILD_DONE;
	while (wait4(c->pid, &status, WNOHANG, &usage) == 0) {
		if (c->end == CHILD_DONE && is_over(c, lease))
			must(kill(c->pid, SIGKILL) == 0);
		nap();
	}
	judge(c, status, &usage);
}

const char *child_flaw(const struct child *c)
{
	if (c->end == CHILD_TOO_LONG)
		return "it took longer than DUIKOU_RUN_S allows";
	if (c->end == CHILD_TOO_LARGE)
		return "it took more memory than DUIKOU_RUN_MIB allows";
	return NULL;
}

int64_t child_own_peak(void)
{
	struct rusage usage;

	must(getrusage(RUSAGE_SELF, &usage) == 0);
	return usage.ru_maxrss * 1024;
}
