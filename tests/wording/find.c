/*
 * Reads texts from standard input, each ended by a NUL; for each it prints a
 * line of RULE:AT:COUNT, what its words say and which characters say so.
 */
#include <stdio.h>
#include <stdlib.h>

#include "records/wording.h"
#include "wire/fold.h"

enum { ROOM = 16 };

static void print_found(struct arena *mem, const char *text)
{
	struct wording found[ROOM];
	size_t count = wording_find(mem, text, UINT64_MAX, found, ROOM);

	for (size_t i = 0; i < count; i++)
		printf("%s:%zu:%zu%s", law_card(found[i].law).name,
		       found[i].at, found[i].count,
		       i + 1 < count ? " " : "");
	printf("\n");
}

int main(void)
{
	struct arena *mem = arena_open();
	char *text = NULL;
	size_t room = 0;

	if (!fold_open())
		return EXIT_FAILURE;
	while (getdelim(&text, &room, '\0', stdin) > 0) {
		print_found(mem, text);
		arena_reset(mem);
	}
	free(text);
	arena_close(mem);
	return EXIT_SUCCESS;
}
