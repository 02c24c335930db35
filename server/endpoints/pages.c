/* pages.c - see pages.h. No script runs, also where a text slips through. */
#include "endpoints/pages.h"

#include <string.h>

#include "wire/crypto.h"

static const char *const langs[] = { "zh", "en", NULL };

const struct field page_query[] = {
	ENUM(struct page_query, lang, langs, OPTIONAL),
	END_OF_FIELDS
};

static void begin(struct flow *f, const char *policy)
{
	const struct page_query *q = f->query;

	if (q->lang)
		f->lang = *q->lang == 'e' ? LANG_EN : LANG_ZH;
	reply_language(f);
	reply_header(f, "Content-Security-Policy", policy);
	reply_header(f, "Referrer-Policy", "no-referrer");
}

void begin_page(struct flow *f)
{
	begin(f, "default-src 'none'; style-src 'self'; base-uri 'none'; "
		 "form-action 'none'; frame-ancestors 'none'");
}

/* base64 with the other two characters, as CSP has it; without padding. */
static void hash_of(const char *style,
		    char out[CRYPTO_BASE64_BYTES(SHA256_BYTES)])
{
	uint8_t hash[SHA256_BYTES];

	crypto_sha256((struct bytes){ style, strlen(style) }, hash);
	crypto_base64url((struct bytes){ hash, sizeof(hash) }, out);
	for (char *at = out; *at; at++)
		*at = *at == '-' ? '+' : *at == '_' ? '/' : *at;
}

const char *begin_page_of_its_own(struct flow *f, const char *style)
{
	char hash[CRYPTO_BASE64_BYTES(SHA256_BYTES)];
	const char *policy;

	hash_of(style, hash);
	policy = arena_print(f->mem, "default-src 'none'; style-src "
			     "'sha256-%s='; base-uri 'none'; "
			     "form-action 'none'", hash);
	begin(f, arena_print(f->mem, "%s; frame-ancestors 'none'", policy));
	return policy;
}
