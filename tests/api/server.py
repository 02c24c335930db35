"""The real program over a private PostgreSQL, and a client that remembers.

Every reply that a Client gets is kept in `Server.seen`; at the end of the
session conftest holds all of them to api-spec/openapi.yaml.
"""

import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build" / "dev"))
IDLE_SECONDS = 5  # the server waits for 15
PROGRAM = BUILD / "server" / "duikou-server"


class Reply:
    """One reply, and the request it answers."""

    def __init__(self, request, status, headers, body):
        self.request = request      # (method, target)
        self.status = status
        self.headers = headers      # lower-case names
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def problem(self):
        assert self.headers["content-type"] == "application/problem+json", \
            (self.status, self.body)
        return self.json

    @property
    def etag(self):
        return self.headers["etag"]

    def wheres(self):
        """What the flaws of a problem point at, in its order."""
        return [flaw.get("pointer") or flaw.get("parameter")
                or flaw.get("header") for flaw in self.problem["errors"]]

    def __repr__(self):
        return f"<{self.request} {self.status} {self.body[:400]!r}>"


class Client:
    """One connection; `token` None is nobody."""

    def __init__(self, server, token=None):
        self.server, self.token = server, token
        self.line, self.used_at = None, 0

    def connect(self):
        """As it is, but for one that the server is about to give up as
        idle."""
        if time.monotonic() - self.used_at > IDLE_SECONDS:
            self.close()
        self.used_at = time.monotonic()
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1",
                                                   self.server.port,
                                                   timeout=30)
            self.line.connect()
        return self.line

    def close(self):
        if self.line is not None:
            self.line.close()
            self.line = None

    def ask(self, method, target, body=None, headers=None, raw=None,
            content_type="application/json"):
        """body: a value, sent as JSON; raw: bytes as they are."""
        if self.server.proof is None:
            return self.say(method, target, body, headers, raw, content_type)
        return self.server.proof.ask(self, method, target, body, headers,
                                     raw, content_type)

    def say(self, method, target, body=None, headers=None, raw=None,
            content_type="application/json"):
        """The same, with nothing proven by the way."""
        sent = {"Accept-Language": "en", **(headers or {})}
        if self.token and "Authorization" not in sent:
            sent["Authorization"] = "Bearer " + self.token
        if body is not None:
            raw = json.dumps(body, ensure_ascii=False).encode("utf-8")
        if raw is not None:
            sent.setdefault("Content-Type", content_type)
        sent = {name: value for name, value in sent.items()
                if value is not None}
        line = self.connect()
        try:
            line.request(method, target, body=raw, headers=sent)
            got = line.getresponse()
            data = got.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        headers = {name.lower(): value for name, value in got.getheaders()}
        if got.will_close:
            self.close()
        reply = Reply((method, target), got.status, headers, data)
        self.server.seen.append(reply)
        return reply

    def get(self, target, **more):
        return self.ask("GET", target, **more)

    def post(self, target, body=None, **more):
        return self.ask("POST", target, body, **more)

    def put(self, target, body=None, **more):
        return self.ask("PUT", target, body, **more)

    def patch(self, target, body=None, **more):
        more.setdefault("content_type", "application/merge-patch+json")
        return self.ask("PATCH", target, body, **more)

    def delete(self, target, **more):
        return self.ask("DELETE", target, **more)


class Server:
    """One process of `duikou-server serve` on a free port."""

    def __init__(self, url, seen=None, program=PROGRAM, **settings):
        self.program = program
        self.seen = seen if seen is not None else []
        self.port, self.process, self.lines = None, None, []
        self.proof = None           # of the conventions: proof.py
        self.env = {
            "PATH": os.environ["PATH"],
            "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0",
            "DATABASE_URL": url,
            "DUIKOU_LISTEN": "127.0.0.1:0",
            "DUIKOU_LOOPS": "2",
            "DUIKOU_SIGN_IN_ACCOUNT_MAX": "1000",
            "DUIKOU_SIGN_IN_ADDRESS_MAX": "100000",
            "DUIKOU_SEAL_KEYS": "test:" + "A" * 43,
            **{"DUIKOU_RATE_" + name: "100000000"
               for name in ("READ", "WRITE", "SEARCH", "SIGN_IN")},
            **{"DUIKOU_" + name.upper(): str(value)
               for name, value in settings.items()},
        }

    def start(self, seconds=30):
        # It dies with the tests, whatever they die of.
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", str(self.program), "serve"],
            env=self.env, stderr=subprocess.PIPE,
            text=True, errors="replace")
        threading.Thread(target=self._listen, daemon=True).start()
        self._until(lambda: self.port is not None, "did not listen")
        self._until(self._is_ready, "was not ready", seconds)
        return self

    def _listen(self):
        for line in self.process.stderr:
            self.lines.append(line)
            found = re.search(r'event="listening" address=\S+:(\d+)', line)
            if found:
                self.port = int(found.group(1))

    def _is_ready(self):
        with socket.create_connection(("127.0.0.1", self.port), 5):
            client = Client(self)
            try:
                return client.get("/readyz").status == 200
            finally:
                client.close()

    def _until(self, holds, what, seconds=30):
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError(f"the server {what}:\n"
                                     + "".join(self.lines[-40:]))
            time.sleep(0.02)

    def stop(self, how=signal.SIGTERM, seconds=20):
        """Its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def say(self, request, data):
        """Bytes as they are on a connection of their own, and what comes."""
        with socket.create_connection(("127.0.0.1", self.port), 10) as line:
            line.sendall(data)
            got = http.client.HTTPResponse(line)
            got.begin()
            reply = Reply(request, got.status,
                          {name.lower(): value
                           for name, value in got.getheaders()}, got.read())
        self.seen.append(reply)
        return reply

    def metric(self, name):
        """A number of /metrics."""
        client = self.client()
        text = client.get("/metrics").body.decode()
        client.close()
        return int(re.search(rf"^duikou_{name} (\d+)$", text, re.M).group(1))

    def current(self, town, seconds=5):
        """Waits until the live index has all that is committed by now."""
        now = town.one("select pg_snapshot_xmax(pg_current_snapshot())::text")
        self._until(lambda: self.metric("live_position") >= int(now),
                    "did not become current", seconds)

    def client(self, token=None):
        return Client(self, token)


def run(url, *words):
    """Another mode of the program; its standard output."""
    done = subprocess.run([str(PROGRAM), *words], text=True,
                          capture_output=True, timeout=120,
                          env={"PATH": os.environ["PATH"],
                               "DATABASE_URL": url})
    assert done.returncode == 0, done.stderr
    return done.stdout
