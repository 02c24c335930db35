/*
 * router.h - which card a path and method mean. The cards' paths are one tree
 * of segments, made at the start and only read afterwards.
 */
#ifndef FLOW_ROUTER_H
#define FLOW_ROUTER_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/endpoint.h"
#include "flow/export.h"
#include "flow/http_head.h"

enum { ROUTE_PARAMS_MAX = 4, ROUTE_PATH_BYTES = HTTP_TARGET_MAX_BYTES + 1,
       ROUTE_ALLOW_BYTES = 64 };

struct route {
	const struct endpoint *card;	/* NULL: see path_known */
	size_t index;			/* of the card in endpoints_all */
	bool is_path_known;		/* some method has a card here ... */
	bool is_shared;			/* ... one that is everybody's ... */
	bool takes_patch;		/* ... one of merge patches; both are
					   said where card is NULL */
	enum export_format format;	/* of the card's list, whole */
	bool is_text;			/* the path is valid UTF-8 */
	char allow[ROUTE_ALLOW_BYTES];	/* "GET, HEAD, OPTIONS" if known */
	int param_count;
	const char *params[ROUTE_PARAMS_MAX];	/* in `path`, decoded */
	char path[ROUTE_PATH_BYTES];
};

/* Cards are borrowed; two of the same method and path are a bug. */
struct router *router_open(const struct endpoint *const *cards, size_t count);
void router_close(struct router *router);

/*
 * in     path as http_head_read left it: no %2F, no NUL, at most
 *        HTTP_TARGET_MAX_BYTES
 * out    route, wholly; a segment that is written out wins over a parameter;
 *        HEAD goes to the card of GET; .jsonl, .csv or .xlsx behind the path
 *        of a paged card is an export of it
 */
void router_find(const struct router *router, struct http_span method,
		 struct http_span path, struct route *route);

/* The value of the card's {name}; asking for one it has not is a bug. */
const char *route_param(const struct route *route, const char *name);

#endif
