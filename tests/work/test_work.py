"""A round from wishes to a verified result."""

import collections
import json
import os
import random
import subprocess
import time

from tests.work.conftest import MATCHER, stop


def matcher(*words):
    return subprocess.run([MATCHER, *words], capture_output=True, text=True,
                          check=False)


def files_of(city, run, tmp_path):
    paths = {}
    for kind in ("instance", "result"):
        paths[kind] = tmp_path / f"{kind}.json"
        paths[kind].write_bytes(city.file(run, kind))
    return paths


def placed_as_anybody_would(city, run, mode, tmp_path):
    """The run's result, which the matcher alone makes of the instance, too."""
    paths = files_of(city, run, tmp_path)
    again = tmp_path / "again.json"
    made = matcher("place", "--mode", mode, "--in", paths["instance"],
                   "--out", again)
    assert made.returncode == 0, made.stderr
    assert again.read_bytes() == paths["result"].read_bytes()
    judged = matcher("verify", "--in", paths["instance"],
                     "--result", paths["result"])
    assert judged.returncode == 0, judged.stdout + judged.stderr
    result = json.loads(paths["result"].read_bytes())
    assert result["placements"], "nobody was placed"
    rows = city.run("select student_id::text, posting_id::text, score, choice"
                    " from run_placement where run_id = %s", run)
    assert sorted(rows) == sorted(
        (p["student"], p["posting"], p["score"], p["choice"])
        for p in result["placements"])
    return result


def test_round_is_placed_verified_and_stored(town, tmp_path):
    city = town.settle()
    run = city.queue()
    worker = town.worker()
    assert town.wait_done(city, run) == "done"
    assert city.column("round", city.round, "state") == "computed"
    placed_as_anybody_would(city, run, "stable", tmp_path)
    assert stop(worker) == 0


def test_runs_in_either_mode(town, tmp_path):
    """Few students, and floors that mode stable does not look at."""
    city = town.settle(students=60)
    city.run("insert into quota_override (consortium_id, id, enterprise_id,"
             " floor_mille, why, ends_on) select consortium_id,"
             " gen_random_uuid(), id, 60, '试点', '2099-12-31' from"
             " enterprise")
    city.db.commit()
    town.worker()
    found = {}
    for mode in ("stable", "optimal"):
        run = city.queue(mode)
        assert town.wait_done(city, run) == "done"
        result = placed_as_anybody_would(city, run, mode, tmp_path)
        assert (result["mode"], city.column("run", run, "shortfall"),
                city.column("run", run, "placed_count")) == \
            (mode, result["objective"]["shortfall"],
             result["objective"]["placed"])
        it = result["objective"]
        found[mode] = (-it["shortfall"], it["placed"], it["score"])
    assert found["optimal"] > found["stable"]
    assert result["certificate"]


def test_caps_hold_when_counted_again(town):
    city = town.settle(students=600)
    run = city.queue()
    town.worker()
    assert town.wait_done(city, run) == "done"
    over = city.run(
        "select p.id from posting p join run_placement r"
        " on r.posting_id = p.id where r.run_id = %s"
        " group by p.id, p.openings having count(*) > p.openings", run)
    over += city.run(
        "select e.id from enterprise e join posting p"
        " on p.enterprise_id = e.id join run_placement r"
        " on r.posting_id = p.id where r.run_id = %s"
        " group by e.id, e.staff_count"
        " having count(*) > e.staff_count * 10 / 100", run)
    over += city.run(
        "select c.id from post_category c join posting p"
        " on p.post_category_id = c.id join run_placement r"
        " on r.posting_id = p.id where r.run_id = %s"
        " group by c.id, c.staff_count"
        " having count(*) > c.staff_count * 20 / 100", run)
    assert over == []


def test_what_a_rule_blocks_is_not_placed(town):
    city = town.settle()
    first_years = city.students[:40]
    city.run("update student set entry_year = 2026, actor = null"
             " where id = any (%s::uuid[])", first_years)
    city.db.commit()
    run = city.queue()
    town.worker()
    assert town.wait_done(city, run) == "done"
    instance = json.loads(city.file(run, "instance"))
    wishes = {s["id"]: s["choices"] for s in instance["students"]}
    assert all(wishes[student] == [] for student in first_years)
    assert any(wishes[student] for student in city.students[40:])


def test_those_present_count_against_the_caps(town):
    city = town.settle()
    first = city.queue()
    town.worker()
    assert town.wait_done(city, first) == "done"
    city.run("select publish_round(%s, %s, %s,"
             " '00000000-0000-0000-0000-000000000000', null)",
             city.consortium, city.round, first)
    city.run("update placement set state = 'accepted', actor ="
             " '00000000-0000-0000-0000-000000000000' where round_id = %s",
             city.round)
    taken = collections.Counter(
        row[0] for row in city.run(
            "select enterprise_id::text from placement"))
    city.round = city.open_round()
    for student in city.students:
        city.wish(student, city.random.sample(city.postings, 8))
    city.move("round", city.round, "closed")
    city.db.commit()
    second = city.queue()
    assert town.wait_done(city, second) == "done"
    instance = json.loads(city.file(second, "instance"))
    caps = dict(city.run("select id::text, staff_count * 10 / 100"
                         " from enterprise"))
    upper = {g["id"]: g["upper"] for g in instance["groups"]
             if g["id"] in caps}
    assert upper == {e: caps[e] - taken[e] for e in caps}
    placed = {row[0] for row in city.run(
        "select student_id::text from placement")}
    assert placed and not placed & {s["id"] for s in instance["students"]}


def test_killed_at_any_moment_the_bytes_are_the_same(town):
    city = town.settle(students=2000, enterprises=60)
    run = city.queue()
    town.worker()
    assert town.wait_done(city, run) == "done"
    expected = city.file(run, "instance"), city.file(run, "result")
    for worker in town.workers:
        stop(worker)
    span = (city.column("run", run, "finished_at")
            - city.column("run", run, "started_at")).total_seconds()
    chance = random.Random(7)
    kills = 100 if os.environ.get("DUIKOU_TEST_LONG") else 8
    interrupted = 0
    while kills > 0:
        run = city.queue()
        while kills > 0:
            worker = town.worker(lease_ms=500, run_attempts=1000)
            deadline = time.monotonic() + 20
            while (city.column("run", run, "worker") is None
                   and time.monotonic() < deadline):
                time.sleep(0.005)
            time.sleep(chance.uniform(0, span * 1.2))
            worker.kill()
            worker.wait()
            kills -= 1
            if city.column("run", run, "state") == "done":
                break
            interrupted += 1
        else:
            town.worker(lease_ms=500)
        assert town.wait_done(city, run) == "done"
        assert (city.file(run, "instance"),
                city.file(run, "result")) == expected
        assert city.column("round", city.round, "state") == "computed"
    assert interrupted > 0, "no kill came in time"


def test_two_workers_share_the_queue(town):
    city = town.settle()
    workers = [town.worker(), town.worker()]
    for _ in range(4):
        run = city.queue()
        assert town.wait_done(city, run) == "done"
        assert city.column("run", run, "attempt") == 1
    assert [stop(worker) for worker in workers] == [0, 0]
    assert city.run("select count(*) from run where state = 'done'") == [(4,)]


def test_survives_postgresql_going_away(town, cluster):
    city = town.settle()
    worker = town.worker()
    cluster._admin("select pg_terminate_backend(pid) from pg_stat_activity"
                   " where application_name like 'duikou-worker%'")
    run = city.queue()
    assert town.wait_done(city, run) == "done"
    assert worker.poll() is None


def test_waits_for_a_database_that_is_not_there_yet(town, cluster):
    """And goes when it is told to, with or without one."""
    city = town.settle()
    cluster._admin(f"alter database {city.db.info.dbname} allow_connections"
                   " false")
    early, kept = town.worker(), town.worker()
    time.sleep(0.5)
    assert stop(early) == 0
    assert kept.poll() is None
    cluster._admin(f"alter database {city.db.info.dbname} allow_connections"
                   " true")
    run = city.queue()
    assert town.wait_done(city, run) == "done"
    assert stop(kept) == 0
