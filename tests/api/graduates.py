"""Cohorts made by SQL, for the tests of the rates."""

import itertools

from tests.api.town import SERVICE, new_id

RATES = "/v1/statistics/employment"
EMPLOYED = ("10", "11", "12", "27", "46", "50", "51", "75", "76")
NUMBERS = itertools.count(1)
SHA = "5f" * 32


def graduate(town, consortium, school, on="2026-06-30", specialty="660301",
             sex="female"):
    made = new_id()
    town.run("insert into student (consortium_id, id, school_id,"
             " student_number, name, specialty_code, entry_year, birth_date,"
             " graduates_on, sex) values (%s, %s, %s, %s, '周晓', %s, 2020,"
             " '2006-01-01', %s, %s)", consortium, made, school,
             f"G{next(NUMBERS)}", specialty, on, sex)
    return made


def went(town, consortium, student, code, **more):
    """The student's destination, by the owner's SQL."""
    row = {"consortium_id": consortium, "id": student, "code": code, **more}
    town.run(f"insert into graduate_destination ({', '.join(row)}) values ("
             + ", ".join(["%s"] * len(row)) + ")", *row.values())


def moved(town, student, state, **more):
    town.run("update graduate_destination set state = %s, actor = %s,"
             " reason = 'x'" + "".join(f", {name} = {value}"
                                       for name, value in more.items())
             + " where id = %s", state, SERVICE, student)


# What the counts must be, from the rows themselves: as many of each kind, and
# no other cut.
RECOUNT = """
with wide as (
	select l.proof, f.year, f.school_id, f.specialty_code, f.month, f.sex,
		1 as sign, to_jsonb(m) as counts
	from student s
	cross join generate_series(0, 4) as l (proof)
	cross join lateral graduate_facts(s.consortium_id, s.id) f
	cross join lateral graduate_measures(f.code, f.evidence, f.place,
		f.aligned_said, f.aligned_computed, l.proof, 1) m
	where s.consortium_id = %(home)s
	union all
	select l.proof, g.year, g.school_id, g.specialty_code, g.month, g.sex,
		-1, to_jsonb(m)
	from graduate_count g
	cross join generate_series(0, 4) as l (proof)
	cross join lateral graduate_measures(g.code, g.evidence, g.place,
		g.aligned_said, g.aligned_computed, l.proof, g.n) m
	where g.consortium_id = %(home)s
	union all
	select s.proof, s.year, s.school_id, s.specialty_code, s.month, s.sex,
		-1, to_jsonb(s) - array['consortium_id', 'proof', 'year',
			'school_id', 'specialty_code', 'month', 'sex']
	from graduate_sum s
	where s.consortium_id = %(home)s
)
select count(*) from (
	select 1 from wide w, jsonb_each_text(w.counts) as c (name, n)
	group by w.proof, w.year, w.school_id, w.specialty_code, w.month,
		w.sex, c.name
	having sum(w.sign * c.n::integer) <> 0) x
"""


def wrong_counts(town, consortium):
    with town.db.cursor() as cursor:
        cursor.execute(RECOUNT, {"home": consortium})
        return cursor.fetchone()[0]


# Counts of a moment that differ, from the epochs and from the facts alone.
WRONG_AT = """
with told as (
	select 1 as sign, c.* from employment_counts(%(home)s, null, 0, 9999,
		%(proof)s, %(at)s, graduate_epoch_at(%(home)s, %(at)s),
		graduate_years_at(%(home)s, graduate_epoch_at(%(home)s,
			%(at)s), 0, 9999), %(cut)s) c
	union all
	select -1, c.* from employment_counts(%(home)s, null, 0, 9999,
		%(proof)s, %(at)s, '-infinity', '{}', %(cut)s) c
)
select count(*) from (
	select 1 from told b, jsonb_each_text(to_jsonb(b) - array['sign',
		'consortium_id', 'cut', 'proof', 'year', 'school_id',
		'specialty_code', 'sex', 'month']) as n (name, value)
	group by b.year, b.school_id, b.specialty_code, b.sex, b.month, n.name
	having sum(b.sign * n.value::integer) <> 0) x
"""


def wrong_at(town, consortium, at, cuts=("place", "sex", "month"),
             proofs=range(5)):
    wrong = 0
    with town.db.cursor() as cursor:
        for cut in cuts:
            for proof in proofs:
                cursor.execute(WRONG_AT, {"home": consortium, "at": at,
                                          "proof": proof, "cut": cut})
                wrong += cursor.fetchone()[0]
    return wrong
