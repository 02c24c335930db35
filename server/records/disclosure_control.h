/*
 * disclosure_control.h - which groups of a statistic may be shown without
 * telling of a small one: not by itself, and not by subtraction from others.
 *
 * The population is cut into atoms. Atoms that are too small are put together
 * with their neighbours into blocks, from the narrowest whole to the widest; a
 * group is shown if it is made of whole blocks. So whatever is asked, one by
 * one or together, is a sum over blocks, and of a block that has several atoms
 * nobody learns how it is divided: each of them may have anything from one to
 * the block's size less one for each other atom, a range of at least
 * threshold - 1.
 *
 * from  docs/destinations.md, "Small groups"
 */
#ifndef RECORDS_DISCLOSURE_CONTROL_H
#define RECORDS_DISCLOSURE_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CONTROL_WHOLES = 5 };

struct control_atom {
	int64_t count;			/* > 0 */
	size_t whole[CONTROL_WHOLES];	/* what it is part of, the narrowest
					   first; each lies within the next;
					   neighbours in the same have the same
					   number */
	size_t block;			/* out: an index of an atom in it */
};

/* A block, at the index of its first atom; others have no atoms. */
struct control_block {
	int64_t count, atoms;
	bool is_safe;			/* count - atoms >= threshold - 1 */
};

/*
 * Makes the blocks.
 *
 * in    atoms of one whole stand together, at each of the five
 * out   every atom's block; blocks[0..count)
 * ties  the smaller block joins, then the one whose first atom stands first:
 *       the same atoms make the same blocks
 */
void control_blocks(struct control_block *blocks, struct control_atom *atoms,
		    size_t count, int64_t threshold);

/*
 * May a group of these atoms be shown? touched has a zero for each atom there
 * is, and has again when this returns.
 *
 * in    members are indices of atoms, each once
 */
bool control_shows(const struct control_atom *atoms,
		   const struct control_block *blocks, const size_t *members,
		   size_t count, int64_t *touched);

#endif
