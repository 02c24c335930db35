"""What hangs on accounts in the world of the matrix: what somebody signs in
with, and who may read what is sealed of minors. All of it is the owner's
school's.
"""

import hashlib
import secrets

from tests.api.town import new_id


class Thing:
    def __init__(self, kind, subject, state, **more):
        self.kind, self.id, self.state = kind, subject, state
        self.ids = {}          # other path parameters that go with it
        self.tokens = {}       # role: token of whom it is
        self.__dict__.update(more)


class Accounts:
    def responsible(self):
        """A colleague who lets others of the school read of minors."""
        made = self.account("school", "school", self.own.school)
        self.town.run("update account set is_responsible = true, actor = id"
                      " where id = %s", made)
        return made

    def of_head(self):
        return {"school": self.town.token(self.home, self.head)}

    def a_account(self, state):
        """Of the owner's school."""
        made = self.account("school", "school", self.own.school)
        if state == "disabled":
            self.town.run("update account set is_disabled = true, actor = id"
                          " where id = %s", made)
        return Thing("account", made, state, tokens=self.of_head())

    def a_account_invitation(self, state):
        made = new_id()
        self.town.run(
            "insert into account_invitation (consortium_id, id, login, role,"
            " school_id, token_sha256, created_by, expires_at) values (%s,"
            " %s, %s, 'school', %s, %s, %s, now() + interval '1 day')",
            self.home, made, f"guest{secrets.token_hex(6)}", self.own.school,
            secrets.token_bytes(32), self.own.accounts["school"])
        column = {"accepted": "accepted_at = now()",
                  "revoked": "revoked_at = now()",
                  "expired": "expires_at = now() - interval '1 hour'"}
        if state != "open":
            self.town.run(f"update account_invitation set {column[state]}"
                          " where id = %s", made)
        return Thing("account_invitation", made, state)

    def a_session(self, state):
        """Another session of the account that asks: of the school's."""
        made = self.session(self.own.accounts["school"])
        self.end_session(made, state)
        return Thing("session", made, state)

    def session(self, account):
        made = new_id()
        self.town.run("insert into session (consortium_id, id, account_id,"
                      " token_sha256, expires_at) values (%s, %s, %s, %s,"
                      " now() + interval '1 hour')", self.home, made, account,
                      hashlib.sha256(secrets.token_bytes(9)).digest())
        return made

    def end_session(self, session, state):
        if state == "revoked":
            self.town.run("update session set revoked_at = now()"
                          " where id = %s", session)

    def a_api_key(self, state):
        made, session = new_id(), new_id()
        self.town.run(
            "select make_api_key(%s, %s, %s, %s, '系统', '{postings:read}',"
            " %s, 'dk_12345678', now() + interval '1 hour')", self.home,
            self.own.accounts["school"], made, session,
            hashlib.sha256(secrets.token_bytes(9)).digest())
        self.end_session(session, state)
        return Thing("api_key", made, state)

    def a_identity_provider(self, state):
        made = new_id()
        self.town.run(
            "insert into identity_provider (consortium_id, id, school_id,"
            " name, issuer, client_id, secret_sealed, student_claim,"
            " makes_accounts, redirect_uris, is_enabled) values (%s, %s, %s,"
            " '统一身份认证', 'https://sso.school.example', %s, 'sealed',"
            " 'student_number', false, '{https://duikou.example/in}', %s)",
            self.home, made, self.own.school, str(made), state == "enabled")
        return Thing("identity_provider", made, state)

    def a_identity(self, state):
        """Of the account that asks: of the school's."""
        provider, made = self.a_identity_provider("enabled").id, new_id()
        self.town.run("insert into identity (consortium_id, id, provider_id,"
                      " subject, account_id) values (%s, %s, %s, %s, %s)",
                      self.home, made, provider, str(made),
                      self.own.accounts["school"])
        return Thing("identity", made, state)

    def a_access_request(self, state):
        """Of the school's account, to a colleague who is responsible."""
        made, is_approved = new_id(), state in ("approved", "ended")
        self.town.run(
            "insert into access_request (consortium_id, id, account_id,"
            " reason, decided_by, approved_until, refused_because, ended_at)"
            " values (%s, %s, %s, '联系实习学生', %s, case when %s then now()"
            " + interval '30 days' end, %s, case when %s then now() end)",
            self.home, made, self.own.accounts["school"],
            None if state == "requested" else self.head, is_approved,
            "与工作无关" if state == "refused" else None, state == "ended")
        return Thing("access_request", made, state, tokens=self.of_head())
