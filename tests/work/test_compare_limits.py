"""Comparisons that are watched, called off, or end at a limit; and workers and
children killed at every step of one."""

import json
import os
import signal

import pytest

from tests.work.conftest import stop
from tests.work.test_limits import (
    done, eventually, kill, state_of, stopped_child)

__all__ = ["done"]
STEPS = ["read", "after", "before", "store"]


class Comparing:
    """A finished run, and what is asked of it."""

    def __init__(self, town, city):
        self.town, self.city = town, city
        self.run = city.run("select id::text from run where state = 'done'"
                            )[0][0]
        group = city.run("select group_id from run_group where run_id = %s"
                         " order by 1 limit 1", self.run)[0][0]
        self.changes = [{"set": "cap", "id": group, "to": 1000000000}]

    def ask(self):
        made = self.city.id()
        self.city.run("insert into comparison (consortium_id, id, round_id,"
                      " run_id, created_by, changes) values (%s, %s, %s, %s,"
                      " %s, %s)", self.city.consortium, made, self.city.round,
                      self.run, self.city.school, json.dumps(self.changes))
        self.city.db.commit()
        return made

    def of(self, made, column):
        return self.city.column("comparison", made, column)

    def ended(self, made):
        return eventually(lambda: self.of(made, "finished_at")
                          and self.of(made, "state"))

    def call_off(self, made):
        self.city.run("select from cancel_comparisons(%s, %s, %s, '名额有误',"
                      " %s)", self.city.consortium, self.city.round, made,
                      self.city.school)
        self.city.db.commit()


@pytest.fixture
def asked(town, done):
    return Comparing(town, done[0])


@pytest.fixture
def report(asked):
    """What it comes to where nobody disturbs it."""
    made = asked.ask()
    worker = asked.town.worker()
    assert asked.ended(made) == "done"
    assert stop(worker) == 0
    return asked.of(made, "report")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("what", ["worker", "child"])
def test_killed_at_each_step(town, asked, report, step, what):
    made = asked.ask()
    worker = town.worker(lease_ms=1000, stop_at=step)
    child = stopped_child(worker)
    if what == "child":
        os.kill(child, signal.SIGKILL)
    kill(worker)
    eventually(lambda: state_of(child) in (None, "Z", "X"))
    assert (asked.of(made, "state"), asked.of(made, "report")) == \
        ("running", None)
    town.worker(lease_ms=1000)
    assert asked.ended(made) == "done"
    assert asked.of(made, "report") == report
    assert asked.of(made, "attempt") == 2


def test_one_that_was_asleep_does_not_end_it_twice(town, asked, report):
    made = asked.ask()
    sleeper = town.worker(lease_ms=500, stop_at="store")
    child = stopped_child(sleeper)
    sleeper.send_signal(signal.SIGSTOP)
    other = town.worker(lease_ms=500)
    assert asked.ended(made) == "done"
    version = asked.of(made, "version")
    os.kill(child, signal.SIGCONT)
    eventually(lambda: state_of(child) in (None, "Z", "X"))
    sleeper.send_signal(signal.SIGCONT)
    assert stop(sleeper) == 0 and stop(other) == 0
    assert asked.of(made, "version") == version
    assert asked.of(made, "report") == report


@pytest.mark.parametrize("step", STEPS)
def test_called_off_while_it_is_made(town, asked, step):
    made = asked.ask()
    worker = town.worker(lease_ms=900, stop_at=step)
    child = stopped_child(worker)
    asked.call_off(made)
    eventually(lambda: state_of(child) is None, 5)
    assert (asked.of(made, "state"), asked.of(made, "error"),
            asked.of(made, "phase"), asked.of(made, "report")) == \
        ("cancelled", "名额有误", None, None)
    assert stop(worker) == 0, "the worker itself survives"


def test_its_end_waits_for_being_called_off(town, asked):
    """Stopped before it is kept, called off, then awake: never both."""
    made = asked.ask()
    worker = town.worker(lease_ms=60000, stop_at="store")
    child = stopped_child(worker)
    asked.call_off(made)
    os.kill(child, signal.SIGCONT)
    eventually(lambda: state_of(child) is None)
    assert (asked.of(made, "state"), asked.of(made, "report")) == \
        ("cancelled", None)
    assert asked.city.run("select to_state from event where subject_id = %s"
                          " order by at, id", made) == \
        [("running",), ("cancelled",)]


def test_progress_is_told(town, asked):
    made = asked.ask()
    for at, step in enumerate(STEPS):
        worker = town.worker(lease_ms=1000, stop_at=step)
        stopped_child(worker)
        phase = STEPS[at]
        eventually(lambda: asked.of(made, "phase") == phase, 5)
        assert 0 <= asked.of(made, "share") <= 1000
        kill(worker)
    town.worker(lease_ms=1000)
    assert asked.ended(made) == "done"
    assert (asked.of(made, "phase"), asked.of(made, "share")) == (None, None)
    assert asked.of(made, "work_ms") >= 0
    assert asked.of(made, "memory_bytes") > 1 << 20


def test_a_round_that_is_cancelled_calls_it_off(town, asked):
    """And the run that another worker is at."""
    city = asked.city
    run = city.queue()
    worker = town.worker(lease_ms=900, stop_at="place")
    child = stopped_child(worker)
    waiting, made = asked.ask(), asked.ask()
    other = town.worker(lease_ms=900, stop_at="before")
    second = stopped_child(other)
    city.run("select cancel_round(%s, %s, '疫情', %s)", city.consortium,
             city.round, city.school)
    city.db.commit()
    for pid in (child, second):
        eventually(lambda pid=pid: state_of(pid) is None, 5)
    assert (city.column("run", run, "state"), city.column("run", run, "error")
            ) == ("cancelled", "疫情")
    for one in (waiting, made):
        assert (asked.of(one, "state"), asked.of(one, "error")) == \
            ("cancelled", "疫情")
    assert city.column("round", city.round, "state") == "cancelled"
    assert stop(worker) == 0 and stop(other) == 0


def test_too_long(town, asked):
    made = asked.ask()
    worker = town.worker(run_s=1, stop_at="before")
    child = stopped_child(worker)
    assert asked.ended(made) == "failed"
    assert state_of(child) is None
    assert "DUIKOU_RUN_S" in asked.of(made, "error")
    assert stop(worker) == 0


def test_too_large(town, asked, report):
    made = asked.ask()
    worker = town.worker(run_mib=1, stop_at="before")
    assert asked.ended(made) == "failed"
    assert "DUIKOU_RUN_MIB" in asked.of(made, "error")
    assert stop(worker) == 0
    made = asked.ask()
    town.worker()
    assert asked.ended(made) == "done"
    assert asked.of(made, "report") == report


def test_one_that_always_dies_is_given_up(town, asked):
    made = asked.ask()
    for attempt in (1, 2):
        worker = town.worker(lease_ms=500, run_attempts=2, stop_at="read")
        eventually(lambda: asked.of(made, "attempt") == attempt)
        stopped_child(worker)
        kill(worker)
    town.worker(lease_ms=500, run_attempts=2)
    assert asked.ended(made) == "failed"
    assert "never came to an end" in asked.of(made, "error")
