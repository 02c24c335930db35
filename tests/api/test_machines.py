"""Random walks through the API against a model of each state machine: whatever
anybody asks, alone or at the same moment as somebody else, is answered as the
model says, and the history tells the same story as the states.
"""

import concurrent.futures
import random

import pytest

from tests.api.machines import MACHINES as MAIN, STALE
from tests.api.machines_after import Appeal, Comparison, Run
from tests.api.machines_lists import SpecialtyAppeal, SpecialtyList
from tests.api.matrix import RELATIONS, ROLES, Clients, World
from tests.api.town import new_id

MACHINES = [*MAIN, Appeal(), Run(), Comparison(), SpecialtyAppeal(), SpecialtyList()]
STEPS = 60
DONE = range(200, 300)


@pytest.fixture(scope="module")
def world(apart):
    """Alone, so that no worker takes the runs."""
    with apart() as (server, _, town):
        made = World(town)
        made.server = server
        yield made


@pytest.fixture
def pool():
    with concurrent.futures.ThreadPoolExecutor(2) as made:
        yield made


class Walk:
    def __init__(self, world, machine, dice):
        self.world, self.machine, self.dice = world, machine, dice
        self.lines = Clients(world.server), Clients(world.server)
        self.thing = world.make(machine.kind,
                                dice.choice(machine.starts))
        self.actions = machine.actions(world)
        self.model = self.seen()
        self.tried = {"alone": 0, "at once": 0, "wrong hand": 0, "again": 0}

    def seen(self):
        return self.machine.model(self.world.town, self.thing)

    def request(self, action, line, role=None, relation="own", **headers):
        """What asks it, with the body that fits what is seen now."""
        role = role or action.role
        client = self.lines[line].of(
            self.world.who(self.thing, role, relation))
        path = action.path.format(id=self.thing.id,
                                  round=self.thing.ids.get("round_id"),
                                  list=self.thing.ids.get("list_id"),
                                  offer=self.thing.ids.get("offer"))
        body = action.body(self.thing, self.model)
        if action.if_match:
            headers["If-Match"] = f'"v{self.model[action.if_match]}"'
        send = {"POST": client.post, "PUT": client.put,
                "PATCH": client.patch}[action.method]
        return lambda: send(path, body, headers=headers)

    def applied(self, action, model, reply, first):
        """The model after this reply; None: it cannot be. first: the model
        that the request was written for."""
        after = action.effect(model)
        if action.if_match and not isinstance(after, set) \
                and model[action.if_match] != first[action.if_match]:
            after = STALE
        if action.yields and model["version"] != first["version"] \
                and reply.status in action.lost:
            return model
        if isinstance(after, set):
            return model if reply.status in after else None
        return after if reply.status in DONE else None

    def choose(self):
        able = [one for one in self.actions
                if not one.needs or self.model[one.needs]]
        return self.dice.choices(able, [1 if one.is_rare else 20
                                        for one in able])[0]

    def alone(self):
        """One request, at times with a key and then once more."""
        action = self.choose()
        key = {"Idempotency-Key": str(new_id())} \
            if self.dice.random() < 0.3 and action.method == "POST" else {}
        send = self.request(action, 0, **key)
        reply = send()
        after = self.applied(action, self.model, reply, self.model)
        assert after is not None, (action.name, self.model, reply)
        if key and reply.status in DONE:
            again = send()
            assert (again.status, again.body) == (reply.status, reply.body)
            self.tried["again"] += 1
        self.model = self.agree([after], action.name)
        self.tried["alone"] += 1

    def wrong_hand(self):
        """Somebody who may not: nothing happens."""
        action = self.choose()
        allowed = {one.role for one in self.actions
                   if one.path == action.path}
        role, relation = self.dice.choice(
            [(role, relation) for role in ROLES for relation in RELATIONS
             if role not in allowed]
            + [(action.role, "elsewhere")] * 6
            + [(action.role, "other")] * 6 * (action.role != "office"))
        reply = self.request(action, 0, role, relation)()
        assert reply.status in (403, 404), (action.name, role, relation,
                                            reply)
        self.model = self.agree([self.model], "wrong hand: " + action.name)
        self.tried["wrong hand"] += 1

    def at_once(self, pool):
        """Two requests at the same moment: as if one came before the other;
        which of the two, what is seen then says."""
        pair = [self.choose(), self.choose()]
        sent = [pool.submit(self.request(action, line))
                for line, action in enumerate(pair)]
        replies = [one.result() for one in sent]
        ways = []
        for order in ((0, 1), (1, 0)):
            model = {**self.model}
            if "edition" in model:
                model["shown"] = model["edition"]
            for at in order:
                model = model and self.applied(pair[at], model, replies[at],
                                               self.model)
            if model:
                model.pop("shown", None)
                ways.append(model)
        names = " and ".join(action.name for action in pair)
        assert ways, (names, self.model, replies)
        self.model = self.agree(ways, names)
        self.tried["at once"] += 1

    def agree(self, ways, what):
        seen = self.seen()
        assert seen in ways, (what, seen, ways)
        return seen

    def is_over(self):
        return all(isinstance(action.effect(self.model), set)
                   or action.if_match for action in self.actions)

    def close(self):
        for line in self.lines:
            line.close()


def history_is_whole(world, machine, thing):
    """Versions 1, 2, 3 ... in `change`, one row each; the events a way along
    the table of transitions, from the first state to the one that is."""
    town = world.town
    for table, member in machine.tables.items():
        subject = thing.id if member == "id" else thing.ids.get(member)
        found = town.run(f"select version{', state' * (table != 'agreement')}"
                         f" from {table} where id = %s", subject)
        if not found:
            continue
        changes = town.run("select version, kind from change where topic = %s"
                           " and subject_id = %s order by version", table,
                           subject)
        assert [version for version, _ in changes] \
            == list(range(1, found[0][0] + 1)), (table, changes)
        if table == "agreement":
            continue
        events = town.run(
            "select e.from_state, e.to_state, e.reason, t.needs_reason,"
            " e.actor from event e left join transition t on t.machine ="
            " e.machine and t.from_state = e.from_state and t.to_state ="
            " e.to_state where e.machine = %s and e.subject_id = %s"
            " order by e.at, e.id", table, subject)
        states = [to for _, to, *_ in events]
        assert [kind for _, kind in changes if kind not in
                ("created", "updated")] == states
        begun = [start for start, *_ in events]
        assert begun[1:] == states[:-1]
        assert (states or [found[0][1]])[-1] == found[0][1]
        for start, to, reason, needs_reason, actor in events:
            assert needs_reason is not None, (table, start, to)
            assert reason or not needs_reason, (table, start, to)
            assert actor is not None


@pytest.mark.parametrize("machine", MACHINES, ids=lambda one: one.kind)
def test_random_walks(world, pool, machine, capsys):
    dice, tried, reached = random.Random(machine.kind), {}, set()
    for _ in range(machine.walks):
        walk = Walk(world, machine, dice)
        for _ in range(STEPS):
            dice.choice([walk.alone, walk.alone, walk.wrong_hand,
                         lambda: walk.at_once(pool),
                         lambda: walk.at_once(pool)])()
            reached.add(walk.model["state"])
            if hasattr(machine, "work"):
                machine.work(world, walk.thing)
                walk.model = walk.seen()
            if walk.is_over() and dice.random() < 0.3:
                break
        walk.close()
        history_is_whole(world, machine, walk.thing)
        for what, count in walk.tried.items():
            tried[what] = tried.get(what, 0) + count
    with capsys.disabled():
        print(f"\n{machine.kind}: {tried}, reached {sorted(reached)}")
    assert all(tried.values())
    assert len(reached) > 2


# -- the same key at the same moment -----------------------------------------

def applying(world):
    student = world.make("student", "active")
    return student.tokens["student"], "/v1/applications", {
        "posting_id": str(world.posting), "consent": True}, \
        ("application", "student_id", student.id)


def nominating(world):
    student = world.make("student", "active")
    return world.own.tokens["school"], "/v1/placements", {
        "student_id": str(student.id), "posting_id": str(world.posting)}, \
        ("placement", "student_id", student.id)


def signing(world):
    thing = world.make("placement", "accepted")
    world.sign(thing.id, parties=())
    return world.own.tokens["school"], \
        f"/v1/placements/{thing.id}/agreement/signatures", \
        {"sha256": world.sha256(thing.id)}, \
        ("agreement_signature", "placement_id", thing.id)


def starting(world):
    thing = world.make("placement", "agreement_signed")
    return world.own.tokens["school"], f"/v1/placements/{thing.id}/start", \
        {}, ("event where to_state = 'started' and", "subject_id", thing.id)


def complaining(world):
    student = world.make("student", "active")
    world.town.run(
        "insert into application (consortium_id, id, student_id, posting_id,"
        " enterprise_id, score, policy_version) values (%s, %s, %s, %s, %s,"
        " 5000, 1)", world.home, new_id(), student.id, world.posting,
        world.own.enterprise)
    return student.tokens["student"], "/v1/complaints", {
        "enterprise_id": str(world.own.enterprise), "subject": "pay",
        "text": "未按月支付"}, ("complaint", "student_id", student.id)


@pytest.mark.parametrize("make", [applying, nominating, signing, starting,
                                  complaining])
def test_one_key_is_one_deed(world, make):
    """Six at once under one key: one deed, one answer; the others are told
    the same or that it is under way."""
    token, path, body, (table, column, subject) = make(world)
    clients = [world.server.client(token) for _ in range(6)]
    with concurrent.futures.ThreadPoolExecutor(6) as six:
        replies = list(six.map(lambda client: client.post(
            path, body, headers={"Idempotency-Key": "one"}), clients))
    for client in clients:
        client.close()
    done = [reply for reply in replies if reply.status in DONE]
    assert done and {reply.body for reply in done} == {done[0].body}
    assert {reply.problem["code"] for reply in replies
            if reply not in done} <= {"in-progress"}
    where = table if "where" in table else table + " where"
    assert world.town.one(f"select count(*) from {where} {column} = %s",
                          subject) == 1


def test_all_sign_at_once_in_many_orders(world):
    """Four hands under one agreement and two who start it, many times over:
    every signature counts once, and nothing starts before the last."""
    lines = [Clients(world.server) for _ in range(6)]
    for _ in range(6):
        thing = world.make("placement", "accepted")
        world.sign(thing.id, parties=())
        sha = world.sha256(thing.id)
        path = f"/v1/placements/{thing.id}"
        sent = [("school", "/agreement/signatures", {"sha256": sha}),
                ("enterprise", "/agreement/signatures", {"sha256": sha}),
                ("student", "/agreement/signatures",
                 {"sha256": sha, "consent": True}),
                ("student", "/agreement/signatures",
                 {"sha256": sha, "consent": True,
                  "guardian_name": "周建国"}),
                ("school", "/start", {}), ("school", "/start", {})]
        clients = [line.of(world.who(thing, role, "own"))
                   for line, (role, *_) in zip(lines, sent)]
        with concurrent.futures.ThreadPoolExecutor(6) as six:
            replies = list(six.map(
                lambda one: one[0].post(path + one[1][1], one[1][2]),
                zip(clients, sent)))
        assert [reply.status for reply in replies[:4]] == [201] * 4
        starts = sorted(reply.status for reply in replies[4:])
        assert starts in ([200, 409], [200, 422], [422, 422]), replies
        assert world.town.one("select count(*) from agreement_signature where"
                              " placement_id = %s", thing.id) == 4
        assert world.town.one("select state from placement where id = %s",
                              thing.id) == \
            ("started" if starts[0] == 200 else "agreement_signed")
        history_is_whole(world, MACHINES[4], thing)
    for line in lines:
        line.close()
