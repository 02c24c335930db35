"""How an enterprise may turn to a student who did not apply."""

import concurrent.futures

from tests.api.firm import NOBODY, ids
from tests.api.firm import second  # noqa: F401 (fixture)
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.town import new_id


def invite(hall, posting, student=None, client=None, **more):
    return (client or hall.enterprise).post(
        f"/v1/postings/{posting}/invitations",
        {"student_id": str(student or hall.people.student)}, **more)


def mine(hall):
    return f"/v1/students/{hall.people.student}/invitations"


def test_invited_and_applied(hall, people):
    posting = hall.open()
    made = invite(hall, posting)
    assert made.status == 201, made
    assert made.headers["location"] == f"/v1/postings/{posting}/invitations"
    assert hall.student.get(mine(hall)).json["items"] == [made.json]
    assert made.json["application_id"] is None
    for client in (hall.school, hall.office):
        assert ids(client.get(mine(hall))) == [made.json["id"]]
    # nobody is told by it who the student is
    listed = hall.enterprise.get(f"/v1/postings/{posting}/invitations")
    for reply in (made, listed):
        assert hall.name not in reply.body.decode()
    assert hall.enterprise.get("/v1/applications").json["items"] == []
    application = hall.applied(posting)
    assert hall.enterprise.get(f"/v1/postings/{posting}/invitations").json[
        "items"][0]["application_id"] == application


def test_once_for_each_posting(hall, other_student):
    posting = hall.open()
    assert invite(hall, posting).status == 201
    again = invite(hall, posting)
    assert (again.status, again.wheres()) == (409, ["#/student_id"])
    assert invite(hall, posting, other_student[0]).status == 201
    assert invite(hall, hall.open()).status == 201


def test_only_candidates(hall, town, people):
    posting = hall.open(min_age=18)
    for student in (NOBODY, new_id()):
        reply = invite(hall, posting, student)
        assert (reply.status, reply.wheres()) == (422, ["#/student_id"])
    town.run("update student set birth_date = '2010-01-01' where id = %s",
             people.student)
    young = invite(hall, posting)
    # why not would tell of the student
    assert young.problem["errors"] == reply.problem["errors"]
    assert "rule" not in young.problem
    reply = hall.enterprise.post(f"/v1/postings/{posting}/invitations",
                                 {"student": 1})
    assert (reply.status, reply.wheres()) == (422, ["#/student_id",
                                                    "#/student"])


def test_only_to_open_postings(hall, people):
    posting = hall.open()
    hall.firm.close({"id": posting})
    reply = invite(hall, posting)
    assert (reply.status, reply.problem["code"]) == (409, "wrong-state")
    assert invite(hall, hall.firm.add()["id"]).status == 409


def test_so_many_a_day(hall, town, people, server):
    """Fifty, also when the last are sent at the same moment."""
    posting = hall.open()
    for _ in range(46):
        town.run("insert into invitation (consortium_id, id, posting_id,"
                 " student_id, enterprise_id) values (%s, %s, %s, %s, %s)",
                 people.consortium, new_id(), posting,
                 town.student(people.consortium, people.school),
                 people.enterprise)
    students = [town.student(people.consortium, people.school)
                for _ in range(8)]
    clients = [server.client(hall.enterprise.token) for _ in students]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(
            lambda pair: invite(hall, posting, *pair),
            zip(students, clients)))
    for client in clients:
        client.close()
    assert sorted(reply.status for reply in replies) == [201] * 4 + [429] * 4
    refused = next(reply for reply in replies if reply.status == 429)
    assert 0 < int(refused.headers["retry-after"]) <= 86400
    # yesterday's do not count
    town.run("update invitation set created_at = now() - interval '1 day'"
             " where enterprise_id = %s", people.enterprise)
    assert invite(hall, posting).status == 201


def test_one_student_so_often_in_a_month(hall, town, people, server):
    """Five of one enterprise, also at the same moment; then not for 30 days."""
    postings = [hall.open() for _ in range(8)]
    clients = [server.client(hall.enterprise.token) for _ in postings]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(
            lambda pair: invite(hall, pair[0], client=pair[1]),
            zip(postings, clients)))
    for client in clients:
        client.close()
    assert sorted(reply.status for reply in replies) == [201] * 5 + [409] * 3
    refused = next(reply for reply in replies if reply.status == 409)
    assert refused.problem["code"] == "wrong-state"
    assert "within 30 days" in refused.problem["detail"]
    assert len(hall.student.get(mine(hall)).json["items"]) == 5
    other = town.student(people.consortium, people.school)
    assert invite(hall, postings[0], other).status == 201
    town.run("update invitation set created_at = now() - interval '30 days'"
             " where student_id = %s", people.student)
    assert invite(hall, hall.open()).status == 201


def test_as_often_as_the_policy_says(hall, town, people):
    town.run("insert into policy (consortium_id, version, valid_from,"
             " invitations_per_day, invitations_per_student,"
             " interviews_per_application) values (%s, 2, now(), 2, 1, 1)",
             people.consortium)
    first, second_one = hall.open(), hall.open()
    assert invite(hall, first).status == 201
    assert invite(hall, second_one).status == 409
    others = [town.student(people.consortium, people.school)
              for _ in range(2)]
    assert invite(hall, first, others[0]).status == 201
    assert invite(hall, first, others[1]).status == 429
    made = hall.applied(first)
    assert hall.call(made).status == 201
    again = hall.call(made)
    assert (again.status, again.problem["detail"]) == \
        (409, "the policy allows no more interviews for it")


def test_rights(hall, second, other_student):  # noqa: F811
    posting = hall.open()
    assert invite(hall, posting, client=second.client).status == 404
    for client in (hall.student, hall.school, hall.office):
        assert invite(hall, posting, client=client).status == 403
    path = f"/v1/postings/{posting}/invitations"
    assert second.client.get(path).status == 404
    assert hall.student.get(path).status == 403
    assert hall.office.get(path).status == 200
    assert hall.enterprise.get(mine(hall)).status == 403
    assert other_student[1].get(mine(hall)).status == 404
    for asked in (path, mine(hall)):
        assert hall.office.get(asked + "?state=open").status == 400


def test_pages_and_keys(hall):
    made = [invite(hall, hall.open()).json["id"] for _ in range(3)]
    page = hall.student.get(mine(hall) + "?limit=2")
    assert ids(page) + ids(hall.student.get(page.json["next"])) == made[::-1]
    posting = hall.open()
    replies = [invite(hall, posting, headers={"Idempotency-Key": "i"})
               for _ in range(2)]
    assert replies[0].json == replies[1].json
