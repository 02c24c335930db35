/*
 * demo_wishes.c - what students wish for: the best of what they may have, as
 * the matcher sees it, with a will of their own.
 */
#include <stdlib.h>
#include <string.h>

#include "commands/demo.h"
#include "records/match_input.h"

enum { WILL = 3500 };	/* of a score of 10000 */

struct wishing {
	struct demo *d;
	struct rows *posting_rows, *student_rows;
	struct match_posting *postings;
	struct match_policy policy;
	struct match_ties ties;
	struct dice dice;
	struct liked {
		const struct match_posting *posting;
		uint32_t liking;
	} *liked;
};

static int by_id(const void *a, const void *b)
{
	const struct match_posting *p = a, *q = b;

	return memcmp(p->id, q->id, sizeof(p->id));
}

/* Most liked first; then by id, which is the order they stand in. */
static int by_liking(const void *a, const void *b)
{
	const struct liked *p = a, *q = b;

	if (p->liking != q->liking)
		return p->liking < q->liking ? 1 : -1;
	return by_id(p->posting, q->posting);
}

static bool load_terms(struct wishing *w)
{
	struct demo *d = w->d;
	struct rows *rows = SYNC_ASK(d->s, &d->fault, SQL_POLICY_FOR_MATCH,
				     demo_consortium, NULL);

	if (!rows)
		return false;
	match_policy_from_rows(&w->policy, rows);
	rows_release(rows);
	rows = SYNC_ASK(d->s, &d->fault, SQL_SPECIALTY_TIES, NULL);
	if (!rows)
		return false;
	match_ties_from_rows(&w->ties, d->mem, rows);
	rows_release(rows);
	return true;
}

static bool load_postings(struct wishing *w)
{
	struct demo *d = w->d;
	size_t count;

	w->posting_rows = SYNC_ASK(d->s, &d->fault, SQL_MATCH_POSTINGS,
				   demo_consortium, "internship");
	if (!w->posting_rows)
		return false;
	count = (size_t)rows_count(w->posting_rows);
	w->postings = arena_array(d->mem, struct match_posting, count);
	w->liked = arena_array(d->mem, struct liked, count);
	for (size_t i = 0; i < count; i++)
		match_posting_from_row(&w->postings[i], d->mem,
				       w->posting_rows, (int)i);
	qsort(w->postings, count, sizeof(w->postings[0]), by_id);
	return true;
}

/* How many the student likes at all. Every posting takes one die, so that the
 * dice fall alike for those behind it, whether it is liked or not. */
static size_t like(struct wishing *w, const struct match_student *s)
{
	const struct match_terms terms = { &w->policy, &w->ties };
	int count = rows_count(w->posting_rows);
	struct match_fit fit;
	size_t used = 0;

	for (int i = 0; i < count; i++) {
		uint32_t will = dice_below(&w->dice, WILL), by;

		if (match_best_tier(&w->ties, s->specialty, &w->postings[i],
				    &by) == MATCH_TIER_NONE)
			continue;
		match_align(&terms, s, &w->postings[i], &fit);
		if (fit.is_eligible)
			w->liked[used++] = (struct liked){ &w->postings[i],
							   fit.score + will };
	}
	qsort(w->liked, used, sizeof(w->liked[0]), by_liking);
	return used;
}

static void add_wishes(struct wishing *w, const struct match_student *s)
{
	size_t most = 3 + dice_below(&w->dice, DEMO_WISHES_MAX - 2);
	size_t count = like(w, s);
	char student[UUID_TEXT_BYTES], posting[UUID_TEXT_BYTES];
	struct uuid id;

	memcpy(id.bytes, s->id, sizeof(id.bytes));
	uuid_text(&id, student);
	for (size_t i = 0; i < count && i < most; i++) {
		memcpy(id.bytes, w->liked[i].posting->id, sizeof(id.bytes));
		uuid_text(&id, posting);
		buf_print(&w->d->lines, "%s\t%zu\t%s\n", student, i + 1,
			  posting);
	}
}

/* Lists go the way that students' own go. */
static bool put_wishes(struct wishing *w, int round)
{
	char id[UUID_TEXT_BYTES];

	return demo_exec(w->d, "create temp table wished (student_id uuid, "
			       "rank integer, posting_id uuid) "
			       "on commit drop") &&
	       demo_copy(w->d, "wished (student_id, rank, posting_id)") &&
	       demo_exec(w->d, arena_print(
		       w->d->mem,
		       "select put_wishes('%s', '%s', student_id, postings, "
		       "'00000000-0000-0000-0000-000000000000', 0) from ("
		       "select student_id, array_agg(posting_id order by rank) "
		       "as postings from wished group by student_id "
		       "order by student_id) as lists", demo_consortium,
		       demo_id(DEMO_ROUND, (uint32_t)round, id)));
}

/* Two of three stand by their lists already. */
static bool certify_wishes(struct wishing *w, int round)
{
	char id[UUID_TEXT_BYTES];

	return demo_exec(w->d, arena_print(
		w->d->mem,
		"select certify_wishes('%s', '%s', student_id, "
		"'00000000-0000-0000-0000-000000000000', 1) from ("
		"select distinct student_id from wished "
		"where get_byte(uuid_send(student_id), 15) %% 3 > 0 "
		"order by student_id) as lists", demo_consortium,
		demo_id(DEMO_ROUND, (uint32_t)round, id)));
}

/* For every fourth posting the enterprise has looked at who put it first. */
static bool rank_students(struct wishing *w, int round)
{
	char id[UUID_TEXT_BYTES];

	return demo_exec(w->d, arena_print(
		w->d->mem,
		"select put_posting_ranking('%s', '%s', posting_id, students, "
		"'00000000-0000-0000-0000-000000000000', 0) from ("
		"select posting_id, array_agg(student_id order by student_id) "
		"as students from wished where rank = 1 "
		"and get_byte(uuid_send(posting_id), 15) %% 4 = 0 "
		"group by posting_id order by posting_id) as lists",
		demo_consortium,
		demo_id(DEMO_ROUND, (uint32_t)round, id)));
}

/* Those of round 2 are the eldest without a seat, and every other of those a
 * year younger; some give no wishes at all. */
static bool takes_part(struct wishing *w, const struct match_student *s,
		       int round)
{
	int years = w->d->term.school_year - s->entry_year;
	uint32_t drawn = dice_below(&w->dice, 100);

	if (round == 1 || years == DEMO_ELDEST)
		return years == DEMO_ELDEST && drawn < 96;
	return years == DEMO_ELDEST - 1 && drawn < 50;
}

static const char students_left[] =
	"select s.id, s.specialty_code, s.entry_year, s.birth_date, s.sex, "
	"s.home_division_code, c.division_code, "
	"array_to_string(s.willing_division_codes, ' '), "
	"s.available_from, s.available_to, s.pay_min_fen, "
	"array_to_string(s.skills, E'\\x1f'), "
	"array_to_string(s.certificates, E'\\x1f'), "
	"s.is_willing_anywhere, s.school_id "
	"from student s join school c on c.consortium_id = s.consortium_id "
	"and c.id = s.school_id "
	"where s.consortium_id = $1 and not exists (select from placement p "
	"where p.consortium_id = s.consortium_id and p.student_id = s.id) "
	"order by s.id";

static bool wish_all(struct wishing *w, int round)
{
	struct demo *d = w->d;
	const char *const params[] = { demo_consortium };
	struct match_student student;

	w->student_rows = sync_query(d->s, students_left, COUNT_OF(params),
				     params, &d->fault);
	if (!w->student_rows)
		return false;
	for (int i = 0; i < rows_count(w->student_rows); i++) {
		match_student_from_row(&student, d->mem, w->student_rows, i);
		if (takes_part(w, &student, round))
			add_wishes(w, &student);
	}
	return put_wishes(w, round) && certify_wishes(w, round) &&
	       (round == 1 || rank_students(w, round));
}

bool demo_add_wishes(struct demo *d, int round)
{
	struct wishing w = { .d = d, .dice = dice_for(DEMO_ROUND) };
	bool is_good;

	w.dice.state += (uint64_t)round;
	is_good = load_terms(&w) && load_postings(&w) && wish_all(&w, round);
	if (w.posting_rows)
		rows_release(w.posting_rows);
	if (w.student_rows)
		rows_release(w.student_rows);
	return is_good;
}
