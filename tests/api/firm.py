"""What the tests of postings share: bodies, and an enterprise with a client.

Fixtures to import: firm, second.
"""

import datetime

import pytest

READERS = ("student", "enterprise", "school", "office")
PATH = "/v1/postings"
NOBODY = "018f0000-0000-7000-8000-000000000000"
UNWRITTEN = ("id", "enterprise_id", "state", "published_at", "closes_at",
             "version", "created_at", "updated_at")


def later(days=30):
    now = datetime.datetime.now(datetime.timezone.utc)
    return (now + datetime.timedelta(days=days)).isoformat()


def draft(**changes):
    """A sound internship; a change to ... takes the member out."""
    body = {
        "kind": "internship", "title": "数控车床操作实习生", "openings": 4,
        "targets": ["660103", "6603"], "division_code": "330106",
        "pay_min_fen": 320000, "pay_max_fen": 380000,
        "period_start": "2027-03-01", "period_end": "2027-08-31",
        "description": "在师傅指导下操作数控车床。\n完成零件加工与自检。",
    }
    body.update(changes)
    return {name: value for name, value in body.items() if value is not ...}


def whole(**changes):
    """Every member that can be said, as it is read back."""
    return {**draft(), "post_category_id": None,
            "occupation_code": "1-01-00-01", "address": "湖滨路 1 号",
            "pay_standard_fen": 400000, "min_education": "secondary",
            "required_skills": ["机械识图", 'a "quoted", {braced} \\ word'],
            "preferred_skills": ["NULL"], "required_certificates": ["车工四级"],
            "preferred_certificates": ["钳工"], "min_age": 18,
            "day_minutes": 480, "week_minutes": 2400, "labour_grade": 2,
            "conditions": ["night_shift", "filed"],
            "exception_filing": "杭教备 2026-17", "ref_system": "hr",
            "ref": "17", **changes}


def hold(enterprise, school, posting):
    """Proposed by the enterprise and agreed to by the school."""
    target = f"{PATH}/{posting['id']}/cooperation"
    reply = enterprise.ask("PUT", target, {
        "school_id": school.get("/v1/me").json["owner"]["id"],
        "specialty_code": posting["targets"][0], "entry_year": 2024,
        "cohort_size": 30, "enterprise_mentor": "王师傅",
        "school_mentor": "李老师", "contract_form": "training_agreement"})
    assert reply.status == 200, reply
    reply = school.post(f"{target}/agree",
                        headers={"If-Match": reply.headers["etag"]})
    assert reply.status == 200, reply


class Firm:
    """An enterprise's client, and short ways to its postings."""

    def __init__(self, client, enterprise):
        self.client, self.enterprise = client, enterprise

    def add(self, **changes):
        reply = self.client.post(PATH, draft(**changes))
        assert reply.status == 201, reply
        return reply.json

    def publish(self, posting, closes_at=None):
        return self.client.post(f"{PATH}/{posting['id']}/publish",
                                {"closes_at": closes_at or later()})

    def open(self, school=None, **changes):
        """Published; school: the client of the one that it is held with, for
        the specialty that is its target."""
        made = self.add(**changes)
        if school:
            hold(self.client, school, made)
        reply = self.publish(made)
        assert reply.status == 200, reply
        return reply.json

    def close(self, posting, **body):
        return self.client.post(f"{PATH}/{posting['id']}/close", body)

    def patch(self, posting, version, **changes):
        return self.client.patch(f"{PATH}/{posting['id']}", changes,
                                 headers={"If-Match": f'"v{version}"'})


@pytest.fixture
def firm(as_role, people):
    return Firm(as_role("enterprise"), people.enterprise)


@pytest.fixture
def second(server, town, people):
    """Another enterprise of the same consortium."""
    enterprise = town.enterprise(people.consortium)
    account = town.account(people.consortium, "enterprise", enterprise)
    client = server.client(town.token(people.consortium, account))
    yield Firm(client, enterprise)
    client.close()


def count(town, people):
    return town.one("select count(*) from posting where consortium_id = %s",
                    people.consortium)


def ids(reply):
    assert reply.status == 200, reply
    return [item["id"] for item in reply.json["items"]]
