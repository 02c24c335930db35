/* Addresses: which are of the public internet, and which only look like it. */
#include "wire/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"

static const struct {
	const char *address;
	enum address_kind kind;
} known[] = {
	{ "8.8.8.8", ADDRESS_PUBLIC },
	{ "9.255.255.255", ADDRESS_PUBLIC },
	{ "10.0.0.0", ADDRESS_PRIVATE },
	{ "10.255.255.255", ADDRESS_PRIVATE },
	{ "11.0.0.0", ADDRESS_PUBLIC },
	{ "172.15.255.255", ADDRESS_PUBLIC },
	{ "172.16.0.0", ADDRESS_PRIVATE },
	{ "172.31.255.255", ADDRESS_PRIVATE },
	{ "172.32.0.0", ADDRESS_PUBLIC },
	{ "192.168.255.255", ADDRESS_PRIVATE },
	{ "192.169.0.0", ADDRESS_PUBLIC },
	{ "127.0.0.1", ADDRESS_LOOPBACK },
	{ "127.255.255.254", ADDRESS_LOOPBACK },
	{ "0.0.0.0", ADDRESS_SPECIAL },
	{ "100.63.255.255", ADDRESS_PUBLIC },
	{ "100.64.0.0", ADDRESS_SPECIAL },
	{ "100.127.255.255", ADDRESS_SPECIAL },
	{ "169.254.169.254", ADDRESS_SPECIAL },
	{ "198.19.255.255", ADDRESS_SPECIAL },
	{ "223.255.255.255", ADDRESS_PUBLIC },
	{ "224.0.0.1", ADDRESS_SPECIAL },
	{ "255.255.255.255", ADDRESS_SPECIAL },
	{ "2606:4700::1111", ADDRESS_PUBLIC },
	{ "240e::1", ADDRESS_PUBLIC },
	{ "::", ADDRESS_SPECIAL },
	{ "::1", ADDRESS_LOOPBACK },
	{ "::2", ADDRESS_SPECIAL },
	{ "::ffff:127.0.0.1", ADDRESS_LOOPBACK },
	{ "::ffff:10.1.2.3", ADDRESS_PRIVATE },
	{ "::ffff:8.8.8.8", ADDRESS_PUBLIC },
	{ "64:ff9b::127.0.0.1", ADDRESS_LOOPBACK },
	{ "64:ff9b::8.8.8.8", ADDRESS_PUBLIC },
	{ "64:ff9b:1::8.8.8.8", ADDRESS_SPECIAL },
	{ "2002:7f00:1::", ADDRESS_LOOPBACK },
	{ "2002:808:808::", ADDRESS_PUBLIC },
	{ "2001::1", ADDRESS_SPECIAL },
	{ "2001:db8::1", ADDRESS_SPECIAL },
	{ "fc00::1", ADDRESS_PRIVATE },
	{ "fdff::1", ADDRESS_PRIVATE },
	{ "fe80::1", ADDRESS_SPECIAL },
	{ "fec0::1", ADDRESS_SPECIAL },
	{ "ff02::1", ADDRESS_SPECIAL },
};

static enum address_kind kind_of(const char *text)
{
	const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST,
					.ai_socktype = SOCK_STREAM };
	enum address_kind kind;
	struct addrinfo *found;

	assert_int_equal(getaddrinfo(text, NULL, &hints, &found), 0);
	kind = address_kind(found->ai_addr);
	freeaddrinfo(found);
	return kind;
}

static void each_is_of_its_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (kind_of(known[i].address) != known[i].kind)
			fail_msg("%s", known[i].address);
}

/* The ends of every range that is not of the open Internet, and beside it. */
static void the_ends_of_the_ranges(void **state)
{
	static const char *const closed[] = {
		"0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255",
		"100.64.0.0", "100.127.255.255", "127.0.0.1",
		"127.255.255.255", "169.254.0.0", "169.254.169.254",
		"172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1",
		"192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0",
		"198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
		"239.255.255.255", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
		"::ffff:10.0.0.1", "::ffff:169.254.169.254",
		"64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "2001::1",
		"2001:1ff::1", "2001:db8::1", "2002:7f00:1::", "3fff::1",
		"4000::1", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1",
		"febf::1", "fec0::1", "ff02::1",
	};
	static const char *const open[] = {
		"1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255",
		"100.128.0.0", "126.255.255.255", "128.0.0.0",
		"169.253.255.255", "169.255.0.0", "172.15.255.255",
		"172.32.0.0", "192.167.255.255", "192.169.0.0",
		"198.17.255.255", "198.20.0.0", "223.255.255.255",
		"2001:200::1", "2400:3200::1", "2606:4700::1111",
		"::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "3ffe::1",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(closed); i++)
		if (kind_of(closed[i]) == ADDRESS_PUBLIC)
			fail_msg("%s", closed[i]);
	for (size_t i = 0; i < COUNT_OF(open); i++)
		if (kind_of(open[i]) != ADDRESS_PUBLIC)
			fail_msg("%s", open[i]);
}

static void what_is_no_address_is_special(void **state)
{
	struct sockaddr_storage other = { .ss_family = AF_UNIX };

	(void)state;
	assert_int_equal(address_kind((struct sockaddr *)&other),
			 ADDRESS_SPECIAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_of_its_kind),
		cmocka_unit_test(the_ends_of_the_ranges),
		cmocka_unit_test(what_is_no_address_is_special),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
