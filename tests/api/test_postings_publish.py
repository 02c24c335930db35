"""Postings: publishing and closing, and the rules in the way."""

import datetime

import pytest

from tests.api.firm import PATH, draft, later
from tests.api.firm import firm  # noqa: F401 (fixture)

# ---- publishing ----

def test_publish(firm, town, people):
    made = firm.add()
    until = later(10)
    reply = firm.publish(made, until)
    assert (reply.status, reply.etag) == (200, '"v2"')
    assert reply.json["state"] == "published"
    closes = datetime.datetime.fromisoformat(
        reply.json["closes_at"].replace("Z", "+00:00"))
    assert closes == datetime.datetime.fromisoformat(until)
    assert reply.json["published_at"] is not None
    assert firm.client.get(f"{PATH}/{made['id']}").json == reply.json
    assert town.run("select from_state, to_state, actor from event"
                    " where subject_id = %s", made["id"]) == \
        [("draft", "published", people.accounts["enterprise"])]


def test_publish_twice(firm):
    posting = firm.open()
    reply = firm.publish(posting)
    assert (reply.status, reply.problem["code"]) == (409, "wrong-state")


@pytest.mark.parametrize("body, where", [
    ({}, "#/closes_at"), ({"closes_at": None}, "#/closes_at"),
    ({"closes_at": "2027-01-01"}, "#/closes_at"),
    ({"closes_at": "2020-01-01T00:00:00Z"}, "#/closes_at"),
    ({"closes_at": "2199-01-01T00:00:00Z", "state": "x"}, "#/state")])
def test_publish_until_when(firm, body, where):
    made = firm.add()
    reply = firm.client.post(f"{PATH}/{made['id']}/publish", body)
    assert (reply.status, reply.problem["code"], reply.wheres()) == \
        (422, "invalid-body", [where])
    assert firm.client.get(f"{PATH}/{made['id']}").json == made


BREACHES = [
    # changes, rule, pointer, limit, actual
    ({"day_minutes": 481}, "day-hours", "#/day_minutes", 480, 481),
    ({"week_minutes": 2641}, "week-hours", "#/week_minutes", 2640, 2641),
    ({"labour_grade": 3}, "labour-grade", "#/labour_grade", 2, 3),
    ({"pay_standard_fen": 400004}, "pay-share", "#/pay_min_fen", 320003, 320000),
    ({"period_start": ..., "period_end": ...}, "period-named", "#/period_start", None,
     None),
    ({"pay_min_fen": ..., "pay_max_fen": ...}, "pay-named", "#/pay_min_fen", None,
     None),
    ({"targets": []}, "targets-named", "#/targets", None, None),
    ({"conditions": ["entertainment"]}, "entertainment", "#/conditions", None, None),
    ({"conditions": ["intermediary"]}, "intermediary", "#/conditions", None, None),
    ({"conditions": ["height"]}, "hazard", "#/conditions", None, None),
    ({"conditions": ["high_risk"]}, "hazard", "#/conditions", None, None),
    ({"conditions": ["overtime"]}, "overtime", "#/conditions", None, None),
    ({"conditions": ["night_shift"]}, "night-shift", "#/conditions", None,
     None),
    ({"conditions": ["rest_days"]}, "rest-days", "#/conditions", None, None),
]


@pytest.mark.parametrize("changes, rule, where, limit, actual", BREACHES)
def test_rules_of_publication(firm, changes, rule, where, limit, actual):
    made = firm.add(**changes)
    reply = firm.publish(made)
    problem = reply.problem
    assert (reply.status, problem["code"]) == (422, "rule-broken"), reply
    assert (problem["rule"], reply.wheres()) == (rule, [where])
    assert problem["article"]
    assert (problem.get("limit"), problem.get("actual")) == (limit, actual)
    assert firm.client.get(f"{PATH}/{made['id']}").json == made


def test_the_rules_are_those_of_the_database(firm, town):
    """Were the server not to look, PostgreSQL would refuse the same."""
    for changes, *_ in BREACHES:
        made = firm.add(**changes)
        with pytest.raises(Exception) as refused:
            town.run("update posting set state = 'published', closes_at ="
                     " now() + interval '1 day', actor = created_by"
                     " where id = %s", made["id"])
        assert refused.value.pgcode == "23514", changes


@pytest.mark.parametrize("changes", [
    {"day_minutes": 480, "week_minutes": 2640, "labour_grade": 2},
    {"pay_standard_fen": 400000}, {"pay_standard_fen": 400001},
    {"conditions": ["height", "overtime", "filed"],
     "exception_filing": "杭教备 1"},
    {"conditions": ["heavy_lifting", "minor_barred", "female_barred"]},
    {"kind": "job", "targets": [], "labour_grade": 4, "period_start": ...,
     "period_end": ..., "conditions": ["height", "overtime"]},
])
def test_within_the_rules(firm, changes):
    assert firm.open(**changes)["state"] == "published"


def test_every_broken_rule_is_named_at_once(town, people, firm):
    town.run("update enterprise set state = 'suspended', actor = id,"
             " reason = 'test' where id = %s", people.enterprise)
    made = firm.add(day_minutes=600, labour_grade=4, targets=[],
                    conditions=["intermediary", "toxic", "night_shift"])
    reply = firm.publish(made, "2020-01-01T00:00:00Z")
    assert reply.problem["code"] == "rule-broken"
    assert reply.wheres() == [
        "#/closes_at", "#/day_minutes", "#/labour_grade", "#/targets",
        "#/conditions", "#/conditions", "#/conditions", "#/enterprise_id"]
    assert (reply.problem["rule"], reply.problem["source"]) == \
        ("day-hours", "1.13")


def test_only_a_verified_enterprise_publishes(town, people, firm):
    made = firm.add()
    for state in ("unverified", "suspended"):
        town.run("update enterprise set state = %s, actor = id,"
                 " reason = 'test' where id = %s", state, people.enterprise)
        reply = firm.publish(made)
        assert (reply.status, reply.problem["rule"], reply.wheres()) == \
            (422, "enterprise-verified", ["#/enterprise_id"])
        town.run("update enterprise set state = 'verified', actor = id"
                 " where id = %s", people.enterprise)
    assert firm.publish(made).status == 200


def test_refusals_are_in_chinese_by_default(firm):
    made = firm.add(labour_grade=3)
    reply = firm.client.post(f"{PATH}/{made['id']}/publish",
                             {"closes_at": later()},
                             headers={"Accept-Language": "zh-CN"})
    assert "体力劳动" in reply.problem["errors"][0]["detail"]


# ---- closing ----

def test_close_and_publish_again(firm, town):
    posting = firm.open()
    closed = firm.close(posting, reason="岗位已招满")
    assert (closed.status, closed.etag) == (200, '"v3"')
    assert closed.json["state"] == "closed"
    assert town.one("select reason from event where subject_id = %s"
                    " and to_state = 'closed'", posting["id"]) == "岗位已招满"
    again = firm.close(posting)
    assert (again.status, again.problem["code"]) == (409, "wrong-state")
    assert firm.publish(posting).json["state"] == "published"
    assert firm.close(posting).json["version"] == 5


def test_a_draft_cannot_be_closed(firm):
    made = firm.add()
    reply = firm.close(made)
    assert reply.status == 409
    assert "draft" in reply.problem["detail"]
    assert firm.client.get(f"{PATH}/{made['id']}").json == made


def test_closing_takes_a_reason_and_nothing_else(firm):
    posting = firm.open()
    reply = firm.close(posting, reason="", why="x")
    assert (reply.status, reply.wheres()) == (422, ["#/reason", "#/why"])
    assert firm.close(posting, reason=None).status == 200
