"""Signing in and out, and that a token dies everywhere at once."""

import time

import pytest

from tests.api.town import PASSWORD


def sign_in(client, people, role="office", **other):
    return client.post("/v1/sessions", {
        "consortium": "service" if role == "operator" else people.slug,
        "login_name": people.logins[role], "password": PASSWORD, **other})


@pytest.mark.parametrize("role", ["student", "enterprise", "school",
                                  "office", "operator"])
def test_in_and_out(server, client, people, role):
    reply = sign_in(client, people, role)
    assert reply.status == 201
    assert reply.headers["cache-control"] == "no-store"
    assert reply.json["role"] == role
    assert reply.json["account_id"] == str(people.accounts[role])
    mine = server.client(reply.json["token"])
    me = mine.get("/v1/me")
    assert me.status == 200
    assert me.headers["cache-control"] == "private, no-cache"
    assert me.json["role"] == role
    assert me.json["login_name"] == people.logins[role]
    owner = {"student": people.student, "enterprise": people.enterprise,
             "school": people.school, "office": people.consortium}.get(role)
    assert me.json["owner"]["id"] == (str(owner) if owner else None)
    assert mine.delete("/v1/sessions/current").status == 204
    assert mine.get("/v1/me").status == 401
    mine.close()


def test_the_database_has_no_token(client, people, town):
    token = sign_in(client, people).json["token"]
    rows = town.run("select s::text from session s where consortium_id = %s",
                    people.consortium)
    assert rows and not any(token in row[0] for row in rows)


@pytest.mark.parametrize("other", [
    {"password": "wrong"}, {"login_name": "nobody.here"},
    {"consortium": "no-such-town"}, {"password": PASSWORD + " "},
    {"login_name": "' or 1=1 --"}])
def test_wrong_credentials_all_look_alike(client, people, other):
    reply = sign_in(client, people, **other)
    assert (reply.status, reply.problem["code"]) == (401, "bad-credentials")
    assert "detail" not in reply.problem
    assert reply.headers["www-authenticate"].startswith("Bearer")


def test_a_disabled_account(server, client, people, town):
    token = sign_in(client, people).json["token"]
    mine = server.client(token)
    assert mine.get("/v1/me").status == 200
    town.run("update account set is_disabled = true where consortium_id = %s"
             " and id = %s", people.consortium, people.accounts["office"])
    assert until_401(mine)
    assert sign_in(client, people).status == 401
    mine.close()


def until_401(client):
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if client.get("/v1/me").status == 401:
            return True
    return False


def test_a_revoked_token_dies_on_every_loop(server, people, town):
    """Connections enough that every loop has some, and knows the token. On
    the server that was asked, none of them waits to hear of it."""
    lines = [server.client(people.tokens["school"]) for _ in range(16)]
    for line in lines:
        assert [line.get("/v1/me").status for _ in range(3)] == [200] * 3
    assert lines[0].delete("/v1/sessions/current").status == 204
    for line in lines:
        assert line.get("/v1/me").status == 401
        line.close()


def test_tokens_are_known_by_heart(server, client, people, town):
    """Once known, no statement is needed to know it again."""
    def found():
        for line in client.get("/metrics").body.decode().splitlines():
            if line.startswith("duikou_tokens_found "):
                return int(line.split()[1])
        raise AssertionError("no such counter")

    mine = server.client(people.tokens["student"])
    mine.get("/v1/me")
    before = found()
    for _ in range(5):
        assert mine.get("/v1/me").status == 200
    mine.close()
    time.sleep(0.3)
    assert found() >= before + 5


@pytest.mark.parametrize("header", [
    "Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "Bearer " + "a" * 600,
    "Bearer ü", "bearer nobodys-token", "Bearer ="])
def test_tokens_that_are_none(client, header):
    reply = client.get("/v1/me", headers={
        "Authorization": header.encode().decode("latin-1")})
    assert (reply.status, reply.problem["code"]) == (401, "not-signed-in")
    assert reply.headers["www-authenticate"].startswith("Bearer")


def test_no_token(client):
    assert client.get("/v1/me").status == 401


def test_a_token_does_not_matter_where_nobody_is_asked(client):
    reply = client.get("/version", headers={"Authorization": "Bearer none"})
    assert reply.status == 200


def test_an_expired_token(server, people, town):
    token = town.token(people.consortium, people.accounts["office"],
                       hours=-1)
    client = server.client(token)
    assert client.get("/v1/me").status == 401
    client.close()


def test_failures_are_limited(own_server):
    server, town = own_server(sign_in_account_max=3, sign_in_address_max=6,
                              sign_in_window_s=600)
    people, client = town.people(), server.client()
    for _ in range(5):
        assert sign_in(client, people).status == 201
    for _ in range(3):
        assert sign_in(client, people, password="wrong").status == 401
    reply = sign_in(client, people)
    assert (reply.status, reply.problem["code"]) == (429, "too-many-requests")
    assert 0 < int(reply.headers["retry-after"]) <= 600
    assert sign_in(client, people, "school").status == 201
    for _ in range(3):
        sign_in(client, people, "school", password="wrong")
    assert sign_in(client, people, "enterprise").status == 429
    client.close()
