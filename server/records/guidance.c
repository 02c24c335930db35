/*
 * guidance.c - see guidance.h. The asks of all postings are put in the order of
 * their names, so that those of one word stand together.
 */
#include "records/guidance.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { SKILLS_MAX = 50 };

bool guidance_reads(const struct match_terms *terms,
		    const struct match_student *student,
		    const struct match_posting *posting,
		    struct guidance_posting *out)
{
	struct match_fit fit;

	match_align(terms, student, posting, &fit);
	out->held = fit.parts[MATCH_PART_SKILLS].which;
	out->missing = 0;
	out->pay_fen = posting->pay_min_fen;
	for (size_t i = 0; i < fit.breach_count; i++) {
		const struct match_breach *breach = &fit.breaches[i];

		if (breach->action != MATCH_BLOCK)
			continue;
		if (breach->rule != MATCH_RULE_SKILL &&
		    breach->rule != MATCH_RULE_CERTIFICATE)
			return false;
		out->missing |= breach->which;
	}
	return true;
}

/* One ask that is not held. */
struct lack {
	const struct match_ask *ask;
	const struct guidance_posting *posting;
	bool opens;		/* it is all that is missing */
};

struct word {
	const struct match_ask *ask;
	int64_t asked_by, required_by, postings, openings;
	int64_t pay_base, pay_median_fen;
};

static int by_word(const struct match_ask *a, const struct match_ask *b)
{
	uint32_t bytes = a->name.bytes < b->name.bytes ? a->name.bytes :
							 b->name.bytes;
	int order = memcmp(a->name.at, b->name.at, bytes);

	if (!order)
		order = (a->name.bytes > b->name.bytes) -
			(a->name.bytes < b->name.bytes);
	return order ? order : a->is_certificate - b->is_certificate;
}

static int by_name(const void *a, const void *b)
{
	const struct lack *x = a, *y = b;
	int order = by_word(x->ask, y->ask);

	if (order)
		return order;
	return (x->posting > y->posting) - (x->posting < y->posting);
}

static int by_use(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	if (x->postings != y->postings)
		return x->postings < y->postings ? 1 : -1;
	if (x->asked_by != y->asked_by)
		return x->asked_by < y->asked_by ? 1 : -1;
	return by_word(x->ask, y->ask);
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The one at this share of the sorted, rounded down; 0 of none. */
static int64_t quantile(const int64_t *sorted, size_t count, size_t part,
			size_t of)
{
	return count ? sorted[(count - 1) * part / of] : 0;
}

static struct lack *find_lacks(struct arena *mem,
			       const struct guidance_posting *postings,
			       size_t count, size_t *found)
{
	struct lack *lacks;
	size_t most = 0;

	*found = 0;
	for (size_t i = 0; i < count; i++)
		most += postings[i].ask_count;
	lacks = arena_array(mem, struct lack, most + 1);
	for (size_t i = 0; i < count; i++) {
		const struct guidance_posting *p = &postings[i];

		for (size_t k = 0; p->openings && k < p->ask_count; k++) {
			uint64_t bit = UINT64_C(1) << k;

			if (!(p->held & bit))
				lacks[(*found)++] = (struct lack){
					&p->asks[k], p, p->missing == bit
				};
		}
	}
	qsort(lacks, *found, sizeof(*lacks), by_name);
	return lacks;
}

/* The lacks of one word; pays has room for as many. */
static struct word count_word(const struct lack *lacks, size_t count,
			      int64_t *pays)
{
	struct word w = { .ask = lacks[0].ask };
	size_t paid = 0;

	for (size_t i = 0; i < count; i++) {
		const struct guidance_posting *p = lacks[i].posting;

		w.asked_by++;
		w.required_by += lacks[i].ask->is_required;
		w.postings += lacks[i].opens;
		w.openings += lacks[i].opens ? p->openings : 0;
		if (p->pay_fen)
			pays[paid++] = p->pay_fen;
	}
	qsort(pays, paid, sizeof(*pays), by_size);
	w.pay_base = (int64_t)paid;
	w.pay_median_fen = quantile(pays, paid, 1, 2);
	return w;
}

static void write_word(struct json_writer *w, const struct word *word)
{
	json_object(w);
	json_key(w, "name");
	json_text_bytes(w, word->ask->name.at, word->ask->name.bytes);
	json_member_bool(w, "is_certificate", word->ask->is_certificate);
	json_member_int(w, "asked_by", word->asked_by);
	json_member_int(w, "required_by", word->required_by);
	json_member_int(w, "postings_added", word->postings);
	json_member_int(w, "openings_added", word->openings);
	json_member_int(w, "pay_base", word->pay_base);
	json_key(w, "pay_median_fen");
	if (word->pay_base)
		json_int(w, word->pay_median_fen);
	else
		json_null(w);
	json_end(w);
}

static void write_words(struct json_writer *w, struct arena *mem,
			const struct guidance_posting *postings, size_t count)
{
	size_t lack_count, word_count = 0;
	struct lack *lacks = find_lacks(mem, postings, count, &lack_count);
	struct word *words = arena_array(mem, struct word, lack_count + 1);
	int64_t *pays = arena_array(mem, int64_t, lack_count + 1);

	for (size_t i = 0, end; i < lack_count; i = end) {
		for (end = i; end < lack_count &&
		     by_word(lacks[i].ask, lacks[end].ask) == 0;)
			end++;
		words[word_count++] = count_word(lacks + i, end - i, pays);
	}
	qsort(words, word_count, sizeof(*words), by_use);
	json_key(w, "skills");
	json_array(w);
	for (size_t i = 0; i < word_count && i < SKILLS_MAX; i++)
		write_word(w, &words[i]);
	json_end(w);
}

static void write_quartiles(struct json_writer *w, const int64_t *sorted,
			    size_t count)
{
	static const char *const names[] = { "first_quartile_fen",
					     "median_fen",
					     "third_quartile_fen" };

	json_member_int(w, "pay_base", (int64_t)count);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		json_key(w, names[i]);
		if (count)
			json_int(w, quantile(sorted, count, i + 1, 4));
		else
			json_null(w);
	}
}

void guidance_write(struct json_writer *w, struct arena *mem,
		    const struct guidance_posting *postings, size_t count)
{
	int64_t *pays = arena_array(mem, int64_t, count + 1);
	int64_t reached = 0, eligible = 0, openings = 0;
	size_t paid = 0;

	for (size_t i = 0; i < count; i++) {
		const struct guidance_posting *p = &postings[i];

		reached += p->openings > 0;
		if (!p->openings || p->missing)
			continue;
		eligible++;
		openings += p->openings;
		if (p->pay_fen)
			pays[paid++] = p->pay_fen;
	}
	qsort(pays, paid, sizeof(*pays), by_size);
	json_key(w, "openings");
	json_object(w);
	json_member_int(w, "within_reach", reached);
	json_member_int(w, "eligible", eligible);
	json_member_int(w, "eligible_openings", openings);
	write_quartiles(w, pays, paid);
	json_end(w);
	write_words(w, mem, postings, count);
}
