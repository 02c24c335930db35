"""Other openings of a posting in a round: asked by the enterprise, decided by
the office, and then what the round places by."""

import json

import pytest

from tests.api import test_rounds
from tests.api.test_certified_wishes import add_students, put_as_school
from tests.api.test_rounds import add_posting, work_until
from tests.api.town import new_id

alone = test_rounds.alone
server = test_rounds.server
database = test_rounds.database
town = test_rounds.town
office = test_rounds.office
open_round = test_rounds.open_round
WHY = "新产线提前投产"


def ask(enterprise, subject, posting, openings=5, **changes):
    return enterprise.post(f"/v1/rounds/{subject}/capacity-requests", {
        "posting_id": str(posting), "openings": openings, "reason": WHY,
        **changes})


def decide(client, made, verb, body=None):
    return client.post(made.headers["location"] + "/" + verb, body)


def capacity(office, subject, posting, url):
    queued = office.post(f"/v1/rounds/{subject}/run", {"mode": "stable"})
    run = work_until(office, queued.headers["location"], url)
    instance = json.loads(office.get(
        f"/v1/rounds/{subject}/instance?run_id={run['id']}").body)
    return {one["id"]: one["capacity"] for one in instance["postings"]}[
        posting], run["placed_count"]


def test_seats_rest_but_for_what_the_office_approves(
        office, as_role, people, town, open_round, cluster, database):
    enterprise, url = as_role("enterprise"), cluster.url(database)
    posting = add_posting(town, people, openings=2)
    for student in add_students(people, town, 4):
        put_as_school(as_role("school"), student, open_round, posting)
    office.post(f"/v1/rounds/{open_round}/close")
    # what the enterprise changes of itself no longer counts for the round
    path = f"/v1/postings/{posting}"
    changed = enterprise.patch(path, {
        "openings": 4, "description": "按图装配模具"}, headers={
        "If-Match": enterprise.get(path).etag})
    assert changed.status == 200, changed
    assert capacity(office, open_round, posting, url) == (2, 2)
    made = ask(enterprise, open_round, posting, 3)
    assert made.status == 201, made
    assert (made.json["openings_before"], made.json["openings"],
            made.json["because"], made.json["state"]) == \
        (2, 3, WHY, "requested")
    assert capacity(office, open_round, posting, url) == (2, 2)
    done = decide(office, made, "approve")
    assert (done.status, done.json["state"]) == (200, "approved"), done
    assert done.json["decided_at"]
    assert enterprise.get(path).json["openings"] == 3
    assert capacity(office, open_round, posting, url) == (3, 3)
    assert enterprise.get(made.headers["location"]).json == done.json
    told = [(one["action"], one["detail"]["openings_before"],
             one["detail"]["openings"]) for one in office.get(
        f"/v1/audit?subject_id={posting}").json["items"]]
    assert told == [("capacity_request.approved", 2, 3),
                    ("capacity_request.requested", 2, 3)]


def test_a_refusal_says_why_and_changes_nothing(
        office, as_role, people, town, open_round):
    enterprise = as_role("enterprise")
    posting = add_posting(town, people, openings=2)
    made = ask(enterprise, open_round, posting)
    again = ask(enterprise, open_round, posting, 6)
    assert (again.status, again.wheres()) == (409, ["#/posting_id"])
    assert decide(office, made, "refuse", {}).wheres() == ["#/reason"]
    done = decide(office, made, "refuse", {"reason": "志愿已满"})
    assert (done.json["state"], done.json["decided_because"]) == \
        ("refused", "志愿已满")
    for verb, client, body in (("approve", office, None),
                               ("refuse", office, {"reason": "x"}),
                               ("withdraw", enterprise, None)):
        late = decide(client, made, verb, body)
        assert late.status == 409, late
    assert enterprise.get(f"/v1/postings/{posting}").json["openings"] == 2
    second = ask(enterprise, open_round, posting)
    back = decide(enterprise, second, "withdraw")
    assert (back.status, back.json["state"]) == (200, "withdrawn"), back
    path = f"/v1/rounds/{open_round}/capacity-requests"
    states = [one["state"] for one in enterprise.get(path).json["items"]]
    assert states == ["withdrawn", "refused"]
    page = office.get(path + "?state=refused&limit=1").json
    assert [one["id"] for one in page["items"]] == [made.json["id"]]
    assert office.get(path + "?state=lost").status == 400


@pytest.mark.parametrize("given, wheres", [
    ({"openings": 0}, ["#/openings"]), ({"openings": 2}, ["#/openings"]),
    ({"reason": " "}, ["#/reason"]), ({"openings": 10001}, ["#/openings"]),
    ({"posting_id": str(new_id())}, ["#/posting_id"])])
def test_flaws_of_a_request(as_role, office, people, town, open_round, given,
                            wheres):
    posting = add_posting(town, people, openings=2)
    reply = ask(as_role("enterprise"), open_round, posting, **{
        "openings": 5, **given})
    assert (reply.status, reply.wheres()) == (422, wheres), reply


def test_whose_they_are(as_role, office, people, town, open_round, server):
    enterprise = as_role("enterprise")
    posting = add_posting(town, people)
    made = ask(enterprise, open_round, posting)
    at = made.headers["location"]
    other = server.client(town.token(people.consortium, town.account(
        people.consortium, "enterprise", town.enterprise(people.consortium))))
    path = f"/v1/rounds/{open_round}/capacity-requests"
    assert other.get(at).status == 404
    assert other.get(path).json["items"] == []
    assert other.post(at + "/withdraw").status == 404
    foreign = ask(other, open_round, posting)
    assert (foreign.status, foreign.wheres()) == (422, ["#/posting_id"])
    other.close()
    for role in ("student", "school"):
        assert as_role(role).get(at).status == 403
        assert as_role(role).get(path).status == 403
    for verb in ("approve", "refuse"):
        body = {"reason": "x"} if verb == "refuse" else None
        assert enterprise.post(f"{at}/{verb}", body).status == 403
        assert office.post(f"/v1/rounds/{open_round}/capacity-requests/"
                           f"{new_id()}/{verb}", body).status == 404
    known = office.get(at)
    assert office.get(at, headers={
        "If-None-Match": known.etag}).status == 304
    none = ask(enterprise, str(new_id()), posting)
    assert none.status == 404
    job = ask(enterprise, open_round, add_posting(town, people, kind="job"))
    assert (job.status, job.wheres()) == (422, ["#/posting_id"])


def test_a_round_that_is_over_takes_none(office, as_role, people, town,
                                         open_round):
    enterprise = as_role("enterprise")
    first, second = (add_posting(town, people) for _ in range(2))
    made = ask(enterprise, open_round, first)
    office.post(f"/v1/rounds/{open_round}/cancel", {"reason": "改期"})
    for late in (ask(enterprise, open_round, second),
                 decide(office, made, "approve")):
        assert (late.status, late.wheres()) == (409, ["#"]), late
    assert decide(office, made, "refuse", {"reason": "改期"}).status == 200
