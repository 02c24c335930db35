"""Postings: drafting and changing."""

import threading

import pytest

from tests.api.firm import PATH, UNWRITTEN, Firm, count, draft, whole
from tests.api.firm import firm, second  # noqa: F401 (fixtures)

# ---- drafting ----

def test_what_is_written_is_read_back(firm, town, people):
    category = town.one(
        "insert into post_category (consortium_id, id, enterprise_id, name,"
        " staff_count, staff_counted_on) values (%s, gen_random_uuid(), %s,"
        " '车工', 40, current_date) returning id", people.consortium,
        people.enterprise)
    body = whole(post_category_id=str(category))
    made = firm.client.post(PATH, body)
    assert made.status == 201
    assert made.etag == '"v1"'
    assert made.headers["location"] == f"{PATH}/{made.json['id']}"
    assert {**made.json, **body} == made.json
    assert set(made.json) == {*body, *UNWRITTEN}
    assert made.json["state"] == "draft"
    assert made.json["enterprise_id"] == str(people.enterprise)
    read = firm.client.get(made.headers["location"])
    assert (read.status, read.etag) == (200, '"v1"')
    assert read.json == made.json
    assert town.one("select created_by from posting where id = %s",
                    made.json["id"]) == people.accounts["enterprise"]


def test_what_is_not_said_is_null_or_empty(firm):
    made = firm.client.post(PATH, {"kind": "job", "title": "焊工",
                                   "openings": 1, "division_code": "330106"})
    assert made.status == 201
    said = {"kind", "title", "openings", "division_code"}
    for name in set(whole()) - said:
        assert made.json[name] in (None, [], ""), name


def test_null_is_as_good_as_nothing(firm):
    made = firm.client.post(PATH, draft(targets=None, pay_min_fen=None,
                                        pay_max_fen=None, address=None,
                                        required_skills=None))
    assert made.status == 201
    assert made.json["targets"] == [] and made.json["pay_min_fen"] is None


def test_codes_are_tidied(firm):
    made = firm.client.post(PATH, draft(targets=["510201K"],
                                        division_code=" ３３0106 "))
    assert made.json["targets"] == ["510201"]
    assert made.json["division_code"] == "330106"


WRONG = {
    "kind": ("traineeship", "not-a-choice"), "title": ("", "too-short"),
    "openings": (0, "out-of-range"), "targets": (["8"], "malformed"),
    "occupation_code": ("1-1", "too-short"),
    "division_code": ("33", "too-short"), "address": (" x", "not-trimmed"),
    "pay_min_fen": (-1, "out-of-range"),
    "pay_max_fen": (100000001, "out-of-range"),
    "pay_standard_fen": (0, "out-of-range"),
    "period_start": ("2027-02-30", "malformed"),
    "period_end": ("2027/08/31", "malformed"),
    "min_education": ("phd", "not-a-choice"),
    "required_skills": (["a", "a"], "repeated"),
    "preferred_skills": ([""], "too-short"),
    "required_certificates": (["x"] * 31, "too-many-items"),
    "preferred_certificates": (["x" * 61], "too-long"),
    "min_age": (15, "out-of-range"), "day_minutes": (1441, "out-of-range"),
    "week_minutes": (0, "out-of-range"), "labour_grade": (5, "out-of-range"),
    "conditions": (["dull"], "malformed"),
    "exception_filing": ("x" * 201, "too-long"),
    "ref_system": ("x" * 65, "too-long"), "ref": ("a\x01", "control-character"),
    "description": ("x" * 20001, "too-long"),
    "post_category_id": ("17", "malformed"),
}


def test_every_wrong_member_is_named_at_once(firm, town, people):
    wrong = {name: value for name, (value, _) in WRONG.items()}
    reply = firm.client.post(PATH, {**wrong, "salary": 1})
    assert (reply.status, reply.problem["code"]) == (422, "invalid-body")
    flaws = [(flaw["pointer"].split("/")[1], flaw["code"])
             for flaw in reply.problem["errors"]]
    assert sorted(flaws) == sorted([(name, code) for name, (_, code)
                                    in WRONG.items()] + [("salary", "unknown")]
                                   ), reply
    assert count(town, people) == 0


@pytest.mark.parametrize("name", sorted(whole()))
def test_wrong_types(firm, name):
    reply = firm.client.post(PATH, draft(**{name: {"a": 1}}))
    assert (reply.status, reply.wheres()) == (422, [f"#/{name}"])
    assert reply.problem["errors"][0]["code"] == "wrong-type"


def test_required_members(firm):
    reply = firm.client.post(PATH, {})
    assert reply.wheres() == ["#/kind", "#/title", "#/openings",
                              "#/division_code"]


CONTRADICTIONS = [
    ({"pay_max_fen": ...}, "#/pay_max_fen"),
    ({"pay_min_fen": ...}, "#/pay_min_fen"),
    ({"pay_max_fen": 319999}, "#/pay_max_fen"),
    ({"period_start": ...}, "#/period_start"),
    ({"period_end": None}, "#/period_end"),
    ({"period_end": "2027-03-01"}, "#/period_end"),
    ({"conditions": ["filed"]}, "#/exception_filing"),
    ({"exception_filing": "x"}, "#/conditions"),
    ({"ref": "1"}, "#/ref_system"),
    ({"ref_system": "hr"}, "#/ref"),
    ({"required_skills": [f"a{n}" for n in range(30)],
      "preferred_skills": [f"b{n}" for n in range(30)],
      "required_certificates": ["c"]}, "#/required_skills"),
]


@pytest.mark.parametrize("changes, where", CONTRADICTIONS)
def test_parts_must_agree(firm, town, people, changes, where):
    reply = firm.client.post(PATH, draft(**changes))
    assert (reply.status, reply.wheres()) == (422, [where])
    assert count(town, people) == 0


def test_all_contradictions_at_once(firm):
    reply = firm.client.post(PATH, draft(pay_max_fen=1, period_end=None,
                                         conditions=["filed"], ref="1"))
    assert reply.wheres() == ["#/pay_max_fen", "#/period_end",
                              "#/exception_filing", "#/ref_system"]


def test_every_unknown_code_is_named_at_once(firm, second, town, people):
    other = town.one(
        "insert into post_category (consortium_id, id, enterprise_id, name,"
        " staff_count, staff_counted_on) values (%s, gen_random_uuid(), %s,"
        " '车工', 40, current_date) returning id", people.consortium,
        second.enterprise)
    reply = firm.client.post(PATH, draft(
        targets=["660103", "660199", "6699", "79"], division_code="339999",
        occupation_code="8-99-99-99", post_category_id=str(other)))
    assert reply.status == 422
    assert sorted(zip(reply.wheres(), (flaw["code"] for flaw
                                       in reply.problem["errors"]))) == [
        ("#/division_code", "unknown-code"),
        ("#/occupation_code", "unknown-code"),
        ("#/post_category_id", "not-found"),
        ("#/targets/1", "unknown-code"), ("#/targets/2", "unknown-code")]
    assert count(town, people) == 0


def test_a_reference_is_unique(firm, second):
    named = {"ref_system": "hr", "ref": "17"}
    firm.add(**named)
    reply = firm.client.post(PATH, draft(**named))
    assert (reply.status, reply.wheres()) == (409, ["#/ref"])
    second.add(**named)
    firm.add(ref_system="hr", ref="18")


def test_many_at_once_are_apart(server, people, firm):
    """Grouped into one transaction or not, a bad one spoils no other."""
    firm.add(ref_system="hr", ref="taken")
    results, lock = [], threading.Lock()

    def post(number):
        client = server.client(people.tokens["enterprise"])
        for turn in range(6):
            body = draft(title=f"{number}-{turn}")
            if number % 3 == 0:
                body.update(ref_system="hr", ref="taken")
            if number % 3 == 1:
                body["targets"] = ["660199"]
            reply = client.post(PATH, body)
            with lock:
                results.append((number % 3, reply.status, reply))
        client.close()

    threads = [threading.Thread(target=post, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(kind, status) for kind, status, _ in results} == \
        {(0, 409), (1, 422), (2, 201)}
    titles = {reply.json["title"] for kind, _, reply in results if kind == 2}
    assert len(titles) == 24


def test_an_idempotency_key_posts_once(firm, town, people):
    key = {"Idempotency-Key": "one"}
    first = firm.client.post(PATH, draft(), headers=key)
    again = firm.client.post(PATH, draft(), headers=key)
    assert (first.status, again.status) == (201, 201)
    assert again.json == first.json
    assert again.headers["location"] == first.headers["location"]
    other = firm.client.post(PATH, draft(openings=5), headers=key)
    assert other.status == 422
    assert count(town, people) == 1


def test_a_refused_post_leaves_its_key_free(firm):
    key = {"Idempotency-Key": "two"}
    bad = firm.client.post(PATH, draft(targets=["660199"]), headers=key)
    assert (bad.status, bad.wheres()) == (422, ["#/targets/0"])
    assert firm.client.post(PATH, draft(), headers=key).status == 201


@pytest.mark.parametrize("raw, status", [
    (b"", 400), (b"{", 400), (b"[]", 422), (b"null", 422),
    (b'{"kind": "job", "kind": "job"}', 400), (b'{"title": "\xff"}', 400)])
def test_malformed_bodies(firm, raw, status):
    assert firm.client.post(PATH, raw=raw).status == status


def test_a_long_description_fits_and_a_longer_body_does_not(firm):
    text = "职" * 20000
    assert firm.add(description=text)["description"] == text
    assert firm.client.post(PATH, draft(description="x" * 270000)
                            ).status == 413


# ---- changing ----

def test_a_patch_changes_what_it_names(firm):
    made = firm.client.post(PATH, whole()).json
    reply = firm.patch(made, 1, openings=9, address=None,
                       preferred_certificates=["焊接"])
    assert (reply.status, reply.etag) == (200, '"v2"')
    assert reply.json == {**made, "openings": 9, "address": None,
                          "preferred_certificates": ["焊接"], "version": 2,
                          "updated_at": reply.json["updated_at"]}
    assert firm.client.get(f"{PATH}/{made['id']}").json == reply.json


def test_null_empties_every_member_that_may_be_empty(firm):
    made = firm.client.post(PATH, whole(kind="job")).json
    kept = {"kind", "title", "openings", "division_code"}
    reply = firm.patch(made, 1, **{name: None for name in whole()
                                   if name not in kept})
    assert reply.status == 200, reply
    for name in set(whole()) - kept:
        assert reply.json[name] in (None, [], ""), name
    bad = firm.patch(made, 2, **{name: None for name in kept})
    assert sorted(bad.wheres()) == sorted(f"#/{name}" for name in kept)


def test_stale_and_missing_versions(firm):
    made = firm.add()
    path = f"{PATH}/{made['id']}"
    assert firm.patch(made, 1, openings=5).status == 200
    stale = firm.patch(made, 1, openings=6)
    assert (stale.status, stale.problem["code"]) == (412, "stale-version")
    assert '"v2"' in stale.problem["detail"]
    assert firm.client.patch(path, {"openings": 6}).status == 428
    assert firm.client.patch(path, {"openings": 6},
                             headers={"If-Match": "*"}).status == 412
    assert firm.client.get(path).json["openings"] == 5


def test_of_two_patches_at_once_one_wins(server, people, firm):
    made = firm.add()
    statuses = []

    def patch(number):
        one = Firm(server.client(people.tokens["enterprise"]), None)
        statuses.append(one.patch(made, 1, openings=number).status)
        one.client.close()

    threads = [threading.Thread(target=patch, args=(n,))
               for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [412] * 7


def test_a_patch_is_held_to_the_same_as_a_post(firm):
    made = firm.add()
    path = f"{PATH}/{made['id']}"
    assert firm.patch(made, 1, kind="x", salary=1).wheres() == \
        ["#/kind", "#/salary"]
    assert firm.patch(made, 1, pay_max_fen=1).wheres() == ["#/pay_max_fen"]
    unknown = firm.patch(made, 1, targets=["660103", "660199"],
                         division_code="339999")
    assert (unknown.status, sorted(unknown.wheres())) == \
        (422, ["#/division_code", "#/targets/1"])
    assert firm.patch(made, 1, state="published").wheres() == ["#/state"]
    assert firm.client.patch(path, {}, headers={"If-Match": '"v1"'},
                             content_type="application/json").status == 415
    assert firm.client.get(path).json == made


def test_a_patch_may_not_take_another_s_reference(firm):
    firm.add(ref_system="hr", ref="1")
    made = firm.add(ref_system="hr", ref="2")
    reply = firm.patch(made, 1, ref="1")
    assert (reply.status, reply.wheres()) == (409, ["#/ref"])


def test_a_public_posting_keeps_to_the_rules(firm):
    posting = firm.open()
    bad = firm.patch(posting, 2, labour_grade=3, targets=[],
                     conditions=["toxic"])
    assert (bad.status, bad.problem["code"]) == (422, "rule-broken")
    assert bad.wheres() == ["#/labour_grade", "#/targets", "#/conditions"]
    assert (bad.problem["rule"], bad.problem["limit"],
            bad.problem["actual"]) == ("labour-grade", 2, 3)
    good = firm.patch(posting, 2, openings=8)
    assert (good.status, good.json["state"], good.json["version"]) == \
        (200, "published", 3)
