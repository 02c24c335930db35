"""Runs that are watched, called off, or end at a limit; and workers, children
and PostgreSQL killed at every step of a run."""

import contextlib
import json
import os
import pathlib
import signal
import time

import pytest

from tests.work.conftest import stop

STEPS = ["freeze", "place", "verify", "store", "end", "commit"]


def children(worker):
    path = pathlib.Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
    return [int(pid) for pid in path.read_text().split()]


def state_of(pid):
    """"T" where it has stopped, None where it is gone, be it while we look."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return stat.rpartition(")")[2].split()[0]


def eventually(what, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError("it never came to that")


def stopped_child(worker):
    """The process that works on the run, once it has stopped itself."""
    return eventually(lambda: next(
        (pid for pid in children(worker) if state_of(pid) == "T"), None))


def kill(worker):
    worker.kill()
    worker.wait()


def nothing_is_kept(city, run):
    for table in ("run_file", "run_placement", "run_cutoff", "run_group",
                  "run_unplaced", "run_left_out"):
        assert city.run(f"select count(*) from {table} where run_id = %s",
                        run) == [(0,)], table
    city.db.commit()


def documents(city, run):
    return city.file(run, "instance"), city.file(run, "result")


@pytest.fixture
def done(town):
    """(city, what a run of it comes to)."""
    city = town.settle(students=200)
    run = city.queue()
    worker = town.worker()
    assert town.wait_done(city, run) == "done"
    assert stop(worker) == 0
    return city, documents(city, run)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("what", ["worker", "child", "database"])
def test_killed_at_each_step(town, cluster, done, step, what):
    """All or nothing, and the same bytes in the end."""
    city, expected = done
    run = city.queue()
    worker = town.worker(lease_ms=1000, stop_at=step)
    child = stopped_child(worker)
    if step not in ("end", "commit"):
        nothing_is_kept(city, run)
    if what == "worker":
        kill(worker)
        eventually(lambda: state_of(child) in (None, "Z", "X"))
    elif what == "child":
        os.kill(child, signal.SIGKILL)
        kill(worker)
    else:
        city.db.commit()
        cluster._admin("select pg_terminate_backend(pid) from"
                       " pg_stat_activity where application_name like"
                       " 'duikou-worker%'")
        os.kill(child, signal.SIGCONT)
        kill(worker)
    nothing_is_kept(city, run)
    town.worker(lease_ms=1000)
    assert town.wait_done(city, run) == "done"
    assert documents(city, run) == expected
    assert city.column("run", run, "attempt") > 1
    assert city.column("round", city.round, "state") == "computed"


@pytest.mark.parametrize("step", STEPS)
def test_postgresql_falls_over_at_each_step(town, cluster, done, step):
    """pg_ctl -m immediate: what was not committed never was."""
    city, expected = done
    run = city.queue()
    worker = town.worker(lease_ms=1000, stop_at=step)
    child = stopped_child(worker)
    cluster.crash()
    os.kill(child, signal.SIGCONT)
    eventually(lambda: not children(worker))
    cluster.start()
    town.reconnect(city)
    kill(worker)
    nothing_is_kept(city, run)
    town.worker(lease_ms=1000)
    assert town.wait_done(city, run) == "done"
    assert documents(city, run) == expected


@pytest.mark.parametrize("step", ["place", "commit"])
@pytest.mark.parametrize("who", ["both", "worker", "child"])
def test_one_that_was_asleep_does_not_end_it_twice(town, done, step, who):
    """Paused beyond its lease, then awake again while another has the run, or
    has ended it. At `commit` all is written but not yet committed: the other
    waits for that, so that the sleeper is the one who ends it."""
    city, expected = done
    run = city.queue()
    sleeper = town.worker(lease_ms=500, stop_at=step)
    child = stopped_child(sleeper)
    if who != "child":
        sleeper.send_signal(signal.SIGSTOP)
    if who == "worker":
        os.kill(child, signal.SIGCONT)
    other = town.worker(lease_ms=500)
    if (who, step) == ("both", "place"):
        assert town.wait_done(city, run) == "done"
        assert city.column("run", run, "attempt") == 2
    else:
        time.sleep(1)
    sleeper.send_signal(signal.SIGCONT)
    with contextlib.suppress(ProcessLookupError):
        if state_of(child) == "T":
            os.kill(child, signal.SIGCONT)
    assert town.wait_done(city, run) == "done"
    assert stop(sleeper) == 0 and stop(other) == 0
    assert documents(city, run) == expected
    assert city.run("select count(*) from event where subject_id = %s"
                    " and to_state = 'done'", run) == [(1,)]


def test_called_off_while_it_runs(town, done):
    city, _ = done
    run = city.queue()
    worker = town.worker(lease_ms=900, stop_at="place")
    child = stopped_child(worker)
    city.run("select cancel_run(%s, %s, %s, '名额有误', %s)",
             city.consortium, city.round, run, city.school)
    city.db.commit()
    eventually(lambda: state_of(child) is None, 5)
    assert city.column("run", run, "state") == "cancelled"
    assert city.column("round", city.round, "state") == "computed"
    nothing_is_kept(city, run)
    assert worker.poll() is None
    assert stop(worker) == 0


def test_called_off_before_it_commits(town, done):
    """The call waits for the commit, or comes before it: never both."""
    city, _ = done
    run = city.queue()
    worker = town.worker(stop_at="end")
    child = stopped_child(worker)
    city.run("select cancel_run(%s, %s, %s, null, %s)", city.consortium,
             city.round, run, city.school)
    city.db.commit()
    os.kill(child, signal.SIGCONT)
    eventually(lambda: not children(worker))
    assert city.column("run", run, "state") == "cancelled"
    nothing_is_kept(city, run)


def test_progress_is_told(town, done):
    city, _ = done
    run = city.queue()
    worker = town.worker(stop_at="verify")
    child = stopped_child(worker)
    eventually(lambda: city.column("run", run, "phase") == "verify", 5)
    version = city.column("run", run, "version")
    assert city.column("run", run, "share") == 0
    beats = city.column("run", run, "heartbeat_at")
    time.sleep(1.5)
    assert city.column("run", run, "heartbeat_at") == beats, \
        "nothing new was told"
    os.kill(child, signal.SIGCONT)
    assert town.wait_done(city, run) == "done"
    assert city.column("run", run, "phase") is None
    assert city.column("run", run, "version") == version + 1
    assert city.column("run", run, "store_ms") >= 0
    assert city.column("run", run, "memory_bytes") > 1 << 20
    assert worker.poll() is None


def test_too_long(town, done):
    city, _ = done
    run = city.queue()
    worker = town.worker(run_s=1, stop_at="place")
    child = stopped_child(worker)
    assert town.wait_done(city, run) == "failed"
    assert state_of(child) is None
    assert "DUIKOU_RUN_S" in city.column("run", run, "error")
    assert city.column("round", city.round, "state") == "computed"
    nothing_is_kept(city, run)
    assert stop(worker) == 0, "the worker itself survives"


def test_too_large(town, done):
    """A limit that no run keeps to."""
    city, expected = done
    run = city.queue()
    worker = town.worker(run_mib=1, stop_at="place")
    assert town.wait_done(city, run) == "failed"
    assert "DUIKOU_RUN_MIB" in city.column("run", run, "error")
    assert stop(worker) == 0
    run = city.queue()
    town.worker()
    assert town.wait_done(city, run) == "done"
    assert documents(city, run) == expected


def test_one_that_always_dies_is_given_up(town, done):
    city, _ = done
    run = city.queue()
    for attempt in (1, 2):
        worker = town.worker(lease_ms=500, run_attempts=2, stop_at="freeze")
        eventually(lambda: city.column("run", run, "attempt") == attempt)
        stopped_child(worker)
        kill(worker)
    town.worker(lease_ms=500, run_attempts=2)
    assert town.wait_done(city, run) == "failed"
    assert "never came to an end" in city.column("run", run, "error")
    assert json.loads(city.file(city.run(
        "select id::text from run where state = 'done'")[0][0],
        "result"))["placements"]
