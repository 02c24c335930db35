"""Cursors while others write, and totals: what was there all along is seen
once, whatever comes and goes meanwhile."""

import threading

import pytest

from tests.api.firm import Firm
from tests.api.town import Town

ROWS = 60


class Writer:
    """Adds and removes rows until it is told to stop."""

    def __init__(self, change):
        self.change, self.is_over, self.flaw = change, False, None
        self.turns = 0
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        try:
            while not self.is_over:
                self.change()
                self.turns += 1
        except Exception as flaw:   # told by __exit__
            self.flaw = flaw

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over = True
        self.thread.join()
        assert self.flaw is None, self.flaw
        assert self.turns > 0


def walk(client, target):
    seen = []
    while target:
        page = client.say("GET", target)
        assert page.status == 200, page
        seen += [item["id"] for item in page.json["items"]]
        target = page.json["next"]
    return seen


def check_walks(client, target, stay, change, turns=8):
    with Writer(change):
        for _ in range(turns):
            seen = walk(client, target)
            assert len(seen) == len(set(seen)), "something came twice"
            assert set(stay) <= set(seen), "something was passed over"


@pytest.fixture
def writing_town(cluster, database):
    """A connection of the writer's own."""
    town = Town(cluster.dsn(database))
    yield town
    town.close()


def test_students_come_and_go(as_role, people, town, writing_town):
    stay = [str(town.student(people.consortium, people.school))
            for _ in range(ROWS)]

    def change():
        made = [writing_town.student(people.consortium, people.school)
                for _ in range(3)]
        writing_town.run("delete from student where consortium_id = %s and"
                         " id = any(%s)", people.consortium, made[:2])

    check_walks(as_role("school"), "/v1/students?limit=7", stay, change)


def test_postings_are_published_and_closed(server, as_role, people):
    """By moment of publication, the newest first: two columns of a cursor."""
    firm = Firm(as_role("enterprise"), people.enterprise)
    stay = [firm.open()["id"] for _ in range(20)]
    client = server.client(people.tokens["enterprise"])
    other = Firm(client, people.enterprise)

    def change():
        posting = other.open()
        closed = client.post(f"/v1/postings/{posting['id']}/close", {})
        assert closed.status == 200, closed

    for target in ("/v1/postings?limit=3",
                   f"/v1/postings?limit=3&enterprise_id={people.enterprise}"):
        check_walks(as_role("student"), target, stay, change, turns=4)
    client.close()


def test_sessions_begin_and_end(as_role, people, town, writing_town):
    for _ in range(ROWS):
        town.token(people.consortium, people.accounts["office"])
    client = as_role("office")
    stay = walk(client, "/v1/sessions?limit=200")

    def change():
        writing_town.token(people.consortium, people.accounts["office"],
                           hours=0.001)

    check_walks(client, "/v1/sessions?limit=9", stay, change)


@pytest.mark.parametrize("query,total", [
    ("", ROWS + 1), ("&entry_year=2024", ROWS + 1), ("&entry_year=2020", 0),
    ("&limit=1", ROWS + 1)])
def test_totals(as_role, people, town, query, total):
    for _ in range(ROWS):
        town.student(people.consortium, people.school)
    client = as_role("school")
    want = {"Prefer": "count=exact"}
    page = client.get("/v1/students?" + query.lstrip("&"), headers=want)
    assert page.headers["preference-applied"] == "count=exact"
    assert page.json["total"] == total
    plain = client.get("/v1/students?" + query.lstrip("&"))
    assert "total" not in plain.json
    assert "preference-applied" not in plain.headers
    if page.json["next"]:
        again = client.get(page.json["next"], headers=want)
        assert again.json["total"] == total


def test_totals_are_of_what_one_may_see(server, town):
    one, two = town.people(), town.people()
    for _ in range(5):
        town.student(one.consortium, one.school)
    for people, total in ((one, 6), (two, 1)):
        client = server.client(people.tokens["school"])
        assert client.get("/v1/students", headers={
            "Prefer": "respond-async, count=exact"}).json["total"] == total
        client.close()


def test_a_change_without_its_body(as_role, people):
    client = as_role("enterprise")
    path = f"/v1/enterprises/{people.enterprise}"
    known = client.get(path, headers={"Accept-Encoding": "gzip"})
    less = client.patch(path, {"staff_count": 77,
                               "staff_counted_on": "2026-01-01"}, headers={
        "If-Match": known.etag, "Prefer": "return=minimal"})
    assert (less.status, less.body) == (204, b""), less
    assert less.headers["preference-applied"] == "return=minimal"
    assert client.get(path).json["staff_count"] == 77
    assert client.get(path, headers={"If-None-Match": less.etag}).status \
        == 304
