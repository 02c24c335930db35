"""An internship from its start to its certificate: weekly reports and their
marks, evaluations, and what the enterprise may show of it."""

import base64
import concurrent.futures

import pytest

from tests.api.firm import NOBODY
from tests.api.firm import second  # noqa: F401 (fixture)
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.placed import PATH, day, refused, terms
from tests.api.placed import ward  # noqa: F401 (fixture)


def report(ward, placement, week=1, text="学习数控车床操作。", client=None):
    return (client or ward.hall.student).post(
        f"{PATH}/{placement}/logs", {"week": week, "text": text})


def mark(ward, placement, who, week=1, client=None, **body):
    return (client or getattr(ward.hall, who)).put(
        f"{PATH}/{placement}/logs/{week}/{who}-mark",
        body or {"mark": "good", "note": "记录完整"})


def evaluate(placement, client, score=5, **body):
    return client.post(f"{PATH}/{placement}/evaluations",
                       {"score": score, **body})


def certificate(client, enterprise, first, last):
    return client.get(f"/v1/enterprises/{enterprise}/acceptances"
                      f"?from={first}&to={last}")


def test_the_whole_way(ward, hall, client, people):
    """From the nomination to the certificate, in one go."""
    posting = hall.open(period_start=day(0), period_end=day(120))
    made = hall.school.post(PATH, {"student_id": str(people.student),
                                   "posting_id": posting}).json["id"]
    assert hall.student.post(f"{PATH}/{made}/accept").status == 200
    path = f"{PATH}/{made}/agreement"
    written = hall.school.put(path, terms(), headers={"If-Match": '"v0"'})
    sha = {"sha256": written.json["sha256"]}
    for who, more in (
            (hall.enterprise, {}), (hall.student, {"consent": True}),
            (hall.school, {"consent": True, "guardian_name": "周建国",
                           "signed_on": day(0)}), (hall.school, {})):
        assert who.post(f"{path}/signatures", {**sha, **more}).status == 201
    assert hall.school.post(f"{PATH}/{made}/start", {}).status == 200
    assert report(ward, made).status == 201
    assert mark(ward, made, "school").status == 200
    assert mark(ward, made, "enterprise").status == 200
    ward.back(made, 121)
    for week in range(2, 18):
        assert report(ward, made, week).status == 201
    assert hall.school.post(f"{PATH}/{made}/complete", {}).status == 200
    assert evaluate(made, hall.student).status == 201
    assert evaluate(made, hall.enterprise, 4).status == 201
    given = certificate(hall.enterprise, people.enterprise, day(-200),
                        day(0)).json
    assert (given["placements"], given["students"], given["days"]) \
        == (1, 1, 121)
    assert client.get(f"/v1/acceptances/{given['code']}").json == given
    assert [one["to"] for one in ward.get(made)["history"]] == [
        "accepted", "agreement_signed", "started", "completed"]


def test_a_week_is_reported_once(ward, hall):
    made = ward.started()
    reply = report(ward, made)
    assert (reply.status, reply.headers["location"]) \
        == (201, f"{PATH}/{made}/logs/1")
    assert (reply.json["is_late"], reply.json["first_day"],
            reply.json["school_mark"]) == (False, day(0), None)
    refused(report(ward, made), "conflict")
    reply = report(ward, made, 2)
    assert (reply.status, reply.wheres()) == (422, ["#/week"])
    reply = report(ward, made, 0, " ")
    assert (reply.status, reply.wheres()) == (422, ["#/week", "#/text"])
    path = f"{PATH}/{made}/logs/1"
    one = hall.enterprise.get(path)
    assert one.json["text"] == "学习数控车床操作。"
    assert hall.enterprise.get(path, headers={
        "If-None-Match": one.etag}).status == 304
    for week in ("2", "0", "x", "501"):
        assert hall.school.get(f"{PATH}/{made}/logs/{week}").status == 404


def test_late_is_marked(ward):
    made = ward.started()
    ward.back(made, 14)
    # the first week ended eight days ago, the second one yesterday
    assert [report(ward, made, week).json["is_late"]
            for week in (1, 2, 3)] == [True, False, False]
    assert report(ward, made, 4).status == 422


def test_reports_begin_with_the_start_and_end_with_the_end(ward, hall):
    made = ward.signed()
    refused(report(ward, made))
    ward.start(made)
    ward.back(made, 10)
    ward.complete(made, ended_on=day(-4), reason="已达到实习要求")
    assert report(ward, made, 1).status == 201
    assert report(ward, made, 2).status == 422


def test_reports_in_pages(ward, hall):
    made = ward.started()
    ward.back(made, 40)
    for week in (3, 1, 5, 2, 4):
        report(ward, made, week)
    path = f"{PATH}/{made}/logs"
    page = hall.school.get(path + "?limit=2").json
    weeks = [one["week"] for one in page["items"]]
    while page["next"]:
        page = hall.school.get(page["next"]).json
        weeks += [one["week"] for one in page["items"]]
    assert weeks == [1, 2, 3, 4, 5]
    assert hall.office.get(path + "?order=up").status == 400
    assert hall.office.get(f"{PATH}/{made}/evaluations?order=up").status \
        == 400


def test_marks(ward, hall):
    made = ward.started()
    assert mark(ward, made, "school").status == 404
    report(ward, made)
    assert mark(ward, made, "school").json["school_mark"] == "good"
    both = mark(ward, made, "enterprise", mark="excellent").json
    assert (both["school_mark"], both["school_note"],
            both["enterprise_mark"], both["enterprise_note"]) \
        == ("good", "记录完整", "excellent", None)
    again = mark(ward, made, "school", mark="pass", note=None).json
    assert (again["school_mark"], again["school_note"],
            again["enterprise_mark"]) == ("pass", None, "excellent")
    for who in ("school", "enterprise"):
        reply = mark(ward, made, who, mark="A+", note="")
        assert (reply.status, reply.wheres()) == (422, ["#/mark", "#/note"])


def test_both_evaluate_once_and_unseen(ward, hall):
    made = ward.started()
    for client in (hall.student, hall.enterprise):
        refused(evaluate(made, client))
    ward.complete(made, reason="已达到实习要求")
    path = f"{PATH}/{made}/evaluations"

    def seen(client):
        return [(one["made_by"], one["score"])
                for one in client.get(path).json["items"]]

    reply = evaluate(made, hall.student, 6, text="")
    assert (reply.status, reply.wheres()) == (422, ["#/score", "#/text"])
    reply = evaluate(made, hall.student, 4, text="师傅耐心")
    assert (reply.status, reply.json["made_by"]) == (201, "student")
    refused(evaluate(made, hall.student, 1), "conflict")
    assert seen(hall.student) == seen(hall.school) == [("student", 4)]
    assert seen(hall.enterprise) == []
    assert evaluate(made, hall.enterprise, 5).status == 201
    for client in (hall.student, hall.enterprise, hall.school, hall.office):
        assert seen(client) == [("student", 4), ("enterprise", 5)]


def test_what_never_started_is_not_evaluated(ward, hall):
    made = ward.accepted()
    ward.terminate(made, hall.student)
    refused(evaluate(made, hall.student))
    refused(report(ward, made))


def test_what_a_certificate_counts(ward, hall, people, client):
    """Completed internships alone, and of them the days of the period."""
    made = ward.started()
    given = certificate(hall.enterprise, people.enterprise, day(-9), day(9))
    assert (given.json["placements"], given.json["days"]) == (0, 0)
    ward.back(made, 20)
    ward.complete(made, ended_on=day(-1), reason="已达到实习要求")

    def counted(first, last):
        one = certificate(hall.office, people.enterprise, day(first),
                          day(last)).json
        return one["placements"], one["students"], one["days"]

    assert counted(-20, -1) == (1, 1, 20)
    assert counted(-100, 100) == (1, 1, 20)
    assert counted(-5, 3) == (1, 1, 5)
    assert counted(-30, -18) == (1, 1, 3)
    assert counted(0, 9) == counted(-40, -21) == (0, 0, 0)
    # what was certified is still verified when there is more to certify
    before = certificate(hall.enterprise, people.enterprise, day(-5),
                         day(3)).json
    assert client.get(f"/v1/acceptances/{before['code']}").json == before
    assert (before["issued_on"], len(before["uscc"])) == (day(0), 18)


def test_a_code_is_not_made_up(hall, people, client):
    code = certificate(hall.enterprise, people.enterprise, day(-5),
                       day(0)).json["code"]
    raw = bytearray(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)))
    for place in range(len(raw)):
        raw[place] ^= 1
        text = base64.urlsafe_b64encode(raw).decode().rstrip("=")
        raw[place] ^= 1
        assert client.get(f"/v1/acceptances/{text}").status == 404
    for text in (code[:-1], code + "A", "none"):
        assert client.get(f"/v1/acceptances/{text}").status == 404
    assert client.get(f"/v1/acceptances/{code}").status == 200


def test_a_certificate_needs_its_period(hall, people):
    path = f"/v1/enterprises/{people.enterprise}/acceptances"
    reply = hall.enterprise.get(path)
    assert (reply.status, reply.wheres()) == (400, ["from", "to"])
    reply = certificate(hall.enterprise, people.enterprise, day(1), day(0))
    assert (reply.status, reply.wheres()) == (400, ["to"])


def test_a_student_takes_it_along(ward, hall, people):
    made = ward.started()
    report(ward, made)
    ward.complete(made, reason="x")
    evaluate(made, hall.student, 4, text="师傅耐心")
    data = hall.student.get(f"/v1/students/{people.student}/data").json["data"]
    [kept] = data["agreements"]
    assert (kept["placement_id"], kept["terms"]) == (made, terms())
    assert {one["party"] for one in kept["signatures"]} \
        == {"school", "enterprise", "student", "guardian"}
    assert [one["text"] for one in data["logs"]] == ["学习数控车床操作。"]
    assert [one["score"] for one in data["evaluations"]] == [4]


def test_rights(ward, hall, second, other_student, people):  # noqa: F811
    made = ward.started()
    report(ward, made)
    for client in (second.client, other_student[1]):
        for tail in ("logs", "logs/1", "evaluations"):
            assert client.get(f"{PATH}/{made}/{tail}").status == 404
    assert report(ward, made, 1, client=other_student[1]).status == 404
    assert mark(ward, made, "enterprise",
                client=second.client).status == 404
    for client in (hall.enterprise, hall.school, hall.office):
        assert report(ward, made, 1, client=client).status == 403
    assert mark(ward, made, "school", client=hall.enterprise).status == 403
    assert mark(ward, made, "enterprise", client=hall.school).status == 403
    assert evaluate(made, hall.school).status == 403
    assert evaluate(NOBODY, hall.student).status == 404
    assert evaluate(made, second.client).status == 404
    assert evaluate(made, other_student[1]).status == 404
    assert certificate(second.client, people.enterprise, day(0),
                       day(0)).status == 404
    assert certificate(hall.school, people.enterprise, day(0),
                       day(0)).status == 403
    assert certificate(hall.office, NOBODY, day(0), day(0)).status == 404


@pytest.mark.parametrize("what", ["report", "evaluate", "start"])
def test_at_once(ward, hall, server, people, what):
    """Four of the same at the same moment: one counts."""
    made = ward.signed() if what == "start" else ward.started()
    if what == "evaluate":
        ward.complete(made, reason="x")
    role = "school" if what == "start" else "student"
    clients = [server.client(people.tokens[role]) for _ in range(4)]
    act = {"report": lambda one: report(ward, made, client=one),
           "evaluate": lambda one: evaluate(made, one),
           "start": lambda one: ward.start(made, one)}[what]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(act, clients))
    for client in clients:
        client.close()
    assert sorted(reply.status for reply in replies)[1:] == [409] * 3
    assert min(reply.status for reply in replies) in (200, 201)
