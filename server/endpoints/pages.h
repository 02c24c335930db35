/*
 * pages.h - what the pages for people share: the language that is asked for,
 * and what a browser may do with them, which is to show their own style.
 */
#ifndef ENDPOINTS_PAGES_H
#define ENDPOINTS_PAGES_H

#include "flow/flow.h"

struct page_query {
	const char *lang;	/* NULL: as Accept-Language says */
};

extern const struct field page_query[];

/* f->lang as the query wants it, and the headers of a page; f->query is a
 * struct page_query. */
void begin_page(struct flow *f);

/*
 * The same for a page that needs nothing else, so that it can be kept as a
 * file: its style is in it. What comes back is the policy that it says itself,
 * in a meta element before its style; in the arena.
 */
const char *begin_page_of_its_own(struct flow *f, const char *style);

#endif
