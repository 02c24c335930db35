/* What-if: --set-cap, --set-floor, --set-capacity, as often as one likes. */
#include <string.h>

#include "matcher/cli/cli.h"
#include "matcher/files/instance_file.h"
#include "matcher/memory.h"

static const char *const names[] = {
	[MATCH_SET_CAP] = "--set-cap",
	[MATCH_SET_FLOOR] = "--set-floor",
	[MATCH_SET_CAPACITY] = "--set-capacity",
};

bool is_change_option(const char *word, enum match_change_kind *kind)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(word, names[i])) {
			*kind = (enum match_change_kind)i;
			return true;
		}
	return false;
}

static bool complain_of(const struct match_change *change)
{
	char text[MATCH_ERROR_BYTES];

	if (change->flaw == MATCH_CHANGE_SOUND)
		return false;
	match_change_text(change, text, sizeof(text));
	complain("%s %s: %s", names[change->kind], change->text, text);
	return true;
}

bool complain_of_changes(const struct options *options)
{
	bool is_told = false;

	for (uint32_t i = 0; i < options->change_count; i++)
		is_told |= complain_of(&options->changes[i]);
	return is_told;
}

static bool change_instance(const struct options *options,
		     struct match_instance *instance,
		     char sha256[MATCH_SHA256_HEX])
{
	struct match_error error;

	if (!options->change_count)
		return true;
	if (match_changes_apply(instance, options->changes,
				options->change_count, &error)) {
		match_instance_digest(instance, sha256);
		return true;
	}
	if (error.status == MATCH_NO_MEMORY)
		complain("%s", error.text);
	(void)complain_of_changes(options);
	return false;
}

bool load_changed_instance(const struct options *options, bool is_proven,
			   struct match_instance *instance,
			   char sha256[MATCH_SHA256_HEX])
{
	/* A changed instance is named by its own document, which proves it. */
	if (is_proven && !options->change_count)
		return load_proven_instance(options->in, instance, sha256);
	if (!load_instance(options->in, instance, sha256))
		return false;
	if (change_instance(options, instance, sha256))
		return true;
	match_instance_free(instance);
	return false;
}
