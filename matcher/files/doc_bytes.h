/*
 * The bytes under the reader; for doc_read.c and doc_scalar.c only.
 */
#ifndef MATCHER_FILES_DOC_BYTES_H
#define MATCHER_FILES_DOC_BYTES_H

#include <stdbool.h>

#include "matcher/files/doc_read.h"

enum { DOC_NO_MORE = -1, DOC_FAILED = -2 };

/* The next byte, not yet taken; DOC_NO_MORE or DOC_FAILED. */
int doc_look(struct doc_reader *reader);

/* The next byte that is not white space, not yet taken. */
int doc_look_past_space(struct doc_reader *reader);

/* Refuse the byte at hand, unless the failure is the source's. */
bool doc_refuse_byte(struct doc_reader *reader, int byte, const char *wanted);

/* Into reader->text, from after the opening quote to the closing one. */
bool doc_rest_of_text(struct doc_reader *reader);

#endif
