/* openapi_document.h - api-spec/openapi.yaml as JSON, made by embed.py. */
#ifndef ENDPOINTS_OPENAPI_DOCUMENT_H
#define ENDPOINTS_OPENAPI_DOCUMENT_H

#include <stddef.h>

extern const char openapi_document[];
extern const size_t openapi_document_bytes;

#endif
