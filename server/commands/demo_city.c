/*
 * demo_city.c - the consortium, its policy and schools, and the two rounds as
 * drafts; the calendar; and how rows are copied in.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "commands/demo.h"

const char demo_slug[] = "demo";
const char demo_consortium[] = "0199d600-de00-7000-8000-000000000001";

/* The open round and every posting end within 75 days from now. */
enum { TERM_LEAD_DAYS = 75, DAY_MS = 86400000 };

/* ---- the calendar ---- */

static int32_t day_of(int year, int month, int day)
{
	char text[CLOCK_TEXT_BYTES];
	int32_t days;

	snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	must(clock_date(text, &days));
	return days;
}

const char *demo_term_day(struct arena *mem, const struct demo_term *term,
			  int months)
{
	int month = term->month - 1 + months;
	char text[CLOCK_TEXT_BYTES];

	clock_date_text(day_of(term->year + month / 12, month % 12 + 1, 1) - 1,
			text);
	return arena_text(mem, text, strlen(text));
}

struct demo_term demo_term_at(struct arena *mem, int64_t wall_ms)
{
	int32_t earliest = (int32_t)(wall_ms / DAY_MS) + TERM_LEAD_DAYS;
	char today[CLOCK_TEXT_BYTES];
	struct demo_term t = { .month = 3 };

	clock_date_text((int32_t)(wall_ms / DAY_MS), today);
	for (int i = 0; i < 4; i++)
		t.year = t.year * 10 + (today[i] - '0');
	while (day_of(t.year, t.month, 1) < earliest) {
		t.year += t.month == 9;
		t.month = 12 - t.month;
	}
	t.school_year = t.month == 9 ? t.year : t.year - 1;
	t.start = arena_print(mem, "%04d-%02d-01", t.year, t.month);
	t.end = demo_term_day(mem, &t, 6);
	return t;
}

/* ---- rows ---- */

bool demo_exec(struct demo *d, const char *statements)
{
	return sync_exec(d->s, statements, &d->fault);
}

bool demo_copy(struct demo *d, const char *into)
{
	const char *statement = arena_print(d->mem, "copy %s from stdin", into);
	int64_t rows;

	if (!sync_copy_begin(d->s, statement, &d->fault) ||
	    !sync_copy_bytes(d->s, d->lines.at, d->lines.used, &d->fault) ||
	    !sync_copy_end(d->s, &rows, &d->fault))
		return false;
	buf_clear(&d->lines);
	return true;
}

static const struct {
	const char *name, *kind, *division;
} schools[DEMO_SCHOOLS] = {
	{ "枫澜职业技术大学", "bachelor", "320506" },
	{ "棠川工业职业技术学院", "associate", "320583" },
	{ "泓禾信息职业技术学院", "associate", "320505" },
	{ "栖岚健康职业学院", "associate", "320581" },
	{ "汀越商务职业学院", "associate", "320508" },
	{ "砚溪中等专业学校", "secondary", "320507" },
	{ "桐汐中等专业学校", "secondary", "320509" },
	{ "岫禾技师学院", "technician", "320582" },
};

static bool add_schools(struct demo *d)
{
	char id[UUID_TEXT_BYTES];

	for (uint32_t i = 0; i < DEMO_SCHOOLS; i++)
		buf_print(&d->lines, "%s\t%s\t41329999%02u\t%s\t%s\t%s\n",
			  demo_consortium, demo_id(DEMO_SCHOOL, i, id), i + 1,
			  schools[i].name, schools[i].division,
			  schools[i].kind);
	return demo_copy(d, "school (consortium_id, id, code, name, "
			    "division_code, kind)");
}

/* Both are open from the beginning of the load: the first until its wishes
 * are in, the second for two months. */
static bool add_rounds(struct demo *d)
{
	static const char add[] =
		"insert into round (consortium_id, id, name, opens_at, "
		"closes_at, period_start, period_end, seed, seed_sha256) "
		"select $1, $2, $3, now() - $4::interval, "
		"now() + interval '60 days', $5, $6, $7, "
		"sha256(convert_to($7, 'UTF8'))";
	static const char *const said[][3] = {
		{ "第一批岗位实习", "21 days", "demonstration, round 1" },
		{ "第二批岗位实习", "1 day", "demonstration, round 2" },
	};

	for (uint32_t i = 0; i < COUNT_OF(said); i++) {
		char id[UUID_TEXT_BYTES];
		const char *name = arena_print(
			d->mem, "%d年%s%s", d->term.year,
			d->term.month == 3 ? "春季" : "秋季", said[i][0]);
		const char *const params[] = {
			demo_consortium, demo_id(DEMO_ROUND, i + 1, id), name,
			said[i][1], d->term.start, d->term.end, said[i][2],
		};
		struct rows *rows = sync_query(d->s, add, COUNT_OF(params),
					       params, &d->fault);

		if (!rows)
			return false;
		rows_release(rows);
	}
	return true;
}

/* A version that asks by size and industry, from a day to come on: what is
 * open now keeps the first. */
static bool add_policy_to_come(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem,
		"insert into policy (consortium_id, version, valid_from, "
		"floor_mille, staff_cap_mille, post_category_cap_mille, "
		"size_classes, floors, note) values ('%s', 2, "
		"(today_in_china() + 30)::timestamp at time zone "
		"'Asia/Shanghai', 20, 100, 200, "
		"'[{\"name\": \"微型\", \"staff_from\": 0}, "
		"{\"name\": \"小型\", \"staff_from\": 20}, "
		"{\"name\": \"中型\", \"staff_from\": 300}, "
		"{\"name\": \"大型\", \"staff_from\": 1000}]', "
		"'[{\"size_class\": \"微型\", \"floor_mille\": 0}, "
		"{\"industry_code\": \"C\", \"size_class\": \"大型\", "
		"\"floor_mille\": 30}]', "
		"'演示：微型企业不作要求，大型制造企业每百人接收不少于3人')",
		demo_consortium));
}

/* Floor 2 %, caps 10 % and 20 % are the policy's defaults, said here because
 * the city is to show them whatever the defaults become. */
bool demo_add_city(struct demo *d)
{
	const char *city = arena_print(
		d->mem,
		"insert into consortium (id, slug, name, division_code) "
		"values ('%s', '%s', '苏州演示市域产教联合体', '320500');"
		"insert into policy (consortium_id, version, valid_from, "
		"floor_mille, staff_cap_mille, post_category_cap_mille, note) "
		"values ('%s', 1, now() - interval '60 days', 20, 100, 200, "
		"'演示：每百名职工接收实习生不少于2人，不超过10人')",
		demo_consortium, demo_slug, demo_consortium);

	return demo_exec(d, city) && add_policy_to_come(d) &&
	       add_schools(d) && add_rounds(d);
}
