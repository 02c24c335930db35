"""kill -9 of the server while it writes: what was acknowledged is there, and a
key settles what was not."""

import os
import random
import signal
import threading
import time
import uuid

from tests.api.server import Server
from tests.api.test_rounds import ROUND
from tests.api.town import Town

KILLS = 20 if os.environ.get("DUIKOU_TEST_LONG") else 3
WRITERS = 4


def write_until(server, token, stop, acked, asked):
    """Rounds, each under a key of its own, until the server is gone."""
    client = server.client(token)
    try:
        while not stop.is_set():
            key = str(uuid.uuid4())
            asked.append(key)
            reply = client.post("/v1/rounds", {**ROUND, "name": key},
                                headers={"Idempotency-Key": key})
            if reply.status == 201:
                acked[key] = reply.json["id"]
    except OSError:
        pass                    # killed under our hands
    except Exception as error:  # a reply cut short by the kill
        if "Incomplete" not in repr(error) and "Status" not in repr(error) \
                and "Remote" not in repr(error):
            raise
    finally:
        client.close()


def names(town, people):
    return [row[0] for row in town.run(
        "select name from round where consortium_id = %s",
        people.consortium)]


def test_no_acknowledged_write_is_lost(cluster, template):
    cluster.create("crash", template)
    town = Town(cluster.dsn("crash"))
    people = town.people()
    chance = random.Random(5)
    acked, asked = {}, []
    for _ in range(KILLS):
        server = Server(cluster.url("crash")).start()
        stop = threading.Event()
        writers = [threading.Thread(target=write_until,
                                    args=(server, people.tokens["office"],
                                          stop, acked, asked))
                   for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        time.sleep(chance.uniform(0.2, 0.7))
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        stop.set()
        for writer in writers:
            writer.join()
    assert len(acked) > 50 * KILLS, "too few writes to say anything"
    stored = names(town, people)
    assert len(stored) == len(set(stored)), "a key had its effect twice"
    assert set(acked) <= set(stored), "an acknowledged write is lost"

    server = Server(cluster.url("crash")).start()
    client = server.client(people.tokens["office"])
    for key in set(asked) - set(acked):
        reply = client.post("/v1/rounds", {**ROUND, "name": key},
                            headers={"Idempotency-Key": key})
        assert reply.status == 201, "the key settles what was unknown"
    client.close()
    assert server.stop() == 0
    assert sorted(names(town, people)) == sorted(set(asked))
    town.close()
