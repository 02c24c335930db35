"""Runs through the API: watched, called off, refused where they are too large;
and what a run leaves, checked by the program alone."""

import hashlib
import json
import os
import pathlib
import signal
import subprocess
import time

import pytest

from tests.api.alone import (  # noqa: F401
    alone, server, database, town)
from tests.api.server import PROGRAM
from tests.api.told import MATCHER
from tests.api.test_rounds import ROUND, add_policy, add_posting, wish
from tests.api.test_rounds import work_until
from tests.api.town import new_id


@pytest.fixture
def base(as_role, town, people):
    """The path of a closed round with one list of wishes."""
    add_policy(town, people)
    posting = add_posting(town, people)
    office = as_role("office")
    made = office.post("/v1/rounds", ROUND).json["id"]
    office.post(f"/v1/rounds/{made}/open")
    assert wish(as_role("student"), people, made, posting).status == 200
    assert office.post(f"/v1/rounds/{made}/close").status == 200
    return f"/v1/rounds/{made}"


@pytest.fixture
def start_worker(cluster, database):
    running = []

    def start(**settings):
        running.append(subprocess.Popen([PROGRAM, "work"], env={
            **os.environ, "DATABASE_URL": cluster.url(database),
            **{"DUIKOU_" + name.upper(): str(value)
               for name, value in settings.items()}}))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def queued(office, base, mode="stable"):
    reply = office.post(f"{base}/run", {"mode": mode})
    assert reply.status == 202, reply
    return f"{base}/runs/{reply.json['id']}"


def until(office, path, is_so, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        it = office.say("GET", path).json
        if is_so(it):
            return it
        time.sleep(0.05)
    raise AssertionError(it)


def child_of(worker):
    path = pathlib.Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
    return int(path.read_text().split()[0])


def test_a_run_that_waits_is_called_off(as_role, base, people):
    office = as_role("office")
    path = queued(office, base)
    for role in ("student", "school", "enterprise"):
        assert as_role(role).post(f"{path}/cancel", {}).status == 403
    it = office.post(f"{path}/cancel", {"reason": "名额有误"})
    assert (it.status, it.json["state"], it.json["error"]) == \
        (200, "cancelled", "名额有误")
    assert it.json["finished_at"] and not it.json["started_at"]
    assert office.get(base).json["state"] == "closed"
    again = office.post(f"{path}/cancel", {})
    assert (again.status, again.problem["code"]) == (409, "wrong-state")
    assert office.post(f"{base}/runs/{new_id()}/cancel", {}).status == 404
    assert office.post(f"{path}/cancel", {"reason": ""}).status == 422
    last = queued(office, base)
    assert office.post(f"{last}/cancel", {}).status == 200


def test_a_run_under_way_is_called_off(as_role, base, start_worker):
    office = as_role("office")
    path = queued(office, base)
    worker = start_worker(stop_at="place", lease_ms=900)
    running = until(office, path, lambda it: it["phase"] == "place")
    assert (running["state"], running["share_mille"]) == ("running", 0)
    assert office.get(base).json["state"] == "running"
    began = time.monotonic()
    assert office.post(f"{path}/cancel", {}).status == 200
    assert office.get(base).json["state"] == "closed"
    child = child_of(worker)
    while pathlib.Path(f"/proc/{child}").exists():
        assert time.monotonic() < began + 5, "it went on"
        time.sleep(0.05)
    assert worker.poll() is None
    assert office.get(path).json["state"] == "cancelled"


def test_news_of_a_run_by_its_etag(as_role, base, start_worker):
    office = as_role("office")
    path = queued(office, base)
    waiting = office.get(path)
    worker = start_worker(stop_at="verify")
    until(office, path, lambda it: it["phase"] == "verify")
    seen = office.get(path, headers={"If-None-Match": waiting.etag})
    assert (seen.status, seen.json["phase"]) == (200, "verify")
    same = office.get(path, headers={"If-None-Match": seen.etag})
    assert same.status == 304
    os.kill(child_of(worker), signal.SIGCONT)
    done = until(office, path, lambda it: it["state"] == "done")
    assert (done["phase"], done["share_mille"]) == (None, None)
    assert done["memory_bytes"] > 0 and done["store_ms"] >= 0
    assert office.get(path, headers={"If-None-Match": seen.etag}
                      ).status == 200


@pytest.mark.parametrize("settings, unit", [
    ({"run_mib": 1}, "MiB"), ({"run_s": 1}, "seconds")])
def test_a_round_too_large_is_refused(apart, settings, unit, proof):
    """Before it begins, with what it would take and what it may."""
    with apart(**settings) as (server, _, town):
        server.proof = proof
        people = town.people()
        add_policy(town, people)
        add_posting(town, people)
        office = server.client(people.tokens["office"])
        made = office.post("/v1/rounds", ROUND).json["id"]
        for move in ("open", "close"):
            office.post(f"/v1/rounds/{made}/{move}")
        reply = office.post(f"/v1/rounds/{made}/run", {"mode": "stable"})
        assert (reply.status, reply.problem["code"]) == \
            (422, "run-too-large"), reply
        (limit,) = settings.values()
        assert reply.problem["limit"] == limit < reply.problem["actual"]
        assert unit in reply.problem["detail"]
        assert town.run("select count(*) from run") == [(0,)]
        office.close()


@pytest.mark.parametrize("mode", ["stable", "optimal"])
def test_the_certificate_by_the_program_alone(as_role, base, town, people,
                                              cluster, database, tmp_path,
                                              mode):
    """What is downloaded has its hashes, names nobody but by pseudonyms, and
    is all that duikou-matcher needs: in mode optimal the certificate is the
    prices within the result, in mode stable the cutoffs are it."""
    office = as_role("office")
    path = queued(office, base, mode)
    run = work_until(office, path, cluster.url(database))
    assert run["state"] == "done", run
    assert office.post(f"{base}/publish", {"run_id": run["id"]}
                       ).status == 200
    files = {}
    for kind in ("instance", "result"):
        reply = as_role("student").get(f"{base}/{kind}")
        digest = hashlib.sha256(reply.body).hexdigest()
        assert reply.headers["x-content-sha256"] == digest
        files[kind] = tmp_path / kind
        files[kind].write_bytes(reply.body)
        text = reply.body.decode()
        for (name, number) in town.run("select name, student_number from"
                                       " student where consortium_id = %s",
                                       people.consortium):
            assert name not in text and number not in text
    result = json.loads(files["result"].read_text())
    assert result["instance_sha256"] == \
        hashlib.sha256(files["instance"].read_bytes()).hexdigest()
    assert set(result["certificate"]) == \
        ({"groups", "postings"} if mode == "optimal" else set())

    def verify():
        return subprocess.run([MATCHER, "verify", "--in", files["instance"],
                               "--result", files["result"]],
                              capture_output=True, text=True, check=False)

    assert verify().returncode == 0
    bent = files["result"].read_text().replace('"shortfall": 19',
                                               '"shortfall": 18', 1)
    assert bent != files["result"].read_text()
    files["result"].write_text(bent)
    assert verify().returncode == 1
