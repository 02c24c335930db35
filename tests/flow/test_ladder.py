"""What the driver does around a card's steps."""

import socket
import time

import pytest


def ponder(client, text, **more):
    return client.ask("POST", "/probe/ponder", raw=text.encode(),
                      content_type="text/plain", **more)


def test_the_pool_answers(client):
    assert ponder(client, "ab").json == {"sum": 195}


def test_the_pool_refuses(client):
    reply = ponder(client, "refuse")
    assert (reply.status, reply.problem["detail"]) == (409, "by the pool")


def test_a_deadline_does_not_wait_for_the_pool(client):
    began = time.monotonic()
    reply = ponder(client, "slow")
    assert (reply.status, reply.problem["code"]) == (504, "deadline")
    assert 0.4 < time.monotonic() - began < 1.2
    assert ponder(client, "ab").json == {"sum": 195}


def test_a_client_that_goes_while_the_pool_works(server, client):
    def gone():
        for line in client.get("/metrics").body.decode().splitlines():
            if 'operation="postPonder",class="gone"' in line:
                return int(line.split()[-1])
        return 0

    before = gone()
    line = socket.create_connection(("127.0.0.1", server.port))
    line.sendall(b"POST /probe/ponder HTTP/1.1\r\nHost: x\r\nContent-Type:"
                 b" text/plain\r\nContent-Length: 4\r\n\r\nslow")
    time.sleep(0.1)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    line.close()
    deadline = time.monotonic() + 5
    while gone() == before:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(1.6)
    assert ponder(client, "ab").json == {"sum": 195}


def test_versions(client):
    def patch(version, **more):
        return client.patch("/probe/version", {"note": "x"},
                            headers={"If-Match": version}, **more)

    assert patch('"v3"').status == 200
    missing = patch(None)
    assert (missing.status, missing.problem["code"]) == \
        (428, "precondition-required")
    stale = patch('"v2"')
    assert stale.status == 412
    assert '"v3"' in stale.problem["detail"]
    for other in ("*", "v3", 'W/"v3"', '"v3", "v4"', '"vx"', '"v"',
                  '"v99999999999999999999"', '"v-3"'):
        assert patch(other).status == 412, other


def test_merge_patch_only(client):
    reply = client.patch("/probe/version", {"note": "x"},
                         headers={"If-Match": '"v3"'},
                         content_type="application/json")
    assert reply.status == 415


@pytest.mark.parametrize("known,status", [
    ('"v3"', 304), ('W/"v3"', 304), ("*", 304), ('"v1", "v3"', 304),
    ('"v2"', 200), ('"v33"', 200), ("v3", 200)])
def test_conditional_get(client, known, status):
    reply = client.get("/probe/version", headers={"If-None-Match": known})
    assert reply.status == status
    assert reply.etag == '"v3"'
    assert bool(reply.body) == (status == 200)


def test_a_broken_rule(client):
    problem = client.get("/probe/rule").problem
    assert problem["status"] == 422
    assert {name: problem[name] for name in
            ("rule", "source", "article", "limit", "actual")} == {
                "rule": "day-hours", "source": "1.13",
                "article": "劳动法 36", "limit": 480, "actual": 481}


def test_queries(client):
    assert client.get("/probe/search?word=a%20%E5%8C%B9+b&limit=7").json == {
        "word": "a 匹 b", "number": 0, "limit": 7}
    assert client.get("/probe/search?&word=a&&").json["limit"] == 50


@pytest.mark.parametrize("query,wheres", [
    ("", ["word"]), ("word=", ["word"]), ("word=abcdef", ["word"]),
    ("word=a&word=b", ["word"]), ("word=a&number=x", ["number"]),
    ("word=a&other=1", ["other"]), ("word=a&limit=0", ["limit"]),
    ("word=a&limit=201", ["limit"]), ("word=a&limit=", ["limit"]),
    ("word=a&limit=1&limit=2", ["limit"]), ("word=a&after=x", ["after"]),
    ("word=%FF", ["word"]), ("limit=x&number=10", ["limit", "number",
                                                   "word"]),
])
def test_flaws_of_queries(client, query, wheres):
    reply = client.get("/probe/search?" + query)
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert reply.wheres() == wheres


def test_too_many_parameters(client):
    query = "&".join(f"p{i}=1" for i in range(100))
    assert client.get("/probe/search?" + query).status == 400
