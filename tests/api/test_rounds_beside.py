"""A first round placed again once a second has begun: what the second gave is
taken, whoever has a place of it moves only if he is let go, and neither is
published over what it does not know.
"""

import concurrent.futures
import copy
import json

import pytest

from tests.api.published import (  # noqa: F401
    alone, city, server, town, working)
from tests.api.test_reruns import again, moves, placed_again, seats
from tests.api.test_rounds import ROUND
from tests.api.town import SERVICE, new_id


class Town:
    """Three who wish for the one seat of `posting`, of whom `winner` has it;
    `spare` has another, for which only the second round is asked."""

    def __init__(self, city):  # noqa: F811
        self.city, self.posting = city, city.add_posting()
        self.spare = city.add_posting()
        city.open()
        three = [city.add_student() for _ in range(3)]
        for one in three:
            city.wish(one, self.posting)
        city.published()
        self.winner, = seats(city)
        self.one, self.other = [s for s in three if s != self.winner]
        self.second = copy.copy(city)

    def follow(self, wishing=None):
        """The second round, placed, with the wish of `one`, or of some."""
        it = self.second
        it.round = it.office.post("/v1/rounds", {
            **ROUND, "follows": self.city.round}).json["id"]
        it.path = f"/v1/rounds/{it.round}"
        assert it.office.post(it.path + "/open").status == 200
        for one in wishing or [self.one]:
            it.wish(one, self.spare)
        it.place()
        return it

    def standing(self):
        return [(str(who), str(where)) for who, where in self.city.town.run(
            "select student_id, posting_id from placement where"
            " consortium_id = %s and state in ('proposed', 'accepted',"
            " 'agreement_signed') order by created_at, id",
            self.city.people.consortium)]

    def fits(self, before=()):
        """Nobody has two places, no posting more than its seats, or than it
        had `before` they became fewer."""
        found = self.standing()
        assert len({who for who, _ in found}) == len(found), found
        for posting in (self.posting, self.spare):
            taken = sum(where == posting for _, where in found)
            offered = max(openings for openings, in self.city.town.run(
                "select openings from posting where id = %s", posting))
            had = sum(where == posting for _, where in before)
            assert taken <= max(offered, had), (posting, found)


@pytest.fixture
def three(city):  # noqa: F811
    return Town(city)


def published(it):
    reply = it.publish()
    assert reply.status == 200, reply


def leaves(city, run):  # noqa: F811
    """{student: (place of a later round that he leaves, its state, posting)}"""
    items = city.office.get(f"{city.path}/runs/{run['id']}/moves").json["items"]
    return {one["student_id"]: (
        one["left_placement_id"], one["left_placement_state"],
        one["left_posting_id"]) for one in items}


def instance(it, run):
    return json.loads(it.office.get(
        f"{it.path}/instance?run_id={run['id']}").body)


def test_what_the_second_gave_is_taken(three):
    """Its seat, be it only proposed, and whom it has placed; whoever is without
    a place of either takes part."""
    city, second = three.city, three.follow()
    published(second)
    before = seats(second)
    city.offer(three.posting, 3)
    run = placed_again(city)
    read = instance(city, run)
    assert {one["id"] for one in read["students"]} == \
        {three.winner, three.other}
    assert {one["id"]: one["capacity"] for one in read["postings"]} == \
        {three.posting: 3, three.spare: 0}
    group, = [one for one in read["groups"] if one["parent"] is None]
    assert group["upper"] == 100 - 1
    assert moves(city, run) == {three.other: (None, three.posting)}
    assert city.publish(run["id"]).status == 200
    assert seats(second) == before
    three.fits()


@pytest.mark.parametrize("accepted", [False, True])
def test_who_is_let_go_leaves_the_second_for_the_first(three, accepted):
    city, second = three.city, three.follow()
    published(second)
    if accepted:
        assert second.move(three.one, "accept").status == 200
    left = seats(second)[three.one][0]
    city.offer(three.posting, 3)
    run = placed_again(city, three.one)
    assert moves(city, run)[three.one] == (None, three.posting)
    assert leaves(city, run) == {
        three.one: (left, "accepted" if accepted else "proposed", three.spare),
        three.other: (None, None, None)}
    assert seats(second)[three.one][0] == left, "not before it is published"
    reply = city.publish(run["id"])
    assert reply.status == 200, reply
    assert leaves(city, run)[three.one] == (left, "terminated", three.spare)
    assert seats(second) == {}
    old = city.office.get(f"/v1/placements/{left}").json
    assert (old["state"], old["history"][-1]["reason"]) == \
        ("terminated", "申诉成立")
    assert {n["party"] for n in old["notices"]} >= {"student", "school",
                                                    "enterprise"}
    last = city.office.get(city.path + "/publications").json["items"][0]
    assert (last["made"], last["ended"]) == (2, 1)
    three.fits()
    assert city.move(three.one, "accept").status == 200


def test_who_is_let_go_for_nothing_keeps_his_place(three):
    city, second = three.city, three.follow()
    published(second)
    before = seats(second)
    assert city.move(three.winner, "accept").status == 200
    run = placed_again(city, three.one)
    assert three.one in {one["id"] for one in instance(city, run)["students"]}
    assert moves(city, run) == {}
    assert city.publish(run["id"]).status == 200
    assert seats(second) == before
    assert second.move(three.one, "accept").status == 200
    three.fits()


def test_nobody_is_moved_to_what_he_wished_for_less(city):  # noqa: F811
    """He declined the first place; the second round gave him what he had
    wished for next. Let go when the first is not to be had any more, he keeps
    that, and is not put where he wished last to be."""
    best, next_best, last = (city.add_posting() for _ in range(3))
    city.open()
    one = city.add_student()
    city.wish(one, best, next_best, last)
    city.published()
    assert seats(city)[one][1] == best
    assert city.move(one, "decline", reason="路太远").status == 200
    second = copy.copy(city)
    second.round = second.office.post("/v1/rounds", {
        **ROUND, "follows": city.round}).json["id"]
    second.path = f"/v1/rounds/{second.round}"
    assert second.office.post(second.path + "/open").status == 200
    second.wish(one, next_best)
    second.place()
    published(second)
    before = seats(second)
    assert before[one][1] == next_best
    city.town.run("update posting set state = 'closed', actor = %s where"
                  " id = %s", SERVICE, best)
    run = placed_again(city, one)
    assert one in {read["id"] for read in instance(city, run)["students"]}
    assert moves(city, run) == {one: (best, None)}
    assert leaves(city, run) == {one: (None, None, None)}
    assert city.publish(run["id"]).status == 200
    assert seats(city) == {} and seats(second) == before


def test_the_seat_that_was_left_is_the_later_rounds(three):
    """Not given away by the run for which somebody may leave it; free once the
    moves are published, for whoever wished for it in the round that gave it."""
    city, second = three.city, three.second
    second = three.follow([three.one, three.other])
    published(second)
    holder, = seats(second)
    loser, = {three.one, three.other} - {holder}
    city.offer(three.posting, 2)
    run = placed_again(city, holder)
    assert {one["id"]: one["capacity"] for one in
            instance(city, run)["postings"]}[three.spare] == 0
    if moves(city, run) != {holder: (None, three.posting)}:
        city.offer(three.posting, 3)
        run = placed_again(city, holder)
    assert leaves(city, run)[holder][2] == three.spare
    assert city.publish(run["id"]).status == 200
    three.fits()
    assert city.state(holder) == "proposed"
    if loser in seats(city):
        assert city.move(loser, "decline", reason="路太远").status == 200
    run = placed_again(second)
    assert moves(second, run)[loser] == (None, three.spare)
    assert second.publish(run["id"]).status == 200
    assert seats(second)[loser][1] == three.spare
    three.fits()


def test_who_cannot_be_let_go(three, town):  # noqa: F811
    city, second = three.city, three.follow()
    published(second)
    assert again(city, three.one, three.other).wheres() == \
        ["#/released/1/student_id"]
    city.offer(three.posting, 3)
    run = placed_again(city, three.one)
    town.run("update placement set state = 'accepted', actor = %s where"
             " student_id = %s and state = 'proposed'", SERVICE, three.one)
    town.run("alter table placement disable trigger user")
    town.run("update placement set state = 'agreement_signed' where"
             " student_id = %s and state = 'accepted'", three.one)
    town.run("alter table placement enable trigger user")
    late = city.publish(run["id"])
    assert (late.status, late.wheres()) == (409, ["#/run_id"]), late
    reply = again(city, three.one, str(new_id()))
    assert [(one["pointer"], one["code"]) for one in
            reply.problem["errors"]] == [
        ("#/released/0/student_id", "not-allowed"),
        ("#/released/1/student_id", "not-found")]


def test_the_second_does_not_publish_over_the_first(three):
    """It was run before the first was placed again."""
    city, second = three.city, three.follow()
    city.offer(three.posting, 3)
    run = placed_again(city)
    assert city.publish(run["id"]).status == 200
    late = second.publish()
    assert (late.status, late.wheres()) == (409, ["#/run_id"]), late
    assert seats(second) == {}
    fresh = second.office.post(second.path + "/run", {"mode": "stable"})
    with working(city.url):
        run = second.wait(fresh.json["id"])
    assert three.one not in {one["id"] for one in
                             instance(second, run)["students"]}
    assert second.publish(run["id"]).status == 200
    three.fits()


def test_the_first_does_not_publish_over_the_second(three):
    city, second = three.city, three.follow()
    city.offer(three.posting, 3)
    run = placed_again(city)
    assert three.one in moves(city, run)
    published(second)
    late = city.publish(run["id"])
    assert (late.status, late.wheres()) == (409, ["#/run_id"]), late
    run = placed_again(city)
    assert city.publish(run["id"]).status == 200
    assert seats(second)[three.one][1] == three.spare
    three.fits()


def test_both_published_at_once(three):
    """As if one came before the other: who comes second knows too little."""
    city, second = three.city, three.follow()
    for turn in range(4):
        before = three.standing()
        city.offer(three.posting, 2 + turn % 2)
        run = placed_again(city)
        told = second.office.get(second.path).json["state"] == "published"
        fresh = second.office.post(second.path + (
            "/reruns" if told else "/run"), {"mode": "stable"})
        with working(city.url):
            other = second.wait(fresh.json["id"])
        hand = city.server.client(city.office.token)
        with concurrent.futures.ThreadPoolExecutor(2) as two:
            replies = [it.result() for it in (
                two.submit(city.publish, run["id"]),
                two.submit(hand.post, second.path + "/publish",
                           {"run_id": other["id"]}))]
        hand.close()
        assert sorted(reply.status for reply in replies) == [200, 409], \
            replies
        three.fits(before)


def test_a_round_that_was_cancelled_counts_for_nothing(three):
    city, second = three.city, three.follow()
    published(second)
    third = copy.copy(city)
    third.round = third.office.post("/v1/rounds", {
        **ROUND, "follows": second.round}).json["id"]
    assert third.office.post(f"/v1/rounds/{third.round}/cancel",
                             {"reason": "改期"}).status == 200
    run = placed_again(second)
    assert moves(second, run) == {}
    assert second.publish(run["id"]).status == 200
