"""Tries of signing in are counted in the database: for all servers, for names
that nobody has, and until the window ends."""

import hashlib
import secrets
import statistics
import time

import pytest

from tests.api.server import Server
from tests.api.test_sessions import sign_in
from tests.api.town import PASSWORD


@pytest.fixture
def two(apart, cluster):
    """Two servers over one database."""
    with apart(sign_in_account_max=4, sign_in_window_s=12) as (one, name,
                                                              town):
        other = Server(cluster.url(name), one.seen, sign_in_account_max=4,
                       sign_in_window_s=12).start()
        yield one, other, town
        other.stop()


def test_every_server_counts(two):
    one, other, town = two
    people = town.people()
    clients = [one.client(), other.client()]
    for turn in range(4):
        assert sign_in(clients[turn % 2], people,
                       password="wrong").status == 401
    for client in clients:
        reply = sign_in(client, people)
        assert (reply.status, reply.problem["code"]) == \
            (429, "too-many-requests")
        wait = int(reply.headers["retry-after"])
        assert 1 <= wait <= 12
        assert sign_in(client, people, "school").status == 201
    time.sleep(wait + 0.1)
    assert sign_in(clients[1], people).status == 201
    for client in clients:
        client.close()


def test_names_that_nobody_has_are_locked_alike(two):
    one, _, town = two
    people, client = town.people(), one.client()
    told = []
    for name in (people.logins["office"], "nobody.at.all"):
        told.append([sign_in(client, people, login_name=name,
                             password="wrong").status for _ in range(6)])
    assert told[0] == told[1] == [401] * 4 + [429] * 2
    assert sign_in(client, people, consortium="no-such-town").status == 401
    client.close()


def test_a_success_gives_its_try_back(two):
    one, _, town = two
    people, client = town.people(), one.client()
    assert [sign_in(client, people, "school").status
            for _ in range(6)] == [201] * 6
    assert town.one("select sum(taken) from attempt") == 0
    client.close()


def test_an_address_is_counted_too(own_server):
    server, town = own_server(sign_in_address_max=3)
    people, client = town.people(), server.client()
    for number in range(3):
        assert sign_in(client, people, login_name=f"n{number}").status == 401
    assert sign_in(client, people).status == 429
    client.close()


def test_the_table_has_no_names(two):
    one, _, town = two
    client = one.client()
    sign_in(client, town.people(), login_name="somebody.else")
    assert "somebody" not in str(town.run("select a::text from attempt a"))
    client.close()


def test_time_tells_nothing(server, client, people, town):
    """An account with the usual cost takes as long as none at all."""
    salt = secrets.token_bytes(16)
    hashed = hashlib.scrypt(PASSWORD.encode(), salt=salt, n=1 << 17, r=8,
                            p=1, dklen=32, maxmem=1 << 28)
    town.run("update account set password_salt = %s, password_hash = %s,"
             " scrypt_n = 131072, actor = id where id = %s", salt, hashed,
             people.accounts["office"])

    def seconds(**other):
        taken = []
        for _ in range(5):
            begun = time.monotonic()
            assert sign_in(client, people, **other).status == 401
            taken.append(time.monotonic() - begun)
        return statistics.median(taken)

    known, unknown = (seconds(password="wrong"),
                      seconds(login_name="nobody.at.all"))
    assert 0.5 < known / unknown < 2, (known, unknown)
