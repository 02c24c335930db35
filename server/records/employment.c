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

	share_write(w, "placed", employment_placed(e), n);
	share_write(w, "contract", contracted(e), n);
	share_write(w, "flexible", e->n12 + e->n76, n);
	share_write(w, "self_employed", e->n75, n);
	share_write(w, "further_study", studying(e), n);
	share_write(w, "waiting", e->n70 + e->none, n);
	share_write(w, "not_seeking", e->n71 + e->n72, n);
}

static void write_local(struct json_writer *w, const struct employment *e)
{
	share_write(w, "local_of_employed", e->local, employed(e));
	share_write(w, "local_of_graduates", e->local, e->graduates);
}

static void write_rates(struct json_writer *w, const struct employment *e)
{
	json_key(w, "rates");
	json_object(w);
	write_official(w, e);
	write_local(w, e);
	share_write(w, "province_of_employed", e->province, employed(e));
	share_write(w, "province_of_graduates", e->province, e->graduates);
	share_write(w, "aligned_said_of_answered", e->said_yes, e->answered);
	share_write(w, "aligned_said_of_employed", e->said_yes, employed(e));
	share_write(w, "aligned_computed_of_known", e->computed_yes,
		   e->computable);
	share_write(w, "aligned_computed_of_employed", e->computed_yes,
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
	share_write(w, "placed", employment_placed(e), e->graduates);
	write_local(w, e);
	json_end(w);
}
