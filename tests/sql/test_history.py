"""Versions, the outbox and its fence, the audit chain."""

import hashlib
import random
import select
import threading
import time

import psycopg2
import psycopg2.extensions
import pytest

from tests.sql.world import SERVICE, World, new_id

READ = """
select xid::text, id, subject_id::text from change
where consortium_id = %s and (xid, id) > (%s::text::xid8, %s)
	and xid < pg_snapshot_xmin(pg_current_snapshot())
order by xid, id limit 50
"""

TOPICS = ("enterprise", "post_category", "school", "student", "posting",
          "account", "quota_override", "round", "placement")


@pytest.mark.parametrize("table", TOPICS)
def test_every_update_counts(world, table):
    column = {"placement": "score", "account": "is_disabled",
              "quota_override": "why", "round": "name",
              "posting": "openings", "student": "class_name"}.get(
        table, "name")
    values = {"placement": [1, 2], "account": [True, False],
              "quota_override": ["a small workshop"] * 2, "posting": [5, 6]}.get(
        table, ["甲", "乙"])
    row = world.add(table, created_by=world.consortium)
    assert world.get(table, row["id"], "version") == 1
    for version, value in enumerate(values, 2):
        world.update(table, row["id"], **{column: value, "actor": SERVICE})
        assert world.get(table, row["id"], "version") == version
        assert world.get(table, row["id"], "actor") is None
    assert world.run(
        "select topic, kind, version, actor::text from change"
        " where subject_id = %s order by xid, id", row["id"]) \
        == [(table, "created", 1, world.consortium),
            (table, "updated", 2, SERVICE), (table, "updated", 3, SERVICE)]


def test_a_version_cannot_be_set(world):
    row = world.add("school")
    world.update("school", row["id"], version=99)
    assert world.get("school", row["id"], "version") == 2


def test_consortium_counts_too(world):
    world.run("update consortium set name = '新', actor = %s where id = %s",
              SERVICE, world.consortium)
    assert world.run("select version, actor from consortium where id = %s",
                     world.consortium) == [(2, None)]
    assert world.run("select topic, kind, version, actor::text from change"
                     " where subject_id = %s order by xid, id",
                     world.consortium) \
        == [("consortium", "created", 1, None),
            ("consortium", "updated", 2, SERVICE)]


def test_deletion_leaves_a_tombstone(world):
    for table in ("posting", "student", "post_category"):
        row = world.add(table)
        world.run(f"delete from {table} where id = %s", row["id"])
        assert world.run("select kind from change where subject_id = %s"
                         " order by xid, id", row["id"]) \
            == [("created",), ("deleted",)]


def test_revocation_is_a_change(world):
    row = world.add("session")
    quiet = world.one("select count(*) from change where topic = 'session'")
    world.update("session", row["id"], expires_at="2999-02-02")
    assert world.one("select count(*) from change"
                     " where topic = 'session'") == quiet
    for _ in range(2):  # once, however often it is said
        world.update("session", row["id"], revoked_at="2026-01-01")
    gone = world.add("session")
    world.run("delete from session where id = %s", gone["id"])
    assert world.run("select subject_id::text, kind from change"
                     " where topic = 'session' order by id") \
        == [(row["id"], "revoked"), (gone["id"], "revoked")]


def test_events_stay(world):
    world.verified_enterprise()
    world.run("set constraints audited immediate")
    for statement in ("update event set to_state = 'x'", "delete from event",
                      "truncate event"):
        with world.refused("DK003"):
            world.run(statement)


# the fence

def committed_world(dsn):
    db = psycopg2.connect(dsn)
    world = World(db)
    world.any("school")
    db.commit()
    return db, world


def read_all(cursor, consortium, after=("0", 0)):
    """Everything below the fence after that cursor, and the new cursor."""
    found = []
    while True:
        cursor.execute(READ, (consortium, *after))
        rows = cursor.fetchall()
        if not rows:
            return found, after
        found += [row[2] for row in rows]
        after = rows[-1][:2]


def test_the_fence_holds_back_what_may_be_overtaken(database):
    slow, world = committed_world(database)
    fast = psycopg2.connect(database)
    reader = psycopg2.connect(database)
    reader.autocommit = True
    cursor = reader.cursor()
    _, after = read_all(cursor, world.consortium)

    early = world.add("student")["id"]  # has its number, has not committed
    other = World.__new__(World)
    other.__dict__.update(world.__dict__, db=fast, cursor=fast.cursor())
    late = other.add("student")["id"]
    fast.commit()
    found, after = read_all(cursor, world.consortium, after)
    assert found == []  # the later one would hide the earlier
    slow.commit()
    found, after = read_all(cursor, world.consortium, after)
    assert found == [early, late]
    assert read_all(cursor, world.consortium, after)[0] == []
    for db in (slow, fast, reader):
        db.close()


def test_no_change_is_lost_or_read_twice_among_many(database):
    db, world = committed_world(database)
    written, stop, problems = set(), threading.Event(), []

    def write(seed):
        chance = random.Random(seed)
        mine = psycopg2.connect(database)
        hand = World.__new__(World)
        hand.__dict__.update(world.__dict__, db=mine, cursor=mine.cursor())
        try:
            for _ in range(40):
                ids = [hand.add("student")["id"]
                       for _ in range(chance.randint(1, 4))]
                time.sleep(chance.random() * 0.01)
                if chance.random() < 0.2:
                    mine.rollback()
                else:
                    mine.commit()
                    written.update(ids)
        except Exception as problem:  # told by the main thread
            problems.append(problem)
        finally:
            mine.close()

    seen = []

    def read():
        mine = psycopg2.connect(database)
        mine.autocommit = True
        after = ("0", 0)
        while True:
            last = stop.is_set()
            found, after = read_all(mine.cursor(), world.consortium, after)
            seen.extend(found)
            if last:
                break
        mine.close()

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in [reader, *writers]:
        thread.start()
    for thread in writers:
        thread.join(60)
    stop.set()
    reader.join(60)
    db.close()
    assert not problems and not reader.is_alive()
    students = [subject for subject in seen if subject in written]
    assert len(students) == len(set(students)) == len(written) > 100
    assert len(seen) == len(set(seen))


def notified(listener, seconds):
    if select.select([listener], [], [], seconds)[0]:
        listener.poll()
    payloads = [note.payload for note in listener.notifies]
    listener.notifies.clear()
    return payloads


def test_what_wakes_and_what_does_not(database):
    db, world = committed_world(database)
    enterprise = world.verified_enterprise()
    db.commit()
    listener = psycopg2.connect(database)
    listener.autocommit = True
    listener.cursor().execute("listen duikou_change")

    draft = world.add("posting", enterprise_id=enterprise)["id"]
    db.commit()
    world.update("posting", draft, title="新題")
    db.commit()
    assert notified(listener, 0.2) == []  # a draft is nobody's business
    world.move("posting", draft, "published", closes_at="2999-01-01")
    db.commit()
    assert notified(listener, 5) == [world.consortium]
    for _ in range(3):
        world.add("student")
    db.commit()
    assert notified(listener, 5) == [world.consortium]
    world.add("student")
    db.rollback()
    assert notified(listener, 0.2) == []
    db.close()
    listener.close()


# the audit

def recomputed(row, previous):
    """The hash as anyone would compute it from what 0002 says."""
    consortium, seq, micros, actor, action, kind, subject, detail = row
    text = "".join(
        "-" if field is None else f"{len(field.encode())}:{field}"
        for field in (consortium, str(seq), str(micros), actor, action, kind,
                      subject, detail))
    return hashlib.sha256(previous + text.encode()).digest()


def chained(world, count=5):
    for number in range(count):
        world.run("select audit_append(%s, %s, 'round.run', 'round', %s, %s)",
                  world.consortium, SERVICE,
                  new_id() if number % 2 else None,
                  '{"理由": "甲",  "n": %d}' % number if number else None)


def first_fault(world):
    return world.one("select audit_first_fault(%s)", world.consortium)


def test_audit_is_a_chain_that_others_can_follow(world):
    chained(world)
    previous = bytes(32)
    rows = world.run(
        "select consortium_id::text, seq,"
        " (extract(epoch from at) * 1000000)::bigint, actor::text, action,"
        " subject_kind, subject_id::text, detail::text, prev_hash, hash"
        " from audit where consortium_id = %s order by seq",
        world.consortium)
    assert [row[1] for row in rows] == [1, 2, 3, 4, 5]
    assert rows[1][7] == '{"理由": "甲",  "n": 1}'  # byte for byte
    for row in rows:
        assert bytes(row[8]) == previous
        previous = recomputed(row[:8], previous)
        assert bytes(row[9]) == previous
    assert first_fault(world) is None


def test_audit_is_append_only(world):
    chained(world)
    for statement in ("update audit set action = 'x'", "delete from audit",
                      "truncate audit"):
        with world.refused("DK003"):
            world.run(statement)


def test_audit_numbers_cannot_be_chosen(world):
    chained(world, 1)
    world.run("insert into audit values (%s, 77, '2001-01-01', %s, 'x', 'x',"
              " null, '{}', %s, %s)", world.consortium, SERVICE,
              b"1" * 32, b"1" * 32)
    assert world.one("select count(*) from audit where consortium_id = %s"
                     " and seq = 2 and at > '2026-01-01'",
                     world.consortium) == 1
    assert first_fault(world) is None


@pytest.mark.parametrize("tampering,fault", [
    ("update audit set action = 'y' where seq = 3", 3),
    ("update audit set actor = gen_random_uuid() where seq = 2", 2),
    ("update audit set at = at + interval '1 microsecond' where seq = 4", 4),
    ("update audit set detail = '{\"n\": 9}' where seq = 1", 1),
    ("update audit set subject_id = null where seq = 4", 4),
    ("update audit set subject_kind = '' where seq = 5", 5),
    ("update audit set hash = prev_hash where seq = 2", 2),
    ("update audit set prev_hash = hash where seq = 2", 2),
    ("delete from audit where seq = 1", 2),
    ("delete from audit where seq = 3", 4),
    ("delete from audit where seq = 5", 5),
    ("delete from audit where seq > 3", 4),
    ("update audit set seq = 6 where seq = 5", 6),
])
def test_audit_tampering_is_found(world, tampering, fault):
    chained(world)
    world.run("alter table audit disable trigger user")
    world.run(tampering + " and consortium_id = %s", world.consortium)
    assert first_fault(world) == fault


def test_audit_writers_take_turns(database):
    db, world = committed_world(database)

    def write():
        mine = psycopg2.connect(database)
        for _ in range(25):
            with mine, mine.cursor() as cursor:
                cursor.execute(
                    "select audit_append(%s, %s, 'x', 'x', null, '{}')",
                    (world.consortium, SERVICE))
        mine.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert world.one("select count(*) from audit") == 100
    assert first_fault(world) is None
    db.close()
