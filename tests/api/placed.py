"""What the tests of placements share: nominated, accepted, and so on.

Fixtures to import: hall, other_student (hall.py), ward.
"""

import concurrent.futures
import datetime

import pytest

PATH = "/v1/placements"


CHINA = datetime.timezone(datetime.timedelta(hours=8))


def day(offset):
    """So many days from today, in China."""
    today = datetime.datetime.now(CHINA).date()
    return str(today + datetime.timedelta(days=offset))


def terms(**changes):
    """A whole agreement from today on; a change to ... takes one out."""
    body = {"period_start": day(0), "period_end": day(120),
            "place": "湖滨路 1 号", "content": "数控车床操作",
            "board_and_lodging": "提供工作餐，不提供住宿",
            "day_minutes": 480, "week_minutes": 2400,
            "rest_days": "周六、周日", "pay_fen": 320000,
            "pay_standard_fen": 400000, "lowest_grade_fen": None,
            "pay_every": "month", "pay_by": "bank",
            "protection": "岗前安全培训，配发护目镜",
            "insurance_company": "湖城财产保险公司",
            "insurance_policy": "HC-2026-0001", "insurance_from": day(0),
            "insurance_to": day(120), "insurance_paid_by": "school",
            "accident_handling": "依法处理", "assessment": "校企共同考核",
            "breach": "依法承担责任", "school_supervisor": "李敏",
            "enterprise_supervisor": "王强"}
    body.update(changes)
    return {name: value for name, value in body.items() if value is not ...}


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

    def accepted(self, **changes):
        """An internship from today on, accepted."""
        made = self.nominated(self.hall.open(**{
            "period_start": day(0), "period_end": day(120), **changes}))
        reply = self.accept(made)
        assert reply.status == 200, reply
        return made

    def agreement(self, placement, client=None, query=""):
        return (client or self.hall.school).get(
            f"{PATH}/{placement}/agreement{query}")

    def write(self, placement, client=None, version=None, **changes):
        if version is None:
            version = self.agreement(placement).json["version"]
        return (client or self.hall.school).put(
            f"{PATH}/{placement}/agreement", terms(**changes),
            headers={"If-Match": f'"v{version}"'})

    def sign(self, placement, party, sha256=None, **changes):
        body = {"sha256": sha256
                or self.agreement(placement).json["sha256"]}
        if party in ("student", "guardian"):
            body["consent"] = True
        if party == "guardian":
            body |= {"guardian_name": "周建国", "signed_on": day(-1)}
            party = "student"
        return getattr(self.hall, party).post(
            f"{PATH}/{placement}/agreement/signatures", {**body, **changes})

    def signed(self, placement=None, **changes):
        """One whose agreement all have signed."""
        placement = placement or self.accepted()
        assert self.write(placement, **changes).status == 200
        for party in ("guardian", "student", "enterprise", "school"):
            reply = self.sign(placement, party)
            assert reply.status == 201, reply
        return placement

    def start(self, placement, client=None, **body):
        return (client or self.hall.school).post(
            f"{PATH}/{placement}/start", body)

    def started(self, **changes):
        made = self.signed(**changes)
        reply = self.start(made)
        assert reply.status == 200, reply
        return made

    def complete(self, placement, client=None, **body):
        return (client or self.hall.school).post(
            f"{PATH}/{placement}/complete", body)

    def back(self, placement, days):
        """As if it had all been so many days earlier."""
        self.town.run(
            "update placement set period_start = period_start - %s,"
            " period_end = period_end - %s, started_on = started_on - %s,"
            " actor = id where id = %s", days, days, days, placement)

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
