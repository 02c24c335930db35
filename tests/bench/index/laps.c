#include "laps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "matcher/insist.h"

void laps_open(struct laps *laps, size_t room)
{
	*laps = (struct laps){.room = room,
			      .ns = calloc(room + 1, sizeof(uint64_t))};
	MATCH_INSIST(laps->ns);
}

void laps_add(struct laps *laps, uint64_t ns)
{
	MATCH_INSIST(laps->count < laps->room);
	laps->ns[laps->count++] = ns;
}

static int by_time(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

static double us_at(const struct laps *laps, size_t i)
{
	return (double)laps->ns[i] / 1e3;
}

void laps_say(struct laps *laps, const char *name, double cpu_ms)
{
	size_t n = laps->count;

	MATCH_INSIST(n > 0);
	qsort(laps->ns, n, sizeof(*laps->ns), by_time);
	printf("{\"name\": \"%s\", \"count\": %zu, \"p50_us\": %.1f, "
	       "\"p99_us\": %.1f, \"max_us\": %.1f, \"cpu_us\": %.2f}\n",
	       name, n, us_at(laps, n / 2), us_at(laps, n - 1 - n / 100),
	       us_at(laps, n - 1), cpu_ms * 1e3 / (double)n);
	fflush(stdout);
	laps->count = 0;
}

void laps_close(struct laps *laps)
{
	free(laps->ns);
}

uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

double thread_cpu_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

long resident_kib(void)
{
	FILE *file = fopen("/proc/self/status", "r");
	char line[256];
	long kib = 0;

	MATCH_INSIST(file);
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, "VmRSS:", 6))
			kib = strtol(line + 6, NULL, 10);
	fclose(file);
	return kib;
}
