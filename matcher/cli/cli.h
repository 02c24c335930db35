/*
 * What the commands of duikou-matcher share.
 */
#ifndef MATCHER_CLI_CLI_H
#define MATCHER_CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/changes.h"
#include "matcher/error.h"
#include "matcher/files/sink.h"
#include "matcher/instance.h"
#include "matcher/result.h"
#include "matcher/sha256.h"

/* What the program says to its caller. */
enum exit_status {
	EXIT_DONE = 0,
	EXIT_NOT_SOUND = 1, /* verify, explain: the result has faults */
	EXIT_UNUSABLE = 2,  /* the command, a file or the machine */
};

struct options {
	const char *mode, *in, *out, *result; /* NULL: not given */
	const char *students, *seed, *progress, *pin, *previous, *threads;
	const char *student, *group, *posting, *format, *lang;
	struct match_change *changes; /* in the order of the words */
	uint32_t change_count;
};

/* Say on standard error what is wrong; returns EXIT_UNUSABLE. */
enum exit_status complain(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* Digits and nothing else; strtoull alone would take a sign and spaces. */
bool parse_number(const char *text, uint64_t *number) MATCH_MUST_CHECK;

enum exit_status run_place(const struct options *options);
enum exit_status run_verify(const struct options *options);
enum exit_status run_convert(const struct options *options);
enum exit_status run_generate(const struct options *options);
enum exit_status run_explain(const struct options *options);
enum exit_status run_compare(const struct options *options);

/*
 * Read a file; complains itself, naming the file. An instance may be in either
 * form.
 *
 * out    sha256 names the JSON document that the instance is, or comes from
 */
bool load_instance(const char *path, struct match_instance *instance,
		   char sha256[MATCH_SHA256_HEX]) MATCH_MUST_CHECK;
/*
 * The same; but what a binary file says of its document must be so: it fails
 * unless the document, written anew, has that SHA-256.
 */
bool load_proven_instance(const char *path, struct match_instance *instance,
			  char sha256[MATCH_SHA256_HEX]) MATCH_MUST_CHECK;
/*
 * The instance that --in and the changes asked for make; complains itself.
 *
 * in     is_proven: as load_proven_instance, if nothing changes it
 * out    sha256 names the document that the changed instance would be
 */
bool load_changed_instance(const struct options *options, bool is_proven,
			   struct match_instance *instance,
			   char sha256[MATCH_SHA256_HEX]) MATCH_MUST_CHECK;
bool load_result(const char *path, const struct match_instance *instance,
		 struct match_result *result) MATCH_MUST_CHECK;
/* The same, of a result of an earlier form of the instance. */
bool load_previous(const char *path, const struct match_instance *instance,
		   struct match_result *previous) MATCH_MUST_CHECK;

/* Is the word one of the options that change an instance? */
#define CHANGE_OPTIONS "--set-cap --set-floor --set-capacity "
bool is_change_option(const char *word, enum match_change_kind *kind);

/* Tell each flaw that match_changes_apply has found; true if there is one. */
bool complain_of_changes(const struct options *options);

/* Do both paths lead to one file that is there? */
bool is_same_file(const char *a, const char *b);

/* Two numbers that nobody can guess, for the tables of ids; complains itself.
 */
bool draw_hash_key(uint64_t hash_key[2]) MATCH_MUST_CHECK;

/*
 * Write a document to a file that is there whole or not at all: it is written
 * beside its place under another name, synced, and renamed. Complains itself.
 */
bool save_result(const char *path, const struct match_instance *instance,
		 const struct match_result *result) MATCH_MUST_CHECK;

/*
 * As save_result: in the binary form if the path ends in .dkp, else as JSON.
 *
 * in     sha256 is that of the document that the instance came from
 */
bool save_instance(const char *path, const struct match_instance *instance,
		   const char sha256[MATCH_SHA256_HEX]) MATCH_MUST_CHECK;

/* One line on standard error, on a terminal or if --progress asks for it. */
void say_stage(const struct options *options, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
