/* Buckets of posts: one sort by appeal, then a counting sort for each shelf. */
#include "matcher/shelves.h"

#include <stdlib.h>
#include <string.h>

#include "matcher/memory.h"

static const uint32_t bucket_count[MATCH_SHELF_COUNT] = {
	[MATCH_SAME_CLASS_AND_CITY] = MATCH_SHELF_CLASSES * MATCH_SHELF_CITIES,
	[MATCH_SAME_CLASS] = MATCH_SHELF_CLASSES,
	[MATCH_SAME_CATEGORY] = MATCH_SHELF_CATEGORIES,
	[MATCH_ANY_POST] = 1,
};

bool match_shelves_init(struct match_shelves *shelves, uint32_t post_count)
{
	bool is_there;

	memset(shelves, 0, sizeof(*shelves));
	shelves->post_count = post_count;
	shelves->post = match_take(post_count, sizeof(*shelves->post));
	is_there = shelves->post;
	for (int i = 0; i < MATCH_SHELF_COUNT; i++) {
		shelves->at[i] = match_take(post_count, sizeof(uint32_t));
		shelves->start[i] =
			match_take(bucket_count[i] + 1, sizeof(uint32_t));
		is_there = is_there && shelves->at[i] && shelves->start[i];
	}
	return is_there;
}

void match_shelves_free(struct match_shelves *shelves)
{
	match_drop(shelves->post);
	for (int i = 0; i < MATCH_SHELF_COUNT; i++) {
		match_drop(shelves->at[i]);
		match_drop(shelves->start[i]);
	}
}

static uint32_t bucket_of(const struct match_shelves *shelves,
			  enum match_shelf shelf, uint32_t class, uint32_t city)
{
	switch (shelf) {
	case MATCH_SAME_CLASS_AND_CITY:
		return class * MATCH_SHELF_CITIES + city;
	case MATCH_SAME_CLASS:
		return class;
	case MATCH_SAME_CATEGORY:
		return shelves->category_of[class];
	default:
		return 0;
	}
}

static uint32_t bucket_of_post(const struct match_shelves *shelves,
			       enum match_shelf shelf, uint32_t post)
{
	const struct match_shelf_post *p = &shelves->post[post];

	return bucket_of(shelves, shelf, p->class, p->city);
}

/* Put the posts into their buckets, in the order given. */
static void fill(struct match_shelves *shelves, enum match_shelf shelf,
		 const uint32_t *order)
{
	uint32_t *start = shelves->start[shelf];
	uint32_t count = bucket_count[shelf];

	for (uint32_t i = 0; i < shelves->post_count; i++)
		start[bucket_of_post(shelves, shelf, i) + 1]++;
	for (uint32_t i = 0; i < count; i++)
		start[i + 1] += start[i];
	for (uint32_t i = shelves->post_count; i-- > 0;) {
		uint32_t k = bucket_of_post(shelves, shelf, order[i]);

		shelves->at[shelf][--start[k + 1]] = order[i];
	}
	/* Each end has come down to its bucket's start: move them by one. */
	memmove(start, start + 1, count * sizeof(*start));
	start[count] = shelves->post_count;
}

static int compare_appeal(const void *a, const void *b, void *posts)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	const struct match_shelf_post *post = posts;

	if (post[x].appeal != post[y].appeal)
		return post[x].appeal > post[y].appeal ? -1 : 1;
	return (x > y) - (x < y);
}

bool match_shelves_fill(struct match_shelves *shelves)
{
	uint32_t *order = match_take(shelves->post_count, sizeof(*order));

	if (!order)
		return false;
	for (uint32_t i = 0; i < shelves->post_count; i++)
		order[i] = i;
	qsort_r(order, shelves->post_count, sizeof(*order), compare_appeal,
		shelves->post);
	for (int i = 0; i < MATCH_SHELF_COUNT; i++)
		fill(shelves, (enum match_shelf)i, order);
	match_drop(order);
	return true;
}

uint32_t match_shelves_draw(const struct match_shelves *shelves,
			    struct match_chance *chance, enum match_shelf shelf,
			    uint32_t class, uint32_t city)
{
	for (int i = shelf;; i++) {
		uint32_t k =
			bucket_of(shelves, (enum match_shelf)i, class, city);
		uint32_t first = shelves->start[i][k];
		uint32_t count = shelves->start[i][k + 1] - first;

		if (count)
			return shelves->at[i][first + match_chance_steep(
							      chance, count)];
	}
}
