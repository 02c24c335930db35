"""Postings by an enterprise's own references, and how long they stay."""

import threading

from tests.api.firm import NOBODY, PATH, Firm, count, draft, later, whole
from tests.api.firm import firm, second  # noqa: F401 (fixtures)

MINE = f"{PATH}/by-ref/hr/2027-017"


def test_made_then_replaced(firm, town, people):
    made = firm.client.put(MINE, draft(address="湖滨路 1 号"))
    assert (made.status, made.etag) == (201, '"v1"')
    assert made.headers["location"] == f"{PATH}/{made.json['id']}"
    assert (made.json["ref_system"], made.json["ref"]) == ("hr", "2027-017")
    assert firm.client.get(MINE).json == made.json
    assert firm.client.get(MINE, headers={
        "If-None-Match": made.etag}).status == 304
    again = firm.client.put(MINE, draft(openings=9))
    assert (again.status, again.etag) == (200, '"v2"')
    assert again.json == {**made.json, "openings": 9, "address": None,
                          "version": 2,
                          "updated_at": again.json["updated_at"]}
    assert count(town, people) == 1


def test_the_same_again_writes_nothing(firm):
    body = whole(ref="2027-017")
    made = firm.client.put(MINE, body).json
    for _ in range(2):
        same = firm.client.put(MINE, body)
        assert (same.status, same.json) == (200, made)
    for name, value in {"openings": 5, "title": "车工", "targets": ["66"],
                        "preferred_skills": [], "address": None,
                        "description": ""}.items():
        before = firm.client.get(MINE).json["version"]
        body[name] = value
        after = firm.client.put(MINE, body).json
        assert (after["version"], after[name]) == (before + 1, value), name


def test_a_public_one_keeps_to_the_rules(firm):
    made = firm.client.put(MINE, draft()).json
    assert firm.publish(made).status == 200
    bad = firm.client.put(MINE, draft(labour_grade=3, targets=[]))
    assert (bad.status, bad.problem["rule"], bad.wheres()) == \
        (422, "labour-grade", ["#/labour_grade", "#/targets"])
    good = firm.client.put(MINE, draft(openings=1))
    assert (good.status, good.json["state"]) == (200, "published")


def test_flaws_are_named_and_nothing_is_written(firm, town, people):
    bad = firm.client.put(MINE, draft(ref="other", ref_system="sap",
                                      pay_max_fen=1))
    assert (bad.status, sorted(bad.wheres())) == \
        (422, ["#/pay_max_fen", "#/ref", "#/ref_system"])
    unknown = firm.client.put(MINE, draft(targets=["660199"]))
    assert (unknown.status, unknown.wheres()) == (422, ["#/targets/0"])
    assert firm.client.put(MINE, {}).status == 422
    for path, where in (("x" * 65 + "/1", "ref_system"), ("hr/%201", "ref"),
                        ("hr/" + "1" * 129, "ref")):
        bad = firm.client.put(f"{PATH}/by-ref/{path}", draft())
        assert (bad.status, bad.wheres()) == (400, [where])
    assert firm.client.get(MINE).status == 404
    assert count(town, people) == 0


def test_each_enterprise_has_its_own_references(firm, second):
    mine = firm.client.put(MINE, draft()).json
    assert second.client.get(MINE).status == 404
    yours = second.client.put(MINE, draft(openings=1))
    assert yours.status == 201 and yours.json["id"] != mine["id"]
    assert firm.client.get(MINE).json == mine


def test_of_many_at_once_one_posting_comes(server, town, people, firm):
    statuses = []

    def put(number):
        one = Firm(server.client(people.tokens["enterprise"]), None)
        statuses.append(one.client.put(MINE, draft(openings=number)).status)
        one.client.close()

    threads = [threading.Thread(target=put, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(201) == 1 and set(statuses) <= {200, 201, 409}
    assert count(town, people) == 1


# ---- renewing ----

def test_renew(firm):
    posting = firm.open()
    path = f"{PATH}/{posting['id']}/renew"
    reply = firm.client.post(path, {"closes_at": "2099-01-01T00:00:00Z"})
    assert reply.status == 200, reply
    assert reply.json == {**posting, "closes_at": "2099-01-01T00:00:00Z",
                          "version": 3,
                          "updated_at": reply.json["updated_at"]}
    past = firm.client.post(path, {"closes_at": "2020-01-01T00:00:00Z"})
    assert (past.status, past.wheres()) == (422, ["#/closes_at"])
    assert firm.client.get(f"{PATH}/{posting['id']}").json == reply.json


def test_only_what_is_published_is_renewed(firm, second):
    until = {"closes_at": later(3)}
    made = firm.add()
    path = f"{PATH}/{made['id']}/renew"
    reply = firm.client.post(path, until)
    assert (reply.status, reply.problem["code"]) == (409, "wrong-state")
    assert "draft" in reply.problem["detail"]
    assert second.client.post(path, until).status == 404
    assert firm.client.post(f"{PATH}/{NOBODY}/renew", until).status == 404
