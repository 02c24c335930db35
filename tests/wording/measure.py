#!/usr/bin/python3
"""How well the words of real advertisements are read.

    measure.py WORDING_FIND [--show]

Labels (labels.csv) are the rules that an advertisement's words break, given by
reading all of the part not built on that hold a word which may be one of these
(TRIGGER). Whoever wrote the phrases had looked at such words in all of the
advertisements, so this says how well they fit, not what they do with others.
No texts are here. Exit status 77: the advertisements are not here.
"""

import argparse
import collections
import csv
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "named"))
import adverts  # noqa: E402

TRIGGER = re.compile(
    "男|女|未婚|已婚|已育|户籍|户口|籍贯|民族|汉族|宗教|残疾|乙肝|985|211|双一流"
    "|名校|职校|技校|职高|押金|[交缴收][^。；;,，]{0,6}费|培训费|体检费|服装费|保证金"
    "|身份证|重复|流水线|本地人|本市|外地|外省")
OF_POSTINGS = {"discrimination", "discrimination-doubt", "fees", "fees-doubt",
               "simple-labour"}
LEAST_PRECISION, LEAST_RECALL = 0.90, 0.80


def find(program, texts):
    """Of each text the rules that its words break, as far as they are for
    postings, and the words."""
    reply = subprocess.run(
        [program], check=True, stdout=subprocess.PIPE,
        input=b"".join(text.encode() + b"\0" for text in texts))
    for text, line in zip(texts, reply.stdout.decode().splitlines()):
        found = {}
        for item in line.split():
            rule, at, count = item.split(":")
            if rule in OF_POSTINGS:
                found[rule] = text[int(at):int(at) + int(count)]
        yield found


def labels():
    with open(HERE / "labels.csv", encoding="utf-8", newline="") as file:
        return {row["posting"]: set(row["rules"].split())
                for row in csv.DictReader(file)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    texts = adverts.all_of_them()
    if not texts:
        print("no ../shared/postings here: nothing measured")
        return 77
    found = list(find(given.program, [one.text for one in texts]))
    every = collections.Counter(rule for rules in found for rule in rules)
    print(f"{len(texts)} advertisements:", dict(every))
    rest = [(one, rules) for one, rules in zip(texts, found)
            if not one.is_for_building]
    known = labels()
    assert set(known) == {one.key for one, _ in rest
                          if TRIGGER.search(one.text)}
    right = wrong = missed = 0
    for one, rules in rest:
        want = known.get(one.key, set())
        right += len(want & set(rules))
        wrong += len(set(rules) - want)
        missed += len(want - set(rules))
        if given.show and want != set(rules):
            print(f"    {one.key} label {sorted(want)} found {rules}")
    precision = right / max(right + wrong, 1)
    recall = right / max(right + missed, 1)
    print(f"{len(rest)} not built on, {len(known)} with a word to look at:"
          f" {right} right, {wrong} wrong, {missed} missed;"
          f" precision {precision:.2f}, recall {recall:.2f}")
    return 0 if precision >= LEAST_PRECISION and recall >= LEAST_RECALL else 1


if __name__ == "__main__":
    sys.exit(main())
