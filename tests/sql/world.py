"""Rows for the tests: every table can be given a sound row in one call."""

import contextlib
import hashlib
import itertools
import json
import uuid

import psycopg2
import pytest
from psycopg2 import sql

from tests.sql.after_makers import AfterMakers
from tests.sql.quota_world import QuotaRows
from tests.sql.round_ways import RoundWays
from tests.sql.ways import Ways

SERVICE = "00000000-0000-0000-0000-000000000000"
TERMS = {
    "period_start": "2027-03-01", "period_end": "2027-08-31",
    "place": "車間", "content": "焊接", "board_and_lodging": "自理",
    "day_minutes": 480, "week_minutes": 2400, "rest_days": "週六、週日",
    "pay_fen": 300000, "pay_standard_fen": 300000, "pay_every": "month",
    "pay_by": "bank", "protection": "護目鏡", "accident_handling": "依法",
    "assessment": "學校與企業共同", "breach": "依法",
    "insurance_company": "保險公司", "insurance_policy": "P-1",
    "insurance_from": "2027-03-01", "insurance_to": "2027-08-31",
    "insurance_paid_by": "school", "school_supervisor": "李",
    "enterprise_supervisor": "王"}
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = [pow(3, i, 31) for i in range(17)]
numbers = itertools.count(1)


def new_id():
    return str(uuid.UUID(int=next(numbers) | 7 << 76 | 2 << 62))


def sha256(data):
    return hashlib.sha256(data).digest()


def uscc(number):
    """A sound credit code that is nobody's."""
    body = "91320500" + f"{number:09d}"
    total = sum(USCC_ALPHABET.index(char) * weight
                for char, weight in zip(body, USCC_WEIGHTS))
    return body + USCC_ALPHABET[-total % 31]


def refusal(error):
    return error.pgcode, error.diag.constraint_name


class World(AfterMakers, QuotaRows, RoundWays, Ways):
    """A consortium, and one sound row of every kind when it is asked for."""

    def __init__(self, db):
        self.db = db
        self.cursor = db.cursor()
        self.rows = {}
        self.consortium = self.add("consortium")["id"]

    def run(self, statement, *values):
        self.cursor.execute(statement, values or None)
        return self.cursor.fetchall() if self.cursor.description else None

    def one(self, statement, *values):
        return self.run(statement, *values)[0][0]

    @contextlib.contextmanager
    def refused(self, code, constraint=None):
        """The block must be refused so; what came before it stays."""
        self.run("savepoint before")
        rows = dict(self.rows)
        with pytest.raises(psycopg2.Error) as caught:
            yield
            self.run("set constraints all immediate")
        assert caught.value.pgcode == code, caught.value
        if constraint is not None:
            assert caught.value.diag.constraint_name == constraint
        self.run("rollback to savepoint before")
        self.rows = rows

    def any(self, table):
        """The id of some row of the table, made if there is none."""
        if table not in self.rows:
            self.rows[table] = self.add(table)
        return self.rows[table].get("id")

    def add(self, table, **values):
        """Inserts a sound row with these values in the place of its own."""
        row = {**self.sound(table, values), **values}
        self.cursor.execute(sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(sql.Placeholder() * len(row))),
            list(row.values()))
        self.rows.setdefault(table, row)
        return row

    def sound(self, table, given=()):
        row = getattr(self, "_" + table)(given)
        if table not in ("consortium", "attempt"):
            row = {"consortium_id": self.consortium, **row}
        return row

    def move(self, table, subject, state, **values):
        """Sets the state as a statement of the server does."""
        values = {"actor": SERVICE, **values, "state": state}
        self.update(table, subject, **values)

    def update(self, table, subject, **values):
        self.cursor.execute(
            sql.SQL("update {} set {} where consortium_id = %s"
                    " and id = %s").format(
                sql.Identifier(table),
                sql.SQL(", ").join(
                    sql.SQL("{} = %s").format(sql.Identifier(name))
                    for name in values)),
            [*values.values(), self.consortium, subject])
        assert self.cursor.rowcount == 1

    def get(self, table, subject, column):
        return self.one(
            sql.SQL("select {} from {} where consortium_id = %s"
                    " and id = %s").format(sql.Identifier(column),
                                           sql.Identifier(table)),
            self.consortium, subject)

    # one sound row of each table

    def _consortium(self, _):
        return {"id": new_id(), "slug": f"town-{next(numbers)}",
                "name": "示範聯合體", "division_code": "320500"}

    def _enterprise(self, _):
        return {"id": new_id(), "uscc": uscc(next(numbers)), "name": "企業",
                "industry_code": "3985", "division_code": "320505",
                "staff_count": 1000, "staff_counted_on": "2026-01-01"}

    def _post_category(self, given):
        return {"id": new_id(), "enterprise_id": self._enterprise_of(given),
                "name": f"焊工 {next(numbers)}", "staff_count": 40,
                "staff_counted_on": "2026-01-01"}

    def _enterprise_of(self, given):
        return given["enterprise_id"] if "enterprise_id" in given \
            else self.any("enterprise")

    def _school(self, _):
        return {"id": new_id(), "code": f"41{next(numbers):08d}",
                "name": "學校", "division_code": "320505",
                "kind": "associate"}

    def _student(self, _):
        return {"id": new_id(), "school_id": self.any("school"),
                "student_number": f"S{next(numbers)}", "name": "學生",
                "specialty_code": "460101", "entry_year": 2024,
                "graduates_on": "2027-07-01",
                "birth_date": "2008-01-01"}

    def _comparison(self, _):
        run = self.running_run()
        return {"id": new_id(), "run_id": run, "created_by": SERVICE,
                "round_id": self.get("run", run, "round_id")}

    def _import(self, _):
        return {"id": new_id(), "kind": "students", "mode": "upsert",
                "media_type": "text/csv", "bytes": 0,
                "owner_id": self.any("school"), "created_by": SERVICE}

    def _import_chunk(self, _):
        return {"import_id": self.any("import"), "number": 0, "bytes": b"x"}

    def _import_row(self, _):
        return {"import_id": self.any("import"), "n": 0, "number": 2,
                "status": "created", "cells": "[]"}

    def _account(self, given):
        row = {"id": new_id(), "login": f"user{next(numbers)}"}
        if "owner_kind" not in given:
            row |= {"role": "office", "owner_kind": "office"}
        return row

    def _session(self, _):
        return {"id": new_id(), "account_id": self.any("account"),
                "token_sha256": sha256(new_id().encode()),
                "expires_at": "2999-01-01"}

    def _attempt(self, _):
        return {"key_sha256": sha256(new_id().encode()), "taken": 1,
                "ends_at": "2999-01-01"}

    def _idempotency(self, _):
        return {"account_id": new_id(), "route": "POST /v1/postings",
                "key": new_id(), "fingerprint": sha256(b"body"),
                "expires_at": "2999-01-01"}

    def _posting(self, given):
        return {"id": new_id(), "enterprise_id": self._enterprise_of(given),
                "kind": "internship", "title": "焊工實習", "openings": 3,
                "targets": ["4601"], "division_code": "320505",
                "pay_min_fen": 300000, "pay_max_fen": 400000,
                "period_start": "2027-03-01", "period_end": "2027-08-31"}

    def _policy(self, _):
        return {"version": next(numbers), "valid_from": "2026-01-01"}

    def _quota_override(self, given):
        return {"id": new_id(), "enterprise_id": self._enterprise_of(given),
                "why": "a small workshop", "staff_cap_mille": 50,
                "starts_on": "2026-01-01", "ends_on": "2099-12-31"}

    def _demand_list(self, given):
        return {"enterprise_id": self._enterprise_of(given), "year": 2027,
                "updated_by": SERVICE}

    def _demand(self, given):
        self.any("demand_list")
        return {"enterprise_id": self._enterprise_of(given), "year": 2027,
                "number": 1, "specialty_code": "460101", "openings": 3}

    def _specialty_mapping(self, _):
        return {"school_id": self.any("school"), "name": "CAD",
                "name_folded": "cad", "specialty_code": "460101",
                "mapped_by": SERVICE}

    def _rarity_edition(self, _):
        return {"number": 1, "posting_count": 8, "word_count": 1}

    def _rarity_word(self, _):
        self.any("rarity_edition")
        return {"edition": 1, "is_certificate": False, "word": "plc编程",
                "asking": 4, "weight": 2000}

    def _recovery_code(self, _):
        return {"account_id": self.any("account"),
                "code_sha256": sha256(b"recovery")}

    def _account_invitation(self, _):
        return {"id": new_id(), "login": f"new.{next(numbers)}",
                "role": "office", "token_sha256": sha256(b"once"),
                "created_by": SERVICE, "expires_at": "2999-01-01"}

    def _identity_provider(self, _):
        return {"id": new_id(), "school_id": self.any("school"),
                "name": "統一身份認證", "issuer": "https://sso.example",
                "client_id": f"client{next(numbers)}",
                "secret_sealed": b"sealed", "student_claim": "number",
                "makes_accounts": False, "is_enabled": True,
                "redirect_uris": ["https://duikou.example/in"]}

    def _access_request(self, _):
        return {"id": new_id(), "account_id": self.any("account"),
                "reason": "聯繫實習學生"}

    def _identity(self, _):
        return {"id": new_id(), "provider_id": self.any("identity_provider"),
                "subject": f"s{next(numbers)}",
                "account_id": self.any("account")}

    def _oidc_authorization(self, _):
        return {"id": new_id(), "provider_id": self.any("identity_provider"),
                "state_sha256": sha256(b"state"),
                "binding_sha256": sha256(b"binding"),
                "redirect_uri": "https://duikou.example/in",
                "expires_at": "2999-01-01"}

    def _api_key(self, given):
        subject = given["id"] if "id" in given else self.any("account")
        return {"id": subject, "name": "ERP", "scopes": ["postings:read"],
                "prefix": "dk_AbC-_123", "created_by": SERVICE}

    def _round(self, _):
        return {"id": new_id(), "name": "春季實習", "seed": "spring",
                "seed_sha256": sha256(b"spring"),
                "opens_at": "2026-01-01", "closes_at": "2027-02-01",
                "period_start": "2027-03-01", "period_end": "2027-08-31"}

    def _wish_list(self, _):
        return {"round_id": self.open_round(),
                "student_id": self.any("student"), "updated_by": SERVICE}

    def _wish(self, _):
        self.any("wish_list")
        return {"round_id": self.open_round(),
                "student_id": self.any("student"), "rank": 1,
                "posting_id": self.any("posting")}

    def _run(self, given):
        row = {"id": new_id(), "mode": "stable"}
        if "round_id" not in given:
            row["round_id"] = self.closed_round()
        return row

    def _run_of(self, given):
        return given["run_id"] if "run_id" in given else self.running_run()

    def _run_proposal(self, given):
        return {"run_id": self._run_of(given),
                "student_id": self.any("student"), "rank": 1,
                "posting_id": self.any("posting")}

    def _run_file(self, given):
        return {"run_id": self._run_of(given), "kind": "instance",
                "bytes": b"{}", "sha256": sha256(b"{}")}

    def _run_placement(self, given):
        return {"run_id": self._run_of(given), "id": new_id(),
                "student_id": self.any("student"),
                "posting_id": self.any("posting"), "score": 9000,
                "choice": 1}

    def _run_cutoff(self, given):
        return {"run_id": self._run_of(given),
                "posting_id": self.any("posting"), "score": 9000,
                "lottery": 2 ** 64 - 1, "binding": "e1"}

    def _run_group(self, given):
        return {"run_id": self._run_of(given), "group_id": "e1",
                "placed": 3, "lower": 5, "upper": 9, "shortfall": 2}

    def _placement(self, given):
        if "origin" in given and given["origin"] == "self_found":
            return {"id": new_id(), "origin": "self_found", "title": "實習",
                    "student_id": self.any("student"),
                    "enterprise_id": self.any("enterprise"),
                    "period_start": "2027-03-01", "period_end": "2027-08-31"}
        return {"id": new_id(), "round_id": self.closed_round(),
                "run_id": self._run_of(given),
                "student_id": self.any("student"),
                "posting_id": self.any("posting"),
                "enterprise_id": self.any("enterprise"),
                "period_start": "2027-03-01", "period_end": "2027-08-31",
                "score": 9000, "choice": 1}

    def _agreement(self, given):
        if "id" in given:
            return {}
        return {"id": self.found_placement()}

    def _agreement_edition(self, given):
        placement = given["placement_id"] if "placement_id" in given \
            else self.any("agreement")
        text = json.dumps(TERMS)
        return {"placement_id": placement, "edition": 1, "terms": text,
                "sha256": sha256(f"{placement} 1 {text}".encode())}

    def _agreement_signature(self, given):
        row = {"edition": 1, "party": "school", "signed_on": "2026-11-01"}
        if "placement_id" not in given:
            self.any("agreement_edition")
            row["placement_id"] = self.any("agreement")
        return row

    def _internship_log(self, _):
        return {"id": new_id(), "placement_id": self.any("agreement"),
                "week": next(numbers) % 30000 + 1, "text": "焊接練習",
                "is_late": False}

    def _evaluation(self, given):
        row = {"id": new_id(), "made_by": "student", "score": 5}
        if "placement_id" not in given:
            row["placement_id"] = self.found_placement()
        return row

    def _application(self, given):
        row = {"id": new_id(), "student_id": self.add("student")["id"],
               "enterprise_id": self._enterprise_of(given), "score": 9000,
               "policy_version": 1}
        if "posting_id" not in given:
            row["posting_id"] = self.add(
                "posting", enterprise_id=row["enterprise_id"])["id"]
        return row

    def _interview(self, _):
        return {"id": new_id(), "application_id": self.any("application"),
                "at": "2999-01-01", "place": "302"}

    def _offer(self, given):
        row = {"id": new_id(), "starts_on": "2027-03-01",
               "ends_on": "2027-08-31", "pay_fen": 300000,
               "reply_by": "2999-01-01"}
        if "application_id" not in given:
            row["application_id"] = self.add("application")["id"]
        return row

    def _invitation(self, given):
        enterprise = self._enterprise_of(given)
        return {"id": new_id(), "student_id": self.any("student"),
                "posting_id": self.any("posting"),
                "enterprise_id": enterprise}

    def _complaint(self, _):
        return {"id": new_id(), "made_by": "student",
                "student_id": self.any("student"),
                "enterprise_id": self.any("enterprise"), "subject": "pay",
                "text": "欠薪"}

    def _cooperation(self, _):
        posting = self.add("posting", kind="order_class")["id"]
        return {"id": posting, "school_id": self.any("school"),
                "specialty_code": "460103"}

    def _graduate_destination(self, given):
        return {"id": given["id"] if "id" in given
                else self.add("student")["id"], "code": "70"}

    def _follow_up(self, given):
        return {"id": given["id"] if "id" in given
                else self.add("student")["id"], "months": 6, "code": "70"}

    def _destination_freeze(self, _):
        return {"id": new_id(), "school_id": self.any("school"),
                "graduation_year": 2026, "stage": "august",
                "frozen_at": "2026-08-31"}

    def _destination_edition(self, _):
        return {"student_id": new_id(), "version": 1, "at": "2026-07-01",
                "state": "declared", "is_correction": False,
                "content": "{}"}

    def _posting_feed(self, given):
        enterprise = given["id"] if "id" in given \
            else self.add("enterprise")["id"]
        return {"id": enterprise, "url": "https://a.example/feed",
                "put_by": SERVICE}

    def _posting_feed_turn(self, given):
        return {"id": given["id"] if "id" in given
                else self.add("posting_feed")["id"]}

    def _posting_feed_fetch(self, _):
        return {"id": new_id(), "feed_id": self.any("posting_feed"),
                "started_at": "2026-01-01", "outcome": "not_modified",
                "bytes": 0}

    def _posting_feed_item(self, _):
        return {"feed_id": self.any("posting_feed"),
                "posting_id": self.add("posting")["id"],
                "seen_in": new_id()}

    def _disclosure(self, _):
        return {"id": new_id(), "student_id": self.add("student")["id"],
                "enterprise_id": self.any("enterprise"),
                "purpose": "internship"}

    def _rule_reason(self, _):
        return {"id": new_id(), "rule": "fees-doubt", "level": "publish",
                "subject_kind": "posting", "subject_id": new_id(),
                "enterprise_id": self.any("enterprise"), "reason": "報銷",
                "created_by": SERVICE}

    def _host_unit(self, _):
        return {"id": new_id(), "school_id": self.any("school"),
                "enterprise_id": self.add("enterprise")["id"],
                "decided_on": "2026-08-20", "is_honest": True,
                "is_safe": True, "is_equipped": True,
                "visited_on": "2026-07-01", "visit_report": "齊全"}

    def _placement_filing(self, _):
        return {"id": self.found_placement(), "consented_by": "教育局",
                "consent_number": "12", "consented_on": "2026-06-01"}

    def _agreement_withdrawal(self, given):
        row = {"edition": 1, "party": "student", "reason": "距離"}
        if "placement_id" not in given:
            row["placement_id"] = self.found_placement()
            self.sign(row["placement_id"], "student")
        return row

    def _placement_notice(self, _):
        return {"placement_id": self.found_placement(),
                "about": "terminated", "party": "student"}
