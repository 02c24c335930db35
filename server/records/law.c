/* law.c - see law.h. */
#include "records/law.h"

#include <assert.h>

#include "base/text.h"
#include "matcher/align.h"
#include "matcher/rules.h"
#include "records/posting.h"

/* How the words of law.def read here. */
enum {
	AT_PUBLISH = LAW_AT_PUBLISH,
	AT_APPLY = LAW_AT_APPLY,
	AT_ACCEPT = LAW_AT_ACCEPT,
	AT_SIGN = LAW_AT_SIGN,
	AT_START = LAW_AT_START,
	AT_READ = LAW_AT_READ,
	AT_ENTER = LAW_AT_ENTER,
	AT_DECLARE = LAW_AT_DECLARE,
	AT_VERIFY = LAW_AT_VERIFY,
	FOR_NO_POSTING = 0,
	FOR_INTERNS = 1 << MATCH_INTERNSHIP,
	FOR_PLACED = 1 << MATCH_INTERNSHIP | 1 << MATCH_APPRENTICESHIP,
	FOR_APPRENTICES = 1 << MATCH_APPRENTICESHIP,
	FOR_ORDER_CLASSES = 1 << MATCH_ORDER_CLASS,
	FOR_TAUGHT = FOR_APPRENTICES | FOR_ORDER_CLASSES,
	FOR_PAID = FOR_PLACED | 1 << MATCH_JOB,
	FOR_EVERYBODY = (1 << MATCH_KIND_COUNT) - 1,
};

static const char *const kind_words[] = { "block", "warn", "required" };
static const char *const level_words[] = { "publish", "apply", "accept",
					   "sign", "start", "read", "enter",
					   "declare", "verify" };

/* name NULL: the rest is in matcher/rules.def, under of_pair. */
static const struct row {
	struct law_card card;
	enum match_rule of_pair;
} rows[] = {
	[LAW_NONE] = { .card = { .name = "" } },
#define LAW_OF_PAIR(id, levels_, policy_)                                      \
	[LAW_##id] = { .card = { .levels = levels_, .policy = policy_ },       \
		       .of_pair = MATCH_RULE_##id },
#define LAW(id, name_, source_, kind_, levels_, for_, policy_, article_,       \
	    english_, chinese_)                                                \
	[LAW_##id] = { .card = { name_, source_, LAW_KIND_##kind_, levels_,    \
				 FOR_##for_, policy_, article_, english_,      \
				 chinese_ } },
#include "records/law.def"
#undef LAW_OF_PAIR
#undef LAW
};

struct law_card law_card(enum law law)
{
	struct law_card card;
	const struct match_rule_card *pair;

	must(law > LAW_NONE && law < LAW_COUNT);
	card = rows[law].card;
	if (card.name)
		return card;
	pair = match_rule_card(rows[law].of_pair);
	card.name = pair->name;
	card.source = pair->source;
	card.kind = pair->action == MATCH_WARN ? LAW_KIND_WARN : LAW_KIND_BLOCK;
	card.posting_kinds = pair->kinds;
	card.article = *pair->article ? pair->article : NULL;
	card.english = pair->text_en;
	card.chinese = pair->text_zh;
	return card;
}

bool law_is_warning(enum law law)
{
	return law_card(law).kind == LAW_KIND_WARN;
}

enum law law_named(const char *name)
{
	for (int law = LAW_NONE + 1; law < LAW_COUNT; law++)
		if (text_same(law_card((enum law)law).name, name))
			return (enum law)law;
	return LAW_NONE;
}

/* Sets of laws are bits of a uint64_t; those behind the terms of postings are
 * in none. */
static_assert(LAW_PLACE < 64, "too many laws");

struct broken_rule law_of_breach(const struct match_breach *breach)
{
	const struct match_rule_card *card = match_rule_card(breach->rule);
	int law = LAW_NONE + 1;

	while (rows[law].card.name || rows[law].of_pair != breach->rule)
		must(++law < LAW_COUNT);
	return (struct broken_rule){
		.law = (enum law)law,
		.is_counted = card->unit != MATCH_UNIT_NONE &&
			      breach->actual != MATCH_UNKNOWN,
		.limit = breach->limit,
		.actual = breach->actual,
	};
}

/* The words whose bits are set. */
static void write_words(struct json_writer *w, unsigned bits,
			const char *const *words, size_t count)
{
	json_array(w);
	for (size_t i = 0; i < count; i++)
		if (bits >> i & 1)
			json_text(w, words[i]);
	json_end(w);
}

void law_write(struct json_writer *w, enum law law, bool is_chinese)
{
	struct law_card card = law_card(law);

	json_object(w);
	json_member_text(w, "rule", card.name);
	json_member_text(w, "source", card.source);
	json_member_text(w, "article", card.article);
	json_member_text(w, "kind", kind_words[card.kind]);
	json_key(w, "levels");
	write_words(w, card.levels, level_words, COUNT_OF(level_words));
	json_key(w, "posting_kinds");
	write_words(w, card.posting_kinds, posting_kind_words,
		    MATCH_KIND_COUNT);
	json_member_text(w, "policy", card.policy);
	json_member_text(w, "text", is_chinese ? card.chinese : card.english);
	json_end(w);
}
