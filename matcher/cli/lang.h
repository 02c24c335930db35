/*
 * What --format and --lang ask for, and texts with holes, for what the program
 * says in Chinese and English. The texts themselves are in *_words.def.
 */
#ifndef MATCHER_CLI_LANG_H
#define MATCHER_CLI_LANG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "matcher/cli/cli.h"
#include "matcher/explain.h"
#include "matcher/files/sink.h"
#include "matcher/ids.h"

struct style {
	bool is_json; /* else text */
	enum match_language language;
};

/*
 * in     without --lang: Chinese if LC_ALL, or else LANG, begins with zh
 * fails  a format or language that there is not; complains itself
 */
bool read_style(const struct options *options,
		struct style *style) MATCH_MUST_CHECK;

/* For match_sink_init: to standard output. */
bool write_out(void *to, const char *bytes, size_t count);

/* What is put in the place of {1}..{9}. */
struct hole {
	enum { HOLE_NONE, HOLE_ID, HOLE_SIGNED, HOLE_COUNT } kind;
	struct match_id id;
	int64_t number;
	uint64_t count;
};

#define NONE ((struct hole){.kind = HOLE_NONE})
#define ID(IDS, NUMBER) \
	((struct hole){.kind = HOLE_ID, .id = match_ids_at(&(IDS), NUMBER)})
#define WORD(TEXT) \
	((struct hole){.kind = HOLE_ID, .id = {TEXT, (uint32_t)strlen(TEXT)}})
#define NUMBER(N) ((struct hole){.kind = HOLE_SIGNED, .number = (N)})
#define COUNT(N) ((struct hole){.kind = HOLE_COUNT, .count = (N)})
#define NUMBER_OR_NONE(IS_THERE, N) ((IS_THERE) ? NUMBER(N) : NONE)

/* A text with its holes filled; none is the word for a hole with nothing. */
void say_with_holes(struct match_sink *sink, const char *text, const char *none,
		    const struct hole *hole);

#endif
