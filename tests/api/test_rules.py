"""Every rule of GET /v1/rules: a case that breaks it and one that keeps it.

A rule without both fails the run: a new row of server/records/law.def comes
with its row here, or with its name among those that another test has.
"""

import pathlib

import pytest

from tests.api.firm import draft, later
from tests.api.firm import firm  # noqa: F401 (fixture)
from tests.api.test_rounds import add_policy

# At publication: what the posting says, broken and kept.
PUBLISH = {
    "entertainment": ({"conditions": ["entertainment"]},
                      {"conditions": ["heavy_lifting"]}),
    "intermediary": ({"conditions": ["intermediary"]}, {"conditions": []}),
    "labour-grade": ({"labour_grade": 3}, {"labour_grade": 2}),
    "hazard": ({"conditions": ["radiation"]},
               {"conditions": ["radiation", "filed"],
                "exception_filing": "杭教备 1"}),
    "night-shift": ({"conditions": ["night_shift"]},
                    {"conditions": ["night_shift", "filed"],
                     "exception_filing": "杭教备 1"}),
    "rest-days": ({"conditions": ["rest_days"]},
                  {"conditions": ["rest_days", "filed"],
                   "exception_filing": "杭教备 1"}),
    "overtime": ({"conditions": ["overtime"]},
                 {"kind": "job", "conditions": ["overtime"]}),
    "day-hours": ({"day_minutes": 481}, {"day_minutes": 480}),
    "week-hours": ({"week_minutes": 2641}, {"week_minutes": 2640}),
    "period-named": ({"period_start": ..., "period_end": ...}, {}),
    "pay-share": ({"pay_standard_fen": 400004}, {"pay_standard_fen": 400000}),
    "targets-named": ({"targets": []}, {"targets": ["66"]}),
    "pay-named": ({"kind": "job", "pay_min_fen": ..., "pay_max_fen": ...},
                  {"kind": "job"}),
    "work-named": ({"description": ""}, {"description": "操作数控车床"}),
    "discrimination": ({"description": "操作车床，限男性"},
                       {"description": "操作车床，男女不限"}),
    "fees": ({"kind": "job", "description": "收银；入职需交押金 500 元"},
             {"kind": "job", "description": "收银；入职不收取任何押金"}),
}

# At publication, of kind warn: what asks for a reason, and what does not.
WARNED = {
    "discrimination-doubt": ({"description": "质检；本市户口优先"},
                             {"description": "质检；户籍不限"}),
    "fees-doubt": ({"description": "质检；体检费自理"},
                   {"description": "质检；体检费由公司报销"}),
    "simple-labour": ({"description": "简单重复劳动"},
                      {"kind": "job", "description": "简单重复劳动"}),
    "agency-host": ({}, {"kind": "job"}),
}

# At a wish or an application: the posting, and the student, in SQL.
APPLY = {
    "first-year": (({}, "entry_year = 2026"), ({}, "entry_year = 2025")),
    "age-at-start": (({}, "birth_date = '2011-03-02'"),
                     ({}, "birth_date = '2011-03-01'")),
    "minor-protected": (({"conditions": ["heavy_lifting"]},
                         "birth_date = '2009-03-02'"),
                        ({"conditions": ["heavy_lifting"]},
                         "birth_date = '2009-03-01'")),
    "female-protected": (({"conditions": ["female_barred"]},
                          "sex = 'female'"),
                         ({"conditions": ["female_barred"]}, "sex = 'male'")),
    "cross-category": (({"targets": ["51"]}, "sex = 'male'"),
                       ({"targets": ["66"]}, "sex = 'male'")),
    "length": (({"period_end": "2027-09-01"}, "sex = 'male'"),
               ({}, "sex = 'male'")),
    "cross-province": (({"division_code": "310101"}, "sex = 'male'"),
                       ({}, "sex = 'male'")),
    "posting-age": (({"min_age": 18}, "birth_date = '2009-03-02'"),
                    ({"min_age": 18}, "birth_date = '2009-03-01'")),
    "education": (({"min_education": "associate"}, "sex = 'male'"),
                  ({"min_education": "secondary"}, "sex = 'male'")),
    "skill": (({"required_skills": ["PLC编程"]}, "skills = '{钳工}'"),
              ({"required_skills": ["PLC编程"]}, "skills = '{PLC编程}'")),
    "certificate": (({"required_certificates": ["车工四级"]}, "skills = '{}'"),
                    ({"required_certificates": ["车工四级"]},
                     "certificates = '{车工四级}'")),
    "period": (({}, "available_to = '2027-02-28'"),
               ({}, "available_to = '2027-08-31'")),
    "place": (({}, "willing_division_codes = '{330200}'"),
              ({}, "willing_division_codes = '{330100}'")),
}

# Rules whose two cases stand in tests of their own: the file, the test that
# sees it refuse, the one that sees it kept (the same: both).
ELSEWHERE = {
    "consent": ("test_applications.py", "test_without_consent_nothing_is_given",
                ""),
    "staff-cap": ("test_offers.py", "test_the_cap_of_the_enterprise", ""),
    "post-category-cap": ("test_offers.py",
                          "test_the_cap_of_the_post_category", ""),
    "staff-cap-kept": ("test_staff_kept.py", "test_fewer_than_are_there", ""),
    "post-category-cap-kept": ("test_staff_kept.py",
                               "test_fewer_than_are_there", ""),
    "approval": ("test_placement_accept.py",
                 "test_found_and_approved", ""),
    "agreement": ("test_agreements.py", "test_the_parties_must_have_signed",
                  ""),
    "agreement-terms": ("test_agreements.py",
                        "test_half_a_word_is_not_signed", ""),
    "guardian": ("test_agreements.py", "test_the_parties_must_have_signed",
                 ""),
    "insurance": ("test_agreements.py", "test_what_is_never_agreed", ""),
    "pay-in-money": ("test_agreements.py", "test_what_is_never_agreed", ""),
    "copied-assessment": ("test_agreements.py",
                          "test_what_is_agreed_with_a_reason", ""),
    "supervisors": ("test_agreements.py", "test_half_a_word_is_not_signed",
                    ""),
    "enrolled": ("test_host_units.py", "test_only_who_is_enrolled_starts",
                 ""),
    "host-listed": ("test_host_units.py", "test_only_from_the_list", ""),
    "host-admissible": ("test_host_units.py",
                        "test_only_what_was_looked_at", ""),
    "cross-province-filed": ("test_host_units.py",
                             "test_another_province_is_filed_first",
                             "test_the_same_province_needs_none"),
    "enterprise-verified": ("test_postings_publish.py",
                            "test_only_a_verified_enterprise_publishes", ""),
    "school-agreed": ("test_cooperations.py",
                      "test_from_proposal_to_publication", ""),
    "cohort-named": ("test_cooperations.py",
                     "test_what_each_kind_needs", ""),
    "contract-named": ("test_cooperations.py",
                       "test_what_each_kind_needs", ""),
    "mentors-named": ("test_cooperations.py",
                      "test_what_each_kind_needs", ""),
    "school": ("test_cooperations.py",
               "test_only_those_it_is_held_for_are_eligible", ""),
    "specialty": ("test_cooperations.py",
                  "test_only_those_it_is_held_for_are_eligible", ""),
    "entry-year": ("test_cooperations.py",
                   "test_only_those_it_is_held_for_are_eligible", ""),
    "minor-access": ("test_minors.py",
                     "test_staff_read_with_an_approval_and_it_is_shown", ""),
    "internship-proof": ("test_destinations.py",
                         "test_an_internship_is_no_employment", ""),
    "destination-denied": ("test_destinations.py",
                           "test_an_employer_denies", ""),
    "destination-own": ("test_destinations.py",
                        "test_a_school_enters_and_the_graduate_confirms", ""),
    "destination-evidence": ("test_destinations.py",
                             "test_each_category_has_its_evidence", ""),
    "least-age": ("test_minors.py", "test_nobody_under_14_is_entered", ""),
}


def cases_of(name):
    """(the test that sees the rule refuse, the one that sees it kept)"""
    for cases, test in ((PUBLISH, "test_at_publication"),
                        (WARNED, "test_with_a_reason"),
                        (APPLY, "test_of_a_pair")):
        if name in cases:
            one = f"test_rules.py::{test}[{name}]"
            return one, one
    file, refusing, keeping = ELSEWHERE[name]
    return f"{file}::{refusing}", f"{file}::{keeping or refusing}"


def test_no_rule_is_without_its_cases(client, capsys):
    """And the table of them. That each was seen to refuse, conftest asks when
    the whole room has run."""
    rules = client.get("/v1/rules").json["items"]
    names = [rule["rule"] for rule in rules]
    assert len(names) == len(set(names))
    assert set(names) == {*PUBLISH, *WARNED, *APPLY, *ELSEWHERE}
    levels = {rule["rule"]: rule["levels"] for rule in rules}
    assert all("publish" in levels[name] for name in PUBLISH)
    assert all("apply" in levels[name] for name in APPLY)
    room = pathlib.Path(__file__).parent
    lines = []
    for rule in rules:
        refusing, keeping = cases_of(rule["rule"])
        for test in (refusing, keeping):
            file, function = test.split("[")[0].split("::")
            text = (room / file).read_text("utf-8")
            assert f"def {function}(" in text, test
            assert rule["rule"] in text, f"{file} does not name the rule"
        lines.append(f"| {rule['source']} | {rule['rule']} | {rule['kind']} |"
                     f" {', '.join(rule['levels'])} | {refusing} |"
                     f" {'the same' if refusing == keeping else keeping} |")
    with capsys.disabled():
        print("\n| # | rule | kind | asked at | refuses in | kept in |\n"
              + "|---|---|---|---|---|---|\n" + "\n".join(lines)
              + f"\n{len(lines)} rules")


def test_the_list_speaks_both_languages(client):
    for tag, text in (("en", "a first-year student may not do an internship"),
                      ("zh-CN", "不得安排一年级学生参加岗位实习")):
        reply = client.get("/v1/rules", headers={"Accept-Language": tag})
        assert reply.headers["content-language"] == tag
        assert reply.json["items"][0] == {
            "rule": "first-year", "source": "1.4", "kind": "block",
            "article": "职业学校学生实习管理规定 16(1)", "levels": ["apply", "start"],
            "posting_kinds": ["internship"], "policy": None, "text": text}


@pytest.mark.parametrize("name", PUBLISH)
def test_at_publication(firm, client, name):
    broken, kept = PUBLISH[name]
    card = next(rule for rule in client.get("/v1/rules").json["items"]
                if rule["rule"] == name)
    reply = firm.publish(firm.add(**broken))
    assert (reply.status, reply.problem["code"]) == (422, "rule-broken")
    assert [reply.problem[member] for member in
            ("rule", "source", "article")] == \
        [card[member] for member in ("rule", "source", "article")]
    assert firm.open(**kept)["state"] == "published"


@pytest.mark.parametrize("name", WARNED)
def test_with_a_reason(firm, as_role, client, town, people, name):
    """Refused without one, kept with one, and not asked for where it is not
    broken."""
    doubtful, plain = WARNED[name]
    if name == "agency-host":
        town.run("update enterprise set industry_code = '7263', actor = id"
                 " where id = %s", people.enterprise)
    made = firm.add(**doubtful)
    reply = firm.publish(made)
    assert (reply.status, reply.problem["rule"]) == (422, name), reply
    assert [flaw["code"] for flaw in reply.problem["errors"]] \
        == ["needs-reason"]
    said = [{"rule": name, "reason": "落实当地补贴政策"}]
    path = f"/v1/postings/{made['id']}/publish"
    reply = firm.client.post(path, {"closes_at": later(), "reasons": said})
    assert reply.status == 200, reply
    # kept with who gave it, for the enterprise and the office alone
    for role, seen in (("enterprise", 1), ("office", 1), ("school", 0)):
        kept = as_role(role).get(
            f"/v1/rule-reasons?subject_id={made['id']}").json["items"]
        assert [(one["rule"], one["reason"], one["level"], one["given_by"],
                 one["enterprise_id"]) for one in kept] == [
            (name, "落实当地补贴政策", "publish", "enterprise",
             str(people.enterprise))] * seen
    assert firm.client.get(f"/v1/rule-reasons?rule={name}").json["items"]
    # it holds for what was published, and is not kept where nothing is broken
    fresh = firm.client.get(f"/v1/postings/{made['id']}").json["version"]
    assert firm.patch(made, fresh, address="湖滨路 3 号").status == 200
    plain = firm.add(**plain)
    reply = firm.client.post(f"/v1/postings/{plain['id']}/publish",
                             {"closes_at": later(), "reasons": said})
    assert reply.status == 200, reply
    assert firm.client.get(f"/v1/rule-reasons?subject_id={plain['id']}"
                           ).json["items"] == []


def test_a_doubt_that_comes_later_is_published_anew(firm):
    """A public posting takes no words that ask for a reason: none comes with
    a change. Closed, changed and published again it may have them."""
    made = firm.open()
    reply = firm.patch(made, made["version"], description="质检；本市户口优先")
    assert (reply.status, reply.problem["rule"]) \
        == (422, "discrimination-doubt")
    assert firm.patch(made, made["version"],
                      description="质检；性别：男").problem["rule"] \
        == "discrimination"


def test_what_a_reason_must_be(firm):
    made = firm.add()
    path = f"/v1/postings/{made['id']}/publish"
    reply = firm.client.post(path, {"closes_at": later(), "reasons": [
        {"rule": "no-such", "reason": "x"}, {"rule": "fees", "reason": "x"},
        {"rule": "fees-doubt", "reason": "x"},
        {"rule": "fees-doubt", "reason": "y"}]})
    assert (reply.status, reply.wheres()) == (422, [
        "#/reasons/0/rule", "#/reasons/1/rule", "#/reasons/3/rule"])
    reply = firm.client.post(path, {"closes_at": later(), "reasons": [
        {"rule": "fees-doubt", "reason": " "}, {"why": "x"}]})
    assert reply.wheres() == ["#/reasons/0/reason", "#/reasons/1/rule",
                              "#/reasons/1/reason", "#/reasons/1/why"]


def test_the_words_are_told_where_they_stand(firm):
    made = firm.add(title="数控車床操作，限男性",
                    description="操作車床；扣押身份證")
    reply = firm.publish(made)
    assert reply.wheres() == ["#/title", "#/description"]
    told = [flaw["detail"] for flaw in reply.problem["errors"]]
    assert told[0].startswith('"限男", characters 8 to 9: ')
    assert told[1].startswith('"扣押身份證", characters 6 to 10: ')


@pytest.mark.parametrize("name", APPLY)
def test_of_a_pair(firm, as_role, town, people, name):
    add_policy(town, people)
    student = as_role("student")
    for is_broken, (posting, facts) in zip((True, False), APPLY[name]):
        made = firm.open(**{"targets": ["66"], **posting})
        town.run(f"update student set {facts} where id = %s", people.student)
        pair = student.get(
            f"/v1/students/{people.student}/matches/{made['id']}").json
        names = {rule["rule"] for rule in pair["broken_rules"]}
        assert (name in names) == is_broken, pair


def test_a_published_posting_closes(firm):
    """6.1: no posting without the day on which it ends."""
    made = firm.client.post("/v1/postings", draft()).json
    reply = firm.client.post(f"/v1/postings/{made['id']}/publish", {})
    assert (reply.status, reply.wheres()) == (422, ["#/closes_at"])
    assert firm.publish(made, later()).status == 200
