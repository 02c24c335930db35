#!/usr/bin/python3
"""Carries out a Dockerfile without Docker: each stage is a directory, RUN is
a chroot, COPY copies. It knows what our Dockerfile uses and stops at anything
else, so that a step can never be passed over in silence.

    image.py DOCKERFILE CONTEXT BASE OUT     builds OUT/0, OUT/1, ...
                                             and OUT/image.json

BASE is a root file system with /proc and /dev not mounted; the last stage is
the image. image.json holds its environment, user, entry point, command and
health check.
"""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys


def read_steps(path):
    """(WORD, rest) for each instruction, continuation lines joined."""
    with open(path, encoding="utf-8") as f:
        lines = [x for x in f.read().split("\n")
                 if not re.match(r"\s*#", x)]
    text = re.sub(r"\\\n", " ", "\n".join(lines))
    for line in text.split("\n"):
        if line.strip():
            word, rest = line.split(None, 1)
            yield word.upper(), rest.strip()


def as_list(rest):
    """The JSON form of CMD and ENTRYPOINT; the shell form is not used."""
    value = json.loads(rest)
    if not isinstance(value, list):
        raise ValueError(f"not a list: {rest}")
    return value


class Ignored:
    def __init__(self, context):
        self.patterns = []
        path = os.path.join(context, ".dockerignore")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as f:
                self.patterns = [x.strip().strip("/") for x in f
                                 if x.strip() and x[0] != "#"]

    def match(self, path):
        for pattern in self.patterns:
            if pattern.startswith("**/"):
                if fnmatch.fnmatch(os.path.basename(path), pattern[3:]):
                    return True
            elif fnmatch.fnmatch(path, pattern):
                return True
        return False


class Stage:
    def __init__(self, root, base):
        self.root = root
        self.env = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:"
                            "/usr/bin:/sbin:/bin"}
        self.folder = "/"
        self.facts = {"user": "0", "entrypoint": [], "cmd": [],
                      "healthcheck": [], "stopsignal": "SIGTERM"}
        subprocess.run(["cp", "-a", base, root], check=True)

    def inside(self, path):
        return self.root + os.path.normpath(os.path.join(self.folder, path))

    def run(self, command):
        for mount in (["-t", "proc", "proc", f"{self.root}/proc"],
                      ["--bind", "/dev", f"{self.root}/dev"]):
            subprocess.run(["mount", *mount], check=True)
        try:
            subprocess.run(
                ["chroot", self.root, "/bin/sh", "-c",
                 f"cd {shlex.quote(self.folder)} && {{ {command}\n}}"],
                env=self.env, check=True, stdin=subprocess.DEVNULL)
        finally:
            for name in ("proc", "dev"):
                subprocess.run(["umount", f"{self.root}/{name}"], check=True)

    def copy(self, source_root, sources, to, ignored):
        target = self.inside(to)
        for source in sources:
            source = os.path.normpath(source.strip("/"))
            full = os.path.join(source_root, source)
            if os.path.isdir(full):
                self.copy_folder(source_root, source, target, ignored)
                continue
            if ignored and ignored.match(source):
                raise FileNotFoundError(f"{source} is in .dockerignore")
            folder = target if to.endswith("/") else os.path.dirname(target)
            os.makedirs(folder, exist_ok=True)
            shutil.copy2(full, target)

    def copy_folder(self, source_root, source, target, ignored):
        def left_out(folder, names):
            if not ignored:
                return []
            at = os.path.relpath(folder, source_root)
            return [n for n in names
                    if ignored.match(os.path.normpath(os.path.join(at, n)))]

        shutil.copytree(os.path.join(source_root, source), target,
                        symlinks=True, dirs_exist_ok=True, ignore=left_out)


class Builder:
    def __init__(self, context, base, out):
        self.context, self.base, self.out = context, base, out
        self.ignored = Ignored(context)
        self.stages, self.names = [], {}

    @property
    def now(self):
        return self.stages[-1]

    def step(self, word, rest):
        print(f"--- {word} {rest[:70]}", flush=True)
        handler = getattr(self, "do_" + word.lower(), None)
        if handler is None:
            raise ValueError(f"{word}: this builder does not know it")
        handler(rest)

    def do_from(self, rest):
        m = re.fullmatch(r"debian:12-slim(?: +AS +(\w+))?", rest, re.I)
        if not m:
            raise ValueError(f"FROM {rest}: only debian:12-slim is at hand")
        root = os.path.join(self.out, str(len(self.stages)))
        self.stages.append(Stage(root, self.base))
        if m.group(1):
            self.names[m.group(1)] = self.now

    def do_run(self, rest):
        self.now.run(rest)

    def do_workdir(self, rest):
        self.now.folder = os.path.join(self.now.folder, rest)
        os.makedirs(self.now.inside("."), exist_ok=True)

    def do_copy(self, rest):
        words = shlex.split(rest)
        if words[0].startswith("--from="):
            other = self.names[words[0][len("--from="):]]
            self.now.copy(other.root, words[1:-1], words[-1], None)
        elif words[0].startswith("--"):
            raise ValueError(f"COPY {words[0]}: this builder does not know it")
        else:
            self.now.copy(self.context, words[:-1], words[-1], self.ignored)

    def do_env(self, rest):
        for pair in shlex.split(rest):
            name, value = pair.split("=", 1)
            self.now.env[name] = value

    def do_user(self, rest):
        self.now.facts["user"] = rest

    def do_expose(self, rest):
        self.now.facts["port"] = int(rest)

    def do_stopsignal(self, rest):
        self.now.facts["stopsignal"] = rest

    def do_entrypoint(self, rest):
        self.now.facts["entrypoint"] = as_list(rest)

    def do_cmd(self, rest):
        self.now.facts["cmd"] = as_list(rest)

    def do_healthcheck(self, rest):
        self.now.facts["healthcheck"] = as_list(
            re.sub(r"^.*?CMD +", "", rest))


def main():
    dockerfile, context, base, out = sys.argv[1:]
    builder = Builder(context, base, out)
    for word, rest in read_steps(dockerfile):
        builder.step(word, rest)
    facts = {**builder.now.facts, "env": builder.now.env,
             "root": builder.now.root}
    with open(os.path.join(out, "image.json"), "w", encoding="utf-8") as f:
        json.dump(facts, f, indent=1)


if __name__ == "__main__":
    main()
