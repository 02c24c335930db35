"""Bad rows of what the law asks to be kept: reasons, host units, filings,
consent taken back, notices."""

from tests.sql.world import SERVICE

LONG = {"rule_reason": {"reason": 500},
        "host_unit": {"published_at": 500, "visit_report": 5000},
        "placement_filing": {"consented_by": 100, "consent_number": 100,
                             "filed_with": 100, "filing_number": 100},
        "agreement_withdrawal": {"reason": 500}}


def checks():
    for table in ("host_unit", "placement_filing"):
        yield table, f"{table}_actor_is_emptied", {"actor": SERVICE}
    for table, members in LONG.items():
        for name, most in members.items():
            for text in ("", "長" * (most + 1)):
                yield table, f"{table}_{name}_check", {name: text}
    yield "rule_reason", "rule_reason_reason_check", {"reason": " 報銷"}
    for rule in ("", "Fees", "1.21"):
        yield "rule_reason", "rule_reason_rule_check", {"rule": rule}
    yield "rule_reason", "rule_reason_level_check", {"level": "never"}
    yield ("rule_reason", "rule_reason_subject_kind_check",
           {"subject_kind": "student"})
    yield ("rule_reason", "rule_reason_is_somebodys",
           {"enterprise_id": None})
    yield ("host_unit", "host_unit_published_after_decision",
           {"published_on": "2026-08-19"})
    yield ("host_unit", "host_unit_visit_is_reported",
           {"visited_on": None})
    yield "host_unit", "host_unit_visit_is_reported", {"visit_report": None}
    yield ("placement_filing", "placement_filing_is_whole",
           {"filed_on": "2026-06-02"})
    yield ("placement_filing", "placement_filing_after_consent",
           {"filed_with": "教育廳", "filing_number": "7",
            "filed_on": "2026-05-31"})
    yield ("agreement_withdrawal", "agreement_withdrawal_party_check",
           {"party": "school"})
    yield "placement_notice", "placement_notice_about_check", {"about": "x"}
    yield ("placement_notice", "placement_notice_party_check",
           {"party": "office"})
    yield ("placement_notice", "placement_notice_told_by_somebody",
           {"told_at": "2026-11-01"})
