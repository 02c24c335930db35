"""An enterprise's year, through the API alone, as one script that tells what
it does: from registering to the certificate of what it took."""

import pytest

from tests.api.placed import day, terms
from tests.api.way import FIRST, LAST, OFFERED, WEEKS, Way

TERMS = {**terms(), "period_start": FIRST, "period_end": LAST,
         "insurance_from": FIRST, "insurance_to": LAST}
NAMES = ("周晓", "吴敏", "郑洁")
DAYS = 7 * WEEKS


@pytest.fixture
def way(server, people, capsys):
    made = Way(server, people, capsys)
    yield made
    made.close()


def take(way, name, posting):
    """Applies, is offered a place, and takes it: (client, placement)."""
    student, me = way.enrol(name)
    application = way.step(name, "applies", student.post(
        "/v1/applications", {"posting_id": posting, "consent": True}))["id"]
    offer = way.step("enterprise", f"offers {name} a place",
                     way.enterprise.post(
                         f"/v1/applications/{application}/offers",
                         OFFERED))["id"]
    way.step(name, "takes it", student.post(f"/v1/offers/{offer}/accept"))
    [placed] = student.get(f"/v1/placements?student_id={me}").json["items"]
    return student, placed["id"]


def test_an_enterprises_year(way, client):
    way.begin()
    base, firm = f"/v1/enterprises/{way.firm_id}", way.enterprise
    category = way.step("enterprise", "says what posts it has: 20 turners",
                        firm.post(base + "/post-categories", {
                            "name": "车工", "staff_count": 20,
                            "staff_counted_on": day(0)}))["id"]
    way.step("enterprise", "says what it will need next year", way.put(
        firm, base + "/demand-lists/2027", {"items": [
            {"specialty": "660301", "openings": 12},
            {"specialty": "6603", "education": "associate",
             "openings": 3}]}))
    asked = way.school.get("/v1/demand?year=2027").json["items"]
    assert sum(one["openings"] for one in asked) >= 15
    way.tell("school", "sees what is asked of it")

    # -- spring: postings, and what the rules say of one ----------------------
    barred = way.step("enterprise", "drafts one that the law bars",
                      firm.post("/v1/postings", {
                          "kind": "job", "title": "装配工", "openings": 2,
                          "division_code": "330106", "pay_min_fen": 500000,
                          "pay_max_fen": 600000, "targets": ["6603"],
                          "description": "装配作业，限男性，体检费自理。"}))
    path = f"/v1/postings/{barred['id']}"
    reply = firm.post(path + "/publish", {"closes_at": "2099-01-01T00:00:00Z"})
    assert reply.problem["rule"] == "discrimination"
    way.tell("enterprise", "is told: "
             + reply.problem["errors"][0]["detail"])
    way.step("enterprise", "mends it", way.patch(firm, path, {
        "description": "装配作业，男女不限，体检费自理。"}))
    way.step("enterprise", "publishes it, and says who pays the examination",
             firm.post(path + "/publish", {
                 "closes_at": "2099-01-01T00:00:00Z", "reasons": [
                     {"rule": "fees-doubt",
                      "reason": "体检在医院自选，入职后凭票报销"}]}))
    posting = way.publish(firm, post_category_id=category)
    quota = way.step("enterprise", "looks at its quota",
                     firm.get(base + "/quota"))
    assert (quota["floor"], quota["cap"]) == (7, 32)

    # -- the interns ----------------------------------------------------------
    interns = [take(way, name, posting) for name in NAMES]
    quota = firm.get(f"{base}/quota?from={day(0)}&to={day(9)}").json
    assert quota["present"] == len(NAMES)
    way.tell("enterprise", f"has {quota['present']} of {quota['cap']}")
    for student, placement in interns:
        way.agree(placement, student, TERMS)
        way.step("school", "says that it has begun", way.school.post(
            f"/v1/placements/{placement}/start", {"started_on": FIRST}))
    fewer = way.patch(firm, f"{base}/post-categories/{category}",
                      {"staff_count": 9, "staff_counted_on": day(0)})
    assert fewer.status == 200, "nobody is there any more today"
    (first, one), (second, two), (third, gone) = interns
    way.report(one, first)
    way.report(two, second)
    left = way.step(NAMES[2], "leaves before the end", third.post(
        f"/v1/placements/{gone}/terminate", {"reason": "身体原因"}))
    assert {note["party"] for note in left["notices"]} \
        == {"school", "enterprise", "guardian"}
    way.step("enterprise", "was told of it", firm.post(
        f"/v1/placements/{gone}/notices/acknowledge", {}))
    for student, placement in interns[:2]:
        way.step("school", "says that it is completed", way.school.post(
            f"/v1/placements/{placement}/complete", {"ended_on": LAST}))
        way.step("enterprise", "evaluates", firm.post(
            f"/v1/placements/{placement}/evaluations", {"score": 5}))
        way.step("student", "evaluates it", student.post(
            f"/v1/placements/{placement}/evaluations", {"score": 4}))

    # -- the end of the year --------------------------------------------------
    given = way.step("enterprise", "has a certificate of what it took",
                     firm.get(f"{base}/acceptances?from={day(-365)}"
                              f"&to={day(0)}"))
    assert (given["placements"], given["students"], given["days"]) \
        == (2, 2, 2 * DAYS)
    shown = way.step("anybody", "checks it by its code",
                     client.get(f"/v1/acceptances/{given['code']}"))
    assert shown == given
    kept = way.step("office", "reads where reasons were given",
                    way.office.get("/v1/rule-reasons"))["items"]
    assert [(item["rule"], item["enterprise_id"]) for item in kept] \
        == [("fees-doubt", way.firm_id)]
    way.step("enterprise", "closes what it no longer offers", firm.post(
        f"/v1/postings/{posting}/close", {"reason": "年度结束"}))
    assert [item["state"] for item in
            firm.get("/v1/postings?state=closed").json["items"]] == ["closed"]
