"""The server among its neighbours: stopped, slow and absent databases."""

import signal
import socket
import threading
import time

import psycopg2
import pytest

from tests.api.server import Server, run
from tests.support import pg as support


@pytest.fixture
def lock(cluster):
    """lock(dsn, table): nobody reads the table until the test is over."""
    held = []

    def locked(dsn, table):
        db = psycopg2.connect(dsn)
        held.append(db)
        db.cursor().execute(f"lock table {table} in access exclusive mode")

    yield locked
    for db in held:
        db.close()


def test_the_deadline(own_server, lock):
    server, town = own_server()
    people = town.people()
    client = server.client(people.tokens["office"])
    assert client.get("/v1/me").status == 200
    lock(town.db.dsn, "account")
    began = time.monotonic()
    reply = client.get("/v1/me")
    assert (reply.status, reply.problem["code"]) == (504, "deadline")
    assert 1.9 < time.monotonic() - began < 4
    assert client.get("/version").status == 200
    client.close()


def test_sigterm_finishes_what_was_admitted(own_server, cluster):
    server, town = own_server()
    people = town.people()
    client = server.client(people.tokens["office"])
    assert client.get("/v1/me").status == 200
    idle = socket.create_connection(("127.0.0.1", server.port), 10)
    other = psycopg2.connect(town.db.dsn)
    other.cursor().execute("lock table account in access exclusive mode")
    replies = []
    thread = threading.Thread(
        target=lambda: replies.append(client.get("/v1/me")))
    thread.start()
    time.sleep(0.3)
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", server.port), 1).recv(1)
        raise OSError("closed at once")
    other.rollback()
    other.close()
    thread.join()
    assert replies[0].status == 200
    assert replies[0].headers["connection"] == "close"
    assert server.process.wait(10) == 0
    assert idle.recv(1) == b""
    idle.close()


def test_the_drain_has_an_end(own_server, lock):
    """A client that never finishes its request holds nobody up for ever."""
    server, _ = own_server(drain_deadline_ms=500)
    line = socket.create_connection(("127.0.0.1", server.port), 10)
    line.sendall(b"POST /v1/sessions HTTP/1.1\r\nHost: x\r\n"
                 b"Content-Length: 10\r\n\r\n{")
    time.sleep(0.2)
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 5
    line.close()


def test_the_database_goes_and_comes_back(tmp_path):
    with support.Postgres(synchronous_commit="on") as cluster:
        cluster.create("own")
        run(cluster.url("own"), "migrate")
        server = Server(cluster.url("own")).start()
        client = server.client()
        cluster.stop(signal.SIGQUIT)
        for _ in range(100):
            reply = client.get("/readyz")
            if reply.status == 503:
                break
            time.sleep(0.05)
        assert (reply.status, reply.problem["code"]) == \
            (503, "database-unavailable")
        assert reply.headers["retry-after"]
        assert client.get("/livez").status == 200
        away = client.get("/v1/reference/specialties/660301")
        assert away.status in (503, 504)
        cluster.start()
        for _ in range(200):
            if client.get("/readyz").status == 200:
                break
            time.sleep(0.05)
        assert client.get("/readyz").status == 200
        assert client.get("/v1/reference/specialties/660301").status == 404
        client.close()
        assert server.stop() == 0


def test_a_client_that_goes_leaves_nothing(own_server, lock):
    server, town = own_server(loops=1)
    people = town.people()
    client = server.client(people.tokens["office"])
    assert client.get("/v1/me").status == 200
    lock(town.db.dsn, "account")
    for _ in range(20):
        line = socket.create_connection(("127.0.0.1", server.port), 10)
        line.sendall(b"GET /v1/me HTTP/1.1\r\nHost: x\r\nAuthorization:"
                     b" Bearer " + people.tokens["office"].encode()
                     + b"\r\n\r\n")
        time.sleep(0.01)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                        b"\1\0\0\0\0\0\0\0")
        line.close()
    text = ""
    for _ in range(100):
        text = client.get("/metrics").body.decode()
        if 'operation="getMe",class="gone"} 20' in text:
            break
        time.sleep(0.05)
    assert 'operation="getMe",class="gone"} 20' in text
    client.close()


def test_the_log_has_a_line_a_request_and_no_token(server, people, as_role):
    client = as_role("office")
    reply = client.get("/v1/me")
    wanted = "request_id=" + reply.headers["x-request-id"]
    for _ in range(100):
        lines = [line for line in server.lines if wanted in line]
        if lines:
            break
        time.sleep(0.02)
    assert len(lines) == 1
    assert "operation=getMe status=200 " in lines[0]
    assert "role=office" in lines[0]
    assert not any(people.tokens["office"] in line for line in server.lines)


def test_no_settings_no_server(tmp_path):
    with pytest.raises(AssertionError, match="did not listen"):
        Server("").start()
    with pytest.raises(AssertionError, match="did not listen"):
        Server("postgresql://x/y", listen="nowhere").start()


def test_a_first_step_sees_no_answer_but_its_own(as_role):
    """The token's own row is not the answer to a list without filters."""
    for _ in range(2):
        reply = as_role("school").get("/v1/schools")
        assert reply.status == 200, reply
