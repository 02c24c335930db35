"""The echo server as a process, and replies read from raw sockets."""
import os
import re
import signal
import socket
import subprocess
import time

ECHO = os.environ["HTTP_ECHO"]
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
CORPUS = os.path.join(ROOT, "tests/fuzz/corpus/http")
FLAWS = os.path.join(ROOT, "server/flow/http_flaws.def")


class Echo:
    """A running echo server; options are its name=value pairs."""

    def __init__(self, **options):
        self.process = subprocess.Popen(
            [ECHO, *(f"{k}={v}" for k, v in options.items())],
            stdout=subprocess.PIPE, text=True, env=self.environment())
        self.is_draining = False
        self.port = int(self.process.stdout.readline())

    @staticmethod
    def environment():
        # What a sanitizer holds back is no memory of the server's.
        return {**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=0:"
                "thread_local_quarantine_size_kb=0"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.is_draining:
            self.drain()
        try:
            status = self.process.wait(timeout=20)
        finally:
            self.process.kill()
            self.process.stdout.close()
        # A sanitizer's finding, too, is an exit status.
        assert status == 0

    def drain(self):
        self.is_draining = True
        self.process.send_signal(signal.SIGTERM)

    def connect(self, timeout_s=10):
        peer = socket.create_connection(("127.0.0.1", self.port), timeout_s)
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Client(peer)

    def counters(self):
        with self.connect() as client:
            client.send(get("/counters"))
            text = client.reply().body.decode()
        return {k: int(v) for k, v in map(str.split, text.splitlines())}

    def resident_kib(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])


class Reply:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body


class Client:
    """One connection, and what came over it but was not yet looked at."""

    def __init__(self, peer):
        self.peer = peer
        self.unread = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.peer.close()

    def send(self, data):
        self.peer.sendall(data)

    def end(self):
        self.peer.shutdown(socket.SHUT_WR)

    def more(self):
        data = self.peer.recv(65536)
        self.unread += data
        return bool(data)

    def reply(self, has_body=True):
        """The next reply; None if the connection ended before it."""
        while b"\r\n\r\n" not in self.unread:
            if not self.more():
                assert self.unread == b""
                return None
        head, self.unread = self.unread.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("ascii").split("\r\n")
        status = re.fullmatch(r"HTTP/1\.1 (\d{3}) [ -~]*", first)
        headers = {}
        for line in lines:
            name, value = line.split(": ", 1)
            assert name.lower() not in headers
            headers[name.lower()] = value
        size = int(headers.get("content-length", 0)) if has_body else 0
        while len(self.unread) < size:
            assert self.more(), "ended within a body"
        body, self.unread = self.unread[:size], self.unread[size:]
        return Reply(int(status[1]), headers, body)

    def is_over(self):
        """Did the server end the connection, and said nothing more?"""
        try:
            while self.more():
                pass
        except ConnectionResetError:
            pass
        return self.unread == b""


def get(path, *fields):
    lines = [f"GET {path} HTTP/1.1", "Host: h", *fields, "", ""]
    return "\r\n".join(lines).encode()


def post(path, body, *fields):
    lines = [f"POST {path} HTTP/1.1", "Host: h",
             f"Content-Length: {len(body)}", *fields, "", ""]
    return "\r\n".join(lines).encode() + body


def flaws():
    """Code word to status, as the server's own table has it."""
    with open(FLAWS) as table:
        rows = re.findall(r'FLAW\(\w+, (\d+), "([^"]+)"\)', table.read())
    return {word: int(status) for status, word in rows}


def wait_until(is_so, seconds):
    """Wait for something that must come about; how long did it take?"""
    start = time.monotonic()
    while not is_so():
        assert time.monotonic() - start < seconds, "did not come about"
        time.sleep(0.02)
    return time.monotonic() - start
