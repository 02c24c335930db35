"""Where a school may send interns: its list of host units (rules 1.25, 1.26),
consent and filing for another province (1.24), and only who is enrolled."""

import pytest

from tests.api.firm import NOBODY
from tests.api.firm import second  # noqa: F401 (fixture)
from tests.api.hall import hall  # noqa: F401 (fixture)
from tests.api.placed import PATH, broken, day, refused
from tests.api.placed import ward  # noqa: F401 (fixture)

UNIT = {"decided_on": day(-30), "published_on": day(-20),
        "published_at": "https://school.example/hosts",
        "visited_on": day(-60), "visit_report": "三个车间，防护齐全",
        "is_honest": True, "is_safe": True, "is_equipped": True}


def units(people, enterprise=""):
    return f"/v1/schools/{people.school}/host-units" + \
        (f"/{enterprise}" if enterprise else "")


@pytest.fixture
def put(hall, people):  # noqa: F811
    def put(enterprise=None, **changes):
        body = {name: value for name, value in {**UNIT, **changes}.items()
                if value is not ...}
        return hall.school.put(units(people, enterprise
                                     or people.enterprise), body)
    return put


def test_put_read_delete(hall, put, people, second):  # noqa: F811
    first = put()
    assert (first.status, first.json["version"]) == (200, 1), first
    assert {name: first.json[name] for name in UNIT} == UNIT
    assert put(published_on=None, published_at=None).json["version"] == 2
    assert put(second.enterprise).status == 200
    listed = {role: [one["enterprise_id"] for one in
                     getattr(hall, role).get(units(people)).json["items"]]
              for role in ("school", "office", "student", "enterprise")}
    both = sorted([str(people.enterprise), str(second.enterprise)])
    assert listed == {"school": both, "office": both,
                      "student": [str(second.enterprise)],
                      "enterprise": [str(second.enterprise)]}
    page = hall.school.get(units(people) + "?limit=1").json
    assert hall.school.get(page["next"]).json["items"][0]["enterprise_id"] \
        == both[1]
    path = units(people, people.enterprise)
    assert hall.school.delete(path).status == 204
    assert hall.school.delete(path).status == 404
    assert hall.office.delete(path).status == 403


@pytest.mark.parametrize("changes,where", [
    ({"decided_on": ...}, "#/decided_on"), ({"is_safe": ...}, "#/is_safe"),
    ({"published_on": day(-31)}, "#/published_on"),
    ({"visited_on": None}, "#/visit_report"),
    ({"visit_report": None}, "#/visit_report"),
    ({"is_honest": 1}, "#/is_honest"), ({"why": "x"}, "#/why")])
def test_what_must_be_said(put, changes, where):
    reply = put(**changes)
    assert (reply.status, reply.wheres()) == (422, [where])


def test_unknown_hosts(hall, put, people):  # noqa: F811
    assert put(NOBODY).status == 404
    assert hall.school.put(f"/v1/schools/{NOBODY}/host-units/"
                           f"{people.enterprise}", UNIT).status == 404
    assert hall.school.get(f"/v1/schools/{NOBODY}/host-units").status == 404
    assert hall.school.get(units(people) + "?after=!").status == 400


def test_only_from_the_list(ward, put, second):  # noqa: F811
    """host-listed: once a list is begun, nothing beside it; published."""
    assert ward.nominate().status == 201, "no list is begun"
    assert put(second.enterprise).status == 200
    for changes in (None, {"published_on": None},
                    {"published_on": day(1)}):
        if changes:
            put(**changes)
        reply = ward.nominate()
        broken(reply, "host-listed")
        assert reply.problem["source"] == "1.25"
    put()
    assert ward.nominate().status == 201


def test_a_policy_may_ask_it_of_every_school(
        ward, hall, put, people, town, second):  # noqa: F811
    """host_lists: by the version that holds when it is checked."""
    path = f"/v1/consortia/{people.consortium}/policy"
    found = ward.found()
    said = {name: value for name, value in hall.office.get(path).json.items()
            if name not in ("version", "valid_from", "created_at")}
    later = hall.office.post(path, {
        **said, "host_lists": "required",
        "valid_from": "2099-01-01T00:00:00Z"})
    assert later.status == 201, later
    assert ward.nominate().status == 201, "not yet in force"
    assert hall.office.post(path, {**said, "host_lists":
                                   "required"}).status == 201
    student = town.student(people.consortium, people.school)
    broken(ward.nominate(student=student), "host-listed")
    broken(ward.approve(found), "host-listed")
    put(second.enterprise)
    broken(ward.nominate(student=student), "host-listed")
    put()
    assert ward.nominate(student=student).status == 201
    assert ward.approve(found).status == 200


@pytest.mark.parametrize("bad", [
    {"is_honest": False}, {"is_safe": False}, {"is_equipped": False},
    {"visited_on": None, "visit_report": None}])
def test_only_what_was_looked_at(ward, put, bad):
    """host-admissible."""
    put(**bad)
    broken(ward.nominate(), "host-admissible")
    put()
    assert ward.nominate().status == 201


def test_a_known_host_need_not_be_visited_anew(ward, hall, put):  # noqa
    made = ward.started()
    ward.back(made, 121)
    assert ward.complete(made).status == 200
    put(visited_on=None, visit_report=None)
    assert ward.nominate().status == 201


def test_what_a_student_found_is_approved_from_the_list(
        ward, put, second):  # noqa: F811
    made = ward.found()
    put(second.enterprise)
    broken(ward.approve(made), "host-listed")
    put()
    assert ward.approve(made).status == 200


def test_nothing_starts_beside_the_list(ward, hall, put, second,
                                        people):  # noqa: F811
    made = ward.signed()
    put(second.enterprise)
    broken(ward.start(made), "host-listed")
    put(is_safe=False)
    broken(ward.start(made), "host-admissible")
    put()
    assert ward.start(made).status == 200
    # taken off the list, who is there stays
    assert hall.school.delete(units(people, people.enterprise)).status == 204
    assert ward.complete(made, reason="提前达到要求").status == 200


# -- another province (1.24) -------------------------------------------------

CONSENT = {"consented_by": "杭州市教育局", "consent_number": "杭教职 12",
           "consented_on": day(-9)}
FILED = {**CONSENT, "filed_with": "浙江省教育厅", "filing_number": "浙备 7",
         "filed_on": day(-2)}


def filing(ward, placement, client=None, **body):
    return (client or ward.hall.school).put(f"{PATH}/{placement}/filing",
                                            body)


def test_another_province_is_filed_first(ward, hall, town):
    """cross-province-filed."""
    made = ward.signed(ward.accepted(division_code="310101"))
    path = f"{PATH}/{made}/filing"
    assert hall.school.get(path).json["is_needed"] is True
    broken(ward.start(made), "cross-province-filed")
    assert filing(ward, made, **CONSENT).json["version"] == 1
    broken(ward.start(made), "cross-province-filed")
    reply = filing(ward, made, **{**FILED, "filed_on": day(1)})
    assert reply.status == 200, "filing is for days to come"
    broken(ward.start(made), "cross-province-filed")
    reply = filing(ward, made, **FILED)
    assert (reply.json["version"], reply.json["filing_number"]) \
        == (3, "浙备 7")
    assert hall.student.get(path).json == reply.json
    assert ward.start(made).status == 200
    refused(filing(ward, made, **FILED))


def test_the_same_province_needs_none(ward, hall):
    made = ward.signed(ward.accepted(division_code="330200"))
    reply = hall.enterprise.get(f"{PATH}/{made}/filing")
    assert (reply.json["is_needed"], reply.json["version"]) == (False, 0)
    assert hall.enterprise.get(f"{PATH}/{made}/filing", headers={
        "If-None-Match": reply.etag}).status == 304
    assert ward.start(made).status == 200


@pytest.mark.parametrize("changes,where", [
    ({"consent_number": ...}, "#/consent_number"),
    ({"filed_on": None}, "#/filed_with"),
    ({"filed_on": day(-10)}, "#/filed_on"),
    ({"consented_by": " "}, "#/consented_by")])
def test_what_a_filing_says(ward, changes, where):
    made = ward.nominated()
    body = {name: value for name, value in {**FILED, **changes}.items()
            if value is not ...}
    reply = filing(ward, made, **body)
    assert (reply.status, reply.wheres()) == (422, [where])


def test_whose_filing(ward, hall, second):  # noqa: F811
    made = ward.nominated()
    assert filing(ward, made, hall.student, **CONSENT).status == 403
    assert second.client.get(f"{PATH}/{made}/filing").status == 404
    assert filing(ward, NOBODY, **CONSENT).status == 404


# -- who is enrolled ---------------------------------------------------------

def test_only_who_is_enrolled_starts(ward, town, people):
    """enrolled."""
    made = ward.signed()
    town.run("update student set state = 'left', actor = id, reason = '退学'"
             " where id = %s", people.student)
    broken(ward.start(made), "enrolled")
    town.run("update student set state = 'active', actor = id"
             " where id = %s", people.student)
    assert ward.start(made).status == 200
