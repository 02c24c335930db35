"""server/wire/db against a private PostgreSQL: the C tests, and crashes."""

import os
import pathlib
import signal
import socket
import subprocess
import time

import psycopg2
import pytest

from tests.support import pg as support

BUILD = pathlib.Path(os.environ.get("BUILD", "build/dev")) / "tests/db"


@pytest.fixture(scope="module")
def cluster():
    with support.Postgres() as cluster:
        yield cluster


def run(dsn, *arguments):
    done = subprocess.run([BUILD / "db-tests", *arguments], timeout=200,
                          env={**os.environ, "DATABASE_URL": dsn},
                          capture_output=True, text=True)
    print(done.stdout[-20000:], done.stderr[-20000:])
    return done


def test_lanes_turns_losses(cluster):
    cluster.create("lanes")
    assert run(cluster.dsn("lanes")).returncode == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("hosts", [
    "localhost", "no-such-host.invalid,localhost", "127.0.0.1"])
def test_hosts_by_name(hosts, monkeypatch):
    """A name is looked up; one that does not exist is passed over."""
    monkeypatch.setenv("PGPORT", str(free_port()))
    with support.Postgres(listen_addresses="127.0.0.1",
                          port=os.environ["PGPORT"]) as cluster:
        # Arranging goes by the socket, what is tested by TCP.
        done = run(cluster.dsn(), "test_each_lane_answers",
                   f"host={hosts} user={cluster.user} dbname=postgres")
        assert done.returncode == 0
        assert "[       OK ] test_each_lane_answers" in done.stdout


def acknowledged_so_far(path):
    return path.read_bytes().count(b"\n")


def wait_for_more(path, than):
    deadline = time.monotonic() + 20
    while acknowledged_so_far(path) <= than:
        assert time.monotonic() < deadline, "the writer did not recover"
        time.sleep(0.05)


def test_no_acknowledged_write_is_lost_in_a_crash(tmp_path):
    """PostgreSQL is crashed under load again and again; the writer goes on
    by itself, and what it was told is stored is stored, once."""
    told = tmp_path / "acknowledged"
    with support.Postgres(synchronous_commit="on") as cluster:
        with psycopg2.connect(cluster.dsn()) as db:
            db.cursor().execute("create table crash_thing"
                                " (id bigint primary key)")
        db.close()
        with open(told, "wb") as out:
            writer = subprocess.Popen(
                [BUILD / "db-writer"], stdin=subprocess.PIPE, stdout=out,
                stderr=subprocess.PIPE, text=True,
                env={**os.environ, "DATABASE_URL": cluster.dsn()})
            try:
                for _ in range(4):
                    before = acknowledged_so_far(told)
                    wait_for_more(told, before)
                    time.sleep(0.4)
                    cluster.stop(signal.SIGQUIT)
                    cluster.start()
                    time.sleep(0.1)
                wait_for_more(told, acknowledged_so_far(told))
                _, said = writer.communicate(timeout=20)
            finally:
                writer.kill()
        assert writer.returncode == 0, said
        ids = [int(line) for line in told.read_text().split()]
        assert len(ids) == len(set(ids)) > 1000
        db = psycopg2.connect(cluster.dsn())
        cursor = db.cursor()
        cursor.execute("select id from crash_thing")
        stored = {row[0] for row in cursor.fetchall()}
        db.close()
        assert set(ids) <= stored
        print(len(ids), "acknowledged,", len(stored), "stored;",
              said.splitlines()[-1])
