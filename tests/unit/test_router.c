/* test_router.c - which card a path and method mean. */
#include "flow/router.h"

#include <string.h>

#include "unit.h"

static const struct endpoint list = { .method = "GET", .path = "/v1/things",
				      .is_paged = true };
static const struct endpoint add = { .method = "POST", .path = "/v1/things" };
static const struct endpoint one = { .method = "GET",
				     .path = "/v1/things/{thing_id}" };
static const struct endpoint mine = { .method = "DELETE",
				      .path = "/v1/things/mine" };
static const struct endpoint part = {
	.method = "GET", .path = "/v1/things/{thing_id}/parts/{part_id}"
};
static const struct endpoint deep = { .method = "GET",
				      .path = "/v1/things/mine/deep" };

static const struct endpoint kinds = { .method = "GET",
				       .path = "/v1/kinds/{kind}",
				       .is_paged = true };

static const struct endpoint *const cards[] = { &list, &add, &one, &mine,
						&part, &deep, &kinds };

static struct route route;

static const struct endpoint *find(const char *method, const char *path)
{
	struct router *r = router_open(cards, COUNT_OF(cards));

	router_find(r, (struct http_span){ method, strlen(method) },
		    (struct http_span){ path, strlen(path) }, &route);
	router_close(r);
	return route.card;
}

static void finds_by_path_and_method(void **state)
{
	(void)state;
	assert_ptr_equal(find("GET", "/v1/things"), &list);
	assert_ptr_equal(find("HEAD", "/v1/things"), &list);
	assert_ptr_equal(find("POST", "/v1/things"), &add);
	assert_int_equal(route.index, 1);
	assert_ptr_equal(find("GET", "/v1/things/7"), &one);
	assert_string_equal(route_param(&route, "thing_id"), "7");
	assert_ptr_equal(find("GET", "/v1/things/7/parts/8"), &part);
	assert_string_equal(route_param(&route, "thing_id"), "7");
	assert_string_equal(route_param(&route, "part_id"), "8");
}

static void written_out_wins_unless_a_dead_end(void **state)
{
	(void)state;
	assert_ptr_equal(find("DELETE", "/v1/things/mine"), &mine);
	assert_null(find("GET", "/v1/things/mine"));
	assert_string_equal(route.allow, "DELETE, OPTIONS");
	assert_ptr_equal(find("GET", "/v1/things/mine/deep"), &deep);
	assert_ptr_equal(find("GET", "/v1/things/mine/parts/1"), &part);
	assert_string_equal(route_param(&route, "thing_id"), "mine");
}

static void unknown_paths(void **state)
{
	static const char *const paths[] = {
		"/",		   "/v1",	  "/v1/things/",
		"//v1/things",	   "/v1//things", "/v1/things/7/",
		"/v1/things/7/parts", "/v1/Things", "*", "",
		"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		assert_null(find("GET", paths[i]));
		assert_false(route.is_path_known);
		assert_true(route.is_text);
	}
}

static void methods_it_has_not(void **state)
{
	(void)state;
	assert_null(find("PUT", "/v1/things"));
	assert_true(route.is_path_known);
	assert_string_equal(route.allow, "GET, HEAD, POST, OPTIONS");
	assert_null(find("get", "/v1/things"));
	assert_null(find("OPTIONS", "/v1/things/7"));
	assert_string_equal(route.allow, "GET, HEAD, OPTIONS");
}

static void decodes(void **state)
{
	(void)state;
	assert_ptr_equal(find("GET", "/v1/%74hings"), &list);
	assert_ptr_equal(find("GET", "/v1/things/%E5%8C%B9+%20"), &one);
	assert_string_equal(route_param(&route, "thing_id"), "匹+ ");
	assert_null(find("GET", "/v1/things/%FF"));
	assert_false(route.is_text);
}

static void lists_whole(void **state)
{
	(void)state;
	assert_ptr_equal(find("GET", "/v1/things"), &list);
	assert_int_equal(route.format, EXPORT_NONE);
	assert_ptr_equal(find("GET", "/v1/things.csv"), &list);
	assert_int_equal(route.format, EXPORT_CSV);
	assert_ptr_equal(find("HEAD", "/v1/things.jsonl"), &list);
	assert_int_equal(route.format, EXPORT_JSONL);
	assert_ptr_equal(find("GET", "/v1/kinds/a.b.xlsx"), &kinds);
	assert_int_equal(route.format, EXPORT_XLSX);
	assert_string_equal(route_param(&route, "kind"), "a.b");
	assert_null(find("POST", "/v1/things.csv"));
	assert_string_equal(route.allow, "GET, HEAD, OPTIONS");
	assert_true(route.is_path_known);
}

static void lists_only(void **state)
{
	(void)state;
	assert_ptr_equal(find("GET", "/v1/things/7.csv"), &one);
	assert_int_equal(route.format, EXPORT_NONE);
	assert_string_equal(route_param(&route, "thing_id"), "7.csv");
	assert_ptr_equal(find("GET", "/v1/kinds/7.pdf"), &kinds);
	assert_int_equal(route.format, EXPORT_NONE);
	assert_string_equal(route_param(&route, "kind"), "7.pdf");
	assert_ptr_equal(find("GET", "/v1/kinds/.csv"), &kinds);
	assert_int_equal(route.format, EXPORT_NONE);
	assert_null(find("GET", "/v1/things.CSV"));
	assert_null(find("GET", "/v1.csv/things"));
	assert_false(route.is_path_known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_by_path_and_method),
		cmocka_unit_test(written_out_wins_unless_a_dead_end),
		cmocka_unit_test(unknown_paths),
		cmocka_unit_test(methods_it_has_not),
		cmocka_unit_test(decodes),
		cmocka_unit_test(lists_whole),
		cmocka_unit_test(lists_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
