"""One-time codes as a second factor."""

import base64
import hashlib
import hmac
import struct
import time

import pytest

from tests.api.test_sessions import sign_in

TOTP = "/v1/me/totp"


def code_of(secret, step):
    """RFC 6238, by itself."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">q", step),
                      hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset:offset + 4])[0] & 0x7fffffff
    return f"{number % 10**6:06d}"


def now():
    return int(time.time()) // 30


@pytest.fixture
def person(as_role):
    return as_role("school")


@pytest.fixture
def protected(person, people, town):
    """(secret, recovery codes) of an account that confirmed just now; its used
    step is put back, so that tests need not wait."""
    secret = person.post(TOTP).json["secret"]
    reply = person.post(TOTP + "/confirm", {"code": code_of(secret, now())})
    assert reply.status == 200, reply
    town.run("update account set totp_last_step = 1, actor = id where id = %s",
             people.accounts["school"])
    return secret, reply.json["recovery_codes"]


def enter(client, people, **more):
    return sign_in(client, people, "school", **more)


def test_nothing_is_asked_before_it_is_confirmed(person, client, people,
                                                 town):
    first = person.post(TOTP)
    assert first.status == 201, first
    assert first.json["uri"] == (
        f"otpauth://totp/Duikou:{people.logins['school']}"
        f"?secret={first.json['secret']}&issuer=Duikou")
    assert enter(client, people).status == 201
    second = person.post(TOTP).json["secret"]
    assert second != first.json["secret"]
    wrong = person.post(TOTP + "/confirm",
                        {"code": code_of(first.json["secret"], now())})
    assert (wrong.status, wrong.wheres()) == (422, ["#/code"])
    assert second not in str(town.run(
        "select * from account where id = %s", people.accounts["school"]))


def test_signing_in_with_a_code(protected, client, people):
    secret, _ = protected
    without = enter(client, people)
    assert (without.status, without.problem["code"]) == \
        (401, "totp-required")
    wrong = enter(client, people, password="not this one")
    assert wrong.problem["code"] == "bad-credentials"
    guess = enter(client, people, code="000000" if code_of(secret, now())
                  != "000000" else "000001")
    assert guess.problem["code"] == "bad-credentials"
    code = code_of(secret, now())
    assert enter(client, people, code=code).status == 201
    again = enter(client, people, code=code)
    assert again.problem["code"] == "bad-credentials", "a code works once"
    assert sign_in(client, people, "office").status == 201


def test_recovery_codes_work_once(protected, client, people):
    _, codes = protected
    assert len(set(codes)) == 10
    assert enter(client, people, code=codes[3]).status == 201
    assert enter(client, people, code=codes[3]).status == 401
    assert enter(client, people, code=codes[4]).status == 201


def test_taken_away_with_a_code_only(protected, person, client, people, town):
    secret, codes = protected
    assert person.post(TOTP).problem["code"] == "wrong-state"
    assert person.post(TOTP + "/confirm", {"code": "123456"}).status == 409
    bad = person.post(TOTP + "/remove", {"code": "not-a-code"})
    assert (bad.status, bad.wheres()) == (422, ["#/code"])
    assert person.post(TOTP + "/remove",
                       {"code": code_of(secret, now())}).status == 204
    assert enter(client, people).status == 201
    assert person.post(TOTP + "/remove", {"code": codes[0]}).status == 409
    assert town.one("select count(*) from recovery_code where account_id"
                    " = %s", people.accounts["school"]) == 0


def test_without_a_key_of_the_service(own_server):
    server, town = own_server(seal_keys="")
    client = server.client(town.people().tokens["school"])
    assert (client.post(TOTP).status, client.post(TOTP).problem["code"]) == \
        (503, "no-key")
    client.close()
