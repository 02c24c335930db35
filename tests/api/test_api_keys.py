"""API keys: a system acts for its owner, as far as its scopes go."""

import pytest

from tests.api.firm import PATH, draft, later
from tests.api.firm import firm  # noqa: F401 (fixture)
from tests.api.server import Server
from tests.api.test_live import SECOND, within
from tests.api.test_reference_lists import walk
from tests.api.test_rights import CARDS
from tests.api.town import new_id

KEYS = "/v1/api-keys"


@pytest.fixture
def keyed(server, as_role):
    """keyed("enterprise", "postings:read") -> (client, what was made)."""
    opened = []

    def made(role, *scopes, **more):
        reply = as_role(role).post(KEYS, {"name": "招聘系统",
                                          "scopes": list(scopes), **more})
        assert reply.status == 201, reply
        opened.append(server.client(reply.json["key"]))
        return opened[-1], reply.json

    yield made
    for one in opened:
        one.close()


def test_made_and_shown_once(as_role, keyed, town, people):
    client, made = keyed("enterprise", "postings:read", "postings:write")
    assert made["key"].startswith(made["prefix"]) and len(made["key"]) == 46
    listed = as_role("enterprise").get(KEYS).json["items"]
    assert listed == [{name: value for name, value in made.items()
                       if name != "key"}]
    kept = town.run("select * from session s, api_key k, account a"
                    " where s.account_id = k.id and a.id = k.id"
                    " and k.id = %s", made["id"])
    assert made["key"] not in str(kept)
    me = client.get("/v1/me").json
    assert (me["is_key"], me["role"], me["owner"]["id"]) == \
        (True, "enterprise", str(people.enterprise))
    assert not as_role("enterprise").get("/v1/me").json["is_key"]


def test_it_acts_for_its_owner(keyed, firm, town):
    client, made = keyed("enterprise", "postings:read", "postings:write")
    posted = client.post(PATH, draft())
    assert posted.status == 201, posted
    mine = f"{PATH}/{posted.json['id']}"
    assert client.post(f"{mine}/publish", {"closes_at": later()}).status == 200
    assert firm.client.get(mine).json["state"] == "published"
    assert str(town.one("select actor from event where subject_id = %s",
                        posted.json["id"])) == made["id"]


def test_no_further_than_its_scopes(keyed, firm, people):
    client, _ = keyed("enterprise", "postings:read")
    assert client.get(PATH).status == 200
    assert client.get("/v1/reference").status == 200
    for method, path, scope in (
            ("POST", PATH, "postings:write"),
            ("GET", f"/v1/enterprises/{people.enterprise}/quota",
             "enterprises:read"),
            ("GET", "/v1/applications", "applications:read")):
        reply = client.ask(method, path)
        assert (reply.status, reply.problem["code"]) == (403, "forbidden")
        assert scope in reply.problem["detail"]
    chinese = client.ask("POST", PATH, headers={"Accept-Language": "zh-CN"})
    assert "密钥没有 postings:write 权限" in chinese.problem["detail"]


def test_no_further_than_its_owner(keyed, people):
    client, _ = keyed("enterprise", "students:read", "rounds:write")
    assert client.get("/v1/students").status == 403
    assert client.post("/v1/rounds", {}).status == 403
    school, _ = keyed("school", "students:read")
    assert len(school.get("/v1/students").json["items"]) == 1


@pytest.mark.parametrize("method, path", [
    ("GET", "/v1/sessions"), ("DELETE", "/v1/sessions"),
    ("DELETE", "/v1/sessions/current"), ("PUT", "/v1/me/password"),
    ("GET", KEYS), ("POST", KEYS), ("DELETE", f"{KEYS}/{new_id()}")])
def test_what_is_for_people(keyed, method, path):
    client, _ = keyed("office", "consortia:read", "consortia:write")
    reply = client.ask(method, path)
    assert (reply.status, reply.problem["detail"]) == \
        (403, "no key may do this")


def test_revoked_everywhere(cluster, database, server, as_role, keyed):
    client, made = keyed("enterprise", "postings:read")
    other = Server(cluster.url(database)).start()
    try:
        there = other.client(made["key"])
        assert (client.get(PATH).status, there.get(PATH).status) == (200, 200)
        assert as_role("enterprise").delete(
            f"{KEYS}/{made['id']}").status == 204
        within(SECOND, lambda: client.get(PATH).status == 401)
        within(SECOND, lambda: there.get(PATH).status == 401)
        there.close()
    finally:
        assert other.stop() == 0
    assert as_role("enterprise").get(KEYS).json["items"] == []
    assert as_role("enterprise").delete(f"{KEYS}/{made['id']}").status == 404


def test_it_ends_by_time(keyed, town):
    client, made = keyed("enterprise", "postings:read", expires_at=later(1))
    assert client.get(PATH).status == 200
    fresh, other = keyed("enterprise", "postings:read")
    town.run("update session set created_at = now() - interval '2 days',"
             " expires_at = now() - interval '1 day' where account_id = %s",
             other["id"])
    assert fresh.get(PATH).status == 401


@pytest.mark.parametrize("body, wheres", [
    ({}, ["#/name", "#/scopes"]),
    ({"name": " a", "scopes": []}, ["#/name", "#/scopes"]),
    ({"name": "a", "scopes": ["postings:all", "sessions:read", "postings",
                              "postings:read:x", ":read"]},
     [f"#/scopes/{i}" for i in range(5)]),
    ({"name": "a", "scopes": ["postings:read", "postings:read"]},
     ["#/scopes"]),
    ({"name": "a", "scopes": ["postings:read"], "role": "office"},
     ["#/role"]),
    ({"name": "a", "scopes": ["postings:read"],
      "expires_at": "2020-01-01T00:00:00Z"}, ["#/expires_at"])])
def test_every_flaw_is_named(as_role, body, wheres):
    reply = as_role("enterprise").post(KEYS, body)
    assert (reply.status, reply.wheres()) == (422, wheres)


FOR_PEOPLE = {"sessions", "me", "api-keys", "accounts",
              "account-invitations",
              "access-requests", "identity-providers"}


def test_every_resource_has_its_scopes(contract):
    """A new resource is in scopes.def and in the document, or for people."""
    words = set(contract.document["components"]["schemas"]["ApiScope"]
                ["pattern"].split("(")[1].split(")")[0].split("|"))
    asked = {card["path"].split("/")[2] for card in CARDS
             if card["path"].startswith("/v1/")
             and card["allow"]["nobody"] == "none"}
    assert asked == words | FOR_PEOPLE


def test_whose_keys(as_role, keyed, town, server, people):
    _, made = keyed("enterprise", "postings:read")
    keyed("school", "students:read")
    other = town.people()
    stranger = server.client(other.tokens["enterprise"])
    assert stranger.get(KEYS).json["items"] == []
    assert stranger.delete(f"{KEYS}/{made['id']}").status == 404
    stranger.close()
    assert as_role("school").delete(f"{KEYS}/{made['id']}").status == 404
    colleague = town.account(people.consortium, "enterprise",
                             people.enterprise)
    client = server.client(town.token(people.consortium, colleague))
    assert [k["id"] for k in client.get(KEYS).json["items"]] == [made["id"]]
    assert client.delete(f"{KEYS}/{made['id']}").status == 204
    client.close()


def test_twenty_at_most(as_role, keyed):
    for _ in range(20):
        keyed("school", "students:read")
    school = as_role("school")
    assert len(walk(school, f"{KEYS}?limit=7")) == 20
    more = school.post(KEYS, {"name": "a", "scopes": ["students:read"]})
    assert (more.status, more.problem["code"]) == (409, "conflict")
    school.delete(f"{KEYS}/{school.get(KEYS).json['items'][0]['id']}")
    assert school.post(KEYS, {"name": "a",
                              "scopes": ["students:read"]}).status == 201
