/*
 * Finds the specialties in texts, for measure.py: `named-find NAMES` reads the
 * names, one a line, and texts from standard input, each ended by a NUL; for
 * each it prints a line of NAME:AT:BYTES, the name by its number or "any".
 */
#include "matcher/named.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 8192, ROOM = 64 };

static size_t read_names(const char *path, struct match_text *names)
{
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t room = 0, count = 0;
	ssize_t bytes;

	while (in && count < NAMES_MAX &&
	       (bytes = getline(&line, &room, in)) > 0) {
		names[count].bytes = (uint32_t)bytes - 1;
		names[count++].at = line;
		line = NULL;
	}
	free(line);
	if (in)
		fclose(in);
	return count;
}

static void print_finds(const struct match_lexicon *set, struct match_text text)
{
	struct match_find found[ROOM];
	size_t count = match_named(set, text, found, ROOM);

	for (size_t i = 0; i < count; i++) {
		if (found[i].name == MATCH_NAMED_ANY)
			printf("any");
		else
			printf("%u", found[i].name);
		printf(":%u:%u%s", found[i].at, found[i].bytes,
		       i + 1 < count ? " " : "");
	}
	printf("\n");
}

int main(int argc, char **argv)
{
	static struct match_text names[NAMES_MAX];
	struct match_lexicon set;
	struct match_error error;
	size_t count = argc == 2 ? read_names(argv[1], names) : 0;
	char *text = NULL;
	size_t room = 0;
	ssize_t bytes;

	if (count == 0 || !match_lexicon_make(&set, names, count, &error))
		return EXIT_FAILURE;
	while ((bytes = getdelim(&text, &room, '\0', stdin)) > 0)
		print_finds(&set, (struct match_text){ text,
						       (uint32_t)bytes - 1 });
	free(text);
	match_lexicon_drop(&set);
	for (size_t i = 0; i < count; i++)
		free((char *)names[i].at);
	return EXIT_SUCCESS;
}
