/* call_url.c - what can be said of a URL before it is asked: see call.h. */
#include <curl/curl.h>
#include <string.h>

#include "base/text.h"
#include "wire/call.h"

static bool has_part(CURLU *url, CURLUPart part)
{
	char *text = NULL;
	bool is_there = curl_url_get(url, part, &text, 0) == CURLUE_OK;

	curl_free(text);
	return is_there;
}

static bool part_is(CURLU *url, CURLUPart part, const char *wanted)
{
	char *text = NULL;
	bool is_it = curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) ==
			     CURLUE_OK &&
		     text_same(text, wanted);

	curl_free(text);
	return is_it;
}

static enum call_flaw parts_flaw(CURLU *url, enum call_reach reach)
{
	bool may_be_plain = reach == CALL_LOOPBACK || reach == CALL_NEAR;

	if (!part_is(url, CURLUPART_SCHEME, "https") &&
	    !(may_be_plain && part_is(url, CURLUPART_SCHEME, "http")))
		return CALL_SCHEME;
	if (has_part(url, CURLUPART_USER) ||
	    has_part(url, CURLUPART_PASSWORD) ||
	    has_part(url, CURLUPART_FRAGMENT))
		return CALL_SECRET;
	if (!has_part(url, CURLUPART_HOST))
		return CALL_URL;
	if (reach == CALL_WEB && !part_is(url, CURLUPART_PORT, "443") &&
	    !part_is(url, CURLUPART_PORT, "8443"))
		return CALL_PORT;
	return CALL_GOOD;
}

static bool is_plain(const char *text)
{
	for (; *text; text++)
		if (*text <= ' ' || *text > '~')
			return false;
	return true;
}

/* libcurl reports no empty fragment, which a # alone is. */
enum call_flaw call_url_flaw(const char *url, enum call_reach reach)
{
	CURLU *parts;
	enum call_flaw flaw;

	/* libcurl would take the path of "https:///path" for the host. */
	if (!is_plain(url) || strlen(url) > CALL_URL_MAX ||
	    strstr(url, ":///"))
		return CALL_URL;
	if (strchr(url, '#'))
		return CALL_SECRET;
	parts = curl_url();
	must(parts != NULL);
	flaw = curl_url_set(parts, CURLUPART_URL, url,
			    CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK ?
		       parts_flaw(parts, reach) : CALL_URL;
	curl_url_cleanup(parts);
	return flaw;
}

const char *call_escape(struct arena *mem, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-._~";
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_zeroed(mem, 3, strlen(text) + 1), *to = out;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (strchr(plain, c)) {
			*to++ = (char)c;
			continue;
		}
		*to++ = '%';
		*to++ = digits[c >> 4];
		*to++ = digits[c & 15];
	}
	return out;
}
