"""The conventions as a matrix: every operation, made from the cards, against
every rule that its card takes part in. What takes an operation to succeed
(packing, ETags, HEAD, pages, totals, replays) is shown by the way: proof.py.

A card without a cell fails the run, and so does one with a cell too few.
"""

import collections
import json
import re

import pytest

from tests.api.test_rights import CARDS, path_of
from tests.api.town import new_id

ORIGIN = "https://pages.example"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def role_of(card):
    """Somebody who may; nobody where that is enough."""
    return "nobody" if card["allow"]["nobody"] != "none" else next(
        role for role, scope in card["allow"].items()
        if scope != "none" and role not in ("nobody", "integrator"))


class Asker:
    """Asks as a card has it, but for what a cell has other than that."""

    def __init__(self, server, people, contract):
        self.server, self.people = server, people
        self.contract = contract

    def __call__(self, card, query="", method=None, headers=None, **more):
        path = path_of(card)
        needed = [part["name"] + "=" + self._value(part) for part in map(
            self.contract.resolved, self._operation(card, path).get(
                "parameters", []))
            if part["in"] == "query" and part.get("required")]
        target = "&".join(part for part in (*needed, query) if part)
        sent = dict(headers or {})
        if card["is_conditional"]:
            sent.setdefault("If-Match", '"v1"')
        client = self.server.client(self.people.tokens.get(role_of(card)))
        try:
            return client.ask(method or card["method"],
                              path + (target and "?" + target),
                              headers=sent, **more)
        finally:
            client.close()

    def _operation(self, card, path):
        return self.contract.operation_of(card["method"], path)

    def _value(self, part):
        schema = self.contract.resolved(part["schema"])
        if schema.get("format") == "date":
            return "2027-01-01"
        if "enum" in schema:
            return schema["enum"][0]
        return str(new_id()) if schema.get("format") == "uuid" else \
            str(schema.get("minimum", 1))


@pytest.fixture(scope="module")
def ask(server, town, contract):
    return Asker(server, town.people(), contract)


def told(reply):
    """The least that every refusal says."""
    problem = reply.problem
    assert problem["status"] == reply.status
    assert problem["title"] and problem["type"] and problem["code"]
    assert re.fullmatch("[0-9a-f]{32}", problem["trace_id"])
    assert problem["request_id"] == reply.headers["x-request-id"]
    assert reply.headers["content-language"] == "en"
    assert reply.headers["cache-control"] == "no-store"
    return reply.status, problem["code"]


# ---- the rules: whose they are, and what is then so ----

def is_json(card):
    return card.get("body", "").endswith("json")


def has_members(card):
    """Of our own: linked data may have any (application/ld+json)."""
    return is_json(card) and card["body"] != "application/ld+json"


def unknown_parameter(ask, card):
    reply = ask(card, "no_such_parameter=1")
    assert told(reply) == (400, "invalid-parameter")
    assert "no_such_parameter" in reply.wheres()


def unknown_member(ask, card):
    reply = ask(card, body={"no_such_member": 1}, content_type=card["body"])
    assert told(reply) == (422, "invalid-body")
    assert "#/no_such_member" in reply.wheres()


def other_media_type(ask, card):
    reply = ask(card, raw=b"x", content_type="text/x-nothing")
    assert told(reply) == (415, "unsupported-media-type")
    assert reply.headers.get("accept-patch") == (
        card["body"] if card["is_merge_patch"] else None)
    if card["is_merge_patch"]:
        reply = ask(card, body={}, content_type="application/json")
        assert told(reply) == (415, "unsupported-media-type")


def packed_body(ask, card):
    reply = ask(card, raw=b"x", headers={"Content-Encoding": "gzip"},
                content_type=card["body"].split()[0])
    assert told(reply) == (415, "unsupported-media-type")


def broken_json(ask, card):
    for raw in (b"", b"{", b'{"a":1,"a":2}', b'{"a":"\xff"}', b"{}{}"):
        reply = ask(card, raw=raw, content_type=card["body"])
        assert told(reply) == (400, "malformed-json"), raw


def body_of_none(ask, card):
    reply = ask(card, raw=b"{}", content_type="application/json")
    assert told(reply) == (400, "bad-request")


def version_missing(ask, card):
    reply = ask(card, headers={"If-Match": None})
    assert told(reply) == (428, "precondition-required")


def version_unknown(ask, card):
    for version in ("*", "v1", 'W/"v1"', '"v1", "v2"', '"x"', '"v1-zip"'):
        reply = ask(card, headers={"If-Match": version})
        assert told(reply) == (412, "stale-version"), version


def key_malformed(ask, card):
    more = {"body": {}, "content_type": card["body"]} if is_json(card) \
        else {}
    for key in ('""', "x" * 256, '"a"b"', "a b"):
        reply = ask(card, headers={"Idempotency-Key": key}, **more)
        code = told(reply)
        if code == (400, "bad-request"):
            assert reply.wheres() == ["Idempotency-Key"]
        else:
            # the body is looked at first
            assert code[0] in (415, 422), key


def not_acceptable(ask, card):
    reply = ask(card, headers={"Accept": "image/x-nothing"})
    assert told(reply) == (406, "not-acceptable")


def header_twice(ask, card):
    """Which of the two would count?"""
    reply = ask.server.say((card["method"], path_of(card)), (
        f"{card['method']} {path_of(card)} HTTP/1.1\r\nHost: x\r\n"
        "Accept-Language: en\r\nIf-Match: \"v1\"\r\nIf-Match: \"v2\"\r\n"
        "\r\n").encode())
    assert told(reply) == (400, "bad-request")


def other_method(ask, card):
    wanted = {one["method"] for one in CARDS if one["path"] == card["path"]}
    if "GET" in wanted:
        wanted.add("HEAD")
    wanted.add("OPTIONS")
    unknown = next(method for method in (*METHODS, "BREW")
                   if method not in wanted)
    reply = ask(card, method=unknown)
    assert told(reply) == (405, "method-not-allowed")
    assert set(reply.headers["allow"].split(", ")) == wanted


def options(ask, card):
    reply = ask(card, method="OPTIONS")
    assert (reply.status, reply.body) == (204, b"")
    assert card["method"] in reply.headers["allow"].split(", ")
    if card["method"] == "PATCH":
        assert reply.headers["accept-patch"] == card["body"]


def preflight(ask, card):
    """Without a list of origins only what everybody may see is open."""
    reply = ask(card, method="OPTIONS", headers={
        "Origin": ORIGIN, "Access-Control-Request-Method": card["method"]})
    assert reply.headers["access-control-max-age"] == "600"
    assert reply.headers["access-control-allow-methods"] == \
        reply.headers["allow"]
    if card["is_shared"]:
        assert reply.headers["access-control-allow-origin"] == "*"


def trace(ask, card):
    reply = ask(card, "no_such_parameter=1", headers={
        "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"})
    assert reply.problem["trace_id"] == TRACE


def rate(ask, card):
    """That the fields can be read is seen of every reply: proof.py."""
    reply = ask(card, "no_such_parameter=1")
    quotas = [name for name in reply.headers if "ratelimit" in name]
    assert len(quotas) == (0 if card["rate"] == "free" else 2)


def in_chinese(ask, card):
    reply = ask(card, "no_such_parameter=1",
                headers={"Accept-Language": "zh-CN,en;q=0.5"})
    assert reply.headers["content-language"] == "zh-CN"
    assert reply.problem["title"] == "参数无效"


def vary(ask, card):
    reply = ask(card, "no_such_parameter=1")
    assert set(reply.headers["vary"].split(", ")) == {
        "Accept", "Accept-Encoding", "Accept-Language", "Authorization",
        "Origin"}


def everybody(_):
    return True


RULES = {
    unknown_parameter: everybody,
    unknown_member: has_members,
    other_media_type: lambda card: "body" in card,
    packed_body: lambda card: "body" in card,
    broken_json: is_json,
    body_of_none: lambda card: "body" not in card,
    version_missing: lambda card: card["is_conditional"],
    version_unknown: lambda card: card["is_conditional"],
    key_malformed: lambda card: card["method"] == "POST",
    not_acceptable: everybody,
    header_twice: everybody,
    other_method: everybody,
    options: everybody,
    preflight: everybody,
    trace: everybody,
    rate: everybody,
    in_chinese: everybody,
    vary: everybody,
}
CELLS = [(rule, card) for rule, is_whose in RULES.items() for card in CARDS
         if is_whose(card)]
done = collections.Counter()


@pytest.mark.parametrize("rule,card", [
    pytest.param(rule, card, id=f"{rule.__name__}-{card['operation']}")
    for rule, card in CELLS])
def test_cell(ask, rule, card):
    rule(ask, card)
    done[card["operation"]] += 1


def test_no_card_is_left_out(request):
    """And how many cells there are."""
    wanted = collections.Counter(card["operation"] for _, card in CELLS)
    assert set(wanted) == {card["operation"] for card in CARDS}
    assert min(wanted.values()) >= sum(
        is_whose is everybody for is_whose in RULES.values())
    print(f"\n{len(CARDS)} operations, {len(RULES)} rules,"
          f" {len(CELLS)} cells")
    if request.session.testscollected > len(CELLS):
        assert done == wanted


def test_a_card_says_what_the_document_says(contract):
    """Bodies, conditions and pages are the same in both."""
    operations = {operation["operationId"]: operation
                  for _, _, operation in contract.operations}
    for card in CARDS:
        operation = operations[card["operation"]]
        names = {part["name"] for part in map(
            contract.resolved, operation.get("parameters", []))}
        assert ("If-Match" in names) == card["is_conditional"], card
        assert ({"limit", "after"} <= names) == card["is_paged"], card
        assert set(operation.get("requestBody", {}).get("content", {})) == \
            set(card.get("body", "").split()), card
        assert operation.get("deprecated", False) == card["is_deprecated"]
        # what is documented has to be seen by some test: contract.py
        if card["is_conditional"]:
            assert {"412", "428"} <= set(operation["responses"]), card


def test_what_shows_a_secret_says_so(contract):
    """A reply with a fresh token, key or code is on a card that says it."""
    secret = re.compile(r'"(token|secret|recovery_codes|authorization_url)": \{'
                        r"|\^dk_\[A-Za-z0-9_-\]\{43\}")
    for _, _, operation in contract.operations:
        card = next(one for one in CARDS
                    if one["operation"] == operation["operationId"])
        shown = json.dumps([whole(contract, reply) for status, reply in
                            operation["responses"].items()
                            if status[0] == "2"])
        assert bool(secret.search(shown)) == card["is_secret"], card


def whole(contract, part):
    """With what it refers to in its place, three deep."""
    def opened(part, depth):
        if isinstance(part, list):
            return [opened(one, depth) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return opened(contract.resolved(part), depth + 1) \
                if depth < 3 else {}
        return {name: opened(one, depth) for name, one in part.items()}

    return opened(part, 0)
