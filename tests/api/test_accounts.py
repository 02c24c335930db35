"""Accounts: made by whoever answers for them, by tokens that work once."""

import threading

import pytest

from tests.api.test_reference_lists import walk
from tests.api.test_sessions import sign_in
from tests.api.town import new_id

INVITATIONS, ACCOUNTS = "/v1/account-invitations", "/v1/accounts"
SECRET = "ein langes neues Geheimnis"


def invited(client, role, **more):
    body = {"role": role, "login_name": f"new.{new_id().hex[-12:]}", **more}
    return client.post(INVITATIONS, body)


def taken(client, token, password=SECRET):
    return client.post(f"{INVITATIONS}/accept",
                       {"token": token, "password": password})


@pytest.fixture
def operator(server, town):
    account = town.account("00000000-0000-0000-0000-000000000000",
                           "operator")
    client = server.client(town.token(
        "00000000-0000-0000-0000-000000000000", account))
    yield client
    client.close()


def test_from_an_invitation_to_signing_in(as_role, client, people, town):
    made = invited(as_role("school"), "school", display_name="王老师")
    assert made.status == 201, made
    listed = as_role("school").get(INVITATIONS).json["items"]
    assert [(i["id"], i["display_name"], i["is_reset"], i["owner_id"])
            for i in listed] == \
        [(made.json["id"], "王老师", False, str(people.school))]
    assert made.json["token"] not in str(town.run(
        "select * from account_invitation where id = %s", made.json["id"]))
    done = taken(client, made.json["token"])
    assert (done.status, done.json["role"], done.json["consortium"]) == \
        (201, "school", people.slug)
    signed_in = sign_in(client, people, password=SECRET,
                        login_name=made.json["login_name"])
    assert signed_in.status == 201
    assert as_role("school").get(INVITATIONS).json["items"] == []
    again = taken(client, made.json["token"], SECRET + "x")
    assert again.status == 404, "a token works once"


def test_of_two_who_take_it_one_wins(server, as_role, town):
    token = invited(as_role("office"), "office").json["token"]
    statuses = []

    def take():
        one = server.client()
        statuses.append(taken(one, token).status)
        one.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201, 404, 404, 404]


def test_who_invites_whom(as_role, people, town, operator):
    other = town.people()
    mine = {"student": people.student, "enterprise": people.enterprise,
            "school": people.school, "office": None}
    allowed = {"enterprise": {"enterprise"}, "school": {"school", "student"},
               "office": {"office", "enterprise", "school"}}
    for inviter, roles in allowed.items():
        for role, owner in mine.items():
            reply = invited(as_role(inviter), role, owner_id=owner
                            and str(owner))
            if role in roles:
                assert reply.status == 201, (inviter, role)
            else:
                assert (reply.status, reply.problem["code"]) == \
                    (422, "invalid-body"), (inviter, role)
    for inviter, role, owner in (("school", "student", other.student),
                                 ("school", "school", other.school),
                                 ("enterprise", "enterprise",
                                  other.enterprise),
                                 ("office", "school", other.school),
                                 ("office", "school", None)):
        reply = invited(as_role(inviter), role, owner_id=owner and str(owner))
        assert (reply.status, reply.wheres()) == (422, ["#/owner_id"])
    assert invited(as_role("student"), "student").status == 403
    assert invited(as_role("office"), "office",
                   consortium=other.slug).wheres() == ["#/consortium"]
    made = invited(operator, "office", consortium=other.slug)
    assert made.status == 201, made
    assert invited(operator, "school", consortium=other.slug).wheres() == \
        ["#/role"]
    for slug in ("no-such-town", "service", None):
        assert invited(operator, "office", consortium=slug).wheres() == \
            ["#/consortium"]
    done = taken(operator, made.json["token"])
    assert done.json["consortium"] == other.slug


def test_every_flaw_is_named(as_role, people, client):
    office = as_role("office")
    assert office.post(INVITATIONS, {}).wheres() == ["#/role", "#/login_name"]
    bad = office.post(INVITATIONS, {"role": "operator", "login_name": "A b",
                                    "display_name": " x", "more": 1})
    assert bad.wheres() == ["#/role", "#/login_name", "#/display_name",
                            "#/more"]
    same = office.post(INVITATIONS, {"role": "office", "login_name":
                                     people.logins["office"]})
    assert (same.status, same.wheres()) == (409, ["#/login_name"])
    token = invited(office, "office", login_name="office.person").json["token"]
    for password in ("short", "office.person", "1234567890"):
        reply = taken(client, token, password)
        assert (reply.status, reply.wheres()) == (422, ["#/password"])
    assert taken(client, "nothing").status == 404
    assert client.post(f"{INVITATIONS}/accept", {}).wheres() == \
        ["#/token", "#/password"]
    assert taken(client, token).status == 201


def test_taken_back_and_run_out(as_role, client, town):
    enterprise = as_role("enterprise")
    made = invited(enterprise, "enterprise").json
    assert as_role("school").delete(
        f"{INVITATIONS}/{made['id']}").status == 404
    assert enterprise.delete(f"{INVITATIONS}/{made['id']}").status == 204
    assert enterprise.delete(f"{INVITATIONS}/{made['id']}").status == 404
    assert taken(client, made["token"]).status == 404
    late = invited(enterprise, "enterprise").json
    town.run("update account_invitation set expires_at = now()"
             " where id = %s", late["id"])
    assert taken(client, late["token"]).status == 404


def test_a_login_name_that_was_taken_meanwhile(as_role, client, town, people):
    made = invited(as_role("school"), "school", login_name="wang.laoshi").json
    town.account(people.consortium, "school", people.school,
                 login="wang.laoshi")
    reply = taken(client, made["token"])
    assert (reply.status, reply.wheres()) == (409, ["#/token"])
    assert reply.problem["code"] == "conflict"


def test_a_forgotten_password(as_role, server, client, people):
    account = people.accounts["student"]
    old = server.client(people.tokens["student"])
    reset = as_role("school").post(f"{ACCOUNTS}/{account}/password-reset")
    assert reset.status == 201, reset
    assert old.get("/v1/me").status == 200, "not before it is used"
    assert taken(client, reset.json["token"]).status == 201
    assert old.get("/v1/me").status == 401
    assert sign_in(client, people, "student").status == 401
    assert sign_in(client, people, "student", password=SECRET).status == 201
    for role in ("enterprise", "office"):
        assert as_role(role).post(
            f"{ACCOUNTS}/{account}/password-reset").status == 404
    old.close()


def test_disabled_and_enabled(as_role, server, client, people):
    account = people.accounts["enterprise"]
    theirs = server.client(people.tokens["enterprise"])
    assert theirs.get("/v1/me").status == 200
    reply = as_role("office").post(f"{ACCOUNTS}/{account}/disable")
    assert (reply.status, reply.json["is_disabled"]) == (200, True)
    assert theirs.get("/v1/me").status == 401
    assert sign_in(client, people, "enterprise").status == 401
    assert as_role("office").post(
        f"{ACCOUNTS}/{account}/password-reset").status == 404
    back = as_role("office").post(f"{ACCOUNTS}/{account}/enable")
    assert (back.status, back.json["is_disabled"]) == (200, False)
    assert sign_in(client, people, "enterprise").status == 201
    own = people.accounts["office"]
    assert as_role("office").post(f"{ACCOUNTS}/{own}/disable").status == 404
    assert as_role("school").post(f"{ACCOUNTS}/{account}/disable"
                                  ).status == 404
    theirs.close()


def test_whose_accounts_one_sees(as_role, people, town):
    town.people()
    seen = {role: {a["role"] for a in walk(as_role(role),
                                           f"{ACCOUNTS}?limit=1")}
            for role in ("enterprise", "school", "office")}
    assert seen == {"enterprise": {"enterprise"},
                    "school": {"school", "student"},
                    "office": {"office", "enterprise", "school"}}
    only = as_role("school").get(f"{ACCOUNTS}?role=student").json["items"]
    assert [a["owner_id"] for a in only] == [str(people.student)]
    assert as_role("school").get(f"{ACCOUNTS}?role=king").wheres() == ["role"]
