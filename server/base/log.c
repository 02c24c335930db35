/* log.c - a line is made whole in memory and leaves in one write. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

enum { LINE_BYTES = 2048 };

static const char *const level_words[] = { "fatal", "error", "warn", "info",
					   "debug" };
static enum log_level shown = LOG_INFO;

void log_set_level(enum log_level level)
{
	shown = level;
}

bool log_level_from_word(const char *word, enum log_level *out)
{
	for (size_t i = 0; i < COUNT_OF(level_words); i++)
		if (text_same(word, level_words[i])) {
			*out = (enum log_level)i;
			return true;
		}
	return false;
}

bool log_is_on(enum log_level level)
{
	return level <= shown;
}

/* Keep room for the newline; a longer line is cut. */
static size_t clip(size_t used)
{
	return used < LINE_BYTES - 2 ? used : LINE_BYTES - 2;
}

void log_line(enum log_level level, const char *event, const char *format, ...)
{
	char line[LINE_BYTES], now[CLOCK_TEXT_BYTES];
	size_t used;
	va_list args;
	ssize_t done;

	if (!log_is_on(level))
		return;
	clock_rfc3339(clock_wall_ms(), now);
	used = clip((size_t)snprintf(line, sizeof(line),
				     "%s level=%s event=\"%s\" ", now,
				     level_words[level], event));
	va_start(args, format);
	used = clip(used + (size_t)vsnprintf(line + used, sizeof(line) - used,
					     format, args));
	va_end(args);
	for (size_t i = 0; i < used; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
			line[i] = ' ';
	line[used++] = '\n';
	done = write(STDERR_FILENO, line, used);
	(void)done;	/* there is nowhere left to report it */
}
