#!/usr/bin/python3
"""The same instance, the same result, byte for byte: as recorded, and by the
build of the other compiler, where there is one that is not out of date.

Usage: test_bytes.py DUIKOU_MATCHER OTHER_DUIKOU_MATCHER SOURCES
"""
import glob
import hashlib
import os
import subprocess
import sys
import tempfile
import unittest

MATCHER, OTHER, SOURCES = sys.argv[1:4]

# (students, seed): SHA-256 of the result of mode stable.
STABLE = {
    (1000, 42): "25de34597754d89f52bb52ff10503b15"
                "aedb2c3483ce0d017d12cef8494b73fe",
    (4000, 7): "7735113a3657c4be6e5992442893a340"
               "56269813459eae305a680e1c703472c6",
}


def is_current(program):
    if not os.path.exists(program):
        return False
    made = os.path.getmtime(program)
    return all(os.path.getmtime(path) <= made for path in
               glob.glob(os.path.join(SOURCES, "**", "*.[ch]"),
                         recursive=True))


class Bytes(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = scratch.name

    def run_one(self, program, *arguments):
        got = subprocess.run([program, *arguments], capture_output=True,
                             text=True, timeout=100)
        self.assertEqual((got.returncode, got.stderr), (0, ""))

    def result(self, program, mode, students, seed, *more):
        """The digest of what a program makes from nothing but two numbers."""
        instance = os.path.join(self.dir, "instance.json")
        result = os.path.join(self.dir, "result.json")
        self.run_one(program, "generate", "--students", str(students),
                     "--seed", str(seed), "--out", instance)
        self.run_one(program, "place", "--mode", mode, "--in", instance,
                     "--out", result, *more)
        self.run_one(program, "verify", "--in", instance, "--result", result)
        with open(result, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()

    def test_stable_as_recorded(self):
        for (students, seed), digest in STABLE.items():
            with self.subTest(students=students, seed=seed):
                self.assertEqual(
                    self.result(MATCHER, "stable", students, seed), digest)
                self.assertEqual(
                    self.result(MATCHER, "stable", students, seed,
                                "--threads", "5"), digest)

    @unittest.skipUnless(is_current(OTHER), "no current build of " + OTHER)
    def test_both_compilers_agree(self):
        for mode in ("stable", "optimal"):
            with self.subTest(mode=mode):
                self.assertEqual(self.result(MATCHER, mode, 2000, 9),
                                 self.result(OTHER, mode, 2000, 9))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
