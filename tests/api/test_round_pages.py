"""Each party's page of a round: what it says is what `duikou-matcher explain`
says of the downloaded documents."""

import hashlib
import json
import subprocess

import pytest

from tests.api.alone import (  # noqa: F401
    alone, server, database, town)
from tests.api.test_exports import read_csv, read_sheet
from tests.api.test_rounds import add_policy, add_posting, work_until
from tests.api.test_rounds import ROUND, wish
from tests.api.told import MATCHER, SEED, Told, instance_of
from tests.api.town import new_id


@pytest.fixture
def office(as_role, town, people):
    add_policy(town, people)
    return as_role("office")


def explain(told, tmp_path, what, subject):
    """What the program says of the documents."""
    for kind in ("instance", "result"):
        (tmp_path / kind).write_bytes(getattr(told, kind))
    done = subprocess.run(
        [MATCHER, "explain", "--in", tmp_path / "instance", "--result",
         tmp_path / "result", f"--{what}", str(subject), "--format", "json"],
        capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


@pytest.fixture(params=["stable", "optimal"])
def told(request, office, town, people):
    """Four students for three seats of two postings, and a floor of six."""
    first, second = (add_posting(town, people) for _ in range(2))
    others = [town.student(people.consortium, people.school)
              for _ in range(3)]
    made = Told(town, people.consortium, instance_of(
        people.enterprise, {first: 1, second: 2},
        {others[0]: [first, second], people.student: [first, second],
         others[1]: [second], others[2]: [second]}, floor=6), request.param)
    made.postings, made.students = (first, second), others
    return made


def page(client, told, kind, subject, more=""):
    return client.get(f"/v1/rounds/{told.round}/{kind}/{subject}/explanation"
                      + more)


def test_a_student_is_told_why(told, as_role, office, people, tmp_path):
    told.publish()
    for client in (as_role("student"), as_role("school"), office):
        reply = page(client, told, "students", people.student)
        assert reply.status == 200, reply
    it = reply.json
    assert it["explanation"] == explain(told, tmp_path, "student",
                                        people.student)
    assert (it["run_id"], it["mode"], it["is_in_run"], it["is_published"]) \
        == (str(told.run), told.mode, True, True)
    assert [w["posting_id"] for w in it["wishes"]] == list(told.postings)
    assert [w["outcome"] for w in it["wishes"]] == ["refused", "received"]
    assert it["result"]["posting_id"] == told.postings[1]
    assert it["wishes"][0]["posting_title"] == "装配实习生"
    if told.mode == "stable":
        full = it["wishes"][0]["cutoff"]
        assert (full["score"], full["binding"]["id"],
                full["binding"]["kind"], full["binding"]["seats"],
                full["binding"]["taken"]) == \
            (9000, told.postings[0], "posting", 1, 1)
        assert it["wishes"][0]["by"] == "score"
        assert it["wishes"][0]["gap"] == 100
        assert "8900" in it["wishes"][0]["because"]
        assert "9000" in it["wishes"][0]["because"]
    else:
        assert it["wishes"][0]["cutoff"] is None


def test_words_are_in_the_language_asked_for(told, office, people):
    said = {language: office.get(
        f"/v1/rounds/{told.round}/students/{people.student}/explanation",
        headers={"Accept-Language": language}).json["wishes"][0]["because"]
        for language in ("en", "zh-CN")}
    assert said["en"].startswith("not placed: ")
    assert said["zh-CN"].startswith("未安排")


def test_below_what_was_received(told, office):
    it = page(office, told, "students", told.students[0]).json
    assert [w["outcome"] for w in it["wishes"]][0] == "received"
    if told.mode == "stable":
        assert it["wishes"][1]["outcome"] == "below"
        assert it["wishes"][1]["cutoff"]["score"] == 8800


def test_a_lottery_of_64_bits_in_lists_whole(told, office, town):
    """Issue 7: one above 2^63 ended the server, asked for as CSV."""
    largest = str(2 ** 64 - 1)
    told.publish()
    # what a run came to is written once, by the worker
    town.run("set session_replication_role = replica")
    town.run("insert into run_cutoff (consortium_id, run_id, posting_id,"
             " score, lottery, binding) values (%s, %s, %s, 8800, %s, 'b')",
             told.consortium, told.run, told.postings[1], largest)
    town.run("set session_replication_role = origin")
    for kind, read in (("csv", read_csv), ("xlsx", read_sheet)):
        reply = office.get(f"/v1/placements.{kind}?round_id={told.round}",
                           headers={"Accept-Language": "en"})
        assert reply.status == 200, reply
        names, *rows = read(reply)
        shown = [row[names.index("cutoff.lottery")] for row in rows]
        assert sorted(one or "" for one in shown) == ["", largest, largest]


def test_the_lottery_can_be_drawn_again(told, as_role, office, people):
    hidden = page(office, told, "students", people.student).json["lottery"]
    assert hidden["seed"] is None
    told.publish()
    it = page(as_role("student"), told, "students", people.student).json
    drawn = hashlib.sha256(
        f"{it['lottery']['seed']}\n{people.student}".encode()).hexdigest()
    assert it["lottery"]["seed"] == SEED
    assert it["lottery"]["hex"] == drawn[:16] == hidden["hex"]
    assert it["lottery"]["number"] == int(drawn[:16], 16)
    assert it["lottery"]["seed_sha256"] == \
        hashlib.sha256(SEED.encode()).hexdigest()


def test_an_enterprise_is_told_why(told, as_role, people, tmp_path):
    told.publish()
    reply = page(as_role("enterprise"), told, "enterprises",
                 people.enterprise)
    assert reply.status == 200, reply
    it = reply.json
    group, = it["groups"]
    assert group["explanation"] == explain(told, tmp_path, "group",
                                           people.enterprise)
    assert (group["floor"], group["shortfall"], group["listed"],
            group["reachable"]) == (6, 3, 4, 3)
    assert (group["group"]["kind"], group["group"]["seats"],
            group["group"]["taken"]) == ("enterprise", None, 3)
    assert "3" in group["because"]
    reach = group["explanation"]["reach"]
    assert (reach["needed"], reach["reachable"]) == (6, 3)
    assert {p["posting"]["id"] for p in it["postings"]} == set(told.postings)
    for posting in it["postings"]:
        assert posting["explanation"] == explain(
            told, tmp_path, "posting", posting["posting"]["id"])
    names = {n["id"]: n["kind"] for n in it["names"]}
    assert names[str(people.enterprise)] == "enterprise"
    for node in reach["nodes"]:
        assert names[node.get("posting") or node["group"]]


def test_before_publication_it_is_the_offices(told, as_role, office, people):
    for role, kind, subject in (
            ("student", "students", people.student),
            ("school", "students", people.student),
            ("enterprise", "enterprises", people.enterprise)):
        assert page(as_role(role), told, kind, subject).status == 404
        more = f"?run_id={told.run}"
        assert page(as_role(role), told, kind, subject, more).status == 404
        it = page(office, told, kind, subject, more)
        assert (it.status, it.json["is_published"]) == (200, False)
        assert page(office, told, kind, subject,
                    f"?run_id={new_id()}").status == 404
    for role, path in (("enterprise", f"enterprises/{people.enterprise}"),
                       ("school", f"schools/{people.school}")):
        path = f"/v1/rounds/{told.round}/{path}/students"
        assert as_role(role).get(path).status == 404
        assert office.get(path).status == 200


def test_who_took_no_part(told, office, town, people):
    absent = town.student(people.consortium, people.school)
    it = page(office, told, "students", absent).json
    assert (it["is_in_run"], it["result"], it["lottery"], it["wishes"],
            it["explanation"]) == (False, None, None, [], None)
    idle = town.enterprise(people.consortium)
    it = page(office, told, "enterprises", idle).json
    assert (it["is_in_run"], it["groups"], it["postings"]) == (False, [], [])
    assert page(office, told, "students", new_id()).status == 404
    assert page(office, told, "enterprises", new_id()).status == 404


def test_whom_an_enterprise_gets(told, as_role, office, town, people):
    path = f"/v1/rounds/{told.round}/enterprises/{people.enterprise}/students"
    placed = json.loads(told.result)["placements"]
    known = office.get(path).json["items"]
    assert sorted((i["student_id"], i["posting_id"], i["score"])
                  for i in known) == \
        sorted((p["student"], p["posting"], p["score"]) for p in placed)
    assert all(i["student_name"] == "周晓" and i["placement_id"] is None
               for i in known)
    told.publish()
    told_it = as_role("enterprise").get(path).json["items"]
    assert [i["student_id"] for i in told_it] == \
        [i["student_id"] for i in known]
    assert {i["student_name"] for i in told_it} == {None}
    assert {i["placement_state"] for i in told_it} == {"proposed"}
    seen, more = [], f"{path}?limit=1&posting_id={told.postings[1]}"
    while more:
        reply = as_role("enterprise").get(more).json
        seen += reply["items"]
        more = reply["next"]
    assert seen == [i for i in told_it
                    if i["posting_id"] == told.postings[1]]
    rows = read_sheet(as_role("enterprise").get(f"{path}.xlsx"))
    assert len(rows) == 1 + len(placed)


def test_what_became_of_a_schools_students(told, as_role, office, people):
    path = f"/v1/rounds/{told.round}/schools/{people.school}"
    told.publish()
    school = as_role("school")
    items = school.get(f"{path}/students").json["items"]
    result = json.loads(told.result)
    assert {i["student_id"] for i in items if i["is_placed"]} == \
        {p["student"] for p in result["placements"]}
    unplaced = school.get(f"{path}/students?is_placed=false").json["items"]
    assert [i["student_id"] for i in unplaced] == result["unplaced"]
    assert (unplaced[0]["why"], unplaced[0]["posting_id"]) == ("score", None)
    for query, count in (("why=score", 1), ("why=no_wishes", 0),
                         ("specialty=6603", 4), ("specialty=51", 0),
                         ("class_name=x", 0), ("is_placed=true", 3)):
        assert len(school.get(f"{path}/students?{query}")
                   .json["items"]) == count, query
    assert school.get(f"{path}/students?why=rain").status == 400
    assert school.get(f"{path}/totals?by=moon").status == 400
    whole, = school.get(f"{path}/totals").json["items"]
    assert (whole["students"], whole["placed"], whole["unplaced"],
            whole["by_score"], whole["first_choice"]) == (4, 3, 1, 1, 2)
    by_class = school.get(f"{path}/totals?by=class").json["items"]
    assert [i["students"] for i in by_class] == [4]
    assert len(read_csv(school.get(f"{path}/students.csv"))) == 5
    other = f"/v1/rounds/{told.round}/schools/{new_id()}"
    for client in (school, office):
        assert client.get(f"{other}/students").status == 404
        assert client.get(f"{other}/totals").status == 404


def test_what_a_worker_leaves(office, as_role, server, town, people, cluster,
                              database):
    """Of a real run: who is unplaced and why, and wishes that it could not
    read, since a posting closed meanwhile or a rule came to block."""
    first, closed = (add_posting(town, people, openings=1) for _ in range(2))
    subject = office.post("/v1/rounds", ROUND).json["id"]
    office.post(f"/v1/rounds/{subject}/open")
    assert wish(as_role("student"), people, subject, first,
                closed).status == 200
    more = [town.student(people.consortium, people.school)
            for _ in range(3)]
    for student, wishes in zip(more, ([closed], [first], [])):
        town.run("select put_wishes(%s, %s, %s, %s::uuid[], %s, null)",
                 people.consortium, subject, student, wishes, student)
    town.run("update posting set state = 'closed', actor = id, reason = 'x'"
             " where id = %s", closed)
    town.run("update student set entry_year = 2026, actor = id"
             " where id = %s", more[1])
    office.post(f"/v1/rounds/{subject}/close")
    queued = office.post(f"/v1/rounds/{subject}/run", {"mode": "stable"})
    run = work_until(office, queued.headers["location"],
                     cluster.url(database))
    assert run["state"] == "done", run
    path = f"/v1/rounds/{subject}/schools/{people.school}/students"
    why = {i["student_id"]: (i["why"], i["left_out"])
           for i in office.get(path).json["items"]}
    assert why == {str(people.student): (None, 1),
                   str(more[0]): ("left_out", 1),
                   str(more[1]): ("left_out", 1),
                   str(more[2]): ("no_wishes", 0)}
    base = f"/v1/rounds/{subject}/students"
    left, = office.get(f"{base}/{people.student}/explanation"
                       ).json["left_out"]
    assert (left["rank"], left["posting_id"], left["rule"]) == \
        (2, closed, None)
    left, = office.get(f"{base}/{more[1]}/explanation").json["left_out"]
    assert left["rule"] and left["article"] and left["because"]


def test_runs_take_turns_in_memory(office, town, people, cluster):
    """More of them than are kept (2), each asked for twice, and once more
    after the connection that reads them has gone."""
    posting = add_posting(town, people)
    runs = [Told(town, people.consortium, instance_of(
        people.enterprise, {posting: seats}, {people.student: [posting]}))
        for seats in (0, 1, 2)]

    def seats():
        return [page(office, told, "students", people.student)
                .json["wishes"][0]["capacity"] for told in runs]

    assert seats() == seats() == [0, 1, 2]
    cluster._admin("select pg_terminate_backend(pid) from pg_stat_activity"
                   " where application_name = 'duikou-explainer'")
    assert seats() == [0, 1, 2]
