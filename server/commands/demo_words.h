/*
 * demo_words.h - what the demonstration city is made of: trades with their
 * posts, and parts of names. All of it is ours; no name is a real person's or
 * company's. The codes are the official ones and must be in the lists.
 *
 * A list in one text has its items apart by one blank.
 */
#ifndef COMMANDS_DEMO_WORDS_H
#define COMMANDS_DEMO_WORDS_H

enum { DEMO_TASKS = 3, DEMO_LINES = 5, DEMO_POSTS = 4, DEMO_LEVELS = 3 };

/* What an enterprise makes, with its class in GB/T 4754. */
struct demo_line {
	const char *industry, *word;
};

/* A post, as many enterprises of a trade have it. */
struct demo_post {
	const char *title, *category;
	const char *targets;			/* specialties and classes */
	const char *tasks[DEMO_TASKS];
	const char *skills;			/* of the trade's skills */
	const char *certificate;		/* or NULL */
};

struct demo_trade {
	int weight;				/* its share of the city */
	/* secondary, associate, bachelor; "" where no school has one */
	const char *specialties[DEMO_LEVELS];
	const char *classes;
	const char *skills, *certificates;
	struct demo_line lines[DEMO_LINES];
	struct demo_post posts[DEMO_POSTS];
};

enum demo_trade_no {
	DEMO_MACHINING,
	DEMO_AUTOMATION,
	DEMO_ELECTRONICS,
	DEMO_AUTOMOTIVE,
	DEMO_ENERGY,
	DEMO_PHARMA,
	DEMO_TEXTILE,
	DEMO_FOOD,
	DEMO_CONSTRUCTION,
	DEMO_SOFTWARE,
	DEMO_LOGISTICS,
	DEMO_ACCOUNTING,
	DEMO_COMMERCE,
	DEMO_HOSPITALITY,
	DEMO_CARE,
	DEMO_DESIGN,
	DEMO_TRADE_COUNT
};

extern const struct demo_trade *const demo_trades[DEMO_TRADE_COUNT];

/* demo_makers.c */
extern const struct demo_trade demo_machining, demo_automation,
	demo_electronics, demo_automotive, demo_energy, demo_pharma,
	demo_textile, demo_food, demo_construction;
/* demo_services.c */
extern const struct demo_trade demo_software, demo_logistics,
	demo_accounting, demo_commerce, demo_hospitality, demo_care,
	demo_design;

extern const char demo_surnames[], demo_girls[], demo_boys[];
extern const char demo_brand_first[], demo_brand_second[], demo_brand_third[];

#endif
