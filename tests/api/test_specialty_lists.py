"""Editions of the three lists: from the draft to publication, who sees what of
it when, comments and appeals, decisions, races, and evidence that stays.
"""

import concurrent.futures

import pytest

from tests.api.placed import refused
from tests.api.specialty_world import YEAR, World, a_city
from tests.api.test_rounds import add_policy
from tests.api.test_specialty_rule import look
from tests.api.town import SERVICE, new_id

LISTS = "/v1/specialty-lists"
LATER = "2099-01-01T00:00:00Z"


class Edition:
    """A city of which an edition is drawn up."""

    def __init__(self, server, town, people):
        add_policy(town, people)
        self.server, self.town, self.people = server, town, people
        self.world = World(town, people)
        a_city(self.world)
        self.office = self.client("office")
        # the school that has graduates, and another
        self.school = self.client("school", self.world.schools[0])
        self.other = self.client("school", self.world.schools[1])

    def client(self, role, owner=None):
        home = self.people.consortium
        account = self.town.account(home, role, owner) if owner else \
            self.town.account(home, role)
        return self.server.client(self.town.token(home, account))

    def draw(self, **more):
        reply = self.office.post(LISTS, {"name": "专业清单", "year": YEAR,
                                         **more})
        assert reply.status == 201, reply
        return f"{LISTS}/{reply.json['id']}"

    def open(self, path=None, until=LATER):
        path = path or self.draw()
        reply = self.office.post(path + "/open", {"comments_by": until})
        assert reply.status == 200, reply
        return path

    def end_comments(self, path):
        """As if the time for comments were over."""
        self.town.run("update specialty_list set comments_by = now(),"
                      " actor = %s where id = %s", SERVICE,
                      path.split("/")[-1])

    def decide(self, path):
        self.end_comments(path)
        reply = self.office.post(path + "/decide")
        assert reply.status == 200, reply

    def publish(self, path):
        self.decide(path)
        reply = self.office.post(path + "/publish")
        assert reply.status == 200, reply
        return reply.json

    def entries(self, path, client=None, query=""):
        reply = (client or self.office).get(path + "/entries" + query)
        assert reply.status == 200, reply
        return reply.json["items"]

    def entry(self, path, specialty="660302", of="school"):
        return next(one for one in self.entries(path)
                    if one["specialty"] == specialty
                    and (one["school_id"] is None) == (of != "school"))

    def appeal(self, path, entry, client=None, **more):
        return (client or self.school).post(path + "/appeals", {
            "entry_id": entry["id"], "text": "两家新建企业明年投产",
            **more})

    def answer(self, path, made, verdict="refused", client=None, **more):
        return (client or self.office).post(
            f"{path}/appeals/{made}/answer",
            {"verdict": verdict, "answer": "已核对原始材料", **more})

    def set(self, path, entry, outcome="upgrade", client=None, version=None):
        return (client or self.office).post(
            f"{path}/entries/{entry['id']}/decide",
            {"outcome": outcome, "reason": "新建实训基地"},
            headers={"If-Match": f'"v{version or entry["version"]}"'})


@pytest.fixture
def edition(server, town, people):
    return Edition(server, town, people)


def test_from_a_draft_to_publication(edition, town):
    made = edition.office.post(LISTS, {"name": "2025 年专业清单",
                                       "year": YEAR})
    assert made.status == 201, made
    path = made.headers["location"]
    told = made.json
    assert (told["state"], told["year"], told["policy_version"],
            told["restricted"], told["strengthened"], told["upgraded"]) == (
        "draft", YEAR, 1, 1, 1, 1)
    live = look(edition.office)
    assert told["rule"] == live["rule"]
    kept = edition.entries(path)
    assert [(one["specialty"], one["school_id"], one["outcome"],
             one["rule_outcome"]) for one in kept] == [
        (one["specialty"], one["school_id"], one["outcome"], one["outcome"])
        for one in live["items"]]
    for one, now in zip(kept, live["items"], strict=True):
        whole = edition.office.get(f"{path}/entries/{one['id']}").json
        assert whole["evidence"] == now["evidence"]
    edition.open(path)
    entry = edition.entry(path)
    asked = edition.appeal(path, entry, asks="upgrade")
    assert asked.status == 201, asked
    answered = edition.answer(path, asked.json["id"], "upheld",
                              outcome="upgrade")
    assert answered.json["state"] == "upheld", answered
    published = edition.publish(path)
    assert (published["departed"], published["open_appeals"]) == (1, 0)
    assert published["published_at"]
    assert [(one["from"], one["to"]) for one in published["history"]] == [
        ("draft", "comment"), ("comment", "decided"),
        ("decided", "published")]
    stands = edition.entry(path)
    assert (stands["outcome"], stands["rule_outcome"],
            stands["decided_because"]) == ("upgrade", "restrict",
                                           "已核对原始材料")
    subject = published["id"]
    assert [kind for kind, in town.run(
        "select kind from change where topic = 'specialty_list' and"
        " subject_id = %s order by version", subject)] == [
        "created", "comment", "updated", "decided", "published"]
    assert {action for action, in town.run(
        "select action from audit where consortium_id = %s",
        edition.people.consortium)} >= {
        "specialty_list.created", "specialty_list.comment",
        "specialty_list.decided", "specialty_list.published",
        "specialty_entry.decided", "specialty_appeal.created",
        "specialty_appeal.upheld"}
    assert town.one("select audit_first_fault(%s)",
                    edition.people.consortium) is None


def test_evidence_stays_as_it_was(edition, town):
    path = edition.draw()
    entry = edition.entry(path)
    whole = f"{path}/entries/{entry['id']}"
    before = edition.office.get(whole).json
    now = look(edition.office)
    edition.world.add(YEAR, edition.world.schools[0], "660302", waiting=100)
    edition.world.ask(YEAR, "660302", 900000)
    assert look(edition.office) != now
    assert edition.office.get(whole).json == before
    path_of = f"/v1/consortia/{edition.people.consortium}/policy"
    policy = edition.office.get(path_of).json
    body = {name: value for name, value in policy.items()
            if name not in ("version", "created_at", "valid_from")}
    body["specialty_lists"]["least_graduates"] = 5000
    assert edition.office.post(path_of, body).status == 201
    assert edition.office.get(path).json["rule"] == now["rule"]
    assert edition.office.get(whole).json == before
    assert {one["outcome"] for one in edition.entries(edition.draw())} == {
        "too-few"}
    assert {one["outcome"] for one in edition.entries(
        edition.draw(policy_version=1))} > {"upgrade"}
    for column, value in (("evidence", "'{}'"), ("outcome", "'none'"),
                          ("graduates", "1"), ("is_stable", "false")):
        with pytest.raises(Exception, match="stays as it was found"):
            town.run(f"update specialty_entry set {column} = {value},"
                     " actor = id where id = %s", entry["id"])
    with pytest.raises(Exception, match="stays as it was found"):
        town.run("update specialty_list set rule = '{}', actor = id"
                 " where id = %s", path.split("/")[-1])


def test_what_cannot_be_drawn_up(edition):
    for body, where in (({"name": ""}, "#/name"),
                        ({"name": "x", "year": 2090}, "#/year"),
                        ({"name": "x", "policy_version": 9},
                         "#/policy_version")):
        reply = edition.office.post(LISTS, body)
        assert (reply.status, reply.wheres()) == (422, [where]), reply
    assert edition.school.post(LISTS, {"name": "x"}).status == 403


def test_who_sees_an_edition_when(edition):
    path = edition.draw()
    entry = edition.entry(path)
    whole = f"{path}/entries/{entry['id']}"
    student, enterprise = (
        edition.server.client(edition.people.tokens[role])
        for role in ("student", "enterprise"))
    every = (edition.school, edition.other, student, enterprise)
    for reader in every:
        for hidden in (path, whole, path + "/entries"):
            assert reader.get(hidden).status == 404
        assert reader.get(LISTS).json["items"] == []
    edition.open(path)
    assert edition.school.get(path).json["state"] == "comment"
    assert len(edition.entries(path, edition.school)) == 6
    # the other school teaches none of them
    assert edition.entries(path, edition.other) == []
    assert edition.other.get(whole).status == 404
    assert edition.school.get(whole).status == 200
    for reader in (student, enterprise):
        assert reader.get(path).status == 404
    edition.publish(path)
    for reader in every:
        assert reader.get(path).json["state"] == "published"
        assert len(edition.entries(path, reader)) == 6
        assert reader.get(whole).json["evidence"]["cohorts"]
        assert len(reader.get(LISTS).json["items"]) == 1
    for reader in (student, enterprise):
        assert reader.get(path + "/appeals").status == 403


def test_a_school_alone_sees_its_small_groups(edition):
    mine, others = edition.world.schools[:2]
    for year in range(YEAR - 3, YEAR + 1):
        edition.world.add(year, others, "660303", employed=3, waiting=2)
        edition.world.add(year, others, "660301", employed=40)
    path = edition.open()
    entry = edition.entry(path, "660303")
    whole = f"{path}/entries/{entry['id']}"
    assert entry["school_id"] == others
    assert (entry["outcome"], entry["is_hidden"], entry["graduates"]) == (
        "too-few", True, 0)
    assert [one["graduates"] for one in edition.other.get(whole).json[
        "evidence"]["cohorts"]] == [5] * 4
    edition.publish(path)
    for reader in (edition.office, edition.school):
        seen = reader.get(whole).json["evidence"]["cohorts"]
        assert [one["graduates"] for one in seen] == [None] * 4
        assert [one["employed"] for one in seen] == [None] * 4
    assert mine != others


def test_what_a_school_says(edition):
    path = edition.draw()
    entry = edition.entry(path)
    assert edition.appeal(path, entry).status == 404
    edition.open(path)
    assert edition.appeal(path, entry, client=edition.other).wheres() == [
        "#/entry_id"]
    assert edition.appeal(path, {"id": str(new_id())}).wheres() == [
        "#/entry_id"]
    assert edition.appeal(path, entry, asks="restrict").wheres() == ["#/asks"]
    assert sorted(edition.appeal(path, entry, asks="too-few",
                                 text="").wheres()) == ["#/asks", "#/text"]
    first = edition.appeal(path, entry, asks="none")
    assert first.status == 201, first
    again = edition.appeal(path, entry)
    assert (again.status, again.problem["code"]) == (409, "conflict")
    of_all = edition.appeal(path, edition.entry(path, of="all"))
    assert of_all.json["asks"] is None and of_all.json["is_of_all_schools"]
    said = path + "/appeals"
    assert [one["id"] for one in edition.school.get(said).json["items"]] == [
        of_all.json["id"], first.json["id"]]
    assert edition.other.get(said).json["items"] == []
    assert [one["id"] for one in edition.office.get(
        f"{said}?entry_id={entry['id']}&state=open").json["items"]] == [
        first.json["id"]]
    one = first.headers["location"]
    assert edition.other.get(one).status == 404
    assert edition.other.post(one + "/withdraw").status == 404
    taken = edition.school.post(one + "/withdraw")
    assert taken.json["state"] == "withdrawn"
    refused(edition.school.post(one + "/withdraw"))
    assert edition.school.get(one).json["history"][0]["to"] == "withdrawn"
    edition.end_comments(path)
    refused(edition.appeal(path, entry))


def test_answers(edition):
    path = edition.open()
    entry = edition.entry(path)
    made = edition.appeal(path, entry, asks="upgrade").json["id"]
    for more, where in (({"verdict": "upheld"}, "#/outcome"),
                        ({"verdict": "upheld", "outcome": "restrict"},
                         "#/outcome"),
                        ({"verdict": "refused", "outcome": "upgrade"},
                         "#/outcome"),
                        ({"verdict": "maybe"}, "#/verdict")):
        reply = edition.answer(path, made, **more)
        assert (reply.status, reply.wheres()) == (422, [where]), reply
    assert edition.answer(path, new_id()).status == 404
    # not what was asked for, but something else than stands
    assert edition.answer(path, made, "upheld", outcome="none").json[
        "answer"] == "已核对原始材料"
    assert edition.entry(path)["outcome"] == "none"
    refused(edition.answer(path, made))
    comment = edition.appeal(path, entry).json["id"]
    assert edition.answer(path, comment, "upheld").json["state"] == "upheld"
    assert edition.entry(path)["outcome"] == "none"
    last = edition.appeal(path, entry, asks="strengthen").json["id"]
    assert edition.answer(path, last).json["state"] == "refused"


def test_the_office_departs_from_the_rule(edition):
    path = edition.draw()
    entry = edition.entry(path)
    refused(edition.set(path, entry))
    edition.open(path)
    stale = edition.set(path, entry, version=7)
    assert stale.status == 412
    moved = edition.set(path, entry).json
    assert (moved["outcome"], moved["rule_outcome"],
            moved["decided_because"]) == ("upgrade", "restrict",
                                          "新建实训基地")
    assert [one["id"] for one in edition.entries(
        path, query="?is_departed=true")] == [entry["id"]]
    assert edition.set(path, entry).status == 412
    back = edition.set(path, moved, "restrict").json
    assert (back["outcome"], back["decided_because"], back["decided_at"]) == (
        "restrict", None, None)
    assert edition.set(path, back, "too-few").wheres() == ["#/outcome"]
    assert edition.set(path, {"id": str(new_id()), "version": 1}).status == 404
    edition.decide(path)
    refused(edition.set(path, back))


def test_it_is_decided_when_all_is_answered(edition):
    path = edition.draw()
    refused(edition.office.post(path + "/decide"))
    past = edition.office.post(path + "/open",
                               {"comments_by": "2020-01-01T00:00:00Z"})
    assert (past.status, past.wheres()) == (422, ["#/comments_by"])
    edition.open(path)
    refused(edition.office.post(path + "/open", {"comments_by": LATER}))
    early = edition.office.post(path + "/decide")
    assert early.status == 409, early
    made = edition.appeal(path, edition.entry(path)).json["id"]
    edition.end_comments(path)
    waiting = edition.office.post(path + "/decide")
    assert waiting.status == 409, waiting
    assert edition.answer(path, made).status == 200
    refused(edition.office.post(path + "/publish"))
    edition.decide(path)
    refused(edition.answer(path, made))
    assert edition.office.post(path + "/publish").status == 200
    refused(edition.office.post(path + "/cancel", {"reason": "有误"}))


def test_nothing_comes_of_it(edition):
    for path in (edition.draw(), edition.open()):
        reply = edition.office.post(path + "/cancel", {"reason": "数据有误"})
        assert reply.json["state"] == "cancelled", reply
        assert reply.json["history"][-1]["reason"] == "数据有误"
        refused(edition.office.post(path + "/publish"))
    assert edition.office.post(path + "/cancel",
                               {"reason": " "}).wheres() == ["#/reason"]
    seen = edition.school.get(LISTS + "?state=cancelled").json["items"]
    assert [LISTS + "/" + one["id"] for one in seen] == [path]
    assert edition.office.get(f"{LISTS}/{new_id()}").status == 404
    assert edition.office.get(LISTS + "?state=lost").status == 400


def test_what_stood_before(edition):
    first = edition.open()
    assert edition.set(first, edition.entry(first)).status == 200
    edition.publish(first)
    second = edition.draw()
    assert {one["specialty"]: one["outcome_before"] for one
            in edition.entries(second, query="?of=school")} == {
        "660301": "strengthen", "660302": "upgrade", "610101": "upgrade"}
    assert {one["outcome_before"] for one in edition.entries(first)} == {None}


def test_filters_of_entries(edition):
    path = edition.draw()
    mine, other = edition.world.schools[:2]
    for query, count in (("?of=all-schools", 3), ("?outcome=restrict", 2),
                         ("?specialty=6603", 4), ("?level=associate", 0),
                         (f"?school_id={mine}", 3),
                         (f"?school_id={other}", 0),
                         ("?is_stable=true", 6), ("?is_stable=false", 0),
                         ("?is_departed=false", 6)):
        assert len(edition.entries(path, query=query)) == count, query
    page = edition.office.get(path + "/entries?limit=4").json
    assert len(page["items"]) == 4
    assert len(edition.office.get(page["next"]).json["items"]) == 2
    for query in ("of=x", "outcome=x", f"school_id={new_id()}",
                  "specialty=999999", "is_stable=x"):
        reply = edition.office.get(f"{path}/entries?{query}")
        assert (reply.status, reply.wheres()) == (400, [query.split("=")[0]])


# ---- at once ----

def at_once(*acts):
    with concurrent.futures.ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(act) for act in acts]]


def test_two_decide_at_once(edition, town):
    second = edition.client("office")
    path = edition.open()
    for _ in range(6):
        entry = edition.entry(path)
        outcomes = ("upgrade", "none")
        replies = at_once(*(lambda client=client, outcome=outcome:
                            edition.set(path, entry, outcome, client)
                            for client, outcome in zip(
                                (edition.office, second), outcomes)))
        assert sorted(reply.status for reply in replies) == [200, 412]
        won = next(reply for reply in replies if reply.status == 200)
        assert edition.entry(path)["outcome"] == won.json["outcome"]
    for _ in range(6):
        made = edition.appeal(path, edition.entry(path)).json["id"]
        replies = at_once(
            lambda made=made: edition.answer(path, made, "upheld"),
            lambda made=made: edition.answer(path, made, client=second),
            lambda made=made: edition.school.post(
                f"{path}/appeals/{made}/withdraw"))
        assert sorted(reply.status for reply in replies) == [200, 409, 409]
    edition.end_comments(path)
    replies = at_once(*(lambda client=client: client.post(path + "/decide")
                        for client in (edition.office, second)))
    assert sorted(reply.status for reply in replies) == [200, 409], replies
    assert town.one("select count(*) from event where subject_id = %s and"
                    " to_state = 'decided'", path.split("/")[-1]) == 1


def test_nobody_says_something_of_what_is_decided(edition, town):
    """Appeals and the end of the time for them, at once: none is left open."""
    second = edition.client("office")
    for _ in range(8):
        path = edition.open()
        entry = edition.entry(path)
        subject = path.split("/")[-1]
        town.run("update specialty_list set comments_by = clock_timestamp()"
                 " + interval '60 milliseconds', actor = %s where id = %s",
                 SERVICE, subject)

        def decide(client, path=path):
            for _ in range(40):
                reply = client.post(path + "/decide")
                if reply.status == 200:
                    return reply
            return reply

        at_once(lambda: decide(edition.office), lambda: decide(second),
                lambda path=path, entry=entry: edition.appeal(path, entry))
        state, waiting = town.run(
            "select l.state, (select count(*) from specialty_appeal a where"
            " a.list_id = l.id and a.state = 'open') from specialty_list l"
            " where l.id = %s", subject)[0]
        assert (state, waiting) in (("decided", 0), ("comment", 1))
