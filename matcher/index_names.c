/*
 * A table of open addressing whose bins are filled by one writer, each once,
 * and never emptied: a reader sees an empty bin or a whole name. A table that
 * fills up is replaced by one of twice the size.
 */
#include "matcher/index_names.h"

#include "matcher/insist.h"
#include "matcher/memory.h"

#include <stdatomic.h>
#include <string.h>

enum { FIRST_BINS = 256, NAMES_MAX = 1 << 30 };

struct name {
	uint64_t hash;
	uint32_t number;
	uint32_t bytes;
	char at[];
};

/* by_number stands behind the bins, of half their count. */
struct table {
	uint32_t bin_count; /* a power of two */
	_Atomic(struct name *) *by_number;
	_Atomic(struct name *) bin[];
};

struct match_names {
	struct match_epochs *epochs;
	_Atomic(struct table *) table;
	uint32_t count;
	size_t bytes;
};

static uint64_t hash_of(struct match_text text)
{
	uint64_t hash = UINT64_C(0xCBF29CE484222325);

	for (uint32_t i = 0; i < text.bytes; i++)
		hash = (hash ^ (unsigned char)text.at[i]) *
		       UINT64_C(0x100000001B3);
	return hash ^ hash >> 29;
}

static size_t table_bytes(uint32_t bin_count)
{
	return sizeof(struct table) +
	       (size_t)bin_count * 3 / 2 * sizeof(struct name *);
}

static struct table *table_new(uint32_t bin_count)
{
	struct table *table = match_take(1, table_bytes(bin_count));

	if (!table)
		return NULL;
	table->bin_count = bin_count;
	table->by_number = table->bin + bin_count;
	return table;
}

/* The bin that holds the text, or the empty one where it would be put. */
static uint32_t bin_of(const struct table *table, struct match_text text,
		       uint64_t hash)
{
	uint32_t bin = (uint32_t)hash & (table->bin_count - 1);

	for (;; bin = (bin + 1) & (table->bin_count - 1)) {
		const struct name *name = atomic_load(&table->bin[bin]);

		if (!name)
			return bin;
		if (name->hash == hash && name->bytes == text.bytes &&
		    (text.bytes == 0 ||
		     memcmp(name->at, text.at, text.bytes) == 0))
			return bin;
	}
}

static void table_put(struct table *table, uint32_t bin, struct name *name)
{
	atomic_store(&table->by_number[name->number], name);
	atomic_store(&table->bin[bin], name);
}

struct match_names *match_names_new(struct match_epochs *epochs)
{
	struct match_names *names = match_take(1, sizeof(*names));
	struct table *table = table_new(FIRST_BINS);

	if (!names || !table) {
		match_drop(names);
		match_drop(table);
		return NULL;
	}
	names->epochs = epochs;
	names->bytes = sizeof(*names) + table_bytes(FIRST_BINS);
	atomic_init(&names->table, table);
	return names;
}

void match_names_free(struct match_names *names)
{
	struct table *table;

	if (!names)
		return;
	table = atomic_load(&names->table);
	for (uint32_t i = 0; i < names->count; i++)
		match_drop(atomic_load(&table->by_number[i]));
	match_drop(table);
	match_drop(names);
}

static bool grow(struct match_names *names)
{
	struct table *old = atomic_load(&names->table);
	struct table *table = table_new(old->bin_count * 2);

	if (!table)
		return false;
	for (uint32_t i = 0; i < names->count; i++) {
		struct name *name = atomic_load(&old->by_number[i]);
		struct match_text text = {name->at, name->bytes};

		table_put(table, bin_of(table, text, name->hash), name);
	}
	names->bytes +=
		table_bytes(table->bin_count) - table_bytes(old->bin_count);
	atomic_store(&names->table, table);
	match_epochs_retire(names->epochs, old, match_drop);
	return true;
}

static struct name *name_new(struct match_text text)
{
	struct name *name = match_take(1, sizeof(*name) + text.bytes);

	if (!name)
		return NULL;
	name->hash = hash_of(text);
	name->bytes = text.bytes;
	if (text.bytes != 0)
		memcpy(name->at, text.at, text.bytes);
	return name;
}

bool match_names_add(struct match_names *names, struct match_text text,
		     uint32_t *number)
{
	struct table *table = atomic_load(&names->table);
	struct name *name;

	*number = match_names_find(names, text);
	if (*number != MATCH_NO_NAME)
		return true;
	if (names->count == NAMES_MAX ||
	    (names->count == table->bin_count / 2 && !grow(names)))
		return false;
	table = atomic_load(&names->table);
	name = name_new(text);
	if (!name)
		return false;
	*number = name->number = names->count++;
	names->bytes += sizeof(*name) + text.bytes;
	table_put(table, bin_of(table, text, name->hash), name);
	return true;
}

uint32_t match_names_find(const struct match_names *names,
			  struct match_text text)
{
	const struct table *table = atomic_load(&names->table);
	const struct name *name =
		atomic_load(&table->bin[bin_of(table, text, hash_of(text))]);

	return name ? name->number : MATCH_NO_NAME;
}

struct match_text match_names_text(const struct match_names *names,
				   uint32_t number)
{
	const struct table *table = atomic_load(&names->table);
	const struct name *name = atomic_load(&table->by_number[number]);

	MATCH_INSIST(name);
	return (struct match_text){name->at, name->bytes};
}

size_t match_names_bytes(const struct match_names *names)
{
	return names->bytes;
}
