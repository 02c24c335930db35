/*
 * address.h - is an address one of the open Internet, where a request on
 * another's behalf may go?
 *
 * from  IANA special-purpose address registries (RFC 6890, RFC 8190)
 */
#ifndef WIRE_ADDRESS_H
#define WIRE_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* false: private, loopback, link-local (with the metadata services of
 * clouds), multicast, reserved, for documentation; an address that carries an
 * IPv4 one counts as that; a family other than IPv4 and IPv6. */
bool address_is_public(const struct sockaddr *address);

/* 127.0.0.0/8, ::1 */
bool address_is_loopback(const struct sockaddr *address);

#endif
