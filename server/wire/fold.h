/*
 * fold.h - text as the search compares it: compatibility forms made plain
 * (full width, circled, squared), case gone, traditional characters made
 * simplified. One character at a time: what is a part of a text stays a part
 * of it when both are folded.
 *
 * The characters come from OpenCC's table. Beside it ICU knows the same, but
 * is 36 MiB where OpenCC is 1.4; OpenCC's phrases, made for readers, would
 * fold a character by its neighbours, so they are left out: the table is asked
 * once, character by character, and is then an array.
 *
 * from  docs/search.md
 */
#ifndef WIRE_FOLD_H
#define WIRE_FOLD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/base.h"

/* Once, before anything is folded. fails  OpenCC's data is not there */
MUST_CHECK bool fold_open(void);

/* in  text is valid UTF-8 */
const char *fold_text(struct arena *mem, const char *text);

#endif
