/*
 * demo_print.c - what is in the city, who may sign in, and ids to walk with:
 * a heading, then lines of a name and a value, or of a table's columns.
 * duikou.sh finds ids by their names here.
 */
#include <stdio.h>

#include "commands/demo.h"

static const char counts[] =
	"select n.name, n.value from (values "
	"('schools', (select count(*) from school where consortium_id = $1)), "
	"('enterprises', (select count(*) from enterprise "
	"where consortium_id = $1)), "
	"('postings', (select count(*) from posting where consortium_id = $1)),"
	"('students', (select count(*) from student where consortium_id = $1 "
	"and state = 'active')), "
	"('graduates', (select count(*) from student where consortium_id = $1 "
	"and state = 'graduated')), "
	"('placements', (select count(*) from placement "
	"where consortium_id = $1)), "
	"('wish lists', (select count(*) from wish_list "
	"where consortium_id = $1))) as n (name, value)";

static const char accounts[] =
	"select a.role, c.slug, a.login from account a "
	"join consortium c on c.id = a.consortium_id "
	"where a.consortium_id = $1 or (a.owner_kind = 'operator' "
	"and a.login = 'demo-operator') order by a.id";

/* The posting is the one that student1 wished for most. */
static const char ids[] =
	"with me as (select student_id as id from account "
	"where consortium_id = $1 and login = 'student1') "
	"select 'consortium', $1::uuid union all "
	"select 'student (student1)', id from me union all "
	"(select 'posting (wished)', w.posting_id from wish w, me "
	"where w.consortium_id = $1 and w.student_id = me.id and w.rank = 1 "
	"order by w.round_id limit 1) union all "
	"(select 'round (' || state || ')', id from round "
	"where consortium_id = $1 order by id) union all "
	"select 'run', published_run_id from round where consortium_id = $1 "
	"and published_run_id is not null union all "
	"select 'appeal', id from appeal where consortium_id = $1 union all "
	"select 'capacity request', id from capacity_request "
	"where consortium_id = $1";

static struct rows *read_rows(struct demo *d, const char *question)
{
	const char *const params[] = { demo_consortium };

	return sync_query(d->s, question, COUNT_OF(params), params, &d->fault);
}

static bool print_pairs(struct demo *d, const char *question)
{
	struct rows *rows = read_rows(d, question);

	if (!rows)
		return false;
	for (int i = 0; i < rows_count(rows); i++)
		fprintf(stdout, "  %-20s %s\n", rows_text(rows, i, 0),
			rows_text(rows, i, 1));
	rows_release(rows);
	return true;
}

static bool print_accounts(struct demo *d)
{
	struct rows *rows = read_rows(d, accounts);

	if (!rows)
		return false;
	fprintf(stdout, "  %-12s %-12s %-16s %s\n", "role", "consortium",
		"login_name", "password");
	for (int i = 0; i < rows_count(rows); i++)
		fprintf(stdout, "  %-12s %-12s %-16s %s\n",
			rows_text(rows, i, 0), rows_text(rows, i, 1),
			rows_text(rows, i, 2), demo_password);
	rows_release(rows);
	return true;
}

bool demo_print(struct demo *d)
{
	bool is_good;

	fprintf(stdout, "The demonstration city\n");
	is_good = print_pairs(d, counts);
	fprintf(stdout, "\nAccounts\n");
	is_good = is_good && print_accounts(d);
	fprintf(stdout, "\nIds\n");
	return is_good && print_pairs(d, ids) && fflush(stdout) == 0;
}
