#!/usr/bin/python3
"""duikou-matcher as a program: exit statuses, words, and files that appear
whole or not at all.

Usage: test_cli.py DUIKOU_MATCHER
"""
import copy
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
import unittest

from cli_case import INSTANCE, MATCHER, CliCase, run


class Cli(CliCase):
    def test_place_then_verify(self):
        result = self.placed()
        self.assertEqual(
            [(p["student"], p["posting"], p["choice"])
             for p in result["placements"]],
            [("s1", "p1", 1), ("s2", "p2", 2), ("s3", "p3", 1)])
        self.assertEqual(result["unplaced"], ["s4"])
        got = run("verify", "--in", self.instance, "--result", self.out)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        self.assertEqual(got.stdout, "sound: mode stable, 3 placed, "
                                     "shortfall 0, score 12\n")
        self.assertEqual(sorted(os.listdir(self.dir)),
                         ["instance.json", "result.json"])

    def test_the_same_bytes_every_time(self):
        self.placed()
        with open(self.out, "rb") as file:
            first = file.read()
        self.placed()
        with open(self.out, "rb") as file:
            self.assertEqual(file.read(), first)

    def test_a_result_has_the_callers_rights(self):
        os.umask(0o027)
        self.addCleanup(os.umask, 0o022)
        self.placed()
        self.assertEqual(stat.S_IMODE(os.stat(self.out).st_mode), 0o640)

    def test_each_fault_is_named(self):
        sound = self.placed()
        cases = [
            ("format", "format", "format: "),
            ("mode", "best", "mode: "),
            ("mode", "optimal", "cutoff: there are no cutoffs"),
            ("mode", "optimal", "certificate: there are no prices"),
            ("certificate", {"groups": [], "postings": []},
             "certificate: there are prices"),
            ("seed", "autumn", "seed: "),
            ("instance_sha256", "0" * 64, "instance: "),
            ("unplaced", [], "unplaced: student \"s4\""),
            ("unplaced", ["s4", "s9"], "unplaced: entry 2, student \"s9\""),
            ("groups", sound["groups"][:1], "group: group \"e1/weld\""),
            ("cutoffs", [], "cutoff: posting \"p1\""),
            ("objective", {"shortfall": 0, "placed": 3, "score": 13},
             "objective: score 13 should be 12"),
            ("own_moves", [{"student": "s1", "from": "p1", "to": "p3"}],
             "own-move: student \"s1\" has none"),
        ]
        for member, value, words in cases:
            told = copy.deepcopy(sound)
            told[member] = value
            got = self.verify(told)
            with self.subTest(member=member, words=words):
                self.assertEqual((got.returncode, got.stderr), (1, ""))
                self.assertIn(words, got.stdout)
                self.assertIn("not sound: ", got.stdout)

    def test_a_blocking_pair_is_named(self):
        told = self.placed()
        told["placements"] = told["placements"][1:]
        got = self.verify(told)
        self.assertEqual(got.returncode, 1)
        self.assertIn("blocking: student \"s1\" prefers posting \"p1\"",
                      got.stdout)

    def test_a_broken_cap_is_named(self):
        told = self.placed()
        told["placements"][1].update(posting="p1", score=7, choice=1)
        got = self.verify(told)
        self.assertEqual(got.returncode, 1)
        self.assertIn("cap: group \"e1/weld\" has 2 placed and 1 seats",
                      got.stdout)

    def convert(self, name, source=None):
        path = os.path.join(self.dir, name)
        return path, run("convert", "--in", source or self.instance, "--out",
                         path)

    def test_both_forms_of_an_instance(self):
        """json.dump's layout is foreign, so its twin proves nothing."""
        twin, got = self.convert("a.dkp")
        self.assertEqual((got.returncode, got.stdout), (0, ""))
        self.assertIn("note: ", got.stderr)
        self.placed()
        place = ["place", "--mode", "stable", "--in"]
        self.assertEqual(run(*place, twin, "--out", self.out + "2").stderr,
                         "")
        with open(self.out, "rb") as one, open(self.out + "2", "rb") as two:
            self.assertEqual(one.read(), two.read())
        got = run("verify", "--in", twin, "--result", self.out)
        self.assertEqual((got.returncode, got.stdout), (2, ""))
        self.assertIn("cannot be proven", got.stderr)
        own, _ = self.convert("own.json", twin)
        twin, got = self.convert("own.dkp", own)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        self.assertEqual(run(*place, twin, "--out", self.out).returncode, 0)
        for instance in own, twin:
            got = run("verify", "--in", instance, "--result", self.out)
            self.assertEqual((got.returncode, got.stderr), (0, ""))
        got = run("verify", "--in", self.instance, "--result", self.out)
        self.assertEqual(got.returncode, 1)
        self.assertIn("instance: ", got.stdout)

    def test_a_damaged_twin_is_refused(self):
        twin, _ = self.convert("a.dkp")
        with open(twin, "r+b") as file:
            file.seek(-1, os.SEEK_END)
            file.truncate()
        got = run("place", "--mode", "stable", "--in", twin, "--out",
                  self.out)
        self.assertEqual(got.returncode, 2)
        self.assertIn("bytes and should have", got.stderr)
        self.assertFalse(os.path.exists(self.out))

    def test_progress_of_mode_optimal(self):
        """Each phase of each objective, in order, within what was said."""
        got = run("place", "--mode", "optimal", "--in", self.instance,
                  "--out", self.out, "--progress")
        told = [[int(word) for word in re.findall(r"\d+", line)]
                for line in got.stderr.splitlines()
                if line.startswith("objective ")]
        self.assertEqual(told, sorted(told))
        self.assertEqual(told[-1][:2], [3, 3])
        for _, _, phase, phases in told:
            self.assertLessEqual(phase, phases)

    def test_progress_is_said_when_asked(self):
        got = self.place("--progress")
        self.assertEqual((got.returncode, got.stdout), (0, ""))
        self.assertEqual(got.stderr.split("\n"), [
            "reading " + self.instance, "placing 4 students",
            "writing " + self.out, ""])

    def test_what_cannot_be_read(self):
        told = self.placed()
        del told["placements"][0]["score"]
        got = self.verify(told)
        self.assertEqual((got.returncode, got.stdout), (2, ""))
        self.assertIn("/placements/0: member \"score\" is missing",
                      got.stderr)
        got = run("verify", "--in", self.instance, "--result", self.dir)
        self.assertEqual(got.returncode, 2)
        self.assertIn("reading failed", got.stderr)
        got = run("verify", "--in", self.instance, "--result", "/no/such")
        self.assertEqual(got.returncode, 2)
        self.assertIn("/no/such: No such file", got.stderr)

    def test_a_malformed_instance_writes_nothing(self):
        instance = copy.deepcopy(INSTANCE)
        instance["students"][0]["choices"][0]["posting"] = "p9"
        self.save("instance.json", instance)
        self.refused(self.place(), "names posting \"p9\"")

    def test_a_malformed_instance_leaves_the_old_result(self):
        self.placed()
        with open(self.instance, "w") as file:
            file.write("{")
        self.assertEqual(self.place().returncode, 2)
        with open(self.out) as file:
            self.assertEqual(json.load(file)["mode"], "stable")

    def test_binary_form_cut_short_while_it_is_read(self):
        whole = os.path.join(self.dir, "whole.dkp")
        got = run("generate", "--students", "20000", "--seed", "1", "--out",
                  whole)
        self.assertEqual(got.returncode, 0, got.stderr)
        said = []
        for attempt in range(24):
            path = os.path.join(self.dir, "cut.dkp")
            shutil.copy(whole, path)
            with subprocess.Popen(
                    [MATCHER, "convert", "--in", path, "--out", self.out],
                    stderr=subprocess.PIPE, text=True) as program:
                time.sleep(attempt * 0.004)
                os.truncate(path, 4096)
                said.append(program.communicate(timeout=60)[1])
            self.assertIn(program.returncode, (0, 2), said[-1])
            self.assertEqual(program.returncode == 2, bool(said[-1]))
            self.assertTrue(all("cut.dkp" in line
                                for line in said[-1].splitlines()))
        self.assertTrue(any("cut short" in text or "should have" in text
                            for text in said), said)

    def test_commands_and_options(self):
        place = ["place", "--in", self.instance, "--out", self.out]
        for arguments, words in [
            ([], "Usage"),
            (["plaice"], "there is no command \"plaice\""),
            (place, "place needs --mode"),
            (place + ["--mode"], "--mode needs a value"),
            (place + ["--mode", "best"], "there is no mode \"best\""),
            (place + ["--mode", "stable", "--threads", "0"],
             '--threads is not a number in 1..64: "0"'),
            (place + ["--mode", "stable", "--threads", "2x"],
             '--threads is not a number in 1..64: "2x"'),
            (place + ["--mode", "stable", "--in", "x"], "--in is given twice"),
            (place + ["--mode", "stable", "--result", "x"],
             "there is no option \"--result\""),
            (place + ["--mode", "stable", "--i", "x"],
             "there is no option \"--i\""),
            (["verify", "--in", self.instance], "verify needs --result"),
        ]:
            with self.subTest(arguments=arguments):
                self.refused(run(*arguments), words)

    def test_help_and_version(self):
        self.assertIn("Usage: duikou-matcher", run("--help").stdout)
        self.assertRegex(run("--version").stdout,
                         r"^duikou-matcher \d+\.\d+\.\d+\n$")
        with open("/dev/full", "w") as full:
            got = subprocess.run([MATCHER, "--help"], stdout=full,
                                 stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(got.returncode, 2)

    def test_no_place_to_write(self):
        for out, words in [
            (self.instance, "are the same file"),
            ("/dev/null", "is not a regular file"),
            (self.dir, "is not a regular file"),
            (self.dir + "/no/such.json", "No such file"),
            (self.dir + "/" + "x" * 5000, "too long"),
        ]:
            got = run("place", "--mode", "stable", "--in", self.instance,
                      "--out", out)
            with self.subTest(out=out[:60]):
                self.refused(got, words)

    def test_a_full_disk_leaves_nothing(self):
        """A limit on file sizes stands for the disk."""
        def limit():
            import resource
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

        got = run("place", "--mode", "stable", "--in", self.instance,
                  "--out", self.out, preexec_fn=limit)
        self.refused(got, "File too large")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
