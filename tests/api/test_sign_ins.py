"""The history of one's sign-ins, and the second factor that somebody lost."""

import pytest

from tests.api.test_reference_lists import walk
from tests.api.test_sessions import sign_in
from tests.api.test_totp import code_of, now
from tests.api.town import new_id

HISTORY = "/v1/me/sign-ins"


def test_each_sign_in_is_shown_also_when_it_is_over(server, client, people,
                                                    as_role, town):
    first = sign_in(client, people, "school")
    mine = server.client(first.json["token"])
    other = sign_in(client, people, "school")
    gone = server.client(other.json["token"])
    assert gone.delete("/v1/sessions/current").status == 204
    town.run("update session set expires_at = now() - interval '1 minute'"
             " where account_id = %s and created_at < now()"
             " - interval '1 hour'",
             people.accounts["school"])
    shown = walk(mine, f"{HISTORY}?limit=1")
    assert len(shown) == 3
    assert [s["at"] for s in shown] == sorted((s["at"] for s in shown),
                                              reverse=True)
    assert [s["ended_at"] is None for s in shown] == [False, True, False]
    assert {s["method"] for s in shown} == {"password"}
    assert {s["provider_id"] for s in shown} == {None}
    assert shown[1]["address"] == "127.0.0.1"
    assert str(first.headers["location"]).endswith(shown[1]["session_id"])
    assert mine.get(f"{HISTORY}?limit=0").status == 400
    assert client.get(HISTORY).status == 401
    theirs = walk(as_role("student"), HISTORY)
    assert not {s["session_id"] for s in theirs} & {
        s["session_id"] for s in shown}
    mine.close()
    gone.close()


@pytest.fixture
def lost(as_role, people):
    """A teacher with a second factor that nobody has any more."""
    person = as_role("school")
    secret = person.post("/v1/me/totp").json["secret"]
    assert person.post("/v1/me/totp/confirm",
                       {"code": code_of(secret, now())}).status == 200
    return person, people.accounts["school"]


def reset(client, account):
    return client.post(f"/v1/accounts/{account}/totp-reset")


def test_the_second_factor_is_taken_by_who_answers_for_it(lost, as_role,
                                                          client, people,
                                                          town):
    person, account = lost
    assert sign_in(client, people, "school").problem["code"] == \
        "totp-required"
    done = reset(as_role("office"), account)
    assert (done.status, done.json["id"]) == (200, str(account))
    assert person.get("/v1/me").status == 401, "its sessions are over"
    assert sign_in(client, people, "school").status == 201
    assert town.one("select count(*) from recovery_code where account_id"
                    " = %s", account) == 0
    assert town.run("select action, actor from audit where subject_id = %s",
                    account) == [("totp-reset", people.accounts["office"])]


def test_by_nobody_else(lost, as_role, client, people, town):
    person, account = lost
    assert reset(person, account).status == 404, "not one's own"
    for role in ("enterprise", "operator"):
        assert reset(as_role(role), account).status == 404
    assert reset(as_role("office"), new_id()).status == 404
    assert reset(as_role("student"), account).status == 403
    assert reset(client, account).status == 401
    assert sign_in(client, people, "school").problem["code"] == \
        "totp-required"
    assert town.one("select count(*) from audit where subject_id = %s",
                    account) == 0
