"""What the tests of the individual way share: a student before an enterprise.

Fixtures to import: hall, other_student.
"""

import itertools

import pytest

from tests.api.firm import Firm
from tests.api.test_rounds import add_policy

PATH = "/v1/applications"
LETTERS = itertools.count(0x4E00)


def odd_name():
    """A name that nobody else has."""
    number = next(LETTERS)
    return "濮" + chr(number) + chr(0x9FA0 - number % 0x1000)


class Hall:
    """Clients of everybody, and short ways of what they do."""

    def __init__(self, as_role, people, town):
        add_policy(town, people)
        self.people, self.town = people, town
        self.student = as_role("student")
        self.enterprise = as_role("enterprise")
        self.school = as_role("school")
        self.office = as_role("office")
        self.firm = Firm(self.enterprise, people.enterprise)
        self.name = odd_name()
        town.run("update student set name = %s where id = %s", self.name,
                 people.student)

    def open(self, **changes):
        is_taught = changes.get("kind") in ("apprenticeship", "order_class")
        return self.firm.open(self.school if is_taught else None, **{
            "targets": ["660301"], **changes})["id"]

    def job(self, **changes):
        return self.open(kind="job", **changes)

    def apply(self, posting=None, client=None, **body):
        return (client or self.student).post(PATH, {
            "posting_id": posting or self.open(), "consent": True, **body})

    def applied(self, *given, **body):
        reply = self.apply(*given, **body)
        assert reply.status == 201, reply
        return reply.json["id"]

    def move(self, application, verb, body=None, client=None):
        if client is None:
            client = self.student if verb == "withdraw" else self.enterprise
        if body is None:
            body = {"reason": "因故"}
        return client.post(f"{PATH}/{application}/{verb}", body)

    def call(self, application, at="2099-01-01T09:00:00+08:00"):
        return self.enterprise.post(f"{PATH}/{application}/interviews",
                                    {"at": at, "place": "湖滨路 1 号"})

    def get(self, application, client=None):
        return (client or self.enterprise).get(f"{PATH}/{application}")

    def seen(self, application):
        """The student as the enterprise sees him."""
        return self.get(application).json["student"]

    def state(self, application):
        return self.town.one("select state from application where id = %s",
                             application)

    def add_student(self, server):
        """Another student of the same school, with a client."""
        student = self.town.student(self.people.consortium,
                                    self.people.school)
        self.town.run("update student set name = %s where id = %s",
                      odd_name(), student)
        account = self.town.account(self.people.consortium, "student",
                                    student)
        return student, server.client(self.town.token(
            self.people.consortium, account))


@pytest.fixture
def hall(as_role, people, town):
    return Hall(as_role, people, town)


@pytest.fixture
def other_student(hall, server):
    student, client = hall.add_student(server)
    yield student, client
    client.close()
