"""Rounds that time opens and closes: by any number of workers, each once."""

import random
import signal
import time

import psycopg2
import pytest

from tests.work.city import SERVICE
from tests.work.conftest import stop
from tests.work.test_sweep import count, until


def add_round(city, opens, closes, scheduled=True):
    """A draft whose window is so many seconds from now."""
    made = city.id()
    city.run("insert into round (consortium_id, id, name, opens_at,"
             " closes_at, period_start, period_end, seed, seed_sha256,"
             " is_scheduled) values (%s, %s, '定时', now() + %s * interval"
             " '1 second', now() + %s * interval '1 second',"
             " current_date + 30, current_date + 120, 'x', sha256('x'), %s)",
             city.consortium, made, opens, closes, scheduled)
    return made


def opened(city, closes):
    made = add_round(city, -9, closes, False)
    city.move("round", made, "open", policy_version=1)
    return made


def state(city, subject):
    found = city.column("round", subject, "state")
    city.db.commit()
    return found


def told(city, subject, to):
    """How often the history, the outbox and the audit tell of that move."""
    return (count(city, "event where subject_id = %s and to_state = %s"
                        " and actor = %s", subject, to, SERVICE),
            count(city, "change where subject_id = %s and kind = %s",
                  subject, to),
            count(city, "audit where subject_id = %s and action = %s",
                  subject, "round." + to))


def test_a_scheduled_round_opens_and_closes_by_itself(town):
    city = town.settle(students=1)
    kept = [add_round(city, -5, 60, False), add_round(city, 60, 90)]
    subject = add_round(city, 2, 5)
    city.db.commit()
    worker = town.worker(expire_s=1)
    until(lambda: state(city, subject) == "open")
    assert city.run("select policy_version, opens_at <= now(), opens_at <"
                    " closes_at from round where id = %s", subject) == \
        [(1, True, True)]
    asked = city.column("round", subject, "closes_at")
    until(lambda: state(city, subject) == "closed")
    assert city.column("round", subject, "closes_at") == asked
    for to in ("open", "closed"):
        assert told(city, subject, to) == (1, 1, 1)
    assert [state(city, one) for one in kept] == ["draft", "draft"]
    assert stop(worker) == 0


def test_what_cannot_open_stays_a_draft(town):
    """Its window passed while nobody worked; or there is no policy."""
    city = town.settle(students=0)
    over = add_round(city, 1, 2)
    city.db.commit()
    time.sleep(2.1)
    due = add_round(city, 0, 60)
    city.db.commit()
    other = city.id()
    city.run("insert into consortium (id, slug, name, division_code)"
             " values (%s, 'other', '另一联合体', '330100')", other)
    city.run("alter table round disable trigger scheduled")
    city.run("insert into round (consortium_id, id, name, opens_at,"
             " closes_at, period_start, period_end, seed, seed_sha256,"
             " is_scheduled) values (%s, %s, '无政策', now(), now() + interval"
             " '1 hour', current_date + 30, current_date + 120, 'x',"
             " sha256('x'), true)", other, over)
    city.db.commit()
    city.run("alter table round enable trigger scheduled")
    city.db.commit()
    worker = town.worker(expire_s=1)
    until(lambda: state(city, due) == "open")
    assert count(city, "round where state = 'draft' and id = %s", over) == 2
    assert stop(worker) == 0


def test_no_wish_lands_after_the_end(town):
    """Not even before a worker has come to close the round."""
    city = town.settle(students=1)
    subject = opened(city, 1)
    city.db.commit()
    other = town.connect()
    put = "select put_wishes(%s, %s, %s, %s::uuid[], %s, null)"
    values = (city.consortium, subject, city.students[0], city.postings[:1],
              SERVICE)
    assert other(put, *values) == [(1,)]
    time.sleep(1.1)
    with pytest.raises(psycopg2.Error) as refused:
        other(put, *values)
    assert refused.value.pgcode == "DK002"
    assert state(city, subject) == "open"


def test_wishes_under_way_keep_the_round_open(town):
    """A wish that was in time is not shut out; the round closes behind it."""
    city = town.settle(students=1)
    subject = opened(city, 1)
    city.db.commit()
    city.run("select put_wishes(%s, %s, %s, %s::uuid[], %s, null)",
             city.consortium, subject, city.students[0], city.postings[:1],
             SERVICE)
    other = town.connect()
    worker = town.worker(expire_s=1)
    time.sleep(2.5)
    assert other("select state from round where id = %s", subject) == \
        [("open",)]
    city.db.commit()
    until(lambda: state(city, subject) == "closed")
    assert stop(worker) == 0


def test_workers_that_are_killed_close_each_once(town):
    """Three at a time, and one of them killed again and again."""
    city = town.settle(students=0)
    rounds = [opened(city, 1 + number % 8) for number in range(600)]
    rounds += [add_round(city, number % 8, 600) for number in range(600)]
    city.db.commit()
    dice = random.Random(7)
    workers = [town.worker(expire_s=1) for _ in range(3)]
    deadline = time.monotonic() + 60
    while count(city, "round where (state = 'closed' and not is_scheduled)"
                      " or (state = 'open' and is_scheduled)") < 1201:
        assert time.monotonic() < deadline
        victim = dice.randrange(3)
        workers[victim].send_signal(signal.SIGKILL)
        workers[victim].wait()
        workers[victim] = town.worker(expire_s=1)
        time.sleep(dice.random() / 2)
    time.sleep(1.5)     # another look of each
    assert count(city, "event where machine = 'round' and actor = %s"
                       " and subject_id = any (%s::uuid[]) and to_state <>"
                       " 'open'", SERVICE, rounds) == 600
    for table, where in (("event", "to_state"), ("change", "kind")):
        assert city.run(
            f"select {where}, count(*), count(distinct subject_id) from"
            f" {table} where subject_id = any (%s::uuid[]) and {where} in"
            f" ('open', 'closed') group by 1 order by 1", rounds) == \
            [("closed", 600, 600), ("open", 1200, 1200)]
    assert city.run("select action, count(*) from audit where subject_id ="
                    " any (%s::uuid[]) and action <> 'round.created' group"
                    " by 1 order by 1", rounds) == \
        [("round.closed", 600), ("round.open", 1200)]
    assert city.run("select audit_first_fault(%s)", city.consortium) == \
        [(None,)]
    assert [stop(worker) for worker in workers] == [0, 0, 0]


def reminded(city, subject):
    found = city.run("select kind, student_id::text, posting_id::text from"
                     " round_reminder where round_id = %s", subject)
    city.db.commit()
    return sorted((kind, student or posting)
                  for kind, student, posting in found)


def wish_for(city, subject, student):
    city.run("select put_wishes(%s, %s, %s, %s::uuid[], %s, null)",
             city.consortium, subject, student, city.postings[:1], SERVICE)


@pytest.mark.parametrize("counted", ["all", "certified"])
def test_who_is_late_is_reminded_once(town, counted):
    """By three workers, and though the round is put off afterwards."""
    city = town.settle(students=1300, enterprises=3)
    city.run("insert into policy (consortium_id, version, valid_from,"
             " counted_lists) values (%s, 2, now(), %s)", city.consortium,
             counted)
    early = add_round(city, -9, 300000, False)
    subject = add_round(city, -9, 3600, False)
    for one in (early, subject):
        city.move("round", one, "open", policy_version=2)
    put, certified = city.students[:2]
    for student in (put, certified):
        wish_for(city, subject, student)
    city.run("select certify_wishes(%s, %s, %s, %s, 1)", city.consortium,
             subject, certified, SERVICE)
    ranked, *plain = city.postings
    city.run("select put_posting_ranking(%s, %s, %s, %s::uuid[], %s, 0)",
             city.consortium, subject, ranked, [put], SERVICE)
    city.db.commit()
    workers = [town.worker(expire_s=1) for _ in range(3)]
    time.sleep(1.5)
    assert reminded(city, subject) == [], "not before half of the window"
    city.run("set local session_replication_role = replica")
    city.run("update round set opens_at = now() - interval '2 hours' where"
             " id = %s", subject)
    city.db.commit()
    late = [("list-missing", one) for one in city.students[2:]]
    late += [("list-uncertified", put)] * (counted == "certified")
    late += [("ranking-missing", one) for one in plain]
    until(lambda: count(city, "round_reminding") == 1)
    assert reminded(city, subject) == sorted(late)
    assert count(city, "change where topic = 'round_reminder'"
                       " and payload->>'round_id' = %s", subject) == len(late)
    city.run("select extend_round(%s, %s, now() + interval '2 hours', 'x',"
             " %s)", city.consortium, subject, SERVICE)
    city.db.commit()
    time.sleep(1.5)
    assert len(reminded(city, subject)) == len(late)
    assert reminded(city, early) == []
    assert [stop(worker) for worker in workers] == [0, 0, 0]


def test_a_cancelled_round_stops_its_run(town):
    """In the hands of a worker, which then keeps nothing of it."""
    city = town.settle(students=3000, enterprises=100)
    run = city.queue()
    worker = town.worker()
    until(lambda: city.column("run", run, "state") == "running")
    worker.send_signal(signal.SIGSTOP)
    city.run("select cancel_round(%s, %s, '企业停产', %s)", city.consortium,
             city.round, SERVICE)
    city.db.commit()
    worker.send_signal(signal.SIGCONT)
    time.sleep(2)
    assert (city.column("run", run, "state"), state(city, city.round)) == \
        ("cancelled", "cancelled")
    assert city.column("run", run, "error") == "企业停产"
    assert count(city, "run_file where run_id = %s", run) == 0
    assert stop(worker) == 0
