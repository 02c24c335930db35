"""The code lists: editions, pages, filters, entries."""

import pytest

COUNTS = {"specialties": 1495, "occupations": 1661, "industries": 1971,
          "divisions": 3434, "destinations": 14, "unit_natures": 12}


def walk(client, target):
    """Every item, page after page."""
    items = []
    while target:
        reply = client.get(target)
        assert reply.status == 200, reply
        items += reply.json["items"]
        target = reply.json["next"]
        assert (target is not None) == ("link" in reply.headers)
    return items


def test_the_lists(client):
    reply = client.get("/v1/reference")
    assert reply.status == 200
    assert {item["list"]: item["count"] for item in reply.json["items"]} \
        == COUNTS
    assert all(item["edition"] and item["source"]
               for item in reply.json["items"])
    assert reply.headers["cache-control"].startswith("public")


@pytest.mark.parametrize("name", COUNTS)
def test_a_walk_neither_skips_nor_repeats(client, name):
    items = walk(client, f"/v1/reference/{name}?limit=200")
    codes = [item["code"] for item in items]
    assert len(codes) == COUNTS[name]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("name, code", [
    ("specialties", "660301"), ("occupations", "1-01-00-01"),
    ("industries", "C"), ("industries", "0111"), ("divisions", "330106"),
    ("destinations", "10"), ("unit_natures", "10")])
def test_an_entry(client, name, code):
    reply = client.get(f"/v1/reference/{name}/{code}")
    assert (reply.status, reply.json["code"]) == (200, code)
    assert reply.json["is_current"] is True
    same = client.get(f"/v1/reference/{name}/{code}",
                      headers={"If-None-Match": reply.etag})
    assert (same.status, same.body) == (304, b"")


@pytest.mark.parametrize("target", [
    "/v1/reference/colours", "/v1/reference/specialty",
    "/v1/reference/colours/1", "/v1/reference/divisions/999999",
    "/v1/reference/destinations/%E5%B0%B1"])
def test_none(client, target):
    reply = client.get(target)
    assert (reply.status, reply.problem["code"]) == (404, "not-found")


def test_by_the_beginning_of_a_name_or_code(client):
    by_name = walk(client, "/v1/reference/specialties?q=数控".replace(
        "数控", "%E6%95%B0%E6%8E%A7"))
    assert by_name and all(item["name"].startswith("数控")
                           for item in by_name)
    by_code = walk(client, "/v1/reference/divisions?q=3301")
    assert "330106" in [item["code"] for item in by_code]
    assert all(item["code"].startswith("3301") for item in by_code)
    assert walk(client, "/v1/reference/industries?q=c") == \
        walk(client, "/v1/reference/industries?q=C")
    assert walk(client, "/v1/reference/divisions?q=%25") == []


@pytest.mark.parametrize("target, holds", [
    ("specialties?level=secondary&parent=6603",
     lambda e: e["class"]["code"] == "6603" and e["level"] == "secondary"),
    ("specialties?parent=66", lambda e: e["category"]["code"] == "66"),
    ("divisions?level=county&parent=330100",
     lambda e: e["parent_code"] == "330100"),
    ("industries?parent=C", lambda e: e["level"] == "division"),
    ("industries?level=section", lambda e: e["parent_code"] is None),
    ("occupations?parent=6-31",
     lambda e: e["middle_group"]["code"] == "6-31")])
def test_filters(client, target, holds):
    items = walk(client, "/v1/reference/" + target + "&limit=7")
    assert items and all(holds(item) for item in items)


@pytest.mark.parametrize("target, where, code", [
    ("specialties?level=doctor", "level", "not-a-choice"),
    ("occupations?level=secondary", "level", "unknown"),
    ("unit_natures?parent=1", "parent", "unknown"),
    ("divisions?parent=990000", "parent", "unknown-code"),
    ("divisions?parent=330106", "parent", "unknown-code"),
    ("divisions?colour=red", "colour", "unknown"),
    ("divisions?limit=0", "limit", "out-of-range"),
    ("divisions?limit=201", "limit", "out-of-range"),
    ("divisions?after=abc", "after", "malformed"),
    ("divisions?q=", "q", "too-short"),
    ("divisions?q=a&q=b", "q", "repeated")])
def test_bad_parameters(client, target, where, code):
    reply = client.get("/v1/reference/" + target)
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert [(flaw["parameter"], flaw["code"])
            for flaw in reply.problem["errors"]] == [(where, code)]


def test_every_flaw_at_once(client):
    reply = client.get("/v1/reference/destinations?level=x&parent=y")
    assert reply.status == 400
    assert sorted(reply.wheres()) == ["level", "parent"]


def test_a_retired_code_is_read_but_not_listed(own_server):
    server, town = own_server()
    town.run("update unit_nature set is_current = false where code = '10'")
    client = server.client()
    reply = client.get("/v1/reference/unit_natures/10")
    assert (reply.status, reply.json["is_current"]) == (200, False)
    assert "10" not in [e["code"] for e in
                        walk(client, "/v1/reference/unit_natures")]
    client.close()
