/* address.c - two tables of prefixes. IPv6 is public only in 2000::/3, less
 * what is carved out of it. */
#include "wire/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

#include "base/base.h"

struct prefix {
	uint8_t at[16];
	unsigned bits;
};

static const struct prefix closed4[] = {
	{ { 0 }, 8 },			/* this network */
	{ { 10 }, 8 },			/* private */
	{ { 100, 64 }, 10 },		/* carriers' */
	{ { 127 }, 8 },			/* loopback */
	{ { 169, 254 }, 16 },		/* link-local, metadata services */
	{ { 172, 16 }, 12 },		/* private */
	{ { 192, 0, 0 }, 24 },		/* IETF */
	{ { 192, 0, 2 }, 24 },		/* documentation */
	{ { 192, 31, 196 }, 24 },	/* AS112 */
	{ { 192, 52, 193 }, 24 },	/* AMT */
	{ { 192, 88, 99 }, 24 },	/* 6to4 relays */
	{ { 192, 168 }, 16 },		/* private */
	{ { 192, 175, 48 }, 24 },	/* AS112 */
	{ { 198, 18 }, 15 },		/* benchmarks */
	{ { 198, 51, 100 }, 24 },	/* documentation */
	{ { 203, 0, 113 }, 24 },	/* documentation */
	{ { 224 }, 3 },			/* multicast, reserved, broadcast */
};

static const struct prefix open6 = { { 0x20 }, 3 };
static const struct prefix closed6[] = {
	{ { 0x20, 0x01, 0x00 }, 23 },		/* IETF, Teredo, ORCHID */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 },	/* documentation */
	{ { 0x20, 0x02 }, 16 },			/* 6to4 */
	{ { 0x26, 0x20, 0x00, 0x4f, 0x80 }, 48 },	/* AS112 */
	{ { 0x3f, 0xff }, 20 },			/* documentation */
};

/* Those that carry an IPv4 address in their last four bytes. */
static const struct prefix carrying[] = {
	{ { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 96 },	/* mapped */
	{ { 0x00, 0x64, 0xff, 0x9b }, 96 },			/* NAT64 */
};

static bool is_in(const uint8_t *at, const struct prefix *prefix)
{
	unsigned whole = prefix->bits / 8, rest = prefix->bits % 8;

	if (memcmp(at, prefix->at, whole) != 0)
		return false;
	return rest == 0 || (at[whole] ^ prefix->at[whole]) >> (8 - rest) == 0;
}

static bool is_in_any(const uint8_t *at, const struct prefix *table,
		      size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_in(at, &table[i]))
			return true;
	return false;
}

static bool is_public4(const uint8_t *at)
{
	return !is_in_any(at, closed4, COUNT_OF(closed4));
}

static bool is_public6(const uint8_t *at)
{
	if (is_in_any(at, carrying, COUNT_OF(carrying)))
		return is_public4(at + 12);
	return is_in(at, &open6) && !is_in_any(at, closed6, COUNT_OF(closed6));
}

/* Its bytes; NULL: of another family. */
static const uint8_t *bytes_of(const struct sockaddr *address)
{
	const void *at = address;

	if (address->sa_family == AF_INET)
		return (const uint8_t *)&((const struct sockaddr_in *)at)
			->sin_addr;
	if (address->sa_family == AF_INET6)
		return ((const struct sockaddr_in6 *)at)->sin6_addr.s6_addr;
	return NULL;
}

bool address_is_public(const struct sockaddr *address)
{
	const uint8_t *at = bytes_of(address);

	if (!at)
		return false;
	return address->sa_family == AF_INET ? is_public4(at) : is_public6(at);
}

bool address_is_loopback(const struct sockaddr *address)
{
	static const struct prefix own4 = { { 127 }, 8 };
	static const struct prefix own6 = {
		{ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 128 };
	const uint8_t *at = bytes_of(address);

	return at && is_in(at, address->sa_family == AF_INET ? &own4 : &own6);
}
