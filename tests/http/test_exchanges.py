"""Requests and replies: order, bodies, ends, and what goes before them."""
import re
import socket

import pytest

from wire import get, post


def chunked(*pieces):
    head = b"POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = (b"%x\r\n%s\r\n" % (len(p), p) for p in (*pieces, b""))
    return head + b"".join(chunks)


def test_pipelined_replies_keep_the_order(client):
    count = 500
    client.send(b"".join(
        get("/later/3") if i % 50 == 7 else post(f"/{i}", b"x" * i)
        for i in range(count)))
    for i in range(count):
        reply = client.reply()
        assert reply.status == 200
        if i % 50 == 7:
            assert reply.body == b"GET /later/3 0\n"
        else:
            assert reply.body == b"POST /%d %d\n" % (i, i) + b"x" * i


def test_the_next_request_waits_for_the_reply(echo, client):
    client.send(get("/later/300") + get("/second"))
    counters = echo.counters()
    # The waiting one and this question itself, but not the second.
    assert counters["requests"] == counters["replies"] + 2
    assert client.reply().body == b"GET /later/300 0\n"
    assert client.reply().body == b"GET /second 0\n"


def test_date_is_a_date(client):
    client.send(get("/"))
    assert re.fullmatch(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} "
                        r"\d{2}:\d{2}:\d{2} GMT",
                        client.reply().headers["date"])


def test_head_has_the_length_but_no_body(client):
    client.send(b"HEAD /large/1000 HTTP/1.1\r\nHost: h\r\n\r\n" + get("/a"))
    assert client.reply(has_body=False).headers["content-length"] == "1000"
    assert client.reply().body == b"GET /a 0\n"


@pytest.mark.parametrize("size", [1, 4096, 16384, 65536])
def test_body_comes_whole(client, size):
    body = bytes(i * 31 % 251 for i in range(size))
    client.send(post("/b", body))
    assert client.reply().body == b"POST /b %d\n" % size + body
    client.send(chunked(body[:size // 3], body[size // 3:]) if size > 2
                else chunked(body))
    assert client.reply().body == b"POST /c %d\n" % size + body


def test_large_body_where_it_is_allowed(client):
    body = b"0123456789abcdef" * (8 << 16)
    client.send(post("/big", body))
    assert client.reply().body == b"POST /big %d\n" % len(body) + body
    client.send(post("/big", body + b"x"))
    assert client.reply().status == 413


def test_chunked_body_is_cut_at_the_limit(client):
    client.send(chunked(b"x" * 65536))
    assert client.reply().status == 200
    client.send(chunked(b"x" * 65536, b"y"))
    assert client.reply().body == b"flaw body-too-large"
    assert client.is_over()


def test_too_large_is_told_to_one_who_sends_it_all(client):
    client.send(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000"
                b"\r\n\r\n")
    try:
        client.send(b"x" * 4000000)
    except ConnectionError:
        pytest.fail("reset before the reply was read")
    assert client.reply().status == 413
    assert client.is_over()


def test_body_may_be_refused_unread(echo, client):
    client.send(post("/unwanted", b"", "X: y").replace(b"h: 0", b"h: 9"))
    reply = client.reply()
    assert (reply.status, reply.headers["connection"]) == (404, "close")
    client.send(get("/smuggled"))
    assert client.is_over()


def expecting(path="/e", size=3):
    return post(path, b"", "Expect: 100-Continue").replace(
        b"h: 0", b"h: %d" % size)


def test_expect_is_answered_before_the_body(client):
    client.send(expecting())
    reply = client.reply()
    assert (reply.status, reply.headers) == (100, {})
    client.send(b"abc")
    assert client.reply().body == b"POST /e 3\nabc"


def test_expect_is_not_answered_after_the_body(client):
    client.send(expecting() + b"abc")
    assert client.reply().status == 200


def test_expect_meets_a_refusal(echo):
    for request, status in ((expecting(size=70000), 413),
                            (expecting("/unwanted"), 404)):
        with echo.connect() as client:
            client.send(request)
            assert client.reply().status == status
            assert client.is_over()


def test_expect_without_a_body_or_in_1_0_means_nothing(echo, client):
    client.send(get("/", "Expect: 100-continue"))
    assert client.reply().status == 200
    with echo.connect() as old:
        old.send(expecting().replace(b"HTTP/1.1", b"HTTP/1.0") + b"abc")
        assert old.reply().status == 200


def test_half_closed_client_gets_its_replies(client):
    client.send(get("/later/100") + get("/later/10") + post("/x", b"abc"))
    client.end()
    assert client.reply().body == b"GET /later/100 0\n"
    assert client.reply().body == b"GET /later/10 0\n"
    assert client.reply().body == b"POST /x 3\nabc"
    assert client.is_over()


def test_half_closed_client_gets_a_large_reply(client):
    client.send(get("/large/20000000"))
    client.end()
    assert len(client.reply().body) == 20000000
    assert client.is_over()


@pytest.mark.parametrize("piece", [
    b"G", get("/")[:-1], post("/", b"abc")[:-1], chunked(b"abc")[:-1]])
def test_half_a_request_and_no_more(client, piece):
    client.send(piece)
    client.end()
    assert client.reply().body == b"flaw incomplete-request"
    assert client.is_over()


def test_a_client_that_says_nothing_and_ends(client):
    client.end()
    assert client.is_over()


def test_a_reset_client_is_gone(echo):
    before = echo.counters()
    with echo.connect() as client:
        client.send(get("/later/5000"))
        while echo.counters()["requests"] < before["requests"] + 2:
            pass
        client.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                               b"\1\0\0\0\0\0\0\0")
    while echo.counters()["gone"] == before["gone"]:
        pass
    assert echo.counters()["open"] == 1


def test_a_client_gone_before_its_reply_costs_nothing(echo):
    before = echo.counters()["replies"]
    for _ in range(50):
        with echo.connect() as client:
            client.send(get("/later/20"))
    while echo.counters()["open"] > 1:
        pass
    assert echo.counters()["replies"] >= before + 50
