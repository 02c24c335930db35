"""After a publication students answer by a date: those who do not are reminded
once, and then their proposals lapse.
"""

import concurrent.futures
import datetime

from tests.api.placed import refused
from tests.api.published import (  # noqa: F401
    alone, city, server, town, until, working)
from tests.api.town import SERVICE


def at(**ahead):
    return (datetime.datetime.now(datetime.timezone.utc)
            + datetime.timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_publication_says_until_when(city):  # noqa: F811
    decide, appeal = at(days=3), at(days=5)
    student, = city.settle(1, decide_by=decide, appeals_by=appeal)
    for role in ("office", "school", "enterprise", "student"):
        seen = city.clients[role].get(city.path).json
        assert (seen["decide_by"], seen["appeals_by"]) == (decide, appeal)
    assert city.placement(student)["decide_by"] == decide
    assert city.move(student, "accept").json["state"] == "accepted"


def test_else_it_is_a_week(city, town):  # noqa: F811
    student, = city.settle(1)
    made = city.office.get(city.path).json
    assert made["decide_by"] == made["appeals_by"]
    assert town.one("select decide_by between now() + interval '7 days'"
                    " - interval '2 minutes' and now() + interval '7 days'"
                    " from round where id = %s", city.round)
    assert made["decide_by"] == city.placement(student)["decide_by"]


def test_else_it_is_as_the_policy_says(city, town):  # noqa: F811
    """The round's own policy, though another holds by then; and not beyond the
    round's last day."""
    consortium = city.people.consortium
    town.run("insert into policy (consortium_id, version, valid_from,"
             " answer_days, appeal_days) values (%s, 2, now(), 3, 60)",
             consortium)
    posting, student = city.add_posting(), city.add_student()
    city.open()
    town.run("insert into policy (consortium_id, version, valid_from)"
             " values (%s, 3, now())", consortium)
    city.wish(student, posting)
    city.published()
    assert town.one("select array[round(extract(epoch from decide_by - now())"
                    " / 86400), round(extract(epoch from appeals_by - now())"
                    " / 86400)] from round where id = %s", city.round) \
        == [3, 60]
    for what, last, days in (("appeals_by", 10, 11), ("decide_by", 10, 3),
                             ("appeals_by", -9, 60)):
        assert town.one(
            "select round(extract(epoch from round_time_end("
            "jsonb_populate_record(r, jsonb_build_object('period_end',"
            " (today_in_china() + %s))), null, %s) - (today_in_china()"
            "::timestamp at time zone 'Asia/Shanghai')) / 86400) - case %s"
            " when 11 then 0 else round(extract(epoch from now() -"
            " (today_in_china()::timestamp at time zone 'Asia/Shanghai'))"
            " / 86400) end from round r where id = %s", last,
            f"round_{what}_is_ahead", days, city.round) == days


def test_what_a_publication_must_not_say(city, town):  # noqa: F811
    posting = city.add_posting()
    city.open()
    city.wish(city.add_student(), posting)
    city.place()
    for member in ("decide_by", "appeals_by"):
        for wrong in (at(minutes=-1), "2027-09-02T00:00:00Z"):
            reply = city.publish(**{member: wrong})
            assert (reply.status, reply.wheres()) == (422, ["#/" + member])
        reply = city.publish(**{member: "tomorrow"})
        assert (reply.status, reply.wheres()) == (422, ["#/" + member])
    assert town.one("select count(*) from placement where round_id = %s",
                    city.round) == 0
    assert city.office.get(city.path).json["decide_by"] is None
    assert city.publish(decide_by=None).status == 200


def test_what_nobody_answers_lapses_once(city, town):  # noqa: F811
    yes, no, silent = city.settle(3)
    assert city.move(yes, "accept").status == 200
    assert city.move(no, "decline", reason="路太远").status == 200
    city.hurry()
    with working(city.url, expire_s=1), working(city.url, expire_s=1):
        until(lambda: city.state(silent) == "lapsed")
    assert [city.state(one) for one in (yes, no, silent)] == \
        ["accepted", "declined", "lapsed"]
    placement = city.placement(silent)["id"]
    events = town.run("select from_state, to_state, actor from event where"
                      " subject_id = %s", placement)
    assert events == [("proposed", "lapsed", SERVICE)]
    for role in ("school", "enterprise", "student"):
        client = city.students[silent] if role == "student" \
            else city.clients[role]
        seen = client.get(f"/v1/placements/{placement}").json
        assert {(n["about"], n["party"], n["told_at"])
                for n in seen["notices"]} >= {("lapsed", role, None)}
        assert seen["history"][-1]["to"] == "lapsed"
        assert client.post(
            f"/v1/placements/{placement}/notices/acknowledge", {}).status == 200
    refused(city.move(silent, "accept"))
    refused(city.move(silent, "decline", reason="晚了"))
    listed = city.office.get("/v1/placements?state=lapsed&round_id="
                             + city.round).json["items"]
    assert [one["id"] for one in listed] == [placement]


def test_too_late_before_any_worker_came(city):  # noqa: F811
    student, = city.settle(1)
    city.hurry()
    refused(city.move(student, "accept"))
    assert city.state(student) == "proposed"
    assert city.move(student, "decline", reason="路太远").status == 200


def test_a_reminder_comes_once(city, town):  # noqa: F811
    asked, answered = city.settle(2, decide_by=at(days=10))
    assert [row[0] for row in town.run(
        "select date_trunc('day', p.decide_by - r.remind_at)::text from"
        " placement_reminder r join placement p on p.id = r.placement_id"
        " where p.round_id = %s", city.round)] == ["2 days"] * 2
    assert city.move(answered, "accept").status == 200
    town.run("update placement_reminder r set remind_at = now()"
             " from placement p where p.id = r.placement_id"
             " and p.round_id = %s", city.round)
    path = f"/v1/placements/{city.placement(asked)['id']}"

    def told():
        return [(n["about"], n["party"])
                for n in city.office.get(path).json["notices"]]

    with working(city.url, expire_s=1), working(city.url, expire_s=1):
        until(told)
        until(lambda: not town.one(
            "select count(*) from placement_reminder r join placement p"
            " on p.id = r.placement_id where p.round_id = %s", city.round))
    assert told() == [("answer-due", "school"), ("answer-due", "student")]
    assert town.run("select payload ->> 'student_id' from change where"
                    " consortium_id = %s and topic = 'reminder'",
                    city.people.consortium) == [(asked,)]
    seen = city.office.get(
        f"/v1/placements/{city.placement(answered)['id']}").json
    assert seen["notices"] == []


def test_a_short_time_is_halved(city, town):  # noqa: F811
    city.settle(1, decide_by=at(hours=2))
    assert town.one(
        "select extract(epoch from p.decide_by - r.remind_at) from"
        " placement_reminder r join placement p on p.id = r.placement_id"
        " where p.round_id = %s", city.round) <= 3600


def test_at_the_moment_of_the_lapse(city, town):  # noqa: F811
    """Who accepts as the time ends is either in time or told so; the state,
    the history and what was answered say the same."""
    students = city.settle(16)
    town.run("update placement set decide_by = now() + interval '3 seconds'"
             " + interval '50 ms' * (random() * 20)::int, actor = %s"
             " where round_id = %s", SERVICE, city.round)
    ids = {one: city.placement(one)["id"] for one in students}

    def its_end(student):
        """Whether its time is over, or nearly."""
        ends = datetime.datetime.fromisoformat(city.office.get(
            f"/v1/placements/{ids[student]}").json["decide_by"].replace(
                "Z", "+00:00")) - datetime.timedelta(milliseconds=15)
        return lambda: datetime.datetime.now(datetime.timezone.utc) >= ends

    waits = {one: its_end(one) for one in students}

    def try_it(student):
        until(waits[student])
        return city.students[student].post(
            f"/v1/placements/{ids[student]}/accept")

    with working(city.url, expire_s=1), \
            concurrent.futures.ThreadPoolExecutor(16) as pool:
        replies = dict(zip(students, pool.map(try_it, students)))
        until(lambda: not town.one(
            "select count(*) from placement where round_id = %s"
            " and state = 'proposed'", city.round))
    for student, reply in replies.items():
        state = city.state(student)
        assert (reply.status, state) in ((200, "accepted"), (409, "lapsed"))
        assert [to for (to,) in town.run(
            "select to_state from event where subject_id = %s",
            ids[student])] == [state]
