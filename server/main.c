/* main.c - picks the mode of the program; each mode is a file in commands/. */
#include <stdio.h>
#include <stdlib.h>

#include "base/config.h"
#include "base/log.h"
#include "base/text.h"
#include "commands/command.h"
#include "wire/db_url.h"
#include "wire/fold.h"

static int print_config(const struct config *config, char **arguments)
{
	(void)arguments;
	config_print(config, stdout);
	return EXIT_SUCCESS;
}

/* The words that name a mode, what must follow them, what it does. */
static const struct mode {
	const char *word, *second;	/* second: NULL if one word names it */
	const char *arguments;		/* shown; their count is the next */
	int argument_count;
	command_run *run;
	bool needs_database;
	const char *help;
} modes[] = {
	{ "--config", NULL, "", 0, print_config, false,
	  "print every setting with its value and meaning" },
	{ "serve", NULL, "", 0, serve_run, true,
	  "serve the API until SIGTERM" },
	{ "work", NULL, "", 0, work_run, true,
	  "take placement runs from the database, until SIGTERM" },
	{ "migrate", NULL, "", 0, migrate_run, true,
	  "bring the database's schema forward" },
	{ "check", NULL, "", 0, check_run, true,
	  "hold migrations and statements against the database" },
	{ "check", "--rights", "", 0, rights_run, false,
	  "print what each role may do: a JSON line per operation" },
	{ "reference", "load", " DIR", 1, reference_load_run, true,
	  "load code lists: DIR/lists.csv, DIR/specialty_occupations.csv" },
	{ "audit", "verify", "", 0, audit_verify_run, true,
	  "walk every audit; print its end; exit 1 if an entry does not fit" },
	{ "audit", "verify", " NOTED", 1, audit_verify_run, true,
	  "the same, and hold it to the ends printed earlier, in this file" },
	{ "demo", NULL, "", 0, demo_run, true,
	  "load the demonstration city, once, and print its accounts" },
};

/* How many words name the mode here; 0 if it is another. */
static int words_of(const struct mode *mode, int count, char **words)
{
	int named = mode->second ? 2 : 1;

	if (count != named + mode->argument_count ||
	    !text_same(words[0], mode->word) ||
	    (mode->second && !text_same(words[1], mode->second)))
		return 0;
	return named;
}

static int run_mode(const struct mode *mode, const struct config *config,
		    char **arguments)
{
	const char *flaw = mode->needs_database ?
			   db_url_flaw(config->database_url) : NULL;

	if (!fold_open()) {
		fprintf(stderr, "OpenCC's tables are missing (Debian: "
				"libopencc-data)\n");
		return EXIT_FAILURE;
	}
	if (!flaw)
		return mode->run(config, arguments);
	fprintf(stderr, "DATABASE_URL: %s (wanted: "
			"postgresql://user:password@host:port/name or "
			"\"host=... user=... dbname=...\")\n", flaw);
	return EXIT_FAILURE;
}

static void print_usage(FILE *out)
{
	fprintf(out, "usage: duikou-server MODE; settings come from the "
		     "environment\n");
	for (size_t i = 0; i < COUNT_OF(modes); i++)
		fprintf(out, "  %s%s%s%s\n      %s\n", modes[i].word,
			modes[i].second ? " " : "",
			modes[i].second ? modes[i].second : "",
			modes[i].arguments, modes[i].help);
}

int main(int argc, char **argv)
{
	struct config config;
	enum log_level level;

	if (argc == 2 && text_same(argv[1], "--help")) {
		print_usage(stdout);
		return EXIT_SUCCESS;
	}
	if (!config_read(&config, stderr))
		return EXIT_FAILURE;
	if (!log_level_from_word(config.log_level, &level)) {
		fprintf(stderr, "DUIKOU_LOG_LEVEL: no such level: %s\n",
			config.log_level);
		return EXIT_FAILURE;
	}
	log_set_level(level);
	for (size_t i = 0; argc > 1 && i < COUNT_OF(modes); i++) {
		int named = words_of(&modes[i], argc - 1, argv + 1);

		if (named)
			return run_mode(&modes[i], &config, argv + 1 + named);
	}
	print_usage(stderr);
	return EXIT_FAILURE;
}
