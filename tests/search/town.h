/* Random postings and queries over few characters, so that much is found. */
#ifndef TESTS_SEARCH_TOWN_H
#define TESTS_SEARCH_TOWN_H

#include "plain.h"

enum { TOWN_TEXT = 900, TOWN_ITEMS = 4 };

struct town_posting {
	struct match_search_posting posting;
	uint32_t targets[3];
	char text[MATCH_SEARCH_FIELDS][TOWN_TEXT];
	bool is_there;
};

struct town_query {
	struct plain_item items[TOWN_ITEMS];
	int count;
	char text[512];
	struct match_search_filter filter;
	uint8_t enterprise[16];
};

uint32_t town_dice(uint64_t *seed, uint32_t sides);

/* Its id is made of the serial number. */
void town_posting(struct town_posting *of, uint32_t serial, uint64_t *seed);
void town_query(struct town_query *query, uint64_t *seed);

#endif
