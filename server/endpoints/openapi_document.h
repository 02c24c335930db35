/* openapi_document.h - api-spec/openapi.yaml as JSON, made by embed.py. */
#ifndef ENDPOINTS_OPENAPI_DOCUMENT_H
#define ENDPOINTS_OPENAPI_DOCUMENT_H

#include "flow/document.h"

extern const struct document openapi_document;

#endif
