"""Feeds of servers that behave badly, and ways to where no feed may lead."""

import gzip
import http.client
import socket
import ssl
import subprocess
import time

import pytest

from tests.api.elsewhere import BYTES_MAX, FETCH_MS, LD, Elsewhere, working
from tests.api.elsewhere import elsewhere, feed, near  # noqa: F401 (fixtures)

# ---- servers that behave badly ----

def slow(request):
    request.send_response(200)
    request.send_header("Content-Type", LD)
    request.send_header("Content-Length", "100")
    request.end_headers()
    time.sleep(FETCH_MS / 1000 * 3)


def silent(_):
    time.sleep(FETCH_MS / 1000 * 3)


def dripping(request):
    """A byte now and then: never idle, never done."""
    request.send_response(200)
    request.send_header("Content-Type", LD)
    request.end_headers()
    for _ in range(100):
        request.wfile.write(b" ")
        request.wfile.flush()
        time.sleep(FETCH_MS / 1000 / 10)


def endless(request):
    request.send_response(200)
    request.send_header("Content-Type", LD)
    request.end_headers()
    while True:
        request.wfile.write(b" " * 8192)


def endless_head(request):
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        request.wfile.write(b"X: " + b"x" * 8192 + b"\r\n")


def large(request):
    request.send_response(200)
    request.send_header("Content-Type", LD)
    request.send_header("Content-Length", str(10 ** 12))
    request.end_headers()


def bomb(request):
    packed = gzip.compress(b" " * 50_000_000)
    assert len(packed) < BYTES_MAX
    request.send_response(200)
    request.send_header("Content-Type", LD)
    request.send_header("Content-Encoding", "gzip")
    request.send_header("Content-Length", str(len(packed)))
    request.end_headers()
    request.wfile.write(packed)


def broken_gzip(request):
    request.send_response(200)
    request.send_header("Content-Type", LD)
    request.send_header("Content-Encoding", "gzip")
    request.send_header("Content-Length", "7")
    request.end_headers()
    request.wfile.write(b"no gzip")


def cut(request):
    request.send_response(200)
    request.send_header("Content-Type", LD)
    request.send_header("Content-Length", "100")
    request.end_headers()
    request.wfile.write(b"[]")


def no_http(request):
    request.wfile.write(b"220 mail.example ESMTP\r\n")


def hang_up(_):
    pass


def redirect_to(where):
    def answer(request):
        request.send_response(302)
        request.send_header("Location", where(request))
        request.send_header("Content-Length", "0")
        request.end_headers()
    return answer


def status(number):
    def answer(request):
        request.send_response(number)
        request.send_header("Content-Length", "0")
        request.end_headers()
    return answer


def itself(request):
    return f"http://127.0.0.1:{request.server.server_port}{request.path}"


BAD = {
    "slow": (slow, "too-late"), "silent": (silent, "too-late"),
    "dripping": (dripping, "too-late"), "endless": (endless, "too-large"),
    "endless-head": (endless_head, "bad-answer"),
    "large": (large, "too-large"), "bomb": (bomb, "too-large"),
    "broken-gzip": (broken_gzip, "bad-answer"), "cut": (cut, "bad-answer"),
    "no-http": (no_http, "bad-answer"), "hang-up": (hang_up, "bad-answer"),
    "to-itself": (redirect_to(itself), "redirect"),
    "to-metadata": (redirect_to(lambda _: "http://169.254.169.254/latest"),
                    "redirect"),
    "to-a-file": (redirect_to(lambda _: "file:///etc/passwd"), "redirect"),
    "404": (status(404), "bad-status"), "500": (status(500), "bad-status"),
    "204": (status(204), "bad-status"), "401": (status(401), "bad-status"),
}


@pytest.mark.parametrize("way", BAD)
def test_a_server_that_behaves_badly(feed, way):
    feed.elsewhere.pages[feed.page], problem = BAD[way]
    feed.put()
    started = time.monotonic()
    fetch = feed.fetched(fetch=False)
    assert time.monotonic() - started < 10
    assert (fetch["outcome"], fetch["problem"]) == ("failed", problem), fetch
    asked = [path for path, _ in feed.elsewhere.asked if path == feed.page]
    assert len(asked) == 1, "it was followed or asked again"
    seen = feed.client.get(feed.target).json
    assert (seen["failures"], seen["last_outcome"]) == (1, "failed")


def test_addresses_that_do_not_answer(feed, near):
    server, town, _, _ = near
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for url, problem in (
            (f"http://127.0.0.1:{port}/", "unreachable"),
            ("http://no-such-host.invalid/", "no-such-host"),
            ("http://192.0.2.1/", "closed-address"),
            ("http://[2001:db8::1]/", "closed-address"),
            (f"https://127.0.0.1:{feed.elsewhere.port}/", "bad-certificate")):
        feed.put(url=url)
        assert feed.fetched(fetch=False)["problem"] == problem, url


def test_a_certificate_that_nobody_vouches_for(feed, tmp_path):
    """The server speaks TLS well, and is who it says: to itself alone."""
    key, cert = tmp_path / "key", tmp_path / "cert"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                    "-out", cert, "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server = Elsewhere(context)
    server.say("/", [])
    feed.put(url=f"https://127.0.0.1:{server.port}/")
    fetch = feed.fetched(fetch=False)
    assert (fetch["problem"], fetch["status"]) == ("bad-certificate", None)
    assert server.asked == []
    # the same server is well to one who trusts it
    trusting = ssl.create_default_context(cafile=cert)
    line = http.client.HTTPSConnection("127.0.0.1", server.port,
                                       context=trusting)
    line.request("GET", "/")
    assert line.getresponse().status == 200
    line.close()
    server.close()


# ---- as the service is otherwise: HTTPS, the open Internet ----

@pytest.mark.parametrize("url", [
    "http://jobs.example.com/feed", "https://jobs.example.com:8080/feed",
    "https://jobs.example.com:22/", "https://user:secret@example.com/",
    "https://example.com/#part", "ftp://example.com/x", "file:///etc/passwd",
    "https:///path", "https://例子.中国/", "gopher://example.com/",
    "https://exa mple.com/", "javascript:alert(1)"])
def test_urls_that_are_refused(as_role, people, url):
    reply = as_role("enterprise").put(
        f"/v1/enterprises/{people.enterprise}/feed", {"url": url})
    assert (reply.status, reply.wheres()) == (422, ["#/url"])


@pytest.mark.parametrize("changes", [
    {"interval_minutes": 14}, {"interval_minutes": 10081}, {"open_days": 0},
    {"open_days": 181}, {"url": ...}, {"more": 1}])
def test_bodies_with_flaws(as_role, people, changes):
    body = {"url": "https://jobs.example.com:8443/feed", **changes}
    reply = as_role("enterprise").put(
        f"/v1/enterprises/{people.enterprise}/feed",
        {name: value for name, value in body.items() if value is not ...})
    assert (reply.status, len(reply.wheres())) == (422, 1)


PRIVATE = (
    "https://localhost/", "https://127.0.0.1/", "https://127.1/",
    "https://2130706433/", "https://0x7f.1/", "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://169.254.169.254/latest/meta-data/", "https://10.0.0.1/",
    "https://192.168.1.1:8443/", "https://[fd00:ec2::254]/",
    "https://0.0.0.0/")


def test_no_way_to_what_is_not_public(cluster, database, server, town):
    """Names and numbers of this machine and its neighbours."""
    with working(cluster.url(database), feed_ms=5000):
        for url in PRIVATE:
            refused(server, town, url)


def refused(server, town, url):
    people = town.people()
    client = server.client(people.tokens["enterprise"])
    target = f"/v1/enterprises/{people.enterprise}/feed"
    reply = client.put(target, {"url": url})
    assert reply.status == 200, reply
    until = time.monotonic() + 20
    while not client.get(f"{target}/fetches").json["items"]:
        assert time.monotonic() < until, url
        time.sleep(0.02)
    fetch = client.get(f"{target}/fetches").json["items"][0]
    assert (fetch["problem"], fetch["status"]) == ("closed-address", None), url
    client.close()
