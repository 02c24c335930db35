"""A private PostgreSQL for tests: its own directory, a Unix socket, no TCP.

    with Postgres() as pg:
        pg.create("town")
        migrate(pg.dsn("town"))
        db = psycopg2.connect(pg.dsn("town"))

PostgreSQL refuses to run as root, so root starts it as the user `postgres`.
It dies with the process that started it, whatever that dies of.
"""

import atexit
import csv
import getpass
import hashlib
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

import psycopg2
from psycopg2 import sql

ROOT = pathlib.Path(__file__).resolve().parents[2]
MIGRATIONS = ROOT / "schema" / "migrations"
REFERENCE = ROOT / "schema" / "reference"


def find_bin():
    """The newest installed PostgreSQL, 15 or later; PG_BIN overrides."""
    if "PG_BIN" in os.environ:
        return pathlib.Path(os.environ["PG_BIN"])
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"),
                   key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise RuntimeError("no PostgreSQL here: apt-get install postgresql-15")
    return pathlib.Path(on_path).resolve().parent


class Postgres:
    """One cluster; `settings` are further postgresql.conf lines."""

    def __init__(self, **settings):
        self.bin = find_bin()
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="duikou-pg-"))
        self.data = self.home / "data"
        self.settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.home),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "shared_buffers": "64MB",
            "max_connections": "200",
            **settings,
        }
        self.user = "postgres" if os.geteuid() == 0 else getpass.getuser()
        self.process = None
        atexit.register(self.close)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    def start(self):
        """Makes the cluster the first time; returns once it answers."""
        if not self.data.exists():
            if os.geteuid() == 0:
                entry = pwd.getpwnam("postgres")
                os.chown(self.home, entry.pw_uid, entry.pw_gid)
            subprocess.run(
                self._as_user(self.bin / "initdb", "-D", self.data, "-A",
                              "trust", "-E", "UTF8", "--locale=C.UTF-8",
                              "--no-sync"),
                check=True, stdout=subprocess.DEVNULL, cwd="/")
        options = [part for name, value in self.settings.items()
                   for part in ("-c", f"{name}={value}")]
        with open(self.home / "log", "ab") as log:
            self.process = subprocess.Popen(
                self._as_user("--pdeathsig", "INT", self.bin / "postgres",
                              "-D", self.data, *options),
                stdout=log, stderr=log, cwd="/", start_new_session=True)
        self._wait()
        return self

    def stop(self, how=signal.SIGINT):
        """SIGINT: fast shutdown; SIGQUIT: as if it had crashed."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None

    def crash(self):
        """As pg_ctl stop -m immediate; what was committed by now is there
        after start, although commits do not wait here."""
        self._admin("checkpoint")
        self.stop(signal.SIGQUIT)

    def close(self):
        """Stops it and leaves nothing behind. Safe to call twice."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def dsn(self, database="postgres"):
        return f"host={self.home} user={self.user} dbname={database}"

    def url(self, database="postgres"):
        """The same as a DATABASE_URL."""
        host = str(self.home).replace("/", "%2F")
        return f"postgresql://{self.user}@{host}/{database}"

    def create(self, database, template="template0"):
        self._admin(sql.SQL("create database {} template {}").format(
            sql.Identifier(database), sql.Identifier(template)))

    def drop(self, database):
        self._admin(sql.SQL("drop database if exists {} with (force)").format(
            sql.Identifier(database)))

    def _admin(self, statement):
        db = psycopg2.connect(self.dsn())
        try:
            db.autocommit = True
            db.cursor().execute(statement)
        finally:
            db.close()

    def _as_user(self, *command):
        """setpriv replaces itself by the command: one process, one pid."""
        line = ["setpriv"]
        if os.geteuid() == 0:
            line += ["--reuid=postgres", "--regid=postgres", "--init-groups"]
        elif command[0] != "--pdeathsig":
            line = []
        return line + [str(part) for part in command]

    def _wait(self):
        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg2.connect(self.dsn()).close()
                return
            except psycopg2.OperationalError:
                if self.process.poll() is not None \
                        or time.monotonic() > deadline:
                    log = (self.home / "log").read_text(errors="replace")
                    raise RuntimeError("PostgreSQL did not start:\n" + log)
                time.sleep(0.05)


def migrations():
    """The migration files in the order of their numbers."""
    return sorted(MIGRATIONS.glob("[0-9][0-9][0-9][0-9]_*.sql"))


def migrate(dsn):
    """Applies every migration to an empty database, a transaction each."""
    db = psycopg2.connect(dsn)
    try:
        for path in migrations():
            with db, db.cursor() as cursor:
                cursor.execute(path.read_text(encoding="utf-8"))
    finally:
        db.close()


def of_what_is_here(name):
    """What a migration that keeps sums does for rows that are there."""
    path, = MIGRATIONS.glob(f"*_{name}.sql")
    return path.read_text(encoding="utf-8").split(
        "-- What is here already.")[1]


def absorb(db, name, path, edition="test", source="test"):
    """Loads one list; returns (added, changed, retired)."""
    data = path.read_bytes()
    header = data.split(b"\n", 1)[0].decode().strip().split(",")
    columns = sql.SQL(", ").join(map(sql.Identifier, header))
    with db.cursor() as cursor:
        cursor.execute(sql.SQL(
            "create temp table incoming (like {} including defaults)"
            " on commit drop").format(sql.Identifier(name)))
        with open(path, "rb") as file:
            cursor.copy_expert(sql.SQL(
                "copy incoming ({}) from stdin"
                " (format csv, header match)").format(columns), file)
        cursor.execute("select * from reference_absorb(%s, %s, %s, %s)",
                       (name, edition, source, hashlib.sha256(data).digest()))
        counts = cursor.fetchone()
        cursor.execute("drop table incoming")
    return counts


def load_reference(dsn):
    """Loads every list of schema/reference; returns counts by list."""
    db = psycopg2.connect(dsn)
    try:
        with db, open(REFERENCE / "lists.csv", encoding="utf-8") as file:
            return {row["name"]: absorb(db, row["name"],
                                        REFERENCE / row["file"],
                                        row["edition"], row["source"])
                    for row in csv.DictReader(file)}
    finally:
        db.close()
