/*
 * Changes are read one by one and set together: a floor and a cap that change
 * at once are judged as they will be, in whatever order they are told.
 */
#include "matcher/changes.h"

#include <stdio.h>
#include <string.h>

#include "matcher/insist.h"
#include "matcher/memory.h"
#include "matcher/order.h"

static struct match_id id_of(const struct match_change *change)
{
	const char *equals = strrchr(change->text, '=');
	size_t bytes = equals ? (size_t)(equals - change->text) : 0;

	/* A longer one is nobody's, and would fill the message. */
	if (bytes > MATCH_ID_BYTES_MAX)
		bytes = 0;
	return (struct match_id){change->text, (uint32_t)bytes};
}

static enum match_change_flaw read_number(const char *text, uint32_t *number)
{
	uint64_t sum = 0;

	if (!*text)
		return MATCH_CHANGE_NO_NUMBER;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return MATCH_CHANGE_NO_NUMBER;
		if (sum <= MATCH_SEATS_MAX)
			sum = 10 * sum + (uint64_t)(*text - '0');
	}
	*number = (uint32_t)sum;
	return sum > MATCH_SEATS_MAX ? MATCH_CHANGE_OUT_OF_RANGE
				     : MATCH_CHANGE_SOUND;
}

static void read_change(const struct match_instance *in,
			struct match_change *change)
{
	const struct match_ids *ids = change->kind == MATCH_SET_CAPACITY
					      ? &in->postings
					      : &in->groups;
	const char *equals = strrchr(change->text, '=');

	change->node = MATCH_NONE;
	if (!equals) {
		change->flaw = MATCH_CHANGE_NO_EQUALS;
		return;
	}
	change->node = match_ids_find(ids, id_of(change));
	if (change->kind == MATCH_SET_CAP && !strcmp(equals + 1, "none")) {
		change->after = MATCH_NO_CAP;
		change->flaw = MATCH_CHANGE_SOUND;
	} else {
		change->flaw = read_number(equals + 1, &change->after);
	}
	if (change->node == MATCH_NONE)
		change->flaw = MATCH_CHANGE_UNKNOWN;
}

/* One number for each thing that can be set. */
static uint64_t thing_of(const struct match_change *change)
{
	return (uint64_t)change->node << 2 | (uint64_t)change->kind;
}

/* Equal things lie side by side, in the order in which they were told. */
static void mark_repeated(struct match_change *changes, const uint32_t *order,
			  uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		const struct match_change *before = &changes[order[i - 1]];
		struct match_change *change = &changes[order[i]];

		if (change->node != MATCH_NONE &&
		    thing_of(change) == thing_of(before))
			change->flaw = MATCH_CHANGE_TWICE;
	}
}

static uint32_t *number_of(struct match_instance *in,
			   const struct match_change *change)
{
	switch (change->kind) {
	case MATCH_SET_CAP:
		return &in->group[change->node].upper;
	case MATCH_SET_FLOOR:
		return &in->group[change->node].lower;
	case MATCH_SET_CAPACITY:
		break;
	}
	return &in->posting[change->node].capacity;
}

static void set_all(struct match_instance *in, struct match_change *changes,
		    uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t *number = number_of(in, &changes[i]);

		changes[i].before = *number;
		*number = changes[i].after;
	}
}

void match_changes_undo(struct match_instance *in,
			const struct match_change *changes, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		*number_of(in, &changes[i]) = changes[i].before;
}

static bool are_sound(const struct match_change *changes, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (changes[i].flaw != MATCH_CHANGE_SOUND)
			return false;
	return true;
}

static void mark_crossed(const struct match_instance *in,
			 struct match_change *changes, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct match_group *group = &in->group[changes[i].node];

		if (changes[i].kind != MATCH_SET_CAPACITY &&
		    group->lower > group->upper)
			changes[i].flaw = MATCH_CHANGE_CROSSED;
	}
}

static bool fail_flawed(const struct match_change *changes,
			struct match_error *error)
{
	char text[MATCH_ERROR_BYTES];

	while (changes->flaw == MATCH_CHANGE_SOUND)
		changes++;
	match_change_text(changes, text, sizeof(text));
	return match_fail(error, MATCH_MALFORMED, "%s", text);
}

/* Find what may be wrong with each change as it is told; false: no memory. */
static bool read_changes(const struct match_instance *in,
			 struct match_change *changes, uint32_t count)
{
	uint64_t *things = match_take(count, sizeof(*things));
	uint32_t *order = NULL;

	for (uint32_t i = 0; things && i < count; i++) {
		read_change(in, &changes[i]);
		things[i] = thing_of(&changes[i]);
	}
	if (things)
		order = match_order_numbers(things, count);
	if (order)
		mark_repeated(changes, order, count);
	match_drop(things);
	match_drop(order);
	return order != NULL;
}

bool match_changes_apply(struct match_instance *in,
			 struct match_change *changes, uint32_t count,
			 struct match_error *error)
{
	if (!read_changes(in, changes, count))
		return match_no_memory(error);
	if (!are_sound(changes, count))
		return fail_flawed(changes, error);
	set_all(in, changes, count);
	mark_crossed(in, changes, count);
	if (are_sound(changes, count))
		return true;
	match_changes_undo(in, changes, count);
	return fail_flawed(changes, error);
}

void match_change_text(const struct match_change *change, char *out,
		       size_t size)
{
	const char *kind =
		change->kind == MATCH_SET_CAPACITY ? "posting" : "group";
	struct match_id id = id_of(change);

	out[0] = '\0';
	switch (change->flaw) {
	case MATCH_CHANGE_SOUND:
		break;
	case MATCH_CHANGE_NO_EQUALS:
		snprintf(out, size, "it is not ID=NUMBER");
		break;
	case MATCH_CHANGE_NO_NUMBER:
		snprintf(out, size, "what follows the last = is no number%s",
			 change->kind == MATCH_SET_CAP ? ", nor \"none\"" : "");
		break;
	case MATCH_CHANGE_OUT_OF_RANGE:
		snprintf(out, size, "the number is not in 0..%u",
			 MATCH_SEATS_MAX);
		break;
	case MATCH_CHANGE_UNKNOWN:
		snprintf(out, size, "there is no %s \"%.*s\"", kind,
			 MATCH_ID(id));
		break;
	case MATCH_CHANGE_TWICE:
		snprintf(out, size, "the same is set before, for %s \"%.*s\"",
			 kind, MATCH_ID(id));
		break;
	case MATCH_CHANGE_CROSSED:
		snprintf(out, size,
			 "the floor of group \"%.*s\" would be above its cap",
			 MATCH_ID(id));
		break;
	}
}
