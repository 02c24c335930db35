"""Runs the C tests of server/wire/db against a private PostgreSQL."""

import os
import pathlib
import subprocess

import pytest

from tests.support import pg as support

BUILD = pathlib.Path(os.environ.get("BUILD", "build/dev"))


@pytest.fixture(scope="module")
def cluster():
    with support.Postgres() as cluster:
        yield cluster


def test_lanes_turns_losses(cluster):
    cluster.create("lanes")
    done = subprocess.run([BUILD / "tests/db/db-tests"], timeout=200,
                          env={**os.environ,
                               "DATABASE_URL": cluster.dsn("lanes")},
                          capture_output=True, text=True)
    print(done.stdout[-20000:], done.stderr[-20000:])
    assert done.returncode == 0
