/* indicator.c - see indicator.h. */
#include "records/indicator.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "records/share.h"

/* How the words of indicators.def read here. */
#define NOTICE "教职成厅函〔2024〕20号"
#define NO_TARGET { AIM_NONE, 0 }
#define AT_LEAST(n) { AIM_LEAST, n }
#define AT_MOST(n) { AIM_MOST, n }
#define CERTAINTY_OFFICIAL "official"
#define CERTAINTY_LAW "law"
#define CERTAINTY_ASKED "asked"
#define CERTAINTY_OWN "own"

static const struct indicator_card cards[INDICATOR_COUNT] = {
#define INDICATOR(id, name_, group_, unit_, target_, certainty_, source_,      \
		  rows_, sum_, rows_of_, en, zh, what_en, what_zh, how_en,     \
		  how_zh)                                                      \
	[INDICATOR_##id] = { .name = name_, .group = INDICATOR_##group_,       \
			     .unit = UNIT_##unit_, .target = target_,          \
			     .certainty = CERTAINTY_##certainty_,              \
			     .source = source_, .rows = rows_,                 \
			     .rows_sum = sum_, .rows_of = rows_of_,            \
			     .title = { en, zh },                              \
			     .definition = { what_en, what_zh },               \
			     .formula = { how_en, how_zh } },
#include "records/indicators.def"
#undef INDICATOR
};

static const char *const unit_words[] = {
	[UNIT_SCHOOLS] = "schools", [UNIT_ENTERPRISES] = "enterprises",
	[UNIT_POSTINGS] = "postings", [UNIT_OPENINGS] = "openings",
	[UNIT_PEOPLE] = "people",
	[UNIT_COMPLAINTS] = "complaints", [UNIT_REASONS] = "reasons",
	[UNIT_SPECIALTIES] = "specialties", [UNIT_MINUTES] = "minutes",
	[UNIT_SHARE] = "share"
};

const struct indicator_card *indicator_card(enum indicator indicator)
{
	must(indicator < INDICATOR_COUNT);
	return &cards[indicator];
}

enum indicator indicator_named(const char *name)
{
	int i = 0;

	while (i < INDICATOR_COUNT && !text_same(cards[i].name, name))
		i++;
	return (enum indicator)i;
}

const char *indicator_group_word(enum indicator_group group)
{
	static const char *const words[INDICATOR_GROUPS] = {
		"basic", "substantive", "negative"
	};

	return words[group];
}

static int64_t value_of(enum indicator_unit unit,
			const struct indicator_count *count)
{
	if (unit != UNIT_SHARE || count->numerator == INDICATOR_NONE)
		return count->numerator;
	return share_of(count->numerator, count->denominator);
}

int64_t indicator_value(enum indicator indicator,
			const struct indicator_figure *figure)
{
	return figure->is_hidden ? INDICATOR_NONE :
	       value_of(cards[indicator].unit, &figure->now);
}

int64_t indicator_value_before(enum indicator indicator,
			       const struct indicator_figure *figure)
{
	return figure->is_hidden_before ? INDICATOR_NONE :
	       value_of(cards[indicator].unit, &figure->before);
}

bool indicator_is_met(enum indicator indicator, int64_t value)
{
	const struct indicator_target *target = &cards[indicator].target;

	must(target->aim != AIM_NONE && value >= 0);
	return target->aim == AIM_LEAST ? value >= target->value :
					  value <= target->value;
}

const char *indicator_fill(struct arena *mem, const char *text,
			   const struct indicator_period *period)
{
	char year[24];
	const struct { const char *name, *value; } marks[] = {
		{ "{from}", period->from }, { "{to}", period->to },
		{ "{year}", year }, { "{list}", period->list },
	};

	text_put_count(year, (uint64_t)period->year);
	for (size_t i = 0; text && i < COUNT_OF(marks); i++) {
		const char *at = strstr(text, marks[i].name);

		if (at && !marks[i].value)
			return NULL;
		if (at)
			text = arena_print(mem, "%.*s%s%s", (int)(at - text),
					   text, marks[i].value,
					   at + strlen(marks[i].name));
	}
	return text;
}

/* ---- JSON ---- */

static void member_count(struct json_writer *w, const char *name,
			 int64_t count)
{
	if (count == INDICATOR_NONE)
		json_member_null(w, name);
	else
		json_member_int(w, name, count);
}

static void write_count(struct json_writer *w, int64_t value, bool is_hidden,
			const struct indicator_count *count)
{
	member_count(w, "value", value);
	member_count(w, "numerator",
		     is_hidden ? INDICATOR_NONE : count->numerator);
	member_count(w, "denominator",
		     is_hidden ? INDICATOR_NONE : count->denominator);
}

static void write_card(struct json_writer *w,
		       const struct indicator_told *told,
		       const struct indicator_card *card)
{
	bool is_chinese = told->is_chinese;

	json_member_text(w, "id", card->name);
	json_member_text(w, "group", indicator_group_word(card->group));
	json_member_text(w, "name", card->title[is_chinese]);
	json_member_text(w, "definition", card->definition[is_chinese]);
	json_member_text(w, "formula", indicator_fill(
		told->mem, card->formula[is_chinese], told->period));
	json_member_text(w, "source", card->source);
	json_member_text(w, "certainty", card->certainty);
	json_member_text(w, "unit", unit_words[card->unit]);
}

static void write_before(struct json_writer *w,
			 const struct indicator_period *period,
			 enum indicator indicator,
			 const struct indicator_figure *figure)
{
	json_key(w, "before");
	json_object(w);
	json_member_text(w, "from", period->from_before);
	json_member_text(w, "to", period->to_before);
	write_count(w, indicator_value_before(indicator, figure),
		    figure->is_hidden_before, &figure->before);
	json_end(w);
}

static void write_target(struct json_writer *w, enum indicator indicator,
			 int64_t value)
{
	const struct indicator_target *target = &cards[indicator].target;
	bool is_told = target->aim != AIM_NONE && value != INDICATOR_NONE;

	member_count(w, "target", target->aim == AIM_NONE ? INDICATOR_NONE :
							    target->value);
	if (is_told)
		json_member_bool(w, "is_met",
				 indicator_is_met(indicator, value));
	else
		json_member_null(w, "is_met");
}

static void write_change(struct json_writer *w, int64_t value, int64_t before)
{
	if (value == INDICATOR_NONE || before == INDICATOR_NONE)
		json_member_null(w, "change");
	else
		json_member_int(w, "change", value - before);
}

void indicator_write(struct json_writer *w, const struct indicator_told *told,
		     enum indicator indicator,
		     const struct indicator_figure *figure)
{
	const struct indicator_card *card = indicator_card(indicator);
	int64_t value = indicator_value(indicator, figure);

	json_object(w);
	write_card(w, told, card);
	json_member_text(w, "from", told->period->from);
	json_member_text(w, "to", told->period->to);
	write_count(w, value, figure->is_hidden, &figure->now);
	json_member_bool(w, "is_hidden", figure->is_hidden);
	write_before(w, told->period, indicator, figure);
	write_change(w, value, indicator_value_before(indicator, figure));
	write_target(w, indicator, value);
	json_member_text(w, "rows", indicator_fill(told->mem, card->rows,
						   told->period));
	json_member_text(w, "rows_sum", card->rows_sum);
	json_member_text(w, "rows_of", indicator_fill(told->mem,
						      card->rows_of,
						      told->period));
	json_end(w);
}
