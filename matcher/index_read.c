/*
 * The readers' half: every record that passes the filters is aligned and
 * offered to the best k.
 */
#include "matcher/index_filter.h"
#include "matcher/index_snapshot.h"
#include "matcher/index_top.h"

#include <string.h>

static void offer(struct match_top *top, const struct match_record *record,
		  int64_t published_us, const struct match_fit *fit)
{
	struct match_index_entry entry = {
		.published_us = published_us,
		.slot = record->slot,
		.score = fit->score,
		.tier = fit->tier,
	};

	if (!fit->is_eligible)
		return;
	memcpy(entry.id, record->id, sizeof(entry.id));
	match_top_offer(top, &entry, false);
}

static void try_posting(const struct match_snapshot *snapshot,
			const struct match_numbered_student *student,
			const struct match_posting_record *record,
			struct match_top *top)
{
	struct match_numbered_posting posting;
	struct match_fit fit;

	match_record_number_posting(record, &posting);
	match_align(&snapshot->kept->terms, &student->facts, &posting.facts,
		    &fit);
	offer(top, &record->of, record->published_us, &fit);
}

void match_index_postings(const struct match_snapshot *snapshot,
			  const struct match_student *student,
			  const struct match_index_query *query,
			  struct match_index_ranking *ranking)
{
	static const struct match_index_query everything;
	const struct match_pages *pages = snapshot->postings.pages;
	struct match_numbered_student numbered;
	struct match_top top;

	query = query ? query : &everything;
	match_top_init(&top, ranking, query->after);
	if (ranking->want == 0)
		return;
	match_names_number_student(snapshot->names, student, &numbered);
	for (uint32_t i = 0; i < pages->count * MATCH_PAGE_SLOTS; i++) {
		const struct match_posting_record *record =
			(const void *)match_pages_at(pages, i);

		if (record && match_query_passes(query, record))
			try_posting(snapshot, &numbered, record, &top);
	}
	match_top_sort(&top);
}

static void try_student(const struct match_snapshot *snapshot,
			const struct match_numbered_posting *posting,
			const struct match_student_record *record,
			struct match_top *top)
{
	struct match_numbered_student student;
	struct match_fit fit;

	match_record_number_student(record, &student);
	match_align(&snapshot->kept->terms, &student.facts, &posting->facts,
		    &fit);
	offer(top, &record->of, 0, &fit);
}

void match_index_students(const struct match_snapshot *snapshot,
			  const struct match_posting *posting,
			  const struct match_index_student_query *query,
			  struct match_index_ranking *ranking)
{
	static const struct match_index_student_query everything;
	const struct match_pages *pages = snapshot->students.pages;
	struct match_numbered_posting numbered;
	struct match_top top;

	query = query ? query : &everything;
	match_top_init(&top, ranking, query->after);
	if (ranking->want == 0)
		return;
	match_names_number_posting(snapshot->names, posting, &numbered);
	for (uint32_t i = 0; i < pages->count * MATCH_PAGE_SLOTS; i++) {
		const struct match_student_record *record =
			(const void *)match_pages_at(pages, i);

		if (record && match_student_query_passes(query, record))
			try_student(snapshot, &numbered, record, &top);
	}
	match_top_sort(&top);
}

bool match_snapshot_posting(const struct match_snapshot *snapshot,
			    uint32_t slot,
			    struct match_index_posting_facts *facts)
{
	const struct match_record *record =
		match_pages_at(snapshot->postings.pages, slot);

	if (!record)
		return false;
	match_record_facts_posting((const void *)record, snapshot->names,
				   facts);
	return true;
}

bool match_snapshot_student(const struct match_snapshot *snapshot,
			    uint32_t slot,
			    struct match_index_student_facts *facts)
{
	const struct match_record *record =
		match_pages_at(snapshot->students.pages, slot);

	if (!record)
		return false;
	match_record_facts_student((const void *)record, snapshot->names,
				   facts);
	return true;
}

struct match_terms match_snapshot_terms(const struct match_snapshot *snapshot)
{
	return snapshot->kept->terms;
}

struct match_index_size match_index_size(const struct match_snapshot *snapshot)
{
	return (struct match_index_size){
		.posting_count = snapshot->postings.count,
		.student_count = snapshot->students.count,
		.posting_bytes = snapshot->postings.bytes,
		.student_bytes = snapshot->students.bytes,
		.shared_bytes = snapshot->shared_bytes,
	};
}

size_t match_index_bytes(const struct match_snapshot *snapshot)
{
	return snapshot->postings.bytes + snapshot->students.bytes +
	       snapshot->shared_bytes;
}
