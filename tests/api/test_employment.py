"""The rates: the official formulas on cohorts counted by hand, live and as they
were, and equal to a recount whatever happens at the same moment."""

import concurrent.futures
import decimal
import math
import random

import pytest

from tests.api.graduates import (EMPLOYED, RATES, SHA, graduate, moved, went,
                                 wrong_counts)
from tests.api.town import Town, new_id, six_at_once

LOCAL = {"division_code": "330106", "employer_name": "湖城厂"}
PROVINCE = {"division_code": "330205", "employer_name": "甬城厂"}
AWAY = {"division_code": "310115", "employer_name": "浦东厂"}
# One graduate of each line: the code, and what else is said.
BY_HAND = [
    ("10", LOCAL | {"is_aligned": True}), ("10", AWAY | {"is_aligned": False}),
    ("11", LOCAL | {"is_aligned": True}), ("11", LOCAL), ("11", PROVINCE),
    ("12", LOCAL | {"is_aligned": False}), ("27", AWAY), ("46", {}),
    ("50", PROVINCE), ("51", LOCAL), ("75", LOCAL | {"is_aligned": True}),
    ("76", {}), ("80", LOCAL), ("80", {}), ("85", {}), ("70", {}), ("70", {}),
    ("71", {}), ("72", {})]


def rate(numerator, denominator):
    if denominator == 0:
        return {"numerator": 0, "denominator": 0, "rate": None, "low": None,
                "high": None}
    value = (20000 * numerator + denominator) // (2 * denominator)
    low, high = wilson(numerator, denominator)
    return {"numerator": numerator, "denominator": denominator,
            "rate": value, "low": low, "high": high}


def wilson(k, n, z2=decimal.Decimal("3.841459")):
    """The interval of 95 % as the book has it, outwards to ten-thousandths."""
    with decimal.localcontext() as context:
        context.prec = 60
        k, n = decimal.Decimal(k), decimal.Decimal(n)
        half = (k * (n - k) / n * z2 + z2 * z2 / 4).sqrt()
        low, high = ((k + z2 / 2 + sign * half) / (n + z2) * 10000
                     for sign in (-1, 1))
        return (int(low.quantize(decimal.Decimal("1e-9"))),
                math.ceil(high.quantize(decimal.Decimal("1e-9"))))


def ask(client, **query):
    reply = client.get(RATES + "?" + "&".join(f"{name}={value}" for
                                              name, value in query.items()))
    assert reply.status == 200, reply
    return reply.json


def one(client, **query):
    items = ask(client, **query)["items"]
    assert len(items) == 1, items
    return items[0]


@pytest.fixture
def cohort(town, people):
    """The 19 above, and one of whom nothing is known."""
    made = [graduate(town, people.consortium, people.school)
            for _ in range(len(BY_HAND) + 1)]
    for student, (code, more) in zip(made, BY_HAND):
        went(town, people.consortium, student, code, **more)
    return made


def test_each_formula_by_hand(cohort, as_role, people):
    school = as_role("school")
    item = one(school, year=2026)
    assert (item["graduates"], item["year"], item["is_hidden"]) \
        == (20, 2026, False)
    assert item["counts"] == {
        "10": 2, "11": 3, "12": 1, "27": 1, "46": 1, "50": 1, "51": 1,
        "70": 2, "71": 1, "72": 1, "75": 1, "76": 1, "80": 2, "85": 1,
        "none": 1}
    # E = 12: two 10, three 11, and one each of 12, 27, 46, 50, 51, 75, 76
    assert item["rates"] == {
        "placed": rate(15, 20), "contract": rate(9, 20),
        "flexible": rate(2, 20), "self_employed": rate(1, 20),
        "further_study": rate(3, 20), "waiting": rate(3, 20),
        "not_seeking": rate(2, 20),
        "local_of_employed": rate(6, 12), "local_of_graduates": rate(6, 20),
        "province_of_employed": rate(8, 12),
        "province_of_graduates": rate(8, 20),
        "aligned_said_of_answered": rate(3, 5),
        "aligned_said_of_employed": rate(3, 12),
        "aligned_computed_of_known": rate(0, 0),
        "aligned_computed_of_employed": rate(0, 12)}
    assert item["rates"]["placed"]["rate"] == 7500
    assert item["evidence"] == {"declared": 15, "employer": 0, "document": 0,
                                "insurance_record": 0}
    assert item["before"] is None
    rows = school.get(item["destinations"] + "&limit=200").json["items"]
    assert {row["student_id"] for row in rows} == set(map(str, cohort))


def test_the_rate_is_rounded_half_up(town, people, as_role):
    for code in ("46", "46", "70"):
        went(town, people.consortium,
             graduate(town, people.consortium, people.school), code)
    rates = one(as_role("school"))["rates"]
    assert (rates["placed"]["rate"], rates["waiting"]["rate"]) == (6667, 3333)
    for _ in range(13):
        graduate(town, people.consortium, people.school)
    assert one(as_role("school"))["rates"]["contract"] \
        == {"numerator": 2, "denominator": 16, "rate": 1250, "low": 349,
            "high": 3603}


def test_by_how_well_it_is_proven(town, people, as_role, cohort):
    home, proof = people.consortium, {"evidence_sha256": SHA}
    extra = [graduate(town, home, people.school) for _ in range(3)]
    went(town, home, extra[0], "11", **LOCAL, **proof,
         evidence_kind="labour_contract")
    went(town, home, extra[1], "11", **LOCAL, **proof,
         evidence_kind="insurance_record")
    went(town, home, extra[2], "12", **LOCAL)
    moved(town, extra[0], "verified")
    moved(town, extra[1], "verified")
    moved(town, extra[2], "confirmed", confirmed_at="now()")
    school = as_role("school")
    assert one(school)["evidence"] == {"declared": 15, "employer": 1,
                                       "document": 1, "insurance_record": 1}
    for level, placed in (("declared", 18), ("employer", 3), ("document", 2),
                          ("insurance_record", 1)):
        item = one(school, evidence=level)
        assert item["rates"]["placed"] == rate(placed, 23)
        assert sum(item["counts"].values()) == 23
    # what is denied or given back counts for nothing
    moved(town, extra[2], "denied", confirmed_at="null")
    moved(town, extra[0], "returned")
    assert one(school)["rates"]["placed"] == rate(16, 23)
    assert one(school)["counts"]["none"] == 3


def test_what_is_computed_of_alignment(apart, town):
    with apart() as (server, _, own):
        people = own.people()
        for _ in range(3):
            graduate(own, people.consortium, people.school)
        made = [graduate(own, people.consortium, people.school)
                for _ in range(3)]
        jobs = ["6-18-01-01", "6-18-01-02", "6-18-01-03"]
        for student, job in zip(made, jobs):
            went(own, people.consortium, student, "11", **LOCAL,
                 occupation_code=job)
        client = server.client(people.tokens["school"])
        rates = one(client)["rates"]
        assert rates["aligned_computed_of_known"] == rate(0, 0)
        own.run("insert into specialty_occupation (specialty_code,"
                " occupation_code) values ('660301', %s),"
                " ((select max(code) from specialty where code like '66%%'"
                " and code <> '660301'), %s), ('610101', %s)", *jobs)
        rates = one(client)["rates"]
        assert rates["aligned_computed_of_known"] == rate(2, 3)
        assert rates["aligned_computed_of_employed"] == rate(2, 3)
        assert wrong_counts(own, people.consortium) == 0
        client.close()


def test_by_every_dimension(town, people, as_role):
    home = people.consortium
    for on, specialty, sex, code in (
            ("2026-06-30", "660301", "female", "80"),
            ("2026-07-15", "660302", "male", "70"),
            ("2026-06-30", "610101", "male", "80"),
            ("2025-06-30", "660301", "female", "70")):
        went(town, home, graduate(town, home, people.school, on, specialty,
                                  sex), code)
    school = as_role("school")

    def placed(**query):
        return [(item["specialty"], item["sex"], item["month"], item["year"],
                 item["rates"]["placed"]["numerator"], item["graduates"])
                for item in ask(school, **query)["items"]]

    assert placed(by="specialty", year=2026) == [
        ("610101", None, None, 2026, 1, 1), ("660301", None, None, 2026, 1, 1),
        ("660302", None, None, 2026, 0, 1)]
    assert placed(by="class", year=2026) == [
        ("6101", None, None, 2026, 1, 1), ("6603", None, None, 2026, 1, 2)]
    assert placed(by="category,year") == [
        ("61", None, None, 2026, 1, 1), ("66", None, None, 2025, 0, 1),
        ("66", None, None, 2026, 1, 2)]
    assert placed(by="sex,month", year=2026) == [
        (None, "female", 6, 2026, 1, 1), (None, "male", 6, 2026, 1, 1),
        (None, "male", 7, 2026, 0, 1)]
    item = one(school, by="school,level,district", month=6)
    assert (item["school_id"], item["level"], item["division_code"],
            item["division_name"], item["graduates"]) == (
        str(people.school), "secondary", "330106", "西湖区", 3)
    for filters, count in (({"specialty": "66"}, 3), ({"sex": "male"}, 2),
                           ({"month": 7}, 1), ({"level": "secondary"}, 4),
                           ({"division_code": "330106"}, 4)):
        assert one(school, **filters)["graduates"] == count
        listed = school.get(one(school, **filters)["destinations"])
        assert len(listed.json["items"]) == count
    assert ask(school, level="bachelor")["items"] == []
    # the cohort before is told beside
    item = one(school, by="specialty", year=2026, specialty="660301")
    assert item["before"] == {
        "graduates": 1, "placed": rate(0, 1),
        "local_of_employed": rate(0, 0), "local_of_graduates": rate(0, 1)}
    assert [item["before"] is None for item in
            ask(school, by="year")["items"]] == [True, False]


@pytest.mark.parametrize("query, name", [
    ("by=hair", "by"), ("by=sex,sex", "by"), ("by=class,specialty", "by"),
    ("year=1999", "year"), ("month=0", "month"), ("sex=x", "sex"),
    ("specialty=6199", "specialty"), ("evidence=x", "evidence"),
    ("level=x", "level"), ("as_of=yesterday", "as_of"),
    (f"school_id={new_id()}", "school_id"),
    ("division_code=899999", "division_code"), ("limit=1", "limit")])
def test_what_is_asked_wrongly(as_role, query, name):
    reply = as_role("office").get(f"{RATES}?{query}")
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert reply.wheres()[0].startswith(name), reply


def test_a_school_has_only_its_own(town, people, as_role, cohort, server):
    other = town.school(people.consortium)
    graduate(town, people.consortium, other)
    assert one(as_role("school"))["graduates"] == 20
    assert ask(as_role("school"), school_id=other)["items"] == []
    for role in ("student", "enterprise", "operator"):
        assert as_role(role).get(RATES).status == 403
    stranger = town.people()
    client = server.client(stranger.tokens["office"])
    assert ask(client)["items"] == []
    client.close()


def moment(town):
    return town.one("select to_char(clock_timestamp() at time zone 'UTC',"
                    " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")


def test_live_and_as_of_any_moment(town, people, as_role):
    """Whatever was told at a moment is told of it ever after."""
    school, home = as_role("school"), people.consortium
    dice, told, students = random.Random(7), [], []
    for _ in range(40):
        change(dice, town, home, people.school, students)
        item = ask(school, by="specialty,sex")["items"]
        told.append((moment(town), item))
        assert wrong_counts(town, home) == 0
    for at, items in told:
        assert ask(school, by="specialty,sex", as_of=at)["items"] == items
    assert ask(school, as_of="2020-01-01T00:00:00Z")["items"] == []


def change(dice, town, home, school, students):
    """Something that counts, or not."""
    def some():
        return dice.choice(students)

    kind = dice.choice(["come", "come", "go", "declare", "declare",
                        "declare", "move", "rename"]) if students else "come"
    if kind == "come":
        students.append(graduate(town, home, school, dice.choice(
            ["2025-06-30", "2026-06-30", "2026-07-01"]),
            dice.choice(["660301", "660302", "610101"]),
            dice.choice(["female", "male"])))
    elif kind == "go":
        town.run("update student set state = case state when 'left' then"
                 " 'active' else 'left' end, actor = id, reason = 'x'"
                 " where id = %s", some())
    elif kind == "rename":
        town.run("update student set name = '周', sex = 'male',"
                 " specialty_code = %s, actor = id where id = %s",
                 dice.choice(["660301", "610101"]), some())
    elif kind == "declare":
        code = dice.choice(EMPLOYED + ("70", "80"))
        town.run(
            "insert into graduate_destination (consortium_id, id, code,"
            " division_code, is_aligned) values (%s, %s, %s, %s, %s)"
            " on conflict (consortium_id, id) do update set code ="
            " excluded.code, division_code = excluded.division_code,"
            " is_aligned = excluded.is_aligned, state = 'declared',"
            " actor = excluded.id", home, some(), code,
            dice.choice([None, "330106", "330205", "310115"]),
            dice.choice([None, True, False]))
    else:
        town.run("update graduate_destination set state = case state when"
                 " 'declared' then 'returned' else 'declared' end,"
                 " actor = id, reason = 'x' where id = %s", some())


def test_many_at_once_equal_a_recount(town, people, cluster, database,
                                      as_role):
    """Six who write at the same moment, over the same students, while counts
    are put together."""
    home = people.consortium
    students = [graduate(town, home, people.school) for _ in range(12)]

    def write(own, dice, _):
        mine = list(students)
        for _ in range(60):
            change(dice, own, home, people.school, mine)
            if dice.random() < 0.1:
                own.run("select fold_graduate_counts(%s)",
                        dice.choice([3, 500]))

    six_at_once(cluster, database, write)
    assert wrong_counts(town, home) == 0
    school = as_role("school")
    live = ask(school, by="specialty,year,sex,month")["items"]
    assert ask(school, by="specialty,year,sex,month",
               as_of=moment(town))["items"] == live
    while town.one("select fold_graduate_counts(500)"):
        pass
    assert wrong_counts(town, home) == 0
    assert ask(school, by="specialty,year,sex,month")["items"] == live


def test_a_frozen_figure_is_told_again(town, people, as_role, cohort):
    school = as_role("school")
    made = school.post("/v1/destination-freezes", {
        "graduation_year": 2026, "stage": "august"}).json
    frozen = one(school, year=2026)
    path = f"/v1/students/{cohort[-1]}/destination"
    reply = school.put(path, {"code": "80", "reason": "补录"},
                       headers={"If-Match": '"v0"'})
    assert reply.status == 200, reply
    assert one(school, year=2026)["rates"]["placed"] == rate(16, 20)
    again = one(school, year=2026, as_of=made["frozen_at"])
    assert again == frozen
    assert again["rates"]["placed"] == rate(15, 20)


def test_no_write_slips_in_before_a_freeze(town, people, cluster, database,
                                           as_role):
    """Writers and freezes at the same moment: the figure of a freeze is what
    had been committed, and stays."""
    home, school = people.consortium, as_role("school")
    students = [graduate(town, home, people.school, on="2024-06-30")
                for _ in range(8)]

    def write(seed):
        own, dice = Town(cluster.dsn(database)), random.Random(seed)
        for _ in range(50):
            town_change(own, dice, home, students)
        own.close()

    def town_change(own, dice, home, students):
        own.db.autocommit = False
        change(dice, own, home, people.school, list(students))
        own.db.commit()

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        busy = [pool.submit(write, seed) for seed in range(4)]
        frozen = [school.post("/v1/destination-freezes", {
            "graduation_year": year, "stage": stage}).json["frozen_at"]
            for year in (2024, 2025) for stage in ("august", "december")]
        told = [ask(school, by="year,specialty", as_of=at)["items"]
                for at in frozen]
        for one_of in busy:
            one_of.result()
    assert [ask(school, by="year,specialty", as_of=at)["items"]
            for at in frozen] == told


def test_what_was_erased_counts_on(town, people, as_role, cohort):
    reply = as_role("school").post(f"/v1/students/{cohort[0]}/erase",
                                   {"reason": "本人要求"})
    assert reply.status in (200, 204), reply
    assert wrong_counts(town, people.consortium) == 0
