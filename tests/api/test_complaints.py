"""Complaints: made, answered, closed; and who sees them."""

import random

import pytest

from tests.api.firm import NOBODY, ids
from tests.api.firm import second  # noqa: F401 (fixture)
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)

PATH = "/v1/complaints"
MOVES = {("open", "answered"), ("open", "closed"), ("answered", "closed")}


def complain(hall, **changes):
    body = {"enterprise_id": str(hall.people.enterprise), "subject": "fees",
            "text": "入职前被要求交纳服装费。", **changes}
    return hall.student.post(PATH, body)


@pytest.fixture
def made(hall):
    reply = complain(hall)
    assert reply.status == 201, reply
    return reply.json["id"]


def answer(client, made, text="已核实，费用已退还。"):
    return client.post(f"{PATH}/{made}/answer", {"answer": text})


def close(client, made, **body):
    return client.post(f"{PATH}/{made}/close", body)


def test_from_complaint_to_answer(hall, people):
    reply = complain(hall)
    assert reply.status == 201, reply
    made = reply.json
    assert reply.headers["location"] == f"{PATH}/{made['id']}"
    assert (made["made_by"], made["state"], made["answer"]) \
        == ("student", "open", None)
    answered = answer(hall.office, made["id"])
    assert (answered.status, answered.json["state"]) == (200, "answered")
    seen = hall.student.get(f"{PATH}/{made['id']}")
    assert seen.json["answer"] == "已核实，费用已退还。"
    assert hall.student.get(f"{PATH}/{made['id']}", headers={
        "If-None-Match": seen.etag}).status == 304
    closed = close(hall.student, made["id"])
    assert (closed.status, closed.json["state"]) == (200, "closed")
    assert [(one["from"], one["to"], one["by"])
            for one in closed.json["history"]] == [
        ("open", "answered", "office"), ("answered", "closed", "student")]


def test_an_enterprise_complains_of_whom_it_knows(hall, other_student):
    body = {"student_id": str(hall.people.student), "subject": "absence",
            "text": "连续缺勤。"}
    refused = hall.enterprise.post(PATH, body)
    assert (refused.status, refused.wheres()) == (422, ["#/student_id"])
    hall.applied()
    reply = hall.enterprise.post(PATH, body)
    assert (reply.status, reply.json["made_by"]) == (201, "enterprise")
    # the student does not see it, and the enterprise sees no name
    assert ids(hall.student.get(PATH)) == []
    assert reply.json["student_name"] is None
    assert hall.office.get(f"{PATH}/{reply.json['id']}"
                           ).json["student_name"] == hall.name
    body["student_id"] = str(other_student[0])
    assert hall.enterprise.post(PATH, body).status == 422


def test_every_flaw_is_named(hall):
    reply = hall.student.post(PATH, {"subject": "weather", "text": "",
                                     "more": 1})
    assert (reply.status, reply.wheres()) == (422, [
        "#/subject", "#/text", "#/more"])
    reply = hall.student.post(PATH, {"subject": "pay", "text": "欠薪",
                                     "student_id": NOBODY})
    assert (reply.status, reply.wheres()) == (422, ["#/student_id",
                                                    "#/enterprise_id"])
    reply = complain(hall, enterprise_id=NOBODY)
    assert (reply.status, reply.wheres()) == (422, ["#/enterprise_id"])
    assert ids(hall.office.get(PATH)) == []


def test_who_sees_it(hall, made, second, other_student):  # noqa: F811
    for client in (hall.student, hall.office):
        assert client.get(f"{PATH}/{made}").status == 200
        assert ids(client.get(PATH)) == [made]
    for client in (hall.enterprise, second.client, other_student[1]):
        assert client.get(f"{PATH}/{made}").status == 404
        assert ids(client.get(PATH)) == []
        assert close(client, made, reason="x").status == 404
    assert hall.school.get(PATH).status == 403
    assert answer(hall.student, made).status == 403
    assert answer(hall.office, NOBODY).status == 404


def test_what_was_not_answered_is_closed_with_a_reason(hall, made):
    reply = close(hall.office, made)
    assert (reply.status, reply.wheres()) == (422, ["#/reason"])
    assert close(hall.student, made, reason="已和解").status == 200
    again = close(hall.student, made, reason="已和解")
    assert (again.status, again.problem["code"]) == (409, "wrong-state")
    assert answer(hall.office, made).status == 409


def test_an_answer_is_said_once(hall, made):
    assert answer(hall.office, made, "").status == 422
    assert answer(hall.office, made).status == 200
    assert answer(hall.office, made, "另一答复").status == 409
    assert hall.student.get(f"{PATH}/{made}").json["answer"] \
        == "已核实，费用已退还。"


def test_the_list(hall, people):
    made = [complain(hall).json["id"] for _ in range(3)]
    answer(hall.office, made[1])
    assert ids(hall.office.get(PATH + "?state=answered")) == [made[1]]
    assert ids(hall.office.get(f"{PATH}?student_id={people.student}")) \
        == made[::-1]
    assert ids(hall.office.get(f"{PATH}?enterprise_id={NOBODY}")) == []
    page = hall.office.get(PATH + "?limit=2")
    assert ids(page) + ids(hall.office.get(page.json["next"])) == made[::-1]
    assert hall.office.get(PATH + "?state=new").status == 400


def test_a_key_complains_once(hall, town, people):
    body = {"enterprise_id": str(people.enterprise), "subject": "pay",
            "text": "欠薪"}
    replies = [hall.student.post(PATH, body, headers={"Idempotency-Key": "c"})
               for _ in range(2)]
    assert replies[0].json == replies[1].json
    assert town.one("select count(*) from complaint where consortium_id = %s",
                    people.consortium) == 1


@pytest.mark.parametrize("seed", range(3))
def test_random_walks_keep_to_the_table(hall, town, seed):
    dice = random.Random(seed)
    made = [complain(hall).json["id"] for _ in range(3)]
    for _ in range(15):
        one = dice.choice(made)
        reply = dice.choice([
            lambda: answer(hall.office, one),
            lambda: close(hall.office, one),
            lambda: close(hall.student, one, reason="已和解")])()
        assert reply.status in (200, 409, 422), reply
    for one in made:
        walked = town.run("select from_state, to_state from event where"
                          " subject_id = %s order by at, id", one)
        assert all(step in MOVES for step in walked)
        assert town.one("select state from complaint where id = %s", one) \
            == (walked[-1][1] if walked else "open")
