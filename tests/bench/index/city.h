/*
 * The postings and students of the ranking benchmark, each made from its number
 * alone: the same for every contender. The codes are those of the catalogue;
 * classes and cities are as unevenly liked as they are.
 */
#ifndef TESTS_BENCH_INDEX_CITY_H
#define TESTS_BENCH_INDEX_CITY_H

#include "matcher/index.h"

enum { CITY_ASKS = 8, CITY_SKILLS = 11, CITY_WILLING = 3 };

struct city_posting {
	struct match_index_posting posting;
	uint32_t targets[2];
	struct match_ask asks[CITY_ASKS];
	uint32_t skill[CITY_ASKS]; /* the numbers of the asks' names */
};

struct city_student {
	struct match_student student;
	uint32_t willing[CITY_WILLING];
	struct match_text skills[CITY_SKILLS];
	uint32_t skill[CITY_SKILLS];
};

/* Read schema/reference/specialties.csv; before all else. */
void city_open(const char *specialties);

void city_posting(uint32_t number, struct city_posting *made);
void city_student(uint32_t number, struct city_student *made);

/* The id of a number: its bytes, the greatest first, so ids sort alike. */
void city_id(uint32_t number, uint8_t id[16]);
uint32_t city_number(const uint8_t id[16]);

#endif
