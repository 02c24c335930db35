/*
 * specialty_text.c - small tables of words, each a habit of schools: seen in
 * the class lists of real colleges and in enrolment plans.
 */
#include "records/specialty_text.h"

#include <string.h>

#include "base/text.h"

static size_t scalar_bytes(const char *at)
{
	unsigned char lead = (unsigned char)*at;

	return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* How long the word is that stands at, or 0. */
static size_t word_at(const char *at, const char *const *words)
{
	for (; *words; words++)
		if (text_starts(at, *words))
			return strlen(*words);
	return 0;
}

/* A copy without what stands in brackets, and without blanks. */
static char *without_brackets(struct arena *mem, const char *text)
{
	static const char *const opens[] = { "(", "[", "{", "【", "〔", "〈",
					     "《", "「", NULL };
	static const char *const closes[] = { ")", "]", "}", "】", "〕", "〉",
					      "》", "」", NULL };
	char *out = arena_array(mem, char, strlen(text) + 1), *to = out;
	int depth = 0;

	while (*text) {
		size_t open = word_at(text, opens);
		size_t close = word_at(text, closes);
		size_t bytes = open + close ? open + close :
					      scalar_bytes(text);

		depth += open > 0;
		if (!depth && !close && *text != ' ' && *text != '\t') {
			memcpy(to, text, bytes);
			to += bytes;
		}
		depth -= close > 0 && depth > 0;
		text += bytes;
	}
	*to = '\0';
	return out;
}

/* Cuts one of the words off the end; true if one stood there. */
static bool cut_end(char *text, const char *const *words)
{
	size_t bytes = strlen(text);

	for (; *words; words++) {
		size_t word = strlen(*words);

		if (word < bytes &&
		    memcmp(text + bytes - word, *words, word) == 0) {
			text[bytes - word] = '\0';
			return true;
		}
	}
	return false;
}

static char *bare(struct arena *mem, const char *folded)
{
	static const char *const ends[] = { "专业", "方向", "班", "-", NULL };
	char *text = without_brackets(mem, folded);

	while (cut_end(text, ends))
		continue;
	return text;
}

const char *specialty_text_bare(struct arena *mem, const char *folded)
{
	return bare(mem, folded);
}

const char *specialty_text_of_class(struct arena *mem, const char *folded)
{
	static const char *const digits[] = {
		"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-", "#",
		"班", "专业", "方向", NULL
	};
	static const char *const numerals[] = {
		"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", NULL
	};
	static const char *const years[] = { "级", "届", "秋", "春", "年",
					     NULL };
	char *text = bare(mem, folded);
	bool is_numbered = strlen(text) < strlen(folded);
	size_t count = strspn(text, "0123456789");

	if (count)
		text += count + word_at(text + count, years);
	while (is_numbered && cut_end(text, numerals))
		continue;
	while (cut_end(text, digits))
		continue;
	return text[strspn(text, "0123456789-#")] ? text : "";
}

const char *specialty_text_joined(struct arena *mem, const char *folded)
{
	static const char *const words[] = { "以及", "与", "及", "和", "、",
					     "&", NULL };
	char *out = arena_array(mem, char, strlen(folded) + 1), *to = out;

	while (*folded) {
		size_t word = word_at(folded, words);
		size_t bytes = word ? word : scalar_bytes(folded);

		if (!word) {
			memcpy(to, folded, bytes);
			to += bytes;
		}
		folded += bytes;
	}
	*to = '\0';
	return out;
}

static bool has_word(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strstr(text, *words))
			return true;
	return false;
}

const char *specialty_text_level(const char *folded)
{
	static const char *const through[] = { "五年", "贯通", "分段", "衔接",
					       "3+2", "3+4", "中高职", "中本",
					       "高本", "专升本", NULL };
	static const char *const levels[][5] = {
		{ "secondary", "中职", "中专", "职高", NULL },
		{ "associate", "高职", "大专", "专科", NULL },
		{ "bachelor", "本科", NULL },
	};
	const char *found = NULL;

	if (has_word(folded, through))
		return NULL;
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		if (!has_word(folded, levels[i] + 1))
			continue;
		if (found)
			return NULL;
		found = levels[i][0];
	}
	return found;
}

size_t specialty_text_length(const char *text)
{
	return text_scalars(text, strlen(text));
}

bool specialty_text_abbreviates(const char *part, const char *whole)
{
	while (*part && *whole) {
		size_t bytes = scalar_bytes(whole);

		if (strncmp(part, whole, bytes) == 0)
			part += bytes;
		whole += bytes;
	}
	return !*part;
}
