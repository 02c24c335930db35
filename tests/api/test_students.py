"""Students: entered by their school, read by whom they concern."""

from urllib.parse import quote

import pytest

from tests.api.town import new_id

WISHES = {"willing_division_codes": ["330106", "330110"],
          "is_willing_anywhere": True, "pay_min_fen": 300000}
AT_HAND = {"available_from": "2026-03-01", "available_to": "2026-08-31",
           "skills": ["焊接", "CAD制图"], "certificates": ["电工证"]}
SCHOOLS = {"student_number": "N-77", "name": "吴桐",
           "specialty_code": "710201", "entry_year": 2025,
           "graduates_on": "2028-07-01", "class_name": "25计算机2班",
           "birth_date": "2009-02-28", "sex": "male",
           "home_division_code": "330102"}


def a_student(**more):
    return {"student_number": f"S/{new_id().hex[:12]}", "name": "周晓",
            "specialty_code": "660301", "entry_year": 2024,
            "birth_date": "2008-02-29", **more}


def count(town, people):
    return town.one("select count(*) from student where consortium_id = %s",
                    people.consortium)


def put_in(as_role, **more):
    made = as_role("school").post("/v1/students", a_student(**more))
    assert made.status == 201, made
    return made


def test_created_with_least(as_role, people):
    made = put_in(as_role)
    got = made.json
    assert got["school_id"] == str(people.school)
    assert got["level"] == "secondary" and got["state"] == "active"
    assert got["specialty_name"] and got["school_name"]
    assert got["skills"] == [] and got["pay_min_fen"] is None
    assert got["is_willing_anywhere"] is False and made.etag == '"v1"'
    assert made.headers["location"] == f"/v1/students/{got['id']}"
    assert as_role("school").get(made.headers["location"]).json == got


def test_created_with_everything(as_role):
    sent = {**a_student(), **SCHOOLS, **WISHES, **AT_HAND}
    made = as_role("school").post("/v1/students", sent)
    assert made.status == 201
    assert {name: made.json[name] for name in sent} == sent


def test_nulls_and_a_controlled_specialty(as_role):
    made = put_in(as_role, specialty_code="570102k", sex=None,
                  pay_min_fen=None, class_name=None)
    assert made.json["specialty_code"] == "570102"
    assert made.json["level"] == "associate" and made.json["sex"] is None


def test_the_same_key_enters_once(as_role, town, people):
    key, body = {"Idempotency-Key": "a-1"}, a_student()
    first = as_role("school").post("/v1/students", body, headers=key)
    again = as_role("school").post("/v1/students", body, headers=key)
    assert first.status == again.status == 201 and first.json == again.json
    assert count(town, people) == 2


@pytest.mark.parametrize("role, status", [
    ("student", 403), ("enterprise", 403), ("office", 403),
    ("operator", 403)])
def test_only_a_school_enters(as_role, town, people, role, status):
    assert as_role(role).post("/v1/students", a_student()).status == status
    assert count(town, people) == 1


def test_every_flaw_is_named(as_role, town, people):
    bad = as_role("school").post("/v1/students", {
        "student_number": "学号1", "name": "", "specialty_code": "110101",
        "entry_year": "2024", "sex": "f", "graduates_on": "2028-02-30",
        "pay_min_fen": -1, "willing_division_codes": ["330106", "330106"],
        "skills": ["焊接", ""], "colour": 1})
    assert bad.status == 422
    assert bad.wheres() == [
        "#/student_number", "#/name", "#/specialty_code", "#/entry_year",
        "#/birth_date", "#/sex", "#/graduates_on",
        "#/willing_division_codes", "#/pay_min_fen", "#/skills/1",
        "#/colour"]
    assert count(town, people) == 1


def test_every_unknown_code_is_named_beside_what_does_not_fit(
        as_role, town, people):
    bad = as_role("school").post("/v1/students", a_student(
        specialty_code="669999", home_division_code="339999",
        willing_division_codes=["330106", "449999", "110000", "559999"],
        birth_date="2024-01-01", graduates_on="2023-07-01",
        available_from="2026-03-02", available_to="2026-03-01"))
    assert bad.status == 422
    assert sorted(bad.wheres()) == [
        "#/available_to", "#/birth_date", "#/graduates_on",
        "#/home_division_code", "#/specialty_code",
        "#/willing_division_codes/1", "#/willing_division_codes/3"]
    assert count(town, people) == 1


@pytest.mark.parametrize("member, value", [
    ("birth_date", "1939-12-31"), ("birth_date", "2008-2-9"),
    ("entry_year", 2099), ("entry_year", 1999), ("name", "周\n晓"),
    ("name", "周\u0007晓"), ("name", "周" * 51), ("name", "周晓 "),
    ("class_name", ""), ("student_number", "1" * 33),
    ("skills", ["焊" * 51]), ("skills", [str(i) for i in range(51)]),
    ("skills", ["焊接 "]), ("is_willing_anywhere", "yes"),
    ("pay_min_fen", 100000001), ("pay_min_fen", 1.5),
    ("is_willing_anywhere", None), ("skills", None)])
def test_flaws(as_role, town, people, member, value):
    bad = as_role("school").post("/v1/students", a_student(**{member: value}))
    assert bad.status == 422
    assert bad.wheres()[0].startswith(f"#/{member}")
    assert count(town, people) == 1


def test_a_number_belongs_to_one(as_role, town, people):
    made = put_in(as_role)
    twice = as_role("school").post("/v1/students", a_student(
        student_number=made.json["student_number"]))
    assert twice.status == 409 and twice.wheres() == ["#/student_number"]
    assert count(town, people) == 2


def test_malformed(as_role):
    school = as_role("school")
    assert school.post("/v1/students", raw=b"{").status == 400
    assert school.post("/v1/students", raw=b'{"name":"a","name":"b"}') \
        .status == 400
    assert school.post("/v1/students", raw=b"[]").status == 422
    assert school.post("/v1/students", raw=b"name=a",
                       content_type="text/plain").status == 415


def test_read_by_whom_it_concerns(as_role, town, people, server):
    path = f"/v1/students/{people.student}"
    for role in ("student", "school", "office"):
        found = as_role(role).get(path)
        assert found.status == 200 and found.etag == '"v1"'
        assert as_role(role).get(
            path, headers={"If-None-Match": '"v1"'}).status == 304
    assert as_role("enterprise").get(path).status == 403
    assert as_role("operator").get(path).status == 403
    assert server.client().get(path).status == 401


def test_what_is_anothers_is_not_there(as_role, town, people, server):
    school = town.school(people.consortium)
    mate = town.student(people.consortium, school)
    other = town.people()
    for role, target in (("student", mate), ("school", mate),
                         ("student", other.student),
                         ("school", other.student),
                         ("office", other.student)):
        assert as_role(role).get(f"/v1/students/{target}").status == 404
        if role != "office":
            assert as_role(role).patch(
                f"/v1/students/{target}", {"skills": []},
                headers={"If-Match": '"v1"'}).status == 404
    assert as_role("office").get(f"/v1/students/{mate}").status == 200
    assert as_role("office").get("/v1/students/1").status == 404


def test_a_school_changes_all_but_wishes(as_role):
    made = put_in(as_role)
    path = made.headers["location"]
    sent = {**SCHOOLS, **AT_HAND}
    now = as_role("school").patch(path, sent,
                                  headers={"If-Match": made.etag})
    assert now.status == 200 and now.etag == '"v2"'
    assert {name: now.json[name] for name in sent} == sent
    refused = as_role("school").patch(path, {**WISHES, "name": "周小晓"},
                                      headers={"If-Match": now.etag})
    assert refused.status == 422
    assert sorted(refused.wheres()) == [f"#/{name}" for name
                                        in sorted(WISHES)]
    assert {flaw["code"] for flaw in refused.problem["errors"]} \
        == {"not-allowed"}
    assert as_role("school").get(path).json == now.json


def test_a_student_changes_wishes_and_what_is_at_hand(as_role, people):
    path = f"/v1/students/{people.student}"
    student = as_role("student")
    before = student.get(path)
    sent = {**WISHES, **AT_HAND}
    now = student.patch(path, sent, headers={"If-Match": before.etag})
    assert now.status == 200
    assert {name: now.json[name] for name in sent} == sent
    refused = student.patch(path, {**SCHOOLS, "skills": []},
                            headers={"If-Match": now.etag})
    assert refused.status == 422
    assert sorted(refused.wheres()) == [f"#/{name}" for name
                                        in sorted(SCHOOLS)]
    assert student.get(path).json == now.json


@pytest.mark.parametrize("role", ["enterprise", "office", "operator"])
def test_others_change_nothing(as_role, people, role):
    assert as_role(role).patch(
        f"/v1/students/{people.student}", {"skills": []},
        headers={"If-Match": '"v1"'}).status == 403


def test_null_clears_and_absence_keeps(as_role):
    made = put_in(as_role, **SCHOOLS, **WISHES, **AT_HAND)
    path, kept = made.headers["location"], made.json
    cleared = {"graduates_on": None, "class_name": None, "sex": None,
               "home_division_code": None, "available_from": None,
               "available_to": None}
    now = as_role("school").patch(path, cleared,
                                  headers={"If-Match": made.etag}).json
    for name, value in kept.items():
        if name not in ("version", "updated_at"):
            assert now[name] == cleared.get(name, value), name
    for name in ("name", "birth_date", "entry_year", "skills",
                 "student_number", "specialty_code"):
        bad = as_role("school").patch(path, {name: None},
                                      headers={"If-Match": '"v2"'})
        assert bad.status == 422 and bad.wheres() == [f"#/{name}"]


def test_pay_can_be_cleared(as_role, people):
    path = f"/v1/students/{people.student}"
    student = as_role("student")
    student.patch(path, {"pay_min_fen": 0}, headers={"If-Match": '"v1"'})
    assert student.get(path).json["pay_min_fen"] == 0
    now = student.patch(path, {"pay_min_fen": None},
                        headers={"If-Match": '"v2"'})
    assert now.json["pay_min_fen"] is None


def test_versions(as_role, people):
    path = f"/v1/students/{people.student}"
    school, change = as_role("school"), {"name": "周小晓"}
    assert school.patch(path, change).status == 428
    for stale in ('"v2"', '"x"', 'W/"v1"', "*"):
        assert school.patch(path, change,
                            headers={"If-Match": stale}).status == 412
    assert school.get(path).json["name"] == "周晓"
    nothing = school.patch(path, {}, headers={"If-Match": '"v1"'})
    assert nothing.status == 200 and nothing.etag == '"v1"'
    assert school.patch(path, change,
                        headers={"If-Match": '"v1"'}).etag == '"v2"'
    assert school.patch(path, change,
                        headers={"If-Match": '"v1"'}).status == 412


def test_a_change_must_fit_what_is_there(as_role):
    first = put_in(as_role)
    made = put_in(as_role, graduates_on="2027-07-01",
                  available_from="2026-03-01")
    path, school = made.headers["location"], as_role("school")
    for change, status, where in (
            ({"entry_year": 2026, "graduates_on": "2025-07-01"}, 422,
             "#/graduates_on"),
            ({"graduates_on": "2023-07-01"}, 422, "#/graduates_on"),
            ({"available_to": "2026-02-01"}, 422, "#/available_to"),
            ({"specialty_code": "669999"}, 422, "#/specialty_code"),
            ({"student_number": first.json["student_number"]}, 409,
             "#/student_number"),
            ({"colour": 1}, 422, "#/colour"),
            ({"id": str(new_id())}, 422, "#/id"),
            ({"state": "left"}, 422, "#/state")):
        bad = school.patch(path, change, headers={"If-Match": made.etag})
        assert (bad.status, bad.wheres()) == (status, [where]), change
    assert school.get(path).json == made.json
    assert school.patch(path, {"name": "吴"}, content_type="application/json",
                        headers={"If-Match": made.etag}).status == 415


def test_pages_neither_skip_nor_repeat(as_role, town, people):
    made = [put_in(as_role).json["id"] for _ in range(7)]
    seen, target = [], "/v1/students?limit=2&entry_year=2024"
    while target:
        page = as_role("school").get(target)
        seen += [item["id"] for item in page.json["items"]]
        target = page.json["next"]
        assert ("link" in page.headers) == (target is not None)
    assert seen == [str(people.student)] + made


def test_filters(as_role, town, people):
    far = town.school(people.consortium)
    town.student(people.consortium, far)
    made = put_in(as_role, specialty_code="710201", entry_year=2025,
                  class_name="25计算机2班").json
    for query in ("specialty=710201", "specialty=7102", "specialty=71",
                  "entry_year=2025", "class_name=25计算机2班",
                  f"specialty=71&entry_year=2025&school_id={people.school}"):
        target = "/v1/students?" + quote(query, safe="=&")
        for role in ("school", "office"):
            reply = as_role(role).get(target)
            assert reply.status == 200, reply
            assert reply.json["items"] == [made]
    items = as_role("office").get("/v1/students?state=active").json["items"]
    assert len(items) == 3
    assert len(as_role("school").get("/v1/students").json["items"]) == 2
    assert as_role("school").get(f"/v1/students?school_id={far}") \
        .json["items"] == []
    assert len(as_role("office").get(f"/v1/students?school_id={far}")
               .json["items"]) == 1
    assert as_role("office").get("/v1/students?state=left") \
        .json["items"] == []


@pytest.mark.parametrize("query, where", [
    ("specialty=7", "specialty"), ("specialty=719999", "specialty"),
    ("specialty=110101", "specialty"), ("entry_year=20", "entry_year"),
    ("entry_year=x", "entry_year"), ("state=gone", "state"),
    ("school_id=1", "school_id"), ("name=x", "name"),
    ("school_id=01900000-0000-7000-8000-000000000009", "school_id"),
    ("class_name=", "class_name"), ("after=AAAA", "after"),
    ("limit=201", "limit")])
def test_bad_filters(as_role, query, where):
    bad = as_role("office").get(f"/v1/students?{query}")
    assert bad.status == 400 and bad.wheres() == [where]


@pytest.mark.parametrize("role", ["student", "enterprise", "operator"])
def test_others_list_none(as_role, role):
    assert as_role(role).get("/v1/students").status == 403


def test_nobody_is_asked_to_sign_in(client):
    assert client.get("/v1/students").status == 401
    assert client.post("/v1/students", a_student()).status == 401
