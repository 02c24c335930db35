/*
 * The word search on made-up postings, and the same postings and queries for
 * PostgreSQL. Everything comes from the seed, so both sides see the same.
 *
 *	ours postings N	COPY rows: id, published, the text of all fields for
 *			pg_trgm, and a tsvector of words and pairs
 *	ours queries N	a line a query: as typed, as tsquery, as patterns
 *	ours run N	queries from standard input as the line before has
 *			them; per query: found, microseconds; then a line of
 *			totals
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "matcher/insist.h"
#include "matcher/search.h"
#include "matcher/search_words.h"

enum { TEXT = 4096, PAGE = 20, BATCH = 20000 };

static const char *const things[] = {
	"机械", "电气", "数控", "会计", "出纳", "软件", "网络", "汽车", "物流",
	"仓储", "护理", "幼儿", "烹饪", "酒店", "旅游", "建筑", "造价", "测绘",
	"化工", "制药", "食品", "纺织", "服装", "模具", "焊接", "自动化",
	"机器人", "新能源", "光伏", "半导体", "电子商务", "市场", "人力资源",
	"行政", "外贸", "报关", "影视", "动漫", "广告", "园林"};
static const char *const deeds[] = {
	"设计", "加工", "维护", "检修", "安装", "调试", "操作", "管理", "编程",
	"销售", "采购", "核算", "统计", "检验", "测试", "开发", "运营", "策划",
	"客服", "培训", "施工", "监理", "配送", "分拣", "包装", "装配"};
static const char *const posts[] = {"工程师", "技术员", "实习生",
				    "助理",   "专员",	"操作工",
				    "学徒",   "主管",	"文员"};
static const char *const latin[] = {"plc", "cad", "c++", "java", "excel", "erp",
				    "solidworks", "3d", "ps", "python"};
static const char *const gaps[] = {"，", "。", "；", "、"};

#define PICK(list, seed) list[skewed((seed), sizeof(list) / sizeof(*(list)))]

#define ANY(list, seed) list[dice((seed), sizeof(list) / sizeof(*(list)))]

static uint32_t dice(uint64_t *seed, uint32_t sides)
{
	uint64_t x = *seed += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((x ^ x >> 31) % sides);
}

/* The first ones more often, as in trades. */
static uint32_t skewed(uint64_t *seed, size_t sides)
{
	uint32_t a = dice(seed, (uint32_t)sides);

	return dice(seed, a + 1);
}

static void add(char *text, const char *more)
{
	size_t used = strlen(text);

	snprintf(text + used, TEXT - used, "%s", more);
}

/* What else a posting says: 10 to 25 characters of a few hundred. */
static void add_other(char *text, uint64_t *seed)
{
	for (uint32_t i = 10 + dice(seed, 16); i > 0; i--) {
		uint32_t c = 0x4e00 + dice(seed, 20) * dice(seed, 40);
		char more[] = {(char)(0xe0 | c >> 12),
			       (char)(0x80 | (c >> 6 & 63)),
			       (char)(0x80 | (c & 63)), '\0'};

		add(text, more);
	}
}

struct sheet {
	char field[MATCH_SEARCH_FIELDS][TEXT];
};

static void fill_sheet(struct sheet *sheet, uint32_t number)
{
	uint64_t seed = (uint64_t)number << 20;
	char *text = sheet->field[MATCH_FIELD_TEXT];

	memset(sheet, 0, sizeof(*sheet));
	add(sheet->field[MATCH_FIELD_TITLE], PICK(things, &seed));
	add(sheet->field[MATCH_FIELD_TITLE], PICK(deeds, &seed));
	add(sheet->field[MATCH_FIELD_TITLE], PICK(posts, &seed));
	add(sheet->field[MATCH_FIELD_ENTERPRISE], PICK(things, &seed));
	add(sheet->field[MATCH_FIELD_ENTERPRISE], "有限公司");
	add(sheet->field[MATCH_FIELD_SKILLS], PICK(latin, &seed));
	add(sheet->field[MATCH_FIELD_SKILLS], "\n");
	add(sheet->field[MATCH_FIELD_SKILLS], PICK(deeds, &seed));
	for (uint32_t i = 4 + dice(&seed, 6); i > 0; i--) {
		add(text, ANY(things, &seed));
		add(text, ANY(deeds, &seed));
		if (dice(&seed, 8) == 0)
			add(text, PICK(latin, &seed));
		add_other(text, &seed);
		add(text, PICK(gaps, &seed));
	}
}

/* Words and pairs with positions and the field's letter, as a tsvector. */
static void print_vector(const struct sheet *sheet)
{
	static const char weights[] = "ACBD";
	uint32_t begin = 1;

	for (int f = 0; f < MATCH_SEARCH_FIELDS; f++) {
		struct match_text text = {sheet->field[f],
					  (uint32_t)strlen(sheet->field[f])};
		struct match_reader reader = match_reader_of(text);
		struct match_word word;
		uint32_t last = begin;

		while (match_read_word(&reader, &word)) {
			last = begin + word.position;
			printf("'%.*s':%" PRIu32 "%c ", (int)word.text.bytes,
			       word.text.at, last, weights[f]);
		}
		begin = last + 4;
	}
}

static void print_postings(uint32_t count)
{
	static struct sheet sheet;

	for (uint32_t i = 0; i < count; i++) {
		fill_sheet(&sheet, i);
		printf("%" PRIu32 "\t%" PRIu32 "\t", i, i * 7919 % 1000003);
		for (int f = 0; f < MATCH_SEARCH_FIELDS; f++)
			for (const char *c = sheet.field[f]; *c; c++)
				putchar(*c == '\n' ? ' ' : *c);
		putchar('\t');
		print_vector(&sheet);
		putchar('\n');
	}
}

/* A phrase of characters or a word, as a tsquery. */
static void print_tsquery(const char *phrase)
{
	struct match_text text = {phrase, (uint32_t)strlen(phrase)};
	struct match_reader reader = match_reader_of(text);
	struct match_word word;
	uint32_t last = 0;
	bool is_first = true;

	while (match_read_word(&reader, &word)) {
		bool is_pair = match_word_is_pair(&word);

		if (word.is_character && !is_pair)
			break;
		if (!is_first)
			printf("<%" PRIu32 ">", word.position - last);
		printf("'%.*s'", (int)word.text.bytes, word.text.at);
		last = word.position;
		is_first = false;
	}
}

static void print_queries(uint32_t count)
{
	uint64_t seed = 42;

	for (uint32_t i = 0; i < count; i++) {
		char phrase[2][64];
		uint32_t kind = dice(&seed, 4);
		uint32_t phrases = kind == 3 ? 2 : 1;

		snprintf(phrase[0], sizeof(phrase[0]), "%s%s",
			 ANY(things, &seed), kind > 1 ? "" : ANY(deeds, &seed));
		if (kind == 2)
			snprintf(phrase[0], sizeof(phrase[0]), "%s",
				 PICK(latin, &seed));
		snprintf(phrase[1], sizeof(phrase[1]), "%s",
			 ANY(deeds, &seed));
		for (uint32_t p = 0; p < phrases; p++)
			printf("%s\"%s\"", p ? " " : "", phrase[p]);
		putchar('\t');
		for (uint32_t p = 0; p < phrases; p++) {
			fputs(p ? " & (" : "(", stdout);
			print_tsquery(phrase[p]);
			putchar(')');
		}
		for (uint32_t p = 0; p < phrases; p++)
			printf("\t%s", phrase[p]);
		putchar('\n');
	}
}

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void put_sheet(struct match_search *search, uint32_t number)
{
	static struct sheet sheet;
	struct match_search_posting posting = {
		.published_us = number * 7919 % 1000003,
		.closes_us = INT64_MAX,
		.division = 330100 + number % 40,
		.industry = number % 90 + 1,
	};
	struct match_error error;

	fill_sheet(&sheet, number);
	for (int i = 0; i < 4; i++)
		posting.id[i] = (uint8_t)(number >> (24 - 8 * i));
	for (int f = 0; f < MATCH_SEARCH_FIELDS; f++)
		posting.field[f] = (struct match_text){
			sheet.field[f], (uint32_t)strlen(sheet.field[f])};
	MATCH_INSIST(match_search_put(search, &posting, &error));
	if (number % BATCH == BATCH - 1)
		MATCH_INSIST(match_search_publish(search, &error));
}

static void ask(const struct match_search_snapshot *snapshot, char *line)
{
	struct match_search_query query = {.want = PAGE, .has_facets = true};
	struct match_search_found found;
	struct match_error error;
	double start, took;

	line[strcspn(line, "\t\n")] = '\0';
	query.text = (struct match_text){line, (uint32_t)strlen(line)};
	start = now_us();
	MATCH_INSIST(match_search_find(snapshot, &query, &found, &error));
	took = now_us() - start;
	printf("%zu\t%.1f\n", found.count, took);
	match_search_found_free(&found);
}

/* One posting changed and published at a time: microseconds each. */
static double change_some(struct match_search *search, uint32_t count)
{
	struct match_error error;
	double start = now_us();
	uint32_t changes = 2000;

	for (uint32_t i = 0; i < changes; i++) {
		put_sheet(search, i * 7 % count);
		MATCH_INSIST(match_search_publish(search, &error));
	}
	return (now_us() - start) / changes;
}

static void run(uint32_t count)
{
	struct match_epochs *epochs = match_epochs_new();
	struct match_search *search = match_search_new(epochs);
	static char line[TEXT];
	struct match_error error;
	double start = now_us(), built;
	size_t bytes;

	MATCH_INSIST(epochs && search);
	for (uint32_t i = 0; i < count; i++)
		put_sheet(search, i);
	MATCH_INSIST(match_search_publish(search, &error));
	built = now_us() - start;
	bytes = match_search_bytes(match_search_read(search));
	while (fgets(line, sizeof(line), stdin))
		ask(match_search_read(search), line);
	printf("totals\t%zu\t%.0f\t%.1f\n", bytes, built,
	       change_some(search, count));
	match_search_free(search);
	match_epochs_free(epochs);
}

int main(int argc, char **argv)
{
	uint32_t count = argc == 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;

	if (count == 0)
		return 2;
	if (strcmp(argv[1], "postings") == 0)
		print_postings(count);
	else if (strcmp(argv[1], "queries") == 0)
		print_queries(count);
	else if (strcmp(argv[1], "run") == 0)
		run(count);
	else
		return 2;
	return 0;
}
