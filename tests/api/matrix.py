"""The world of the matrix: two consortia, everybody twice, and every thing in
every state of its machine, made by the owner's SQL.

A Thing knows who owns it: `tokens` has the token of each role to which it is
its own. The others' tokens are the World's.
"""

import json

from tests.api.matrix_accounts import Accounts, Thing
from tests.api.matrix_lists import Lists
from tests.api.matrix_quotas import Quotas
from tests.api.placed import day, terms
from tests.api.test_rounds import add_policy
from tests.api.told import store_nothing
from tests.api.town import SERVICE, new_id

ROLES = ("student", "enterprise", "school", "office", "operator",
         "integrator")
RELATIONS = ("own", "other", "elsewhere")

# Things without a machine in the database: what else changes the answer.
PLAIN = {
    "consortium": ("-",), "school": ("-",), "post_category": ("-",),
    "session": ("live", "revoked"), "api_key": ("live", "revoked"),
    "account": ("enabled", "disabled"), "disclosure": ("open", "ended"),
    "account_invitation": ("open", "accepted", "revoked", "expired"),
    "posting_feed_fetch": ("taken", "not_modified", "failed"),
    "quota_notice": ("open", "ended"),
    "identity_provider": ("enabled", "disabled"), "identity": ("-",),
    "quota_override": ("coming", "holding", "over", "withdrawn"),
    "specialty_entry": ("-",),
    "access_request": ("requested", "approved", "refused", "ended"),
}


# Of an import of no rows.
NO_ROWS = json.dumps(dict.fromkeys(
    ("rows", "rejected", "created", "updated", "unchanged", "would_create",
     "would_update", "not_written"), 0))

# Of a feed that lists none.
NO_POSTINGS = json.dumps({"items": [], "counts": dict.fromkeys(
    ("created", "replaced", "unchanged", "refused", "others"), 0)})

# Where a machine begins that can come back to its beginning.
FIRST = {"enterprise": "unverified", "student": "active", "posting": "draft",
         "run": "queued", "cooperation": "proposed",
         "graduate_destination": "declared"}


def states(town):
    """{kind of thing: its states}, those of machines from the database."""
    found = dict(PLAIN)
    for machine, names in town.run(
            "select machine, array_agg(distinct s.name) from transition,"
            " lateral (values (from_state), (to_state)) as s (name)"
            " group by machine"):
        found[machine] = tuple(names)
    return found


def way(town, machine, goal):
    """From the first state to the goal, by the database's transitions."""
    moves = town.run("select from_state, to_state from transition"
                     " where machine = %s", machine)
    ends = {end for _, end in moves}
    first = FIRST.get(machine) or next(start for start, _ in moves
                                       if start not in ends)
    ways, seen = [[first]], {first}
    while ways:
        one = ways.pop(0)
        if one[-1] == goal:
            return one[1:]
        for start, end in moves:
            if start == one[-1] and end not in seen:
                seen.add(end)
                ways.append(one + [end])
    raise AssertionError(f"{machine} never becomes {goal}")


class Clients:
    """A connection for each token, not too many at once."""

    def __init__(self, server):
        self.server, self.by_token = server, {}

    def of(self, token):
        if token not in self.by_token:
            if len(self.by_token) > 60:
                self.close()
            self.by_token[token] = self.server.client(token)
        return self.by_token[token]

    def close(self):
        for client in self.by_token.values():
            client.close()
        self.by_token.clear()


class World(Accounts, Lists, Quotas):
    """Owner A and stranger B of one consortium, and X of another one."""

    def __init__(self, town):
        self.town = town
        self.own, self.elsewhere = town.people(), town.people()
        add_policy(town, self.own)
        add_policy(town, self.elsewhere)
        self.home = self.own.consortium
        town.run("update enterprise set staff_count = 100000, actor = id"
                 " where id = %s", self.own.enterprise)
        self.own.tokens["integrator"] = self.token("enterprise", "integrator",
                                                   self.own.enterprise)
        self.elsewhere.tokens["integrator"] = self.token(
            "enterprise", "integrator", self.elsewhere.enterprise,
            self.elsewhere.consortium)
        school = town.school(self.home)
        enterprise = town.enterprise(self.home)
        self.other = {
            "student": self.token("student", "student",
                                  town.student(self.home, school)),
            "enterprise": self.token("enterprise", "enterprise", enterprise),
            "integrator": self.token("enterprise", "integrator", enterprise),
            "school": self.token("school", "school", school),
            "office": self.token("office", "office", None),
            "operator": self.own.tokens["operator"],
        }
        self.posting = self.make("posting", "published").id
        self.published = self.make("round", "published").id
        self.candidate = self.make("student", "active")
        self.round = self.make("round", "open").id
        self.list_host(self.own.school, self.own.enterprise)
        town.run("update enterprise set postings_are_public = true,"
                 " actor = id")
        self.head = self.responsible()

    def list_host(self, school, enterprise):
        """On the school's list of host units, as rules 1.25 and 1.26 ask."""
        self.town.run(
            "insert into host_unit (consortium_id, id, school_id,"
            " enterprise_id, decided_on, published_on, visited_on,"
            " visit_report, is_honest, is_safe, is_equipped) values (%s, %s,"
            " %s, %s, '2026-01-01', '2026-01-02', '2025-12-01', '齐全', true,"
            " true, true) on conflict do nothing", self.home, new_id(),
            school, enterprise)

    def default(self, param, thing):
        """What else a path with this thing names."""
        known = {"posting_id": self.posting, "school_id": self.own.school,
                 "enterprise_id": self.own.enterprise,
                 "round_id": self.published, "consortium": self.own.slug}
        if param in known:
            return known[param]
        assert param == "student_id" and thing.kind in ("posting", "round")
        return self.own.student

    def token(self, kind, role, owner, home=None):
        return self.town.token(home or self.home,
                               self.account(kind, role, owner, home))

    def account(self, kind, role, owner, home=None):
        made = self.town.account(home or self.home, kind, owner)
        if role != kind:
            self.town.run("update account set role = %s, actor = id"
                          " where id = %s", role, made)
        return made

    def who(self, thing, role, relation):
        if relation == "own":
            return thing.tokens.get(role) or self.own.tokens[role]
        if relation == "other":
            return self.other[role]
        return self.elsewhere.tokens[role]

    def make(self, kind, state):
        thing = getattr(self, "a_" + kind)(state)
        assert thing.kind == kind and thing.state == state
        return thing

    def move(self, machine, subject, goal, **said):
        """Along the machine; said[state]: what that move must also set."""
        for state in way(self.town, machine, goal):
            extra = said.get(state, "")
            self.town.run(f"update {machine} set state = %s, actor = %s,"
                          f" reason = 'test'{extra} where id = %s", state,
                          SERVICE, subject)

    # -- one maker a kind: its row in that state, and whose it is ------------

    def a_consortium(self, state):
        return Thing("consortium", self.home, state)

    def a_school(self, state):
        made = self.town.school(self.home)
        return Thing("school", made, state, tokens={
            "school": self.token("school", "school", made)})

    def a_enterprise(self, state):
        made = self.town.enterprise(self.home, state="unverified")
        self.move("enterprise", made, state)
        category = self.category(made)
        return Thing("enterprise", made, state,
                     ids={"post_category_id": category,
                          "fetch_id": self.feed_fetch(made, "taken")},
                     tokens={
                         role: self.token("enterprise", role, made)
                         for role in ("enterprise", "integrator")})

    def category(self, enterprise):
        made = new_id()
        self.town.run("insert into post_category (consortium_id, id,"
                      " enterprise_id, name, staff_count, staff_counted_on)"
                      " values (%s, %s, %s, '车工', 10, current_date)",
                      self.home, made, enterprise)
        return made

    def feed_fetch(self, enterprise, outcome):
        """Of its feed, which it gets with it."""
        made = new_id()
        self.town.run("select put_posting_feed(%s, %s, %s,"
                      " 'https://jobs.example.com/all', 360, false, 30,"
                      " false)", self.home, enterprise, SERVICE)
        self.town.run(
            "insert into posting_feed_fetch (consortium_id, id, feed_id,"
            " started_at, outcome, bytes, problem, detail_en, detail_zh,"
            " report_en, report_zh) values (%s, %s, %s, now(), %s, 0, %s, %s,"
            " %s, %s, %s)", self.home, made, enterprise, outcome,
            *(("unreachable", "no answer", "无应答") if outcome == "failed"
              else (None,) * 3),
            *((NO_POSTINGS,) * 2 if outcome == "taken" else (None,) * 2))
        return made

    def a_posting_feed_fetch(self, state):
        thing = self.a_enterprise("verified")
        return Thing("posting_feed_fetch", self.feed_fetch(thing.id, state),
                     state, ids={"enterprise_id": thing.id},
                     tokens=thing.tokens)

    def a_post_category(self, state):
        thing = self.a_enterprise("verified")
        return Thing("post_category", thing.ids["post_category_id"], state,
                     ids={"enterprise_id": thing.id}, tokens=thing.tokens)

    def a_student(self, state):
        made = self.town.student(self.home, self.own.school)
        account = self.account("student", "student", made)
        self.move("student", made, state)
        return Thing("student", made, state, account=account, tokens={
            "student": self.town.token(self.home, account)})

    def a_posting(self, state, kind="internship"):
        made = new_id()
        self.town.run(
            "insert into posting (consortium_id, id, enterprise_id, kind,"
            " title, openings, targets, division_code, pay_min_fen,"
            " pay_max_fen, period_start, period_end, description) values (%s,"
            " %s, %s, %s, '装配实习生', 10000, '{660301}', '330106',"
            " 320000, 400000, %s, %s, '装配与自检')", self.home, made,
            self.own.enterprise, kind, day(0), day(120))
        self.move("posting", made, state, published=", closes_at ="
                  " now() + interval '90 days'")
        return Thing("posting", made, state)

    def a_cooperation(self, state):
        """Of a draft, which the school reads and its students do not."""
        made = self.a_posting("draft", "order_class").id
        self.town.run("insert into cooperation (consortium_id, id, school_id,"
                      " specialty_code, entry_year, cohort_size) values (%s,"
                      " %s, %s, '660301', 2024, 30)", self.home, made,
                      self.own.school)
        self.move("cooperation", made, state)
        return Thing("cooperation", made, state)

    def a_graduate_destination(self, state):
        """What the graduate said himself, of the owner's enterprise."""
        student = self.a_student("active")
        self.town.run("update student set graduates_on = '2026-06-30',"
                      " actor = id where id = %s", student.id)
        self.town.run(
            "insert into graduate_destination (consortium_id, id, code,"
            " employer_name, employer_uscc, division_code, evidence_kind,"
            " evidence_sha256, is_employer_asked, acknowledged_at)"
            " select %s, %s, '11', name, uscc, division_code,"
            " 'labour_contract', repeat('5f', 32), true, now()"
            " from enterprise where id = %s", self.home, student.id,
            self.own.enterprise)
        self.move("graduate_destination", student.id, state,
                  confirmed=", confirmed_at = now()")
        return Thing("graduate_destination", student.id, state,
                     tokens=student.tokens)

    def a_application(self, state):
        student, made = self.a_student("active"), new_id()
        self.town.run(
            "insert into application (consortium_id, id, student_id,"
            " posting_id, enterprise_id, score, policy_version, created_by)"
            " values (%s, %s, %s, %s, %s, 5000, 1, %s)", self.home, made,
            student.id, self.posting, self.own.enterprise, student.account)
        self.move("application", made, state)
        return Thing("application", made, state, tokens=student.tokens,
                     student=student.id)

    def a_offer(self, state):
        application, made = self.a_application("offered"), new_id()
        self.town.run(
            "insert into offer (consortium_id, id, application_id, starts_on,"
            " ends_on, pay_fen, reply_by) values (%s, %s, %s, %s, %s, 320000,"
            " now() + interval '9 days')", self.home, made, application.id,
            day(0), day(120))
        self.move("offer", made, state)
        return Thing("offer", made, state, tokens=application.tokens)

    def a_disclosure(self, state):
        application = self.a_application("applied")
        if state == "ended":
            self.move("application", application.id, "withdrawn")
        return Thing("disclosure", application.id, state,
                     tokens=application.tokens)

    def a_complaint(self, state):
        student, made = self.a_student("active"), new_id()
        self.town.run(
            "insert into complaint (consortium_id, id, made_by, student_id,"
            " enterprise_id, subject, text, created_by) values (%s, %s,"
            " 'student', %s, %s, 'pay', '未按月支付', %s)", self.home, made,
            student.id, self.own.enterprise, student.account)
        self.move("complaint", made, state, answered=", answer = '已核实'")
        return Thing("complaint", made, state, tokens=student.tokens)

    def a_placement(self, state):
        student, made = self.a_student("active"), new_id()
        self.town.run(
            "insert into placement (consortium_id, id, student_id,"
            " posting_id, enterprise_id, period_start, period_end, origin)"
            " values (%s, %s, %s, %s, %s, %s, %s, 'school')", self.home,
            made, student.id, self.posting, self.own.enterprise, day(0),
            day(120))
        for step in way(self.town, "placement", state):
            if step == "agreement_signed":
                self.sign(made)
            elif step == "started":
                self.town.run("select start_placement(%s, %s, %s, null, %s)",
                              self.home, made, self.own.school, SERVICE)
            elif step == "completed":
                self.town.run("select complete_placement(%s, %s, %s, null,"
                              " '提前达到要求', %s)", self.home, made,
                              self.own.school, SERVICE)
            else:
                self.town.run("select move_placement(%s, %s, null, %s, '因故',"
                              " %s)", self.home, made, step, SERVICE)
        return Thing("placement", made, state, tokens=student.tokens)

    def sign(self, placement, parties=("school", "enterprise", "student",
                                       "guardian")):
        """Whole terms as a new edition, and these signatures."""
        version = self.town.run("select version from agreement where id = %s",
                                placement)
        self.town.run("select put_agreement(%s, %s, null, %s, %s, %s)",
                      self.home, placement, json.dumps(terms()),
                      version[0][0] if version else 0, SERVICE)
        for party in parties:
            self.town.run("select sign_agreement(%s, %s, null, %s, %s, null,"
                          " %s, %s)", self.home, placement, party,
                          "周建国" if party == "guardian" else None,
                          bytes.fromhex(self.sha256(placement)), SERVICE)

    def sha256(self, placement):
        found = self.town.run(
            "select encode(sha256, 'hex') from agreement_edition where"
            " placement_id = %s order by edition desc limit 1", placement)
        return found[0][0] if found else "0" * 64

    def a_round(self, state):
        made = new_id()
        self.town.run(
            "insert into round (consortium_id, id, name, opens_at, closes_at,"
            " period_start, period_end, seed, seed_sha256) values (%s, %s,"
            " '春季', now() - interval '1 day', now() + interval '9 days', %s,"
            " %s, 'seed', sha256('seed'))", self.home, made, day(20),
            day(120))
        run, steps = new_id(), way(self.town, "round", state)
        for step in steps:
            extra = {"open": ", policy_version = 1",
                     "published": f", published_run_id = '{run}',"
                     " appeals_by = now() + interval '9 days'"}.get(step,
                                                                       "")
            if step == "running":
                self.queue(run, made)
            elif step == "computed":
                self.run_to(run, "done")
            self.town.run(f"update round set state = %s, actor = %s,"
                          f" reason = 'test'{extra} where id = %s", step,
                          SERVICE, made)
        if "closed" in steps and "running" not in steps:
            self.town.run("delete from run where id = %s", run)
        compared = self.compare(run, made) if "computed" in steps else new_id()
        appeal = self.appeal(made, self.own.student, self.own.accounts[
            "student"]) if state == "published" else new_id()
        return Thing("round", made, state,
                     ids={"run_id": run, "comparison_id": compared,
                          "appeal_id": appeal,
                          "capacity_request_id": new_id()})

    def appeal(self, round_id, student, account):
        made = new_id()
        self.town.run(
            "insert into appeal (consortium_id, id, round_id, made_by,"
            " owner_id, student_id, grounds, text, created_by) values (%s,"
            " %s, %s, 'student', %s, %s, 'capacity', '名额有误', %s)",
            self.home, made, round_id, student, student, account)
        return made

    def a_appeal(self, state):
        found, student = self.a_round("published"), self.a_student("active")
        made = self.appeal(found.id, student.id, student.account)
        self.move("appeal", made, state, upheld=", answer = '已更正'",
                  refused=", answer = '无误'")
        return Thing("appeal", made, state, ids={"round_id": found.id},
                     tokens=student.tokens)

    def a_capacity_request(self, state):
        found, made = self.a_round("open"), new_id()
        self.town.run(
            "insert into capacity_request (consortium_id, id, round_id,"
            " posting_id, enterprise_id, openings_before, openings, because)"
            " values (%s, %s, %s, %s, %s, 2, 9999, '扩产')", self.home,
            made, found.id, self.posting, self.own.enterprise)
        ends = ", decided_at = now(), decided_because = 'test'"
        self.move("capacity_request", made, state, approved=ends,
                  refused=ends, withdrawn=ends)
        return Thing("capacity_request", made, state,
                     ids={"round_id": found.id})

    def queue(self, run, round_id):
        self.town.run("insert into run (consortium_id, id, round_id, mode)"
                      " values (%s, %s, %s, 'stable')", self.home, run,
                      round_id)

    def run_to(self, run, state):
        for step in way(self.town, "run", state):
            extra = {
                "running": ", worker = 'w', attempt = 1, started_at = now(),"
                           " lease_until = now() + interval '9 days'",
                "done": ", is_verified = true, finished_at = now(),"
                        " student_count = 0, placed_count = 0",
                "cancelled": ", finished_at = now()",
                "failed": ", error = 'no memory', finished_at = now()"}[step]
            if step == "done":
                store_nothing(self.town, self.home, run)
            self.town.run(f"update run set state = %s, actor = %s{extra}"
                          " where id = %s", step, SERVICE, run)

    def a_run(self, state):
        found = self.a_round("running")
        self.run_to(found.ids["run_id"], state)
        return Thing("run", found.ids["run_id"], state,
                     ids={"round_id": found.id})

    def compare(self, run, round_id):
        made = new_id()
        self.town.run("insert into comparison (consortium_id, id, round_id,"
                      " run_id, created_by) values (%s, %s, %s, %s, %s)",
                      self.home, made, round_id, run, SERVICE)
        return made

    def a_comparison(self, state):
        found = self.a_round("computed")
        made = found.ids["comparison_id"]
        self.move("comparison", made, state,
                  running=", worker = 'w', attempt = 1, started_at = now(),"
                          " lease_until = now() + interval '9 days'",
                  done=", report = '{}', finished_at = now()",
                  failed=", error = 'no sense', finished_at = now()",
                  cancelled=", finished_at = now()")
        return Thing("comparison", made, state, ids={"round_id": found.id})

    def a_import(self, state):
        made = new_id()
        self.town.run(
            "insert into import (consortium_id, id, kind, mode, media_type,"
            " owner_id, bytes, created_by) values (%s, %s, 'students',"
            " 'dry_run', 'text/csv', %s, 3, %s)", self.home, made,
            self.own.school, SERVICE)
        self.move("import", made, state, running=", worker = 'w', attempt = 1,"
                  " lease_until = now() + interval '9 days',"
                  " started_at = now()",
                  done=f", counts = '{NO_ROWS}', finished_at = now()",
                  failed=", errors = '[]', finished_at = now()")
        return Thing("import", made, state)
