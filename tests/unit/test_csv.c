/* Spreadsheets as schools send them, and as nobody should. */
#include "unit.h"

#include "base/buf.h"
#include "base/text.h"
#include "wire/csv.h"

static const char *const name_aliases[] = { "姓名", "学生姓名", NULL };
static const char *const code_aliases[] = { "专业代码", NULL };
static const struct csv_column columns[] = {
	{ "name", name_aliases, true },
	{ "code", code_aliases, false },
	{ "note", NULL, false },
	{ NULL, NULL, false },
};
static const struct csv_form form = { columns, false, 100 };
static const struct csv_form lax = { columns, true, 3 };

/*
 * The whole file as one text: rows "2:name=a,code=b;", and behind each "!"
 * "where code" of its flaws; a file that does not open is its flaws.
 */
static const char *read_as(struct arena *mem, const struct csv_form *as,
			   const char *at, size_t bytes)
{
	struct buf out = { 0 };
	struct csv_row row;
	struct flaws flaws;
	struct csv *csv;
	const char *all;

	flaws_init(&flaws, mem);
	csv = csv_open(mem, as, at, bytes, &flaws);
	for (const struct flaw *f = flaws.first; f; f = f->next)
		buf_print(&out, "!%s %s", f->where, f->code);
	flaws_init(&flaws, mem);
	while (csv && csv_next(csv, &row, &flaws)) {
		buf_print(&out, "%d:", (int)row.number);
		for (size_t i = 0; i < row.count; i++)
			buf_print(&out, "%s%s=%s", i ? "," : "",
				  row.cells[i].name, row.cells[i].value);
		for (const struct flaw *f = flaws.first; f; f = f->next)
			buf_print(&out, "!%s %s", f->where, f->code);
		buf_byte(&out, ';');
		flaws_init(&flaws, mem);
	}
	all = arena_text(mem, out.at, out.used);
	buf_close(&out);
	return all;
}

struct file { const char *text, *seen; };

static void expect(struct arena *mem, const struct csv_form *as,
		   const struct file *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_string_equal(read_as(mem, as, files[i].text,
					    strlen(files[i].text)),
				    files[i].seen);
}

static void test_rows(void **state)
{
	static const struct file files[] = {
		{ "name,code\na,b\n", "2:name=a,code=b;" },
		{ "name,code\r\na,b\r\n", "2:name=a,code=b;" },
		{ "name,code\ra,b\r", "2:name=a,code=b;" },
		{ "name,code\na,b", "2:name=a,code=b;" },
		{ "name\n", "" },
		{ "name", "" },
		{ "\n,,\nname\na", "4:name=a;" },
		{ "\xEF\xBB\xBFname\na", "2:name=a;" },
		{ " NAME ,Code\n a , b\n", "2:name=a,code=b;" },
		{ "姓名*,专业代码\n张三,710201\n", "2:name=张三,code=710201;" },
		{ "*ｎａｍｅ\na", "2:name=a;" },
		{ "code,学生姓名\nb,a\n", "2:code=b,name=a;" },
		{ "name,code\n\na,b\n,\n\nc,d\n\n",
		  "3:name=a,code=b;6:name=c,code=d;" },
		{ "name,code\na\n,b\n", "2:name=a;3:code=b;" },
		{ "name,code,\na,b,\n", "2:name=a,code=b;" },
		{ "\"name\",\"code\"\n\"a\",\"b\"\n", "2:name=a,code=b;" },
		{ "name,code\n\"a,\"\"b\"\"\r\nc\",\"\"\n",
		  "2:name=a,\"b\"\r\nc;" },
		{ "name\n\"\"\"\"\n\"x\"", "2:name=\";3:name=x;" },
		{ "name\n'x\n'=x\n''=x\n'\n",
		  "2:name='x;3:name==x;4:name='=x;5:name=';" },
		{ "name\ne\xCC\x81", "2:name=é;" },
	};

	expect(*state, &form, files, COUNT_OF(files));
}

static void test_row_flaws(void **state)
{
	static const struct file files[] = {
		{ "name,code\na,b,c\nd,e\n",
		  "2:name=a,code=b!column 3 too-many-cells;3:name=d,code=e;" },
		{ "name,\na,b\n", "2:name=a!column 2 too-many-cells;" },
		{ "name,code\na\"b,c\nd,e\n",
		  "2:!name broken-quote;3:name=d,code=e;" },
		{ "name,code\na,\"b\"c\nd,e\n",
		  "2:name=a!code broken-quote;3:name=d,code=e;" },
		{ "name,code\na,\"b\nd,e\n", "2:name=a!code broken-quote;" },
		{ "name\n\"", "2:!name broken-quote;" },
		{ "name\n\"\"\"", "2:!name broken-quote;" },
		{ "name\n\"a\"\"", "2:!name broken-quote;" },
	};

	expect(*state, &form, files, COUNT_OF(files));
}

static void test_bad_headers(void **state)
{
	static const struct file files[] = {
		{ "", "! required" },
		{ "\n\n,,\n", "! required" },
		{ "\xEF\xBB\xBF", "! required" },
		{ "code\na", "!name required" },
		{ "name,x,y\na", "!x unknown!y unknown" },
		{ "name,姓名\na,b", "!姓名 repeated" },
		{ "name\tcode\na\tb", "!name\tcode unknown!name required" },
		{ "name,\"x\na,b", "!column 2 broken-quote" },
		{ "PK\x03\x04zip", "! bad-encoding" },
		{ "\xFF\xFEn", "! bad-encoding" },
	};
	struct buf b = { 0 };

	expect(*state, &form, files, COUNT_OF(files));
	buf_text(&b, "name");
	for (int i = 0; i < 64; i++)
		buf_text(&b, ",");
	assert_string_equal(read_as(*state, &form, b.at, b.used),
			    "! too-many-cells");
	assert_string_equal(read_as(*state, &form, b.at, b.used - 1), "");
	buf_close(&b);
}

static void test_lax(void **state)
{
	static const struct file files[] = {
		{ "x,name\n1,a\n", "2:name=a;" },
		{ "name\na\nb\nc\n", "2:name=a;3:name=b;4:name=c;" },
		{ "name\na\nb\nc\nd\ne\n", "2:name=a;3:name=b;4:name=c;"
					   "5:! too-many-rows;" },
	};

	expect(*state, &lax, files, COUNT_OF(files));
}

static void test_bounds(void **state)
{
	struct buf b = { 0 };

	buf_text(&b, "name,code\n");
	for (int i = 0; i < CSV_CELL_BYTES_MAX; i++)
		buf_byte(&b, 'x');
	buf_text(&b, ",b\n");
	assert_null(strstr(read_as(*state, &form, b.at, b.used), "!"));
	buf_clear(&b);
	buf_text(&b, "name,code\n");
	for (int i = 0; i <= CSV_CELL_BYTES_MAX; i++)
		buf_byte(&b, 'x');
	buf_text(&b, ",b\n");
	assert_string_equal(read_as(*state, &form, b.at, b.used),
			    "2:code=b!name too-long;");
	buf_close(&b);
	assert_string_equal(read_as(*state, &form, "name\na\0b", 8),
			    "2:!name control-character;");
}

/* "姓名,专业代码" CR LF "张三,710201" CR LF "李四,(bad)", in GB18030. */
#define GB_HEADER "\xD0\xD5\xC3\xFB,\xD7\xA8\xD2\xB5\xB4\xFA\xC2\xEB\r\n"
#define GB_ZHANG "\xD5\xC5\xC8\xFD"

static void test_gb18030(void **state)
{
	static const struct file files[] = {
		{ GB_HEADER GB_ZHANG ",710201\r\n",
		  "2:name=张三,code=710201;" },
		{ "\x84\x31\x95\x33" GB_HEADER GB_ZHANG ",1\r\n",
		  "2:name=张三,code=1;" },
		{ GB_HEADER "\"" GB_ZHANG "\"\"\",1\r\n",
		  "2:name=张三\",code=1;" },
		/* U+20218 in four bytes, its last one a digit. */
		{ GB_HEADER "\x95\x32\xB8\x32,1\r\n" GB_ZHANG ",2\r\n",
		  "2:name=\xF0\xA0\x88\x98,code=1;3:name=张三,code=2;" },
		{ GB_HEADER "\xFF,1\r\n" GB_ZHANG ",2\r\n",
		  "2:code=1!name bad-encoding;3:name=张三,code=2;" },
		{ GB_HEADER "\xD5,\xD5\r\n", "2:!name bad-encoding"
					     "!code bad-encoding;" },
	};

	expect(*state, &form, files, COUNT_OF(files));
}

static void test_bad_utf8(void **state)
{
	static const struct file files[] = {
		{ "姓名,专业代码\n张三,1\n李\xFF,2\n",
		  "2:name=张三,code=1;3:code=2!name bad-encoding;" },
		{ "\xEF\xBB\xBFname\n\xD5\xC5", "2:!name bad-encoding;" },
	};

	expect(*state, &form, files, COUNT_OF(files));
}

static void test_encoding(void **state)
{
	struct flaws flaws;
	struct csv *csv;

	flaws_init(&flaws, *state);
	csv = csv_open(*state, &form, GB_HEADER, strlen(GB_HEADER), &flaws);
	assert_non_null(csv);
	assert_string_equal(csv_encoding(csv), "GB18030");
	csv = csv_open(*state, &form, "name", 4, &flaws);
	assert_string_equal(csv_encoding(csv), "UTF-8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_rows),	      WITH_ARENA(test_row_flaws),
		WITH_ARENA(test_bad_headers), WITH_ARENA(test_lax),
		WITH_ARENA(test_bounds),      WITH_ARENA(test_gb18030),
		WITH_ARENA(test_bad_utf8),    WITH_ARENA(test_encoding),
	};

	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
