/* Files in: read piece by piece, so that none is ever whole in memory. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "matcher/cli/cli.h"
#include "matcher/files/instance_file.h"
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

bool load_instance(const char *path, struct match_instance *instance,
		   char sha256[MATCH_SHA256_HEX])
{
	struct match_error error;
	uint64_t hash_key[2];
	int file = open_file(path);
	struct match_source source = {read_file, &file};
	bool is_read;

	if (file < 0)
		return false;
	is_read = draw_hash_key(hash_key);
	if (is_read) {
		is_read = match_instance_read(source, hash_key, instance,
					      sha256, &error);
		if (!is_read)
			complain("%s: %s", path, error.text);
	}
	close(file);
	return is_read;
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
