"""A round through the API, from wishes to placements anybody can check.

Workers take whatever run waits in their database, so this file has one of
its own, and a server to it: other tests neither lose runs nor gain them.
"""

import hashlib
import json
import os
import subprocess
import time

import pytest

from tests.api.alone import (  # noqa: F401
    alone, server, database, town)
from tests.api.server import BUILD, PROGRAM
from tests.api.town import SERVICE, new_id

MATCHER = BUILD / "matcher" / "duikou-matcher"
ROUND = {"name": "2027 春季", "opens_at": "2026-01-01T00:00:00Z",
         "closes_at": "2027-02-01T00:00:00Z", "period_start": "2027-03-01",
         "period_end": "2027-08-31"}
POSTING = {"kind": "internship", "state": "published", "target": "660301",
           "openings": 2}


def add_posting(town, people, **given):
    """A posting of the people's enterprise, in the state that is asked."""
    made, want = new_id(), {**POSTING, **given}
    town.run("insert into posting (consortium_id, id, enterprise_id, kind,"
             " title, openings, targets, division_code, pay_min_fen,"
             " pay_max_fen, period_start, period_end) values (%s, %s, %s, %s,"
             " '装配实习生', %s, %s, '330106', 200000, 300000, '2027-03-01',"
             " '2027-08-31')", people.consortium, made, people.enterprise,
             want["kind"], want["openings"], [want["target"]])
    if want["state"] != "draft":
        town.run("update posting set state = 'published', actor = %s,"
                 " closes_at = now() + interval '90 days'"
                 " where consortium_id = %s and id = %s",
                 SERVICE, people.consortium, made)
    return str(made)


def add_policy(town, people):
    town.run("insert into policy (consortium_id, version, valid_from)"
             " values (%s, 1, '2026-01-01Z')", people.consortium)


@pytest.fixture
def office(as_role, town, people):
    add_policy(town, people)
    return as_role("office")


@pytest.fixture
def open_round(office):
    made = office.post("/v1/rounds", ROUND)
    assert made.status == 201, made
    opened = office.post(f"/v1/rounds/{made.json['id']}/open")
    assert opened.status == 200, opened
    return opened.json["id"]


def wish(client, people, subject, *postings):
    return client.put(f"/v1/students/{people.student}/preferences",
                      {"round_id": subject, "posting_ids": list(postings)})


def work_until(office, path, url, seconds=60):
    """A worker of one's own, until the run is over."""
    worker = subprocess.Popen([PROGRAM, "work"],
                              env={**os.environ, "DATABASE_URL": url})
    try:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            run = office.get(path).json
            if run["state"] in ("done", "failed"):
                return run
            time.sleep(0.05)
        raise AssertionError(run)
    finally:
        worker.terminate()
        assert worker.wait(30) == 0


def test_from_wishes_to_placements(office, as_role, town, people, open_round,
                                   cluster, database, tmp_path):
    first, second = (add_posting(town, people) for _ in range(2))
    put = wish(as_role("student"), people, open_round, second, first)
    assert put.status == 200, put
    assert [w["posting_id"] for w in put.json["items"]] == [second, first]

    closed = office.post(f"/v1/rounds/{open_round}/close")
    assert closed.json["state"] == "closed"
    late = wish(as_role("student"), people, open_round, first)
    assert (late.status, late.wheres()) == (409, ["#/round_id"])

    queued = office.post(f"/v1/rounds/{open_round}/run", {"mode": "stable"})
    assert queued.status == 202, queued
    twice = office.post(f"/v1/rounds/{open_round}/run", {"mode": "stable"})
    assert twice.status == 409, twice
    run = work_until(office, queued.headers["location"],
                     cluster.url(database))
    assert (run["state"], run["is_verified"]) == ("done", True)
    assert (run["student_count"], run["placed_count"]) == (1, 1)

    files = {}
    for kind in ("instance", "result"):
        reply = office.get(f"/v1/rounds/{open_round}/{kind}")
        assert reply.headers["x-content-sha256"] == \
            hashlib.sha256(reply.body).hexdigest()
        files[kind] = tmp_path / kind
        files[kind].write_bytes(reply.body)
        hidden = as_role("student").get(f"/v1/rounds/{open_round}/{kind}")
        assert hidden.status == 404, "not before publication"
    again = tmp_path / "again"
    subprocess.run([MATCHER, "place", "--mode", "stable", "--in",
                    files["instance"], "--out", again], check=True)
    assert again.read_bytes() == files["result"].read_bytes()
    subprocess.run([MATCHER, "verify", "--in", files["instance"],
                    "--result", files["result"]], check=True)

    seed_hidden = office.get(f"/v1/rounds/{open_round}").json
    assert seed_hidden["seed"] is None
    wrong = office.post(f"/v1/rounds/{open_round}/publish",
                        {"run_id": str(new_id())})
    assert (wrong.status, wrong.wheres()) == (422, ["#/run_id"])
    published = office.post(f"/v1/rounds/{open_round}/publish",
                            {"run_id": run["id"]})
    assert published.json["state"] == "published", published
    assert hashlib.sha256(published.json["seed"].encode()).hexdigest() == \
        published.json["seed_sha256"]

    for role in ("student", "school", "enterprise", "office"):
        items = as_role(role).get("/v1/placements").json["items"]
        assert not items[0]["is_proposed"]
        assert [(p["student_id"], p["posting_id"], p["choice"])
                for p in items] == [(str(people.student), second, 1)], role
        one = as_role(role).get(f"/v1/placements/{items[0]['id']}")
        assert one.status == 200
        result = as_role(role).get(f"/v1/rounds/{open_round}/result")
        assert result.body == files["result"].read_bytes()


def test_one_who_put_no_list(as_role, town, people, cluster, database):
    town.run("insert into policy (consortium_id, version, valid_from,"
             " proposed_wishes) values (%s, 1, '2026-01-01Z', 2)",
             people.consortium)
    office, student = as_role("office"), as_role("student")
    far, near, same = (add_posting(town, people, target=target)
                       for target in ("66", "6603", "660301"))
    subject = office.post("/v1/rounds", ROUND).json["id"]
    for move in ("open", "close"):
        assert office.post(f"/v1/rounds/{subject}/{move}").status == 200
    path = f"/v1/students/{people.student}/preferences?round_id={subject}"
    before = student.get(path).json
    assert (before["is_proposed"], before["items"]) == (False, [])
    queued = office.post(f"/v1/rounds/{subject}/run", {"mode": "stable"})
    run = work_until(office, queued.headers["location"],
                     cluster.url(database))
    assert (run["student_count"], run["placed_count"]) == (1, 1)
    assert student.get(path).json == before, "not before publication"
    assert office.post(f"/v1/rounds/{subject}/publish",
                       {"run_id": run["id"]}).status == 200
    after = student.get(path).json
    assert after["is_proposed"] and after["version"] == 0
    assert [w["posting_id"] for w in after["items"]] == [same, near]
    placement, = student.get("/v1/placements").json["items"]
    assert placement["is_proposed"] and placement["posting_id"] == same
    assert far not in [w["posting_id"] for w in after["items"]]


def test_others_do_not_see_ours(office, as_role, town, people, open_round,
                                server):
    other = town.people()
    for role in ("student", "school", "enterprise", "office"):
        stranger = server.client(other.tokens[role])
        assert stranger.get(f"/v1/rounds/{open_round}").status == 404
        assert stranger.get("/v1/rounds").json["items"] == []
        assert stranger.get("/v1/placements").json["items"] == []
        assert stranger.get(f"/v1/students/{people.student}/preferences"
                            f"?round_id={open_round}").status in (403, 404)
        stranger.close()


def test_only_the_office_moves_a_round(as_role, office, open_round):
    for role in ("student", "school", "enterprise", "operator"):
        client = as_role(role)
        assert client.post("/v1/rounds", ROUND).status == 403
        for move in ("open", "close"):
            assert client.post(
                f"/v1/rounds/{open_round}/{move}").status == 403
        assert client.post(f"/v1/rounds/{open_round}/run",
                           {"mode": "stable"}).status == 403
        assert client.post(f"/v1/rounds/{open_round}/publish",
                           {"run_id": open_round}).status == 403


def test_drafts_are_the_offices(office, as_role):
    draft = office.post("/v1/rounds", ROUND).json["id"]
    assert office.get(f"/v1/rounds/{draft}").status == 200
    assert as_role("school").get(f"/v1/rounds/{draft}").status == 404
    listed = as_role("school").get("/v1/rounds").json["items"]
    assert draft not in [r["id"] for r in listed]


def test_moves_out_of_turn_are_refused(office, open_round):
    assert office.post(f"/v1/rounds/{open_round}/open").status == 409
    assert office.post(f"/v1/rounds/{open_round}/publish",
                       {"run_id": open_round}).status == 409
    assert office.post(f"/v1/rounds/{open_round}/run",
                       {"mode": "stable"}).status == 409
    missing = new_id()
    assert office.post(f"/v1/rounds/{missing}/close").status == 404
    assert office.get(f"/v1/rounds/{missing}/runs").status == 404
    assert office.get("/v1/rounds/none").status == 404


@pytest.mark.parametrize("change, wheres", [
    ({"closes_at": "2025-12-01T00:00:00Z"}, ["#/closes_at"]),
    ({"period_end": "2027-02-28"}, ["#/period_end"]),
    ({"period_start": "2026-05-01", "period_end": "2026-06-01"},
     ["#/period_end"]),
    ({"name": "", "seed": "short", "opens_at": "today", "x": 1},
     ["#/name", "#/opens_at", "#/seed", "#/x"]),
])
def test_every_flaw_of_a_round_is_named(office, town, people, change, wheres):
    reply = office.post("/v1/rounds", {**ROUND, **change})
    assert reply.status == 422, reply
    assert reply.wheres() == wheres
    assert town.one("select count(*) from round where consortium_id = %s",
                    people.consortium) == 0


def test_a_round_without_policy_does_not_open(as_role, people):
    office = as_role("office")
    draft = office.post("/v1/rounds", ROUND).json["id"]
    assert office.post(f"/v1/rounds/{draft}/open").status == 409


def test_modes_that_are_not_there_are_named(office, open_round):
    reply = office.post(f"/v1/rounds/{open_round}/run", {"mode": "best"})
    assert (reply.status, reply.wheres()) == (422, ["#/mode"])


def test_wishes_name_every_flaw(as_role, office, town, people, open_round):
    fit = add_posting(town, people)
    draft = add_posting(town, people, state="draft")
    job = add_posting(town, people, kind="job")
    reply = wish(as_role("student"), people, open_round, fit, draft, job, fit,
                 str(new_id()))
    assert reply.status == 422
    assert sorted(reply.wheres()) == [f"#/posting_ids/{i}"
                                      for i in (1, 2, 3, 4)]
    off = add_posting(town, people, target="510203")
    reply = wish(as_role("student"), people, open_round, fit, off)
    assert (reply.status, reply.wheres()) == (422, ["#/posting_ids/1"])
    kept = as_role("student").get(
        f"/v1/students/{people.student}/preferences?round_id={open_round}")
    assert (kept.json["version"], kept.json["items"]) == (0, [])
    unknown = wish(as_role("student"), people, str(new_id()), fit)
    assert (unknown.status, unknown.wheres()) == (422, ["#/round_id"])


def test_wishes_are_whole_lists(as_role, office, town, people, open_round):
    student = as_role("student")
    postings = [add_posting(town, people) for _ in range(3)]
    path = f"/v1/students/{people.student}/preferences?round_id={open_round}"
    for number, wishes in enumerate(
            [postings, postings[:1], [], postings[::-1]], 1):
        put = wish(student, people, open_round, *wishes)
        assert put.json["version"] == number
        read = student.get(path)
        assert [w["posting_id"] for w in read.json["items"]] == wishes
        assert read.etag == put.etag
        same = student.get(path, headers={"If-None-Match": read.etag})
        assert same.status == 304
    assert as_role("enterprise").get(path).status == 403


def test_rounds_come_in_pages(office, people):
    made = [office.post("/v1/rounds", {**ROUND, "name": f"第{n}轮"}).json["id"]
            for n in range(5)]
    seen, path = [], "/v1/rounds?limit=2"
    while path:
        page = office.get(path).json
        seen += [r["id"] for r in page["items"]]
        path = page["next"]
    assert seen == sorted(made, reverse=True)
    assert office.get("/v1/rounds?state=open").json["items"] == []
    assert office.get("/v1/rounds?state=gone").status == 400
    assert office.get("/v1/rounds?after=zzz").status == 400


def test_a_key_makes_one_round(office, people, town):
    replies = [office.post("/v1/rounds", ROUND,
                           headers={"Idempotency-Key": "once"})
               for _ in range(3)]
    assert {reply.status for reply in replies} == {201}
    assert len({reply.json["id"] for reply in replies}) == 1
    assert town.one("select count(*) from round where consortium_id = %s",
                    people.consortium) == 1


def test_instance_is_in_the_matchers_format(office, town, people, open_round,
                                            as_role, cluster, database):
    posting = add_posting(town, people, openings=1)
    wish(as_role("student"), people, open_round, posting)
    office.post(f"/v1/rounds/{open_round}/close")
    queued = office.post(f"/v1/rounds/{open_round}/run", {"mode": "stable"})
    work_until(office, queued.headers["location"], cluster.url(database))
    instance = json.loads(
        office.get(f"/v1/rounds/{open_round}/instance").body)
    assert instance["format"] == "duikou-placement/1"
    assert [s["id"] for s in instance["students"]] == [str(people.student)]
    group = {g["id"]: g for g in instance["groups"]}[str(people.enterprise)]
    assert (group["lower"], group["upper"]) == (20, 100)
    runs = office.get(f"/v1/rounds/{open_round}/runs").json["items"]
    assert [r["state"] for r in runs] == ["done"]
