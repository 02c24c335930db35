"""A student's way from the profile to the completed internship, through the
API alone, as one script that tells what it does."""

import pytest

from tests.api.placed import day, terms
from tests.api.way import FIRST, LAST, OFFERED, WEEKS, Way

TERMS = {**terms(), "period_start": FIRST, "period_end": LAST,
         "insurance_from": FIRST, "insurance_to": LAST}


@pytest.fixture
def way(server, people, capsys):
    made = Way(server, people, capsys)
    yield made
    made.close()


def test_a_students_way(way):
    way.begin()
    student, me = way.enrol("周晓")
    profile = way.step("student", "completes the profile", way.patch(
        student, f"/v1/students/{me}",
        {"skills": ["机械识图", "钳工"],
         "willing_division_codes": ["330100"], "pay_min_fen": 300000}))
    assert profile["skills"] == ["机械识图", "钳工"]
    way.step("student", "gives a phone number, sealed", way.put(
        student, f"/v1/students/{me}/contact", {"phone": "13900000001"}))
    posting = way.publish(way.enterprise)

    # -- finds it, and applies ------------------------------------------------
    best = way.until(lambda: student.get(f"/v1/students/{me}/matches")
                     ).json["items"][0]
    assert best["posting_id"] == posting and best["is_eligible"]
    way.tell("student", f"sees it first of his matches: score {best['score']}"
             f", {best['parts'][0]['because']}")
    assert way.enterprise.get(f"/v1/students/{me}/contact").status == 403
    application = way.step("student", "applies, and lets this enterprise know"
                           " who he is", student.post("/v1/applications", {
                               "posting_id": posting, "consent": True,
                               "message": "会看图纸，能吃苦。"}))["id"]
    path = f"/v1/applications/{application}"
    read = way.step("enterprise", "reads who it is",
                    way.enterprise.get(path))
    assert (read["student"]["name"], read["phone"]) == ("周晓", "13900000001")
    way.step("enterprise", "shortlists", way.enterprise.post(
        path + "/shortlist", {}))
    way.step("enterprise", "calls to an interview", way.enterprise.post(
        path + "/interviews", {"at": "2099-01-01T09:00:00+08:00",
                               "place": "湖滨路 1 号"}))
    offer = way.step("enterprise", "makes an offer", way.enterprise.post(
        path + "/offers", OFFERED))["id"]
    taken = way.step("student", "accepts it",
                     student.post(f"/v1/offers/{offer}/accept"))
    assert taken["state"] == "accepted"
    [placed] = student.get(f"/v1/placements?student_id={me}").json["items"]
    placement = f"/v1/placements/{placed['id']}"
    assert placed["state"] == "accepted"

    # -- agreed, started, done ------------------------------------------------
    early = way.school.post(placement + "/start", {})
    assert early.problem["rule"] == "agreement"
    way.tell("school", "may not start it yet: rule 1.14, agreement")
    way.step("school", "puts the enterprise on its list of host units",
             way.school.put(f"/v1/schools/{way.school_id}/host-units/"
                            f"{way.firm_id}", {
                                "decided_on": day(-200),
                                "published_on": day(-195),
                                "visited_on": day(-210),
                                "visit_report": "三个车间，防护齐全",
                                "is_honest": True, "is_safe": True,
                                "is_equipped": True}))
    way.agree(placed["id"], student, TERMS)
    began = way.step("school", "says that it has begun", way.school.post(
        placement + "/start", {"started_on": FIRST}))
    assert began["state"] == "started"
    way.report(placed["id"], student)
    done = way.step("school", "says that it is completed", way.school.post(
        placement + "/complete", {"ended_on": LAST}))
    assert (done["state"], done["ended_on"]) == ("completed", LAST)
    way.step("student", "evaluates the enterprise", student.post(
        placement + "/evaluations", {"score": 5, "text": "师傅耐心"}))
    way.step("enterprise", "evaluates the student", way.enterprise.post(
        placement + "/evaluations", {"score": 4}))

    # -- what remains ---------------------------------------------------------
    history = [step["to"] for step in student.get(placement).json["history"]]
    assert history == ["accepted", "agreement_signed", "started",
                       "completed"]
    data = way.step("student", "takes his data along",
                    student.get(f"/v1/students/{me}/data"))["data"]
    assert (len(data["logs"]), len(data["placements"]),
            len(data["applications"])) == (WEEKS, 1, 1)
    known = student.get(f"/v1/students/{me}/disclosures").json["items"]
    assert {one["purpose"] for one in known} == {"recruitment",
                                                 "internship"}
    way.tell("student", f"sees to whom he is known: {len(known)} disclosures")
