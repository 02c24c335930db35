"""What the tests of what follows a publication share: a city whose round is
published, with a worker of its own.

Fixtures to import: alone, server, town, city.
"""

import contextlib
import os
import signal
import subprocess
import time

import pytest

from tests.api.alone import (  # noqa: F401
    alone, server, town)
from tests.api.server import PROGRAM
from tests.api.test_rounds import ROUND, add_policy, add_posting
from tests.api.town import SERVICE


def until(holds, seconds=40):
    deadline = time.monotonic() + seconds
    while True:
        found = holds()
        if found:
            return found
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.05)


@contextlib.contextmanager
def working(url, **settings):
    """A worker for as long as the block lasts."""
    worker = subprocess.Popen(
        [PROGRAM, "work"], env={**os.environ, "DATABASE_URL": url, **{
            f"DUIKOU_{name.upper()}": str(value)
            for name, value in settings.items()}})
    try:
        yield worker
    finally:
        worker.terminate()
        # or before it listens to such words
        assert worker.wait(30) in (0, -signal.SIGTERM)


class City:
    """A consortium of one's own: students, postings, a round of theirs."""

    def __init__(self, server, town, url):
        self.server, self.town, self.url = server, town, url
        self.people = town.people()
        add_policy(town, self.people)
        self.clients = {role: server.client(self.people.tokens[role])
                        for role in self.people.tokens}
        self.office = self.clients["office"]
        self.students = {}
        self.round = self.run = None

    def close(self):
        for client in [*self.clients.values(), *self.students.values()]:
            client.close()

    def add_student(self):
        people = self.people
        made = self.town.student(people.consortium, people.school)
        self.students[str(made)] = self.server.client(self.town.token(
            people.consortium,
            self.town.account(people.consortium, "student", made)))
        return str(made)

    def add_posting(self, openings=1, **given):
        return add_posting(self.town, self.people, openings=openings, **given)

    def open(self):
        self.round = self.office.post("/v1/rounds", ROUND).json["id"]
        self.path = f"/v1/rounds/{self.round}"
        assert self.office.post(self.path + "/open").status == 200

    def wish(self, student, *postings):
        reply = self.students[student].put(
            f"/v1/students/{student}/preferences",
            {"round_id": self.round, "posting_ids": list(postings)})
        assert reply.status == 200, reply

    def wait(self, run):
        """The run, once it is over; a worker must be at work."""
        path = f"{self.path}/runs/{run}"
        return until(lambda: self.office.get(path).json if self.office.get(
            path).json["state"] in ("done", "failed") else None)

    def place(self, mode="stable"):
        assert self.office.post(self.path + "/close").status == 200
        queued = self.office.post(self.path + "/run", {"mode": mode})
        assert queued.status == 202, queued
        with working(self.url):
            run = self.wait(queued.json["id"])
        assert run["state"] == "done", run
        self.run = run["id"]

    def publish(self, run=None, **said):
        return self.office.post(self.path + "/publish",
                                {"run_id": run or self.run, **said})

    def published(self, **said):
        self.place()
        reply = self.publish(**said)
        assert reply.status == 200, reply
        return reply.json

    def settle(self, students=2, **said):
        """So many students at one posting of as many seats, published."""
        posting = self.add_posting(openings=students)
        self.open()
        made = [self.add_student() for _ in range(students)]
        for student in made:
            self.wish(student, posting)
        self.published(**said)
        return made

    def placement(self, student):
        """The newest of a student in the round, as the office sees it."""
        items = self.office.get("/v1/placements?round_id="
                                f"{self.round}&student_id={student}").json
        return items["items"][0] if items["items"] else None

    def move(self, student, verb, **said):
        return self.students[student].post(
            f"/v1/placements/{self.placement(student)['id']}/{verb}",
            said or None)

    def state(self, student):
        return self.placement(student)["state"]

    def offer(self, posting, openings):
        """As if the office had approved other seats of the round."""
        self.town.run("update posting set openings = %s, actor = %s"
                      " where id = %s", openings, SERVICE, posting)
        self.town.run("update round_seats set openings = %s where round_id"
                      " = %s and posting_id = %s", openings, self.round,
                      posting)

    def hurry(self, minutes=1):
        """As if the time to answer had ended so many minutes ago."""
        self.town.run("update placement set decide_by = now() - %s *"
                      " interval '1 minute', actor = %s where round_id = %s",
                      minutes, SERVICE, self.round)


@pytest.fixture
def city(server, town, cluster, alone):
    made = City(server, town, cluster.url(alone[1]))
    yield made
    made.close()
