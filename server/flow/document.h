/*
 * document.h - a reply that is the same for all and known when the program is
 * built: its bytes, the same as gzip, and its ETag. Scripts of api-spec/ make
 * them.
 */
#ifndef FLOW_DOCUMENT_H
#define FLOW_DOCUMENT_H

#include <stddef.h>

struct document {
	const char *media_type;
	const char *etag;	/* with its quotes: of the bytes' SHA-256 */
	const char *at;
	size_t bytes;
	const char *packed;	/* one gzip member */
	size_t packed_bytes;
};

#endif
