"""What the matrix needs of the three lists: makers of editions, entries and
appeals; and rows of them for other tests."""

import json

from tests.api.matrix_accounts import Thing
from tests.api.town import SERVICE, new_id

MEASURES = ("placed", "local", "aligned", "study", "demand", "demand_trend",
            "enrolment")
UNKNOWN = {"value": None, "rate": None, "mean": None}
LIMIT = {"threshold": 2, "changes_at": None, "becomes": None}
EVIDENCE = json.dumps({
    "cohorts": [], "next": [], "measures": dict.fromkeys(MEASURES, UNKNOWN),
    "conditions": [], "limits": {"least_cohorts": LIMIT,
                                 "least_graduates": LIMIT,
                                 "upgrade_least": LIMIT}})
RULE = json.dumps({"document": "docs/specialty-lists.md", "cohorts": 3,
                   "least_cohorts": 2, "least_graduates": 30,
                   "upgrade_least": 2, "conditions": []})


def add_list(town, home, name="专业清单"):
    made = new_id()
    town.run("insert into specialty_list (consortium_id, id, name, year,"
             " rule) values (%s, %s, %s, 2025, %s)", home, made, name, RULE)
    return made


def add_entry(town, home, list_id, school):
    made = new_id()
    town.run(
        "insert into specialty_entry (consortium_id, id, list_id,"
        " specialty_code, level, school_id, outcome, is_hidden, is_stable,"
        " with_more, with_fewer, cohorts, graduates, evidence, own_evidence)"
        " values (%s, %s, %s, '660301', 'secondary', %s, 'restrict', false,"
        " true, 'restrict', 'restrict', 3, 120, %s, %s)", home, made, list_id,
        school, EVIDENCE, EVIDENCE)
    return made


def add_appeal(town, home, list_id, entry, school, text="明年投产"):
    made = new_id()
    town.run(
        "insert into specialty_appeal (consortium_id, id, list_id, entry_id,"
        " school_id, text) values (%s, %s, %s, %s, %s, %s)", home, made,
        list_id, entry, school, text)
    return made


def open_list(town, list_id):
    town.run("update specialty_list set state = 'comment', comments_by = now()"
             " + interval '9 days', actor = %s where id = %s", SERVICE,
             list_id)


class Lists:
    def a_specialty_list(self, state):
        """With an entry of the owner's school, of which it said something
        while that could be."""
        made = add_list(self.town, self.home)
        entry = add_entry(self.town, self.home, made, self.own.school)
        said = new_id()
        if state not in ("draft", "cancelled"):
            open_list(self.town, made)
            said = add_appeal(self.town, self.home, made, entry,
                              self.own.school)
        steps = {"draft": [], "comment": [], "decided": ["decided"],
                 "published": ["decided", "published"],
                 "cancelled": ["cancelled"]}[state]
        for step in steps:
            self.town.run(
                "update specialty_list set state = %s, actor = %s, reason ="
                " 'test', published_at = case when %s = 'published' then"
                " now() end where id = %s", step, SERVICE, step, made)
        return Thing("specialty_list", made, state, ids={
            "list_id": made, "entry_id": entry, "specialty_entry_id": entry,
            "specialty_appeal_id": said})

    def a_specialty_entry(self, state):
        thing = self.a_specialty_list("comment")
        return Thing("specialty_entry", thing.ids["entry_id"], state,
                     ids=thing.ids)

    def a_specialty_appeal(self, state):
        thing = self.a_specialty_list("comment")
        made = thing.ids["specialty_appeal_id"]
        self.move("specialty_appeal", made, state,
                  upheld=", answer = '属实'", refused=", answer = '不实'")
        return Thing("specialty_appeal", made, state, ids=thing.ids)


def nothing_said(world, thing):
    world.town.run("update specialty_appeal set state = 'withdrawn',"
                   " actor = id where list_id = %s and state = 'open'",
                   thing.id)


def commented(world, thing):
    nothing_said(world, thing)
    if thing.state == "comment":
        world.town.run("update specialty_list set comments_by = now(),"
                       " actor = id where id = %s and comments_by > now()",
                       thing.id)
