"""Who is told who a student is: contact, consents, and their end."""

import pytest

from tests.api.firm import second  # noqa: F401 (fixture)
from tests.api.hall import PATH
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.town import new_id

PHONE = "13912345678"


@pytest.fixture
def path(people):
    return f"/v1/students/{people.student}"


def given(client, path):
    reply = client.get(path + "/disclosures")
    assert reply.status == 200, reply
    return reply.json["items"]


def withdraw(client, disclosure):
    return client.post(f"/v1/disclosures/{disclosure}/withdraw")


def test_a_contact_is_kept_sealed(hall, path, town, people):
    assert hall.student.get(path + "/contact").json["phone"] is None
    put = hall.student.put(path + "/contact", {"phone": PHONE})
    assert (put.status, put.json["phone"]) == (200, PHONE)
    kept = town.one("select phone_sealed from student where id = %s",
                    people.student)
    assert bytes(kept).startswith(b"v1.test.")
    assert PHONE.encode() not in bytes(kept)
    got = hall.school.get(path + "/contact")
    assert (got.json, got.etag) == (put.json, put.etag)
    assert hall.school.get(path + "/contact", headers={
        "If-None-Match": got.etag}).status == 304
    gone = hall.school.put(path + "/contact", {"phone": None})
    assert (gone.status, gone.json["phone"]) == (200, None)
    assert town.one("select num_nulls(phone_sealed, phone_hash) from student"
                    " where id = %s", people.student) == 2


@pytest.mark.parametrize("body", [{}, {"phone": "12012345678"},
                                  {"phone": "139"}, {"phone": 1}])
def test_no_phone(hall, path, body):
    reply = hall.student.put(path + "/contact", body)
    assert (reply.status, reply.wheres()) == (422, ["#/phone"])


def test_whose_contact(hall, path, other_student, server, town):
    for ask in (lambda c: c.get(path + "/contact"),
                lambda c: c.put(path + "/contact", {"phone": PHONE})):
        assert ask(other_student[1]).status == 404
        for client in (hall.enterprise, hall.office):
            assert ask(client).status == 403
    assert hall.student.get(path + "/contact").json["phone"] is None


def test_a_seal_opens_nowhere_else(hall, path, other_student, town, people):
    """A value moved to another row is not shown there."""
    hall.student.put(path + "/contact", {"phone": PHONE})
    town.run("update student set phone_sealed = (select phone_sealed from"
             " student where id = %s), phone_hash = sha256('x')"
             " where id = %s", people.student, other_student[0])
    got = other_student[1].get(f"/v1/students/{other_student[0]}/contact")
    assert (got.status, got.json["phone"]) == (200, None)


def test_without_a_key_nothing_is_kept(own_server):
    server, town = own_server(seal_keys="")
    people = town.people()
    client = server.client(people.tokens["student"])
    path = f"/v1/students/{people.student}/contact"
    reply = client.put(path, {"phone": PHONE})
    assert (reply.status, reply.problem["code"]) == (503, "no-key")
    assert client.put(path, {"phone": None}).status == 200
    client.close()


def test_an_application_gives_and_a_withdrawal_takes(hall, path, people):
    hall.student.put(path + "/contact", {"phone": PHONE})
    made = hall.applied(message=f"我是{hall.name}")
    seen = hall.get(made).json
    assert (seen["student"]["name"], seen["phone"]) == (hall.name, PHONE)
    assert PHONE in hall.get(made, hall.student).body.decode()
    for client in (hall.school, hall.office):
        assert hall.get(made, client).json["phone"] is None
    [one] = given(hall.student, path)
    assert (one["id"], one["purpose"], one["ended_at"]) \
        == (made, "recruitment", None)
    assert one["enterprise_id"] == str(people.enterprise)
    assert {"name", "phone"} <= set(one["kinds"])
    hall.move(made, "shortlist", {"reason": "技能对口"})

    ended = withdraw(hall.student, made)
    assert (ended.status, ended.json["ended_because"]) == (200, "withdrawn")
    assert given(hall.student, path) == [ended.json]
    seen = hall.get(made)
    assert (seen.json["student"], seen.json["phone"], seen.json["message"]) \
        == (None, None, None)
    # what was decided stays, and can go on
    assert seen.json["history"][0]["reason"] == "技能对口"
    assert hall.call(made).status == 201
    for reply in (seen, hall.enterprise.get(PATH), hall.call(made),
                  hall.move(made, "reject")):
        assert hall.name not in reply.body.decode()
        assert PHONE not in reply.body.decode()
    again = withdraw(hall.student, made)
    assert (again.status, again.problem["code"]) == (409, "wrong-state")


def test_one_consent_an_enterprise(hall, path, second):  # noqa: F811
    first, more = hall.applied(), hall.applied()
    theirs = hall.applied(second.open(targets=["660301"])["id"])
    assert [one["id"] for one in given(hall.student, path)] \
        == [theirs, first]
    withdraw(hall.student, first)
    assert hall.seen(first) is None and hall.seen(more) is None
    assert hall.name in second.client.get(f"{PATH}/{theirs}").body.decode()
    # who applies once more consents once more
    last = hall.applied()
    assert hall.seen(more)["name"] == hall.seen(last)["name"] == hall.name


def test_whose_consent(hall, path, other_student):
    made = hall.applied()
    assert withdraw(other_student[1], made).status == 404
    assert withdraw(hall.student, new_id()).status == 404
    for client in (hall.enterprise, hall.school, hall.office):
        assert withdraw(client, made).status == 403
    for client in (hall.school, hall.office):
        assert [one["id"] for one in given(client, path)] == [made]
    assert other_student[1].get(path + "/disclosures").status == 404
    assert hall.enterprise.get(path + "/disclosures").status == 403
    assert hall.student.get(path + "/disclosures?state=open").status == 400
    assert hall.seen(made)


def test_a_key_withdraws_once(hall):
    made = hall.applied()
    replies = [hall.student.post(f"/v1/disclosures/{made}/withdraw",
                                 headers={"Idempotency-Key": "w"})
               for _ in range(2)]
    assert replies[0].json == replies[1].json
    assert [reply.status for reply in replies] == [200, 200]


def test_no_kept_reply_tells_it_afterwards(hall):
    """What an idempotency key would replay is forgotten with the consent."""
    made = hall.applied()

    def shortlist():
        return hall.enterprise.post(f"{PATH}/{made}/shortlist", {},
                                    headers={"Idempotency-Key": "s"})

    for _ in range(2):
        assert hall.name in shortlist().body.decode()
    withdraw(hall.student, made)
    again = shortlist()
    assert (again.status, again.problem["code"]) == (409, "wrong-state")
    assert hall.name not in again.body.decode()


def test_the_identity_number_is_nowhere(hall, town, people):
    """What is sealed of it never leaves, whoever asks."""
    town.run("update student set identity_sealed = 'sealed-canary',"
             " identity_hash = sha256('i'), identity_last4 = '987X'"
             " where id = %s", people.student)
    made = hall.applied()
    for client in (hall.student, hall.enterprise, hall.school, hall.office):
        for reply in (hall.get(made, client), client.get(PATH)):
            assert "canary" not in reply.body.decode()
            assert "987X" not in reply.body.decode()
