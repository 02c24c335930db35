/* Every range that a request on another's behalf may not reach, at its ends. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "unit.h"
#include "wire/address.h"

static struct sockaddr_storage read_address(const char *text)
{
	struct sockaddr_storage out = { 0 };

	if (strchr(text, ':')) {
		struct sockaddr_in6 *in = (struct sockaddr_in6 *)&out;

		in->sin6_family = AF_INET6;
		assert_int_equal(inet_pton(AF_INET6, text, &in->sin6_addr), 1);
	} else {
		struct sockaddr_in *in = (struct sockaddr_in *)&out;

		in->sin_family = AF_INET;
		assert_int_equal(inet_pton(AF_INET, text, &in->sin_addr), 1);
	}
	return out;
}

static bool is_public(const char *text)
{
	struct sockaddr_storage at = read_address(text);

	return address_is_public((const struct sockaddr *)&at);
}

static void test_closed(void **state)
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

	(void)state;
	for (size_t i = 0; i < COUNT_OF(closed); i++)
		if (is_public(closed[i]))
			fail_msg("%s", closed[i]);
}

static void test_open(void **state)
{
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
	for (size_t i = 0; i < COUNT_OF(open); i++)
		if (!is_public(open[i]))
			fail_msg("%s", open[i]);
}

static void test_loopback(void **state)
{
	struct sockaddr_storage at = read_address("127.9.9.9");
	struct sockaddr other = { .sa_family = AF_UNIX };

	(void)state;
	assert_true(address_is_loopback((struct sockaddr *)&at));
	at = read_address("::1");
	assert_true(address_is_loopback((struct sockaddr *)&at));
	at = read_address("128.0.0.1");
	assert_false(address_is_loopback((struct sockaddr *)&at));
	at = read_address("::2");
	assert_false(address_is_loopback((struct sockaddr *)&at));
	assert_false(address_is_loopback(&other));
	assert_false(address_is_public(&other));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed),
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_loopback),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
