"""What a request may not be: too large, or twice at the same time."""

import psycopg2
import pytest

from tests.api.test_policy import POLICY
from tests.api.test_rounds import ROUND


@pytest.fixture
def taken(cluster, database):
    """taken(people, operation, key): a request that does not end has it."""
    db = psycopg2.connect(cluster.dsn(database))

    def take(people, operation, key):
        db.cursor().execute(
            "select pg_advisory_lock(hashtextextended("
            " concat_ws(' ', %s::uuid, %s::uuid, %s, %s), 0))",
            (people.consortium, people.accounts["office"], operation, key))

    yield take
    db.close()


@pytest.mark.parametrize("operation,path,body", [
    ("createRound", "/v1/rounds", ROUND),
    ("createPolicy", "/v1/consortia/{}/policy", POLICY)])
def test_the_key_of_a_request_under_way(as_role, people, taken, operation,
                                        path, body):
    taken(people, operation, "busy")
    reply = as_role("office").post(path.format(people.consortium), body,
                                   headers={"Idempotency-Key": "busy"})
    assert (reply.status, reply.problem["code"]) == (409, "in-progress")
    assert reply.headers["retry-after"]


@pytest.mark.parametrize("target,length", [
    ("/v1/imports?kind=students&mode=upsert", 32 * 1024 * 1024 + 1),
    ("/v1/sessions", 64 * 1024 + 1), ("/v1/nothing", 64 * 1024 + 1)])
def test_bodies_are_bounded_before_they_are_sent(server, target, length):
    reply = server.say(("POST", target), (
        f"POST {target} HTTP/1.1\r\nHost: x\r\n"
        f"Content-Length: {length}\r\n\r\n").encode())
    assert (reply.status, reply.problem["code"]) == (413, "body-too-large")
    assert reply.headers["connection"] == "close"
