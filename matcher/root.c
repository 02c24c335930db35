/* The root, a binary digit of it at a time: subtraction and shifts alone. */
#include "matcher/root.h"

uint64_t match_root_of(uint64_t square)
{
	uint64_t root = 0, bit = (uint64_t)1 << 62;

	while (bit > square)
		bit >>= 2;
	for (; bit; bit >>= 2) {
		if (square >= root + bit) {
			square -= root + bit;
			root = (root >> 1) + bit;
		} else {
			root >>= 1;
		}
	}
	return root;
}
