#!/usr/bin/python3
"""Made-up instances: the same bytes from every build, within the structure
that docs/placement.md states, and refusals of unfit numbers.

Usage: test_generate.py DUIKOU_MATCHER
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unittest

MATCHER = sys.argv[1]

# Recorded; the builds by gcc and by clang are held to the same one.
DIGESTS = {
    (1000, 42): "7a5ed7689b7ec0c053d875f901037f66"
                "d072b66c0db110703627661a9344a28a",
}


class Generate(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.out = os.path.join(scratch.name, "instance.json")

    def generate(self, students, seed):
        return subprocess.run(
            [MATCHER, "generate", "--students", str(students), "--seed",
             str(seed), "--out", self.out],
            capture_output=True, text=True, timeout=60)

    def made(self, students, seed):
        got = self.generate(students, seed)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        with open(self.out, "rb") as file:
            return file.read()

    def test_the_recorded_bytes(self):
        for (students, seed), digest in DIGESTS.items():
            made = self.made(students, seed)
            self.assertEqual(hashlib.sha256(made).hexdigest(), digest)

    def test_each_seed_its_own(self):
        ends = {self.made(200, seed).split(b'"groups"')[1]
                for seed in (0, 1, 2, 2**64 - 1)}
        self.assertEqual(len(ends), 4)

    def test_the_structure(self):
        made = json.loads(self.made(4000, 7))
        groups = {group["id"]: group for group in made["groups"]}
        consortia = [g for g in made["groups"] if g["parent"] is None]
        firms = [g for g in made["groups"]
                 if g["parent"] and "/" not in g["id"]]
        self.assertEqual(len(made["students"]), 4000)
        self.assertEqual(len(made["postings"]), 1000)
        self.assertEqual((len(consortia), len(firms)), (1, 100))
        self.assertEqual(consortia[0]["upper"],
                         sum(firm["upper"] for firm in firms) * 9 // 10)
        for firm in firms:
            self.assertTrue(2 <= firm["upper"] <= 500)
            self.assertTrue(firm["upper"] // 5 <= firm["lower"]
                            <= firm["upper"] // 5 + 1)
        for posting in made["postings"]:
            self.assertIn("/", groups[posting["group"]]["id"])
            self.assertTrue(1 <= posting["capacity"] <= 10)
        choices = [len(student["choices"]) for student in made["students"]]
        self.assertTrue(19 * 4000 <= sum(choices) <= 21 * 4000)
        scores = [choice["score"] for student in made["students"]
                  for choice in student["choices"]]
        self.assertTrue(0 <= min(scores) and max(scores) <= 10000)
        self.assertTrue(4000 < sum(scores) / len(scores) < 6500)

    def test_the_smallest(self):
        self.assertEqual(len(json.loads(self.made(1, 0))["students"]), 1)

    def test_unfit_numbers(self):
        for students in ("0", "-1", "", " 5", "5x", "4000001", "1e3",
                         "99999999999999999999"):
            got = self.generate(students, 1)
            self.assertEqual(got.returncode, 2)
            self.assertIn("--students is not a number in 1..4000000",
                          got.stderr)
        for seed in ("-1", "x", "18446744073709551616"):
            got = self.generate(5, seed)
            self.assertEqual(got.returncode, 2)
            self.assertIn("--seed is not a number", got.stderr)
        self.assertFalse(os.path.exists(self.out))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
