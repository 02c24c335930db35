/*
 * markup.h - text into pages and XML, straight into the output buffer.
 *
 * from  WHATWG HTML; XML 1.0
 */
#ifndef WIRE_MARKUP_H
#define WIRE_MARKUP_H

#include "base/buf.h"

/*
 * As it shows: & < > and both quotes become entities, so it may stand in an
 * element or in a quoted attribute. What XML knows no character for (controls
 * other than tab and line feeds) becomes U+FFFD.
 *
 * in    valid UTF-8
 */
void markup_text(struct buf *out, const char *text);

/* JSON into a script element, where "</script" would end it: the same value,
 * without any "<". */
void markup_json(struct buf *out, const char *json, size_t bytes);

#endif
