"""Route x method x role x own/other/elsewhere x state, from the cards.

A card, a role or a state without a cell in matrix_cells.py fails the run, and
so does a cell that no card has any more. What must not succeed is asked of
one thing for all, which is then seen not to have changed.
"""

import json

import pytest

from tests.api import matrix, matrix_ask
from tests.api.matrix import RELATIONS, ROLES, Clients, World
from tests.api.matrix_cells import STATES, TABLE
from tests.api.server import run

CARDS = [card for card in map(json.loads,
                              run("", "check", "--rights").splitlines())
         if "_id}" in card["path"]]
LETTERS = dict(zip("SECOPIN", [*("student", "enterprise", "school", "office",
                                 "operator", "integrator"), "nobody"]))
CLASSES = {401: "1", 403: "3", 404: "n", 409: "c", 422: "u"}


def cells_of(table):
    """{(operation, kind, role): {(relation, state): letter}}"""
    found = {}
    for line in table.strip().splitlines():
        operation, kind, who, *columns = line.split()
        names = STATES[kind].split()
        for role in who:
            cells = {(relation, state): (column * len(names))[at]
                     if len(column) == 1 else column[at]
                     for relation, column in zip(RELATIONS, columns)
                     for at, state in enumerate(names)}
            assert len(columns) == 3 and all(
                len(column) in (1, len(names)) for column in columns), line
            assert (operation, kind, LETTERS[role]) not in found, line
            found[operation, kind, LETTERS[role]] = cells
    return found


CELLS = cells_of(TABLE)


@pytest.fixture(scope="module")
def world(apart):
    """Alone, so that no worker takes the imports and runs that wait here."""
    with apart() as (server, _, town):
        made = World(town)
        made.server = server
        made.office = server.client(made.own.tokens["office"])
        reply = made.office.post(
            f"/v1/consortia/{made.home}/rarity-editions")
        assert reply.status == 201, reply
        server.current(town)
        yield made
        made.office.close()


def test_every_card_has_its_cells():
    wanted = {(card["operation"], kind, role) for card in CARDS
              for _, kind in matrix_ask.kinds_of(card)
              for role in (*ROLES, "nobody")
              if card["allow"][role] != "none"}
    assert wanted - set(CELLS) == set(), "no row in matrix_cells.py"
    assert set(CELLS) - wanted == set(), "no card allows this"


def test_every_state_has_its_cells(world):
    known = matrix.states(world.town)
    assert {kind: set(names.split()) for kind, names in STATES.items()} \
        == {kind: set(names) for kind, names in known.items()}


def expected(card, kind, role, relation, state):
    cells = CELLS.get((card["operation"], kind, role))
    if cells is not None:
        return cells[relation, state]
    return "1" if role == "nobody" else "3"


def same(world, thing):
    return world.town.one(f"select t::text from {thing.kind} t"
                          " where id = %s", thing.id)


def walk(world, clients, card, param, kind):
    """(cell, wanted, got) of everything to ask of one card about one kind."""
    for state in STATES[kind].split():
        shared = world.make(kind, state)
        for role in (*ROLES, "nobody"):
            for relation in RELATIONS[:1 if role == "nobody" else 3]:
                wanted = expected(card, kind, role, relation, state)
                is_read = card["method"] == "GET"
                thing = shared if is_read or wanted != "2" \
                    else world.make(kind, state)
                token = None if role == "nobody" \
                    else world.who(thing, role, relation)
                matrix_ask.prepare(world, card, thing)
                before = same(world, thing)
                reply = matrix_ask.ask(world, clients.of(token), card, role,
                                       param, thing)
                got = "2" if reply.status < 300 \
                    else CLASSES.get(reply.status, str(reply.status))
                if (is_read or wanted != "2") and before != same(world,
                                                                 thing):
                    got += " and it changed"
                yield (card["operation"], kind, role, relation, state), \
                    wanted, got, reply


def test_the_matrix(world, capsys):
    clients, asked, wrong, methods = Clients(world.server), 0, [], set()
    for card in CARDS:
        for param, kind in matrix_ask.kinds_of(card):
            for cell, wanted, got, reply in walk(world, clients, card, param,
                                                 kind):
                asked += 1
                methods.add(card["method"])
                if got != wanted:
                    wrong.append(f"{cell}: {wanted} wanted, {got}: {reply}")
    clients.close()
    with capsys.disabled():
        print(f"\nmatrix: {len(CARDS)} operations with an id,"
              f" {len(STATES)} kinds of things in"
              f" {sum(len(names.split()) for names in STATES.values())}"
              f" states, {asked} cells, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong[:40])
    assert methods == {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_what_hangs_on_something_else(world):
    """The right id under the wrong parent is not there."""
    own = {kind: world.make(kind, state) for kind, state in (
        ("enterprise", "verified"), ("post_category", "-"),
        ("posting_feed_fetch", "taken"), ("round", "closed"),
        ("run", "queued"))}
    clients = Clients(world.server)
    pairs = [("enterprise", "post_category_id", "enterprise"),
             ("enterprise", "fetch_id", "enterprise"),
             ("round", "run_id", "office")]
    for parent, param, role in pairs:
        child = matrix_ask.KINDS[param]
        thing = matrix.Thing(child, own[child].id, own[child].state,
                             ids={parent + "_id": own[parent].id})
        client = clients.of(world.who(own[parent], role, "own"))
        for card in CARDS:
            if f"{{{parent}_id}}" in card["path"] \
                    and f"{{{param}}}" in card["path"]:
                reply = matrix_ask.ask(world, client, card, role,
                                       param, thing)
                assert reply.status == 404, reply
    clients.close()
