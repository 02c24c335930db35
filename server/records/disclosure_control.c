/* disclosure_control.c - see disclosure_control.h. */
#include "records/disclosure_control.h"

#include "base/base.h"

struct making {
	struct control_atom *atoms;
	struct control_block *blocks;
	int64_t threshold;
};

static void weigh(const struct making *m, size_t block)
{
	struct control_block *b = &m->blocks[block];

	b->is_safe = b->count - b->atoms >= m->threshold - 1;
}

/* `from` goes up in `into`, and with it all its atoms in [first, end). */
static void join(const struct making *m, size_t from, size_t into,
		 size_t first, size_t end)
{
	struct control_block *blocks = m->blocks;

	for (size_t i = first; i < end; i++)
		if (m->atoms[i].block == from)
			m->atoms[i].block = into;
	blocks[into].count += blocks[from].count;
	blocks[into].atoms += blocks[from].atoms;
	blocks[from] = (struct control_block){ 0, 0, false };
	weigh(m, into);
}

static bool is_unsafe(const struct control_block *b)
{
	return b->atoms > 0 && !b->is_safe;
}

/* The smallest safe block of a whole; end: there is none. */
static size_t smallest_safe(const struct making *m, size_t first, size_t end)
{
	size_t found = end;

	for (size_t i = first; i < end; i++)
		if (m->blocks[i].is_safe &&
		    (found == end ||
		     m->blocks[i].count < m->blocks[found].count))
			found = i;
	return found;
}

/* What is too small in a whole becomes one block; if that is still too small,
 * the smallest of the others joins it. */
static void join_whole(const struct making *m, size_t first, size_t end)
{
	size_t one = end, other;

	for (size_t i = first; i < end; i++) {
		if (!is_unsafe(&m->blocks[i]) || i == one)
			continue;
		if (one == end)
			one = i;
		else
			join(m, i, one, first, end);
		if (m->blocks[one].is_safe)
			one = end;
	}
	if (one == end)
		return;
	other = smallest_safe(m, first, end);
	if (other != end)
		join(m, one, other, first, end);
}

void control_blocks(struct control_block *blocks, struct control_atom *atoms,
		    size_t count, int64_t threshold)
{
	struct making m = { atoms, blocks, threshold };

	for (size_t i = 0; i < count; i++) {
		must(atoms[i].count > 0);
		atoms[i].block = i;
		m.blocks[i] = (struct control_block){ atoms[i].count, 1,
						      false };
		weigh(&m, i);
	}
	for (int level = 0; level < CONTROL_WHOLES; level++)
		for (size_t i = 0, end; i < count; i = end) {
			for (end = i + 1; end < count &&
			     atoms[i].whole[level] == atoms[end].whole[level];)
				end++;
			join_whole(&m, i, end);
		}
}

bool control_shows(const struct control_atom *atoms,
		   const struct control_block *blocks, const size_t *members,
		   size_t count, int64_t *touched)
{
	bool is_shown = true;

	for (size_t i = 0; i < count; i++)
		touched[atoms[members[i]].block]++;
	for (size_t i = 0; i < count; i++) {
		size_t block = atoms[members[i]].block;

		is_shown &= blocks[block].is_safe &&
			    touched[block] == blocks[block].atoms;
	}
	for (size_t i = 0; i < count; i++)
		touched[atoms[members[i]].block] = 0;
	return is_shown;
}
