"""Who is measured: each is started anew in every round, warmed, stopped."""

import contextlib
import os
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


class Running:
    """An HTTP server that answers; wrk asks."""

    def __init__(self, port, world):
        self.port, self.world = port, world

    def measure(self, route, given):
        self._wrk(route, WARM_SECONDS, given.connections)
        return self._wrk(route, given.seconds, given.connections)

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
        return count * 1e6 / micros


class Program:
    """A contender that is a process serving HTTP."""

    def __init__(self, name, command, settings, log="bench.log"):
        self.name, self.command, self.log = name, command, log
        self.settings = settings

    @contextlib.contextmanager
    def start(self, cluster, world):
        port = free_port()
        env = {**os.environ, **self.settings(cluster, port)}
        with open(world.home / self.log, "ab") as log:
            process = subprocess.Popen(self.command, env=env, stdout=log,
                                       stderr=log)
            try:
                wait_for(port, process)
                yield Running(port, world)
            finally:
                process.terminate()
                process.wait(20)


class Floor:
    """pgbench, prepared, a round trip each: what PostgreSQL itself gives."""

    name = "pgbench, prepared"

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
        return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])


def duikou(loops):
    def settings(cluster, port):
        return {"DATABASE_URL": cluster.url("bench"),
                "DUIKOU_LISTEN": f"127.0.0.1:{port}",
                "DUIKOU_LOOPS": str(loops)}
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
        Program("duikou, 2 loops", serve, duikou(2)),
        Program("fastify + pg, 2 processes", peer, fastify(2, False)),
        Program("fastify + pg pipeline", peer, fastify(1, True)),
        Floor(),
    ]
