"""Rows for lists that little else is about, as test_exports.py wants them."""

import json

from tests.api.town import new_id


def done(reply):
    assert reply.status in (200, 201, 202, 204), reply
    return reply


def fill_sign_in(hall):
    """A provider, who one is there, and what is asked for and read of minors.
    The provider has no server: nobody signs in at it."""
    people, provider = hall.people, new_id()
    hall.town.run(
        "insert into identity_provider (consortium_id, id, school_id, name,"
        " issuer, client_id, secret_sealed, student_claim, makes_accounts,"
        " redirect_uris, is_enabled) values (%s, %s, %s, '=统一身份认证',"
        " 'https://sso.school.example', 'duikou', 'sealed',"
        " 'student_number', false, '{https://duikou.example/in}', true)",
        people.consortium, provider, people.school)
    hall.town.run(
        "insert into identity (consortium_id, id, provider_id, subject,"
        " account_id) values (%s, %s, %s, '=1+1', %s)", people.consortium,
        new_id(), provider, people.accounts["school"])
    done(hall.school.post("/v1/access-requests", {"reason": "=联系学生"}))
    hall.town.run(
        "select audit_append(%s, %s, 'read', 'student', %s, %s)",
        people.consortium, people.accounts["school"], people.student,
        json.dumps({"what": "contact", "reason": "=联系学生"}))


def fill_cooperation(hall):
    """An order class that is proposed, and a feed that was not reached."""
    people = hall.people
    draft = hall.firm.add(kind="order_class", targets=["660301"])
    done(hall.enterprise.put(
        f"/v1/postings/{draft['id']}/cooperation", {
            "school_id": str(people.school), "specialty_code": "660301",
            "entry_year": 2024, "cohort_size": 30, "note": "=冠名班"}))
    hall.town.run("select put_posting_feed(%s, %s, %s,"
                  " 'https://jobs.example.com/all', 360, false, 30, false)",
                  people.consortium, people.enterprise,
                  people.accounts["enterprise"])
    hall.town.run(
        "insert into posting_feed_fetch (consortium_id, id, feed_id,"
        " started_at, outcome, bytes, problem, detail_en, detail_zh) values"
        " (%s, %s, %s, now(), 'failed', 0, 'unreachable', '=no answer',"
        " '=无应答')", people.consortium, new_id(), people.enterprise)
