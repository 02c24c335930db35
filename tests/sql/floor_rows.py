"""Bad rows of what a policy says about floors: see bad_rows.py."""

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
