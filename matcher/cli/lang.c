/* There are two languages; the C library's catalogues would be much for that.
 */
#include "matcher/cli/lang.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool write_out(void *to, const char *bytes, size_t count)
{
	(void)to;
	return fwrite(bytes, 1, count, stdout) == count;
}

/* As the C library picks a language, of which there are two. */
static enum match_language language_of_caller(void)
{
	const char *locale = getenv("LC_ALL");

	if (!locale || !*locale)
		locale = getenv("LANG");
	return locale && !strncmp(locale, "zh", 2) ? MATCH_CHINESE
						   : MATCH_ENGLISH;
}

bool read_style(const struct options *options, struct style *style)
{
	const char *format = options->format, *lang = options->lang;

	style->is_json = format && !strcmp(format, "json");
	if (format && !style->is_json && strcmp(format, "text") != 0) {
		complain("there is no format \"%s\"; the formats are text and "
			 "json",
			 format);
		return false;
	}
	if (!lang) {
		style->language = language_of_caller();
		return true;
	}
	style->language = !strcmp(lang, "zh") ? MATCH_CHINESE : MATCH_ENGLISH;
	if (style->language == MATCH_ENGLISH && strcmp(lang, "en") != 0) {
		complain("there is no language \"%s\"; the languages are zh "
			 "and en",
			 lang);
		return false;
	}
	return true;
}

static void fill(struct match_sink *sink, const char *none,
		 const struct hole *hole)
{
	if (hole->kind == HOLE_NONE)
		match_sink_text(sink, none);
	else if (hole->kind == HOLE_ID)
		match_sink_bytes(sink, hole->id.text, hole->id.bytes);
	else if (hole->kind == HOLE_SIGNED)
		match_sink_signed(sink, hole->number);
	else
		match_sink_number(sink, hole->count);
}

void say_with_holes(struct match_sink *sink, const char *text, const char *none,
		    const struct hole *hole)
{
	const char *brace = strchr(text, '{');

	while (brace) {
		match_sink_bytes(sink, text, (size_t)(brace - text));
		fill(sink, none, &hole[brace[1] - '1']);
		text = brace + 3;
		brace = strchr(text, '{');
	}
	match_sink_text(sink, text);
}
