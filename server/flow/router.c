/*
 * router.c - a tree of segments. A node has children by their text, and at
 * most one that takes any text; cards hang at the nodes, one per method.
 */
#include "flow/router.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { METHODS_MAX = 6, SEGMENTS_MAX = 16 };

static const char *const methods[METHODS_MAX] = { "GET",    "POST", "PUT",
						  "PATCH",  "DELETE",
						  "QUERY" };

struct node {
	const char *text;	/* of the segment, not terminated; NULL: any */
	size_t bytes;
	struct node *next, *children, *any;
	const struct endpoint *cards[METHODS_MAX];
	size_t indexes[METHODS_MAX];
};

struct router {
	struct node root;
};

/* The path, cut at its slashes. */
struct segments {
	char *at[SEGMENTS_MAX];
	size_t count;
};

static int method_number(const char *method, size_t bytes)
{
	for (int i = 0; i < METHODS_MAX; i++)
		if (strlen(methods[i]) == bytes &&
		    memcmp(methods[i], method, bytes) == 0)
			return i;
	return -1;
}

static struct node *child_made(struct node *parent, const char *at,
			       size_t bytes)
{
	bool is_any = bytes && *at == '{';
	struct node *n;

	if (is_any && parent->any)
		return parent->any;
	for (n = parent->children; n && !is_any; n = n->next)
		if (n->bytes == bytes && memcmp(n->text, at, bytes) == 0)
			return n;
	n = mem_new(struct node);
	if (is_any) {
		parent->any = n;
		return n;
	}
	n->text = at;
	n->bytes = bytes;
	n->next = parent->children;
	parent->children = n;
	return n;
}

static void add_card(struct router *r, const struct endpoint *card,
		     size_t index)
{
	int method = method_number(card->method, strlen(card->method));
	struct node *n = &r->root;
	const char *at = card->path;

	must(method >= 0 && *at == '/');
	while (*at) {
		size_t bytes = strcspn(++at, "/");

		n = child_made(n, at, bytes);
		at += bytes;
	}
	must(!n->cards[method]);
	n->cards[method] = card;
	n->indexes[method] = index;
}

struct router *router_open(const struct endpoint *const *cards, size_t count)
{
	struct router *r = mem_new(struct router);

	for (size_t i = 0; i < count; i++)
		add_card(r, cards[i], i);
	return r;
}

/* Frees what hangs below the node; depth is that of the cards' paths. */
static void close_below(struct node *n)
{
	while (n->children) {
		struct node *child = n->children;

		n->children = child->next;
		close_below(child);
		mem_free(child);
	}
	if (n->any) {
		close_below(n->any);
		mem_free(n->any);
	}
}

void router_close(struct router *r)
{
	if (!r)
		return;
	close_below(&r->root);
	mem_free(r);
}

static bool has_cards(const struct node *n)
{
	for (int i = 0; i < METHODS_MAX; i++)
		if (n->cards[i])
			return true;
	return false;
}

/*
 * Walks down, and back up where a written-out segment was a dead end: no
 * deeper than SEGMENTS_MAX.
 */
static const struct node *walk(const struct node *n,
			       const struct segments *path, size_t depth,
			       struct route *route)
{
	const char *text;
	const struct node *found = NULL;

	if (depth == path->count)
		return has_cards(n) ? n : NULL;
	text = path->at[depth];
	for (const struct node *c = n->children; c && !found; c = c->next)
		if (c->bytes == strlen(text) &&
		    memcmp(c->text, text, c->bytes) == 0)
			found = walk(c, path, depth + 1, route);
	if (found || !n->any || !*text)
		return found;
	must(route->param_count < ROUTE_PARAMS_MAX);
	route->params[route->param_count++] = text;
	found = walk(n->any, path, depth + 1, route);
	if (!found)
		route->param_count--;
	return found;
}

/* Decodes into route->path, and cuts it there. */
static bool cut(struct http_span path, struct route *route,
		struct segments *out)
{
	size_t bytes;

	if (path.count >= ROUTE_PATH_BYTES || !path.count || *path.at != '/')
		return false;
	bytes = http_percent_decode(path, false, route->path);
	route->path[bytes] = '\0';
	route->is_text = text_is_utf8(route->path, bytes);
	if (!route->is_text)
		return false;
	for (char *at = route->path; at;) {
		if (out->count == SEGMENTS_MAX)
			return false;
		*at++ = '\0';
		out->at[out->count++] = at;
		at = strchr(at, '/');
	}
	return true;
}

static void add_allow(char *out, const char *method)
{
	size_t used = strlen(out);

	must(used + strlen(method) + 3 < ROUTE_ALLOW_BYTES);
	if (used) {
		memcpy(out + used, ", ", 2);
		used += 2;
	}
	memcpy(out + used, method, strlen(method) + 1);
}

/* What the path is, where the method has no card. */
static void tell_path(const struct node *n, struct route *route)
{
	for (int i = 0; i < METHODS_MAX; i++) {
		if (!n->cards[i])
			continue;
		add_allow(route->allow, methods[i]);
		if (i == 0)
			add_allow(route->allow, "HEAD");
		route->is_shared |= n->cards[i]->is_shared;
		route->takes_patch |= n->cards[i]->is_merge_patch;
	}
	add_allow(route->allow, "OPTIONS");
}

/* The list that the path names with a format behind it, or NULL. */
static const struct node *walk_to_list(const struct router *router,
				       const struct segments *path,
				       struct route *route)
{
	char *last = path->at[path->count - 1], *dot = strrchr(last, '.');
	const struct node *n;

	route->format = dot && dot > last ? export_format_of(dot + 1) :
					    EXPORT_NONE;
	if (route->format == EXPORT_NONE)
		return NULL;
	*dot = '\0';
	n = walk(&router->root, path, 0, route);
	if (n && n->cards[0] && n->cards[0]->is_paged)
		return n;
	*dot = '.';
	route->format = EXPORT_NONE;
	route->param_count = 0;
	return NULL;
}

/* A list whole is read, and nothing else. */
static void write_list_allow(struct route *route)
{
	add_allow(route->allow, methods[0]);
	add_allow(route->allow, "HEAD");
	add_allow(route->allow, "OPTIONS");
}

void router_find(const struct router *router, struct http_span method,
		 struct http_span path, struct route *route)
{
	struct segments segments = { .count = 0 };
	const struct node *n;
	int number = http_span_is(method, "HEAD") ?
		     0 : method_number(method.at, method.count);

	route->card = NULL;
	route->index = 0;
	route->is_path_known = route->is_shared = route->takes_patch = false;
	route->format = EXPORT_NONE;
	route->is_text = true;
	route->param_count = 0;
	route->allow[0] = '\0';
	if (!cut(path, route, &segments))
		return;
	n = walk_to_list(router, &segments, route);
	if (!n)
		n = walk(&router->root, &segments, 0, route);
	if (!n)
		return;
	route->is_path_known = true;
	if (number >= 0 && n->cards[number] &&
	    (number == 0 || route->format == EXPORT_NONE)) {
		route->card = n->cards[number];
		route->index = n->indexes[number];
	} else if (route->format != EXPORT_NONE) {
		write_list_allow(route);
	} else {
		tell_path(n, route);
	}
}

const char *route_param(const struct route *route, const char *name)
{
	const char *at = route->card->path;
	size_t bytes = strlen(name);

	for (int i = 0; (at = strchr(at, '{')); i++) {
		at++;
		if (strncmp(at, name, bytes) == 0 && at[bytes] == '}')
			return route->params[i];
	}
	must(!"the card's path has such a parameter");
	return NULL;
}
