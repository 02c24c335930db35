#!/usr/bin/python3
"""duikou-matcher compare, as a user runs it: known answers, the layout of its
JSON, tables that line up in both languages, and changes before and after.

Usage: test_compare.py DUIKOU_MATCHER INSTANCES
"""
import copy
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import unittest

MATCHER, INSTANCES = sys.argv[1], sys.argv[2]

INSTANCE = {
    "format": "duikou-placement/1",
    "seed": "spring",
    "groups": [
        {"id": "e1", "parent": None, "upper": 1},
        {"id": "e1/a", "parent": "e1", "lower": 1},
        {"id": "企业二", "parent": None, "lower": 0},
    ],
    "postings": [
        {"id": "p1", "group": "e1/a", "capacity": 1},
        {"id": "p2", "group": "e1", "capacity": 1},
        {"id": "p3", "group": "企业二", "capacity": 1},
        {"id": "p4", "group": None, "capacity": 1},
    ],
    "students": [
        {"id": "s1", "lottery": 1, "choices": [
            {"posting": "p2", "score": 9}, {"posting": "p3", "score": 4},
            {"posting": "p4", "score": 1}]},
        {"id": "s2", "lottery": 2, "choices": [
            {"posting": "p1", "score": 3}]},
        {"id": "s3", "lottery": 3, "choices": [
            {"posting": "p3", "score": 2}, {"posting": "p4", "score": 2}]},
        {"id": "s4", "lottery": 4, "choices": []},
    ],
}

# stable: s1 at p2, s3 at p3; optimal: s1 at p3 (or p4), s2 at p1, s3 beside.
LAYOUT = """\
{
 "format": "duikou-placement-comparison/1",
 "counts": {"students": 4, "choices": 6, "postings": 4, "groups": 3},
 "changes": [],
 "before": {
  "instance_sha256": "SHA256",
  "stable": {"shortfall": 1, "placed": 2, "unplaced": 2, "score": 11, \
"mean_score_hundredths": 550, "mean_choice_hundredths": 100, \
"blocking_pairs": 0, "blocking_students": 0},
  "optimal": {"shortfall": 0, "placed": 3, "unplaced": 1, "score": 9, \
"mean_score_hundredths": 300, "mean_choice_hundredths": 167, \
"blocking_pairs": 1, "blocking_students": 1},
  "price_of_stability": {"shortfall": 1, "placed": 1, "score": -2},
  "price_of_optimality": {"blocking_pairs": 1, "blocking_students": 1},
  "students": {"same": 1, "prefer_stable": 2, "prefer_optimal": 1},
  "choices": [
   {"from": 1, "to": 1, \
"stable": {"students": 2, "share_ten_thousandths": 5000}, \
"optimal": {"students": 1, "share_ten_thousandths": 2500}},
   {"from": 2, "to": 2, \
"stable": {"students": 0, "share_ten_thousandths": 0}, \
"optimal": {"students": 2, "share_ten_thousandths": 5000}},
   {"from": 3, "to": 3, \
"stable": {"students": 0, "share_ten_thousandths": 0}, \
"optimal": {"students": 0, "share_ten_thousandths": 0}}
  ],
  "list_lengths": [
   {"from": 0, "to": 0, "students": 1, \
"stable": {"placed": 0, "first_choice": 0, "score": 0, \
"mean_score_hundredths": null}, \
"optimal": {"placed": 0, "first_choice": 0, "score": 0, \
"mean_score_hundredths": null}},
   {"from": 1, "to": 1, "students": 1, \
"stable": {"placed": 0, "first_choice": 0, "score": 0, \
"mean_score_hundredths": null}, \
"optimal": {"placed": 1, "first_choice": 1, "score": 3, \
"mean_score_hundredths": 300}},
   {"from": 2, "to": 2, "students": 1, \
"stable": {"placed": 1, "first_choice": 1, "score": 2, \
"mean_score_hundredths": 200}, \
"optimal": {"placed": 1, "first_choice": 0, "score": 2, \
"mean_score_hundredths": 200}},
   {"from": 3, "to": 3, "students": 1, \
"stable": {"placed": 1, "first_choice": 1, "score": 9, \
"mean_score_hundredths": 900}, \
"optimal": {"placed": 1, "first_choice": 0, "score": 4, \
"mean_score_hundredths": 400}}
  ],
  "roots": [
   {"id": "e1", "lower": 0, "upper": 1, \
"stable": {"placed": 1, "shortfall": 1}, \
"optimal": {"placed": 1, "shortfall": 0, "one_more": \
{"seat": {"shortfall": 0, "placed": 0, "score": 5}, \
"floor": {"shortfall": 0, "placed": 0, "score": 0}}}},
   {"id": "企业二", "lower": 0, "upper": null, \
"stable": {"placed": 1, "shortfall": 0}, \
"optimal": {"placed": 1, "shortfall": 0, "one_more": \
{"seat": null, "floor": {"shortfall": 0, "placed": 0, "score": 0}}}}
  ],
  "placed_outside": {"stable": 0, "optimal": 1}
 },
 "after": null,
 "effect": null
}
"""

ENGLISH = """\
students: 4, choices: 6, postings: 4, groups: 3, of them roots: 2

                  stable  optimal
shortfall              1        0
placed                 2        3
unplaced               2        1
total score           11        9
mean score          5.50     3.00
mean choice         1.00     1.67
blocking pairs         0        1
students in them       0        1

what each mode gives up against the other (below 0: gains)
  price of stability:  shortfall 1, placed 1, score -2
  price of optimality: blocking pairs 1, students in them 1
  students: 1 get the same in both, 2 prefer stable, 1 prefer optimal

choice received  stable          optimal
1                     2  50.00%        1  25.00%
2                     0   0.00%        2  50.00%
3                     0   0.00%        0   0.00%
none                  2  50.00%        1  25.00%

                          stable                            optimal
choices listed  students  placed  first choice  mean score   placed  \
first choice  mean score
0                      1       0             0           -        0  \
           0           -
1                      1       0             0           -        1  \
           1        3.00
2                      1       1             1        2.00        1  \
           0        2.00
3                      1       1             1        9.00        1  \
           0        4.00

                            stable         optimal
root group     floor   cap  placed  short   placed  short
e1                 0     1       1      1        1      0
企业二             0  none       1      0        1      0
(in no group)                    0               1
short: with the groups in it

mode optimal: how much better each would be if the cap of one root were one \
higher
root group  shortfall  placed  total score
e1                  0       0            5
"""

WHAT_IF = """\
学生 4 人，志愿 6 个，岗位 4 个，组 3 个，其中根组 2 个

假设：
  组“e1”的上限：无，原为 1
  组“企业二”的下限：2，原为 0
  岗位“p4”的名额：0，原为 1

              稳定        最优
              改前  改后  改前  改后
下限缺口         1     1     0     1
已安排           2     3     3     3
未安排           2     1     1     1
总分            11    14     9    14
平均分        5.50  4.67  3.00  4.67
平均志愿位次  1.00  1.00  1.67  1.00
阻塞对           0     0     1     0
涉及的学生       0     0     1     0
"""


def columns(text):
    """The columns of a terminal that a text takes."""
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else
               2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


def ends(line):
    """Where the cells of a line of a table end: numbers stand to the right."""
    return [columns(line[:found.end()])
            for found in re.finditer(r"\S+(?: \S+)*", line)]


def run(*arguments, **options):
    return subprocess.run([MATCHER, *arguments], capture_output=True,
                          text=True, timeout=60, **options)


class Compare(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = scratch.name
        self.instance = self.save("instance.json", INSTANCE)

    def save(self, name, document):
        path = os.path.join(self.dir, name)
        with open(path, "w") as file:
            json.dump(document, file)
        return path

    def text(self, *arguments, instance=None, lang="en"):
        got = run("compare", "--in", instance or self.instance, "--lang", lang,
                  *arguments)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        return got.stdout

    def json(self, *arguments, instance=None):
        return json.loads(self.text("--format", "json", *arguments,
                                    instance=instance))

    def test_layout(self):
        with open(self.instance, "rb") as file:
            sha256 = hashlib.sha256(file.read()).hexdigest()
        self.assertEqual(self.text("--format", "json"),
                         LAYOUT.replace("SHA256", sha256))

    def test_english(self):
        self.assertEqual(self.text(), ENGLISH)
        self.assertEqual(self.text("--format", "text"), ENGLISH)

    def test_chinese(self):
        text = self.text(lang="zh")
        self.assertRegex(text, "下限缺口 +1 +0\n")
        self.assertIn("  稳定的代价：下限缺口 1，安排人数 1，总分 -2\n", text)
        self.assertIn("\n企业二           0    无       1     0       1     0\n"
                      "（不属于组）                   0             1\n", text)
        by_locale = run("compare", "--in", self.instance,
                        env={"LC_ALL": "zh_CN.UTF-8"}).stdout
        self.assertEqual(by_locale, text)
        self.assertEqual(run("compare", "--in", self.instance,
                             env={"LANG": "C"}).stdout, ENGLISH)

    CHANGES = ["--set-capacity", "p4=0", "--set-floor", "企业二=2",
               "--set-cap", "e1=none"]

    def test_what_if_in_chinese(self):
        text = self.text(*self.CHANGES, lang="zh")
        self.assertTrue(text.startswith(WHAT_IF), text)
        self.assertIn("  稳定：下限缺口 0，安排人数 1，总分 3\n"
                      "        3 名学生不变，0 名变差，1 名变好\n", text)
        self.assertIn("\n受改动影响的根组\n", text)
        self.assertRegex(text, r"\ne1 +0 +1>无 +1 +1 +2 +0 +1 +0 +2 +0\n")
        self.assertRegex(text, r"\n企业二 +0>2 +无 +1 +0 +1 +1 +1 +0 +1 +1\n")

    def test_only_root_groups_that_change_are_told(self):
        text = self.text("--set-cap", "e1=2")
        self.assertIn("\ne1 ", text)
        self.assertNotIn("\n企业二 ", text)
        text = self.text("--set-cap", "e1/a=9")
        self.assertIn("\nno root group has other numbers than before\n", text)
        self.assertNotIn("\ne1 ", text)

    def test_after_is_before_of_the_changed_instance(self):
        changed = os.path.join(self.dir, "changed.json")
        run("convert", "--in", self.instance, "--out", changed, *self.CHANGES)
        report = self.json(*self.CHANGES)
        alone = self.json(instance=changed)
        self.assertEqual(report["after"], alone["before"])
        self.assertEqual(report["before"], self.json()["before"])
        self.assertEqual(report["changes"], [
            {"group": "e1", "number": "upper", "before": 1, "after": None},
            {"group": "企业二", "number": "lower", "before": 0, "after": 2},
            {"posting": "p4", "number": "capacity", "before": 1, "after": 0}])
        for mode in ("stable", "optimal"):
            effect = report["effect"][mode]
            for name in ("shortfall", "placed", "score"):
                self.assertEqual(effect[name], report["after"][mode][name] -
                                 report["before"][mode][name])
            self.assertEqual(effect["same"] + effect["prefer_before"] +
                             effect["prefer_after"], 4)
        self.assertEqual(report["effect"]["optimal"], {
            "shortfall": 1, "placed": 0, "score": 5, "same": 2,
            "prefer_before": 0, "prefer_after": 2})

    def test_the_order_of_changes_means_nothing(self):
        turned = [word for i in range(len(self.CHANGES) - 2, -1, -2)
                  for word in self.CHANGES[i:i + 2]]
        for style in (["--format", "json"], []):
            self.assertEqual(self.text(*style, *turned),
                             self.text(*style, *self.CHANGES))

    def test_known_answers(self):
        for path in glob.glob(INSTANCES + "/*.expected.json"):
            with open(path) as file:
                expected = json.load(file)
            with self.subTest(instance=os.path.basename(path)):
                told = self.json(instance=path.replace(".expected.",
                                                       ".instance."))["before"]
                self.assertEqual(told["stable"]["blocking_pairs"], 0)
                if expected.get("stable"):
                    self.assertEqual(
                        told["stable"]["placed"],
                        len(expected["stable"]["placements"]))
                for name in ("shortfall", "placed", "score"):
                    if expected.get("optimal"):
                        self.assertEqual(told["optimal"][name],
                                         expected["optimal"][name])
                self.check_sums(told)

    def check_sums(self, told):
        for mode in ("stable", "optimal"):
            own = told[mode]
            for name in ("placed", "score"):
                self.assertEqual(own[name], sum(
                    entry[mode][name] for entry in told["list_lengths"]))
            self.assertEqual(own["placed"], sum(
                entry[mode]["students"] for entry in told["choices"]))
            self.assertEqual(own["placed"], told["placed_outside"][mode] + sum(
                entry[mode]["placed"] for entry in told["roots"]))
            self.assertEqual(own["shortfall"], sum(
                entry[mode]["shortfall"] for entry in told["roots"]))
            if own["placed"]:
                self.assertEqual(
                    own["mean_score_hundredths"],
                    (200 * own["score"] + own["placed"]) //
                    (2 * own["placed"]))

    def test_realistic_instances(self):
        path = os.path.join(self.dir, "made.dkp")
        run("generate", "--students", "400", "--seed", "3", "--out", path)
        told = self.json(instance=path)["before"]
        self.check_sums(told)
        self.assertEqual(sum(e["students"] for e in told["list_lengths"]), 400)
        self.assertEqual([e["from"] for e in told["choices"]],
                         [*range(1, 12), 16, 21])
        self.assertEqual(self.text(instance=path), self.text(instance=path))

    def test_tables_line_up_whatever_the_ids(self):
        ids = ["a", "企业", "Ａ１", "한국", "e\u0301cole", "\u200b零", "😀", "ｱ",
               "“q”", "⚡x", "㍿", "𠀀", "かな", "ไทย"]
        instance = copy.deepcopy(INSTANCE)
        instance["groups"] += [{"id": one, "parent": None} for one in ids]
        path = self.save("ids.json", instance)
        for lang in ("en", "zh"):
            lines = self.text(instance=path, lang=lang).splitlines()
            head = next(i for i, line in enumerate(lines)
                        if re.match("root group|根组", line))
            wanted = ends(lines[head])[1:]
            rows = lines[head + 1:head + 1 + 2 + len(ids)]
            self.assertEqual({row.split("  ")[0].strip() for row in rows},
                             {"e1", "企业二", *ids})
            for row in rows:
                self.assertEqual(ends(row)[1:], wanted, row)

    def test_nothing_at_all(self):
        empty = {"format": "duikou-placement/1", "seed": "x", "groups": [],
                 "postings": [], "students": []}
        path = self.save("empty.json", empty)
        told = self.json(instance=path)
        self.assertEqual(told["before"]["choices"], [])
        self.assertEqual(told["before"]["list_lengths"], [])
        self.assertEqual(told["before"]["roots"], [])
        self.assertIsNone(told["before"]["stable"]["mean_score_hundredths"])
        self.assertRegex(self.text(instance=path), r"mean score +- +-\n")

    def test_what_is_refused(self):
        for arguments, words in [
            (["--format", "xml"],
             'there is no format "xml"; the formats are text and json'),
            (["--lang", "fr"],
             'there is no language "fr"; the languages are zh and en'),
            (["--set-cap", "e9=1", "--set-floor", "e1=x"],
             'duikou-matcher: --set-cap e9=1: there is no group "e9"\n'
             "duikou-matcher: --set-floor e1=x: what follows the last = is "
             "no number\n"),
            (["--set-floor", "e1=2"],
             "--set-floor e1=2: the floor of group \"e1\" would be above"),
            (["--mode", "stable"], 'there is no option "--mode"'),
            (["--in", "x"], "--in is given twice"),
        ]:
            with self.subTest(arguments=arguments):
                got = run("compare", "--in", self.instance, *arguments)
                self.assertEqual((got.returncode, got.stdout), (2, ""))
                self.assertIn(words, got.stderr)
        got = run("compare")
        self.assertEqual(got.returncode, 2)
        self.assertIn("compare needs --in", got.stderr)
        got = run("compare", "--in", "/no/such")
        self.assertEqual((got.returncode, got.stdout), (2, ""))
        with open("/dev/full", "w") as full:
            got = subprocess.run([MATCHER, "compare", "--in", self.instance],
                                 stdout=full, stderr=subprocess.PIPE,
                                 text=True, timeout=60)
        self.assertEqual(got.returncode, 2)
        self.assertIn("standard output cannot be written", got.stderr)

    def test_progress(self):
        got = run("compare", "--in", self.instance, "--progress", "--set-cap",
                  "e1=2")
        self.assertEqual(got.stderr.splitlines(), [
            f"reading {self.instance}",
            "placing 4 students in both modes, before and after"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
