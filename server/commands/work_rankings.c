/* work_rankings.c - see work_rankings.h. */
#include "commands/work_rankings.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "wire/db.h"

enum { POSTING_COLUMN, STUDENT_COLUMN, RANK_COLUMN };

struct wished_seat {
	struct match_id posting, student;
	uint32_t rank;			/* UINT32_MAX: not named */
	uint32_t score;
	uint64_t lottery;
};

static int id_order(struct match_id a, struct match_id b)
{
	uint32_t bytes = a.bytes < b.bytes ? a.bytes : b.bytes;
	int order = memcmp(a.text, b.text, bytes);

	return order ? order : (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

static struct match_id id_in(const struct rows *rows, int row, int column)
{
	return (struct match_id){ rows_text(rows, row, column),
				  (uint32_t)rows_bytes(rows, row, column) };
}

/* The first row at or behind (posting, student); student may be empty. */
static int row_from(const struct rankings *r, struct match_id posting,
		    struct match_id student)
{
	int low = 0, high = rows_count(r->rows);

	while (low < high) {
		int middle = low + (high - low) / 2;
		int order = id_order(id_in(r->rows, middle, POSTING_COLUMN),
				     posting);

		if (order == 0)
			order = id_order(id_in(r->rows, middle,
					       STUDENT_COLUMN), student);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_of(const struct rankings *r, int row, int column,
		  struct match_id id)
{
	return row < rows_count(r->rows) &&
	       id_order(id_in(r->rows, row, column), id) == 0;
}

static bool is_ranked(const struct rankings *r, struct match_id posting)
{
	struct match_id first = { "", 0 };

	return r->rows &&
	       is_of(r, row_from(r, posting, first), POSTING_COLUMN, posting);
}

void rankings_wish(struct rankings *r, struct match_id posting,
		   struct match_id student, uint32_t score)
{
	struct wished_seat seat = { .posting = posting, .student = student,
				    .rank = UINT32_MAX, .score = score };
	int row;

	if (!is_ranked(r, posting))
		return;
	row = row_from(r, posting, student);
	if (is_of(r, row, POSTING_COLUMN, posting) &&
	    is_of(r, row, STUDENT_COLUMN, student))
		seat.rank = (uint32_t)rows_int(r->rows, row, RANK_COLUMN);
	seat.lottery = match_drawn_number(r->seed, student);
	buf_bytes(&r->wished, &seat, sizeof(seat));
}

/* By posting, then as the enterprise says, then as the model has it. */
static int seat_order(const void *a, const void *b)
{
	const struct wished_seat *p = a, *q = b;
	int order = id_order(p->posting, q->posting);

	if (order)
		return order;
	if (p->rank != q->rank)
		return p->rank < q->rank ? -1 : 1;
	if (p->score != q->score)
		return p->score > q->score ? -1 : 1;
	if (p->lottery != q->lottery)
		return p->lottery < q->lottery ? -1 : 1;
	return id_order(p->student, q->student);
}

static size_t seat_count(const struct rankings *r)
{
	return r->wished.used / sizeof(struct wished_seat);
}

void rankings_sort(struct rankings *r)
{
	if (r->wished.used)
		qsort(r->wished.at, seat_count(r), sizeof(struct wished_seat),
		      seat_order);
}

static const struct wished_seat *first_seat(const struct rankings *r,
					    struct match_id posting)
{
	const struct wished_seat *seats = (const void *)r->wished.at;
	size_t low = 0, high = seat_count(r);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (id_order(seats[middle].posting, posting) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return seats + low;
}

bool rankings_add(const struct rankings *r, struct match_builder *builder,
		  struct match_id posting, bool *has_ranking,
		  struct match_error *error)
{
	const struct wished_seat *seat, *end;

	*has_ranking = false;
	if (!r->wished.used)
		return true;
	end = (const struct wished_seat *)(const void *)r->wished.at +
	      seat_count(r);
	for (seat = first_seat(r, posting);
	     seat < end && id_order(seat->posting, posting) == 0; seat++) {
		if (!match_builder_ranked(builder, seat->student, error))
			return false;
		*has_ranking = true;
	}
	return true;
}

void rankings_close(struct rankings *r)
{
	if (r->rows)
		rows_release(r->rows);
	buf_close(&r->wished);
}
