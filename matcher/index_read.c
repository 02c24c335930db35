/* What a snapshot tells of itself. */
#include "matcher/index_snapshot.h"

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
		.posting_bytes = snapshot->postings.bytes +
				 snapshot->postings.writer_bytes +
				 snapshot->postings.tree->bytes,
		.student_bytes = snapshot->students.bytes +
				 snapshot->students.writer_bytes +
				 snapshot->students.tree->bytes,
		.shared_bytes = snapshot->shared_bytes,
	};
}
