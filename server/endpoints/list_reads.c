/*
 * GET /v1/students/{student_id}/reads - who of the staff read what of a student
 * while he was a minor, and what for (rule 5.8).
 */
#include "flow/flow.h"
#include "records/members.h"
#include "wire/sql.h"

struct reads_of {
	struct uuid student_id;
};

static flow_step find_student, find_reads, reply_reads;

const struct endpoint list_reads = {
	.operation = "listReads",
	.method = "GET",
	.path = "/v1/students/{student_id}/reads",
	.allow = { [ROLE_STUDENT] = SCOPE_OWN, [ROLE_SCHOOL] = SCOPE_OWN,
		   [ROLE_OFFICE] = SCOPE_ALL },
	.state_bytes = sizeof(struct reads_of),
	.is_paged = true,
	.steps = { find_student, find_reads, reply_reads },
};

/* Columns of schema/queries/reads_of_student.sql. */
enum { NUMBER_COLUMN = 0 };

static const struct member members[] = {
	{ MEMBER_INT, "number" },
	{ MEMBER_TIME, "at" },
	{ MEMBER_TEXT, "what" },
	{ MEMBER_UUID, "account_id" },
	{ MEMBER_TEXT, "role" },
	{ MEMBER_UUID, "owner_id" },
	{ MEMBER_TEXT, "owner_name" },
	{ MEMBER_TEXT, "reason" },
	{ MEMBER_UUID, "application_id" },
	{ MEMBER_END, NULL }
};

static enum flow_next find_student(struct flow *f)
{
	struct reads_of *s = f->state;

	if (!path_uuid(f, "student_id", &s->student_id))
		return FLOW_FAIL;
	return ask_one(f, SQL_STUDENT_OWNER, P_CONSORTIUM(f),
		       P_UUID(&s->student_id), P_OWNER(f));
}

static enum flow_next find_reads(struct flow *f)
{
	struct reads_of *s = f->state;

	return ask(f, SQL_READS_OF_STUDENT, P_CONSORTIUM(f),
		   P_UUID(&s->student_id), P_AFTER(f, 0), PAGE_ROWS(f));
}

static void write_read(struct json_writer *w, const struct rows *rows, int row)
{
	json_object(w);
	members_write(w, members, rows, row);
	json_end(w);
}

static enum flow_next reply_reads(struct flow *f)
{
	return reply_page(f, write_read, NUMBER_COLUMN);
}
