"""Order classes and apprenticeships: proposed to a school, agreed to, and for
its students of the specialty alone."""

import pytest

from tests.api.firm import NOBODY, PATH, ids
from tests.api.firm import firm, second  # noqa: F401 (fixtures)
from tests.api.hall import hall  # noqa: F401 (fixture)

TERMS = {"specialty_code": "660301", "entry_year": 2024, "cohort_size": 30,
         "enterprise_mentor": "王师傅", "school_mentor": "李老师",
         "contract_form": "training_agreement"}


class Pair:
    """An enterprise and a school, and short ways between them."""

    def __init__(self, firm, school, people):
        self.firm, self.school, self.people = firm, school, people

    def draft(self, kind="order_class", **changes):
        return self.firm.add(kind=kind, **{"targets": ["660301"], **changes})

    def put(self, posting, **changes):
        body = {"school_id": str(self.people.school), **TERMS, **changes}
        return self.firm.client.ask(
            "PUT", f"{PATH}/{posting['id']}/cooperation",
            {name: value for name, value in body.items() if value is not ...})

    def get(self, posting, client=None):
        return (client or self.school).get(
            f"{PATH}/{posting['id']}/cooperation")

    def move(self, posting, verb, body=None, version=None, client=None):
        if version is None:
            version = self.get(posting).json["version"]
        return (client or self.school).post(
            f"{PATH}/{posting['id']}/cooperation/{verb}", body,
            headers={"If-Match": f'"v{version}"'})

    def agreed(self, kind="order_class", **changes):
        posting = self.draft(kind)
        assert self.put(posting, **changes).status == 200
        reply = self.move(posting, "agree")
        assert (reply.status, reply.json["state"]) == (200, "agreed"), reply
        return posting

    def open(self, kind="order_class", **changes):
        reply = self.firm.publish(self.agreed(kind, **changes))
        assert reply.status == 200, reply
        return reply.json


@pytest.fixture
def pair(firm, as_role, people):
    return Pair(firm, as_role("school"), people)


def test_from_proposal_to_publication(pair, people, as_role):
    posting = pair.draft()
    assert pair.firm.publish(posting).problem["rule"] == "school-agreed"
    made = pair.put(posting, note="每年开班一次")
    assert made.status == 200, made
    assert made.json == {
        "posting_id": posting["id"], "posting_kind": "order_class",
        "posting_title": posting["title"], "posting_state": "draft",
        "enterprise_id": str(people.enterprise),
        "enterprise_name": made.json["enterprise_name"],
        "school_id": str(people.school),
        "school_name": made.json["school_name"], **TERMS,
        "specialty_name": made.json["specialty_name"], "level": "secondary",
        "note": "每年开班一次", "state": "proposed", "version": 1,
        "created_at": made.json["created_at"],
        "updated_at": made.json["updated_at"], "history": []}
    # the school reads the draft that it is asked to hold
    assert pair.school.get(f"{PATH}/{posting['id']}").status == 200
    assert pair.firm.publish(posting).problem["rule"] == "school-agreed"
    agreed = pair.move(posting, "agree")
    assert [move["to"] for move in agreed.json["history"]] == ["agreed"]
    assert agreed.json["history"][0]["by"] == "school"
    assert pair.firm.publish(posting).status == 200
    student = as_role("student")
    assert pair.get(posting, student).json["cohort_size"] == 30
    assert pair.get(posting, as_role("office")).status == 200


def test_a_refusal_has_a_reason_and_a_second_try(pair):
    posting = pair.draft()
    pair.put(posting)
    reply = pair.move(posting, "refuse", {})
    assert (reply.status, reply.wheres()) == (422, ["#/reason"])
    reply = pair.move(posting, "refuse", {"reason": "今年已满额"})
    assert (reply.json["state"], reply.json["history"][0]["reason"]) \
        == ("refused", "今年已满额")
    assert pair.move(posting, "refuse", {"reason": "再次"}).status == 409
    assert pair.firm.publish(posting).problem["rule"] == "school-agreed"
    assert pair.put(posting).json["state"] == "proposed"    # the same again
    assert pair.move(posting, "agree").status == 200
    assert pair.move(posting, "agree").status == 409
    reply = pair.move(posting, "refuse", {"reason": "改变主意"})
    assert reply.json["state"] == "refused"


def test_what_says_the_same_changes_nothing(pair):
    posting = pair.agreed()
    before = pair.get(posting).json
    assert pair.put(posting).json == before
    assert pair.put(posting, cohort_size=31).json["state"] == "proposed"


def test_a_changed_posting_is_agreed_to_anew(pair):
    posting = pair.agreed()
    seen = pair.get(posting).json["version"]
    reply = pair.firm.patch(posting, posting["version"], title="新名称")
    assert pair.get(posting).json["state"] == "agreed"      # no term of it
    reply = pair.firm.patch(posting, reply.json["version"], openings=9)
    assert reply.status == 200, reply
    assert pair.get(posting).json["state"] == "proposed"
    assert pair.firm.publish(posting).problem["rule"] == "school-agreed"
    reply = pair.move(posting, "agree", version=seen)
    assert (reply.status, reply.problem["code"]) == (412, "stale-version")
    assert pair.move(posting, "agree").status == 200
    assert pair.firm.publish(posting).status == 200


def test_what_is_public_stays(pair):
    made = pair.open()
    for changes in ({"openings": 9}, {"pay_min_fen": 300000},
                    {"kind": "job"}):
        reply = pair.firm.patch(made, made["version"], **changes)
        assert (reply.status, reply.problem["code"]) == (409, "conflict")
    assert pair.firm.patch(made, made["version"],
                           description="更详细").status == 200
    assert pair.put(made, cohort_size=9).status == 409
    assert pair.move(made, "refuse", {"reason": "不再"}).status == 409
    # closed, it may be changed, and is agreed to again
    assert pair.firm.close(made).status == 200
    assert pair.put(made, cohort_size=9).status == 200
    assert pair.firm.publish(made).problem["rule"] == "school-agreed"


@pytest.mark.parametrize("kind, rule, broken", [
    ("order_class", "cohort-named", {"entry_year": ...}),
    ("order_class", "cohort-named", {"cohort_size": None}),
    ("apprenticeship", "contract-named", {"contract_form": ...}),
    ("apprenticeship", "mentors-named", {"enterprise_mentor": ...}),
    ("apprenticeship", "mentors-named", {"school_mentor": ...})])
def test_what_each_kind_needs(pair, kind, rule, broken):
    reply = pair.firm.publish(pair.agreed(kind, **broken))
    assert (reply.status, reply.problem["rule"]) == (422, rule)
    assert reply.wheres() == ["#/cooperation"]
    assert pair.open(kind)["state"] == "published"


def test_postgresql_has_the_last_word(pair, town):
    for kind, broken, number in (
            ("order_class", "state = 'proposed'", 1),
            ("order_class", "cohort_size = null", 2),
            ("apprenticeship", "contract_form = null", 3),
            ("apprenticeship", "school_mentor = null", 4)):
        posting = pair.agreed(kind)
        town.run(f"update cooperation set {broken}, actor = %s where id = %s",
                 NOBODY, posting["id"])
        with pytest.raises(Exception, match=f"posting_rule_7_{number}"):
            town.run("update posting set state = 'published', actor = %s,"
                     " closes_at = now() + interval '1 day' where id = %s",
                     NOBODY, posting["id"])


def test_the_target_is_the_specialty(pair):
    posting = pair.draft(targets=["660301", "6601"])
    pair.put(posting)
    pair.move(posting, "agree")
    reply = pair.firm.publish(posting)
    assert (reply.status, reply.wheres()) == (422, ["#/targets"])


@pytest.mark.parametrize("changes, where", [
    ({"school_id": NOBODY}, "#/school_id"),
    ({"specialty_code": "799999"}, "#/specialty_code"),
    ({"specialty_code": "6603"}, "#/specialty_code"),
    ({"cohort_size": 0}, "#/cohort_size"),
    ({"contract_form": "oral"}, "#/contract_form")])
def test_a_body_with_a_flaw(pair, changes, where):
    reply = pair.put(pair.draft(), **changes)
    assert (reply.status, reply.wheres()) == (422, [where])


def test_only_what_is_taught_is_held_with_a_school(pair):
    for kind in ("job", "internship"):
        reply = pair.put(pair.draft(kind))
        assert (reply.status, reply.wheres()) == (422, ["#"])
    posting = pair.draft()
    pair.put(posting)
    reply = pair.firm.patch(posting, posting["version"], kind="job")
    assert (reply.status, reply.wheres()) == (409, ["#/kind"])


def test_nobody_elses(pair, second, town, people, server, as_role):
    posting = pair.draft()
    assert pair.get(posting).status == 404                  # none yet
    stranger = Pair(second, pair.school, people)
    assert stranger.put(posting).status == 404
    pair.put(posting)
    other = town.school(people.consortium)
    client = server.client(town.token(people.consortium, town.account(
        people.consortium, "school", other)))
    assert pair.get(posting, client).status == 404
    assert pair.get(posting, second.client).status == 404
    assert pair.get(posting, as_role("student")).status == 404
    assert client.get(f"{PATH}/{posting['id']}").status == 404
    assert pair.move(posting, "agree", version=1, client=client).status == 404
    assert pair.move(posting, "refuse", {"reason": "无"}, 1,
                     client).status == 404
    assert client.get(
        f"/v1/schools/{people.school}/cooperations").status == 404
    reply = pair.school.post(f"{PATH}/{posting['id']}/cooperation/agree")
    assert reply.status == 428
    reply = pair.school.post(f"{PATH}/{posting['id']}/cooperation/refuse",
                             {"reason": "无"})
    assert reply.status == 428
    assert pair.move(posting, "refuse", {"reason": "无"}, 7).status == 412
    client.close()


def test_a_school_lists_what_it_is_asked(pair, people, as_role):
    made = [pair.agreed(), pair.draft("apprenticeship"), pair.draft()]
    for posting in made[1:]:
        pair.put(posting)
    target = f"/v1/schools/{people.school}/cooperations"

    def listed(query="", client=pair.school):
        reply = client.get(target + query)
        assert reply.status == 200, reply
        return [item["posting_id"] for item in reply.json["items"]]

    # two of one millisecond come in any order
    everything = sorted((posting["id"] for posting in made), reverse=True)
    asked = [posting["id"] for posting in made[1:]]
    assert listed() == listed("", as_role("office")) == everything
    assert set(listed("?state=proposed")) == set(asked)
    assert listed("?kind=apprenticeship") == [made[1]["id"]]
    page = pair.school.get(target + "?limit=2").json
    assert [i["posting_id"] for i in page["items"]] == everything[:2]
    assert [i["posting_id"] for i in pair.school.get(page["next"]).json[
        "items"]] == everything[2:]
    assert pair.school.get(target + "?state=open").status == 400


def test_the_etag_is_known(pair):
    posting = pair.agreed()
    reply = pair.get(posting)
    target = f"{PATH}/{posting['id']}/cooperation"
    assert pair.school.get(target, headers={
        "If-None-Match": reply.headers["etag"]}).status == 304


# ---- who is eligible ----

def broken(client, student, posting):
    pair = client.get(f"/v1/students/{student}/matches/{posting['id']}").json
    return {rule["rule"] for rule in pair["broken_rules"]}


def test_only_those_it_is_held_for_are_eligible(pair, hall, town, people,
                                                server):
    posting = pair.open()
    assert broken(hall.student, people.student, posting) == set()
    for facts, rule in (("specialty_code = '660302'", "specialty"),
                        ("entry_year = 2023", "entry-year"),
                        ("school_id = %s", "school")):
        other = town.school(people.consortium)
        student = town.student(people.consortium, people.school)
        town.run(f"update student set {facts} where id = %s",
                 *([other] if "%s" in facts else []), student)
        client = server.client(town.token(people.consortium, town.account(
            people.consortium, "student", student)))
        assert rule in broken(client, student, posting)
        reply = hall.apply(posting["id"], client)
        assert (reply.status, reply.problem["rule"]) == (422, rule)
        client.close()
    assert hall.apply(posting["id"]).status == 201


def test_a_nomination_is_held_to_it(pair, hall, town, people):
    posting = pair.open("apprenticeship", entry_year=...)
    student = town.student(people.consortium, people.school, "660302")
    for who, status in ((student, 422), (people.student, 201)):
        reply = hall.school.post("/v1/placements", {
            "student_id": str(who), "posting_id": posting["id"]})
        assert reply.status == status, reply


def test_the_live_index_knows_for_whom(pair, hall, town, people, server):
    mine = pair.open()
    other = town.student(people.consortium, people.school, "660302")
    elsewhere = town.student(people.consortium,
                             town.school(people.consortium))
    server.current(town)
    found = hall.student.get(
        f"/v1/students/{people.student}/matches?kind=order_class")
    assert ids_of(found) == [mine["id"]]
    for student in (other, elsewhere):
        reply = hall.office.get(f"/v1/students/{student}/matches")
        assert mine["id"] not in ids_of(reply)
    candidates = hall.enterprise.get(f"{PATH}/{mine['id']}/candidates")
    assert [item["student_id"] for item in candidates.json["items"]] \
        == [str(people.student)]
    # a student who moves to the school is in the list a moment later
    town.run("update student set school_id = %s where id = %s", people.school,
             elsewhere)
    server.current(town)
    candidates = hall.enterprise.get(f"{PATH}/{mine['id']}/candidates")
    assert {item["student_id"] for item in candidates.json["items"]} \
        == {str(people.student), str(elsewhere)}


def ids_of(reply):
    assert reply.status == 200, reply
    return [item["posting_id"] for item in reply.json["items"]]


def test_its_words_are_found_as_any(pair):
    made = pair.open()
    assert made["id"] in ids(pair.school.get(PATH + "?kind=order_class"))
