"""Talent-demand lists: an enterprise's own, and all of a year's."""

import threading

import pytest

from tests.api.firm import firm, second  # noqa: F401 (fixtures)
from tests.api.test_reference_lists import walk
from tests.api.town import new_id


def path(firm, year=2027):
    return f"/v1/enterprises/{firm.enterprise}/demand-lists/{year}"


def put(firm, items, version=0, year=2027):
    return firm.client.ask("PUT", path(firm, year), {"items": items},
                           headers={"If-Match": f'"v{version}"'})


WANTED = [{"specialty": "460103", "education": "associate", "openings": 12,
           "note": "五轴机床"},
          {"specialty": "6601", "openings": 30},
          {"specialty": "6601", "education": "secondary", "openings": 1}]


def test_put_read_replace(firm):
    empty = firm.client.get(path(firm))
    assert (empty.json["version"], empty.json["items"], empty.etag) == \
        (0, [], '"v0"')
    first = put(firm, WANTED)
    assert (first.status, first.etag) == (200, '"v1"'), first
    assert first.json["items"][0] == {**WANTED[0],
                                      "specialty_name": "数控技术"}
    assert [(e["specialty"], e["education"], e["openings"], e["note"])
            for e in first.json["items"][1:]] == \
        [("6601", None, 30, None), ("6601", "secondary", 1, None)]
    assert firm.client.get(path(firm)).json == first.json
    assert firm.client.get(path(firm), headers={
        "If-None-Match": first.etag}).status == 304
    assert put(firm, WANTED[:1], 1).json["version"] == 2
    assert put(firm, [], 2).json["items"] == []
    assert put(firm, WANTED, year=2028).status == 200
    years = firm.client.get(path(firm).rsplit("/", 1)[0]).json["items"]
    assert [(y["year"], y["entries"], y["openings"], y["version"])
            for y in years] == [(2027, 0, 0, 3), (2028, 3, 43, 1)]


def test_versions(firm):
    assert firm.client.ask("PUT", path(firm), {"items": []}).status == 428
    assert put(firm, WANTED).status == 200
    stale = put(firm, [], 0)
    assert (stale.status, stale.problem["code"]) == (412, "stale-version")
    assert len(firm.client.get(path(firm)).json["items"]) == 3


def test_of_two_at_once_one_wins(server, people, firm):
    statuses = []

    def one(number):
        client = server.client(people.tokens["enterprise"])
        statuses.append(client.ask(
            "PUT", path(firm), {"items": [{"specialty": "66",
                                           "openings": number}]},
            headers={"If-Match": '"v0"'}).status)
        client.close()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [412] * 5


def test_every_flaw_is_named(firm):
    reply = put(firm, [{"specialty": "6601", "openings": 0},
                       {"specialty": "99", "openings": 1, "pay": 1},
                       {"openings": 1}])
    assert reply.status == 422
    assert sorted(reply.wheres()) == [
        "#/items/0/openings", "#/items/1/pay", "#/items/1/specialty",
        "#/items/2/specialty"]
    again = put(firm, [{"specialty": "460199", "openings": 1}, WANTED[1],
                       WANTED[1]])
    assert (again.status, sorted(again.wheres())) == \
        (422, ["#/items/0/specialty", "#/items/2"])
    many = put(firm, [{"specialty": "66", "openings": 1}] * 201)
    assert (many.status, many.wheres()) == (422, ["#/items"])
    assert firm.client.get(path(firm)).json["version"] == 0


@pytest.mark.parametrize("year", ["1999", "2101", "x", "-2027", "02027x"])
def test_years_that_are_none(firm, year):
    assert firm.client.get(path(firm, year)).status == 404


def test_who_may_see_what(firm, second, as_role):
    put(firm, WANTED)
    assert as_role("office").get(path(firm)).json["version"] == 1
    assert second.client.get(path(firm)).status == 404
    assert put(second, []).status == 200
    other = second.client.ask("PUT", path(firm), {"items": []},
                              headers={"If-Match": '"v1"'})
    assert other.status == 404
    assert as_role("office").get(
        f"/v1/enterprises/{new_id()}/demand-lists").status == 404


def test_the_demand_of_a_year(firm, second, as_role, people):
    put(firm, WANTED)
    put(second, [{"specialty": "660103", "openings": 5},
                 {"specialty": "51", "openings": 7}])
    put(second, [{"specialty": "66", "openings": 9}], year=2028)
    school = as_role("school")
    assert len(walk(school, "/v1/demand?year=2027")) == 5
    assert walk(school, "/v1/demand?year=2027&limit=2") == \
        walk(school, "/v1/demand?year=2027")
    found = walk(as_role("office"), "/v1/demand?year=2027&specialty=660103")
    assert sorted(e["openings"] for e in found) == [1, 5, 30]
    mine = {e["enterprise_name"] for e in found
            if e["enterprise_id"] == str(firm.enterprise)}
    assert len(mine) == 1
    assert [e["openings"] for e in
            walk(school, "/v1/demand?year=2028&specialty=6601")] == [9]
    assert school.get("/v1/demand").wheres() == ["year"]
    assert school.get("/v1/demand?year=2027&specialty=660199").wheres() == \
        ["specialty"]
