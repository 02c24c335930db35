"""The report as a page: whole, in both languages, with each plot's numbers
beside it, one file that runs nothing and needs nothing."""

import base64
import hashlib
import re
import xml.etree.ElementTree as tree

import pytest

from tests.api.graduates import graduate, went
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.placed import day, ward  # noqa: F401 (fixtures)
from tests.api.reported import (REPORT, YEAR, indicators,
                                reported)  # noqa: F401
from tests.api.town import new_id

HOSTILE = '"><script>alert(1)</script>&\'<b>'
SVG = ("svg", "title", "desc", "rect", "path", "text", "circle")
PLOTS = {"shares", "published", "industries", "cohorts", "schools",
         "categories"}
DASH = "–"


class Page:
    """A page read strictly: an element that is not closed is no page."""

    def __init__(self, reply):
        assert reply.status == 200, reply
        assert reply.headers["content-type"] == "text/html; charset=utf-8"
        self.reply, self.text = reply, reply.body.decode()
        kind, rest = self.text.split("\n", 1)
        assert kind == "<!DOCTYPE html>"
        self.root = tree.fromstring(rest)
        self.main = self.root.find("body/main")
        self.figures = self.main.findall("figure")

    def rows(self, table):
        return [["".join(cell.itertext()) for cell in row]
                for row in table.findall("tr")]

    def values(self):
        """{the indicator's name: [target, this period, before, change]}"""
        tables = [table for table in self.main.findall("table")
                  if len(table.find("tr")) == 5]
        assert len(tables) == 3
        return {row[0]: row[1:] for table in tables
                for row in self.rows(table)[1:]}

    def plot(self, name):
        """(the picture, its table) by the picture's id."""
        for figure in self.figures:
            picture, table = figure
            if picture.find("title").get("id") == name + "-t":
                return picture, self.rows(table)
        return None


@pytest.fixture
def page(as_role):
    office = as_role("office")

    def ask(query="", **headers):
        return Page(office.get(f"{REPORT}?{query}", headers={
            "Accept-Language": "zh-CN", **headers}))
    return ask


def shown(item, value):
    """As the page has a value of this unit, in Chinese."""
    if value is None:
        return DASH
    if item["unit"] == "minutes":
        return f"{value // 1440} 天 {value // 60 % 24} 小时 {value % 60} 分"
    if item["unit"] == "share":
        return f"{value / 100:.2f}".rstrip("0").rstrip(".") + "%"
    return str(value)


def test_the_numbers_are_those_of_the_list(reported, page,  # noqa: F811
                                           as_role):
    office = as_role("office")
    for query in ("", f"year={YEAR - 1}", f"from={day(-9)}&to={day(-2)}"):
        found = indicators(office, query, "zh-CN")
        values = page(query).values()
        assert list(values) == [item["name"] for item in found.values()]
        for item in found.values():
            target, now, before, change = values[item["name"]]
            want = shown(item, item["value"])
            if item["unit"] == "share" and item["value"] is not None:
                want += f" ({item['numerator']}/{item['denominator']})"
            assert now == want, item["id"]
            assert before == shown(item, item["before"]["value"])
            if item["change"] is None:
                assert change == DASH
            else:
                sign = "−" if item["change"] < 0 else \
                    "+" if item["change"] > 0 else ""
                assert change == sign + shown(item, abs(item["change"]))
            if item["target"] is None:
                assert target == ""
            else:
                assert target[2:] == shown(item, item["target"])


def test_what_each_number_is_stands_there(reported, page,  # noqa: F811
                                          as_role):
    found = page()
    told = {row.get("id"): "".join(row.itertext())
            for row in found.main.iter("tr") if row.get("id")}
    for item in indicators(as_role("office"), "", "zh-CN").values():
        text = told["of-" + item["id"]]
        for name in ("name", "definition", "formula", "source", "rows"):
            assert item[name] in text, (item["id"], name)
        if item["rows_of"]:
            assert item["rows_of"] in text


def lengths(picture, series):
    """Of the bars, behind the key's own."""
    return [int(part.get("width")) for part in picture.findall("rect")
            if part.get("class") == f"s{series}"][1:]


def number(text):
    if text == DASH:
        return 0
    return float(text.rstrip("%")) if "%" in text else int(text)


def test_every_plot_has_its_numbers_beside(reported, page):  # noqa: F811
    found = page()
    assert {figure[0].find("title").get("id")[:-2]
            for figure in found.figures} == PLOTS
    for name in PLOTS:
        picture, rows = found.plot(name)
        assert picture.tag == "svg" and picture.get("role") == "img"
        assert picture.get("aria-labelledby") == f"{name}-t {name}-d"
        assert picture.find("title").text and picture.find("desc").text
        assert {part.tag for part in picture.iter()} <= set(SVG)
        texts = ["".join(part.itertext()) for part in picture.iter("text")]
        for row in rows[1:]:
            assert row[0] in texts
        _, _, width, height = map(int, picture.get("viewBox").split())
        for part in picture.findall("rect"):
            x, y, wide, high = (int(part.get(name)) for name in
                                ("x", "y", "width", "height"))
            assert 0 <= x and x + wide <= width
            assert 0 <= y and y + high <= height
        if name == "cohorts":
            continue
        for series in range(len(rows[0]) - 1):
            numbers = [number(row[1 + series]) for row in rows[1:]]
            bars = lengths(picture, series)
            assert len(bars) == len(numbers)
            for row, value in zip(rows[1:], numbers):
                assert row[1 + series] in texts
            order = sorted(range(len(bars)), key=lambda i: numbers[i])
            assert [bars[i] for i in order] == sorted(bars), "in their order"


def test_lines_over_cohorts(reported, page):  # noqa: F811
    picture, rows = page().plot("cohorts")
    assert [row[0] for row in rows[1:]] == [
        str(year) for year in range(YEAR - 5, YEAR + 1)]
    assert rows[-1][1:] == ["75%", "50%", "30%"]
    assert rows[-2][1:] == ["100%", "50%", "50%"]
    assert rows[1][1:] == [DASH] * 3
    lines = [part.get("d") for part in picture.findall("path")
             if part.get("class", "").startswith("line")]
    assert len(lines) == 3
    for line in lines:
        assert re.fullmatch(r"M\d+ \d+ L\d+ \d+ ", line), line
    points = re.findall(r"[ML](\d+) (\d+)", lines[0])
    assert int(points[0][1]) < int(points[1][1]), "100% is above 75%"


def test_supply_and_demand_by_category(reported, page, as_role):  # noqa: F811
    """As the statistic has it, all levels of a category together."""
    reply = as_role("office").get(
        f"/v1/statistics/supply-demand?by=category&year={YEAR}")
    want = {}
    for group in reply.json["items"]:
        if group["specialty"]:
            line = want.setdefault(int(group["specialty"]) % 20, [0, 0, 0])
            for place, value in enumerate((
                    group["students"] * 1000,
                    group["openings_mille"]["work"],
                    group["openings_mille"]["listed"])):
                line[place] += value
    _, rows = page().plot("categories")
    assert [[int(cell) for cell in row[1:]] for row in rows[1:]] == [
        [(value + 500) // 1000 for value in want[key]]
        for key in sorted(want) if any(want[key])]
    # 20 graduates; a job, what was doubted, an order class, apprentices
    assert [20, 10 + 1 + 30 + 8, 12 + 30 + 1] in [[int(cell) for cell in row[1:]]
                                                 for row in rows[1:]]


def test_a_small_school_is_hidden(page, town, people, as_role):
    """Three graduates, and a neighbour by which they could be reckoned."""
    other = town.school(people.consortium)
    for school, count in ((people.school, 20), (other, 3)):
        for _ in range(count):
            went(town, people.consortium,
                 graduate(town, people.consortium, school, f"{YEAR}-06-30"),
                 "46")
    found = page()
    rows = found.plot("schools")[1][1:]
    assert len(rows) == 2 and all(row[1:] == [DASH, DASH] for row in rows)
    assert found.plot("cohorts")[1][-1][1] == "100%"
    for _ in range(8):
        graduate(town, people.consortium, other, f"{YEAR}-06-30")
    assert sorted(row[1] for row in page().plot("schools")[1][1:]) == [
        "100%", "27.27%"]


def test_nothing_runs_and_nothing_is_fetched(reported, page,  # noqa: F811
                                             town, people):
    town.run("update consortium set name = %s where id = %s", HOSTILE,
             people.consortium)
    town.run("update school set name = %s, actor = id where id = %s", HOSTILE,
             people.school)
    found = page()
    assert "<script" not in found.text and "<b>" not in found.text
    assert HOSTILE in "".join(found.root.find("body/header/h1").itertext())
    assert HOSTILE in [row[0] for row in found.plot("schools")[1]]
    for part in found.root.iter():
        assert part.tag not in ("script", "iframe", "img", "link", "form",
                                "a", "object", "foreignObject")
        assert not [name for name in part.attrib
                    if name.startswith("on") or name in ("href", "src",
                                                         "style")]
    style = found.root.find("head/style").text
    assert "url(" not in style and "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest())
    policy = found.reply.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest.decode()}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy and "script-src" not in policy
    (said,) = [part.get("content") for part in found.root.iter("meta")
               if part.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith(said)
    assert found.reply.headers["referrer-policy"] == "no-referrer"
    assert "no-store" in found.reply.headers["cache-control"] or \
        "private" in found.reply.headers["cache-control"]


def test_both_languages(reported, page):  # noqa: F811
    chinese = page()
    assert chinese.reply.headers["content-language"] == "zh-CN"
    assert chinese.root.get("lang") == "zh-CN"
    for found in (page("", **{"Accept-Language": "en"}), page("lang=en")):
        assert found.reply.headers["content-language"] == "en"
        assert found.root.get("lang") == "en"
        assert [head.text for head in found.main.iter("h2")][:3] == [
            "Basic", "Substantive", "Negative"]
        assert len(found.values()) == len(chinese.values())
        assert found.values()["Employment rate"][1] == "75% (15/20)"
        assert found.values()["Time from draft to publication"][2] \
            == "0 d 0 h 30 min"
    assert page("lang=zh", **{"Accept-Language": "en"}).root.get("lang") \
        == "zh-CN"


def test_ids_are_distinct_and_heads_in_order(reported, page):  # noqa: F811
    found = page()
    ids = [part.get("id") for part in found.root.iter() if part.get("id")]
    assert len(ids) == len(set(ids))
    assert len(list(found.root.iter("h1"))) == 1
    for table in found.root.iter("table"):
        for row in table.findall("tr"):
            assert row[0].get("scope") in ("row", "col")


def test_an_empty_consortium_has_a_page(page):
    found = page()
    assert "没有数据。" in found.text
    assert {figure[0].find("title").get("id")[:-2]
            for figure in found.figures} == PLOTS - {"schools", "industries", "categories"}


@pytest.mark.parametrize("query, where", [
    ("lang=fr", "lang"), (f"school_id={new_id()}", "school_id")])
def test_what_it_does_not_take(as_role, query, where):
    reply = as_role("office").get(f"{REPORT}?{query}")
    assert reply.status == 400 and reply.wheres() == [where]
