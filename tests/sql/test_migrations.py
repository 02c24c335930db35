"""The files, and what every table has to look like."""

import re

import psycopg2
import pytest

from tests.support import pg as support

GLOBAL = {"reference_list", "specialty", "specialty_node", "occupation",
          "industry", "division", "destination", "unit_nature",
          "specialty_occupation", "specialty_alias", "transition",
          "consortium", "attempt"}


def test_numbers_follow_each_other():
    names = [path.name for path in support.migrations()]
    assert [int(name[:4]) for name in names] \
        == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", name)
               for name in names)
    assert len(names) == len(list(support.MIGRATIONS.iterdir()))


def test_files_are_plain_sql():
    """No psql command, no transaction of their own: the runner has one."""
    for path in support.migrations():
        text = path.read_text(encoding="utf-8")
        bare = re.sub(r"\$\$.*?\$\$|--[^\n]*|begin atomic.*?\nend;", "", text,
                      flags=re.S)
        assert not re.search(r"^\s*\\", bare, re.M), path.name
        assert not re.search(r"^\s*(begin|commit|rollback)\b", bare,
                             re.M | re.I), path.name
        assert "concurrently" not in bare.lower(), path.name
        assert max(map(len, text.expandtabs(8).splitlines())) <= 80, path.name


def test_a_second_time_is_refused_whole(cluster, database):
    """The runner never repeats one; done by mistake, it changes nothing."""
    db = psycopg2.connect(database)
    for path in support.migrations():
        with pytest.raises(psycopg2.Error):
            with db, db.cursor() as cursor:
                cursor.execute(path.read_text(encoding="utf-8"))
    db.close()


def test_a_database_of_any_name_and_a_plain_owner(cluster):
    """An owner without superuser is enough."""
    db = psycopg2.connect(cluster.dsn())
    db.autocommit = True
    db.cursor().execute("create role plain login")
    db.cursor().execute("create database \"odd name\" owner plain")
    db.close()
    dsn = (f"host={cluster.home} user=plain dbname='odd name'")
    support.migrate(dsn)
    assert support.load_reference(dsn)["destination"] == (14, 0, 0)


def test_no_parsed_body_uses_a_row_type(world):
    """PostgreSQL 15.20 would not alter the row's table any more."""
    assert not world.run(
        """
        select p.oid::regprocedure::text, t.typname::text
        from pg_proc p
        join pg_depend d on d.classid = 'pg_proc'::regclass
            and d.objid = p.oid and d.refclassid = 'pg_type'::regclass
        join pg_type t on t.oid = d.refobjid
        join pg_class c on c.oid = t.typrelid
        where p.prosqlbody is not null and c.relkind = 'r'
        """)


def test_consortium_comes_first(world):
    for relation, kind, columns in world.run(
            """
            select t.relname, c.contype::text,
                (select array_agg(a.attname order by k.place)
                 from unnest(c.conkey) with ordinality k (attnum, place)
                 join pg_attribute a on a.attrelid = c.conrelid
                    and a.attnum = k.attnum)
            from pg_constraint c join pg_class t on t.oid = c.conrelid
            where c.contype in ('p', 'u', 'f')
                and t.relnamespace = 'public'::regnamespace
            """):
        if relation in GLOBAL:
            continue
        lists = {"specialty_code", "occupation_code", "industry_code",
                 "division_code", "home_division_code", "unit_nature_code",
                 "code"}
        if kind == "f" and set(columns) <= lists:
            continue
        assert columns[0] == "consortium_id", (relation, kind, columns)


def test_unique_indexes_too(world):
    for relation, definition in world.run(
            "select tablename, indexdef from pg_indexes"
            " where schemaname = 'public' and indexdef like '%%UNIQUE%%'"):
        if relation not in GLOBAL:
            assert "(consortium_id" in definition, definition


def test_every_table_has_a_primary_key(world):
    assert world.run(
        "select relname from pg_class t where relkind = 'r'"
        " and relnamespace = 'public'::regnamespace and not exists"
        " (select from pg_constraint where conrelid = t.oid"
        "  and contype = 'p')") == []


def test_lists_are_read_by_index(world):
    """The pages and look-ups that requests make, without a sort or a scan."""
    for _ in range(100):
        world.add("posting")
    world.run("analyze posting")
    world.run("set local enable_seqscan = off")
    world.run("set local enable_bitmapscan = off")
    for statement, index in (
            ("select id from posting where consortium_id = '{0}'"
             " and state = 'published'"
             " and (published_at, id) < (now(), '{0}')"
             " order by published_at desc, id limit 20", "posting_open"),
            ("select id from posting where consortium_id = '{0}'"
             " and enterprise_id = '{0}' and id > '{0}'"
             " order by id limit 20", "posting_by_enterprise"),
            ("select account_id from session where token_sha256 = '\\x00'",
             "session_by_token"),
            ("select 1 from run where state in ('queued', 'running')"
             " order by created_at limit 1", "run_to_take"),
            ("select * from change where consortium_id = '{0}'"
             " and (xid, id) > ('7', 7)"
             " and xid < pg_snapshot_xmin(pg_current_snapshot())"
             " order by xid, id limit 20", "change_pkey"),
            ("select * from event where consortium_id = '{0}'"
             " and subject_id = '{0}' order by id", "event_pkey")):
        plan = "\n".join(row[0] for row in world.run(
            "explain (costs off) " + statement.format(world.consortium)))
        assert index in plan and "Seq Scan" not in plan, plan
        if "order by id" in statement or "order by xid" in statement:
            assert "Sort" not in plan, plan
