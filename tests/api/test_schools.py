"""Schools: entered by the office, read by everybody who is signed in."""

import pytest

from tests.api.town import new_id, uscc

ROLES = ["student", "enterprise", "school", "office"]


def a_school(**more):
    return {"uscc": uscc(new_id().int >> 80), "name": "湖城技师学院",
            "division_code": "330106", "kind": "technician", **more}


def test_created_and_read_by_everybody(as_role):
    made = as_role("office").post("/v1/schools", a_school())
    assert made.status == 201
    assert made.json["kind"] == "technician" and made.json["code"] is None
    assert made.headers["location"] == f"/v1/schools/{made.json['id']}"
    for role in ROLES:
        client = as_role(role)
        found = client.get(made.headers["location"])
        assert found.status == 200 and found.json == made.json
        assert found.etag == made.etag == '"v1"'
        again = client.get(made.headers["location"],
                           headers={"If-None-Match": found.etag})
        assert again.status == 304
        assert made.json in client.get("/v1/schools").json["items"]


def test_a_code_is_enough(as_role):
    made = as_role("office").post(
        "/v1/schools", a_school(uscc=None, code="4133000042"))
    assert made.status == 201 and made.json["uscc"] is None


@pytest.mark.parametrize("role", ["student", "enterprise", "school",
                                  "operator"])
def test_only_the_office_enters(as_role, role, town, people):
    assert as_role(role).post("/v1/schools", a_school()).status == 403
    assert town.one("select count(*) from school where consortium_id = %s",
                    people.consortium) == 1


def test_nobody_and_the_operator_see_none(client, as_role, people):
    for path in ("/v1/schools", f"/v1/schools/{people.school}"):
        assert client.get(path).status == 401
        assert as_role("operator").get(path).status == 403
    assert client.post("/v1/schools", a_school()).status == 401


def test_of_another_consortium_there_is_none(as_role, town):
    other = town.people()
    assert as_role("office").get(f"/v1/schools/{other.school}").status == 404
    assert as_role("office").get("/v1/schools/nonsense").status == 404
    assert str(other.school) not in \
        [item["id"] for item in as_role("office").get("/v1/schools")
         .json["items"]]


def test_every_flaw_is_named(as_role, town, people):
    bad = as_role("office").post("/v1/schools", {
        "uscc": "91520000714307791T", "code": "12", "name": " 湖城 ",
        "kind": "university", "colour": "red"})
    assert bad.status == 422
    assert bad.wheres() == ["#/uscc", "#/code", "#/name", "#/division_code",
                            "#/kind", "#/colour"]
    assert town.one("select count(*) from school where consortium_id = %s",
                    people.consortium) == 1


@pytest.mark.parametrize("change, where", [
    ({"uscc": None}, "#/uscc"),
    ({"division_code": "339999"}, "#/division_code"),
    ({"name": "湖城\n学院"}, "#/name"),
    ({"name": "学" * 101}, "#/name"),
    ({"kind": 3}, "#/kind"),
])
def test_flaws(as_role, change, where):
    bad = as_role("office").post("/v1/schools", a_school(**change))
    assert bad.status == 422 and bad.wheres() == [where]


def test_malformed_json(as_role):
    bad = as_role("office").post("/v1/schools", raw=b'{"name": "a",}')
    assert bad.status == 400 and bad.problem["code"] == "malformed-json"


@pytest.mark.parametrize("member, value", [("uscc", uscc(77001)),
                                           ("code", "4133000043")])
def test_a_code_belongs_to_one(as_role, member, value):
    office = as_role("office")
    assert office.post("/v1/schools",
                       a_school(**{member: value})).status == 201
    twice = office.post("/v1/schools", a_school(**{member: value}))
    assert twice.status == 409 and twice.wheres() == [f"#/{member}"]
    assert len(office.get("/v1/schools").json["items"]) == 2


def test_pages_neither_skip_nor_repeat(as_role):
    office = as_role("office")
    for _ in range(6):
        assert office.post("/v1/schools", a_school()).status == 201
    whole = [item["id"] for item in office.get("/v1/schools").json["items"]]
    seen, target = [], "/v1/schools?limit=3"
    while target:
        page = office.get(target).json
        seen += [item["id"] for item in page["items"]]
        target = page["next"]
    assert seen == whole and len(whole) == 7


def test_filters(as_role):
    office = as_role("office")
    made = office.post("/v1/schools", a_school(division_code="330110")).json
    for query in ("kind=technician", "division_code=330110",
                  "kind=technician&division_code=330110"):
        assert office.get(f"/v1/schools?{query}").json["items"] == [made]
    assert office.get("/v1/schools?kind=bachelor").json["items"] == []


@pytest.mark.parametrize("query, where", [
    ("kind=university", "kind"), ("division_code=339999", "division_code"),
    ("division_code=33", "division_code"), ("colour=red", "colour"),
    ("limit=0", "limit"), ("after=x", "after"),
    ("kind=bachelor&kind=bachelor", "kind")])
def test_bad_filters(as_role, query, where):
    bad = as_role("office").get(f"/v1/schools?{query}")
    assert bad.status == 400 and bad.wheres() == [where]
