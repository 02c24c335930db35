/*
 * division_names.c - a greedy reading from the front. All is compared folded:
 * half width, simplified.
 */
#include "records/division_names.h"

#include <string.h>

#include "base/text.h"
#include "wire/fold.h"

enum { CODE_DIGITS = 6, LEVELS_MAX = 8 };

static bool ends(const char *text, size_t bytes, const char *end)
{
	size_t length = strlen(end);

	return bytes > length &&
	       memcmp(text + bytes - length, end, length) == 0;
}

/* 110000 is a province, 330100 a prefecture, 330106 a county. */
static size_t digits_of(const char *code)
{
	if (memcmp(code + 2, "0000", 4) == 0)
		return 2;
	return memcmp(code + 4, "00", 2) == 0 ? 4 : CODE_DIGITS;
}

/* Provinces and prefectures are called without their kind, and so are county
 * towns; a district's name is too common for that. */
static size_t short_of(const char *code, const char *name, size_t bytes)
{
	static const char *const kinds[] = {
		"特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区",
		"自治区", "省", "市", "地区", "盟",
	};
	enum { TWO_CHARACTERS = 6 };

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (ends(name, bytes, kinds[i]) &&
		    bytes - strlen(kinds[i]) >= TWO_CHARACTERS &&
		    (digits_of(code) < CODE_DIGITS ||
		     text_same(kinds[i], "市")))
			return bytes - strlen(kinds[i]);
	return 0;
}

struct division_names division_names_from_rows(struct arena *mem,
					       const struct rows *rows)
{
	size_t count = (size_t)rows_count(rows);
	struct division_names names = {
		arena_array(mem, struct division_name, count), count };

	for (size_t i = 0; i < count; i++) {
		struct division_name *at = &names.at[i];
		const char *code = rows_text(rows, (int)i, 0);

		at->code = arena_text(mem, code, strlen(code));
		at->name = fold_text(mem, rows_text(rows, (int)i, 1));
		at->name = arena_text(mem, at->name, strlen(at->name));
		at->bytes = strlen(at->name);
		at->short_bytes = short_of(at->code, at->name, at->bytes);
	}
	return names;
}

/* How many bytes of the text are its name; 0: it does not begin so. */
static size_t said_bytes(const struct division_name *d, const char *text)
{
	if (strncmp(text, d->name, d->bytes) == 0)
		return d->bytes;
	if (d->short_bytes && strncmp(text, d->name, d->short_bytes) == 0)
		return d->short_bytes;
	return 0;
}

static bool is_under(const struct division_name *d,
		     const struct division_name *of)
{
	return memcmp(d->code, of->code, digits_of(of->code)) == 0;
}

static const char *skip_between(const char *text)
{
	static const char *const between[] = {
		" ", "\t", "\n", ",", ".", "-", "/", "|", "·", "、", "，",
		"中华人民共和国", "中国",
	};

	for (size_t i = 0; i < COUNT_OF(between); i++)
		if (text_starts(text, between[i])) {
			text += strlen(between[i]);
			i = (size_t)-1;
		}
	return text;
}

struct spot {
	const struct division_name *division;
	size_t bytes;
	bool is_one_of_several;
};

/* Of two that are named alike the larger is meant: 吉林 is the province. */
static void consider(struct spot *best, const struct division_name *d,
		     size_t bytes)
{
	size_t digits = digits_of(d->code);
	size_t best_digits = best->division ? digits_of(best->division->code) :
					      0;

	if (bytes < best->bytes)
		return;
	if (bytes > best->bytes || digits < best_digits)
		*best = (struct spot){ d, bytes, false };
	else if (digits == best_digits)
		best->is_one_of_several = true;
}

/* The division under `within` (NULL: anywhere), or one above it said again,
 * that the text begins with. */
static struct spot spot_at(const struct division_names *names,
			   const struct division_name *within,
			   const char *text)
{
	struct spot best = { NULL, 0, false };

	for (size_t i = 0; i < names->count; i++) {
		const struct division_name *d = &names->at[i];
		size_t bytes;

		if (within && !is_under(d, within) && !is_under(within, d))
			continue;
		bytes = said_bytes(d, text);
		if (bytes)
			consider(&best, d, bytes);
	}
	return best;
}

const char *division_named(const struct division_names *names,
			   struct arena *mem, const char *address)
{
	const struct division_name *found = NULL;
	const char *at = skip_between(fold_text(mem, address));

	for (int i = 0; i < LEVELS_MAX; i++) {
		struct spot spot = spot_at(names, found, at);

		if (!spot.division)
			break;
		if (spot.is_one_of_several)
			return found ? found->code : NULL;
		if (!found || is_under(spot.division, found))
			found = spot.division;
		at = skip_between(at + spot.bytes);
	}
	return found ? found->code : NULL;
}
