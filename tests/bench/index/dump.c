/*
 * The postings as rows for COPY, in the order of the columns of peer.sql.
 *
 * Usage: index_dump SPECIALTIES POSTINGS
 */
#include <stdio.h>
#include <stdlib.h>

#include "city.h"
#include "matcher/insist.h"

enum { FEN_PER_YUAN = 100 };

static void write_skills(const struct city_posting *made, bool required_only)
{
	const char *comma = "";

	printf("\t{");
	for (size_t i = 0; i < made->posting.facts.ask_count; i++) {
		if (required_only && !made->asks[i].is_required)
			continue;
		printf("%s%u", comma, made->skill[i]);
		comma = ",";
	}
	printf("}");
}

static void write_period(const struct match_posting *facts)
{
	if (facts->from == MATCH_NO_DAY)
		printf("\t\\N\t\\N\t%d", match_first_day(facts));
	else
		printf("\t%d\t%d\t%d", facts->from, facts->to, facts->from);
}

static void write_posting(uint32_t number)
{
	struct city_posting made;
	const struct match_posting *facts = &made.posting.facts;
	uint32_t code;

	city_posting(number, &made);
	code = facts->targets[0];
	printf("%u\t%lld\t%d\t%u\t%u\t%u\t%u\t%u\t%u\t%d\t%s\t%lld\t%lld",
	       number, (long long)facts->published_us, (int)facts->kind, code,
	       code / 100, match_specialty_class(code),
	       match_specialty_category(code), facts->division,
	       facts->division / 100 * 100, (int)facts->education_min,
	       facts->age_min ? "t" : "f",
	       (long long)facts->pay_min_fen / FEN_PER_YUAN,
	       (long long)facts->pay_max_fen / FEN_PER_YUAN);
	write_period(facts);
	printf("\t%zu", facts->ask_count);
	write_skills(&made, false);
	write_skills(&made, true);
	printf("\n");
}

int main(int argument_count, char **arguments)
{
	uint32_t count;

	MATCH_INSIST(argument_count == 3);
	city_open(arguments[1]);
	count = (uint32_t)strtoul(arguments[2], NULL, 10);
	for (uint32_t i = 0; i < count; i++)
		write_posting(i);
	return 0;
}
