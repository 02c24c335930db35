/*
 * Files out. The umask is asked for by setting it, which is safe here: the
 * program has one thread.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "matcher/cli/cli.h"
#include "matcher/files/instance_file.h"
#include "matcher/files/packed_file.h"
#include "matcher/files/result_file.h"
#include "matcher/insist.h"

static bool write_file(void *to, const char *bytes, size_t count)
{
	const int *file = to;

	while (count) {
		ssize_t put = write(*file, bytes, count);

		if (put < 0 && errno != EINTR)
			return false;
		if (put > 0) {
			bytes += put;
			count -= (size_t)put;
		}
	}
	return true;
}

/* Nobody who names the same file twice means to lose the instance. */
bool is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* A rename would put a file in the place of a device or a directory. */
static bool is_replaceable(const char *path)
{
	struct stat there;

	if (stat(path, &there) < 0)
		return true; /* whatever ails it, creating will say so */
	if (!S_ISREG(there.st_mode))
		complain("%s is there and is not a regular file", path);
	return S_ISREG(there.st_mode);
}

/* The new name lasts only when its directory is synced, too. */
static bool sync_directory(const char *path)
{
	char directory[PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t length = slash ? (size_t)(slash - path) + 1 : 0;
	int file;
	bool is_synced;

	memcpy(directory, path, length);
	snprintf(directory + length, 2, ".");
	file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (file < 0)
		return false;
	is_synced = fsync(file) == 0;
	close(file);
	return is_synced;
}

/* What is to be written, and how. */
struct document {
	void (*write)(const struct document *document, struct match_sink *sink);
	const struct match_instance *instance;
	const struct match_result *result;
	const char *sha256;
};

static void write_result(const struct document *document,
			 struct match_sink *sink)
{
	match_result_write(document->instance, document->result, sink);
}

static void write_instance(const struct document *document,
			   struct match_sink *sink)
{
	match_instance_write(document->instance, sink);
}

static void write_packed(const struct document *document,
			 struct match_sink *sink)
{
	match_packed_write(document->instance, document->sha256, sink);
}

static bool write_document(int file, const struct document *document)
{
	mode_t mask = umask(0);
	struct match_sink sink;

	umask(mask);
	match_sink_init(&sink, write_file, &file);
	document->write(document, &sink);
	return match_sink_finish(&sink, NULL) &&
	       fchmod(file, 0666 & ~mask) == 0 && fsync(file) == 0;
}

static bool save(const char *path, const struct document *document)
{
	char beside[PATH_MAX];
	int file, length;
	bool is_saved;

	if (!is_replaceable(path))
		return false;
	length = snprintf(beside, sizeof(beside), "%s.XXXXXX", path);
	if (length < 0 || (size_t)length >= sizeof(beside)) {
		complain("%s: the path is too long", path);
		return false;
	}
	file = mkstemp(beside);
	if (file < 0) {
		complain("%s: %s", path, strerror(errno));
		return false;
	}
	is_saved = write_document(file, document);
	is_saved = close(file) == 0 && is_saved;
	is_saved = is_saved && rename(beside, path) == 0;
	if (!is_saved) {
		complain("%s: %s", path, strerror(errno));
		unlink(beside);
		return false;
	}
	if (!sync_directory(path))
		complain("%s is written, but may not outlive a power cut: %s",
			 path, strerror(errno));
	return true;
}

bool save_result(const char *path, const struct match_instance *instance,
		 const struct match_result *result)
{
	struct document document = {write_result, instance, result, NULL};

	return save(path, &document);
}

static bool ends_in_dkp(const char *path)
{
	size_t length = strlen(path);

	return length >= 4 && !strcmp(path + length - 4, ".dkp");
}

bool save_instance(const char *path, const struct match_instance *instance,
		   const char sha256[MATCH_SHA256_HEX])
{
	struct document document = {write_instance, instance, NULL, sha256};

	if (ends_in_dkp(path))
		document.write = write_packed;
	return save(path, &document);
}

