/* Square roots of integers. */
#ifndef MATCHER_ROOT_H
#define MATCHER_ROOT_H

#include <stdint.h>

/* The greatest number whose square is no more. */
uint64_t match_root_of(uint64_t square);

#endif
