/*
 * Texts from the tables: templates with {names} in braces, filled with the
 * numbers and names of one part or breach. Nothing here decides anything.
 */
#include "matcher/explain.h"

#include "matcher/insist.h"

#include <stdio.h>
#include <string.h>

enum { SLOT_MAX = 8, UNITS = MATCH_UNIT_ENTRY_YEAR + 1 };

/* Words going into the caller's buffer; once full, nothing more goes in. */
struct writer {
	char *out;
	size_t size;
	size_t used;
	bool is_full;
};

struct reason_row {
	const char *word;
	const char *text[2]; /* by enum match_language */
};

static const struct reason_row reasons[MATCH_REASON_COUNT] = {
#define MATCH_REASON(id, word, english, chinese) \
	[MATCH_REASON_##id] = {word, {chinese, english}},
#include "matcher/reasons.def"
#undef MATCH_REASON
};

static const char *const conditions[MATCH_CONDITION_COUNT][2] = {
#define MATCH_CONDITION(id, word, english, chinese) {chinese, english},
#include "matcher/conditions.def"
#undef MATCH_CONDITION
};

static const char *const levels[][2] = {
	[MATCH_EDUCATION_NONE] = {"学历未登记", "education not recorded"},
	[MATCH_EDUCATION_SECONDARY] = {"中职", "secondary level"},
	[MATCH_EDUCATION_ASSOCIATE] = {"高职专科", "associate level"},
	[MATCH_EDUCATION_BACHELOR] = {"职业本科", "bachelor level"},
};

/* How limit and actual are said; %s is where the number goes. */
static const char *const unit_forms[UNITS][2] = {
	[MATCH_UNIT_YEAR_OF_STUDY] = {"第 %s 学年", "year of study %s"},
	[MATCH_UNIT_YEARS] = {"%s 周岁", "age %s"},
	[MATCH_UNIT_GRADE] = {"%s 级", "grade %s"},
	[MATCH_UNIT_MINUTES] = {"%s 小时", "%s h"},
	[MATCH_UNIT_MONTHS] = {"%s 个月", "%s months"},
	[MATCH_UNIT_DAYS] = {"%s 天", "%s days"},
	[MATCH_UNIT_TIER] = {"第 %s 档", "tier %s"},
	[MATCH_UNIT_DIVISION] = {"%s", "%s"},
	[MATCH_UNIT_EDUCATION] = {"%s", "%s"},
	[MATCH_UNIT_COUNT] = {"%s 项", "%s"},
	[MATCH_UNIT_SPECIALTY] = {"%s", "%s"},
	[MATCH_UNIT_ENTRY_YEAR] = {"%s 级", "entry in %s"},
};

/* The longest start of a text that fits and ends with a whole character. */
static size_t whole_prefix(const char *text, size_t bytes, size_t room)
{
	if (bytes <= room)
		return bytes;
	while (room > 0 && ((unsigned char)text[room] & 0xC0) == 0x80)
		room--;
	return room;
}

static void write_bytes(struct writer *writer, const char *text, size_t bytes)
{
	size_t room = writer->size - 1 - writer->used;
	size_t kept = whole_prefix(text, bytes, room);

	if (writer->is_full)
		return;
	writer->is_full = kept < bytes;
	memcpy(writer->out + writer->used, text, kept);
	writer->used += kept;
	writer->out[writer->used] = '\0';
}

static void write_text(struct writer *writer, const char *text)
{
	write_bytes(writer, text, strlen(text));
}

static void write_number(struct writer *writer, int64_t number)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", (long long)number);
	write_text(writer, digits);
}

/* Hundredths as a decimal, without the decimals if there are none. */
static void write_yuan(struct writer *writer, int64_t fen)
{
	char digits[32];

	snprintf(digits, sizeof(digits), fen % 100 != 0 ? "%lld.%02d" : "%lld",
		 (long long)(fen / 100), (int)(fen % 100));
	write_text(writer, digits);
}

static void write_occupation(struct writer *writer, int64_t code)
{
	char digits[48];

	snprintf(digits, sizeof(digits), "%lld-%02d-%02d-%02d",
		 (long long)(code / 1000000), (int)(code / 10000 % 100),
		 (int)(code / 100 % 100), (int)(code % 100));
	write_text(writer, digits);
}

static void write_hours(struct writer *writer, int64_t minutes)
{
	char digits[32];

	snprintf(digits, sizeof(digits), "%lld:%02d", (long long)(minutes / 60),
		 (int)(minutes % 60));
	write_text(writer, digits);
}

static void write_level(struct writer *writer, enum match_language language,
			int64_t level)
{
	MATCH_INSIST(level >= 0 && level <= MATCH_EDUCATION_BACHELOR);
	write_text(writer, levels[level][language]);
}

static void write_comma(struct writer *writer, enum match_language language)
{
	write_text(writer, language == MATCH_CHINESE ? "、" : ", ");
}

/* The names of the asks whose bits are set. */
static void write_asks(struct writer *writer, enum match_language language,
		       const struct match_posting *posting, uint64_t which)
{
	bool is_first = true;

	for (size_t i = 0; i < posting->ask_count; i++) {
		const struct match_text *name = &posting->asks[i].name;

		if ((which >> i & 1) == 0)
			continue;
		if (!is_first)
			write_comma(writer, language);
		is_first = false;
		write_bytes(writer, name->at, name->bytes);
	}
}

static void write_conditions(struct writer *writer,
			     enum match_language language, uint64_t which)
{
	bool is_first = true;

	for (int i = 0; i < MATCH_CONDITION_COUNT; i++) {
		if ((which >> i & 1) == 0)
			continue;
		if (!is_first)
			write_comma(writer, language);
		is_first = false;
		write_text(writer, conditions[i][language]);
	}
}

struct part_words {
	enum match_language language;
	const struct match_part *part;
	const struct match_posting *posting;
};

/* Fill one slot of a reason's text, by the name between its braces. */
static void write_slot(struct writer *writer, const struct part_words *words,
		       const char *name)
{
	size_t length = strlen(name);
	int64_t number =
		name[length - 1] == 'a' ? words->part->a : words->part->b;

	if (strcmp(name, "asks") == 0)
		write_asks(writer, words->language, words->posting,
			   words->part->which);
	else if (length == 1)
		write_number(writer, number);
	else if (name[0] == 'y')
		write_yuan(writer, number);
	else if (name[0] == 'e')
		write_level(writer, words->language, number);
	else if (name[0] == 'o')
		write_occupation(writer, number);
}

static void fill_template(struct writer *writer, const char *text,
			  const struct part_words *words)
{
	char name[SLOT_MAX];

	for (;;) {
		size_t plain = strcspn(text, "{");

		write_bytes(writer, text, plain);
		if (text[plain] == '\0')
			return;
		text += plain + 1;

		size_t length = strcspn(text, "}");

		MATCH_INSIST(length > 0 && length < SLOT_MAX);
		MATCH_INSIST(text[length] == '}');
		memcpy(name, text, length);
		name[length] = '\0';
		write_slot(writer, words, name);
		text += length + 1;
	}
}

static struct writer writer_on(char *out, size_t size)
{
	MATCH_INSIST(size > 0);
	out[0] = '\0';
	return (struct writer){.out = out, .size = size};
}

const char *match_reason_word(enum match_reason reason)
{
	MATCH_INSIST(reason < MATCH_REASON_COUNT);
	return reasons[reason].word;
}

size_t match_reason_text(enum match_language language,
			 const struct match_part *part,
			 const struct match_posting *posting, char *out,
			 size_t size)
{
	struct writer writer = writer_on(out, size);
	struct part_words words = {language, part, posting};

	MATCH_INSIST(part->because < MATCH_REASON_COUNT);
	fill_template(&writer, reasons[part->because].text[language], &words);
	return writer.used;
}

/* A limit or an actual, in the unit of its rule. */
static void write_amount(struct writer *writer, enum match_language language,
			 enum match_unit unit, int64_t amount)
{
	const char *form = unit_forms[unit][language];
	size_t before = strcspn(form, "%");

	if (amount == MATCH_UNKNOWN) {
		write_text(writer, language == MATCH_CHINESE ? "未登记"
							     : "not recorded");
		return;
	}
	write_bytes(writer, form, before);
	if (unit == MATCH_UNIT_MINUTES)
		write_hours(writer, amount);
	else if (unit == MATCH_UNIT_EDUCATION)
		write_level(writer, language, amount);
	else
		write_number(writer, amount);
	write_text(writer, form + before + strlen("%s"));
}

/* "limit age 16, actual age 15" */
static void write_amounts(struct writer *writer, enum match_language language,
			  enum match_unit unit,
			  const struct match_breach *breach)
{
	bool is_chinese = language == MATCH_CHINESE;

	write_text(writer, is_chinese ? "（限值 " : " (limit ");
	write_amount(writer, language, unit, breach->limit);
	write_text(writer, is_chinese ? "，实际 " : ", actual ");
	write_amount(writer, language, unit, breach->actual);
	write_text(writer, is_chinese ? "）" : ")");
}

size_t match_breach_text(enum match_language language,
			 const struct match_breach *breach,
			 const struct match_posting *posting, char *out,
			 size_t size)
{
	const struct match_rule_card *card = match_rule_card(breach->rule);
	bool is_chinese = language == MATCH_CHINESE;
	struct writer writer = writer_on(out, size);

	write_text(&writer, is_chinese ? card->text_zh : card->text_en);
	if (card->unit != MATCH_UNIT_NONE)
		write_amounts(&writer, language, card->unit, breach);
	if (breach->which == 0)
		return writer.used;
	write_text(&writer, is_chinese ? "：" : ": ");
	if (card->unit == MATCH_UNIT_COUNT)
		write_asks(&writer, language, posting, breach->which);
	else
		write_conditions(&writer, language, breach->which);
	return writer.used;
}
