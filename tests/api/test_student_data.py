"""A student's own data: taken along, and erased until nothing says who it
was."""

import pytest

from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.server import Server
from tests.api.test_live import SECOND, within
from tests.api.town import new_id


@pytest.fixture
def path(people):
    return f"/v1/students/{people.student}"


@pytest.fixture
def traces(hall, people, town):
    """What only this student has, put wherever a student puts it."""
    marks = {name: f"{name}-{new_id().hex[::-1]}"[:30] for name in (
        "number", "skill", "message", "complaint", "class")}
    marks["name"] = hall.name
    town.run("update student set student_number = %s, skills = array[%s],"
             " class_name = %s, sex = 'female' where id = %s",
             marks["number"], marks["skill"], marks["class"], people.student)
    first = hall.applied(message=marks["message"])
    second = hall.applied(hall.job())
    assert hall.move(second, "shortlist", {}).status == 200
    complaint = hall.student.post("/v1/complaints", {
        "enterprise_id": str(people.enterprise), "subject": "pay",
        "text": marks["complaint"]})
    assert complaint.status == 201, complaint
    return marks, first, second


def places_of(town, text):
    """Every table in which it stands somewhere."""
    tables = [row[0] for row in town.run(
        "select relname from pg_class where relkind = 'r'"
        " and relnamespace = 'public'::regnamespace")]
    return [table for table in tables if town.one(
        f'select exists (select from "{table}" t where t::text like %s)',
        f"%{text}%")]


def test_all_is_in_it(hall, path, traces, people):
    marks, first, second = traces
    found = hall.student.get(path + "/data")
    assert found.status == 200, found
    text = found.body.decode()
    for mark in marks.values():
        assert mark in text, mark
    data = found.json["data"]
    assert {a["id"] for a in data["applications"]} == {first, second}
    assert data["profile"]["specialty_code"] == "660301"
    assert len(data["disclosures"]) == 1 and len(data["complaints"]) == 1
    assert [h["to_state"] for h in data["history"]] == ["shortlisted"]
    assert not {"phone_sealed", "identity_hash", "consortium_id"} & \
        set(data["profile"])
    assert hall.school.get(path + "/data").json == found.json


def test_whose_data(hall, path, server, town, other_student):
    _, client = other_student
    assert client.get(path + "/data").status == 404
    assert client.post(path + "/erase", {}).status == 404
    stranger = server.client(town.people().tokens["school"])
    assert stranger.get(path + "/data").status == 404
    assert stranger.post(path + "/erase", {}).status == 404
    stranger.close()
    for role in (hall.enterprise, hall.office):
        assert role.get(path + "/data").status == 403
        assert role.post(path + "/erase", {}).status == 403
    unknown = f"/v1/students/{new_id()}"
    assert hall.student.post(unknown + "/erase", {}).status == 404
    assert hall.student.post(path + "/erase", {"why": 1}).wheres() == \
        ["#/why"]


def test_nothing_says_who_it_was(hall, path, traces, town, people):
    marks, first, second = traces
    for mark in marks.values():
        assert places_of(town, mark), "the test would see it"
    assert hall.student.post(path + "/erase",
                             {"reason": "本人申请"}).status == 204
    for name, mark in marks.items():
        assert places_of(town, mark) == [], name
    assert places_of(town, people.logins["student"]) == []
    assert [hall.state(a) for a in (first, second)] == ["withdrawn"] * 2
    assert town.run("select state, name, birth_date, erased_at is not null"
                    " from student where id = %s", people.student) == \
        [("left", "-", None, True)]
    seen = hall.get(first).json
    assert seen["student"] is None


def test_the_account_is_over_everywhere(cluster, database, server, hall,
                                        path, people):
    other = Server(cluster.url(database)).start()
    try:
        there = other.client(people.tokens["student"])
        assert there.get("/v1/me").status == 200
        assert hall.school.post(path + "/erase", {}).status == 204
        assert hall.student.get("/v1/me").status == 401
        within(SECOND, lambda: there.get("/v1/me").status == 401)
        there.close()
    finally:
        assert other.stop() == 0
    assert hall.student.get(path).status == 401
    assert hall.school.get(path).json["name"] == "-"


def test_it_leaves_the_ranking(hall, path, server, town, people):
    posting = hall.open()
    server.current(town)
    candidates = f"/v1/postings/{posting}/candidates"
    assert str(people.student) in hall.enterprise.get(candidates).body.decode()
    assert hall.school.post(path + "/erase", {}).status == 204
    server.current(town)
    assert str(people.student) not in \
        hall.enterprise.get(candidates).body.decode()


def test_not_while_one_has_a_place(hall, path, town, people):
    posting = hall.open()
    placement = new_id()
    town.run("insert into placement (consortium_id, id, origin, student_id,"
             " posting_id, enterprise_id, period_start, period_end)"
             " values (%s, %s, 'school', %s, %s, %s, '2027-03-01',"
             " '2027-08-31')", people.consortium, placement, people.student,
             posting, people.enterprise)
    town.run("update placement set state = 'accepted', actor = id"
             " where id = %s", placement)
    refused = hall.school.post(path + "/erase", {})
    assert (refused.status, refused.problem["code"]) == (409, "conflict")
    assert hall.school.get(path).json["name"] == hall.name
    town.run("update placement set state = 'terminated', actor = id,"
             " reason = 'x' where id = %s", placement)
    assert hall.school.post(path + "/erase", {}).status == 204
    assert town.one("select count(*) from placement where id = %s",
                    placement) == 1
