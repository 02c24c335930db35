"""Schools' own services to sign in at, as they are registered."""

import pytest

from tests.api.oidc_provider import CLIENT, REDIRECT, SECRET
from tests.api.town import new_id

PATH = "/v1/identity-providers"
ISSUER = "https://sso.school.example"


def entry(**changes):
    body = {"name": "统一身份认证", "issuer": ISSUER, "client_id": CLIENT,
            "client_secret": SECRET, "student_claim": "student_number",
            "redirect_uris": [REDIRECT], **changes}
    return {name: value for name, value in body.items() if value is not ...}


@pytest.fixture
def school(as_role):
    return as_role("school")


@pytest.fixture
def made(school):
    reply = school.post(PATH, entry())
    assert reply.status == 201, reply
    return reply


def patched(client, made, change, etag=None):
    return client.patch(f"{PATH}/{made.json['id']}", change,
                        headers={"If-Match": etag or made.etag})


def test_registered_by_the_school(school, made, people):
    assert made.json["school_id"] == str(people.school)
    assert (made.json["is_enabled"], made.json["makes_accounts"],
            made.json["staff_claim"]) == (True, False, None)
    assert SECRET not in str(made.body)
    at = made.headers["location"]
    got = school.get(at)
    assert (got.json, got.etag) == (made.json, made.etag)
    assert school.get(at, headers={"If-None-Match": got.etag}).status == 304
    assert school.get(f"{PATH}?limit=1").json["items"] == [made.json]
    again = school.post(PATH, entry())
    assert (again.status, again.wheres()) == (409, ["#/client_id"])
    assert school.post(PATH, entry(client_id="second")).status == 201


def test_registered_by_the_office(as_role, people, town):
    office = as_role("office")
    assert office.post(PATH, entry()).wheres() == ["#/school_id"]
    reply = office.post(PATH, entry(school_id=str(people.school)))
    assert reply.status == 201, reply
    for other in (str(new_id()), str(town.people().school)):
        assert office.post(PATH, entry(school_id=other)).wheres() == \
            ["#/school_id"]
    of = f"{PATH}?school_id="
    assert len(office.get(of + str(people.school)).json["items"]) == 1
    assert office.get(of + str(new_id())).json["items"] == []
    assert office.get(PATH + "?school_id=x").status == 400


def test_who_may(as_role, client, people, town, server, made):
    at = f"{PATH}/{made.json['id']}"
    school = town.school(people.consortium)
    other = server.client(town.token(people.consortium, town.account(
        people.consortium, "school", school)))
    assert other.post(PATH, entry(school_id=str(people.school))).wheres() \
        == ["#/school_id"]
    assert other.get(PATH).json["items"] == []
    for reply in (other.get(at), patched(other, made, {"name": "x"}),
                  other.delete(at, headers={"If-Match": made.etag})):
        assert reply.status == 404
    other.close()
    for who, status in ((as_role("student"), 403),
                        (as_role("enterprise"), 403), (client, 401)):
        assert who.post(PATH, entry()).status == status
        assert who.get(PATH).status == status
        assert who.get(at).status == status
        assert patched(who, made, {"name": "x"}).status == status
        assert who.delete(at, headers={"If-Match": made.etag}).status == \
            status
    key = as_role("school").post("/v1/api-keys", {
        "name": "x", "scopes": ["schools:read", "schools:write"]}).json["key"]
    system = server.client(key)
    assert system.post(PATH, entry()).status == 403
    assert system.get(PATH).status == 403
    system.close()


def test_every_flaw_is_named(school):
    assert school.post(PATH, {}).wheres() == [
        "#/issuer", "#/name", "#/client_id", "#/client_secret",
        "#/redirect_uris"]
    assert school.post(PATH, entry(student_claim=...)).wheres() == \
        ["#/student_claim"]
    assert school.post(PATH, entry(student_claim=..., staff_claim="x",
                                   makes_accounts=True)).wheres() == \
        ["#/makes_accounts"]
    assert school.post(PATH, entry(issuer="http://sso.example")).wheres() == \
        ["#/issuer"]
    bad = ["http://duikou.example/", "https://duikou.example/#a",
           "duikou.example", "https://a b/", "javascript:alert(1)",
           "http://localhost.example/"]
    for uri in bad:
        assert school.post(PATH, entry(redirect_uris=[uri])).wheres() == \
            ["#/redirect_uris/0"], uri
    assert school.post(PATH, entry(redirect_uris=[])).wheres() == \
        ["#/redirect_uris"]
    good = ["http://localhost:5173/in", "http://127.0.0.1/in",
            "https://Duikou.example/In?a=b"]
    reply = school.post(PATH, entry(redirect_uris=good))
    assert (reply.status, reply.json["redirect_uris"]) == (201, good)


def test_changed(school, made, town):
    at = made.json["id"]
    before = town.one("select secret_sealed from identity_provider where"
                      " id = %s", at)
    same = patched(school, made, {})
    assert (same.status, same.json) == (200, made.json)
    reply = patched(school, made, {
        "name": "新平台", "staff_claim": "preferred_username",
        "student_claim": None, "client_secret": "another",
        "redirect_uris": [REDIRECT, REDIRECT + "/2"], "is_enabled": False})
    assert reply.status == 200, reply
    assert (reply.json["name"], reply.json["student_claim"],
            reply.json["staff_claim"], reply.json["is_enabled"],
            len(reply.json["redirect_uris"])) == \
        ("新平台", None, "preferred_username", False, 2)
    assert before != town.one("select secret_sealed from identity_provider"
                              " where id = %s", at)
    assert patched(school, made, {"name": "x"}).status == 412
    assert school.patch(f"{PATH}/{at}", {"name": "x"}).status == 428
    etag = reply.etag
    assert patched(school, made, {"issuer": ISSUER}, etag).wheres() == \
        ["#/issuer"]
    assert patched(school, made, {"staff_claim": None}, etag).wheres() == \
        ["#/student_claim"]
    assert patched(school, made, {"makes_accounts": True}, etag).wheres() == \
        ["#/makes_accounts"]
    assert patched(school, made, {"redirect_uris": ["x"]}, etag).wheres() == \
        ["#/redirect_uris/0"]
    assert school.post(PATH, entry(client_id="second")).status == 201
    taken = patched(school, made, {"client_id": "second"}, etag)
    assert (taken.status, taken.wheres()) == (409, ["#/client_id"])


def test_taken_out(school, made):
    at = f"{PATH}/{made.json['id']}"
    assert school.delete(at).status == 428
    assert school.delete(at, headers={"If-Match": '"v9"'}).status == 412
    assert school.delete(at, headers={"If-Match": made.etag}).status == 204
    assert school.get(at).status == 404


def test_without_a_key_of_the_service(own_server):
    server, town = own_server(seal_keys="")
    client = server.client(town.people().tokens["school"])
    reply = client.post(PATH, entry())
    assert (reply.status, reply.problem["code"]) == (503, "no-key")
    client.close()
