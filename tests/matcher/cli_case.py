"""What tests of duikou-matcher as a program share: a small instance, and the
program, named on the command line.
"""
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
        {"id": "e1", "parent": None, "lower": 2, "upper": 2},
        {"id": "e1/weld", "parent": "e1", "upper": 1},
    ],
    "postings": [
        {"id": "p1", "group": "e1/weld", "capacity": 2},
        {"id": "p2", "group": "e1", "capacity": 2},
        {"id": "p3", "group": None, "capacity": 1,
         "ranking": ["s3", "s1"]},
    ],
    "students": [
        {"id": "s1", "choices": [{"posting": "p1", "score": 9},
                                 {"posting": "p3", "score": 1}]},
        {"id": "s2", "choices": [{"posting": "p1", "score": 7},
                                 {"posting": "p2", "score": 3}]},
        {"id": "s3", "choices": [{"posting": "p3"}]},
        {"id": "s4", "choices": []},
    ],
}


def run(*arguments, **options):
    return subprocess.run([MATCHER, *arguments], capture_output=True,
                          text=True, timeout=60, **options)


class CliCase(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = scratch.name
        self.instance = self.save("instance.json", INSTANCE)
        self.out = os.path.join(self.dir, "result.json")

    def save(self, name, document):
        path = os.path.join(self.dir, name)
        with open(path, "w") as file:
            json.dump(document, file)
        return path

    def place(self, *more):
        return run("place", "--mode", "stable", "--in", self.instance,
                   "--out", self.out, *more)

    def placed(self):
        self.assertEqual(self.place().returncode, 0)
        with open(self.out) as file:
            return json.load(file)

    def verify(self, result, name="told.json"):
        return run("verify", "--in", self.instance, "--result",
                   self.save(name, result))

    def refused(self, got, words, status=2):
        self.assertEqual((got.returncode, got.stdout), (status, ""))
        self.assertIn(words, got.stderr)
        self.assertEqual(sorted(os.listdir(self.dir)), ["instance.json"])
