"""Every detail that a fault can have is known in Chinese, and no row of the
table is for something that nobody says."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXT = r'"(?:\\.|[^"\\])*"'


def shape(english):
    """With one mark for whatever differs."""
    return re.sub(r"%(?:\.?\d*l*[sdu]|\d)|%", "%", english)


def literal(texts):
    """Adjacent C strings as one, as they stand between their quotes."""
    return "".join(part[1:-1] for part in re.findall(TEXT, texts))


def said_in_c():
    call = re.compile(rf'\b(?:fail|fail_beyond|fault_set)\(([^;"]*),\s*((?:{TEXT}\s*)+)'
                      rf"(?:,\s*((?:{TEXT}\s*)+)\))?")
    for room in ("flow", "endpoints", "records"):
        for path in sorted((ROOT / "server" / room).glob("*.c")):
            for before, form, first in call.findall(path.read_text("utf-8")):
                text = literal(form)
                if text == "%s":
                    text = literal(first)
                if text and "FAULT_BUG" not in before:
                    yield shape(text)
    table = (ROOT / "server" / "flow" / "oidc_flaws.def").read_text("utf-8")
    for words in re.findall(rf"^OIDC_FLAW\(\w+, \w+, ({TEXT})\)$", table,
                            re.M):
        yield shape(literal(words))
    text = (ROOT / "server" / "wire" / "json.c").read_text("utf-8")
    for words in re.findall(rf"\*why = ({TEXT})", text):
        yield shape(literal(words))
    yield shape(literal(re.search(rf"arena_print\(mem, ({TEXT})", text)[1]))


def said_in_sql():
    """DK004 is a bug of ours, and stays in the log."""
    raised = re.compile(r"raise exception '([^']*)'[^;]*?'(DK\d+)'")
    for path in sorted((ROOT / "schema" / "migrations").glob("*.sql")):
        for words, state in raised.findall(path.read_text("utf-8")):
            if state != "DK004":
                yield shape(words)


def rows():
    table = (ROOT / "server/flow/details.def").read_text("utf-8")
    return re.findall(rf"^DETAIL\(({TEXT}), ({TEXT})\)$", table, re.M)


def test_what_is_said_and_what_is_known_are_the_same():
    said = set(said_in_c()) | set(said_in_sql())
    assert len(said) > 30, "the reader of the sources found too little"
    assert {shape(literal(english)) for english, _ in rows()} == said


def test_both_languages_say_as_much():
    for english, chinese in rows():
        assert sorted(re.findall(r"%\d", english)) \
            == sorted(re.findall(r"%\d", chinese)), english
        assert any(ord(char) > 0x2E80 for char in chinese), english
