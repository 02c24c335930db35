#!/usr/bin/python3
"""--set-cap, --set-floor, --set-capacity, as a user gives them: every command
takes the instance that they make, and no file changes.

Usage: test_what_if.py DUIKOU_MATCHER
"""
import copy
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unittest

MATCHER = sys.argv[1]

INSTANCE = {
    "format": "duikou-placement/1",
    "seed": "spring",
    "groups": [
        {"id": "e1", "parent": None, "lower": 1, "upper": 2},
        {"id": "e2", "parent": None},
    ],
    "postings": [
        {"id": "p1", "group": "e1", "capacity": 1},
        {"id": "p2", "group": "e2", "capacity": 1},
    ],
    "students": [
        {"id": "s1", "lottery": 1, "choices": [{"posting": "p1", "score": 9}]},
        {"id": "s2", "lottery": 2, "choices": [
            {"posting": "p1", "score": 7}, {"posting": "p2", "score": 3}]},
        {"id": "s3", "lottery": 3, "choices": [{"posting": "p2", "score": 5}]},
    ],
}
CHANGES = ["--set-capacity", "p1=2", "--set-cap", "e2=0", "--set-floor",
           "e1=2", "--set-cap", "e1=none"]


def run(*arguments):
    return subprocess.run([MATCHER, *arguments], capture_output=True,
                          text=True, timeout=60)


class WhatIf(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = scratch.name
        self.instance = self.path("instance.json")
        self.out = self.path("result.json")
        with open(self.instance, "w") as file:
            json.dump(INSTANCE, file)

    def path(self, name):
        return os.path.join(self.dir, name)

    def read(self, path):
        with open(path) as file:
            return json.load(file)

    def done(self, *arguments):
        got = run(*arguments)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        return got.stdout

    def refused(self, got, *lines):
        self.assertEqual((got.returncode, got.stdout), (2, ""))
        self.assertEqual(got.stderr.splitlines(),
                         ["duikou-matcher: " + line for line in lines])

    def place(self, *more, instance=None, mode="stable"):
        return run("place", "--mode", mode, "--in",
                   instance or self.instance, "--out", self.out, *more)

    def test_a_placement_is_that_of_the_changed_instance(self):
        with open(self.instance, "rb") as file:
            before = file.read()
        changed = copy.deepcopy(INSTANCE)
        changed["groups"][0] = {"id": "e1", "parent": None, "lower": 2}
        changed["groups"][1]["upper"] = 0
        changed["postings"][0]["capacity"] = 2
        other = self.path("other.json")
        with open(other, "w") as file:
            json.dump(changed, file)
        tidy = self.path("tidy.json")
        run("convert", "--in", other, "--out", tidy)
        with open(tidy, "rb") as file:
            sha256 = hashlib.sha256(file.read()).hexdigest()
        for mode in ("stable", "optimal"):
            self.assertEqual(self.place(*CHANGES, mode=mode).returncode, 0)
            result = self.read(self.out)
            self.assertEqual(result["instance_sha256"], sha256)
            self.assertEqual(result["placements"], [
                {"student": "s1", "posting": "p1", "score": 9, "choice": 1},
                {"student": "s2", "posting": "p1", "score": 7, "choice": 1}])
            self.assertEqual(result["unplaced"], ["s3"])
            self.done("verify", "--in", tidy, "--result", self.out)
            self.done("verify", "--in", self.instance, "--result", self.out,
                      *CHANGES)
            self.assertIn(
                f'mode {mode}: placed at posting "p1", choice 1 of 2',
                self.done("explain", "--in", self.instance, "--result",
                          self.out, "--student", "s2", "--lang", "en",
                          *CHANGES))
            got = run("verify", "--in", self.instance, "--result", self.out)
            self.assertEqual(got.returncode, 1)
            self.assertIn("instance: instance_sha256", got.stdout)
        with open(self.instance, "rb") as file:
            self.assertEqual(file.read(), before)

    def test_convert_writes_the_changed_instance_down(self):
        tidy, packed = self.path("tidy.json"), self.path("tidy.dkp")
        self.done("convert", "--in", self.instance, "--out", tidy, *CHANGES)
        self.done("convert", "--in", self.instance, "--out", packed, *CHANGES)
        self.assertEqual(self.place(*CHANGES).returncode, 0)
        wanted = self.read(self.out)
        for path in (tidy, packed):
            self.done("verify", "--in", path, "--result", self.out)
            self.assertEqual(self.place(instance=path).returncode, 0)
            self.assertEqual(self.read(self.out), wanted)

    def test_a_binary_instance_changes_as_its_document_does(self):
        packed = self.path("instance.dkp")
        run("convert", "--in", self.instance, "--out", packed)
        self.assertEqual(self.place(*CHANGES).returncode, 0)
        wanted = self.read(self.out)
        self.assertEqual(self.place(*CHANGES, instance=packed).returncode, 0)
        self.assertEqual(self.read(self.out), wanted)
        self.done("verify", "--in", packed, "--result", self.out, *CHANGES)

    def test_the_order_of_changes_means_nothing(self):
        self.assertEqual(self.place(*CHANGES).returncode, 0)
        wanted = self.read(self.out)
        turned = [word for i in range(len(CHANGES) - 2, -1, -2)
                  for word in CHANGES[i:i + 2]]
        self.assertEqual(self.place(*turned).returncode, 0)
        self.assertEqual(self.read(self.out), wanted)

    def test_every_flaw_is_named_and_nothing_is_written(self):
        for arguments, lines in [
            (["--set-cap", "e9=1"],
             ['--set-cap e9=1: there is no group "e9"']),
            (["--set-capacity", "e1=1"],
             ['--set-capacity e1=1: there is no posting "e1"']),
            (["--set-cap", "e1"],
             ["--set-cap e1: it is not ID=NUMBER"]),
            (["--set-cap", "e1=many"],
             ["--set-cap e1=many: what follows the last = is no number, nor "
              '"none"']),
            (["--set-floor", "e1=none"],
             ["--set-floor e1=none: what follows the last = is no number"]),
            (["--set-floor", "e2=1000000001"],
             ["--set-floor e2=1000000001: the number is not in "
              "0..1000000000"]),
            (["--set-floor", "e1=3"],
             ['--set-floor e1=3: the floor of group "e1" would be above its '
              "cap"]),
            (["--set-cap", "e1=2", "--set-cap", "e1=3"],
             ["--set-cap e1=3: the same is set before, for group \"e1\""]),
            (["--set-cap", "e8=1", "--set-floor", "e1=1", "--set-capacity",
              "p1=1.5", "--set-floor", "e1=1"],
             ['--set-cap e8=1: there is no group "e8"',
              "--set-capacity p1=1.5: what follows the last = is no number",
              "--set-floor e1=1: the same is set before, for group \"e1\""]),
            (["--set-cap"], ["--set-cap needs a value"]),
        ]:
            with self.subTest(arguments=arguments):
                self.refused(self.place(*arguments), *lines)
                self.assertFalse(os.path.exists(self.out))
                self.refused(run("verify", "--in", self.instance, "--result",
                                 "/dev/null", *arguments), *lines)

    def test_generate_takes_no_changes(self):
        self.refused(run("generate", "--students", "1", "--seed", "1", "--out",
                         self.out, "--set-cap", "e1=1"),
                     'there is no option "--set-cap"; see duikou-matcher '
                     "--help")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
