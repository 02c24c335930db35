/* posting_words.c - see posting_words.h. */
#include "records/posting_words.h"

#include "base/text.h"

static const enum law barred[] = { LAW_DISCRIMINATION, LAW_FEES };
static const enum law doubted[] = { LAW_DISCRIMINATION_DOUBT, LAW_FEES_DOUBT,
				    LAW_SIMPLE_LABOUR };

bool posting_is_under(const struct posting *p, enum law law)
{
	unsigned kind = 0;

	while (!text_same(posting_kind_words[kind], p->kind))
		kind++;
	return law_card(law).posting_kinds >> kind & 1;
}

static uint64_t laws_of(const struct posting *p, const enum law *laws,
			size_t count)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < count; i++)
		if (posting_is_under(p, laws[i]))
			bits |= 1ULL << laws[i];
	return bits;
}

struct at { const char *pointer, *text; };

static void read_text(struct posting_words *words, struct arena *mem,
		      struct at where, uint64_t laws)
{
	struct wording found[POSTING_WORDS_MAX];
	size_t count;

	if (!where.text)
		return;
	count = wording_find(mem, where.text, laws, found,
			     POSTING_WORDS_MAX - words->count);
	for (size_t i = 0; i < count; i++) {
		words->at[words->count].pointer = where.pointer;
		words->at[words->count++].found = found[i];
	}
}

void posting_words_find(struct posting_words *words, struct arena *mem,
			const struct posting *p)
{
	uint64_t laws[] = { laws_of(p, barred, COUNT_OF(barred)),
			    laws_of(p, doubted, COUNT_OF(doubted)) };

	words->count = 0;
	for (size_t i = 0; i < COUNT_OF(laws); i++) {
		read_text(words, mem, (struct at){ "#/title", p->title },
			  laws[i]);
		read_text(words, mem, (struct at){ "#/description",
						  p->description }, laws[i]);
	}
}

void wording_flaw(struct flaws *flaws, const char *pointer,
		  const struct wording *w)
{
	struct law_card card = law_card(w->law);
	unsigned first = (unsigned)w->at + 1;
	unsigned last = (unsigned)(w->at + w->count);

	flaws_add(flaws, pointer,
		  law_is_warning(w->law) ? "needs-reason" : "not-allowed",
		  arena_print(flaws->mem, "\"%s\", characters %u to %u: %s",
			      w->words, first, last, card.english),
		  arena_print(flaws->mem, "“%s”（第 %u 至 %u 字）：%s",
			      w->words, first, last, card.chinese));
}
