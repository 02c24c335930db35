/* duikou-matcher: placement rounds on files. */
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "matcher/cli/cli.h"
#include "matcher/memory.h"

static const char usage[] =
	"Usage: duikou-matcher COMMAND OPTIONS\n"
	"\n"
	"  place   --mode stable|optimal --in INSTANCE --out RESULT\n"
	"          [--pin [--previous RESULT]] [--threads N]\n"
	"          Place the students of an instance. RESULT appears whole or "
	"not at all.\n"
	"          --pin: who is pinned stays there, and the others get what "
	"that leaves;\n"
	"          with --previous the moves from that result are listed, and "
	"in mode\n"
	"          optimal they are as few as can be.\n"
	"  verify  --in INSTANCE --result RESULT [--previous RESULT]\n"
	"          Check a result, independently of how it was made; each "
	"fault "
	"has a\n"
	"          line on standard output.\n"
	"  explain --in INSTANCE --result RESULT\n"
	"          --student ID | --group ID | --posting ID\n"
	"          [--format text|json] [--lang zh|en]\n"
	"          Say why: what stood between a student and each posting "
	"above "
	"the one\n"
	"          received, why a group is short of its floor, whom a posting "
	"refused.\n"
	"          The result is verified first.\n"
	"  compare --in INSTANCE [--format text|json] [--lang zh|en]\n"
	"          Both modes side by side: shortfall, placed, score, choices, "
	"blocking\n"
	"          pairs, root groups. With changes (--set-cap ...): before "
	"and "
	"after.\n"
	"  generate --students N --seed N --out INSTANCE\n"
	"          Make up a realistic instance: the same numbers, the same "
	"bytes.\n"
	"  convert --in INSTANCE --out INSTANCE\n"
	"          Write an instance anew: in the binary form if the name ends "
	"in .dkp,\n"
	"          else as JSON. Every command reads both.\n"
	"  --set-cap GROUP=N|none, --set-floor GROUP=N, --set-capacity "
	"POSTING=N\n"
	"          What if: with any command but generate, as often as need "
	"be. The\n"
	"          instance is taken with these numbers instead; no file "
	"changes.\n"
	"  --help, --version\n"
	"  --progress with place, compare, generate and convert: say each "
	"stage on "
	"standard\n"
	"          error, as on a terminal.\n"
	"\n"
	"Exit status: 0 done, or sound; 1 the result is not sound; 2 a command "
	"or file\n"
	"that cannot be used, and nothing is written.\n";

struct command {
	const char *name;
	const char *needs; /* options, each followed by a space */
	const char *takes; /* those it may do without */
	enum exit_status (*run)(const struct options *options);
};

static const struct command commands[] = {
	{"place", "--mode --in --out ",
	 "--pin --previous --threads --progress " CHANGE_OPTIONS, run_place},
	{"verify", "--in --result ", "--previous " CHANGE_OPTIONS, run_verify},
	{"explain", "--in --result ",
	 "--student --group --posting --format --lang " CHANGE_OPTIONS,
	 run_explain},
	{"compare", "--in ", "--format --lang --progress " CHANGE_OPTIONS,
	 run_compare},
	{"generate", "--students --seed --out ", "--progress ", run_generate},
	{"convert", "--in --out ", "--progress " CHANGE_OPTIONS, run_convert},
};

/* Where an option keeps its value; a flag's value is its own name. */
static const struct option {
	const char *name;
	size_t offset;
	bool is_flag;
} all_options[] = {
	{"--mode", offsetof(struct options, mode), false},
	{"--in", offsetof(struct options, in), false},
	{"--out", offsetof(struct options, out), false},
	{"--result", offsetof(struct options, result), false},
	{"--students", offsetof(struct options, students), false},
	{"--seed", offsetof(struct options, seed), false},
	{"--student", offsetof(struct options, student), false},
	{"--group", offsetof(struct options, group), false},
	{"--posting", offsetof(struct options, posting), false},
	{"--format", offsetof(struct options, format), false},
	{"--lang", offsetof(struct options, lang), false},
	{"--threads", offsetof(struct options, threads), false},
	{"--progress", offsetof(struct options, progress), true},
	{"--pin", offsetof(struct options, pin), true},
	{"--previous", offsetof(struct options, previous), false},
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

void say_stage(const struct options *options, const char *format, ...)
{
	va_list arguments;

	if (!options->progress && !isatty(STDERR_FILENO))
		return;
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputs("\n", stderr);
}

/* Digits and nothing else; strtoull alone would take a sign and spaces. */
bool parse_number(const char *text, uint64_t *number)
{
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	*number = strtoull(text, &end, 10);
	return !errno && !*end;
}

static enum exit_status refuse_word(const char *kind, const char *word)
{
	return complain("there is no %s \"%s\"; see duikou-matcher --help",
			kind, word);
}

static bool is_among(const char *options, const char *name)
{
	const char *found = strstr(options, name);

	return found && found[strlen(name)] == ' ';
}

/* An option of this command by its whole name, or NULL. */
static const struct option *find_option(const struct command *command,
					const char *name)
{
	size_t count = sizeof(all_options) / sizeof(*all_options);

	if (!is_among(command->needs, name) && !is_among(command->takes, name))
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (!strcmp(name, all_options[i].name))
			return &all_options[i];
	return NULL;
}

static const char **value_of(const struct option *option,
			     struct options *options)
{
	return (const char **)((char *)options + option->offset);
}

/* Options that may come again: all are kept, in their order. */
static bool take_change(enum match_change_kind kind, char ***word,
			struct options *options)
{
	if (!(*word)[1]) {
		complain("%s needs a value", **word);
		return false;
	}
	options->changes[options->change_count].kind = kind;
	options->changes[options->change_count++].text = (*word)[1];
	*word += 2;
	return true;
}

/* Take the option at *word and its value; leaves *word at the next option. */
static bool take(const struct command *command, char ***word,
		 struct options *options)
{
	const struct option *option = find_option(command, **word);
	enum match_change_kind kind;
	const char **value;

	if (is_change_option(**word, &kind) && is_among(command->takes, **word))
		return take_change(kind, word, options);
	if (!option) {
		refuse_word("option", **word);
		return false;
	}
	value = value_of(option, options);
	if (*value || (!option->is_flag && !(*word)[1])) {
		complain(*value ? "%s is given twice" : "%s needs a value",
			 **word);
		return false;
	}
	*word += !option->is_flag;
	*value = *(*word)++;
	return true;
}

/* The first option that is needed and not there, or NULL. */
static const struct option *find_missing(const struct command *command,
					 struct options *options)
{
	const char *name = command->needs;

	while (*name) {
		char word[16] = "";
		size_t length = strcspn(name, " ");
		const struct option *option;

		memcpy(word, name, length);
		option = find_option(command, word);
		if (!*value_of(option, options))
			return option;
		name += length + 1;
	}
	return NULL;
}

static enum exit_status run_with(const struct command *command, char **words,
				 struct options *options)
{
	const struct option *missing;

	while (*words)
		if (!take(command, &words, options))
			return EXIT_UNUSABLE;
	missing = find_missing(command, options);
	if (missing)
		return complain("%s needs %s", command->name, missing->name);
	return command->run(options);
}

static enum exit_status run(const struct command *command, char **words)
{
	struct options options = {.mode = NULL};
	enum exit_status status;
	size_t count = 0;

	while (words[count])
		count++;
	options.changes = match_take(count, sizeof(*options.changes));
	if (!options.changes)
		return complain("there is no memory left");
	status = run_with(command, words, &options);
	match_drop(options.changes);
	return status;
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
