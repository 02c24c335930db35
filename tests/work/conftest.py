"""One PostgreSQL for the room; a fresh city and workers for each test."""

import contextlib
import os
import pathlib
import signal
import subprocess
import time

import psycopg2
import pytest

from tests.support.pg import Postgres, load_reference, migrate
from tests.work.city import City

BUILD = pathlib.Path(os.environ.get("BUILD", "build/dev"))
MATCHER = BUILD / "matcher" / "duikou-matcher"
SERVER = BUILD / "server" / "duikou-server"


@pytest.fixture(scope="session")
def cluster():
    with Postgres() as pg:
        pg.create("template")
        migrate(pg.dsn("template"))
        load_reference(pg.dsn("template"))
        yield pg


def hears_sigterm(process):
    """It has come as far as to ask for the signal; until then it would just
    die of it."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").open():
        if line.startswith("SigCgt:"):
            return int(line.split()[1], 16) >> (signal.SIGTERM - 1) & 1
    return process.poll() is not None


class Town:
    def __init__(self, cluster, name):
        self.url = cluster.url(name)
        self.dsn = cluster.dsn(name)
        self.db = psycopg2.connect(self.dsn)
        self.others, self.workers = [], []

    def settle(self, **size):
        return City(self.db, **size)

    def connect(self):
        """A connection beside the city's: ask(statement, *values)."""
        other = psycopg2.connect(self.dsn)
        other.autocommit = True
        self.others.append(other)

        def ask(statement, *values):
            with other.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall()

        return ask

    def reconnect(self, city):
        """After PostgreSQL was away."""
        self.db.close()
        self.db = city.db = psycopg2.connect(self.dsn)
        city.cursor = self.db.cursor()

    def worker(self, **settings):
        environment = {**os.environ, "DATABASE_URL": self.url,
                       **{"DUIKOU_" + name.upper(): str(value)
                          for name, value in settings.items()}}
        worker = subprocess.Popen([SERVER, "work"], env=environment)
        self.workers.append(worker)
        deadline = time.monotonic() + 30
        while not hears_sigterm(worker) and worker.poll() is None:
            assert time.monotonic() < deadline, "it never started"
            time.sleep(0.01)
        return worker

    def wait_done(self, city, run, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            state = city.column("run", run, "state")
            if state in ("done", "failed"):
                return state
            time.sleep(0.02)
        raise AssertionError(f"run is {state} after {seconds} s")

    def close(self):
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
            worker.wait()
        for db in [self.db, *self.others]:
            db.close()


@pytest.fixture
def town(cluster, request):
    name = "t" + str(abs(hash(request.node.name)))
    cluster.create(name, template="template")
    with contextlib.closing(Town(cluster, name)) as made:
        yield made
    cluster.drop(name)


def stop(worker):
    worker.send_signal(signal.SIGTERM)
    return worker.wait(timeout=30)
