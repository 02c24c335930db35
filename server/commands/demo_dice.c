/* demo_dice.c - chance that is no chance, and lists of words. */
#include <string.h>

#include "commands/demo.h"

static uint64_t mixed(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
	return x ^ (x >> 31);
}

static uint64_t dice_throw(struct dice *d)
{
	d->state += UINT64_C(0x9E3779B97F4A7C15);
	return mixed(d->state);
}

struct dice dice_for(enum demo_kind kind)
{
	return (struct dice){ mixed(UINT64_C(20240020) * (uint64_t)kind) };
}

uint32_t dice_below(struct dice *d, uint32_t bound)
{
	must(bound > 0);
	return (uint32_t)(((dice_throw(d) >> 32) * bound) >> 32);
}

bool dice_in(struct dice *d, unsigned percent)
{
	return dice_below(d, 100) < percent;
}

int dice_quantile(struct dice *d, const int *quantiles, int count)
{
	enum { STEP = 1000 };
	uint32_t at = dice_below(d, (uint32_t)(count - 1) * STEP);
	int low = quantiles[at / STEP], high = quantiles[at / STEP + 1];

	return low + ((high - low) * (int)(at % STEP) + STEP / 2) / STEP;
}

/* Random as far as an id needs it: two numbers mixed from what it is of. The
 * time in it is 2026-09-01, and a second more for each kind. */
const char *demo_id(enum demo_kind kind, uint32_t number,
		    char out[UUID_TEXT_BYTES])
{
	uint64_t chance[2] = { mixed((uint64_t)kind << 32 | number), 0 };
	int64_t wall_ms = INT64_C(1788220800000) + (int)kind * 1000000 +
			  (int64_t)number;
	uint8_t bytes[10];
	struct uuid id;

	chance[1] = mixed(chance[0] + 1);
	for (int i = 0; i < 10; i++)
		bytes[i] = (uint8_t)(chance[i / 8] >> (8 * (i % 8)));
	id = uuid_from_parts(wall_ms, bytes);
	uuid_text(&id, out);
	return out;
}

int words_count(const char *words)
{
	int count = *words != '\0';

	for (; *words; words++)
		count += *words == ' ';
	return count;
}

char *words_at(struct arena *mem, const char *words, uint32_t at)
{
	int count = words_count(words);

	must(count > 0);
	for (at %= (uint32_t)count; at > 0; at--)
		words = strchr(words, ' ') + 1;
	return arena_text(mem, words, strcspn(words, " "));
}

char *words_array(struct arena *mem, const char *words, uint64_t which)
{
	char *out = arena_zeroed(mem, strlen(words) + 4, 1);
	size_t used = 1, bytes;

	out[0] = '{';
	for (; *words; which >>= 1) {
		bytes = strcspn(words, " ");
		if ((which & 1) != 0) {
			if (used > 1)
				out[used++] = ',';
			memcpy(out + used, words, bytes);
			used += bytes;
		}
		words += bytes + (words[bytes] != '\0');
	}
	out[used] = '}';
	return out;
}
