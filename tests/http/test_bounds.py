"""Deadlines, limits of connections, memory, draining."""
import os
import resource
import selectors
import signal
import socket
import time

import pytest

from wire import Echo, get, post, wait_until

DEADLINE_MS = 1000
SHORT = dict(head_ms=DEADLINE_MS, idle_ms=1500, body_ms=DEADLINE_MS,
             write_ms=DEADLINE_MS, linger_ms=300, tick_ms=50)
POST = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"


class Slow:
    """A client that sends a byte now and then, and notes its end."""

    def __init__(self, echo, first, drip, closes_with):
        self.start = time.monotonic()   # not after the server's own
        self.client = echo.connect()
        self.peer = self.client.peer
        self.peer.setblocking(False)
        self.drip = drip
        self.closes_with = closes_with
        self.got = b""
        self.lasted_s = None
        if first:
            self.peer.send(first)

    def go_on(self):
        try:
            if self.drip:
                self.peer.send(self.drip)
        except OSError:
            pass

    def look(self):
        try:
            data = self.peer.recv(4096)
        except BlockingIOError:
            return
        except ConnectionResetError:
            data = b""
        self.got += data
        if not data:
            self.lasted_s = time.monotonic() - self.start


def attack(echo, slow, seconds):
    """Drip until all are closed; how long did honest requests take?"""
    selector = selectors.DefaultSelector()
    for one in slow:
        selector.register(one.peer, selectors.EVENT_READ, one)
    honest_s = []
    end = time.monotonic() + seconds
    next_drip = 0
    while selector.get_map() and time.monotonic() < end:
        if time.monotonic() > next_drip:
            next_drip = time.monotonic() + 0.3
            for key in list(selector.get_map().values()):
                key.data.go_on()
            start = time.monotonic()
            with echo.connect() as client:
                client.send(get("/honest"))
                assert client.reply().body == b"GET /honest 0\n"
            honest_s.append(time.monotonic() - start)
        for key, _ in selector.select(0.05):
            key.data.look()
            if key.data.lasted_s is not None:
                selector.unregister(key.data.peer)
                key.data.peer.close()
    assert not selector.get_map(), "some were never closed"
    return honest_s


def test_a_thousand_slow_clients_meet_their_deadlines():
    kinds = [
        (b"GET / HTTP/1.1\r\nX: ", b"a", b"flaw head-timeout"),
        (POST, b"b", b"flaw body-timeout"),
        (CHUNKED, b"1\r\nb\r\n", b"flaw body-timeout"),
        (b"", b"", b""),
    ]
    with Echo(**SHORT) as echo:
        before_kib = echo.resident_kib()
        slow = [Slow(echo, *kinds[i % 4]) for i in range(1000)]
        grown_kib = echo.resident_kib() - before_kib
        honest_s = attack(echo, slow, 15)
        counters = echo.counters()
        for one in slow:
            assert one.got.endswith(one.closes_with)
            limit_s = 1.5 if one.closes_with == b"" else DEADLINE_MS / 1000
            assert one.lasted_s >= limit_s
            assert one.lasted_s < limit_s + 1.5
        assert sorted(honest_s)[len(honest_s) // 2] < 0.5
        assert grown_kib < 64 << 10
        assert counters["head-timeout"] == 250
        assert counters["body-timeout"] == 500
        assert counters["idle-timeouts"] == 250


def test_clients_that_never_read_are_cut_off():
    with Echo(**SHORT) as echo:
        clients = [echo.connect() for _ in range(50)]
        for client in clients:
            client.send(get("/large/8000000"))
        # What the kernel holds for them moves at first; then it is still.
        wait_until(lambda: echo.counters()["write-timeouts"] == 50,
                   2 * DEADLINE_MS / 1000 + 1)
        assert echo.counters()["open"] == 1
        for client in clients:
            client.peer.close()


def test_a_slow_reader_that_keeps_the_rate_gets_all():
    with Echo(**SHORT) as echo, echo.connect() as client:
        client.send(get("/large/15000000"))
        start = time.monotonic()
        reads = 0
        while len(client.unread) < 15000000:
            client.more()
            reads += 1
            if reads % 5 == 0:
                time.sleep(0.05)
        assert time.monotonic() - start > DEADLINE_MS / 1000
        assert client.reply().status == 200


def test_a_good_start_does_not_pay_for_a_stall():
    with Echo(**SHORT) as echo, echo.connect() as client:
        client.send(post("/big", b"x" * 4000000)[:-1000])
        start = time.monotonic()
        assert client.reply().body == b"flaw body-timeout"
        assert time.monotonic() - start < 2 * DEADLINE_MS / 1000 + 1


def test_an_honest_upload_may_take_its_time():
    with Echo(**SHORT) as echo, echo.connect() as client:
        client.send(post("/", b"")[:-5] + b"8000\r\n\r\n")
        start = time.monotonic()
        for _ in range(20):
            client.send(b"x" * 400)
            time.sleep(0.1)
        assert time.monotonic() - start > DEADLINE_MS / 1000
        assert client.reply().status == 200


def test_an_idle_client_may_come_back_in_time():
    with Echo(**SHORT) as echo, echo.connect() as client:
        for _ in range(3):
            client.send(get("/"))
            assert client.reply().status == 200
            time.sleep(1)


def test_pipelining_without_reading_costs_little():
    request = get("/large/2000") * 100
    with Echo() as echo, echo.connect() as client:
        echo.counters()
        before_kib = echo.resident_kib()
        sent = 0
        client.peer.settimeout(0.5)
        with pytest.raises(TimeoutError):
            while sent < 100 << 20:
                sent += client.peer.send(request)
        assert sent < 32 << 20, "stopped by back-pressure"
        assert echo.resident_kib() - before_kib < 4 << 10
        # And it goes on as soon as the client reads.
        for _ in range(5000):
            assert len(client.reply().body) == 2000


def test_a_hundred_megabytes_of_pipeline_are_answered():
    request = get("/pipelined", "X: " + "y" * 960)
    count = (100 << 20) // len(request)
    with Echo() as echo, echo.connect() as client:
        before_kib = echo.resident_kib()
        batch = request * 64
        for _ in range(count // 64):
            client.send(batch)
            for _ in range(64):
                assert client.reply().status == 200
        assert echo.resident_kib() - before_kib < 4 << 10


def test_connections_beyond_the_limit_are_told():
    with Echo(connections=20) as echo:
        clients = [echo.connect() for _ in range(20)]
        clients[-1].send(get("/"))
        assert clients[-1].reply().status == 200
        with echo.connect() as client:
            client.send(get("/"))
            reply = client.reply()
            assert reply.status == 503
            assert reply.body == b"flaw too-many-connections"
            assert client.is_over()
        for client in clients:
            client.peer.close()
        wait_until(lambda: answers(echo), 5)


def answers(echo):
    with echo.connect() as client:
        client.send(get("/"))
        return client.reply().status == 200


def test_far_beyond_the_limit_they_are_just_closed():
    with Echo(connections=10, linger_ms=5000) as echo:
        clients = [echo.connect() for _ in range(200)]
        time.sleep(0.5)
        replied = 0
        for client in clients[10:]:
            try:
                reply = client.reply()
            except ConnectionResetError:
                reply = None
            replied += reply is not None
        assert 0 < replied <= 64
        for client in clients:
            client.peer.close()


def test_out_of_descriptors_is_no_end():
    with Echo() as echo:
        resource.prlimit(echo.process.pid, resource.RLIMIT_NOFILE, (24, 24))
        clients = [echo.connect() for _ in range(40)]
        time.sleep(0.6)
        before_s = cpu_s(echo)
        time.sleep(1)
        assert cpu_s(echo) - before_s < 0.3, "rests instead of spinning"
        for client in clients:
            client.peer.close()
        wait_until(lambda: answers(echo), 5)


def cpu_s(echo):
    with open(f"/proc/{echo.process.pid}/stat") as stat:
        user, system = stat.read().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def test_connections_of_one_address_are_limited():
    with Echo(per_address=5) as echo:
        clients = [echo.connect() for _ in range(5)]
        clients[-1].send(get("/"))
        assert clients[-1].reply().status == 200
        with echo.connect() as client:
            reply = client.reply()
            assert reply.body == b"flaw too-many-connections-from-address"
        other = socket.create_connection(
            ("127.0.0.1", echo.port), 5, source_address=("127.0.0.2", 0))
        with other:
            other.sendall(get("/"))
            assert other.recv(100).startswith(b"HTTP/1.1 200 ")
        for client in clients:
            client.peer.close()


def test_drain_finishes_what_has_begun():
    with Echo() as echo:
        busy = echo.connect()
        busy.send(get("/later/400") + get("/not-any-more"))
        uploading = echo.connect()
        uploading.send(post("/up", b"x" * 1000)[:-500])
        idle = echo.connect()
        idle.send(get("/"))
        idle.reply()
        assert echo.counters()["open"] == 4
        echo.drain()
        assert idle.is_over()
        with pytest.raises(ConnectionRefusedError):
            echo.connect()
        uploading.send(b"x" * 500)
        for client in (uploading, busy):
            reply = client.reply()
            assert reply.status == 200
            assert reply.headers["connection"] == "close"
            assert client.is_over()
            client.peer.close()
        idle.peer.close()
        assert echo.process.wait(timeout=5) == 0


def test_drain_takes_a_request_that_is_on_its_way():
    with Echo() as echo, echo.connect() as client:
        wait_until(lambda: echo.counters()["open"] >= 2, 5)
        echo.drain()
        time.sleep(0.2)
        client.send(get("/"))
        assert client.reply().status == 200
        assert client.is_over()


def test_drain_takes_what_the_kernel_has_accepted():
    with Echo() as echo:
        echo.process.send_signal(signal.SIGSTOP)
        clients = [echo.connect() for _ in range(30)]
        for client in clients:
            client.send(get("/"))
        echo.drain()
        echo.process.send_signal(signal.SIGCONT)
        for client in clients:
            assert client.reply().status == 200
            assert client.is_over()
            client.peer.close()


def test_drain_with_nobody_there_ends_at_once():
    with Echo() as echo:
        echo.drain()
        assert echo.process.wait(timeout=5) == 0
