"""Consortia and their policy: versions in time, rights, and every flaw."""

import copy
import datetime
import uuid

import pytest

from tests.api.test_reference_lists import walk

POLICY = {
    "weights": {"specialty": 4000, "skills": 2000, "education": 500,
                "place": 1500, "period": 1000, "pay": 1000},
    "tier_points": {"same_specialty": 10000, "same_class": 9000,
                    "class_or_tie": 7000, "same_category": 3000, "none": 1},
    "place_points": {"same_county": 9999, "same_city": 8000,
                     "same_province": 5000, "willing_to_move": 2500,
                     "away": 2},
    "education_points": {"as_asked": 8000, "one_level_above": 9000,
                         "two_levels_above": 10000},
    "neutral_points": 5001, "intern_months_max": 8,
    "intern_week_minutes_max": 2401, "floor_mille": 30,
    "staff_cap_mille": 90, "post_category_cap_mille": 180,
    "cross_category": "warn", "proposed_wishes": 7,
    "counted_lists": "certified", "host_lists": "required",
    "invitations_per_day": 40, "invitations_per_student": 3,
    "interviews_per_application": 2, "answer_days": 3, "appeal_days": 60,
    "note": "第二版",
    "floor_base": "posts",
    "size_classes": [{"name": "小", "staff_from": 0},
                     {"name": "大", "staff_from": 300}],
    "floors": [{"industry_code": "C", "size_class": None,
                "floor_mille": 500},
               {"industry_code": "36", "size_class": "大",
                "floor_mille": 40},
               {"industry_code": None, "size_class": "小",
                "floor_mille": 0}],
}


@pytest.fixture
def path(people):
    return f"/v1/consortia/{people.consortium}/policy"


def later(**ahead):
    return (datetime.datetime.now(datetime.timezone.utc)
            + datetime.timedelta(**ahead)).isoformat()


def version_count(town, people):
    return town.one("select count(*) from policy where consortium_id = %s",
                    people.consortium)


def test_consortia_are_public(client, people):
    items = walk(client, "/v1/consortia?limit=2")
    slugs = [item["slug"] for item in items]
    assert people.slug in slugs and "service" not in slugs
    assert slugs == sorted(set(slugs))
    reply = client.get(f"/v1/consortia/{people.consortium}")
    assert reply.status == 200
    assert reply.json == items[slugs.index(people.slug)]
    assert reply.json["division_name"] == "杭州市"
    assert reply.headers["cache-control"].startswith("public")
    same = client.get(f"/v1/consortia/{people.consortium}",
                      headers={"If-None-Match": reply.etag})
    assert same.status == 304


@pytest.mark.parametrize("which", [uuid.UUID(int=0), uuid.uuid4(), "x"])
def test_no_such_consortium(client, which):
    assert client.get(f"/v1/consortia/{which}").status == 404


def test_a_policy_comes_back_as_it_was_sent(as_role, path):
    office = as_role("office")
    assert office.get(path).status == 404
    made = office.post(path, POLICY)
    assert made.status == 201, made
    assert {key: made.json[key] for key in POLICY} == POLICY
    assert made.json["version"] == 1 and made.etag == '"v1"'
    assert made.headers["location"] == path + "?version=1"
    assert office.get(made.headers["location"]).json == made.json
    assert office.get(path).json == made.json
    assert office.get(path, headers={"If-None-Match": made.etag}).status == 304


def test_what_is_left_out_is_as_usual(as_role, path):
    usual = {"floor_base": "staff", "size_classes": [], "floors": [],
             "proposed_wishes": 0, "counted_lists": "all",
             "host_lists": "kept",
             "invitations_per_day": 50, "invitations_per_student": 5, "interviews_per_application": 5,
             "answer_days": 7, "appeal_days": 7, "note": None}
    made = as_role("office").post(path, {
        name: value for name, value in POLICY.items() if name not in usual})
    assert made.status == 201, made
    assert {name: made.json[name] for name in usual} == usual


def test_it_is_what_the_matcher_and_the_quotas_read(as_role, path, town,
                                                     people):
    assert as_role("office").post(path, POLICY).status == 201
    row = town.run(
        "select weight_specialty, weight_pay, tier_points, place_points,"
        " education_points, neutral_points, floor_mille, staff_cap_mille,"
        " post_category_cap_mille, cross_category, intern_months_max,"
        " intern_week_minutes_max, created_by from policy"
        " where consortium_id = %s", people.consortium)
    assert row == [(4000, 1000, [10000, 9000, 7000, 3000, 1],
                    [9999, 8000, 5000, 2500, 2], [8000, 9000, 10000], 5001,
                    30, 90, 180, "warn", 8, 2401, people.accounts["office"])]


def test_a_change_never_rewrites_the_past(as_role, path, town, people):
    office = as_role("office")
    town.run("insert into policy (consortium_id, version, valid_from)"
             " values (%s, 1, now() - interval '10 days')",
             people.consortium)
    before = office.get(path).json
    assert before["floor_mille"] == 20
    ahead = later(days=7)
    assert office.post(path, {**POLICY, "valid_from": ahead}).status == 201
    assert office.get(path).json == before
    assert office.get(path + "?version=2").json["floor_mille"] == 30
    then = later(days=8).replace("+", "%2B")
    assert office.get(path + "?at=" + then).json["version"] == 2
    moment = later(seconds=0).replace("+", "%2B")
    assert office.post(path, {**POLICY, "floor_mille": 40}).status == 201
    assert office.get(path).json["version"] == 3
    assert office.get(path + "?at=" + moment).json == before
    assert office.get(path + "?at=2020-01-01T00:00:00Z").status == 404
    assert office.get(path + "?version=4").status == 404


def test_versions_are_walked_newest_first(as_role, path):
    office = as_role("office")
    for _ in range(5):
        assert office.post(path, POLICY).status == 201
    items = walk(office, path + "/versions?limit=2")
    assert [item["version"] for item in items] == [5, 4, 3, 2, 1]


def test_everybody_of_the_consortium_reads_and_the_office_alone_writes(
        as_role, path, client, town, people):
    assert as_role("office").post(path, POLICY).status == 201
    for role in ("student", "enterprise", "school"):
        assert as_role(role).get(path).status == 200
        assert as_role(role).get(path + "/versions").status == 200
        reply = as_role(role).post(path, POLICY)
        assert (reply.status, reply.problem["code"]) == (403, "forbidden")
    assert as_role("operator").get(path).status == 403
    for reply in (client.get(path), client.get(path + "/versions"),
                  client.post(path, POLICY)):
        assert (reply.status, reply.problem["code"]) == (401, "not-signed-in")
    assert version_count(town, people) == 1


def test_another_consortium_has_none(as_role, town):
    other = town.people()
    path = f"/v1/consortia/{other.consortium}/policy"
    office = as_role("office")
    assert office.get(path).status == 404
    assert office.get(path + "/versions").status == 404
    assert office.post(path, POLICY).status == 404
    assert office.get("/v1/consortia/x/policy").status == 404
    assert version_count(town, other) == 0


def changed(**members):
    body = copy.deepcopy(POLICY)
    for name, value in members.items():
        if isinstance(value, dict):
            body[name].update(value)
        else:
            body[name] = value
    return body


@pytest.mark.parametrize("body, flaws", [
    (changed(weights={"pay": 1001}), [("#/weights", "inconsistent")]),
    (changed(tier_points={"same_class": 6999, "none": 3001}),
     [("#/tier_points/class_or_tie", "inconsistent"),
      ("#/tier_points/none", "inconsistent")]),
    (changed(place_points={"away": 2501}),
     [("#/place_points/away", "inconsistent")]),
    (changed(floor_mille=91, floor_base="staff"),
     [("#/floor_mille", "inconsistent"),
      ("#/floors/0/floor_mille", "inconsistent")]),
    (changed(size_classes=[{"name": "小", "staff_from": 1},
                           {"name": "大", "staff_from": 1},
                           {"name": "小", "staff_from": 0}],
             floors=[{"floor_mille": 1},
                     {"size_class": "中", "floor_mille": 1},
                     {"industry_code": "C", "floor_mille": 1},
                     {"industry_code": "c", "size_class": None,
                      "floor_mille": 2},
                     {"industry_code": "98", "floor_mille": 3}],
             valid_from="2026-01-01T00:00:00Z"),
     [("#/size_classes/0/staff_from", "inconsistent"),
      ("#/size_classes/1/staff_from", "inconsistent"),
      ("#/size_classes/2/staff_from", "inconsistent"),
      ("#/size_classes/2/name", "duplicate"),
      ("#/floors/0", "required"), ("#/floors/1/size_class", "not-a-choice"),
      ("#/floors/3", "duplicate"),
      ("#/floors/4/industry_code", "unknown-code"),
      ("#/valid_from", "out-of-range")]),
    (changed(size_classes=[{"name": " 小", "staff_from": -1}],
             floors=[{"industry_code": "361", "floor_mille": 1001},
                     {"industry_code": "U"}],
             floor_base="people"),
     [("#/floor_base", "not-a-choice"),
      ("#/size_classes/0/name", "not-trimmed"),
      ("#/size_classes/0/staff_from", "out-of-range"),
      ("#/floors/0/industry_code", "too-long"),
      ("#/floors/0/floor_mille", "out-of-range"),
      ("#/floors/1/industry_code", "malformed"),
      ("#/floors/1/floor_mille", "required")]),
    (changed(valid_from="2020-01-01T00:00:00Z"),
     [("#/valid_from", "out-of-range")]),
    (changed(weights={"pay": 0}, place_points={"same_city": 10000},
             floor_base="staff", floors=[], floor_mille=1000,
             valid_from="2026-01-01T00:00:00Z"),
     [("#/weights", "inconsistent"),
      ("#/place_points/same_city", "inconsistent"),
      ("#/floor_mille", "inconsistent"), ("#/valid_from", "out-of-range")]),
    (changed(weights={"pay": -1, "colour": 3}),
     [("#/weights/pay", "out-of-range"), ("#/weights/colour", "unknown")]),
    (changed(tier_points={"none": "0"}), [("#/tier_points/none",
                                           "wrong-type")]),
    (changed(staff_cap_mille=101, post_category_cap_mille=201,
             intern_months_max=37, intern_week_minutes_max=2641,
             neutral_points=10001, cross_category="maybe", note="", host_lists="none",
             proposed_wishes=51),
     [("#/neutral_points", "out-of-range"),
      ("#/intern_months_max", "out-of-range"),
      ("#/intern_week_minutes_max", "out-of-range"),
      ("#/staff_cap_mille", "out-of-range"),
      ("#/post_category_cap_mille", "out-of-range"),
      ("#/cross_category", "not-a-choice"),
      ("#/proposed_wishes", "out-of-range"),
      ("#/host_lists", "not-a-choice"), ("#/note", "too-short")]),
    (changed(valid_from="tomorrow", version=7),
     [("#/valid_from", "malformed"), ("#/version", "unknown")]),
    ({"weights": []}, None),
])
def test_every_flaw_is_listed_and_nothing_is_written(
        as_role, path, town, people, body, flaws):
    reply = as_role("office").post(path, body)
    assert (reply.status, reply.problem["code"]) == (422, "invalid-body")
    found = [(flaw["pointer"], flaw["code"])
             for flaw in reply.problem["errors"]]
    if flaws:
        assert found == flaws
    else:
        assert len(found) == 11
    assert version_count(town, people) == 0


def test_malformed_json(as_role, path):
    for raw in (b"", b"{", b'{"note": "a", "note": "b"}', b"[1"):
        reply = as_role("office").post(path, raw=raw)
        assert (reply.status, reply.problem["code"]) == \
            (400, "malformed-json")


@pytest.mark.parametrize("query, where", [
    ("?version=1&at=2026-01-01T00:00:00Z", ["at"]),
    ("?version=0", ["version"]), ("?version=x", ["version"]),
    ("?at=today", ["at"]), ("?colour=red", ["colour"]),
    ("/versions?after=MQ", ["after"]), ("/versions?version=1", ["version"])])
def test_bad_parameters(as_role, path, query, where):
    reply = as_role("office").get(path + query)
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert reply.wheres() == where


def test_one_key_makes_one_version(as_role, path, town, people):
    office = as_role("office")
    key = {"Idempotency-Key": "policy-1"}
    first = office.post(path, POLICY, headers=key)
    again = office.post(path, POLICY, headers=key)
    assert (first.status, again.status) == (201, 201)
    assert first.json == again.json
    assert version_count(town, people) == 1
