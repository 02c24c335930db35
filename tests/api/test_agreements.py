"""Agreements: written, signed in any order, changed; and what an internship
needs before it starts."""

import concurrent.futures
import hashlib
import itertools
import json
import random
import re

import pytest

from tests.api.firm import NOBODY
from tests.api.firm import second  # noqa: F401 (fixture)
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.placed import PATH, broken, day, refused, terms
from tests.api.placed import ward  # noqa: F401 (fixture)

PARTIES = ("school", "enterprise", "student", "guardian")


def test_nothing_is_written_yet(ward):
    made = ward.accepted()
    reply = ward.agreement(made)
    assert (reply.status, reply.etag) == (200, '"v0"')
    assert (reply.json["terms"], reply.json["sha256"],
            reply.json["signatures"]) == (None, None, [])
    assert len(reply.json["missing"]) == 21
    refused(ward.sign(made, "school", "0" * 64), "conflict")
    broken(ward.start(made), "agreement")


def test_written_and_hashed(ward, hall):
    made = ward.accepted()
    reply = ward.write(made, hall.enterprise)
    assert (reply.status, reply.json["edition"]) == (200, 1)
    assert reply.json["terms"] == terms()
    assert reply.json["missing"] == []
    raw = re.search(rb'"terms":(\{.*?\}),"sha256"', reply.body).group(1)
    assert json.loads(raw) == terms()
    assert hashlib.sha256(f"{made} 1 ".encode() + raw).hexdigest() \
        == reply.json["sha256"]
    assert ward.agreement(made, hall.student).json == reply.json
    again = hall.student.get(f"{PATH}/{made}/agreement", headers={
        "If-None-Match": reply.etag})
    assert again.status == 304


def test_versions(ward, hall):
    made = ward.accepted()
    path = f"{PATH}/{made}/agreement"
    assert hall.school.put(path, terms()).status == 428
    assert ward.write(made, version=1).status == 412
    assert ward.write(made, version=0).status == 200
    assert ward.write(made, version=0).status == 412
    # whoever signs meanwhile is not signed away unseen
    seen = ward.agreement(made).json["version"]
    assert ward.sign(made, "enterprise").status == 201
    assert ward.write(made, version=seen).status == 412
    assert len(ward.agreement(made).json["signatures"]) == 1


def test_a_new_edition_is_signed_anew(ward, hall):
    made = ward.accepted()
    ward.write(made, place="老厂区")
    old = ward.agreement(made).json
    for party in ("school", "enterprise", "student"):
        ward.sign(made, party)
    new = ward.write(made, hall.enterprise, place="新厂区").json
    assert (new["edition"], new["signatures"]) == (2, [])
    refused(ward.sign(made, "guardian", old["sha256"]), "conflict")
    before = ward.agreement(made, query="?edition=1").json
    assert before["terms"]["place"] == "老厂区"
    assert [one["party"] for one in before["signatures"]] \
        == ["school", "enterprise", "student"]
    assert (before["edition"], before["latest_edition"]) == (1, 2)
    assert ward.agreement(made, query="?edition=3").status == 404
    assert ward.agreement(made, query="?edition=0").status == 400
    assert ward.state(made) == "accepted"


@pytest.mark.parametrize("order", random.Random(5).sample(
    list(itertools.permutations(PARTIES)), 4))
def test_any_order(ward, order):
    made = ward.accepted()
    ward.write(made)
    for party in order:
        assert ward.state(made) == "accepted"
        reply = ward.sign(made, party)
        assert reply.status == 201, reply
        assert reply.json["signatures"][-1]["party"] == party
    assert ward.state(made) == "agreement_signed"
    assert reply.json["signed_edition"] == 1
    guardian = next(one for one in reply.json["signatures"]
                    if one["party"] == "guardian")
    assert (guardian["name"], guardian["signed_on"]) == ("周建国", day(-1))


def test_what_a_signature_says(ward, hall):
    made = ward.accepted()
    ward.write(made)
    reply = ward.sign(made, "student", "xyz", consent=False)
    assert (reply.status, reply.wheres()) == (422, ["#/sha256"])
    reply = ward.sign(made, "student", "z" * 64, consent=False)
    assert (reply.status, reply.wheres()) == (422, ["#/sha256",
                                                    "#/consent"])
    reply = ward.sign(made, "guardian", consent=False)
    assert (reply.status, reply.wheres()) == (422, ["#/consent"])
    reply = ward.sign(made, "enterprise", guardian_name="周建国",
                      consent=True)
    assert (reply.status, reply.wheres()) == (422, ["#/guardian_name"])
    reply = ward.sign(made, "guardian", signed_on=day(1))
    assert (reply.status, reply.wheres()) == (422, ["#/signed_on"])
    assert ward.agreement(made).json["signatures"] == []
    assert ward.sign(made, "school", guardian_name="周建国",
                     consent=True).status == 201
    refused(ward.sign(made, "guardian"), "conflict")


@pytest.mark.parametrize("rule,bad,good", [
    ("day-hours", {"day_minutes": 481}, {"day_minutes": 480}),
    ("week-hours", {"week_minutes": 2401}, {"week_minutes": 2400}),
    ("pay-share", {"pay_fen": 319999}, {"pay_fen": 320000}),
    ("pay-share", {"pay_fen": 250000, "lowest_grade_fen": 250001},
     {"pay_fen": 250000, "lowest_grade_fen": 250000}),
    ("pay-in-money", {"pay_by": "voucher"}, {"pay_by": "cash"}),
    ("pay-in-money", {"pay_by": "third_party"}, {"pay_by": None}),
    ("pay-in-money", {"pay_every": "quarter"}, {"pay_every": "week"}),
    ("insurance", {"insurance_from": day(1)}, {"insurance_from": day(-9)}),
    ("insurance", {"insurance_to": day(119)}, {"insurance_to": day(999)}),
    ("insurance", {"insurance_paid_by": "student"},
     {"insurance_paid_by": "enterprise"}),
])
def test_what_is_never_agreed(ward, rule, bad, good):
    made = ward.accepted()
    broken(ward.write(made, **bad), rule)
    assert ward.agreement(made).json["version"] == 0
    assert ward.write(made, **good).status == 200


@pytest.mark.parametrize("rule,doubtful,plain", [
    ("copied-assessment", {"assessment": "按企业员工考核办法执行"},
     {"assessment": "校企共同考核，结合考勤"}),
    ("fees-doubt", {"board_and_lodging": "提供住宿，押金 200 元"},
     {"board_and_lodging": "提供住宿，不收押金"})])
def test_what_is_agreed_with_a_reason(ward, hall, rule, doubtful, plain):
    made = ward.accepted()
    reply = ward.write(made, **doubtful)
    broken(reply, rule)
    assert [flaw["code"] for flaw in reply.problem["errors"]] \
        == ["needs-reason"]
    said = [{"rule": rule, "reason": "退宿即退，学校已核实"}]
    reply = ward.write(made, **doubtful, reasons=said)
    assert (reply.status, "reasons" in reply.json["terms"]) == (200, False)
    assert ward.write(made, **plain, reasons=said).status == 200
    for client in (hall.school, hall.enterprise, hall.office):
        assert [(one["rule"], one["subject_kind"], one["level"],
                 one["given_by"]) for one in client.get(
            f"/v1/rule-reasons?subject_id={made}").json["items"]] \
            == [(rule, "agreement", "sign", "school")]
    reply = ward.write(made, reasons=[{"rule": "fees", "reason": "x"}])
    assert (reply.status, reply.wheres()) == (422, ["#/reasons/0/rule"])


def test_no_fees_are_agreed(ward):
    made = ward.accepted()
    reply = ward.write(made, breach="学生违约须缴纳培训费 2000 元")
    broken(reply, "fees")
    assert reply.wheres() == ["#/breach", "#/breach"]
    assert ward.write(made, breach="学生违约不承担培训费").status == 200


def test_the_postings_own_standard_counts(ward):
    made = ward.accepted(pay_standard_fen=400000)
    reply = ward.write(made, pay_standard_fen=300000, pay_fen=300000)
    broken(reply, "pay-share")
    assert (reply.problem["limit"], reply.problem["actual"]) \
        == (320000, 300000)


@pytest.mark.parametrize("rule,member", [
    ("agreement-terms", "place"), ("agreement-terms", "pay_fen"),
    ("agreement-terms", "breach"), ("insurance", "insurance_policy"),
    ("insurance", "insurance_to"), ("supervisors", "school_supervisor"),
    ("supervisors", "enterprise_supervisor")])
def test_half_a_word_is_not_signed(ward, rule, member):
    made = ward.accepted()
    assert ward.write(made, **{member: None}).json["missing"] == [member]
    broken(ward.sign(made, "school"), rule)
    broken(ward.start(made), rule)
    assert ward.write(made).json["missing"] == []
    assert ward.sign(made, "school").status == 201


def test_what_terms_must_be(ward, hall):
    made = ward.accepted()
    reply = ward.write(made, period_start=..., period_end="2026-02-30",
                       pay_by="shells", day_minutes=0, gift=1)
    assert (reply.status, reply.wheres()) == (422, [
        "#/period_start", "#/period_end", "#/day_minutes", "#/pay_by",
        "#/gift"])
    reply = ward.write(made, period_end=day(0))
    assert (reply.status, reply.wheres()) == (422, ["#/period_end"])


def test_the_parties_must_have_signed(ward):
    """1.14 and 1.16: in any order, but all of them."""
    made = ward.accepted()
    ward.write(made)
    for party in ("school", "enterprise", "student"):
        broken(ward.start(made), "agreement")
        ward.sign(made, party)
    reply = ward.start(made)
    broken(reply, "guardian")
    assert reply.problem["source"] == "1.16"
    ward.sign(made, "guardian")
    reply = ward.start(made)
    assert (reply.status, reply.json["state"], reply.json["started_on"]) \
        == (200, "started", day(0))
    refused(ward.start(made))


def test_a_change_before_the_start_stops_it(ward):
    made = ward.signed()
    ward.write(made, place="新厂区")
    broken(ward.start(made), "agreement")
    for party in PARTIES:
        ward.sign(made, party)
    assert ward.state(made) == "agreement_signed"
    assert ward.start(made).status == 200


@pytest.mark.parametrize("rule,bad,good", [
    ("first-year", "entry_year = extract(year from now()"
     " - interval '8 months')", "entry_year = 2024"),
    ("age-at-start", "birth_date = now() - interval '15 years'",
     "birth_date = now() - interval '17 years'"),
    ("age-at-start", "birth_date = null",
     "birth_date = now() - interval '16 years'")])
def test_who_may_start(ward, town, people, rule, bad, good):
    made = ward.signed()
    town.run(f"update student set {bad} where id = %s", people.student)
    broken(ward.start(made), rule)
    town.run(f"update student set {good} where id = %s", people.student)
    assert ward.start(made).status == 200


def test_no_start_before_its_day(ward):
    made = ward.accepted(period_start=day(1))
    ward.signed(made, period_start=day(1))
    for body in ({}, {"started_on": day(1)}, {"started_on": day(0)}):
        reply = ward.start(made, **body)
        assert (reply.status, reply.wheres()) == (422, ["#/started_on"])
    ward.back(made, 10)
    assert ward.start(made, started_on=day(-9)).json["started_on"] == day(-9)


def test_an_amendment_after_the_start(ward, hall):
    made = ward.started()
    reply = ward.write(made, period_start=day(-1))
    assert (reply.status, reply.wheres()) == (422, ["#/period_start"])
    longer = {"period_end": day(150), "insurance_to": day(150)}
    assert ward.write(made, **longer).status == 200
    assert ward.agreement(made).json["signed_edition"] == 1
    for party in PARTIES:
        assert ward.get(made)["period_end"] == day(120)
        ward.sign(made, party)
    assert ward.agreement(made).json["signed_edition"] == 2
    assert ward.get(made)["period_end"] == day(150)
    assert ward.state(made) == "started"


def test_longer_days_are_counted_again(ward, hall, server, town, people):
    """The caps hold for the days that an amendment adds."""
    posting = hall.open(openings=1, period_start=day(0), period_end=day(120))
    made = ward.nominated(posting)
    ward.accept(made)
    ward.signed(made)
    town.run("update enterprise set staff_count = 10, actor = id"
             " where id = %s", people.enterprise)
    student, client = hall.add_student(server)
    later = ward.nominated(hall.open(period_start=day(130),
                                     period_end=day(160)), student)
    assert ward.accept(later, client).status == 200
    client.close()
    ward.write(made, period_end=day(140), insurance_to=day(140))
    for party in PARTIES[:3]:
        assert ward.sign(made, party).status == 201
    broken(ward.sign(made, "guardian"), "staff-cap")
    assert len(ward.agreement(made).json["signatures"]) == 3
    ward.terminate(later, hall.school)
    assert ward.sign(made, "guardian").status == 201


def test_the_end(ward):
    made = ward.started()
    reply = ward.complete(made)
    assert (reply.status, reply.wheres()) == (422, ["#/reason"])
    for wrong in (day(1), day(-1)):
        reply = ward.complete(made, ended_on=wrong, reason="x")
        assert (reply.status, reply.wheres()) == (422, ["#/ended_on"])
    reply = ward.complete(made, reason="已达到实习要求")
    assert (reply.json["state"], reply.json["ended_on"]) \
        == ("completed", day(0))
    assert reply.json["history"][-1]["reason"] == "已达到实习要求"
    refused(ward.complete(made))
    refused(ward.terminate(made, ward.hall.student))
    refused(ward.write(made))


def test_after_the_last_day_no_reason(ward):
    made = ward.started()
    ward.back(made, 121)
    reply = ward.complete(made)
    assert (reply.json["state"], reply.json["ended_on"]) \
        == ("completed", day(-1))


def test_terminated_after_the_start(ward, hall):
    made = ward.started()
    reply = ward.terminate(made, hall.enterprise)
    assert (reply.json["state"], reply.json["ended_on"]) \
        == ("terminated", day(0))
    refused(ward.sign(made, "school"))
    # the enterprise no longer reads who signed for the student
    seen = ward.agreement(made, hall.enterprise).json["signatures"]
    assert {one["name"] for one in seen} == {None}


def test_no_key_signs(ward, hall, server):
    """A system may write an agreement, but only people sign it."""
    made = ward.accepted()
    key = hall.school.post("/v1/api-keys", {
        "name": "实习系统", "scopes": ["placements:read",
                                       "placements:write"]}).json["key"]
    client = server.client(key)
    sha = ward.write(made, client).json["sha256"]
    reply = client.post(f"{PATH}/{made}/agreement/signatures",
                        {"sha256": sha})
    client.close()
    refused(reply, "forbidden", 403)
    assert ward.agreement(made).json["signatures"] == []


def test_one_hand_signs_once(ward, hall, server, people):
    """The same signature at once, and all parties at once."""
    made = ward.accepted()
    sha = ward.write(made).json["sha256"]
    path = f"{PATH}/{made}/agreement/signatures"
    tokens = [people.tokens["school"]] * 4
    tokens += [people.tokens["enterprise"], people.tokens["student"]]
    bodies = [{"sha256": sha}] * 5 + [{"sha256": sha, "consent": True}]
    bodies.append({**bodies[-1], "guardian_name": "周建国"})
    tokens.append(people.tokens["student"])
    clients = [server.client(token) for token in tokens]
    with concurrent.futures.ThreadPoolExecutor(len(clients)) as pool:
        replies = list(pool.map(lambda one: one[0].post(path, one[1]),
                                zip(clients, bodies)))
    for client in clients:
        client.close()
    assert sorted(reply.status for reply in replies[:4]) \
        == [201, 409, 409, 409]
    assert [reply.status for reply in replies[4:]] == [201] * 3
    assert ward.state(made) == "agreement_signed"
    assert ward.agreement(made).json["signed_edition"] == 1


def test_written_and_signed_at_once(ward, server, people):
    """A signature is under what was seen, whoever is quicker."""
    made = ward.accepted()
    for _ in range(5):
        seen = ward.write(made).json
        one, two = (server.client(people.tokens["school"]),
                    server.client(people.tokens["enterprise"]))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            writing = pool.submit(ward.write, made, one, seen["version"],
                                  place="新厂区")
            signing = pool.submit(
                two.post, f"{PATH}/{made}/agreement/signatures",
                {"sha256": seen["sha256"]})
        one.close()
        two.close()
        assert sorted((writing.result().status, signing.result().status)) \
            in ([200, 409], [201, 412])


def test_rights(ward, hall, second, other_student):  # noqa: F811
    made = ward.accepted()
    for client in (second.client, other_student[1]):
        assert ward.agreement(made, client).status == 404
    assert ward.write(made, second.client, 0).status == 404
    ward.write(made)
    sha = ward.agreement(made).json["sha256"]
    path = f"{PATH}/{made}/agreement/signatures"
    assert second.client.post(path, {"sha256": sha}).status == 404
    assert other_student[1].post(
        path, {"sha256": sha, "consent": True}).status == 404
    refused(ward.write(made, hall.student))
    assert ward.write(made, hall.office).status == 403
    assert hall.office.post(path, {"sha256": sha}).status == 403
    assert ward.agreement(made, hall.office).status == 200
    for client in (hall.student, hall.enterprise, hall.office):
        assert ward.start(made, client).status == 403
        assert ward.complete(made, client).status == 403
    assert ward.start(NOBODY).status == 404
    assert ward.complete(NOBODY).status == 404
    assert ward.agreement(made).json["signatures"] == []


@pytest.mark.parametrize("seed", range(3))
def test_random_commands(ward, hall, town, people, seed):
    """Whatever is asked, what has started was signed by all."""
    dice = random.Random(seed)
    made = ward.accepted()
    for _ in range(50):
        move = dice.choice(["write", "start", "complete", "sign", "sign",
                            "sign", "sign", "sign"])
        if move == "write" and dice.random() < 0.5:
            reply = ward.write(made, place=dice.choice(["甲", "乙", None]))
        elif move == "sign":
            reply = ward.sign(made, dice.choice(PARTIES),
                              None if ward.agreement(made).json["sha256"]
                              else "0" * 64)
        elif move == "start":
            reply = ward.start(made)
        else:
            reply = ward.complete(made, reason="x")
        assert reply.status in (200, 201, 409, 422), reply
        now = ward.agreement(made).json
        if now["placement_state"] in ("agreement_signed", "started",
                                      "completed"):
            assert town.one(
                "select count(*) from agreement_signature where"
                " placement_id = %s and edition = %s", made,
                now["signed_edition"]) == 4
        elif now["placement_state"] == "accepted":
            assert now["signed_edition"] is None
    assert town.one(
        "select count(*) from event e where e.subject_id = %s"
        " and not exists (select from transition t where t.machine ="
        " 'placement' and t.from_state = e.from_state"
        " and t.to_state = e.to_state)", made) == 0
