/* reference_pages.h - api-spec/openapi.yaml as pages for people, made by
 * reference.py. */
#ifndef ENDPOINTS_REFERENCE_PAGES_H
#define ENDPOINTS_REFERENCE_PAGES_H

#include "flow/document.h"

extern const struct document reference_page_zh, reference_page_en,
	reference_style;

#endif
