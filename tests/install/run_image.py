#!/usr/bin/python3
"""Runs what image.py built, as docker-compose.yml would: migrate, reference,
server and worker as the image's user, without any capability, on a read-only
root file system, in a network of their own; PostgreSQL beside them, with its
role made by ops/initdb. The health checks must agree, SIGTERM must end it.

    run_image.py IMAGE.JSON MACHINE INITDB

MACHINE is a root file system with PostgreSQL 15 and the user postgres.
"""

import ctypes
import fcntl
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS = 0x8914
UP_AND_RUNNING = 0x1 | 0x40
PG = "/usr/lib/postgresql/15/bin"
PASSWORD = "compose's own: 'quoted'"


def own_network():
    """Leaves the machine's network; only loopback is here from now on."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")
    with socket.socket() as s:
        fcntl.ioctl(s, SIOCSIFFLAGS,
                    struct.pack("16sH14x", b"lo", UP_AND_RUNNING))


def postgres_in(machine, *command, **more):
    return subprocess.run(
        ["chroot", machine, "runuser", "-u", "postgres", "--",
         "env", "-C", "/tmp", *command],
        check=True, stdin=subprocess.DEVNULL, **more)


class Database:
    """PostgreSQL as the official image sets it up: trust for its superuser
    inside, a password for all who come by TCP."""

    def __init__(self, machine, initdb):
        self.machine, self.data = machine, "/tmp/image-pg"
        postgres_in(machine, f"{PG}/initdb", "-D", self.data, "-E", "UTF8",
                    "--locale=C.UTF-8", "--auth-local=trust",
                    "--auth-host=scram-sha-256",
                    stdout=subprocess.DEVNULL)
        postgres_in(machine, f"{PG}/pg_ctl", "-D", self.data, "-w", "-s",
                    "-l", "/tmp/image-pg.log", "-o", "-k /tmp", "start")
        shutil.copytree(initdb, f"{machine}/tmp/initdb", dirs_exist_ok=True)
        for name in sorted(os.listdir(initdb)):
            postgres_in(machine, "env", "PGHOST=/tmp",
                        "POSTGRES_USER=postgres",
                        f"DUIKOU_DB_PASSWORD={PASSWORD}",
                        f"/tmp/initdb/{name}")

    def stop(self):
        postgres_in(self.machine, f"{PG}/pg_ctl", "-D", self.data, "-w",
                    "-s", "-m", "fast", "stop")


class Image:
    def __init__(self, facts):
        self.facts = facts
        self.root = facts["root"]
        quoted = PASSWORD.replace("'", "\\'")
        self.env = {**facts["env"], "DATABASE_URL":
                    "host=127.0.0.1 user=duikou dbname=duikou "
                    f"password='{quoted}'"}
        for mount in (["--bind", self.root, self.root],
                      ["-o", "remount,bind,ro", self.root],
                      ["-t", "proc", "proc", f"{self.root}/proc"],
                      ["-t", "tmpfs", "tmpfs", f"{self.root}/tmp"],
                      ["--bind", "/dev", f"{self.root}/dev"]):
            subprocess.run(["mount", *mount], check=True)

    def inside(self, command):
        user = self.facts["user"]
        if user in ("0", "root"):
            raise ValueError("the image runs as root")
        return ["chroot", self.root, "setpriv", f"--reuid={user}",
                f"--regid={user}", "--clear-groups", "--no-new-privs",
                "--inh-caps=-all", "--bounding-set=-all", *command]

    def run(self, *command):
        print("---", *command, flush=True)
        subprocess.run(self.inside(command), env=self.env, check=True,
                       stdin=subprocess.DEVNULL, timeout=300)

    def mode(self, *arguments):
        self.run(*self.facts["entrypoint"], *arguments)

    def start(self, *arguments):
        return subprocess.Popen(
            self.inside([*self.facts["entrypoint"], *arguments]),
            env=self.env, stdin=subprocess.DEVNULL)

    def is_healthy(self):
        return subprocess.run(self.inside(self.facts["healthcheck"]),
                              env=self.env, stderr=subprocess.DEVNULL,
                              check=False).returncode == 0


def wait_healthy(image, process):
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit(f"the server ended: {process.returncode}")
        if image.is_healthy():
            return
        time.sleep(0.1)
    raise SystemExit("never healthy")


def end(process, name, by):
    """Must end by itself on the image's stop signal, and well."""
    process.send_signal(by)
    status = process.wait(timeout=20)
    if status != 0:
        raise SystemExit(f"{name} ended with {status}")
    print(f"{name} ended well")


def main():
    facts_file, machine, initdb = sys.argv[1:]
    with open(facts_file, encoding="utf-8") as f:
        facts = json.load(f)
    own_network()
    database = Database(machine, initdb)
    image = Image(facts)
    by = signal.Signals[facts["stopsignal"]]
    image.mode("migrate")
    image.mode("reference", "load", "/usr/local/share/duikou/reference")
    if image.is_healthy():
        raise SystemExit("healthy before it was started: no proof")
    server = image.start(*facts["cmd"])
    wait_healthy(image, server)
    print("the server is healthy")
    image.mode("check")
    worker = image.start("work")
    time.sleep(1)
    if worker.poll() is not None:
        raise SystemExit(f"the worker ended: {worker.returncode}")
    image.run("duikou-matcher", "--version")
    end(worker, "worker", by)
    end(server, "server", by)
    if image.is_healthy():
        raise SystemExit("healthy after its end: no proof")
    database.stop()


if __name__ == "__main__":
    main()
