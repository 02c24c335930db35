/*
 * address.h - what kind of place an IP address is: whoever lets others name a
 * server to ask must not be led to its own.
 *
 * from  IANA's special-purpose address registries (RFC 6890)
 */
#ifndef WIRE_ADDRESS_H
#define WIRE_ADDRESS_H

#include <sys/socket.h>

enum address_kind {
	ADDRESS_PUBLIC,
	ADDRESS_PRIVATE,	/* a house's own net: RFC 1918, RFC 4193 */
	ADDRESS_LOOPBACK,
	ADDRESS_SPECIAL		/* all else: link-local, multicast, ... */
};

/* An IPv6 address that carries one of IPv4 is of that one's kind. */
enum address_kind address_kind(const struct sockaddr *address);

#endif
