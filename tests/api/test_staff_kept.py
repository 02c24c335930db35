"""Another count of staff moves the caps under the interns who are there: that
is declared with a reason (rules 1.1 and 1.2)."""

import pytest

from tests.api.hall import hall  # noqa: F401 (fixture)
from tests.api.placed import broken, day
from tests.api.placed import ward  # noqa: F401 (fixture)

SAID = "季节性减员，学生已在岗"


class Staff:
    """What counts staff: the enterprise, or a post category of it."""

    def __init__(self, hall, path, rule):
        self.hall, self.path, self.rule = hall, path, rule

    def declare(self, count, reasons=None, **more):
        version = self.hall.enterprise.get(self.path).json["version"]
        body = {"staff_count": count, "staff_counted_on": day(0), **more}
        if reasons is not None:
            body["reasons"] = reasons
        return self.hall.enterprise.patch(
            self.path, body, headers={"If-Match": f'"v{version}"'})


@pytest.fixture(params=["staff-cap-kept", "post-category-cap-kept"])
def staff(request, ward, hall, server, people):  # noqa: F811
    """Two interns, as many as 20 of staff, or 10 of a kind of post, allow."""
    path = f"/v1/enterprises/{people.enterprise}"
    posting = {"period_start": day(0), "period_end": day(90)}
    if request.param == "post-category-cap-kept":
        made = hall.enterprise.post(path + "/post-categories", {
            "name": "车工", "staff_count": 10, "staff_counted_on": day(0)})
        path += "/post-categories/" + made.json["id"]
        posting["post_category_id"] = made.json["id"]
    counted = Staff(hall, path, request.param)
    posting = hall.open(**posting)
    counted.posting, counted.made = posting, []
    for _ in range(2):
        student, client = hall.add_student(server)
        made = ward.nominated(posting, student)
        assert ward.accept(made, client).status == 200
        counted.made.append(made)
        client.close()
    counted.enough, counted.few = (20, 19) \
        if request.param == "staff-cap-kept" else (10, 9)
    return counted


def test_fewer_than_are_there(staff, hall):
    assert staff.declare(staff.enough).status == 200
    before = hall.enterprise.get(staff.path).json
    reply = staff.declare(staff.few)
    broken(reply, staff.rule)
    assert (reply.wheres(), reply.problem["limit"],
            reply.problem["actual"]) == (["#/staff_count"], 1, 2)
    assert [flaw["code"] for flaw in reply.problem["errors"]] \
        == ["needs-reason"]
    assert hall.enterprise.get(staff.path).json == before
    reply = staff.declare(staff.few, [{"rule": staff.rule, "reason": SAID}])
    assert (reply.status, reply.json["staff_count"]) == (200, staff.few)
    kept = hall.office.get(f"/v1/rule-reasons?rule={staff.rule}"
                           f"&subject_id={before['id']}").json["items"]
    assert [(one["level"], one["reason"]) for one in kept] \
        == [("declare", SAID)]


def test_nothing_is_said_where_nothing_is_over(staff, ward, hall):
    said = [{"rule": staff.rule, "reason": SAID}]
    assert staff.declare(staff.enough, said).status == 200
    ward.terminate(staff.made[0], hall.school)
    assert staff.declare(staff.few).status == 200
    assert hall.office.get(f"/v1/rule-reasons?rule={staff.rule}"
                           ).json["items"] == []
    reply = staff.declare(staff.few, [{"rule": "staff-cap", "reason": "x"}])
    assert (reply.status, reply.wheres()) == (422, ["#/reasons/0/rule"])


def test_days_that_do_not_meet_are_not_added(staff, ward, hall, server):
    """The fullest day counts, not everybody who is ever there."""
    student, client = hall.add_student(server)
    made = ward.nominated(staff.posting, student, period_start=day(100),
                          period_end=day(150))
    assert ward.accept(made, client).status == 200
    client.close()
    assert staff.declare(staff.enough).status == 200


def test_a_change_without_a_count_is_not_weighed(staff, hall):
    staff.declare(staff.few, [{"rule": staff.rule, "reason": SAID}])
    version = hall.enterprise.get(staff.path).json["version"]
    reply = hall.enterprise.patch(staff.path, {"name": "新名"}, headers={
        "If-Match": f'"v{version}"'})
    assert reply.status == 200, reply
