/* pages.c - see pages.h. No script runs, also where a text slips through. */
#include "endpoints/pages.h"

static const char *const langs[] = { "zh", "en", NULL };

const struct field page_query[] = {
	ENUM(struct page_query, lang, langs, OPTIONAL),
	END_OF_FIELDS
};

void begin_page(struct flow *f)
{
	const struct page_query *q = f->query;

	if (q->lang)
		f->lang = *q->lang == 'e' ? LANG_EN : LANG_ZH;
	reply_language(f);
	reply_header(f, "Content-Security-Policy",
		     "default-src 'none'; style-src 'self'; "
		     "base-uri 'none'; form-action 'none'; "
		     "frame-ancestors 'none'");
	reply_header(f, "Referrer-Policy", "no-referrer");
}
