"""Health, documents, and the cards against the document."""

import json

import pytest

from tests.api.server import run

PUBLIC = ["/livez", "/readyz", "/version", "/metrics", "/openapi.json",
          "/problems/not-found"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public(client, path):
    reply = client.get(path)
    assert reply.status == 200
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["x-request-id"]


def test_head_is_get_without_a_body(client):
    whole = client.get("/version")
    head = client.ask("HEAD", "/version")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_metrics_count_by_operation(client):
    def count():
        for line in client.get("/metrics").body.decode().splitlines():
            if line.startswith('duikou_requests_total{operation="getVersion"'
                               ',class="2xx"}'):
                return int(line.split()[-1])
        return 0

    before = count()
    client.get("/version")
    assert count() == before + 1


def test_every_operation_has_a_card_and_the_reverse(contract):
    cards = [json.loads(line) for line in
             run("", "check", "--rights").splitlines()]
    assert [(card["method"], card["path"], card["operation"])
            for card in cards] == \
        [(method, path, operation["operationId"])
         for method, path, operation in contract.operations]


def test_cards_that_ask_for_nobody_say_so_in_the_document(contract):
    cards = {card["operation"]: card["allow"] for card in
             map(json.loads, run("", "check", "--rights").splitlines())}
    for _, path, operation in contract.operations:
        is_open = operation.get("security") == []
        nobody = cards[operation["operationId"]]["nobody"]
        assert is_open == (nobody == "public"), path


def test_the_served_document_is_ours(client, contract):
    assert client.get("/openapi.json").json == contract.document
