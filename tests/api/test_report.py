"""The report as a page: whole, in both languages, with each plot's numbers
beside it, one file that runs nothing and needs nothing."""

import base64
import hashlib
import itertools
import re
import xml.etree.ElementTree as tree

import pytest

from tests.api.graduates import graduate, went
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.placed import day, ward  # noqa: F401 (fixtures)
from tests.api.reported import (REPORT, YEAR, backdate, indicators,
                                many_specialties, reported)  # noqa: F401
from tests.api.test_forecasts import FIRST
from tests.api.test_quadrant import ask as ask_quadrant
from tests.api.town import new_id

HOSTILE = '"><script>alert(1)</script>&\'<b>'
SVG = ("svg", "title", "desc", "rect", "path", "text", "circle")
PLOTS = {"shares", "published", "industries", "cohorts", "schools",
         "categories"}
QUADRANT = "quadrant-secondary"
DASH = "–"
# Of the picture with points: the edges, and how large letters are at most.
LEFT, RIGHT, TOP, BOTTOM = 62, 620, 46, 416
LETTER, WIDE, ASCENT, DESCENT, DOT = 8, 14, 12, 4, 4


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
        tables = [table for table in self.main.findall("div/table")
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
            for figure in found.figures} == PLOTS | {QUADRANT}
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


# ---- the quadrant ----

def span(values):
    """Where an axis of these begins and ends."""
    for step in (100, 200, 500, 1000, 2000):
        low = min(values) // step * step
        high = -(-max(values) // step) * step
        if high - low <= 5 * step:
            return low, high
    return None


def text_box(part):
    x, y = int(part.get("x")), int(part.get("y"))
    width = sum(LETTER if c.isascii() else WIDE for c in part.text)
    left = {"start": x, "end": x - width, "middle": x - width // 2}[
        part.get("text-anchor")]
    return left, y - ASCENT, left + width, y + DESCENT


def touch(one, other):
    return one[0] < other[2] and other[0] < one[2] and \
        one[1] < other[3] and other[1] < one[3]


@pytest.fixture
def cohorts(town, people):
    many_specialties(town, people)


def test_the_quadrant_is_that_of_the_statistic(cohorts, page, as_role):
    told = ask_quadrant(as_role("office"))
    found = page()
    (path,) = [code.text for code in found.main.iter("code")
               if code.text.startswith("/v1/statistics/quadrant")]
    assert as_role("office").get(path).json["items"] == told["items"]
    assert f"{FIRST - 2}–{FIRST - 1}" in "".join(found.main.itertext())
    items = [item for item in told["items"] if item["level"] == "secondary"]
    shown = [item for item in items if item["quadrant"]]
    assert 10 < len(shown) < len(items)
    assert {item["outside"] for item in items} == {None, "hidden"}
    mean = told["means"][0]
    rates = [[one[name]["rate"] for one in shown]
             for name in ("further_study", "placed")]
    axes = [span(values + [mean[name]["rate"]]) for values, name in zip(
        rates, ("further_study", "placed"))]

    def place(study, placed):
        return (LEFT + (study - axes[0][0]) * (RIGHT - LEFT)
                // (axes[0][1] - axes[0][0]),
                BOTTOM - (placed - axes[1][0]) * (BOTTOM - TOP)
                // (axes[1][1] - axes[1][0]))

    picture, _ = found.plot(QUADRANT)
    dots = [(int(dot.get("cx")), int(dot.get("cy")))
            for dot in picture.findall("circle")]
    assert dots == [place(*both) for both in zip(*rates)]
    x, y = place(mean["further_study"]["rate"], mean["placed"]["rate"])
    (lines,) = [part.get("d") for part in picture.findall("path")
                if part.get("class") == "mean"]
    assert lines == f"M{x} {TOP} V{BOTTOM} M{LEFT} {y} H{RIGHT}"
    (row,) = [row for table in found.main.findall("table")
              for row in found.rows(table) if row[0].startswith("中职")
              and len(row) == 8]
    assert row[1:] == [
        percent(mean["placed"]), percent(mean["further_study"]),
        *[str(sum(one["quadrant"] == name for one in items))
          for name in ("Q1", "Q2", "Q3", "Q4")],
        str(sum(one["outside"] is not None for one in items))]
    assert (row[0] == "中职 *") == (not mean["is_of_all"])


def percent(rate):
    return f"{rate['rate'] / 100:.2f}".rstrip("0").rstrip(".") + "%"


def test_names_in_the_quadrant_lie_on_nothing(cohorts, page, as_role):
    items = {item["specialty_name"]: item for item in ask_quadrant(
        as_role("office"))["items"] if item["quadrant"]}
    picture, rows = page().plot(QUADRANT)
    named = [row[0] for row in rows[1:]]
    assert len(named) >= 8
    for row in rows[1:]:
        item = items[row[0]]
        assert row[1:] == [item["quadrant"], str(item["graduates"]),
                           percent(item["placed"]),
                           percent(item["further_study"])]
    assert max(sum(items[name]["quadrant"] == quadrant for name in named)
               for quadrant in ("Q1", "Q2", "Q3", "Q4")) <= 3
    assert [row[1] for row in rows[1:]] == sorted(row[1] for row in rows[1:])
    texts = [text_box(part) for part in picture.iter("text")
             if part.text in named or part.text in ("Q1", "Q2", "Q3", "Q4")]
    assert len(texts) == len(named) + 4
    assert not any(touch(*two) for two in itertools.combinations(texts, 2))
    (lines,) = [part.get("d") for part in picture.findall("path")
                if part.get("class") == "mean"]
    x, y = map(int, re.fullmatch(r"M(\d+) .* M\d+ (\d+) .*", lines).groups())
    for text in texts:
        assert not touch((x, TOP, x, BOTTOM), text), "on a line"
        assert not touch((LEFT, y, RIGHT, y), text), "on a line"
    for dot in picture.findall("circle"):
        x, y = int(dot.get("cx")), int(dot.get("cy"))
        assert not any(touch((x - DOT, y - DOT, x + DOT, y + DOT), text)
                       for text in texts)


def test_who_has_no_graduates_has_no_quadrant(page):
    heads = list(page().main)
    (at,) = [i for i, part in enumerate(heads) if part.get("id") == "quadrant"]
    assert heads[at + 1].text == "没有数据。"


# ---- the three lists ----

def listed(found):
    return {table.get("id")[5:]: (table.find("caption").text,
                                  found.rows(table)[1:])
            for table in found.main.iter("table")
            if (table.get("id") or "").startswith("list-")}


def test_the_lists_of_the_edition(reported, page):  # noqa: F811
    evidence = ["中职", "90", "85.2% (−3.10)", "20%", DASH, "1.23"]
    found = page()
    assert listed(found) == {
        "strengthen": ("重点建设: 1", [["机电技术应用", *evidence]]),
        "upgrade": ("改造升级: 1", [["电气设备运行与控制 *", *evidence]]),
        "restrict": ("限制撤销: 1", [["物联网应用技术",
                                 *evidence]])}
    text = "".join(found.main.itertext())
    assert f"/v1/specialty-lists/{reported.list}" in text
    assert f"专业清单（截至 {YEAR - 1} 届，{day(0)} 公布）" in text
    before = page(f"year={YEAR - 1}")
    assert {name: len(rows) for name, (_, rows) in listed(before).items()} \
        == {"strengthen": 1, "upgrade": 1, "restrict": 1}
    assert f"{YEAR - 1}-01-01 公布" in "".join(before.main.itertext())
    none = page(f"year={YEAR - 2}")
    assert listed(none) == {}
    assert "期末前未公布专业清单。" in "".join(none.main.itertext())


def name_of(reported, code):  # noqa: F811
    return reported.town.one("select name from specialty_node where code = %s",
                             code)


def test_long_lists_are_cut(reported, page):  # noqa: F811
    codes = [code for code, in reported.town.run(
        "select code from specialty where level = 'secondary' and is_current"
        " order by code limit 20")]
    reported.edition(f"{YEAR - 3}-01-01T00:30:00+08:00", {
        (code, True): "upgrade" for code in codes})
    caption, rows = listed(page(f"year={YEAR - 3}"))["upgrade"]
    assert caption == "改造升级: 20（列出毕业生最多的 15 个）"
    assert [row[0] for row in rows] == [name_of(reported, code)
                                        for code in codes[:15]]


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
    backdate(town, "update specialty_list set name = %s where id = %s",
             HOSTILE, reported.list)
    found = page()
    assert "<script" not in found.text and "<b>" not in found.text
    assert HOSTILE in "".join(found.root.find("body/header/h1").itertext())
    assert HOSTILE in [row[0] for row in found.plot("schools")[1]]
    assert HOSTILE in "".join(found.main.itertext())
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
