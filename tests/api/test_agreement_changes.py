"""What becomes of an agreement: amendments by any party, consent taken back,
and who has to be told of an end."""

from tests.api.firm import NOBODY
from tests.api.firm import second  # noqa: F401 (fixture)
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.placed import PATH, broken, day, refused
from tests.api.placed import ward  # noqa: F401 (fixture)

PARTIES = ("school", "enterprise", "student", "guardian")


def take_back(ward, placement, client=None, party="guardian", **body):
    return (client or ward.hall.student).post(
        f"{PATH}/{placement}/agreement/withdrawals",
        {"party": party, "reason": "距离太远", **body})


def acknowledge(ward, placement, client, **body):
    return client.post(f"{PATH}/{placement}/notices/acknowledge", body)


def told(ward, placement):
    return {(one["about"], one["party"]): one["told_at"] is not None
            for one in ward.get(placement)["notices"]}


# -- amendments --------------------------------------------------------------

def test_every_party_may_amend(ward, hall):
    """In force when all have signed; the edition before stays readable, and
    in force until then."""
    made = ward.started()
    for number, party in enumerate(("student", "enterprise", "school"), 2):
        reply = ward.write(made, getattr(hall, party), place=f"{number}号厂")
        assert (reply.status, reply.json["edition"],
                reply.json["proposed_by"]) == (200, number, party)
        assert reply.json["signed_edition"] == number - 1
        for signer in PARTIES:
            assert ward.sign(made, signer).status == 201
        assert ward.agreement(made).json["signed_edition"] == number
    for number in (2, 3, 4):
        old = ward.agreement(made, hall.student, f"?edition={number}").json
        assert old["terms"]["place"] == f"{number}号厂"
        assert len(old["signatures"]) == 4


def test_a_student_does_not_write_the_first(ward, hall):
    made = ward.accepted()
    refused(ward.write(made, hall.student))
    ward.write(made)
    refused(ward.write(made, hall.student))
    for party in PARTIES:
        ward.sign(made, party)
    assert ward.write(made, hall.student, place="新厂区").status == 200


def test_an_amendment_that_somebody_does_not_sign(ward, hall):
    """What is in force goes on, and what is proposed may be replaced."""
    made = ward.started()
    ward.write(made, hall.student, place="新厂区")
    ward.sign(made, "student")
    again = ward.write(made, hall.enterprise)
    assert (again.json["edition"], again.json["signed_edition"]) == (3, 1)
    assert ward.complete(made, reason="提前达到要求").status == 200
    assert ward.agreement(made).json["signed_edition"] == 1


def test_longer_than_generally_asks_for_a_reason(ward, hall):
    """length (1.3), when it is agreed."""
    made = ward.accepted()
    longer = {"period_end": day(200), "insurance_to": day(200)}
    reply = ward.write(made, **longer)
    broken(reply, "length")
    assert (reply.problem["limit"], reply.problem["actual"]) == (6, 7)
    said = [{"rule": "length", "reason": "护理专业执业资格要求"}]
    assert ward.write(made, **longer, reasons=said).status == 200
    kept = hall.office.get("/v1/rule-reasons?rule=length").json["items"]
    assert [(one["subject_id"], one["reason"]) for one in kept] \
        == [(made, "护理专业执业资格要求")]
    assert ward.write(made, reasons=said).status == 200, "not broken"
    assert len(hall.office.get("/v1/rule-reasons?rule=length"
                               ).json["items"]) == 1


# -- consent taken back ------------------------------------------------------

def test_a_guardian_takes_back_before_the_start(ward, hall):
    made = ward.signed()
    reply = take_back(ward, made, hall.school)
    assert reply.status == 201, reply
    taken = {one["party"]: one["withdrawn_at"] is not None
             for one in reply.json["signatures"]}
    assert taken == {"school": False, "enterprise": False, "student": False,
                     "guardian": True}
    broken(ward.start(made), "guardian")
    assert told(ward, made) == {("consent-withdrawn", party): False
                                for party in ("school", "enterprise",
                                              "student")}
    refused(take_back(ward, made), "conflict")
    # the same edition is not signed twice: all sign another
    refused(ward.sign(made, "guardian"), "conflict")
    ward.write(made, place="新厂区")
    for party in PARTIES:
        assert ward.sign(made, party).status == 201
    assert ward.start(made).status == 200


def test_a_student_takes_back_before_all_have_signed(ward):
    made = ward.accepted()
    ward.write(made)
    ward.sign(made, "student")
    assert take_back(ward, made, party="student").status == 201
    for party in ("school", "enterprise", "guardian"):
        ward.sign(made, party)
    assert ward.state(made) == "accepted"
    broken(ward.start(made), "agreement")


def test_what_has_started_is_over(ward, hall):
    made = ward.started()
    ward.write(made, place="新厂区")     # nobody signs it
    reply = take_back(ward, made, reason="身体原因")
    assert reply.status == 201, reply
    now = ward.get(made)
    assert (now["state"], now["ended_on"]) == ("terminated", day(0))
    assert now["history"][-1]["reason"] == "身体原因"
    assert told(ward, made) == {
        **{("consent-withdrawn", party): False
           for party in ("school", "enterprise", "student")},
        **{("terminated", party): False
           for party in ("school", "enterprise", "guardian")}}


def test_whose_consent(ward, hall, server, second, other_student):  # noqa
    made = ward.accepted()
    refused(take_back(ward, made))
    made = ward.signed(made)
    reply = take_back(ward, made, hall.school, "student")
    assert (reply.status, reply.wheres()) == (422, ["#/party"])
    assert take_back(ward, made, hall.enterprise).status == 403
    assert take_back(ward, made, other_student[1]).status == 404
    assert take_back(ward, NOBODY).status == 404
    assert take_back(ward, made, reason=" ").status == 422
    key = hall.school.post("/v1/api-keys", {
        "name": "实习系统", "scopes": ["placements:write"]}).json["key"]
    client = server.client(key)
    refused(take_back(ward, made, client), "forbidden", 403)
    client.close()


# -- who is told -------------------------------------------------------------

def test_the_others_are_told_of_an_end(ward, hall):
    made = ward.started()
    assert ward.get(made)["notices"] == []
    refused(acknowledge(ward, made, hall.student))
    assert ward.terminate(made, hall.enterprise).status == 200
    assert told(ward, made) == {("terminated", party): False for party in
                                ("school", "student", "guardian")}
    reply = acknowledge(ward, made, hall.student)
    assert reply.status == 200, reply
    assert acknowledge(ward, made, hall.school,
                       is_guardian=True).status == 200
    assert told(ward, made) == {
        ("terminated", "school"): False, ("terminated", "student"): True,
        ("terminated", "guardian"): True}
    refused(acknowledge(ward, made, hall.student))
    refused(acknowledge(ward, made, hall.enterprise))
    reply = acknowledge(ward, made, hall.enterprise, is_guardian=True)
    assert (reply.status, reply.wheres()) == (422, ["#/is_guardian"])


def test_no_guardian_is_told_who_never_signed(ward, hall):
    made = ward.nominated()
    assert ward.terminate(made, hall.school).status == 200
    assert set(told(ward, made)) == {("terminated", "student"),
                                     ("terminated", "enterprise")}


def test_whose_notices(ward, hall, second, other_student):  # noqa: F811
    made = ward.nominated()
    ward.terminate(made, hall.school)
    assert acknowledge(ward, made, second.client).status == 404
    assert acknowledge(ward, made, other_student[1]).status == 404
    assert acknowledge(ward, made, hall.office).status == 403
