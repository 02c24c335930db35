/*
 * demo_graduates.c - two cohorts that have left the schools, where they went,
 * and where they are since. They are made of the eldest students, with other
 * names; the share of each category is about that of real reports. Students
 * are there already.
 */
#include "commands/demo.h"

#define BY_NOBODY "'00000000-0000-0000-0000-000000000000'"

/* Half of the eldest, so many years earlier, as another's namesake. */
static bool add_cohort(struct demo *d, int years)
{
	return demo_exec(d, arena_print(
		d->mem,
		"insert into student (consortium_id, id, school_id, "
		"student_number, name, specialty_code, entry_year, "
		"graduates_on, sex, birth_date, home_division_code) "
		"select x.consortium_id, "
		"('0%x' || substr(x.id::text, 3))::uuid, "
		"x.school_id, x.entered || substr(x.student_number, 5), "
		"left(x.name, 1) || substr(x.namesake, 2), x.specialty_code, "
		"x.entered, make_date(%d, 6, 30), x.sex, "
		"x.birth_date "
		"- (x.entry_year - x.entered) * interval '1 year', "
		"x.home_division_code "
		"from (select s.*, lead(s.name, 7, s.name) over "
		"(partition by s.sex order by s.id) as namesake, "
		"%d - case s.level when 'bachelor' then 4 else 3 end "
		"as entered "
		"from student s where s.consortium_id = '%s' "
		"and s.entry_year = %d and s.state = 'active') x "
		"where get_byte(uuid_send(x.id), 15) %% 2 = %d",
		15 - years, d->term.school_year - years,
		d->term.school_year - years, demo_consortium,
		d->term.school_year - DEMO_ELDEST, years % 2));
}

static bool graduate(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem, "update student set state = 'graduated', actor = "
		BY_NOBODY " where consortium_id = '%s' and entry_year < %d",
		demo_consortium, d->term.school_year - DEMO_ELDEST));
}

/* Where each went, by a byte of the id's hash: nine of ten are placed, four
 * of five of the employed in the city. */
static bool declare(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem,
		"insert into graduate_destination (consortium_id, id, code, "
		"employer_name, employer_uscc, division_code, started_on, "
		"pay_band, is_aligned, evidence_kind, evidence_sha256, "
		"acknowledged_at) "
		"select s.consortium_id, s.id, c.code, "
		"case when k.needs_unit_location then "
		"case when c.is_near then e.name else '外地企业' end end, "
		"case when k.needs_unit_location and c.is_near "
		"then e.uscc end, "
		"case when k.needs_unit_location then "
		"case when c.is_near then e.division_code "
		"else '310115' end end, "
		"case when k.counts_as_employed then s.graduates_on + 1 end, "
		"case when k.counts_as_employed then (array['below_4000', "
		"'below_6000', 'below_8000'])[1 + c.b %% 3] end, "
		"case when k.counts_as_employed then c.b %% 10 < 7 end, "
		"p.kind, "
		"case when p.kind is not null then "
		"encode(sha256(convert_to(s.id::text, 'UTF8')), 'hex') end, "
		"case when c.b %% 20 > 0 "
		"then s.graduates_on + interval '9 hours' end "
		"from student s cross join lateral (select h.a, h.b, "
		"h.b %% 5 < 4 as is_near, case when h.a < 95 then '11' "
		"when h.a < 125 then '12' when h.a < 140 then '10' "
		"when h.a < 147 then '46' when h.a < 154 then '75' "
		"when h.a < 160 then '76' when h.a < 215 then '80' "
		"when h.a < 220 then '85' when h.a < 238 then '70' "
		"when h.a < 243 then '71' when h.a < 246 then '72' end as code "
		"from (select get_byte(sha256(uuid_send(s.id)), 0) as a, "
		"get_byte(sha256(uuid_send(s.id)), 1) as b) h) c "
		"join destination k on k.code = c.code "
		"left join lateral (select kind from unnest(array["
		"'employment_agreement', 'labour_contract', "
		"'employer_certificate', 'enlistment_notice', "
		"'business_licence', 'income_statement', 'admission_notice']) "
		"as t (kind) where destination_takes(c.code, kind) limit 1) p "
		"on c.b %% 8 > 0 "
		"cross join lateral (select n.* from enterprise n "
		"where n.consortium_id = s.consortium_id "
		"and n.state = 'verified' "
		"order by md5(n.id::text || (c.a * 256 + c.b)) limit 1) e "
		"where s.consortium_id = '%s' and s.state = 'graduated'",
		demo_consortium));
}

/* Those of whom there is proof, but for the newest. */
static bool verify(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem, "update graduate_destination set state = 'verified', "
		"verified_at = now(), actor = " BY_NOBODY
		" where consortium_id = '%s' and acknowledged_at is not null "
		"and (evidence_sha256 is not null "
		"or code in ('70', '71', '72')) "
		"and get_byte(uuid_send(id), 14) %% 4 > 0", demo_consortium));
}

/* What three of four of them said 6 and 12 months later: most are where they
 * were, some have moved away, a few lost their work or found some. */
static bool follow_up(struct demo *d)
{
	return demo_exec(d, arena_print(
		d->mem,
		"insert into follow_up (consortium_id, id, months, code, "
		"employer_name, employer_uscc, division_code, pay_band, "
		"is_aligned, acknowledged_at) "
		"select w.consortium_id, w.id, m.months, x.code, "
		"case when x.is_away then '外地企业' when x.is_new then "
		"'本地企业' when x.stays then w.employer_name end, "
		"case when x.stays and not x.is_away "
		"then w.employer_uscc end, "
		"case when x.is_away then '310115' when x.is_new "
		"then c.division_code when x.stays then w.division_code end, "
		"case when k.counts_as_employed then 'below_8000' end, "
		"case when k.counts_as_employed then h.b %% 10 < 7 end, "
		"follow_up_due_on(s.graduates_on, m.months) "
		"+ interval '9 hours' "
		"from graduate_destination w "
		"join student s on s.consortium_id = w.consortium_id "
		"and s.id = w.id "
		"join consortium c on c.id = w.consortium_id "
		"join destination o on o.code = w.code "
		"cross join (values (6), (12), (18), (24)) m (months) "
		"cross join lateral (select "
		"get_byte(sha256(uuid_send(s.id)), 2 + m.months / 6) as a, "
		"get_byte(sha256(uuid_send(s.id)), 8 + m.months / 6) as b) h "
		"cross join lateral (select not o.counts_as_placed "
		"and h.a < 128 as is_new, o.counts_as_employed "
		"and h.a >= 240 as is_out) y "
		"cross join lateral (select case when y.is_new then '11' "
		"when y.is_out then '70' else w.code end as code, y.is_new, "
		"not y.is_out and not y.is_new as stays, not y.is_out "
		"and w.employer_uscc is not null and h.a >= 210 as is_away) x "
		"join destination k on k.code = x.code "
		"where w.consortium_id = '%s' and s.state = 'graduated' "
		"and h.b %% 4 > 0 and follow_up_due_on(s.graduates_on, "
		"m.months) <= today_in_china()", demo_consortium));
}

/* At the last of the official days that has come. */
static bool freeze(struct demo *d)
{
	int year = d->term.school_year - 1;

	return demo_exec(d, arena_print(
		d->mem, "select freeze_destinations(c.consortium_id, "
		"('0f' || substr(c.id::text, 3))::uuid, c.id, %d::smallint, "
		"case when today_in_china() < make_date(%d, 12, 31) "
		"then 'august' else 'december' end, " BY_NOBODY ") "
		"from school c where c.consortium_id = '%s'", year, year,
		demo_consortium));
}

bool demo_add_graduates(struct demo *d)
{
	return add_cohort(d, 0) && add_cohort(d, 1) &&
	       demo_add_internships(d) && graduate(d) && declare(d) &&
	       verify(d) && follow_up(d) && freeze(d);
}
