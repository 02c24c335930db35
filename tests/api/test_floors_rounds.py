"""Floors in a round: the instance has those of the version under which the
round was opened, and what the office granted for its first day."""

import json

import pytest

from tests.api.test_floors import SIZES, City, policy
from tests.api.test_rounds import (  # noqa: F401: fixtures
    ROUND, add_posting, alone, database, server, town, wish, work_until)
from tests.api.town import new_id


@pytest.fixture
def city(town, people):
    return City(town, people)


@pytest.mark.parametrize("base", ["staff", "posts", "openings"])
def test_the_instance_keeps_to_the_rounds_version(
        as_role, town, people, city, cluster, database, base):
    office = as_role("office")
    path = f"/v1/consortia/{people.consortium}/policy"
    body = policy(floor_base=base, size_classes=SIZES, floors=[
        {"industry_code": "36", "size_class": "大", "floor_mille": 50},
        {"size_class": "大", "floor_mille": 40},
        {"industry_code": "C", "floor_mille": 30}])
    assert office.post(path, body).status == 201
    openings = ((60, 1), (40, 3))
    firms = {name: city.enterprise(staff, industry, (300,), openings)
             for name, (staff, industry) in {
                 "both": (400, "3611"), "size": (400, "A"),
                 "industry": (200, "35"), "general": (200, "A"),
                 "exempt": (400, "3611"), "over": (400, "3611")}.items()}
    for firm, first, last in (("exempt", "2027-03-01", "2027-03-01"),
                              ("over", "2026-01-01", "2027-02-28")):
        town.run("insert into quota_override (consortium_id, id,"
                 " enterprise_id, floor_mille, staff_cap_mille, why,"
                 " starts_on, ends_on) values (%s, %s, %s, 10, 60, '停产',"
                 " %s, %s)", people.consortium, new_id(), firms[firm].id,
                 first, last)
    made = office.post("/v1/rounds", ROUND).json["id"]
    assert office.post(f"/v1/rounds/{made}/open").status == 200
    wish(as_role("student"), people, made, add_posting(town, people))
    assert office.post(path, policy(floor_mille=0,
                                    staff_cap_mille=50)).status == 201
    office.post(f"/v1/rounds/{made}/close")
    queued = office.post(f"/v1/rounds/{made}/run", {"mode": "stable"})
    run = work_until(office, queued.headers["location"],
                     cluster.url(database))
    assert run["is_verified"], run
    groups = {group["id"]: group for group in json.loads(
        office.get(f"/v1/rounds/{made}/instance").body)["groups"]}
    # thousandths of 400 or 200 of staff, of 300 posts, of 100 openings
    want = {"both": (20, 15, 5), "size": (16, 12, 4), "industry": (6, 9, 3),
            "general": (4, 6, 2), "exempt": (4, 3, 1), "over": (20, 15, 5)}
    which = ("staff", "posts", "openings").index(base)
    for name, firm in firms.items():
        group = groups[str(firm.id)]
        cap = 24 if name == "exempt" else firm.staff // 10
        assert (group["lower"], group["upper"]) == \
            (want[name][which], cap), name
    assert office.get(f"/v1/rounds/{made}").json["policy_version"] == 1
    assert office.get(path).json["version"] == 2
