/*
 * wording.c - see wording.h. The folded text is searched for one half of a
 * phrase, then for the other half behind it in the same clause; offsets are
 * counted in characters, so that they hold of the text as it was written.
 */
#include "records/wording.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "wire/fold.h"

enum { BEFORE = 10, BEHIND = 10 };

static const struct phrase {
	enum law law;
	size_t gap;			/* characters */
	const char *first, *then, *unless;
} phrases[] = {
#define WORDING(law_, gap_, first_, then_, unless_)                            \
	{ LAW_##law_, gap_, first_, then_, unless_ },
#include "records/wording.def"
#undef WORDING
};

/* A piece of the folded text. */
struct span { const char *at, *end; };

static bool is_within(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

static const char *forward(const char *at, const char *end, size_t scalars)
{
	for (; at < end && scalars; scalars--)
		for (at++; at < end && is_within((unsigned char)*at);)
			at++;
	return at;
}

static const char *backward(const char *at, const char *begin, size_t scalars)
{
	for (; at > begin && scalars; scalars--)
		for (at--; at > begin && is_within((unsigned char)*at);)
			at--;
	return at;
}

static bool is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
}

/* 211 in 1507211 or in wxg10-211 is no 211. */
static bool is_cut_from_a_word(struct span all, struct span found)
{
	return (is_word_byte(*found.at) && found.at > all.at &&
		is_word_byte(found.at[-1])) ||
	       (is_word_byte(found.end[-1]) && found.end < all.end &&
		is_word_byte(*found.end));
}

/* The first place in `in` where one of the alternatives stands. */
static bool find_one_of(struct span all, struct span in, const char *words,
			struct span *found)
{
	bool is_found = false;

	while (*words) {
		size_t bytes = strcspn(words, "|");
		const char *at = in.at;

		while ((at = memmem(at, (size_t)(in.end - at), words, bytes))) {
			struct span one = { at, at + bytes };

			at = one.end;
			if (is_cut_from_a_word(all, one))
				continue;
			if (!is_found || one.at < found->at)
				*found = one;
			is_found = true;
			break;
		}
		words += bytes + (words[bytes] == '|');
	}
	return is_found;
}

/* Where the clause ends that begins before `at`. */
static const char *clause_end(const char *at, const char *end)
{
	static const char *const marks[] = { "。", ";", "!", "?", "\n", "," };
	const char *first = end;

	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		const char *mark = memmem(at, (size_t)(first - at), marks[i],
					  strlen(marks[i]));

		if (mark)
			first = mark;
	}
	return first;
}

static bool is_excused(struct span all, struct span found, const char *unless)
{
	struct span near = { backward(found.at, all.at, BEFORE),
			     forward(found.end, all.end, BEHIND) };
	struct span word;
	const char *end = clause_end(found.end, all.end);

	if (near.end > end)
		near.end = end;
	/* What a clause before said is not of this one. */
	for (const char *at; (at = clause_end(near.at, found.at)) < found.at;)
		near.at = forward(at, found.at, 1);
	return find_one_of(all, near, unless, &word);
}

/* A phrase from `from` on: its span, or false if there is none. */
static bool find_phrase(const struct phrase *p, struct span all,
			const char *from, struct span *found)
{
	struct span in = { from, all.end }, first, then;

	while (find_one_of(all, in, p->first, &first)) {
		const char *end = clause_end(first.end, all.end);
		const char *most = forward(first.end, end, p->gap);

		in.at = forward(first.at, all.end, 1);
		then = first;
		/* `then` may begin up to the gap's end */
		if (*p->then &&
		    (!find_one_of(all, (struct span){ first.end, end },
				  p->then, &then) || then.at > most))
			continue;
		*found = (struct span){ first.at, then.end };
		if (!is_excused(all, *found, p->unless))
			return true;
	}
	return false;
}

/* As it was written, if folding has changed no count of characters. */
static void show(struct wording *w, const char *text, struct span all,
		 struct span found)
{
	size_t bytes = strlen(text);
	const char *from = found.at, *to = found.end;

	w->at = text_scalars(all.at, (size_t)(found.at - all.at));
	w->count = text_scalars(found.at, (size_t)(found.end - found.at));
	if (text_scalars(text, bytes) ==
	    text_scalars(all.at, (size_t)(all.end - all.at))) {
		from = forward(text, text + bytes, w->at);
		to = forward(from, text + bytes, w->count);
	}
	while (to - from >= WORDING_WORDS_BYTES)
		to = backward(to, from, 1);
	snprintf(w->words, sizeof(w->words), "%.*s", (int)(to - from), from);
}

size_t wording_find(struct arena *scratch, const char *text, uint64_t laws,
		    struct wording *found, size_t most)
{
	const char *folded = fold_text(scratch, text);
	struct span all = { folded, folded + strlen(folded) }, span;
	uint64_t seen = 0;
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(phrases) && count < most; i++) {
		uint64_t bit = 1ULL << phrases[i].law;

		if (!(laws & bit) || (seen & bit) ||
		    !find_phrase(&phrases[i], all, all.at, &span))
			continue;
		seen |= bit;
		found[count].law = phrases[i].law;
		show(&found[count++], text, all, span);
	}
	return count;
}
