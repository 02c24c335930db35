"""Names of specialties that are no official ones: what is certain is read, all
else is suggested; and what a school chooses is remembered."""

import json
from urllib.parse import quote

import pytest

from tests.api.test_imports import a_row, counted, errors, importing, sheet
from tests.api.town import new_id

__all__ = ["importing"]     # a fixture


@pytest.fixture(autouse=True)
def college(town, people):
    """On the associate level."""
    town.run("update school set kind = 'associate', actor = %s"
             " where consortium_id = %s", people.accounts["office"],
             people.consortium)


@pytest.fixture
def path(people):
    return f"/v1/schools/{people.school}/specialty-mapping"


def patch(client, path, mapping):
    return client.ask("PATCH", path, {"mapping": mapping},
                      headers={"Content-Type":
                               "application/merge-patch+json"})


def mapped(mapping):
    return "&mapping=" + quote(json.dumps(mapping, ensure_ascii=False))


def note_of(row):
    assert len(row["notes"]) == 1
    note = row["notes"][0]
    return note["column"], note["code"], note["suggestions"][0]["code"], \
        note["suggestions"][0]["because"]


@pytest.mark.parametrize("name, code, because", [
    ("機電一體化技術", "460301", None),
    ("机电一体化技术（五年制）", "460301", "decoration"),
    ("机电一体化技术专业", "460301", "decoration"),
    ("机械制造与自动化", "460104", "conjunction"),
    ("应用化工", "470201", "ending"),
    ("应用化工(中高职贯通)", "470201", "ending"),
])
def test_what_is_certain_is_read(importing, as_role, name, code, because):
    done = importing([a_row(specialty_name=name)])
    row = done.json["rows"][0]
    got = as_role("school").get("/v1/students/" + row["student_id"]).json
    assert got["specialty_code"] == code
    if because:
        assert note_of(row) == ("specialty_name", "mapped", code, because)
    else:
        assert "notes" not in row


def test_a_class_may_carry_it(importing, as_role):
    done = importing([a_row(specialty_name="", class_name="24软件技术2班"),
                      a_row(specialty_name="", class_name="24数媒1班"),
                      a_row(specialty_name="", class_name="2401班")],
                     "upsert")
    assert errors(done) == [(3, "specialty_code", "required"),
                            (4, "specialty_code", "required")]
    first, second, third = done.json["rows"]
    assert note_of(first) == ("class_name", "mapped", "510203", "class")
    assert "数字媒体" in second["errors"][0]["suggestions"][0]["name"]
    assert "suggestions" not in third["errors"][0]


def test_both_may_be_meant(importing):
    done = importing([a_row(specialty_name="油气储运"),
                      a_row(specialty_name="数字媒体"),
                      a_row(specialty_name="数字媒体",
                            class_name="24数字媒体艺术设计1班")], "dry_run")
    assert errors(done) == [(2, "specialty_name", "inconsistent"),
                            (3, "specialty_name", "unknown-code"),
                            (4, "specialty_name", "unknown-code")]
    told = [[(one["code"], one["because"]) for one in
             row["errors"][0]["suggestions"][:2]]
            for row in done.json["rows"]]
    assert told[0] == [("420401", "ending"), ("620401", "catalogue")]
    assert told[1][0] == ("510204", "ending")
    assert told[2][0] == ("550103", "begins")


def test_what_the_school_teaches_comes_first(importing):
    row = a_row(specialty_name="机电")
    before = importing([row], "dry_run").json["rows"][0]["errors"][0]
    assert before["suggestions"][0]["code"] != "460301"
    importing([a_row(specialty_name="机电一体化技术")])
    after = importing([row], "dry_run").json["rows"][0]["errors"][0]
    assert after["suggestions"][0]["code"] == "460301"


def test_a_choice_is_sent_back_and_remembered(importing, as_role, path):
    school = as_role("school")
    rows = [a_row(specialty_name="机电"), a_row(specialty_name="保育(五年制)")]
    choice = mapped({"机电": "460301", "保育": "770101k"})
    tried = importing(rows, "dry_run", choice)
    assert counted(tried) == {"rows": 2, "would_create": 2}
    assert school.get(path).json["mapping"] == {}
    done = importing(rows, "all_or_nothing", choice)
    assert counted(done) == {"rows": 2, "created": 2}
    assert [note_of(row)[2:] for row in done.json["rows"]] == \
        [("460301", "mapping"), ("770101", "mapping")]
    assert school.get(path).json["mapping"] == {"机电": "460301",
                                                "保育": "770101"}
    later = importing([a_row(specialty_name="機電")], "upsert")
    assert note_of(later.json["rows"][0])[2:] == ("460301", "mapping")
    # What is sent along goes before what was said earlier, and stays.
    again = importing([a_row(specialty_name="机电")], "upsert",
                      mapped({"机电": "660301"}))
    assert note_of(again.json["rows"][0])[2] == "660301"
    assert school.get(path).json["mapping"]["机电"] == "660301"


def test_a_choice_goes_before_the_catalogue(importing, as_role, path):
    assert patch(as_role("school"), path, {"学前教育": "570101"}).status == 200
    done = importing([a_row(specialty_name="学前教育"),
                      a_row(specialty_name="学前教育",
                            specialty_code="570102")])
    assert note_of(done.json["rows"][0])[2] == "570101"
    got = as_role("school").get(
        "/v1/students/" + done.json["rows"][1]["student_id"]).json
    assert got["specialty_code"] == "570102"


def test_changed_listed_and_forgotten(as_role, path):
    school, office = as_role("school"), as_role("office")
    assert office.get(path).json["items"] == []
    done = patch(school, path, {"机电": "460301", "汽修": "500211"})
    assert done.status == 200
    assert done.json["mapping"] == {"机电": "460301", "汽修": "500211"}
    assert {one["name"]: one["specialty_name"] for one in done.json["items"]} \
        == {"机电": "机电一体化技术", "汽修": "汽车检测与维修技术"}
    done = patch(school, path, {"汽修": None, "機電": "660301"})
    assert done.json["mapping"] == {"機電": "660301"}
    assert office.get(path).json == school.get(path).json == done.json
    # Names that fold to one are one: the last counts.
    done = patch(school, path, {"ＣＡＤ": "460301", "cad": "500211"})
    assert done.status == 200 and len(done.json["mapping"]) == 2


@pytest.mark.parametrize("mapping, where, code", [
    ({"机电": "669999"}, "#/mapping", "unknown-code"),
    ({"机电": "1"}, "#/mapping/%E6%9C%BA%E7%94%B5", "malformed"),
    ({"机电": 460301}, "#/mapping/%E6%9C%BA%E7%94%B5", "wrong-type"),
    ({"": "460301"}, "#/mapping/", "too-short"),
    ({"a\nb": "460301"}, "#/mapping/a%0Ab", "control-character"),
    ({" a": "460301"}, "#/mapping/%20a", "not-trimmed"),
    ([], "#/mapping", "wrong-type"), (None, "#/mapping", "required"),
    ({str(i): "460301" for i in range(201)}, "#/mapping", "too-many-items"),
])
def test_mappings_that_are_none(as_role, path, mapping, where, code):
    bad = patch(as_role("school"), path, mapping)
    if mapping is None:
        bad = as_role("school").ask(
            "PATCH", path, {},
            headers={"Content-Type": "application/merge-patch+json"})
    assert bad.status == 422
    found = bad.problem["errors"][0]
    assert (found["pointer"].replace("%e6%9c%ba%e7%94%b5",
                                     "%E6%9C%BA%E7%94%B5").upper(),
            found["code"]) == (where.upper(), code)


def test_a_school_maps_2000_names_at_most(as_role, path):
    school = as_role("school")
    for i in range(10):
        done = patch(school, path, {f"n{i}-{k}": "460301"
                                    for k in range(200)})
        assert done.status == 200
    bad = patch(school, path, {"one more": "460301"})
    assert bad.status == 422
    assert bad.problem["errors"][0]["code"] == "too-many-items"
    assert len(school.get(path).json["items"]) == 2000


def test_no_json(as_role, path):
    bad = as_role("school").ask(
        "PATCH", path, raw=b"{", content_type="application/merge-patch+json")
    assert bad.status == 400


@pytest.mark.parametrize("mapping, code", [
    ("[]", "wrong-type"), ("{a", "malformed"), ('{"a":null}', "wrong-type"),
    ('{"a":"669999"}', "unknown-code"), ('{"a":"x"}', "malformed"),
    ('{"a":"460301"},"b":1', "unknown"),
])
def test_bad_choices_are_refused(importing, mapping, code):
    bad = importing([a_row()], more="&mapping=" + quote(mapping))
    assert bad.status == 400
    assert bad.problem["errors"][0]["parameter"] == "mapping"
    assert bad.problem["errors"][0]["code"] == code
    assert importing.count() == 1


def test_whose_it_is(as_role, client, server, town, people, path):
    other = town.school(people.consortium)
    elsewhere = town.people()
    theirs = f"/v1/schools/{other}/specialty-mapping"
    school = as_role("school")
    assert client.get(path).status == 401
    assert patch(client, path, {}).status == 401
    assert school.get(theirs).status == 404
    assert patch(school, theirs, {}).status == 404
    assert as_role("office").get(theirs).status == 200
    for role in ("student", "enterprise", "operator"):
        assert as_role(role).get(path).status == 403
    assert patch(as_role("office"), path, {}).status == 403
    assert as_role("office").get(
        f"/v1/schools/{elsewhere.school}/specialty-mapping").status == 404
    assert school.get(f"/v1/schools/{new_id()}/specialty-mapping").status \
        == 404


def test_another_school_means_something_else(
        importing, as_role, server, town, people, path):
    patch(as_role("school"), path, {"机电": "460301"})
    other = town.school(people.consortium)
    client = server.client(town.token(
        people.consortium, town.account(people.consortium, "school", other)))
    done = client.post("/v1/imports?kind=students&mode=dry_run",
                       raw=sheet([a_row(specialty_name="机电")]),
                       content_type="text/csv")
    assert errors(done) == [(2, "specialty_name", "unknown-code")]
    client.close()
