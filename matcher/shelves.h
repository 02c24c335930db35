/*
 * The posts of a made-up region as a student finds them: by class and city, by
 * class, by category, all; each bucket the most appealing first. A part of
 * generate.c.
 */
#ifndef MATCHER_SHELVES_H
#define MATCHER_SHELVES_H

#include <stdbool.h>
#include <stdint.h>

#include "matcher/chance.h"
#include "matcher/error.h"

#define MATCH_SHELF_CATEGORIES 19u
#define MATCH_SHELF_CLASSES 97u
#define MATCH_SHELF_CITIES 30u

/* The nearest first. */
enum match_shelf {
	MATCH_SAME_CLASS_AND_CITY,
	MATCH_SAME_CLASS,
	MATCH_SAME_CATEGORY,
	MATCH_ANY_POST,
	MATCH_SHELF_COUNT
};

struct match_shelf_post {
	uint32_t class, specialty, city;
	int32_t appeal; /* in MATCH_ONEs */
};

struct match_shelves {
	uint32_t category_of[MATCH_SHELF_CLASSES];
	uint32_t post_count;
	struct match_shelf_post *post;
	/* Bucket k of shelf s is at[s][start[s][k]..start[s][k + 1]). */
	uint32_t *at[MATCH_SHELF_COUNT], *start[MATCH_SHELF_COUNT];
};

/*
 * Take room; the caller then sets category_of and every post, and fills.
 *
 * fails  no memory; the shelves are then good for match_shelves_free only
 */
bool match_shelves_init(struct match_shelves *shelves,
			uint32_t post_count) MATCH_MUST_CHECK;
void match_shelves_free(struct match_shelves *shelves);
bool match_shelves_fill(struct match_shelves *shelves) MATCH_MUST_CHECK;

/*
 * A post for one of this class and city, the appealing ones likelier, from the
 * first shelf at or after the one named that has any.
 */
uint32_t match_shelves_draw(const struct match_shelves *shelves,
			    struct match_chance *chance, enum match_shelf shelf,
			    uint32_t class, uint32_t city);

#endif
