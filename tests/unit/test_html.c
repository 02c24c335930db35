/* HTML as advertisements are written in it, and texts that are none. */
#include <string.h>

#include "base/arena.h"
#include "unit.h"
#include "wire/html.h"

static const struct {
	const char *html, *text;
} cases[] = {
	/* no HTML: as it is */
	{ "", "" },
	{ "a < b && c > d", "a < b && c > d" },
	{ "\xE7\xAC\xAC\xE4\xB8\x80\xE8\xA1\x8C\n  2. x<y\n\n\n", /* 第一行 */
	  "\xE7\xAC\xAC\xE4\xB8\x80\xE8\xA1\x8C\n  2. x<y\n\n\n" },
	{ "if (a<x>c) & d", "if (a<x>c) & d" },
	/* entities alone */
	{ "R&amp;D &#20013;&#x6587; &nbsp;x", "R&D \xE4\xB8\xAD\xE6\x96\x87 "
					      "\xC2\xA0x" },
	{ "AT&T", "AT&T" },
	/* lines, items, words */
	{ "<p>one</p><p>two</p>", "one\ntwo" },
	{ "one<br>two<br/>three", "one\ntwo\nthree" },
	{ "<ul><li>a</li><li>b <b>c</b></li></ul>", "- a\n- b c" },
	{ "<p>a\n   b\t c</p>", "a b c" },
	{ "a<b>b</b>c", "abc" },
	{ "<div> <div>x</div> </div>\n<div>y</div>", "x\ny" },
	{ "<table><tr><td>pay</td><td>5000</td></tr><tr><td>x</td></tr>"
	  "</table>", "pay 5000\nx" },
	/* what no reader sees */
	{ "<p>a</p><script>alert('<p>b</p>')</script><style>p{}</style>"
	  "<!-- c -->d", "a\nd" },
	{ "<p onclick=\"x('>')\">a</p>", "a" },
	{ "<p>a<img src=x onerror=alert(1)>b</p>", "ab" },
	/* written twice over, broken, unknown */
	{ "&lt;p&gt;a &amp;amp; b&lt;/p&gt;&lt;p&gt;c&lt;/p&gt;", "a & b\nc" },
	{ "<p>a<p>b</div>c", "a\nbc" },
	{ "<p>1 < 2</p>", "1 < 2" },
	{ "<p>a</p", "a" },
	{ "<p>a<x-y>b</x-y></p>", "ab" },
};

static void test_cases(void **state)
{
	struct arena *mem = arena_open();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(html_text(mem, cases[i].html),
				    cases[i].text);
	arena_close(mem);
}

/* As deep as a body may be long: no recursion runs out of stack. */
static void test_depth(void **state)
{
	enum { DEPTH = 20000 };
	struct arena *mem = arena_open();
	char *html = arena_array(mem, char, DEPTH * 5 + 2);

	(void)state;
	for (int i = 0; i < DEPTH; i++)
		memcpy(html + (size_t)i * 5, "<div>", 5);
	html[DEPTH * 5] = 'x';
	assert_non_null(html_text(mem, html));
	arena_close(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
