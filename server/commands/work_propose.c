/* work_propose.c - see work_propose.h. */
#include "commands/work_propose.h"

#include <unistd.h>

#include "records/match_input.h"

/* Postings without a seat left are nothing to wish for. */
static struct match_posting_pool open_postings(struct proposals *p,
					       struct arena *mem,
					       const struct proposing *from)
{
	int count = rows_count(from->seats);
	struct match_posting *open =
		arena_array(mem, struct match_posting, (size_t)count);
	size_t used = 0;

	p->posting_row = arena_array(mem, int, (size_t)count);
	for (int i = 0; i < count; i++) {
		if (rows_int(from->seats, i, from->seats_column) == 0)
			continue;
		p->posting_row[used] = i;
		open[used++] = from->postings[i];
	}
	return (struct match_posting_pool){ open, used };
}

static struct match_student_pool listless(struct arena *mem,
					  const struct rows *rows)
{
	int count = rows_count(rows);
	struct match_student *students =
		arena_array(mem, struct match_student, (size_t)count);
	size_t used = 0;

	for (int i = 0; i < count; i++)
		if (!rows_bool(rows, i, STUDENT_HAS_LIST_COLUMN))
			match_student_from_row(&students[used++], mem, rows,
					       i);
	return (struct match_student_pool){ students, used };
}

static uint32_t threads(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (cores < 1)
		return 1;
	return cores > MATCH_BATCH_THREADS_MAX ? MATCH_BATCH_THREADS_MAX
					       : (uint32_t)cores;
}

bool proposals_make(struct proposals *p, struct arena *mem,
		    const struct proposing *from, struct fault *fault)
{
	struct match_batch_order order = {
		.terms = from->terms,
		.students = listless(mem, from->students),
		.postings = open_postings(p, mem, from),
		.want = from->want,
		.thread_count = threads(),
	};
	struct match_error error;

	if (match_batch(&order, &p->batch, &error))
		return true;
	return fault_set(fault,
			 error.status == MATCH_NO_MEMORY ? FAULT_BUSY
							 : FAULT_BUG,
			 "proposing: %s", error.text);
}

void proposals_close(struct proposals *p)
{
	match_batch_free(&p->batch);
}
