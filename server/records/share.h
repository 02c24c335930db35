/*
 * share.h - a share of a group, and how far chance alone could move it.
 *
 * from  docs/destinations.md, "Rates"
 */
#ifndef RECORDS_SHARE_H
#define RECORDS_SHARE_H

#include <stdint.h>

#include "wire/json_write.h"

/*
 * numerator / denominator in ten-thousandths, halves up; -1 for a denominator
 * of 0.
 *
 * in    0 <= numerator, denominator <= 10^14
 */
int64_t share_of(int64_t numerator, int64_t denominator);

/*
 * The Wilson score interval of 95 %, z squared being 3.841459.
 *
 * in    0 <= numerator <= denominator, 0 < denominator <= 10^14
 * out   ten-thousandths, low rounded down and high up:
 *       0 <= low <= share_of(...) <= high <= 10000
 * from  E. B. Wilson, Probable Inference, the Law of Succession, and
 *       Statistical Inference, JASA 22 (1927)
 */
struct share_interval { int64_t low, high; };
struct share_interval share_interval(int64_t numerator, int64_t denominator);

/* A member of the open object: numerator, denominator, rate, low, high; the
 * last three null where the denominator is 0. */
void share_write(struct json_writer *w, const char *name, int64_t numerator,
		int64_t denominator);

#endif
