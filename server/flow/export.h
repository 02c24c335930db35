/*
 * export.h - a list whole, in one reply: the path of any paged card with
 * .jsonl, .csv or .xlsx behind it.
 *
 * The card's own ladder is climbed once for each page, from who asks on: the
 * rights, filters and rows are those of the list, since they are the list's.
 * A page has the deadline, not the whole. Between pages nothing is held but
 * the cursor: the list goes on behind the last row given, so what is there all
 * the while comes once, whatever others write.
 */
#ifndef FLOW_EXPORT_H
#define FLOW_EXPORT_H

#include <stddef.h>

enum export_format { EXPORT_NONE, EXPORT_JSONL, EXPORT_CSV, EXPORT_XLSX };

/* From what stands behind the dot; EXPORT_NONE: it is none of ours. */
enum export_format export_format_of(const char *word);

/* The columns of an operation's items, from the API document: "a.b" is the
 * member b of the object a; and what people call them, from headings.csv
 * beside it. Made at build time by api-spec/embed.py. */
struct export_columns {
	const char *operation;
	const char *const *names, *const *chinese;	/* NULL-terminated */
};

extern const struct export_columns export_columns[];
extern const size_t export_columns_count;

#endif
