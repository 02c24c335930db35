"""A list that takes a while: others write, the client is slow or goes, the
session ends, the database stands still. What is cut short says so."""

import http.client
import io
import json
import re
import socket
import subprocess
import threading
import time

import openpyxl
import psycopg2
import pytest

from tests.api.server import PROGRAM, Server

COUNT = 3000
BYTES = 9 << 20


@pytest.fixture(scope="module")
def crowd(apart, cluster):
    """A school of 3,000 students, 10 MiB, and a server that sends one list at
    a time."""
    with apart(exports_max=1, loops=1) as (server, name, town):
        people = town.people()
        add(town, people, f"generate_series(1, {2 * COUNT}, 2)")
        yield server, town, people, cluster.dsn(name)


def add(town, people, numbers):
    """Students with these ids."""
    town.run(
        "insert into student (consortium_id, id, school_id, student_number,"
        " name, specialty_code, entry_year, birth_date, skills)"
        " select %s, (lpad(to_hex(n), 12, '0') || '7000'"
        " || '8000000000000000')::uuid, %s, 'L' || n, '周晓', '660301', 2024,"
        " '2006-01-01', array(select repeat('焊', 48) || i"
        f" from generate_series(10, 33) i) from {numbers} n",
        people.consortium, people.school)


class Slow:
    """A GET whose reply is read piece by piece."""

    def __init__(self, server, target, token, version="1.1", ours=4096):
        self.line = socket.socket()
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ours)
        self.line.settimeout(30)
        self.line.connect(("127.0.0.1", server.port))
        self.line.sendall(f"GET {target} HTTP/{version}\r\nHost: h\r\n"
                          f"Authorization: Bearer {token}\r\n\r\n".encode())
        self.got = http.client.HTTPResponse(self.line)
        self.got.begin()

    def rest(self):
        """What is left of the body; raises if it is not whole."""
        return self.got.read()

    def close(self):
        self.got.close()
        self.line.close()


def free(server, client, seconds=5):
    """Waits until no list is on its way."""
    deadline = time.monotonic() + seconds
    while client.get("/v1/students.jsonl?class_name=x").status == 503:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def office(crowd):
    server, town, people, _ = crowd
    client = server.client(people.tokens["office"])
    yield client
    free(server, client)
    client.close()


def logged(server, pattern, seconds=5):
    deadline = time.monotonic() + seconds
    while not any(re.search(pattern, line) for line in server.lines):
        assert time.monotonic() < deadline, server.lines[-5:]
        time.sleep(0.05)


def numbers(town, people):
    return [str(row[0]) for row in town.run(
        "select id from student where consortium_id = %s and"
        " student_number like 'L%%' order by id", people.consortium)]


def write_on(dsn, people, stop):
    """Comes and goes behind, amid and before the rows that are there."""
    with psycopg2.connect(dsn) as db, db.cursor() as cursor:
        db.autocommit = True
        for n in range(2, 2 * COUNT, 2):
            if stop.is_set():
                return
            cursor.execute(
                "insert into student (consortium_id, id, school_id,"
                " student_number, name, specialty_code, entry_year,"
                " birth_date) values (%s, (lpad(to_hex(%s), 12, '0') ||"
                " '7000' || '8000000000000000')::uuid, %s, 'T' || %s, '周',"
                " '660301', 2024, '2006-01-01')", (
                    people.consortium, n * 7919 % (2 * COUNT) // 2 * 2,
                    people.school, n))
            cursor.execute(
                "update student set name = '周' || %s, actor = %s where"
                " consortium_id = %s and student_number = 'L' || %s",
                (n, people.accounts["office"], people.consortium,
                 n * 31 % COUNT * 2 + 1))
            cursor.execute("delete from student where consortium_id = %s and"
                           " student_number = 'T' || %s", (
                               people.consortium, n - 40))


def test_rows_neither_skip_nor_repeat_while_others_write(crowd, office):
    server, town, people, dsn = crowd
    stop, before = threading.Event(), numbers(town, people)
    writer = threading.Thread(target=write_on, args=(dsn, people, stop))
    writer.start()
    try:
        slow = Slow(server, "/v1/students.jsonl", people.tokens["office"])
        body = b""
        while piece := slow.got.read(200000):
            body += piece
            time.sleep(0.01)
        slow.close()
    finally:
        stop.set()
        writer.join()
    assert len(body) > BYTES
    rows = [json.loads(line) for line in body.decode().splitlines()]
    ids = [row["id"] for row in rows]
    assert ids == sorted(ids) and len(set(ids)) == len(ids)
    assert [row["id"] for row in rows
            if row["student_number"].startswith("L")] == before


def test_a_slow_client_holds_its_place_and_no_more(crowd, office):
    server, town, people, _ = crowd
    slow = Slow(server, "/v1/students.csv", people.tokens["office"])
    slow.got.read(10)
    reply = office.get("/v1/students.csv")
    assert (reply.status, reply.problem["code"]) == (503, "busy"), reply
    assert reply.headers["retry-after"] == "1"
    assert office.get("/v1/students").status == 200
    assert len(slow.rest()) > BYTES
    slow.close()
    assert len(office.get("/v1/students.csv").body) > BYTES


def test_a_client_that_goes_ends_it(crowd, office):
    server, town, people, _ = crowd
    slow = Slow(server, "/v1/students.csv", people.tokens["office"])
    slow.got.read(10)
    slow.close()
    free(server, office)
    logged(server, "operation=listStudents status=499")


def cut_short(slow):
    with pytest.raises(http.client.IncompleteRead):
        slow.rest()
    slow.close()


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_a_session_that_ends_cuts_it_short(crowd, office, kind):
    server, town, people, _ = crowd
    token = town.token(people.consortium, people.accounts["office"])
    slow = Slow(server, f"/v1/students.{kind}", token)
    slow.got.read(10)
    client = server.client(token)
    assert client.delete("/v1/sessions/current").status == 204
    client.close()
    cut_short(slow)
    logged(server, "export cut short.*operation=listStudents"
           ".*code=not-signed-in")


def stand_still(dsn):
    db = psycopg2.connect(dsn)
    db.cursor().execute("lock table student in access exclusive mode")
    return db


def test_a_page_has_the_deadline_and_the_cut_shows(crowd, office):
    server, town, people, dsn = crowd
    slow = Slow(server, "/v1/students.jsonl", people.tokens["office"])
    slow.got.read(10)
    db = stand_still(dsn)
    began = time.monotonic()
    cut_short(slow)
    assert time.monotonic() - began < 10
    db.close()
    logged(server, "export cut short.*code=deadline")


def test_before_the_first_row_it_is_a_problem(crowd, office):
    server, town, people, dsn = crowd
    db = stand_still(dsn)
    for kind in ("jsonl", "csv", "xlsx"):
        reply = office.get(f"/v1/students.{kind}")
        assert (reply.status, reply.problem["code"]) == (504, "deadline")
    db.close()


def test_a_workbook_that_fails_is_a_problem(crowd, office):
    """It is sent when it is whole, so a failure amid its pages has a name."""
    server, town, people, dsn = crowd
    token = town.token(people.consortium, people.accounts["office"])
    got = []

    def ask():
        client = server.client(token)
        got.append(client.get("/v1/students.xlsx"))
        client.close()

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.1)
    db = stand_still(dsn)
    thread.join()
    db.close()
    assert got[0].status in (200, 504)
    assert (got[0].status == 504) == (b"deadline" in got[0].body)


def test_http_1_0_gets_it_to_the_end(crowd, office):
    server, town, people, _ = crowd
    slow = Slow(server, "/v1/students.jsonl", people.tokens["office"], "1.0",
                1 << 20)
    assert slow.got.getheader("transfer-encoding") is None
    assert slow.got.getheader("connection") == "close"
    body = slow.rest()
    slow.close()
    assert [json.loads(line)["id"] for line in body.decode().splitlines()
            if '"L' in line] == numbers(town, people)


def test_http_1_0_is_told_of_a_cut_by_a_reset(crowd, office):
    server, town, people, dsn = crowd
    slow = Slow(server, "/v1/students.jsonl", people.tokens["office"], "1.0")
    assert len(slow.got.read(10)) == 10
    db = stand_still(dsn)
    with pytest.raises(ConnectionResetError):
        slow.rest()
    slow.close()
    db.close()


def test_a_server_that_drains_ends_what_it_sends(apart):
    with apart(loops=1) as (server, _, town):
        people = town.people()
        add(town, people, f"generate_series(1, {COUNT})")
        slow = Slow(server, "/v1/students.jsonl", people.tokens["office"])
        slow.got.read(10)
        server.process.terminate()
        time.sleep(0.2)
        assert len(slow.rest()) > BYTES
        slow.close()


# The server with a /tmp of its own, of some size, but for the database's door.
SMALL = """#!/bin/sh
exec unshare -m sh -c 'mount --bind %(home)s /mnt &&
	mount -t tmpfs -o size=%(room)s tmpfs /tmp && mkdir %(home)s &&
	mount --bind /mnt %(home)s && exec %(program)s "$@"' sh "$@"
"""


@pytest.mark.skipif(subprocess.run(
    ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
    capture_output=True).returncode != 0, reason="needs to mount")
@pytest.mark.parametrize("room, status", [
    ("64k", 503), ("12m", 503), ("19m", 503), ("128m", 200)])
def test_a_workbook_that_does_not_fit_is_a_problem(crowd, cluster, tmp_path,
                                                   room, status):
    """And not a workbook that lacks something."""
    _, town, people, dsn = crowd
    program = tmp_path / "server"
    program.write_text(SMALL % {"home": cluster.home, "room": room,
                                "program": PROGRAM})
    program.chmod(0o755)
    name = re.search(r"dbname=(\S+)", dsn).group(1)
    server = Server(cluster.url(name), program=program).start()
    client = server.client(people.tokens["office"])
    reply = client.get("/v1/students.xlsx")
    assert reply.status == status, reply
    if status == 200:
        rows = openpyxl.load_workbook(io.BytesIO(reply.body),
                                      read_only=True).active.iter_rows()
        assert sum(1 for _ in rows) == 1 + town.one(
            "select count(*) from student where consortium_id = %s",
            people.consortium)
    else:
        assert reply.problem["detail"] == \
            "there is no room for temporary files"
    assert client.get("/v1/students?limit=1").status == 200
    client.close()
    assert server.stop() == 0
