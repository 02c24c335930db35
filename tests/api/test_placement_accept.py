"""Placements from the proposal to the acceptance: nominated by the school, or
found by the student; openings and caps hold when many accept at once."""

import random

import pytest

from tests.api.firm import NOBODY, ids
from tests.api.firm import second  # noqa: F401 (fixture)
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.placed import PATH, broken, refused, ward  # noqa: F401


def test_nominated_and_accepted(ward, hall, people):
    posting = hall.open()
    reply = ward.nominate(posting)
    assert reply.status == 201, reply
    made = reply.json
    assert reply.headers["location"] == f"{PATH}/{made['id']}"
    assert (made["origin"], made["state"], made["history"]) \
        == ("school", "proposed", [])
    assert (made["period_start"], made["period_end"]) \
        == ("2027-03-01", "2027-08-31")
    assert made["score"] > 0 and made["round_id"] is None
    seen = hall.enterprise.get(f"{PATH}/{made['id']}").json
    assert seen["student_name"] is None
    taken = ward.accept(made["id"])
    assert (taken.status, taken.json["state"]) == (200, "accepted")
    assert [(one["to"], one["by"]) for one in taken.json["history"]] \
        == [("accepted", "student")]
    seen = hall.enterprise.get(f"{PATH}/{made['id']}").json
    assert seen["student_name"] == hall.name
    refused(ward.accept(made["id"]))
    refused(ward.decline(made["id"]))


def test_days_of_ones_own(ward, hall):
    posting = hall.open(kind="apprenticeship", period_start=...,
                        period_end=...)
    reply = ward.nominate(posting)
    assert (reply.status, reply.wheres()) == (422, ["#/period_start",
                                                    "#/period_end"])
    days = {"period_start": "2027-04-01", "period_end": "2027-03-01"}
    reply = ward.nominate(posting, **days)
    assert (reply.status, reply.wheres()) == (422, ["#/period_end"])
    reply = ward.nominate(posting, **{**days, "period_end": "2027-06-30"})
    assert reply.json["period_start"] == "2027-04-01"


def test_the_rules_of_a_pair(ward, hall):
    reply = ward.nominate(hall.open(targets=["51"]))
    broken(reply, "cross-category")
    assert "#/posting_id" in reply.wheres()
    assert ids(hall.office.get(PATH)) == []


def test_what_a_nomination_says(ward, hall, people):
    assert hall.school.post(PATH + "?fast=1", {}).status == 400
    reply = hall.school.post(PATH, {"title": "x", "gift": 1})
    assert (reply.status, reply.wheres()) == (422, ["#/gift"])
    reply = hall.school.post(PATH, {"title": "x",
                                    "enterprise_id": NOBODY})
    assert (reply.status, sorted(reply.wheres())) == (422, [
        "#/enterprise_id", "#/posting_id", "#/student_id", "#/title"])
    for posting in (NOBODY, hall.job(), hall.firm.add()["id"]):
        reply = ward.nominate(posting)
        assert (reply.status, reply.wheres()) == (422, ["#/posting_id"])
    reply = ward.nominate(student=NOBODY)
    assert (reply.status, reply.wheres()) == (422, ["#/student_id"])


def test_only_ones_own_students(ward, hall, town, people):
    school = town.school(people.consortium)
    other = town.student(people.consortium, school)
    reply = ward.nominate(student=other)
    assert (reply.status, reply.wheres()) == (422, ["#/student_id"])


def test_who_left_is_not_nominated(ward, town, people):
    town.run("update student set state = 'left', reason = 'x',"
             " actor = id where id = %s", people.student)
    refused(ward.nominate())
    refused(ward.find())


def test_the_same_once(ward, hall):
    posting = hall.open()
    ward.nominated(posting)
    reply = ward.nominate(posting)
    refused(reply, "conflict")
    made = ward.found()
    refused(ward.find(), "conflict")
    ward.decline(made)
    assert ward.find().status == 201


def test_found_and_approved(ward, hall, people):
    made = ward.found()
    assert (ward.get(made)["origin"], ward.get(made)["posting_id"],
            ward.get(made)["posting_title"]) \
        == ("self_found", None, "车间见习")
    reply = ward.accept(made)
    broken(reply, "approval")
    assert reply.problem["source"] == "1.17"
    assert ward.get(made)["approved_at"] is None
    assert ward.approve(made).json["approved_at"]
    refused(ward.approve(made))
    assert ward.accept(made).json["state"] == "accepted"
    refused(ward.refuse(made))
    assert made in ids(hall.enterprise.get(PATH + "?state=accepted"))


def test_found_and_refused(ward):
    made = ward.found()
    reply = ward.refuse(made)
    assert reply.json["state"] == "declined"
    assert (reply.json["history"][0]["by"],
            reply.json["history"][0]["reason"]) == ("school", "因故")
    refused(ward.accept(made))
    refused(ward.approve(made))


def test_who_says_no_says_why(ward, hall):
    made = ward.find().json["id"]
    for client, verb in ((hall.school, "refuse"), (hall.student, "decline")):
        for body, where in (({}, "#/reason"), ({"reason": "x", "more": 1},
                                               "#/more")):
            reply = client.post(f"{PATH}/{made}/{verb}", body)
            assert (reply.status, reply.wheres()) == (422, [where])


def test_only_what_a_student_found_is_approved(ward):
    made = ward.nominated()
    refused(ward.approve(made))
    refused(ward.refuse(made))
    assert ward.accept(made).status == 200


def test_what_a_finding_says(ward, hall, town, people):
    reply = hall.student.post(PATH, {"posting_id": NOBODY,
                                     "student_id": NOBODY})
    assert (reply.status, sorted(reply.wheres())) == (422, [
        "#/enterprise_id", "#/period_end", "#/period_start", "#/posting_id",
        "#/student_id", "#/title"])
    reply = ward.find(period_end="2027-03-01")
    assert (reply.status, reply.wheres()) == (422, ["#/period_end"])
    refused(ward.find(enterprise_id=NOBODY))
    unverified = town.enterprise(people.consortium, state="unverified")
    refused(ward.find(enterprise_id=str(unverified)))


@pytest.mark.parametrize("who", ["student", "enterprise", "school"])
def test_any_party_terminates(ward, hall, who, people):
    made = ward.nominated()
    ward.accept(made)
    client = getattr(hall, who)
    reply = client.post(f"{PATH}/{made}/terminate", {"reason": " "})
    assert (reply.status, reply.wheres()) == (422, ["#/reason"])
    reply = ward.terminate(made, client)
    assert (reply.status, reply.json["state"]) == (200, "terminated")
    assert reply.json["history"][-1]["by"] == who
    assert reply.json["ended_on"] is None
    refused(ward.terminate(made, client))
    # and who it was is no longer told
    assert hall.enterprise.get(f"{PATH}/{made}").json["student_name"] is None


def test_nobody_in_two_places(ward, hall):
    first, other = ward.nominated(), ward.nominated()
    assert ward.accept(first).status == 200
    refused(ward.accept(other), "conflict")
    ward.terminate(first, hall.student)
    assert ward.accept(other).status == 200


def test_the_last_seat(ward, hall, server, town):
    posting = hall.open(openings=3)
    replies = ward.rush(ward.crowd(server, posting, 8))
    assert sorted(reply.status for reply in replies) == [200] * 3 + [409] * 5
    assert town.one("select count(*) from placement where posting_id = %s"
                    " and state = 'accepted'", posting) == 3


def test_the_last_seat_of_the_cap(ward, hall, server, town, people):
    """1.1: two want the one place that a tenth of 19 leaves."""
    town.run("update enterprise set staff_count = 19, actor = id"
             " where id = %s", people.enterprise)
    replies = ward.rush(ward.crowd(server, hall.open(openings=9), 2)
                        + ward.crowd(server, hall.open(openings=9), 2))
    assert sorted(reply.status for reply in replies) == [200] + [422] * 3
    for reply in replies:
        if reply.status == 422:
            broken(reply, "staff-cap")
            assert (reply.problem["limit"], reply.problem["actual"]) \
                == (1, 2)


def test_rights(ward, hall, second, other_student):  # noqa: F811
    made = ward.nominated()
    for client in (second.client, other_student[1]):
        assert client.get(f"{PATH}/{made}").status == 404
        assert ward.terminate(made, client).status == 404
    assert ward.accept(made, other_student[1]).status == 404
    assert ward.decline(made, other_student[1]).status == 404
    for client in (hall.enterprise, hall.school, hall.office):
        assert ward.accept(made, client).status == 403
        assert ward.decline(made, client).status == 403
    for client in (hall.enterprise, hall.student, hall.office):
        assert ward.approve(made, client).status == 403
        assert ward.refuse(made, client).status == 403
    assert ward.terminate(made, hall.office).status == 403
    assert ward.nominate(client=hall.enterprise).status == 403
    assert ward.state(made) == "proposed"
    for verb in ("approve", "refuse"):
        assert ward.move(NOBODY, verb, hall.school,
                         "x" if verb == "refuse" else None).status == 404


@pytest.mark.parametrize("seed", range(3))
def test_random_commands(ward, hall, server, town, people, seed):
    """Whatever is asked, states move along the table, and who is counted
    against the cap is who is there."""
    dice = random.Random(seed)
    town.run("update enterprise set staff_count = 20, actor = id"
             " where id = %s", people.enterprise)
    crowd = ward.crowd(server, hall.open(openings=3), 4)
    crowd += [(hall.student, ward.found())]
    for _ in range(40):
        client, made = dice.choice(crowd)
        verb = dice.choice(["accept", "accept", "decline", "approve",
                            "refuse", "terminate"])
        if verb == "terminate":
            client = dice.choice([client, hall.school, hall.enterprise])
        elif verb in ("approve", "refuse"):
            client = hall.school
        reason = None if verb in ("accept", "approve") else "因故"
        assert ward.move(made, verb, client, reason).status \
            in (200, 409, 422)
        there = town.one(
            "select count(distinct student_id) from placement"
            " where enterprise_id = %s and state = 'accepted'",
            people.enterprise)
        quota = hall.enterprise.get(
            f"/v1/enterprises/{people.enterprise}/quota"
            "?from=2027-03-01&to=2027-08-31").json
        assert there <= 2
        assert quota["present"] == there, quota
    assert town.one(
        "select count(*) from event e where e.machine = 'placement'"
        " and not exists (select from transition t where t.machine ="
        " 'placement' and t.from_state = e.from_state"
        " and t.to_state = e.to_state)") == 0
    for client, _ in crowd[:-1]:
        client.close()
