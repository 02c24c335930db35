"""Every constraint refuses a bad row, and names itself.

The last test of this file asks the catalogue for all constraints, so that a
new one without a case here fails.
"""

import itertools
import json
import re

import pytest

from tests.support import pg as support
from tests.sql.bad_reference import REFERENCE
from tests.sql.bad_rows import CHECKS
from tests.sql.world import SERVICE, new_id, sha256, uscc

# shown where the rest of their story is
ELSEWHERE = {
    # test_nobody_lets_himself_read
    "access_request_is_decided_by_another",
    # the state of a row only moves, and a move to no state is DK001 first
    "enterprise_state_check", "student_state_check", "round_state_check",
    "run_state_check", "placement_state_check", "import_state_check",
    "comparison_state_check", "comparison_running_is_held",
    # test_an_import_says_how_it_stands
    "import_running_is_held", "import_ended_is_timed",
    "import_done_is_counted", "import_failed_says_why", "application_state_check",
    "offer_state_check", "complaint_state_check", "cooperation_state_check",
    "graduate_destination_state_check", "capacity_request_state_check",
    # account: role and owner_kind cannot be wrong alone
    "account_role_check", "account_owner_kind_check",
    # test_states.py
    "round_has_policy", "run_running_is_held", "run_done_is_verified",
    "run_failed_says_why", "complaint_answered_has_answer",
    "appeal_decided_has_answer", "appeal_state_check",
    "specialty_list_state_check", "specialty_list_comment_has_end",
    "specialty_appeal_state_check", "specialty_appeal_answered_says_what",
    "placement_dates_fit_state",
    # pins cannot be wrong alone: run_again_says_who_stays is the first to say
    "run_pins_check",
    # the chain overwrites both before they are weighed
    "audit_prev_hash_check", "audit_hash_check",
}


def label(case):
    return case if isinstance(case, str) else None


@pytest.mark.parametrize("table,constraint,values", CHECKS, ids=label)
def test_check_refuses(world, table, constraint, values):
    row = world.sound(table, values)
    with world.refused("23514", constraint):
        world.add(table, **{**row, **values})
    world.add(table, **row)  # and nothing else was wrong with it


# a sound row to spoil: which one, or, where there is none, such a one
WHERE = {"specialty": "where code = '460101'",
         "specialty_node": "where code = '4601'",
         "industry": "where code = '3985'"}
ALONE = {"audit": {"consortium_id": SERVICE, "seq": 1, "at": "2026-01-01",
                   "actor": SERVICE, "action": "x", "subject_kind": "x",
                   "detail": {}, "prev_hash": "\\x", "hash": "\\x"}}


@pytest.mark.parametrize("table,constraint,values", REFERENCE, ids=label)
def test_reference_check_refuses(world, table, constraint, values):
    rows = world.run("select row_to_json(t) from {0} t {1} limit 1".format(
        table, WHERE.get(table, "")))
    row = rows[0][0] if rows else ALONE[table]
    with world.refused("23514", constraint):
        world.run("insert into {0} select * from"
                  " json_populate_record(null::{0}, %s)".format(table),
                  json.dumps({**row, **values}))


def test_states_and_roles_are_known(world):
    """Their triggers speak first; without them the check stands."""
    for table in ("enterprise", "student", "round", "run", "placement",
                  "application", "offer", "complaint", "comparison",
                  "cooperation", "graduate_destination", "appeal",
                  "specialty_list", "specialty_appeal"):
        row = world.sound(table)
        world.run("savepoint triggers")
        world.run(f"alter table {table} disable trigger user")
        with world.refused("23514"):
            world.add(table, **row, state="limbo")
        world.run("rollback to savepoint triggers")
    with world.refused("23514"):
        world.add("account", role="king", owner_kind="king")


def test_an_import_says_how_it_stands(world):
    row = world.sound("import")
    world.run("alter table import disable trigger user")
    ended = {"finished_at": "2026-01-01"}
    for constraint, bad in (
            ("import_state_check", {"state": "lost"}),
            ("import_running_is_held", {"state": "running"}),
            ("import_ended_is_timed", {"state": "done", "counts": "{}"}),
            ("import_ended_is_timed", ended),
            ("import_done_is_counted", {"state": "done", **ended}),
            ("import_failed_says_why", {"state": "failed", **ended})):
        with world.refused("23514", constraint):
            world.add("import", **{**row, **bad})


def test_states_by_name(world):
    """The state checks are there under the names this file counts on."""
    for table in ("enterprise", "student", "round", "run", "placement",
                  "application", "offer", "complaint", "comparison",
                  "cooperation", "graduate_destination", "appeal",
                  "specialty_list", "specialty_appeal"):
        world.run(f"alter table {table} drop constraint {table}_state_check")


def unique_cases(world):
    """(table, constraint, the two rows' common values)."""
    other = world.any("enterprise")
    yield "consortium", "consortium_slug_key", {"slug": "same-town"}
    yield ("enterprise", "enterprise_consortium_id_uscc_key",
           {"uscc": uscc(424242)})
    yield ("post_category", "post_category_consortium_id_enterprise_id_name_key",
           {"name": "焊工"})
    yield ("identity_provider",
           "identity_provider_consortium_id_school_id_issuer_client_id_key",
           {"client_id": "twice"})
    yield ("identity", "identity_consortium_id_provider_id_subject_key",
           {"subject": "twice"})
    yield ("identity", "identity_consortium_id_provider_id_account_id_key",
           {"account_id": world.add("account")["id"]})
    yield "school", "school_consortium_id_code_key", {"code": "4132010009"}
    yield ("school", "school_consortium_id_uscc_key",
           {"uscc": uscc(424243)})
    yield ("student", "student_consortium_id_school_id_student_number_key",
           {"student_number": "S1"})
    yield ("student", "student_consortium_id_identity_hash_key",
           {"identity_hash": sha256(b"id"), "identity_sealed": b"x"})
    yield "account", "account_consortium_id_login_key", {"login": "same"}
    yield ("session", "session_consortium_id_token_sha256_key",
           {"token_sha256": sha256(b"token")})
    yield ("posting", "posting_by_ref",
           {"ref_system": "erp", "ref": "1", "enterprise_id": other})
    yield "demand", "demand_is_said_once", {"enterprise_id": other}
    yield ("quota_notice", "quota_notice_one_open",
           {"enterprise_id": other, "line_id": other})
    yield "run", "run_one_at_a_time", {"round_id": world.closed_round()}
    student, posting = world.any("student"), world.any("posting")
    yield ("application", "application_one_open",
           {"student_id": student, "posting_id": posting})
    yield ("invitation", "invitation_consortium_id_posting_id_student_id_key",
           {"student_id": student, "posting_id": posting})
    yield ("offer", "offer_one_open",
           {"application_id": world.add("application")["id"]})
    yield ("placement", "placement_consortium_id_offer_id_key",
           {"offer_id": world.add("offer")["id"], "origin": "offer",
            "round_id": None, "run_id": None, "score": None,
            "choice": None})
    yield ("placement", "placement_one_proposed", {
        "student_id": student, "posting_id": posting, "origin": "school",
        "round_id": None, "run_id": None, "choice": None})
    yield ("appeal", "appeal_one_open", {
        "round_id": world.any("round"), "student_id": student,
        "owner_id": student})
    yield ("specialty_entry", "specialty_entry_once",
           {"list_id": world.any("specialty_list"),
            "specialty_code": "460102"})
    yield ("specialty_appeal", "specialty_appeal_one_open", {
        "entry_id": world.any("specialty_entry"),
        "school_id": world.any("school")})
    placement = world.any("agreement")
    yield ("internship_log", "internship_log_one_a_week",
           {"placement_id": placement, "week": 1})
    yield ("evaluation", "evaluation_once", {"placement_id": placement})
    yield "host_unit", "host_unit_once", {"enterprise_id": other}
    yield ("graduate_fact", "graduate_fact_present",
           {"student_id": new_id()})
    yield ("destination_freeze", "destination_freeze_once",
           {"school_id": world.any("school"), "graduation_year": 2025})
    yield ("disclosure", "disclosure_one_open",
           {"student_id": student, "enterprise_id": other})
    yield ("round_reminder", "round_reminder_once_a_student",
           {"student_id": student})
    yield ("round_reminder", "round_reminder_once_a_posting",
           {"posting_id": posting, "student_id": None,
            "kind": "ranking-missing"})
    yield ("capacity_request", "capacity_request_one_at_a_time",
           {"posting_id": posting})
    yield ("posting_rank",
           "posting_rank_consortium_id_round_id_posting_id_student_id_key",
           {"student_id": student})
    yield ("wish", "wish_consortium_id_round_id_student_id_posting_id_key",
           {"posting_id": world.any("posting")})


def test_unique_refuses_the_second(world):
    for table, constraint, common in list(unique_cases(world)):
        world.run("savepoint trial")
        rows = dict(world.rows)
        world.add(table, **common)
        again = {"wish": {"rank": 2}, "demand": {"number": 2},
                 "graduate_fact": {"from_at": "2026-07-02"}}.get(table, {})
        with world.refused("23505", constraint):
            world.add(table, **common, **again)
        world.run("rollback to savepoint trial")
        world.rows = rows


def test_unique_lets_another_consortium_have_the_same(world):
    for table, common in (("enterprise", {"uscc": uscc(424242)}),
                          ("account", {"login": "same"})):
        world.add(table, **common)
        other = world.add("consortium")["id"]
        world.add(table, **common, consortium_id=other)


def test_run_file_once_of_each_kind(world):
    world.add("run_file")
    with world.refused("23505", "run_file_pkey"):
        world.add("run_file")


def test_placement_once_a_round(world):
    world.add("placement")
    with world.refused(
            "23505", "placement_one_of_a_round"):
        world.add("placement")


def test_placement_nobody_in_two_places(world):
    first = world.add("placement")
    world.move("placement", first["id"], "accepted")
    policy = world.add("policy")["version"]
    other = world.add("round", policy_version=policy)["id"]
    for state in ("open", "closed"):
        world.move("round", other, state)
    run = world.add("run", round_id=other)["id"]
    for start, end, fits in (("2027-08-31", "2027-12-31", False),
                             ("2026-01-01", "2027-03-01", False),
                             ("2027-09-01", "2027-12-31", True)):
        row = world.add("placement", round_id=other, run_id=run,
                        period_start=start, period_end=end)
        if not fits:
            with world.refused("23P01", "placement_one_at_a_time"):
                world.move("placement", row["id"], "accepted")
            world.run("delete from placement where id = %s", row["id"])
        else:
            world.move("placement", row["id"], "accepted")


FOREIGN = """
select c.conname, t.relname,
	(select array_agg(a.attname order by k.place)
	 from unnest(c.conkey) with ordinality k (attnum, place)
	 join pg_attribute a on a.attrelid = c.conrelid
		and a.attnum = k.attnum)
from pg_constraint c join pg_class t on t.oid = c.conrelid
where c.contype = 'f' and t.relnamespace = 'public'::regnamespace
order by 2, 1
"""
LISTS = {"specialty_node", "industry", "division", "specialty_occupation",
         "specialty_alias"}


def test_foreign_keys_refuse_what_is_not_there(world):
    tried = set()
    for constraint, table, columns in world.run(FOREIGN):
        if table in LISTS or constraint == "round_published_run_is_its_own":
            continue
        row = world.sound(table)
        column = columns[-1]
        types = dict(world.run(
            "select column_name, data_type from information_schema.columns"
            " where table_name = %s", table))
        nowhere = {"uuid": new_id(), "integer": 999999}.get(
            types[column], "999999")
        if column == "division_code":
            nowhere = "899999"
        bad = {**row, column: nowhere}
        if table == "account" and column in ("student_id", "enterprise_id",
                                             "school_id"):
            kind = column[:-3]
            bad |= {"role": kind, "owner_kind": kind}
        if table == "account_invitation" and column in (
                "student_id", "enterprise_id", "school_id"):
            bad["role"] = column[:-3]
        if (table, column) == ("placement", "offer_id"):
            bad |= {"origin": "offer", "round_id": None, "run_id": None,
                    "score": None, "choice": None}
        if (table, column) == ("round_reminder", "posting_id"):
            bad |= {"student_id": None, "kind": "ranking-missing"}
        if (table, column) == ("access_request", "decided_by"):
            bad["approved_until"] = "2999-01-01"
        if (table, column) == ("run", "base_run_id"):
            bad |= {"pins": "all", "state": "failed", "error": "x",
                    "finished_at": "2026-01-01"}
        if (table, column) == ("placement", "superseded_by"):
            bad |= {"state": "terminated"}
        if (table, column) == ("appeal", "student_id"):
            bad |= {"made_by": "school"}
        if (table, column) == ("appeal", "posting_id"):
            bad |= {"made_by": "enterprise", "student_id": None}
        if (table, column) == ("specialty_entry", "school_id"):
            bad |= {"own_evidence": "{}"}
        if table == "agreement_edition":
            del bad["sha256"]  # it fits what it is of
        if table == "wish" and column == "student_id":
            bad["posting_id"] = world.any("posting")
        if (table, column) in (("round", "follows"),
                               ("run", "round_id"), ("wish", "round_id"),
                               ("wish_list", "round_id"),
                               ("posting_ranking", "round_id"),
                               ("capacity_request", "round_id"),
                               ("posting_rank", "posting_id"),
                               ("run_file", "run_id"),
                               ("run_placement", "run_id"),
                               ("run_cutoff", "run_id"),
                               ("run_unplaced", "run_id"),
                               ("run_left_out", "run_id"),
                               ("run_group", "run_id"),
                               ("run_prior", "run_id"),
                               ("run_move", "run_id"),
                               ("run", "base_run_id"),
                               ("placement", "superseded_by")):
            # the trigger that asks the parent's state speaks first
            world.run("savepoint triggers")
            world.run("set constraints audited immediate")
            world.run(f"alter table {table} disable trigger user")
            with world.refused("23503", constraint):
                world.add(table, **bad)
            world.run("rollback to savepoint triggers")
        else:
            with world.refused("23503", constraint):
                world.add(table, **bad)
        tried.add(constraint)
    assert len(tried) > 30


def test_foreign_keys_of_the_lists(world):
    for statement in (
            "insert into specialty_node values"
            " ('999999', 6, '9999', 'x', 'x')",
            "insert into industry values"
            " ('9999', 'x', 'class', 'T', '999', 'T9999')",
            "insert into division values"
            " ('899999', 'x', 'county', '899900', 'x', false)",
            "insert into specialty_occupation values"
            " ('999999', '6-18-02-04')",
            "insert into specialty_occupation values"
            " ('460101', '6-99-99-99')"):
        with world.refused("23503"):
            world.run(statement)


def test_a_posting_takes_no_category_of_another_enterprise(world):
    category = world.add("post_category",
                         enterprise_id=world.add("enterprise")["id"])
    mine = world.add("enterprise")["id"]
    with world.refused("23503"):
        world.add("posting", enterprise_id=mine,
                  post_category_id=category["id"])


def test_not_null_where_it_matters(world):
    for table, column in (("enterprise", "uscc"), ("student", "specialty_code"),
                          ("posting", "title"), ("posting", "openings"),
                          ("posting", "kind"), ("posting", "targets"),
                          ("posting", "required_skills"),
                          ("posting", "conditions"), ("round", "seed"),
                          ("wish", "posting_id")):
        row = world.sound(table)
        with world.refused("23502"):
            world.add(table, **{**row, column: None})


def test_service_has_no_division(world):
    assert world.run("select slug from consortium where is_service") \
        == [("service",)]
    with world.refused("23514", "consortium_has_division"):
        world.run("update consortium set division_code = '320500'"
                  " where is_service")


def test_account_owner(world):
    student = world.any("student")
    row = world.add("account", role="student", owner_kind="student",
                    student_id=student)
    assert world.get("account", row["id"], "owner_id") == student
    row = world.add("account")
    assert world.get("account", row["id"], "owner_id") == world.consortium
    world.add("account", role="integrator", owner_kind="school",
              school_id=world.any("school"))
    with world.refused("23514", "account_owner_fits_kind"):
        world.add("account", role="student", owner_kind="student",
                  student_id=student, school_id=world.any("school"))


def test_nobody_lets_himself_read(world):
    account = world.any("account")
    other = world.add("account")["id"]
    with world.refused("23514", "access_request_is_decided_by_another"):
        world.add("access_request", account_id=account, decided_by=account,
                  approved_until="2999-01-01")
    world.add("access_request", account_id=account, decided_by=other,
              approved_until="2999-01-01")


def test_every_constraint_has_its_case(world):
    named = {row[0] for row in world.run(
        "select conname from pg_constraint c"
        " where connamespace = 'public'::regnamespace"
        " and contype in ('c', 'u', 'x')")}
    named |= {row[0] for row in world.run(
        "select indexrelid::regclass::text from pg_index"
        " where indisunique and not indisprimary"
        " and indrelid in (select oid from pg_class"
        "  where relnamespace = 'public'::regnamespace)")}
    text = (support.MIGRATIONS / "0004_postings.sql").read_text()
    named |= set(itertools.chain.from_iterable(re.findall(
        r"then\s+'(posting_\w+)'|return '(posting_\w+)'", text)))
    named.discard("")
    shown = {case[1] for case in CHECKS + REFERENCE} | ELSEWHERE
    shown |= {case[1] for case in unique_cases(world)}
    shown |= {
        "industry_full_code_key",  # by the loader: test_reference.py
        "placement_one_at_a_time",
        "quota_override_one_at_a_time", "round_followed_once",
        # test_rounds.py has the three
        "placement_one_of_a_round",
        # keys to point at, no rule of their own
        "post_category_consortium_id_enterprise_id_id_key",
        "run_consortium_id_round_id_id_key",
    }
    public = {name for name in named if re.match(
        "posting_(published|closes|internship|rule)_", name)}
    assert public and named - public - shown == set()
    assert shown - named == set()
