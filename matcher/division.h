/*
 * Division codes (GB/T 2260): 320505 a county, 320500 its city, 320000 its
 * province.
 */
#ifndef MATCHER_DIVISION_H
#define MATCHER_DIVISION_H

#include <stdbool.h>
#include <stdint.h>

/* Best first. */
enum match_place {
	MATCH_PLACE_COUNTY,
	MATCH_PLACE_CITY,
	MATCH_PLACE_PROVINCE,
	MATCH_PLACE_MOVE, /* further away, and the student would go anywhere */
	MATCH_PLACE_AWAY, /* further away, and nothing says that he would go */
};

#define MATCH_PLACE_COUNT 5

/* The number of a code of 6 digits, "320505"; 0 if it is not one. */
uint32_t match_division_from_text(const char *digits);

/*
 * Whether a division lies in an area: is the area or is under it. False if
 * either is 0. Beijing, Tianjin, Shanghai and Chongqing are one city each,
 * whatever their pseudo-prefectures (310100, 500200) say.
 */
bool match_division_is_in(uint32_t division, uint32_t area);

/*
 * The nearest of COUNTY, CITY, PROVINCE that two divisions share, else AWAY.
 *
 * A code of a city shares no county, one of a province no city. Counties that
 * the province administers itself (419001, 429004: "prefecture" 90) share
 * their province only: each is a city of its own.
 */
enum match_place match_division_shared(uint32_t a, uint32_t b);

/* The province of a division as a code, 320000; 0 for 0. */
uint32_t match_division_province(uint32_t division);

#endif
