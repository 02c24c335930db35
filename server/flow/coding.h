/* coding.h - what Accept-Encoding allows. */
#ifndef FLOW_CODING_H
#define FLOW_CODING_H

#include <stdbool.h>
#include <stddef.h>

/*
 * May the reply be gzip, and would the client not rather have it as it is?
 *
 * in     header NULL: there is none, and nothing is asked for
 * from   RFC 9110 section 12.5.3
 */
bool coding_takes_gzip(const char *header, size_t bytes);

#endif
