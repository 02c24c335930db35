/* quadrant.c - see quadrant.h. Rates are compared as fractions, not rounded. */
#include "records/quadrant.h"

#include "base/base.h"
#include "records/share.h"

struct quadrant_counts quadrant_counts_from_row(const struct rows *rows,
						int row)
{
	return (struct quadrant_counts){
		rows_int(rows, row, QUADRANT_GRADUATES),
		rows_int(rows, row, QUADRANT_PLACED),
		rows_int(rows, row, QUADRANT_STUDYING)
	};
}

void quadrant_counts_add(struct quadrant_counts *to,
			 const struct quadrant_counts *more)
{
	to->graduates += more->graduates;
	to->placed += more->placed;
	to->studying += more->studying;
}

const char *quadrant_of(const struct quadrant_counts *counts,
			const struct quadrant_counts *mean)
{
	bool is_placed, is_studying;

	must(counts->graduates > 0 && mean->graduates > 0);
	is_placed = counts->placed * mean->graduates >=
		    mean->placed * counts->graduates;
	is_studying = counts->studying * mean->graduates >=
		      mean->studying * counts->graduates;
	return is_placed ? (is_studying ? "Q1" : "Q2") :
			   (is_studying ? "Q3" : "Q4");
}

static void write_rate(struct json_writer *w, const char *name,
		       int64_t numerator, int64_t denominator)
{
	json_key(w, name);
	json_object(w);
	json_member_int(w, "numerator", numerator);
	json_member_int(w, "denominator", denominator);
	json_member_int(w, "rate", share_of(numerator, denominator));
	json_end(w);
}

void quadrant_counts_write(struct json_writer *w,
			   const struct quadrant_counts *counts)
{
	static const char *const names[] = { "graduates", "placed",
					     "further_study" };

	for (size_t i = 0; !counts && i < COUNT_OF(names); i++)
		json_member_text(w, names[i], NULL);
	if (!counts)
		return;
	json_member_int(w, "graduates", counts->graduates);
	write_rate(w, "placed", counts->placed, counts->graduates);
	write_rate(w, "further_study", counts->studying, counts->graduates);
}
