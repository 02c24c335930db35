"""Every refusal is a problem, in two languages, with every flaw named."""

import socket

import pytest

SIGN_IN = {"consortium": "nowhere", "login_name": "nobody", "password": "x"}


def test_unknown_path(client):
    reply = client.get("/v1/nothing/here?x=1")
    problem = reply.problem
    assert reply.status == problem["status"] == 404
    assert problem["type"] == "/problems/not-found"
    assert problem["instance"] == "/v1/nothing/here"
    assert problem["request_id"] == reply.headers["x-request-id"]
    assert client.get(problem["type"]).json["title"] == problem["title"]


def test_method_not_allowed(client):
    reply = client.post("/v1/me", {})
    assert (reply.status, reply.problem["code"]) == (405,
                                                     "method-not-allowed")
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"
    assert client.ask("PUT", "/v1/sessions").headers["allow"] == \
        "GET, HEAD, POST, DELETE, OPTIONS"


def test_a_method_nobody_knows(client):
    assert client.ask("BREW", "/v1/me").status == 405
    assert client.ask("BREW", "/nothing").status == 404


def test_options(client):
    reply = client.ask("OPTIONS", "/v1/sessions/current")
    assert (reply.status, reply.headers["allow"]) == (204, "DELETE, OPTIONS")
    assert client.ask("OPTIONS", "*").status == 204
    assert client.ask("OPTIONS", "/nothing").status == 404


@pytest.mark.parametrize("accept,status", [
    (None, 200), ("*/*", 200), ("application/json", 200),
    ("application/*;q=0.1", 200), ("text/html, application/json;q=0.9", 200),
    ("text/html", 406), ("application/json;q=0", 406),
    ("application/jsonx", 406), ("text/*", 406)])
def test_accept(client, accept, status):
    assert client.get("/version", headers={"Accept": accept}).status == status


def test_metrics_are_text(client):
    assert client.get("/metrics", headers={"Accept": "text/plain"}).status \
        == 200
    assert client.get("/metrics", headers={"Accept": "application/json"}
                      ).status == 406


@pytest.mark.parametrize("languages,tag,title", [
    (None, "zh-CN", "未找到"), ("zh", "zh-CN", "未找到"),
    ("en", "en", "There is no such thing here"),
    ("fr, en;q=0.3", "en", "There is no such thing here"),
    ("en;q=0.2, zh-TW;q=0.3", "zh-CN", "未找到"), ("fr", "zh-CN", "未找到")])
def test_languages(client, languages, tag, title):
    reply = client.get("/nothing", headers={"Accept-Language": languages})
    assert reply.headers["content-language"] == tag
    assert reply.problem["title"] == title


@pytest.mark.parametrize("kind,status", [
    ("application/json", 401), ("application/json; charset=utf-8", 401),
    ('APPLICATION/JSON;charset="UTF-8"', 401), ("application/json ;a=b", 401),
    ("application/json; charset=gbk", 415), ("text/plain", 415),
    ("application/merge-patch+json", 415), ("application/jsonp", 415),
    ("", 415)])
def test_content_type(client, kind, status):
    reply = client.post("/v1/sessions", SIGN_IN, content_type=kind)
    assert reply.status == status


def test_content_encoding(client):
    reply = client.post("/v1/sessions", SIGN_IN,
                        headers={"Content-Encoding": "gzip"})
    assert (reply.status, reply.problem["code"]) == \
        (415, "unsupported-media-type")


def test_too_large(client):
    reply = client.ask("POST", "/v1/sessions", raw=b" " * (65 * 1024))
    assert (reply.status, reply.problem["code"]) == (413, "body-too-large")


@pytest.mark.parametrize("raw", [
    b"", b"{", b"[1,]", b"nul", b'{"a":1} x', b'{"a":1,"a":2}', b"\xff",
    b'{"a":"\xed\xa0\x80"}', b'{"a":"\\ud800"}', b"[" * 100 + b"]" * 100,
    b'{"a":1e999}'])
def test_malformed_json(client, raw):
    reply = client.ask("POST", "/v1/sessions", raw=raw)
    assert (reply.status, reply.problem["code"]) == (400, "malformed-json")
    assert reply.problem["detail"]


def test_every_flaw_of_a_body(client):
    reply = client.post("/v1/sessions", {
        "consortium": 7, "login_name": "", "extra/~": True})
    assert (reply.status, reply.problem["code"]) == (422, "invalid-body")
    assert reply.wheres() == ["#/consortium", "#/login_name", "#/password",
                              "#/extra~1~0"]
    assert [flaw["code"] for flaw in reply.problem["errors"]] == [
        "wrong-type", "too-short", "required", "unknown"]


def test_a_body_that_is_no_object(client):
    assert client.post("/v1/sessions", [1]).status == 422


def test_flaws_in_chinese(client):
    reply = client.post("/v1/sessions", {},
                        headers={"Accept-Language": "zh"})
    assert all(ord(flaw["detail"][0]) > 0x2E80
               for flaw in reply.problem["errors"])


@pytest.mark.parametrize("languages,detail", [
    ("zh-CN", "请求头 content-type 重复出现"),
    ("en", "header content-type comes twice")])
def test_details_in_both_languages(client, languages, detail):
    reply = client.post("/v1/sessions", SIGN_IN, headers={
        "content-Type": "text/plain", "Accept-Language": languages})
    assert reply.problem["detail"] == detail


@pytest.mark.parametrize("languages,detail", [
    ("zh-CN", "当前角色：student"), ("en", "role student")])
def test_details_with_words_of_the_api(as_role, languages, detail):
    reply = as_role("student").post("/v1/rounds", {}, headers={
        "Accept-Language": languages})
    assert (reply.status, reply.problem["detail"]) == (403, detail)
    assert "Accept-Language" in reply.headers["vary"]


@pytest.mark.parametrize("languages,detail", [
    ("zh-CN", "enterprise 不能从 verified 变为 rejected"),
    ("en", "enterprise cannot go from verified to rejected")])
def test_details_that_the_database_words(as_role, people, languages, detail):
    reply = as_role("office").post(
        f"/v1/enterprises/{people.enterprise}/reject", {"reason": "x"},
        headers={"Accept-Language": languages})
    assert (reply.status, reply.problem["detail"]) == (409, detail)


def test_unknown_parameters(client):
    reply = client.get("/version?verbose=1&x=2")
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert reply.wheres() == ["verbose", "x"]


def test_no_body_where_none_belongs(client):
    reply = client.ask("GET", "/version", raw=b"{}")
    assert (reply.status, reply.problem["code"]) == (400, "bad-request")


def test_paths_are_utf8(client):
    assert client.get("/problems/%FF").status == 400
    assert client.get("/problems/%E6").status == 400
    assert client.get("/problems/%E5%8C%B9").status == 404


def test_request_ids(client):
    def told(given):
        return client.get("/version", headers={"X-Request-Id": given}
                          ).headers["x-request-id"]

    assert told("abc-1.2_X") == "abc-1.2_X"
    assert told("k" * 64) == "k" * 64
    for other in ("k" * 65, 'a"b', "a b", "a=b"):
        assert told(other) != other
    assert told(None) != told(None)


def test_headers_that_may_come_once(server):
    for name in (b"Authorization: Bearer a", b"If-Match: \"v1\"",
                 b"Idempotency-Key: k"):
        with socket.create_connection(("127.0.0.1", server.port), 10) as line:
            line.sendall(b"GET /v1/me HTTP/1.1\r\nHost: x\r\nConnection:"
                         b" close\r\n" + (name + b"\r\n") * 2 + b"\r\n")
            got = b"".join(iter(lambda: line.recv(65536), b""))
        assert got.startswith(b"HTTP/1.1 400 "), name
        assert "重复出现".encode() in got


@pytest.mark.parametrize("raw,status,code", [
    (b"GET / HTTP/1.1\r\n\r\n", 400, b"no-host"),
    (b"GET / HTTP/1.1\nHost: x\n\n", 400, b"bare-lf"),
    (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505, b"unknown-version"),
    (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 9000 + b"\r\n\r\n", 431,
     b"head-too-large"),
    (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
     b"Content-Length: 2\r\n\r\n", 400, b"two-content-lengths"),
])
def test_the_http_layer_refuses_with_problems(server, raw, status, code):
    with socket.create_connection(("127.0.0.1", server.port), 10) as line:
        line.sendall(raw)
        got = b"".join(iter(lambda: line.recv(65536), b""))
    assert got.startswith(b"HTTP/1.1 %d " % status)
    assert b"Content-Type: application/problem+json\r\n" in got
    assert b'"code":"' + code + b'"' in got
