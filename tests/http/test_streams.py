"""Replies in chunks: whole or visibly not, at the pace of the client, and
requests before and after them."""
import re
import socket

import pytest
from wire import Echo, get

PART = 10000


def chunks(client):
    """(parts, whether the last chunk came) behind a head."""
    parts = []
    while True:
        while b"\r\n" not in client.unread:
            if not client.more():
                return parts, False
        size, rest = client.unread.split(b"\r\n", 1)
        count = int(size, 16)
        while len(rest) < count + 2:
            client.unread = rest
            if not client.more():
                return parts, False
            rest = client.unread
        assert rest[count:count + 2] == b"\r\n"
        client.unread = rest[count + 2:]
        if count == 0:
            return parts, True
        parts.append(rest[:count])


def streamed(client):
    reply = client.reply()
    assert reply.status == 200
    assert reply.headers["transfer-encoding"] == "chunked"
    assert "content-length" not in reply.headers
    return chunks(client)


@pytest.mark.parametrize("count", [0, 1, 2, 500])
def test_a_stream_comes_whole(client, count):
    client.send(get(f"/stream/{count}"))
    parts, is_whole = streamed(client)
    assert is_whole and parts == [b"x" * PART] * count


def test_requests_around_it_keep_the_order(client):
    client.send(get("/a") + get("/stream/300") + get("/b") +
                get("/stream/0") + get("/later/3") + get("/stream/1"))
    assert client.reply().body == b"GET /a 0\n"
    assert streamed(client) == ([b"x" * PART] * 300, True)
    assert client.reply().body == b"GET /b 0\n"
    assert streamed(client) == ([], True)
    assert client.reply().body == b"GET /later/3 0\n"
    assert streamed(client) == ([b"x" * PART], True)


@pytest.mark.parametrize("count", [0, 1, 300])
def test_what_is_cut_has_no_last_chunk(client, count):
    client.send(get(f"/cut/{count}") + get("/after"))
    parts, is_whole = streamed(client)
    assert not is_whole and parts == [b"x" * PART] * count
    assert client.is_over()


def test_a_head_alone(client):
    client.send(get("/stream/3").replace(b"GET", b"HEAD") + get("/next"))
    reply = client.reply(has_body=False)
    assert reply.headers["transfer-encoding"] == "chunked"
    assert client.reply().body == b"GET /next 0\n"


def test_one_who_asks_for_the_end_gets_it(client):
    client.send(get("/stream/3", "Connection: close"))
    assert streamed(client) == ([b"x" * PART] * 3, True)
    assert client.is_over()


def old(path):
    return f"GET {path} HTTP/1.0\r\n\r\n".encode()


def read_old(client):
    data = b""
    while piece := client.peer.recv(65536):
        data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    assert not re.search(rb"(?i)transfer-encoding|content-length", head)
    return body


def test_http_1_0_knows_no_chunks(client):
    client.send(old("/stream/300"))
    assert read_old(client) == b"x" * (PART * 300)


def test_http_1_0_is_told_of_a_cut_by_a_reset(client):
    client.send(old("/cut/300"))
    with pytest.raises(ConnectionResetError):
        read_old(client)


def test_half_closed_client_gets_all(client):
    client.send(get("/stream/1000"))
    client.end()
    assert streamed(client) == ([b"x" * PART] * 1000, True)
    assert client.is_over()


def test_a_reset_client_ends_it(echo):
    before = echo.counters()
    with echo.connect() as client:
        client.send(get("/stream/1000000"))
        client.more()
        client.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                               b"\1\0\0\0\0\0\0\0")
    while echo.counters()["gone"] == before["gone"]:
        pass
    assert echo.counters()["open"] == 1


def test_what_a_client_does_not_read_is_not_made():
    """A stream of 10 GB, unread, costs what the kernel's buffers hold; then
    the pace cuts it off."""
    with Echo(write_ms=1000, tick_ms=50) as echo:
        kib = echo.resident_kib()
        with echo.connect() as client:
            client.send(get("/stream/1000000"))
            while echo.counters()["write-timeouts"] == 0:
                assert echo.resident_kib() - kib < 4096
            assert not chunks_end(client)


def chunks_end(client):
    try:
        return streamed(client)[1]
    except ConnectionResetError:
        return False


def test_a_stream_is_ended_before_the_server_is(client, echo):
    """Draining: what has begun goes on."""
    with Echo() as other, other.connect() as one:
        one.peer.settimeout(10)
        one.send(get("/stream/2000"))
        one.more()
        other.drain()
        assert streamed(one) == ([b"x" * PART] * 2000, True)
        assert one.is_over()
