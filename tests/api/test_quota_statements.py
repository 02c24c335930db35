"""What an enterprise took, stated once and for good, and proved by a code."""

import base64
import hashlib
import json
import re

import pytest

from tests.api.hall import hall  # noqa: F401
from tests.api.placed import day, ward  # noqa: F401
from tests.api.test_quota import CATEGORY, own_path
from tests.api.test_public_postings import HOSTILE, Page
from tests.api.test_quota_ledger import recorded
from tests.api.test_reference_lists import walk
from tests.api.town import new_id

PERIOD = {"from": day(-30), "to": day(30)}


@pytest.fixture
def path(people):
    return own_path(people, "quota", "statements")


def state(client, path, **changes):
    reply = client.post(path, {**PERIOD, **changes})
    assert reply.status == 201, reply
    return reply.json


def document(client, statement):
    reply = client.get(f"/v1/quota-statements/{statement['code']}")
    assert reply.status == 200, reply
    assert hashlib.sha256(reply.body).hexdigest() == statement["sha256"] == \
        reply.headers["x-content-sha256"]
    return json.loads(reply.body)


@pytest.fixture
def done(ward, people):  # noqa: F811
    """One came, started ten days ago and completed two days ago."""
    made = ward.hall.enterprise.post(
        own_path(people, "post-categories"), CATEGORY).json
    placement = ward.started()
    ward.town.run("update placement set post_category_id = %s, actor = id"
                  " where id = %s", made["id"], placement)
    ward.back(placement, 10)
    reply = ward.complete(placement, ended_on=day(-2), reason="提前完成")
    assert reply.status == 200, reply
    return placement


def test_it_says_what_was_taken(done, ward, client, path,  # noqa: F811
                                people, town):
    made = state(ward.hall.enterprise, path)
    assert {name: made[name] for name in PERIOD} == PERIOD
    told = document(client, made)
    assert told["enterprise_id"] == str(people.enterprise)
    assert (told["id"], told["from"], told["to"], told["counted_until"]) == \
        (made["id"], day(-30), day(30), day(0))
    assert told["totals"] == {"placements": 1, "students": 1, "days": 9,
                              "completed": 1, "ended_early": 0, "going_on": 0}
    assert told["post_categories"] == [
        {"post_category": "数控车工", "placements": 1, "students": 1,
         "days": 9}]
    assert told["interns"] == [{
        "number": 1, "kind": "internship", "post_category": "数控车工",
        "started_on": day(-10), "ended_on": day(-2), "days": 9,
        "state": "completed"}]


def test_who_it_was_is_not_in_it(done, ward, client, path,  # noqa: F811
                                 people, town):
    text = client.get("/v1/quota-statements/" + state(
        ward.hall.office, path)["code"]).body.decode()
    for column in ("id", "name", "student_number"):
        assert str(town.one(f"select {column} from student where id = %s",
                            people.student)) not in text
    assert str(done) not in text


def test_floors_are_those_of_the_ledger(ward, client, path,  # noqa: F811
                                        people, town):
    """Ten days with a floor of 20 and nobody there; five with one; and since
    yesterday the floor is 1."""
    town.run("select settle_due_quotas(1000)")
    recorded(town, people, 1, 10)
    ward.accepted()
    recorded(town, people, 2, 5)
    town.run("update enterprise set staff_count = 30, actor = id where id ="
             " %s", people.enterprise)
    recorded(town, people, 3, 1)
    floor = document(client, state(ward.hall.enterprise, path))["floor"]
    version = floor["by_policy"][0].pop("policy_version")
    assert version >= 1
    # recorded() moves all the entries up to its own
    assert floor == {
        "days_known": 17, "days_met": 2, "owed": 20 * 15 + 2,
        "had": 5 + 2, "by_policy": [{
            "from": day(-16), "to": day(0), "days": 17, "days_met": 2,
            "floor_least": 1, "floor_most": 20, "present_least": 0,
            "present_most": 1}]}


def test_it_stays_what_it_was(done, ward, client, path,  # noqa: F811
                              people, town):
    made = state(ward.hall.enterprise, path)
    before = document(client, made)
    town.run("update enterprise set name = '新名', staff_count = 7, actor ="
             " id where id = %s", people.enterprise)
    later = state(ward.hall.enterprise, path)
    assert document(client, made) == before
    assert document(client, later)["enterprise_name"] == "新名"
    assert later["code"] != made["code"]
    assert walk(ward.hall.office, path + "?limit=1") == [later, made]
    for change in ("update quota_statement set code = code",
                   "delete from quota_statement"):
        with pytest.raises(Exception, match="append-only"):
            town.run(change)


def test_a_document_that_was_tampered_with_is_none(
        done, ward, client, path, town):  # noqa: F811
    made = state(ward.hall.enterprise, path)
    target = f"/v1/quota-statements/{made['code']}"
    assert client.get(target).status == 200
    town.run("set session_replication_role = replica")
    town.run("alter table quota_statement drop constraint"
             " quota_statement_sha256_fits")
    town.run("update quota_statement set content = replace(content, '数控',"
             " '装配') where id = %s", made["id"])
    assert client.get(target).status == 404
    town.run("update quota_statement set sha256 = sha256(convert_to(content,"
             " 'UTF8')) where id = %s", made["id"])
    assert client.get(target).status == 404, "the code has the digest, too"
    town.run("alter table quota_statement add constraint"
             " quota_statement_sha256_fits"
             " check (sha256 = sha256(convert_to(content, 'UTF8')))")
    town.run("set session_replication_role = default")


def test_no_other_code_is_one(done, ward, client, path):  # noqa: F811
    code = state(ward.hall.enterprise, path)["code"]
    for at in range(0, len(code), 9):
        letter = "A" if code[at] != "A" else "B"
        assert client.get("/v1/quota-statements/" + code[:at] + letter
                          + code[at + 1:]).status == 404, at
    for other in ("x", code[:-1], code + "A", str(new_id())):
        assert client.get(f"/v1/quota-statements/{other}").status == 404


@pytest.mark.parametrize("body, flaws", [
    ({"from": "2026-01-02", "to": "2026-01-01"}, [("#/to", "inconsistent")]),
    ({"from": "2020-01-01", "to": "2026-01-01"}, [("#/to", "out-of-range")]),
    ({"from": day(1), "to": day(2)}, [("#/from", "out-of-range")]),
    ({"from": "soon"}, [("#/from", "wrong-format"), ("#/to", "required")])])
def test_flaws(ward, path, body, flaws):  # noqa: F811
    reply = ward.hall.enterprise.post(path, body)
    assert (reply.status, reply.problem["code"]) == (422, "invalid-body")
    assert [where for where, _ in flaws] == reply.wheres()
    if len(flaws) == 1:
        assert reply.problem["errors"][0]["code"] == flaws[0][1]


def test_who_may(ward, as_role, client, path, people, town):  # noqa: F811
    assert client.get(path).status == client.post(path, PERIOD).status == 401
    for role in ("student", "school", "operator"):
        assert as_role(role).get(path).status == 403
        assert as_role(role).post(path, PERIOD).status == 403
    other = town.enterprise(people.consortium)
    target = f"/v1/enterprises/{other}/quota/statements"
    assert as_role("enterprise").post(target, PERIOD).status == 404
    assert as_role("enterprise").get(target).status == 404
    assert as_role("office").post(target, PERIOD).status == 201
    assert as_role("office").post(f"/v1/enterprises/{new_id()}/quota/"
                                  "statements", PERIOD).status == 404


def page_of(client, statement, query="", **headers):
    reply = client.get(f"/quota-statements/{statement['code']}{query}",
                       headers=headers or {"Accept-Language": "zh-CN"})
    assert reply.status == 200, reply
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    return reply, Page(reply.body)


def test_it_is_a_page_to_print(done, ward, client, path,  # noqa: F811
                               people):
    made = state(ward.hall.enterprise, path)
    told = document(client, made)
    for query, language, words in (
            ("", "zh-CN", ["接收实习证明", "接收下限", "已完成"]),
            ("?lang=en", "en", ["Statement of interns taken", "Completed"])):
        reply, page = page_of(client, made, query)
        assert reply.headers["content-language"] == language
        assert not page.open and not page.scripts
        for text in [*words, told["enterprise_name"], told["uscc"],
                     told["consortium_name"], told["issued_at"], made["id"],
                     made["code"], made["sha256"], day(-30), day(30),
                     "数控车工", day(-10), day(-2)]:
            assert text in page.text, text
        assert page.text.count("9") == 3, "days in all, there, and one by one"
        assert "/v1/quota-statements/" + made["code"] in page.text
    english, _ = page_of(client, made, **{"Accept-Language": "en"})
    assert b'lang="en"' in english.body
    assert client.get(f"/quota-statements/{made['code']}?lang=fr"
                      ).status == 400


def test_the_page_needs_nothing_and_runs_nothing(
        done, ward, client, path, people, town):  # noqa: F811
    """Whatever it is called: names are shown, never read."""
    town.run("update post_category set name = %s, actor = id where"
             " enterprise_id = %s", HOSTILE[:30], people.enterprise)
    reply, page = page_of(client, state(ward.hall.enterprise, path))
    assert HOSTILE[:30] in "".join(page.text)
    assert page.links == {} and not page.scripts
    policy = reply.headers["content-security-policy"]
    style = re.search(b"<style>(.*)</style>", reply.body, re.S).group(1)
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy and "script-src" not in policy


def test_a_page_of_no_statement(done, ward, client, path,  # noqa: F811
                                town):
    made = state(ward.hall.enterprise, path)
    for other in ("x", made["code"][:-1], made["code"] + "A"):
        assert client.get(f"/quota-statements/{other}").status == 404
    town.run("set session_replication_role = replica")
    town.run("alter table quota_statement drop constraint"
             " quota_statement_sha256_fits")
    town.run("update quota_statement set content = replace(content, '数控',"
             " '装配') where id = %s", made["id"])
    assert client.get(f"/quota-statements/{made['code']}").status == 404
    town.run("delete from quota_statement where id = %s", made["id"])
    town.run("alter table quota_statement add constraint"
             " quota_statement_sha256_fits"
             " check (sha256 = sha256(convert_to(content, 'UTF8')))")
    town.run("set session_replication_role = default")


def test_the_address_on_the_page_is_the_service_s_own(apart, proof):
    with apart(public_url="https://hz.example.org") as (server, _, town):
        server.proof = proof
        people = town.people()
        office = server.client(people.tokens["office"])
        made = state(office, own_path(people, "quota", "statements"))
        _, page = page_of(server.client(), made)
        assert "".join(page.text).count(
            "https://hz.example.org/v1/quota-statements/" + made["code"]) == 1
        office.close()
