/*
 * share.c - see share.h. Of k of n, with Z the square of z:
 *
 *	(2k + Z -+ sqrt(4 Z k (n - k) / n + Z^2)) / (2 (n + Z))
 *
 * Z is counted in millionths, and all is multiplied by a million. The root is
 * rounded up, and so are the ends outwards: integers decide.
 */
#include "records/share.h"

#include "base/base.h"

__extension__ typedef unsigned __int128 wide;

enum { MILLION = 1000000, Z_SQUARE = 3841459, WHOLE = 10000 };

int64_t share_of(int64_t numerator, int64_t denominator)
{
	must(numerator >= 0 && denominator >= 0);
	if (denominator == 0)
		return -1;
	return (2 * WHOLE * numerator + denominator) / (2 * denominator);
}

/* The least whole number whose square is not less; by halving. */
static wide root_above(wide square)
{
	wide low = 0, high = (wide)1 << 62;

	while (low < high) {
		wide middle = low + (high - low) / 2;

		if (middle * middle < square)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct share_interval share_interval(int64_t numerator, int64_t denominator)
{
	wide k = (wide)numerator, n = (wide)denominator;
	wide spread, root, middle, below;

	must(numerator >= 0 && numerator <= denominator && denominator > 0 &&
	     denominator <= INT64_C(100000000000000));
	/* Divided in two parts, so that nothing is too large. */
	spread = k * (n - k);
	spread = spread / n * (4 * (wide)Z_SQUARE * MILLION) +
		 (spread % n * (4 * (wide)Z_SQUARE * MILLION) + n - 1) / n;
	root = root_above(spread + (wide)Z_SQUARE * Z_SQUARE);
	middle = 2 * k * MILLION + Z_SQUARE;
	below = 2 * (n * MILLION + Z_SQUARE);
	return (struct share_interval){
		middle > root ? (int64_t)(WHOLE * (middle - root) / below) : 0,
		middle + root < below ? (int64_t)(
			(WHOLE * (middle + root) + below - 1) / below) : WHOLE
	};
}

static void write_known(struct json_writer *w, int64_t numerator,
			int64_t denominator)
{
	struct share_interval ends = share_interval(numerator, denominator);

	json_member_int(w, "rate", share_of(numerator, denominator));
	json_member_int(w, "low", ends.low);
	json_member_int(w, "high", ends.high);
}

void share_write(struct json_writer *w, const char *name, int64_t numerator,
		int64_t denominator)
{
	static const char *const unknown[] = { "rate", "low", "high" };

	json_key(w, name);
	json_object(w);
	json_member_int(w, "numerator", numerator);
	json_member_int(w, "denominator", denominator);
	if (denominator > 0)
		write_known(w, numerator, denominator);
	for (size_t i = 0; denominator == 0 && i < COUNT_OF(unknown); i++) {
		json_key(w, unknown[i]);
		json_null(w);
	}
	json_end(w);
}
