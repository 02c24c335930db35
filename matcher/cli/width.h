/* How many columns of a terminal a text takes. */
#ifndef MATCHER_CLI_WIDTH_H
#define MATCHER_CLI_WIDTH_H

#include <stdint.h>

#include "matcher/ids.h"

/*
 * East Asian wide and fullwidth characters take two columns, marks that combine
 * and invisible ones none, all others one; ambiguous ones count as narrow.
 *
 * in     text is sound UTF-8 without control characters
 * from   Unicode 14: EastAsianWidth.txt; general categories Mn, Me and Cf
 */
uint32_t display_width(struct match_id text);

#endif
