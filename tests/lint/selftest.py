#!/usr/bin/python3
"""Each lint must find what it is for: a violation is planted in a small
tree, the lint must name it, and the same tree without it must pass."""

import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))

CLEAN = {
    "server/base/arena.h": "#ifndef BASE_ARENA_H\n#define BASE_ARENA_H\n"
                           "struct arena;\nvoid arena_init(struct arena *a);\n"
                           "#endif\n",
    "tests/db/harness.h": "/* Said first. */\n#ifndef TESTS_DB_HARNESS_H\n"
                          "#define TESTS_DB_HARNESS_H\n#endif\n",
    "server/base/arena.c": '#include "base/arena.h"\n\n'
                           "void arena_init(struct arena *a)\n{\n"
                           "\ta = malloc(1);\n\tfree(a);\n}\n",
    "server/wire/db.c": '#include "base/arena.h"\n#include <libpq-fe.h>\n',
    "server/records/student.c": '#include "wire/db.h"\n'
                                '#include "matcher/place.h"\n',
    "server/main.c": '#include "commands/serve.h"\n\n'
                     "int main(void)\n{\n\treturn 0;\n}\n",
    "matcher/place.c": '#include "matcher/place.h"\n#include <stdlib.h>\n\n'
                       "int place(int a, int b)\n{\n"
                       "\tchar *p = malloc(4);\n\n\tfree(p);\n"
                       '\treturn a + b; /* printf( is only a word here */\n}\n',
    "matcher/cli/main.c": "#include <jansson.h>\n",
    "matcher/crew.c": "#include <pthread.h>\n",
    "run.sh": "#!/bin/sh\necho well\n",
}

LONG = "int f(void)\n{\n" + "\tg();\n" * 58 + "}\n"
DEEP = ("int f(int a)\n{\n\tif (a) {\n\t\tfor (;;) {\n\t\t\twhile (a) {\n"
        "\t\t\t\tif (a)\n\t\t\t\t\treturn 1;\n\t\t\t}\n\t\t}\n\t}\n"
        "\treturn 0;\n}\n")

# lint, file, its text, a word of the flaw that must be named
PLANTED = [
    ("floors", "server/base/a.c", '#include "wire/db.h"\n', "upward"),
    ("floors", "server/flow/a.c", '#include "endpoints/a.h"\n', "upward"),
    ("floors", "server/endpoints/a.c", '#  include "commands/a.h"\n',
     "upward"),
    ("floors", "server/base/b.c", '#include "arena.h"\n', "floor in the path"),
    ("floors", "server/base/a.c", '#include "matcher/place.h"\n', "matcher"),
    ("floors", "server/records/a.c", "#include <jansson.h>\n", "only for wire"),
    ("floors", "server/flow/a.c", "#include <openssl/evp.h>\n",
     "only for wire"),
    ("floors", "server/commands/a.c", "#include <curl/curl.h>\n",
     "only for wire"),
    ("floors", "server/main.c", "#include <libpq-fe.h>\n", "only for wire"),
    ("floors", "server/endpoints/a.c", "#include <event2/event.h>\n",
     "only for"),
    ("floors", "server/other/a.c", "int a;\n", "not on a floor"),
    ("floors", "matcher/a.c", '#include "server/base/arena.h"\n', "matcher"),
    ("floors", "matcher/a.c", '#include "base/arena.h"\n', "matcher"),
    ("floors", "matcher/a.c", "#include <unistd.h>\n", "pure"),
    ("floors", "matcher/a.c", "#include <pthread.h>\n", "pure"),
    ("floors", "matcher/a.c", '#include "matcher/cli/a.h"\n', "upward"),
    ("floors", "matcher/files/a.c", '#include "matcher/cli/a.h"\n', "upward"),
    ("floors", "matcher/files/a.c", "#include <openssl/sha.h>\n", "jansson"),
    ("floors", "matcher/other/a.c", "int a;\n", "not on a floor"),
    ("floors", "matcher/cli/a.c", "#include <libpq-fe.h>\n", "jansson"),
    ("floors", "server/base/a.h", "int a;\n", "BASE_A_H"),
    ("floors", "server/base/a.h", "#ifndef A_H\n#define A_H\n", "BASE_A_H"),
    ("floors", "matcher/a.h", "#ifndef MATCHER_A_H\n#define MATCHER_B_H\n",
     "MATCHER_A_H"),
    ("floors", "tests/db/a.h", "#ifndef DB_A_H\n#define DB_A_H\n",
     "TESTS_DB_A_H"),
    ("sizes", "server/base/a.c", LONG, "61 lines"),
    ("sizes", "server/base/a.c", "static int\n" + LONG[4:], "61 lines"),
    ("sizes", "server/base/a.c", DEEP, "nested 4"),
    ("sizes", "server/base/a.c",
     "int f(int a, int b, int (*c)(int, int), int d,\n      int e, int g)\n"
     "{\n}\n", "6 parameters"),
    ("sizes", "server/base/a.c", "int x;\n" * 501, "501 lines"),
    ("sizes", "server/base/a.h", "/* " + "x" * 80 + " */\n", "86 columns"),
    ("sizes", "server/base/a.h", "\t\t\t\t\t\t\t\t\t/* far out */\n",
     "columns"),
    ("sizes", "server/base/a.h", 'char *s = "' + "岗" * 36 + '";\n',
     "columns"),
    ("sizes", "server/base/a.h", "int x; \n", "blanks"),
    ("sizes", "server/base/a.h", "        int x;\n", "spaces"),
    ("banned", "server/wire/a.c", "void f(void)\n{\n\tfree(x);\n}\n", "free"),
    ("banned", "server/flow/a.c", "int a = time (NULL);\n", "time"),
    ("banned", "server/endpoints/a.c", "int a = atoi(s);\n", "atoi"),
    ("banned", "server/records/a.h", "#define A(x)\nint b = assert(x);\n",
     "assert"),
    ("banned", "server/base/a.c", "int a = sprintf(s, t);\n", "sprintf"),
    ("banned", "server/main.c", 'int a = printf("x");\n', "printf"),
    ("banned", "matcher/a.c", "int a = time(NULL);\n", "time"),
    ("banned", "matcher/a.c", 'int a = fopen("a", "r");\n', "fopen"),
    ("banned", "matcher/a.c", "int a = rand();\n", "rand"),
    ("banned", "matcher/files/a.c", "int a = sscanf(s, t);\n", "sscanf"),
    ("banned", "matcher/cli/a.c", "int a = strcpy(s, t);\n", "strcpy"),
    ("words", "server/base/a.c", "/* TO" "DO: the rest */\n", "left over"),
    ("words", "docs/a.md", "this is a st" "ub\n", "left over"),
    ("words", "docs/a.md", "see /ro" "ot/duikou\n", "one machine"),
    ("words", "a.sh", "#!/bin/sh\nif true; then\n", "a.sh"),
    ("words", "b.sh", "#!/bin/sh\na=(1 2)\n", "b.sh"),
    ("words", "a.py", "def f(:\n", "a.py"),
    ("words", "a.yaml", "a: [1\n", "a.yaml"),
    ("words", "a.json", "{,}\n", "a.json"),
]


def write(root, files):
    for path, text in files.items():
        full = os.path.join(root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as f:
            f.write(text)


def run(lint, root):
    done = subprocess.run([sys.executable, os.path.join(HERE, lint), root],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


class Lints(unittest.TestCase):
    def test_a_clean_tree_passes(self):
        with tempfile.TemporaryDirectory() as root:
            write(root, CLEAN)
            for lint in ("floors", "sizes", "banned", "words"):
                with self.subTest(lint):
                    status, said = run(lint, root)
                    self.assertEqual(status, 0, said)
                    self.assertIn("0 flaws", said)

    def test_what_is_planted_is_found(self):
        for lint, path, text, word in PLANTED:
            with self.subTest(lint=lint, path=path, word=word), \
                 tempfile.TemporaryDirectory() as root:
                write(root, {**CLEAN, path: text})
                status, said = run(lint, root)
                self.assertEqual(status, 1, said)
                flaws = [s for s in said.split("\n") if path in s]
                self.assertTrue(any(word in s for s in flaws), said)

    def test_the_caps_themselves_pass(self):
        at_cap = {
            "server/base/a.c": LONG.replace("\tg();\n", "", 1)
            + "int x;\n" * 440,
            "server/base/b.h": "/* " + "x" * 74 + " */\n",
            "server/base/c.c": DEEP.replace("\t\t\t\tif (a)\n\t", ""),
            "server/base/d.c": "int f(int a, int b, int c, int d, int e)\n"
                               "{\n}\n",
        }
        with tempfile.TemporaryDirectory() as root:
            write(root, {**CLEAN, **at_cap})
            status, said = run("sizes", root)
            self.assertEqual(status, 0, said)

    def test_an_empty_tree_is_not_a_pass(self):
        with tempfile.TemporaryDirectory() as root:
            for lint in ("floors", "sizes", "banned", "words"):
                with self.subTest(lint):
                    self.assertEqual(run(lint, root)[0], 2)


if __name__ == "__main__":
    unittest.main()
