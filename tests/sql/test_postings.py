"""What publication asks, and what a published posting may not become."""

import pytest

from tests.sql.world import SERVICE


def publish(world, row, **said):
    world.move("posting", row["id"], "published",
               **{"closes_at": "2999-01-01", **said})


FLAWS = [
    ("posting_published_ends", {}, {"closes_at": None}),
    ("posting_closes_after_publication", {}, {"closes_at": "2020-01-01"}),
    ("posting_rule_1_13", {"day_minutes": 481}, {}),
    ("posting_rule_1_13", {"week_minutes": 2641}, {}),
    ("posting_internship_has_period",
     {"period_start": None, "period_end": None}, {}),
    ("posting_internship_has_pay",
     {"pay_min_fen": None, "pay_max_fen": None}, {}),
    ("posting_internship_has_target", {"targets": []}, {}),
    ("posting_rule_1_8", {"conditions": ["entertainment"]}, {}),
    ("posting_rule_1_9", {"conditions": ["intermediary"]}, {}),
    ("posting_rule_1_10", {"labour_grade": 3}, {}),
    ("posting_rule_1_10", {"labour_grade": 4}, {}),
    *(("posting_rule_1_11", {"conditions": [hazard]}, {})
      for hazard in ("height", "underground", "radiation", "toxic",
                     "explosive", "high_risk")),
    *(("posting_rule_1_12", {"conditions": [when]}, {})
      for when in ("night_shift", "rest_days", "overtime")),
    ("posting_rule_1_19", {"pay_standard_fen": 375002}, {}),
]


@pytest.mark.parametrize("flaw,values,said", FLAWS)
def test_publication_refuses(world, flaw, values, said):
    """The draft may be so; the published posting may not."""
    row = world.add("posting", enterprise_id=world.verified_enterprise(),
                    **values)
    with world.refused("23514", flaw):
        publish(world, row, **said)


@pytest.mark.parametrize("flaw,values,said", [
    case for case in FLAWS if case[0].startswith("posting_internship")
    or case[0] in ("posting_rule_1_8", "posting_rule_1_10",
                   "posting_rule_1_11", "posting_rule_1_12",
                   "posting_rule_1_19")])
def test_a_job_may(world, flaw, values, said):
    row = world.add("posting", enterprise_id=world.verified_enterprise(),
                    **{**values, "kind": "job"})
    publish(world, row)


def test_what_was_filed_may(world):
    row = world.add("posting", enterprise_id=world.verified_enterprise(),
                    conditions=["height", "night_shift", "filed"],
                    exception_filing="蘇教備 2026-7")
    publish(world, row)


def test_the_edges_may(world):
    row = world.add("posting", enterprise_id=world.verified_enterprise(),
                    pay_standard_fen=375001, labour_grade=2, day_minutes=480,
                    week_minutes=2640, openings=10000)
    publish(world, row)


def test_targets_must_be_in_the_catalogue(world):
    enterprise = world.verified_enterprise()
    for targets in (["999999"], ["4699"], ["99"], ["46010"], ["4"],
                    ["4601", "4601"], ["4601", "999999"]):
        row = world.add("posting", enterprise_id=enterprise, targets=targets)
        with world.refused("23503", "posting_targets_fkey"):
            publish(world, row)
    row = world.add("posting", enterprise_id=enterprise,
                    targets=["460101", "4602", "51"])
    publish(world, row)


def test_only_a_verified_enterprise(world):
    enterprise = world.add("enterprise")["id"]
    row = world.add("posting", enterprise_id=enterprise)
    with world.refused("DK005", "posting_enterprise_is_verified"):
        publish(world, row)
    world.move("enterprise", enterprise, "verified")
    publish(world, row)
    world.move("posting", row["id"], "closed")
    world.move("enterprise", enterprise, "suspended", reason="no licence")
    with world.refused("DK005", "posting_enterprise_is_verified"):
        publish(world, row)


def test_publication_is_dated(world):
    row = world.add("posting", enterprise_id=world.verified_enterprise())
    publish(world, row)
    assert world.one("select published_at = now() from posting"
                     " where id = %s", row["id"])
    world.move("posting", row["id"], "closed")
    publish(world, row, published_at="2026-05-05")
    assert world.one("select published_at = '2026-05-05' from posting"
                     " where id = %s", row["id"])


def test_a_published_one_stays_sound(world):
    posting = world.published_posting()
    for values, flaw in (({"labour_grade": 3}, "posting_rule_1_10"),
                         ({"closes_at": None}, "posting_published_ends"),
                         ({"published_at": None},
                          "posting_published_is_dated"),
                         ({"openings": 0}, "posting_openings_are_sane")):
        with world.refused("23514", flaw):
            world.update("posting", posting, actor=SERVICE, **values)
    with world.refused("23503", "posting_targets_fkey"):
        world.update("posting", posting, targets=["4699"])


def test_a_posting_in_wishes_cannot_be_deleted(world):
    world.add("wish")
    with world.refused("23503"):
        world.run("delete from posting where id = %s", world.any("posting"))
