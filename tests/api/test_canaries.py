"""Every GET of every role, with every id there is: what belongs to one student
is seen by whom it may be, and by nobody else.

A new path parameter that is not in IDS fails the run.
"""

import io
import itertools
import json
import re
import zipfile

import pytest

from tests.api.hall import Hall, odd_name
from tests.api.test_rights import CARDS
from tests.api.told import Told, instance_of
from tests.api.town import new_id

# What fills a path parameter: a table of ids, or words that are there.
IDS = {
    "student_id": "student", "posting_id": "posting",
    "enterprise_id": "enterprise", "school_id": "school",
    "application_id": "application", "offer_id": "offer",
    "placement_id": "placement", "complaint_id": "complaint",
    "disclosure_id": "disclosure", "post_category_id": "post_category",
    "round_id": "round", "run_id": "run", "appeal_id": "appeal",
    "capacity_request_id": "capacity_request", "comparison_id": "comparison",
    "account_id": "account", "session_id": "session", "api_key_id": "api_key",
    "invitation_id": "account_invitation", "import_id": "import",
    "fetch_id": "posting_feed_fetch",
    "provider_id": "identity_provider", "identity_id": "identity",
    "access_request_id": "access_request",
    "exemption_id": "quota_override",
    "notice_id": "quota_notice",
    "list_id": "specialty_list", "entry_id": "specialty_entry",
    "specialty_appeal_id": "specialty_appeal",
    "consortium_id": None,
}
WORDS = {"list": ["specialties"], "code": ["660301"], "number": ["1"],
         "months": ["6"],
         "year": ["2027"], "week": ["1"], "ref_system": ["hr"], "ref": ["1"],
         "consortium": ["lakeside"]}
QUERIES = {"consortium": "lakeside", "round_id": str(new_id()), "year": "2027",
           "q": "%E5%AE%9E%E4%B9%A0", "from": "2027-01-01",
           "to": "2027-12-31"}


@pytest.fixture(scope="module")
def city(server, town):
    """Two schools, two enterprises, three students; one of them has applied,
    been offered a place and taken it."""
    people = town.people()
    clients = {role: server.client(people.tokens[role])
               for role in people.tokens}
    hall = Hall(clients.__getitem__, people, town)
    marks = {"A": mark(hall, town, people.student, clients["school"])}
    second, other = hall.add_student(server)
    clients["B"], marks["B"] = other, mark(hall, town, second,
                                           clients["school"])
    school = town.school(people.consortium)
    third = town.student(people.consortium, school)
    clients["school T"] = signed_in(server, town, people, "school", school)
    marks["C"] = mark(hall, town, third, clients["school T"])
    clients["C"] = signed_in(server, town, people, "student", third)
    enterprise = town.enterprise(people.consortium)
    clients["enterprise F"] = signed_in(server, town, people, "enterprise",
                                        enterprise)
    posting = hall.open()
    take_place(hall, posting)
    hall.open()
    over = hall.open()
    Told(town, people.consortium, instance_of(
        people.enterprise, {over: 2}, {second: [over], third: [over],
                                       people.student: [over]})).publish()
    stranger = town.people()
    for role in ("student", "enterprise", "school", "office"):
        clients[f"{role} elsewhere"] = server.client(stranger.tokens[role])
    clients["nobody"] = server.client()
    server.current(town)
    yield people, clients, marks
    for client in clients.values():
        client.close()


def signed_in(server, town, people, role, owner):
    account = town.account(people.consortium, role, owner)
    return server.client(town.token(people.consortium, account))


def mark(hall, town, student, school):
    """What only this student has."""
    number = next(PHONES)
    marks = {"name": odd_name(), "number": f"N{new_id().hex[::-1][:20]}",
             "class": f"班{new_id().hex[::-1][:20]}",
             "phone": f"139{number:08d}"}
    town.run("update student set name = %s, student_number = %s,"
             " class_name = %s where id = %s", marks["name"],
             marks["number"], marks["class"], student)
    version = school.get(f"/v1/students/{student}").json["version"]
    reply = school.ask("PUT", f"/v1/students/{student}/contact",
                       {"phone": marks["phone"]},
                       headers={"If-Match": f'"v{version}"'})
    assert reply.status == 200, reply
    return marks


PHONES = itertools.count(17)


def take_place(hall, posting):
    application = hall.applied(posting)
    offer = hall.enterprise.post(f"/v1/applications/{application}/offers", {
        "starts_on": "2027-03-01", "ends_on": "2027-08-31",
        "pay_fen": 320000, "reply_by": "2027-02-01T00:00:00Z"})
    assert offer.status == 201, offer
    taken = hall.student.post(f"/v1/offers/{offer.json['id']}/accept")
    assert taken.status == 200, taken


def paths(card, town, people):
    """The card's path with every id of the consortium in it."""
    names = re.findall(r"\{(\w+)\}", card["path"])
    assert set(names) <= {*IDS, *WORDS}, "a parameter that nobody fills"
    found = []
    for name in names:
        if name in WORDS:
            found.append(WORDS[name])
        elif IDS[name] is None:
            found.append([str(people.consortium)])
        else:
            found.append([str(row[0]) for row in town.run(
                f"select id from {IDS[name]} where consortium_id = %s",
                people.consortium)] or [str(new_id())])
    for values in itertools.product(*found):
        yield re.sub(r"\{\w+\}", lambda _, v=iter(values): next(v),
                     card["path"])


def with_required(contract, card, path):
    operation = contract.operation_of("GET", path)
    needed = [part["name"] for part in
              map(contract.resolved, operation.get("parameters", []))
              if part["in"] == "query" and part.get("required")]
    assert set(needed) <= set(QUERIES)
    return path + "?" + "&".join(f"{n}={QUERIES[n]}" for n in needed)


# Of whom a client may see what belongs to him; None: only what a disclosure
# names (docs/rules.md 5.3).
MAY_SEE = {
    "student": "A", "B": "B", "C": "C", "school": "AB", "school T": "C",
    "office": "ABC",
}
DISCLOSED = {"enterprise": {"A": {"name", "phone"}}}


def text_of(reply):
    """What stands in it, also in a workbook."""
    if not reply.body.startswith(b"PK"):
        return reply.body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(reply.body)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def targets(contract, card, path):
    """The card's own, and those of its list whole."""
    target = with_required(contract, card, path)
    yield target
    if card["is_paged"]:
        for kind in ("jsonl", "csv", "xlsx"):
            yield target.replace("?", f".{kind}?")


def test_nobody_sees_what_is_not_theirs(city, town, contract):
    people, clients, marks = city
    seen, leaks, asked = set(), set(), 0
    for card in CARDS:
        if card["method"] != "GET":
            continue
        for target, (who, client) in itertools.product(
                (target for path in paths(card, town, people)
                 for target in targets(contract, card, path)),
                clients.items()):
            reply = client.get(target)
            asked += 1
            text = text_of(reply)
            for student, kind in itertools.product(marks, marks["A"]):
                if marks[student][kind] not in text:
                    continue
                seen.add((who, student, kind))
                if student not in MAY_SEE.get(who, "") and kind not in \
                        DISCLOSED.get(who, {}).get(student, set()):
                    leaks.add((who, card["operation"], student, kind))
    assert leaks == set(), json.dumps(sorted(leaks), ensure_ascii=False)
    # and the crawl did see them where they are
    assert {("enterprise", "A", "name"), ("enterprise", "A", "phone"),
            ("school", "B", "number"), ("school T", "C", "class"),
            ("student", "A", "phone")} <= seen
    assert asked > 1000
