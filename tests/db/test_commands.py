"""duikou-server migrate, check and reference load."""

import itertools
import os
import pathlib
import shutil
import subprocess

import psycopg2
import pytest

from tests.support import pg as support

SERVER = pathlib.Path(os.environ.get("BUILD", "build/dev")) \
    / "server/duikou-server"
OUTSIDE = support.ROOT.parent / "shared" / "reference"
MIGRATION_COUNT = len(support.migrations())
numbers = itertools.count()


@pytest.fixture(scope="module")
def cluster():
    with support.Postgres() as cluster:
        yield cluster


@pytest.fixture
def empty(cluster):
    name = f"empty{next(numbers)}"
    cluster.create(name)
    yield cluster.dsn(name)
    cluster.drop(name)


@pytest.fixture(scope="module")
def model(cluster):
    cluster.create("model")
    assert run(cluster.dsn("model"), "migrate").returncode == 0
    return "model"


@pytest.fixture
def migrated(cluster, model):
    name = f"migrated{next(numbers)}"
    cluster.create(name, model)
    yield cluster.dsn(name)
    cluster.drop(name)


def start(dsn, *words):
    return subprocess.Popen([SERVER, *words], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True,
                            env={**os.environ, "DATABASE_URL": dsn})


def run(dsn, *words):
    process = start(dsn, *words)
    out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def sql(dsn, text, *values):
    db = psycopg2.connect(dsn)
    try:
        with db, db.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall() if cursor.description else None
    finally:
        db.close()


# ---- migrate ----

def test_empty_database(empty):
    first = run(empty, "migrate")
    assert first.returncode == 0, first.stderr
    assert f"{MIGRATION_COUNT} applied, 0 were there before" in first.stdout
    rows = sql(empty, "select number, name, length(sha256), applied_at"
                      " from schema_migration order by number")
    assert [row[0] for row in rows] == list(range(1, MIGRATION_COUNT + 1))
    assert all(row[2] == 64 and row[3] for row in rows)
    names = [path.stem.split("_", 1)[1] for path in support.migrations()]
    assert [row[1] for row in rows] == names


def test_second_run_does_nothing(migrated):
    before = sql(migrated, "select * from schema_migration")
    again = run(migrated, "migrate")
    assert again.returncode == 0
    assert again.stdout == \
        f"0 applied, {MIGRATION_COUNT} were there before\n"
    assert sql(migrated, "select * from schema_migration") == before


def test_several_at_once(empty):
    processes = [start(empty, "migrate") for _ in range(4)]
    ends = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, ends
    applied = sorted(int(out.splitlines()[-1].split()[0]) for out, _ in ends)
    assert applied == [0, 0, 0, MIGRATION_COUNT]
    assert sql(empty, "select count(*) from schema_migration") \
        == [(MIGRATION_COUNT,)]


def test_changed_text_is_refused(migrated):
    sql(migrated, "update schema_migration set sha256 = repeat('0', 64)"
                  " where number = 2")
    refused = run(migrated, "migrate")
    assert refused.returncode == 1
    assert "migration 0002" in refused.stderr
    assert "changed after it was applied" in refused.stderr


def test_text_before_it_was_mended_is_known(migrated):
    """0045 and 0054, which PostgreSQL 15.20 would not run as they were."""
    mended = {}
    for path in support.migrations():
        head = path.read_text(encoding="utf-8").split("\n", 1)[0]
        if head.startswith("-- Mends "):
            mended[int(path.name[:4])] = head.removeprefix("-- Mends ")
    assert set(mended) == {45, 54}
    for number, sha256 in mended.items():
        sql(migrated, "update schema_migration set sha256 = %s"
                      " where number = %s", sha256, number)
    again = run(migrated, "migrate")
    assert again.returncode == 0, again.stderr
    checked = run(migrated, "check")
    assert checked.returncode == 0, checked.stderr
    sql(migrated, "update schema_migration set sha256 = %s where number = 46",
        mended[45])
    assert "migration 0046" in run(migrated, "migrate").stderr


def test_changed_text_stops_later_ones(migrated):
    """Nothing is applied on top of a past that is not ours."""
    sql(migrated, "delete from schema_migration where number > 1")
    sql(migrated, "update schema_migration set sha256 = 'other'")
    assert run(migrated, "migrate").returncode == 1
    assert sql(migrated, "select count(*) from schema_migration") == [(1,)]


def test_newer_database_is_refused(migrated):
    sql(migrated, "insert into schema_migration values (9999, 'later', 'x')")
    refused = run(migrated, "migrate")
    assert refused.returncode == 1
    assert "9999 later" in refused.stderr


def test_hole_in_the_past_is_refused(migrated):
    sql(migrated, "delete from schema_migration where number = 1")
    assert run(migrated, "migrate").returncode == 1


def test_failing_migration_leaves_nothing(empty):
    sql(empty, "create table occupation (already int)")
    failed = run(empty, "migrate")
    assert failed.returncode == 1
    assert "0001" in failed.stderr and "already exists" in failed.stderr
    assert sql(empty, "select to_regclass('specialty'),"
                      " (select count(*) from schema_migration)") \
        == [(None, 0)]
    sql(empty, "drop table occupation")
    assert run(empty, "migrate").returncode == 0


def test_no_database():
    gone = run("host=/nonexistent", "migrate")
    assert gone.returncode == 1
    assert "/nonexistent" in gone.stderr


# ---- check ----

def test_check_of_the_migrated_schema(migrated):
    checked = run(migrated, "check")
    assert checked.returncode == 0, checked.stderr
    assert f"{MIGRATION_COUNT} migrations" in checked.stdout
    count = len(list((support.ROOT / "schema/queries").glob("*.sql")))
    assert f" {count} statements, 0 flaws" in checked.stdout


def test_check_of_an_empty_database(empty):
    checked = run(empty, "check")
    assert checked.returncode == 1
    assert "schema_migration" in checked.stderr


def test_check_names_what_is_missing(migrated):
    sql(migrated, "delete from schema_migration where number = %s",
        MIGRATION_COUNT)
    checked = run(migrated, "check")
    assert checked.returncode == 1
    assert f"schema/migrations/{support.migrations()[-1].name}" \
        in checked.stderr


def test_check_names_each_statement_that_does_not_fit(migrated):
    queries = sorted((support.ROOT / "schema/queries").glob("*.sql"))
    if not queries:
        pytest.skip("schema/queries is empty")
    for (name,) in sql(migrated, "select relname from pg_class where"
                                 " relkind = 'r' and relnamespace ="
                                 " 'public'::regnamespace"
                                 " and relname <> 'schema_migration'"):
        sql(migrated, f"alter table {name} rename to {name}_of_old")
    checked = run(migrated, "check")
    assert checked.returncode == 1
    named = [path for path in queries
             if f"schema/queries/{path.name}: ERROR" in checked.stderr]
    assert len(named) > len(queries) / 2
    assert f", {len(named)} flaws" in checked.stdout


# ---- reference load ----

def counts(dsn):
    return {name: count for name, count in sql(
        dsn, "select name, row_count from reference_list")}


def test_official_lists(migrated):
    first = run(migrated, "reference", "load", str(support.REFERENCE))
    assert first.returncode == 0, first.stderr
    assert "specialty: 1495 rows, 1495 added, 0 changed, 0 retired" \
        in first.stdout
    assert counts(migrated)["division"] == 3434
    before = sql(migrated, "select * from specialty order by code")
    again = run(migrated, "reference", "load", str(support.REFERENCE))
    assert again.returncode == 0
    assert "specialty: 1495 rows, 0 added, 0 changed, 0 retired" \
        in again.stdout
    assert sql(migrated, "select * from specialty order by code") == before
    source = sql(migrated, "select edition, encode(sha256, 'hex')"
                           " from reference_list where name = 'specialty'")
    data = (support.REFERENCE / "specialties.csv").read_bytes()
    assert source[0][1] == support.hashlib.sha256(data).hexdigest()


def test_two_loads_at_once(migrated):
    loads = [start(migrated, "reference", "load", str(support.REFERENCE))
             for _ in range(3)]
    ends = [load.communicate(timeout=60) for load in loads]
    assert [load.returncode for load in loads] == [0, 0, 0], ends
    assert sql(migrated, "select count(*) from occupation"
                         " where is_current") == [(1661,)]


@pytest.fixture
def lists(migrated, tmp_path):
    """A loaded database, and a copy of the lists to spoil."""
    assert run(migrated, "reference", "load",
               str(support.REFERENCE)).returncode == 0
    for path in support.REFERENCE.glob("*.csv"):
        shutil.copy(path, tmp_path / path.name)
    return migrated, tmp_path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def load_refused(lists):
    dsn, directory = lists
    before = sql(dsn, "select name, edition, sha256 from reference_list"
                      " order by name")
    refused = run(dsn, "reference", "load", str(directory))
    assert refused.returncode == 1
    assert "nothing was loaded" in refused.stderr
    assert sql(dsn, "select name, edition, sha256 from reference_list"
                    " order by name") == before
    return refused.stderr


def test_row_of_a_bad_form(lists):
    lines = (lists[1] / "industries.csv").read_text("utf-8").split("\n")
    lines[6] = "XX," + lines[6].split(",", 1)[1]
    (lists[1] / "industries.csv").write_text("\n".join(lines), "utf-8")
    said = load_refused(lists)
    assert "industries.csv" in said and "line 7" in said


def test_unknown_parent(lists):
    lines = (lists[1] / "divisions.csv").read_text("utf-8").split("\n")
    assert ",110000," in lines[2]
    lines[2] = lines[2].replace(",110000,", ",990000,")
    lines[5] = lines[5].replace(",110100,", ",990100,")
    (lists[1] / "divisions.csv").write_text("\n".join(lines), "utf-8")
    said = load_refused(lists)
    assert "divisions.csv, row 3: parent_code 990000 is no known code" in said
    assert "divisions.csv, row 6: parent_code 990100 is no known code" in said


def test_twins(lists):
    path = lists[1] / "unit_natures.csv"
    text = path.read_text("utf-8")
    path.write_text(text + "10,机关\n", "utf-8")
    row = text.count("\n") + 1
    assert f"unit_natures.csv, row {row}: 10 was there before" \
        in load_refused(lists)


@pytest.mark.parametrize("header", [
    'code;name', 'code,"name"', 'code,nme', 'name,code,extra', '', 'Code,name',
    'code,name) from program'])
def test_wrong_header(lists, header):
    path = lists[1] / "unit_natures.csv"
    rest = path.read_text("utf-8").split("\n", 1)[1]
    path.write_text(header + "\n" + rest, "utf-8")
    assert "unit_natures.csv" in load_refused(lists)


def test_not_utf_8(lists):
    path = lists[1] / "unit_natures.csv"
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    assert "unit_natures.csv" in load_refused(lists)


def test_empty_file(lists):
    (lists[1] / "unit_natures.csv").write_bytes(b"")
    assert "unit_natures.csv" in load_refused(lists)


def test_missing_file(lists):
    (lists[1] / "unit_natures.csv").unlink()
    assert "there is no" in load_refused(lists)


@pytest.mark.parametrize("row", [
    "colours,unit_natures.csv,1,somewhere",
    "unit_nature,../unit_natures.csv,1,somewhere",
    "unit_nature,unit_natures.csv,,somewhere",
    "unit_nature,unit_natures.csv,1,"])
def test_lists_that_say_nonsense(lists, row):
    (lists[1] / "lists.csv").write_text("name,file,edition,source\n" + row
                                        + "\n")
    assert "lists.csv" in load_refused(lists)


def test_gone_code_is_retired_and_comes_back(lists):
    dsn, directory = lists
    edit(directory / "unit_natures.csv", "10,机关\n", "")
    gone = run(dsn, "reference", "load", str(directory))
    assert "unit_nature: 11 rows, 0 added, 0 changed, 1 retired" in gone.stdout
    assert sql(dsn, "select is_current from unit_nature where code = '10'") \
        == [(False,)]
    back = run(dsn, "reference", "load", str(support.REFERENCE))
    assert "unit_nature: 12 rows, 0 added, 1 changed, 0 retired" in back.stdout


def test_pair_list_beside_the_others(lists):
    dsn, directory = lists
    pairs = directory / "specialty_occupations.csv"
    pairs.write_text("specialty_code,occupation_code\n210101,2-03-05-00\n")
    loaded = run(dsn, "reference", "load", str(directory))
    assert "specialty_occupation: 1 rows, 1 added" in loaded.stdout
    pairs.write_text("specialty_code,occupation_code\n210101,2-03-05-00\n"
                     "999999,2-03-05-00\n210101,9-99-99-99\n")
    said = load_refused(lists)
    assert "row 3: specialty_code 999999 is no known code" in said
    assert "row 4: occupation_code 9-99-99-99 is no known code" in said
    assert sql(dsn, "select count(*) from specialty_occupation") == [(1,)]


def test_pair_list_alone(lists, tmp_path_factory):
    if not OUTSIDE.is_dir():
        pytest.skip("no ../shared/reference beside this tree")
    loaded = run(lists[0], "reference", "load", str(OUTSIDE))
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout == ("specialty_occupation: 5550 rows, 5550 added,"
                             " 0 changed, 0 retired (operator's own)\n")


def test_directory_without_lists(lists, tmp_path_factory):
    nowhere = tmp_path_factory.mktemp("nowhere")
    refused = run(lists[0], "reference", "load", str(nowhere))
    assert refused.returncode == 1
    assert "neither lists.csv nor" in refused.stderr


def test_before_migrating(empty):
    refused = run(empty, "reference", "load", str(support.REFERENCE))
    assert refused.returncode == 1
    assert "reference_list" in refused.stderr


# ---- the command line ----

@pytest.mark.parametrize("words", [
    [], ["fly"], ["migrate", "now"], ["reference"], ["reference", "load"],
    ["reference", "load", "a", "b"]])
def test_unknown_words(words):
    refused = run("", *words)
    assert refused.returncode == 1
    assert "usage: duikou-server" in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize("words", [
    ["serve"], ["work"], ["migrate"], ["check"], ["demo"],
    ["reference", "load", "a"]])
@pytest.mark.parametrize("url, said", [
    ("", "it is not set"),
    ("postgresql:/duikou:hush@h/d", 'missing "="'),
    ("duikou", 'missing "="'),
    ("mysql://duikou:hush@h/d?a=b", "invalid connection option"),
    ("postgresql://duikou:%zzhush@h/d", "invalid percent-encoded token"),
    ("postgresql://duikou:hush@h:five/d", "a port must be a number"),
    ("host=h password='hush", "unterminated quoted string")])
def test_malformed_url(words, url, said):
    """Nothing is tried, least of all the database that libpq would take."""
    refused = run(url, *words)
    assert refused.returncode == 1
    assert f"DATABASE_URL: {said}" in refused.stderr
    assert "hush" not in refused.stdout + refused.stderr


@pytest.mark.parametrize("words", [["--config"], ["check", "--rights"]])
def test_no_url_needed(words):
    assert run("duikou:hush@h", *words).returncode == 0


def test_help():
    told = run("", "--help")
    assert told.returncode == 0 and "migrate" in told.stdout


def test_unknown_log_level(monkeypatch):
    monkeypatch.setenv("DUIKOU_LOG_LEVEL", "loud")
    refused = run("", "migrate")
    assert refused.returncode == 1 and "loud" in refused.stderr
