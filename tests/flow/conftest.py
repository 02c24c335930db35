"""The probe (probe.c) over a private PostgreSQL."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from tests.api.server import BUILD, Server, run  # noqa: E402
from tests.api.town import Town  # noqa: E402
from tests.support import pg as support  # noqa: E402

PROBE = BUILD / "tests" / "flow" / "flow-probe"


@pytest.fixture(scope="session")
def cluster():
    with support.Postgres() as cluster:
        cluster.create("probe")
        run(cluster.url("probe"), "migrate")
        run(cluster.url("probe"), "reference", "load",
            str(support.REFERENCE))
        yield cluster


@pytest.fixture(scope="session")
def server(cluster):
    server = Server(cluster.url("probe"), program=PROBE,
                    pool_threads=2).start()
    yield server
    assert server.stop() == 0, "".join(server.lines[-40:])


@pytest.fixture(scope="session")
def town(cluster):
    town = Town(cluster.dsn("probe"))
    yield town
    town.close()


@pytest.fixture
def people(town):
    return town.people()


@pytest.fixture
def office(server, people):
    client = server.client(people.tokens["office"])
    yield client
    client.close()


@pytest.fixture
def client(server):
    client = server.client()
    yield client
    client.close()
