/*
 * call.c - one transfer, one easy handle: nothing is kept between two, so no
 * connection that somebody else's URL opened is used again. The address is
 * looked at when the socket is made, after names were resolved, so that a name
 * which resolves otherwise the second time gains nothing.
 */
#include "wire/call.h"

#include <curl/curl.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "wire/address.h"

enum { CONNECT_MS = 2000 };

struct transfer {
	const struct calling *what;
	struct buf body;
	bool is_plain, is_forbidden, is_too_large;
};

void call_open(void)
{
	must(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

/* ---- URLs ---- */

static bool has_part(CURLU *u, CURLUPart part)
{
	char *text = NULL;
	bool has = curl_url_get(u, part, &text, 0) == CURLUE_OK && *text;

	curl_free(text);
	return has;
}

static bool is_scheme_allowed(CURLU *u, enum call_reach reach)
{
	char *scheme = NULL;
	bool is_good;

	if (curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK)
		return false;
	is_good = text_same(scheme, "https") ||
		  (reach == CALL_LOOPBACK && text_same(scheme, "http"));
	curl_free(scheme);
	return is_good;
}

bool call_is_url(const char *url, enum call_reach reach)
{
	CURLU *u = curl_url();
	bool is_good;

	must(u);
	is_good = curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
		  is_scheme_allowed(u, reach) && has_part(u, CURLUPART_HOST) &&
		  !has_part(u, CURLUPART_USER) &&
		  !has_part(u, CURLUPART_PASSWORD) && !strchr(url, '#');
	curl_url_cleanup(u);
	return is_good;
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

/* ---- the transfer ---- */

static bool is_in_reach(const struct transfer *t, enum address_kind kind)
{
	enum call_reach reach = t->what->reach;

	if (t->is_plain)
		return reach == CALL_LOOPBACK && kind == ADDRESS_LOOPBACK;
	return kind == ADDRESS_PUBLIC ||
	       (kind == ADDRESS_PRIVATE && reach >= CALL_PRIVATE) ||
	       (kind == ADDRESS_LOOPBACK && reach >= CALL_LOOPBACK);
}

static curl_socket_t on_socket(void *arg, curlsocktype purpose,
			       struct curl_sockaddr *address)
{
	struct transfer *t = arg;

	if (purpose != CURLSOCKTYPE_IPCXN ||
	    !is_in_reach(t, address_kind(&address->addr))) {
		t->is_forbidden = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
		      address->protocol);
}

static size_t on_body(char *at, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t bytes = size * count;

	if (bytes > t->what->most_bytes - t->body.used) {
		t->is_too_large = true;
		return 0;
	}
	buf_bytes(&t->body, at, bytes);
	return bytes;
}

#define SET(easy, option, value)                                               \
	must(curl_easy_setopt((easy), (option), (value)) == CURLE_OK)

static void set_bounds(CURL *easy, struct transfer *t)
{
	SET(easy, CURLOPT_PROTOCOLS_STR, t->is_plain ? "http" : "https");
	SET(easy, CURLOPT_FOLLOWLOCATION, 0L);
	SET(easy, CURLOPT_PROXY, "");
	SET(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(easy, CURLOPT_NOSIGNAL, 1L);
	SET(easy, CURLOPT_FRESH_CONNECT, 1L);
	SET(easy, CURLOPT_FORBID_REUSE, 1L);
	SET(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	SET(easy, CURLOPT_TIMEOUT_MS, t->what->deadline_ms);
	SET(easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	SET(easy, CURLOPT_OPENSOCKETDATA, t);
	SET(easy, CURLOPT_WRITEFUNCTION, on_body);
	SET(easy, CURLOPT_WRITEDATA, t);
	SET(easy, CURLOPT_USERAGENT, "Duikou");
}

static void set_form(struct arena *mem, CURL *easy,
		     const struct calling *what)
{
	const char *text = "";

	for (size_t i = 0; i < what->form_count; i++)
		text = arena_print(mem, "%s%s%s=%s", text, i ? "&" : "",
				   call_escape(mem, what->form[i].name),
				   call_escape(mem, what->form[i].value));
	SET(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(text));
	SET(easy, CURLOPT_COPYPOSTFIELDS, text);
}

static struct curl_slist *set_request(struct arena *mem, CURL *easy,
				      const struct calling *what)
{
	struct curl_slist *headers =
		curl_slist_append(NULL, "Accept: application/json");

	must(headers);
	SET(easy, CURLOPT_URL, what->url);
	SET(easy, CURLOPT_HTTPHEADER, headers);
	if (what->user) {
		SET(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		SET(easy, CURLOPT_USERNAME, what->user);
		SET(easy, CURLOPT_PASSWORD, what->password);
	}
	if (what->form)
		set_form(mem, easy, what);
	return headers;
}

static enum call_flaw flaw_of(const struct transfer *t, CURLcode code)
{
	if (code == CURLE_OK)
		return CALL_GOOD;
	if (t->is_too_large)
		return CALL_TOO_LARGE;
	return t->is_forbidden ? CALL_FORBIDDEN : CALL_FAILED;
}

enum call_flaw call(struct arena *mem, const struct calling *what,
		      struct called *out)
{
	struct transfer t = { .what = what };
	struct curl_slist *headers;
	enum call_flaw flaw;
	long status = 0;
	CURL *easy;

	if (!call_is_url(what->url, what->reach))
		return CALL_BAD_URL;
	t.is_plain = text_starts(what->url, "http:");
	easy = curl_easy_init();
	must(easy);
	set_bounds(easy, &t);
	headers = set_request(mem, easy, what);
	flaw = flaw_of(&t, curl_easy_perform(easy));
	if (flaw == CALL_GOOD) {
		must(curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE,
				       &status) == CURLE_OK);
		*out = (struct called){
			(int)status,
			arena_text(mem, t.body.used ? t.body.at : "",
				   t.body.used), t.body.used };
	}
	curl_slist_free_all(headers);
	curl_easy_cleanup(easy);
	buf_close(&t.body);
	return flaw;
}
