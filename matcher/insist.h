/*
 * Assertions of the matcher: they stay on in release, and they print nothing,
 * because the matcher does no I/O. The core dump names the line.
 */
#ifndef MATCHER_INSIST_H
#define MATCHER_INSIST_H

#include <stdlib.h>

#define MATCH_INSIST(truth)      \
	do {                     \
		if (!(truth))    \
			abort(); \
	} while (0)

#endif
