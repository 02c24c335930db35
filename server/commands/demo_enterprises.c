/* demo_enterprises.c - enterprises, and the kinds of post in each. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "commands/demo.h"

/* Counties of Suzhou that are divisions, not only statistical ones. */
static const char counties[] =
	"320505 320506 320507 320508 320509 320581 320582 320583 320585";

/* About log-normal: median 150. */
static const int staff_quantiles[] = { 12, 24, 38, 54, 72, 92, 116, 150,
				       190, 240, 310, 410, 560, 860, 3600 };

static const struct demo_trade *trade_drawn(struct dice *dice)
{
	int whole = 0, drawn;

	for (int i = 0; i < DEMO_TRADE_COUNT; i++)
		whole += demo_trades[i]->weight;
	drawn = (int)dice_below(dice, (uint32_t)whole);
	for (int i = 0; i < DEMO_TRADE_COUNT; i++) {
		drawn -= demo_trades[i]->weight;
		if (drawn < 0)
			return demo_trades[i];
	}
	must(false);
	return NULL;
}

/*
 * "91320500", an organisation code of which no register hands out the like,
 * its check character, and the check character of the whole.
 *
 * from  GB 11714-1997; GB 32100-2015
 */
static void credit_code(uint32_t number, char out[19])
{
	static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	static const int weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
	static const char checks[] = "0123456789X0";
	int sum = 0, weight = 1;

	snprintf(out, 19, "91320500DEM%05" PRIu32,
		 number % 100000);
	for (int i = 0; i < 8; i++) {
		char c = out[8 + i];

		sum += weights[i] * (c <= '9' ? c - '0' : c - 'A' + 10);
	}
	out[16] = checks[11 - sum % 11];
	sum = 0;
	for (int i = 0; i < 17; i++) {
		sum += (int)(strchr(letters, out[i]) - letters) * weight;
		weight = weight * 3 % 31;
	}
	out[17] = letters[(31 - sum % 31) % 31];
	out[18] = '\0';
}

/* 150 different brands: the step through the first list is its length. */
static const char *name_of(struct demo *d, const struct demo_line *line,
			   uint32_t number)
{
	return arena_print(
		d->mem, "苏州%s%s%s%s有限公司",
		words_at(d->mem, demo_brand_first, number),
		words_at(d->mem, demo_brand_second, number * 7 + number / 25),
		words_at(d->mem, demo_brand_third, number * 11 + 3),
		line->word);
}

static void add_categories(struct demo *d, struct dice *dice,
			   struct demo_enterprise *e, uint32_t number)
{
	int left = e->staff * 9 / 10;

	for (uint32_t i = 0; i < DEMO_POSTS; i++) {
		char id[UUID_TEXT_BYTES], of[UUID_TEXT_BYTES];
		int staff = left * (int)(20 + dice_below(dice, 40)) / 100;

		uuid_text(&e->id, of);
		demo_id(DEMO_CATEGORY, number * DEMO_POSTS + i, id);
		must(uuid_parse(id, &e->category[i]));
		buf_print(&d->lines, "%s\t%s\t%s\t%s\t%d\t%04d-01-01\n",
			  demo_consortium, id, of, e->trade->posts[i].category,
			  staff, d->term.school_year);
		left -= staff;
	}
}

static void add_enterprise(struct demo *d, struct dice *dice, uint32_t number)
{
	struct demo_enterprise *e = &d->enterprise[number];
	char id[UUID_TEXT_BYTES], code[19];
	const struct demo_line *line;

	/* every trade has one at least, whatever the dice say */
	e->trade = number < DEMO_TRADE_COUNT ? demo_trades[number]
					     : trade_drawn(dice);
	line = &e->trade->lines[dice_below(dice, DEMO_LINES)];
	e->name = name_of(d, line, number);
	e->division = words_at(d->mem, counties, dice_below(dice, 9));
	e->staff = dice_quantile(dice, staff_quantiles,
				 COUNT_OF(staff_quantiles));
	e->is_verified = number < DEMO_ENTERPRISES - DEMO_UNVERIFIED;
	must(uuid_parse(demo_id(DEMO_ENTERPRISE, number, id), &e->id));
	credit_code(number + 1, code);
	buf_print(&d->lines, "%s\t%s\t%s\t%s\t%s\t%s\t%d\t%04d-01-01\n",
		  demo_consortium, id, code, e->name, line->industry,
		  e->division, e->staff, d->term.school_year);
}

static bool verify_enterprises(struct demo *d)
{
	char first[UUID_TEXT_BYTES];

	return demo_exec(d, arena_print(
		d->mem, "update enterprise set state = 'verified', "
		"postings_are_public = true, actor = "
		"'00000000-0000-0000-0000-000000000000' "
		"where consortium_id = '%s' and id < '%s'", demo_consortium,
		demo_id(DEMO_ENTERPRISE, DEMO_ENTERPRISES - DEMO_UNVERIFIED,
			first)));
}

/* Until before the rounds' internships begin. */
static bool exempt_one(struct demo *d)
{
	char id[UUID_TEXT_BYTES], enterprise[UUID_TEXT_BYTES];

	return demo_exec(d, arena_print(
		d->mem, "insert into quota_override (consortium_id, id, "
		"enterprise_id, floor_mille, why, starts_on, ends_on) "
		"values ('%s', '%s', '%s', 0, '产线搬迁，暂停接收', "
		"today_in_china(), today_in_china() + 20)", demo_consortium,
		demo_id(DEMO_EXEMPTION, 1, id),
		demo_id(DEMO_ENTERPRISE, 2, enterprise)));
}

bool demo_add_enterprises(struct demo *d)
{
	struct dice dice = dice_for(DEMO_ENTERPRISE);

	for (uint32_t i = 0; i < DEMO_ENTERPRISES; i++)
		add_enterprise(d, &dice, i);
	if (!demo_copy(d, "enterprise (consortium_id, id, uscc, name, "
			  "industry_code, division_code, staff_count, "
			  "staff_counted_on)"))
		return false;
	for (uint32_t i = 0; i < DEMO_ENTERPRISES; i++)
		add_categories(d, &dice, &d->enterprise[i], i);
	return demo_copy(d, "post_category (consortium_id, id, enterprise_id, "
			    "name, staff_count, staff_counted_on)") &&
	       verify_enterprises(d) && exempt_one(d);
}
