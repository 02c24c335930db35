"""What any page for people is held to. A check takes what is seen of a page
and gives a list of what is wrong: nothing, if it is as it should be.

from  WCAG 2.1 AA; docs/report.md, "The page"; docs/postings.md, "For
      everybody"
"""

import urllib.parse

from tests.browser.chrome import A4_POINTS, sheets

PHONE, SMALL_PHONE, DESK, WIDE = 360, 320, 1280, 2560
PAPER = 680         # A4 without 15 mm on each side, in CSS pixels
PRINTED_MAX = 40    # sheets


def silent(sight):
    """Nothing on the console, nothing missing, nothing from elsewhere."""
    flaws = [f"console: {line}" for line in sight.said]
    home = urllib.parse.urlsplit(sight.url).netloc
    for url, outcome in sight.requests:
        if url.startswith(("data:", "about:")):
            continue
        if urllib.parse.urlsplit(url).netloc != home:
            flaws.append(f"asks another host: {url}")
        elif outcome != 200:
            flaws.append(f"missing ({outcome}): {url}")
    if not any(url == sight.url for url, _ in sight.requests):
        flaws.append("was never asked for")
    return flaws


def fits(sight, width):
    """Nothing is scrolled sideways but boxes of their own."""
    sight.media()
    sight.size(width, is_phone=width <= PHONE)
    return sight.ask("return fits(arguments[0])", width)


def readable(sight, scheme):
    """Every text has the contrast of WCAG 2.1 AA (1.4.3)."""
    sight.size(DESK)
    sight.media(scheme=scheme)
    return sight.ask("return contrast()")


def structured(sight):
    """Landmarks, headings, tables, ids and links."""
    return sight.ask("return [...landmarks(), ...headings(), ...tables(),"
                     " ...ids(), ...links()]")


def named(sight):
    """Pictures are told to whoever does not see them, as one each."""
    return [f"a picture is {role} '{name}'"
            for role, name in sight.named("svg, img")
            if role not in ("image", "img") or not name.strip()]


def drawn(sight, width=DESK):
    """Texts of plots lie on nothing, and within the plot."""
    if not sight.ask("return document.querySelector('svg')"):
        return []
    sight.media()
    sight.size(width, is_phone=width <= PHONE)
    return sight.ask("return plots()")


def printed(sight):
    """All is on A4, nothing cut at the right."""
    sight.media("print")
    sight.size(PAPER)
    flaws = sight.ask("return isWholeOnPaper(arguments[0])", PAPER)
    sight.media()
    return flaws


def on_sheets(sight):
    """A PDF of A4 comes out."""
    found = sheets(sight.pdf())
    if not 1 <= len(found) <= PRINTED_MAX:
        return [f"{len(found)} sheets"]
    return [f"a sheet of {size}, not A4" for size in found
            if any(abs(one - other) > 2
                   for one, other in zip(size, A4_POINTS))]


def scriptless(sight, without):
    """Runs no script; without: the same page where none can run."""
    flaws = sight.ask("return scripts()")
    text = "return document.documentElement.textContent"
    if sight.ask(text) != without:
        flaws.append("another text where scripts are off")
    return flaws


def guarded(sight, elsewhere):
    """Its policy holds: what a text that slips through might do, fails;
    elsewhere: the address of a picture."""
    return sight.tried("attempts(...arguments)", elsewhere)


def tongues(sight):
    """Where a page in Chinese goes on in English, it says so (3.1.2)."""
    return sight.ask("return tongues()")


def spoken(sight, language, own, others=()):
    """What the page says itself (elements of `own`) is in its language;
    others: what is written alike in both."""
    return sight.ask("return words(...arguments)", language, own,
                     list(others))
