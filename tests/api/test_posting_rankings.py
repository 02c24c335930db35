"""Enterprises' own order of students, posting by posting, in a round."""

import concurrent.futures
import hashlib
import json
import subprocess

import pytest

from tests.api import test_rounds
from tests.api.test_certified_wishes import add_students, put_as_school
from tests.api.test_rounds import MATCHER, add_posting, work_until
from tests.api.town import new_id

alone = test_rounds.alone
server = test_rounds.server
database = test_rounds.database
town = test_rounds.town
office = test_rounds.office
open_round = test_rounds.open_round


def rank(client, posting, subject, *students):
    path = f"/v1/postings/{posting}/preferences"
    seen = client.get(f"{path}?round_id={subject}").headers
    return client.put(path, {"round_id": subject, "student_ids": [
        str(one) for one in students]}, headers={
            "If-Match": seen.get("etag", '"v0"')})


def lottery(seed, student):
    return int.from_bytes(hashlib.sha256(
        f"{seed}\n{student}".encode()).digest()[:8], "big")


def run_round(office, subject, url, mode, tmp_path):
    """The instance and the result, which verify accepts."""
    queued = office.post(f"/v1/rounds/{subject}/run", {"mode": mode})
    run = work_until(office, queued.headers["location"], url)
    assert run["state"] == "done", run
    made = {}
    for kind in ("instance", "result"):
        path = tmp_path / kind
        path.write_bytes(office.get(f"/v1/rounds/{subject}/{kind}"
                                    f"?run_id={run['id']}").body)
        made[kind] = json.loads(path.read_bytes())
    subprocess.run([MATCHER, "verify", "--in", tmp_path / "instance",
                    "--result", tmp_path / "result"], check=True)
    return made["instance"], made["result"]


def test_the_placement_follows_the_ranking(
        office, as_role, people, town, open_round, cluster, database,
        tmp_path):
    """Named first, in that order; then by score, then by lottery."""
    school, enterprise = as_role("school"), as_role("enterprise")
    ranked, plain = (add_posting(town, people) for _ in range(2))
    students = [str(one) for one in add_students(people, town, 6)]
    # of another specialty of the class: eligible, with a lower score
    for student in students[:3]:
        town.run("update student set specialty_code = '660302', actor = id"
                 " where id = %s", student)
    for student in students:
        put_as_school(school, student, open_round, ranked)
    stranger, = add_students(people, town, 1)
    done = rank(enterprise, ranked, open_round, students[1], stranger,
                students[0])
    assert (done.status, done.json["version"]) == (200, 1), done
    office.post(f"/v1/rounds/{open_round}/close")
    instance, result = run_round(office, open_round, cluster.url(database),
                                 "stable", tmp_path)
    seed = instance["seed"]
    score = {one["id"]: one["choices"][0]["score"]
             for one in instance["students"]}
    assert score[students[3]] > score[students[2]]
    found = {one["id"]: one for one in instance["postings"]}
    assert found[ranked]["ranking"] == [students[1], students[0]] + sorted(
        students[2:], key=lambda one: (-score[one], lottery(seed, one)))
    assert "ranking" not in found[plain]
    assert sorted(one["student"] for one in result["placements"]) == \
        sorted(students[:2])
    cutoff, = [one for one in result["cutoffs"] if one["posting"] == ranked]
    assert cutoff["rank"] == 2
    run_round(office, open_round, cluster.url(database), "optimal", tmp_path)
    counts = office.get(f"/v1/rounds/{open_round}/preferences").json
    assert (counts["posting_count"], counts["ranked_posting_count"]) == (2, 1)


def test_without_names_nothing_is_ranked(
        office, as_role, people, town, open_round, cluster, database,
        tmp_path):
    posting = add_posting(town, people)
    put_as_school(as_role("school"), people.student, open_round, posting)
    enterprise = as_role("enterprise")
    assert rank(enterprise, posting, open_round, people.student).status == 200
    assert rank(enterprise, posting, open_round).json["version"] == 2
    office.post(f"/v1/rounds/{open_round}/close")
    instance, _ = run_round(office, open_round, cluster.url(database),
                            "stable", tmp_path)
    assert [one.get("ranking") for one in instance["postings"]] == [None]


def test_a_ranking_is_a_whole_list_by_its_version(
        office, as_role, people, town, open_round):
    enterprise = as_role("enterprise")
    posting = add_posting(town, people)
    path = f"/v1/postings/{posting}/preferences"
    first, second = add_students(people, town, 2)
    none = enterprise.get(f"{path}?round_id={open_round}")
    assert (none.json["version"], none.json["items"], none.etag) == \
        (0, [], '"v0"')
    body = {"round_id": open_round, "student_ids": [str(first)]}
    assert enterprise.put(path, body).status == 428
    for version, students in enumerate([[first, second], [second]], 1):
        done = rank(enterprise, posting, open_round, *students)
        assert (done.status, done.json["version"]) == (200, version), done
        assert [one["student_id"] for one in done.json["items"]] == \
            [str(one) for one in students]
        assert set(done.json["items"][0]) == {"rank", "student_id",
                                              "specialty_code", "entry_year"}
    stale = enterprise.put(path, body, headers={"If-Match": '"v1"'})
    assert stale.status == 412, stale
    seen = office.get(f"{path}?round_id={open_round}")
    assert seen.json == done.json
    same = enterprise.get(f"{path}?round_id={open_round}",
                          headers={"If-None-Match": seen.etag})
    assert same.status == 304
    assert enterprise.get(path).status == 400
    for role in ("student", "school"):
        assert as_role(role).get(
            f"{path}?round_id={open_round}").status == 403
        assert as_role(role).put(path, body, headers={
            "If-Match": '"v2"'}).status == 403
    assert office.put(path, body, headers={"If-Match": '"v2"'}).status == 403
    assert enterprise.get(f"/v1/postings/{new_id()}/preferences"
                          f"?round_id={open_round}").status == 404
    office.post(f"/v1/rounds/{open_round}/close")
    late = rank(enterprise, posting, open_round, first)
    assert (late.status, late.wheres()) == (409, ["#/round_id"])


def test_every_flaw_of_a_ranking_is_named(
        as_role, people, town, open_round, server):
    enterprise = as_role("enterprise")
    posting = add_posting(town, people)
    fit, off, gone = add_students(people, town, 3)
    town.run("update student set specialty_code = '510203', actor = id"
             " where id = %s", off)
    town.run("update student set state = 'left', actor = id, reason = 'x'"
             " where id = %s", gone)
    foreign = town.people()
    wrong = rank(enterprise, posting, open_round, fit, off, gone,
                 foreign.student, new_id())
    assert wrong.status == 422, wrong
    assert wrong.wheres() == [f"#/student_ids/{i}" for i in (1, 2, 3, 4)]
    told = {one["code"] for one in wrong.problem["errors"][1:]}
    assert told == {"not-found"}, "who left is told like who never was"
    assert "cross-category" in wrong.problem["errors"][0]["detail"]
    twice = rank(enterprise, posting, open_round, fit, fit)
    assert (twice.status, twice.wheres()) == (422, ["#/student_ids"])
    unknown = rank(enterprise, posting, str(new_id()), fit)
    assert (unknown.status, unknown.wheres()) == (422, ["#/round_id"])
    other = server.client(foreign.tokens["enterprise"])
    assert rank(other, posting, open_round, foreign.student).status == 404
    other.close()


@pytest.mark.parametrize("given", [{"state": "draft"}, {"kind": "job"}])
def test_only_open_internships_are_ranked(as_role, people, town, open_round,
                                          given):
    posting = add_posting(town, people, **given)
    reply = rank(as_role("enterprise"), posting, open_round)
    assert (reply.status, reply.problem["code"]) == (409, "wrong-state")


def test_of_two_at_once_one_was_first(as_role, people, town, open_round):
    """Two of the enterprise's people, who saw the same version."""
    posting = add_posting(town, people)
    path = f"/v1/postings/{posting}/preferences"
    students = add_students(people, town, 2)
    hands = [as_role("enterprise"), as_role("enterprise")]
    with concurrent.futures.ThreadPoolExecutor(2) as two:
        for version in range(20):
            replies = list(two.map(lambda hand, student: hand.put(path, {
                "round_id": open_round, "student_ids": [str(student)]},
                headers={"If-Match": f'"v{version}"'}), hands, students))
            assert sorted(one.status for one in replies) == [200, 412]
            won, = [one for one in replies if one.status == 200]
            now = hands[0].get(f"{path}?round_id={open_round}")
            assert (now.json, now.json["version"]) == (won.json, version + 1)
