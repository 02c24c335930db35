"""What the tests of feeds share: an enterprise's own server, which behaves as it
is told, and an enterprise whose feed is there.

Fixtures to import: elsewhere, near, feed.
"""

import contextlib
import http.server
import json
import threading
import time

import pytest

from tests.api.firm import PATH, Firm
from tests.api.test_imports_worker import Workers

BYTES_MAX, FETCH_MS = 65536, 1500
NEAR = {"feed_near": 1, "feed_ms": FETCH_MS, "feed_bytes": BYTES_MAX,
        "feed_spacing_s": 0}
SMALL = {"loops": 1, "write_connections": 2, "read_connections": 1}
LD = "application/ld+json"


class Elsewhere:
    """An enterprise's own system: `pages` says what it answers."""

    def __init__(self, tls=None):
        outer = self
        self.pages, self.asked, self.now, self.most = {}, [], 0, 0
        self.is_over = threading.Event()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.asked.append((self.path, dict(self.headers)))
                outer.now += 1
                outer.most = max(outer.most, outer.now)
                with contextlib.suppress(OSError):
                    outer.pages[self.path](self)
                outer.now -= 1
                self.close_connection = True

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket,
                                                 server_side=True)
        threading.Thread(target=self.server.serve_forever,
                         daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def say(self, path, document, kind=LD, status=200, **headers):
        """What a page answers from now on; bytes as they are."""
        body = document if isinstance(document, bytes) else json.dumps(
            document, ensure_ascii=False).encode()

        def answer(request):
            tag = headers.get("ETag")
            if tag and request.headers.get("If-None-Match") == tag:
                request.send_response(304)
                request.send_header("ETag", tag)
                request.end_headers()
                return
            request.send_response(status)
            if kind:
                request.send_header("Content-Type", kind)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.pages[path] = answer

    def close(self):
        self.is_over.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def elsewhere():
    server = Elsewhere()
    yield server
    server.close()


@contextlib.contextmanager
def working(url, **settings):
    """With a worker, which ends well."""
    workers = Workers(url)
    workers.start(**settings)
    try:
        yield workers
    finally:
        ends = workers.close()
    assert ends == [0] * len(ends)


@pytest.fixture(scope="module")
def near(apart, cluster, proof):
    """A service whose feeds are on this machine, with a worker."""
    with apart(feed_near=1, **SMALL) as (server, name, town), working(
            cluster.url(name), **NEAR) as workers:
        server.proof = proof
        yield server, town, workers, cluster.url(name)


class Feed:
    """An enterprise of its own, and its feed at a page of its own."""

    def __init__(self, server, town, elsewhere, page):
        self.people = town.people()
        self.town, self.elsewhere, self.page = town, elsewhere, page
        self.client = server.client(self.people.tokens["enterprise"])
        self.firm = Firm(self.client, self.people.enterprise)
        self.target = f"/v1/enterprises/{self.people.enterprise}/feed"
        self.known = 0

    def put(self, **body):
        reply = self.client.put(self.target, {
            "url": self.elsewhere.url(self.page), **body})
        assert reply.status == 200, reply
        return reply.json

    def fetched(self, fetch=True):
        """The report of the next fetch."""
        if fetch:
            assert self.client.post(f"{self.target}/fetch").status == 202
        until = time.monotonic() + 30
        while self.count() <= self.known:
            assert time.monotonic() < until, "it is not fetched"
            time.sleep(0.02)
        self.known = self.count()
        last = self.client.get(f"{self.target}/fetches?limit=1").json[
            "items"][0]
        return self.client.get(f"{self.target}/fetches/{last['id']}").json

    def count(self):
        """How often it was fetched and is at rest again."""
        return self.town.one(
            "select coalesce((select case when worker is null then attempt"
            " else -1 end from posting_feed_turn where id = %s), 0)",
            self.people.enterprise)

    def say(self, *jobs, **more):
        self.elsewhere.say(self.page, list(jobs), **more)

    def postings(self):
        reply = self.client.get(
            f"{PATH}?enterprise_id={self.people.enterprise}&limit=200")
        return {item["ref"]: item["state"] for item in reply.json["items"]}


@pytest.fixture
def feed(near, elsewhere, request):
    server, town, _, _ = near
    made = Feed(server, town, elsewhere, f"/{request.node.name}")
    yield made
    made.client.close()
