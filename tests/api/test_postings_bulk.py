"""Several postings in one request, each with a fate of its own: the same as the
single operations give it."""

import json
import threading
import uuid

import pytest

from tests.api.firm import NOBODY, PATH, Firm, count, draft, later, whole
from tests.api.firm import firm, second  # noqa: F401 (fixtures)

BULK = f"{PATH}/bulk"


def bulk(firm, *items, **more):
    return firm.client.post(BULK, {"items": list(items)}, **more)


def results(firm, *items, **more):
    reply = bulk(firm, *items, **more)
    assert reply.status == 200, reply
    assert len(reply.json["items"]) == len(items)
    return reply.json["items"]


def statuses(found):
    return [one["status"] for one in found]


def get(firm, one):
    reply = firm.client.get(f"{PATH}/{one['id']}")
    assert (reply.status, reply.etag) == (200, one["etag"])
    return reply.json


def public(**changes):
    return draft(**{"publish": {"closes_at": later()}, **changes})


def test_drafts_are_made_in_their_order(firm, town, people):
    found = results(firm, *[draft(title=f"岗位 {n}") for n in range(100)])
    assert statuses(found) == [201] * 100
    assert all(one["problem"] is None for one in found)
    assert [get(firm, one)["title"] for one in found] == \
        [f"岗位 {n}" for n in range(100)]
    assert count(town, people) == 100
    assert town.one("select count(*) from change where consortium_id = %s"
                    " and topic = 'posting'", people.consortium) == 100


def test_a_draft_is_as_if_made_alone(firm):
    body = whole(ref_system=None, ref=None)
    alone = firm.client.post(PATH, body).json
    one, = results(firm, body)
    same = get(firm, one)
    for name in ("id", "created_at", "updated_at"):
        alone.pop(name), same.pop(name)
    assert same == alone


def test_published_at_once(firm, town, people):
    one, = results(firm, public(ref_system="hr", ref="1"))
    made = get(firm, one)
    assert (one["status"], made["state"], made["version"]) == \
        (201, "published", 2)
    assert town.run("select from_state, to_state, actor from event"
                    " where subject_id = %s", made["id"]) == \
        [("draft", "published", people.accounts["enterprise"])]


def test_replaced_by_reference(firm, town, people):
    first = results(firm, *[whole(ref=str(n)) for n in range(3)])
    again = results(firm, whole(ref="0"), whole(ref="1", openings=9),
                    whole(ref="2", publish={"closes_at": later()}),
                    whole(ref="3"))
    assert statuses(first + again) == [201] * 3 + [200] * 3 + [201]
    assert [one["id"] for one in again[:3]] == [one["id"] for one in first]
    assert [one["etag"] for one in again] == \
        ['"v1"', '"v2"', '"v2"', '"v1"']
    assert [get(firm, one)["state"] for one in again] == \
        ["draft", "draft", "published", "draft"]
    assert get(firm, again[1])["openings"] == 9
    assert count(town, people) == 4


def test_one_that_is_public_stays_so(firm):
    one, = results(firm, public(ref_system="hr", ref="1"))
    closes = get(firm, one)["closes_at"]
    same, = results(firm, public(ref_system="hr", ref="1", publish={
        "closes_at": later(60)}))
    assert (same["status"], same["etag"]) == (200, one["etag"])
    other, = results(firm, public(ref_system="hr", ref="1", openings=9))
    assert get(firm, other)["closes_at"] == closes
    assert get(firm, other)["openings"] == 9
    bad, = results(firm, draft(ref_system="hr", ref="1", labour_grade=3))
    assert (bad["status"], bad["problem"]["rule"]) == (422, "labour-grade")


def test_closed_ones_are_published_again(firm):
    one, = results(firm, public(ref_system="hr", ref="1"))
    assert firm.close(one).status == 200
    again, = results(firm, public(ref_system="hr", ref="1"))
    assert (again["status"], get(firm, again)["state"]) == (200, "published")


# ---- flaws ----

FLAWED = [
    {"title": ""}, {"title": ..., "openings": 0}, {"pay_max_fen": 1},
    {"nonsense": 1}, {"targets": ["660199", "9"]}, {"targets": ["660199"]},
    {"occupation_code": "9-99-99-99", "division_code": "999999"},
    {"division_code": "339999"}, {"occupation_code": "1-99-00-01"},
    {"post_category_id": NOBODY},
    {"targets": ["660103", "660199"], "post_category_id": NOBODY},
    {"ref": "1"}, {"period_end": "2026-01-01"}, {"conditions": ["filed"]},
    {"skills": []}, {"required_skills": [f"焊{n}" for n in range(31)]},
]


def essence(problem):
    return {name: value for name, value in problem.items()
            if name not in ("instance", "request_id", "trace_id")}


@pytest.mark.parametrize("changes", FLAWED, ids=str)
def test_a_flaw_is_what_it_is_alone(firm, town, people, changes):
    alone = firm.client.post(PATH, draft(**changes))
    assert alone.status in (409, 422), alone
    found = results(firm, draft(), draft(**changes), draft(title="好"))
    assert statuses(found) == [201, alone.status, 201]
    assert essence(found[1]["problem"]) == essence(alone.problem)
    assert (found[1]["id"], found[1]["etag"]) == (None, None)
    assert found[1]["problem"]["instance"] == BULK
    assert count(town, people) == 2


UNFIT = [
    {"labour_grade": 3}, {"pay_min_fen": ..., "pay_max_fen": ...},
    {"targets": []}, {"day_minutes": 600, "week_minutes": 3000},
    {"conditions": ["night_shift", "entertainment"]},
    {"pay_standard_fen": 1000000},
]


@pytest.mark.parametrize("changes", UNFIT, ids=str)
def test_a_broken_rule_is_what_it_is_alone(firm, town, people, changes):
    alone = firm.publish(firm.add(**changes))
    assert alone.status == 422
    found = results(firm, public(**changes), public())
    assert statuses(found) == [422, 201]
    assert essence(found[0]["problem"]) == essence(alone.problem)
    assert count(town, people) == 2


@pytest.mark.parametrize("publish, where", [
    ({}, "#/publish/closes_at"), ({"closes_at": None}, "#/publish/closes_at"),
    ({"closes_at": "2020-01-01T00:00:00Z"}, "#/publish/closes_at"),
    ({"closes_at": later(), "x": 1}, "#/publish/x"), ([], "#/publish"),
    (True, "#/publish")], ids=str)
def test_how_it_is_to_be_published(firm, publish, where):
    one, = results(firm, draft(publish=publish))
    assert one["status"] == 422
    assert [flaw["pointer"] for flaw in one["problem"]["errors"]] == [where]


def test_not_to_be_published(firm):
    one, = results(firm, draft(publish=None))
    assert get(firm, one)["state"] == "draft"


def test_one_that_is_not_verified_only_drafts(firm, town, people):
    town.run("update enterprise set state = 'suspended', actor = id,"
             " reason = 'test' where id = %s", people.enterprise)
    found = results(firm, draft(), public())
    assert statuses(found) == [201, 422]
    assert found[1]["problem"]["rule"] == "enterprise-verified"


def test_the_same_reference_twice(firm, town, people):
    found = results(firm, whole(), whole(openings=9), whole(ref="18"),
                    whole(ref_system="sap"))
    assert statuses(found) == [201, 409, 201, 201]
    assert [flaw["pointer"] for flaw in found[1]["problem"]["errors"]] == \
        ["#/ref"]
    assert count(town, people) == 3


def test_a_flawed_one_does_not_take_the_name(firm):
    found = results(firm, whole(openings=0), whole())
    assert statuses(found) == [422, 201]


def test_words_in_the_language_asked_for(firm):
    for language, word in (("zh-CN", "请求体内容有误"),
                           ("en", "The body has flaws")):
        reply = bulk(firm, draft(openings=0),
                     headers={"Accept-Language": language})
        assert reply.headers["content-language"] == language
        assert reply.json["items"][0]["problem"]["title"] == word


@pytest.mark.parametrize("body, where", [
    ({}, "#/items"), ({"items": []}, "#/items"), ({"items": {}}, "#/items"),
    ({"items": None}, "#/items"), ([], "#"), ("x", "#"),
    ({"items": [draft()], "all": True}, "#/all"),
    ({"items": [draft()] * 101}, "#/items")], ids=lambda body: str(body)[:30])
def test_what_is_no_list(firm, town, people, body, where):
    reply = firm.client.post(BULK, body)
    assert (reply.status, reply.problem["code"], where in reply.wheres()) == \
        (422, "invalid-body", True), reply
    assert count(town, people) == 0


def test_what_is_no_posting(firm):
    found = results(firm, 1, None, [], draft(), {})
    assert statuses(found) == [422, 422, 422, 201, 422]
    for one in found[:3]:
        assert one["problem"]["errors"][0]["pointer"] == "#"


@pytest.mark.parametrize("raw", [b"", b"{", b'{"items":[{"a":1,"a":2}]}',
                                 b'{"items":[' + b"0," * 10000 + b"0]}"])
def test_what_is_no_json(firm, raw):
    reply = firm.client.post(BULK, raw=raw)
    assert (reply.status, reply.problem["code"]) == (400, "malformed-json")


def test_a_large_one(firm):
    body = json.dumps({"items": [draft(description="字" * 20000)] * 50},
                      ensure_ascii=False).encode()
    assert len(body) > 2 << 20
    found = firm.client.post(BULK, raw=body).json["items"]
    assert statuses(found) == [201] * 50
    reply = firm.client.post(BULK, raw=b" " * ((4 << 20) + 1))
    assert reply.status == 413


def test_only_ones_own(firm, second, town, people):  # noqa: F811
    mine, = results(firm, whole())
    theirs, = results(second, whole())
    assert mine["id"] != theirs["id"]
    assert statuses([mine, theirs]) == [201, 201]
    category = firm.client.post(
        f"/v1/enterprises/{firm.enterprise}/post-categories",
        {"name": "装配", "staff_count": 10, "staff_counted_on": "2026-11-01"})
    found = results(second, draft(post_category_id=category.json["id"]))
    assert found[0]["problem"]["errors"][0]["code"] == "not-found"


@pytest.mark.parametrize("role", ["student", "school", "office"])
def test_enterprises_only(as_role, role):
    assert as_role(role).post(BULK, {"items": [draft()]}).status == 403


def test_a_key_covers_all(firm, town, people):
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    first = bulk(firm, draft(), draft(openings=0), headers=headers)
    again = bulk(firm, draft(), draft(openings=0), headers=headers)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.body == first.body
    assert count(town, people) == 1
    other = bulk(firm, draft(), headers=headers)
    assert (other.status, other.problem["code"]) == \
        (422, "idempotency-key-reused")


def test_many_at_once_make_each_name_once(firm, town, people, server):
    found, lines = [], []

    def send(turn):
        client = server.client(people.tokens["enterprise"])
        lines.append(client)
        found.append(results(Firm(client, people.enterprise), *[
            whole(ref=str((n + turn) % 20), openings=turn + 1)
            for n in range(20)]))

    threads = [threading.Thread(target=send, args=(turn,))
               for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for line in lines:
        line.close()
    assert count(town, people) == 20
    for one in (one for each in found for one in each):
        assert one["status"] in (200, 201, 409), one
    assert sum(one["status"] == 201 for each in found for one in each) == 20
