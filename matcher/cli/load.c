/*
 * Files in: documents piece by piece, so that none is ever whole in memory; the
 * binary form mapped. If a mapped file is cut short meanwhile, the system sends
 * SIGBUS: nothing is half-done then, so the program says so and ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "matcher/cli/cli.h"
#include "matcher/files/instance_file.h"
#include "matcher/files/packed_file.h"
#include "matcher/files/result_file.h"
#include "matcher/files/source.h"

static bool read_file(void *from, char *bytes, size_t room, size_t *count)
{
	const int *file = from;
	ssize_t got;

	do
		got = read(*file, bytes, room);
	while (got < 0 && errno == EINTR);
	*count = got < 0 ? 0 : (size_t)got;
	return got >= 0;
}

static int open_file(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0)
		complain("%s: %s", path, strerror(errno));
	return file;
}

bool draw_hash_key(uint64_t hash_key[2])
{
	const ssize_t wanted = 2 * sizeof(*hash_key);

	if (getrandom(hash_key, (size_t)wanted, 0) == wanted)
		return true;
	complain("no random numbers: %s", strerror(errno));
	return false;
}

/* A pipe cannot be looked into beforehand; it holds a JSON document. */
static bool is_packed_file(int file)
{
	char sign[MATCH_PACKED_SIGN_BYTES];
	ssize_t count = pread(file, sign, sizeof(sign), 0);

	return count > 0 && match_packed_is(sign, (size_t)count);
}

static const char *mapped_path;

/* Only what a signal handler may do. */
static void end_cut_short(int signal)
{
	static const char start[] = "duikou-matcher: ";
	static const char end[] = ": it was cut short while it was read\n";
	const struct iovec parts[] = {
		{(void *)(uintptr_t)start, sizeof(start) - 1},
		{(void *)(uintptr_t)mapped_path, strlen(mapped_path)},
		{(void *)(uintptr_t)end, sizeof(end) - 1},
	};

	(void)signal;
	/* If even that cannot be said, there is nobody to tell. */
	(void)!writev(STDERR_FILENO, parts, 3);
	_exit(EXIT_UNUSABLE);
}

/* From now on for as long as the file at path is mapped; NULL: no longer. */
static void mind_the_map(const char *path)
{
	struct sigaction action = {.sa_handler = SIG_DFL};

	mapped_path = path;
	if (path)
		action.sa_handler = end_cut_short;
	sigaction(SIGBUS, &action, NULL);
}

/* The binary form, of an open file. */
struct packed_file {
	const char *path;
	int file;
};

static bool read_packed(const struct packed_file *from,
			const uint64_t hash_key[2],
			struct match_instance *instance,
			char sha256[MATCH_SHA256_HEX],
			struct match_error *error)
{
	struct match_packed packed;
	struct stat is;
	void *map;
	bool is_read;

	if (fstat(from->file, &is) < 0)
		return match_fail(error, MATCH_NOT_READ, "%s", strerror(errno));
	packed.count = (size_t)is.st_size;
	map = mmap(NULL, packed.count, PROT_READ, MAP_PRIVATE, from->file, 0);
	if (map == MAP_FAILED)
		return match_fail(error, MATCH_NOT_READ,
				  "it cannot be mapped: %s", strerror(errno));
	packed.bytes = map;
	mind_the_map(from->path);
	is_read = match_packed_read(packed, hash_key, instance, sha256, error);
	mind_the_map(NULL);
	munmap(map, packed.count);
	return is_read;
}

/* As load_instance, and which of the two forms it was. */
static bool load_either(const char *path, struct match_instance *instance,
			char sha256[MATCH_SHA256_HEX], bool *is_packed)
{
	struct match_error error;
	uint64_t hash_key[2];
	int file = open_file(path);
	struct match_source source = {read_file, &file};
	bool is_read;

	if (file < 0)
		return false;
	*is_packed = is_packed_file(file);
	if (!draw_hash_key(hash_key)) {
		close(file);
		return false;
	}
	is_read = *is_packed ? read_packed(&(struct packed_file){path, file},
					   hash_key, instance, sha256, &error)
			     : match_instance_read(source, hash_key, instance,
						   sha256, &error);
	if (!is_read)
		complain("%s: %s", path, error.text);
	close(file);
	return is_read;
}

bool load_instance(const char *path, struct match_instance *instance,
		   char sha256[MATCH_SHA256_HEX])
{
	bool is_packed;

	return load_either(path, instance, sha256, &is_packed);
}

bool load_proven_instance(const char *path, struct match_instance *instance,
			  char sha256[MATCH_SHA256_HEX])
{
	char own_sha256[MATCH_SHA256_HEX];
	bool is_packed;

	if (!load_either(path, instance, sha256, &is_packed))
		return false;
	if (!is_packed)
		return true;
	match_instance_digest(instance, own_sha256);
	if (!strcmp(sha256, own_sha256))
		return true;
	complain("%s: that it was made from the document with SHA-256 %s "
		 "cannot be proven from it, since that document was not in the "
		 "layout that convert writes; use the document itself",
		 path, sha256);
	match_instance_free(instance);
	return false;
}

static bool load_either_result(const char *path,
			       const struct match_instance *instance,
			       bool is_previous, struct match_result *result)
{
	struct match_error error;
	int file = open_file(path);
	struct match_source source = {read_file, &file};
	bool is_read;

	if (file < 0)
		return false;
	is_read =
		is_previous
			? match_previous_read(source, instance, result, &error)
			: match_result_read(source, instance, result, &error);
	if (!is_read)
		complain("%s: %s", path, error.text);
	close(file);
	return is_read;
}

bool load_result(const char *path, const struct match_instance *instance,
		 struct match_result *result)
{
	return load_either_result(path, instance, false, result);
}

bool load_previous(const char *path, const struct match_instance *instance,
		   struct match_result *previous)
{
	return load_either_result(path, instance, true, previous);
}
