"""Post categories, and the floor and caps that count on staff."""

import datetime

import pytest

from tests.api.test_reference_lists import walk
from tests.api.town import SERVICE, new_id

CATEGORY = {"name": "数控车工", "occupation_code": "6-18-01-01",
            "staff_count": 49, "staff_counted_on": "2026-10-31"}
ZONE = datetime.timezone(datetime.timedelta(hours=8))


def own_path(people, *rest):
    return "/".join([f"/v1/enterprises/{people.enterprise}", *rest])


@pytest.fixture
def path(people):
    return own_path(people, "post-categories")


def day(ahead=0):
    today = datetime.datetime.now(ZONE).date()
    return (today + datetime.timedelta(days=ahead)).isoformat()


def test_a_category_comes_back_as_it_was_sent(as_role, path):
    own = as_role("enterprise")
    made = own.post(path, CATEGORY)
    assert made.status == 201, made
    assert {name: made.json[name] for name in CATEGORY} == CATEGORY
    assert made.json["occupation_name"] == "车工"
    assert made.headers["location"] == f"{path}/{made.json['id']}"
    found = own.get(made.headers["location"])
    assert (found.json, found.etag) == (made.json, made.etag)
    same = own.get(made.headers["location"],
                   headers={"If-None-Match": made.etag})
    assert same.status == 304
    assert as_role("office").get(made.headers["location"]).json == made.json
    bare = own.post(path, {"name": "钳工", "staff_count": 0,
                           "staff_counted_on": "2026-10-31"})
    assert (bare.json["occupation_code"], bare.json["occupation_name"]) == \
        (None, None)
    assert walk(own, path + "?limit=1") == [made.json, bare.json]


def test_change_and_delete(as_role, path):
    own = as_role("enterprise")
    made = own.post(path, CATEGORY)
    target = made.headers["location"]
    patch = {"name": "数控铣工", "staff_count": 50,
             "staff_counted_on": "2026-11-01", "occupation_code": None}
    changed = own.patch(target, patch, headers={"If-Match": made.etag})
    assert changed.status == 200, changed
    assert {name: changed.json[name] for name in patch} == patch
    assert own.patch(target, {"name": "甲"},
                     headers={"If-Match": made.etag}).status == 412
    assert own.patch(target, {"name": "甲"}).status == 428
    assert own.patch(target, {"name": "甲"}, headers={"If-Match": changed.etag},
                     content_type="application/json").status == 415
    assert own.delete(target).status == 428
    assert own.delete(target, headers={"If-Match": made.etag}).status == 412
    same = own.patch(target, {}, headers={"If-Match": changed.etag})
    assert (same.status, same.etag) == (200, changed.etag)
    gone = own.delete(target, headers={"If-Match": changed.etag})
    assert (gone.status, gone.body) == (204, b"")
    assert own.get(target).status == 404
    assert own.delete(target, headers={"If-Match": '"v1"'}).status == 404


def test_one_that_postings_name_stays(as_role, path, town, people):
    own = as_role("enterprise")
    made = own.post(path, CATEGORY)
    town.run("insert into posting (consortium_id, id, enterprise_id,"
             " post_category_id, kind, title, openings, division_code)"
             " values (%s, %s, %s, %s, 'job', '车工', 1, '330106')",
             people.consortium, new_id(), people.enterprise, made.json["id"])
    kept = own.delete(made.headers["location"],
                      headers={"If-Match": made.etag})
    assert (kept.status, kept.problem["code"]) == (409, "conflict")
    assert own.get(made.headers["location"]).status == 200


def test_names_are_taken_once(as_role, path):
    own = as_role("enterprise")
    assert own.post(path, CATEGORY).status == 201
    twice = own.post(path, CATEGORY)
    assert (twice.status, twice.problem["code"], twice.wheres()) == \
        (409, "conflict", ["#/name"])
    other = own.post(path, {**CATEGORY, "name": "钳工"})
    target, tag = other.headers["location"], {"If-Match": other.etag}
    assert own.patch(target, {"name": CATEGORY["name"]},
                     headers=tag).status == 409
    assert own.patch(target, {"name": "钳工"}, headers=tag).status == 200
    assert len(walk(own, path)) == 2


@pytest.mark.parametrize("changes, flaws", [
    ({"name": ""}, [("#/name", "too-short")]),
    ({"name": "车\t工"}, [("#/name", "control-character")]),
    ({"staff_count": "49"}, [("#/staff_count", "wrong-type")]),
    ({"staff_count": -1, "occupation_code": "6"},
     [("#/occupation_code", "too-short"), ("#/staff_count",
                                           "out-of-range")]),
    ({"occupation_code": "8-99-99-99", "staff_counted_on": "2199-01-01"},
     [("#/occupation_code", "unknown-code"),
      ("#/staff_counted_on", "out-of-range")]),
    ({"colour": "red"}, [("#/colour", "unknown")])])
def test_flaws(as_role, path, changes, flaws):
    own = as_role("enterprise")
    made = own.post(path, {**CATEGORY, "name": "有"})
    for reply in (own.post(path, {**CATEGORY, **changes}),
                  own.patch(made.headers["location"],
                            {"staff_counted_on": "2026-10-31", **changes},
                            headers={"If-Match": made.etag})):
        assert (reply.status, reply.problem["code"]) == (422, "invalid-body")
        assert sorted((flaw["pointer"], flaw["code"])
                      for flaw in reply.problem["errors"]) == flaws
    assert walk(own, path) == [made.json]


def test_a_patched_count_needs_its_day(as_role, path):
    own = as_role("enterprise")
    made = own.post(path, CATEGORY)
    reply = own.patch(made.headers["location"], {"staff_count": 1},
                      headers={"If-Match": made.etag})
    assert (reply.status, reply.wheres()) == (422, ["#/staff_counted_on"])
    missing = own.post(path, {})
    assert (missing.status, missing.wheres()) == \
        (422, ["#/name", "#/staff_count", "#/staff_counted_on"])
    reply = own.post(path, raw=b'{"name"')
    assert (reply.status, reply.problem["code"]) == (400, "malformed-json")


def test_rights(as_role, client, path, town, people):
    made = as_role("enterprise").post(path, CATEGORY)
    target, tag = made.headers["location"], {"If-Match": made.etag}
    quota = own_path(people, "quota")
    for at in (path, target, quota):
        assert client.get(at).status == 401
        for role in ("student", "school", "operator"):
            assert as_role(role).get(at).status == 403
    for role in ("student", "school", "office", "operator"):
        caller = as_role(role)
        assert caller.post(path, CATEGORY).status == 403
        assert caller.patch(target, {}, headers=tag).status == 403
        assert caller.delete(target, headers=tag).status == 403
    assert walk(as_role("office"), path) == [made.json]


def test_what_is_another_enterprises_is_not_found(as_role, path, town,
                                                  people):
    made = as_role("enterprise").post(path, CATEGORY)
    away, own = town.people(), as_role("enterprise")
    for other in (town.enterprise(people.consortium), away.enterprise,
                  new_id(), "nonsense"):
        base = f"/v1/enterprises/{other}"
        target = f"{base}/post-categories/{made.json['id']}"
        tag = {"If-Match": made.etag}
        assert own.get(base + "/quota").status == 404
        assert own.get(base + "/post-categories").status == 404
        assert own.post(base + "/post-categories", CATEGORY).status == 404
        assert own.get(target).status == 404
        assert own.patch(target, {}, headers=tag).status == 404
        assert own.delete(target, headers=tag).status == 404
        if other == away.enterprise or other == "nonsense":
            office = as_role("office")
            assert office.get(base + "/quota").status == 404
            assert office.get(base + "/post-categories").status == 404
            assert office.get(target).status == 404
    assert own.get(path + "/nonsense").status == 404
    assert own.get(f"{path}/{new_id()}").status == 404


# ---- quota ----

class Interns:
    """Placements in states and periods that tests choose."""

    def __init__(self, town, people):
        self.town, self.people = town, people
        self.posting = {}

    def add_policy(self, valid_from="2026-01-01Z", **columns):
        version = 1 + self.town.one(
            "select coalesce(max(version), 0) from policy"
            " where consortium_id = %s", self.people.consortium)
        names = "".join(", " + name for name in columns)
        self.town.run(
            f"insert into policy (consortium_id, version, valid_from{names})"
            " values (%s, %s, %s" + ", %s" * len(columns) + ")",
            self.people.consortium, version, valid_from, *columns.values())
        return version

    def _posting(self, category):
        if category not in self.posting:
            made = self.posting[category] = new_id()
            self.town.run(
                "insert into posting (consortium_id, id, enterprise_id,"
                " post_category_id, kind, title, openings, division_code)"
                " values (%s, %s, %s, %s, 'internship', '实习', 9, '330106')",
                self.people.consortium, made, self.people.enterprise,
                category)
        return self.posting[category]

    def _run(self, first, last):
        subject, run, home = new_id(), new_id(), self.people.consortium
        self.town.run(
            "insert into round (consortium_id, id, name, opens_at, closes_at,"
            " period_start, period_end, seed, seed_sha256) values (%s, %s,"
            " '轮', '2020-01-01Z', '2020-01-02Z', %s, %s, 's', sha256('s'))",
            home, subject, first, last)
        # its window was long ago: past the trigger that opens in time alone
        self.town.run("set session_replication_role = replica")
        self.town.run("update round set state = 'closed', policy_version = 1"
                      " where consortium_id = %s and id = %s", home, subject)
        self.town.run("set session_replication_role = default")
        self.town.run("insert into run (consortium_id, id, round_id, mode)"
                      " values (%s, %s, %s, 'stable')", home, run, subject)
        return subject, run

    def place(self, first, last, state="accepted", category=None,
              student=None):
        """A student in a seat; the student."""
        people, made = self.people, new_id()
        student = student or self.town.student(people.consortium,
                                               people.school)
        subject, run = self._run(first, last)
        self.town.run(
            "insert into placement (consortium_id, id, round_id, run_id,"
            " student_id, posting_id, enterprise_id, post_category_id,"
            " period_start, period_end, score, choice) values (%s, %s, %s,"
            " %s, %s, %s, %s, %s, %s, %s, 5000, 1)", people.consortium, made,
            subject, run, student, self._posting(category),
            people.enterprise, category, first, last)
        way = {"proposed": [], "declined": ["declined"]}.get(
            state, ["accepted", "agreement_signed", "started", "completed"])
        for step in way[:way.index(state) + 1] if way else []:
            # an agreement is no matter here: past the triggers, but for
            # the one that counts
            if step not in ("accepted", "declined"):
                self.town.run("set session_replication_role = replica")
            self.town.run("update placement set state = %s, actor = case"
                          " when %s then %s::uuid end, reason = case"
                          " when %s then 'x' end, started_on ="
                          " period_start, ended_on = case %s when"
                          " 'completed' then period_end end"
                          " where consortium_id = %s and id = %s", step,
                          step in ("accepted", "declined"), SERVICE,
                          step == "declined", step,
                          people.consortium, made)
            self.town.run("set session_replication_role = default")
        return student


@pytest.fixture
def interns(town, people):
    return Interns(town, people)


def set_staff(town, people, staff):
    town.run("update enterprise set staff_count = %s, actor = %s where"
             " consortium_id = %s and id = %s", staff, SERVICE,
             people.consortium, people.enterprise)


def numbers(reply, *names):
    assert reply.status == 200, reply
    return tuple(reply.json[name] for name in names)


def test_without_a_policy_there_is_no_quota(as_role, people):
    reply = as_role("enterprise").get(own_path(people, "quota"))
    assert (reply.status, reply.problem["code"]) == (404, "not-found")


@pytest.mark.parametrize("staff, floor, cap", [
    (0, 0, 0), (9, 0, 0), (10, 1, 1), (49, 1, 4), (50, 1, 5), (51, 2, 5),
    (999, 20, 99), (5000000, 100000, 500000)])
def test_caps_round_down_and_floors_up(as_role, town, people, interns, staff,
                                       floor, cap):
    interns.add_policy()
    set_staff(town, people, staff)
    reply = as_role("office").get(own_path(people, "quota"))
    assert numbers(reply, "staff_count", "floor", "cap", "shortfall",
                   "headroom", "excess", "present", "rule", "cap_mille",
                   "floor_mille", "policy_version", "override_reason") == \
        (staff, floor, cap, floor, cap, 0, 0, "1.1", 100, 20, 1, None)
    assert (reply.json["from"], reply.json["to"]) == (day(), day())


def test_who_is_present(as_role, town, people, interns, path):
    own = as_role("enterprise")
    interns.add_policy()
    set_staff(town, people, 50)
    made = own.post(path, {**CATEGORY, "staff_count": 90})
    category = made.json["id"]
    other = own.post(path, {**CATEGORY, "name": "钳工"}).json["id"]
    quota = own_path(people, "quota")
    for state in ("accepted", "agreement_signed", "started"):
        interns.place(day(-10), day(10), state, category)
    for state in ("proposed", "declined", "completed"):
        interns.place(day(-10), day(10), state, category)
    interns.place(day(-20), day(-1))
    twice = interns.place(day(1), day(20), category=other)
    interns.place(day(30), day(40), category=other, student=twice)
    # above the cap comes only who was there before staff became fewer
    fewer = own.patch(made.headers["location"], {
        "staff_count": 9, "staff_counted_on": "2026-11-01",
        "reasons": [{"rule": "post-category-cap-kept", "reason": "减员"}]},
        headers={"If-Match": made.etag})
    assert fewer.status == 200, fewer

    now = own.get(quota)
    assert numbers(now, "present", "floor", "shortfall", "cap", "headroom",
                   "excess") == (3, 1, 0, 5, 2, 0)
    assert [(c["post_category_id"], c["rule"], c["cap_mille"], c["cap"],
             c["present"], c["headroom"], c["excess"])
            for c in now.json["post_categories"]] == \
        [(category, "1.2", 200, 1, 3, 0, 2), (other, "1.2", 200, 9, 0, 9, 0)]

    def present(first, last):
        reply = own.get(f"{quota}?from={first}&to={last}")
        return numbers(reply, "present")[0], [
            c["present"] for c in reply.json["post_categories"]]

    assert present(day(-1), day(-1)) == (4, [3, 0])
    assert present(day(-30), day(-21)) == (0, [0, 0])
    assert present(day(10), day(10)) == (4, [3, 1])
    assert present(day(11), day(20)) == (1, [0, 1])
    assert present(day(20), day(30)) == (1, [0, 1]), "one student, twice"
    assert present(day(-20), day(40)) == (5, [3, 1])
    one_day = own.get(f"{quota}?from={day(10)}")
    assert numbers(one_day, "from", "to", "present") == (day(10), day(10), 4)


def test_a_period_to_come_has_the_policy_to_come(as_role, people, interns):
    interns.add_policy()
    interns.add_policy(valid_from=day(10) + " 00:00+08", floor_mille=50,
                       staff_cap_mille=60, post_category_cap_mille=190)
    own, quota = as_role("enterprise"), own_path(people, "quota")
    want = {None: (1, 20, 100), day(9): (1, 20, 100), day(10): (2, 50, 60),
            "2026-01-01": (1, 20, 100)}
    for first, numbers_then in want.items():
        reply = own.get(quota + (f"?from={first}" if first else ""))
        assert numbers(reply, "policy_version", "floor", "cap") == \
            numbers_then
    before = own.get(quota + "?from=2025-12-31")
    assert (before.status, before.problem["code"]) == (404, "not-found")


def test_a_past_day_has_the_policy_of_then(as_role, people, interns):
    interns.add_policy(valid_from=day(-20) + " 00:00+08")
    interns.add_policy(valid_from=day(-10) + " 00:00+08", floor_mille=30)
    interns.add_policy(valid_from=day(-10) + " 15:00+08", floor_mille=40)
    interns.add_policy(valid_from=day(-1) + " 23:59+08", floor_mille=50)
    quota = own_path(people, "quota")
    for ahead, version in ((-20, 1), (-11, 1), (-10, 3), (-2, 3), (-1, 4),
                           (0, 4)):
        reply = as_role("office").get(f"{quota}?from={day(ahead)}")
        assert numbers(reply, "policy_version") == (version,), ahead


def test_what_the_office_granted_counts(as_role, town, people, interns,
                                        path):
    own = as_role("enterprise")
    interns.add_policy()
    own.post(path, CATEGORY)
    town.run("insert into quota_override (consortium_id, id, enterprise_id,"
             " floor_mille, staff_cap_mille, post_category_cap_mille, why,"
             " starts_on, ends_on) values (%s, %s, %s, 0, 50, 100,"
             " '新建产线', %s, %s)", people.consortium, new_id(),
             people.enterprise, day(-1), day(1))
    quota = own_path(people, "quota")
    for first in (day(-1), day(), day(1)):
        reply = own.get(f"{quota}?from={first}&to={day(9)}")
        assert numbers(reply, "floor_mille", "floor", "cap_mille", "cap",
                       "override_reason") == (0, 0, 50, 50, "新建产线")
        assert [(c["cap_mille"], c["cap"])
                for c in reply.json["post_categories"]] == [(100, 4)]
    for first in (day(-2), day(2)):
        reply = own.get(f"{quota}?from={first}")
        assert numbers(reply, "floor_mille", "floor", "cap_mille", "cap",
                       "override_reason") == (20, 20, 100, 100, None)
        assert [(c["cap_mille"], c["cap"])
                for c in reply.json["post_categories"]] == [(200, 9)]


def test_what_was_set_above_the_law_counts_as_the_law(
        as_role, town, people, interns, path):
    """A version of before it was refused; no such row can be made now."""
    own = as_role("enterprise")
    own.post(path, CATEGORY)
    for limit in ("policy_staff_cap_mille", "policy_post_category_cap_mille"):
        with pytest.raises(Exception, match=limit):
            interns.add_policy(**{limit[len("policy_"):]: 300})
    interns.add_policy()
    town.run("set session_replication_role = replica")
    try:
        town.run("alter table policy drop constraint"
                 " policy_staff_cap_mille_check, drop constraint"
                 " policy_post_category_cap_mille_check")
        town.run("update policy set staff_cap_mille = 300,"
                 " post_category_cap_mille = 500 where consortium_id = %s",
                 people.consortium)
    finally:
        town.run("set session_replication_role = default")
        town.run("alter table policy add constraint"
                 " policy_staff_cap_mille_check check (staff_cap_mille"
                 " between 1 and 100) not valid, add constraint"
                 " policy_post_category_cap_mille_check check"
                 " (post_category_cap_mille between 1 and 200) not valid")
    reply = own.get(own_path(people, "quota"))
    assert numbers(reply, "cap_mille", "cap") == (100, 100)
    assert [(c["cap_mille"], c["cap"])
            for c in reply.json["post_categories"]] == [(200, 9)]


@pytest.mark.parametrize("query, wheres", [
    ("to=2027-01-01", ["from"]), ("from=2027-01-02&to=2027-01-01", ["to"]),
    ("from=tomorrow", ["from"]), ("from=2027-02-30&colour=1",
                                  ["from", "colour"])])
def test_bad_periods(as_role, people, query, wheres):
    reply = as_role("office").get(own_path(people, "quota?") + query)
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert reply.wheres() == wheres
