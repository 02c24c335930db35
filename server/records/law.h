/*
 * law.h - the rules of docs/rules.md that are checked: one row each, with its
 * name, its source, what a breach does, and when it is asked.
 *
 * from  docs/rules.md 1 and 6; matcher/rules.h for those on a pair
 */
#ifndef RECORDS_LAW_H
#define RECORDS_LAW_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/align.h"
#include "wire/json_write.h"

#define LAW_OF_PAIR(id, ...) LAW_##id,
#define LAW(id, ...) LAW_##id,
enum law {
	LAW_NONE,
#include "records/law.def"
	LAW_COUNT
};
#undef LAW_OF_PAIR
#undef LAW

/* BLOCK: never. WARN: not without a recorded reason. REQUIRED: it must be
 * there first. */
enum law_kind { LAW_KIND_BLOCK, LAW_KIND_WARN, LAW_KIND_REQUIRED };

/* APPLY: applications, wishes, matches, rounds; the others as they say. */
enum law_level {
	LAW_AT_PUBLISH = 1 << 0,
	LAW_AT_APPLY = 1 << 1,
	LAW_AT_ACCEPT = 1 << 2,
	LAW_AT_SIGN = 1 << 3,
	LAW_AT_START = 1 << 4,
	LAW_AT_READ = 1 << 5,
	LAW_AT_ENTER = 1 << 6,
	LAW_AT_DECLARE = 1 << 7,
	LAW_AT_VERIFY = 1 << 8,
};

/* Texts are UTF-8 and static. */
struct law_card {
	const char *name;	/* what the API calls it: "pay-share" */
	const char *source;	/* "1.19"; "posting", "student": whose terms */
	enum law_kind kind;
	unsigned levels;	/* enum law_level */
	unsigned posting_kinds;	/* 1u << place in posting_kind_words */
	const char *policy;	/* the member that has a say; NULL: none */
	const char *article;	/* NULL: no law's */
	const char *english, *chinese;
};

/* in  LAW_NONE < law < LAW_COUNT */
struct law_card law_card(enum law law);

/* Of kind WARN: a recorded reason lets one go on. */
bool law_is_warning(enum law law);
/* The law of that name; LAW_NONE: none has it. */
enum law law_named(const char *name);

/* One that is broken, and by how much where that is counted. */
struct broken_rule {
	enum law law;		/* LAW_NONE: none is */
	bool is_counted;
	int64_t limit, actual;
};

/* What the matcher found of a pair, under the name that it has here. */
struct broken_rule law_of_breach(const struct match_breach *breach);

/* As GET /v1/rules shows it. */
void law_write(struct json_writer *w, enum law law, bool is_chinese);

#endif
