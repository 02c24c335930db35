"""What every operation has by being one: quotas, packing, preferences, traces,
origins, and the notice that it is to go."""

import concurrent.futures
import contextlib
import gzip
import http.client
import re
import time

import pytest

from tests.api import fields
from tests.api.server import Server
from tests.flow.conftest import PROBE

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def apart(cluster):
    """apart(rate_read=5): a probe of one's own, with these settings."""
    with contextlib.ExitStack() as opened:
        def start(**settings):
            server = Server(cluster.url("probe"), program=PROBE,
                            **settings).start()
            opened.callback(lambda: server.stop())
            return server

        yield start


def quota(reply):
    (name, policy), = fields.read_list(reply.headers["ratelimit-policy"])
    (same, left), = fields.read_list(reply.headers["ratelimit"])
    assert name == same
    return name, policy, left


# ---- quotas ----

def test_a_quota_runs_out_and_says_so(apart):
    server = apart(rate_read=5, rate_window_s=3600)
    client = server.client()
    for left in (4, 3, 2, 1, 0):
        reply = client.get("/probe/large?bytes=1")
        assert reply.status == 200
        assert quota(reply)[:2] == ("read", {"q": 5, "w": 3600})
        assert quota(reply)[2]["r"] == left
    refused = client.get("/probe/large?bytes=1")
    problem = refused.problem
    assert (refused.status, problem["code"]) == (429, "quota-exceeded")
    assert problem["type"] == "https://iana.org/assignments/" \
        "http-problem-types#quota-exceeded"
    assert problem["violated-policies"] == ["read"]
    assert "read" in problem["detail"]
    assert 600 < int(refused.headers["retry-after"]) <= 720
    assert quota(refused)[2]["r"] == 0
    # other quotas, and what has none
    assert client.get("/probe/old?note=a").status == 200
    assert client.patch("/probe/version", {"note": "x"},
                        headers={"If-Match": '"v3"'}).status == 200
    for _ in range(10):
        ready = client.get("/readyz")
        assert ready.status == 200
        assert "ratelimit" not in ready.headers


def test_a_quota_fills_up_again(apart):
    client = apart(rate_read=10, rate_window_s=1).client()
    deadline = time.monotonic() + 10
    for wanted in (429, 200):
        while client.get("/probe/large?bytes=1").status != wanted:
            assert time.monotonic() < deadline, wanted


def test_what_one_has_already_is_free(apart):
    client = apart(rate_read=3, rate_window_s=3600).client()
    for _ in range(20):
        reply = client.get("/probe/version",
                           headers={"If-None-Match": '"v3"'})
        assert reply.status == 304
        assert quota(reply)[2] == {"r": 3, "t": 0}


def test_each_account_has_its_own(apart, town):
    people = town.people()
    server = apart(rate_write=3, rate_read=3, rate_window_s=3600)
    for role in ("office", "student"):
        client = server.client(people.tokens[role])
        statuses = [client.post("/probe/effects", {"note": "x"}).status
                    for _ in range(4)]
        assert statuses == [201, 201, 201, 429], role
    # by whatever session it comes
    again = server.client(town.token(people.consortium,
                                     people.accounts["office"]))
    assert again.post("/probe/effects", {"note": "x"}).status == 429


def test_tokens_that_nobody_has_are_the_address_s(apart, town):
    people = town.people()
    server = apart(rate_write=3, rate_window_s=3600)
    guess = server.client("x" * 43)
    statuses = [guess.post("/probe/effects", {"note": "x"}).status
                for _ in range(5)]
    assert statuses == [401, 401, 401, 429, 429]
    # Who is known by heart is let in; who has to be looked up waits.
    other = server.client(people.tokens["office"])
    assert other.post("/probe/effects", {"note": "x"}).status == 429


def test_no_quota_no_fields(apart):
    client = apart(rate_read=0).client()
    for _ in range(20):
        reply = client.get("/probe/large?bytes=1")
        assert reply.status == 200
        assert not [name for name in reply.headers if "ratelimit" in name]


def test_all_loops_count_together(apart):
    server = apart(rate_read=100, rate_window_s=3600, loops=4)

    def ask_many(_):
        client = server.client()
        statuses = [client.get("/probe/large?bytes=1").status
                    for _ in range(25)]
        client.close()
        return statuses

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        statuses = [status for some in pool.map(ask_many, range(8))
                    for status in some]
    assert statuses.count(200) == 100
    assert statuses.count(429) == 100


# ---- packing ----

def text(length):
    return bytes(ord("a") + i * i % 23 for i in range(length))


@pytest.mark.parametrize("length", [0, 1399, 1400, 5000, 64 * 1024,
                                    64 * 1024 + 1, 1000000])
def test_packed_is_the_same(client, length):
    target = f"/probe/large?bytes={length}&version=7"
    plain = client.get(target)
    assert plain.body == text(length)
    assert (plain.etag, plain.headers.get("content-encoding")) == (
        '"v7"', None)
    packed = client.get(target, headers=GZIP)
    if length < 1400:
        assert (packed.body, packed.etag) == (text(length), '"v7"')
        return
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.etag == '"v7-gzip"'
    assert len(packed.body) < length
    assert gzip.decompress(packed.body) == text(length)
    head = client.ask("HEAD", target, headers=GZIP)
    assert head.body == b""
    for name in ("content-length", "content-encoding", "etag", "vary"):
        assert head.headers[name] == packed.headers[name]


@pytest.mark.parametrize("length", [2000, 200000])
@pytest.mark.parametrize("known", ['"v7"', '"v7-gzip"', 'W/"v7-gzip"', "*"])
@pytest.mark.parametrize("headers", [{}, GZIP])
def test_both_are_known_again(client, length, known, headers):
    reply = client.get(f"/probe/large?bytes={length}&version=7",
                       headers={**headers, "If-None-Match": known})
    assert (reply.status, reply.body) == (304, b"")
    assert reply.etag == ('"v7-gzip"' if headers else '"v7"')
    assert "content-encoding" not in reply.headers


def test_many_large_ones_at_once(server):
    """More than the pool takes: they go out as they are."""
    def ask(_):
        client = server.client()
        reply = client.get("/probe/large?bytes=4000000", headers=GZIP)
        client.close()
        assert reply.status == 200
        if reply.headers.get("content-encoding") == "gzip":
            return gzip.decompress(reply.body) == wanted
        return reply.body == wanted

    wanted = text(4000000)
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, range(16)))


def test_a_busy_pool_holds_nobody_up(apart):
    server = apart(pool_threads=1)

    def hold(_):
        client = server.client()
        reply = client.ask("POST", "/probe/ponder", raw=b"slow",
                           content_type="text/plain")
        client.close()
        return reply.status

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        held = pool.map(hold, range(2))
        time.sleep(0.1)
        client = server.client()
        began = time.monotonic()
        reply = client.get("/probe/large?bytes=500000", headers=GZIP)
        assert 0.2 < time.monotonic() - began < 1
        assert (reply.status, reply.body) == (200, text(500000))
        assert "content-encoding" not in reply.headers
        assert set(held) == {504}
    time.sleep(3)       # the pool comes back to what has been sent
    packed = client.get("/probe/large?bytes=500000", headers=GZIP)
    assert gzip.decompress(packed.body) == text(500000)


def test_a_secret_is_never_packed(client):
    for length in (5000, 500000):
        reply = client.get(f"/probe/secret?bytes={length}", headers=GZIP)
        assert "content-encoding" not in reply.headers
        assert reply.body == text(length)


@pytest.mark.parametrize("version,status", [
    ('"v3"', 200), ('"v3-gzip"', 200), ('"v3-gzi"', 412), ('"v-gzip"', 412),
    ('"v2-gzip"', 412), ('"v3-gzip-gzip"', 412)])
def test_a_packed_version_may_be_changed(client, version, status):
    assert client.patch("/probe/version", {"note": "x"},
                        headers={"If-Match": version}).status == status


def test_problems_are_packed_too(client):
    query = "&".join(f"p{i}=1" for i in range(40))
    reply = client.get("/probe/search?" + query, headers=GZIP)
    assert reply.status == 400
    assert reply.headers["content-encoding"] == "gzip"
    assert b"p39" in gzip.decompress(reply.body)


# ---- preferences ----

def effect(client, **headers):
    return client.post("/probe/effects", {"note": "x"}, headers=headers)


def test_a_write_without_its_body(office):
    reply = effect(office, Prefer="return=minimal")
    assert (reply.status, reply.body) == (201, b"")
    assert reply.headers["preference-applied"] == "return=minimal"
    assert reply.headers["location"] and reply.etag == '"v1"'
    whole = effect(office, Prefer="return=representation")
    assert whole.headers["preference-applied"] == "return=representation"
    assert whole.json["note"] == "x"
    assert "preference-applied" not in effect(office).headers


@pytest.mark.parametrize("prefer,is_minimal", [
    ("return=minimal", True), ("respond-async, return=minimal", True),
    ('return="minimal"', True), ("Return = Minimal", True),
    ("return=minimal;foo=bar", True), ("return=minimum", False),
    ("return", False), ("returning=minimal", False)])
def test_how_it_is_said(client, prefer, is_minimal):
    reply = client.patch("/probe/version", {"note": "x"},
                         headers={"If-Match": '"v3"', "Prefer": prefer})
    assert reply.status == (204 if is_minimal else 200)
    assert reply.etag == '"v3"'
    assert bool(reply.body) != is_minimal


def test_a_kept_reply_is_kept_whole(office):
    key = {"Idempotency-Key": "less"}
    less = effect(office, Prefer="return=minimal", **key)
    more = effect(office, **key)
    assert (less.status, less.body) == (201, b"")
    assert more.headers["idempotency-replayed"] == "true"
    assert more.json["note"] == "x"
    assert more.headers["location"] == less.headers["location"]
    assert "preference-applied" not in more.headers


def test_a_refusal_is_always_told(office):
    reply = office.post("/probe/effects", {"note": "refuse"},
                        headers={"Prefer": "return=minimal"})
    assert (reply.status, reply.problem["detail"]) == (409, "as asked")


# ---- traces ----

def test_a_trace_is_taken_over(server, client):
    reply = client.get("/probe/rule", headers={
        "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"})
    assert reply.problem["trace_id"] == TRACE
    client.get("/probe/version")
    assert any(f"trace_id={TRACE}" in line and "status=422" in line
               for line in server.lines)


@pytest.mark.parametrize("given", [None, "", "00-1-1-01", TRACE])
def test_a_trace_of_its_own(client, given):
    one, two = (client.get("/probe/rule", headers={"traceparent": given})
                .problem["trace_id"] for _ in range(2))
    assert re.fullmatch("[0-9a-f]{32}", one) and one != two


def test_what_is_no_request_has_a_trace_too(server):
    reply = server.say(("GET", "/x"), b"GET /x HTTP/1.1\r\n\r\n")
    assert (reply.status, reply.problem["code"]) == (400, "no-host")
    assert re.fullmatch("[0-9a-f]{32}", reply.problem["trace_id"])


# ---- origins ----

def test_pages_of_other_origins(apart):
    client = apart(cors_origins="https://a.example,http://b.example:81"
                   ).client()
    for origin in ("https://a.example", "http://b.example:81"):
        for target, status in (("/probe/version", 200), ("/probe/rule", 422),
                               ("/nothing", 404)):
            reply = client.get(target, headers={"Origin": origin})
            assert reply.status == status
            assert reply.headers["access-control-allow-origin"] == origin
            exposed = reply.headers["access-control-expose-headers"]
            assert {"ETag", "Link", "Location", "RateLimit",
                    "RateLimit-Policy", "Retry-After"} <= set(
                        exposed.split(", "))
            assert "Origin" in reply.headers["vary"]
    for origin in (None, "https://c.example", "null"):
        reply = client.get("/probe/version", headers={"Origin": origin})
        assert reply.status == 200
        assert not [name for name in reply.headers
                    if name.startswith("access-control")]


def test_a_refusal_of_the_http_layer_can_be_read(apart):
    server = apart(cors_origins="https://a.example")
    reply = server.say(("POST", "/probe/both"), (
        b"POST /probe/both HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example"
        b"\r\nContent-Length: 99999999\r\n\r\n"))
    assert reply.status == 413
    assert reply.headers["access-control-allow-origin"] == \
        "https://a.example"


def test_preflight(apart):
    client = apart(cors_origins="*").client()
    reply = client.ask("OPTIONS", "/probe/version", headers={
        "Origin": "https://any.example",
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,if-match"})
    assert (reply.status, reply.body) == (204, b"")
    said = {name: reply.headers[name] for name in reply.headers
            if name.startswith(("access-control", "allow", "accept"))}
    assert said["access-control-allow-origin"] == "*"
    assert said["access-control-allow-methods"] == said["allow"] == \
        "GET, HEAD, PATCH, OPTIONS"
    assert said["access-control-max-age"] == "600"
    assert said["accept-patch"] == "application/merge-patch+json"
    assert {"Authorization", "If-Match", "Content-Type", "Prefer",
            "Idempotency-Key"} <= set(
                said["access-control-allow-headers"].split(", "))


def test_a_list_of_origins_that_is_none(cluster):
    with pytest.raises(AssertionError, match="CORS_ORIGINS is neither"):
        Server(cluster.url("probe"), program=PROBE,
               cors_origins="a.example").start()


# ---- what is to go ----

@pytest.mark.parametrize("query,status", [("?note=a", 200), ("", 400)])
def test_deprecation(server, query, status):
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.request("GET", "/probe/old" + query)
    reply = line.getresponse()
    reply.read()
    assert reply.status == status
    assert fields.read_item(reply.getheader("Deprecation")) == (
        ("date", 1780000000), {})
    assert reply.getheader("Sunset") == "Fri, 28 May 2027 23:59:59 GMT"
    assert reply.headers.get_all("Link") == [
        '</docs#op-getOld>; rel="deprecation"',
        '</probe/version>; rel="successor-version"']
    line.close()
