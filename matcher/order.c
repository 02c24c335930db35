/* A radix sort by bytes, lowest first; bytes that all share are skipped. */
#include "matcher/order.h"

#include "matcher/memory.h"

struct numbered {
	uint64_t number;
	uint32_t position;
};

/* One stable pass by one byte. False: all have the same, nothing to do. */
static bool pass(const struct numbered *from, struct numbered *to,
		 uint32_t count, int shift)
{
	uint32_t start[257] = {0};

	for (uint32_t i = 0; i < count; i++)
		start[(from[i].number >> shift & 255) + 1]++;
	for (int i = 1; i <= 256; i++) {
		if (start[i] == count)
			return false;
		start[i] += start[i - 1];
	}
	for (uint32_t i = 0; i < count; i++)
		to[start[from[i].number >> shift & 255]++] = from[i];
	return true;
}

uint32_t *match_order_numbers(const uint64_t *numbers, uint32_t count)
{
	struct numbered *from = match_take(count, sizeof(*from));
	struct numbered *to = match_take(count, sizeof(*to));
	uint32_t *order = match_take(count, sizeof(*order));

	if (!from || !to || !order) {
		match_drop(order);
		order = NULL;
		count = 0;
	}
	for (uint32_t i = 0; i < count; i++) {
		from[i].number = numbers[i];
		from[i].position = i;
	}
	for (int shift = 0; shift < 64 && count > 1; shift += 8)
		if (pass(from, to, count, shift)) {
			struct numbered *sorted = to;

			to = from;
			from = sorted;
		}
	for (uint32_t i = 0; i < count; i++)
		order[i] = from[i].position;
	match_drop(from);
	match_drop(to);
	return order;
}
