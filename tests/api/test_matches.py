"""Ranked matches with reasons, from both sides."""

import base64
import hashlib
import hmac
import itertools

import pytest

from tests.api.test_rounds import add_policy, add_posting
from tests.api.town import new_id


@pytest.fixture
def city(server, town, people):
    """A policy, and postings from close to far off."""
    add_policy(town, people)
    made = {target: add_posting(town, people, target=target)
            for target in ("660301", "660302", "6603", "66", "510203")}
    server.current(town)
    return made


def test_best_first_and_explained(as_role, people, city):
    page = as_role("student").get(
        f"/v1/students/{people.student}/matches").json
    assert [item["posting_id"] for item in page["items"]] == \
        [city["660301"]] + [item["posting_id"]
                            for item in page["items"][1:]]
    assert city["510203"] not in [i["posting_id"] for i in page["items"]]
    scores = [item["score"] for item in page["items"]]
    assert scores == sorted(scores, reverse=True) and len(scores) == 4
    for item in page["items"]:
        assert item["is_eligible"] and item["policy_version"] == 1
        total = sum(p["weight"] * p["value"] for p in item["parts"])
        assert item["score"] == total // 10000, "recomputed by hand"
    assert page["next"] is None


def test_pages_neither_skip_nor_repeat(as_role, server, town, people, city):
    for _ in range(7):
        add_posting(town, people)
    server.current(town)
    student = as_role("student")
    whole = student.get(
        f"/v1/students/{people.student}/matches?limit=200").json["items"]
    seen, path = [], f"/v1/students/{people.student}/matches?limit=3"
    while path:
        page = student.get(path).json
        seen += page["items"]
        path = page["next"]
    assert seen == whole and len(seen) == 11


def test_a_pair_is_explained_though_not_eligible(as_role, people, city):
    pair = as_role("student").get(
        f"/v1/students/{people.student}/matches/{city['510203']}",
        headers={"Accept-Language": "en"}).json
    assert not pair["is_eligible"] and pair["tier"] == 5
    broken = {rule["rule"]: rule for rule in pair["broken_rules"]}
    assert broken["cross-category"]["is_blocking"]
    assert broken["cross-category"]["source"] == "1.22"
    chinese = as_role("student").get(
        f"/v1/students/{people.student}/matches/{city['510203']}",
        headers={"Accept-Language": "zh-CN"}).json
    assert chinese["score"] == pair["score"]
    for path in (f"/v1/students/{people.student}/matches",
                 f"/v1/students/{people.student}/matches/{city['66']}"):
        for languages, tag in (("en", "en"), ("zh-TW", "zh-CN")):
            reply = as_role("student").get(
                path, headers={"Accept-Language": languages})
            assert reply.headers["content-language"] == tag
    assert chinese["parts"][0]["detail"] != pair["parts"][0]["detail"]


def test_candidates_are_pseudonyms_in_order(as_role, server, town, people,
                                            city):
    for specialty in ("660301", "660302", "660101", "610101"):
        for _ in range(3):
            town.student(people.consortium, people.school, specialty)
    server.current(town)
    path = f"/v1/postings/{city['660301']}/candidates"
    page = as_role("enterprise").get(path).json
    scores = [item["score"] for item in page["items"]]
    assert scores == sorted(scores, reverse=True) and len(scores) == 10
    assert {len(item) for item in page["items"]} == \
        {len(page["items"][0])}
    text = as_role("enterprise").get(path).body.decode()
    assert "周晓" not in text, "no name before an application"
    only = as_role("office").get(path + "?specialty=660302").json["items"]
    assert {item["specialty_code"] for item in only} == {"660302"}
    first = as_role("enterprise").get(path + "?limit=4").json
    rest = as_role("enterprise").get(first["next"]).json
    assert first["items"] + rest["items"] == page["items"][:len(
        first["items"]) + len(rest["items"])]


def test_who_may_see_what(as_role, town, server, people, city):
    matches = f"/v1/students/{people.student}/matches"
    candidates = f"/v1/postings/{city['66']}/candidates"
    allowed = {matches: {"student", "school", "office"},
               candidates: {"enterprise", "office"}}
    for path, role in itertools.product(
            allowed, ("student", "enterprise", "school", "office",
                      "operator")):
        status = as_role(role).get(path).status
        assert status == (200 if role in allowed[path] else 403), (path, role)
    other = town.people()
    server.current(town)
    for role, path in (("student", matches), ("school", matches),
                       ("enterprise", candidates), ("office", matches)):
        stranger = server.client(other.tokens[role])
        assert stranger.get(path).status == 404, (role, path)
        stranger.close()


def test_bad_input_is_named(as_role, people, city):
    student = as_role("student")
    base = f"/v1/students/{people.student}/matches"
    assert student.get(base + "?kind=gig").wheres() == ["kind"]
    assert student.get(base + "?limit=0&q=x").status == 400
    assert student.get(base + "?after=AAAA").status == 400
    assert student.get(f"{base}/{new_id()}").status == 404
    assert student.get(f"/v1/students/{new_id()}/matches").status == 404


def cursor(operation, *parts):
    """As the server makes them; the check is no secret."""
    text = b"".join(part.encode() + b"\0" for part in parts)
    check = hmac.new(operation.encode(), text, hashlib.sha256).digest()[:6]
    return base64.urlsafe_b64encode(check + text).decode().rstrip("=")


def test_cursors_that_somebody_made_up(as_role, people, city):
    student, office = as_role("student"), as_role("office")
    for operation, client, base in (
            ("listMatches", student, f"/v1/students/{people.student}/matches"),
            ("listCandidates", office,
             f"/v1/postings/{city['66']}/candidates")):
        good = cursor(operation, "10000", "0", str(new_id()))
        assert client.get(f"{base}?after={good}").status == 200
        for parts in (["1"], ["1", "0", "x"], ["-1", "0", str(new_id())],
                      ["10001", "0", str(new_id())],
                      ["1", "today", str(new_id())]):
            reply = client.get(f"{base}?after={cursor(operation, *parts)}")
            assert (reply.status, reply.wheres()) == (400, ["after"]), parts
