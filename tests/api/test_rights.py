"""Role x operation, from the cards' own table: what a role may not do is 403,
and 401 for nobody, before anything else is looked at."""

import json
import re

import pytest

from tests.api.server import run
from tests.api.town import new_id

CARDS = [json.loads(line) for line in
         run("", "check", "--rights").splitlines()]
ROLES = ["student", "enterprise", "school", "office", "operator"]


def path_of(card):
    """With ids that nothing has; a word where no id is asked for."""
    return re.sub(r"\{(\w+)\}", lambda found: str(new_id())
                  if found.group(1).endswith("_id") else "none", card["path"])


def pairs(is_wanted):
    return [pytest.param(card, role, id=f"{card['operation']}-{role}")
            for card in CARDS for role in ["nobody", *ROLES]
            if is_wanted(card, role)]


def ask(server, people, card, role, more=""):
    client = server.client(people.tokens.get(role))
    try:
        return client.ask(card["method"], path_of(card) + more)
    finally:
        client.close()


@pytest.fixture(scope="module")
def people(town):
    return town.people()


@pytest.mark.parametrize("card,role", pairs(
    lambda card, role: card["allow"][role] == "none"))
def test_refused(server, people, card, role):
    reply = ask(server, people, card, role)
    wanted = (401, "not-signed-in") if role == "nobody" else \
        (403, "forbidden")
    assert (reply.status, reply.problem["code"]) == wanted


@pytest.mark.parametrize("card,role", pairs(
    lambda card, role: card["allow"][role] != "none"))
def test_parameters_that_nobody_knows(server, people, card, role):
    reply = ask(server, people, card, role, "?no_such_parameter=1")
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert "no_such_parameter" in reply.wheres()


@pytest.mark.parametrize("card,role", pairs(
    lambda card, role: card["allow"][role] != "none"
    and "_id}" in card["path"]))
def test_what_is_not_there(server, people, contract, card, role):
    """404, unless something that must come with the request is missing."""
    operation = contract.operation_of(card["method"], path_of(card))
    needed = [f"{part['name']}="
              + ("2026-01-01" if part["schema"].get("format") == "date"
                 else str(new_id())) for part in
              map(contract.resolved, operation.get("parameters", []))
              if part["in"] == "query" and part.get("required")]
    reply = ask(server, people, card, role, "?" + "&".join(needed))
    if "requestBody" in operation:
        assert reply.status in (404, 415, 428)
    else:
        assert reply.status in (404, 428)


def test_every_operation_is_somebodys():
    for card in CARDS:
        assert any(scope != "none" for scope in card["allow"].values()), card


def test_the_operator_sees_nothing_of_a_consortium():
    """product.md: health, no personal data."""
    for card in CARDS:
        if card["allow"]["operator"] == "all":
            assert "students" not in card["path"], card
            assert "placements" not in card["path"], card
