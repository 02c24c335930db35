"""Wish lists that students certify, and rounds in which only those count."""

import concurrent.futures
import json

import pytest

from tests.api import test_rounds
from tests.api.test_rounds import ROUND, add_posting, wish, work_until
from tests.api.town import new_id

alone = test_rounds.alone
server = test_rounds.server
database = test_rounds.database
town = test_rounds.town
office = test_rounds.office
open_round = test_rounds.open_round


def certify(client, student, subject, etag):
    return client.post(f"/v1/students/{student}/preferences/certify",
                       {"round_id": subject}, headers={"If-Match": etag})


def test_a_certificate_is_of_the_list_as_it_was_seen(
        office, as_role, people, town, open_round):
    first, second = (add_posting(town, people) for _ in range(2))
    student = as_role("student")
    path = f"/v1/students/{people.student}/preferences"
    none = certify(student, people.student, open_round, '"v0"')
    assert none.status == 404, none
    seen = wish(student, people, open_round, first)
    assert seen.json["certified_at"] is None
    school = as_role("school")
    changed = wish(school, people, open_round, second, first)
    stale = certify(student, people.student, open_round, seen.etag)
    assert stale.status == 412, stale
    bare = student.post(path + "/certify", {"round_id": open_round})
    assert bare.status == 428
    done = certify(student, people.student, open_round, changed.etag)
    assert (done.status, done.json["version"]) == (200, 3), done
    assert done.json["certified_at"] == done.json["updated_at"] or \
        done.json["certified_at"] > changed.json["updated_at"]
    read = student.get(f"{path}?round_id={open_round}")
    assert (read.json, read.etag) == (done.json, done.etag)
    again = certify(student, people.student, open_round, done.etag)
    assert again.json == done.json
    assert town.run("select kind, version from change where topic = 'wishes'"
                    " and subject_id = %s order by version",
                    people.student) == \
        [("updated", 1), ("updated", 2), ("certified", 3)]
    # any change takes it away, the school's too, and the same list anew
    after = wish(school, people, open_round, second, first)
    assert (after.json["certified_at"], after.json["version"]) == (None, 4)
    for role in ("school", "office", "enterprise"):
        assert certify(as_role(role), people.student, open_round,
                       after.etag).status == 403
    office.post(f"/v1/rounds/{open_round}/close")
    late = certify(student, people.student, open_round, after.etag)
    assert (late.status, late.wheres()) == (409, ["#/round_id"])


def add_students(people, town, count):
    return [town.student(people.consortium, people.school)
            for _ in range(count)]


def put_as_school(school, student, subject, posting):
    reply = school.put(f"/v1/students/{student}/preferences",
                       {"round_id": subject, "posting_ids": [posting]})
    assert reply.status == 200, reply
    return reply.etag


@pytest.mark.parametrize("counted, proposed, placed", [
    ("all", 0, {"certified", "put"}), ("certified", 0, {"certified"}),
    ("all", 2, {"certified", "put", "none"}),
    ("certified", 2, {"certified", "none"})])
def test_which_lists_count(as_role, people, town, server, cluster, database,
                           counted, proposed, placed):
    town.run("insert into policy (consortium_id, version, valid_from,"
             " counted_lists, proposed_wishes) values (%s, 1, '2026-01-01Z',"
             " %s, %s)", people.consortium, counted, proposed)
    office, school = as_role("office"), as_role("school")
    posting = add_posting(town, people, openings=9)
    subject = office.post("/v1/rounds", ROUND).json["id"]
    path = f"/v1/rounds/{subject}/preferences"
    assert office.get(path).json["counted_lists"] is None
    assert school.get(path).status == 404
    assert office.post(f"/v1/rounds/{subject}/open").status == 200
    put, none = add_students(people, town, 2)
    etag = put_as_school(school, people.student, subject, posting)
    put_as_school(school, put, subject, posting)
    assert certify(as_role("student"), people.student, subject,
                   etag).status == 200
    elsewhere = town.student(people.consortium,
                             town.school(people.consortium))
    counts = {"round_id": subject, "counted_lists": counted, "list_count": 2,
              "certified_count": 1, "posting_count": 1,
              "ranked_posting_count": 0}
    assert office.get(path).json == {**counts, "student_count": 4,
                                     "missing_count": 2}
    assert school.get(path).json == {**counts, "student_count": 3,
                                     "missing_count": 1}
    for role in ("student", "enterprise"):
        assert as_role(role).get(path).status == 403
    assert office.get(f"/v1/rounds/{new_id()}/preferences").status == 404
    office.post(f"/v1/rounds/{subject}/close")
    queued = office.post(f"/v1/rounds/{subject}/run", {"mode": "stable"})
    run = work_until(office, queued.headers["location"],
                     cluster.url(database))
    who = {str(people.student): "certified", str(put): "put",
           str(none): "none", str(elsewhere): "none"}
    result = json.loads(office.get(f"/v1/rounds/{subject}/result").body)
    assert {who[one["student"]] for one in result["placements"]} == placed
    assert run["student_count"] == len(result["placements"])


def test_policies_say_which_lists_count(office, people):
    path = f"/v1/consortia/{people.consortium}/policy"
    made = office.get(path).json
    assert made["counted_lists"] == "all"
    body = {name: value for name, value in made.items()
            if name not in ("version", "valid_from", "created_at", "note")}
    reply = office.post(path, {**body, "counted_lists": "certified"})
    assert (reply.status, reply.json["counted_lists"]) == (201, "certified")
    wrong = office.post(path, {**body, "counted_lists": "some"})
    assert (wrong.status, wrong.wheres()) == (422, ["#/counted_lists"])


def test_what_a_student_takes_along_says_of_certificates(
        office, as_role, people, town, open_round):
    student = as_role("student")
    put = wish(student, people, open_round, add_posting(town, people))
    done = certify(student, people.student, open_round, put.etag)
    data = student.get(f"/v1/students/{people.student}/data").json["data"]
    kept, = data["wish_lists"]
    assert (kept["round_id"], kept["version"]) == (open_round, 2)
    assert kept["certified_at"][:19] == done.json["certified_at"][:19]
    assert data["round_reminders"] == []


def test_a_change_and_a_certificate_at_once(
        office, as_role, people, town, open_round):
    """As if one came before the other: what is certified was seen."""
    postings = [add_posting(town, people) for _ in range(2)]
    student, school = as_role("student"), as_role("school")
    with concurrent.futures.ThreadPoolExecutor(2) as two:
        for number in range(20):
            seen = wish(student, people, open_round, *postings)
            sure = two.submit(certify, student, people.student, open_round,
                              seen.etag)
            other = two.submit(wish, school, people, open_round,
                               postings[number % 2])
            assert other.result().status == 200
            now = office.get(f"/v1/students/{people.student}/preferences"
                             f"?round_id={open_round}").json
            assert now["certified_at"] is None, "the change came last"
            assert [one["posting_id"] for one in now["items"]] == \
                [postings[number % 2]]
            version = seen.json["version"]
            assert (sure.result().status, now["version"] - version) in \
                [(200, 2), (412, 1)]
