"""Comparisons: what the modes would come to, told as the matcher alone tells
it."""

import json
import os
import subprocess
import time

import pytest

from tests.api.alone import (  # noqa: F401
    alone, server, town)
from tests.api.server import PROGRAM
from tests.api.test_reference_lists import walk
from tests.api.test_rounds import ROUND, add_policy, add_posting, wish
from tests.api.town import new_id

MATCHER = PROGRAM.parent.parent / "matcher" / "duikou-matcher"


@pytest.fixture
def start_worker(cluster, alone):
    running = []

    def start():
        running.append(subprocess.Popen([PROGRAM, "work"], env={
            **os.environ, "DATABASE_URL": cluster.url(alone[1])}))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def worker(start_worker):
    return start_worker()


def ended(office, path):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        it = office.say("GET", path).json  # it changes: nothing to prove
        if it["state"] in ("done", "failed"):
            return office.get(path).json
        time.sleep(0.05)
    raise AssertionError(it)


@pytest.fixture
def round_run(as_role, server, town, people, worker):
    """(office, path of the round, its run, a posting): six students for two
    seats."""
    add_policy(town, people)
    posting = add_posting(town, people)
    office = as_role("office")
    base = f"/v1/rounds/{office.post('/v1/rounds', ROUND).json['id']}"
    office.post(f"{base}/open")
    subject = base.rpartition("/")[2]
    assert wish(as_role("student"), people, subject, posting).status == 200
    for _ in range(5):
        student = town.student(people.consortium, people.school)
        account = town.account(people.consortium, "student", student)
        client = server.client(town.token(people.consortium, account))
        assert client.put(f"/v1/students/{student}/preferences", {
            "round_id": subject, "posting_ids": [posting]}).status == 200
        client.close()
    assert office.post(f"{base}/close").status == 200
    run = office.post(f"{base}/run", {"mode": "stable"}).json
    assert ended(office, f"{base}/runs/{run['id']}")["state"] == "done"
    return office, base, run["id"], posting


def compared(office, base, run, *changes):
    made = office.post(f"{base}/comparisons",
                       {"run_id": run, "changes": list(changes)})
    assert made.status == 202, made
    assert made.json["state"] == "queued"
    assert made.json["changes"] == list(changes)
    told = ended(office, made.headers["location"])
    assert told["changes"] == list(changes)
    return told


def by_matcher(office, base, run, tmp_path, *words):
    path = tmp_path / "instance.json"
    path.write_bytes(office.get(f"{base}/instance?run_id={run}").body)
    done = subprocess.run([MATCHER, "compare", "--in", path, "--format",
                           "json", *words], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_as_it_stands(round_run, tmp_path):
    office, base, run, _ = round_run
    told = compared(office, base, run)
    assert told["state"] == "done", told
    assert told["report"] == by_matcher(office, base, run, tmp_path)
    assert told["report"]["after"] is None
    assert told["report"]["before"]["stable"]["placed"] == 2


def test_what_if(round_run, people, tmp_path):
    office, base, run, posting = round_run
    changes = [{"set": "capacity", "id": posting, "to": 5},
               {"set": "cap", "id": str(people.enterprise), "to": 4},
               {"set": "floor", "id": str(people.enterprise), "to": 3}]
    told = compared(office, base, run, *changes)
    assert told["report"] == by_matcher(
        office, base, run, tmp_path, "--set-capacity", f"{posting}=5",
        "--set-cap", f"{people.enterprise}=4",
        "--set-floor", f"{people.enterprise}=3")
    assert told["report"]["after"]["stable"]["placed"] == 4
    assert office.get(f"{base}/runs/{run}").json["placed_count"] == 2
    listed = walk(office, f"{base}/comparisons?limit=1")
    assert [it["id"] for it in listed] == [told["id"]]
    assert "report" not in listed[0]


def test_a_floor_above_its_cap(round_run, people):
    office, base, run, _ = round_run
    told = compared(
        office, base, run,
        {"set": "cap", "id": str(people.enterprise), "to": 2},
        {"set": "floor", "id": str(people.enterprise), "to": 3})
    assert (told["state"], told["report"]) == ("failed", None)
    assert str(people.enterprise) in told["error"]


def test_flaws_are_named(round_run, people):
    office, base, run, posting = round_run
    path, mine = f"{base}/comparisons", str(people.enterprise)

    def refused(run, *changes):
        reply = office.post(path, {"run_id": run, "changes": list(changes)})
        assert reply.status == 422, reply
        return sorted(reply.wheres())

    cap = {"set": "cap", "id": mine, "to": 1}
    assert refused(str(new_id())) == ["#/run_id"]
    assert refused(run, cap, {**cap, "to": 2}) == ["#/changes/1"]
    assert refused(str(new_id()), cap, {**cap, "id": posting},
                   {**cap, "set": "capacity"}) == \
        ["#/changes/0/id", "#/changes/1/id", "#/changes/2/id", "#/run_id"]
    assert refused(run, {"set": "pay", "id": "x", "to": -1}) == \
        ["#/changes/0/id", "#/changes/0/set", "#/changes/0/to"]
    assert office.post(path, {}).wheres() == ["#/run_id"]
    nowhere = f"/v1/rounds/{new_id()}/comparisons"
    assert office.post(nowhere, {"run_id": run}).status == 404
    assert office.get(nowhere).status == 404
    assert office.get(f"{path}/{new_id()}").status == 404


def test_a_run_that_is_not_done(round_run, worker):
    office, base, _, _ = round_run
    worker.kill()
    worker.wait()
    waiting = office.post(f"{base}/run", {"mode": "optimal"}).json["id"]
    reply = office.post(f"{base}/comparisons", {"run_id": waiting})
    assert (reply.status, reply.wheres()) == (422, ["#/run_id"])


def test_another_worker_goes_on(round_run, town, worker, start_worker):
    """One died with it: its lease ran out."""
    office, base, run, _ = round_run
    worker.kill()
    worker.wait()
    made = office.post(f"{base}/comparisons", {"run_id": run})
    town.run("update comparison set state = 'running', worker = 'gone',"
             " attempt = 1, started_at = now(), lease_until = now(),"
             " actor = created_by where id = %s", made.json["id"])
    start_worker()
    told = ended(office, made.headers["location"])
    assert (told["state"], told["attempt"]) == ("done", 2)
