/* address.c - see address.h. Two tables: the first range that fits counts. */
#include "wire/address.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/base.h"

struct range4 {
	uint32_t first;
	int bits;
	enum address_kind kind;
};

static const struct range4 ranges4[] = {
	{ 0x00000000, 8, ADDRESS_SPECIAL },	/* this network */
	{ 0x0a000000, 8, ADDRESS_PRIVATE },
	{ 0x64400000, 10, ADDRESS_SPECIAL },	/* of carriers */
	{ 0x7f000000, 8, ADDRESS_LOOPBACK },
	{ 0xa9fe0000, 16, ADDRESS_SPECIAL },	/* link-local */
	{ 0xac100000, 12, ADDRESS_PRIVATE },
	{ 0xc0000000, 24, ADDRESS_SPECIAL },
	{ 0xc0000200, 24, ADDRESS_SPECIAL },	/* documentation */
	{ 0xc0586300, 24, ADDRESS_SPECIAL },	/* 6to4 relays */
	{ 0xc0a80000, 16, ADDRESS_PRIVATE },
	{ 0xc6120000, 15, ADDRESS_SPECIAL },	/* benchmarks */
	{ 0xc6336400, 24, ADDRESS_SPECIAL },
	{ 0xcb007100, 24, ADDRESS_SPECIAL },
	{ 0xe0000000, 3, ADDRESS_SPECIAL },	/* multicast and beyond */
};

struct range6 {
	uint8_t first[16];
	int bits;
	int carries;	/* where an IPv4 address begins in it; 0: none */
	enum address_kind kind;
};

static const struct range6 ranges6[] = {
	{ { [15] = 1 }, 128, 0, ADDRESS_LOOPBACK },
	{ { [10] = 0xff, 0xff }, 96, 12, ADDRESS_PUBLIC },	/* mapped */
	{ { 0x00, 0x64, 0xff, 0x9b }, 96, 12, ADDRESS_PUBLIC },	/* NAT64 */
	{ { 0x20, 0x02 }, 16, 2, ADDRESS_PUBLIC },		/* 6to4 */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32, 0, ADDRESS_SPECIAL },
	{ { 0x20, 0x01, 0x00, 0x00 }, 23, 0, ADDRESS_SPECIAL },
	{ { 0x3f, 0xff }, 20, 0, ADDRESS_SPECIAL },	/* documentation */
	{ { 0x20 }, 3, 0, ADDRESS_PUBLIC },
	{ { 0xfc }, 7, 0, ADDRESS_PRIVATE },
};

static enum address_kind kind4(uint32_t address)
{
	for (size_t i = 0; i < COUNT_OF(ranges4); i++) {
		const struct range4 *r = &ranges4[i];

		if ((address ^ r->first) >> (32 - r->bits) == 0)
			return r->kind;
	}
	return ADDRESS_PUBLIC;
}

static bool begins(const uint8_t *at, const uint8_t *with, int bits)
{
	size_t whole = (size_t)bits / 8;
	int rest = bits % 8;

	return memcmp(at, with, whole) == 0 &&
	       (!rest || (at[whole] ^ with[whole]) >> (8 - rest) == 0);
}

static enum address_kind kind6(const uint8_t *at)
{
	for (size_t i = 0; i < COUNT_OF(ranges6); i++) {
		const struct range6 *r = &ranges6[i];
		uint32_t inner;

		if (!begins(at, r->first, r->bits))
			continue;
		if (!r->carries)
			return r->kind;
		memcpy(&inner, at + r->carries, sizeof(inner));
		return kind4(ntohl(inner));
	}
	return ADDRESS_SPECIAL;
}

enum address_kind address_kind(const struct sockaddr *address)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	switch (address->sa_family) {
	case AF_INET:
		memcpy(&in, address, sizeof(in));
		return kind4(ntohl(in.sin_addr.s_addr));
	case AF_INET6:
		memcpy(&in6, address, sizeof(in6));
		return kind6(in6.sin6_addr.s6_addr);
	default:
		return ADDRESS_SPECIAL;
	}
}
