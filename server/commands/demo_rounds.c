/*
 * demo_rounds.c - what follows the first round and what the office has to
 * decide: a second round for those without a place, which opens by itself once
 * the first is answered; an appeal of student1; and an enterprise that asks
 * for more seats in the round that is open. Accounts are there already.
 */
#include "commands/demo.h"

/* Of the first round's own cohort and days; ten days for wishes. */
static bool add_second(struct demo *d)
{
	char first[UUID_TEXT_BYTES], id[UUID_TEXT_BYTES];

	return demo_exec(d, arena_print(
		d->mem,
		"insert into round (consortium_id, id, name, opens_at, "
		"closes_at, period_start, period_end, seed, seed_sha256, "
		"is_scheduled, follows) "
		"select r.consortium_id, '%s', r.name || '（补录）', "
		"r.decide_by + interval '1 hour', "
		"r.decide_by + interval '10 days', r.period_start, "
		"r.period_end, s.seed, sha256(convert_to(s.seed, 'UTF8')), "
		"true, r.id "
		"from round r, (select 'demonstration, round 3' as seed) s "
		"where r.consortium_id = '%s' and r.id = '%s'",
		demo_id(DEMO_ROUND, 3, id), demo_consortium,
		demo_id(DEMO_ROUND, 1, first)));
}

static bool add_appeal(struct demo *d)
{
	char round[UUID_TEXT_BYTES], id[UUID_TEXT_BYTES];

	return demo_exec(d, arena_print(
		d->mem,
		"select make_appeal(a.consortium_id, '%s', '%s', 'student', "
		"a.student_id, a.student_id, null, 'capacity', "
		"'第一志愿岗位公布的名额与企业来校宣讲时所说不一致，"
		"请核实。', a.id) "
		"from account a where a.consortium_id = '%s' "
		"and a.login = 'student1'", demo_id(DEMO_ROUND, 1, round),
		demo_id(DEMO_APPEAL, 1, id), demo_consortium));
}

/* Of the first enterprise with an account that has an internship. */
static bool add_capacity_request(struct demo *d)
{
	char round[UUID_TEXT_BYTES], id[UUID_TEXT_BYTES];

	return demo_exec(d, arena_print(
		d->mem,
		"insert into capacity_request (consortium_id, id, round_id, "
		"posting_id, enterprise_id, openings_before, openings, "
		"because, created_by) "
		"select p.consortium_id, '%s', '%s', p.id, p.enterprise_id, "
		"p.openings, p.openings + 2, "
		"'新增一条产线，可再安排两名学生并配备带教师傅', a.id "
		"from account a join posting p "
		"on p.consortium_id = a.consortium_id "
		"and p.enterprise_id = a.enterprise_id "
		"and p.state = 'published' and p.kind = 'internship' "
		"where a.consortium_id = '%s' and a.role = 'enterprise' "
		"order by a.id, p.id limit 1",
		demo_id(DEMO_CAPACITY_REQUEST, 1, id),
		demo_id(DEMO_ROUND, 2, round), demo_consortium));
}

bool demo_add_rounds(struct demo *d)
{
	return add_second(d) && add_appeal(d) && add_capacity_request(d);
}
