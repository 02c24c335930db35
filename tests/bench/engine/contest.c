/* Clocks and memory of the engine's benchmark. */
#include "contest.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "matcher/generate.h"
#include "matcher/insist.h"

static struct timespec wall, cpu;
static long resident_kib;

void contest_instance(const char *students, struct match_instance *instance)
{
	struct match_generation order = {
		.students = (uint32_t)strtoul(students, NULL, 10),
		.seed = 42,
		.hash_key = {1, 2},
	};
	struct match_error error;

	MATCH_INSIST(match_generate(&order, instance, &error));
}

/* A line of /proc/self/status, in KiB. */
static long status_kib(const char *name)
{
	FILE *file = fopen("/proc/self/status", "r");
	char line[256];
	long kib = 0;

	MATCH_INSIST(file);
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, name, strlen(name)))
			kib = strtol(line + strlen(name), NULL, 10);
	fclose(file);
	return kib;
}

/* The highest mark of resident memory starts anew (proc(5), clear_refs). */
static void reset_peak(void)
{
	FILE *file = fopen("/proc/self/clear_refs", "w");

	MATCH_INSIST(file);
	MATCH_INSIST(fputs("5", file) >= 0);
	MATCH_INSIST(fclose(file) == 0);
}

void contest_start(void)
{
	malloc_trim(0); /* or memory once freed would seem free of charge */
	reset_peak();
	resident_kib = status_kib("VmRSS:");
	clock_gettime(CLOCK_MONOTONIC, &wall);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
}

static double since_ms(clockid_t clock, const struct timespec *then)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)(now.tv_sec - then->tv_sec) * 1e3 +
	       (double)(now.tv_nsec - then->tv_nsec) / 1e6;
}

struct contest_lap contest_stop(void)
{
	struct contest_lap lap = {
		.wall_ms = since_ms(CLOCK_MONOTONIC, &wall),
		.cpu_ms = since_ms(CLOCK_PROCESS_CPUTIME_ID, &cpu),
	};

	lap.grown_kib = status_kib("VmHWM:") - resident_kib;
	return lap;
}

void contest_say(const char *name, const struct contest_lap *lap,
		 const struct match_objective *objective)
{
	printf("{\"name\": \"%s\", \"wall_ms\": %.3f, \"cpu_ms\": %.3f, "
	       "\"grown_kib\": %ld, \"objective\": [%lld, %lld, %lld]}\n",
	       name, lap->wall_ms, lap->cpu_ms, lap->grown_kib,
	       (long long)objective->shortfall, (long long)objective->placed,
	       (long long)objective->score);
}
