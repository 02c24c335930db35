/*
 * shape.h - what a JSON body or a set of query parameters must look like, as
 * a table beside its struct. One walker checks all and reports every flaw
 * with its JSON pointer (RFC 6901) or parameter name.
 *
 * A member of the wrong C type fails to compile. Texts live in the arena and
 * are NFC, without control characters (U+0000 among them) but tab and newline;
 * CR LF becomes newline. Blanks at the ends are a flaw where the table says
 * TRIMMED. Codes have full-width letters made half-width, ends trimmed and
 * letters made upper-case (unless the table says CASED) before all checks.
 * Numbers are integers: 1.0 has the wrong type.
 *
 * from   RFC 6901 section 6 for the pointers, RFC 7396 for null in a patch
 */
#ifndef WIRE_SHAPE_H
#define WIRE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/uuid.h"

/*
 * Flags. NULLABLE: an explicit null is allowed, see shape_is_null().
 * TRIMMED: a text with blanks at an end is a flaw. CASED: a code keeps small
 * letters. NOT_EMPTY: a list has an item. DISTINCT: no item twice. ONE_LINE: a
 * text without tab and newline, as names are.
 */
enum { OPTIONAL = 0, REQUIRED = 1, NULLABLE = 2, TRIMMED = 4, CASED = 8,
       NOT_EMPTY = 16, DISTINCT = 32, ONE_LINE = 64 };

enum field_kind {
	FIELD_END, FIELD_TEXT, FIELD_INT, FIELD_BOOL, FIELD_ENUM, FIELD_UUID,
	FIELD_DATE, FIELD_TIME, FIELD_CODE, FIELD_TEXTS, FIELD_UUIDS,
	FIELD_OBJECT, FIELD_OBJECTS, FIELD_PAIRS
};

/* Lists land in these; `at` is in the arena. */
struct texts { const char **at; size_t count; };
struct uuids { struct uuid *at; size_t count; };
struct objects { void *at; size_t count; };	/* array of the inner struct */
struct pair { const char *name, *value; };	/* value NULL: it was null */
struct pairs { struct pair *at; size_t count; };

/* Is `text` one of them? */
bool texts_have(const struct texts *texts, const char *text);

/*
 * Slots by kind: TEXT, CODE, DATE, TIME: const char * (NULL if absent; DATE
 * and TIME are checked and kept as text for PostgreSQL); INT: int64_t; BOOL:
 * bool; ENUM: const char * (one of the words, a static text); UUID: struct
 * uuid (nil if absent). Whether a member was present (merge patch needs it):
 * shape_has(). OBJECT: the inner struct itself, within the outer one. PAIRS: an
 * object whose members' names are the client's own, trimmed and on one line;
 * values are codes, or null (NULLABLE).
 *
 * `check` (may be NULL) says what is wrong with a text as a short English
 * reason of wire/reasons.def, or NULL: the hook for codes with check digits.
 * `tidy` (may be NULL) shortens a text in place before min, max and check.
 * The items of TEXTS are codes if there is a check, else texts.
 */
struct field {
	const char *name;
	enum field_kind kind;
	int flags;
	size_t offset;
	int64_t min, max;		/* scalars of text, value; lists: min
					 * is scalars of an item (PAIRS: of a
					 * name), max items */
	const char *const *words;	/* ENUM: NULL-terminated */
	const char *(*check)(const char *text);
	void (*tidy)(char *text);
	const struct field *inner;	/* OBJECT, OBJECTS: their table */
	size_t inner_bytes;
};

#define SHAPE_SLOT_(S, m, T)                                                   \
	(offsetof(S, m) +                                                      \
	 0 * sizeof(char[__builtin_types_compatible_p(__typeof__(((S *)0)->m), \
						      T) ? 1 : -1]))
#define TEXT(S, m, lo, hi, flags_)                                             \
	{ .name = #m, .kind = FIELD_TEXT, .flags = flags_, .min = lo,          \
	  .max = hi, .offset = SHAPE_SLOT_(S, m, const char *) }
#define CODE(S, m, lo, hi, check_, flags_)                                     \
	{ .name = #m, .kind = FIELD_CODE, .flags = flags_, .min = lo,          \
	  .max = hi, .check = check_,                                          \
	  .offset = SHAPE_SLOT_(S, m, const char *) }
#define INT(S, m, lo, hi, flags_)                                              \
	{ .name = #m, .kind = FIELD_INT, .flags = flags_, .min = lo,           \
	  .max = hi, .offset = SHAPE_SLOT_(S, m, int64_t) }
#define BOOL(S, m, flags_)                                                     \
	{ .name = #m, .kind = FIELD_BOOL, .flags = flags_,                     \
	  .offset = SHAPE_SLOT_(S, m, bool) }
#define ENUM(S, m, words_, flags_)                                             \
	{ .name = #m, .kind = FIELD_ENUM, .flags = flags_, .words = words_,    \
	  .offset = SHAPE_SLOT_(S, m, const char *) }
#define UUID(S, m, flags_)                                                     \
	{ .name = #m, .kind = FIELD_UUID, .flags = flags_,                     \
	  .offset = SHAPE_SLOT_(S, m, struct uuid) }
#define DATE(S, m, flags_)                                                     \
	{ .name = #m, .kind = FIELD_DATE, .flags = flags_,                     \
	  .offset = SHAPE_SLOT_(S, m, const char *) }
#define TIME(S, m, flags_)                                                     \
	{ .name = #m, .kind = FIELD_TIME, .flags = flags_,                     \
	  .offset = SHAPE_SLOT_(S, m, const char *) }
#define TEXTS(S, m, items_max, scalars_max, check_, flags_)                    \
	{ .name = #m, .kind = FIELD_TEXTS, .flags = flags_,                    \
	  .min = scalars_max, .max = items_max, .check = check_,               \
	  .offset = SHAPE_SLOT_(S, m, struct texts) }
#define UUIDS(S, m, items_max, flags_)                                         \
	{ .name = #m, .kind = FIELD_UUIDS, .flags = flags_, .max = items_max,  \
	  .offset = SHAPE_SLOT_(S, m, struct uuids) }
#define OBJECTS(S, m, items_max, table, Inner, flags_)                         \
	{ .name = #m, .kind = FIELD_OBJECTS, .flags = flags_,                  \
	  .max = items_max, .inner = table, .inner_bytes = sizeof(Inner),      \
	  .offset = SHAPE_SLOT_(S, m, struct objects) }
#define OBJECT(S, m, table, Inner, flags_)                                     \
	{ .name = #m, .kind = FIELD_OBJECT, .flags = flags_, .inner = table,   \
	  .inner_bytes = sizeof(Inner), .offset = SHAPE_SLOT_(S, m, Inner) }
#define PAIRS(S, m, items_max, scalars_max, check_, tidy_, flags_)             \
	{ .name = #m, .kind = FIELD_PAIRS, .flags = flags_,                    \
	  .min = scalars_max, .max = items_max, .check = check_,               \
	  .tidy = tidy_, .offset = SHAPE_SLOT_(S, m, struct pairs) }
/* Codes that are tidied before they are checked. */
#define TIDY_CODE(S, m, lo, hi, check_, tidy_, flags_)                         \
	{ .name = #m, .kind = FIELD_CODE, .flags = flags_, .min = lo,          \
	  .max = hi, .check = check_, .tidy = tidy_,                           \
	  .offset = SHAPE_SLOT_(S, m, const char *) }
#define TIDY_TEXTS(S, m, items_max, scalars_max, check_, tidy_, flags_)        \
	{ .name = #m, .kind = FIELD_TEXTS, .flags = flags_,                    \
	  .min = scalars_max, .max = items_max, .check = check_,               \
	  .tidy = tidy_, .offset = SHAPE_SLOT_(S, m, struct texts) }
#define END_OF_FIELDS { .name = NULL, .kind = FIELD_END }

struct flaw {
	const char *where;	/* "#/targets/0" or the parameter's name */
	const char *code;	/* of wire/flaw_codes.def */
	const char *english, *chinese;
	const char *suggestions;	/* a JSON array; NULL: none */
	struct flaw *next;
};

struct flaws {
	struct arena *mem;
	struct flaw *first, **last;
	int count;		/* those over FLAWS_MAX are counted, not kept */
};

enum { FLAWS_MAX = 100 };

/* Every code of a flaw, NULL-terminated: what the spec promises. */
extern const char *const flaw_codes[];

void flaws_init(struct flaws *flaws, struct arena *mem);
/* where is copied; the others are static or live as long as the arena. */
void flaws_add(struct flaws *flaws, const char *where, const char *code,
	       const char *english, const char *chinese);
/* What may have been meant by the flaw added last; kept. */
void flaws_suggest(struct flaws *flaws, const char *suggestions);

/* Which members of the table (by index, up to 64) were present, and null. */
struct shape_seen { uint64_t present, null; };
bool shape_has(const struct field *table, const struct shape_seen *seen,
	       const char *name);
bool shape_is_null(const struct field *table, const struct shape_seen *seen,
		   const char *name);

/* Where a walk leaves what it finds. */
struct shape_into {
	void *out;		/* the table's struct; absent slots stay */
	struct shape_seen *seen;
	struct flaws *flaws;	/* texts and lists land in its arena */
};

/*
 * Parse and check a body.
 *
 * out    flaws of shape: true, into->flaws->count > 0: 422. First those of
 *        the table's members in its order, then unknown members in theirs
 * fails  not JSON, deeper than 16, over 10,000 values, a member twice, a
 *        number beyond int64 or double: false with `why` (static or arena
 *        text), nothing in flaws: 400
 */
MUST_CHECK bool shape_body(const struct field *table,
			   const struct shape_into *into, const char *json,
			   size_t bytes, const char **why);

/* A body {NAME: [...]} whose items are things of their own. */
struct shape_list {
	const char *name;
	size_t items_max;
	const struct field *table;	/* of an item */
	size_t item_bytes;		/* sizeof what it fills */
};

struct shape_item {
	void *out;			/* zeroed before it is filled */
	struct shape_seen seen;
	struct flaws flaws;		/* `where` begins at the item: "#" */
};

struct shape_items {
	struct shape_item *at;
	size_t count;
	const char *why;		/* it is not JSON */
};

/*
 * Parse and check such a body, each item by itself.
 *
 * out    flaws are those of the list: no list, none or too many items, other
 *        members; out->count is then 0
 * fails  as shape_body, with out->why
 */
MUST_CHECK bool shape_list(const struct shape_list *list, struct flaws *flaws,
			   const char *json, size_t bytes,
			   struct shape_items *out);

/*
 * Check query parameters, already percent-decoded (any bytes but NUL).
 *
 * out    flaws name the parameter; one that comes twice is a flaw. Lists are
 *        comma-separated; a table with OBJECT, OBJECTS or PAIRS is a bug
 */
struct param { const char *name, *value; };
void shape_params(const struct field *table, const struct shape_into *into,
		  const struct param *params, size_t count);

#endif
