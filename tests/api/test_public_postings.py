"""Postings that everybody may read: pages, the sitemap, robots.txt."""

import html.parser
import json
import re
import subprocess
import urllib.parse
import xml.etree.ElementTree

import pytest

from tests.api.firm import NOBODY, PATH, Firm
from tests.api.server import PROGRAM

BASE = "https://jobs.example.org"
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = '</script><script>alert("1")</script> & \'"'


class Page(html.parser.HTMLParser):
    """The visible text, the elements, and the scripts' contents."""

    def __init__(self, body):
        super().__init__()
        self.open, self.text, self.scripts, self.rows = [], [], [], []
        self.links = {}
        self.feed(body.decode())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "link":
            self.links[attributes["rel"]] = attributes["href"]
        if tag == "script":
            assert attributes["type"] == "application/ld+json"
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] == ["script"]:
            self.scripts.append(data)
        elif data.strip():
            self.text.append(data)


@pytest.fixture(scope="module")
def site(apart, proof):
    """A server that knows its address; an enterprise, and what reads it."""
    with apart(public_url=BASE) as (server, _, town):
        server.proof = proof
        people = town.people()
        clients = {role: server.client(people.tokens[role])
                   for role in people.tokens}
        yield Site(server, people, town, clients)


class Site:
    def __init__(self, server, people, town, clients):
        self.people, self.town, self.clients = people, town, clients
        self.anybody = server.client()
        self.firm = Firm(clients["enterprise"], people.enterprise)
        self.slug = town.one("select slug from consortium where id = %s",
                             people.consortium)

    def say(self, is_public):
        path = f"/v1/enterprises/{self.people.enterprise}"
        client = self.clients["enterprise"]
        reply = client.patch(path, {"postings_are_public": is_public},
                             headers={"If-Match": client.get(path).etag})
        assert reply.status == 200
        assert reply.json["postings_are_public"] is is_public
        return reply

    def page(self, posting, **more):
        return self.anybody.get(
            f"/postings/{self.slug}/{posting['id']}",
            **{"headers": {"Accept-Language": "zh-CN"}, **more})

    def listed(self):
        """The pages of all sitemaps, as the index leads to them."""
        found = []
        for place in self.locations("/sitemap.xml", "sitemap"):
            found += self.locations(place, "url")
        return found

    def locations(self, path, element):
        reply = self.anybody.get(path)
        assert reply.status == 200, reply
        assert reply.headers["content-type"] == "application/xml"
        root = xml.etree.ElementTree.fromstring(reply.body)
        for entry in root:
            assert entry.tag == SITEMAPS + element
            assert re.fullmatch(r"20\d\d-\d\d-\d\dT[\d:.]+Z",
                                entry.findtext(SITEMAPS + "lastmod"))
        places = [entry.findtext(SITEMAPS + "loc") for entry in root]
        assert all(place.startswith(BASE + "/") for place in places)
        return [place.removeprefix(BASE) for place in places]


def test_nothing_is_public_unless_the_enterprise_says_so(site):
    posting = site.firm.open()
    assert site.page(posting).status == 404
    assert site.listed() == []
    before = site.clients["office"].get(
        f"/v1/enterprises/{site.people.enterprise}").json
    assert before["postings_are_public"] is False
    after = site.say(True)
    assert after.json["state"] == "verified"
    assert site.page(posting).status == 200
    assert f"/postings/{site.slug}/{posting['id']}" in site.listed()
    site.say(False)
    assert site.page(posting).status == 404
    assert site.listed() == []


def test_a_page_says_all_and_runs_nothing(site):
    site.say(True)
    posting = site.firm.open(
        title=HOSTILE, description=f"第一行 {HOSTILE}\n第二行",
        required_skills=["机械识图", HOSTILE[:20]], pay_min_fen=320005,
        targets=["660103", "6601", "4601"],
        min_education="associate")
    reply = site.page(posting)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src" not in reply.headers["content-security-policy"]
    assert reply.headers["content-security-policy"].startswith(
        "default-src 'none'")
    assert reply.headers["content-language"] == "zh-CN"
    page = Page(reply.body)
    assert not page.open, "an element is not closed"
    shown = "".join(page.text)
    for text in (HOSTILE, f"第一行 {HOSTILE}\n第二行", "3200.05–3800 元/月",
                 "机械识图", "高职（专科）及以上", "2027-03-01 – 2027-08-31",
                 "杭州市", "实习"):
        assert text in shown, text
    names = [row[0] for row in site.town.run(
        "select name from specialty_node where code = any (%s)"
        " group by name order by min(code)", posting["targets"])]
    assert len(names) == len(posting["targets"]) - 1, "one name, two levels"
    assert "、".join(names) in shown
    assert page.links["canonical"] == \
        f"{BASE}/postings/{site.slug}/{posting['id']}"
    assert site.anybody.get(page.links["stylesheet"]).status == 200
    (script,) = page.scripts
    told = site.clients["enterprise"].get(
        f"{PATH}/{posting['id']}/job-posting").json
    own = told.pop("urn:duikou:posting")
    assert own["@type"] == "@json"
    assert json.loads(script) == told


def test_a_page_in_english(site):
    site.say(True)
    posting = site.firm.open(pay_min_fen=350000, pay_max_fen=350000)
    for more in ({"headers": {"Accept-Language": "en"}}, {}):
        path = "" if more else "?lang=en"
        reply = site.anybody.get(
            f"/postings/{site.slug}/{posting['id']}{path}", **more)
        assert reply.headers["content-language"] == "en"
        shown = "".join(Page(reply.body).text)
        assert "CNY 3500 a month" in shown and "Internship" in shown
    assert site.anybody.get(
        f"/postings/{site.slug}/{posting['id']}?lang=fr").status == 400


def test_only_what_is_open_has_a_page(site):
    site.say(True)
    draft = site.firm.add()
    closed = site.firm.open()
    assert site.page(closed).status == 200
    reply = site.clients["enterprise"].post(
        f"{PATH}/{closed['id']}/close", {"reason": "招满"})
    assert reply.status == 200, reply
    held = site.firm.open(school=site.clients["school"],
                          kind="apprenticeship", targets=["660103"])
    for posting in (draft, closed, held, {"id": NOBODY}):
        assert site.page(posting).status == 404
        assert posting["id"] not in " ".join(site.listed())
    assert site.anybody.get(f"/postings/nobody/{draft['id']}").status == 404
    assert site.anybody.get(f"/postings/{site.slug}/no-id").status == 404


def test_of_a_suspended_enterprise_nothing_is_public(site):
    site.say(True)
    posting = site.firm.open()
    path = f"/v1/enterprises/{site.people.enterprise}"
    office = site.clients["office"]
    assert office.post(path + "/suspend", {"reason": "核查"}).status == 200
    assert site.page(posting).status == 404 and site.listed() == []
    assert office.post(path + "/verify").status == 200
    assert site.page(posting).status == 200


def test_sitemaps_of_many_postings(site):
    """10,000 a sitemap, each posting once."""
    site.say(True)
    seed = site.firm.open()
    columns = [row[0] for row in site.town.run(
        "select column_name from information_schema.columns where"
        " table_name = 'posting' and column_name not in ('id', 'ref',"
        " 'ref_system') and is_generated = 'NEVER' and"
        " identity_generation is null")]
    names = ", ".join(columns)
    site.town.run("alter table posting disable trigger user")
    site.town.run(
        f"insert into posting (id, {names}) select gen_random_uuid(), {names}"
        " from posting, generate_series(1, 10050) where id = %s", seed["id"])
    site.town.run("alter table posting enable trigger user")
    index = site.locations("/sitemap.xml", "sitemap")
    assert len(index) == 2
    first, second = (site.locations(place, "url") for place in index)
    assert len(first) == 10000
    listed = first + second
    assert len(set(listed)) == len(listed) == site.town.one(
        "select count(*) from posting where consortium_id = %s and"
        " state = 'published' and kind in ('internship', 'job')",
        site.people.consortium)
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(index[1]).query)
    site.town.run("delete from posting where enterprise_id = %s and ref is"
                  " null and title = %s and id <> %s and not exists (select"
                  " from change where subject_id = posting.id)",
                  site.people.enterprise, seed["title"], seed["id"])
    assert query["page"] == ["2"]
    assert site.anybody.get(index[1]).status == 404
    assert len(site.locations("/sitemap.xml", "sitemap")) == 1


@pytest.mark.parametrize("query, missing", [
    ("consortium=x", ["enterprise_id", "page"]),
    (f"enterprise_id={NOBODY}&page=1", ["consortium"])])
def test_a_sitemap_is_named_whole(site, query, missing):
    reply = site.anybody.get(f"/sitemap.xml?{query}")
    assert reply.status == 400
    assert reply.wheres() == missing


def test_without_an_address(client):
    assert client.get("/sitemap.xml").status == 404
    reply = client.get("/robots.txt")
    assert reply.body == b"User-agent: *\nDisallow: /v1/\n"


def test_robots_are_led_to_the_sitemap(site):
    reply = site.anybody.get("/robots.txt")
    assert reply.headers["content-type"].startswith("text/plain")
    assert reply.body.decode().splitlines()[-1] == \
        f"Sitemap: {BASE}/sitemap.xml"


@pytest.mark.parametrize("url", ["jobs.example.org", "https://a.example/x",
                                 "ftp://a.example", "https://"])
def test_an_address_that_is_none(url):
    run = subprocess.run([PROGRAM, "serve"], capture_output=True, timeout=60,
                         env={"DUIKOU_PUBLIC_URL": url,
                              "DATABASE_URL": "postgresql:///none"})
    assert run.returncode != 0
    assert b"DUIKOU_PUBLIC_URL" in run.stderr
