"""Entries of the quota ledger follow each other in time: those that a clock set
back had put out of order before, and those that are made."""

import itertools

import psycopg2
import pytest

from tests.sql.world import uscc
from tests.support import pg as support

HOME, FIRM, LINE = (f"0000000{n}-0000-7000-8000-000000000000"
                    for n in (1, 2, 3))
MIGRATION = "0088_quotas_of_past_days.sql"


@pytest.fixture
def before(cluster):
    """A database as it was, with an enterprise and one of its categories."""
    name = "ledger"
    cluster.create(name)
    db = psycopg2.connect(cluster.dsn(name))
    with db, db.cursor() as cursor:
        for path in itertools.takewhile(lambda one: one.name != MIGRATION,
                                        support.migrations()):
            cursor.execute(path.read_text(encoding="utf-8"))
        cursor.execute("set session_replication_role = replica")
        cursor.execute(
            "insert into consortium (id, slug, name, division_code) values"
            " (%s, 'ledger', '湖城', '330100')", [HOME])
        cursor.execute(
            "insert into enterprise (consortium_id, id, uscc, name,"
            " industry_code, division_code, staff_count, staff_counted_on,"
            " state, created_at) values (%s, %s, %s, '一厂', '3411',"
            " '330106', 100, '2026-01-01', 'verified', '2026-01-02Z')",
            [HOME, FIRM, uscc(1)])
        cursor.execute("insert into quota_standing (consortium_id,"
                       " enterprise_id, seq) values (%s, %s, 4)",
                       [HOME, FIRM])
        for seq, at, present in ((1, "2026-03-01 08:00Z", 1),
                                 (2, "2026-03-02 16:30Z", 2),
                                 (3, "2026-03-02 15:00Z", 3),
                                 (4, "2026-03-03 08:00Z", 4)):
            for line in (FIRM, LINE):
                cursor.execute(
                    "insert into quota_entry (consortium_id, enterprise_id,"
                    " line_id, seq, at, cause, policy_version, staff_count,"
                    " floor_rule, floor_mille, floor_seats, cap_mille,"
                    " cap_seats, present, started, committed) values (%s, %s,"
                    " %s, %s, %s, 'day', 1, 100, %s, %s, %s, 100, 10, %s, 0,"
                    " 0)", [HOME, FIRM, line, seq, at,
                            *(("general", 20, 2) if line == FIRM
                              else (None,) * 3), present])
    with db, db.cursor() as cursor:
        cursor.execute("set session_replication_role = default")
    yield db
    db.close()
    cluster.drop(name)


def test_a_clock_that_was_set_back(before):
    with before, before.cursor() as cursor:
        cursor.execute((support.MIGRATIONS / MIGRATION).read_text(
            encoding="utf-8"))
    with before, before.cursor() as cursor:
        cursor.execute("set timezone = 'UTC'")
        cursor.execute("select line_id = enterprise_id, seq, at::text from"
                       " quota_entry order by 1 desc, 2")
        assert cursor.fetchall() == [(line, seq, at) for line in (True, False)
                                     for seq, at in (
            (1, "2026-03-01 08:00:00+00"), (2, "2026-03-02 16:30:00+00"),
            (3, "2026-03-02 16:30:00+00"), (4, "2026-03-03 08:00:00+00"))]
        cursor.execute("select settled_at::text from quota_standing")
        assert cursor.fetchall() == [("2026-03-03 08:00:00+00",)]
        for day, present in (("2026-02-28", []), ("2026-03-01", [1]),
                             ("2026-03-02", [1]), ("2026-03-03", [4])):
            cursor.execute("select present from quota_standings(%s, %s)",
                           [HOME, day])
            assert [row[0] for row in cursor.fetchall()] == present, day
        with pytest.raises(psycopg2.Error, match="append-only"):
            cursor.execute("update quota_entry set present = 9")


def test_what_is_made_is_never_before_the_last(world):
    firm = world.add("enterprise")["id"]
    world.add("policy")
    world.run("set constraints all immediate")
    world.run("update quota_standing set settled_at = now() + interval '1 hour'"
              " where enterprise_id = %s", firm)
    world.run("select settle_quota(%s, %s, 'started', null)",
              world.consortium, firm)
    world.run("select settle_quota(%s, %s, 'completed', null)",
              world.consortium, firm)
    (first, second), = world.run(
        "select array_agg(e.at = now() + interval '1 hour' order by e.seq),"
        " array_agg(e.at = s.settled_at order by e.seq) from quota_entry e"
        " join quota_standing s on s.enterprise_id = e.enterprise_id"
        " where e.enterprise_id = %s and e.cause in ('started', 'completed')",
        firm)
    assert first == second == [True, True]
