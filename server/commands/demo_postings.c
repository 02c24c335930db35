/*
 * demo_postings.c - postings in the measure of real ones: openings median 2
 * with a long tail, pay between the quartiles that advertisements show.
 */
#include "commands/demo.h"

static const int openings_quantiles[] = { 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2,
					  3, 3, 4, 5, 6, 8, 10, 14, 22, 60 };
/* yuan a month; the lower end of a full post */
static const int pay_quantiles[] = { 3600, 4500, 5000, 5600, 6400, 11000 };

static const char *const welfare[] = {
	"提供工作餐和住宿，上下班有班车", "缴纳实习责任险，提供工作餐",
	"一对一师傅带教，提供住宿", "缴纳实习责任险，每月按时足额发放报酬",
	"提供工作餐、劳保用品和岗前培训",
};

struct demo_kind_word {
	const char *word, *suffix;
	uint32_t percent;
};

static const struct demo_kind_word kinds[] = {
	{ "internship", "（实习）", 76 },
	{ "job", "", 14 },
	{ "apprenticeship", "（学徒制）", 6 },
	{ "order_class", "（订单班）", 4 },
};

/* A posting in the making. */
struct making {
	const struct demo_enterprise *e;
	const struct demo_post *post;
	const struct demo_kind_word *kind;
	uint32_t number, post_no;
	int openings, months;		/* months 0: no period */
	bool is_broad;
};

static const struct demo_kind_word *kind_drawn(struct dice *dice)
{
	uint32_t drawn = dice_below(dice, 100);
	size_t i = 0;

	for (; drawn >= kinds[i].percent; i++)
		drawn -= kinds[i].percent;
	return &kinds[i];
}

/* Larger enterprises post more, and nobody posts a tenth of a small staff ten
 * times over. */
static const struct demo_enterprise *enterprise_drawn(const struct demo *d,
						      struct dice *dice)
{
	const struct demo_enterprise *a, *b;

	a = &d->enterprise[dice_below(dice, DEMO_ENTERPRISES -
					    DEMO_UNVERIFIED)];
	b = &d->enterprise[dice_below(dice, DEMO_ENTERPRISES -
					    DEMO_UNVERIFIED)];
	return a->staff >= b->staff ? a : b;
}

static const struct demo_enterprise *largest(const struct demo *d)
{
	const struct demo_enterprise *most = &d->enterprise[0];

	for (int i = 1; i < DEMO_ENTERPRISES - DEMO_UNVERIFIED; i++)
		if (d->enterprise[i].staff > most->staff)
			most = &d->enterprise[i];
	return most;
}

static int openings_drawn(struct dice *dice, int staff)
{
	int drawn = dice_quantile(dice, openings_quantiles,
				  COUNT_OF(openings_quantiles));
	int most = 3 + staff / 10;

	return drawn < most ? drawn : most;
}

static void draw(const struct demo *d, struct dice *dice, struct making *m)
{
	m->e = enterprise_drawn(d, dice);
	m->kind = kind_drawn(dice);
	m->openings = openings_drawn(dice, m->e->staff);
	if (m->number < (uint32_t)(DEMO_ENTERPRISES - DEMO_UNVERIFIED))
		m->e = &d->enterprise[m->number];	/* each has one */
	if (m->number == DEMO_POSTINGS - 1) {
		m->e = largest(d);
		m->kind = &kinds[0];
		m->openings = DEMO_MOST_OPENINGS;
	}
	m->post_no = dice_below(dice, DEMO_POSTS);
	m->post = &m->e->trade->posts[m->post_no];
	m->is_broad = dice_in(dice, 30);
	m->months = m->kind == &kinds[0] ? 3 + (int)dice_below(dice, 4) :
		    m->kind == &kinds[1] ? 0 : 12;
}

static void add_description(struct demo *d, struct dice *dice,
			    const struct making *m)
{
	const struct demo_post *p = m->post;

	buf_print(&d->lines, "%s招聘%s，工作地点在苏州。\\n岗位职责：",
		  m->e->name, p->title);
	for (int i = 0; i < DEMO_TASKS; i++)
		buf_print(&d->lines, "%d. %s%s", i + 1, p->tasks[i],
			  i + 1 < DEMO_TASKS ? "；" : "。");
	buf_print(&d->lines, "\\n任职要求：所学专业对口或相近，了解%s%s%s，"
		  "做事认真，能与班组配合。\\n",
		  words_at(d->mem, p->skills, 0), "、",
		  words_at(d->mem, p->skills, 1));
	if (p->certificate)
		buf_print(&d->lines, "持%s者优先。", p->certificate);
	buf_print(&d->lines, "每日工作8小时，周末双休，不安排夜班和加班；%s。",
		  welfare[dice_below(dice, COUNT_OF(welfare))]);
}

/* Interns get at least four fifths of what the enterprise pays on the post
 * (rule 1.19); amounts are whole hundreds of yuan. */
static void add_pay(struct demo *d, struct dice *dice, const struct making *m)
{
	int standard = dice_quantile(dice, pay_quantiles,
				     COUNT_OF(pay_quantiles)) / 100;
	int low = standard, high = standard * 4 / 3;

	if (m->kind != &kinds[1]) {	/* who learns earns less */
		standard = standard * 6 / 10;
		low = (standard * 8 + 9) / 10;
		high = standard;
	}
	buf_print(&d->lines, "\t%d\t%d\t%d", low * 10000, high * 10000,
		  standard * 10000);
}

static void add_period(struct demo *d, const struct making *m)
{
	if (m->months == 0)
		buf_text(&d->lines, "\t\\N\t\\N");
	else
		buf_print(&d->lines, "\t%s\t%s", d->term.start,
			  demo_term_day(d->mem, &d->term, m->months));
}

static void add_asks(struct demo *d, struct dice *dice, const struct making *m)
{
	bool is_strict = dice_in(dice, 25);
	const char *least = m->post->targets[0] == '4' ||
			    m->post->targets[0] == '5' ? "associate"
						       : "secondary";

	/* a post of several levels asks for the higher one now and then */
	if (m->post->targets[0] != '6' && m->post->targets[0] != '7' &&
	    !dice_in(dice, 40))
		least = "secondary";
	buf_print(&d->lines, "\t%s\t%s\t%s\t%s", least,
		  words_array(d->mem, m->post->skills, is_strict ? 1 : 0),
		  words_array(d->mem, m->post->skills,
			      is_strict ? ~UINT64_C(1) : ~UINT64_C(0)),
		  m->post->certificate
			  ? words_array(d->mem, m->post->certificate, 1)
			  : "{}");
}

static void add_posting(struct demo *d, struct dice *dice,
			const struct making *m)
{
	char id[UUID_TEXT_BYTES], of[UUID_TEXT_BYTES], in[UUID_TEXT_BYTES];

	uuid_text(&m->e->id, of);
	uuid_text(&m->e->category[m->post_no], in);
	buf_print(&d->lines, "%s\t%s\t%s\t%s\t%s\t%s%s\t%d\t%s\t%s\t",
		  demo_consortium, demo_id(DEMO_POSTING, m->number, id), of,
		  dice_in(dice, 85) ? in : "\\N", m->kind->word,
		  m->post->title, m->kind->suffix, m->openings,
		  words_array(d->mem, m->is_broad ? m->e->trade->classes
						  : m->post->targets,
			      ~UINT64_C(0)),
		  m->e->division);
	add_description(d, dice, m);
	add_pay(d, dice, m);
	add_period(d, m);
	add_asks(d, dice, m);
	buf_text(&d->lines, "\t480\t2400\n");
}

/* Published over the last six weeks, open for two months and more. */
bool demo_publish(struct demo *d, const char *kind, const char *other)
{
	return demo_exec(d, arena_print(
		d->mem,
		"update posting set state = 'published', actor = "
		"'00000000-0000-0000-0000-000000000000', published_at = now() "
		"- interval '71 minutes' * (get_byte(uuid_send(id), 15) "
		"+ get_byte(uuid_send(id), 14) * 2), closes_at = now() "
		"+ interval '62 days' + interval '1 hour' "
		"* get_byte(uuid_send(id), 13) "
		"where consortium_id = '%s' and kind in ('%s', '%s')",
		demo_consortium, kind, other));
}

bool demo_add_postings(struct demo *d)
{
	struct dice dice = dice_for(DEMO_POSTING);

	for (uint32_t i = 0; i < DEMO_POSTINGS; i++) {
		struct making m = { .number = i };

		draw(d, &dice, &m);
		add_posting(d, &dice, &m);
	}
	return demo_copy(d, "posting (consortium_id, id, enterprise_id, "
			    "post_category_id, kind, title, openings, targets, "
			    "division_code, description, pay_min_fen, "
			    "pay_max_fen, pay_standard_fen, period_start, "
			    "period_end, min_education, required_skills, "
			    "preferred_skills, preferred_certificates, "
			    "day_minutes, week_minutes)") &&
	       demo_publish(d, "internship", "job");
}
