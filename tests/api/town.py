"""Rows to start from: consortia, and an account of every role in each.

Passwords are hashed with a small N, so that signing in is quick; a Town gives
tokens without signing in where a test is not about that.
"""

import concurrent.futures
import contextlib
import hashlib
import itertools
import random
import secrets
import uuid

import psycopg2
import psycopg2.extras

PASSWORD = "correct horse battery"
SERVICE = uuid.UUID(int=0)
USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"

psycopg2.extras.register_uuid()
numbers = itertools.count(1)


def new_id():
    """A UUIDv7-like id: by time, then by chance."""
    raw = bytearray(uuid.uuid4().bytes)
    raw[0:6] = next(numbers).to_bytes(6, "big")
    raw[6] = raw[6] & 0x0f | 0x70
    return uuid.UUID(bytes=bytes(raw))


def uscc(number):
    """A credit code with the right check character (GB 32100)."""
    text = f"91330100{number:09d}"
    total = sum(USCC.index(c) * pow(3, i, 31) for i, c in enumerate(text))
    return text + USCC[(31 - total % 31) % 31]


class Town:
    """Writes to the database as an operator would; every call commits."""

    def __init__(self, dsn):
        self.db = psycopg2.connect(dsn)
        self.db.autocommit = True

    def close(self):
        self.db.close()

    def run(self, statement, *values):
        with self.db.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else None

    def one(self, statement, *values):
        return self.run(statement, *values)[0][0]

    def consortium(self, slug=None, division="330100"):
        made = new_id()
        self.run("insert into consortium (id, slug, name, division_code)"
                 " values (%s, %s, %s, %s)", made,
                 slug or f"town-{next(numbers)}", "湖城联合体", division)
        return made

    def enterprise(self, consortium, staff=1000, state="verified"):
        made = new_id()
        self.run("insert into enterprise (consortium_id, id, uscc, name,"
                 " industry_code, division_code, staff_count,"
                 " staff_counted_on) values (%s, %s, %s, %s,"
                 " (select min(code) from industry where is_current), %s, %s,"
                 " current_date)", consortium, made, uscc(next(numbers)),
                 f"湖城机械{next(numbers)}厂", "330106", staff)
        if state != "unverified":
            self.run("update enterprise set state = %s, actor = %s,"
                     " reason = 'test' where consortium_id = %s and id = %s",
                     state, SERVICE, consortium, made)
        return made

    def school(self, consortium):
        made = new_id()
        self.run("insert into school (consortium_id, id, code, name,"
                 " division_code, kind) values (%s, %s, %s, %s, %s, %s)",
                 consortium, made, f"{next(numbers):010d}",
                 f"湖城第{next(numbers)}职业学校", "330106", "secondary")
        return made

    def student(self, consortium, school, specialty="660301"):
        made = new_id()
        self.run("insert into student (consortium_id, id, school_id,"
                 " student_number, name, specialty_code, entry_year,"
                 " birth_date) values (%s, %s, %s, %s, %s, %s, 2024,"
                 " '2006-01-01')", consortium, made, school,
                 f"S{next(numbers)}", "周晓", specialty)
        return made

    def account(self, consortium, role, owner=None, login=None,
                password=PASSWORD):
        made, salt = new_id(), secrets.token_bytes(16)
        hashed = hashlib.scrypt(password.encode(), salt=salt, n=16, r=8, p=1,
                                dklen=32)
        column = {"student": "student_id", "enterprise": "enterprise_id",
                  "school": "school_id"}.get(role)
        self.run("insert into account (consortium_id, id, login, role,"
                 " owner_kind, password_salt, password_hash, scrypt_n,"
                 " scrypt_r, scrypt_p"
                 + (f", {column}" if column else "") + ")"
                 " values (%s, %s, %s, %s, %s, %s, %s, 16, 8, 1"
                 + (", %s" if column else "") + ")",
                 consortium, made, login or f"{role}{next(numbers)}", role,
                 role, salt, hashed, *([owner] if column else []))
        return made

    def token(self, consortium, account, hours=1):
        """A session as POST /v1/sessions makes it, without the hashing."""
        text = secrets.token_urlsafe(32)
        self.run("insert into session (consortium_id, id, account_id,"
                 " token_sha256, created_at, expires_at) values (%s, %s, %s,"
                 " %s, now() - interval '1 day', now() + %s"
                 " * interval '1 hour')", consortium, new_id(), account,
                 hashlib.sha256(text.encode()).digest(), hours)
        return text

    def people(self, slug=None):
        """A consortium with one of everybody; see People."""
        return People(self, slug)


class People:
    """The ids of a consortium's people, and `tokens` by role."""

    def __init__(self, town, slug=None):
        self.slug = slug or f"town-{next(numbers)}"
        self.consortium = town.consortium(self.slug)
        self.enterprise = town.enterprise(self.consortium)
        self.school = town.school(self.consortium)
        self.student = town.student(self.consortium, self.school)
        self.accounts, self.tokens, self.logins = {}, {}, {}
        for role, owner in (("student", self.student),
                            ("enterprise", self.enterprise),
                            ("school", self.school), ("office", None),
                            ("operator", None)):
            home = SERVICE if role == "operator" else self.consortium
            self.logins[role] = f"{role}.{self.slug}"
            self.accounts[role] = town.account(home, role, owner,
                                               self.logins[role])
            self.tokens[role] = town.token(home, self.accounts[role])


def six_at_once(cluster, database, write):
    """write(town, dice, number) six times at the same moment, each with a
    connection and dice of its own."""
    def one(number):
        with contextlib.closing(Town(cluster.dsn(database))) as own:
            write(own, random.Random(number), number)

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(6)))
