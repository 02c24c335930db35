"""What every operation has to keep, shown by the way: the first time that any
test of the room reads something, or makes something, it is asked again as the
conventions say, and what comes must be the same. When the whole room has run,
each operation must have shown each convention that its card has."""

import collections
import gzip
import json
import re
import uuid

from tests.api import fields
from tests.api.server import run

PACKED_FROM = 1400          # bytes; flow_pack.c
# Never the same twice.
VOLATILE = {"getMetrics"}
# Ranked in memory, page by page: nobody knows how many there are.
UNCOUNTED = {"listMatches", "listCandidates", "listIndicators",
             "getSpecialtyOutcomes"}
# Without body or id: there is no other request for the same key.
ONE_OF_A_KIND = {"createTotp"}
# Who asks for it may be nobody afterwards.
LAST_DEEDS = {"eraseStudent"}
PAGES_MAX = 40


class Proof:
    def __init__(self):
        self.shown = set()                  # (convention, operation)
        self.cards = None
        self.patterns = []

    # ---- the cards ----

    def open(self):
        if self.cards is None:
            self.cards = {card["operation"]: card for card in map(
                json.loads, run("", "check", "--rights").splitlines())}
            self.patterns = sorted(
                ((card["path"].count("{"), card["method"], re.compile(
                    re.sub(r"\\\{\w+\\\}", "[^/]+",
                           re.escape(card["path"]))), card)
                 for card in self.cards.values()),
                key=lambda entry: entry[0])

    def card_of(self, method, target):
        self.open()
        path = target.split("?", 1)[0]
        for _, known, pattern, card in self.patterns:
            if known == method and pattern.fullmatch(path):
                return card
        return None

    def wanted(self):
        """Every pair that has to be shown."""
        self.open()
        for name, card in self.cards.items():
            if card["method"] == "GET":
                yield "head", name
                yield "gzip", name
                if card["is_paged"]:
                    yield "pages", name
                    yield "known", name
                if card["is_paged"] and name not in UNCOUNTED:
                    yield "total", name
                continue
            if card["is_conditional"]:
                yield "stale", name
            if card["method"] in ("PUT", "PATCH"):
                yield "representation", name
            if self._keeps_replies(card):
                yield "replay", name
                if name not in ONE_OF_A_KIND:
                    yield "key-reused", name

    def never_shown(self):
        return sorted(set(self.wanted()) - self.shown)

    def count(self):
        return dict(collections.Counter(
            convention for convention, _ in self.shown))

    # ---- asking ----

    def ask(self, client, method, target, *more):
        body, headers, raw, content_type = more
        card = self.card_of(method, target)
        if card and self._may_have_key(client, card, headers):
            return self._post(client, card, target, body, headers, raw,
                              content_type)
        if card and (card["is_conditional"] or method in ("PUT", "PATCH")):
            return self._change(client, card, target, body, headers, raw,
                                content_type)
        reply = client.say(method, target, *more)
        if card and method == "GET" and reply.status == 200 and \
                ("head", card["operation"]) not in self.shown and \
                not set(headers or {}) - {"Accept-Language"}:
            self._read(client, card, target, headers, reply)
        return reply

    @staticmethod
    def _keeps_replies(card):
        return card["method"] == "POST" and \
            card["allow"]["nobody"] == "none" and \
            card["operation"] not in LAST_DEEDS

    def _may_have_key(self, client, card, headers):
        return client.token and self._keeps_replies(card) and \
            ("replay", card["operation"]) not in self.shown and \
            "Idempotency-Key" not in (headers or {}) and \
            "Authorization" not in (headers or {})

    # ---- writes ----

    def _post(self, client, card, target, body, headers, raw, kind):
        key = str(uuid.uuid4())
        if body is not None:
            raw, body = json.dumps(body, ensure_ascii=False).encode(), None
        headers = {**(headers or {}), "Idempotency-Key": key}
        reply = client.say("POST", target, None, headers, raw, kind)
        if reply.status >= 300:
            return reply
        again = client.say("POST", target, None, headers, raw, kind)
        assert again.headers.get("idempotency-replayed") == "true", again
        for part in ("content-type", "etag", "location"):
            assert again.headers.get(part) == reply.headers.get(part), part
        assert (again.status, again.body) == (reply.status, reply.body)
        self.shown.add(("replay", card["operation"]))
        self._reuse(client, card, target, headers, raw, kind)
        self._minimal(client, card, target, headers, raw, kind, reply)
        return reply

    def _reuse(self, client, card, target, headers, raw, kind):
        """The same key for something else: another id, or other bytes."""
        if card["operation"] in ONE_OF_A_KIND:
            return
        if "{" in card["path"]:
            path, _, query = target.partition("?")
            parts, names = path.split("/"), card["path"].split("/")
            at = [i for i, name in enumerate(names) if name[:1] == "{"][0]
            parts[at] = str(uuid.uuid4())
            target = "/".join(parts) + (query and "?" + query)
        else:
            raw += b"\n"
        other = client.say("POST", target, None, headers, raw, kind)
        assert (other.status, other.problem["code"]) == (
            422, "idempotency-key-reused"), other
        self.shown.add(("key-reused", card["operation"]))

    def _minimal(self, client, card, target, headers, raw, kind, reply):
        """The kept reply again, as one who wants less of it gets it."""
        less = client.say("POST", target, None,
                          {**headers, "Prefer": "return=minimal"}, raw, kind)
        names = reply.headers.get("location") if reply.status == 201 else \
            reply.headers.get("etag")
        if reply.status in (200, 201) and names and reply.body and \
                not card["is_secret"]:
            assert less.headers["preference-applied"] == "return=minimal"
            assert (less.status, less.body) == (
                204 if reply.status == 200 else 201, b"")
            assert less.headers.get("etag") == reply.headers.get("etag")
            self.shown.add(("minimal", card["operation"]))
        else:
            assert (less.status, less.body) == (reply.status, reply.body)
            # it was done once, as was preferred then
            assert less.headers.get("preference-applied") == \
                reply.headers.get("preference-applied")

    def _change(self, client, card, target, body, headers, raw, kind):
        """Once it is changed, the version that was known is no more."""
        name, method = card["operation"], card["method"]
        given = dict(headers or {})
        is_new = ("representation", name) not in self.shown and \
            method != "DELETE" and "Prefer" not in given
        sent = {**given, "Prefer": "return=representation"} if is_new \
            else given
        reply = client.say(method, target, body, sent, raw, kind)
        if reply.status >= 300:
            return reply
        if is_new:
            is_told = reply.body and not card["is_secret"] and (
                "location" if reply.status == 201 else "etag") \
                in reply.headers
            assert reply.headers.get("preference-applied") == (
                "return=representation" if is_told else None), reply
            self.shown.add(("representation", name))
        is_changed = reply.headers.get("etag") != given.get("If-Match")
        if card["is_conditional"] and is_changed and \
                ("stale", name) not in self.shown:
            stale = client.say(method, target, body, given, raw, kind)
            code = (stale.status, stale.problem["code"])
            assert code == (412, "stale-version") or (
                method == "DELETE" and stale.status == 404), stale
            self.shown.add(("stale", name))
        return reply

    # ---- reads ----

    def _read(self, client, card, target, headers, reply):
        name, given = card["operation"], headers or {}
        self.shown.add(("head", name))
        head = client.say("HEAD", target, None, given)
        assert (head.status, head.body) == (200, b""), head
        for part in ("content-type", "etag", "cache-control", "vary"):
            assert head.headers.get(part) == reply.headers.get(part), part
        self._gzip(client, card, target, given)
        if "etag" in reply.headers:
            self._known(client, name, target, given, reply)
        if card["is_paged"] and "after=" not in target:
            self._pages(client, name, target, given)

    def _gzip(self, client, card, target, given):
        name = card["operation"]
        for attempt in range(3):
            plain = client.say("GET", target, None, given)
            packed = client.say("GET", target, None,
                                {**given, "Accept-Encoding": "gzip"})
            is_packed = packed.headers.get("content-encoding") == "gzip"
            body = gzip.decompress(packed.body) if is_packed else packed.body
            packed.body = body      # what the document speaks of
            if body == plain.body or name in VOLATILE:
                break
        else:
            raise AssertionError(f"{name} packed is not what it is")
        assert is_packed == (len(body) >= PACKED_FROM
                             and not card["is_secret"]), name
        assert "Accept-Encoding" in plain.headers["vary"]
        if "etag" in plain.headers:
            is_weak = plain.etag.startswith("W/") or not is_packed
            assert packed.etag == plain.etag[:-1] + (
                '"' if is_weak else '-gzip"')
        self.shown.add(("gzip", name))

    def _known(self, client, name, target, given, reply):
        etag = reply.etag
        strong = [] if etag.startswith("W/") else [
            etag[:-1] + '-gzip"', "W/" + etag]
        for known in (etag, f'"other", {etag}', *strong):
            same = client.say("GET", target, None,
                              {**given, "If-None-Match": known})
            assert (same.status, same.body, same.etag) == (304, b"", etag)
        other = client.say("GET", target, None,
                           {**given, "If-None-Match": '"other"'})
        assert other.status == 200
        self.shown.add(("known", name))

    def _pages(self, client, name, target, given):
        base = re.sub(r"(?<=[?&])limit=\d+&?", "", target).rstrip("?&")
        more = "&" if "?" in base else "?"
        first = client.say("GET", f"{base}{more}limit=200", None, given)
        ones = self._walk(client, f"{base}{more}limit=2", given)
        if first.json["next"] is None and ones is not None:
            assert ones == first.json["items"], name
        self.shown.add(("pages", name))
        counted = client.say("GET", f"{base}{more}limit=1", None,
                             {**given, "Prefer": "count=exact"})
        if name in UNCOUNTED:
            assert "preference-applied" not in counted.headers
        elif "q=" not in base:
            assert counted.headers["preference-applied"] == "count=exact"
            if first.json["next"] is None:
                assert counted.json["total"] == len(first.json["items"])
            self.shown.add(("total", name))

    @staticmethod
    def _walk(client, target, given):
        items = []
        for _ in range(PAGES_MAX):
            page = client.say("GET", target, None, given)
            assert page.status == 200, page
            items += page.json["items"]
            target = page.json["next"]
            if target is None:
                return items
            assert f'<{target}>; rel="next"' in page.headers["link"]
        return None

    # ---- every reply of every test ----

    def check_fields(self, contract, reply):
        method, target = reply.request
        card = self.card_of("GET" if method == "HEAD" else method, target)
        if card is None:
            return
        policy = reply.headers.get("ratelimit-policy")
        if card["rate"] == "free":
            assert policy is None, reply
        elif reply.status < 400:
            assert policy, f"{reply} has no RateLimit-Policy"
        if policy:
            (name, quota), = fields.read_list(policy)
            (left, now), = fields.read_list(reply.headers["ratelimit"])
            assert name == left == card["rate"], reply
            assert set(quota) == {"q", "w"} and set(now) == {"r", "t"}
            assert 0 <= now["r"] <= quota["q"], reply
            assert 0 <= now["t"] <= quota["w"], reply
