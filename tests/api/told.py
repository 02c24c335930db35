"""A round that is over, made by the owner's SQL: its documents are what the
matcher makes of an instance, so that pages about it have something to say."""

import functools
import hashlib
import json
import pathlib
import subprocess
import tempfile

from tests.api.server import BUILD
from tests.api.town import SERVICE, new_id

MATCHER = BUILD / "matcher" / "duikou-matcher"
SEED = "the seed of a round that is over"


def place(instance, mode="stable"):
    """(instance, result) as the worker stores them."""
    with tempfile.TemporaryDirectory() as home:
        given, whole, made = (pathlib.Path(home, name)
                              for name in ("given", "whole.json", "made"))
        given.write_text(json.dumps(instance))
        for words in (["convert", "--in", given, "--out", whole],
                      ["place", "--mode", mode, "--in", whole,
                       "--out", made]):
            subprocess.run([MATCHER, *words], check=True,
                           stderr=subprocess.DEVNULL)
        return whole.read_bytes(), made.read_bytes()


def instance_of(enterprise, postings, wishes, floor=0):
    """Of one enterprise: {posting: seats}, {student: [posting, ...]}."""
    return {
        "format": "duikou-placement/1", "seed": SEED,
        "groups": [{"id": str(enterprise), "parent": None, "lower": floor}],
        "postings": [{"id": str(posting), "group": str(enterprise),
                      "capacity": seats}
                     for posting, seats in postings.items()],
        "students": [{"id": str(student), "choices": [
            {"posting": str(posting), "score": 9000 - 100 * number}
            for posting in listed]}
            for number, (student, listed) in enumerate(wishes.items())]}


@functools.cache
def nothing():
    """The documents of a round in which nobody took part."""
    return place({"format": "duikou-placement/1", "seed": SEED, "groups": [],
                  "postings": [], "students": []})


def store(town, consortium, run, documents):
    for kind, text in zip(("instance", "result"), documents):
        town.run("insert into run_file (consortium_id, run_id, kind, sha256,"
                 " bytes) values (%s, %s, %s, sha256(%s), %s)", consortium,
                 run, kind, text, text)


def store_nothing(town, consortium, run):
    store(town, consortium, run, nothing())


class Told:
    """A computed round of a consortium and its run."""

    def __init__(self, town, consortium, instance, mode="stable"):
        self.town, self.consortium = town, consortium
        self.round, self.run = new_id(), new_id()
        self.instance, self.result = place(instance, mode)
        self.mode = mode
        town.run(
            "insert into round (consortium_id, id, name, opens_at, closes_at,"
            " period_start, period_end, seed, seed_sha256) values (%s, %s,"
            " '春季', now() - interval '1 day', now() + interval '9 days',"
            " '2037-03-01', '2037-08-31', %s, %s)", consortium, self.round,
            SEED, hashlib.sha256(SEED.encode()).digest())
        for state, more in (("open", ", policy_version = 1"), ("closed", "")):
            self.move("round", self.round, state, more)
        town.run("insert into run (consortium_id, id, round_id, mode) values"
                 " (%s, %s, %s, %s)", consortium, self.run, self.round, mode)
        self.move("run", self.run, "running",
                  ", worker = 'w', attempt = 1, started_at = now(),"
                  " lease_until = now() + interval '9 days'")
        self.move("round", self.round, "running")
        self.store(json.loads(self.result))
        self.move("round", self.round, "computed")

    def move(self, table, subject, state, more=""):
        self.town.run(f"update {table} set state = %s, actor = %s{more}"
                      " where id = %s", state, SERVICE, subject)

    def store(self, result):
        store(self.town, self.consortium, self.run,
              (self.instance, self.result))
        for it in result["placements"]:
            self.town.run(
                "insert into run_placement (consortium_id, run_id, id,"
                " student_id, posting_id, score, choice) values (%s, %s, %s,"
                " %s, %s, %s, %s)", self.consortium, self.run, new_id(),
                it["student"], it["posting"], it["score"], it["choice"])
        for student in result["unplaced"]:
            self.town.run(
                "insert into run_unplaced (consortium_id, run_id, student_id,"
                " why, choice, gap) values (%s, %s, %s, 'score', 1, 100)",
                self.consortium, self.run, student)
        self.move("run", self.run, "done",
                  ", is_verified = true, finished_at = now(),"
                  f" student_count = {len(json.loads(self.instance)['students'])},"
                  f" placed_count = {len(result['placements'])}")

    def publish(self):
        self.town.run("select publish_round(%s, %s, %s, %s, null)",
                      self.consortium, self.round, self.run, SERVICE)
        return self
