/* csv_write.c - rows out. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "wire/csv.h"

bool csv_is_formula(const char *text)
{
	/* The ASCII ones, and the full-width =, +, -, @. */
	static const char *const starts[] = {
		"=", "+", "-", "@", "\t", "\r", "\n", "\xEF\xBC\x9D",
		"\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0",
	};

	text += strspn(text, "'");
	for (size_t i = 0; i < COUNT_OF(starts); i++)
		if (text_starts(text, starts[i]))
			return true;
	return false;
}

void csv_begin(struct csv_writer *w, struct buf *out, bool is_defusing)
{
	*w = (struct csv_writer){ .out = out, .is_defusing = is_defusing };
	buf_text(out, "\xEF\xBB\xBF");
}

static void separate(struct csv_writer *w)
{
	if (w->is_in_row)
		buf_byte(w->out, ',');
	w->is_in_row = true;
}

void csv_text(struct csv_writer *w, const char *text)
{
	separate(w);
	if (!text)
		return;
	buf_byte(w->out, '"');
	if (w->is_defusing && csv_is_formula(text))
		buf_byte(w->out, '\'');
	for (;;) {
		size_t run = strcspn(text, "\"");

		buf_bytes(w->out, text, run);
		text += run;
		if (!*text)
			break;
		buf_text(w->out, "\"\"");
		text++;
	}
	buf_byte(w->out, '"');
}

void csv_int(struct csv_writer *w, int64_t value)
{
	separate(w);
	buf_print(w->out, "%" PRId64, value);
}

void csv_end_row(struct csv_writer *w)
{
	buf_text(w->out, "\r\n");
	w->is_in_row = false;
}
