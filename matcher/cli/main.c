/* duikou-matcher: placement rounds on files. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "matcher/cli/cli.h"

static const char usage[] =
	"Usage: duikou-matcher COMMAND OPTIONS\n"
	"\n"
	"  place   --mode stable --in INSTANCE --out RESULT\n"
	"          Place the students of an instance. RESULT appears whole or "
	"not at all.\n"
	"  verify  --in INSTANCE --result RESULT\n"
	"          Check a result, independently of how it was made; each "
	"fault "
	"has a\n"
	"          line on standard output.\n"
	"  --help, --version\n"
	"\n"
	"Exit status: 0 done, or sound; 1 the result is not sound; 2 a command "
	"or file\n"
	"that cannot be used, and nothing is written.\n";

struct command {
	const char *name;
	const char *options; /* those it needs, each followed by a space */
	enum exit_status (*run)(const struct options *options);
};

static const struct command commands[] = {
	{"place", "--mode --in --out ", run_place},
	{"verify", "--in --result ", run_verify},
};

/* Designed, and part of a later version: a clear answer beats a guess. */
static const char *const later[] = {
	"compare", "generate", "convert", "--threads", "--pin", "--progress",
};

enum exit_status complain(const char *format, ...)
{
	va_list arguments;

	fputs("duikou-matcher: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputs("\n", stderr);
	return EXIT_UNUSABLE;
}

static bool is_later(const char *word)
{
	for (size_t i = 0; i < sizeof(later) / sizeof(*later); i++)
		if (!strcmp(word, later[i]))
			return true;
	return false;
}

static enum exit_status refuse_word(const char *kind, const char *word)
{
	if (is_later(word))
		return complain("%s is not available in this version", word);
	return complain("there is no %s \"%s\"; see duikou-matcher --help",
			kind, word);
}

/* Where an option of this command keeps its value, or NULL. */
static const char **value_of(const struct command *command, const char *name,
			     struct options *options)
{
	const char *found = strstr(command->options, name);

	if (strncmp(name, "--", 2) != 0 || !found || found[strlen(name)] != ' ')
		return NULL;
	if (!strcmp(name, "--mode"))
		return &options->mode;
	if (!strcmp(name, "--in"))
		return &options->in;
	if (!strcmp(name, "--out"))
		return &options->out;
	return &options->result;
}

static bool parse(const struct command *command, char **words,
		  struct options *options)
{
	for (; *words; words += 2) {
		const char **value = value_of(command, *words, options);

		if (!value) {
			refuse_word("option", *words);
			return false;
		}
		if (*value || !words[1]) {
			complain(*value ? "%s is given twice"
					: "%s needs a value",
				 *words);
			return false;
		}
		*value = words[1];
	}
	return true;
}

static enum exit_status run(const struct command *command, char **words)
{
	struct options options = {NULL, NULL, NULL, NULL};
	const char *name = command->options;

	if (!parse(command, words, &options))
		return EXIT_UNUSABLE;
	while (*name) {
		char word[16] = "";
		size_t length = strcspn(name, " ");

		memcpy(word, name, length);
		if (!*value_of(command, word, &options))
			return complain("%s needs %s", command->name, word);
		name += length + 1;
	}
	return command->run(&options);
}

static enum exit_status print(const char *text)
{
	if (fputs(text, stdout) < 0 || fflush(stdout) != 0)
		return complain("standard output cannot be written");
	return EXIT_DONE;
}

int main(int argument_count, char **arguments)
{
	if (argument_count < 2) {
		fputs(usage, stderr);
		return EXIT_UNUSABLE;
	}
	if (!strcmp(arguments[1], "--help"))
		return print(usage);
	if (!strcmp(arguments[1], "--version"))
		return print("duikou-matcher " DUIKOU_VERSION "\n");
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(arguments[1], commands[i].name))
			return run(&commands[i], arguments + 2);
	return refuse_word("command", arguments[1]);
}
