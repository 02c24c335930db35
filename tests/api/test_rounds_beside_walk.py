"""Two rounds of the same seats, walked at random: whatever the office runs and
publishes, in whatever order, and whatever students answer, nobody has two
places, no posting more students than seats, and who signed stays.
"""

import copy
import random

import pytest

from tests.api.published import (  # noqa: F401
    alone, city, server, town, working)
from tests.api.test_rounds import ROUND
from tests.api.town import SERVICE

STANDING = ("proposed", "accepted", "agreement_signed")


class Walk:
    def __init__(self, city, seed):  # noqa: F811
        self.dice = random.Random(seed)
        self.first, self.second = city, copy.copy(city)
        self.town, self.home = city.town, city.people.consortium
        self.postings = [city.add_posting(openings=1 + n % 2)
                         for n in range(4)]
        city.open()
        self.students = [city.add_student() for _ in range(9)]
        for one in self.students:
            city.wish(one, *self.dice.sample(self.postings, 2))
        self.runs, self.done = {city.round: []}, {}

    def follow(self):
        it = self.second
        it.round = it.office.post("/v1/rounds", {
            **ROUND, "follows": self.first.round}).json["id"]
        it.path = f"/v1/rounds/{it.round}"
        assert it.office.post(it.path + "/open").status == 200
        for one in self.students:
            reply = it.students[one].put(
                f"/v1/students/{one}/preferences", {
                    "round_id": it.round,
                    "posting_ids": self.dice.sample(self.postings, 3)})
            assert reply.status in (200, 422), reply
        assert it.office.post(it.path + "/close").status == 200
        self.runs[it.round] = []

    def standing(self):
        """[(student, posting, round, placement, state)]"""
        return [tuple(map(str, row)) for row in self.town.run(
            "select student_id, posting_id, round_id, id, state from placement"
            " where consortium_id = %s and state = any(%s) order by id",
            self.home, list(STANDING))]

    # ---- what may be done ----

    def either(self):
        return self.dice.choice([self.first, self.second])

    def run(self):
        """A run, or one again, at times with some let go."""
        it, body = self.either(), {"mode": self.dice.choice(
            ["stable", "optimal"])}
        again = it.office.get(it.path).json["state"] == "published"
        if again and self.dice.random() < 0.6:
            body["released"] = [
                {"student_id": one, "reason": "申诉成立"}
                for one in self.dice.sample(self.students, 2)]
        if again:
            body["pins"] = self.dice.choice(["accepted", "all"])
        queued = it.office.post(
            it.path + ("/reruns" if again else "/run"), body)
        if queued.status == 202:
            made = it.wait(queued.json["id"])
            assert made["state"] in ("done", "failed"), made
            self.runs[it.round] += [made["id"]] * (made["state"] == "done")
        else:
            assert queued.status == 422 and body.get("released"), queued

    def publish(self):
        it = self.either()
        if not self.runs[it.round]:
            return
        kept = {row for row in self.standing() if row[4] != "proposed"
                and row[4] != "accepted"}
        run = self.dice.choice(self.runs[it.round][-2:])
        reply = it.publish(run)
        assert reply.status in (200, 409), reply
        self.done[reply.status] = self.done.get(reply.status, 0) + 1
        assert kept <= set(self.standing()), "who signed stays"

    def answer(self):
        rows = [row for row in self.standing() if row[4] == "proposed"]
        if not rows:
            return
        student, _, _, placement, _ = self.dice.choice(rows)
        verb = self.dice.choice(["accept", "accept", "decline"])
        reply = self.first.students[student].post(
            f"/v1/placements/{placement}/{verb}",
            {"reason": "路太远"} if verb == "decline" else None)
        assert reply.status in (200, 409, 422), reply

    def sign(self):
        rows = [row for row in self.standing() if row[4] == "accepted"]
        if rows:
            # as when all have signed; the papers are no matter of this
            self.town.run("set session_replication_role = replica")
            self.town.run("update placement set state = 'agreement_signed',"
                          " version = version + 1 where id = %s",
                          self.dice.choice(rows)[3])
            self.town.run("set session_replication_role = default")

    def widen(self):
        posting = self.dice.choice(self.postings)
        openings = self.town.one("select openings from posting where id = %s",
                                 posting)
        if openings < 4:
            self.town.run("update posting set openings = %s, actor = %s"
                          " where id = %s", openings + 1, SERVICE, posting)
            self.town.run("update round_seats set openings = %s where"
                          " posting_id = %s", openings + 1, posting)

    def holds(self, what):
        rows = self.standing()
        assert len({row[0] for row in rows}) == len(rows), (what, rows)
        for posting in self.postings:
            taken = [row for row in rows if row[1] == posting]
            openings = self.town.one("select openings from posting where id ="
                                     " %s", posting)
            assert len(taken) <= openings, (what, posting, taken)


@pytest.mark.parametrize("seed", range(3))
def test_in_any_order(city, seed, capsys):  # noqa: F811
    walk = Walk(city, seed)
    city.published()
    walk.follow()
    deeds = [walk.run, walk.run, walk.publish, walk.publish, walk.answer,
             walk.answer, walk.sign, walk.widen]
    with working(city.url):
        for _ in range(80):
            deed = walk.dice.choice(deeds)
            deed()
            walk.holds(deed.__name__)
    with capsys.disabled():
        print(f"\nseed {seed}: published {walk.done}")
    assert walk.done.get(200, 0) > 0
