/*
 * sheet_tidy.c - cells as people and Excel write them. What is none of what a
 * tidier knows is left as it is, for the table of fields to refuse.
 */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "records/sheet.h"
#include "wire/unicode.h"

/* The digits at *at, `most` at most; how many there were. */
static size_t take_digits(const char **at, size_t most)
{
	size_t count = strspn(*at, "0123456789");

	count = count < most ? count : most;
	*at += count;
	return count;
}

/* Step over one of the words, "" included if it is among them. */
static bool take_word(const char **at, const char *const *words)
{
	for (; *words; words++)
		if (text_starts(*at, *words)) {
			*at += strlen(*words);
			return true;
		}
	return false;
}

/* 2006/3/14, 2006年3月14日, 20060314, 2006-03-14 00:00:00: 2006-03-14. What
 * is none of these is left for the check of dates to refuse. */
const char *sheet_tidy_date(struct arena *mem, const char *text)
{
	static const char *const after_year[] = { "-", "/", ".", "年", NULL };
	static const char *const after_month[] = { "-", "/", ".", "月", NULL };
	static const char *const after_day[] = { "日", "号", " 00:00:00",
						 " 0:00:00", " 00:00",
						 " 0:00", "", NULL };
	const char *year = unicode_code(mem, text), *at = year, *month, *day;
	size_t month_digits, day_digits;

	if (strlen(year) == 8 && text_is_digits(year))
		return arena_print(mem, "%.4s-%.2s-%.2s", year, year + 4,
				   year + 6);
	if (take_digits(&at, 4) != 4 || !take_word(&at, after_year))
		return text;
	month = at;
	month_digits = take_digits(&at, 2);
	if (!month_digits || !take_word(&at, after_month))
		return text;
	day = at;
	day_digits = take_digits(&at, 2);
	if (!day_digits || !take_word(&at, after_day) || *at)
		return text;
	return arena_print(mem, "%.4s-%s%.*s-%s%.*s", year,
			   month_digits == 1 ? "0" : "", (int)month_digits,
			   month, day_digits == 1 ? "0" : "",
			   (int)day_digits, day);
}

/* 2024级, 2024年: 2024. */
const char *sheet_tidy_year(struct arena *mem, const char *text)
{
	static const char *const marks[] = { "级", "級", "年", "", NULL };
	const char *year = unicode_code(mem, text), *at = year;

	if (take_digits(&at, 4) == 4 && take_word(&at, marks) && !*at)
		return arena_text(mem, year, 4);
	return text;
}

const char *sheet_tidy_word(struct arena *mem, const char *text,
			    const char *const (*words)[2], size_t count)
{
	char *word = unicode_code(mem, text);

	for (size_t i = 0; i < count; i++)
		if (strcasecmp(word, words[i][0]) == 0)
			return words[i][1];
	return text;
}

const char *sheet_tidy_sex(struct arena *mem, const char *text)
{
	static const char *const words[][2] = {
		{ "男", "male" }, { "女", "female" }, { "男性", "male" },
		{ "女性", "female" }, { "male", "male" },
		{ "female", "female" }, { "M", "male" }, { "F", "female" },
	};

	return sheet_tidy_word(mem, text, words, COUNT_OF(words));
}

/* The end of the day is meant: what closes on a day is open on it. */
const char *sheet_tidy_time(struct arena *mem, const char *text)
{
	const char *code = unicode_code(mem, text);
	const char *date = sheet_tidy_date(mem, code);
	size_t day = strcspn(code, " T");
	const char *time = code + day + (code[day] != '\0');

	if (date != code)
		return arena_print(mem, "%sT23:59:59+08:00", date);
	date = sheet_tidy_date(mem, arena_text(mem, code, day));
	if (strlen(date) != 10 || strspn(time, "0123456789:") != strlen(time))
		return text;
	if (strlen(time) == 5)
		return arena_print(mem, "%sT%s:00+08:00", date, time);
	if (strlen(time) == 4)
		return arena_print(mem, "%sT0%s:00+08:00", date, time);
	if (strlen(time) == 8)
		return arena_print(mem, "%sT%s+08:00", date, time);
	return text;
}

/* Digits without the commas that group them; at most two behind a point. */
const char *sheet_tidy_fen(struct arena *mem, const char *text)
{
	static const char *const units[] = { "元/月", "元", "", NULL };
	const char *at = unicode_code(mem, text);
	char *yuan = arena_zeroed(mem, 1, strlen(at) + 3), *to = yuan;
	size_t part;

	at += text_starts(at, "¥") ? strlen("¥") : 0;
	for (; strspn(at, "0123456789,"); at++)
		if (*at != ',')
			*to++ = *at;
	part = *at == '.' ? strspn(at + 1, "0123456789") : 0;
	if (to == yuan || part > 2)
		return text;
	memcpy(to, "00", 2);
	if (part)
		memcpy(to, at + 1, part);
	at += part ? part + 1 : 0;
	return take_word(&at, units) && !*at ? yuan : text;
}

/* The item from..end behind the others, unless it is blank. */
static char *add_item(struct arena *mem, const char *from, const char *end,
		      char *to)
{
	const char *item = unicode_trim(
		mem, arena_text(mem, from, (size_t)(end - from)));
	size_t bytes = strlen(item);

	if (!bytes)
		return to;
	memcpy(to, item, bytes);
	to[bytes] = ',';
	return to + bytes + 1;
}

/* "焊接、CAD， 钳工": with single commas and without blanks around them. */
const char *sheet_tidy_list(struct arena *mem, const char *text)
{
	static const char *const marks[] = { ",", "，", "、", ";", "；", NULL };
	char *all = arena_array(mem, char, strlen(text) + 2), *to = all;
	const char *from = text, *at = text;

	while (*at) {
		const char *end = at;

		if (take_word(&at, marks)) {
			to = add_item(mem, from, end, to);
			from = at;
		} else {
			at++;
		}
	}
	to = add_item(mem, from, at, to);
	if (to > all)
		to[-1] = '\0';
	return all;
}
