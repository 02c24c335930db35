/*
 * GET /v1/consortia/{consortium_id}/rarity-editions/{number} - what each word
 * weighs in it.
 */
#include "base/text.h"
#include "endpoints/policy_steps.h"
#include "records/rarity.h"
#include "wire/sql.h"

static flow_step find_edition, find_words, reply_words;

const struct endpoint get_rarity_edition = {
	.operation = "getRarityEdition",
	.method = "GET",
	.path = "/v1/consortia/{consortium_id}/rarity-editions/{number}",
	.allow = READERS_OF_POLICY,
	.is_paged = true,
	.steps = { find_edition, find_words, reply_words },
};

static enum flow_next find_edition(struct flow *f)
{
	int64_t number;

	if (!path_is_own_consortium(f))
		return FLOW_FAIL;
	if (!text_is_digits(path_text(f, "number")) ||
	    !text_to_int(path_text(f, "number"), &number) ||
	    number > INT32_MAX)
		return fail(f, FAULT_NOT_FOUND, "%s", "");
	return ask_one(f, SQL_RARITY_EDITION_EXISTS, P_CONSORTIUM(f),
		       P_INT(number));
}

static enum flow_next find_words(struct flow *f)
{
	return ask(f, SQL_RARITY_EDITION_WORDS, P_CONSORTIUM(f),
		   P_INT(rows_int(f->rows, 0, 0)), P_AFTER(f, 0),
		   P_AFTER(f, 1), PAGE_ROWS(f));
}

static enum flow_next reply_words(struct flow *f)
{
	return reply_page(f, rarity_word_write, RARITY_IS_CERTIFICATE_COLUMN,
			  RARITY_WORD_COLUMN);
}
