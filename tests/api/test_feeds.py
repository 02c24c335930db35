"""Feeds: set by an enterprise, fetched by a worker, and what they do."""

import datetime
import gzip
import json
import threading
import time

from tests.api.elsewhere import LD, NEAR, SMALL, Feed, working
from tests.api.elsewhere import elsewhere, feed, near  # noqa: F401 (fixtures)
from tests.api.firm import NOBODY, PATH
from tests.api.test_imports_worker import Workers
from tests.api.test_job_postings_in import job, members


def status(number):
    def answer(request):
        request.send_response(number)
        request.send_header("Content-Length", "0")
        request.end_headers()
    return answer


def test_a_feed_is_set_and_fetched_at_once(feed):
    assert feed.client.get(feed.target).status == 404
    feed.say(job(), job(identifier="18"), ETag='"one"')
    made = feed.put(publishes=True, open_days=7)
    assert {name: made[name] for name in (
        "interval_minutes", "publishes", "open_days", "is_paused",
        "failures")} == {"interval_minutes": 360, "publishes": True,
                         "open_days": 7, "is_paused": False, "failures": 0}
    fetch = feed.fetched(fetch=False)
    assert (fetch["outcome"], fetch["status"], fetch["problem"]) \
        == ("taken", 200, None)
    assert fetch["counts"] == {"created": 2, "replaced": 0, "unchanged": 0,
                               "refused": 0, "others": 0}
    assert [item["state"] for item in fetch["report"]["items"]] \
        == ["published"] * 2
    assert feed.postings() == {"17": "published", "18": "published"}
    posting = feed.firm.client.get(
        f"{PATH}/{fetch['report']['items'][0]['posting_id']}").json
    closes = datetime.datetime.fromisoformat(
        posting["closes_at"].replace("Z", "+00:00"))
    left = closes - datetime.datetime.now(datetime.timezone.utc)
    assert datetime.timedelta(days=6.9) < left < datetime.timedelta(days=7)
    seen = feed.client.get(feed.target)
    assert seen.json["last_outcome"] == "taken"
    assert not seen.json["is_fetching"]
    due = datetime.datetime.fromisoformat(
        seen.json["next_fetch_at"].replace("Z", "+00:00"))
    wait = due - datetime.datetime.now(datetime.timezone.utc)
    assert datetime.timedelta(minutes=320) < wait \
        < datetime.timedelta(minutes=400)
    assert feed.client.get(feed.target, headers={
        "If-None-Match": seen.etag}).status == 304


def test_what_has_not_changed_is_not_sent_again(feed):
    feed.say(job(), ETag='"one"',
             Last_Modified="Wed, 21 Oct 2026 07:28:00 GMT")
    feed.put()
    feed.fetched(fetch=False)
    fetch = feed.fetched()
    assert (fetch["outcome"], fetch["status"], fetch["report"]) \
        == ("not_modified", 304, None)
    asked = [headers for path, headers in feed.elsewhere.asked
             if path == feed.page]
    assert "If-None-Match" not in asked[0]
    assert asked[1]["If-None-Match"] == '"one"'
    assert asked[1]["If-Modified-Since"] == "Wed, 21 Oct 2026 07:28:00 GMT"
    assert asked[1]["User-Agent"].startswith("duikou/")
    feed.say(job(title="新名称"), ETag='"two"')
    assert feed.fetched()["counts"]["replaced"] == 1
    # another address is read from the start
    feed.put(interval_minutes=15)
    assert feed.fetched(fetch=False)["outcome"] == "taken"
    last = [headers for path, headers in feed.elsewhere.asked
            if path == feed.page][-1]
    assert "If-None-Match" not in last


def test_what_is_gone_is_closed_and_what_returns_is_open(feed):
    feed.say(job(), job(identifier="18"), job(identifier="19"))
    feed.put(publishes=True)
    fetch = feed.fetched(fetch=False)
    ids = {item["ref"]: item["posting_id"]
           for item in fetch["report"]["items"]}
    by_hand = feed.firm.close({"id": ids["19"]}, reason="已满")
    assert by_hand.status == 200
    feed.say(job(), job(identifier="19"))
    fetch = feed.fetched()
    assert fetch["report"]["closed"] == [ids["18"]]
    assert fetch["counts"]["unchanged"] == 2
    # what the enterprise closed itself stays so
    assert feed.postings() == {"17": "published", "18": "closed",
                               "19": "closed"}
    assert feed.town.one(
        "select reason from event where subject_id = %s and to_state ="
        " 'closed'", ids["18"]) == "no longer in the feed"
    feed.say(job(), job(identifier="18"), job(identifier="19"))
    feed.fetched()
    assert feed.postings() == {"17": "published", "18": "published",
                               "19": "closed"}


def test_nothing_is_closed_on_doubt(feed):
    feed.say(job(), job(identifier="18"))
    feed.put(publishes=True)
    feed.fetched(fetch=False)
    everything = {"17": "published", "18": "published"}
    # an empty document, one that is none, one that cannot be had
    for document, kind, problem in (
            (b"[]", LD, "empty"), (b"{}", LD, "empty"),
            (b"[{]", LD, "malformed"), (b"", LD, "malformed"),
            (b"<html>", "text/html", "wrong-type"),
            (b"[]", None, "wrong-type")):
        feed.elsewhere.say(feed.page, document, kind)
        fetch = feed.fetched()
        assert (fetch["outcome"], fetch["problem"]) == ("failed", problem)
        assert fetch["detail"] and fetch["report"] is None
        assert feed.postings() == everything
    # one posting with a flaw, and one that nobody can tell from others
    feed.say(job(title="名" * 101), job(identifier="20"))
    fetch = feed.fetched()
    assert [item["outcome"] for item in fetch["report"]["items"]] \
        == ["refused", "created"]
    assert feed.postings() == {**everything, "18": "closed",
                               "20": "published"}
    feed.say(job(identifier=...), job(identifier="20"))
    fetch = feed.fetched()
    assert fetch["report"]["items"][0]["errors"][0]["pointer"] == "#/ref"
    assert "closed" not in fetch["report"]
    assert feed.postings()["17"] == "published"


def test_only_what_the_rules_allow_is_published(feed):
    past = job(identifier="19", validThrough="2020-01-01")
    intern = job(identifier="18", employmentType="INTERN", baseSalary=...)
    apprentice = job(identifier="20", employmentType="APPRENTICESHIP")
    until = job(identifier="21", validThrough="2099-06-30")
    feed.say(job(), intern, past, apprentice, until)
    feed.put(publishes=True)
    fetch = feed.fetched(fetch=False)
    assert [item["state"] for item in fetch["report"]["items"]] \
        == ["published", "draft", "draft", "draft", "published"]
    items = fetch["report"]["items"]
    assert {"#/targets", "#/pay_min_fen"} <= {
        error["pointer"] for error in items[1]["to_publish"]}
    assert items[2]["errors"][0]["pointer"] == "#/closes_at"
    assert items[3]["errors"][0]["pointer"] == "#/cooperation"
    closes = feed.client.get(f"{PATH}/{items[4]['posting_id']}").json[
        "closes_at"]
    assert closes.startswith("2099-06-30T15:59:59")
    # longer by the feed
    feed.say(job(validThrough="2098-01-01"), intern, past, apprentice, until)
    feed.fetched()
    reply = feed.client.get(f"{PATH}/{items[0]['posting_id']}").json
    assert reply["closes_at"].startswith("2098-01-01")


def test_what_the_feed_says_is_over_is_closed(feed):
    feed.say(job(validThrough="2099-01-01"))
    feed.put(publishes=True)
    feed.fetched(fetch=False)
    feed.say(job(validThrough="2020-01-01"))
    item, = feed.fetched()["report"]["items"]
    assert (item["state"], item["errors"][0]["pointer"]) \
        == ("closed", "#/closes_at")
    feed.say(job(validThrough="2099-02-01"))
    item, = feed.fetched()["report"]["items"]
    assert (item["state"], item["errors"]) == ("published", [])


def test_drafts_alone_where_it_is_not_set_to_publish(feed):
    feed.say(job())
    feed.put()
    fetch = feed.fetched(fetch=False)
    assert fetch["report"]["items"][0]["state"] == "draft"
    feed.say(job(identifier="18"))
    assert "closed" not in feed.fetched()["report"]
    assert feed.postings() == {"17": "draft", "18": "draft"}


def test_json_lines_and_graphs(feed):
    lines = b"\n".join(json.dumps(job(identifier=str(n))).encode()
                       for n in range(3)) + b"\r\n\n"
    feed.elsewhere.say(feed.page, lines, "application/x-ndjson")
    feed.put()
    assert feed.fetched(fetch=False)["counts"]["created"] == 3
    feed.elsewhere.say(feed.page, lines + b"{", "application/jsonl")
    assert feed.fetched()["problem"] == "malformed"
    feed.elsewhere.say(feed.page, {"@graph": [job(identifier="0")]},
                       "application/json; charset=utf-8")
    assert feed.fetched()["counts"]["unchanged"] == 1
    packed = gzip.compress(json.dumps([job(identifier="1")]).encode())
    feed.elsewhere.say(feed.page, packed, Content_Encoding="gzip")
    assert feed.fetched()["counts"]["unchanged"] == 1
    # a name twice in one document
    twice = json.dumps(job(identifier="1")).encode() + b"\n"
    feed.elsewhere.say(feed.page, twice * 2, "application/x-ndjson")
    assert feed.fetched()["counts"] == {
        "created": 0, "replaced": 0, "unchanged": 1, "refused": 1,
        "others": 0}


def test_too_many(feed):
    line = b'{"@type":"JobPosting"}\n'
    feed.elsewhere.say(feed.page, line * 2001, "application/jsonl")
    feed.put()
    assert feed.fetched(fetch=False)["problem"] == "too-many"
    feed.elsewhere.say(feed.page, line * 2000, "application/jsonl")
    assert feed.fetched()["counts"]["refused"] == 2000


def test_a_failing_feed_is_asked_less_and_less(feed):
    feed.elsewhere.pages[feed.page] = status(500)
    feed.put(interval_minutes=15)
    waits = []
    for failures in range(1, 5):
        feed.fetched(fetch=failures > 1)
        seen = feed.client.get(feed.target).json
        assert seen["failures"] == failures
        waits.append(feed.town.one(
            "select extract(epoch from due_at - now()) / 60 from"
            " posting_feed_turn where id = %s", feed.people.enterprise))
    for wait, minutes in zip(waits, (5, 10, 20, 40)):
        assert minutes * .89 < wait < minutes * 1.11, waits
    feed.town.run("update posting_feed_turn set failures = 60 where id = %s",
                  feed.people.enterprise)
    feed.fetched()
    assert feed.town.one("select due_at < now() + interval '27 hours' from"
                         " posting_feed_turn where id = %s",
                         feed.people.enterprise)
    feed.say(job())
    feed.fetched()
    assert feed.client.get(feed.target).json["failures"] == 0


def test_twenty_fetches_are_kept(feed):
    feed.elsewhere.pages[feed.page] = status(500)
    feed.put()
    feed.fetched(fetch=False)
    for _ in range(21):
        feed.fetched()
    listed = feed.client.get(f"{feed.target}/fetches?limit=15").json
    assert len(listed["items"]) == 15
    rest = feed.client.get(listed["next"]).json
    assert len(rest["items"]) == 5 and rest["next"] is None
    for tag, word in (("en", "neither"), ("zh-CN", "状态码")):
        reply = feed.client.get(f"{feed.target}/fetches?limit=1",
                                headers={"Accept-Language": tag})
        assert word in reply.json["items"][0]["detail"]
        assert "500" in reply.json["items"][0]["detail"]
    whole = feed.client.get(f"{feed.target}/fetches.jsonl")
    assert (whole.status, len(whole.body.splitlines())) == (200, 20)


def test_a_feed_that_rests(feed):
    feed.say(job())
    made = feed.put(is_paused=True)
    assert made["next_fetch_at"] is None
    reply = feed.client.post(f"{feed.target}/fetch")
    assert (reply.status, reply.problem["code"]) == (409, "wrong-state")
    time.sleep(1.5)
    assert not [1 for path, _ in feed.elsewhere.asked if path == feed.page]
    feed.put()
    assert feed.fetched(fetch=False)["outcome"] == "taken"


def test_a_feed_that_is_given_up(feed):
    feed.say(job())
    feed.put(publishes=True)
    feed.fetched(fetch=False)
    assert feed.client.delete(feed.target).status == 428
    assert feed.client.delete(feed.target, headers={
        "If-Match": '"v9"'}).status == 412
    etag = feed.client.get(feed.target).etag
    assert feed.client.delete(feed.target, headers={
        "If-Match": etag}).status == 204
    for target in (feed.target, f"{feed.target}/fetches"):
        assert feed.client.get(target).status == 404
    assert feed.client.post(f"{feed.target}/fetch").status == 404
    assert feed.client.delete(feed.target, headers={
        "If-Match": etag}).status == 404
    assert feed.postings() == {"17": "published"}


def test_an_enterprise_that_is_not_verified_waits(feed):
    feed.say(job())
    feed.town.run("update enterprise set state = 'suspended', actor = %s,"
                  " reason = 'x' where id = %s", NOBODY,
                  feed.people.enterprise)
    feed.put()
    time.sleep(1.5)
    assert not [1 for path, _ in feed.elsewhere.asked if path == feed.page]


# ---- many workers ----

def test_one_at_a_time_whoever_works(feed, near):
    """However often it is asked for, and however many workers there are."""
    _, _, _, url = near
    at_once = []
    lock = threading.Lock()
    inside = [0]

    def answer(request):
        with lock:
            inside[0] += 1
            at_once.append(inside[0])
        time.sleep(0.2)
        with lock:
            inside[0] -= 1
        body = json.dumps([job()]).encode()
        request.send_response(200)
        request.send_header("Content-Type", LD)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    feed.elsewhere.pages[feed.page] = answer
    with working(url, **NEAR), working(url, **NEAR):
        feed.put()
        until = time.monotonic() + 4
        while time.monotonic() < until:
            feed.client.post(f"{feed.target}/fetch")
            time.sleep(0.03)
    assert len(at_once) > 5
    assert max(at_once) == 1
    assert feed.postings() == {"17": "draft"}


def test_a_worker_that_dies_leaves_it_to_another(apart, cluster, elsewhere):
    page = "/dies"
    first = threading.Event()

    def answer(request):
        if not first.is_set():
            first.set()
            time.sleep(5)
            return
        body = json.dumps([job()]).encode()
        request.send_response(200)
        request.send_header("Content-Type", LD)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    elsewhere.pages[page] = answer
    with apart(feed_near=1, **SMALL) as (server, name, town):
        feed = Feed(server, town, elsewhere, page)
        dying = Workers(cluster.url(name)).start(
            feed_near=1, lease_ms=1000, feed_ms=20000)
        feed.put()
        assert first.wait(20)
        assert feed.client.get(feed.target).json["is_fetching"]
        dying.kill()
        dying.wait()
        with working(cluster.url(name), feed_near=1, lease_ms=1000,
                     feed_spacing_s=0):
            until = time.monotonic() + 20
            while feed.postings() != {"17": "draft"}:
                assert time.monotonic() < until
                time.sleep(0.05)
        assert town.one("select attempt from posting_feed_turn") == 2
        # asking again and again does not make it a hammer
        with working(cluster.url(name), feed_near=1, feed_spacing_s=3600):
            assert feed.client.post(f"{feed.target}/fetch").status == 202
            time.sleep(1.5)
        assert town.one("select attempt from posting_feed_turn") == 2
        feed.client.close()


def test_nobody_elses(as_role, people, town, server):
    target = f"/v1/enterprises/{people.enterprise}/feed"
    own = as_role("enterprise")
    assert own.put(target, {"url": "https://a.example/feed",
                            "is_paused": True}).status == 200
    office = as_role("office")
    assert office.get(target).status == 200
    assert office.get(f"{target}/fetches").json["items"] == []
    assert office.put(target, {"url": "https://a.example/"}).status == 403
    for role in ("student", "school"):
        assert as_role(role).get(target).status == 403
    other = town.enterprise(people.consortium)
    client = server.client(town.token(people.consortium, town.account(
        people.consortium, "enterprise", other)))
    for method, more in (("GET", ""), ("GET", "/fetches"),
                         ("GET", f"/fetches/{NOBODY}"), ("POST", "/fetch")):
        assert client.ask(method, target + more).status == 404
    assert client.put(target, {"url": "https://a.example/"}).status == 404
    assert client.delete(target, headers={"If-Match": '"v1"'}).status == 404
    assert own.get(f"{target}/fetches/{NOBODY}").status == 404
    client.close()


def test_notes_are_those_of_a_document_handed_in(feed):
    feed.say(job(jobBenefits="五险一金", baseSalary={
        "@type": "MonetaryAmount", "currency": "CNY",
        "value": {"value": 30, "unitText": "HOUR"}}))
    feed.put()
    item, = feed.fetched(fetch=False)["report"]["items"]
    assert members(item["not_understood"]) == ["jobBenefits"]
    assert members(item["assumed"]) == ["baseSalary"]
