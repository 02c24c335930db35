#!/usr/bin/python3
"""duikou-matcher place --pin as a program: who stays, who moves, and what is
said where that cannot be.

Usage: test_rerun.py DUIKOU_MATCHER
"""
import copy
import json
import os
import random
import sys
import unittest

from cli_case import INSTANCE, CliCase, run


class Rerun(CliCase):
    def rerun(self, mode, changed):
        """Place a changed instance with its pins, verify, and say who is
        where."""
        self.save("instance.json", changed)
        got = run("place", "--mode", mode, "--in", self.instance, "--out",
                  self.out, "--pin")
        self.assertEqual((got.returncode, got.stdout, got.stderr),
                         (0, "", ""))
        got = run("verify", "--in", self.instance, "--result", self.out)
        self.assertEqual((got.returncode, got.stderr), (0, ""), got.stdout)
        with open(self.out) as file:
            result = json.load(file)
        self.assertIs(result["pin"], True)
        return result, {p["student"]: p["posting"]
                        for p in result["placements"]}

    def test_pins_hold_after_a_withdrawal(self):
        """s1 withdraws from p1. A new s5 beats s2 everywhere: s2 keeps p2
        only by a pin, and s5 gets p1."""
        changed = copy.deepcopy(INSTANCE)
        changed["students"][0]["choices"] = []
        changed["students"][1]["pinned"] = "p2"
        changed["students"].append(
            {"id": "s5", "choices": [{"posting": "p2", "score": 9},
                                     {"posting": "p1", "score": 8}]})
        changed["postings"][1]["capacity"] = 1
        for mode in "stable", "optimal":
            result, where = self.rerun(mode, changed)
            self.assertEqual(where, {"s2": "p2", "s3": "p3", "s5": "p1"})
            self.assertEqual(result["objective"],
                             {"shortfall": 0, "placed": 3, "score": 11})
            self.assertEqual(result["unplaced"], ["s1", "s4"])
            self.assertEqual(result["groups"][0], {
                "id": "e1", "placed": 2, "lower": 2, "upper": 2,
                "shortfall": 0})
        result, _ = self.rerun("stable", changed)
        self.assertEqual(result["cutoffs"][1], {
            "posting": "p2", "rank": None, "score": None, "lottery": None,
            "binding": "p2"})

    def test_pins_hold_beside_a_new_posting(self):
        """Everyone is pinned but s4, who finds a seat at the new p4."""
        changed = copy.deepcopy(INSTANCE)
        for student, posting in zip(changed["students"], ("p1", "p2", "p3")):
            student["pinned"] = posting
        changed["postings"].append(
            {"id": "p4", "group": None, "capacity": 1})
        changed["students"][3]["choices"] = [{"posting": "p1", "score": 99},
                                             {"posting": "p4", "score": 1}]
        for mode in "stable", "optimal":
            _, where = self.rerun(mode, changed)
            self.assertEqual(where, {"s1": "p1", "s2": "p2", "s3": "p3",
                                     "s4": "p4"})

    def test_a_pin_that_does_not_hold_is_named(self):
        changed = copy.deepcopy(INSTANCE)
        changed["students"][1]["pinned"] = "p1"
        self.save("instance.json", changed)
        told = self.placed()
        told["pin"] = True
        got = self.verify(told)
        self.assertEqual(got.returncode, 1)
        self.assertEqual(got.stdout, "pin: student \"s2\" is pinned to "
                         "posting \"p1\", and not placed there\n"
                         "not sound: 1 fault\n")

    def test_pins_that_cannot_stand(self):
        changed = copy.deepcopy(INSTANCE)
        changed["students"][0]["pinned"] = "p1"
        changed["students"][1]["pinned"] = "p1"
        changed["students"][3].update(choices=[{"posting": "p3"}],
                                      pinned="p3")
        self.save("instance.json", changed)
        for mode in "stable", "optimal":
            got = run("place", "--mode", mode, "--in", self.instance, "--out",
                      self.out, "--pin")
            self.refused(got, "student \"s4\" is pinned to posting \"p3\", "
                              "whose ranking does not list the student")
            self.assertIn("group \"e1/weld\" has 2 students pinned to it and "
                          "1 seats", got.stderr)
            self.assertIn("the pins cannot all stand, for 2 reasons",
                          got.stderr)

    def place_near(self, mode, changed, previous):
        """Place again from a previous result; the moves that are told."""
        self.save("instance.json", changed)
        before = self.save("before.json", previous)
        told = []
        for more in [], ["--previous", before]:
            got = run("place", "--mode", mode, "--in", self.instance, "--out",
                      self.out, "--pin", "--previous", before)
            self.assertEqual((got.returncode, got.stdout, got.stderr),
                             (0, "", ""))
            got = run("verify", "--in", self.instance, "--result", self.out,
                      *more)
            self.assertEqual(got.returncode, 0, got.stdout)
            self.assertEqual(got.stderr == "", bool(more))
            with open(self.out) as file:
                result = json.load(file)
            told.append([(m["student"], m["from"], m["to"])
                         for m in result["moves"]])
            self.assertIn(", %d moved\n" % len(told[0]), got.stdout)
        self.assertEqual(told[0], told[1])
        return told[0]

    def test_moves_after_a_withdrawal(self):
        """s1 leaves the round; s2 takes the seat, and s4 stays without."""
        before = self.placed()
        changed = copy.deepcopy(INSTANCE)
        del changed["students"][0]
        changed["postings"][2]["ranking"] = ["s3"]
        changed["students"][1]["pinned"] = "p3"
        for mode in "stable", "optimal":
            self.assertEqual(self.place_near(mode, changed, before),
                             [("s2", "p2", "p1")])
        changed["students"][0]["pinned"] = "p2"
        for mode in "stable", "optimal":
            self.assertEqual(self.place_near(mode, changed, before), [])

    def test_moves_where_postings_come_and_go(self):
        """p3 is gone, p0 is new and first for s4, s5 is new and unplaced.
        The previous result has a price of what is gone."""
        before = self.placed()
        before["mode"] = "optimal"
        before["certificate"] = {
            "groups": [],
            "postings": [{"id": "p3", "shortfall": 0, "placed": 1, "score": 2}]}
        changed = copy.deepcopy(INSTANCE)
        changed["postings"][2] = {"id": "p0", "group": None, "capacity": 1}
        del changed["students"][0]["choices"][1]
        changed["students"][2]["choices"] = [{"posting": "p0"}]
        changed["students"][3]["choices"] = [{"posting": "p0", "score": 5}]
        changed["students"].append({"id": "s5", "choices": []})
        for mode in "stable", "optimal":
            self.assertEqual(self.place_near(mode, changed, before),
                             [("s3", "p3", None), ("s4", None, "p0")])

    def test_of_equal_optima_the_one_with_the_fewest_moves(self):
        students = [{"id": name, "choices": [{"posting": "p", "score": 4}]}
                    for name in ("s1", "s2", "s3")]
        changed = dict(INSTANCE, groups=[], students=students, postings=[
            {"id": "p", "group": None, "capacity": 1}])
        self.save("instance.json", changed)
        before = self.placed()
        for name in "s1", "s2", "s3":
            before["placements"][0]["student"] = name
            before["unplaced"] = [s["id"] for s in students
                                  if s["id"] != name]
            self.assertEqual(self.place_near("optimal", changed, before), [])
            with open(self.out) as file:
                result = json.load(file)
            self.assertEqual(result["placements"][0]["student"], name)
            self.assertIn(result["certificate"]["postings"][0]["kept"],
                          (0, 1, 2))
        told = copy.deepcopy(result)
        told["placements"][0]["student"] = "s1"
        told["unplaced"] = ["s2", "s3"]
        told["moves"] = [{"student": "s1", "from": None, "to": "p"},
                         {"student": "s3", "from": "p", "to": None}]
        got = self.verify(told)
        self.assertEqual(got.returncode, 1)
        self.assertIn("certificate: student ", got.stdout)

    def test_faults_of_moves(self):
        before = self.placed()
        changed = copy.deepcopy(INSTANCE)
        changed["students"][0]["choices"] = []
        self.place_near("stable", changed, before)
        with open(self.out) as file:
            sound = json.load(file)
        self.assertEqual(sound["moves"], [
            {"student": "s1", "from": "p1", "to": None},
            {"student": "s2", "from": "p2", "to": "p1"}])
        other = copy.deepcopy(before)
        other["placements"][0]["posting"] = "p3"
        for result, previous, words in [
            (sound, other, "student \"s1\", from \"p3\" to null: listed with "
                           "other places"),
            (dict(sound, moves=sound["moves"][1:]), before,
             "student \"s1\", from \"p1\" to null: not listed in its place"),
            (dict(sound, moves=sound["moves"] + [
                {"student": "s3", "from": "p2", "to": "p3"}]), before,
             "student \"s3\", from \"p3\" to \"p3\": listed, and is no move"),
            ({name: value for name, value in sound.items()
              if name != "moves"}, before, "there are no moves"),
            ({name: value for name, value in sound.items()
              if name != "pin"}, before, "which only a re-run"),
        ]:
            got = run("verify", "--in", self.instance, "--result",
                      self.save("told.json", result), "--previous",
                      self.save("before.json", previous))
            with self.subTest(words=words):
                self.assertEqual((got.returncode, got.stderr), (1, ""))
                self.assertIn("move: ", got.stdout)
                self.assertIn(words, got.stdout)

    def test_previous_results_that_cannot_be_used(self):
        before = self.placed()
        os.rename(self.out, self.out + "1")
        again = ["place", "--mode", "stable", "--in", self.instance, "--pin",
                 "--out", self.out, "--previous"]
        twice = copy.deepcopy(before)
        twice["unplaced"].append("s1")
        for arguments, words in [
            (again[:5] + again[6:] + [self.out + "1"],
             "--previous needs --pin"),
            (again + ["/no/such"], "/no/such: No such file"),
            (again + [self.instance], "instance.json: line 1, column "),
            (again + [self.save("twice.json", twice)],
             "the previous result names student \"s1\" twice"),
            (again + [self.save("other.json", dict(before, format="x/1"))],
             "the format of the previous result is \"x/1\""),
            (["place", "--mode", "stable", "--in", self.instance, "--pin",
              "--out", self.out + "1", "--previous", self.out + "1"],
             "--previous and --out are the same file"),
            (["verify", "--in", self.instance, "--result", self.out + "1",
              "--previous", self.dir + "/twice.json"],
             "the previous result has student \"s1\" twice"),
        ]:
            got = run(*arguments)
            with self.subTest(words=words):
                self.assertEqual((got.returncode, got.stdout), (2, ""))
                self.assertIn(words, got.stderr)
                self.assertFalse(os.path.exists(self.out))

    def pin_some(self, rng):
        """A round of 200, some of whom have left since, some are pinned."""
        path = os.path.join(self.dir, "made.json")
        got = run("generate", "--students", "200", "--seed", "8", "--out",
                  path)
        self.assertEqual(got.returncode, 0, got.stderr)
        self.assertEqual(run("place", "--mode", "optimal", "--in", path,
                             "--out", self.out).returncode, 0)
        with open(path) as file:
            made = json.load(file)
        with open(self.out) as file:
            before = json.load(file)
        at = {p["student"]: p["posting"] for p in before["placements"]}
        made["students"] = [s for s in made["students"] if rng.random() < .9]
        for student in made["students"]:
            if student["id"] in at and rng.random() < .4:
                student["pinned"] = at[student["id"]]
        return made, before

    def test_order_of_the_files_means_nothing(self):
        rng = random.Random(9)
        made, before = self.pin_some(rng)
        for mode in "stable", "optimal":
            self.assertNotEqual(self.place_near(mode, made, before), [])
            with open(self.out) as file:
                wanted = file.read().splitlines()
            for thing, name in [(made, "groups"), (made, "postings"),
                                (made, "students"), (before, "placements"),
                                (before, "unplaced"), (before, "groups")]:
                rng.shuffle(thing[name])
            self.place_near(mode, made, before)
            with open(self.out) as file:
                got = file.read().splitlines()
            self.assertEqual(len(got), len(wanted))
            self.assertTrue(all("instance_sha256" in line for line, other
                                in zip(got, wanted) if line != other))

    def explain(self, *what):
        got = run("explain", "--in", self.instance, "--result", self.out,
                  *what)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        return got.stdout

    def explain_all(self, instance):
        """Every explanation of the result, but for what names its file."""
        told = {}
        for kind, members in ("--student", "students"), \
                ("--posting", "postings"), ("--group", "groups"):
            for thing in instance[members]:
                got = json.loads(self.explain(kind, thing["id"], "--format",
                                              "json"))
                del got["instance_sha256"]
                told[kind, thing["id"]] = got
        return told

    def test_explanations_are_of_what_pins_leave(self):
        """A re-run is explained as a first placement of the instance that is
        reduced by hand, and the pins are counted."""
        rng = random.Random(7)
        for mode in ("stable", "optimal") * 2:
            whole, pins, rest = self.make_reduced(rng)
            self.rerun(mode, whole)
            told = self.explain_all(whole)
            self.save("instance.json", rest)
            got = run("place", "--mode", mode, "--in", self.instance,
                      "--out", self.out)
            self.assertEqual(got.returncode, 0, got.stderr)
            wanted = self.explain_all(rest)
            for (kind, name), got in told.items():
                with self.subTest(mode=mode, kind=kind, name=name):
                    held = got.pop("pinned")
                    if kind == "--student" and name in pins:
                        self.assertTrue(held)
                        self.assertEqual(got["received"]["posting"],
                                         pins[name])
                        self.assertEqual(got["choices"], [])
                        continue
                    if kind == "--student":
                        self.assertFalse(held)
                    elif kind == "--posting":
                        self.assertEqual(held, list(pins.values()).count(name))
                    self.assertEqual(got, wanted[kind, name])

    def make_reduced(self, rng):
        """An instance with pins, the pins, and what they leave of it."""
        groups = [{"id": "e1", "parent": None, "upper": 5, "lower": 4},
                  {"id": "e1/a", "parent": "e1", "upper": 3, "lower": 3},
                  {"id": "e2", "parent": None, "upper": 4, "lower": 2}]
        postings = [{"id": "p%d" % i, "capacity": 2,
                     "group": ("e1", "e1/a", "e1/a", "e2", "e2", None)[i]}
                    for i in range(6)]
        postings[0]["ranking"] = ["s%d" % i for i in range(9)]
        rng.shuffle(postings[0]["ranking"])
        students = [{"id": "s%d" % i, "choices": [
            {"posting": name, "score": rng.randrange(9)}
            for name in rng.sample(["p%d" % p for p in range(6)], 4)]}
            for i in range(10)]
        whole = {"format": "duikou-placement/1", "seed": "pins",
                 "groups": groups, "postings": postings, "students": students}
        rest = copy.deepcopy(whole)
        pins = {}
        for student, left in list(zip(students, rest["students"]))[:3]:
            at = [choice["posting"] for choice in student["choices"]
                  if choice["posting"] not in ("p0", *pins.values())][0]
            pins[student["id"]] = student["pinned"] = at
            left["choices"] = []
            self.take_seat(rest, at)
        return whole, pins, rest

    @staticmethod
    def take_seat(rest, at):
        posting = rest["postings"][int(at[1:])]
        posting["capacity"] -= 1
        group = posting["group"]
        while group:
            line = next(g for g in rest["groups"] if g["id"] == group)
            line["upper"] -= 1
            line["lower"] = max(0, line["lower"] - 1)
            group = line["parent"]

    def test_a_rerun_is_explained_in_words(self):
        changed = copy.deepcopy(INSTANCE)
        self.place()
        before = os.path.join(self.dir, "before.json")
        os.rename(self.out, before)
        changed["students"][0]["choices"] = []
        changed["students"][1]["pinned"] = "p2"
        self.save("instance.json", changed)
        self.place("--pin", "--previous", before)
        with open(self.out) as file:
            moves = {m["student"]: m["from"]
                     for m in json.load(file)["moves"]}
        self.assertEqual(moves["s1"], "p1")
        text = self.explain("--student", "s1")
        self.assertIn("moved: was at posting \"p1\" before this re-run", text)
        self.assertIn("重新安排之前在岗位“p1”",
                      self.explain("--student", "s1", "--lang", "zh"))
        got = json.loads(self.explain("--student", "s1", "--format", "json"))
        self.assertEqual(got["moved"], {"from": "p1"})
        text = self.explain("--student", "s2")
        self.assertIn("pinned to posting \"p2\"", text)
        text = self.explain("--posting", "p2")
        self.assertIn("re-run: beside these, 1 are pinned here", text)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
