/*
 * report_parts.h - what the parts of the report's page are written with: for
 * report_page.c and the files of its parts alone.
 */
#ifndef ENDPOINTS_REPORT_PARTS_H
#define ENDPOINTS_REPORT_PARTS_H

#include "endpoints/report_page.h"
#include "wire/markup.h"

struct words {
	const char *zh, *en;
};

struct page_out {
	struct buf *out;
	struct flow *flow;
	const struct report *report;
};

static inline bool is_english(const struct page_out *p)
{
	return p->flow->lang == LANG_EN;
}

static inline const char *say(const struct page_out *p, const char *zh,
			      const char *en)
{
	return is_english(p) ? en : zh;
}

static inline void put(const struct page_out *p, const char *before,
		       const char *text, const char *after)
{
	buf_text(p->out, before);
	markup_text(p->out, text);
	buf_text(p->out, after);
}

/* As plot_value has it. */
static inline const char *number_text(const struct page_out *p, int64_t value,
				      enum plot_unit unit)
{
	char *text = arena_zeroed(p->flow->mem, 1, PLOT_VALUE_BYTES);

	plot_value(value, unit, text);
	return text;
}

/* A cell of a number; text is ours. */
static inline void put_number(const struct page_out *p, const char *text)
{
	buf_print(p->out, "<td class=\"n\">%s</td>", text);
}

/* Of one of the three; i: as quadrant_level has it. */
static inline const char *level_name(const struct page_out *p, int i)
{
	static const struct words names[QUADRANT_LEVELS] = {
		{ "中职", "Secondary" }, { "高职专科", "Associate" },
		{ "本科", "Bachelor" },
	};

	return say(p, names[i].zh, names[i].en);
}

/* A table's first row. */
void write_heads(const struct page_out *p, const struct words *heads,
		 size_t count, size_t text_count);

/* The parts, each in the file of its name. */
void write_plots(const struct page_out *p);
void write_quadrant(const struct page_out *p);
void write_lists(const struct page_out *p);

#endif
