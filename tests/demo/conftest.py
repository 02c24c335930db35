"""One PostgreSQL for the room, with a city that is loaded once and only read;
a test that wants to load makes a database of its own."""

import contextlib

import pytest

from tests.demo.place import Place
from tests.support.pg import Postgres, load_reference, migrate


@pytest.fixture(scope="session")
def cluster():
    with Postgres() as pg:
        pg.create("empty")
        migrate(pg.dsn("empty"))
        pg.create("lists", template="empty")
        load_reference(pg.dsn("lists"))
        yield pg


@pytest.fixture
def place(cluster):
    with contextlib.closing(Place(cluster, "lists")) as made:
        yield made


@pytest.fixture(scope="session")
def city(cluster):
    with contextlib.closing(Place(cluster, "lists")) as made:
        status, made.said, err = made.demo()
        assert status == 0, err
        yield made
