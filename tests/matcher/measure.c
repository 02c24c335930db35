/*
 * A realistic instance of any size, placed and verified, with times. As a test
 * it shows that solver and checker agree beyond the reach of brute force.
 *
 * The structure: 97 specialty classes and 30 cities, both head-heavy; one
 * enterprise for 40 students, one posting for 4, one to six post categories an
 * enterprise, consortia of 100 enterprises; caps of 10 % and 20 % of the staff,
 * floors of 2 %.
 *
 * Usage: measure STUDENTS [INSTANCE_OUT]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "documents.h"
#include "matcher/builder.h"
#include "matcher/insist.h"
#include "matcher/place.h"
#include "matcher/verify.h"
#include "small.h"

#define CLASSES 97u
#define CITIES 30u
#define CHOICES 20u

struct world {
	struct dice dice;
	struct match_builder builder;
	struct match_error error;
	uint32_t students, enterprises, postings;
	struct post {
		uint32_t class, city, appeal;
	} * post;
	uint32_t *by_class, *class_start; /* postings, the appealing first */
	char text[3][32];
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static struct match_id name(struct world *w, int use, const char *format,
			    uint32_t a, uint32_t b)
{
	int bytes = snprintf(w->text[use], sizeof(w->text[use]), format, a, b);

	return (struct match_id){w->text[use], (uint32_t)bytes};
}

/* Small numbers are the likelier, as in every list of places and trades. */
static uint32_t head_heavy(struct world *w, uint32_t sides)
{
	uint64_t a = dice_roll(&w->dice, 65536);

	return (uint32_t)(a * a * sides >> 32);
}

static void add_group(struct world *w, struct match_id id,
		      struct match_id parent, uint32_t lower, uint32_t upper)
{
	struct match_new_group group = {
		.id = id, .parent = parent, .lower = lower, .upper = upper};

	MATCH_INSIST(match_builder_group(&w->builder, &group, &w->error));
}

static void add_consortia(struct world *w)
{
	for (uint32_t g = 0; g <= w->enterprises / 100; g++)
		add_group(w, name(w, 0, "c%u", g, 0),
			  (struct match_id){NULL, 0}, 0, 2500);
}

static uint32_t add_enterprise(struct world *w, uint32_t e)
{
	uint32_t staff = 20 + head_heavy(w, 20) * head_heavy(w, 100);
	uint32_t category_count = 1 + dice_roll(&w->dice, 6);

	add_group(w, name(w, 0, "e%06u", e, 0), name(w, 1, "c%u", e / 100, 0),
		  (staff * 2 + 99) / 100, staff < 100 ? 10 : staff / 10);
	for (uint32_t k = 0; k < category_count; k++)
		add_group(w, name(w, 0, "e%06u/%u", e, k),
			  name(w, 1, "e%06u", e, 0), 0,
			  1 + staff / category_count / 5);
	return category_count;
}

static void add_posting(struct world *w, uint32_t p, uint32_t enterprise,
			uint32_t category_count)
{
	struct match_new_posting posting = {
		.id = name(w, 0, "p%07u", p, 0),
		.group = name(w, 1, "e%06u/%u", enterprise,
			      dice_roll(&w->dice, category_count)),
		.capacity = 1 + dice_roll(&w->dice, 10),
	};

	MATCH_INSIST(match_builder_posting(&w->builder, &posting, &w->error));
	w->post[p].appeal = dice_roll(&w->dice, 1000);
}

static void add_postings(struct world *w)
{
	uint32_t p = 0;

	for (uint32_t e = 0; e < w->enterprises; e++) {
		uint32_t category_count = add_enterprise(w, e);
		uint32_t class = head_heavy(w, CLASSES);
		uint32_t city = head_heavy(w, CITIES);
		uint32_t end = (uint32_t)((uint64_t)w->postings * (e + 1) /
					  w->enterprises);

		for (; p < end; p++) {
			bool is_main = dice_roll(&w->dice, 10) < 6;

			add_posting(w, p, e, category_count);
			w->post[p].city = city;
			w->post[p].class =
				is_main ? class : head_heavy(w, CLASSES);
		}
	}
}

static int compare_posts(const void *a, const void *b, void *world)
{
	const struct post *x =
		&((struct world *)world)->post[*(const uint32_t *)a];
	const struct post *y =
		&((struct world *)world)->post[*(const uint32_t *)b];

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	if (x->appeal != y->appeal)
		return x->appeal > y->appeal ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void sort_postings(struct world *w)
{
	for (uint32_t p = 0; p < w->postings; p++) {
		w->by_class[p] = p;
		w->class_start[w->post[p].class + 1]++;
	}
	for (uint32_t c = 0; c < CLASSES; c++)
		w->class_start[c + 1] += w->class_start[c];
	qsort_r(w->by_class, w->postings, sizeof(*w->by_class), compare_posts,
		w);
}

/* Wishes: mostly of the own class, the appealing ones earlier. */
static uint32_t wish(struct world *w, uint32_t class)
{
	uint32_t first = w->class_start[class];
	uint32_t count = w->class_start[class + 1] - first;

	if (!count || dice_roll(&w->dice, 10) == 0)
		return dice_roll(&w->dice, w->postings);
	return w->by_class[first + head_heavy(w, count)];
}

static void add_student(struct world *w, uint32_t s)
{
	uint32_t class = head_heavy(w, CLASSES), city = head_heavy(w, CITIES);
	uint32_t grade =
		200 + dice_roll(&w->dice, 400) + dice_roll(&w->dice, 400);
	uint32_t wanted = 3 + dice_roll(&w->dice, 2 * CHOICES - 5);
	struct match_new_student student = {.id = name(w, 0, "s%07u", s, 0)};
	uint32_t seen[2 * CHOICES], count = 0;

	for (uint32_t i = 0; i < wanted; i++) {
		uint32_t p = wish(w, class), j = 0, score = grade * 3;

		while (j < count && seen[j] != p)
			j++;
		if (j < count)
			continue;
		seen[count++] = p;
		score += w->post[p].class == class ? 3000 : 0;
		score += w->post[p].city == city ? 1500 : 0;
		score += dice_roll(&w->dice, 2000);
		MATCH_INSIST(match_builder_choice(&w->builder,
						  name(w, 1, "p%07u", p, 0),
						  score, &w->error));
	}
	MATCH_INSIST(match_builder_student(&w->builder, &student, &w->error));
}

static void make_instance(uint32_t students, struct match_instance *instance)
{
	static const uint64_t key[2] = {5, 6};
	struct world w = {.dice = {42}, .students = students};

	w.enterprises = students / 40 + 1;
	w.postings = students / 4 + 1;
	w.post = calloc(w.postings, sizeof(*w.post));
	w.by_class = calloc(w.postings, sizeof(*w.by_class));
	w.class_start = calloc(CLASSES + 1, sizeof(*w.class_start));
	MATCH_INSIST(w.post && w.by_class && w.class_start);
	match_builder_init(&w.builder, key);
	MATCH_INSIST(match_builder_seed(&w.builder, name(&w, 0, "seed", 0, 0),
					&w.error));
	add_consortia(&w);
	add_postings(&w);
	sort_postings(&w);
	for (uint32_t s = 0; s < students; s++)
		add_student(&w, s);
	MATCH_INSIST(match_builder_finish(&w.builder, instance, &w.error));
	free(w.post);
	free(w.by_class);
	free(w.class_start);
}

static double lap(double *since_ms)
{
	double then = *since_ms;

	*since_ms = now_ms();
	return *since_ms - then;
}

static void save(const struct document *document, const char *path)
{
	FILE *file = fopen(path, "wb");

	MATCH_INSIST(file);
	MATCH_INSIST(fwrite(document->text, 1, document->bytes, file) ==
		     document->bytes);
	MATCH_INSIST(fclose(file) == 0);
}

/* Place in one mode and verify; says how many faults. */
static uint64_t judge(const struct match_instance *instance, const char *sha256,
		      bool (*place)(const struct match_instance *,
				    struct match_result *,
				    struct match_error *))
{
	static struct match_faults faults;
	struct match_result result;
	struct match_error error;
	double clock_ms = now_ms(), place_ms, verify_ms;

	MATCH_INSIST(place(instance, &result, &error));
	place_ms = lap(&clock_ms);
	snprintf(result.instance_sha256, sizeof(result.instance_sha256), "%s",
		 sha256);
	MATCH_INSIST(match_verify(instance, sha256, &result, &faults, &error));
	verify_ms = lap(&clock_ms);
	printf("%s: place %.1f ms, verify %.1f ms (%.2f %%)\n", result.mode,
	       place_ms, verify_ms, 100 * verify_ms / place_ms);
	printf("%u students, %u choices, shortfall %lld, placed %lld, score "
	       "%lld, %u cutoffs, %u own moves, %llu faults\n",
	       instance->students.count,
	       instance->choice_start[instance->students.count],
	       (long long)result.objective.shortfall,
	       (long long)result.objective.placed,
	       (long long)result.objective.score, result.cutoff_count,
	       result.own_move_count, (unsigned long long)faults.count);
	match_result_free(&result);
	return faults.count;
}

int main(int argument_count, char **arguments)
{
	struct document document = {NULL, 0, 0};
	struct match_instance instance;
	struct match_error error;
	uint64_t fault_count;
	char sha256[MATCH_SHA256_HEX];
	double clock_ms = now_ms();

	MATCH_INSIST(argument_count >= 2);
	make_instance((uint32_t)strtoul(arguments[1], NULL, 10), &instance);
	printf("make %.1f ms\n", lap(&clock_ms));
	document_from_instance(&document, &instance, sha256);
	printf("write %.1f ms, %zu bytes\n", lap(&clock_ms), document.bytes);
	if (argument_count > 2)
		save(&document, arguments[2]);
	match_instance_free(&instance);
	lap(&clock_ms);
	if (!document_to_instance(document.text, document.bytes, &instance,
				  sha256, &error)) {
		printf("%s\n", error.text);
		return 1;
	}
	printf("read %.1f ms\n", lap(&clock_ms));
	fault_count = judge(&instance, sha256, match_place_stable) +
		      judge(&instance, sha256, match_place_optimal);
	match_instance_free(&instance);
	document_free(&document);
	return fault_count != 0;
}
