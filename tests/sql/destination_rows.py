"""Bad rows of where graduates went, and of frozen cohorts."""


def checks():
    table = "graduate_destination"
    for name in ("", "長" * 101):
        yield table, f"{table}_employer_name_check", {"employer_name": name}
    yield (table, f"{table}_uscc_is_valid",
           {"employer_uscc": "91520000714307791T"})
    yield (table, f"{table}_division_code_check",
           {"division_code": "441900003"})
    yield table, f"{table}_pay_band_check", {"pay_band": "much"}
    yield (table, f"{table}_evidence_kind_check",
           {"evidence_kind": "internship_proof", "evidence_sha256": "5f" * 32})
    yield (table, f"{table}_evidence_sha256_check",
           {"evidence_kind": "labour_contract", "evidence_sha256": "5F" * 32})
    yield (table, f"{table}_evidence_is_whole",
           {"evidence_kind": "labour_contract"})
    yield table, f"{table}_asks_somebody", {"is_employer_asked": True}
    yield ("graduate_fact", "graduate_fact_is_some_time",
           {"to_at": "2026-07-01"})
    yield ("graduate_past", "graduate_past_is_some_time",
           {"to_at": "2026-07-01"})
    yield "graduate_total", "graduate_total_cut_check", {"cut": "cell"}
    yield "follow_up_sum", "follow_up_sum_cut_check", {"cut": "year"}
    yield "guided_sum", "guided_sum_cut_check", {"cut": "school"}
    for least in (1, 1001):
        yield ("policy", "policy_small_group_least_check",
               {"small_group_least": least})
    yield ("policy", "policy_specialty_lists_check",
           {"specialty_lists": "[]"})
    table = "destination_freeze"
    for year in (1999, 2101):
        yield (table, f"{table}_graduation_year_check",
               {"graduation_year": year})
    yield table, f"{table}_stage_check", {"stage": "may"}
    table = "follow_up"
    for months in (0, 7, 30):
        yield table, f"{table}_months_check", {"months": months}
    for name in ("", "長" * 101):
        yield table, f"{table}_employer_name_check", {"employer_name": name}
    yield (table, f"{table}_uscc_is_valid",
           {"employer_uscc": "91520000714307791T"})
    yield (table, f"{table}_division_code_check",
           {"division_code": "441900003"})
    yield table, f"{table}_pay_band_check", {"pay_band": "much"}
    yield (table, f"{table}_evidence_kind_check",
           {"evidence_kind": "internship_proof", "evidence_sha256": "5f" * 32})
    yield (table, f"{table}_evidence_sha256_check",
           {"evidence_kind": "labour_contract", "evidence_sha256": "5F" * 32})
    yield (table, f"{table}_evidence_is_whole",
           {"evidence_kind": "labour_contract"})
    yield (table, f"{table}_verifies_what_is_said",
           {"verified_at": "2026-07-01"})
    yield (table, f"{table}_actor_is_emptied",
           {"actor": "00000000-0000-0000-0000-000000000000"})
