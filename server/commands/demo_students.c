/*
 * demo_students.c - classes of 7 to 53, median 34, in the specialties that
 * each school teaches; who is in them, and what they can and want.
 */
#include <inttypes.h>
#include <stdio.h>

#include "commands/demo.h"

static const int class_quantiles[] = { 7, 30, 34, 41, 53 };
static const int pay_quantiles[] = { 1500, 2000, 2400, 2900, 3600 };
enum { CLASS_LEAST = 7, CLASS_MOST = 53, LEVELS_AT_SECONDARY = 0 };

static const char city_homes[] =
	"320505 320506 320507 320508 320509 320581 320582 320583 320585";
static const char other_homes[] =
	"320681 320682 320981 321081 321281 321322 320322 341222 341182 "
	"411721 421182 360730 520524";

/* What a school teaches, in the order of demo_city.c's schools. */
static const struct {
	int level, percent, trade_count;
	enum demo_trade_no trades[6];
} taught[DEMO_SCHOOLS] = {
	{ 2, 10, 4, { DEMO_MACHINING, DEMO_AUTOMATION, DEMO_ELECTRONICS,
		      DEMO_SOFTWARE } },
	{ 1, 20, 6, { DEMO_MACHINING, DEMO_AUTOMATION, DEMO_AUTOMOTIVE,
		      DEMO_ENERGY, DEMO_CONSTRUCTION, DEMO_TEXTILE } },
	{ 1, 17, 4, { DEMO_ELECTRONICS, DEMO_SOFTWARE, DEMO_COMMERCE,
		      DEMO_DESIGN } },
	{ 1, 12, 3, { DEMO_PHARMA, DEMO_CARE, DEMO_FOOD } },
	{ 1, 14, 4, { DEMO_LOGISTICS, DEMO_ACCOUNTING, DEMO_COMMERCE,
		      DEMO_HOSPITALITY } },
	{ 0, 11, 4, { DEMO_MACHINING, DEMO_AUTOMATION, DEMO_ELECTRONICS,
		      DEMO_AUTOMOTIVE } },
	{ 0, 9, 6, { DEMO_ACCOUNTING, DEMO_COMMERCE, DEMO_HOSPITALITY,
		     DEMO_DESIGN, DEMO_TEXTILE, DEMO_LOGISTICS } },
	{ 0, 7, 6, { DEMO_CONSTRUCTION, DEMO_FOOD, DEMO_ENERGY,
		     DEMO_MACHINING, DEMO_CARE, DEMO_PHARMA } },
};

struct class {
	uint32_t school, number;	/* number: of the class, from 1 */
	const struct demo_trade *trade;
	const char *specialty, *name;
	int entry_year, size, level;
	bool has_women_mostly;
};

static uint32_t school_drawn(struct dice *dice)
{
	int drawn = (int)dice_below(dice, 100);
	uint32_t i = 0;

	for (; drawn >= taught[i].percent; i++)
		drawn -= taught[i].percent;
	return i;
}

/* The last classes share what is left, so that the whole is exact. */
static int size_drawn(struct dice *dice, int left)
{
	int size = dice_quantile(dice, class_quantiles,
				 COUNT_OF(class_quantiles));

	if (left <= CLASS_MOST)
		return left;
	return left - size >= CLASS_LEAST ? size : left - CLASS_LEAST;
}

/* Half of the students are in the eldest cohort, which does its internship;
 * the youngest are the fewest, because schools enrol them later. */
static int age_of_cohort(uint32_t number)
{
	static const int years[] = { 2, 2, 1, 2, 0, 1, 2, 1, 2, 0 };

	return years[number % COUNT_OF(years)];
}

static void make_class(struct demo *d, struct dice *dice, struct class *c,
		       int left)
{
	/* every school teaches all it names, from the first classes on */
	uint32_t round = c->number / DEMO_SCHOOLS, pick;

	c->school = c->number < DEMO_SCHOOLS * 6 ? c->number % DEMO_SCHOOLS
						 : school_drawn(dice);
	pick = c->number < DEMO_SCHOOLS * 6 ? round : dice_below(dice, 60);
	c->level = taught[c->school].level;
	c->trade = demo_trades[taught[c->school].trades[
		pick % (uint32_t)taught[c->school].trade_count]];
	c->specialty = words_at(d->mem, c->trade->specialties[c->level],
				dice_below(dice, 60));
	c->entry_year = d->term.school_year -
			age_of_cohort(c->number / 3 + round);
	c->size = size_drawn(dice, left);
	c->has_women_mostly = c->trade == &demo_care ||
			      c->trade == &demo_accounting ||
			      c->trade == &demo_hospitality ||
			      c->trade == &demo_textile ||
			      c->trade == &demo_commerce;
	c->name = arena_print(d->mem, "%d级%u班", c->entry_year, c->number + 1);
}

static void add_name(struct demo *d, struct dice *dice, bool is_female)
{
	const char *given = is_female ? demo_girls : demo_boys;

	buf_print(&d->lines, "\t%s%s",
		  words_at(d->mem, demo_surnames, dice_below(dice, 5000)),
		  words_at(d->mem, given, dice_below(dice, 4000)));
	if (!dice_in(dice, 15))
		buf_text(&d->lines, words_at(d->mem, given,
					     dice_below(dice, 4000)));
}

/* 16 or 17 on entering a secondary school, 18 or 19 on entering a college:
 * whoever is in school is old enough to work. */
static void add_birth(struct demo *d, struct dice *dice, const struct class *c)
{
	int age = c->level == LEVELS_AT_SECONDARY ? 17 : 19;
	int months = 8 + (int)dice_below(dice, 12);

	buf_print(&d->lines, "\t%04d-%02d-%02d",
		  c->entry_year - age + months / 12, months % 12 + 1,
		  1 + (int)dice_below(dice, 28));
}

static uint64_t bits_drawn(struct dice *dice, const char *words,
			   unsigned percent)
{
	uint64_t bits = 0;

	for (int i = 0; i < words_count(words); i++)
		bits |= (uint64_t)dice_in(dice, percent) << i;
	return bits;
}

/* Where: a third says nothing, a third anywhere in the city, the others name
 * counties, their own among them if they are from here. */
static void add_places(struct demo *d, struct dice *dice)
{
	bool is_from_here = dice_in(dice, 55);
	const char *list = is_from_here ? city_homes : other_homes;
	uint32_t at = dice_below(dice, (uint32_t)words_count(list));
	uint64_t willing = bits_drawn(dice, city_homes, 40);
	uint32_t drawn = dice_below(dice, 100);

	if (is_from_here)
		willing |= UINT64_C(1) << at;
	buf_print(&d->lines, "\t%s\t%s\t%s", words_at(d->mem, list, at),
		  drawn < 35 ? "{}" : drawn < 65 ? "{320500}" :
		  words_array(d->mem, city_homes, willing),
		  dice_in(dice, 8) ? "t" : "f");
}

/* Some can come a little after the term began, and one in five cares not to
 * say. */
static void add_availability(struct demo *d, struct dice *dice)
{
	int pay = dice_quantile(dice, pay_quantiles, COUNT_OF(pay_quantiles));

	if (dice_in(dice, 60))
		buf_print(&d->lines, "\t%d", pay / 100 * 10000);
	else
		buf_text(&d->lines, "\t\\N");
	if (dice_in(dice, 20))
		buf_text(&d->lines, "\t\\N\t\\N");
	else
		buf_print(&d->lines, "\t%s\t%s", d->term.start, d->term.end);
}

static void add_student(struct demo *d, struct dice *dice,
			const struct class *c, uint32_t number)
{
	bool is_female = dice_in(dice, c->has_women_mostly ? 72 : 28);
	char id[UUID_TEXT_BYTES], of[UUID_TEXT_BYTES];

	buf_print(&d->lines, "%s\t%s\t%s\t%d%05" PRIu32, demo_consortium,
		  demo_id(DEMO_STUDENT, number, id),
		  demo_id(DEMO_SCHOOL, c->school, of), c->entry_year,
		  number + 1);
	add_name(d, dice, is_female);
	buf_print(&d->lines, "\t%s\t%d\t%d-06-30\t%s\t%s", c->specialty,
		  c->entry_year, c->entry_year + (c->level == 2 ? 4 : 3),
		  c->name, is_female ? "female" : "male");
	add_birth(d, dice, c);
	add_places(d, dice);
	add_availability(d, dice);
	buf_print(&d->lines, "\t%s\t%s\n",
		  words_array(d->mem, c->trade->skills,
			      bits_drawn(dice, c->trade->skills, 45)),
		  words_array(d->mem, c->trade->certificates,
			      bits_drawn(dice, c->trade->certificates, 30)));
}

bool demo_add_students(struct demo *d)
{
	struct dice dice = dice_for(DEMO_STUDENT);
	struct class c = { .number = 0 };
	uint32_t made = 0;

	for (; made < DEMO_STUDENTS; c.number++) {
		make_class(d, &dice, &c, DEMO_STUDENTS - (int)made);
		for (int i = 0; i < c.size; i++)
			add_student(d, &dice, &c, made++);
	}
	return demo_copy(d, "student (consortium_id, id, school_id, "
			    "student_number, name, specialty_code, entry_year, "
			    "graduates_on, class_name, sex, birth_date, "
			    "home_division_code, willing_division_codes, "
			    "is_willing_anywhere, pay_min_fen, available_from, "
			    "available_to, skills, certificates)");
}
