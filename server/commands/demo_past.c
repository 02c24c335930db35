/*
 * demo_past.c - the internships that schools arranged: those of the two cohorts
 * that have left, over by the end of June, and those that last, of the eldest
 * students for whom no round waits: they have no place to accept, and ask for
 * none. Each has its agreement. And some complaints. Postings are there, and
 * the cohorts, while they are still enrolled. A posting that somebody is on is
 * one for his specialty or near it, of an enterprise that has room.
 */
#include "commands/demo.h"

#define BY_NOBODY "'00000000-0000-0000-0000-000000000000'"

/* Of which days each is, and how its id begins; of those who have none,
 * nothing. None lasts that began before the last cohort's were over: they would
 * share seats. */
static const char days[] =
	"select '0c' as begins, make_date(y.year, 1, 5) as starts, "
	"make_date(y.year, 6, 20) as ends from (select extract(year "
	"from s.graduates_on)::integer as year) y "
	"where s.graduates_on <= today_in_china() "
	"union all select '0b', greatest(today_in_china() - 70, "
	"case when n.june < today_in_china() - 8 then n.june + 1 end), "
	"least(today_in_china() + 60, s.graduates_on) "
	"from (select make_date(extract(year from today_in_china())"
	"::integer, 6, 20) as june) n "
	"where s.graduates_on > today_in_china() and not exists ("
	"select from placement o where o.consortium_id = s.consortium_id "
	"and o.student_id = s.id and o.state = 'proposed') "
	"and not exists (select from wish_list l join round r "
	"on r.consortium_id = l.consortium_id and r.id = l.round_id "
	"where l.consortium_id = s.consortium_id and l.student_id = s.id "
	"and r.state = 'open')";

/* Up to the openings of each posting, to a part of the staff of each kind of
 * post, and to a share of that of each enterprise: nobody is refused. Of those
 * that last, some enterprises have few or none, and some more than they owe. */
static bool add_internships(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem,
		"insert into placement (consortium_id, id, origin, "
		"student_id, posting_id, enterprise_id, post_category_id, "
		"period_start, period_end, approved_at) "
		"select x.consortium_id, "
		"(x.begins || substr(x.student_id::text, 3))::uuid, 'school', "
		"x.student_id, x.id, x.enterprise_id, x.post_category_id, "
		"x.starts, x.ends, x.starts - 35 "
		"from (select w.*, e.staff_count, c.staff_count as of_post, "
		"row_number() over (partition by w.starts, w.id "
		"order by w.student_id) as in_posting, "
		"row_number() over (partition by w.starts, w.enterprise_id "
		"order by w.id, w.student_id) as in_enterprise, "
		"row_number() over (partition by w.starts, w.post_category_id "
		"order by w.id, w.student_id) as in_post, "
		"case when w.ends < today_in_china() "
		"then 8 + extract(year from w.starts)::integer %% 5 "
		"else (array[0, 9, 15, 30, 30])[1 + get_byte(uuid_send("
		"w.enterprise_id), 15) %% 5] end as share "
		"from (select s.id as student_id, t.*, p.* "
		"from student s cross join lateral (%s) t "
		"cross join lateral (select p.consortium_id, "
		"p.id, p.enterprise_id, p.post_category_id, p.openings "
		"from posting p where p.consortium_id = s.consortium_id "
		"and p.kind = 'internship' and p.targets && array["
		"s.specialty_code, left(s.specialty_code, "
		"case when get_byte(uuid_send(s.id), 15) %% 4 = 0 "
		"then 2 else 4 end)] "
		"order by t.ends >= today_in_china() "
		"and get_byte(uuid_send(p.enterprise_id), 15) %% 5 < 2, "
		"md5(p.id::text || s.id) limit 1) p "
		"where s.consortium_id = '%s' and (s.entry_year = %d "
		"or s.graduates_on <= today_in_china())) w "
		"join enterprise e on e.consortium_id = w.consortium_id "
		"and e.id = w.enterprise_id "
		"left join post_category c "
		"on c.consortium_id = w.consortium_id "
		"and c.id = w.post_category_id) x "
		"where x.in_posting <= x.openings "
		"and x.in_enterprise <= x.staff_count * x.share / 1000 "
		"and x.in_post <= coalesce(x.of_post, 0) / "
		"case when x.ends < today_in_china() then 10 else 5 end",
		days, demo_consortium, d->term.school_year - DEMO_ELDEST));
}

/* What agreement_missing (schema/migrations) asks for. */
static bool write_agreements(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem,
		"insert into agreement (consortium_id, id) "
		"select p.consortium_id, p.id from placement p "
		"where p.consortium_id = '%s' and p.origin = 'school'; "
		"insert into agreement_edition (consortium_id, placement_id, "
		"edition, terms, sha256) select p.consortium_id, p.id, 1, "
		"t.terms, sha256(convert_to(p.id || ' 1 ' || t.terms::text, "
		"'UTF8')) from placement p "
		"join posting o on o.consortium_id = p.consortium_id "
		"and o.id = p.posting_id "
		"cross join lateral (select json_build_object("
		"'period_start', p.period_start, 'period_end', p.period_end, "
		"'place', '企业生产车间', 'content', o.title, "
		"'board_and_lodging', '提供工作餐', 'day_minutes', 480, "
		"'week_minutes', 2400, 'rest_days', '周六、周日', "
		"'pay_fen', coalesce(o.pay_min_fen, 300000), "
		"'pay_standard_fen', coalesce(o.pay_standard_fen, "
		"o.pay_min_fen, 300000), 'pay_every', 'month', "
		"'pay_by', 'bank', 'protection', '岗前安全培训', "
		"'accident_handling', '依法处理', "
		"'assessment', '校企共同考核', 'breach', '依法承担责任', "
		"'insurance_company', '示范保险公司', "
		"'insurance_policy', right(p.id::text, 12), "
		"'insurance_from', p.period_start, "
		"'insurance_to', p.period_end, 'insurance_paid_by', 'school', "
		"'school_supervisor', '校内指导教师', "
		"'enterprise_supervisor', '企业指导师傅') as terms) t "
		"where p.consortium_id = '%s' and p.origin = 'school'",
		demo_consortium, demo_consortium));
}

static bool sign_agreements(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem,
		"insert into agreement_signature (consortium_id, placement_id, "
		"edition, party, name, signed_on) "
		"select p.consortium_id, p.id, 1, y.party, "
		"case when y.party = 'guardian' then '家长' end, "
		"p.period_start - 20 from placement p "
		"cross join unnest(array['school', 'enterprise', 'student', "
		"'guardian']) as y (party) "
		"where p.consortium_id = '%s' and p.origin = 'school'; "
		"update agreement set signed_edition = 1, actor = " BY_NOBODY
		" where consortium_id = '%s'", demo_consortium,
		demo_consortium));
}

static bool move(struct demo *d, const char *state, const char *with,
		 const char *whose)
{
	return demo_exec(d, arena_print(
		d->mem, "update placement set state = '%s', actor = " BY_NOBODY
		"%s where consortium_id = '%s' and origin = 'school'%s", state,
		with, demo_consortium, whose));
}

bool demo_add_complaints(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem,
		"insert into complaint (consortium_id, id, made_by, "
		"student_id, enterprise_id, subject, text) "
		"select p.consortium_id, "
		"('0d' || substr(p.id::text, 3))::uuid, 'student', "
		"p.student_id, p.enterprise_id, "
		"(array['hours', 'pay', 'safety'])[p.n], "
		"(array['月末连续两周安排周六加班。', "
		"'第二个月报酬晚发五天。', "
		"'车间护目镜数量不足。'])[p.n] "
		"from (select *, row_number() over (order by id) as n "
		"from placement where consortium_id = '%s' "
		"and state = 'completed' order by id limit 3) p; "
		"update complaint set state = 'answered', "
		"answer = '已与企业核实并整改。', actor = " BY_NOBODY
		" where consortium_id = '%s' and subject <> 'safety'",
		demo_consortium, demo_consortium));
}

bool demo_add_internships(struct demo *d)
{
	return add_internships(d) && move(d, "accepted", "", "") &&
	       write_agreements(d) && sign_agreements(d) &&
	       move(d, "agreement_signed", "", "") &&
	       move(d, "started", ", started_on = period_start", "") &&
	       move(d, "completed",
		    ", ended_on = period_end, reason = '实习期满'",
		    " and period_end < today_in_china()");
}
