"""One's own sessions: seen, ended one by one and all at once."""

import pytest

from tests.api.test_sessions import sign_in, until_401
from tests.api.town import new_id


@pytest.fixture
def signed_in(server, client, people):
    """A client of a session that was opened by signing in."""
    reply = sign_in(client, people, "school")
    mine = server.client(reply.json["token"])
    mine.id = reply.headers["location"].rsplit("/", 1)[1]
    yield mine
    mine.close()


def test_where_one_is_signed_in(signed_in, client, people):
    other = client.ask("POST", "/v1/sessions", {
        "consortium": people.slug, "login_name": people.logins["school"],
        "password": "correct horse battery"},
        headers={"User-Agent": "Teléfono/1.0 " + "x" * 300})
    items = signed_in.get("/v1/sessions").json["items"]
    mine = [item for item in items if item["is_current"]]
    assert [item["id"] for item in mine] == [signed_in.id]
    assert mine[0]["address"] == "127.0.0.1"
    newest = items[0]
    assert other.headers["location"].endswith(newest["id"])
    assert newest["user_agent"].startswith("Tel?fono/1.0 xxx")
    assert len(newest["user_agent"]) == 200
    assert newest["expires_at"] == other.json["expires_at"]


def test_pages(signed_in, town, people):
    for _ in range(4):
        town.token(people.consortium, people.accounts["school"])
    town.token(people.consortium, people.accounts["school"], hours=-1)
    whole = signed_in.get("/v1/sessions").json["items"]
    seen, path = [], "/v1/sessions?limit=2"
    while path:
        page = signed_in.get(path).json
        seen, path = seen + page["items"], page["next"]
    assert seen == whole and len(seen) == 6


def test_ending_one(server, signed_in, client, people):
    other = sign_in(client, people, "school")
    theirs = server.client(other.json["token"])
    assert theirs.get("/v1/me").status == 200
    assert signed_in.delete(other.headers["location"]).status == 204
    assert until_401(theirs)
    assert signed_in.delete(other.headers["location"]).status == 404
    assert signed_in.delete(f"/v1/sessions/{signed_in.id}").status == 204
    assert until_401(signed_in)
    theirs.close()


def test_anothers_session_is_not_there(signed_in, client, people, as_role):
    other = sign_in(client, people, "office")
    assert signed_in.delete(other.headers["location"]).status == 404
    assert signed_in.delete(f"/v1/sessions/{new_id()}").status == 404
    office = as_role("office")
    assert office.get("/v1/sessions").json["items"][0]["id"] \
        in other.headers["location"]


def test_ending_all_others(server, signed_in, people, town):
    others = [server.client(town.token(people.consortium,
                                       people.accounts["school"]))
              for _ in range(3)]
    office = server.client(people.tokens["office"])
    for one in [*others, office]:
        assert one.get("/v1/me").status == 200
    assert signed_in.delete("/v1/sessions").status == 204
    for one in others:
        assert until_401(one)
        one.close()
    assert [item["id"] for item in signed_in.get("/v1/sessions").json["items"]
            ] == [signed_in.id]
    assert office.get("/v1/me").status == 200
    office.close()


def test_nobody_has_sessions(client):
    for method, path in (("GET", ""), ("DELETE", ""),
                         ("DELETE", f"/{new_id()}")):
        assert client.ask(method, "/v1/sessions" + path).status == 401
