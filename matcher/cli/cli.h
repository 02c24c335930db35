/*
 * What the commands of duikou-matcher share.
 */
#ifndef MATCHER_CLI_CLI_H
#define MATCHER_CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/error.h"
#include "matcher/files/sink.h"
#include "matcher/instance.h"
#include "matcher/result.h"
#include "matcher/sha256.h"

/* What the program says to its caller. */
enum exit_status {
	EXIT_DONE = 0,
	EXIT_NOT_SOUND = 1, /* verify: the result has faults */
	EXIT_UNUSABLE = 2,  /* the command, a file or the machine */
};

struct options {
	const char *mode, *in, *out, *result; /* NULL: not given */
	const char *students, *seed;
};

/* Say on standard error what is wrong; returns EXIT_UNUSABLE. */
enum exit_status complain(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

enum exit_status run_place(const struct options *options);
enum exit_status run_verify(const struct options *options);
enum exit_status run_generate(const struct options *options);

/*
 * Read a file of either kind; complains itself, naming the file.
 */
bool load_instance(const char *path, struct match_instance *instance,
		   char sha256[MATCH_SHA256_HEX]) MATCH_MUST_CHECK;
bool load_result(const char *path, const struct match_instance *instance,
		 struct match_result *result) MATCH_MUST_CHECK;

/* Two numbers that nobody can guess, for the tables of ids; complains itself.
 */
bool draw_hash_key(uint64_t hash_key[2]) MATCH_MUST_CHECK;

/*
 * Write a document to a file that is there whole or not at all: it is written
 * beside its place under another name, synced, and renamed. Complains itself.
 */
bool save_result(const char *path, const struct match_instance *instance,
		 const struct match_result *result) MATCH_MUST_CHECK;
bool save_instance(const char *path,
		   const struct match_instance *instance) MATCH_MUST_CHECK;

#endif
