"""Another password: what it may be, who may set it, and what ends with it."""

import concurrent.futures

import pytest

from tests.api.test_sessions import sign_in, until_401
from tests.api.town import PASSWORD

NEW = "a longer word 更長的口令"


def change(client, new=NEW, current=PASSWORD):
    return client.put("/v1/me/password", {"current": current, "new": new})


def test_change(server, client, people, town, as_role):
    mine = as_role("enterprise")
    other = server.client(town.token(people.consortium,
                                     people.accounts["enterprise"]))
    assert other.get("/v1/me").status == 200
    reply = change(mine)
    assert (reply.status, reply.body) == (204, b"")
    assert until_401(other)
    assert mine.get("/v1/me").status == 200
    assert sign_in(client, people, "enterprise").status == 401
    assert sign_in(client, people, "enterprise", password=NEW).status == 201
    assert NEW not in str(town.run(
        "select a::text from account a where id = %s",
        people.accounts["enterprise"]))
    other.close()


@pytest.mark.parametrize("new,code", [
    ("123456789", "too-short"), ("長" * 129, "too-long"),
    ("a" * 20, "not-allowed"), ("abcabcabcabc", "not-allowed"),
    ("1234567890", "not-allowed"), ("WoAiNi1314520", "not-allowed"),
    ("Password123", "not-allowed"), (PASSWORD, "not-allowed")])
def test_what_it_may_not_be(as_role, new, code):
    reply = change(as_role("student"), new)
    assert reply.status == 422 and reply.wheres() == ["#/new"]
    assert reply.problem["errors"][0]["code"] == code


def test_it_is_not_the_login_name(as_role, people):
    reply = change(as_role("office"), people.logins["office"].upper())
    assert reply.status == 422
    assert "login name" in reply.problem["errors"][0]["detail"]


def test_the_current_one_is_needed(as_role, client, people):
    reply = change(as_role("school"), current="wrong")
    assert (reply.status, reply.wheres()) == (422, ["#/current"])
    assert reply.problem["errors"][0]["code"] == "wrong-secret"
    assert sign_in(client, people, "school").status == 201
    assert as_role("school").put("/v1/me/password", {}).wheres() == [
        "#/current", "#/new"]


def test_a_thief_of_a_token_cannot_guess(own_server):
    server, town = own_server(sign_in_account_max=3)
    people = town.people()
    thief = server.client(people.tokens["office"])
    for _ in range(3):
        assert change(thief, current="wrong").status == 422
    reply = change(thief)
    assert reply.status == 429 and int(reply.headers["retry-after"]) > 0
    assert sign_in(thief, people).status == 201
    thief.close()


def test_two_changes_at_once(server, people):
    """One wins; the other is told."""
    def one(number):
        client = server.client(people.tokens["school"])
        try:
            return change(client, NEW + str(number)).status
        finally:
            client.close()

    with concurrent.futures.ThreadPoolExecutor(2) as both:
        assert sorted(both.map(one, range(2)))[0] == 204
    client = server.client()
    worked = [sign_in(client, people, "school",
                      password=NEW + str(number)).status
              for number in range(2)]
    client.close()
    assert sorted(worked) == [201, 401]


def test_registration_has_the_same_rules(client, people):
    reply = client.post("/v1/enterprises", {
        "consortium": people.slug, "uscc": "91330100000000001X",
        "password": "1234567890", "login_name": "firm-of-words"})
    assert reply.status == 422
