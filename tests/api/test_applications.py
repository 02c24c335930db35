"""The individual way: apply, withdraw, shortlist, interview, reject."""

import random

import pytest

from tests.api.firm import NOBODY, ids
from tests.api.firm import second  # noqa: F401 (fixture)
from tests.api.hall import PATH
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.town import new_id

MOVES = {("applied", "shortlisted"), ("applied", "interviewing"),
         ("applied", "withdrawn"), ("applied", "rejected"),
         ("shortlisted", "interviewing"), ("shortlisted", "withdrawn"),
         ("shortlisted", "rejected"), ("interviewing", "withdrawn"),
         ("interviewing", "rejected")}
VERBS = {"withdraw": "withdrawn", "shortlist": "shortlisted",
         "reject": "rejected", "interviews": "interviewing"}


def go(hall, application, verb):
    return hall.call(application) if verb == "interviews" \
        else hall.move(application, verb)


def standing(hall, state):
    """An application in that state."""
    made = hall.applied()
    for verb, goal in VERBS.items():
        if goal == state:
            assert go(hall, made, verb).status in (200, 201)
    return made


def test_a_student_applies(hall, people):
    posting = hall.open()
    reply = hall.apply(posting, message="希望参加")
    assert reply.status == 201, reply
    made = reply.json
    assert reply.headers["location"] == f"{PATH}/{made['id']}"
    assert (made["state"], made["message"], made["posting_id"]) \
        == ("applied", "希望参加", posting)
    assert made["student_id"] == str(people.student)
    assert made["enterprise_id"] == str(people.enterprise)
    assert made["is_disclosed"] and made["student"]["name"] == hall.name
    seen = hall.get(made["id"]).json
    assert seen["student"] == made["student"]
    assert seen["match"]["score"] == made["score"] > 0
    assert [part["name"] for part in seen["match"]["parts"]][0] == "specialty"
    assert seen["history"] == seen["interviews"] == []


def test_without_consent_nothing_is_given(hall, town, people):
    posting = hall.open()
    refused = hall.apply(posting, consent=False)
    assert (refused.status, refused.wheres()) == (422, ["#/consent"])
    assert (refused.problem["rule"], refused.problem["source"]) \
        == ("consent", "5.3")
    for body in ({"consent": None}, {"consent": "yes"}):
        reply = hall.apply(posting, **body)
        assert (reply.status, reply.wheres()) == (422, ["#/consent"])
    reply = hall.student.post(PATH, {"posting_id": posting})
    assert (reply.status, reply.wheres()) == (422, ["#/consent"])
    for table in ("application", "disclosure"):
        assert town.one(f"select count(*) from {table}"
                        " where consortium_id = %s", people.consortium) == 0


def test_every_flaw_is_named(hall):
    reply = hall.student.post(PATH, {"posting_id": "x", "message": " a",
                                     "more": 1})
    assert (reply.status, reply.wheres()) == (422, [
        "#/posting_id", "#/consent", "#/message", "#/more"])


def test_moves_take_what_they_know(hall):
    made = hall.applied()
    for verb, client in (("shortlist", hall.enterprise),
                         ("withdraw", hall.student)):
        reply = hall.move(made, verb, {"because": "x"}, client)
        assert (reply.status, reply.wheres()) == (422, ["#/because"])
    assert hall.state(made) == "applied"


@pytest.mark.parametrize("what", ["unknown", "draft", "closed", "expired"])
def test_only_open_postings_take_applications(hall, town, what):
    posting = NOBODY
    if what == "draft":
        posting = hall.firm.add()["id"]
    elif what != "unknown":
        posting = hall.open()
    if what == "closed":
        hall.firm.close({"id": posting})
    elif what == "expired":
        town.run("update posting set published_at = now() - interval '2 days',"
                 " closes_at = now() - interval '1 day',"
                 " actor = consortium_id where id = %s", posting)
    reply = hall.apply(posting)
    assert (reply.status, reply.wheres()) == (422, ["#/posting_id"])


def test_an_enterprise_that_was_suspended_takes_none(hall, people):
    posting = hall.open()
    hall.office.post(f"/v1/enterprises/{people.enterprise}/suspend",
                     {"reason": "x"})
    reply = hall.apply(posting)
    assert (reply.status, reply.problem["code"]) == (409, "wrong-state")


def test_whoever_left_school_does_not_apply(hall, town, people):
    posting = hall.open()
    town.run("update student set state = 'left', actor = consortium_id,"
             " reason = 'x' where id = %s", people.student)
    reply = hall.apply(posting)
    assert (reply.status, reply.problem["code"]) == (409, "wrong-state")


def test_every_rule_that_forbids_is_named(hall, town, people):
    posting = hall.open(targets=["51"], min_age=18)
    town.run("update student set entry_year = 2026, birth_date = '2010-06-01'"
             " where id = %s", people.student)
    reply = hall.apply(posting)
    assert (reply.status, reply.problem["code"]) == (422, "rule-broken")
    assert reply.problem["rule"] == "first-year"
    assert (reply.problem["limit"], reply.problem["actual"]) == (2, 1)
    assert reply.wheres() == ["#/posting_id"] * 3
    assert town.one("select count(*) from application where consortium_id"
                    " = %s", people.consortium) == 0


def test_one_application_to_a_posting(hall, other_student):
    posting = hall.open()
    first = hall.applied(posting)
    again = hall.apply(posting)
    assert (again.status, again.wheres()) == (409, ["#/posting_id"])
    assert hall.apply(posting, client=other_student[1]).status == 201
    assert hall.move(first, "withdraw").status == 200
    assert hall.applied(posting) != first


def test_a_key_has_its_effect_once(hall, town, people):
    posting = hall.open()
    body = {"posting_id": posting, "consent": True}
    replies = [hall.student.post(PATH, body, headers={"Idempotency-Key": "k"})
               for _ in range(2)]
    assert [reply.status for reply in replies] == [201, 201]
    assert replies[0].json == replies[1].json
    assert replies[1].headers["idempotency-replayed"] == "true"
    made = replies[0].json["id"]
    for _ in range(2):
        reply = hall.enterprise.post(f"{PATH}/{made}/shortlist", {},
                                     headers={"Idempotency-Key": "k"})
        assert reply.json["state"] == "shortlisted"
    assert town.one("select count(*) from event where subject_id = %s",
                    made) == 1


def test_the_whole_story(hall):
    made = hall.applied()
    assert hall.move(made, "shortlist", {}).json["state"] == "shortlisted"
    first = hall.call(made)
    assert (first.status, first.json["state"]) == (201, "interviewing")
    later = hall.call(made, "2099-02-01T09:00:00+08:00")
    assert [one["place"] for one in later.json["interviews"]] \
        == ["湖滨路 1 号"] * 2
    reply = hall.move(made, "reject", {"reason": "人数已满"})
    assert (reply.status, reply.json["state"]) == (200, "rejected")
    seen = hall.get(made, hall.student).json
    assert [(one["from"], one["to"], one["reason"], one["by"])
            for one in seen["history"]] == [
        ("applied", "shortlisted", None, "enterprise"),
        ("shortlisted", "interviewing", None, "enterprise"),
        ("interviewing", "rejected", "人数已满", "enterprise")]
    assert hall.get(made, hall.student).etag == f'"v{seen["version"]}"'
    known = {"If-None-Match": f'"v{seen["version"]}"'}
    assert hall.student.get(f"{PATH}/{made}", headers=known).status == 304


def test_who_says_no_says_why(hall):
    made = hall.applied()
    for body in ({}, {"reason": ""}, {"reason": None}, {"reason": " x"}):
        reply = hall.move(made, "reject", body)
        assert (reply.status, reply.wheres()) == (422, ["#/reason"])
    assert hall.state(made) == "applied"


def test_an_interview_is_ahead(hall):
    made = hall.applied()
    reply = hall.call(made, "2020-01-01T09:00:00+08:00")
    assert (reply.status, reply.wheres()) == (422, ["#/at"])
    reply = hall.enterprise.post(f"{PATH}/{made}/interviews", {"at": "soon"})
    assert (reply.status, reply.wheres()) == (422, ["#/at", "#/place"])
    assert hall.get(made).json["interviews"] == []
    assert hall.state(made) == "applied"


@pytest.mark.parametrize("state", ["applied", *VERBS.values()])
@pytest.mark.parametrize("verb", VERBS)
def test_every_move_from_every_state(hall, town, state, verb):
    made = standing(hall, state)
    before = town.one("select count(*) from event where subject_id = %s",
                      made)
    reply = go(hall, made, verb)
    is_again = state == VERBS[verb] == "interviewing"
    if (state, VERBS[verb]) in MOVES or is_again:
        assert reply.status in (200, 201), reply
        assert hall.state(made) == VERBS[verb]
    else:
        assert (reply.status, reply.problem["code"]) == (409, "wrong-state")
        assert hall.state(made) == state
        assert town.one("select count(*) from event where subject_id = %s",
                        made) == before


@pytest.mark.parametrize("seed", range(4))
def test_random_walks_keep_to_the_table(hall, town, people, seed):
    """Whatever is asked, the states follow each other as they may."""
    dice = random.Random(seed)
    made = [hall.applied() for _ in range(3)]
    for _ in range(30):
        reply = go(hall, dice.choice(made), dice.choice(list(VERBS)))
        assert reply.status in (200, 201, 409), reply
    for one in made:
        walked = town.run("select from_state, to_state from event where"
                          " subject_id = %s order by at, id", one)
        assert all(step in MOVES for step in walked)
        assert [end for _, end in walked[:-1]] \
            == [start for start, _ in walked[1:]]
        assert hall.state(one) == (walked[-1][1] if walked else "applied")


def test_rights(hall, second, other_student):  # noqa: F811
    made = hall.applied()
    for client in (hall.student, hall.enterprise, hall.school, hall.office):
        assert hall.get(made, client).status == 200
    for client in (second.client, other_student[1]):
        assert hall.get(made, client).status == 404
        assert ids(client.get(PATH)) == []
    assert hall.move(made, "withdraw", client=other_student[1]).status == 404
    for verb in ("shortlist", "reject"):
        assert hall.move(made, verb, client=second.client).status == 404
    reply = second.client.post(f"{PATH}/{made}/interviews", {
        "at": "2099-01-01T00:00:00Z", "place": "x"})
    assert reply.status == 404
    for verb in ("withdraw", "shortlist", "reject"):
        assert hall.move(made, verb, client=hall.office).status == 403
        assert hall.move("x", verb).status == 404
    assert hall.move(made, "reject", client=hall.student).status == 403
    assert hall.move(made, "withdraw", client=hall.enterprise).status == 403
    assert hall.state(made) == "applied"


def test_another_school_sees_nothing(hall, town, people, server):
    made = hall.applied()
    school = town.school(people.consortium)
    client = server.client(town.token(people.consortium, town.account(
        people.consortium, "school", school)))
    assert hall.get(made, client).status == 404
    assert ids(client.get(PATH)) == []
    client.close()


def test_the_list(hall, people, other_student):
    postings = [hall.open() for _ in range(3)]
    mine = [hall.applied(one) for one in postings]
    other = hall.applied(postings[0], other_student[1])
    hall.move(mine[1], "shortlist")
    assert ids(hall.student.get(PATH)) == mine[::-1]
    for client in (hall.enterprise, hall.school, hall.office):
        assert ids(client.get(PATH)) == [other, *mine[::-1]]
        asked = f"{PATH}?posting_id={postings[0]}"
        assert ids(client.get(asked)) == [other, mine[0]]
        assert ids(client.get(f"{PATH}?state=shortlisted")) == [mine[1]]
        assert ids(client.get(f"{PATH}?student_id={other_student[0]}")) \
            == [other]
        assert ids(client.get(f"{PATH}?enterprise_id={NOBODY}")) == []
    reply = hall.office.get(f"{PATH}?state=open&posting_id=x&since=1")
    assert (reply.status, sorted(reply.wheres())) == (
        400, ["posting_id", "since", "state"])


def test_pages_neither_skip_nor_repeat(hall):
    made = [hall.applied() for _ in range(5)]
    seen, path = [], PATH + "?limit=2"
    while path:
        page = hall.enterprise.get(path)
        seen += ids(page)
        path = page.json["next"]
    assert seen == made[::-1]
    assert hall.office.get(PATH + "?after=nonsense").status == 400


def test_the_end_of_the_purpose(hall, people, town):
    """With the last application that is open, the enterprise sees nobody."""
    first, last = hall.applied(), hall.applied()
    assert hall.seen(first)["name"] == hall.seen(last)["name"] == hall.name
    hall.move(first, "withdraw")
    assert hall.seen(first)["name"] == hall.name
    hall.move(last, "reject")
    for one in (first, last):
        seen = hall.get(one).json
        assert (seen["student"], seen["message"], seen["is_disclosed"]) \
            == (None, None, False)
        assert seen["history"]
    assert hall.name not in hall.enterprise.get(PATH).body.decode()
    assert hall.name in hall.student.get(PATH).body.decode()
    assert town.run("select ended_because from disclosure where student_id"
                    " = %s", people.student) == [("purpose-over",)]


def test_reading_of_minors_is_audited(hall, town, people):
    made = hall.applied()

    def read():
        return town.run("select actor, action, subject_id, detail from audit"
                        " where consortium_id = %s and action = 'read'"
                        " order by seq", people.consortium)

    hall.get(made)
    assert read() == []
    town.run("update student set birth_date = now() - interval '17 years'"
             " where id = %s", people.student)
    for client in (hall.student, hall.school, hall.office):
        hall.get(made, client)
        client.get(PATH)
    assert read() == []
    hall.get(made)
    hall.enterprise.get(PATH)
    assert read() == [(people.accounts["enterprise"], "read", people.student,
                       {"application_id": made})] * 2
    assert town.one("select audit_first_fault(%s)", people.consortium) is None
    # what is not shown is not read
    hall.move(made, "withdraw")
    hall.get(made)
    assert len(read()) == 2


def test_a_page_audits_only_whom_it_shows(hall, town, people, server):
    town.run("update student set birth_date = now() - interval '17 years'"
             " where id = %s", people.student)
    made = [hall.applied() for _ in range(3)]
    hall.enterprise.get(PATH + "?limit=2")
    assert [row[0]["application_id"] for row in town.run(
        "select detail from audit where consortium_id = %s"
        " and action = 'read' order by seq", people.consortium)] in (made[:0:-1], made[1:])


def test_nobody_is_known_before_he_applies(hall, server, people, second):  # noqa: F811
    """A canary: the name of who did not apply here is in no reply."""
    posting = hall.open()
    theirs = second.open(targets=["660301"])["id"]
    made = hall.applied(theirs)
    server.current(hall.town)
    for path in (PATH, f"{PATH}/{made}", "/v1/postings",
                 f"/v1/postings/{posting}/candidates", "/v1/placements",
                 f"/v1/students/{people.student}", "/v1/students",
                 f"/v1/enterprises/{people.enterprise}/quota"):
        reply = hall.enterprise.get(path)
        assert hall.name not in reply.body.decode(), reply
    assert hall.name in second.client.get(f"{PATH}/{made}").body.decode()


def test_an_unknown_application(hall):
    assert hall.get(new_id()).status == 404
    assert hall.call(new_id()).status == 404
