/*
 * employment.c - see employment.h. Of whom nothing is known, what is denied
 * and what is not proven as well as was asked, counts with those who wait for
 * work (code 70): every graduate is in exactly one category.
 */
#include "records/employment.h"

#include "base/base.h"
#include "records/share.h"

void employment_from_row(struct employment *e, const struct rows *rows,
			 int row)
{
	int column = EMPLOYMENT_COUNTS;

#define X(name) e->name = rows_int(rows, row, column++);
	EMPLOYMENT_COUNT(X)
#undef X
}

static void write_rate(struct json_writer *w, const char *name,
		       int64_t numerator, int64_t denominator)
{
	share_write(w, name, numerator, denominator);
}

int64_t employment_rate(int64_t numerator, int64_t denominator)
{
	return share_of(numerator, denominator);
}

/* 4.2: by agreement or contract. */
static int64_t contracted(const struct employment *e)
{
	return e->n10 + e->n11 + e->n27 + e->n46 + e->n50 + e->n51;
}

static int64_t employed(const struct employment *e)
{
	return contracted(e) + e->n12 + e->n75 + e->n76;
}

static int64_t studying(const struct employment *e)
{
	return e->n80 + e->n85;
}

int64_t employment_placed(const struct employment *e)
{
	return employed(e) + studying(e);
}

static void write_official(struct json_writer *w, const struct employment *e)
{
	int64_t n = e->graduates;

	write_rate(w, "placed", employment_placed(e), n);
	write_rate(w, "contract", contracted(e), n);
	write_rate(w, "flexible", e->n12 + e->n76, n);
	write_rate(w, "self_employed", e->n75, n);
	write_rate(w, "further_study", studying(e), n);
	write_rate(w, "waiting", e->n70 + e->none, n);
	write_rate(w, "not_seeking", e->n71 + e->n72, n);
}

static void write_local(struct json_writer *w, const struct employment *e)
{
	write_rate(w, "local_of_employed", e->local, employed(e));
	write_rate(w, "local_of_graduates", e->local, e->graduates);
}

static void write_rates(struct json_writer *w, const struct employment *e)
{
	json_key(w, "rates");
	json_object(w);
	write_official(w, e);
	write_local(w, e);
	write_rate(w, "province_of_employed", e->province, employed(e));
	write_rate(w, "province_of_graduates", e->province, e->graduates);
	write_rate(w, "aligned_said_of_answered", e->said_yes, e->answered);
	write_rate(w, "aligned_said_of_employed", e->said_yes, employed(e));
	write_rate(w, "aligned_computed_of_known", e->computed_yes,
		   e->computable);
	write_rate(w, "aligned_computed_of_employed", e->computed_yes,
		   employed(e));
	json_end(w);
}

static void write_counts(struct json_writer *w, const struct employment *e)
{
	const struct { const char *code; int64_t count; } codes[] = {
		{ "10", e->n10 }, { "11", e->n11 }, { "12", e->n12 },
		{ "27", e->n27 }, { "46", e->n46 }, { "50", e->n50 },
		{ "51", e->n51 }, { "70", e->n70 }, { "71", e->n71 },
		{ "72", e->n72 }, { "75", e->n75 }, { "76", e->n76 },
		{ "80", e->n80 }, { "85", e->n85 }, { "none", e->none },
	};

	json_key(w, "counts");
	json_object(w);
	for (size_t i = 0; i < COUNT_OF(codes); i++)
		json_member_int(w, codes[i].code, codes[i].count);
	json_end(w);
}

void employment_write(struct json_writer *w, const struct employment *e)
{
	json_member_int(w, "graduates", e->graduates);
	write_counts(w, e);
	json_key(w, "evidence");
	json_object(w);
	json_member_int(w, "declared", e->declared);
	json_member_int(w, "employer", e->employer);
	json_member_int(w, "document", e->document);
	json_member_int(w, "insurance_record", e->insurance_record);
	json_end(w);
	write_rates(w, e);
}

void employment_write_hidden(struct json_writer *w)
{
	static const char *const names[] = { "graduates", "counts",
					     "evidence", "rates" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		json_key(w, names[i]);
		json_null(w);
	}
}

void employment_write_before(struct json_writer *w, const struct employment *e)
{
	if (!e) {
		json_null(w);
		return;
	}
	json_object(w);
	json_member_int(w, "graduates", e->graduates);
	write_rate(w, "placed", employment_placed(e), e->graduates);
	write_local(w, e);
	json_end(w);
}
