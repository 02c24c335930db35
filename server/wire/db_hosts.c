/*
 * db_hosts.c - see db_hosts.h. `given` are the hosts of the URL, `found` the
 * same with addresses, one entry for each address of a name.
 */
#include "wire/db_hosts.h"

#include <arpa/inet.h>
#include <event2/dns.h>
#include <event2/util.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"

enum { HOSTS_MAX = 16, NAME_BYTES = 256, PORT_BYTES = 8, ADDRESS_BYTES = 64,
       FRESH_MS = 5000 };

struct host {
	char name[NAME_BYTES], address[ADDRESS_BYTES], port[PORT_BYTES];
};

/* Outlives its db_hosts if libevent still holds it: h is NULL then. */
struct search {
	struct db_hosts *h;
	int at;			/* the given host being asked for */
};

struct db_hosts {
	struct event_base *base;
	struct evdns_base *dns;
	void (*on_found)(void *arg);
	void *arg;
	struct host given[HOSTS_MAX], found[HOSTS_MAX];
	int given_count, found_count;
	bool has_names;
	int64_t found_ms;
	struct search *search;
	struct buf hosts, addresses, ports;
};

/* The next of "a,b,c"; the last stands for all that follow if is_last_kept. */
static void next_of(const char **list, bool is_last_kept, char *out,
		    size_t room)
{
	size_t length = strcspn(*list, ",");

	snprintf(out, room, "%.*s", (int)length, *list);
	if ((*list)[length] == ',')
		*list += length + 1;
	else if (!is_last_kept)
		*list += length;
}

static bool is_name(const struct host *host)
{
	unsigned char parsed[sizeof(struct in6_addr)];

	return *host->name && *host->name != '/' && *host->name != '@' &&
	       !*host->address &&
	       inet_pton(AF_INET, host->name, parsed) != 1 &&
	       inet_pton(AF_INET6, host->name, parsed) != 1;
}

static const char *word_or_env(const struct db_url *url, const char *keyword,
			       const char *variable)
{
	const char *word = db_url_word(url, keyword);

	if (!word)
		word = getenv(variable);
	return word ? word : "";
}

struct db_hosts *db_hosts_open(struct event_base *base,
			       const struct db_url *url,
			       void (*found)(void *arg), void *arg)
{
	struct db_hosts *h = mem_new(struct db_hosts);
	const char *names = word_or_env(url, "host", "PGHOST");
	const char *addresses = word_or_env(url, "hostaddr", "PGHOSTADDR");
	const char *ports = word_or_env(url, "port", "PGPORT");

	h->base = base;
	h->on_found = found;
	h->arg = arg;
	while ((*names || *addresses) && h->given_count < HOSTS_MAX) {
		struct host *host = &h->given[h->given_count++];

		next_of(&names, false, host->name, sizeof(host->name));
		next_of(&addresses, false, host->address,
			sizeof(host->address));
		next_of(&ports, true, host->port, sizeof(host->port));
		h->has_names = h->has_names || is_name(host);
	}
	return h;
}

void db_hosts_close(struct db_hosts *h)
{
	if (h->search)
		h->search->h = NULL;
	if (h->dns)
		evdns_base_free(h->dns, 1);
	buf_close(&h->hosts);
	buf_close(&h->addresses);
	buf_close(&h->ports);
	mem_free(h);
}

static void found_add(struct db_hosts *h, const struct host *host,
		      const struct sockaddr *address)
{
	struct host *out = &h->found[h->found_count];
	const void *in = NULL;

	if (h->found_count == HOSTS_MAX)
		return;
	*out = *host;
	if (address && address->sa_family == AF_INET)
		in = &((const struct sockaddr_in *)(const void *)address)
			      ->sin_addr;
	if (address && address->sa_family == AF_INET6)
		in = &((const struct sockaddr_in6 *)(const void *)address)
			      ->sin6_addr;
	if (in && !inet_ntop(address->sa_family, in, out->address,
			     sizeof(out->address)))
		return;
	h->found_count++;
}

static void search_on(struct search *s);

static void on_address(int error, struct evutil_addrinfo *list, void *arg)
{
	struct search *s = arg;
	struct db_hosts *h = s->h;

	if (!h) {
		if (list)
			evutil_freeaddrinfo(list);
		mem_free(s);
		return;
	}
	if (error)
		log_line(LOG_WARN, "database host not found",
			 "host=%s why=\"%s\"", h->given[s->at].name,
			 evutil_gai_strerror(error));
	for (struct evutil_addrinfo *a = error ? NULL : list; a; a = a->ai_next)
		found_add(h, &h->given[s->at], a->ai_addr);
	if (list)
		evutil_freeaddrinfo(list);
	s->at++;
	search_on(s);
}

/* Asks for the next name, or ends the search. */
static void search_on(struct search *s)
{
	struct evutil_addrinfo hints = { .ai_family = AF_UNSPEC,
					 .ai_socktype = SOCK_STREAM,
					 .ai_protocol = IPPROTO_TCP };
	struct db_hosts *h = s->h;

	for (; s->at < h->given_count; s->at++) {
		if (is_name(&h->given[s->at])) {
			evdns_getaddrinfo(h->dns, h->given[s->at].name, NULL,
					  &hints, on_address, s);
			return;
		}
		found_add(h, &h->given[s->at], NULL);
	}
	h->found_ms = h->found_count ? clock_ms() : 0;
	h->search = NULL;
	mem_free(s);
	h->on_found(h->arg);
}

static struct evdns_base *dns_open(struct event_base *base)
{
	struct evdns_base *dns =
		evdns_base_new(base, EVDNS_BASE_DISABLE_WHEN_INACTIVE);

	must(dns != NULL);
	/* a machine without the file still has /etc/hosts and 127.0.0.1:53 */
	evdns_base_resolv_conf_parse(dns, DNS_OPTIONS_ALL, "/etc/resolv.conf");
	evdns_base_set_option(dns, "randomize-case:", "0");
	evdns_base_set_option(dns, "timeout:", "2");
	evdns_base_set_option(dns, "attempts:", "2");
	return dns;
}

bool db_hosts_known(struct db_hosts *h)
{
	if (!h->has_names) {
		memcpy(h->found, h->given, sizeof(h->found));
		h->found_count = h->given_count;
		return true;
	}
	if (h->found_ms && clock_ms() - h->found_ms < FRESH_MS)
		return true;
	if (h->search)
		return false;
	if (!h->dns)
		h->dns = dns_open(h->base);
	h->found_count = 0;
	h->search = mem_new(struct search);
	h->search->h = h;
	search_on(h->search);
	return h->search == NULL;
}

static const char *joined(struct buf *b)
{
	buf_byte(b, '\0');
	return b->at;
}

bool db_hosts_put(struct db_hosts *h, struct db_url *url, unsigned attempt)
{
	unsigned count = (unsigned)h->found_count;

	if (!count)
		return h->given_count == 0;	/* libpq's own default */
	buf_clear(&h->hosts);
	buf_clear(&h->addresses);
	buf_clear(&h->ports);
	for (unsigned i = 0; i < count; i++) {
		const struct host *host = &h->found[(attempt + i) % count];

		buf_print(&h->hosts, "%s%s", i ? "," : "", host->name);
		buf_print(&h->addresses, "%s%s", i ? "," : "", host->address);
		buf_print(&h->ports, "%s%s", i ? "," : "", host->port);
	}
	db_url_set(url, "host", joined(&h->hosts));
	db_url_set(url, "hostaddr", joined(&h->addresses));
	db_url_set(url, "port", joined(&h->ports));
	return true;
}
