/* Times of many questions, and the line that tells them. */
#ifndef TESTS_BENCH_INDEX_LAPS_H
#define TESTS_BENCH_INDEX_LAPS_H

#include <stddef.h>
#include <stdint.h>

struct laps {
	uint64_t *ns;
	size_t count, room;
};

void laps_open(struct laps *laps, size_t room);
void laps_add(struct laps *laps, uint64_t ns);

/* Print {"name": ..., quantiles in us, "more": more}; empties the laps. */
void laps_say(struct laps *laps, const char *name, double cpu_ms);
void laps_close(struct laps *laps);

uint64_t now_ns(void);
double thread_cpu_ms(void);
long resident_kib(void);

#endif
