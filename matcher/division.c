/*
 * Division codes as numbers: province, city and county are two digits each. A
 * number that is no such code shares nothing with any other.
 */
#include "matcher/division.h"

enum { CITY_PSEUDO = 90 }; /* counties that a province administers itself */

static uint32_t province_of(uint32_t division)
{
	return division / 10000;
}

static bool is_municipality(uint32_t province)
{
	return province == 11 || province == 12 || province == 31 ||
	       province == 50;
}

/*
 * The city of a division as one number, 0 if it names none. A municipality is
 * one city; a county under the province directly is its own.
 */
static uint32_t city_of(uint32_t division)
{
	uint32_t province = province_of(division);
	uint32_t city = division / 100;

	if (is_municipality(province))
		return province * 100 + 1;
	if (city % 100 == CITY_PSEUDO)
		return division % 100 != 0 ? division : 0;
	return city % 100 != 0 ? city : 0;
}

uint32_t match_division_from_text(const char *digits)
{
	uint32_t number = 0;
	int count = 0;

	for (; digits[count] >= '0' && digits[count] <= '9'; count++) {
		if (count == 6)
			return 0;
		number = number * 10 + (uint32_t)(digits[count] - '0');
	}
	if (count != 6 || digits[6] != '\0' || number < 110000)
		return 0;
	/* A county without its city: 320005 is no division. */
	return number % 10000 == 0 || number / 100 % 100 != 0 ? number : 0;
}

enum match_place match_division_shared(uint32_t a, uint32_t b)
{
	if (a == 0 || b == 0)
		return MATCH_PLACE_AWAY;
	if (a == b && a % 100 != 0)
		return MATCH_PLACE_COUNTY;
	if (city_of(a) != 0 && city_of(a) == city_of(b))
		return MATCH_PLACE_CITY;
	if (province_of(a) == province_of(b))
		return MATCH_PLACE_PROVINCE;
	return MATCH_PLACE_AWAY;
}

bool match_division_is_in(uint32_t division, uint32_t area)
{
	if (division == 0 || area == 0)
		return false;
	if (area % 100 != 0 || division == area)
		return division == area;
	if (area % 10000 == 0 || is_municipality(province_of(area)))
		return province_of(division) == province_of(area);
	return division / 100 == area / 100;
}

uint32_t match_division_province(uint32_t division)
{
	return province_of(division) * 10000;
}
