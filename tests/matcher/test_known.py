#!/usr/bin/python3
"""duikou-matcher on instances with known answers, as a user runs it.

Usage: test_known.py DUIKOU_MATCHER INSTANCES WHAT; exit 77 where the
instances are not there (they are not part of the repository).
"""
import glob
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest

MATCHER, INSTANCES = sys.argv[1], sys.argv[2]


def run(*arguments):
    return subprocess.run([MATCHER, *arguments], capture_output=True,
                          text=True, timeout=60)


def shuffled(instance, rng):
    """The same instance in another order of the file and of its members."""
    def stir(thing):
        members = list(thing.items())
        rng.shuffle(members)
        return dict(members)

    other = {name: [stir(entry) for entry in value]
             if isinstance(value, list) else value
             for name, value in instance.items()}
    for name in ("groups", "postings", "students"):
        rng.shuffle(other[name])
    return stir(other)


class Known(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = scratch.name

    def place(self, instance, name="result.json", mode="stable"):
        out = os.path.join(self.dir, name)
        got = run("place", "--mode", mode, "--in", instance, "--out", out)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        return out

    def test_stable_answers(self):
        for path in glob.glob(INSTANCES + "/*.expected.json"):
            with open(path) as file:
                stable = json.load(file).get("stable")
            instance = path.replace(".expected.", ".instance.")
            with self.subTest(instance=os.path.basename(instance)):
                out = self.place(instance)
                with open(out) as file:
                    result = json.load(file)
                got = {p["student"]: p["posting"]
                       for p in result["placements"]}
                if stable:
                    self.assertEqual(got, stable["placements"])
                judged = run("verify", "--in", instance, "--result", out)
                self.assertEqual(judged.returncode, 0, judged.stdout)

    def test_optimal_answers(self):
        for path in glob.glob(INSTANCES + "/*.expected.json"):
            with open(path) as file:
                optimal = json.load(file).get("optimal")
            if not optimal:
                continue
            with self.subTest(instance=os.path.basename(path)):
                out = self.place(path.replace(".expected.", ".instance."),
                                 mode="optimal")
                with open(out) as file:
                    result = json.load(file)
                self.assertEqual(result["mode"], "optimal")
                self.assertEqual(result["objective"],
                                 {name: optimal[name] for name in
                                  ("shortfall", "placed", "score")})
                self.assertEqual(sorted(result["certificate"]),
                                 ["groups", "postings"])

    def test_order_of_the_file_means_nothing(self):
        for mode in ("stable", "optimal"):
            self.check_order(mode)

    def check_order(self, mode):
        rng = random.Random(7)
        for path in glob.glob(INSTANCES + "/*.instance.json"):
            with open(path) as file:
                instance = json.load(file)
            with open(self.place(path, mode=mode)) as file:
                wanted = file.read().splitlines()
            for _ in range(3):
                other = os.path.join(self.dir, "other.json")
                with open(other, "w") as file:
                    json.dump(shuffled(instance, rng), file)
                with open(self.place(other, mode=mode)) as file:
                    got = file.read().splitlines()
                differ = [a for a, b in zip(wanted, got) if a != b]
                self.assertEqual(len(got), len(wanted))
                self.assertTrue(all("instance_sha256" in line
                                    for line in differ), differ)


if __name__ == "__main__":
    if not glob.glob(INSTANCES + "/*.instance.json"):
        print("skipped: there are no instances in", INSTANCES)
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
