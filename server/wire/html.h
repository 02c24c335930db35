/*
 * html.h - the text that people wrote as HTML, as advertisements come.
 *
 * from  WHATWG HTML as libxml2 reads it; docs/postings.md
 */
#ifndef WIRE_HTML_H
#define WIRE_HTML_H

#include "base/arena.h"

/*
 * What a reader would see: elements that begin a line do so, items of lists
 * begin with "- ", entities are characters, scripts, styles and comments are
 * not there. A text without any element keeps its lines and has its entities
 * read ("R&amp;D"); one without either comes back as it is, also with "<" in
 * it that begins no element ("a < b").
 *
 * in    valid UTF-8
 * out   without blanks at the ends, and no more than one empty line together
 * mem   the arena, or the text itself
 */
const char *html_text(struct arena *mem, const char *html);

#endif
