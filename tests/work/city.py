"""A small city in SQL: enterprises, postings, students, wishes, one round."""

import hashlib
import random
import uuid

SERVICE = "00000000-0000-0000-0000-000000000000"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SPECIALTIES = ["510201", "510203", "460301", "460701", "530301", "540101"]


def uscc(number):
    body = "91320500" + f"{number:09d}"
    total = sum(ALPHABET.index(char) * pow(3, place, 31)
                for place, char in enumerate(body))
    return body + ALPHABET[-total % 31]


class City:
    """Everything follows from the seed, so two cities are the same city."""

    def __init__(self, db, seed=1, students=300, enterprises=20, silent=0,
                 proposed=0, lists_of_none=0):
        """The last `silent` students wish for nothing; the first so many of
        them by an empty list."""
        self.db = db
        self.cursor = db.cursor()
        self.random = random.Random(seed)
        self.consortium = self.id()
        self.run("insert into consortium (id, slug, name, division_code)"
                 " values (%s, 'town', '苏州市域产教联合体', '320500')",
                 self.consortium)
        self.run("insert into policy (consortium_id, version, valid_from,"
                 " proposed_wishes) values (%s, 1, '2026-01-01Z', %s)",
                 self.consortium, proposed)
        self.school = self.id()
        self.run("insert into school (consortium_id, id, code, name,"
                 " division_code, kind) values (%s, %s, '4132000001',"
                 " '测试学院', '320506', 'associate')",
                 self.consortium, self.school)
        self.postings = []
        for number in range(enterprises):
            self.add_enterprise(number)
        self.students = [self.add_student(n) for n in range(students)]
        self.round = self.open_round()
        for student in self.students[:students - silent]:
            self.wish(student, self.random.sample(self.postings, 8))
        for student in self.students[students - silent:][:lists_of_none]:
            self.wish(student, [])
        self.move("round", self.round, "closed")
        db.commit()

    def id(self):
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def run(self, statement, *values):
        self.cursor.execute(statement, values or None)
        return self.cursor.fetchall() if self.cursor.description else None

    def move(self, table, subject, state, **more):
        sets = "".join(f", {name} = %s" for name in more)
        self.run(f"update {table} set state = %s, actor = %s{sets}"
                 " where consortium_id = %s and id = %s",
                 state, SERVICE, *more.values(), self.consortium, subject)

    def add_enterprise(self, number):
        enterprise, category = self.id(), self.id()
        staff = self.random.randint(20, 120)
        self.run("insert into enterprise (consortium_id, id, uscc, name,"
                 " industry_code, division_code, staff_count,"
                 " staff_counted_on) values (%s, %s, %s, %s, '3985',"
                 " '320506', %s, '2026-01-01')", self.consortium, enterprise,
                 uscc(number), f"企业{number}", staff)
        self.move("enterprise", enterprise, "verified")
        self.run("insert into post_category (consortium_id, id,"
                 " enterprise_id, name, staff_count, staff_counted_on)"
                 " values (%s, %s, %s, '装配', %s, '2026-01-01')",
                 self.consortium, category, enterprise, staff // 2)
        for _ in range(3):
            self.add_posting(enterprise, self.random.choice([category, None]))

    def add_posting(self, enterprise, category):
        posting = self.id()
        self.run("insert into posting (consortium_id, id, enterprise_id,"
                 " post_category_id, kind, title, openings, targets,"
                 " division_code, pay_min_fen, pay_max_fen, period_start,"
                 " period_end) values (%s, %s, %s, %s, 'internship', '实习',"
                 " %s, %s, '320506', 200000, 300000, '2027-03-01',"
                 " '2027-08-31')", self.consortium, posting, enterprise,
                 category, self.random.randint(1, 6),
                 self.random.sample(SPECIALTIES, 2))
        self.move("posting", posting, "published", closes_at="2027-02-01Z")
        self.postings.append(posting)

    def add_student(self, number):
        student = self.id()
        self.run("insert into student (consortium_id, id, school_id,"
                 " student_number, name, specialty_code, entry_year,"
                 " birth_date, sex, home_division_code) values (%s, %s, %s,"
                 " %s, %s, %s, 2024, '2006-05-01', %s, '320506')",
                 self.consortium, student, self.school, f"S{number:06d}",
                 f"学生{number}", self.random.choice(SPECIALTIES),
                 self.random.choice(["male", "female"]))
        return student

    def open_round(self):
        subject = self.id()
        seed = "the seed of a test round"
        self.run("insert into round (consortium_id, id, name, opens_at,"
                 " closes_at, period_start, period_end, seed, seed_sha256)"
                 " values (%s, %s, '第一轮', now(), now() + interval '1 day',"
                 " '2027-03-01', '2027-08-31', %s, %s)", self.consortium,
                 subject, seed, hashlib.sha256(seed.encode()).digest())
        self.move("round", subject, "open", policy_version=1)
        return subject

    def wish(self, student, postings):
        self.run("select put_wishes(%s, %s, %s, %s::uuid[], %s, null)",
                 self.consortium, self.round, student, postings, SERVICE)

    def queue(self, mode="stable"):
        """A run of the round, waiting for a worker."""
        subject = self.id()
        self.run("insert into run (consortium_id, id, round_id, mode)"
                 " values (%s, %s, %s, %s)",
                 self.consortium, subject, self.round, mode)
        self.db.commit()
        return subject

    def column(self, table, subject, column):
        rows = self.run(f"select {column} from {table}"
                        " where consortium_id = %s and id = %s",
                        self.consortium, subject)
        self.db.commit()
        return rows[0][0]

    def file(self, run, kind):
        rows = self.run("select bytes from run_file where consortium_id = %s"
                        " and run_id = %s and kind = %s",
                        self.consortium, run, kind)
        self.db.commit()
        return bytes(rows[0][0])
