"""Each check complains about a page that is bad in its way, and about none
that is good."""

import pytest

from tests.browser import checks
from tests.browser.checks import DESK, PHONE

GOOD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>Good</title></head><body><main>
<h1>Good</h1><p>A text with <a href="#table">a link</a>.</p>
<h2>Table</h2>
<div style="overflow-x: auto"><table id="table">
<tr><th scope="col">Name</th><th scope="col">Value</th></tr>
<tr><th scope="row">One</th><td>1</td></tr></table></div>
<svg viewBox="0 0 200 60" role="img" aria-labelledby="t" width="200">
<title id="t">A plot</title>
<rect x="60" y="5" width="20" height="20" fill="#147"/>
<text x="5" y="20">bar</text><text x="100" y="20">7</text></svg>
{}</main></body></html>"""


def page(body="", head=""):
    return GOOD.replace("{}", body).replace("</head>", head + "</head>")


def plot(inside, more='role="img" aria-label="p"'):
    return page(f'<svg viewBox="0 0 200 60" width="200" {more}>{inside}'
                "</svg>")


def check_all(name):
    """The check by name, with what it takes beside what is seen."""
    given = {"fits": (PHONE,), "readable": ("light",), "drawn": (DESK,),
             "spoken": ("en", "h1, h2, th, p")}
    return lambda sight: getattr(checks, name)(sight, *given.get(name, ()))


BAD = [
    ("silent", page('<script>console.error("broken")</script>'), "broken"),
    ("silent", page("<script>throw new Error('lost')</script>"), "lost"),
    ("silent", page('<img src="/missing.png" alt="x"/>'), "missing"),
    ("silent", page('<link rel="stylesheet" href="OTHER"/>'),
     "asks another host"),
    ("fits", page('<p style="width: 600px">wide</p>'), "wide, not 360"),
    ("fits", page("<p>" + "W" * 90 + "</p>"), "W"),
    ("fits", page('<p style="overflow: hidden; white-space: nowrap;'
                  ' width: 50px">what nobody can see</p>'), "cut at 50"),
    ("fits", page('<table style="width: 50px"><tr><th scope="row">x</th><td>'
                  "2026-01-02</td></tr></table>"), "in several lines"),
    ("readable", page('<p style="color: #777">faint</p>'), "faint"),
    ("readable", page('<div style="opacity: .5"><p>faded</p></div>'),
     "faded"),
    ("readable", page('<p style="color: #fff8; background: #147">thin</p>'),
     "thin"),
    ("readable", page('<p class="x">mark</p>', "<style>.x::before{content:"
                      "'!';color:#ccc}</style>"), "::before"),
    ("readable", plot('<text x="5" y="20" fill="#999">pale</text>'), "pale"),
    ("readable", plot('<rect width="200" height="60" fill="#222"/>'
                      '<text x="5" y="20">dark</text>'), "dark"),
    ("structured", page("</main><main>"), "2 main"),
    ("structured", page().replace("<title>Good<", "<title> <"),
     "a page without title"),
    ("structured", page("<h1>Again</h1>"), "2 h1"),
    ("structured", page("<h4>Deep</h4>"), "a level is skipped"),
    ("structured", page("<h2> </h2>"), "heading without text"),
    ("structured", page("<table><tr><td>1</td></tr></table>"),
     "a cell without heading"),
    ("structured", page("<table><tr><th>A</th></tr></table>"),
     "no heading of anything"),
    ("structured", page("<table><caption>None</caption></table>"),
     "a table without headings"),
    ("structured", page('<p id="table"></p>'), "twice: #table"),
    ("structured", page('<a href="#nowhere">x</a>'), "leads nowhere"),
    ("structured", page('<a href="/"></a>'), "a link without text"),
    ("named", plot("", 'role="img"'), "a picture is"),
    ("named", plot("", ""), "a picture is"),
    ("drawn", plot('<text x="5" y="20">one</text>'
                   '<text x="9" y="24">two</text>'), '"one" lies on'),
    ("drawn", plot('<text x="180" y="20">too long for it</text>'),
     "leaves the picture"),
    ("drawn", plot('<text x="5" y="20">one</text>'
                   '<circle cx="8" cy="16" r="4"/>'), "lies on a circle"),
    ("printed", page('<p style="width: 900px">wide</p>'), "wide, not 680"),
    ("printed", page('<div style="overflow: auto"><p style="width: 900px">'
                     "boxed</p></div>"), "cut at"),
    ("on_sheets", page(head="<style>@page{size:A5}</style>"), "not A4"),
    ("on_sheets", page('<p style="break-before: page">x</p>' * 41),
     "42 sheets"),
    ("scriptless", page("<script>1</script>"), "runs: <script"),
    ("scriptless", page('<p onclick="x()">x</p>'), "runs: <p"),
    ("scriptless", page('<a href="javascript:x()">x</a>'), "runs: <a"),
    ("spoken", page().replace('lang="en"', 'lang="zh-CN"'),
     'the page is in "zh-CN"'),
    ("spoken", page("<h2>标题</h2>"), "another language"),
]


@pytest.fixture
def look(chrome, shelf):
    def at(text, runs_scripts=True, **headers):
        text = text.replace("OTHER", shelf.picture())
        return chrome.open(shelf.put(text, **headers),
                           runs_scripts=runs_scripts)
    return at


def complaints(name, look, text):
    if name != "scriptless":
        return check_all(name)(look(text))
    without = look(text, runs_scripts=False).ask(
        "return document.documentElement.textContent")
    return checks.scriptless(look(text), without)


@pytest.mark.parametrize("name, text, flaw", BAD, ids=[
    f"{name}-{flaw}" for name, _, flaw in BAD])
def test_a_bad_page_is_found_bad(look, name, text, flaw):
    assert flaw in "\n".join(complaints(name, look, text))


@pytest.mark.parametrize("name", sorted({name for name, _, _ in BAD}))
def test_a_good_page_is_found_good(look, name):
    assert complaints(name, look, page()) == []


def test_what_a_policy_forbids_is_found(look):
    sight = look(page("<p style='color: red'>x</p>"),
                 content_security_policy="default-src 'none'")
    assert "Content Security Policy" in "\n".join(checks.silent(sight))


def test_what_a_script_adds_is_found(look):
    text = page("<script>document.body.append('added')</script>")
    assert "another text where scripts are off" in complaints(
        "scriptless", look, text)


def test_a_page_without_policy_is_found(look, shelf):
    sight = look(page())
    assert checks.guarded(sight, shelf.picture()) == [
        "a script runs", "a style of an attribute counts",
        "a picture is fetched"]
    sight = look(page(), content_security_policy="default-src 'none'")
    assert checks.guarded(sight, shelf.picture()) == []


def test_colours_of_the_dark_are_found(look):
    text = page('<p class="x">dim</p>', "<style>:root{color-scheme:light dark}"
                ".x{color:#555}</style>")
    sight = look(text)
    assert checks.readable(sight, "light") == []
    assert "dim" in "\n".join(checks.readable(sight, "dark"))


def test_chinese_that_is_left_out_is_found(look):
    sight = look(page().replace('lang="en"', 'lang="zh-CN"'))
    flaws = checks.spoken(sight, "zh-CN", "h1, h2", ("Table",))
    assert len(flaws) == 1 and '<h1> "Good"' in flaws[0]
    assert checks.spoken(sight, "zh-CN", "h6") == ["says nothing: h6"]


def test_english_that_is_not_called_so_is_found(look):
    words = "what nobody has put into Chinese"
    chinese = page(f"<p>{words}</p>").replace('lang="en"', 'lang="zh-CN"')
    assert checks.tongues(look(page(f"<p>{words}</p>"))) == []
    assert checks.tongues(look(chinese.replace("<p>w", '<p lang="en">w'))) \
        == []
    (flaw,) = checks.tongues(look(chinese))
    assert words in flaw
