/*
 * call.c - one transfer, one easy handle: nothing is kept between two, so no
 * connection that somebody else's URL opened is used again. See call.h.
 */
#include "wire/call.h"

#include <curl/curl.h>
#include <string.h>
#include <sys/socket.h>

#include "base/text.h"
#include "wire/address.h"

enum { CONNECT_MS = 10000 };

struct transfer {
	const struct calling *what;
	struct called *out;
	bool is_plain;		/* http */
	bool met_closed;	/* an address that is not to be connected to */
	bool is_over;		/* more came than may */
};

struct call_words call_words(enum call_flaw flaw)
{
	static const struct call_words words[] = {
#define CALL_FLAW(id, word, english, chinese) { word, english, chinese },
#include "wire/call_flaws.def"
#undef CALL_FLAW
	};

	return words[flaw];
}

bool call_open(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static bool is_in_reach(const struct transfer *t, enum address_kind kind)
{
	if (t->is_plain)
		return kind == ADDRESS_LOOPBACK;
	switch (t->what->reach) {
	case CALL_WEB:
	case CALL_PUBLIC:
		return kind == ADDRESS_PUBLIC;
	case CALL_PRIVATE:
		return kind == ADDRESS_PUBLIC || kind == ADDRESS_PRIVATE;
	case CALL_LOOPBACK:
		return kind != ADDRESS_SPECIAL;
	case CALL_NEAR:
		break;
	}
	return kind == ADDRESS_LOOPBACK;
}

static curl_socket_t open_socket(void *arg, curlsocktype purpose,
				 struct curl_sockaddr *to)
{
	struct transfer *t = arg;

	if (purpose != CURLSOCKTYPE_IPCXN ||
	    !is_in_reach(t, address_kind(&to->addr))) {
		t->met_closed = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t take_bytes(char *at, size_t one, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t bytes = one * count;

	if (bytes > t->what->most_bytes - t->out->body.used) {
		t->is_over = true;
		return 0;
	}
	buf_bytes(&t->out->body, at, bytes);
	return bytes;
}

static enum call_flaw flaw_of(CURLcode code, const struct transfer *t)
{
	if (t->is_over)
		return CALL_SIZE;
	switch (code) {
	case CURLE_OK:
		return CALL_GOOD;
	case CURLE_COULDNT_RESOLVE_HOST:
		return CALL_HOST;
	case CURLE_OPERATION_TIMEDOUT:
		return CALL_TIME;
	case CURLE_FILESIZE_EXCEEDED:
		return CALL_SIZE;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
		return CALL_CERTIFICATE;
	case CURLE_COULDNT_CONNECT:
		return t->met_closed ? CALL_ADDRESS : CALL_CONNECTION;
	default:
		return CALL_ANSWER;
	}
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
	SET(easy, CURLOPT_TIMEOUT_MS, (long)t->what->deadline_ms);
	SET(easy, CURLOPT_MAXFILESIZE_LARGE,
	    (curl_off_t)t->what->most_bytes);
	SET(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(easy, CURLOPT_OPENSOCKETDATA, t);
	SET(easy, CURLOPT_WRITEFUNCTION, take_bytes);
	SET(easy, CURLOPT_WRITEDATA, t);
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

static struct curl_slist *add_header(struct curl_slist *list,
				     struct arena *mem, const char *name,
				     const char *value)
{
	struct curl_slist *more = list;

	if (value)
		more = curl_slist_append(list, arena_print(mem, "%s: %s", name,
							   value));
	must(more != NULL || !value);
	return more;
}

static struct curl_slist *headers_of(struct arena *mem,
				     const struct calling *what)
{
	struct curl_slist *list = add_header(
		NULL, mem, "Accept",
		what->accept ? what->accept : "application/json");

	list = add_header(list, mem, "If-None-Match", what->etag);
	return add_header(list, mem, "If-Modified-Since",
			  what->last_modified);
}

static void set_request(struct arena *mem, CURL *easy,
			const struct calling *what)
{
	SET(easy, CURLOPT_URL, what->url);
	SET(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
	SET(easy, CURLOPT_USERAGENT, "duikou/" DUIKOU_VERSION);
	if (what->user) {
		SET(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		SET(easy, CURLOPT_USERNAME, what->user);
		SET(easy, CURLOPT_PASSWORD, what->password);
	}
	if (what->form)
		set_form(mem, easy, what);
}

/* One that is there once, short, and of plain characters. */
static const char *header_of(struct arena *mem, CURL *easy, const char *name)
{
	struct curl_header *header;

	if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) !=
		    CURLHE_OK ||
	    header->amount != 1 || !*header->value ||
	    strlen(header->value) > CALL_HEADER_MAX)
		return NULL;
	for (const char *at = header->value; *at; at++)
		if (*at < ' ' || *at > '~')
			return NULL;
	return arena_text(mem, header->value, strlen(header->value));
}

static const char *media_type_of(struct arena *mem, CURL *easy)
{
	const char *text = header_of(mem, easy, "Content-Type");
	char *type;

	if (!text)
		return NULL;
	type = arena_text(mem, text, strcspn(text, "; \t"));
	for (char *at = type; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	return type;
}

static void read_heads(struct arena *mem, CURL *easy, struct called *out)
{
	long status = 0;

	must(curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status) ==
	     CURLE_OK);
	out->status = (int)status;
	out->media_type = media_type_of(mem, easy);
	out->etag = header_of(mem, easy, "ETag");
	out->last_modified = header_of(mem, easy, "Last-Modified");
}

enum call_flaw call(struct arena *mem, const struct calling *what,
		    struct called *out)
{
	struct transfer t = { .what = what, .out = out,
			      .is_plain = text_starts(what->url, "http:") };
	enum call_flaw flaw = call_url_flaw(what->url, what->reach);
	struct curl_slist *headers;
	CURL *easy;

	*out = (struct called){ .status = 0 };
	if (flaw != CALL_GOOD)
		return flaw;
	easy = curl_easy_init();
	must(easy != NULL);
	headers = headers_of(mem, what);
	set_bounds(easy, &t);
	set_request(mem, easy, what);
	SET(easy, CURLOPT_HTTPHEADER, headers);
	flaw = flaw_of(curl_easy_perform(easy), &t);
	read_heads(mem, easy, out);
	curl_easy_cleanup(easy);
	curl_slist_free_all(headers);
	return flaw;
}
