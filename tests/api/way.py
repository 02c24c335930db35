"""For tests that tell a way through the API from its beginning to its end,
step by step, and print it as they go.

Only the first account of the office is made otherwise: an operator invites it.
"""

import itertools
import time

from tests.api.firm import later
from tests.api.placed import day
from tests.api.town import uscc

numbers = itertools.count(650001)
SECRET = "a long enough secret"
POLICY = {
    "weights": {"specialty": 4500, "skills": 1500, "education": 500,
                "place": 1500, "period": 1000, "pay": 1000},
    "tier_points": {"same_specialty": 10000, "same_class": 8500,
                    "class_or_tie": 7000, "same_category": 4000, "none": 0},
    "place_points": {"same_county": 10000, "same_city": 8000,
                     "same_province": 5000, "willing_to_move": 2500,
                     "away": 0},
    "education_points": {"as_asked": 10000, "one_level_above": 8000,
                         "two_levels_above": 5000},
    "neutral_points": 5000, "intern_months_max": 6,
    "intern_week_minutes_max": 2400, "floor_mille": 20,
    "staff_cap_mille": 100, "post_category_cap_mille": 200,
    "cross_category": "block", "note": "首版",
}
# What is offered begins today; so that it can be told to its end in one go,
# the agreement has it over since yesterday.
WEEKS = 16
OFFERED = {"starts_on": day(0), "ends_on": day(7 * WEEKS - 1),
           "pay_fen": 320000, "reply_by": "2099-01-01T00:00:00Z"}
FIRST, LAST = day(-7 * WEEKS), day(-1)
POSTING = {
    "kind": "internship", "title": "数控车床操作实习生", "openings": 4,
    "targets": ["660301"], "division_code": "330106", "pay_min_fen": 320000,
    "pay_max_fen": 380000, "pay_standard_fen": 400000,
    "preferred_skills": ["机械识图"], "period_start": OFFERED["starts_on"],
    "period_end": OFFERED["ends_on"], "day_minutes": 480, "week_minutes": 2400,
    "description": "在师傅指导下操作数控车床，完成零件加工与自检。",
}


class Way:
    """Everybody's clients, made as they join."""

    def __init__(self, server, people, capsys):
        self.server, self.people, self.capsys = server, people, capsys
        self.count, self.clients = itertools.count(1), []
        self.nobody = self.client()
        self.office = self.client(people.tokens["office"])

    def client(self, token=None):
        self.clients.append(self.server.client(token))
        return self.clients[-1]

    def close(self):
        for client in self.clients:
            client.close()

    def tell(self, who, what):
        with self.capsys.disabled():
            print(f"\n{next(self.count):3}. {who}: {what}", end="")

    def step(self, who, what, reply, status=(200, 201, 204)):
        """Told if it went as it should: what came back."""
        wanted = status if isinstance(status, tuple) else (status,)
        assert reply.status in wanted, (what, reply)
        self.tell(who, f"{what} [{reply.status}]")
        return reply.json if reply.body else None

    def patch(self, client, path, body):
        tag = client.get(path).etag
        return client.patch(path, body, headers={"If-Match": tag})

    def put(self, client, path, body):
        tag = client.get(path).etag
        return client.put(path, body, headers={"If-Match": tag})

    def sign_in(self, login):
        reply = self.nobody.post("/v1/sessions", {
            "consortium": self.people.slug, "login_name": login,
            "password": SECRET})
        assert reply.status == 201, reply
        return self.client(reply.json["token"])

    def join(self, by, role, owner, name):
        """Invited, a password chosen, signed in."""
        login = f"{role}.{next(numbers)}"
        made = by.post("/v1/account-invitations", {
            "role": role, "login_name": login, "owner_id": owner,
            "display_name": name})
        assert made.status == 201, made
        taken = self.nobody.post("/v1/account-invitations/accept", {
            "token": made.json["token"], "password": SECRET})
        assert taken.status == 201, taken
        self.tell(name, f"invited as {role}, chose a password, signed in")
        return self.sign_in(login)

    def begin(self):
        """A policy, a school and a verified enterprise."""
        self.step("office", "sets the first policy", self.office.post(
            f"/v1/consortia/{self.people.consortium}/policy", POLICY))
        school = self.step("office", "enters a school", self.office.post(
            "/v1/schools", {"name": "湖城职业技术学校", "kind": "secondary",
                            "code": f"41{next(numbers):08d}",
                            "division_code": "330106"}))
        self.school_id = school["id"]
        self.school = self.join(self.office, "school", self.school_id,
                                "李老师")
        self.enterprise, self.firm_id = self.register()

    def register(self):
        number = next(numbers)
        made = self.step("enterprise", "registers with its credit code",
                         self.nobody.post("/v1/enterprises", {
                             "consortium": self.people.slug,
                             "uscc": uscc(number), "industry_code": "3411",
                             "name": f"湖城精密机械{number}有限公司",
                             "division_code": "330106", "staff_count": 320,
                             "staff_counted_on": day(0),
                             "login_name": f"hr.{number}",
                             "password": SECRET}))
        client = self.sign_in(f"hr.{number}")
        self.step("office", "looks at its licence and verifies it",
                  self.office.post(f"/v1/enterprises/{made['id']}/verify"))
        return client, made["id"]

    def enrol(self, name):
        """A student with an account of his own: (client, id)."""
        made = self.step("school", f"enters its student {name}",
                         self.school.post("/v1/students", {
                             "student_number": f"S{next(numbers)}",
                             "name": name, "specialty_code": "660301",
                             "entry_year": 2024, "birth_date": "2008-03-09",
                             "class_name": "数控 24-1"}))
        return self.join(self.school, "student", made["id"], name), made["id"]

    def publish(self, client, who="enterprise", **changes):
        made = self.step(who, "drafts a posting", client.post(
            "/v1/postings", {**POSTING, **changes}))
        self.step(who, f"publishes it ({made['kind']})", client.post(
            f"/v1/postings/{made['id']}/publish",
            {"closes_at": later(30)}))
        return made["id"]

    def until(self, ask, seconds=10):
        """Asked again until the live index has it."""
        deadline = time.monotonic() + seconds
        while True:
            reply = ask()
            if reply.status == 200 and reply.json["items"]:
                return reply
            assert time.monotonic() < deadline, reply
            time.sleep(0.05)

    def agree(self, placement, student, terms):
        """Written, and signed by all four."""
        path = f"/v1/placements/{placement}/agreement"
        made = self.step("school", "writes the tripartite agreement",
                         self.put(self.school, path, terms))
        assert made["missing"] == []
        said = {"sha256": made["sha256"]}
        for who, client, more in (
                ("enterprise", self.enterprise, {}),
                ("student", student, {"consent": True}),
                ("guardian", student, {"consent": True,
                                       "guardian_name": "周建国"}),
                ("school", self.school, {})):
            made = self.step(who, "signs it", client.post(
                path + "/signatures", {**said, **more}))
        assert made["placement_state"] == "agreement_signed"

    def report(self, placement, student, weeks=WEEKS):
        for week in range(1, weeks + 1):
            made = student.post(f"/v1/placements/{placement}/logs", {
                "week": week, "text": f"第 {week} 周：操作数控车床并自检。"})
            assert made.status == 201, made
            for who, client in (("school", self.school),
                                ("enterprise", self.enterprise)):
                marked = client.put(f"/v1/placements/{placement}/logs/{week}"
                                    f"/{who}-mark", {"mark": "good"})
                assert marked.status == 200, marked
        self.tell("student", f"reports {weeks} weeks, each marked by school"
                  " and enterprise")
