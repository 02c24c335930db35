"""Policy, wishes, runs, publication."""

import datetime
import threading

import psycopg2
import pytest

from tests.sql.world import SERVICE, World, new_id, sha256


def put(world, round_id, student, postings, expected=None):
    return world.one("select put_wishes(%s, %s, %s, %s::uuid[], %s, %s)",
                     world.consortium, round_id, student, postings, SERVICE,
                     expected)


def wishes(world, round_id, student):
    return [row[0] for row in world.run(
        "select posting_id::text from wish where consortium_id = %s"
        " and round_id = %s and student_id = %s order by rank",
        world.consortium, round_id, student)]


# policy

def test_policy_is_never_edited(world):
    world.add("policy")
    for statement in ("update policy set weight_pay = 0",
                      "delete from policy"):
        with world.refused("DK003"):
            world.run(statement)


def test_policy_defaults_are_the_matchers(world):
    version = world.add("policy")["version"]
    assert world.run(
        "select weight_specialty, weight_skills, weight_education,"
        " weight_place, weight_period, weight_pay, tier_points,"
        " place_points, education_points, neutral_points, cross_category,"
        " intern_months_max, intern_week_minutes_max, floor_mille,"
        " staff_cap_mille, post_category_cap_mille from policy"
        " where consortium_id = %s and version = %s",
        world.consortium, version) == [(
            4500, 1500, 500, 1500, 1000, 1000, [10000, 8500, 7000, 4000, 0],
            [10000, 8000, 5000, 2500, 0], [10000, 8000, 5000], 5000,
            "block", 6, 2400, 20, 100, 200)]


def test_floors_of_other_bases_may_pass_the_staffs_cap(world):
    world.add("policy", floor_base="posts", floor_mille=1000,
              floors='[{"industry_code": "C", "floor_mille": 1000}]')
    with world.refused("23514", "policy_floors_are_sane"):
        world.add("policy", floors='[{"industry_code": "C",'
                                   ' "floor_mille": 101}]')


def test_policy_at_a_time(world):
    for version, day in ((1, "2026-01-01"), (2, "2026-06-01"),
                         (3, "2027-01-01")):
        world.add("policy", version=version, valid_from=day)
    for day, version in (("2025-12-31", None), ("2026-01-01", 1),
                         ("2026-12-31", 2), ("2030-01-01", 3)):
        assert world.one("select policy_at(%s, %s::timestamptz)",
                         world.consortium, day) == version


def test_quota_rounds_caps_down_and_floors_up(world):
    version = world.add("policy")["version"]
    for staff, floor, cap in ((0, 0, 0), (9, 0, 0), (10, 1, 1), (19, 1, 1),
                              (50, 1, 5), (51, 2, 5), (1000, 20, 100),
                              (5000000, 100000, 500000)):
        row = world.add("enterprise", staff_count=staff)
        assert world.run(
            "select floor_seats, cap_seats from enterprise_quota(%s, %s)"
            " where enterprise_id = %s", world.consortium, version,
            row["id"]) == [(floor, cap)], staff
    for staff, cap in ((0, 0), (4, 0), (5, 1), (9, 1), (40, 8)):
        row = world.add("post_category", staff_count=staff)
        assert world.one(
            "select cap_seats from post_category_quota(%s, %s)"
            " where post_category_id = %s", world.consortium, version,
            row["id"]) == cap


def test_quota_override_counts(world):
    version = world.add("policy")["version"]
    enterprise = world.add("enterprise", staff_count=100)["id"]
    category = world.add("post_category", staff_count=10,
                         enterprise_id=enterprise)["id"]
    world.add("quota_override", enterprise_id=enterprise, floor_mille=40,
              staff_cap_mille=50, post_category_cap_mille=100)
    assert world.run(
        "select floor_seats, cap_seats from enterprise_quota(%s, %s)"
        " where enterprise_id = %s", world.consortium, version,
        enterprise) == [(4, 5)]
    assert world.one(
        "select cap_seats from post_category_quota(%s, %s)"
        " where post_category_id = %s", world.consortium, version,
        category) == 1


def test_quota_of_a_day(world):
    """By the version and the override that hold on it."""
    enterprise = world.add("enterprise", staff_count=100)["id"]
    category = world.add("post_category", staff_count=10,
                         enterprise_id=enterprise)["id"]
    world.add("policy", valid_from="2025-06-01 15:00+08")
    world.add("policy", valid_from="2099-06-01 15:00+08", floor_mille=30)
    for day, end, early in (("2025-07-01", "2025-07-31", None),
                            ("2025-08-01", "2025-08-31", "2025-08-01"),
                            ("2025-08-02", "2025-08-31", "2025-08-01"),
                            ("2099-06-01", "2099-06-02", None)):
        world.add("quota_override", enterprise_id=enterprise, starts_on=day,
                  ends_on=end, ended_on=early, floor_mille=0,
                  ended_why=early and "x", staff_cap_mille=50, post_category_cap_mille=100)
    plain, granted = (2, 10, 2), (0, 5, 1)
    for day, want in {
            "2025-05-31": (), "2025-06-01": plain, "2025-06-30": plain,
            "2025-07-01": granted, "2025-07-31": granted,
            "2025-08-01": granted, "2025-08-02": plain,
            "2099-05-31": plain, "2099-06-01": granted,
            "2099-06-02": granted, "2099-06-03": (3, 10, 2)}.items():
        found = world.run(
            "select e.floor_seats, e.cap_seats, c.cap_seats"
            " from enterprise_quota_on(%s, %s) e"
            " join post_category_quota_on(%s, %s) c using (enterprise_id)"
            " where enterprise_id = %s and c.post_category_id = %s",
            world.consortium, day, world.consortium, day, enterprise,
            category)
        assert found == ([want] if want else []), day


def test_an_override_stays_as_it_was_granted(world):
    """It may end sooner, and again sooner, but on no day that is past."""
    made = world.add("quota_override")["id"]
    for changes in ({"floor_mille": 1}, {"staff_cap_mille": 60},
                    {"post_category_cap_mille": 1}, {"why": "other"},
                    {"starts_on": "2026-01-02"}, {"ends_on": "2099-12-30"},
                    {"ended_on": "2026-02-01", "ended_why": "x"}):
        with world.refused("DK003"):
            world.update("quota_override", made, **changes)
    with world.refused("DK003"):
        world.run("delete from quota_override where id = %s", made)
    soon = world.one("select today_in_china() + 3")
    world.update("quota_override", made, ended_on=soon, ended_why="x")
    for again in (soon + datetime.timedelta(1), None,
                  soon - datetime.timedelta(5)):
        with world.refused("DK003"):
            world.update("quota_override", made, ended_on=again,
                         ended_why=again and "y")
    world.update("quota_override", made, ended_why="y",
                 ended_on=soon - datetime.timedelta(4))
    assert world.one("select quota_override_state(o) from quota_override o"
                     " where id = %s", made) == "over"


def test_one_override_at_a_time(world):
    enterprise = world.add("enterprise")["id"]

    def grant(first, last, ended=None, of=enterprise):
        world.add("quota_override", enterprise_id=of, starts_on=first,
                  ends_on=last, ended_on=ended, ended_why=ended and "x")

    grant("2026-03-01", "2026-03-31", "2026-03-09")
    for first, last in (("2026-03-09", "2026-04-30"),
                        ("2026-02-01", "2026-03-01"),
                        ("2026-01-01", "2026-12-31")):
        with world.refused("23P01", "quota_override_one_at_a_time"):
            grant(first, last)
    grant("2026-03-10", "2026-12-31")
    grant("2026-03-01", "2026-03-31", "2026-02-28")
    grant("2026-01-01", "2026-12-31", of=world.add("enterprise")["id"])


# the round's terms

@pytest.mark.parametrize("values", [
    {"seed": "autumn", "seed_sha256": sha256(b"autumn")},
    {"period_start": "2027-03-02"}, {"period_end": "2027-09-01"},
    {"opens_at": "2026-01-02"}, {"policy_version": None}])
def test_terms_are_frozen_once_open(world, values):
    round_id = world.open_round()
    with world.refused("DK002", "round_terms_are_frozen"):
        world.update("round", round_id, **values)


def test_the_close_may_move_only_while_open(world):
    round_id = world.open_round()
    world.update("round", round_id, closes_at="2027-02-15")
    world.move("round", round_id, "closed")
    with world.refused("DK002", "round_terms_are_frozen"):
        world.update("round", round_id, closes_at="2027-02-16")


def test_an_announced_end_never_comes_earlier(world):
    round_id = world.open_round()
    world.update("round", round_id, closes_at="2027-02-15", actor=SERVICE)
    with world.refused("DK005", "round_end_is_later"):
        world.update("round", round_id, closes_at="2027-02-14")
    world.run("set local session_replication_role = replica")
    world.update("round", round_id, closes_at="2026-02-01")
    world.run("set local session_replication_role = origin")
    with world.refused("DK005", "round_window_lasts"):
        world.update("round", round_id, closes_at="2027-02-16")


def test_what_is_to_open_by_itself_can(world):
    row = world.add("round")
    with world.refused("DK005", "round_schedule_has_policy"):
        world.update("round", row["id"], is_scheduled=True)
    world.add("policy", valid_from="2026-01-01")
    world.update("round", row["id"], is_scheduled=True)
    with world.refused("DK005", "round_window_lasts"):
        world.update("round", row["id"], opens_at="2025-01-01",
                     closes_at="2025-02-01")


def test_a_window_that_is_over_opens_nothing(world):
    policy = world.add("policy")["version"]
    row = world.add("round", policy_version=policy, opens_at="2025-01-01",
                    closes_at="2025-02-01")
    with world.refused("DK005", "round_window_lasts"):
        world.move("round", row["id"], "open")


def published_round(world):
    """With a run that placed nobody."""
    row = world.add("round", policy_version=world.add("policy")["version"])
    for state in ("open", "closed"):
        world.move("round", row["id"], state)
    run = world.add("run", round_id=row["id"])["id"]
    world.take(run)
    world.move("round", row["id"], "running")
    world.finish(run)
    world.move("round", row["id"], "computed")
    world.move("round", row["id"], "published", published_run_id=run)
    return row["id"]


def test_one_round_follows_another_at_a_time(world):
    first = published_round(world)
    second = world.add("round", follows=first)["id"]
    with world.refused("23505", "round_followed_once"):
        world.add("round", follows=first)
    with world.refused("DK005", "round_follows_published"):
        world.add("round", follows=second)
    with world.refused("DK005", "round_follows_same_days"):
        world.add("round", follows=first, period_end="2027-09-01")
    world.move("round", second, "cancelled", reason="none wanted")
    world.add("round", follows=first)


def test_rounds_before_are_the_nearest_first(world):
    first = published_round(world)
    second = world.add("round", follows=first)["id"]
    world.run("set local session_replication_role = replica")
    third = world.add("round", follows=second)["id"]
    world.run("set local session_replication_role = origin")
    assert [row[0] for row in world.run(
        "select id::text from rounds_before(%s, %s)", world.consortium,
        third)] == [second, first]
    assert world.run("select id from rounds_before(%s, %s)",
                     world.consortium, first) == []


def test_a_draft_may_change_all(world):
    row = world.add("round")
    world.update("round", row["id"], seed="autumn",
                 seed_sha256=sha256(b"autumn"), period_end="2027-09-30")


def test_the_window_says_when_it_really_was(world):
    policy = world.add("policy")["version"]
    row = world.add("round", policy_version=policy, opens_at="2027-01-01")
    world.move("round", row["id"], "open")
    assert world.one("select opens_at = now() from round where id = %s",
                     row["id"])
    world.move("round", row["id"], "closed")
    assert world.one("select closes_at = now() from round where id = %s",
                     row["id"])


# wishes

def test_wishes_are_replaced_whole(world):
    round_id, student = world.open_round(), world.any("student")
    first = [world.add("posting")["id"] for _ in range(3)]
    assert put(world, round_id, student, first, 0) == 1
    assert wishes(world, round_id, student) == first
    again = [first[2], first[0]]
    assert put(world, round_id, student, again, 1) == 2
    assert wishes(world, round_id, student) == again
    assert put(world, round_id, student, [], None) == 3
    assert wishes(world, round_id, student) == []
    assert world.run("select kind, version, payload from change where topic"
                     " = 'wishes' and subject_id = %s order by id", student) \
        == [("updated", n, {"round_id": round_id}) for n in (1, 2, 3)]


def test_wishes_of_a_stale_list_are_refused(world):
    round_id, student = world.open_round(), world.any("student")
    posting = world.any("posting")
    with world.refused("DK006"):
        put(world, round_id, student, [posting], 1)
    put(world, round_id, student, [posting], 0)
    for expected in (0, 2):
        with world.refused("DK006"):
            put(world, round_id, student, [], expected)
    assert wishes(world, round_id, student) == [posting]


def test_wishes_are_strict(world):
    round_id, student = world.open_round(), world.any("student")
    posting = world.any("posting")
    with world.refused("23505"):
        put(world, round_id, student, [posting, posting])
    with world.refused("23503"):
        put(world, round_id, student, [posting, new_id()])
    with world.refused("23514", "wish_rank_check"):
        put(world, round_id, student,
            [world.add("posting")["id"] for _ in range(51)])
    assert wishes(world, round_id, student) == []


def frozen(world, round_id, student):
    with world.refused("DK002", "wish_round_is_open"):
        put(world, round_id, student, [])
    for statement in ("update wish set rank = 9", "delete from wish",
                      "update wish_list set version = 9",
                      "delete from wish_list"):
        with world.refused("DK002", "wish_round_is_open"):
            world.run(statement + " where round_id = %s", round_id)


def test_wishes_rest_when_the_round_is_not_open(world):
    student, posting = world.any("student"), world.any("posting")
    draft = world.add("round")["id"]
    with world.refused("DK002", "wish_round_is_open"):
        put(world, draft, student, [posting])
    with world.refused("DK002", "wish_round_is_open"):
        put(world, new_id(), student, [posting])
    round_id = world.open_round()
    put(world, round_id, student, [posting])
    world.move("round", round_id, "closed")
    frozen(world, round_id, student)
    world.move("round", round_id, "running")
    frozen(world, round_id, student)
    world.move("round", round_id, "computed")
    frozen(world, round_id, student)
    world.move("round", round_id, "cancelled", reason="too few")
    frozen(world, round_id, student)


def test_wishes_rest_after_the_window_even_if_nobody_closed(world):
    student, posting = world.any("student"), world.any("posting")
    round_id = world.open_round()
    put(world, round_id, student, [posting])
    world.run("set local session_replication_role = replica")
    world.update("round", round_id, closes_at="2026-02-01")
    world.run("set local session_replication_role = origin")
    frozen(world, round_id, student)


def test_closing_waits_for_wishes_under_way(database):
    db = psycopg2.connect(database)
    world = World(db)
    round_id, student = world.open_round(), world.any("student")
    posting = world.any("posting")
    db.commit()
    put(world, round_id, student, [posting])  # not committed yet

    closed = threading.Event()

    def close():
        other = psycopg2.connect(database)
        with other, other.cursor() as cursor:
            cursor.execute("update round set state = 'closed', actor = %s"
                           " where id = %s", (SERVICE, round_id))
        closed.set()
        other.close()

    thread = threading.Thread(target=close)
    thread.start()
    assert not closed.wait(0.3)
    db.commit()
    thread.join(10)
    assert closed.is_set()
    assert wishes(world, round_id, student) == [posting]
    with pytest.raises(psycopg2.Error) as caught:
        put(world, round_id, student, [])
    assert caught.value.pgcode == "DK002"
    db.close()


# runs

def test_no_run_before_the_close(world):
    for round_id in (world.add("round")["id"], world.open_round()):
        with world.refused("DK005", "run_round_is_closed"):
            world.add("run", round_id=round_id)


def test_a_run_that_ended_lets_the_next_one_in(world):
    run = world.running_run()
    world.move("run", run, "failed", error="killed", finished_at="2026-01-02")
    again = world.add("run", mode="optimal")["id"]
    world.take(again)
    world.move("run", again, "queued", worker=None, lease_until=None)
    world.take(again)


def test_results_only_while_running(world):
    run = world.running_run()
    world.add("run_placement")
    world.finish(run, student_count=1, placed_count=1)
    for table in ("run_placement", "run_cutoff", "run_group", "run_unplaced",
                  "run_left_out"):
        with world.refused("DK002", "run_is_running"):
            world.add(table, run_id=run, **(
                {"student_id": world.add("student")["id"]}
                if table == "run_placement" else {}))
    queued = world.add("run")["id"]
    with world.refused("DK002", "run_is_running"):
        world.add("run_file", run_id=queued)


def test_results_never_change(world):
    for table, column in (("run_file", "kind"), ("run_placement", "choice"),
                          ("run_cutoff", "score"), ("run_group", "placed"),
                          ("run_unplaced", "why"), ("run_left_out", "rule")):
        world.add(table)
        with world.refused("DK003"):
            world.run(f"update {table} set {column} = {column}")
        with world.refused("DK003"):
            world.run(f"delete from {table}")


# publication

def computed(world, seats=3):
    round_id, run = world.closed_round(), world.running_run()
    world.move("round", round_id, "running")
    enterprise = world.any("enterprise")
    posting = world.add("posting", enterprise_id=enterprise)["id"]
    for choice in range(1, seats + 1):
        world.add("run_placement", student_id=world.add("student")["id"],
                  posting_id=posting, choice=choice, score=choice * 1000)
    world.finish(run, student_count=seats + 1, placed_count=seats)
    world.move("round", round_id, "computed")
    return round_id, run


def publish(world, round_id, run, expected=None):
    return world.one("select publish_round(%s, %s, %s, %s, %s)",
                     world.consortium, round_id, run, SERVICE, expected)


def test_publication_makes_the_placements(world):
    round_id, run = computed(world)
    assert publish(world, round_id, run,
                   world.get("round", round_id, "version")) == 3
    assert world.get("round", round_id, "state") == "published"
    assert world.get("round", round_id, "published_run_id") == run
    assert world.run(
        "select p.id = r.id, p.score, p.choice, p.state, p.enterprise_id"
        "::text, p.period_start::text from placement p"
        " join run_placement r using (consortium_id, run_id, student_id)"
        " order by p.choice") == [
            (True, n * 1000, n, "proposed", world.any("enterprise"),
             "2027-03-01") for n in (1, 2, 3)]


def test_publication_refuses(world):
    round_id, run = computed(world)
    version = world.get("round", round_id, "version")
    with world.refused("DK006"):
        publish(world, round_id, run, version - 1)
    with world.refused("DK007"):
        publish(world, new_id(), run)
    with world.refused("DK005", "round_run_is_done"):
        publish(world, round_id, new_id())
    queued = world.add("run", round_id=round_id)["id"]
    with world.refused("DK005", "round_run_is_done"):
        publish(world, round_id, queued)
    publish(world, round_id, run)
    with world.refused("DK001"):
        publish(world, round_id, run)


def test_publication_of_anothers_run_is_refused(world):
    round_id, run = computed(world)
    policy = world.add("policy")["version"]
    other = world.add("round", policy_version=policy)["id"]
    for state in ("open", "closed", "running", "computed"):
        world.move("round", other, state)
    with world.refused("DK005", "round_run_is_done"):
        publish(world, other, run)
    with world.refused("23503", "round_published_run_is_its_own"):
        world.move("round", other, "published", published_run_id=run)
