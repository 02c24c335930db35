"""Enterprises: registered by anybody, looked at by the office, mended by
themselves."""

import itertools
import threading

import pytest

from tests.api.server import Client
from tests.api.test_reference_lists import walk
from tests.api.town import new_id, uscc

numbers = itertools.count(700001)
SEEN_BY_ALL = ("student", "school", "enterprise")


def registration(people, **changes):
    """A sound one; a change to ... takes the member out."""
    number = next(numbers)
    body = {
        "consortium": people.slug, "uscc": uscc(number),
        "name": f"湖城精密机械{number}有限公司", "industry_code": "3411",
        "division_code": "330106", "unit_nature_code": "39",
        "address": "湖滨路 1 号", "staff_count": 320,
        "staff_counted_on": "2026-10-31", "login_name": f"hr.{number}",
        "password": "a long enough secret",
    }
    body.update(changes)
    return {name: value for name, value in body.items() if value is not ...}


def count(town, people, table="enterprise"):
    return town.one(f"select count(*) from {table} where consortium_id = %s",
                    people.consortium)


def own_path(people):
    return f"/v1/enterprises/{people.enterprise}"


def test_registration(client, people, town, as_role):
    body = registration(people)
    made = client.post("/v1/enterprises", body)
    assert made.status == 201, made
    assert made.json["state"] == "unverified"
    assert {name: made.json[name] for name in made.json if name in body} == \
        {name: body[name] for name in body
         if name not in ("consortium", "login_name", "password")}
    assert (made.json["industry_name"], made.json["division_name"]) == \
        ("锅炉及辅助设备制造", "西湖区")
    assert made.headers["location"] == f"/v1/enterprises/{made.json['id']}"
    signed_in = client.post("/v1/sessions", {
        "consortium": people.slug, "login_name": body["login_name"],
        "password": body["password"]})
    assert (signed_in.status, signed_in.json["role"]) == (201, "enterprise")
    own = Client(client.server, signed_in.json["token"])
    found = own.get(made.headers["location"])
    assert (found.json, found.etag) == (made.json, made.etag)
    own.close()
    assert as_role("office").get(made.headers["location"]).json == made.json
    assert as_role("student").get(made.headers["location"]).status == 404
    cost = town.run("select scrypt_n, scrypt_r, scrypt_p,"
                    " octet_length(password_salt) from account where"
                    " consortium_id = %s and login = %s",
                    people.consortium, body["login_name"])
    assert cost == [(1 << 17, 8, 1, 16)]


def test_a_registration_with_a_key(client, people, town):
    """Nobody has signed in, so no reply is kept for another to find."""
    body, key = registration(people), {"Idempotency-Key": "register-1"}
    before = count(town, people)
    assert client.post("/v1/enterprises", body, headers=key).status == 201
    again = client.post("/v1/enterprises", body, headers=key)
    assert (again.status, again.wheres()) == \
        (409, ["#/uscc", "#/login_name"])
    assert count(town, people) == before + 1
    other = client.post("/v1/enterprises", registration(people), headers=key)
    assert other.status == 201, "a stranger's key is no key of ours"
    bad = client.post("/v1/enterprises", registration(people),
                      headers={"Idempotency-Key": "x" * 256})
    assert (bad.status, bad.wheres()) == (400, ["Idempotency-Key"])


def test_more_registrations_than_the_pool_holds(own_server):
    """Who finds no room is told so and leaves nothing; the others are in."""
    server, town = own_server(pool_threads=1, pool_queue_max=1)
    people, replies = town.people(), []
    before = count(town, people)

    def register():
        client = server.client()
        replies.append(client.post("/v1/enterprises", registration(people)))
        client.close()

    threads = [threading.Thread(target=register) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = [reply for reply in replies if reply.status == 201]
    refused = [reply for reply in replies if reply.status == 503]
    assert len(made) + len(refused) == 12 and made and refused, replies
    assert {(reply.problem["code"], reply.headers["retry-after"])
            for reply in refused} == {("busy", "1")}
    assert count(town, people) == before + len(made)


def test_optional_members_may_be_absent_or_null(client, people):
    made = client.post("/v1/enterprises", registration(
        people, address=None, unit_nature_code=...))
    assert made.status == 201, made
    assert (made.json["address"], made.json["unit_nature_code"]) == \
        (None, None)


def test_what_others_have_is_a_conflict(client, people, town):
    taken = town.one("select uscc from enterprise where consortium_id = %s",
                     people.consortium)
    before = count(town, people), count(town, people, "account")
    reply = client.post("/v1/enterprises", registration(
        people, uscc=taken, login_name=people.logins["school"]))
    assert (reply.status, reply.problem["code"]) == (409, "conflict")
    assert reply.wheres() == ["#/uscc", "#/login_name"]
    assert before == (count(town, people), count(town, people, "account"))
    other = town.people()
    reply = client.post("/v1/enterprises", registration(other, uscc=taken))
    assert reply.status == 201, "another consortium may have it, too"


def test_every_unknown_value_at_once(client, people, town):
    before = count(town, people)
    reply = client.post("/v1/enterprises", registration(
        people, industry_code="9999", division_code="339999",
        unit_nature_code="99", staff_counted_on="2199-01-01",
        login_name=people.logins["school"]))
    assert (reply.status, reply.problem["code"]) == (422, "invalid-body")
    assert sorted((flaw["pointer"], flaw["code"])
                  for flaw in reply.problem["errors"]) == [
        ("#/division_code", "unknown-code"),
        ("#/industry_code", "unknown-code"), ("#/login_name", "duplicate"),
        ("#/staff_counted_on", "out-of-range"),
        ("#/unit_nature_code", "unknown-code")]
    for slug in ("nowhere", "service"):
        reply = client.post("/v1/enterprises",
                            registration(people, consortium=slug))
        assert (reply.status, reply.wheres()) == (422, ["#/consortium"])
    assert count(town, people) == before


@pytest.mark.parametrize("changes, where, code", [
    ({"uscc": "911101085513850820"}, "#/uscc", "malformed"),
    ({"uscc": "9111"}, "#/uscc", "too-short"),
    ({"uscc": ...}, "#/uscc", "required"),
    ({"name": " 厂"}, "#/name", "not-trimmed"),
    ({"name": "厂\n二"}, "#/name", "control-character"),
    ({"name": "厂" * 101}, "#/name", "too-long"),
    ({"name": ""}, "#/name", "too-short"),
    ({"name": 7}, "#/name", "wrong-type"),
    ({"industry_code": "U"}, "#/industry_code", "malformed"),
    ({"industry_code": "3"}, "#/industry_code", "malformed"),
    ({"division_code": "930106"}, "#/division_code", "malformed"),
    ({"unit_nature_code": "A1"}, "#/unit_nature_code", "malformed"),
    ({"staff_count": -1}, "#/staff_count", "out-of-range"),
    ({"staff_count": 5000001}, "#/staff_count", "out-of-range"),
    ({"staff_count": 1.5}, "#/staff_count", "wrong-type"),
    ({"staff_counted_on": "2026-02-30"}, "#/staff_counted_on", "malformed"),
    ({"login_name": "Office"}, "#/login_name", "malformed"),
    ({"login_name": ".hr"}, "#/login_name", "malformed"),
    ({"login_name": "hr"}, "#/login_name", "too-short"),
    ({"password": "123456789"}, "#/password", "too-short"),
    ({"state": "verified"}, "#/state", "unknown"),
    ({"consortium": None}, "#/consortium", "wrong-type")])
def test_flaws_of_shape(client, people, town, changes, where, code):
    before = count(town, people)
    reply = client.post("/v1/enterprises", registration(people, **changes))
    assert (reply.status, reply.problem["code"]) == (422, "invalid-body")
    assert [(flaw["pointer"], flaw["code"])
            for flaw in reply.problem["errors"]] == [(where, code)]
    assert count(town, people) == before


@pytest.mark.parametrize("raw", [b"", b"{", b'{"uscc": "1", "uscc": "2"}',
                                 b"\xff", b"[" * 100])
def test_malformed_json(client, raw):
    reply = client.post("/v1/enterprises", raw=raw)
    assert (reply.status, reply.problem["code"]) == (400, "malformed-json")


def test_registrations_of_an_address_are_limited(own_server):
    server, town = own_server(sign_in_address_max=2)
    people, client = town.people(), server.client()
    flawed = registration(people, industry_code="9999")
    for status in (422, 422, 429):
        reply = client.post("/v1/enterprises", flawed)
        assert reply.status == status, reply
    assert int(reply.headers["retry-after"]) > 0
    client.close()


def test_who_sees_which(as_role, town, people):
    firms = {state: str(town.enterprise(people.consortium, state=state))
             for state in ("unverified", "verified", "rejected")}
    town.run("update enterprise set state = 'suspended', actor = %s,"
             " reason = 'test' where consortium_id = %s and id = %s",
             new_id(), people.consortium, people.enterprise)
    own = str(people.enterprise)

    def seen(role):
        return {item["id"]: item for item in
                walk(as_role(role), "/v1/enterprises?limit=1")}

    assert set(seen("office")) == {own, *firms.values()}
    assert set(seen("enterprise")) == {own, firms["verified"]}
    for role in ("student", "school"):
        assert set(seen(role)) == {firms["verified"]}
        assert as_role(role).get(f"/v1/enterprises/{own}").status == 404
    for role in SEEN_BY_ALL:
        client = as_role(role)
        reply = client.get("/v1/enterprises/" + firms["verified"])
        assert (reply.status, reply.json["staff_count"],
                reply.json["staff_counted_on"]) == (200, None, None)
        assert reply.json == seen(role)[firms["verified"]]
        for state in ("unverified", "rejected"):
            path = "/v1/enterprises/" + firms[state]
            assert client.get(path).status == 404
    reply = as_role("enterprise").get(own_path(people))
    assert (reply.status, reply.json["staff_count"]) == (200, 1000)
    assert as_role("office").get(own_path(people)).json == reply.json
    same = as_role("enterprise").get(own_path(people), headers={
        "If-None-Match": reply.etag})
    assert same.status == 304
    assert as_role("operator").get(own_path(people)).status == 403
    assert as_role("operator").get("/v1/enterprises").status == 403


def test_nobody_and_another_consortium(client, as_role, town, people):
    other = town.people()
    for path in ("/v1/enterprises", own_path(people)):
        assert client.get(path).status == 401
    office = as_role("office")
    assert office.get(own_path(other)).status == 404
    assert office.post(own_path(other) + "/verify").status == 404
    assert office.post(own_path(other) + "/suspend",
                       {"reason": "x"}).status == 404
    assert str(other.enterprise) not in [
        item["id"] for item in walk(office, "/v1/enterprises")]
    assert office.get("/v1/enterprises/nonsense").status == 404


def test_filters(as_role, town, people):
    office = as_role("office")
    town.run("update enterprise set industry_code = '3411', name = '甲厂',"
             " division_code = '330106', actor = %s where consortium_id = %s"
             " and id = %s", new_id(), people.consortium, people.enterprise)
    other = town.enterprise(people.consortium, state="unverified")
    town.run("update enterprise set industry_code = 'C', name = '乙厂',"
             " division_code = '331002', actor = %s where consortium_id = %s"
             " and id = %s", new_id(), people.consortium, other)
    first, second = str(people.enterprise), str(other)
    for query, want in (
            ("industry=C", {first, second}), ("industry=34", {first}),
            ("industry=c", {first, second}), ("industry=A", set()),
            ("division=330000", {first, second}),
            ("division=330100", {first}), ("division=331000", {second}),
            ("division=330106", {first}), ("division=440000", set()),
            ("state=unverified", {second}), ("state=rejected", set()),
            ("name=%E7%94%B2", {first}), ("name=%25", set()),
            ("state=verified&industry=C&division=330000", {first})):
        items = walk(office, "/v1/enterprises?limit=1&" + query)
        assert {item["id"] for item in items} == want, query


@pytest.mark.parametrize("query, wheres", [
    ("industry=9999&division=339999", ["industry", "division"]),
    ("industry=Z", ["industry"]), ("division=33", ["division"]),
    ("state=open", ["state"]), ("colour=red", ["colour"]),
    ("limit=0", ["limit"]), ("after=x", ["after"]), ("name=", ["name"])])
def test_bad_parameters(as_role, query, wheres):
    reply = as_role("office").get("/v1/enterprises?" + query)
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert reply.wheres() == wheres


def test_the_office_decides(as_role, town, people):
    made = str(town.enterprise(people.consortium, state="unverified"))
    office, path = as_role("office"), f"/v1/enterprises/{made}"
    why = {"reason": "证照与名称不符"}
    for step, body, state in (
            ("reject", why, "rejected"), ("verify", None, "verified"),
            ("suspend", why, "suspended"), ("verify", None, "verified")):
        reply = office.post(f"{path}/{step}", body)
        assert (reply.status, reply.json["state"]) == (200, state)
        assert reply.etag == office.get(path).etag
        again = office.post(f"{path}/{step}", body)
        assert (again.status, again.problem["code"]) == (409, "wrong-state")
    wrong = office.post(path + "/reject", why)
    assert (wrong.status, wrong.problem["code"]) == (409, "wrong-state")
    assert town.run(
        "select to_state, reason, actor from event where consortium_id = %s"
        " and subject_id = %s order by id", people.consortium, made) == [
        (state, reason, people.accounts["office"]) for state, reason in (
            ("rejected", why["reason"]), ("verified", None),
            ("suspended", why["reason"]), ("verified", None))]


def test_only_the_office_decides(as_role, client, town, people):
    for step, body in (("verify", None), ("reject", {"reason": "x"}),
                       ("suspend", {"reason": "x"})):
        path = f"{own_path(people)}/{step}"
        assert client.post(path, body).status == 401
        for role in (*SEEN_BY_ALL, "operator"):
            assert as_role(role).post(path, body).status == 403
        missing = f"/v1/enterprises/{new_id()}/{step}"
        assert as_role("office").post(missing, body).status == 404
    assert town.one("select state from enterprise where consortium_id = %s"
                    " and id = %s", people.consortium,
                    people.enterprise) == "verified"


@pytest.mark.parametrize("body, where", [
    ({}, "#/reason"), ({"reason": ""}, "#/reason"),
    ({"reason": " x"}, "#/reason"), ({"reason": None}, "#/reason"),
    ({"reason": "长" * 501}, "#/reason"),
    ({"reason": "x", "state": "verified"}, "#/state")])
def test_a_reason_is_needed(as_role, people, body, where):
    for step in ("reject", "suspend"):
        reply = as_role("office").post(f"{own_path(people)}/{step}", body)
        assert (reply.status, reply.wheres()) == (422, [where])


def test_verify_takes_no_body(as_role, people):
    reply = as_role("office").post(own_path(people) + "/verify", {})
    assert (reply.status, reply.problem["code"]) == (400, "bad-request")


def test_mending(as_role, people):
    own, path = as_role("enterprise"), own_path(people)
    before = own.get(path)
    patch = {"industry_code": "3411", "division_code": "330102",
             "unit_nature_code": "31", "address": "新址 2 号",
             "staff_count": 0, "staff_counted_on": "2026-11-01"}
    after = own.patch(path, patch, headers={"If-Match": before.etag})
    assert after.status == 200, after
    assert {name: after.json[name] for name in patch} == patch
    assert (after.json["state"], after.json["name"]) == \
        ("verified", before.json["name"])
    assert after.etag != before.etag
    cleared = own.patch(path, {"unit_nature_code": None, "address": None},
                        headers={"If-Match": after.etag})
    assert (cleared.json["unit_nature_code"], cleared.json["address"],
            cleared.json["staff_count"]) == (None, None, 0)
    same = own.patch(path, {}, headers={"If-Match": cleared.etag})
    assert (same.status, same.json) == (200, cleared.json)
    assert own.get(path).json == cleared.json


def test_a_new_name_and_a_rejected_one_are_looked_at_anew(as_role, town,
                                                          people):
    own, path = as_role("enterprise"), own_path(people)
    etag = own.get(path).etag
    same = own.patch(path, {"name": own.get(path).json["name"]},
                     headers={"If-Match": etag})
    assert same.json["state"] == "verified"
    named = own.patch(path, {"name": "新名"}, headers={"If-Match": same.etag})
    assert (named.json["state"], named.json["name"]) == ("unverified", "新名")
    office = as_role("office")
    rejected = office.post(path + "/reject", {"reason": "缺地址"})
    mended = own.patch(path, {"address": "湖滨路 3 号"},
                       headers={"If-Match": rejected.etag})
    assert mended.json["state"] == "unverified"
    assert office.post(path + "/verify").status == 200
    suspended = office.post(path + "/suspend", {"reason": "事故"})
    kept = own.patch(path, {"name": "再名"},
                     headers={"If-Match": suspended.etag})
    assert kept.json["state"] == "suspended"
    assert town.run("select from_state, to_state, reason from event where"
                    " consortium_id = %s and subject_id = %s and actor = %s",
                    people.consortium, people.enterprise,
                    people.accounts["enterprise"]) == [
        ("verified", "unverified", "a new name"),
        ("rejected", "unverified", "a new declaration")]


def test_versions_of_a_change(as_role, people):
    own, path = as_role("enterprise"), own_path(people)
    assert own.patch(path, {"address": "甲"}).status == 428
    for stale in ('"v7"', "*", '"x"', 'W/"v1"'):
        reply = own.patch(path, {"address": "甲"},
                          headers={"If-Match": stale})
        assert (reply.status, reply.problem["code"]) == \
            (412, "stale-version")
    etag = own.get(path).etag
    assert own.patch(path, {"address": "甲"},
                     headers={"If-Match": etag}).status == 200
    reply = own.patch(path, {"address": "乙"}, headers={"If-Match": etag})
    assert reply.status == 412
    assert own.get(path).json["address"] == "甲"


@pytest.mark.parametrize("patch, flaws", [
    ({"staff_count": 5}, [("#/staff_counted_on", "required")]),
    ({"staff_count": 5, "industry_code": "9999", "division_code": "339999"},
     [("#/division_code", "unknown-code"), ("#/industry_code",
                                            "unknown-code"),
      ("#/staff_counted_on", "required")]),
    ({"staff_counted_on": "2199-12-31"}, [("#/staff_counted_on",
                                           "out-of-range")]),
    ({"unit_nature_code": "00"}, [("#/unit_nature_code", "unknown-code")]),
    ({"name": None, "uscc": "x", "state": "verified"},
     [("#/name", "wrong-type"), ("#/state", "unknown"),
      ("#/uscc", "unknown")])])
def test_flaws_of_a_change(as_role, people, patch, flaws):
    own, path = as_role("enterprise"), own_path(people)
    before = own.get(path)
    reply = own.patch(path, patch, headers={"If-Match": before.etag})
    assert (reply.status, reply.problem["code"]) == (422, "invalid-body")
    assert sorted((flaw["pointer"], flaw["code"])
                  for flaw in reply.problem["errors"]) == flaws
    assert own.get(path).json == before.json


def test_who_may_mend(as_role, client, town, people):
    body, headers = {"address": "甲"}, {"If-Match": '"v2"'}
    for role in ("student", "school", "office", "operator"):
        assert as_role(role).patch(own_path(people), body,
                                   headers=headers).status == 403
    assert client.patch(own_path(people), body, headers=headers).status == 401
    other = town.enterprise(people.consortium)
    for path in (f"/v1/enterprises/{other}", own_path(town.people())):
        assert as_role("enterprise").patch(path, body,
                                           headers=headers).status == 404
    wrong = as_role("enterprise").patch(own_path(people), body, headers=headers,
                                        content_type="application/json")
    assert wrong.status == 415
