"""A consortium of which every page for people has something to tell."""

import dataclasses

from tests.api.firm import whole
from tests.api.graduates import graduate, went
from tests.api.hall import Hall
from tests.api.placed import Ward, day
from tests.api.reported import REPORT, YEAR, Reported, many_specialties
from tests.api.test_public_postings import Site
from tests.api.test_quota import CATEGORY, own_path

LANGUAGES = ("zh-CN", "en")
# Longer than a phone is wide, without and with a blank.
ENDLESS = "Internationalization" * 3
LONG_NAMES = ("湖城第一高级职业技术师范学校附属数控机床与智能制造实训学院",
              "Hucheng Zhangjiagang " + ENDLESS)


@dataclasses.dataclass
class Page:
    """Where it is, what is sent along, and which elements have the page's own
    words in them, but for those of `others`."""

    path: str
    own: str
    others: tuple = ()
    headers: dict = dataclasses.field(default_factory=dict)


class City:
    def __init__(self, server, town):
        self.server, self.town = server, town
        self.people = town.people()
        self.clients = {role: server.client(token)
                        for role, token in self.people.tokens.items()}
        hall = Hall(self.clients.__getitem__, self.people, town)
        self.reported = Reported(Ward(hall)).fill()
        self.firm, self.office = hall.firm, hall.office
        self.site = Site(server, self.people, town, self.clients)
        self.site.say(True)
        self._fill()
        empty = town.people()
        town.run("update consortium set name = %s where id = %s", ENDLESS,
                 empty.consortium)
        self.pages = {"docs": self._docs(), "posting": self.public(),
                      "statement": self.statement(),
                      "report": self._report(self.people),
                      "empty-report": self._report(empty)}

    def close(self):
        for client in (*self.clients.values(), self.site.anybody):
            client.close()

    def url(self, page):
        return f"http://127.0.0.1:{self.server.port}{page.path}"

    def public(self, **changes):
        """The page of a posting that says all that can be said."""
        body = whole(post_category_id=..., occupation_code=..., ref=...,
                     ref_system=..., **changes)
        posting = self.firm.open(**body)
        return Page(f"/postings/{self.site.slug}/{posting['id']}",
                    "h2, th, .note:last-child")

    def statement(self):
        """The page of what the enterprise took until now."""
        stated = self.clients["enterprise"].post(
            own_path(self.people, "quota", "statements"),
            {"from": day(-300), "to": day(30)})
        assert stated.status == 201, stated
        return Page(f"/quota-statements/{stated.json['code']}",
                    "h1, h2, th, main > p", ("SHA-256",))

    def _fill(self):
        """Schools with long names, enterprises of many industries,
        specialties for the quadrant, and a category of posts for interns."""
        town, home = self.town, self.people.consortium
        for name in LONG_NAMES:
            school = town.school(home)
            town.run("update school set name = %s, actor = id where id = %s",
                     name, school)
            for code in ("10", "10", "46", "80", *["70"] * 10):
                went(town, home,
                     graduate(town, home, school, f"{YEAR}-06-30"), code)
        for number in range(5):
            firm = self.reported.second_firm(300 * number + 50, number)
            town.run("update enterprise set industry_code = (select code from"
                     " industry where is_current and length(code) = 1 order"
                     " by code offset %s limit 1), actor = id where id = %s",
                     2 * number, firm)
        many_specialties(town, self.people)
        made = self.clients["enterprise"].post(
            own_path(self.people, "post-categories"), CATEGORY)
        assert made.status == 201, made
        town.run("update placement set post_category_id = %s, actor = id"
                 " where enterprise_id = %s", made.json["id"],
                 self.people.enterprise)

    def _docs(self):
        return Page("/docs", "h1, h4, .skip, #about > h2, #schemas > h2,"
                    " #problems > h2, #problems > p, th[scope=col]")

    def _report(self, people):
        return Page(REPORT, "h2, th[scope=col], caption, svg title, svg desc,"
                    " main > .note", ("Q1", "Q2", "Q3", "Q4"),
                    {"Authorization": "Bearer " + people.tokens["office"],
                     "Accept": "text/html"})
