"""One bad row for each check: (table, constraint, values)."""

from tests.sql import (after_rows, destination_rows, floor_rows, law_rows,
                       quota_rows, round_rows, run_rows)
from tests.sql.world import SERVICE, new_id, sha256, uscc

LONG = "長" * 101
# what a student found himself, and no round gave him
FOUND = {"origin": "self_found", "title": "實習", "posting_id": None,
         "round_id": None, "run_id": None, "score": None, "choice": None}


def checks():
    """(table, constraint, values): one row each that breaks one check."""
    for table in ("consortium", "enterprise", "post_category", "school",
                  "round"):
        for name in ("", LONG, " 名", "名 "):
            yield table, f"{table}_name_check", {"name": name}
    for table in ("consortium", "enterprise", "school"):
        yield (table, f"{table}_division_code_check",
               {"division_code": "441900003"})
    for table in ("enterprise", "post_category"):
        for count in (-1, 5000001):
            yield (table, f"{table}_staff_count_check",
                   {"staff_count": count})
    for table in ("consortium", "post_category", "school", "account",
                  "quota_override", "disclosure", "agreement",
                  "internship_log", "posting_feed"):
        yield table, f"{table}_actor_is_emptied", {"actor": SERVICE}
    for table in ("enterprise", "student", "round", "run", "placement",
                  "application", "offer", "complaint", "cooperation",
                  "graduate_destination"):
        yield table, f"{table}_actor_is_emptied", {"actor": SERVICE}
        yield table, f"{table}_actor_is_emptied", {"reason": "why"}

    for slug in ("", "a", "1a", "A-town", "a_town", "a" * 33):
        yield "consortium", "consortium_slug_check", {"slug": slug}
    yield "consortium", "consortium_settings_check", {"settings": "[]"}
    yield "consortium", "consortium_has_division", {"division_code": None}

    for code in ("91520000714307791T", uscc(7)[:17], uscc(7).lower() + "x"):
        yield "enterprise", "enterprise_uscc_is_valid", {"uscc": code}
        yield "school", "school_uscc_is_valid", {"uscc": code}
    yield "enterprise", "enterprise_address_check", {"address": ""}

    for code in ("413201000", "41320100011", "413201000X"):
        yield "school", "school_code_is_valid", {"code": code}
    yield "school", "school_kind_check", {"kind": "university"}
    yield "school", "school_has_a_code", {"code": None}

    for number in ("", "a b", "號1", "1" * 33):
        yield ("student", "student_student_number_check",
               {"student_number": number})
    for name in ("", "名" * 51, " 名"):
        yield "student", "student_name_check", {"name": name}
    for year in (1999, 2101):
        yield ("student", "student_entry_year_check",
               {"entry_year": year, "graduates_on": None})
    yield "student", "student_class_name_check", {"class_name": ""}
    yield "student", "student_birth_date_check", {"birth_date": "1939-12-31"}
    yield "student", "student_sex_check", {"sex": "x"}
    yield ("student", "student_home_division_code_check",
           {"home_division_code": "441900003"})
    for column in ("willing_division_codes", "skills", "certificates"):
        for words in ([""], [None], [str(n) for n in range(51)]):
            yield "student", f"student_{column}_check", {column: words}
    for pay in (-1, 100000001):
        yield "student", "student_pay_min_fen_check", {"pay_min_fen": pay}
    for number in ("123", "12345", "123x"):
        yield ("student", "student_identity_last4_check",
               {"identity_last4": number})
    yield ("student", "student_identity_hash_check",
           {"identity_hash": b"1", "identity_sealed": b"1"})
    yield ("student", "student_phone_hash_check",
           {"phone_hash": b"1", "phone_sealed": b"1"})
    yield "student", "student_identity_is_whole", {"identity_sealed": b"1"}
    yield ("student", "student_identity_is_whole",
           {"identity_hash": sha256(b"1")})
    yield "student", "student_phone_is_whole", {"phone_sealed": b"1"}
    yield "student", "student_phone_is_whole", {"phone_hash": sha256(b"1")}
    yield ("student", "student_graduates_after_entry",
           {"graduates_on": "2023-12-31"})
    yield ("student", "student_available_in_order",
           {"available_from": "2027-02-02", "available_to": "2027-02-01"})

    for login in ("ab", "Abc", "a b c", ".abc", "a" * 65):
        yield "account", "account_login_check", {"login": login}
    yield ("account", "account_role_fits_owner",
           {"role": "school", "owner_kind": "office"})
    yield "account", "account_display_name_check", {"display_name": ""}
    yield ("account", "account_owner_fits_kind",
           {"role": "student", "owner_kind": "student"})
    yield ("account", "account_operator_is_of_the_service",
           {"role": "operator", "owner_kind": "operator"})
    password = {"password_salt": b"s" * 16, "password_hash": b"h" * 32,
                "scrypt_n": 1 << 17, "scrypt_r": 8, "scrypt_p": 1}
    for column, values in {"password_salt": [b"s" * 15],
                           "password_hash": [b"h" * 31],
                           "scrypt_r": [0, 65], "scrypt_p": [0, 17]}.items():
        for value in values:
            yield ("account", f"account_{column}_check",
                   {**password, column: value})
    for n in (0, 1, 3, 100000, 1 << 25):
        yield ("account", "account_scrypt_n_is_a_power_of_two",
               {**password, "scrypt_n": n})
    for column in password:
        yield ("account", "account_password_is_whole",
               {**password, column: None})

    yield ("session", "session_token_sha256_check", {"token_sha256": b"1"})
    yield ("session", "session_expires_later", {"expires_at": "2020-01-01"})
    for address in ("", "1" * 65):
        yield "session", "session_address_check", {"address": address}
    for agent in ("", "a" * 201):
        yield "session", "session_user_agent_check", {"user_agent": agent}
    yield "attempt", "attempt_key_sha256_check", {"key_sha256": b"1"}
    yield "attempt", "attempt_taken_check", {"taken": -1}
    for key in ("", "k" * 256):
        yield "idempotency", "idempotency_key_check", {"key": key}
    yield ("idempotency", "idempotency_fingerprint_check",
           {"fingerprint": b"1"})
    for status in (99, 600):
        yield "idempotency", "idempotency_status_check", {"status": status}

    yield from posting_checks()
    yield from round_checks()


def posting_checks():
    """Those of the trigger, which names them as a CHECK would."""
    def bad(name, *rows):
        for row in rows:
            yield "posting", "posting_" + name, row

    yield from bad("kind_is_known", {"kind": "gig"})
    yield from bad("title_is_sane", {"title": ""}, {"title": LONG},
                   {"title": " t"}, {"title": "t "})
    yield from bad("description_is_sane", {"description": "長" * 20001})
    yield from bad("openings_are_sane", {"openings": 0}, {"openings": -1},
                   {"openings": 10001})
    yield from bad("division_has_6_digits", {"division_code": "441900003"})
    yield from bad("pay_is_whole", {"pay_min_fen": None},
                   {"pay_max_fen": None})
    yield from bad("pay_is_sane", {"pay_min_fen": -1},
                   {"pay_max_fen": 100000001}, {"pay_standard_fen": 0},
                   {"pay_standard_fen": 100000001})
    yield from bad("pay_in_order", {"pay_min_fen": 400001})
    yield from bad("period_is_whole", {"period_start": None},
                   {"period_end": None})
    yield from bad("period_in_order", {"period_end": "2027-03-01"},
                   {"period_end": "2027-02-28"})
    for column in ("required_skills", "preferred_skills",
                   "required_certificates", "preferred_certificates"):
        yield from bad("words_are_sane", {column: [""]}, {column: [None]},
                       {column: [str(n) for n in range(61)]})
    yield from bad("targets_are_sane",
                   {"targets": [str(n) for n in range(21)]})
    yield from bad("actor_is_emptied", {"actor": SERVICE})
    yield from bad("education_is_known", {"min_education": "doctor"})
    yield from bad("address_is_sane", {"address": ""},
                   {"address": "長" * 201})
    yield from bad("age_is_sane", {"min_age": 15}, {"min_age": 66})
    yield from bad("hours_are_sane", {"day_minutes": 0},
                   {"day_minutes": 1441}, {"week_minutes": 0},
                   {"week_minutes": 10081})
    yield from bad("labour_grade_is_known", {"labour_grade": 0},
                   {"labour_grade": 5})
    yield from bad("conditions_are_known", {"conditions": ["dragons"]},
                   {"conditions": ["height", None]})
    yield from bad("filed_says_where", {"conditions": ["filed"]},
                   {"exception_filing": "No. 1"},
                   {"conditions": ["filed"], "exception_filing": ""})
    yield from bad("ref_is_whole", {"ref": "1"}, {"ref_system": "erp"},
                   {"ref": "", "ref_system": "erp"},
                   {"ref": "1" * 129, "ref_system": "erp"},
                   {"ref": "1", "ref_system": "e" * 65})


def round_checks():
    yield "policy", "policy_version_check", {"version": 0}
    for name in ("specialty", "skills", "education", "place", "period",
                 "pay"):
        for weight in (-1, 10001):
            yield ("policy", f"policy_weight_{name}_check",
                   {f"weight_{name}": weight})
    yield ("policy", "policy_weights_make_10000", {"weight_pay": 999})
    for name, size in (("tier", 5), ("place", 5), ("education", 3)):
        column, constraint = f"{name}_points", f"policy_{name}_points_are_sane"
        for points in ([1] * (size - 1), [1] * (size + 1), [],
                       [10001] + [1] * (size - 1), [1] * (size - 1) + [-1],
                       [1] * (size - 1) + [None]):
            yield "policy", constraint, {column: points}
        if name != "education":
            yield "policy", constraint, {column: [1, 2, 1, 1, 1]}
    for column, values in {
            "neutral_points": (-1, 10001), "intern_months_max": (0, 37),
            "intern_week_minutes_max": (0, 2641), "floor_mille": (-1,),
            "staff_cap_mille": (101,),
            "post_category_cap_mille": (0, 201),
            "cross_category": ("ignore",), "note": ("長" * 1001,)}.items():
        for value in values:
            yield "policy", f"policy_{column}_check", {column: value}
    yield "policy", "policy_floor_below_cap", {"floor_mille": 101}
    yield ("policy", "policy_staff_cap_mille_check",
           {"floor_mille": 0, "staff_cap_mille": 0})

    for column, values in {"number": (0,), "posting_count": (-1,),
                           "word_count": (-1,)}.items():
        for value in values:
            yield ("rarity_edition", f"rarity_edition_{column}_check",
                   {column: value})
    yield "rarity_word", "rarity_word_word_check", {"word": ""}
    yield "rarity_word", "rarity_word_asking_check", {"asking": 0}
    for weight in (999, 1000001):
        yield "rarity_word", "rarity_word_weight_check", {"weight": weight}
    for column, values in {
            "kind": ("rounds",), "mode": ("merge",),
            "media_type": ("text/plain",), "bytes": (-1,),
            "phase": ("waiting",), "encoding": ("UTF-16",),
            "worker": ("", "x" * 101),
            "attempt": (-1,)}.items():
        for value in values:
            yield "import", f"import_{column}_check", {column: value}
    for column in ("done", "rejected"):
        yield ("import", f"import_rows_{column}_were_read",
               {"rows_read": 1, f"rows_{column}": 2})
    yield "import", "import_actor_is_emptied", {"actor": SERVICE}
    yield "import", "import_sheet_check", {"sheet": ""}
    for column in ("name", "name_folded"):
        yield ("specialty_mapping", f"specialty_mapping_{column}_check",
               {column: ""})
    yield "import_chunk", "import_chunk_number_check", {"number": -1}
    yield "import_chunk", "import_chunk_bytes_check", {"bytes": b""}
    yield "import_row", "import_row_n_check", {"n": -1}
    yield "import_row", "import_row_number_check", {"number": 0}
    yield "import_row", "import_row_status_check", {"status": "lost"}
    yield "import_row", "import_row_sound_has_values", {"status": "sound"}
    yield "import_row", "import_row_rejected_says_why", {"status": "rejected"}
    for column, value in {"worker": "", "attempt": -1, "error": "",
                          "phase": "place", "share": 1001, "work_ms": -1,
                          "memory_bytes": -1}.items():
        yield "comparison", f"comparison_{column}_check", {column: value}
    yield "comparison", "comparison_actor_is_emptied", {"actor": SERVICE}
    yield "comparison", "comparison_done_is_told", {"report": "{}"}
    yield "comparison", "comparison_failed_says_why", {"error": "why"}
    yield ("comparison", "comparison_ended_is_timed",
           {"finished_at": "2026-01-01"})
    yield ("recovery_code", "recovery_code_code_sha256_check",
           {"code_sha256": b"short"})
    yield ("account", "account_totp_is_confirmed_with_secret",
           {"totp_confirmed_at": "2026-01-01", "totp_last_step": 1})
    yield ("account", "account_totp_step_is_of_confirmed",
           {"totp_last_step": 1})
    for login in ("ab", "Ab.c", ".abc"):
        yield ("account_invitation", "account_invitation_login_check",
               {"login": login})
    for name in ("", "x" * 51):
        yield ("account_invitation", "account_invitation_display_name_check",
               {"display_name": name})
    yield ("account_invitation", "account_invitation_token_sha256_check",
           {"token_sha256": b"short"})
    yield ("account_invitation", "account_invitation_role_check",
           {"role": "king"})
    yield ("account_invitation", "account_invitation_owner_fits_role",
           {"role": "school"})
    yield from identity_checks()
    for name in ("", " a", "x" * 61):
        yield "api_key", "api_key_name_check", {"name": name}
    for scopes in ([], [""], [None], ["a"] * 65):
        yield "api_key", "api_key_scopes_check", {"scopes": scopes}
    for prefix in ("dk_short", "xx_AbC-_123"):
        yield "api_key", "api_key_prefix_check", {"prefix": prefix}
    for rank in (0, 51):
        yield "run_proposal", "run_proposal_rank_check", {"rank": rank}
    for wishes in (-1, 51):
        yield ("policy", "policy_proposed_wishes_check",
               {"proposed_wishes": wishes})
    for column, values in {"invitations_per_day": (-1, 1001),
                           "invitations_per_student": (0, 101),
                           "interviews_per_application": (0, 51),
                           "answer_days": (0, 61),
                           "appeal_days": (0, 61)}.items():
        for value in values:
            yield "policy", f"policy_{column}_check", {column: value}
    for year in (1999, 2101):
        yield "demand_list", "demand_list_year_check", {"year": year}
    for number in (0, 201):
        yield "demand", "demand_number_check", {"number": number}
    for openings in (0, 100001):
        yield "demand", "demand_openings_check", {"openings": openings}
    yield "demand", "demand_education_check", {"education": "doctor"}
    for note in ("", "x" * 201):
        yield "demand", "demand_note_check", {"note": note}

    yield "round", "round_seed_check", {"seed": "", "seed_sha256": sha256(b"")}
    yield "round", "round_seed_fits_hash", {"seed": "autumn"}
    yield ("round", "round_window_in_order",
           {"opens_at": "2027-02-01", "closes_at": "2027-02-01"})
    yield ("round", "round_period_in_order",
           {"period_end": "2027-03-01", "closes_at": "2026-02-01"})
    yield ("round", "round_period_after_wishes", {"closes_at": "2027-09-01"})
    yield ("round", "round_published_names_run",
           {"published_run_id": new_id()})

    for rank in (0, 51):
        yield "wish", "wish_rank_check", {"rank": rank}

    yield "run", "run_mode_check", {"mode": "random"}
    yield "run", "run_worker_check", {"worker": ""}
    yield "run", "run_attempt_check", {"attempt": -1}
    yield "run", "run_error_check", {"error": ""}
    yield "run", "run_student_count_check", {"student_count": -1}
    yield ("run", "run_check", {"student_count": 1, "placed_count": 2})
    for column in ("shortfall", "freeze_ms", "place_ms", "verify_ms"):
        yield "run", f"run_{column}_check", {column: -1}
    yield "run", "run_ended_is_timed", {"finished_at": "2026-01-01"}

    yield "run_file", "run_file_kind_check", {"kind": "log"}
    yield "run_file", "run_file_sha256_fits", {"bytes": b"{ }"}
    for table in ("run_placement", "run_cutoff", "placement"):
        for score in (-1, 1000001):
            yield table, f"{table}_score_check", {"score": score}
    for table in ("run_placement", "placement"):
        for choice in (0, 51):
            yield table, f"{table}_choice_check", {"choice": choice}
    yield "run_cutoff", "run_cutoff_rank_check", {"rank": 0}
    for lottery in (-1, 2 ** 64):
        yield "run_cutoff", "run_cutoff_lottery_check", {"lottery": lottery}
    yield "run_cutoff", "run_cutoff_binding_check", {"binding": ""}
    yield "run_group", "run_group_group_id_check", {"group_id": ""}
    yield "run_group", "run_group_placed_check", {"placed": -1}
    yield "run_group", "run_group_lower_check", {"lower": -1}
    yield ("run_group", "run_group_check", {"upper": 4})
    yield ("run_group", "run_group_keeps_cap",
           {"placed": 10, "shortfall": 0})
    yield ("placement", "placement_period_in_order",
           {"period_end": "2027-03-01"})
    yield from application_checks()


def identity_checks():
    """Providers of schools, and who is known by them."""
    for column, values in {
            "name": ("", " a", "x" * 51), "issuer": ("https://", "x" * 301),
            "client_id": ("", "x" * 201), "student_claim": ("", "x" * 65),
            "staff_claim": ("", "x" * 65),
            "redirect_uris": ([], ["a"] * 6)}.items():
        for value in values:
            yield ("identity_provider", f"identity_provider_{column}_check",
                   {column: value})
    yield ("identity_provider", "identity_provider_names_somebody",
           {"student_claim": None})
    yield ("identity_provider", "identity_provider_makes_students_accounts",
           {"student_claim": None, "staff_claim": "a",
            "makes_accounts": True})
    yield ("identity_provider", "identity_provider_actor_is_emptied",
           {"actor": SERVICE})
    for subject in ("", "x" * 256):
        yield "identity", "identity_subject_check", {"subject": subject}
    for text in ("", "x" * 501):
        yield "access_request", "access_request_reason_check", {"reason": text}
        yield ("access_request", "access_request_refused_because_check",
               {"refused_because": text, "decided_by": SERVICE})
    yield ("access_request", "access_request_is_decided_once",
           {"approved_until": "2999-01-01"})
    yield ("access_request", "access_request_ends_what_was_approved",
           {"ended_at": "2026-01-01"})
    yield ("access_request", "access_request_actor_is_emptied",
           {"actor": SERVICE})
    yield ("account", "account_responsible_is_staff",
           {"role": "integrator", "is_responsible": True})
    for column in ("state", "binding"):
        yield ("oidc_authorization",
               f"oidc_authorization_{column}_sha256_check",
               {f"{column}_sha256": b"short"})


def application_checks():
    for score in (-1, 10001):
        yield "application", "application_score_check", {"score": score}
    yield ("application", "application_policy_version_check",
           {"policy_version": -1})
    for text in ("", "長" * 2001):
        yield "application", "application_message_check", {"message": text}
        yield "interview", "interview_note_check", {"note": text}
    for place in ("", "長" * 201):
        yield "interview", "interview_place_check", {"place": place}
    yield "disclosure", "disclosure_purpose_check", {"purpose": "sale"}
    for kinds in ([], ["identity"]):
        yield "disclosure", "disclosure_kinds_check", {"kinds": kinds}
    yield ("disclosure", "disclosure_end_says_why",
           {"ended_because": "withdrawn"})
    yield "disclosure", "disclosure_end_says_why", {"ended_at": "2026-01-01"}
    yield ("disclosure", "disclosure_ended_because_check",
           {"ended_at": "2026-01-01", "ended_because": "whim"})
    for pay in (-1, 100000001):
        yield "offer", "offer_pay_fen_check", {"pay_fen": pay}
    for text in ("", "長" * 5001):
        yield "offer", "offer_terms_check", {"terms": text}
    yield "offer", "offer_period_in_order", {"ends_on": "2027-03-01"}
    yield "placement", "placement_origin_check", {"origin": "gift"}
    for values in ({"origin": "school"}, {"round_id": None},
                   {"score": None}, {"origin": "offer"},
                   {"offer_id": new_id()}):
        yield "placement", "placement_origin_is_told", values
    for title in ("", LONG, " 名", "名 "):
        yield "placement", "placement_title_check", {**FOUND, "title": title}
    for values in ({**FOUND, "title": None}, {"title": "實習"},
                   {"posting_id": None},
                   {**FOUND, "posting_id": new_id()}):
        yield "placement", "placement_self_found_is_told", values
    yield ("placement", "placement_ended_after_start",
           {"started_on": "2027-03-02", "ended_on": "2027-03-01"})
    yield "agreement", "agreement_edition_check", {"edition": 0}
    yield "agreement", "agreement_signed_is_written", {"signed_edition": 2}
    yield ("agreement_edition", "agreement_edition_sha256_fits",
           {"sha256": sha256(b"another")})
    yield ("agreement_signature", "agreement_signature_party_check",
           {"party": "friend"})
    yield ("agreement_signature", "agreement_signature_name_check",
           {"party": "guardian", "name": ""})
    for values in ({"party": "guardian"}, {"name": "父"}):
        yield ("agreement_signature",
               "agreement_signature_guardian_is_named", values)
    yield "internship_log", "internship_log_week_check", {"week": 0}
    for text in ("", "長" * 10001):
        yield "internship_log", "internship_log_text_check", {"text": text}
    for party in ("school", "enterprise"):
        yield ("internship_log", f"internship_log_{party}_mark_check",
               {f"{party}_mark": "A"})
        for text in ("", "長" * 1001):
            yield ("internship_log", f"internship_log_{party}_note_check",
                   {f"{party}_note": text})
    yield "evaluation", "evaluation_made_by_check", {"made_by": "school"}
    for score in (0, 6):
        yield "evaluation", "evaluation_score_check", {"score": score}
    for text in ("", "長" * 2001):
        yield "evaluation", "evaluation_text_check", {"text": text}
    yield "complaint", "complaint_made_by_check", {"made_by": "school"}
    yield "complaint", "complaint_subject_check", {"subject": "weather"}
    for text in ("", "長" * 5001):
        yield "complaint", "complaint_text_check", {"text": text}
        yield "complaint", "complaint_answer_check", {"answer": text}
    for url in ("https://", "https://a.example/" + "x" * 2000):
        yield "posting_feed", "posting_feed_url_check", {"url": url}
    for minutes in (14, 10081):
        yield ("posting_feed", "posting_feed_interval_minutes_check",
               {"interval_minutes": minutes})
    for days in (0, 181):
        yield ("posting_feed", "posting_feed_open_days_check",
               {"open_days": days})
    yield ("posting_feed_turn", "posting_feed_turn_failures_check",
           {"failures": -1})
    yield ("posting_feed_fetch", "posting_feed_fetch_outcome_check",
           {"outcome": "lost"})
    yield ("posting_feed_fetch", "posting_feed_fetch_bytes_check",
           {"bytes": -1})
    yield ("posting_feed_fetch", "posting_feed_fetch_failed_says_why",
           {"outcome": "failed"})
    yield ("posting_feed_fetch", "posting_feed_fetch_failed_says_why",
           {"problem": "too-late"})
    yield ("posting_feed_fetch", "posting_feed_fetch_taken_is_told",
           {"outcome": "taken"})
    for year in (1999, 2101):
        yield ("cooperation", "cooperation_entry_year_check",
               {"entry_year": year})
    for size in (0, 10001):
        yield ("cooperation", "cooperation_cohort_size_check",
               {"cohort_size": size})
    for name in ("", LONG):
        for party in ("enterprise", "school"):
            yield ("cooperation", f"cooperation_{party}_mentor_check",
                   {f"{party}_mentor": name})
    yield ("cooperation", "cooperation_contract_form_check",
           {"contract_form": "oral"})
    for text in ("", "長" * 2001):
        yield "cooperation", "cooperation_note_check", {"note": text}
    for m in (after_rows, destination_rows, floor_rows, law_rows, quota_rows,
              round_rows, run_rows):
        yield from m.checks()


CHECKS = list(checks())
