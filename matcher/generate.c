/*
 * A made-up region: enterprises of lognormal size in cities, their postings by
 * specialty, students who mostly wish for what is near in trade and place and
 * what others wish for, too. Trades and cities are head-heavy.
 *
 * Everything is drawn in one fixed order, so a new draw anywhere changes all
 * that comes after it, and the recorded digests of the tests.
 */
#include "matcher/generate.h"

#include <stdio.h>
#include <string.h>

#include "matcher/builder.h"
#include "matcher/chance.h"
#include "matcher/memory.h"
#include "matcher/shelves.h"

/* The size of the catalogue of 2021 for higher vocational education. */
#define CATEGORIES MATCH_SHELF_CATEGORIES
#define CLASSES MATCH_SHELF_CLASSES
#define CITIES MATCH_SHELF_CITIES
#define SPECIALTIES 744u

#define KINDS_EACH_MAX 6u /* post categories of an enterprise */
#define WISHES_MIN 16u
#define WISHES_MAX 24u

#define LOG_200 500948u /* log2, in MATCH_ONEs: the median staff */
#define LOG_20 283245u
#define LOG_5000 805287u

struct firm {
	uint32_t staff, log_staff, city, class, posts;
};

struct student {
	uint32_t number, class, specialty, city, grade, wish_count;
	struct wish {
		int32_t liking;
		uint32_t post, score;
	} wish[WISHES_MAX];
};

struct world {
	struct match_chance chance;
	struct match_builder builder;
	struct match_error *error;
	uint32_t student_count, firm_count, post_count, consortium_count;
	uint32_t specialty_start[CLASSES + 1]; /* specialties lie by class */
	struct firm *firm;
	struct match_shelves shelves;
	struct match_shelf_post *post; /* in the shelves */
	uint64_t *seats;	       /* per consortium: the sum of its caps */
	uint32_t *wished_by;	       /* per post: the last student, from 1 */
	char text[3][16];
};

static uint32_t roll(struct world *w, uint32_t sides)
{
	return match_chance_roll(&w->chance, sides);
}

/* A part in thousandths of a normal draw. */
static int32_t normal(struct world *w, int32_t deviation_mille)
{
	int64_t draw = match_chance_normal(&w->chance);

	return (int32_t)(draw * deviation_mille / 1000);
}

/* An id such as "p0000012", until its use is used again. */
static struct match_id name(struct world *w, int use, char kind,
			    uint32_t number)
{
	char *text = w->text[use];

	text[0] = kind;
	for (int i = 7; i > 0; i--, number /= 10)
		text[i] = (char)('0' + number % 10);
	return (struct match_id){text, 8};
}

/* The id of a post category, such as "e0000012/3". */
static struct match_id name_kind(struct world *w, int use, uint32_t firm,
				 uint32_t kind)
{
	struct match_id id = name(w, use, 'e', firm);

	w->text[use][id.bytes++] = '/';
	w->text[use][id.bytes++] = (char)('1' + kind);
	return id;
}

static void draw_catalogue(struct world *w)
{
	uint32_t size[CLASSES];

	for (uint32_t i = 0; i < CLASSES; i++) {
		w->shelves.category_of[i] =
			i < CATEGORIES ? i : roll(w, CATEGORIES);
		size[i] = 1;
	}
	for (uint32_t i = CLASSES; i < SPECIALTIES; i++)
		size[roll(w, CLASSES)]++;
	for (uint32_t i = 0; i < CLASSES; i++)
		w->specialty_start[i + 1] = w->specialty_start[i] + size[i];
}

static uint32_t draw_specialty(struct world *w, uint32_t class)
{
	uint32_t first = w->specialty_start[class];

	return first + roll(w, w->specialty_start[class + 1] - first);
}

static void draw_firm(struct world *w, struct firm *firm)
{
	/* ln: mean ln 200, deviation 1.2; in log2 that is 1.731. */
	int32_t size = (int32_t)LOG_200 + normal(w, 1731);

	if (size < (int32_t)LOG_20)
		size = (int32_t)LOG_20;
	if (size > (int32_t)LOG_5000)
		size = (int32_t)LOG_5000;
	firm->log_staff = (uint32_t)size;
	firm->staff =
		(uint32_t)(match_chance_exp2(firm->log_staff) / MATCH_ONE);
	firm->city = match_chance_steep(&w->chance, CITIES);
	firm->class = match_chance_slope(&w->chance, CLASSES);
}

/* Postings go by staff to the power of 0.8, at least one each. */
static void share_posts(struct world *w)
{
	uint32_t given = 0;
	uint64_t all = 0;

	for (uint32_t i = 0; i < w->firm_count; i++)
		all += match_chance_exp2(w->firm[i].log_staff / 5 * 4);
	for (uint32_t i = 0; i < w->firm_count; i++) {
		struct firm *firm = &w->firm[i];
		uint64_t part = match_chance_exp2(firm->log_staff / 5 * 4);

		firm->posts = (uint32_t)(part * w->post_count / all);
		firm->posts += !firm->posts;
		given += firm->posts;
	}
	for (; given < w->post_count; given++)
		w->firm[roll(w, w->firm_count)].posts++;
	while (given > w->post_count) {
		struct firm *firm = &w->firm[roll(w, w->firm_count)];

		given -= firm->posts > 1;
		firm->posts -= firm->posts > 1;
	}
}

static bool add_group(struct world *w, struct match_id id,
		      struct match_id parent, uint32_t lower, uint32_t upper)
{
	struct match_new_group group = {
		.id = id, .parent = parent, .lower = lower, .upper = upper};

	return match_builder_group(&w->builder, &group, w->error);
}

/* A post category may take a fifth of those who work in it. */
static bool add_kinds(struct world *w, uint32_t firm, uint32_t kind_count)
{
	uint64_t share[KINDS_EACH_MAX], all = 0;

	for (uint32_t i = 0; i < kind_count; i++) {
		share[i] = match_chance_exponential(&w->chance) +
			   3 * MATCH_ONE / 10;
		all += share[i];
	}
	for (uint32_t i = 0; i < kind_count; i++) {
		uint32_t cap =
			(uint32_t)(w->firm[firm].staff * share[i] / all / 5);

		if (!add_group(w, name_kind(w, 0, firm, i),
			       name(w, 1, 'e', firm), 0, cap ? cap : 1))
			return false;
	}
	return true;
}

static void draw_post(struct world *w, const struct firm *firm, int32_t appeal,
		      struct match_shelf_post *post)
{
	post->class = roll(w, 100) < 60
			      ? firm->class
			      : match_chance_slope(&w->chance, CLASSES);
	post->specialty = draw_specialty(w, post->class);
	post->city = roll(w, 100) < 85 ? firm->city : roll(w, CITIES);
	post->appeal = appeal + normal(w, 700);
}

static bool add_posts(struct world *w, uint32_t firm, uint32_t kind_count,
		      uint32_t first)
{
	const struct firm *f = &w->firm[firm];
	/* A known name draws: 0.3 ln (staff / 200), and luck. */
	int32_t appeal =
		((int32_t)f->log_staff - (int32_t)LOG_200) * 208 / 1000 +
		normal(w, 700);

	for (uint32_t i = 0; i < f->posts; i++) {
		uint32_t kind = i < kind_count ? i : roll(w, kind_count);
		struct match_new_posting posting = {
			.id = name(w, 0, 'p', first + i),
			.group = name_kind(w, 1, firm, kind),
			.capacity = 1 + roll(w, 10),
		};

		draw_post(w, f, appeal, &w->post[first + i]);
		if (!match_builder_posting(&w->builder, &posting, w->error))
			return false;
	}
	return true;
}

/* At most a tenth of the staff are interns, at least 2 % are asked for. */
static bool add_firms(struct world *w)
{
	uint32_t first = 0;

	for (uint32_t i = 0; i < w->firm_count; i++) {
		uint32_t staff = w->firm[i].staff, posts = w->firm[i].posts;
		uint32_t consortium = i % w->consortium_count;
		uint32_t kind_count =
			1 + roll(w, posts < KINDS_EACH_MAX ? posts
							   : KINDS_EACH_MAX);

		w->seats[consortium] += staff / 10;
		if (!add_group(w, name(w, 0, 'e', i),
			       name(w, 1, 'c', consortium),
			       (staff * 2 + 99) / 100, staff / 10) ||
		    !add_kinds(w, i, kind_count) ||
		    !add_posts(w, i, kind_count, first))
			return false;
		first += posts;
	}
	return true;
}

static bool add_consortia(struct world *w)
{
	for (uint32_t i = 0; i < w->consortium_count; i++)
		if (!add_group(w, name(w, 0, 'c', i),
			       (struct match_id){NULL, 0}, 0,
			       (uint32_t)(w->seats[i] * 9 / 10)))
			return false;
	return true;
}

static uint32_t draw_wish(struct world *w, const struct student *s)
{
	uint32_t percent = roll(w, 100);
	enum match_shelf shelf = percent < 40	? MATCH_SAME_CLASS_AND_CITY
				 : percent < 80 ? MATCH_SAME_CLASS
				 : percent < 95 ? MATCH_SAME_CATEGORY
						: MATCH_ANY_POST;

	return match_shelves_draw(&w->shelves, &w->chance, shelf, s->class,
				  s->city);
}

/* Fit in trade and place, grade, and what an interview adds: 0..10000. */
static uint32_t score_of(struct world *w, const struct student *s,
			 const struct match_shelf_post *post)
{
	uint32_t score = s->grade * 5 / 2 + roll(w, 2001);

	if (post->specialty == s->specialty)
		score += 4000;
	else if (post->class == s->class)
		score += 2500;
	else if (w->shelves.category_of[post->class] ==
		 w->shelves.category_of[s->class])
		score += 1000;
	return score + (post->city == s->city ? 1500 : 0);
}

static void insert_wish(struct student *s, struct wish wish)
{
	uint32_t at = s->wish_count++;

	for (; at && s->wish[at - 1].liking < wish.liking; at--)
		s->wish[at] = s->wish[at - 1];
	s->wish[at] = wish;
}

static void draw_wishes(struct world *w, struct student *s)
{
	uint32_t wanted = WISHES_MIN + roll(w, WISHES_MAX - WISHES_MIN + 1);

	for (uint32_t tries = 0; tries < wanted * 8; tries++) {
		struct wish wish = {.post = draw_wish(w, s)};
		const struct match_shelf_post *post = &w->post[wish.post];

		if (w->wished_by[wish.post] == s->number + 1)
			continue;
		w->wished_by[wish.post] = s->number + 1;
		wish.score = score_of(w, s, post);
		wish.liking = post->appeal + normal(w, 800);
		wish.liking += post->city == s->city ? MATCH_ONE * 8 / 10 : 0;
		wish.liking += post->class == s->class ? MATCH_ONE * 6 / 10 : 0;
		insert_wish(s, wish);
		if (s->wish_count == wanted)
			break;
	}
}

static void draw_student(struct world *w, uint32_t number, struct student *s)
{
	int32_t grade;

	s->number = number;
	s->wish_count = 0;
	s->class = match_chance_slope(&w->chance, CLASSES);
	s->specialty = draw_specialty(w, s->class);
	s->city = match_chance_steep(&w->chance, CITIES);
	grade = 650 + normal(w, 150 * 1000) / MATCH_ONE;
	s->grade = grade < 0 ? 0 : grade > 1000 ? 1000 : (uint32_t)grade;
	draw_wishes(w, s);
}

static bool add_students(struct world *w)
{
	struct student s;

	for (uint32_t i = 0; i < w->student_count; i++) {
		struct match_new_student student = {.id = {NULL, 0}};

		draw_student(w, i, &s);
		for (uint32_t k = 0; k < s.wish_count; k++)
			if (!match_builder_choice(
				    &w->builder,
				    name(w, 0, 'p', s.wish[k].post),
				    s.wish[k].score, w->error))
				return false;
		student.id = name(w, 0, 's', i);
		if (!match_builder_student(&w->builder, &student, w->error))
			return false;
	}
	return true;
}

static uint32_t at_least(uint32_t least, uint32_t count)
{
	return count < least ? least : count;
}

static bool take_room(struct world *w)
{
	bool has_shelves = match_shelves_init(&w->shelves, w->post_count);

	w->firm = match_take(w->firm_count, sizeof(*w->firm));
	w->seats = match_take(w->consortium_count, sizeof(*w->seats));
	w->wished_by = match_take(w->post_count, sizeof(*w->wished_by));
	w->post = w->shelves.post;
	return (has_shelves && w->firm && w->seats && w->wished_by) ||
	       match_no_memory(w->error);
}

static void drop_room(struct world *w)
{
	match_drop(w->firm);
	match_drop(w->seats);
	match_drop(w->wished_by);
	match_shelves_free(&w->shelves);
}

static bool add_seed(struct world *w, const struct match_generation *order)
{
	char text[80];
	int bytes =
		snprintf(text, sizeof(text),
			 "duikou-matcher generate --students %u --seed %llu",
			 order->students, (unsigned long long)order->seed);

	return match_builder_seed(&w->builder,
				  (struct match_id){text, (uint32_t)bytes},
				  w->error);
}

static bool populate(struct world *w)
{
	draw_catalogue(w);
	for (uint32_t i = 0; i < w->firm_count; i++)
		draw_firm(w, &w->firm[i]);
	share_posts(w);
	return add_firms(w) && add_consortia(w) &&
	       (match_shelves_fill(&w->shelves) || match_no_memory(w->error)) &&
	       add_students(w);
}

bool match_generate(const struct match_generation *order,
		    struct match_instance *instance, struct match_error *error)
{
	struct world w = {
		.chance = {order->seed},
		.error = error,
		.student_count = order->students,
		.firm_count = at_least(4, order->students / 40),
		.post_count = at_least(8, order->students / 4),
		.consortium_count = at_least(1, order->students / 4000),
	};
	bool is_done;

	memset(instance, 0, sizeof(*instance));
	if (!order->students || order->students > MATCH_STUDENTS_MAX)
		return match_fail(error, MATCH_TOO_LARGE,
				  "the students must be 1..%u",
				  MATCH_STUDENTS_MAX);
	match_builder_init(&w.builder, order->hash_key);
	is_done = take_room(&w) && add_seed(&w, order) && populate(&w) &&
		  match_builder_finish(&w.builder, instance, error);
	match_builder_free(&w.builder);
	drop_room(&w);
	return is_done;
}
