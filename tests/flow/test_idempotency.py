"""A POST with a key has its effect once."""

import threading

import pytest

from tests.api.town import Town


def effects(town, people):
    return town.one("select count(*) from session where consortium_id = %s"
                    " and created_at > now() - interval '1 hour'",
                    people.consortium)


def post(client, key, note="first", **more):
    return client.post("/probe/effects", {"note": note}, headers={
        "Idempotency-Key": key, **more})


@pytest.mark.parametrize("note", ["first", "tagged"])
def test_replay(office, town, people, note):
    first = post(office, "k1", note)
    again = post(office, '"k1"', note)
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    for name in ("etag", "location", "content-type"):
        assert again.headers[name] == first.headers[name]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert effects(town, people) == 1


def test_without_a_key_each_counts(office, town, people):
    for _ in range(2):
        assert office.post("/probe/effects",
                           {"note": "x"}).status == 201
    assert effects(town, people) == 2


def test_another_request_under_the_key(office, town, people):
    assert post(office, "k").status == 201
    other = post(office, "k", "second")
    assert (other.status, other.problem["code"]) == \
        (422, "idempotency-key-reused")
    assert effects(town, people) == 1


def test_a_key_belongs_to_its_account(office, server, people, town):
    school = server.client(people.tokens["school"])
    assert post(office, "k").status == 201
    reply = post(school, "k", "other")
    school.close()
    assert reply.status == 201
    assert "idempotency-replayed" not in reply.headers
    assert effects(town, people) == 2


def test_a_refused_request_leaves_nothing(office, town, people):
    refused = post(office, "k", "refuse")
    assert (refused.status, refused.problem["code"]) == (409, "wrong-state")
    assert effects(town, people) == 0
    assert post(office, "k", "better").status == 201
    assert effects(town, people) == 1


def test_an_expired_key_is_new(office, town, people):
    first = post(office, "k")
    town.run("update idempotency set expires_at = now() - interval '1 s'"
             " where consortium_id = %s", people.consortium)
    second = post(office, "k")
    assert second.json["id"] != first.json["id"]
    assert effects(town, people) == 2
    assert post(office, "k").json == second.json


def test_a_bare_key_may_hold_a_quote(office):
    assert post(office, '"a').status == 201


@pytest.mark.parametrize("key", ["", '""', "a b", "é", "k" * 256, '"a"b"'])
def test_bad_keys(office, town, people, key):
    reply = post(office, key.encode("utf-8").decode("latin-1"))
    assert reply.status == 400
    assert reply.wheres() == ["Idempotency-Key"]
    assert effects(town, people) == 0


def test_flaws_of_the_body_do_not_use_the_key(office, town, people):
    assert post(office, "k", "").status == 422
    assert post(office, "k", "good").status == 201
    assert effects(town, people) == 1


def test_eight_at_once(server, town, people):
    replies, gate = [], threading.Barrier(8)

    def one():
        client = server.client(people.tokens["office"])
        gate.wait()
        replies.append(post(client, "race"))
        client.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert effects(town, people) == 1
    done = [reply for reply in replies if reply.status == 201]
    busy = [reply for reply in replies if reply.status == 409]
    assert len(done) >= 1 and len(done) + len(busy) == 8
    assert len({reply.body for reply in done}) == 1
    assert {reply.problem["code"] for reply in busy} <= {"in-progress"}
    assert all(reply.headers["retry-after"] for reply in busy)
    last = post(server.client(people.tokens["office"]), "race")
    assert last.body == done[0].body


def test_in_progress_is_told_at_once(server, town, people, cluster):
    """The first one hangs on a lock; the second does not wait for it."""
    other = Town(cluster.dsn("probe"))
    other.db.autocommit = False
    other.run("lock table session in exclusive mode")
    first = []

    def hang():
        client = server.client(people.tokens["school"])
        first.append(post(client, "slow"))
        client.close()

    warm = server.client(people.tokens["school"])
    thread = threading.Thread(target=hang)
    thread.start()
    try:
        for _ in range(250):
            if town.run("select 1 from pg_locks where not granted"):
                break
            threading.Event().wait(0.02)
        reply = post(warm, "slow")
    finally:
        other.db.rollback()
        other.close()
        thread.join()
        warm.close()
    assert (reply.status, reply.problem["code"]) == (409, "in-progress")
    assert first[0].status == 201
    assert effects(town, people) == 1


def test_a_transaction_is_whole(office, town, people):
    assert office.post("/probe/both", {"note": "fine"}).status == 204
    assert effects(town, people) == 2
    town.run("delete from session where created_at > now()"
             " - interval '1 hour' and consortium_id = %s", people.consortium)
    refused = office.post("/probe/both", {"note": "twice"})
    assert (refused.status, refused.wheres()) == (409, ["#/note"])
    assert effects(town, people) == 0
