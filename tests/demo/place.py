"""A database, and what `duikou-server demo` makes of it."""

import itertools
import os
import pathlib
import subprocess

import psycopg2

BUILD = pathlib.Path(os.environ.get("BUILD", "build/dev"))
MATCHER = BUILD / "matcher" / "duikou-matcher"
SERVER = BUILD / "server" / "duikou-server"
numbers = itertools.count(1)


class Place:
    def __init__(self, cluster, template):
        self.name = f"place{next(numbers)}"
        self.cluster = cluster
        cluster.create(self.name, template=template)
        self.db = psycopg2.connect(cluster.dsn(self.name))
        self.db.autocommit = True
        self.environment = {**os.environ, "DATABASE_URL":
                            cluster.url(self.name)}

    def start(self):
        return subprocess.Popen([SERVER, "demo"], env=self.environment,
                                stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def demo(self):
        process = self.start()
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def run(self, statement, *values):
        with self.db.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else None

    def one(self, statement, *values):
        return self.run(statement, *values)[0][0]

    def close(self):
        self.db.close()
        self.cluster.drop(self.name)
