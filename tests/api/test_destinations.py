"""Where graduates went: declared, confirmed, denied, verified, given back,
corrected once the cohort is frozen; and who sees what of it."""

import pytest

from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.placed import broken, day, refused
from tests.api.placed import ward  # noqa: F401 (fixture)
from tests.api.town import new_id, uscc

SHA = "5f" * 32
LIST = "/v1/destinations"
FREEZES = "/v1/destination-freezes"
JOB = {"code": "11", "employer_name": "外地机械厂", "division_code": "310115",
       "started_on": "2026-07-01"}


class Registrar:
    """One student of this year's cohort, and short ways to his record."""

    def __init__(self, hall, student=None, year=2026):
        self.hall, self.town = hall, hall.town
        self.student = student or hall.people.student
        self.path = f"/v1/students/{self.student}/destination"
        self.town.run("update student set graduates_on = %s, actor = id where"
                      " id = %s", f"{year}-06-30", self.student)
        self.uscc = self.town.one("select uscc from enterprise where id = %s",
                                  hall.people.enterprise)

    def get(self, client=None):
        return (client or self.hall.school).get(self.path)

    def version(self, given=None):
        return {"If-Match": f'"v{self.get().json["version"]}"'
                if given is None else f'"v{given}"'}

    def put(self, client=None, version=None, **body):
        return (client or self.hall.student).put(
            self.path, {**JOB, **body}, headers=self.version(version))

    def move(self, verb, client, version=None):
        body = {"reason": "经查不实"} if verb == "dispute" else None
        return client.post(f"{self.path}/{verb}", body,
                           headers=self.version(version))

    def asked(self, **body):
        """Declared, and the enterprise of the platform is asked."""
        reply = self.put(employer_uscc=self.uscc, is_employer_asked=True,
                         employer_name="湖城厂", division_code="330106",
                         **body)
        assert reply.status == 200, reply

    def state(self):
        return self.get().json["state"]


@pytest.fixture
def record(hall):
    return Registrar(hall)


def test_from_declaration_to_verification(record, hall):
    empty = record.get(hall.student).json
    assert (empty["version"], empty["code"], empty["history"]) == (0, None, [])
    record.asked(evidence_kind="labour_contract", evidence_sha256=SHA,
                 occupation_code="6-18-01-01", pay_band="below_6000",
                 is_aligned=True, industry_code="34", unit_nature_code="31")
    reply = record.move("confirm", hall.enterprise)
    assert (reply.status, reply.json["state"]) == (200, "confirmed"), reply
    assert reply.json["evidence_level"] == "employer"
    assert (reply.json["pay_band"], reply.json["history"]) == (None, [])
    reply = record.move("verify", hall.school)
    assert (reply.status, reply.json["state"]) == (200, "verified"), reply
    whole = reply.json
    assert whole["evidence_level"] == "document"
    assert whole["code_name"] == "签劳动合同形式就业"
    assert [(one["version"], one["state"], one["by"]) for one in
            whole["history"]] == [
        (1, "declared", "student"), (2, "confirmed", "enterprise"),
        (3, "verified", "school")]
    assert whole["history"][0]["content"]["pay_band"] == "below_6000"
    assert not whole["history"][2]["is_correction"]


@pytest.mark.parametrize("kind, level", [
    ("insurance_record", "insurance_record"), ("labour_contract", "document")])
def test_the_level_is_what_was_seen(record, hall, kind, level):
    record.put(evidence_kind=kind, evidence_sha256=SHA)
    assert record.get().json["evidence_level"] == "declared"
    assert record.move("verify", hall.school).json["evidence_level"] == level


def test_what_says_the_same_changes_nothing(record):
    first = record.put().json
    assert record.put().json == first
    assert record.put(pay_band="below_8000").json["version"] == 2


def test_a_school_enters_and_the_graduate_confirms(record, hall):
    reply = record.put(hall.school, evidence_kind="labour_contract",
                       evidence_sha256=SHA)
    assert (reply.status, reply.json["acknowledged_at"]) == (200, None), reply
    broken(record.move("verify", hall.school), "destination-own")
    refused(record.move("confirm", hall.enterprise, 1), "not-found", 404)
    assert record.move("confirm", hall.student).json["acknowledged_at"]
    refused(record.move("confirm", hall.student))
    assert record.move("verify", hall.school).status == 200
    reply = record.put(hall.school, is_employer_asked=True,
                       employer_uscc=record.uscc)
    assert (reply.status, reply.wheres()) == (422, ["#/is_employer_asked"])
    # what the school changes is to be confirmed anew; the same by himself is
    changed = record.put(hall.school, code="12").json
    assert (changed["state"], changed["acknowledged_at"]) == ("declared", None)
    assert record.put(code="12").json["acknowledged_at"]


def test_an_employer_denies(record, hall):
    record.asked(evidence_kind="labour_contract", evidence_sha256=SHA)
    reply = record.move("dispute", hall.enterprise)
    assert (reply.status, reply.json["state"]) == (200, "denied"), reply
    broken(record.move("verify", hall.school), "destination-denied")
    refused(record.move("dispute", hall.enterprise))
    assert record.move("confirm", hall.enterprise).json["state"] == "confirmed"
    refused(record.move("confirm", hall.enterprise))
    assert record.move("verify", hall.school).status == 200
    assert record.move("dispute", hall.enterprise).json["state"] == "denied"
    assert record.move("dispute", hall.school).json["state"] == "returned"
    refused(record.move("dispute", hall.school))
    refused(record.move("verify", hall.school))
    refused(record.move("confirm", hall.enterprise))
    # the graduate says it again, as it was
    record.asked(evidence_kind="labour_contract", evidence_sha256=SHA)
    assert record.state() == "declared"
    reasons = [one["reason"] for one in record.get().json["history"]]
    assert reasons.count("经查不实") == 3


# The category, its evidence, and what else it must say.
UNIT = {"employer_name": "某单位", "division_code": "310115"}
NONE = {name: None for name in JOB if name != "code"}
EVIDENCE = [
    ("10", "employment_agreement", "labour_contract", UNIT),
    ("11", "labour_contract", "employer_certificate", UNIT),
    ("12", "employer_certificate", "employment_agreement", UNIT),
    ("27", "project_document", "employment_agreement", UNIT),
    ("46", "enlistment_notice", "labour_contract", NONE),
    ("50", "project_document", "labour_contract", UNIT),
    ("51", "project_document", "employer_certificate", UNIT),
    ("75", "business_licence", "labour_contract", UNIT),
    ("76", "income_statement", "business_licence", NONE),
    ("80", "admission_notice", "labour_contract", NONE),
    ("85", "admission_notice", "enlistment_notice", NONE)]


@pytest.mark.parametrize("code, kind, other, more", EVIDENCE)
def test_each_category_has_its_evidence(record, hall, code, kind, other,
                                        more):
    body = {**NONE, **more, "code": code}
    broken(record.put(**body, evidence_kind=other, evidence_sha256=SHA),
           "destination-evidence")
    broken(record.put(**body, evidence_kind="internship_proof",
                      evidence_sha256=SHA), "internship-proof")
    assert record.put(**body).status == 200
    broken(record.move("verify", hall.school), "destination-evidence")
    assert record.put(**body, evidence_kind=kind,
                      evidence_sha256=SHA).status == 200
    assert record.move("verify", hall.school).json["state"] == "verified"


@pytest.mark.parametrize("code", ["70", "71", "72"])
def test_who_is_not_placed_needs_no_evidence(record, hall, code):
    reply = record.put(code=code)
    assert (reply.status, reply.wheres()) == (422, ["#/code"])
    assert record.put(**{**NONE, "code": code}).status == 200
    assert record.move("verify", hall.school).json["state"] == "verified"


def test_an_internship_is_no_employment(ward, hall):
    record = Registrar(hall)
    made = ward.started()
    here = {"employer_uscc": record.uscc, "employer_name": "湖城厂",
            "division_code": "330106"}
    for code in ("10", "11", "12"):
        broken(record.put(**here, code=code, started_on=day(30)),
               "internship-proof")
        broken(record.put(**here, code=code, started_on=None),
               "internship-proof")
    # elsewhere, or once the internship is over, it may be
    assert record.put(started_on=day(30)).status == 200
    assert record.put(**here, started_on=day(121)).status == 200
    assert ward.complete(made, reason="已完成").status == 200
    assert record.put(**here, started_on=day(1)).status == 200


@pytest.mark.parametrize("changes, where", [
    ({"code": "99"}, "#/code"), ({"code": "1"}, "#/code"),
    ({"employer_uscc": "91520000714307791X"}, "#/employer_uscc"),
    ({"unit_nature_code": "99"}, "#/unit_nature_code"),
    ({"industry_code": "Z"}, "#/industry_code"),
    ({"industry_code": "9999"}, "#/industry_code"),
    ({"division_code": "899999"}, "#/division_code"),
    ({"division_code": None}, "#/division_code"),
    ({"employer_name": None}, "#/division_code"),
    ({"occupation_code": "6-99-99-99"}, "#/occupation_code"),
    ({"pay_band": "much"}, "#/pay_band"),
    ({"evidence_kind": "labour_contract"}, "#/evidence_sha256"),
    ({"evidence_sha256": SHA}, "#/evidence_sha256"),
    ({"evidence_sha256": "5F" * 32}, "#/evidence_sha256"),
    ({"is_employer_asked": True}, "#/is_employer_asked")])
def test_what_a_record_must_be(record, changes, where):
    reply = record.put(**changes)
    assert (reply.status, reply.wheres()) == (422, [where]), reply


def test_of_a_cohort_and_of_a_version(record, hall, town):
    assert record.put(version=1).status == 412
    assert record.move("verify", hall.school, 0).status == 404
    record.put()
    assert record.put(version=0).status == 412
    for verb, client in (("verify", hall.school), ("dispute", hall.school)):
        assert record.move(verb, client, 7).status == 412
    assert hall.student.put(record.path, JOB).status == 428
    assert record.get(hall.school).headers["etag"] == '"v1"'
    assert hall.school.get(record.path, headers={
        "If-None-Match": '"v1"'}).status == 304
    town.run("update student set graduates_on = null, actor = id where"
             " id = %s", record.student)
    refused(record.put(code="12"))


def test_whose_it_is(record, hall, other_student, server, town):
    student, client = other_student
    school = town.school(hall.people.consortium)
    stranger = server.client(town.token(
        hall.people.consortium, town.account(hall.people.consortium, "school",
                                             school)))
    record.put(employer_uscc=record.uscc)
    for other in (client, stranger, hall.enterprise):
        assert record.get(other).status == 404
    assert record.put(client, 1).status == 404
    assert record.put(stranger, 1).status == 404
    assert record.move("verify", stranger, 1).status == 404
    for verb in ("confirm", "dispute"):
        assert record.move(verb, hall.enterprise, 1).status == 404
    assert hall.enterprise.get(LIST).json["items"] == []
    record.put(employer_uscc=record.uscc, is_employer_asked=True)
    items = hall.enterprise.get(LIST).json["items"]
    assert [(one["student_name"], one["student_number"], one["pay_band"])
            for one in items] == [(hall.name, None, None)]
    assert record.get(hall.office).json["history"]
    # an employer that the office has not verified is not asked
    town.run("update enterprise set state = 'suspended', actor = id,"
             " reason = 'x' where id = %s", hall.people.enterprise)
    assert record.get(hall.enterprise).status == 404
    assert record.move("confirm", hall.enterprise, 2).status == 404
    stranger.close()


def test_the_list_has_the_filters_of_the_rates(record, hall, town,
                                               other_student):
    student, client = other_student
    second = Registrar(hall, student)
    town.run("update student set sex = 'female', actor = id where id = %s",
             student)
    record.asked(evidence_kind="labour_contract", evidence_sha256=SHA)
    record.move("verify", hall.school)
    whole = [str(record.student), str(student)]
    cases = {
        "": whole, "year=2026": whole, "year=2025": [], "month=6": whole,
        "month=7": [], "level=secondary": whole, "level=bachelor": [],
        "specialty=6603": whole, "specialty=66": whole, "specialty=61": [],
        "sex=female": whole[1:], "sex=unknown": whole[:1], "sex=male": [],
        f"school_id={hall.people.school}": whole,
        "division_code=330106": whole, "division_code=330105": [],
        "code=11": whole[:1], "code=none": whole[1:], "code=12": [],
        "state=verified": whole[:1], "state=declared": [],
        "evidence=declared": whole[:1], "evidence=document": whole[:1],
        "evidence=insurance_record": [], "workplace=33": whole[:1],
        "workplace=330106": whole[:1], "workplace=31": []}
    for query, wanted in cases.items():
        for one in (hall.school, hall.office):
            reply = one.get(f"{LIST}?{query}")
            assert reply.status == 200, reply
            assert [item["student_id"] for item in reply.json["items"]] \
                == wanted, query
    for query in ("year=1", "month=13", "sex=x", "code=1", "workplace=3",
                  "specialty=61999", f"school_id={new_id()}", "level=x",
                  "evidence=hearsay", "division_code=899999"):
        assert hall.office.get(f"{LIST}?{query}").status == 400, query
    assert second.get().json["version"] == 0


def test_a_frozen_cohort_is_corrected_with_a_reason(record, hall):
    record.put()
    body = {"graduation_year": 2026, "stage": "august"}
    made = hall.school.post(FREEZES, body)
    assert (made.status, made.json["frozen_by"]) == (201, "school"), made
    refused(hall.school.post(FREEZES, body), "conflict")
    reply = record.put(code="12")
    assert (reply.status, reply.wheres()) == (422, ["#/reason"])
    assert record.put().json["version"] == 1    # which changes nothing
    reply = record.put(code="12", reason="合同形式登记有误")
    assert reply.status == 200 and reply.json["is_frozen"]
    last = reply.json["history"][-1]
    assert (last["is_correction"], last["reason"], last["by"]) \
        == (True, "合同形式登记有误", "student")
    assert hall.office.get(f"{LIST}?year=2026").json["items"][0]["is_frozen"]
    listed = hall.office.get(f"{FREEZES}?graduation_year=2026").json["items"]
    assert listed == [made.json]
    assert hall.school.get(FREEZES).json["items"] == [made.json]
    assert hall.school.get(f"{FREEZES}?graduation_year=2025").json["items"] \
        == []


def test_what_a_freeze_must_be(record, hall, town):
    post = hall.office.post
    school = str(hall.people.school)
    assert post(FREEZES, {"graduation_year": 2026, "stage": "august"}
                ).wheres() == ["#/school_id"]
    assert post(FREEZES, {"graduation_year": 2026, "stage": "august",
                          "school_id": str(new_id())}
                ).wheres() == ["#/school_id"]
    assert post(FREEZES, {"graduation_year": 2090, "stage": "december",
                          "school_id": school}).wheres() == ["#/stage"]
    other = town.school(hall.people.consortium)
    assert hall.school.post(FREEZES, {
        "graduation_year": 2024, "stage": "august", "school_id": str(other)
    }).wheres() == ["#/school_id"]
    assert post(FREEZES, {"graduation_year": 2025, "stage": "december",
                          "school_id": str(other)}).status == 201


def test_employers_outside_are_checked_alike(record):
    assert record.put(employer_uscc=uscc(987654)).status == 200
    wrong = uscc(987654)[:-1] + ("0" if uscc(987654)[-1] != "0" else "1")
    assert record.put(employer_uscc=wrong).wheres() == ["#/employer_uscc"]
