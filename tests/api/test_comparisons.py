"""Comparisons: what the modes would come to, told as the matcher alone tells
it."""

import json
import os
import pathlib
import signal
import subprocess
import time

import pytest

from tests.api.alone import (  # noqa: F401
    alone, server, town)
from tests.api.server import PROGRAM, Server
from tests.api.test_reference_lists import walk
from tests.api.test_rounds import ROUND, add_policy, add_posting, wish
from tests.api.test_runs import child_of, until
from tests.api.town import new_id

MATCHER = PROGRAM.parent.parent / "matcher" / "duikou-matcher"


@pytest.fixture
def start_worker(cluster, alone):
    running = []

    def start(**settings):
        running.append(subprocess.Popen([PROGRAM, "work"], env={
            **os.environ, "DATABASE_URL": cluster.url(alone[1]),
            **{"DUIKOU_" + name.upper(): str(value)
               for name, value in settings.items()}}))
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


def test_one_that_waits_is_called_off(round_run, as_role, worker):
    office, base, run, _ = round_run
    worker.kill()
    worker.wait()
    path = office.post(f"{base}/comparisons",
                       {"run_id": run}).headers["location"]
    for role in ("student", "school", "enterprise"):
        assert as_role(role).post(f"{path}/cancel", {}).status == 403
    assert office.post(f"{path}/cancel", {"reason": ""}).status == 422
    it = office.post(f"{path}/cancel", {"reason": "改按新名额"})
    assert (it.status, it.json["state"], it.json["error"]) == \
        (200, "cancelled", "改按新名额")
    assert it.json["finished_at"] and not it.json["started_at"]
    assert office.get(path).json["report"] is None
    again = office.post(f"{path}/cancel", {})
    assert (again.status, again.problem["code"]) == (409, "wrong-state")
    assert office.post(f"{base}/comparisons/{new_id()}/cancel", {}
                       ).status == 404
    last = office.post(f"{base}/comparisons",
                       {"run_id": run}).headers["location"]
    assert office.post(f"{last}/cancel", {}).json["error"] is None


def test_one_under_way_is_watched_and_called_off(round_run, worker,
                                                 start_worker, people):
    office, base, run, _ = round_run
    worker.kill()
    worker.wait()
    path = office.post(f"{base}/comparisons", {
        "run_id": run, "changes": [{"set": "cap", "to": 99,
                                    "id": str(people.enterprise)}]}
    ).headers["location"]
    waiting = office.get(path)
    other = start_worker(stop_at="after", lease_ms=900)
    running = until(office, path, lambda it: it["phase"] == "after")
    assert (running["state"], running["share_mille"]) == ("running", 0)
    seen = office.get(path, headers={"If-None-Match": waiting.etag})
    assert (seen.status, seen.json["phase"]) == (200, "after")
    assert office.get(path, headers={"If-None-Match": seen.etag}
                      ).status == 304
    child, began = child_of(other), time.monotonic()
    assert office.post(f"{path}/cancel", {}).status == 200
    while pathlib.Path(f"/proc/{child}").exists():
        assert time.monotonic() < began + 5, "it went on"
        time.sleep(0.05)
    assert other.poll() is None
    gone = office.get(path, headers={"If-None-Match": seen.etag})
    assert (gone.json["state"], gone.json["phase"]) == ("cancelled", None)


def test_what_it_took_is_told(round_run, worker, start_worker):
    office, base, run, _ = round_run
    worker.kill()
    worker.wait()
    path = office.post(f"{base}/comparisons",
                       {"run_id": run}).headers["location"]
    other = start_worker(stop_at="store")
    until(office, path, lambda it: it["phase"] == "store")
    os.kill(child_of(other), signal.SIGCONT)
    told = ended(office, path)
    assert (told["phase"], told["share_mille"]) == (None, None)
    assert told["work_ms"] >= 0 and told["memory_bytes"] > 1 << 20


def test_nothing_is_compared_of_a_cancelled_round(round_run, worker):
    office, base, run, _ = round_run
    worker.kill()
    worker.wait()
    path = office.post(f"{base}/comparisons",
                       {"run_id": run}).headers["location"]
    waiting = f"{base}/runs/" + office.post(
        f"{base}/run", {"mode": "optimal"}).json["id"]
    assert office.post(f"{base}/cancel", {"reason": "疫情"}).status == 200
    for it in (office.get(path).json, office.get(waiting).json):
        assert (it["state"], it["error"]) == ("cancelled", "疫情")
    refused = office.post(f"{base}/comparisons", {"run_id": run})
    assert (refused.status, refused.problem["code"]) == (409, "wrong-state")


@pytest.mark.parametrize("settings, unit", [
    ({"run_mib": 1}, "MiB"), ({"run_s": 1}, "seconds")])
def test_one_too_large_is_refused(round_run, cluster, alone, settings, unit,
                                  proof):
    """Before it is queued, by a server with lower limits."""
    office, base, run, _ = round_run
    server = Server(cluster.url(alone[1]), alone[0].seen, **settings).start()
    server.proof = proof
    client = server.client(office.token)
    reply = client.post(f"{base}/comparisons", {"run_id": run})
    client.close()
    server.stop()
    assert (reply.status, reply.problem["code"]) == (422, "run-too-large")
    (limit,) = settings.values()
    assert reply.problem["limit"] == limit < reply.problem["actual"]
    assert unit in reply.problem["detail"]
    assert office.get(f"{base}/comparisons").json["items"] == []
