/* specialty_list_write.c - the rule and its entries as JSON: all that it takes
 * to recompute an outcome by hand. See specialty_list.h. */
#include "base/base.h"
#include "records/specialty_list.h"
#include "records/specialty_terms.h"

static void member_word(struct json_writer *w, const char *name,
			const char *const *words, int word)
{
	json_member_text(w, name, words[word]);
}

static void member_known(struct json_writer *w, const char *name,
			 bool is_known, int64_t value)
{
	if (is_known)
		json_member_int(w, name, value);
	else
		json_member_null(w, name);
}

static void write_card(struct json_writer *w,
		       const struct match_specialty_condition_card *card)
{
	json_member_text(w, "name", card->name);
	member_word(w, "outcome", match_specialty_outcome_words,
		    card->outcome);
	member_word(w, "measure", match_specialty_measure_words,
		    card->measure);
	member_word(w, "side", match_specialty_side_words, card->side);
}

void specialty_rule_write(struct json_writer *w,
			  const struct match_specialty_terms *t)
{
#define MATCH_SPECIALTY_CONDITION(outcome, measure, side, term) t->term,
	const int64_t thresholds[] = {
#include "matcher/specialty_conditions.def"
	};
#undef MATCH_SPECIALTY_CONDITION

	json_object(w);
	json_member_text(w, "document", "docs/specialty-lists.md");
	json_member_int(w, "cohorts", t->cohorts);
	json_member_int(w, "least_cohorts", t->least_cohorts);
	json_member_int(w, "least_graduates", t->least_graduates);
	json_member_int(w, "upgrade_least", t->upgrade_least);
	json_key(w, "conditions");
	json_array(w);
	for (int i = 0; i < MATCH_SPECIALTY_CONDITIONS; i++) {
		json_object(w);
		write_card(w, &match_specialty_conditions[i]);
		json_member_int(w, "threshold", thresholds[i]);
		json_end(w);
	}
	json_end(w);
	json_end(w);
}

const char *specialty_rule_text(const struct match_specialty_terms *t,
				struct arena *mem)
{
	struct buf out = { 0 };
	struct json_writer w;
	const char *text;

	json_begin(&w, &out);
	specialty_rule_write(&w, t);
	text = arena_text(mem, out.at, out.used);
	buf_close(&out);
	return text;
}

/* ---- evidence ---- */

static void write_counts(struct json_writer *w,
			 const struct match_specialty_cohort *c, bool is_known)
{
	member_known(w, "graduates", is_known, c->graduates);
	member_known(w, "placed", is_known, c->placed);
	member_known(w, "employed", is_known, c->employed);
	member_known(w, "local", is_known, c->local);
	member_known(w, "answered", is_known, c->answered);
	member_known(w, "aligned", is_known, c->aligned);
	member_known(w, "studying", is_known, c->studying);
}

static void write_cohort(struct json_writer *w,
			 const struct specialty_parts *parts,
			 const struct specialty_entry *e, int back,
			 bool is_own)
{
	const struct match_specialty_evidence *v = &e->evidence;
	const struct match_specialty_market *market = &v->market[back];
	bool is_counted = v->own[back].is_counted;

	json_object(w);
	json_member_int(w, "year", parts->year - back);
	json_member_bool(w, "is_in_window", back < parts->terms.cohorts);
	json_member_bool(w, "is_counted", is_counted);
	json_member_bool(w, "is_hidden", e->has_students[back] &&
			 !is_counted);
	write_counts(w, &e->whole[back],
		     is_counted || is_own || !e->has_students[back]);
	json_key(w, "level");
	json_object(w);
	write_counts(w, &v->level[back], true);
	json_end(w);
	member_known(w, "demand_mille", market->is_known,
		     market->demand_mille);
	member_known(w, "supply", market->is_known, market->supply);
	json_end(w);
}

static void write_next(struct json_writer *w,
		       const struct specialty_parts *parts,
		       const struct specialty_entry *e, int ahead, bool is_own)
{
	bool is_known = e->evidence.next[ahead].is_known;

	json_object(w);
	json_member_int(w, "year", parts->year + 1 + ahead);
	json_member_bool(w, "is_counted", is_known);
	json_member_bool(w, "is_hidden", e->has_next[ahead] && !is_known);
	member_known(w, "students", is_known || is_own, e->whole_next[ahead]);
	json_end(w);
}

/* ---- what the rule found ---- */

static void write_measures(struct json_writer *w,
			   const struct match_specialty_finding *f)
{
	json_key(w, "measures");
	json_object(w);
	for (int i = 0; i < MATCH_SPECIALTY_MEASURES; i++) {
		const struct match_specialty_measured *m = &f->measured[i];
		bool is_rate = i < MATCH_SPECIALTY_RATES;

		json_key(w, match_specialty_measure_words[i]);
		json_object(w);
		member_known(w, "value", m->is_known, m->value);
		member_known(w, "rate", m->is_known && is_rate, m->rate);
		member_known(w, "mean", m->is_known && is_rate, m->mean);
		json_end(w);
	}
	json_end(w);
}

static void write_margin(struct json_writer *w,
			 const struct match_specialty_margin *m)
{
	member_known(w, "changes_at", m->has_change, m->changes_at);
	json_member_text(w, "becomes", m->has_change ?
			 match_specialty_outcome_words[m->becomes] : NULL);
}

static void write_conditions(struct json_writer *w,
			     const struct match_specialty_finding *f)
{
	json_key(w, "conditions");
	json_array(w);
	for (int i = 0; i < MATCH_SPECIALTY_CONDITIONS; i++) {
		const struct match_specialty_condition_card *card =
			&match_specialty_conditions[i];
		const struct match_specialty_measured *m =
			&f->measured[card->measure];

		json_object(w);
		write_card(w, card);
		json_member_int(w, "threshold", f->held[i].threshold);
		member_known(w, "value", m->is_known, m->value);
		json_member_bool(w, "holds", f->held[i].holds);
		write_margin(w, &f->held[i].margin);
		json_end(w);
	}
	json_end(w);
}

static void write_limit(struct json_writer *w, const char *name,
			int64_t threshold,
			const struct match_specialty_margin *margin)
{
	json_key(w, name);
	json_object(w);
	json_member_int(w, "threshold", threshold);
	write_margin(w, margin);
	json_end(w);
}

static void write_limits(struct json_writer *w,
			 const struct match_specialty_terms *t,
			 const struct match_specialty_finding *f)
{
	json_key(w, "limits");
	json_object(w);
	write_limit(w, "least_cohorts", t->least_cohorts, &f->least_cohorts);
	write_limit(w, "least_graduates", t->least_graduates,
		    &f->least_graduates);
	write_limit(w, "upgrade_least", t->upgrade_least, &f->upgrade_least);
	json_end(w);
}

static void write_evidence(struct json_writer *w,
			   const struct specialty_parts *parts,
			   const struct specialty_entry *e,
			   const struct match_specialty_finding *f, bool is_own)
{
	json_object(w);
	json_key(w, "cohorts");
	json_array(w);
	for (int i = 0; i <= parts->terms.cohorts; i++)
		write_cohort(w, parts, e, i, is_own);
	json_end(w);
	json_key(w, "next");
	json_array(w);
	for (int i = 0; i < MATCH_SPECIALTY_NEXT; i++)
		write_next(w, parts, e, i, is_own);
	json_end(w);
	write_measures(w, f);
	write_conditions(w, f);
	write_limits(w, &parts->terms, f);
	json_end(w);
}

/* ---- entries ---- */

static void write_head(struct json_writer *w,
		       const struct specialty_parts *parts,
		       const struct specialty_entry *e,
		       const struct match_specialty_finding *f)
{
	json_member_text(w, "specialty", e->specialty);
	json_member_text(w, "specialty_name", e->specialty_name);
	json_member_text(w, "level", e->level);
	json_member_uuid(w, "school_id", &e->school_id);
	json_member_text(w, "school_name", e->school_name);
	member_word(w, "outcome", match_specialty_outcome_words, f->outcome);
	json_member_bool(w, "is_hidden", specialty_entry_is_hidden(parts, e));
	json_member_bool(w, "is_stable", f->is_stable);
	member_word(w, "with_more", match_specialty_outcome_words, f->more);
	json_member_text(w, "with_fewer", f->has_fewer ?
			 match_specialty_outcome_words[f->fewer] : NULL);
	json_member_int(w, "cohorts", f->cohorts);
	json_member_int(w, "graduates", f->graduates);
}

void specialty_entry_write(struct json_writer *w,
			   const struct specialty_parts *parts,
			   const struct specialty_entry *e, bool is_own)
{
	struct match_specialty_finding f;

	match_specialty_judge(&e->evidence, &parts->terms, &f);
	write_head(w, parts, e, &f);
	json_key(w, "evidence");
	write_evidence(w, parts, e, &f, is_own);
}

static void write_kept(struct json_writer *w,
		       const struct specialty_parts *parts,
		       const struct specialty_entry *e)
{
	struct uuid id = uuid_new();
	struct match_specialty_finding f;

	match_specialty_judge(&e->evidence, &parts->terms, &f);
	json_object(w);
	json_member_uuid(w, "id", &id);
	write_head(w, parts, e, &f);
	json_key(w, "evidence");
	write_evidence(w, parts, e, &f, false);
	json_key(w, "own_evidence");
	if (uuid_is_nil(&e->school_id))
		json_null(w);
	else
		write_evidence(w, parts, e, &f, true);
	json_end(w);
}

const char *specialty_entries_text(const struct specialty_parts *parts,
				   const struct specialty_entries *entries,
				   struct arena *mem)
{
	struct buf out = { 0 };
	struct json_writer w;
	const char *text;

	json_begin(&w, &out);
	json_array(&w);
	for (size_t i = 0; i < entries->count; i++)
		write_kept(&w, parts, &entries->at[i]);
	json_end(&w);
	text = arena_text(mem, out.at, out.used);
	buf_close(&out);
	return text;
}
