#!/usr/bin/python3
"""duikou-matcher explain, as a user runs it: what it says in both languages,
the layout of its JSON, and what it refuses.

Usage: test_explain.py DUIKOU_MATCHER INSTANCES
"""
import copy
import glob
import json
import os
import subprocess
import sys
import tempfile
import unittest

MATCHER, INSTANCES = sys.argv[1], sys.argv[2]

INSTANCE = {
    "format": "duikou-placement/1",
    "seed": "spring",
    "groups": [
        {"id": "e1", "parent": None, "lower": 3, "upper": 4},
        {"id": "e1/weld", "parent": "e1", "lower": 2, "upper": 2},
        {"id": "e2", "parent": None, "lower": 2},
        {"id": "e3", "parent": None, "lower": 2},
    ],
    "postings": [
        {"id": "p1", "group": "e1/weld", "capacity": 1},
        {"id": "p2", "group": "e1", "capacity": 2},
        {"id": "p3", "group": "e2", "capacity": 2},
        {"id": "p4", "group": "e3", "capacity": 2},
        {"id": "p5", "group": None, "capacity": 1, "ranking": ["s3", "s1"]},
    ],
    "students": [
        {"id": "s1", "lottery": 11, "choices": [
            {"posting": "p1", "score": 9}, {"posting": "p5", "score": 1}]},
        {"id": "s2", "lottery": 12, "choices": [
            {"posting": "p1", "score": 7}, {"posting": "p2", "score": 3}]},
        {"id": "s3", "lottery": 13, "choices": [
            {"posting": "p5"}, {"posting": "p3", "score": 4},
            {"posting": "p4", "score": 3}]},
        {"id": "s4", "lottery": 14, "choices": [
            {"posting": "p5", "score": 10}, {"posting": "p3", "score": 2},
            {"posting": "p4", "score": 5}]},
        {"id": "s5", "lottery": 15, "choices": [
            {"posting": "p1", "score": 9}]},
    ],
}

S5_TEXT = """\
student "s5", mode stable: unplaced; choices listed: 1

choice 1, posting "p1": refused by lottery, with the same rank and score \
and a higher number
  own key: rank -, score 9, lottery 15
  cutoff:  rank -, score 9, lottery 11
  binds:   posting "p1", 1 of 1 seats taken
"""

E1_TEXT = """\
group "e1", mode stable: placed 2, floor 3, cap 4, short by 1
  students who listed something here: 3
    placed here: 2
    refused here, and unplaced: 1
  of the refused: by postings and caps inside the group 1, by a cap above it 0
  A root group that is short in one stable outcome is short in all of them: no
  other stable placement helps.
  the most that any placement has here, whatever becomes of other floors: 2
  so this floor cannot be met at all:
    needed 3, reachable 2
      seats of posting "p1": 1
      students who can fill the rest: 1 (s2)
"""

S2_LAYOUT = """\
 "student": "s2",
 "received": {"posting": "p2", "score": 3, "choice": 2},
 "own_move": null,
 "choices": [
  {"choice": 1, "posting": "p1", "received": false, "acceptable": true, \
"by": "score", "gap": 2, "key": {"rank": null, "score": 7, "lottery": 12}, \
"cutoff": {"rank": null, "score": 9, "lottery": 11, "binding": "p1"}},
  {"choice": 2, "posting": "p2", "received": true, "acceptable": true, \
"by": null, "gap": null, "key": {"rank": null, "score": 3, "lottery": 12}, \
"cutoff": null}
 ]
}
"""


def run(*arguments, **options):
    return subprocess.run([MATCHER, *arguments], capture_output=True,
                          text=True, timeout=60, **options)


class Explain(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = scratch.name
        self.instance = os.path.join(self.dir, "instance.json")
        self.save(INSTANCE)
        self.env = {name: value for name, value in os.environ.items()
                    if name not in ("LC_ALL", "LANG")}

    def save(self, instance):
        with open(self.instance, "w") as file:
            json.dump(instance, file)

    def result(self, mode="stable", instance=None):
        out = os.path.join(self.dir, mode + ".json")
        got = run("place", "--mode", mode, "--in", instance or self.instance,
                  "--out", out)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        return out

    def ask(self, mode, *what, instance=None, env=None):
        got = run("explain", "--in", instance or self.instance, "--result",
                  self.result(mode, instance), *what, env=env or self.env)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        return got.stdout

    def json(self, mode, *what, **more):
        return json.loads(self.ask(mode, *what, "--format", "json", **more))

    def test_text(self):
        self.assertEqual(self.ask("stable", "--student", "s5"), S5_TEXT)
        self.assertEqual(self.ask("stable", "--group", "e1"), E1_TEXT)
        for mode, what, words in [
            ("stable", ("--student", "s2"),
             ["placed at posting \"p2\", choice 2 of 2, score 3\n",
              "refused, the score is short by 2\n",
              "choice 2, posting \"p2\": received, nothing on its path is "
              "full\n"]),
            ("stable", ("--student", "s1"), ["own key is the cutoff"]),
            ("stable", ("--student", "s4"),
             ["does not list the student\n"]),
            ("stable", ("--posting", "p1"),
             ["listed it: 3\n    placed here: 1\n    refused by score: 1\n"
              "    refused by lottery: 1\n"]),
            ("stable", ("--group", "e2"),
             ["in mode stable floors do not bind"]),
            ("optimal", ("--group", "e2"),
             ["    needed 4, reachable 2\n"
              "      floor of group \"e2\": 2\n"
              "      floor of group \"e3\": 2\n"
              "      students who can fill the rest: 2 (s3, s4)\n"]),
        ]:
            with self.subTest(what=what):
                text = self.ask(mode, *what)
                for word in words:
                    self.assertIn(word, text)

    def test_only_these_students_listed_it(self):
        instance = copy.deepcopy(INSTANCE)
        instance["postings"][1]["capacity"] = 9
        instance["postings"][0]["capacity"] = 9
        instance["students"].pop()
        self.save(instance)
        for mode in ("stable", "optimal"):
            self.assertIn("only these 2 students listed it acceptably, 3 are "
                          "needed (s1, s2)\n",
                          self.ask(mode, "--group", "e1"))

    def test_languages(self):
        chinese = "学生“s5”，模式 stable：未安排；所填志愿 1 个\n"
        what = ("--student", "s5")
        for env, more, wanted in [
            ({}, (), S5_TEXT),
            ({"LANG": "zh_CN.UTF-8"}, (), chinese),
            ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"}, (), chinese),
            ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, (), S5_TEXT),
            ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, (), chinese),
            ({"LANG": "zh_CN.UTF-8"}, ("--lang", "en"), S5_TEXT),
            ({}, ("--lang", "zh"), chinese),
        ]:
            with self.subTest(env=env, more=more):
                text = self.ask("stable", *what, *more,
                                env={**self.env, **env})
                self.assertTrue(text.startswith(wanted), text)
        for mode in ("stable", "optimal"):
            for kind, ids in [("--student", "s1 s2 s3 s4 s5"),
                              ("--group", "e1 e1/weld e2"),
                              ("--posting", "p1 p5")]:
                for name in ids.split():
                    text = self.ask(mode, kind, name, "--lang", "zh")
                    self.assertRegex(text, "[一-鿿]")
                    for word in ("placed ", "choice", "floor", "{", "}"):
                        self.assertNotIn(word, text)

    def test_json_of_students(self):
        text = self.ask("stable", "--student", "s2", "--format", "json")
        self.assertTrue(text.endswith(S2_LAYOUT), text)
        got = json.loads(text)
        self.assertEqual(list(got)[:3], ["format", "mode", "instance_sha256"])
        self.assertEqual(got["format"], "duikou-placement-explanation/1")
        got = self.json("stable", "--student", "s5")
        self.assertIsNone(got["received"])
        self.assertEqual(got["choices"][0]["by"], "lottery")
        got = self.json("stable", "--student", "s4")
        self.assertEqual(
            [(c["by"], c["acceptable"]) for c in got["choices"]],
            [("ranking", False), (None, True)])

    def test_json_of_students_at_prices(self):
        result = self.result("optimal")
        with open(result) as file:
            prices = {(kind, line["id"]): line
                      for kind, lines in json.load(file)["certificate"].items()
                      for line in lines}
        path = {"p3": [("postings", "p3"), ("groups", "e2")],
                "p4": [("postings", "p4"), ("groups", "e3")],
                "p5": [("postings", "p5")]}
        got = self.json("optimal", "--student", "s4")
        self.assertEqual(len(got["choices"]), 3)
        for line in got["choices"]:
            cost = [prices.get(node, {}) for node in path[line["posting"]]]
            wanted = {"shortfall": 0, "placed": 1,
                      "score": line["key"]["score"]}
            for price in cost:
                for member in wanted:
                    wanted[member] -= price.get(member, 0)
            self.assertEqual(line["value"], wanted)
            self.assertNotIn("cutoff", line)
            if line["received"]:
                self.assertEqual(set(line["lack"].values()), {0})

    def test_json_of_postings(self):
        got = self.json("stable", "--posting", "p1")
        del got["instance_sha256"]
        self.assertEqual(got, {
            "format": "duikou-placement-explanation/1", "mode": "stable",
            "posting": "p1", "capacity": 1, "placed": 1,
            "cutoff": {"rank": None, "score": 9, "lottery": 11,
                       "binding": "p1"},
            "students": {"listed": 3, "placed": 1, "content": 0,
                         "refused": {"ranking": 0, "seats": 0, "rank": 0,
                                     "score": 1, "lottery": 1,
                                     "posting": 0}}})
        got = self.json("optimal", "--posting", "p5")
        self.assertEqual(got["students"]["listed"], 3)
        self.assertEqual(got["students"]["unacceptable"], 1)
        self.assertEqual(sorted(got["cost"]), ["placed", "score", "shortfall"])

    def test_json_of_groups(self):
        got = self.json("optimal", "--group", "e2")
        for member in ("instance_sha256", "price", "placed", "shortfall"):
            del got[member]
        self.assertEqual(got, {
            "format": "duikou-placement-explanation/1", "mode": "optimal",
            "group": "e2", "lower": 2, "upper": None,
            "one_more": {"seat": None, "floor": {
                "shortfall": -1, "placed": 0, "score": 0}},
            "students": {"listed": 2, "placed": 1, "unacceptable": 0,
                         "elsewhere": 1, "unplaced": 0},
            "reach": {"needed": 2, "reachable": 2, "nodes": [],
                      "students": {"count": 2, "units": 2,
                                   "first": ["s3", "s4"]}},
            "witness": {"needed": 4, "reachable": 2, "nodes": [
                {"group": "e2", "floor": 2}, {"group": "e3", "floor": 2}],
                "students": {"count": 2, "units": 2,
                             "first": ["s3", "s4"]}}})
        got = self.json("stable", "--group", "e1")
        self.assertTrue(got["short_in_all_stable"])
        self.assertNotIn("witness", got)
        self.assertEqual(got["reach"]["nodes"],
                         [{"posting": "p1", "seats": 1, "times": 1}])
        got = self.json("stable", "--group", "e1/weld")
        self.assertFalse(got["short_in_all_stable"])

    def test_one_more(self):
        """As placing anew says, in words and numbers."""
        instance = {
            "format": "duikou-placement/1", "seed": "more",
            "groups": [{"id": "g", "parent": None, "upper": 2},
                       {"id": "h", "parent": None, "lower": 1}],
            "postings": [{"id": "a", "group": "g", "capacity": 1},
                         {"id": "b", "group": "g", "capacity": 1},
                         {"id": "c", "group": "h", "capacity": 1}],
            "students": [
                {"id": "s1", "choices": [{"posting": "a", "score": 9},
                                         {"posting": "c", "score": 2}]},
                {"id": "s2", "choices": [{"posting": "a", "score": 5}]},
                {"id": "s3", "choices": [{"posting": "b", "score": 5}]},
            ]}
        self.save(instance)
        before = self.placed_objective()
        self.assertEqual(before, {"shortfall": 0, "placed": 3, "score": 12})
        nothing = {"shortfall": 0, "placed": 0, "score": 0}
        for kind, name, option, wanted in [
            ("--posting", "a", "--set-capacity", nothing),
            ("--posting", "c", "--set-capacity", nothing),
            ("--group", "g", "--set-cap", nothing),
        ]:
            got = self.json("optimal", kind, name)["one_more"]
            number = 3 if name == "g" else 2
            self.assertEqual(got["seat"], wanted)
            self.assertEqual(self.placed_objective(
                option, "%s=%d" % (name, number)), before)
        instance["students"].append(
            {"id": "s4", "choices": [{"posting": "a", "score": 7}]})
        instance["groups"][0]["upper"] = 9
        self.save(instance)
        before = self.placed_objective()
        after = self.placed_objective("--set-capacity", "a=2")
        got = self.json("optimal", "--posting", "a")["one_more"]
        self.assertEqual(got, {"seat": {
            "shortfall": 0, "placed": 1,
            "score": after["score"] - before["score"]}})
        self.assertIn("one more seat here would change (shortfall, placed, "
                      "score) for the better by (0, 1, 5)\n",
                      self.ask("optimal", "--posting", "a"))
        self.assertIn("a floor higher by one would change them by (-1, 0, 0)"
                      "\n", self.ask("optimal", "--group", "h"))
        self.assertNotIn("one_more", self.json("stable", "--posting", "a"))

    def placed_objective(self, *change):
        out = os.path.join(self.dir, "what-if.json")
        got = run("place", "--mode", "optimal", "--in", self.instance,
                  "--out", out, *change)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        with open(out) as file:
            return json.load(file)["objective"]

    def test_an_own_move(self):
        """s3 frees the cap that refused s2 its first choice, too late."""
        instance = {
            "format": "duikou-placement/1", "seed": "own",
            "groups": [{"id": "g", "parent": None, "upper": 1}],
            "postings": [{"id": "a", "group": "g", "capacity": 1},
                         {"id": "b", "group": "g", "capacity": 1}],
            "students": [
                {"id": "s1", "lottery": 1, "choices": [
                    {"posting": "a", "score": 1},
                    {"posting": "b", "score": 9}]},
                {"id": "s2", "lottery": 2, "choices": [
                    {"posting": "b", "score": 5}]}],
        }
        self.save(instance)
        got = self.json("stable", "--student", "s1")
        self.assertEqual(got["own_move"], "a")
        self.assertEqual(got["choices"][0]["by"], "score")
        self.assertEqual(got["choices"][0]["gap"], 8)
        self.assertEqual(got["choices"][0]["cutoff"]["binding"], "g")
        self.assertIn("own move: posting \"a\"",
                      self.ask("stable", "--student", "s1"))

    def test_what_cannot_be_asked(self):
        result = self.result()
        explain = ["explain", "--in", self.instance, "--result", result]
        one = "explain needs one of --student, --group and --posting"
        for more, words in [
            ([], one),
            (["--student", "s1", "--group", "e1"], one),
            (["--student", "s1", "--group", "e1", "--posting", "p1"], one),
            (["--student", "s9"], "there is no student \"s9\""),
            (["--student", "e1"], "there is no student \"e1\""),
            (["--student", ""], "there is no student \"\""),
            (["--student", "s" * 300], "there is no student"),
            (["--group", "s1"], "there is no group \"s1\""),
            (["--posting", "p9"], "there is no posting \"p9\""),
            (["--student"], "--student needs a value"),
            (["--student", "s1", "--student", "s2"], "is given twice"),
            (["--student", "s1", "--format", "xml"],
             "there is no format \"xml\""),
            (["--student", "s1", "--lang", "fr"],
             "there is no language \"fr\""),
            (["--student", "s1", "--out", "x"],
             "there is no option \"--out\""),
        ]:
            with self.subTest(more=more):
                got = run(*explain, *more)
                self.assertEqual((got.returncode, got.stdout), (2, ""))
                self.assertIn(words, got.stderr)
        got = run("explain", "--in", self.instance, "--student", "s1")
        self.assertIn("explain needs --result", got.stderr)

    def test_what_is_not_sound_is_not_explained(self):
        result = self.result()
        with open(result) as file:
            told = json.load(file)
        told["objective"]["score"] += 1
        with open(result, "w") as file:
            json.dump(told, file)
        for what in (("--student", "s1"), ("--group", "e1"),
                     ("--posting", "p1")):
            got = run("explain", "--in", self.instance, "--result", result,
                      *what)
            self.assertEqual((got.returncode, got.stdout), (1, ""))
            self.assertIn("is not sound, so there is nothing to explain",
                          got.stderr)
            self.assertIn("objective: score ", got.stderr)

    def test_prices_beyond_all_sums(self):
        """A sound certificate may be of any size; its sums are refused."""
        depth = 3000
        names = ["g%04d" % i for i in range(depth)]
        self.save({
            "format": "duikou-placement/1", "seed": "deep",
            "groups": [{"id": name, "upper": 0,
                        "parent": names[i - 1] if i else None}
                       for i, name in enumerate(names)],
            "postings": [{"id": "p", "group": names[-1], "capacity": 1}],
            "students": [{"id": "s", "choices": [{"posting": "p"}]}]})
        result = self.result("optimal")
        with open(result) as file:
            told = json.load(file)
        told["certificate"] = {"postings": [], "groups": [
            {"id": name, "shortfall": 0, "placed": 4 * 10 ** 15, "score": 0}
            for name in names]}
        with open(result, "w") as file:
            json.dump(told, file)
        got = run("verify", "--in", self.instance, "--result", result)
        self.assertEqual(got.returncode, 0, got.stdout)
        got = run("explain", "--in", self.instance, "--result", result,
                  "--student", "s")
        self.assertEqual((got.returncode, got.stdout), (2, ""))
        self.assertIn("pass 63 bits", got.stderr)

    def test_a_full_disk(self):
        result = self.result()
        with open("/dev/full", "w") as full:
            got = subprocess.run(
                [MATCHER, "explain", "--in", self.instance, "--result",
                 result, "--student", "s1"], stdout=full,
                stderr=subprocess.PIPE, text=True, timeout=60)
        self.assertEqual(got.returncode, 2)
        self.assertIn("cannot be written", got.stderr)

    def test_known_instances(self):
        """Whoever did not get a choice is told a reason; sums hold."""
        for path in sorted(glob.glob(INSTANCES + "/*.instance.json")):
            with open(path) as file:
                instance = json.load(file)
            for mode in ("stable", "optimal"):
                with self.subTest(path=os.path.basename(path), mode=mode):
                    self.check_known(path, instance, mode)

    def check_known(self, path, instance, mode):
        result = self.result(mode, path)
        with open(result) as file:
            lines = {line["id"]: line for line in json.load(file)["groups"]}

        def ask(kind, name):
            got = run("explain", "--in", path, "--result", result, kind,
                      name, "--format", "json")
            self.assertEqual((got.returncode, got.stderr), (0, ""))
            return json.loads(got.stdout)

        for student in instance["students"][:6]:
            for line in ask("--student", student["id"])["choices"]:
                if mode == "stable" and not line["received"]:
                    self.assertIsNotNone(line["by"])
        for group in instance["groups"][:6]:
            got = ask("--group", group["id"])
            told = lines[group["id"]]
            for member in ("placed", "lower", "upper", "shortfall"):
                self.assertEqual(got[member], told[member])
            self.assertGreaterEqual(got["reach"]["reachable"], got["placed"])
            if mode == "optimal" and told["shortfall"]:
                self.assertGreaterEqual(got["witness"]["needed"]
                                        - got["witness"]["reachable"],
                                        told["shortfall"])

    def test_the_rural_floor(self):
        path = INSTANCES + "/lq04_rural_floor.instance.json"
        if not os.path.exists(path):
            self.skipTest("there are no instances in " + INSTANCES)
        got = self.json("stable", "--group", "e:R", instance=path)
        self.assertTrue(got["short_in_all_stable"])
        self.assertEqual(got["students"], {
            "listed": 3, "placed": 0, "unacceptable": 0, "content": 3,
            "elsewhere": 0, "unplaced": 0, "turned_inside": 0,
            "turned_above": 0})
        self.assertEqual(got["reach"]["reachable"], 2)
        got = self.json("optimal", "--group", "e:R", instance=path)
        self.assertIsNone(got["witness"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
