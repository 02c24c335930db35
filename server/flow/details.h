/* details.h - the Chinese of what a fault says (details.def). */
#ifndef FLOW_DETAILS_H
#define FLOW_DETAILS_H

#include <stdbool.h>

#include "base/base.h"
#include "base/fault.h"

/* A row's Chinese is shorter than FAULT_DETAIL_BYTES, too. */
enum { DETAIL_CHINESE_BYTES = 2 * FAULT_DETAIL_BYTES };

/*
 * in     english: the detail of a fault
 * out    the same in Chinese
 * fails  no row fits; out is then untouched
 */
MUST_CHECK bool detail_in_chinese(const char *english,
				  char out[DETAIL_CHINESE_BYTES]);

#endif
