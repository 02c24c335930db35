"""What a page tells whoever reads it: of a posting what it is, whatever it is
called; of the report the numbers of the API, and where their rows are."""

import json

import pytest

from tests.api.reported import indicators
from tests.api.test_public_postings import HOSTILE
from tests.api.test_report import shown
from tests.browser import checks
from tests.browser.checks import DESK, PHONE, SMALL_PHONE
from tests.browser.city import ENDLESS, LANGUAGES

BACKWARDS = "\u202e倒写 שלום"


def facts(sight):
    """{heading: value} as they are seen."""
    return sight.ask("""
        return Object.fromEntries([...document.querySelectorAll(
            'table.facts tr')].map(row =>
            [row.cells[0].innerText, row.cells[1].innerText]))""")


def json_ld(sight):
    (text,) = sight.ask("return [...document.scripts].map(one => one.text)")
    return json.loads(text)


def test_a_posting_is_told(seen, city):
    page = city.public()
    for language, words in (
            ("zh-CN", {"企业": "湖城机械", "报酬": "3200–3800 元/月",
                       "工作地点": "湖滨路 1 号", "类型": "实习"}),
            ("en", {"Enterprise": "湖城机械", "Kind": "Internship",
                    "Pay": "CNY 3200 to 3800 a month",
                    "Place": "湖滨路 1 号"})):
        sight = seen(page, language).sight
        assert sight.ask("return document.querySelector('h1').innerText") == \
            "数控车床操作实习生"
        told = facts(sight)
        for name, value in words.items():
            assert value in told[name]
        made = json_ld(sight)
        assert made["@type"] == "JobPosting"
        assert made["title"] == "数控车床操作实习生"
        assert made["hiringOrganization"]["name"] in told.values()


@pytest.fixture(scope="module", params=[HOSTILE, "超长" * 15 + ENDLESS,
                                        BACKWARDS],
                ids=["script", "endless", "backwards"])
def hostile(seen, city, request):
    text = request.param
    page = city.public(title=text, description=f"{text}\n{text}",
                       address=text, required_skills=[text[:40]])
    return text, seen(page, "zh-CN")


def test_whatever_it_is_called_is_shown(hostile):
    text, view = hostile
    sight = view.sight
    sight.size(DESK)
    assert sight.ask("return document.querySelector('h1').innerText") == text
    assert sight.ask("return document.querySelector('p.lines').innerText"
                     ) == f"{text}\n{text}"
    assert text in facts(sight)["工作地点"]
    assert json_ld(sight)["title"] == text


def test_whatever_it_is_called_it_is_a_sound_page(hostile):
    _, view = hostile
    assert checks.silent(view.sight) == []
    assert checks.scriptless(view.sight, view.without_scripts) == []
    assert checks.structured(view.sight) == []
    for width in (SMALL_PHONE, PHONE, DESK):
        assert checks.fits(view.sight, width) == []
    assert checks.printed(view.sight) == []


def test_the_list_of_the_reference_can_be_skipped(chrome, city):
    """By keys: the first that Tab comes to leads past it."""
    sight = chrome.open(city.url(city.pages["docs"]))
    sight.size(DESK)
    sight.press("Tab")
    assert sight.ask("""
        const box = document.activeElement.getBoundingClientRect();
        return [document.activeElement.className, box.left >= 0,
            box.top >= 0, box.right <= innerWidth, box.width > 50]""") == [
        "skip", True, True, True, True]
    sight.press("Enter")
    assert sight.ask("return location.hash") == "#main"
    sight.press("Tab")
    assert sight.ask("""return document.querySelector('main').contains(
        document.activeElement)""")


@pytest.mark.parametrize("name", [HOSTILE[:30], ENDLESS[:30]])
def test_whatever_an_enterprise_calls_its_posts(seen, city, name):
    city.town.run("update post_category set name = %s, actor = id where"
                  " enterprise_id = %s", name, city.people.enterprise)
    page = city.statement()
    for language in LANGUAGES:
        view = seen(page, language)
        sight = view.sight
        assert checks.silent(sight) == []
        assert checks.scriptless(sight, view.without_scripts) == []
        assert checks.fits(sight, PHONE) == []
        assert checks.printed(sight) == []
        assert name in sight.ask("""return [...document.querySelectorAll(
            'td.name')].map(one => one.innerText)""")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_has_the_numbers_of_the_api(seen, city, language):
    sight = seen(city.pages["report"], language).sight
    rows = sight.ask("""
        return [...document.querySelectorAll('.wide tr')].map(
            row => [...row.cells].map(cell => cell.innerText))""")
    told = {row[0]: row[1:] for row in rows}
    found = indicators(city.office, "", language)
    assert len(found) > 30
    for item in found.values():
        number = told[item["name"]][1]
        if item["unit"] == "share" and item["value"] is not None:
            parts = f" ({item['numerator']}/{item['denominator']})"
            assert number == shown(item, item["value"]) + parts
        elif item["unit"] != "minutes" or language == "zh-CN":
            assert number == shown(item, item["value"])


def test_the_rows_behind_each_number_can_be_had(seen, city):
    sight = seen(city.pages["report"], "zh-CN").sight
    paths = sight.ask("""
        return Object.fromEntries([...document.querySelectorAll(
            'tr[id^=of-]')].map(row => [row.id.slice(3), [
            ...row.querySelectorAll('td code')].map(one => one.innerText)]))
        """)
    found = indicators(city.office)
    assert set(paths) == set(found)
    for name, item in found.items():
        assert paths[name] == [path for path in (item["rows"],
                                                 item["rows_of"]) if path]
    for path in {path for some in paths.values() for path in some}:
        assert city.office.get(path).status == 200, path
