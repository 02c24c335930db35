"""What the tests of placements share: nominated, accepted, and so on.

Fixtures to import: hall, other_student (hall.py), ward.
"""

import concurrent.futures

import pytest

PATH = "/v1/placements"


def refused(reply, code="wrong-state", status=409):
    assert (reply.status, reply.problem["code"]) == (status, code), reply


def broken(reply, rule):
    assert (reply.status, reply.problem["code"]) == (422, "rule-broken"), reply
    assert reply.problem["rule"] == rule, reply


class Ward:
    """A hall, and the short ways of those who place."""

    def __init__(self, hall):
        self.hall, self.people, self.town = hall, hall.people, hall.town

    def nominate(self, posting=None, student=None, client=None, **days):
        return (client or self.hall.school).post(PATH, {
            "student_id": str(student or self.people.student),
            "posting_id": posting or self.hall.open(), **days})

    def nominated(self, *given, **named):
        reply = self.nominate(*given, **named)
        assert reply.status == 201, reply
        return reply.json["id"]

    def find(self, client=None, **changes):
        body = {"enterprise_id": str(self.people.enterprise),
                "title": "车间见习", "period_start": "2027-03-01",
                "period_end": "2027-08-31", **changes}
        return (client or self.hall.student).post(PATH, {
            name: value for name, value in body.items() if value is not ...})

    def found(self, **changes):
        reply = self.find(**changes)
        assert reply.status == 201, reply
        return reply.json["id"]

    def move(self, placement, verb, client, reason="因故"):
        body = None if reason is None else {"reason": reason}
        return client.post(f"{PATH}/{placement}/{verb}", body)

    def approve(self, placement, client=None):
        return self.move(placement, "approve", client or self.hall.school,
                         None)

    def refuse(self, placement, client=None):
        return self.move(placement, "refuse", client or self.hall.school)

    def accept(self, placement, client=None):
        return self.move(placement, "accept", client or self.hall.student,
                         None)

    def decline(self, placement, client=None):
        return self.move(placement, "decline", client or self.hall.student)

    def terminate(self, placement, client):
        return self.move(placement, "terminate", client)

    def get(self, placement, client=None):
        return (client or self.hall.school).get(f"{PATH}/{placement}").json

    def state(self, placement):
        return self.town.one("select state from placement where id = %s",
                             placement)

    def crowd(self, server, posting, count):
        """(client, placement) of so many nominated students."""
        made = []
        for _ in range(count):
            student, client = self.hall.add_student(server)
            made.append((client, self.nominated(posting, student)))
        return made

    def rush(self, made):
        """All accept at the same moment: what they are told."""
        with concurrent.futures.ThreadPoolExecutor(len(made)) as pool:
            replies = list(pool.map(
                lambda one: self.accept(one[1], one[0]), made))
        for client, _ in made:
            client.close()
        return replies


@pytest.fixture
def ward(hall):
    return Ward(hall)
