"""The ledger after a random walk of many at once: it is what a recount of the
placements gives, entry by entry, and nobody got past a cap.

Who signs what is no matter here: the triggers that ask for agreements are off.
"""

import collections
import concurrent.futures
import contextlib
import datetime
import math
import random

import pytest

from tests.api.placed import day
from tests.api.town import SERVICE, Town, new_id

WALKERS, STEPS, STUDENTS = 4, 200, 150
LIVE = ("accepted", "agreement_signed", "started")
MOVES = ("accepted", "declined", "agreement_signed", "started", "completed",
         "terminated")
NEXT = {"proposed": ["accept"] * 5 + ["decline"],
        "accepted": ["sign"] * 5 + ["terminate", "longer"],
        "agreement_signed": ["start"] * 5 + ["terminate", "longer"],
        "started": ["complete"] * 3 + ["terminate", "longer"]}
ANY = ["accept", "decline", "sign", "start", "complete", "terminate",
       "longer"]
QUIET = ("agreed", "begun", "begun_there")


class Place:
    """A placement as the walkers know it."""

    def __init__(self, enterprise, category, student, first, last):
        self.id, self.enterprise, self.category = new_id(), enterprise, \
            category
        self.student, self.first, self.last = student, first, last
        self.moved_to = None    # its last day, if that was put off

    def until(self, has_moved):
        return self.moved_to if has_moved else self.last


class City:
    """Two enterprises with two post categories each, and their students."""

    def __init__(self, server, town, people):
        self.server, self.town, self.people = server, town, people
        self.places = []
        town.run("insert into policy (consortium_id, version, valid_from)"
                 " values (%s, 1, '2026-01-01Z')", people.consortium)
        self.enterprises = [people.enterprise,
                            town.enterprise(people.consortium)]
        self.categories = {}
        for enterprise in self.enterprises:
            self.set_staff(town, enterprise, 90)
            self.categories[enterprise] = [
                self.category(enterprise, staff) for staff in (15, 30)]
        self.students = [town.student(people.consortium, people.school)
                         for _ in range(STUDENTS)]
        for name in QUIET:
            town.run(f"alter table placement disable trigger {name}")

    def category(self, enterprise, staff):
        made = new_id()
        self.town.run(
            "insert into post_category (consortium_id, id, enterprise_id,"
            " name, staff_count, staff_counted_on) values (%s, %s, %s, %s,"
            " %s, current_date)", self.people.consortium, made, enterprise,
            f"车工{staff}", staff)
        return made

    def set_staff(self, town, enterprise, staff):
        town.run("update enterprise set staff_count = %s, actor = %s where"
                 " id = %s", staff, SERVICE, enterprise)

    def propose(self, town, dice):
        enterprise = dice.choice(self.enterprises)
        first = dice.choice([0, 0, 0, -3, 10, 40])
        place = Place(enterprise, dice.choice(
            [None, *self.categories[enterprise]]), dice.choice(self.students),
            day(first), day(first + dice.randrange(6, 60)))
        town.run(
            "insert into placement (consortium_id, id, origin, title,"
            " student_id, enterprise_id, post_category_id, period_start,"
            " period_end, approved_at) values (%s, %s, 'self_found', '见习',"
            " %s, %s, %s, %s, %s, now())", self.people.consortium, place.id,
            place.student, enterprise, place.category, place.first,
            place.last)
        self.places.append(place)


class Walker:
    """One of those who do things at the same time as the others."""

    def __init__(self, city, number, dsn):
        self.city, self.dice = city, random.Random(number * 1009 + 7)
        self.town = Town(dsn)
        people = city.people
        self.school = city.server.client(people.tokens["school"])
        self.clients = {}
        self.done = collections.Counter()

    def close(self):
        self.town.close()
        for client in (self.school, *self.clients.values()):
            client.close()

    def student(self, student):
        if student not in self.clients:
            account = self.town.account(self.city.people.consortium,
                                        "student", student)
            self.clients[student] = self.city.server.client(self.town.token(
                self.city.people.consortium, account))
        return self.clients[student]

    def tell(self, verb, place, client, body=None):
        reply = client.post(f"/v1/placements/{place.id}/{verb}", body)
        assert reply.status in (200, 409, 422), reply
        self.done[verb, reply.status] += 1

    def put(self, what, place, change, *values):
        """What only the triggers that are off stand in the way of."""
        with contextlib.suppress(Exception):
            self.town.run(f"update placement set {change}, actor = %s where"
                          " id = %s", *values, SERVICE, place.id)
            self.done[what, 200] += 1

    def move(self, place):
        what = self.dice.choice(ANY)
        if self.dice.random() < 0.8:    # what may well succeed
            state = self.town.one("select state from placement where id = %s",
                                  place.id)
            what = self.dice.choice(NEXT.get(state, ANY))
        if what == "accept":
            self.tell(what, place, self.student(place.student))
        elif what == "decline":
            self.tell(what, place, self.student(place.student),
                      {"reason": "另有安排"})
        elif what in ("complete", "terminate"):
            self.tell(what, place, self.school, {"reason": "因故"})
        elif what == "sign":
            self.put(what, place, "state = 'agreement_signed'")
        elif what == "start" and place.first <= day(0):
            self.put(what, place, "state = 'started', started_on = %s",
                     place.first)
        elif what == "longer" and place.moved_to is None:
            place.moved_to = str(datetime.date.fromisoformat(place.last)
                                 + datetime.timedelta(days=9))
            self.put(what, place, "period_end = %s", place.moved_to)

    def change(self):
        enterprise = self.dice.choice(self.city.enterprises)
        home = self.city.people.consortium
        what = self.dice.choice(["staff", "category", "granted", "policy"])
        self.done[what, 200] += 1
        if what == "staff":
            self.city.set_staff(self.town, enterprise,
                                self.dice.randrange(60, 140))
        elif what == "category":
            self.town.run("update post_category set staff_count = %s, actor ="
                          " %s where id = %s", self.dice.randrange(10, 40),
                          SERVICE, self.dice.choice(
                              self.city.categories[enterprise]))
        elif what == "granted":
            with contextlib.suppress(Exception):
                self.town.run(
                    "insert into quota_override (consortium_id, id,"
                    " enterprise_id, floor_mille, staff_cap_mille, why,"
                    " ends_on) values (%s, %s, %s, 10, %s, '新建产线', %s)",
                    home, new_id(), enterprise, self.dice.randrange(70, 99),
                    day(5))
        else:
            with contextlib.suppress(Exception):
                self.town.run(
                    "insert into policy (consortium_id, version, valid_from,"
                    " floor_mille, staff_cap_mille) select %s, max(version)"
                    " + 1, now(), %s, %s from policy where consortium_id ="
                    " %s", home, self.dice.randrange(10, 40),
                    self.dice.randrange(70, 100), home)
                self.town.run("select settle_due_quotas(100)")

    def walk(self):
        for _ in range(STEPS):
            chance = self.dice.random()
            if chance < 0.25 or not self.city.places:
                with contextlib.suppress(Exception):
                    self.city.propose(self.town, self.dice)
            elif chance < 0.93:
                self.move(self.dice.choice(self.city.places[-40:]))
            else:
                self.change()
        return self.done


@pytest.fixture(scope="module")
def walked(apart):
    """The city after the walk; its walkers' doings."""
    with apart() as (server, name, town):
        city = City(server, town, town.people())
        walkers = [Walker(city, n, town.db.dsn) for n in range(WALKERS)]
        with concurrent.futures.ThreadPoolExecutor(WALKERS) as pool:
            done = sum(pool.map(Walker.walk, walkers), collections.Counter())
        for walker in walkers:
            walker.close()
        town.run("select settle_due_quotas(100)")
        yield city, done


@pytest.fixture(scope="module")
def office(walked):
    city, _ = walked
    client = city.server.client(city.people.tokens["office"])
    yield client
    client.close()


def counted(there, on):
    """(present, started, committed) of (student, state, first, last)s."""
    live = [one for one in there if one[1] in LIVE and one[3] >= on]
    here = [one for one in live if one[2] <= on]
    return (len({one[0] for one in here}),
            len({one[0] for one in here if one[1] == "started"}),
            len({one[0] for one in live if one[1] != "started"}))


def in_the_rows(city, line, on):
    column = "enterprise_id" if line in city.enterprises \
        else "post_category_id"
    return counted(city.town.run(
        "select student_id, state, period_start::text, period_end::text"
        f" from placement where {column} = %s", line), on)


def numbers(line):
    return tuple(line[name] for name in ("present", "started", "committed"))


def test_there_was_something_to_count(walked):
    _, done = walked
    print(dict(done))
    for verb in ("accept", "decline", "terminate"):
        assert done[verb, 200] > 0 and done[verb, 409] > 0, verb
    assert done["accept", 422] > 0, "some found the caps in their way"
    for what in ("sign", "start", "longer", "staff", "category", "granted",
                 "policy"):
        assert done[what, 200] > 0, what


def test_the_ledger_is_a_recount(walked, office):
    city, _ = walked
    for enterprise in city.enterprises:
        path = f"/v1/enterprises/{enterprise}/quota"
        for offset in (0, 3, 10, 41, 70, 200):
            told = office.get(f"{path}?on={day(offset)}").json
            lines = {str(enterprise): told}
            for line in told["post_categories"]:
                lines[line["post_category_id"]] = line
            assert len(lines) == 3
            for line in (enterprise, *city.categories[enterprise]):
                assert numbers(lines[str(line)]) == \
                    in_the_rows(city, line, day(offset)), offset
        now = office.get(path).json
        newest = office.get(path + "/history?limit=1").json["items"][0]
        for name in ("present", "started", "committed", "floor", "cap",
                     "staff_count", "policy_version", "shortfall"):
            assert newest[name] == now[name], name


def history(city, enterprise):
    """By seq: its cause and subject, and line -> the row."""
    found = {}
    for seq, cause, subject, line, *row in city.town.run(
            "select seq, cause, subject_id, line_id, present, started,"
            " committed, cap_seats, floor_seats, staff_count, cap_mille,"
            " floor_mille from quota_entry where enterprise_id = %s"
            " order by seq", enterprise):
        found.setdefault(seq, (cause, subject, {}))[2][line] = row
    return found


def test_every_entry_is_a_recount(walked):
    """In the order of the entries, the moves replayed give their numbers."""
    city, _ = walked
    known = {place.id: place for place in city.places}
    for enterprise in city.enterprises:
        lines = (enterprise, *city.categories[enterprise])
        state, moved, last = {}, set(), {}
        for seq, (cause, subject, rows) in history(city, enterprise).items():
            if cause in MOVES:
                state[subject] = cause
            elif cause == "period":
                moved.add(subject)
            last.update(rows)
            for line in lines:
                there = [(known[one].student, state[one], known[one].first,
                          known[one].until(one in moved))
                         for one in state if line in (known[one].enterprise,
                                                      known[one].category)]
                assert line not in last or tuple(last[line][:3]) == \
                    counted(there, day(0)), (seq, cause)
        assert {one: state[one] for one in state} == dict(city.town.run(
            "select id, state from placement where enterprise_id = %s"
            " and state <> 'proposed'", enterprise))


def test_floors_and_caps_are_those_of_the_staff(walked):
    city, _ = walked
    for enterprise in city.enterprises:
        for _, _, rows in history(city, enterprise).values():
            for line, row in rows.items():
                cap, floor, staff, cap_mille, floor_mille = row[3:]
                assert cap == staff * cap_mille // 1000
                if line == enterprise:
                    assert floor == min(cap, math.ceil(
                        staff * floor_mille / 1000))
                else:
                    assert floor is None


def test_nobody_got_past_a_cap(walked):
    """Whoever was added was added below a cap that held when he asked: the
    entry's own, or one that others made another while he was at it."""
    city, _ = walked
    seen = 0
    for enterprise in city.enterprises:
        last, caps = {}, collections.defaultdict(
            lambda: collections.deque(maxlen=WALKERS + 1))
        for cause, _, rows in history(city, enterprise).values():
            for line, row in rows.items():
                caps[line].append(row[3])
                if cause in ("accepted", "period") and line in last \
                        and row[0] > last[line]:
                    assert row[0] <= max(caps[line])
                    seen += 1
                last[line] = row[0]
    assert seen > 10


def test_notices_are_one_to_a_crossing(walked):
    """Replayed from the entries, each has as many notices as crossings."""
    city, _ = walked
    for enterprise in city.enterprises:
        open_ones, began = set(), collections.Counter()
        for _, _, rows in history(city, enterprise).values():
            for line, (present, _, _, cap, floor, *_) in rows.items():
                now = {(line, kind) for kind, holds in (
                    ("below-floor", floor is not None and present < floor),
                    ("near-cap", cap > 1 and present > 0
                     and present + math.ceil(cap / 10) >= cap),
                    ("at-cap", 0 < present >= cap),
                    ("over-cap", present > cap)) if holds}
                before = {one for one in open_ones if one[0] == line}
                began.update(now - before)
                open_ones = open_ones - before | now
        told = city.town.run("select line_id, kind, ended_at is null from"
                             " quota_notice where enterprise_id = %s",
                             enterprise)
        assert collections.Counter(one[:2] for one in told) == began
        assert {one[:2] for one in told if one[2]} == open_ones
