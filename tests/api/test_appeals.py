"""Appeals against a published round, what becomes of them, and the end of the
round, which waits for them.
"""

import concurrent.futures
import os
import subprocess

import pytest

from tests.api.placed import day, refused, terms
from tests.api.published import (  # noqa: F401
    alone, city, server, town)
from tests.api.server import PROGRAM
from tests.api.town import SERVICE, new_id

SAID = {"grounds": "data", "text": "专业代码登记有误"}


def appeal(city, client, **changes):  # noqa: F811
    return client.post(city.path + "/appeals", {**SAID, **changes})


def appealed(city, client, **changes):  # noqa: F811
    reply = appeal(city, client, **changes)
    assert reply.status == 201, reply
    return reply.json["id"]


def decide(city, made, verb="uphold"):  # noqa: F811
    return city.office.post(f"{city.path}/appeals/{made}/{verb}",
                            {"answer": "已核对原始材料"})


def end_appeals(city):  # noqa: F811
    """As if the time to appeal were over."""
    city.town.run("update round set appeals_by = now(), actor = %s"
                  " where id = %s", SERVICE, city.round)


def finalize(city):  # noqa: F811
    return city.office.post(city.path + "/finalize")


def test_from_an_appeal_to_its_answer(city, town):  # noqa: F811
    student, other = city.settle(2)
    reply = appeal(city, city.students[student])
    assert reply.status == 201, reply
    made = reply.json
    path = f"{city.path}/appeals/{made['id']}"
    assert reply.headers["location"] == path
    assert (made["state"], made["made_by"], made["student_id"],
            made["answer"]) == ("open", "student", student, None)
    assert decide(city, made["id"]).json["state"] == "upheld"
    readers = [city.office, city.clients["school"], city.students[student]]
    for reader in readers:
        seen = reader.get(path).json
        assert (seen["answer"], seen["state"]) == ("已核对原始材料", "upheld")
        assert [(one["to"], one["by"]) for one in seen["history"]] == [
            ("upheld", "office")]
        listed = reader.get(city.path + "/appeals").json["items"]
        assert [one["id"] for one in listed] == [made["id"]]
    for stranger in (city.students[other], city.clients["enterprise"]):
        assert stranger.get(path).status == 404
        assert stranger.get(city.path + "/appeals").json["items"] == []
    assert town.run("select kind from change where topic = 'appeal'"
                    " and subject_id = %s order by version",
                    made["id"]) == [("created",), ("upheld",)]


def test_who_appeals_about_what(city, server, town):  # noqa: F811
    student, = city.settle(1)
    school, enterprise = city.clients["school"], city.clients["enterprise"]
    posting = city.placement(student)["posting_id"]
    assert appeal(city, school).wheres() == ["#/student_id"]
    assert appeal(city, enterprise).wheres() == ["#/posting_id"]
    assert appeal(city, school, student_id=student,
                  posting_id=posting).wheres() == ["#/posting_id"]
    assert appeal(city, city.students[student],
                  student_id=str(city.people.student)).wheres() == \
        ["#/student_id"]
    for role, stranger in (("school", {"student_id": str(new_id())}),
                           ("enterprise", {"posting_id": str(new_id())}),
                           ("enterprise", {"posting_id": city.add_posting(
                               kind="job")})):
        reply = appeal(city, city.clients[role], **stranger)
        assert (reply.status, reply.wheres()) == \
            (422, ["#/" + next(iter(stranger))])
    flawed = city.students[student].post(
        city.path + "/appeals", {"grounds": "taste", "text": ""})
    assert sorted(flawed.wheres()) == ["#/grounds", "#/text"]
    for made in (appealed(city, school, student_id=student),
                 appealed(city, enterprise, posting_id=posting,
                          grounds="capacity")):
        assert city.office.get(f"{city.path}/appeals/{made}").status == 200
    assert city.students[student].get(city.path + "/appeals").json["items"]
    filtered = city.office.get(city.path + "/appeals?grounds=capacity"
                               "&state=open").json["items"]
    assert [one["posting_id"] for one in filtered] == [posting]
    assert city.office.get(city.path + "/appeals?state=lost").status == 400


def test_one_at_a_time_in_a_matter(city):  # noqa: F811
    student, = city.settle(1)
    client = city.students[student]
    first = appealed(city, client)
    again = appeal(city, client, grounds="other")
    assert (again.status, again.problem["code"]) == (409, "conflict"), again
    appealed(city, city.clients["school"], student_id=student)
    path = f"{city.path}/appeals/{first}/withdraw"
    assert city.clients["school"].post(path).status == 404
    assert client.post(path).json["state"] == "withdrawn"
    refused(client.post(path))
    refused(decide(city, first))
    appealed(city, client, grounds="other")


def test_only_while_the_time_lasts(city):  # noqa: F811
    posting = city.add_posting()
    city.open()
    student = city.add_student()
    city.wish(student, posting)
    city.place()
    refused(appeal(city, city.students[student]))
    assert city.publish().status == 200
    assert city.students[student].post(
        f"/v1/rounds/{new_id()}/appeals", SAID).status == 404
    made = appealed(city, city.students[student])
    end_appeals(city)
    refused(appeal(city, city.clients["school"], student_id=student))
    assert decide(city, made, "refuse").json["state"] == "refused"


def test_two_offices_decide_one_appeal(city, server, town):  # noqa: F811
    student, = city.settle(1)
    second = server.client(town.token(
        city.people.consortium,
        town.account(city.people.consortium, "office")))
    for _ in range(8):
        made = appealed(city, city.students[student])
        path = f"{city.path}/appeals/{made}/"
        sent = [(city.office, path + "uphold", {"answer": "属实"}),
                (second, path + "refuse", {"answer": "不属实"}),
                (city.students[student], path + "withdraw", None)]
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            replies = list(pool.map(lambda one: one[0].post(*one[1:]), sent))
        statuses = [reply.status for reply in replies]
        assert sorted(statuses) == [200, 409, 409], replies
        assert town.run("select to_state from event where subject_id = %s",
                        made) == [(("upheld", "refused", "withdrawn")[
                            statuses.index(200)],)]
    second.close()


def test_nobody_decides_his_own(city, town):  # noqa: F811
    student, = city.settle(1)
    made = appealed(city, city.students[student])
    account = town.one("select created_by from appeal where id = %s", made)
    with pytest.raises(Exception, match="nobody decides his own appeal"):
        town.run("select move_appeal(%s, %s, %s, null, 'upheld', 'x', %s)",
                 city.people.consortium, city.round, made, account)


def test_the_end_waits(city):  # noqa: F811
    yes, silent = city.settle(2)
    made = appealed(city, city.students[yes])
    waits = finalize(city)
    assert (waits.status, waits.problem["errors"][0]["detail"]) == \
        (409, "the time to appeal is not over"), waits
    end_appeals(city)
    assert finalize(city).problem["errors"][0]["detail"] == \
        "an appeal waits for its answer"
    decide(city, made, "refuse")
    assert city.move(yes, "accept").status == 200
    assert finalize(city).problem["errors"][0]["detail"] == \
        "a proposal waits for its answer"
    assert city.move(silent, "decline", reason="路太远").status == 200
    reply = finalize(city)
    assert (reply.status, reply.json["state"]) == (200, "final"), reply
    assert reply.json["seed"] and reply.json["published_run_id"] == city.run
    for again in (finalize(city), city.publish(),
                  city.office.post(city.path + "/run", {"mode": "stable"}),
                  appeal(city, city.students[yes])):
        refused(again)
    assert city.students[yes].get(city.path + "/result").status == 200
    with pytest.raises(Exception, match="its terms stay"):
        city.town.run("update round set decide_by = now(), actor = %s"
                      " where id = %s", SERVICE, city.round)


def test_what_was_accepted_goes_on(city, town):  # noqa: F811
    """From a final round to a started internship."""
    student, = city.settle(1)
    assert city.move(student, "accept").status == 200
    end_appeals(city)
    assert finalize(city).json["state"] == "final"
    path = f"/v1/placements/{city.placement(student)['id']}"
    town.run("update placement set period_start = %s, period_end = %s,"
             " actor = %s where id = %s", day(0), day(120), SERVICE,
             path.split("/")[-1])
    school, own = city.clients["school"], city.students[student]
    written = school.put(path + "/agreement", terms(),
                         headers={"If-Match": '"v0"'})
    assert written.status == 200, written
    sha = {"sha256": written.json["sha256"]}
    for client, more in ((school, {}), (city.clients["enterprise"], {}),
                         (own, {"consent": True}),
                         (own, {"consent": True,
                                "guardian_name": "周建国"})):
        signed = client.post(path + "/agreement/signatures", {**sha, **more})
        assert signed.status == 201, signed
    assert city.state(student) == "agreement_signed"
    assert school.post(path + "/start", {}).json["state"] == "started"


def test_all_of_it_is_in_the_audit(city, cluster, alone):  # noqa: F811
    student, = city.settle(1)
    for verb in ("uphold", "refuse"):
        decide(city, appealed(city, city.students[student]), verb)
    made = appealed(city, city.students[student])
    city.students[student].post(f"{city.path}/appeals/{made}/withdraw")
    city.move(student, "accept")
    end_appeals(city)
    assert finalize(city).status == 200
    entries, after = [], "/v1/audit?limit=200"
    while after:
        page = city.office.get(after).json
        entries += page["items"]
        after = page["next"]
    actions = [one["action"] for one in entries]
    assert sorted(one for one in actions if one.startswith("appeal")) == [
        "appeal.created", "appeal.created", "appeal.created",
        "appeal.refused", "appeal.upheld", "appeal.withdrawn"]
    assert actions.count("round.final") == 1
    assert "专业代码登记有误" not in str(entries)
    found = subprocess.run([PROGRAM, "audit", "verify"], check=False,
                           env={**os.environ, "DATABASE_URL": cluster.url(
                               alone[1])}, capture_output=True, text=True)
    assert found.returncode == 0, found


def test_who_is_erased_appeals_no_more(city, town):  # noqa: F811
    student, = city.settle(1)
    made = appealed(city, city.students[student])
    data = city.students[student].get(f"/v1/students/{student}/data").json
    assert [one["text"] for one in data["data"]["appeals"]] == [SAID["text"]]
    assert city.students[student].post(f"/v1/students/{student}/erase",
                                       {}).status == 204
    seen = city.office.get(f"{city.path}/appeals/{made}").json
    assert (seen["state"], seen["text"], seen["student_name"]) == \
        ("withdrawn", "-", "-")
