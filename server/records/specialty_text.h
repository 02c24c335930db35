/*
 * specialty_text.h - what of a name as people write it is the specialty's
 * name, and what is said around it: 学前教育（五年制）专业, 24机电1班.
 *
 * All texts in are folded (wire/fold.h); what comes back is in the arena.
 */
#ifndef RECORDS_SPECIALTY_TEXT_H
#define RECORDS_SPECIALTY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Without what stands in brackets, blanks, and 专业, 方向, 班 at the end. */
const char *specialty_text_bare(struct arena *mem, const char *folded);

/* A class's name without year, number and the above: "" if nothing is left. */
const char *specialty_text_of_class(struct arena *mem, const char *folded);

/* Without 与, 及, 和, 、: names differ in these by accident. */
const char *specialty_text_joined(struct arena *mem, const char *folded);

/*
 * The level that a text names by itself, "secondary" for 中职, 中专;
 * "associate" for 高职, 大专, 专科; "bachelor" for 本科.
 * fails  NULL: none, or a way through several (五年制, 贯通, 分段, 3+2)
 */
const char *specialty_text_level(const char *folded);

/* Scalars of valid UTF-8. */
size_t specialty_text_length(const char *text);

/* Are all characters of `part` in `whole`, in this order? */
bool specialty_text_abbreviates(const char *part, const char *whole);

#endif
