"""Who is measured: each is started anew in every round, warmed, stopped."""

import contextlib
import os
import pathlib
import re
import socket
import subprocess
import time

from tests.support.pg import ROOT

WARM_SECONDS = 1
HERE = ROOT / "tests" / "bench"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("a contender did not start") from None
            time.sleep(0.05)


def cpu_seconds(pid):
    """What a process and its children have used so far."""
    proc = pathlib.Path(f"/proc/{pid}")
    used = (proc / "stat").read_text().rsplit(")", 1)[1].split()
    children = (proc / "task" / str(pid) / "children").read_text().split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK") \
        + sum(map(cpu_seconds, children))


class Running:
    """An HTTP server that answers; wrk asks."""

    def __init__(self, process, port, world):
        self.pid, self.port, self.world = process.pid, port, world

    def measure(self, route, given):
        """Requests a second, and microseconds of CPU for each."""
        self._wrk(route, WARM_SECONDS, given.connections)
        before = cpu_seconds(self.pid)
        count, seconds = self._wrk(route, given.seconds, given.connections)
        used = cpu_seconds(self.pid) - before
        return count / seconds, used * 1e6 / count

    def _wrk(self, route, seconds, connections):
        env = {**os.environ, "BENCH_TOKEN": self.world.token,
               "BENCH_IDS": self.world.ids, "BENCH_BODY": self.world.body}
        done = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s",
             "-s", str(HERE / f"{route.lower()}.lua"),
             f"http://127.0.0.1:{self.port}/v1/postings"],
            env=env, capture_output=True, text=True, check=True,
            timeout=seconds + 30)
        count, micros, errors = map(int, re.search(
            r"COUNT (\d+) (\d+) (\d+)", done.stdout).groups())
        if errors or not count:
            raise RuntimeError(f"{errors} of {count} {route} failed:\n"
                               + done.stdout)
        return count, micros / 1e6


class Program:
    """A contender that is a process serving HTTP; `settings(cluster, port)`
    is its environment."""

    def __init__(self, name, command, settings, routes=("GET", "POST")):
        self.name, self.command, self.settings = name, command, settings
        self.routes = routes

    @contextlib.contextmanager
    def start(self, cluster, world):
        port = free_port()
        env = {**os.environ, **self.settings(cluster, port)}
        with open(world.home / "log", "ab") as log:
            process = subprocess.Popen(self.command, env=env, stdout=log,
                                       stderr=log)
            try:
                wait_for(port, process)
                yield Running(process, port, world)
            finally:
                process.terminate()
                process.wait(20)


class Floor:
    """pgbench, prepared, a round trip each: what PostgreSQL itself gives."""

    name = "pgbench, prepared"
    routes = ("GET", "POST")

    @contextlib.contextmanager
    def start(self, cluster, world):
        self.cluster, self.world = cluster, world
        yield self

    def measure(self, route, given):
        done = subprocess.run(
            [str(self.cluster.bin / "pgbench"), "-n", "-M", "prepared",
             "-c", "8", "-j", "1", "-T", str(given.seconds),
             "-f", self.world.statements[route], "-h",
             str(self.cluster.home), "-U", self.cluster.user, "bench"],
            capture_output=True, text=True, check=True,
            timeout=given.seconds + 30)
        return float(re.search(r"tps = ([\d.]+)", done.stdout)[1]), None


def duikou(loops, **more):
    def settings(cluster, port):
        return {"DATABASE_URL": cluster.url("bench"),
                "DUIKOU_LISTEN": f"127.0.0.1:{port}",
                "DUIKOU_LOOPS": str(loops), "DUIKOU_LOG_LEVEL": "warn",
                # What it costs to count stays in; the limit is out of reach.
                "DUIKOU_RATE_READ": "1000000000",
                "DUIKOU_RATE_WRITE": "1000000000",
                "DUIKOU_RATE_SEARCH": "1000000000",
                **more}
    return settings


def fastify(processes, pipeline):
    def settings(cluster, port):
        return {"PGHOST": str(cluster.home), "PGUSER": cluster.user,
                "PGDATABASE": "bench", "PORT": str(port),
                "QUERIES": str(ROOT / "schema" / "queries"),
                "PROCESSES": str(processes), "NODE_ENV": "production",
                "PIPELINE": "1" if pipeline else "0",
                "POOL": "4" if pipeline else "10"}
    return settings


def all_of(program, home):
    serve, peer = [str(program), "serve"], ["node", str(home / "peer.js")]
    return [
        Program("duikou, 1 loop", serve, duikou(1)),
        Program("fastify + pg", peer, fastify(1, False)),
        Program("duikou, a transaction each", serve,
                duikou(1, DUIKOU_GROUP_WRITES="0"), routes=("POST",)),
        Program("duikou, 2 loops", serve, duikou(2)),
        Program("fastify + pg, 2 processes", peer, fastify(2, False)),
        Program("fastify + pg pipeline", peer, fastify(1, True)),
        Floor(),
    ]
