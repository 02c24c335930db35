"""Rounds, runs and placements: what is unchanged, out of turn, not there."""

import pytest

from tests.api.test_rounds import ROUND, add_posting, wish, work_until
from tests.api.town import new_id
from tests.api import test_rounds

# a database and a server of their own, as there
alone = test_rounds.alone
server = test_rounds.server
database = test_rounds.database
town = test_rounds.town
office = test_rounds.office
open_round = test_rounds.open_round


def test_unchanged_is_not_sent_again(office, as_role, town, people,
                                     open_round, cluster, database):
    posting = add_posting(town, people)
    assert wish(as_role("student"), people, open_round, posting).status == 200
    office.post(f"/v1/rounds/{open_round}/close")
    queued = office.post(f"/v1/rounds/{open_round}/run", {"mode": "stable"})
    run = work_until(office, queued.headers["location"],
                     cluster.url(database))
    office.post(f"/v1/rounds/{open_round}/publish", {"run_id": run["id"]})
    placed = office.get("/v1/placements").json["items"][0]["id"]
    for path in (f"/v1/rounds/{open_round}", queued.headers["location"],
                 f"/v1/placements/{placed}"):
        first = office.get(path)
        again = office.get(path, headers={"If-None-Match": first.etag})
        assert (again.status, again.body) == (304, b""), path
    closed = office.post(f"/v1/rounds/{open_round}/close")
    assert (closed.status, closed.problem["code"]) == (409, "wrong-state")


@pytest.mark.parametrize("step,body", [
    ("run", {"mode": "stable"}), ("publish", {"run_id": str(new_id())})])
def test_rounds_that_are_not_there(office, step, body):
    reply = office.post(f"/v1/rounds/{new_id()}/{step}", body)
    assert (reply.status, reply.problem["code"]) == (404, "not-found")


def test_wishes_of_a_student_who_is_not_there(as_role, office, town, people,
                                              open_round):
    reply = as_role("student").put(
        f"/v1/students/{new_id()}/preferences",
        {"round_id": open_round, "posting_ids": []})
    assert (reply.status, reply.problem["code"]) == (404, "not-found")


def test_one_key_for_two_rounds(office):
    key = {"Idempotency-Key": "round"}
    assert office.post("/v1/rounds", ROUND, headers=key).status == 201
    other = office.post("/v1/rounds", {**ROUND, "name": "另一轮"},
                        headers=key)
    assert (other.status, other.problem["code"]) == \
        (422, "idempotency-key-reused")
