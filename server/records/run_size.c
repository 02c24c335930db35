/* run_size.c - see run_size.h. */
#include "records/run_size.h"

/* Rounded up. */
static int64_t parts(int64_t amount, int64_t of)
{
	return (amount + of - 1) / of;
}

int64_t run_mib(const struct run_size *size)
{
	return 16 + parts(size->students * 900 + size->postings * 1200 +
			  size->wishes * 360, 1 << 20);
}

int64_t run_seconds(const struct run_size *size)
{
	return 1 + parts(size->students * 60 + size->postings * 60 +
			 size->wishes * 12, 1000000);
}

int64_t comparison_mib(int64_t bytes)
{
	return 16 + 3 * parts(bytes, 1 << 20);
}

int64_t comparison_seconds(int64_t bytes, bool is_changed)
{
	return 1 + parts(bytes * (is_changed ? 2 : 1), 20 << 20);
}
