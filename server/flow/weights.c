/* weights.c - reading "zh-CN,zh;q=0.9,en;q=0.8" one choice at a time. */
#include "flow/weights.h"

#include <string.h>
#include <strings.h>

static size_t until(const char *at, size_t bytes, char stop)
{
	const char *found = bytes ? memchr(at, stop, bytes) : NULL;

	return found ? (size_t)(found - at) : bytes;
}

static void trim(const char **at, size_t *bytes)
{
	while (*bytes && (**at == ' ' || **at == '\t')) {
		(*at)++;
		(*bytes)--;
	}
	while (*bytes && ((*at)[*bytes - 1] == ' ' ||
			  (*at)[*bytes - 1] == '\t'))
		(*bytes)--;
}

/* "1", "0.5", "0.875": at most three decimals. */
static int weight_of(const char *at, size_t bytes)
{
	int weight, unit = 100;

	if (!bytes || bytes > 5 || (*at != '0' && *at != '1'))
		return 0;
	weight = (*at - '0') * 1000;
	if (bytes > 1 && at[1] != '.')
		return 0;
	for (size_t i = 2; i < bytes; i++, unit /= 10) {
		if (at[i] < '0' || at[i] > '9')
			return 0;
		weight += (at[i] - '0') * unit;
	}
	return weight > 1000 ? 0 : weight;
}

/* The parameters behind a choice: only q counts. */
static int read_weight(const char *at, size_t bytes)
{
	while (bytes) {
		size_t part = until(at, bytes, ';');
		const char *name = at;
		size_t left = part;

		trim(&name, &left);
		if (left > 2 && (name[0] == 'q' || name[0] == 'Q') &&
		    name[1] == '=')
			return weight_of(name + 2, left - 2);
		part += part < bytes;
		at += part;
		bytes -= part;
	}
	return 1000;
}

bool weights_next(struct weights *list, struct choice *out)
{
	while (list->bytes) {
		size_t item = until(list->at, list->bytes, ',');
		size_t name = until(list->at, item, ';');

		out->at = list->at;
		out->bytes = name;
		out->weight = name == item ? 1000 : read_weight(
			list->at + name + 1, item - name - 1);
		trim(&out->at, &out->bytes);
		item += item < list->bytes;
		list->at += item;
		list->bytes -= item;
		if (out->bytes)
			return true;
	}
	return false;
}

bool choice_starts(const struct choice *choice, const char *text)
{
	size_t bytes = strlen(text);

	return choice->bytes >= bytes &&
	       strncasecmp(choice->at, text, bytes) == 0;
}

bool choice_is(const struct choice *choice, const char *text)
{
	return choice->bytes == strlen(text) && choice_starts(choice, text);
}
