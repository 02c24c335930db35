"""A school's nominations from files: as each single one is judged."""

import pytest

from tests.api.hall import hall
from tests.api.placed import ward
from tests.api.test_imports import sheet
from tests.api.test_imports_kinds import FORMATS, bring, flat, told
from tests.api.test_imports_worker import counted, worker
from tests.api.town import new_id

__all__ = ["bring", "hall", "ward", "worker"]      # fixtures


@pytest.fixture
def pupils(town, people):
    """So many students of the school: {id: number}."""
    def made(count, **changes):
        found = {}
        for _ in range(count):
            student = town.student(people.consortium, people.school)
            for name, value in changes.items():
                town.run(f"update student set {name} = %s, actor = %s,"
                         " reason = 'x' where id = %s", value,
                         people.accounts["school"], student)
            found[str(student)] = town.one(
                "select student_number from student where id = %s", student)
        return found
    return made


def a_row(number, posting, **days):
    return {"student_number": number, "posting_id": posting, **days}


@pytest.mark.parametrize("form", FORMATS)
def test_nominations_are_as_single_ones(bring, ward, hall, pupils, form):
    """The same students by the single operation: all but ids is the same."""
    posting = hall.open(preferred_skills=["焊接", "CAD"])
    one, two = pupils(2), pupils(2, skills=["CAD"])
    single = [ward.nominated(posting, student) for student in (*one, *two)]
    wanted = [ward.get(made) for made in single]
    for made in single:
        ward.decline(made, hall.office)
        hall.town.run("delete from placement where id = %s", made)
    done, rows = bring("school", "placements",
                       [a_row(number, posting) for number in
                        (*one.values(), *two.values())], form=form)
    assert counted(done) == {"rows": 4, "created": 4}, rows
    for row, want in zip(rows, wanted):
        got = ward.get(row["id"])
        for name in ("id", "created_at", "updated_at", "version"):
            got.pop(name, None)
            want.pop(name, None)
        assert got == want
        assert row["key"] == f"{got['student_number']}/{posting}" \
            if "student_number" in got else row["key"].endswith(posting)


def test_in_chinese_with_days(bring, ward, hall, pupils):
    posting = hall.open()
    (number,) = pupils(1).values()
    data = ("学号,岗位ID,开始日期,结束日期\n"
            f"{number},{posting},2027/4/1,2027年6月30日\n").encode("gb18030")
    done, rows = bring("school", "placements", data)
    assert counted(done) == {"rows": 1, "created": 1}
    got = ward.get(rows[0]["id"])
    assert (got["period_start"], got["period_end"], got["state"]) \
        == ("2027-04-01", "2027-06-30", "proposed")
    assert ward.accept(rows[0]["id"], hall.office).status == 403


def test_what_refuses_a_nomination(bring, town, people, hall, pupils):
    posting, job = hall.open(), hall.job()
    draft = hall.firm.add()["id"]
    far = hall.open(targets=["5201"])
    young = pupils(1, birth_date="2012-01-01")
    left = pupils(1, state="left")
    good = list(pupils(9).values())
    (young,), (left,) = young.values(), left.values()
    rows = [a_row(good[0], posting), a_row("nobody", posting),
            a_row(good[1], str(new_id())), a_row(good[2], job),
            a_row(good[3], draft), a_row(good[4], far),
            a_row(young, posting), a_row(left, posting),
            a_row(good[5], posting, period_start="2027-09-01"),
            a_row(good[6], "x"), a_row("?", posting)]
    done, found = bring("school", "placements", rows, "dry_run")
    assert told(found) == {
        3: [("student_number", "not-found")], 4: [("posting_id", "not-found")],
        5: [("posting_id", "not-found")], 6: [("posting_id", "not-found")],
        7: [("posting_id", "not-allowed")], 8: [("posting_id", "not-allowed")],
        9: [("student_number", "not-allowed")],
        10: [("period_end", "inconsistent")], 11: [("posting_id", "malformed")],
        12: [("student_number", "malformed")]}
    # In the words of the rule, as the single operation has them.
    (student,) = town.run("select id from student where student_number = %s",
                          young)[0]
    single = hall.school.post("/v1/placements", {
        "student_id": str(student), "posting_id": posting})
    assert single.problem["errors"][0]["detail"] == \
        found[6]["errors"][0]["detail"]
    assert counted(done) == {"rows": 11, "would_create": 1, "rejected": 10}
    done, _ = bring("school", "placements", rows)
    assert counted(done) == {"rows": 11, "not_written": 1, "rejected": 10}
    assert town.one("select count(*) from placement where consortium_id = %s",
                    people.consortium) == 0
    done, _ = bring("school", "placements", rows, "upsert")
    assert counted(done) == {"rows": 11, "created": 1, "rejected": 10}


def test_proposed_ones_stay(bring, hall, pupils):
    posting = hall.open()
    one, two = pupils(2).values()
    bring("school", "placements", [a_row(one, posting)])
    again = [a_row(one, posting), a_row(two, posting)]
    done, found = bring("school", "placements", again)
    assert told(found) == {2: [("posting_id", "duplicate")]}
    done, _ = bring("school", "placements", again, "upsert")
    assert counted(done) == {"rows": 2, "unchanged": 1, "created": 1}
    other = [a_row(one, posting, period_start="2027-04-01")]
    done, found = bring("school", "placements", other, "upsert")
    assert told(found) == {2: [("period_start", "not-allowed")]}
    twice = [a_row(two, posting), a_row(two, posting)]
    done, found = bring("school", "placements", twice, "upsert")
    assert told(found) == {2: [("student_number", "duplicate")],
                           3: [("student_number", "duplicate")]}


def test_students_of_others_are_unknown(bring, town, people, hall, pupils):
    other = town.school(people.consortium)
    student = town.student(people.consortium, other)
    number = town.one("select student_number from student where id = %s",
                      student)
    done, found = bring("school", "placements",
                        [a_row(number, hall.open())], "upsert")
    assert told(found) == {2: [("student_number", "not-found")]}


def test_many_batches(bring, town, people, hall, pupils):
    """Refused rows within and at the ends of batches are marked."""
    posting, job = hall.open(openings=10000), hall.job()
    town.run("insert into student (consortium_id, id, school_id,"
             " student_number, name, specialty_code, entry_year, graduates_on,"
             " birth_date, created_by) select %s, gen_random_uuid(), %s,"
             " 'B' || i, '周晓', '660301', 2024, '2027-07-01', '2007-01-01', %s"
             " from generate_series(0, 2999) i", people.consortium,
             people.school, people.accounts["school"])
    bad = {0, 500, 999, 1000, 1999, 2999}
    rows = [a_row(f"B{i}", job if i in bad else posting) for i in range(3000)]
    data = sheet(flat(rows))
    done, _ = bring("school", "placements", data, "dry_run")
    assert counted(done) == {"rows": 3000, "would_create": 2994, "rejected": 6}
    done, found = bring("school", "placements", data, "upsert")
    assert counted(done) == {"rows": 3000, "created": 2994, "rejected": 6}
    assert set(told(found)) == {i + 2 for i in bad}
    fine = [row for i, row in enumerate(rows) if i not in bad]
    done, _ = bring("school", "placements", fine, "upsert")
    assert counted(done) == {"rows": 2994, "unchanged": 2994}
