"""The life of a round: drafts, what time does to them, later ends, the end of
one that comes to nothing."""

import datetime
import os
import subprocess
import time

import pytest

from tests.api import test_rounds
from tests.api.firm import later
from tests.api.server import PROGRAM
from tests.api.test_rounds import ROUND, add_posting, wish, work_until
from tests.api.town import SERVICE, new_id

alone = test_rounds.alone
server = test_rounds.server
database = test_rounds.database
town = test_rounds.town
office = test_rounds.office
open_round = test_rounds.open_round
REASON = {"reason": "名额未定"}


def draft(office, **terms):
    made = office.post("/v1/rounds", {**ROUND, **terms})
    assert made.status == 201, made
    return made.json


def patch(office, subject, **changes):
    path = f"/v1/rounds/{subject}"
    return office.patch(path, changes,
                        headers={"If-Match": office.get(path).etag})


@pytest.fixture
def worker(cluster, database):
    running = subprocess.Popen(
        [PROGRAM, "work"], env={**os.environ, "DUIKOU_EXPIRE_S": "1",
                                "DATABASE_URL": cluster.url(database)})
    yield running
    running.terminate()
    assert running.wait(30) == 0


def until(office, subject, state):
    deadline = time.monotonic() + 30
    while office.get(f"/v1/rounds/{subject}").json["state"] != state:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def in_seconds(count):
    return (datetime.datetime.now(datetime.timezone.utc)
            + datetime.timedelta(seconds=count)).isoformat()


def test_from_schedule_to_close_without_a_hand(office, as_role, people, town,
                                               worker):
    posting = add_posting(town, people)
    subject = draft(office, opens_at=in_seconds(60),
                    closes_at=in_seconds(90))["id"]
    assert not office.get(f"/v1/rounds/{subject}").json["is_scheduled"]
    done = patch(office, subject, opens_at=in_seconds(1),
                 closes_at=in_seconds(6), is_scheduled=True)
    assert (done.status, done.json["is_scheduled"]) == (200, True), done
    assert as_role("student").get(f"/v1/rounds/{subject}").status == 404
    until(office, subject, "open")
    assert wish(as_role("student"), people, subject, posting).status == 200
    until(office, subject, "closed")
    moves = [(one["action"], one["actor"]) for one in office.get(
        f"/v1/audit?subject_id={subject}").json["items"]]
    assert moves[:2] == [("round.closed", str(SERVICE)),
                         ("round.open", str(SERVICE))]


def test_a_draft_is_changed_by_its_version(office, as_role):
    made = draft(office)
    path = f"/v1/rounds/{made['id']}"
    assert office.patch(path, {"name": "x"}).status == 428
    stale = office.patch(path, {"name": "x"}, headers={"If-Match": '"v9"'})
    assert stale.status == 412
    done = patch(office, made["id"], name="2027 秋季",
                 period_end="2027-09-30")
    assert (done.status, done.json["name"], done.json["period_end"],
            done.json["seed_sha256"]) == \
        (200, "2027 秋季", "2027-09-30", made["seed_sha256"])
    assert patch(office, made["id"]).json == done.json, "nothing asked"
    for changes, where in [
            ({"closes_at": "2025-12-01T00:00:00Z"}, "#/closes_at"),
            ({"period_end": "2027-02-01"}, "#/period_end"),
            ({"closes_at": "2027-10-01T00:00:00Z"}, "#/period_end"),
            ({"opens_at": "2026-01-01T00:00:00Z", "is_scheduled": True,
              "closes_at": "2026-02-01T00:00:00Z"}, "#/closes_at"),
            ({"seed": "x" * 20}, "#/seed")]:
        refused = patch(office, made["id"], **changes)
        assert (refused.status, refused.wheres()) == (422, [where]), refused
    office.post(path + "/open")
    assert patch(office, made["id"], name="x").status == 409
    missing = office.patch(f"/v1/rounds/{new_id()}", {"name": "x"},
                           headers={"If-Match": '"v1"'})
    assert missing.status == 404
    assert as_role("school").patch(path, {"name": "x"}, headers={
        "If-Match": '"v1"'}).status == 403


def test_no_schedule_without_a_policy(as_role):
    office = as_role("office")
    reply = office.post("/v1/rounds", {**ROUND, "is_scheduled": True})
    assert (reply.status, reply.wheres()) == (422, ["#/is_scheduled"])


def test_a_window_that_is_over_does_not_open(office):
    made = draft(office, closes_at="2026-02-01T00:00:00Z")
    assert office.post(f"/v1/rounds/{made['id']}/open").status == 409


def test_an_open_round_only_ends_later(office, open_round, as_role):
    path = f"/v1/rounds/{open_round}/extend"
    body = {"closes_at": "2027-02-15T00:00:00Z", "reason": "两校未填完"}
    done = office.post(path, body)
    assert (done.status, done.json["closes_at"][:10]) == \
        (200, "2027-02-15"), done
    for closes_at in (body["closes_at"], "2027-02-01T00:00:00Z",
                      "2027-09-01T00:00:00Z"):
        refused = office.post(path, {**body, "closes_at": closes_at})
        assert (refused.status, refused.wheres()) == (422, ["#/closes_at"])
    assert office.post(path, {"closes_at": later()}).wheres() == ["#/reason"]
    entry, = [one for one in office.get(
        f"/v1/audit?subject_id={open_round}").json["items"]
        if one["action"] == "round.extended"]
    assert entry["detail"]["reason"] == body["reason"]
    assert (entry["detail"]["from"][:10], entry["detail"]["to"][:10]) == \
        ("2027-02-01", "2027-02-15")
    office.post(f"/v1/rounds/{open_round}/close")
    assert office.post(path, body).status == 409
    assert office.post(f"/v1/rounds/{new_id()}/extend", body).status == 404
    assert as_role("school").post(path, body).status == 403


def test_the_end_that_has_passed_is_no_more_put_off(office):
    subject = draft(office, closes_at=in_seconds(1))["id"]
    assert office.post(f"/v1/rounds/{subject}/open").status == 200
    time.sleep(1.1)
    late = office.post(f"/v1/rounds/{subject}/extend",
                       {"closes_at": later(), "reason": "忘了"})
    assert late.status == 409, late


def test_a_cancelled_round_is_told_and_keeps_its_wishes(
        office, as_role, people, town, open_round, cluster, database):
    posting = add_posting(town, people)
    student = as_role("student")
    assert wish(student, people, open_round, posting).status == 200
    office.post(f"/v1/rounds/{open_round}/close")
    queued = office.post(f"/v1/rounds/{open_round}/run", {"mode": "stable"})
    run = work_until(office, queued.headers["location"],
                     cluster.url(database))
    waiting = office.post(f"/v1/rounds/{open_round}/run", {"mode": "stable"})
    path = f"/v1/rounds/{open_round}/cancel"
    assert office.post(path, {}).wheres() == ["#/reason"]
    assert as_role("school").post(path, REASON).status == 403
    done = office.post(path, REASON)
    assert (done.status, done.json["state"]) == (200, "cancelled"), done
    seen = student.get(f"/v1/rounds/{open_round}").json
    assert (seen["cancelled_because"], seen["seed"]) == ("名额未定", None)
    kept = student.get(f"/v1/students/{people.student}/preferences"
                       f"?round_id={open_round}").json
    assert [one["posting_id"] for one in kept["items"]] == [posting]
    ended = office.get(waiting.headers["location"]).json
    assert (ended["state"], ended["error"]) == \
        ("cancelled", REASON["reason"])
    assert office.get(queued.headers["location"]).json["state"] == "done"
    assert office.post(f"/v1/rounds/{open_round}/publish",
                       {"run_id": run["id"]}).status == 409
    assert office.post(f"/v1/rounds/{open_round}/run",
                       {"mode": "stable"}).status == 409
    again = office.post(path, REASON)
    assert again.status == 409, again
    assert office.post(f"/v1/rounds/{new_id()}/cancel",
                       REASON).status == 404
    entry, = [one for one in office.get(
        f"/v1/audit?subject_id={open_round}").json["items"]
        if one["action"] == "round.cancelled"]
    assert entry["detail"]["reason"] == "名额未定"


def test_a_draft_that_is_cancelled_was_never_there(office, as_role):
    made = draft(office)
    assert office.post(f"/v1/rounds/{made['id']}/cancel",
                       REASON).status == 200
    assert as_role("student").get(f"/v1/rounds/{made['id']}").status == 404
    assert as_role("student").get("/v1/rounds").json["items"] == []
    assert office.get(f"/v1/rounds/{made['id']}").status == 200


def test_reminders_are_seen_by_whom_they_concern(office, as_role, people,
                                                 town, worker, server):
    posting = add_posting(town, people)
    other_school = town.school(people.consortium)
    elsewhere = town.student(people.consortium, other_school)
    subject = draft(office, opens_at="2026-01-01T00:00:00Z",
                    closes_at=in_seconds(600))["id"]
    path = f"/v1/rounds/{subject}/reminders"
    assert office.get(path).json["items"] == []
    assert as_role("student").get(path).status == 404
    office.post(f"/v1/rounds/{subject}/open")
    deadline = time.monotonic() + 30
    while len(office.get(path).json["items"]) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    found = {}
    for role in ("office", "student", "school", "enterprise"):
        items = as_role(role).get(path).json["items"]
        found[role] = {(one["kind"], one["student_id"] or one["posting_id"])
                       for one in items}
    mine = ("list-missing", str(people.student))
    ours = ("ranking-missing", posting)
    assert found == {
        "office": {mine, ours, ("list-missing", str(elsewhere))},
        "student": {mine}, "school": {mine}, "enterprise": {ours}}
    some = office.get(path + "?kind=ranking-missing").json["items"]
    assert [(one["posting_id"], one["title"]) for one in some] == \
        [(posting, "装配实习生")]
    assert office.get(path + "?kind=late").status == 400
    assert office.get(f"/v1/rounds/{new_id()}/reminders").status == 404
