"""The database that all contenders share: 100,000 published postings."""

import json
import pathlib
import random
import re
import subprocess

from tests.api.town import Town
from tests.support.pg import ROOT

POSTINGS = 100_000
IDS = 5_000

# As an enterprise would write one; both its length and its parts are usual.
BODY = {
    "kind": "internship", "title": "数控车床操作实习生", "openings": 4,
    "targets": ["660103", "6603"], "division_code": "330106",
    "pay_min_fen": 320000, "pay_max_fen": 380000,
    "period_start": "2027-03-01", "period_end": "2027-08-31",
    "required_skills": ["机械识图", "量具使用"],
    "description": "在师傅指导下操作数控车床，完成零件加工与自检；"
                   "轮岗学习编程、装夹与刀具管理，每周一次技术讲评。\n"
                   "提供住宿与工作餐，实习期满考核合格者优先录用。",
}

# The members of a posting in the order of posting_new.sql, from $5 on.
MEMBERS = ("post_category_id kind title openings targets occupation_code"
           " division_code address pay_min_fen pay_max_fen pay_standard_fen"
           " period_start period_end min_education required_skills"
           " preferred_skills required_certificates preferred_certificates"
           " min_age day_minutes week_minutes labour_grade conditions"
           " exception_filing ref_system ref description").split()
LISTS = {name: [] for name in (
    "targets required_skills preferred_skills required_certificates"
    " preferred_certificates conditions").split()}

FILL = """
insert into posting (consortium_id, id, enterprise_id, kind, title, openings,
    targets, division_code, pay_min_fen, pay_max_fen, period_start,
    period_end, required_skills, description)
select %(consortium)s,
    ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
    %(enterprise)s, 'internship', %(title)s || n, 1 + n %% 9, %(targets)s,
    %(division_code)s, %(pay_min_fen)s, %(pay_max_fen)s, %(period_start)s,
    %(period_end)s, %(required_skills)s, %(description)s
from generate_series(1, %(count)s) n
"""


class World:
    """`token` signs in as the enterprise; `ids` and `body` are files."""

    def __init__(self, cluster, program, home):
        self.home = pathlib.Path(home)
        cluster.create("bench")
        env = {"DATABASE_URL": cluster.url("bench")}
        for words in (["migrate"], ["reference", "load",
                                    str(ROOT / "schema" / "reference")]):
            subprocess.run([program, *words], env=env, check=True,
                           stdout=subprocess.DEVNULL)
        self.town = Town(cluster.dsn("bench"))
        self._fill()
        self.body = self._write("body.json", json.dumps(
            BODY, ensure_ascii=False))
        drawn = random.Random(20).choices(range(1, POSTINGS + 1), k=IDS)
        self.ids = self._write("ids", "".join(
            f"018f0000-0000-7000-8000-{n:012x}\n" for n in drawn))
        self.statements = self._statements()

    def _fill(self):
        town = self.town
        self.consortium = town.consortium("bench")
        self.enterprise = town.enterprise(self.consortium)
        self.account = town.account(self.consortium, "enterprise",
                                    self.enterprise)
        self.token = town.token(self.consortium, self.account, hours=12)
        with town.db.cursor() as cursor:
            cursor.execute(FILL, {
                **BODY, "consortium": self.consortium,
                "enterprise": self.enterprise, "count": POSTINGS})
        town.run("update posting set state = 'published', actor = %s,"
                 " reason = 'bench', closes_at = now() + interval '90 days'",
                 self.account)
        town.run("vacuum (full, analyze) posting")
        town.run("checkpoint")

    def _write(self, name, text):
        path = self.home / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def _statements(self):
        """pgbench scripts of the two routes' statements."""
        owner = [str(self.consortium), None, str(self.enterprise)]
        drawn = ("('018f0000-0000-7000-8000-' ||"
                 " lpad(to_hex(:n::int), 12, '0'))")
        return {
            "GET": self._script("posting_by_id", owner, drawn,
                                f"\\set n random(1, {POSTINGS})\n"),
            "POST": self._script("posting_new", owner + [str(self.account)]
                                 + [{**LISTS, **BODY}.get(name) for name in MEMBERS],
                                 "gen_random_uuid()"),
        }

    def _script(self, name, values, id_, before=""):
        """The statement with its values in place; the second is the id."""
        text = (ROOT / "schema" / "queries" / f"{name}.sql").read_text(
            encoding="utf-8")
        text = re.sub(r"(?m)^--.*\n", "", text)
        text = re.sub(r"\$(\d+)", lambda m: id_ if m[1] == "2"
                      else literal(values[int(m[1]) - 1]), text)
        return self._write(f"{name}.pgbench", f"{before}{text.strip()};\n")


def literal(value):
    """As PostgreSQL reads it, on one line."""
    if value is None:
        return "null"
    if isinstance(value, list):
        value = "{" + ",".join(value) + "}"
    return "'" + str(value).replace("\n", " ") + "'"
