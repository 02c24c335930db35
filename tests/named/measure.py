#!/usr/bin/python3
"""How well the specialties that real advertisements demand are found.

    measure.py NAMED_FIND [--show] [--results FILE]

--show names the texts that were read otherwise than labelled; --results puts
the table into tests/bench/RESULTS.md or another file.

Labels (labels.csv) are class codes as the associate level writes them, two
digits for a whole category, `any` where every specialty is welcome, `other`
for a field that has no class in the catalogue; empty: nothing is demanded. They
were given by reading the texts, before the program had seen them. Exit status
77: the advertisements are not here.
"""

import argparse
import collections
import csv
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parents[1]))
import adverts  # noqa: E402
from tests.bench import report  # noqa: E402

HEADING = "Specialties named in real advertisements"
LISTS = adverts.ROOT / "schema" / "reference"
STEPS = {"2": "4", "3": "5", "6": "4", "7": "5", "4": "4", "5": "5"}
LEAST_PRECISION, LEAST_RECALL = 0.90, 0.85


def rows_of(name):
    with open(LISTS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def folded(code):
    """The code on the associate level: 7102 and 3102 are 5102."""
    return STEPS[code[0]] + code[1:]


def names():
    """Each name with the class or category it stands for, and its level."""
    found = collections.defaultdict(set)
    level = {}
    for row in rows_of("specialties.csv"):
        for name, code, word in ((row["name"], row["class_code"], "name"),
                                 (row["class_name"], row["class_code"],
                                  "class name"),
                                 (row["category_name"], row["category_code"],
                                  "category name")):
            found[name].add(folded(code))
            level.setdefault(name, word)
    for row in rows_of("specialty_aliases.csv"):
        found[row["alias"]] = set(row["codes"].split(";")) - {""} or {"other"}
        level[row["alias"]] = "alias"
    return dict(found), level


def find(program, texts, known):
    """Per text: list of (name, bytes of the evidence)."""
    ordered = sorted(known)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write("".join(name + "\n" for name in ordered))
        file.flush()
        reply = subprocess.run(
            [program, file.name], check=True, stdout=subprocess.PIPE,
            input=b"".join(text.encode() + b"\0" for text in texts))
    for text, line in zip(texts, reply.stdout.decode().splitlines()):
        raw, out = text.encode(), []
        for item in line.split():
            which, at, count = item.split(":")
            seen = raw[int(at):int(at) + int(count)].decode()
            name = "any" if which == "any" else ordered[int(which)]
            assert which == "any" or seen == name
            out.append(name)
        yield out


def codes_of(found, known):
    return {code for name in found
            for code in ({"any"} if name == "any" else known[name])}


def percent(part, whole):
    return f"{part} of {whole} ({100 * part / max(whole, 1):.1f} %)"


def coverage(which, texts, known, level):
    """Rows of the table: what there is to find, and what is found."""
    says = [t for t in texts if "专业" in t[0].text]
    mapped = [t for t in texts
              if any(c not in ("any", "other") for c in codes_of(t[1], known))]
    named = [t for t in texts if t[1]
             and codes_of(t[1], known) != {"any"}]
    by_name = [t for t in mapped
               if any(level.get(n) not in (None, "alias") for n in t[1])]
    return [
        (f"{which}: texts with the word 专业", percent(len(says), len(texts))),
        (f"{which}: texts with a class or category found",
         percent(len(mapped), len(texts))),
        (f"{which}: of those found to name a field, with a class",
         percent(len(mapped), len(named))),
        (f"{which}: found by official names alone",
         percent(len(by_name), len(texts)))]


def score(pairs):
    """(label, found) sets -> counts of codes."""
    right = sum(len(want & got) for want, got in pairs)
    return right, sum(len(got) for _, got in pairs), \
        sum(len(want) for want, _ in pairs)


def judge(labels, texts, known, show):
    """Rows of the table, and whether precision and recall are as promised."""
    pairs = []
    for advert, found in texts:
        want, got = labels[advert.key], codes_of(found, known)
        pairs.append((want, got))
        if show and want != got:
            print(f"    {advert.key} label {sorted(want)} found"
                  f" {sorted(got)}")
    bare = [(w - {"other"}, g - {"other"}) for w, g in pairs]
    right, got, want = score(bare)
    demanding = [p for p in bare if p[0]]
    named = [(w, g) for w, g in pairs if w - {"any"}]
    rows = [
        ("sample: texts that demand a specialty, or say none is asked",
         percent(len(demanding), len(pairs))),
        ("sample: codes found that are right (precision)",
         percent(right, got)),
        ("sample: right codes that are found (recall)", percent(right, want)),
        ("sample: of texts that name a field, with a right class",
         percent(sum(bool(w & g - {"other"}) for w, g in named),
                 len(named))),
        ("sample: of texts that demand, with just the right codes",
         percent(sum(w == g for w, g in demanding), len(demanding))),
        ("sample: of all texts, read just as labelled",
         percent(sum(w == g for w, g in bare), len(bare)))]
    return rows, (right / got >= LEAST_PRECISION
                  and right / want >= LEAST_RECALL)


def record(path, rows):
    table = "\n".join(f"| {what} | {share} |" for what, share in rows)
    report.put(path, HEADING, f"""`./duikou.sh bench named`, {report.today()}.

| | |
|---|---:|
{table}

Real advertisements (51job Shanghai, 5iai Guangzhou 2023), each text once. The
aliases were read from the `build` part, which is told apart by the hash of the
text; the sample are 200 of the rest, labelled by reading before the program
had seen them (tests/named/labels.csv has labels, no texts). Codes are classes,
or categories where no class was meant.
""")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--results", type=pathlib.Path)
    given = parser.parse_args()
    found = adverts.all_of_them()
    if not found:
        print("no ../shared/postings here: nothing measured")
        return 77
    known, level = names()
    texts = list(zip(found, find(given.program, [a.text for a in found],
                                 known)))
    rows = coverage("build", [t for t in texts if t[0].is_for_building],
                    known, level)
    rows += coverage("the rest",
                     [t for t in texts if not t[0].is_for_building],
                     known, level)
    with open(HERE / "labels.csv", encoding="utf-8", newline="") as file:
        labels = {row["posting"]: set(row["codes"].split())
                  for row in csv.DictReader(file)}
    assert set(labels) == {a.key for a in adverts.sample(found)}
    more, is_as_promised = judge(
        labels, [t for t in texts if t[0].key in labels], known, given.show)
    rows += more
    print("\n".join(f"{what}: {share}" for what, share in rows))
    if given.results:
        record(given.results, rows)
    return 0 if is_as_promised else 1


if __name__ == "__main__":
    sys.exit(main())
