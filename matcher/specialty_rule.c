/*
 * Measures, conditions, outcome, and what would make another one: as
 * specialty_rule.h has it. Sums over six cohorts of a million and their
 * products with 10,000 stay within 63 bits.
 */
#include "matcher/specialty_rule.h"

#include "matcher/insist.h"

#include <stddef.h>

#define MATCH_SPECIALTY_TERM(name, default_, least, most) .name = default_,
const struct match_specialty_terms match_specialty_default_terms = {
#include "matcher/specialty_terms.def"
};
#undef MATCH_SPECIALTY_TERM

const char *const match_specialty_outcome_words[] = {
	"too-few", "restrict", "strengthen", "upgrade", "none", NULL
};
const char *const match_specialty_measure_words[] = {
	"placed", "local", "aligned", "study", "demand", "demand_trend",
	"enrolment", NULL
};
const char *const match_specialty_side_words[] = { "at-least", "at-most",
						   NULL };

#define MATCH_SPECIALTY_CONDITION(outcome_, measure_, side_, term) \
	{ #term, MATCH_SPECIALTY_##outcome_, MATCH_SPECIALTY_##measure_, \
	  MATCH_SPECIALTY_##side_ },
const struct match_specialty_condition_card match_specialty_conditions[] = {
#include "matcher/specialty_conditions.def"
};
#undef MATCH_SPECIALTY_CONDITION

/* ---- measures ---- */

/* Halves up; the denominator is above 0. */
static int64_t divided(int64_t numerator, int64_t denominator)
{
	int64_t rest = numerator % denominator;

	return numerator / denominator + (rest >= denominator - rest);
}

void match_specialty_add(struct match_specialty_cohort *sum,
			 const struct match_specialty_cohort *one)
{
	sum->graduates += one->graduates;
	sum->placed += one->placed;
	sum->employed += one->employed;
	sum->local += one->local;
	sum->answered += one->answered;
	sum->aligned += one->aligned;
	sum->studying += one->studying;
}

struct share {
	int64_t part, whole;
};

static struct share share_of(const struct match_specialty_cohort *c,
			     enum match_specialty_measure measure)
{
	switch (measure) {
	case MATCH_SPECIALTY_PLACED:
		return (struct share){ c->placed, c->graduates };
	case MATCH_SPECIALTY_LOCAL:
		return (struct share){ c->local, c->employed };
	case MATCH_SPECIALTY_ALIGNED:
		return (struct share){ c->aligned, c->answered };
	default:
		return (struct share){ c->studying, c->graduates };
	}
}

static struct match_specialty_measured
rate_over_mean(const struct match_specialty_cohort *own,
	       const struct match_specialty_cohort *level,
	       enum match_specialty_measure measure)
{
	struct share o = share_of(own, measure), l = share_of(level, measure);
	struct match_specialty_measured m = { false, 0, 0, 0 };

	MATCH_INSIST(o.part <= o.whole && l.part <= l.whole);
	if (o.whole == 0 || l.whole == 0)
		return m;
	m.is_known = true;
	m.rate = divided(10000 * o.part, o.whole);
	m.mean = divided(10000 * l.part, l.whole);
	m.value = m.rate - m.mean;
	return m;
}

/* Thousandths of numerator by denominator; 0 by 0 is not known. */
static struct match_specialty_measured ratio(int64_t numerator,
					     int64_t denominator)
{
	struct match_specialty_measured m = { denominator > 0 || numerator > 0,
					      MATCH_SPECIALTY_MILLE_MAX, 0,
					      0 };

	/* Beyond the most it need not be multiplied, and would not fit. */
	if (numerator / MATCH_SPECIALTY_MILLE_MAX < denominator)
		m.value = divided(1000 * numerator, denominator);
	if (m.value > MATCH_SPECIALTY_MILLE_MAX)
		m.value = MATCH_SPECIALTY_MILLE_MAX;
	return m;
}

static void measure_market(const struct match_specialty_evidence *e,
			   int64_t window,
			   struct match_specialty_measured *measured)
{
	const struct match_specialty_market *now = &e->market[0];
	int64_t demand = 0, supply = 0;

	for (int64_t i = 1; i < window; i++) {
		if (!e->market[i].is_known)
			continue;
		demand += e->market[i].demand_mille;
		supply += e->market[i].supply;
	}
	if (now->is_known && supply > 0)
		measured[MATCH_SPECIALTY_DEMAND_TREND] =
			ratio(now->demand_mille * supply,
			      demand * now->supply);
	if (now->is_known) {
		demand += now->demand_mille;
		supply += now->supply;
	}
	if (supply > 0)
		measured[MATCH_SPECIALTY_DEMAND] = ratio(demand,
							 1000 * supply);
}

static void measure(const struct match_specialty_evidence *e, int64_t window,
		    struct match_specialty_finding *f)
{
	struct match_specialty_cohort own = { 0 }, level = { 0 };
	int64_t to_come = 0, students = 0;

	for (int64_t i = 0; i < window; i++) {
		if (!e->own[i].is_counted)
			continue;
		match_specialty_add(&own, &e->own[i]);
		match_specialty_add(&level, &e->level[i]);
		f->cohorts++;
	}
	f->graduates = own.graduates;
	for (enum match_specialty_measure m = 0; m < MATCH_SPECIALTY_RATES;
	     m++)
		f->measured[m] = rate_over_mean(&own, &level, m);
	measure_market(e, window, f->measured);
	for (int i = 0; i < MATCH_SPECIALTY_NEXT; i++) {
		to_come += e->next[i].is_known;
		students += e->next[i].is_known ? e->next[i].students : 0;
	}
	if (to_come > 0 && own.graduates > 0)
		f->measured[MATCH_SPECIALTY_ENROLMENT] = ratio(
			students * f->cohorts, own.graduates * to_come);
}

/* ---- outcome ---- */

/* What is not known counts as the worst for the condition. */
static int64_t value_for(const struct match_specialty_finding *f,
			 const struct match_specialty_condition_card *card)
{
	const struct match_specialty_measured *m = &f->measured[card->measure];
	bool is_rate = card->measure < MATCH_SPECIALTY_RATES;

	if (m->is_known)
		return m->value;
	if (card->side == MATCH_SPECIALTY_AT_MOST)
		return is_rate ? MATCH_SPECIALTY_RATE_MAX :
				 MATCH_SPECIALTY_MILLE_MAX;
	return is_rate ? -MATCH_SPECIALTY_RATE_MAX : 0;
}

static void hold(const struct match_specialty_terms *t,
		 struct match_specialty_finding *f)
{
#define MATCH_SPECIALTY_CONDITION(outcome, measure, side, term) t->term,
	const int64_t thresholds[] = {
#include "matcher/specialty_conditions.def"
	};
#undef MATCH_SPECIALTY_CONDITION

	for (int i = 0; i < MATCH_SPECIALTY_CONDITIONS; i++) {
		const struct match_specialty_condition_card *card =
			&match_specialty_conditions[i];
		int64_t value = value_for(f, card);

		f->held[i].threshold = thresholds[i];
		f->held[i].holds = card->side == MATCH_SPECIALTY_AT_LEAST ?
					   value >= thresholds[i] :
					   value <= thresholds[i];
	}
}

/* How many conditions of an outcome hold, and how many it has. */
static int64_t held_of(const struct match_specialty_finding *f,
		       enum match_specialty_outcome outcome, int64_t *all)
{
	int64_t count = 0;

	*all = 0;
	for (int i = 0; i < MATCH_SPECIALTY_CONDITIONS; i++) {
		if (match_specialty_conditions[i].outcome != outcome)
			continue;
		(*all)++;
		count += f->held[i].holds;
	}
	return count;
}

static enum match_specialty_outcome
outcome_of(const struct match_specialty_finding *f,
	   const struct match_specialty_terms *t)
{
	int64_t all;

	if (f->cohorts < t->least_cohorts ||
	    f->graduates < t->least_graduates)
		return MATCH_SPECIALTY_TOO_FEW;
	if (held_of(f, MATCH_SPECIALTY_RESTRICT, &all) == all)
		return MATCH_SPECIALTY_RESTRICT;
	if (held_of(f, MATCH_SPECIALTY_STRENGTHEN, &all) == all)
		return MATCH_SPECIALTY_STRENGTHEN;
	if (held_of(f, MATCH_SPECIALTY_UPGRADE, &all) >= t->upgrade_least)
		return MATCH_SPECIALTY_UPGRADE;
	return MATCH_SPECIALTY_NONE;
}

static void judge_window(const struct match_specialty_evidence *e,
			 const struct match_specialty_terms *t, int64_t window,
			 struct match_specialty_finding *f)
{
	*f = (struct match_specialty_finding){ 0 };
	measure(e, window, f);
	hold(t, f);
	f->outcome = outcome_of(f, t);
}

/* ---- what would make another one ---- */

static struct match_specialty_margin
margin_at(const struct match_specialty_finding *f, int64_t at,
	  enum match_specialty_outcome becomes)
{
	struct match_specialty_margin none = { false, 0, f->outcome };

	if (becomes == f->outcome)
		return none;
	return (struct match_specialty_margin){ true, at, becomes };
}

/* Moved just past its value, the condition holds no more, or does. */
static struct match_specialty_margin
condition_margin(const struct match_specialty_finding *f,
		 const struct match_specialty_terms *t, int condition)
{
	const struct match_specialty_condition_card *card =
		&match_specialty_conditions[condition];
	struct match_specialty_finding other = *f;
	bool holds = f->held[condition].holds;
	int64_t past = card->side == MATCH_SPECIALTY_AT_LEAST ? 1 : -1;

	other.held[condition].holds = !holds;
	return margin_at(f, value_for(f, card) + (holds ? past : 0),
			 outcome_of(&other, t));
}

/* The threshold *moved of `terms`, which `has` of them reach or do not. */
static struct match_specialty_margin
count_margin(const struct match_specialty_finding *f,
	     const struct match_specialty_terms *terms, int64_t *moved,
	     int64_t has)
{
	int64_t was = *moved, at = has >= was ? has + 1 : has;
	enum match_specialty_outcome becomes;

	if (at < 1)
		return margin_at(f, 0, f->outcome);
	*moved = at;
	becomes = outcome_of(f, terms);
	*moved = was;
	return margin_at(f, at, becomes);
}

static void find_margins(const struct match_specialty_terms *t,
			 struct match_specialty_finding *f)
{
	struct match_specialty_terms terms = *t;
	int64_t all;

	for (int i = 0; i < MATCH_SPECIALTY_CONDITIONS; i++)
		f->held[i].margin = condition_margin(f, t, i);
	f->least_cohorts = count_margin(f, &terms, &terms.least_cohorts,
					f->cohorts);
	f->least_graduates = count_margin(f, &terms, &terms.least_graduates,
					  f->graduates);
	f->upgrade_least = count_margin(
		f, &terms, &terms.upgrade_least,
		held_of(f, MATCH_SPECIALTY_UPGRADE, &all));
}

enum match_specialty_outcome
match_specialty_outcome_of(const struct match_specialty_evidence *e,
			   const struct match_specialty_terms *t)
{
	struct match_specialty_finding f;

	MATCH_INSIST(t->cohorts >= 1 && t->cohorts < MATCH_SPECIALTY_COHORTS);
	judge_window(e, t, t->cohorts, &f);
	return f.outcome;
}

void match_specialty_judge(const struct match_specialty_evidence *e,
			   const struct match_specialty_terms *t,
			   struct match_specialty_finding *f)
{
	struct match_specialty_finding other;

	MATCH_INSIST(t->cohorts >= 1 && t->cohorts < MATCH_SPECIALTY_COHORTS);
	judge_window(e, t, t->cohorts, f);
	find_margins(t, f);
	judge_window(e, t, t->cohorts + 1, &other);
	f->more = other.outcome;
	f->fewer = f->outcome;
	f->has_fewer = t->cohorts > 1;
	if (f->has_fewer) {
		judge_window(e, t, t->cohorts - 1, &other);
		f->fewer = other.outcome;
	}
	f->is_stable = f->more == f->outcome && f->fewer == f->outcome;
}
