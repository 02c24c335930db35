"""One cluster for the room; a template with schema and code lists in it."""

import itertools
import pathlib
import sys

import psycopg2
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from tests.support import pg as support  # noqa: E402
from tests.sql.world import World  # noqa: E402

numbers = itertools.count()


@pytest.fixture(scope="session")
def cluster():
    with support.Postgres() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def template(cluster):
    """A migrated database with the reference lists; connect to copies."""
    cluster.create("model")
    support.migrate(cluster.dsn("model"))
    support.load_reference(cluster.dsn("model"))
    return "model"


@pytest.fixture(scope="session")
def shared_dsn(cluster, template):
    cluster.create("common", template)
    return cluster.dsn("common")


@pytest.fixture
def world(shared_dsn):
    """A consortium in a transaction that is rolled back at the end."""
    db = psycopg2.connect(shared_dsn)
    yield World(db)
    db.rollback()
    db.close()


@pytest.fixture
def database(cluster, template):
    """The DSN of a database of one's own, for what commits."""
    name = f"own{next(numbers)}"
    cluster.create(name, template)
    yield cluster.dsn(name)
    cluster.drop(name)
