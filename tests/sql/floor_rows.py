"""Bad rows of what policies and exemptions say of floors: see bad_rows.py."""

SIZES = '[{"name": "a", "staff_from": 0}, {"name": "b", "staff_from": 9}]'
# (size_classes, floors) that make no sense
FLOORS = [(sizes, "[]") for sizes in (
    "{}", '[{"name": "a", "staff_from": 1}]', '[{"staff_from": 0}]',
    '[{"name": "a"}]', SIZES.replace("9", "0"), SIZES.replace("b", "a"),
    '[{"name": "a", "staff_from": 0}, {"name": "b"}]')] + [
    (SIZES, f"[{floor}]") for floor in (
        '{"floor_mille": 1}', '{"size_class": "a"}', "{}",
        '{"size_class": "a", "floor_mille": 101}',
        '{"size_class": "a", "floor_mille": -1}',
        '{"size_class": "c", "floor_mille": 1}',
        '{"industry_code": "361", "floor_mille": 1}',
        '{"industry_code": "U", "floor_mille": 1}',
        ", ".join(['{"industry_code": "C", "floor_mille": 1}'] * 2))] + [
    (SIZES, "3")]


def checks():
    yield "policy", "policy_floor_base_check", {"floor_base": "people"}
    for sizes, floors in FLOORS:
        yield ("policy", "policy_floors_are_sane",
               {"size_classes": sizes, "floors": floors})
    for column, most in (("floor_mille", 1000), ("staff_cap_mille", 100),
                         ("post_category_cap_mille", 200)):
        for value in (-1, most + 1):
            yield ("quota_override", f"quota_override_{column}_check",
                   {"staff_cap_mille": None, "post_category_cap_mille": 1,
                    column: value})
    yield "quota_override", "quota_override_why_check", {"why": ""}
    yield ("quota_override", "quota_override_floor_below_cap",
           {"floor_mille": 51})
    yield ("quota_override", "quota_override_days_in_order",
           {"ends_on": "2025-12-31"})
    for day in ("2025-12-30", "2099-12-31"):
        yield ("quota_override", "quota_override_ended_early",
               {"ended_on": day, "ended_why": "x"})
    for given in ({"ended_on": "2026-02-01"}, {"ended_why": "x"}):
        yield ("quota_override", "quota_override_end_has_its_reason", given)
    yield ("quota_override", "quota_override_ended_why_check",
           {"ended_on": "2026-02-01", "ended_why": ""})
    yield ("quota_override", "quota_override_grants_something",
           {"staff_cap_mille": None})
