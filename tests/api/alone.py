"""A server with a database of its own for one file of tests. Workers take
whatever run waits in their database, so other tests neither lose runs nor gain
them.

Fixtures to import: alone, server, database, town.
"""

import pytest


@pytest.fixture(scope="module")
def alone(apart):
    with apart() as made:
        yield made


@pytest.fixture(scope="module")
def server(alone, proof):
    alone[0].proof = proof
    return alone[0]


@pytest.fixture(scope="module")
def database(alone):
    return alone[1]


@pytest.fixture(scope="module")
def town(alone):
    return alone[2]
