/* search_input.c - see search_input.h. */
#include "records/search_input.h"

#include <string.h>

#include "base/base.h"
#include "records/match_input.h"
#include "wire/fold.h"

enum { CLOSES_COLUMN = MATCH_POSTING_COLUMNS,
       INDUSTRY_COLUMN, DESCRIPTION_COLUMN, KIND_COLUMN = 1,
       PAY_COLUMN = 5, SKILLS_COLUMN = 16, SKILLS_COLUMNS = 4 };

uint32_t search_industry(const char *code)
{
	uint32_t number = 0;

	for (int i = 0; i < 4; i++) {
		number = number << 8 | (uint8_t)*code;
		code += *code != '\0';
	}
	return number;
}

void search_industry_text(uint32_t industry, char code[5])
{
	for (int i = 0; i < 4; i++)
		code[i] = (char)(industry >> (24 - 8 * i));
	code[4] = '\0';
}

static struct match_text folded(struct arena *mem, const char *text)
{
	const char *at = fold_text(mem, text);

	return (struct match_text){ at, (uint32_t)strlen(at) };
}

/* Skills and certificates, required and preferred, one a line. */
static struct match_text skills_of(struct arena *mem, const struct rows *rows,
				   int row)
{
	char *all = arena_text(mem, "", 0);

	for (int i = 0; i < SKILLS_COLUMNS; i++) {
		const char *some = rows_text(rows, row, SKILLS_COLUMN + i);

		all = arena_print(mem, "%s%s%s", all, *all && *some ? "\n" : "",
				  some);
	}
	for (char *at = all; *at; at++)
		if (*at == '\x1f')
			*at = '\n';
	return folded(mem, all);
}

void search_posting_from_row(struct match_search_posting *posting,
			     struct match_posting *facts, struct arena *mem,
			     const struct rows *rows, int row)
{
	struct uuid enterprise = rows_uuid(rows, row,
					   MATCH_POSTING_ENTERPRISE_COLUMN);

	match_posting_from_row(facts, mem, rows, row);
	*posting = (struct match_search_posting){
		.published_us = facts->published_us,
		.closes_us = rows_int(rows, row, CLOSES_COLUMN),
		.pay_fen = rows_is_null(rows, row, PAY_COLUMN) ?
				   -1 : facts->pay_min_fen,
		.kind = facts->kind,
		.education = facts->education_min,
		.division = facts->division,
		.industry = search_industry(
			rows_text(rows, row, INDUSTRY_COLUMN)),
		.targets = facts->targets,
		.target_count = facts->target_count,
	};
	memcpy(posting->id, facts->id, sizeof(posting->id));
	memcpy(posting->enterprise, enterprise.bytes,
	       sizeof(posting->enterprise));
	posting->field[MATCH_FIELD_TITLE] = folded(mem, rows_text(
		rows, row, MATCH_POSTING_TITLE_COLUMN));
	posting->field[MATCH_FIELD_ENTERPRISE] = folded(mem, rows_text(
		rows, row, MATCH_POSTING_ENTERPRISE_NAME_COLUMN));
	posting->field[MATCH_FIELD_SKILLS] = skills_of(mem, rows, row);
	posting->field[MATCH_FIELD_TEXT] = folded(mem, rows_text(
		rows, row, DESCRIPTION_COLUMN));
}
