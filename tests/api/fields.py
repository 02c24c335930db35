"""Structured Fields (RFC 9651), as much as RateLimit and Deprecation need:
lists of strings, tokens, integers, dates, each with parameters."""

import re

STRING = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])*)"')
TOKEN = re.compile(r"[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*")
INTEGER = re.compile(r"-?\d{1,15}(?![\d.])")
DATE = re.compile(r"@(-?\d{1,15})(?![\d.])")
KEY = re.compile(r"[a-z*][a-z0-9_.*-]*")
COMMA = re.compile(r"[ \t]*,[ \t]*")


class Reader:
    def __init__(self, text):
        self.text, self.at = text, 0

    def take(self, pattern):
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def bare(self):
        for pattern, made in ((STRING, lambda m: re.sub(r"\\(.)", r"\1",
                                                        m[1])),
                              (DATE, lambda m: ("date", int(m[1]))),
                              (INTEGER, lambda m: int(m[0])),
                              (TOKEN, lambda m: ("token", m[0]))):
            found = self.take(pattern)
            if found:
                return made(found)
        raise AssertionError(f"no item at {self.at} of {self.text!r}")

    def item(self):
        value, parameters = self.bare(), {}
        while self.text[self.at:self.at + 1] == ";":
            self.at += 1
            self.take(re.compile(" *"))
            key = self.take(KEY)
            assert key, f"no key at {self.at} of {self.text!r}"
            parameters[key[0]] = True
            if self.text[self.at:self.at + 1] == "=":
                self.at += 1
                parameters[key[0]] = self.bare()
        return value, parameters


def read_list(text):
    """[(value, parameters)]; AssertionError if it is no such list."""
    reader = Reader(text.strip(" "))
    found = [reader.item()]
    while reader.at < len(reader.text):
        assert reader.take(COMMA), f"no comma at {reader.at} of {text!r}"
        found.append(reader.item())
    return found


def read_item(text):
    found = read_list(text)
    assert len(found) == 1, text
    return found[0]
