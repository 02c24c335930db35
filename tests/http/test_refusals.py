"""Each file of the corpus is refused with the flaw that its name begins with,
and nothing after it is taken as a request; or it is sound, and answered."""
import os

import pytest

from wire import CORPUS, flaws, get

AFTER = get("/smuggled")
STATUSES = flaws()
NAMES = sorted(os.listdir(CORPUS))

# Told by other tests: they need time, many connections or an early end.
ELSEWHERE = {"head-timeout", "body-timeout", "incomplete-request",
             "too-many-connections", "too-many-connections-from-address"}


def probe(name):
    with open(os.path.join(CORPUS, name), "rb") as file:
        return file.read()


def names(*words):
    return [n for n in NAMES if n.split("--")[0] in words]


def check_refused(client, name):
    word = name.split("--")[0]
    reply = client.reply()
    assert (reply.status, reply.body) == (
        STATUSES[word], f"flaw {word}".encode())
    assert reply.headers["connection"] == "close"
    assert client.is_over()


@pytest.mark.parametrize("name", names(*STATUSES))
def test_refused_in_one_piece(echo, client, name):
    before = echo.counters()["requests"]
    client.send(probe(name) + AFTER)
    check_refused(client, name)
    assert echo.counters()["requests"] == before + 1, "only the counters"


@pytest.mark.parametrize("name", names(*STATUSES))
def test_refused_in_two_pieces(echo, client, name):
    data = probe(name)
    # What follows a flaw may be cut off, so leave it out.
    client.send(data[:len(data) // 2])
    while echo.counters()["open"] > 2:
        pass
    client.send(data[len(data) // 2:])
    check_refused(client, name)


@pytest.mark.parametrize("name", names("sound"))
def test_sound(client, name):
    client.send(probe(name) + AFTER)
    assert client.reply().status == 200
    assert client.reply().body == b"GET /smuggled 0\n"


@pytest.mark.parametrize("name", names("sound-closing"))
def test_sound_and_last(client, name):
    client.send(probe(name) + AFTER)
    reply = client.reply()
    assert reply.status == 200
    assert reply.headers["connection"] == "close"
    assert client.is_over()


@pytest.mark.parametrize("name", names("sound"))
def test_sound_byte_by_byte(client, name):
    data = probe(name)
    for i in range(len(data)):
        client.send(data[i:i + 1])
    assert client.reply().status == 200


def test_every_flaw_has_a_probe():
    probed = {name.split("--")[0] for name in NAMES}
    assert set(STATUSES) - probed == ELSEWHERE
    assert probed - set(STATUSES) == {"sound", "sound-closing", "chunks"}


def test_absolute_form_is_taken_apart(client):
    client.send(get("http://example.org:8080/a?b"))
    assert client.reply().body == b"GET /a b 0\n"
    client.send(get("http://example.org?b"))
    assert client.reply().body == b"GET / b 0\n"
    client.send(get("http://example.org").replace(b"GET", b"OPTIONS"))
    assert client.reply().body == b"OPTIONS * 0\n"


def test_counters_name_the_flaw(echo, client):
    before = echo.counters()["bare-lf"]
    client.send(b"GET / HTTP/1.1\n")
    assert client.reply().status == 400
    assert echo.counters()["bare-lf"] == before + 1
