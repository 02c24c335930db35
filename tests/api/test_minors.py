"""What staff read of somebody under 18: approved, written down, and shown."""

import datetime

import pytest

from tests.api.hall import hall  # noqa: F401 (fixture)
from tests.api.test_reference_lists import walk
from tests.api.town import new_id

REQUESTS = "/v1/access-requests"
PHONE = "13912345678"


def days(count):
    at = datetime.datetime.now(datetime.timezone.utc) \
        + datetime.timedelta(days=count)
    return at.isoformat(timespec="seconds")


@pytest.fixture
def minor(hall, people, town):  # noqa: F811
    """The student is 17, and has a phone."""
    assert hall.student.put(f"/v1/students/{people.student}/contact",
                            {"phone": PHONE}).status == 200
    town.run("update student set birth_date = now() - interval '17 years',"
             " actor = id where id = %s", people.student)
    return f"/v1/students/{people.student}"


def colleague(server, town, people, role, is_responsible=True):
    owner = {"school": people.school, "enterprise": people.enterprise,
             "office": None}[role]
    account = town.account(people.consortium, role, owner)
    if is_responsible:
        town.run("update account set is_responsible = true, actor = id"
                 " where id = %s", account)
    return account, server.client(town.token(people.consortium, account))


@pytest.fixture
def head(server, town, people):
    account, client = colleague(server, town, people, "school")
    client.account = account
    yield client
    client.close()


def withheld(reply):
    assert (reply.status, reply.problem["code"], reply.problem["rule"],
            reply.problem["source"]) == \
        (422, "rule-broken", "minor-access", "5.8"), reply
    return True


def asked(client, **body):
    reply = client.post(REQUESTS, {"reason": "联系实习学生", **body})
    assert reply.status == 201, reply
    return reply.json


def approve(client, request, until=None):
    return client.post(f"{REQUESTS}/{request['id']}/approve",
                       {"until": until or days(30)})


def test_staff_read_with_an_approval_and_it_is_shown(hall, minor, head,  # noqa: F811
                                                     people, town):
    assert withheld(hall.school.get(minor + "/contact"))
    assert withheld(hall.school.get(minor + "/data"))
    request = asked(hall.school)
    assert (request["state"], request["account_id"]) == \
        ("requested", str(people.accounts["school"]))
    assert withheld(hall.school.get(minor + "/contact"))
    done = approve(head, request)
    assert (done.status, done.json["state"], done.json["decided_by"]) == \
        (200, "approved", str(head.account))
    got = hall.school.get(minor + "/contact")
    assert (got.status, got.json["phone"]) == (200, PHONE)
    assert hall.school.get(minor + "/data").json["phone"] == PHONE
    assert head.get(minor + "/contact").json["phone"] == PHONE
    reads = walk(hall.student, minor + "/reads?limit=1")
    assert [(r["what"], r["account_id"], r["reason"], r["role"])
            for r in reads] == [
        ("contact", str(head.account), None, "school"),
        ("data", str(people.accounts["school"]), "联系实习学生", "school"),
        ("contact", str(people.accounts["school"]), "联系实习学生",
         "school")]
    assert {r["owner_id"] for r in reads} == {str(people.school)}
    for client in (hall.school, hall.office):
        assert client.get(minor + "/reads").json["items"] == reads
    assert town.one("select audit_first_fault(%s)", people.consortium) is None


def test_the_student_and_adults_need_nothing(hall, minor, people,  # noqa: F811
                                             town):
    assert hall.student.get(minor + "/contact").json["phone"] == PHONE
    assert hall.student.get(minor + "/data").json["phone"] == PHONE
    town.run("update student set birth_date = now() - interval '18 years',"
             " actor = id where id = %s", people.student)
    assert hall.school.get(minor + "/contact").json["phone"] == PHONE
    assert hall.school.get(minor + "/reads").json["items"] == []
    town.run("update student set birth_date = null, actor = id where id = %s",
             people.student)
    assert withheld(hall.school.get(minor + "/contact")), "nobody knows"


def test_an_enterprise_and_an_applicant_of_17(hall, minor, people,  # noqa: F811
                                              server, town):
    # an application of somebody of 17 is to a job, under no cap of hours
    made = hall.applied(hall.job())
    seen = hall.get(made).json
    assert (seen["student"]["name"], seen["phone"],
            seen["is_phone_withheld"]) == (hall.name, None, True)
    mine = hall.get(made, hall.student).json
    assert (mine["phone"], mine["is_phone_withheld"]) == (PHONE, False)
    _, head = colleague(server, town, people, "enterprise")
    request = asked(hall.enterprise, student_id=str(people.student))
    assert approve(head, request).status == 200
    seen = hall.get(made).json
    assert (seen["phone"], seen["is_phone_withheld"]) == (PHONE, False)
    reads = hall.student.get(minor + "/reads").json["items"]
    assert [(r["what"], r["reason"]) for r in reads][:2] in (
        [("contact", "联系实习学生"), ("application", None)],
        [("application", None), ("contact", "联系实习学生")])
    assert {r["owner_name"] for r in reads} == {seen["enterprise_name"]}
    hall.student.post(f"/v1/disclosures/{made}/withdraw")
    seen = hall.get(made).json
    assert (seen["phone"], seen["is_phone_withheld"]) == (None, False)
    head.close()


def test_of_one_student_only(hall, minor, head, people, town):  # noqa: F811
    other = town.student(people.consortium, people.school)
    town.run("update student set birth_date = now() - interval '16 years',"
             " actor = id where id = %s", other)
    approve(head, asked(hall.school, student_id=str(other)))
    assert withheld(hall.school.get(minor + "/contact"))
    assert hall.school.get(f"/v1/students/{other}/contact").status == 200
    elsewhere = town.student(people.consortium,
                             town.school(people.consortium))
    for student in (elsewhere, new_id()):
        reply = hall.school.post(REQUESTS, {"reason": "x",
                                            "student_id": str(student)})
        assert (reply.status, reply.wheres()) == (422, ["#/student_id"])
    reply = hall.enterprise.post(REQUESTS, {"reason": "x",
                                            "student_id": str(people.student)})
    assert reply.wheres() == ["#/student_id"], "who is not disclosed to it"


def test_an_approval_ends(hall, minor, head, town):  # noqa: F811
    request = asked(hall.school)
    end = f"{REQUESTS}/{request['id']}/end"
    assert hall.school.post(end).status == 409
    approve(head, request)
    assert hall.school.get(minor + "/contact").status == 200
    assert hall.school.post(end).json["state"] == "ended"
    assert withheld(hall.school.get(minor + "/contact"))
    second = asked(hall.school)
    approve(head, second)
    town.run("update access_request set approved_until = now(), actor ="
             " account_id where id = %s", second["id"])
    assert withheld(hall.school.get(minor + "/contact"))
    third = asked(hall.school)
    approve(head, third)
    assert head.post(f"{REQUESTS}/{third['id']}/end").json["state"] == "ended"
    assert withheld(hall.school.get(minor + "/contact"))


def test_who_decides(hall, minor, head, server, town, people):  # noqa: F811
    mine, theirs = asked(hall.school), asked(head)
    for client, request in ((hall.school, mine), (head, theirs),
                            (hall.school, theirs)):
        for reply in (approve(client, request), client.post(
                f"{REQUESTS}/{request['id']}/refuse", {"reason": "x"})):
            assert (reply.status, reply.problem["detail"]) == \
                (403, "a colleague who is responsible decides")
    assert hall.school.post(f"{REQUESTS}/{theirs['id']}/end").status == 403
    _, firm = colleague(server, town, people, "enterprise")
    stranger = town.people()
    _, far = colleague(server, town, stranger, "school")
    for client in (firm, far):
        assert approve(client, mine).status == 404
        assert client.post(f"{REQUESTS}/{mine['id']}/end").status == 404
        assert client.post(f"{REQUESTS}/{mine['id']}/refuse",
                           {"reason": "x"}).status == 404
        client.close()
    no = head.post(f"{REQUESTS}/{mine['id']}/refuse", {"reason": "与工作无关"})
    assert (no.json["state"], no.json["refused_because"]) == \
        ("refused", "与工作无关")
    assert approve(head, mine).problem["code"] == "wrong-state"
    assert head.post(f"{REQUESTS}/{mine['id']}/refuse",
                     {"reason": "x"}).status == 409
    assert head.post(f"{REQUESTS}/{mine['id']}/refuse", {}).wheres() == \
        ["#/reason"]
    late = asked(hall.school)
    for until in (days(-1), days(181)):
        assert approve(head, late, until).wheres() == ["#/until"]
    nobody = server.client()
    for path, body in (("approve", {"until": days(1)}),
                       ("refuse", {"reason": "x"}), ("end", None)):
        at = f"{REQUESTS}/{late['id']}/{path}"
        assert nobody.post(at, body).status == 401
        assert hall.student.post(at, body).status == 403
    nobody.close()


def test_whose_requests_one_sees(hall, minor, head, server):  # noqa: F811
    mine, theirs = asked(hall.school), asked(head)
    assert [r["id"] for r in walk(hall.school, f"{REQUESTS}?limit=1")] == \
        [mine["id"]]
    assert {r["id"] for r in walk(head, f"{REQUESTS}?limit=1")} == \
        {mine["id"], theirs["id"]}
    approve(head, mine)
    assert [r["id"] for r in head.get(
        f"{REQUESTS}?state=approved").json["items"]] == [mine["id"]]
    assert hall.enterprise.get(REQUESTS).json["items"] == []
    assert head.get(f"{REQUESTS}?state=lost").wheres() == ["state"]
    nobody = server.client()
    assert nobody.get(REQUESTS).status == nobody.post(
        REQUESTS, {"reason": "x"}).status == 401
    assert nobody.get(minor + "/reads").status == 401
    assert hall.enterprise.get(minor + "/reads").status == 403
    assert hall.school.get(f"/v1/students/{new_id()}/reads").status == 404
    assert hall.school.get(minor + "/reads?limit=x").status == 400
    assert hall.student.post(REQUESTS, {"reason": "x"}).status == 403
    assert hall.school.post(REQUESTS, {}).wheres() == ["#/reason"]
    nobody.close()


def test_a_key_reads_no_minors_contact(hall, minor, server):  # noqa: F811
    key = hall.school.post("/v1/api-keys", {
        "name": "教务", "scopes": ["students:read"]}).json["key"]
    system = server.client(key)
    assert withheld(system.get(minor + "/contact"))
    assert system.get(minor).status == 200
    assert system.post(REQUESTS, {"reason": "x"}).status == 403
    system.close()


def test_who_is_made_responsible(as_role, people, server, town):
    office, school = as_role("office"), as_role("school")
    account = people.accounts["school"]
    other, second = colleague(server, town, people, "school", False)
    assert school.post(f"/v1/accounts/{account}/appoint").status == 404
    assert second.post(f"/v1/accounts/{account}/appoint").status == 404
    made = office.post(f"/v1/accounts/{account}/appoint")
    assert (made.status, made.json["is_responsible"]) == (200, True)
    assert school.post(f"/v1/accounts/{other}/appoint").json[
        "is_responsible"] is True
    assert second.post(f"/v1/accounts/{account}/dismiss").json[
        "is_responsible"] is False
    listed = {a["id"]: a["is_responsible"] for a in
              school.get("/v1/accounts").json["items"]}
    assert (listed[str(account)], listed[str(other)]) == (False, True)
    for target in (people.accounts["student"], people.accounts["office"],
                   new_id()):
        assert office.post(f"/v1/accounts/{target}/appoint").status == 404
    operator = as_role("operator")
    boss = people.accounts["office"]
    assert operator.post(f"/v1/accounts/{boss}/appoint").status == 200
    assert operator.post(f"/v1/accounts/{account}/appoint").status == 404
    assert operator.post(f"/v1/accounts/{boss}/dismiss").status == 200
    assert operator.post(f"/v1/accounts/{new_id()}/dismiss").status == 404
    nobody = server.client()
    for verb in ("appoint", "dismiss"):
        at = f"/v1/accounts/{account}/{verb}"
        assert nobody.post(at).status == 401
        assert as_role("student").post(at).status == 403
    nobody.close()
    second.close()


def birthday(years, days=0):
    """Of somebody who is so old, by the calendar in China, or days younger."""
    today = (datetime.datetime.now(datetime.timezone.utc)
             + datetime.timedelta(hours=8)).date()
    at = today - datetime.timedelta(days=0)
    at = at.replace(year=at.year - years) if (at.month, at.day) != (2, 29) \
        else at.replace(year=at.year - years, month=3, day=1)
    return (at + datetime.timedelta(days=days)).isoformat()


def test_nobody_under_14_is_entered(as_role):
    school = as_role("school")
    body = {"student_number": f"N{new_id().hex[-10:]}", "name": "周晓",
            "specialty_code": "660301", "entry_year": 2025}
    reply = school.post("/v1/students", {**body,
                                         "birth_date": birthday(14, 1)})
    assert (reply.status, reply.problem["code"], reply.problem["rule"],
            reply.problem["limit"], reply.problem["actual"]) == \
        (422, "rule-broken", "least-age", 14, 13), reply
    assert reply.wheres() == ["#/birth_date"]
    both = school.post("/v1/students", {**body, "entry_year": 2099,
                                        "birth_date": birthday(14, 1)})
    assert both.problem["code"] == "invalid-body"
    made = school.post("/v1/students", {**body, "birth_date": birthday(14)})
    assert made.status == 201, made
    changed = school.patch(made.headers["location"],
                           {"birth_date": birthday(13)},
                           headers={"If-Match": made.etag})
    assert changed.problem["rule"] == "least-age"
