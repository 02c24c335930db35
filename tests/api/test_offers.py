"""Offers: made, taken, declined; and the last seat, which one may have."""

import concurrent.futures
import datetime
import random
import subprocess
import time

import pytest

from tests.api.firm import NOBODY, ids
from tests.api.firm import second  # noqa: F401 (fixture)
from tests.api.hall import PATH as APPLICATIONS
from tests.api.hall import Hall, hall, other_student  # noqa: F401 (fixtures)
from tests.api.server import PROGRAM
from tests.api.town import new_id

PATH = "/v1/offers"
MOVES = {("made", "accepted"), ("made", "declined"), ("made", "withdrawn"),
         ("made", "expired")}


def offer(hall, application, client=None, **changes):
    body = {"starts_on": "2027-03-01", "pay_fen": 350000,
            "reply_by": "2099-01-01T00:00:00Z", **changes}
    return (client or hall.enterprise).post(
        f"{APPLICATIONS}/{application}/offers",
        {name: value for name, value in body.items() if value is not ...})


def offered(hall, posting=None, client=None, **changes):
    reply = offer(hall, hall.applied(posting, client), **changes)
    assert reply.status == 201, reply
    return reply.json


def accept(client, made, **more):
    return client.post(f"{PATH}/{made}/accept", **more)


def decline(client, made, reason="离家太远"):
    return client.post(f"{PATH}/{made}/decline", {"reason": reason})


def withdraw(client, made, reason="项目取消"):
    return client.post(f"{PATH}/{made}/withdraw", {"reason": reason})


def refused(reply, code="wrong-state"):
    assert (reply.status, reply.problem["code"]) == (409, code), reply


def test_a_job_from_offer_to_hired(hall, people):
    made = offered(hall, hall.job(), terms="包住宿")
    assert (made["state"], made["ends_on"], made["placement_id"]) \
        == ("made", None, None)
    assert hall.state(made["application_id"]) == "offered"
    other = hall.applied()
    taken = accept(hall.student, made["id"])
    assert (taken.status, taken.json["state"]) == (200, "accepted")
    assert taken.json["history"][0]["by"] == "student"
    assert hall.state(made["application_id"]) == "hired"
    # the student's other applications are his to withdraw
    assert hall.state(other) == "applied"
    assert hall.office.get("/v1/placements").json["items"] == []
    seen = hall.enterprise.get(f"{PATH}/{made['id']}")
    assert seen.json == taken.json
    assert hall.enterprise.get(f"{PATH}/{made['id']}", headers={
        "If-None-Match": seen.etag}).status == 304


@pytest.mark.parametrize("kind", ["internship", "apprenticeship"])
def test_an_internship_becomes_a_placement(hall, people, kind):
    made = offered(hall, hall.open(kind=kind), starts_on="2027-03-15")
    assert made["ends_on"] == "2027-08-31"
    taken = accept(hall.student, made["id"]).json
    assert hall.state(made["application_id"]) == "placed"
    placed = hall.enterprise.get(
        f"/v1/placements/{taken['placement_id']}").json
    assert (placed["origin"], placed["offer_id"], placed["state"]) \
        == ("offer", made["id"], "accepted")
    assert (placed["period_start"], placed["period_end"]) \
        == ("2027-03-15", "2027-08-31")
    assert (placed["round_id"], placed["choice"], placed["cutoff"]) \
        == (None, None, None)
    assert placed["student_name"] == hall.name
    given = hall.student.get(f"/v1/students/{people.student}/disclosures")
    assert {one["purpose"] for one in given.json["items"]} \
        == {"recruitment", "internship"}
    for one in given.json["items"]:
        hall.student.post(f"/v1/disclosures/{one['id']}/withdraw")
    for path in ("", "/" + placed["id"]):
        seen = hall.enterprise.get("/v1/placements" + path)
        assert seen.status == 200
        assert hall.name not in seen.body.decode()


def test_what_an_offer_must_say(hall):
    made = hall.applied()
    reply = hall.enterprise.post(f"{APPLICATIONS}/{made}/offers", {"pay": 1})
    assert (reply.status, reply.wheres()) == (422, [
        "#/starts_on", "#/pay_fen", "#/reply_by", "#/pay"])
    reply = offer(hall, made, starts_on="2026-01-01", ends_on="2025-12-31",
                  pay_fen=319999)
    assert (reply.status, reply.wheres()) == (422, [
        "#/starts_on", "#/ends_on", "#/pay_fen"])
    reply = offer(hall, made, reply_by="2020-01-01T00:00:00Z")
    assert (reply.status, reply.wheres()) == (422, ["#/reply_by"])
    assert hall.state(made) == "applied"
    assert ids(hall.enterprise.get(PATH)) == []


def test_an_internship_ends(hall, town):
    made = hall.applied(hall.open(kind="apprenticeship", period_start=...,
                                  period_end=...))
    reply = offer(hall, made)
    assert (reply.status, reply.wheres()) == (422, ["#/ends_on"])
    assert offer(hall, made, ends_on="2027-08-31").status == 201


def test_the_rules_are_asked_of_the_offer(hall, town, people):
    """What the posting promised may keep them, and the offer not."""
    town.run("update student set birth_date = '2011-02-01' where id = %s",
             people.student)
    made = hall.applied()
    reply = offer(hall, made, starts_on="2027-01-01", ends_on="2027-05-31")
    assert (reply.status, reply.problem["rule"]) == (422, "age-at-start")
    assert hall.state(made) == "applied"
    assert offer(hall, made).status == 201


def test_pay_is_eighty_percent(hall, town):
    """1.19, of the offer: the posting's standard may have risen since."""
    posting = hall.open(pay_standard_fen=400000)
    made = hall.applied(posting)
    town.run("alter table posting disable trigger c_check")
    try:
        town.run("update posting set pay_standard_fen = 500000,"
                 " actor = consortium_id where id = %s", posting)
    finally:
        town.run("alter table posting enable trigger c_check")
    reply = offer(hall, made, pay_fen=399999)
    assert (reply.status, reply.problem["rule"]) == (422, "pay-share")
    assert (reply.problem["limit"], reply.problem["actual"]) \
        == (400000, 399999)
    assert offer(hall, made, pay_fen=400000).status == 201


def test_one_offer_at_a_time(hall):
    made = offered(hall)
    refused(offer(hall, made["application_id"]))
    for verb in ("reject", "shortlist"):
        refused(hall.move(made["application_id"], verb))
    refused(hall.call(made["application_id"]))
    assert decline(hall.student, made["id"]).json["state"] == "declined"
    assert hall.state(made["application_id"]) == "shortlisted"
    again = offer(hall, made["application_id"], pay_fen=380000)
    assert again.status == 201
    assert withdraw(hall.enterprise, again.json["id"]).json["state"] \
        == "withdrawn"
    assert [one["reason"] for one in
            hall.get(made["application_id"]).json["history"]] == [
        None, "离家太远", None, "项目取消"]
    assert hall.move(made["application_id"], "reject").status == 200


def test_no_without_a_reason(hall):
    made = offered(hall)["id"]
    for reply in (decline(hall.student, made, ""),
                  withdraw(hall.enterprise, made, " ")):
        assert (reply.status, reply.wheres()) == (422, ["#/reason"])


def test_an_application_taken_back_declines(hall):
    made = offered(hall)
    assert hall.move(made["application_id"], "withdraw", {}).status == 200
    seen = hall.student.get(f"{PATH}/{made['id']}").json
    assert seen["state"] == "declined" and seen["history"][0]["reason"]
    refused(accept(hall.student, made["id"]))


def test_too_late(hall, town):
    made = offered(hall)
    town.run("update offer set reply_by = now() - interval '1 second',"
             " actor = consortium_id where id = %s", made["id"])
    for reply in (accept(hall.student, made["id"]),
                  decline(hall.student, made["id"])):
        refused(reply)
        assert reply.problem["detail"].startswith("offer cannot go from"
                                                  " expired to")


def test_a_suspended_enterprise_offers_nothing(hall, people):
    made = hall.applied()
    hall.office.post(f"/v1/enterprises/{people.enterprise}/suspend",
                     {"reason": "x"})
    refused(offer(hall, made), "conflict")
    assert hall.state(made) == "applied"


def test_nobody_in_two_places(hall):
    first, other = offered(hall), offered(hall)
    assert accept(hall.student, first["id"]).status == 200
    refused(accept(hall.student, other["id"]), "conflict")
    assert hall.state(other["application_id"]) == "offered"
    later = offered(hall, starts_on="2027-09-01", ends_on="2027-12-31")
    assert accept(hall.student, later["id"]).status == 200


def crowd(hall, server, posting, count):
    """(client, offer) of so many students, all of whom have an offer."""
    made = []
    for _ in range(count):
        _, client = hall.add_student(server)
        made.append((client, offered(hall, posting, client)["id"]))
    return made


def rush(made):
    """All accept at the same moment: what they are told."""
    with concurrent.futures.ThreadPoolExecutor(len(made)) as pool:
        replies = list(pool.map(lambda one: accept(*one), made))
    for client, _ in made:
        client.close()
    return replies


@pytest.mark.parametrize("kind", ["job", "internship"])
def test_the_last_seat(hall, server, town, kind):
    """Twelve have an offer for five openings, and all accept at once."""
    posting = hall.open(kind=kind, openings=5)
    replies = rush(crowd(hall, server, posting, 12))
    assert sorted(reply.status for reply in replies) == [200] * 5 + [409] * 7
    assert all(reply.problem["code"] == "conflict" for reply in replies
               if reply.status == 409)
    assert town.one("select count(*) from offer o join application a on a.id"
                    " = o.application_id where a.posting_id = %s and o.state"
                    " = 'accepted'", posting) == 5
    assert town.one("select count(*) from application where posting_id = %s"
                    " and state in ('hired', 'placed')", posting) == 5
    assert town.one("select count(*) from placement where posting_id = %s",
                    posting) == (5 if kind == "internship" else 0)


def test_the_cap_of_the_enterprise(hall, server, town, people):
    """1.1: a tenth of 39 is three, however many openings there are."""
    town.run("update enterprise set staff_count = 39, actor = consortium_id"
             " where id = %s", people.enterprise)
    postings = [hall.open(openings=9) for _ in range(2)]
    made = [one for posting in postings
            for one in crowd(hall, server, posting, 4)]
    replies = rush(made)
    assert sorted(reply.status for reply in replies) == [200] * 3 + [422] * 5
    for reply in replies:
        if reply.status == 422:
            assert (reply.problem["rule"], reply.problem["source"]) \
                == ("staff-cap", "1.1")
            assert (reply.problem["limit"], reply.problem["actual"]) \
                == (3, 4)
    # a seat in other days is another seat
    _, client = hall.add_student(server)
    later = offered(hall, postings[0], client, starts_on="2027-09-01",
                    ends_on="2027-12-31")
    assert accept(client, later["id"]).status == 200
    client.close()


def test_the_cap_of_the_post_category(hall, server, town, people):
    """1.2: a fifth of 14 is two; a tenth, as the office sets it for a
    while, one; as the policy says again when that is over."""
    category = hall.enterprise.post(
        f"/v1/enterprises/{people.enterprise}/post-categories",
        {"name": "车工", "staff_count": 14,
         "staff_counted_on": "2026-10-31"}).json["id"]
    posting = hall.open(openings=9, post_category_id=category)
    granted = new_id()
    town.run("insert into quota_override (consortium_id, id, enterprise_id,"
             " post_category_cap_mille, why, ends_on) values (%s, %s, %s,"
             " 100, 'x', '2099-01-01')", people.consortium, granted,
             people.enterprise)
    replies = rush(crowd(hall, server, posting, 3))
    assert sorted(reply.status for reply in replies) == [200, 422, 422]
    town.run("update quota_override set ended_on = starts_on - 1,"
             " ended_why = 'x', actor = %s where id = %s", people.consortium, granted)
    replies += rush(crowd(hall, server, posting, 2))
    assert sorted(reply.status for reply in replies) == \
        [200, 200, 422, 422, 422]
    assert [(reply.problem["rule"], reply.problem["limit"],
             reply.problem["actual"]) for reply in replies
            if reply.status == 422] == [("post-category-cap", 1, 2)] * 2 \
        + [("post-category-cap", 2, 3)]


def test_a_key_accepts_once(hall, town):
    made = offered(hall)["id"]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        clients = [hall.student.server.client(hall.student.token)
                   for _ in range(4)]
        replies = list(pool.map(lambda client: accept(
            client, made, headers={"Idempotency-Key": "once"}), clients))
    for client in clients:
        client.close()
    assert {reply.status for reply in replies} <= {200, 409}
    told = [reply.json for reply in replies if reply.status == 200]
    assert told and all(one == told[0] for one in told)
    assert town.one("select count(*) from event where subject_id = %s",
                    made) == 1


def test_rights(hall, second, other_student):  # noqa: F811
    application = hall.applied()
    assert offer(hall, application, second.client).status == 404
    assert offer(hall, application, hall.student).status == 403
    assert offer(hall, new_id()).status == 404
    made = offer(hall, application).json["id"]
    for client in (hall.student, hall.enterprise, hall.school, hall.office):
        assert client.get(f"{PATH}/{made}").status == 200
        assert ids(client.get(PATH)) == [made]
    for client in (second.client, other_student[1]):
        assert client.get(f"{PATH}/{made}").status == 404
        assert ids(client.get(PATH)) == []
    assert accept(other_student[1], made).status == 404
    assert decline(other_student[1], made).status == 404
    assert withdraw(second.client, made).status == 404
    for client in (hall.enterprise, hall.school, hall.office):
        assert accept(client, made).status == 403
        assert decline(client, made).status == 403
    assert withdraw(hall.student, made).status == 403
    assert accept(hall.student, NOBODY).status == 404
    assert hall.student.get(f"{PATH}/{made}").json["state"] == "made"


def test_the_list(hall):
    made = [offered(hall) for _ in range(3)]
    decline(hall.student, made[0]["id"])
    for client in (hall.student, hall.enterprise, hall.office):
        assert ids(client.get(PATH)) == [one["id"] for one in made[::-1]]
        assert ids(client.get(PATH + "?state=declined")) == [made[0]["id"]]
        assert ids(client.get(f"{PATH}?posting_id={made[1]['posting_id']}")) \
            == [made[1]["id"]]
        assert ids(client.get(
            f"{PATH}?application_id={made[2]['application_id']}")) \
            == [made[2]["id"]]
    page = hall.office.get(PATH + "?limit=2")
    rest = hall.office.get(page.json["next"])
    assert ids(page) + ids(rest) == [one["id"] for one in made[::-1]]
    reply = hall.office.get(PATH + "?state=open&since=1")
    assert (reply.status, sorted(reply.wheres())) == (400, ["since",
                                                            "state"])


@pytest.mark.parametrize("seed", range(4))
def test_random_walks_keep_to_the_tables(hall, town, seed):
    """Commands of both sides in any order; every answer is a clear one, and
    application and offers always fit each other."""
    dice = random.Random(seed)
    application = hall.applied(hall.job())
    made = [offer(hall, application).json["id"]]
    commands = [
        lambda one: offer(hall, application),
        lambda one: accept(hall.student, one) if dice.random() < .2 else None,
        lambda one: decline(hall.student, one),
        lambda one: withdraw(hall.enterprise, one),
        lambda one: hall.move(application, "shortlist"),
        lambda one: hall.move(application, "reject")
        if dice.random() < .2 else None,
        lambda one: hall.call(application)]
    for _ in range(25):
        reply = dice.choice(commands)(dice.choice(made))
        assert reply is None or reply.status in (200, 201, 409), reply
        if reply is not None and reply.status == 201 \
                and "reply_by" in reply.json:
            made.append(reply.json["id"])
        states = [row[0] for row in town.run(
            "select state from offer where application_id = %s", application)]
        state = hall.state(application)
        assert states.count("made") == (state == "offered")
        assert states.count("accepted") == (state == "hired")
    for one in made:
        assert set(town.run("select from_state, to_state from event where"
                            " subject_id = %s", one)) <= MOVES


def test_time_ends_offers_and_applications(apart):
    """The worker's sweep, in a database of its own."""
    with apart() as (server, database, town):
        people = town.people()
        clients = {role: server.client(people.tokens[role]) for role in
                   ("student", "enterprise", "school", "office")}
        hall = Hall(clients.get, people, town)
        late, early = offered(hall), offered(hall)
        idle, busy = hall.applied(), hall.applied()
        town.run("update offer set reply_by = now() - interval '1 second',"
                 " actor = consortium_id where id = %s", late["id"])
        town.run("update application set lapses_at = now(),"
                 " actor = consortium_id where id = %s", idle)
        worker = subprocess.Popen([PROGRAM, "work"], env={
            **server.env, "DUIKOU_EXPIRE_S": "1"})
        deadline = time.monotonic() + 20
        while town.one("select count(*) from event where to_state = 'expired'"
                       ) < 2 and time.monotonic() < deadline:
            time.sleep(.05)
        worker.terminate()
        assert worker.wait(20) == 0
        assert hall.state(idle) == "expired"
        assert hall.state(busy) == "applied"
        assert hall.state(late["application_id"]) == "shortlisted"
        assert hall.state(early["application_id"]) == "offered"
        seen = hall.get(idle).json
        assert seen["history"][0]["by"] is None
        for client in clients.values():
            client.close()


def test_today_is_soon_enough(hall):
    zone = datetime.timezone(datetime.timedelta(hours=8))
    today = datetime.datetime.now(zone).date().isoformat()
    assert offered(hall, hall.job(), starts_on=today)["starts_on"] == today
