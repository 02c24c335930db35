/*
 * flow_rate.c - whom a request is charged to: the account that asks (a key is
 * one, too), or the address where nobody is signed in. Of an IPv6 address the
 * first 64 bits count, which is what one subscriber has.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "flow/flow_private.h"
#include "flow/rates.h"

struct principal {
	const void *at;
	size_t bytes;
};

static struct principal peer_of(const struct flow *f, struct in6_addr *address)
{
	if (!strchr(f->peer, ':') ||
	    inet_pton(AF_INET6, f->peer, address) != 1)
		return (struct principal){ f->peer, strlen(f->peer) };
	return (struct principal){ address,
				   IN6_IS_ADDR_V4MAPPED(address) ? 16 : 8 };
}

static struct principal principal_of(const struct flow *f,
				     struct in6_addr *address)
{
	if (f->actor.role == ROLE_NOBODY)
		return peer_of(f, address);
	return (struct principal){ f->actor.account_id.bytes,
				   sizeof(struct uuid) };
}

static bool refuse(struct flow_private *own, enum rate rate)
{
	own->refusal = (struct http_header){
		"Retry-After", arena_print(own->flow.mem, "%d",
					   own->rate_left.wait_s) };
	own->is_over_quota = true;
	return fault_set(&own->fault, FAULT_QUOTA,
			 "all of the quota \"%s\" is used; it fills up again",
			 rate_word(rate));
}

bool flow_charge(struct flow_private *own)
{
	struct rates *rates = own->loop->service->rates;
	enum rate rate = rate_of(own->flow.endpoint);
	struct in6_addr address;
	struct principal who;
	uint64_t key;

	if (!rates_policy(rates, rate)) {
		own->rate = RATE_FREE;
		return true;
	}
	who = principal_of(&own->flow, &address);
	key = rates_key(rates, rate, who.at, who.bytes);
	if (own->rate == rate && own->rate_key == key)
		return true;
	own->rate = rate;
	own->rate_key = key;
	return rates_take(rates, rate, own->rate_key, own->begun_us,
			  &own->rate_left) ||
	       refuse(own, rate);
}

void flow_refund(struct flow_private *own)
{
	if (own->rate <= RATE_FREE || !own->rate_key)
		return;
	rates_refund(own->loop->service->rates, own->rate, own->rate_key,
		     own->begun_us, &own->rate_left);
	own->rate_key = 0;
}
