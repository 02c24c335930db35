/*
 * run_size.h - what a run will take, from what it will read. Measured on 2
 * idle cores: 10,000 students with 115,000 wishes 51 MiB and 0.9 s, 50,000 with
 * 200,000 116 MiB and 5.5 s, 100,000 with 1,150,000 478 MiB and 13 s, in mode
 * optimal, which takes the longer; `./duikou.sh bench round --sizes` measures
 * them again, beside what is said here. The formulas are linear and lie above:
 * by a seventh to three fifths for memory, and up to twice, and 2 s, for time.
 */
#ifndef RECORDS_RUN_SIZE_H
#define RECORDS_RUN_SIZE_H

#include <stdbool.h>
#include <stdint.h>

struct run_size {
	int64_t students, postings, wishes;
};

int64_t run_mib(const struct run_size *size);
int64_t run_seconds(const struct run_size *size);

/*
 * What a comparison will take, from the bytes of the run's instance, which it
 * reads; changed: it places twice as much. Measured likewise: of 14 MiB (10,000
 * students with 200,000 wishes) 37 MiB and 0.3 s, changed 0.4 s; of 140 MiB
 * (100,000 with 2,000,000) 327 MiB and 3.8 s, changed 5.5 s. Again linear, and
 * above: by a third, and up to thrice.
 */
int64_t comparison_mib(int64_t bytes);
int64_t comparison_seconds(int64_t bytes, bool is_changed);

#endif
