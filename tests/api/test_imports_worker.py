"""Files that a worker brings in: states, modes, formats, and its death."""

import contextlib
import itertools
import json
import os
import signal
import subprocess
import time

import pytest

from tests.api.server import PROGRAM
from tests.api.test_imports import HEADER, a_row, sheet
from tests.api.town import new_id

ASYNC = {"Prefer": "respond-async"}
WAIT_S = 40


def lines(rows):
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n"
                    for row in rows)


class Workers:
    """Processes of `duikou-server work`."""

    def __init__(self, url):
        self.url, self.running = url, []

    def start(self, **settings):
        self.running.append(subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", str(PROGRAM), "work"],
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "DATABASE_URL": self.url,
                 **{"DUIKOU_" + name.upper(): str(value)
                    for name, value in settings.items()}}))
        return self.running[-1]

    def close(self):
        for one in self.running:
            if one.poll() is None:
                one.send_signal(signal.SIGTERM)
        return [one.wait(30) for one in self.running]


@pytest.fixture(scope="module")
def worker(cluster, database):
    """One that is at work during the tests of this file."""
    workers = Workers(cluster.url(database))
    workers.start()
    yield
    assert workers.close() == [0]


@pytest.fixture
def school(as_role):
    return as_role("school")


@pytest.fixture
def importing(school, town, people):
    """importing(rows or bytes, mode, media type) -> the import that ended."""
    def send(data, mode="all_or_nothing", kind="text/csv", more=""):
        if not isinstance(data, bytes):
            data = lines(data) if kind == "application/jsonl" \
                else sheet(data)
        sent = school.post(f"/v1/imports?kind=students&mode={mode}{more}",
                           raw=data, content_type=kind, headers=ASYNC)
        assert sent.status == 202, sent
        assert sent.json["state"] == "queued"
        assert sent.headers["location"] == "/v1/imports/" + sent.json["id"]
        assert sent.headers["preference-applied"] == "respond-async"
        return finished(school, sent.json["id"])

    send.count = lambda: town.one(
        "select count(*) from student where consortium_id = %s",
        people.consortium)
    return send


def finished(client, made, seconds=WAIT_S):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        got = client.get("/v1/imports/" + made).json
        if got["state"] in ("done", "failed"):
            return got
        time.sleep(0.05)
    raise AssertionError(f"{seconds} s were not enough: {got}")


def rows_of(client, made, more=""):
    target = f"/v1/imports/{made}/rows?limit=200{more}"
    while target:
        page = client.get(target)
        assert page.status == 200, page
        yield from page.json["items"]
        target = page.json["next"]


def errors(client, made):
    return [(row["row"], error["column"], error["code"])
            for row in rows_of(client, made) for error in row["errors"]]


def counted(done):
    assert done["state"] == "done", done
    return {name: count for name, count in done["counts"].items() if count}


@pytest.mark.parametrize("encoding, name", [
    ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")])
def test_chinese_columns(worker, importing, school, encoding, name):
    text = "".join(",".join(line) + "\r\n" for line in [HEADER, [
        "2024-1", "吴𬸚桐", "机电一体化技术", "24机电1班", "2024级",
        "2006年3月14日", "女"]])
    done = importing(text.encode(encoding))
    assert counted(done) == {"rows": 1, "created": 1}
    assert done["encoding"] == name and done["phase"] is None
    assert (done["rows_read"], done["rows_done"]) == (1, 1)
    row, = rows_of(school, done["id"])
    assert (row["row"], row["status"], row["key"], row["errors"]) \
        == (2, "created", "2024-1", [])
    got = school.get("/v1/students/" + row["id"]).json
    assert got["name"] == "吴𬸚桐" and got["birth_date"] == "2006-03-14"


def test_json_lines(worker, importing, school):
    rows = [{**a_row(), "entry_year": 2024, "birth_date": "2006-03-14",
             "sex": "female", "skills": ["焊接", "钳工, 高级"],
             "graduates_on": None},
            {**a_row(), "entry_year": "x", "colour": "red",
             "skills": ["", 1]}]
    data = b"\xef\xbb\xbf\n" + lines(rows) + b"[]\r\nnonsense\n\xff\n"
    done = importing(data, "upsert", "application/jsonl")
    assert counted(done) == {"rows": 5, "created": 1, "rejected": 4}
    assert errors(school, done["id"]) == [
        (3, "entry_year", "wrong-type"), (3, "birth_date", "malformed"),
        (3, "sex", "not-a-choice"), (3, "skills/0", "too-short"),
        (3, "skills/1", "wrong-type"), (3, "colour", "unknown"),
        (4, None, "wrong-type"), (5, None, "malformed"),
        (6, None, "malformed")]
    made, = rows_of(school, done["id"], "&status=created")
    assert school.get("/v1/students/" + made["id"]).json["skills"] \
        == ["焊接", "钳工, 高级"]
    known = [{**rows[0], "colour": "red"}]
    assert counted(importing(known, "upsert", "application/jsonl",
                             "&unknown_columns=ignore")) \
        == {"rows": 1, "unchanged": 1}


def test_json_lines_have_bounds(worker, importing, school):
    line = lines([{**a_row(), "entry_year": 2024, "sex": "male",
                   "birth_date": "2006-03-14", "name": "x" * 300000}])
    done = importing(line, "upsert", "application/jsonl")
    assert errors(school, done["id"])[0] == (1, None, "too-long")


def test_all_or_nothing_is_nothing(worker, importing, school):
    known = a_row()
    assert counted(importing([known])) == {"rows": 1, "created": 1}
    done = importing([a_row(), known, a_row(home_division_code="339999"),
                      a_row(name="")])
    assert counted(done) == {"rows": 4, "rejected": 3, "not_written": 1}
    assert done["rows_rejected"] == 3
    assert errors(school, done["id"]) == [
        (3, "student_number", "duplicate"),
        (4, "home_division_code", "unknown-code"), (5, "name", "required")]
    assert importing.count() == 2


def test_upsert_writes_what_is_sound(worker, importing):
    rows = [a_row(), a_row(name=""), a_row()]
    assert counted(importing(rows, "upsert")) \
        == {"rows": 3, "created": 2, "rejected": 1}
    again = importing([{**rows[0], "class_name": "24机电2班"}, rows[2],
                       a_row()], "upsert")
    assert counted(again) == {"rows": 3, "updated": 1, "unchanged": 1,
                              "created": 1}
    assert importing.count() == 4


def test_a_dry_run_writes_nothing(worker, importing):
    known = a_row()
    importing([known])
    done = importing([known, a_row(), a_row(name=""),
                      a_row(home_division_code="339999")], "dry_run")
    assert counted(done) == {"rows": 4, "would_update": 1, "would_create": 1,
                             "rejected": 2}
    assert importing.count() == 2


def test_twins_in_one_file(worker, importing, school):
    done = importing([
        a_row(), a_row(student_number="T-1"), a_row(),
        a_row(student_number="T-1"), a_row(student_number="T-1", name="")],
        "upsert")
    assert errors(school, done["id"]) == [
        (3, "student_number", "duplicate"),
        (5, "student_number", "duplicate"), (6, "name", "required"),
        (6, "student_number", "duplicate")]
    assert [error["detail"] for row in rows_of(school, done["id"])
            for error in row["errors"] if error["code"] == "duplicate"] == \
        ["is in row 5 too", "is in row 3 too", "is in row 3 too"]
    assert counted(done) == {"rows": 5, "created": 2, "rejected": 3}


@pytest.mark.parametrize("data, codes", [
    (b"", ["required"]), ("学号,姓名\n1,2\n".encode(), ["required"] * 2),
    ("学号,姓名,入学年份,出生日期,身份证号\n".encode(), ["unknown"]),
    (b"PK\x03\x04rest of it", ["bad-encoding"])])
def test_files_that_are_none(worker, importing, school, data, codes):
    done = importing(data)
    assert done["state"] == "failed" and done["counts"] is None
    assert [flaw["code"] for flaw in done["errors"]] == codes
    assert list(rows_of(school, done["id"])) == []


def test_in_chinese(worker, importing, school):
    done = importing([a_row(name="")], "upsert")
    got = school.get(f"/v1/imports/{done['id']}/rows",
                     headers={"Accept-Language": "zh-CN"})
    assert got.json["items"][0]["errors"] == [
        {"column": "name", "code": "required", "detail": "必填"}]


def test_names_as_people_write_them(worker, importing, school):
    """Traditional forms are the name; unknown names have neighbours."""
    done = importing([a_row(specialty_name="機電一體化技術"),
                      a_row(specialty_name="机电一体化"),
                      a_row(specialty_name="炼金术")], "upsert")
    assert counted(done) == {"rows": 3, "created": 1, "rejected": 2}
    made, near, far = rows_of(school, done["id"])
    assert school.get("/v1/students/" + made["id"]).json["specialty_name"] \
        == "机电一体化技术"
    suggestions = near["errors"][0]["suggestions"]
    assert suggestions[0]["name"] == "机电一体化技术"
    assert suggestions[0]["code"] == "460301" and len(suggestions) <= 3
    assert "suggestions" not in far["errors"][0]


def test_many_rows_go_in_batches(worker, importing, school):
    rows = [a_row(name="" if i % 500 == 0 else "周晓") for i in range(5000)]
    done = importing(rows, "upsert")
    assert counted(done) == {"rows": 5000, "created": 4990, "rejected": 10}
    assert [row["row"] for row in rows_of(school, done["id"],
                                          "&status=rejected")] \
        == list(range(2, 5002, 500))
    assert [row["row"] for row in rows_of(school, done["id"])] \
        == list(range(2, 5002))
    assert counted(importing([a_row() for _ in range(3000)])) \
        == {"rows": 3000, "created": 3000}
    assert importing.count() == 7991


def test_own_imports_are_listed(worker, importing, school, as_role):
    first, second = importing([a_row()]), importing([a_row(name="")])
    listed = school.get("/v1/imports").json["items"]
    assert [one["id"] for one in listed] == [second["id"], first["id"]]
    assert listed[1] == school.get("/v1/imports/" + first["id"]).json
    page = school.get("/v1/imports?limit=1").json
    assert school.get(page["next"]).json["items"] == [first | {}]
    assert school.get("/v1/imports?state=failed").json["items"] == []
    for target in ("", "?state=receiving", "?kind=cats"):
        status = school.get("/v1/imports" + target).status
        assert status == (400 if target else 200)


def test_another_schools_import_is_not_there(worker, importing, server, town,
                                             people):
    done = importing([a_row()])
    other = town.school(people.consortium)
    theirs = server.client(town.token(
        people.consortium,
        town.account(people.consortium, "school", other)))
    for path in (done["id"], done["id"] + "/rows", new_id()):
        assert theirs.get(f"/v1/imports/{path}").status == 404
    assert theirs.get("/v1/imports").json["items"] == []
    theirs.close()


def test_nobody_is_asked_to_sign_in(client):
    for path in ("", f"/{new_id()}", f"/{new_id()}/rows"):
        assert client.get("/v1/imports" + path).status == 401


def test_rows_of_unknown_status(worker, importing, school):
    done = importing([a_row()])
    assert school.get(f"/v1/imports/{done['id']}/rows?status=odd").status \
        == 400


def test_the_same_key_imports_once(worker, importing, school):
    data, key = sheet([a_row()]), {"Idempotency-Key": f"k{new_id()}", **ASYNC}
    target = "/v1/imports?kind=students&mode=upsert"
    first, again = (school.post(target, raw=data, content_type="text/csv",
                                headers=key) for _ in range(2))
    assert first.status == again.status == 202
    assert first.json["id"] == again.json["id"]
    assert counted(finished(school, first.json["id"])) \
        == {"rows": 1, "created": 1}
    assert len(school.get("/v1/imports").json["items"]) == 1


def test_two_at_once_of_the_same_students(worker, cluster, database, importing,
                                          school):
    """In opposite order, by two workers: no row is lost or made twice."""
    rows = [a_row() for _ in range(4000)]
    with contextlib.closing(Workers(cluster.url(database))) as more:
        more.start()
        made = [school.post("/v1/imports?kind=students&mode=upsert",
                            raw=sheet(some), content_type="text/csv",
                            headers=ASYNC).json["id"]
                for some in (rows, rows[::-1])]
        counts = [counted(finished(school, one)) for one in made]
    assert sum(one.get("created", 0) for one in counts) == 4000
    assert all(one["rows"] == 4000 and "rejected" not in one
               for one in counts)
    assert importing.count() == 4001


@pytest.mark.parametrize("mode", ["all_or_nothing", "upsert", "dry_run"])
def test_a_worker_that_dies(apart, cluster, mode):
    """Killed at many moments: the next one ends it, whole, and nothing is
    ever seen of all or nothing before its end."""
    count = 3000
    with apart(loops=1, write_connections=2) as (server, name, town):
        people = town.people()
        school = server.client(people.tokens["school"])
        workers = Workers(cluster.url(name))
        data = sheet([a_row() for _ in range(count)])
        made = school.post(f"/v1/imports?kind=students&mode={mode}", raw=data,
                           content_type="text/csv", headers=ASYNC).json["id"]
        for moment in itertools.islice((0.3, 0.6, 0.9, 1.2), 4):
            one = workers.start(lease_ms=500)
            time.sleep(moment)
            one.kill()
            one.wait()
            state = school.get("/v1/imports/" + made).json["state"]
            there = town.one("select count(*) - 1 from student")
            if mode == "all_or_nothing":
                assert there == (count if state == "done" else 0)
            time.sleep(0.6)
        workers.start(lease_ms=500)
        done = finished(school, made)
        assert counted(done)["rows"] == count
        assert town.one("select count(*) - 1 from student") \
            == (0 if mode == "dry_run" else count)
        assert {row["status"] for row in rows_of(school, made)} == {
            {"dry_run": "would_create"}.get(mode, "created")}
        workers.close()
        school.close()


def test_what_came_in_between_rejects_all(apart, cluster):
    """A student that is made after the check: it is found, none written."""
    with apart(loops=1, write_connections=2) as (server, name, town):
        people = town.people()
        school = server.client(people.tokens["school"])
        rows = [a_row() for _ in range(2000)]
        made = school.post("/v1/imports?kind=students&mode=all_or_nothing",
                           raw=sheet(rows), content_type="text/csv",
                           headers=ASYNC).json["id"]
        town.run("create function late() returns trigger language plpgsql as"
                 " $$ begin if new.phase = 'writing' and old.phase ="
                 " 'checking' and not exists (select from student where"
                 " student_number = 'late') then insert into student"
                 " (consortium_id, id, school_id, student_number, name,"
                 " specialty_code, entry_year) values (new.consortium_id,"
                 " gen_random_uuid(), new.owner_id, 'late', '吴桐', '660301',"
                 " 2024); update student set student_number = %s, actor ="
                 " new.created_by where student_number = 'late'; end if;"
                 " return null; end $$", rows[1500]["student_number"])
        town.run("create trigger late after update on import for each row"
                 " execute function late()")
        workers = Workers(cluster.url(name))
        workers.start()
        done = finished(school, made)
        assert counted(done) == {"rows": 2000, "rejected": 1,
                                 "not_written": 1999}
        assert town.one("select count(*) from student") == 2
        workers.close()
        school.close()


def test_a_file_that_ends_every_worker_is_given_up(worker, importing, school,
                                                   town):
    made = school.post("/v1/imports?kind=students&mode=upsert",
                       raw=sheet([a_row()]), content_type="text/csv",
                       headers=ASYNC).json["id"]
    finished(school, made)
    town.run("insert into import (consortium_id, id, kind, mode, media_type,"
             " owner_id, bytes, attempt, created_by) select consortium_id,"
             " %s, kind, mode, media_type, owner_id, 0, 5, created_by"
             " from import where id = %s", poison := new_id(), made)
    town.run("update import set state = 'queued', actor = created_by"
             " where id = %s", poison)
    got = finished(school, str(poison))
    assert got["state"] == "failed"
    assert [flaw["code"] for flaw in got["errors"]] == ["abandoned"]


def test_files_are_kept_for_a_week(apart, cluster):
    with apart(loops=1, write_connections=2) as (server, name, town):
        people = town.people()
        school = server.client(people.tokens["school"])
        workers = Workers(cluster.url(name))
        workers.start(clear_s=1)
        made = [school.post("/v1/imports?kind=students&mode=upsert",
                            raw=sheet([a_row()]), content_type="text/csv",
                            headers=ASYNC).json["id"] for _ in range(2)]
        for one in made:
            finished(school, one)
        town.run("update import set finished_at = now() - interval '8 days'"
                 " where id = %s", made[0])
        deadline = time.monotonic() + 10
        while list(rows_of(school, made[0])) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert list(rows_of(school, made[0])) == []
        assert len(list(rows_of(school, made[1]))) == 1
        assert town.one("select count(*) from import_chunk") == 1
        assert school.get("/v1/imports/" + made[0]).json["state"] == "done"
        workers.close()
        school.close()
