/* flaws.c - the list of what is wrong, in the order it was found. */
#include <stddef.h>
#include <string.h>

#include "wire/shape.h"

const char *const flaw_codes[] = {
#define FLAW_CODE(code) code,
#include "wire/flaw_codes.def"
#undef FLAW_CODE
	NULL
};

void flaws_init(struct flaws *flaws, struct arena *mem)
{
	*flaws = (struct flaws){ .mem = mem };
	flaws->last = &flaws->first;
}

void flaws_add(struct flaws *flaws, const char *where, const char *code,
	       const char *english, const char *chinese)
{
	struct flaw *flaw;

	if (flaws->count++ >= FLAWS_MAX)
		return;
	flaw = arena_new(flaws->mem, struct flaw);
	flaw->where = arena_text(flaws->mem, where, strlen(where));
	flaw->code = code;
	flaw->english = english;
	flaw->chinese = chinese;
	*flaws->last = flaw;
	flaws->last = &flaw->next;
}

void flaws_suggest(struct flaws *flaws, const char *suggestions)
{
	char *next = (char *)flaws->last;

	must(flaws->count > 0);
	if (flaws->count <= FLAWS_MAX)
		((struct flaw *)(void *)(next - offsetof(struct flaw, next)))
			->suggestions = suggestions;
}
