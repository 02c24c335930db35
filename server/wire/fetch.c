/* fetch.c - libcurl's easy interface, one transfer at a time: see fetch.h. */
#include "wire/fetch.h"

#include <curl/curl.h>
#include <string.h>
#include <sys/socket.h>

#include "base/text.h"
#include "wire/address.h"

enum { CONNECT_MS = 10000 };

struct fetch_words fetch_words(enum fetch_flaw flaw)
{
	static const struct fetch_words words[] = {
#define FETCH_FLAW(id, word, english, chinese) { word, english, chinese },
#include "wire/fetch_flaws.def"
#undef FETCH_FLAW
	};

	return words[flaw];
}

bool fetch_open(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

/* ---- the URL ---- */

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

static enum fetch_flaw parts_flaw(CURLU *url, bool is_near)
{
	if (!part_is(url, CURLUPART_SCHEME, "https") &&
	    !(is_near && part_is(url, CURLUPART_SCHEME, "http")))
		return FETCH_SCHEME;
	if (has_part(url, CURLUPART_USER) ||
	    has_part(url, CURLUPART_PASSWORD) ||
	    has_part(url, CURLUPART_FRAGMENT))
		return FETCH_SECRET;
	if (!has_part(url, CURLUPART_HOST))
		return FETCH_URL;
	if (!is_near && !part_is(url, CURLUPART_PORT, "443") &&
	    !part_is(url, CURLUPART_PORT, "8443"))
		return FETCH_PORT;
	return FETCH_NONE;
}

static bool is_plain(const char *text)
{
	for (; *text; text++)
		if (*text <= ' ' || *text > '~')
			return false;
	return true;
}

enum fetch_flaw fetch_url_flaw(const char *url, bool is_near)
{
	CURLU *parts;
	enum fetch_flaw flaw;

	/* libcurl would take the path of "https:///path" for the host. */
	if (!is_plain(url) || strlen(url) > FETCH_URL_MAX ||
	    strstr(url, ":///"))
		return FETCH_URL;
	parts = curl_url();
	must(parts != NULL);
	flaw = curl_url_set(parts, CURLUPART_URL, url,
			    CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK ?
		       parts_flaw(parts, is_near) : FETCH_URL;
	curl_url_cleanup(parts);
	return flaw;
}

/* ---- the transfer ---- */

struct transfer {
	const struct fetch_asked *asked;
	struct fetch_got *got;
	bool met_closed;	/* an address that is not to be connected to */
	bool is_over;		/* more came than may */
};

static curl_socket_t open_socket(void *arg, curlsocktype purpose,
				 struct curl_sockaddr *to)
{
	struct transfer *t = arg;
	enum address_kind wanted = t->asked->bounds.is_near ?
				   ADDRESS_LOOPBACK : ADDRESS_PUBLIC;

	if (purpose != CURLSOCKTYPE_IPCXN ||
	    address_kind(&to->addr) != wanted) {
		t->met_closed = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t take_bytes(char *at, size_t one, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t bytes = one * count;

	if (bytes > t->asked->bounds.bytes_max - t->got->body.used) {
		t->is_over = true;
		return 0;
	}
	buf_bytes(&t->got->body, at, bytes);
	return bytes;
}

static enum fetch_flaw flaw_of(CURLcode code, const struct transfer *t)
{
	if (t->is_over)
		return FETCH_SIZE;
	switch (code) {
	case CURLE_OK:
		return FETCH_NONE;
	case CURLE_COULDNT_RESOLVE_HOST:
		return FETCH_HOST;
	case CURLE_OPERATION_TIMEDOUT:
		return FETCH_TIME;
	case CURLE_FILESIZE_EXCEEDED:
		return FETCH_SIZE;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
		return FETCH_CERTIFICATE;
	case CURLE_COULDNT_CONNECT:
		return t->met_closed ? FETCH_ADDRESS : FETCH_CONNECTION;
	default:
		return FETCH_ANSWER;
	}
}

static void set_safety(CURL *curl, struct transfer *t)
{
	const struct fetch_bounds *b = &t->asked->bounds;
	const char *protocols = b->is_near ? "https,http" : "https";

	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)b->deadline_ms);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE,
			 (curl_off_t)b->bytes_max);
}

static void set_request(CURL *curl, struct transfer *t,
			struct curl_slist *headers)
{
	curl_easy_setopt(curl, CURLOPT_URL, t->asked->url);
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION,
			 (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "duikou/" DUIKOU_VERSION);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
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
				     const struct fetch_asked *asked)
{
	struct curl_slist *list = add_header(
		NULL, mem, "Accept",
		"application/ld+json, application/json;q=0.9, "
		"application/x-ndjson;q=0.8");

	list = add_header(list, mem, "If-None-Match", asked->etag);
	return add_header(list, mem, "If-Modified-Since",
			  asked->last_modified);
}

/* One that is there once, short, and of plain characters. */
static const char *header_of(struct arena *mem, CURL *curl, const char *name)
{
	struct curl_header *header;

	if (curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &header) !=
		    CURLHE_OK ||
	    header->amount != 1 || !*header->value ||
	    strlen(header->value) > FETCH_VALIDATOR_MAX)
		return NULL;
	for (const char *at = header->value; *at; at++)
		if (*at < ' ' || *at > '~')
			return NULL;
	return arena_text(mem, header->value, strlen(header->value));
}

static const char *media_type_of(struct arena *mem, CURL *curl)
{
	const char *text = header_of(mem, curl, "Content-Type");
	char *type;

	if (!text)
		return NULL;
	type = arena_text(mem, text, strcspn(text, "; \t"));
	for (char *at = type; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	return type;
}

static void read_answer(struct arena *mem, CURL *curl, struct fetch_got *got)
{
	long status = 0;

	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	got->status = (int)status;
	if (got->flaw != FETCH_NONE)
		return;
	if (status >= 300 && status < 400 && status != 304)
		got->flaw = FETCH_REDIRECT;
	else if (status != 200 && status != 304)
		got->flaw = FETCH_STATUS;
	got->media_type = media_type_of(mem, curl);
	got->etag = header_of(mem, curl, "ETag");
	got->last_modified = header_of(mem, curl, "Last-Modified");
}

void fetch(struct arena *mem, const struct fetch_asked *asked,
	   struct fetch_got *got)
{
	struct transfer t = { .asked = asked, .got = got };
	struct curl_slist *headers;
	CURL *curl;

	*got = (struct fetch_got){
		.flaw = fetch_url_flaw(asked->url, asked->bounds.is_near) };
	if (got->flaw != FETCH_NONE)
		return;
	curl = curl_easy_init();
	must(curl != NULL);
	headers = headers_of(mem, asked);
	set_safety(curl, &t);
	set_request(curl, &t, headers);
	got->flaw = flaw_of(curl_easy_perform(curl), &t);
	read_answer(mem, curl, got);
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
}
