/*
 * Files in: documents piece by piece, so that none is ever whole in memory; the
 * binary form mapped. Were a mapped file cut short meanwhile, the system would
 * end the program (SIGBUS), and nothing would be written.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
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

static bool read_packed(int file, const uint64_t hash_key[2],
			struct match_instance *instance,
			char sha256[MATCH_SHA256_HEX],
			struct match_error *error)
{
	struct match_packed packed;
	struct stat is;
	void *map;
	bool is_read;

	if (fstat(file, &is) < 0)
		return match_fail(error, MATCH_NOT_READ, "%s", strerror(errno));
	packed.count = (size_t)is.st_size;
	map = mmap(NULL, packed.count, PROT_READ, MAP_PRIVATE, file, 0);
	if (map == MAP_FAILED)
		return match_fail(error, MATCH_NOT_READ,
				  "it cannot be mapped: %s", strerror(errno));
	packed.bytes = map;
	is_read = match_packed_read(packed, hash_key, instance, sha256, error);
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
	is_read = *is_packed ? read_packed(file, hash_key, instance, sha256,
					   &error)
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
	digest_instance(instance, own_sha256);
	if (!strcmp(sha256, own_sha256))
		return true;
	complain("%s: that it was made from the document with SHA-256 %s "
		 "cannot be proven from it, since that document was not in the "
		 "layout that convert writes; use the document itself",
		 path, sha256);
	match_instance_free(instance);
	return false;
}

bool load_result(const char *path, const struct match_instance *instance,
		 struct match_result *result)
{
	struct match_error error;
	int file = open_file(path);
	struct match_source source = {read_file, &file};
	bool is_read;

	if (file < 0)
		return false;
	is_read = match_result_read(source, instance, result, &error);
	if (!is_read)
		complain("%s: %s", path, error.text);
	close(file);
	return is_read;
}
