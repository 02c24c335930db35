/* match_fit.c - see match_fit.h. */
#include "records/match_fit.h"

enum { REASON_BYTES = 512 };

static void write_part(struct json_writer *w, const struct match_part *part,
		       const struct match_posting *posting,
		       enum match_language language)
{
	char text[REASON_BYTES];

	match_reason_text(language, part, posting, text, sizeof(text));
	json_object(w);
	json_member_text(w, "name", match_part_word(part->name));
	json_member_int(w, "weight", part->weight);
	json_member_int(w, "value", part->value);
	json_member_text(w, "because", match_reason_word(part->because));
	json_member_text(w, "detail", text);
	json_end(w);
}

static void write_breach(struct json_writer *w,
			 const struct match_breach *breach,
			 const struct match_posting *posting,
			 enum match_language language)
{
	const struct match_rule_card *card = match_rule_card(breach->rule);
	char text[REASON_BYTES];

	match_breach_text(language, breach, posting, text, sizeof(text));
	json_object(w);
	json_member_text(w, "rule", card->name);
	json_member_text(w, "source", card->source);
	json_member_text(w, "article", *card->article ? card->article : NULL);
	json_member_bool(w, "is_blocking", breach->action == MATCH_BLOCK);
	if (card->unit == MATCH_UNIT_NONE || breach->actual == MATCH_UNKNOWN) {
		json_member_null(w, "limit");
		json_member_null(w, "actual");
	} else {
		json_member_int(w, "limit", breach->limit);
		json_member_int(w, "actual", breach->actual);
	}
	json_member_text(w, "detail", text);
	json_end(w);
}

void match_fit_members(struct json_writer *w, const struct match_fit *fit,
		       const struct match_posting *posting,
		       enum match_language language)
{
	json_member_int(w, "score", fit->score);
	json_member_int(w, "tier", fit->tier);
	json_member_bool(w, "is_eligible", fit->is_eligible);
	json_member_int(w, "policy_version", fit->policy_version);
	if (fit->rarity_edition)
		json_member_int(w, "rarity_edition", fit->rarity_edition);
	else
		json_member_null(w, "rarity_edition");
	json_key(w, "parts");
	json_array(w);
	for (int i = 0; i < MATCH_PART_COUNT; i++)
		write_part(w, &fit->parts[i], posting, language);
	json_end(w);
	json_key(w, "broken_rules");
	json_array(w);
	for (size_t i = 0; i < fit->breach_count; i++)
		write_breach(w, &fit->breaches[i], posting, language);
	json_end(w);
}
