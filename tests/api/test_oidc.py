"""Signing in at one's school: the way there and back, and who stays out."""

import threading

import pytest

from tests.api.oidc_provider import CLIENT, REDIRECT, SECRET, Provider
from tests.api.test_reference_lists import walk
from tests.api.test_totp import code_of, now
from tests.api.town import new_id

PROVIDERS, MINE = "/v1/identity-providers", "/v1/me/identities"


@pytest.fixture(scope="module")
def room(apart):
    with apart(provider_reach=2, oidc_s=600) as (server, _, town):
        yield server, town


@pytest.fixture(scope="module")
def school_server():
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def sso(school_server):
    school_server.reset()
    return school_server


class Desk:
    """A school with its provider, and a browser."""

    def __init__(self, room, sso, **changes):
        self.server, self.town = room
        self.sso, self.people = sso, self.town.people()
        self.clients = {role: self.server.client(self.people.tokens[role])
                        for role in self.people.tokens}
        self.browser = self.server.client()
        self.student, self.school = self.clients["student"], \
            self.clients["school"]
        made = self.register(**changes)
        assert made.status == 201, made
        self.provider = made.json
        self.number = self.town.one("select student_number from student"
                                    " where id = %s", self.people.student)

    def register(self, who="school", **changes):
        body = {"name": "统一身份认证", "issuer": self.sso.issuer,
                "client_id": CLIENT, "client_secret": SECRET,
                "student_claim": "student_number",
                "staff_claim": "preferred_username",
                "redirect_uris": [REDIRECT], **changes}
        return self.clients[who].post(PROVIDERS, body)

    def begin(self, **changes):
        return self.browser.post("/v1/oidc/authorizations", {
            "consortium": self.people.slug,
            "provider_id": self.provider["id"], "redirect_uri": REDIRECT,
            **changes})

    def there(self, subject="s-1", **claims):
        """What createOidcSession wants, after a visit to the provider."""
        begun = self.begin()
        assert begun.status == 201, begun
        if not claims:
            claims = {"student_number": self.number}
        back = self.sso.visit(begun.json["authorization_url"], subject,
                              **claims)
        return {**back, "binding": begun.json["binding"]}

    def back(self, body, client=None):
        return (client or self.browser).post("/v1/oidc/sessions", body)

    def enter(self, subject="s-1", **claims):
        return self.back(self.there(subject, **claims))

    def close(self):
        for client in [*self.clients.values(), self.browser]:
            client.close()


@pytest.fixture
def desk(room, sso):
    desk = Desk(room, sso)
    yield desk
    desk.close()


def refused(reply, status, code):
    assert (reply.status, reply.problem["code"]) == (status, code), reply
    return reply.problem.get("detail")


def test_a_student_signs_in(desk):
    reply = desk.enter()
    assert reply.status == 201, reply
    assert (reply.json["role"], reply.json["account_id"]) == \
        ("student", str(desk.people.accounts["student"]))
    client = desk.server.client(reply.json["token"])
    me = client.get("/v1/me")
    assert me.json["owner"]["id"] == str(desk.people.student), me
    row = client.get("/v1/sessions").json["items"][0]
    assert reply.headers["location"].endswith(row["id"])
    assert (row["is_current"], row["address"]) == (True, "127.0.0.1")
    history = client.get("/v1/me/sign-ins").json["items"]
    assert [(s["method"], s["provider_id"]) for s in history] == \
        [("oidc", desk.provider["id"]), ("password", None)]
    known = client.get(MINE).json["items"]
    assert [(i["subject"], i["issuer"], i["provider_id"]) for i in known] == \
        [("s-1", desk.sso.issuer, desk.provider["id"])]
    assert client.delete("/v1/sessions/current").status == 204
    assert client.get("/v1/me").status == 401
    client.close()


def test_the_staff_signs_in(desk):
    reply = desk.enter("t-1", preferred_username=desk.people.logins["school"])
    assert (reply.status, reply.json["role"]) == (201, "school"), reply


def test_the_secret_goes_as_the_provider_wants_it(desk):
    assert desk.enter().status == 201
    headers, form = desk.sso.forms[-1]
    assert "client_secret" not in form and "Basic" in headers["Authorization"]


def test_the_secret_is_posted_to_who_knows_nothing_else(room, sso):
    sso.described = {"token_endpoint_auth_methods_supported":
                     ["client_secret_post"]}
    other = Provider()
    other.described = sso.described
    desk = Desk(room, other)
    assert desk.enter().status == 201
    headers, form = other.forms[-1]
    assert form["client_secret"] == SECRET and "Authorization" not in headers
    desk.close()
    other.close()


def test_nothing_in_the_database_lets_anybody_in(desk):
    body = desk.there()
    kept = str(desk.town.run(
        "select row_to_json(o)::text from oidc_authorization o where"
        " provider_id = %s", desk.provider["id"]))
    for secret in (body["state"], body["binding"], body["code"]):
        assert secret not in kept
    assert SECRET not in str(desk.town.run(
        "select convert_from(secret_sealed, 'UTF8') from identity_provider"
        " where id = %s", desk.provider["id"]))


def test_the_subject_counts_once_it_is_known(desk):
    assert desk.enter("s-1").status == 201
    other = desk.town.student(desk.people.consortium, desk.people.school)
    number = desk.town.one("select student_number from student where id = %s",
                           other)
    account = desk.town.account(desk.people.consortium, "student", other)
    moved = desk.enter("s-1", student_number=number)
    assert moved.json["account_id"] == str(desk.people.accounts["student"])
    detail = refused(desk.enter("s-2", student_number=desk.number), 403,
                     "no-account")
    assert "another identity" in detail
    assert desk.enter("s-2", student_number=number).json["account_id"] == \
        str(account)


def test_a_first_sign_in_makes_an_account_where_it_may(desk, room, sso):
    student = desk.town.student(desk.people.consortium, desk.people.school)
    number = desk.town.one("select student_number from student where id = %s",
                           student)
    refused(desk.enter("n-1", student_number=number), 403, "no-account")
    etag = desk.school.get(f"{PROVIDERS}/{desk.provider['id']}").etag
    assert desk.school.patch(f"{PROVIDERS}/{desk.provider['id']}",
                             {"makes_accounts": True},
                             headers={"If-Match": etag}).status == 200
    statuses, bodies = [], [desk.there("n-1", student_number=number)
                            for _ in range(3)]

    def enter(body):
        client = desk.server.client()
        statuses.append(desk.back(body, client).status)
        client.close()

    threads = [threading.Thread(target=enter, args=(body,))
               for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [201] * 3
    made = desk.town.run("select role, password_hash from account where"
                         " student_id = %s", student)
    assert made == [("student", None)]
    desk.town.run("update student set state = 'left', actor = %s, reason = 'x'"
                  " where id = %s", new_id(), desk.town.student(
                      desk.people.consortium, desk.people.school))
    gone = desk.town.run("select student_number from student where"
                         " consortium_id = %s and state = 'left'",
                         desk.people.consortium)[0][0]
    refused(desk.enter("n-2", student_number=gone), 403, "no-account")


def test_nobody_beyond_the_school(desk):
    town, home = desk.town, desk.people.consortium
    school = town.school(home)
    town.account(home, "school", school, login="other.school")
    stranger = town.student(home, school)
    town.account(home, "student", stranger)
    town.run("update student set student_number = 'ELSEWHERE', actor = %s"
             " where id = %s", new_id(), stranger)
    elsewhere = town.people()
    number = town.one("select student_number from student where id = %s",
                      elsewhere.student)
    for claims in ({"student_number": "ELSEWHERE"},
                   {"student_number": number},
                   {"preferred_username": "other.school"},
                   {"preferred_username": desk.people.logins["office"]},
                   {"preferred_username": desk.people.logins["enterprise"]},
                   {"preferred_username": elsewhere.logins["school"]},
                   {"preferred_username": desk.people.logins["student"]},
                   {"student_number": None}, {"student_number": ""},
                   {"student_number": 7},
                   {"student_number": desk.number,
                    "preferred_username": desk.people.logins["school"]}):
        refused(desk.enter("x-1", **claims), 403, "no-account")
    assert town.one("select count(*) from identity where consortium_id = %s",
                    home) == 0


def test_disabled_erased_or_gone_to_another_school(desk):
    town = desk.town
    assert desk.enter().status == 201
    account = desk.people.accounts["student"]
    assert desk.school.post(f"/v1/accounts/{account}/disable").status == 200
    refused(desk.enter(), 403, "no-account")
    refused(desk.enter("s-9"), 403, "no-account")
    assert desk.school.post(f"/v1/accounts/{account}/enable").status == 200
    assert desk.enter().status == 201
    other = town.school(desk.people.consortium)
    town.run("update student set school_id = %s, actor = %s where id = %s",
             other, new_id(), desk.people.student)
    refused(desk.enter(), 403, "no-account")
    town.run("update student set school_id = %s, actor = %s where id = %s",
             desk.people.school, new_id(), desk.people.student)
    town.run("select erase_student(%s, %s, 'x', %s)", desk.people.consortium,
             desk.people.student, new_id())
    refused(desk.enter(), 403, "no-account")
    assert town.one("select count(*) from identity where account_id = %s",
                    account) == 0


def test_a_code_and_a_state_work_once(desk):
    body = desk.there()
    assert desk.back(body).status == 201
    for again in (body, {**body, "one_time_code": "123456"}):
        assert "used" in refused(desk.back(again), 401, "sign-in-refused")
    fresh = desk.there()
    assert desk.back({**fresh, "code": body["code"]}).problem["detail"] == \
        "the provider does not accept the code"
    refused(desk.back(fresh), 401, "sign-in-refused")


def test_of_many_with_one_code_one_comes_in(desk):
    body, statuses = desk.there(), []

    def enter():
        client = desk.server.client()
        statuses.append(desk.back(body, client).status)
        client.close()

    threads = [threading.Thread(target=enter) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201] + [401] * 5
    assert desk.sso.hits.count("/token") == 1


def test_another_browser(desk):
    """What an attacker made somebody else's browser bring is not his."""
    mine, theirs = desk.there("s-1"), desk.there("s-2")
    for body in ({**mine, "binding": theirs["binding"]},
                 {**mine, "binding": "x" * 43},
                 {**mine, "state": theirs["state"]}):
        refused(desk.back(body), 401, "sign-in-refused")
    # his own state and binding, but the other's code: the verifier is wrong
    detail = refused(desk.back({**mine, "code": theirs["code"]}), 401,
                     "sign-in-refused")
    assert detail == "the provider does not accept the code"
    refused(desk.back(theirs), 401, "sign-in-refused")


def test_too_late(desk):
    body = desk.there()
    desk.town.run("update oidc_authorization set expires_at = now()"
                  " where provider_id = %s", desk.provider["id"])
    refused(desk.back(body), 401, "sign-in-refused")
    assert "/token" not in desk.sso.hits


def test_mixed_up_providers(room, desk):
    """An answer of one is not taken to the other."""
    evil = Provider()
    other = desk.register(issuer=evil.issuer).json
    body = desk.there()
    detail = refused(desk.back({**body, "iss": evil.issuer}), 401,
                     "sign-in-refused")
    assert detail == "the answer is of another provider"
    begun = desk.begin(provider_id=other["id"]).json
    code = desk.there()["code"]
    refused(desk.back({"state": begun["state"], "binding": begun["binding"],
                       "code": code, "iss": desk.sso.issuer}), 401,
            "sign-in-refused")
    assert "/token" not in evil.hits
    assert desk.back({**desk.there(), "iss": desk.sso.issuer}).status == 201
    evil.close()


def test_a_provider_that_says_who_it_is_has_to(room):
    sso = Provider()
    sso.described = {"authorization_response_iss_parameter_supported": True}
    desk = Desk(room, sso)
    detail = refused(desk.enter(), 401, "sign-in-refused")
    assert detail == "the answer is of another provider"
    assert desk.back({**desk.there(), "iss": sso.issuer}).status == 201
    desk.close()
    sso.close()


def test_whoever_has_a_second_factor_needs_it_here_too(desk):
    secret = desk.student.post("/v1/me/totp").json["secret"]
    codes = desk.student.post("/v1/me/totp/confirm", {
        "code": code_of(secret, now())}).json["recovery_codes"]
    body = desk.there()
    refused(desk.back(body), 401, "totp-required")
    later = {"state": body["state"], "binding": body["binding"]}
    assert desk.back(later).wheres() == ["#/code"]
    refused(desk.back({**later, "one_time_code": "wrong-code"}), 401,
            "bad-credentials")
    refused(desk.back({**later, "binding": "x", "one_time_code": codes[0]}),
            401, "sign-in-refused")
    assert desk.back({**later, "one_time_code": codes[0]}).status == 201
    refused(desk.back({**later, "one_time_code": codes[1]}), 401,
            "sign-in-refused")
    at_once = desk.there()
    assert desk.back({**at_once, "one_time_code": codes[2]}).status == 201


def test_wrong_codes_are_counted_with_those_of_passwords(own_server, sso):
    server, town = own_server(provider_reach=2, sign_in_account_max=3)
    desk = Desk((server, town), sso)
    secret = desk.student.post("/v1/me/totp").json["secret"]
    assert desk.student.post("/v1/me/totp/confirm", {
        "code": code_of(secret, now())}).status == 200
    body = desk.there()
    refused(desk.back(body), 401, "totp-required")
    later = {"state": body["state"], "binding": body["binding"],
             "one_time_code": "wrong-code"}
    for _ in range(3):
        refused(desk.back(later), 401, "bad-credentials")
    reply = desk.back(later)
    refused(reply, 429, "too-many-requests")
    assert int(reply.headers["retry-after"]) > 0
    by_password = desk.browser.post("/v1/sessions", {
        "consortium": desk.people.slug, "password": "x",
        "login_name": desk.people.logins["student"]})
    refused(by_password, 429, "too-many-requests")
    desk.close()


def test_too_many_from_one_address(own_server, sso):
    server, town = own_server(provider_reach=2, sign_in_address_max=2)
    desk = Desk((server, town), sso)
    for _ in range(3):	# good ones do not count
        assert desk.enter().status == 201
    bad = {"state": "x", "binding": "y", "code": "z"}
    for _ in range(2):
        refused(desk.back(bad), 401, "sign-in-refused")
    refused(desk.back(bad), 429, "too-many-requests")
    for _ in range(20):
        reply = desk.begin()
    refused(reply, 429, "too-many-requests")
    desk.close()


def test_one_forgets_who_one_is_there(desk):
    reply = desk.enter()
    client = desk.server.client(reply.json["token"])
    known = client.get(MINE).json["items"][0]
    assert desk.school.get(MINE).json["items"] == []
    assert desk.school.delete(f"{MINE}/{known['id']}").status == 404
    assert client.delete(f"{MINE}/{known['id']}").status == 204
    assert client.delete(f"{MINE}/{known['id']}").status == 404
    assert client.get(MINE).json["items"] == []
    nobody = desk.server.client()
    assert nobody.get(MINE).status == 401
    assert nobody.delete(f"{MINE}/{known['id']}").status == 401
    nobody.close()
    assert client.get(f"{MINE}?limit=0").status == 400
    assert desk.enter("s-7").status == 201, "another identity may follow"
    client.close()


def test_the_page_to_sign_in(desk):
    slug = desk.people.slug
    shown = walk(desk.browser,
                 f"/v1/sign-in-providers?consortium={slug}&limit=1")
    assert [(p["id"], p["school_id"]) for p in shown] == \
        [(desk.provider["id"], str(desk.people.school))]
    assert set(shown[0]) == {"id", "name", "school_id", "school_name"}
    of = f"/v1/sign-in-providers?consortium={slug}&school_id="
    assert desk.browser.get(of + str(new_id())).json["items"] == []
    assert desk.browser.get("/v1/sign-in-providers").wheres() == ["consortium"]
    etag = desk.school.get(f"{PROVIDERS}/{desk.provider['id']}").etag
    body = desk.there()
    off = desk.school.patch(f"{PROVIDERS}/{desk.provider['id']}",
                            {"is_enabled": False}, headers={"If-Match": etag})
    assert off.json["is_enabled"] is False
    assert desk.browser.get(of.split("&")[0]).json["items"] == []
    refused(desk.begin(), 404, "not-found")
    refused(desk.back(body), 401, "sign-in-refused")


def test_only_to_where_the_provider_was_registered_with(desk):
    for uri in (REDIRECT + "/", REDIRECT + "?a=b", REDIRECT.upper(),
                "https://evil.example/", REDIRECT[:-1]):
        assert desk.begin(redirect_uri=uri).wheres() == ["#/redirect_uri"]
    refused(desk.begin(provider_id=str(new_id())), 404, "not-found")
    refused(desk.begin(consortium="nowhere"), 404, "not-found")
    assert desk.browser.post("/v1/oidc/authorizations", {}).wheres() == \
        ["#/consortium", "#/provider_id", "#/redirect_uri"]
    assert desk.browser.post("/v1/oidc/sessions", {}).wheres() == \
        ["#/state", "#/binding"]
