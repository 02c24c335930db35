"""The live index: what is committed is ranked within a second, whatever
happens to the server, its connections or the announcements."""

import pathlib
import signal
import threading
import time

import psycopg2
import pytest

from tests.api.server import ROOT, Server
from tests.api.test_rounds import add_policy, add_posting
from tests.api.town import SERVICE, Town, new_id

SECOND = 1.0


def listed(server, people, role="student"):
    """Ids of all matches of the student, best first."""
    client = server.client(people.tokens[role])
    found, path = [], f"/v1/students/{people.student}/matches?limit=200"
    while path:
        page = client.get(path).json
        found += [item["posting_id"] for item in page["items"]]
        path = page["next"]
    client.close()
    return found


def within(seconds, holds):
    """Waits until it holds; how long that took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < seconds, "not within the time"
        time.sleep(0.01)
    return time.monotonic() - start


def close(town, people, posting):
    town.run("update posting set state = 'closed', actor = %s"
             " where consortium_id = %s and id = %s", SERVICE,
             people.consortium, posting)


def test_what_is_committed_is_ranked(server, town, people):
    add_policy(town, people)
    server.current(town)
    within(SECOND, lambda: listed(server, people) == [])
    made = add_posting(town, people)
    within(SECOND, lambda: listed(server, people) == [made])
    town.run("update posting set targets = '{510203}', actor = %s"
             " where consortium_id = %s and id = %s", SERVICE,
             people.consortium, made)
    within(SECOND, lambda: listed(server, people) == [])
    town.run("update posting set targets = '{660301}', actor = %s"
             " where consortium_id = %s and id = %s", SERVICE,
             people.consortium, made)
    within(SECOND, lambda: listed(server, people) == [made])
    close(town, people, made)
    within(SECOND, lambda: listed(server, people) == [])


def test_two_servers_see_it(cluster, database, server, town, people):
    add_policy(town, people)
    server.current(town)
    other = Server(cluster.url(database)).start()
    try:
        for _ in range(3):
            made = add_posting(town, people)
            for one in (server, other):
                within(SECOND, lambda: made in listed(one, people))
    finally:
        assert other.stop() == 0


def test_the_list_is_that_of_all_pairs(server, town, people, as_role):
    """Scores of the pairs one by one, sorted, are the list."""
    add_policy(town, people)
    server.current(town)
    made = [add_posting(town, people, target=target)
            for target in ("660301", "660302", "6603", "66", "660301",
                           "510203", "610101") for _ in range(4)]
    server.current(town)
    office = as_role("office")
    pairs = []
    for posting in made:
        pair = office.get(
            f"/v1/students/{people.student}/matches/{posting}").json
        if pair["is_eligible"]:
            pairs.append((-pair["score"], -town.one(
                "select extract(epoch from published_at) from posting"
                " where id = %s", posting), posting))
    assert len(pairs) >= 12
    assert listed(server, people) == [posting for *_, posting
                                      in sorted(pairs)]


def test_time_closes_a_posting(server, town, people):
    """No worker runs here, so nothing but the time changes."""
    add_policy(town, people)
    server.current(town)
    made = add_posting(town, people)
    within(SECOND, lambda: listed(server, people) == [made])
    town.run("update posting set closes_at = now() + interval '1 second',"
             " actor = %s where consortium_id = %s and id = %s", SERVICE,
             people.consortium, made)
    assert listed(server, people) == [made]
    within(1 + SECOND, lambda: listed(server, people) == [])
    server.current(town)
    state = town.one("select state from posting where id = %s", made)
    assert state == "published"


def test_a_policy_begins_at_its_time(server, town, people):
    add_policy(town, people)
    server.current(town)
    add_posting(town, people)
    client = server.client(people.tokens["student"])

    def version():
        items = client.get(
            f"/v1/students/{people.student}/matches").json["items"]
        return items[0]["policy_version"] if items else None

    within(SECOND, lambda: version() == 1)
    town.run("insert into policy (consortium_id, version, valid_from,"
             " weight_specialty, weight_skills) values"
             " (%s, 2, now() + interval '1 second', 6000, 0)",
             people.consortium)
    assert version() == 1
    within(1 + SECOND, lambda: version() == 2)
    client.close()


def test_a_student_who_leaves_is_no_candidate(server, town, people):
    add_policy(town, people)
    server.current(town)
    posting = add_posting(town, people)
    office = server.client(people.tokens["office"])

    def candidates():
        return [item["student_id"] for item in office.get(
            f"/v1/postings/{posting}/candidates").json["items"]]

    within(SECOND, lambda: candidates() == [str(people.student)])
    other = town.student(people.consortium, people.school)
    within(SECOND, lambda: str(other) in candidates())
    town.run("update student set state = 'left', reason = 'moved', actor = %s"
             " where consortium_id = %s and id = %s", SERVICE,
             people.consortium, other)
    within(SECOND, lambda: candidates() == [str(people.student)])
    for code in ("6", "66030", "abcd", "066030"):
        reply = office.get(f"/v1/postings/{posting}/candidates"
                           f"?specialty={code}")
        assert (reply.status, reply.wheres()) == (400, ["specialty"]), code
    office.close()


def test_a_school_that_moves_takes_its_students_along(server, town, people):
    """A rule asks where the school is."""
    add_policy(town, people)
    server.current(town)
    posting = add_posting(town, people)
    office = server.client(people.tokens["office"])

    def broken():
        items = office.get(
            f"/v1/postings/{posting}/candidates").json["items"]
        return items and [rule["rule"] for rule in items[0]["broken_rules"]]

    server.current(town)
    before = broken()
    town.run("update school set division_code = '110101', actor = %s"
             " where consortium_id = %s and id = %s", SERVICE,
             people.consortium, people.school)
    within(SECOND, lambda: broken() != before)
    office.close()


def test_commits_out_of_order(server, cluster, database, town, people):
    """The lower transaction commits last: neither holds up the other, and
    none is passed over."""
    add_policy(town, people)
    server.current(town)
    first, second = (add_posting(town, people, state="draft")
                     for _ in range(2))
    publish = ("update posting set state = 'published', actor = %s,"
               " closes_at = now() + interval '90 days'"
               " where consortium_id = %s and id = %s")
    slow = psycopg2.connect(cluster.dsn(database))
    try:
        with slow.cursor() as cursor:
            cursor.execute(publish, (SERVICE, people.consortium, first))
        town.run(publish, SERVICE, people.consortium, second)
        within(SECOND, lambda: listed(server, people) == [second])
        slow.commit()
        within(SECOND, lambda: sorted(listed(server, people))
               == sorted([first, second]))
    finally:
        slow.close()


def test_a_missed_announcement(server, cluster, database, town, people):
    """The change is there, and nobody said so."""
    add_policy(town, people)
    server.current(town)
    made = add_posting(town, people)
    within(SECOND, lambda: listed(server, people) == [made])
    quiet = psycopg2.connect(cluster.dsn(database))
    with quiet, quiet.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("update posting set state = 'closed'"
                       " where consortium_id = %s and id = %s",
                       (people.consortium, made))
        cursor.execute("insert into change (consortium_id, topic, subject_id,"
                       " kind) values (%s, 'posting', %s, 'closed')",
                       (people.consortium, made))
    quiet.close()
    within(SECOND, lambda: listed(server, people) == [])


def kill_connections(town):
    return town.one("select count(pg_terminate_backend(pid)) from"
                    " pg_stat_activity where datname = current_database()"
                    " and application_name = 'duikou live'")


def test_a_lost_connection_loses_nothing(own_server):
    server, town = own_server()
    people = town.people()
    add_policy(town, people)
    server.current(town)
    expected = [add_posting(town, people)]
    within(SECOND, lambda: listed(server, people) == expected)
    for _ in range(5):
        assert kill_connections(town) >= 1
        expected.append(add_posting(town, people))
        close(town, people, expected.pop(0))
        within(3 * SECOND, lambda: listed(server, people) == expected)
    assert any("live index follows" in line for line in server.lines)


def write_until(dsn, people, stop, acked):
    town = Town(dsn)
    while not stop.is_set():
        acked.append(add_posting(town, people))
        if len(acked) % 3 == 0:
            close(town, people, acked.pop(0))
    town.close()


def test_no_change_is_lost_when_killed(cluster, template):
    """kill -9 while others write: the next server has every commit."""
    cluster.create("livekill", template)
    town = Town(cluster.dsn("livekill"))
    people = town.people()
    add_policy(town, people)
    stop, acked = threading.Event(), []
    writer = threading.Thread(target=write_until, args=(
        cluster.dsn("livekill"), people, stop, acked))
    writer.start()
    try:
        for _ in range(3):
            server = Server(cluster.url("livekill")).start()
            time.sleep(0.3)
            server.stop(signal.SIGKILL)
    finally:
        stop.set()
        writer.join()
    server = Server(cluster.url("livekill")).start()
    assert sorted(listed(server, people)) == sorted(acked)
    assert server.stop() == 0
    town.close()
    cluster.drop("livekill")


def test_a_database_put_back_is_noticed(town):
    """A snapshot of a future that never came is said to be one."""
    text = pathlib.Path(ROOT, "schema/queries/change_since.sql").read_text()
    town.run("prepare since (text, text) as " + text)
    for seen, is_lost in ((None, False), ("10:20:10,12", False),
                          ("4000000000:4000000000:", True)):
        row = town.run("execute since (%s, now()::text)", seen)[0]
        assert row[3] is is_lost, seen
    town.run("deallocate since")


def test_a_new_consortium_is_there(server, town):
    people = town.people()
    add_policy(town, people)
    made = add_posting(town, people)

    def has_it():
        client = server.client(people.tokens["student"])
        reply = client.get(f"/v1/students/{people.student}/matches")
        client.close()
        assert reply.status in (200, 503)
        return reply.status == 200 and \
            [i["posting_id"] for i in reply.json["items"]] == [made]

    within(SECOND, has_it)


@pytest.mark.parametrize("name", ["position", "behind_ms", "changed",
                                  "rebuilt", "postings", "students", "bytes"])
def test_metrics(server, name):
    server.client().get("/readyz")
    assert server.metric("live_" + name) >= 0


def test_ids_that_nobody_has(as_role, people):
    assert as_role("office").get(
        f"/v1/postings/{new_id()}/candidates").status == 404
