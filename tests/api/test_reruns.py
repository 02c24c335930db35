"""A published round placed again: who accepted stays, unless the office lets
him go with a reason; the moves are seen before they are published; and anybody
checks each publication from its files.
"""

import concurrent.futures
import os
import random
import subprocess

import pytest

from tests.api.placed import day, refused, terms
from tests.api.published import (  # noqa: F401
    alone, city, server, town, working)
from tests.api.server import PROGRAM, Server
from tests.api.test_rounds import MATCHER
from tests.api.town import SERVICE, new_id

LIVE = ("proposed", "accepted", "agreement_signed", "started")


def again(city, *released, **said):  # noqa: F811
    """Queues one: the reply."""
    return city.office.post(city.path + "/reruns", {
        "mode": "stable", **said, "released": [
            {"student_id": one, "reason": "申诉成立"} for one in released]})


def placed_again(city, *released, **said):  # noqa: F811
    reply = again(city, *released, **said)
    assert reply.status == 202, reply
    with working(city.url):
        return city.wait(reply.json["id"])


def moves(city, run):  # noqa: F811
    """{student: (from, to)}"""
    items = city.office.get(
        f"{city.path}/runs/{run['id']}/moves?limit=200").json["items"]
    return {one["student_id"]: (one["from_posting_id"],
                                one["to_posting_id"]) for one in items}


def seats(city):  # noqa: F811
    """{student: (placement, posting, state)} of who has a seat."""
    return {str(row[0]): row[1:] for row in city.town.run(
        "select student_id, id::text, posting_id::text, state from placement"
        " where round_id = %s and state = any(%s)", city.round, list(LIVE))}


def rivals(city):  # noqa: F811
    """Two who both want the one seat of `first` and then that of `second`:
    returns winner, loser, first, second."""
    first, second = city.add_posting(), city.add_posting()
    city.open()
    pair = [city.add_student() for _ in range(2)]
    for one in pair:
        city.wish(one, first, second)
    city.published()
    winner, = [one for one in pair
               if city.placement(one)["posting_id"] == first]
    loser, = set(pair) - {winner}
    return winner, loser, first, second


def documents(city, tmp_path, run, name):  # noqa: F811
    """Both files of a run, as a student gets them."""
    files = {}
    for kind in ("instance", "result"):
        reply = city.clients["student"].get(
            f"{city.path}/{kind}?run_id={run}")
        assert reply.status == 200, reply
        files[kind] = tmp_path / f"{name}.{kind}.json"
        files[kind].write_bytes(reply.body)
    return files


def verified(files, *more):
    return subprocess.run([MATCHER, "verify", "--in", files["instance"],
                           "--result", files["result"], *more],
                          capture_output=True, text=True, check=False)


def test_a_capacity_was_wrong(city, town, tmp_path):  # noqa: F811
    """Upheld, put right, placed again, looked at, published, checked."""
    winner, loser, first, second = rivals(city)
    assert city.move(winner, "accept").status == 200
    before = seats(city)
    asked = city.clients["enterprise"].post(
        city.path + "/capacity-requests",
        {"posting_id": first, "openings": 2, "reason": "名额登记有误"})
    assert asked.status == 201, asked
    assert city.office.post(
        asked.headers["location"] + "/approve").status == 200
    run = placed_again(city)
    assert (run["state"], run["is_verified"], run["pins"],
            run["base_run_id"], run["move_count"]) == \
        ("done", True, "accepted", city.run, 1), run
    assert moves(city, run) == {loser: (second, first)}
    sheet = city.office.get(f"{city.path}/runs/{run['id']}/moves.csv")
    assert loser in sheet.body.decode("utf-8-sig")
    assert seats(city) == before, "nothing moves before it is published"
    hidden = city.clients["student"].get(
        f"{city.path}/result?run_id={run['id']}")
    assert hidden.status == 404
    reply = city.publish(run["id"])
    assert reply.status == 200, reply
    assert reply.json["published_run_id"] == run["id"]
    after = seats(city)
    assert after[winner] == before[winner], "who stays is not touched"
    assert after[loser][1:] == (first, "proposed")
    old = city.office.get(f"/v1/placements/{before[loser][0]}").json
    assert (old["state"], old["history"][-1]["reason"]) == \
        ("terminated", "placed again")
    assert {n["party"] for n in old["notices"]} >= {"student", "school",
                                                    "enterprise"}
    assert city.move(loser, "accept").json["state"] == "accepted"

    told = city.students[loser].get(city.path + "/publications").json["items"]
    assert [(p["number"], p["run_id"], p["made"], p["ended"], p["kept"])
            for p in told] == [(2, run["id"], 1, 1, 1),
                               (1, city.run, 2, 0, 0)]
    old, new = (documents(city, tmp_path, one, name) for one, name in (
        (city.run, "first"), (run["id"], "second")))
    assert verified(old).returncode == 0
    found = verified(new, "--previous", old["result"])
    assert found.returncode == 0, found
    made = tmp_path / "made.json"
    subprocess.run([MATCHER, "place", "--mode", "stable", "--pin",
                    "--previous", old["result"], "--in", new["instance"],
                    "--out", made], check=True)
    assert made.read_bytes() == new["result"].read_bytes()
    text = new["result"].read_text().replace(first, second)
    new["result"].write_text(text)
    assert verified(new, "--previous", old["result"]).returncode == 1


def test_who_accepted_moves_only_if_released(city, town):  # noqa: F811
    winner, loser, first, second = rivals(city)
    for one in (winner, loser):
        assert city.move(one, "accept").status == 200
    before = seats(city)
    # nobody may be there twice: the winner leaves the field to the other
    city.offer(first, 2)
    idle = placed_again(city, pins="all")
    assert moves(city, idle) == {}
    assert city.publish(idle["id"]).status == 200
    assert seats(city) == before
    run = placed_again(city, loser)
    assert moves(city, run) == {loser: (second, first)}
    item, = city.office.get(f"{city.path}/runs/{run['id']}/moves").json[
        "items"]
    assert (item["reason"], item["placement_state"]) == ("申诉成立",
                                                         "accepted")
    assert city.publish(run["id"]).status == 200
    after = seats(city)
    assert after[winner] == before[winner]
    assert after[loser][1:] == (first, "proposed")
    old = city.office.get(f"/v1/placements/{before[loser][0]}").json
    assert old["history"][-1]["reason"] == "申诉成立"


def test_too_few_seats_for_the_pins(city, town):  # noqa: F811
    one, other = city.settle(2)
    for student in (one, other):
        assert city.move(student, "accept").status == 200
    posting = city.placement(one)["posting_id"]
    city.offer(posting, 1)
    run = placed_again(city)
    assert run["state"] == "failed" and posting in run["error"], run
    run = placed_again(city, other)
    assert moves(city, run) == {other: (posting, None)}
    assert city.publish(run["id"]).status == 200
    assert set(seats(city)) == {one}
    assert city.state(other) == "terminated"


def test_a_pin_holds_whatever_became_of_the_pair(city, town):  # noqa: F811
    """The posting has closed, the student changed his specialty: he accepted
    and stays; nobody else gets in there."""
    stays, out, first, second = rivals(city)
    assert city.move(stays, "accept").status == 200
    town.run("update posting set state = 'closed', actor = %s where id = %s",
             SERVICE, first)
    town.run("update student set specialty_code = '510203', actor = %s"
             " where id = %s", SERVICE, stays)
    before = seats(city)
    run = placed_again(city, mode="optimal")
    assert (run["state"], moves(city, run)) == ("done", {}), run
    assert city.publish(run["id"]).status == 200
    assert seats(city) == before
    assert before[stays][1] == first and before[out][1] == second


def test_who_said_no_is_out_until_released(city):  # noqa: F811
    winner, loser, first, second = rivals(city)
    assert city.move(winner, "decline", reason="路太远").status == 200
    run = placed_again(city)
    assert moves(city, run) == {loser: (second, first)}
    assert city.publish(run["id"]).status == 200
    assert set(seats(city)) == {loser}
    run = placed_again(city, winner, pins="all")
    assert moves(city, run) == {winner: (None, second)}
    assert city.publish(run["id"]).status == 200
    assert seats(city)[winner][1:] == (second, "proposed")
    assert city.move(winner, "accept").status == 200


def test_who_accepts_or_declines_meanwhile(city, town):  # noqa: F811
    """Between the freeze and the publication: what would move somebody who has
    accepted is refused; who has declined is asked nothing."""
    winner, loser, first, second = rivals(city)
    city.offer(first, 2)
    run = placed_again(city)
    assert city.move(loser, "accept").status == 200
    reply = city.publish(run["id"])
    assert (reply.status, reply.wheres()) == (409, ["#/run_id"]), reply
    assert city.placement(loser)["state"] == "accepted"
    city.offer(first, 1)
    run = placed_again(city)
    assert city.move(winner, "decline", reason="路太远").status == 200
    assert city.publish(run["id"]).status == 200
    assert set(seats(city)) == {loser}
    assert city.state(winner) == "declined"


def test_what_is_too_large_is_not_placed_again(city):  # noqa: F811
    """As a first run is not: the limits are the server's."""
    city.settle(1)
    small = Server(city.url, run_mib=1).start()
    office = small.client(city.office.token)
    reply = office.post(city.path + "/reruns", {"mode": "stable"})
    assert (reply.status, reply.problem["code"]) == (422, "run-too-large")
    assert reply.problem["limit"] == 1 < reply.problem["actual"]
    office.close()
    small.stop()
    assert again(city).status == 202, "nothing was queued"


def test_what_cannot_be_placed_again(city, town):  # noqa: F811
    student, = city.settle(1)
    reply = again(city, student, str(new_id()), student)
    assert (reply.status, reply.wheres()) == (422, [
        "#/released/1/student_id", "#/released/2/student_id"]), reply
    bad = city.office.post(city.path + "/reruns", {
        "mode": "best", "pins": "none",
        "released": [{"student_id": student, "reason": ""}]})
    assert sorted(bad.wheres()) == ["#/mode", "#/pins",
                                    "#/released/0/reason"]
    for role in ("student", "school", "enterprise"):
        assert city.clients[role].post(city.path + "/reruns", {
            "mode": "stable"}).status == 403
    assert city.office.post(f"/v1/rounds/{new_id()}/reruns",
                            {"mode": "stable"}).status == 404
    refused(city.publish(), "conflict")
    queued = again(city)
    assert queued.status == 202
    twice = again(city)
    assert (twice.status, twice.problem["code"]) == (409, "conflict")
    town.run("update round set appeals_by = now(), actor = %s where id = %s",
             SERVICE, city.round)
    assert city.move(student, "accept").status == 200
    waits = city.office.post(city.path + "/finalize")
    assert waits.problem["errors"][0]["detail"] == \
        "a run of this round is under way"
    with working(city.url):
        run = city.wait(queued.json["id"])
    assert city.publish(run["id"]).status == 200
    stale = city.publish(run["id"])
    assert (stale.status, stale.wheres()) == (409, ["#/run_id"])
    town.run("update round set appeals_by = now(), actor = %s where id = %s",
             SERVICE, city.round)
    assert city.office.post(city.path + "/finalize").json["state"] == "final"
    refused(again(city))
    refused(city.publish(run["id"]))


def test_who_has_signed_is_not_released(city, town):  # noqa: F811
    student, = city.settle(1)
    assert city.move(student, "accept").status == 200
    path = f"/v1/placements/{city.placement(student)['id']}"
    school, own = city.clients["school"], city.students[student]
    town.run("update placement set period_start = %s, period_end = %s,"
             " actor = %s where id = %s", day(0), day(120), SERVICE,
             path.split("/")[-1])
    sha = school.put(path + "/agreement", terms(), headers={
        "If-Match": '"v0"'}).json["sha256"]
    for client, more in ((school, {}), (city.clients["enterprise"], {}),
                         (own, {"consent": True}),
                         (own, {"consent": True,
                                "guardian_name": "周建国"})):
        assert client.post(path + "/agreement/signatures", {
            "sha256": sha, **more}).status == 201
    reply = again(city, student)
    assert (reply.status, reply.wheres()) == \
        (422, ["#/released/0/student_id"]), reply


def test_all_of_it_is_in_the_audit(city, cluster, alone):  # noqa: F811
    _, loser, _, _ = rivals(city)
    run = placed_again(city, loser)
    assert city.publish(run["id"]).status == 200
    entries, after = [], "/v1/audit?limit=200"
    while after:
        page = city.office.get(after).json
        entries += page["items"]
        after = page["next"]
    found = [one for one in entries if one["action"] == "run.again"]
    assert [(one["subject_id"], one["detail"]["released"])
            for one in found] == [(run["id"], [{
                "student_id": loser, "reason": "申诉成立"}])]
    assert [one["detail"]["run_id"] for one in entries
            if one["action"] == "round.publication"] in (
                [city.run, run["id"]], [run["id"], city.run])
    sound = subprocess.run([PROGRAM, "audit", "verify"], check=False,
                           env={**os.environ, "DATABASE_URL": cluster.url(
                               alone[1])}, capture_output=True, text=True)
    assert sound.returncode == 0, sound


def check_history(city, seen):  # noqa: F811
    """Nobody who accepted was moved but whom the office let go; who stays has
    the same placement; nobody has two seats, no posting too many."""
    town = city.town
    assert town.run(
        "select e.subject_id from event e join placement p on p.id ="
        " e.subject_id where p.round_id = %s and e.from_state = 'accepted'"
        " and p.superseded_by is not null and not exists (select from"
        " run_release x where x.run_id = p.superseded_by and x.student_id ="
        " p.student_id)", city.round) == []
    assert town.run(
        "select student_id from placement where round_id = %s and state ="
        " any(%s) group by 1 having count(*) > 1", city.round,
        list(LIVE)) == []
    assert town.run(
        "select p.posting_id from placement p join posting t on t.id ="
        " p.posting_id where p.round_id = %s and p.state = any(%s) group by"
        " p.posting_id, t.openings having count(*) > t.openings",
        city.round, list(LIVE)) == []
    now = seats(city)
    for student, (placement, posting, _) in seen.items():
        if student in now and now[student][1] == posting:
            assert now[student][0] == placement
    return now


@pytest.mark.parametrize("seed", range(3))
def test_publishing_while_students_answer(city, town, seed):  # noqa: F811
    """Students answer, capacities change, the office places again and
    publishes, all at the same time."""
    dice = random.Random(seed)
    postings = [city.add_posting(openings=2) for _ in range(6)]
    city.open()
    students = [city.add_student() for _ in range(14)]
    for one in students:
        city.wish(one, *dice.sample(postings, 3))
    city.published()
    outcome = {200: 0, 409: 0}

    def answer(student):
        seat = seats_of.get(student)
        if not seat or seat[2] != "proposed" or dice.random() < 0.6:
            return None
        verb, body = dice.choice([("accept", None),
                                  ("decline", {"reason": "路太远"})])
        reply = city.students[student].post(
            f"/v1/placements/{seat[0]}/{verb}", body)
        assert reply.status in (200, 409), reply
        return reply.status

    seats_of = check_history(city, {})
    with working(city.url), concurrent.futures.ThreadPoolExecutor(8) as pool:
        for _ in range(6):
            held = {}
            for _, posting, _ in seats_of.values():
                held[posting] = held.get(posting, 0) + 1
            for posting in postings:
                city.offer(posting, held.get(posting, 0)
                           + dice.choice([0, 1, 1, 2]) or 1)
            named = dice.sample(sorted(seats_of), min(2, len(seats_of)))
            queued = again(city, *named, pins=dice.choice(["accepted",
                                                           "all"]),
                           mode=dice.choice(["stable", "optimal"]))
            assert queued.status == 202, queued
            early = pool.map(answer, dice.sample(students, 5))
            run = city.wait(queued.json["id"])
            assert run["state"] == "done", run
            late = [pool.submit(answer, one)
                    for one in dice.sample(students, 7)]
            reply = city.publish(run["id"])
            assert reply.status in outcome, reply
            outcome[reply.status] += 1
            list(early), [one.result() for one in late]
            seats_of = check_history(city, seats_of)
    assert outcome[200], outcome
