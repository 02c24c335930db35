"""What time alone ends: postings, sessions and keys that ran out."""

import time

from tests.work.city import SERVICE
from tests.work.conftest import stop

def until(holds, seconds=30):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.05)


def overdue(city, count):
    """So many published postings whose time was over a minute ago."""
    while len(city.postings) < count:
        city.add_enterprise(len(city.postings))
    chosen = city.postings[:count]
    city.run("update posting set published_at = now() - interval '9 days',"
             " closes_at = now() - interval '1 minute', actor = %s"
             " where id = any (%s::uuid[])", SERVICE, chosen)
    city.db.commit()
    return chosen


def count(city, question, *values):
    rows = city.run(f"select count(*) from {question}", *values)
    city.db.commit()
    return rows[0][0]


def test_how_rare_skills_are_is_counted_once(town):
    city = town.settle(students=0)
    city.run("update posting set preferred_skills = '{ＰＬＣ编程}', actor = %s"
             " where id = any (%s::uuid[])", SERVICE, city.postings[:15])
    city.db.commit()
    town.worker(rarity_s=1)
    town.worker(rarity_s=1)
    until(lambda: count(city, "rarity_edition") == 1)
    assert city.run("select posting_count, word_count, made_by"
                    " from rarity_edition") == [(60, 1, None)]
    assert city.run("select word, asking, weight from rarity_word") == \
        [("plc编程", 15, 3000)]
    city.run("update posting set preferred_skills = '{}', actor = %s"
             " where id = %s", SERVICE, city.postings[0])
    city.db.commit()
    time.sleep(2)
    assert count(city, "rarity_edition") == 1, "14 of 60 weigh as 15 did"
    city.run("update posting set preferred_skills = '{}', actor = %s"
             " where id = any (%s::uuid[])", SERVICE, city.postings[:8])
    city.db.commit()
    until(lambda: count(city, "rarity_edition") == 2)
    assert city.run("select weight from rarity_word where edition = 2") == \
        [(4000,)]


def test_ledgers_of_quotas_go_on(town):
    city = town.settle(students=0)
    missing = ("quota_standing where settled_on is distinct from"
               " today_in_china() or policy_version is distinct from"
               " (select max(version) from policy)")
    town.worker(expire_s=1)
    until(lambda: not count(city, missing))
    before = count(city, "quota_entry where cause = 'policy'")
    city.run("insert into policy (consortium_id, version, valid_from,"
             " staff_cap_mille) select consortium_id, max(version) + 1, now(),"
             " 50 from policy group by 1")
    city.db.commit()
    until(lambda: count(city, "quota_entry where cause = 'policy'") > before)
    until(lambda: not count(city, missing))
    entries = count(city, "quota_entry")
    city.run("update quota_standing set settled_on = settled_on - 1")
    city.db.commit()
    until(lambda: not count(city, missing))
    assert count(city, "quota_entry") == entries, "a day changed no number"


def test_postings_past_their_time_expire(town):
    city = town.settle(students=0)
    late = overdue(city, 5)
    worker = town.worker(expire_s=1)
    until(lambda: count(city, "posting where state = 'expired'") == 5)
    assert sorted(row[0] for row in city.run(
        "select id::text from posting where state = 'expired'")) \
        == sorted(late)
    assert count(city, "posting where state = 'published'") == 55
    # as any change of state: one event and one change, by the service
    events = city.run("select from_state, actor::text, count(*) from event"
                      " where machine = 'posting' and to_state = 'expired'"
                      " group by 1, 2")
    assert events == [("published", SERVICE, 5)]
    changes = city.run("select c.actor::text, count(*), count(distinct"
                       " c.subject_id) from change c join posting p"
                       " on p.id = c.subject_id and p.version = c.version"
                       " where c.topic = 'posting' and c.kind = 'expired'"
                       " group by 1")
    assert changes == [(SERVICE, 5, 5)]
    # one that runs out while the worker waits
    city.run("update posting set closes_at = now() + interval '1 second',"
             " actor = %s where id = %s", SERVICE, city.postings[-1])
    city.db.commit()
    until(lambda: city.column("posting", city.postings[-1], "state")
          == "expired")
    assert stop(worker) == 0


def test_several_workers_expire_each_once(town):
    """More than two batches, and workers that begin at the same time."""
    city = town.settle(students=0, enterprises=400)
    overdue(city, 1200)
    workers = [town.worker(expire_s=1) for _ in range(3)]
    until(lambda: count(city, "posting where state = 'expired'") == 1200)
    time.sleep(1.5)     # another look of each
    assert count(city, "event where machine = 'posting'"
                       " and to_state = 'expired'") == 1200
    assert count(city, "change where topic = 'posting'"
                       " and kind = 'expired'") == 1200
    assert [stop(worker) for worker in workers] == [0, 0, 0]


def test_a_posting_in_somebody_elses_hand_waits(town):
    city = town.settle(students=0)
    late = overdue(city, 2)
    city.run("select from posting where id = %s for update", late[0])
    worker = town.worker(expire_s=1)
    other = town.connect()
    until(lambda: other("select state from posting where id = %s", late[1])
          == [("expired",)])
    assert other("select state from posting where id = %s", late[0]) \
        == [("published",)]
    # what the enterprise decides meanwhile stands
    city.move("posting", late[0], "closed")
    city.db.commit()
    time.sleep(1.5)
    assert city.column("posting", late[0], "state") == "closed"
    assert stop(worker) == 0


def add_sessions(city, account):
    """Eight that ran out half a year ago, three of them revoked before; two
    that ran out a little later, or live."""
    for number in range(10):
        city.run("insert into session (consortium_id, id, account_id,"
                 " token_sha256, created_at, expires_at) values (%s, %s, %s,"
                 " sha256(%s), now() - interval '1 year', now() - interval '1 day'"
                 " * %s)", city.consortium, city.id(), account,
                 str(number).encode(),
                 181 if number < 8 else 179 if number == 8 else -1)
    city.run("update session set revoked_at = now() where token_sha256 in"
             " (sha256('0'), sha256('1'), sha256('2'))")
    city.run("truncate change")


def add_keys(city, account):
    for number in range(7):
        city.run("insert into idempotency (consortium_id, account_id, route,"
                 " key, fingerprint, expires_at) values (%s, %s,"
                 " 'createRound', %s, sha256('x'), now() + %s"
                 " * interval '1 hour')", city.consortium, account,
                 f"key{number}", -1 if number < 4 else 1)


def add_ways(city):
    """Three ways to a provider that nobody came back from, and a new one."""
    school, provider = city.school, city.id()
    city.run("insert into identity_provider (consortium_id, id, school_id,"
             " name, issuer, client_id, secret_sealed, staff_claim,"
             " makes_accounts, redirect_uris, is_enabled) values (%s, %s, %s,"
             " 'SSO', 'https://sso.example', 'duikou', 'sealed', 'login',"
             " false, '{https://duikou.example}', true)", city.consortium,
             provider, school)
    for number in range(4):
        city.run("insert into oidc_authorization (consortium_id, id,"
                 " provider_id, state_sha256, binding_sha256, redirect_uri,"
                 " expires_at) values (%s, %s, %s, sha256('a'), sha256('b'),"
                 " 'https://duikou.example', now() + %s"
                 " * interval '1 hour')", city.consortium, city.id(),
                 provider, -1 if number < 3 else 1)


def test_what_ran_out_is_cleared(town):
    city = town.settle(students=0)
    account = city.id()
    city.run("insert into account (consortium_id, id, login, role,"
             " owner_kind) values (%s, %s, 'office1', 'office', 'office')",
             city.consortium, account)
    add_sessions(city, account)
    add_keys(city, account)
    add_ways(city)
    city.db.commit()
    worker = town.worker(clear_s=1)
    until(lambda: count(city, "session") == 2 and
          count(city, "idempotency") == 3 and
          count(city, "oidc_authorization") == 1)
    assert count(city, "oidc_authorization where expires_at > now()") == 1
    assert count(city, "idempotency where expires_at > now()") == 3
    # a session that ran out was revoked by nobody
    assert count(city, "change where topic = 'session'") == 0
    city.run("delete from session where expires_at > now()")
    assert count(city, "change where topic = 'session'"
                       " and kind = 'revoked'") == 1
    assert stop(worker) == 0


def former(city, sealed, days, state="graduated"):
    """A student who left so many days ago, with what is sealed of him."""
    student = city.add_student(9000 + sealed[0])
    city.run("update student set phone_sealed = %s, phone_hash = sha256(%s),"
             " identity_sealed = 'i', identity_hash = sha256(%s),"
             " actor = id where id = %s", sealed, sealed, sealed, student)
    if state != "active":
        city.run("update student set state = %s, actor = id, reason = 'x'"
                 " where id = %s", state, student)
        city.run("set local session_replication_role = replica")
        city.run("update event set at = now() - interval '1 day' * %s where"
                 " subject_id = %s", days, student)
        city.run("set local session_replication_role = origin")
    return student


def sealed_of(city, student):
    return [city.column("student", student, f"{what}_{how}") is not None
            for what in ("phone", "identity") for how in ("sealed", "hash")]


def test_what_is_sealed_of_former_students_is_forgotten(town):
    city = town.settle(students=1)
    gone = [former(city, b"a", 1096), former(city, b"b", 1096, "left")]
    kept = [former(city, b"c", 1094), former(city, b"d", 1094, "left"),
            former(city, b"e", 9999, "active")]
    again = former(city, b"f", 2000)
    city.run("update student set state = 'active', actor = id, reason = 'x'"
             " where id = %s", again)
    city.run("update student set state = 'left', actor = id, reason = 'x'"
             " where id = %s", again)
    city.db.commit()
    worker = town.worker(clear_s=1)
    until(lambda: not any(sealed_of(city, gone[0]) + sealed_of(city, gone[1])))
    for student in [*kept, again]:
        assert all(sealed_of(city, student))
    assert stop(worker) == 0


def add_invitations(city, account):
    """Over for 31 days, each in its way; and for 29 days, or not at all."""
    for number, (accepted, revoked, expires) in enumerate([
            (-31, None, 7), (None, -31, 7), (None, None, -31),
            (-29, None, 7), (None, -29, 7), (None, None, -29),
            (None, None, 7)]):
        city.run("insert into account_invitation (consortium_id, id, login,"
                 " role, token_sha256, created_by, expires_at, accepted_at,"
                 " revoked_at) values (%s, %s, %s, 'office', sha256('x'), %s,"
                 " now() + interval '1 day' * %s, now() + interval '1 day'"
                 " * %s, now() + interval '1 day' * %s)", city.consortium,
                 city.id(), f"new.{number}", account, expires, accepted,
                 revoked)


def add_requests(city, account, colleague):
    """Approvals over for more than three years and for less, and live."""
    for until_days, ended in ((-1096, None), (10, -1096), (-1094, None),
                              (10, -1094), (10, None)):
        city.run("insert into access_request (consortium_id, id, account_id,"
                 " reason, decided_by, approved_until, ended_at) values (%s,"
                 " %s, %s, 'x', %s, now() + interval '1 day' * %s, now() +"
                 " interval '1 day' * %s)", city.consortium, city.id(),
                 account, colleague, until_days, ended)
    city.run("insert into access_request (consortium_id, id, account_id,"
             " reason) values (%s, %s, %s, 'open')", city.consortium,
             city.id(), account)
    for days in (1096, 1094):
        city.run("insert into access_request (consortium_id, id, account_id,"
                 " reason, decided_by, refused_because, updated_at) values"
                 " (%s, %s, %s, 'x', %s, 'no', now() - interval '1 day' *"
                 " %s)", city.consortium, city.id(), account, colleague, days)


def test_invitations_and_requests_are_forgotten(town):
    city = town.settle(students=0)
    accounts = [city.id(), city.id()]
    for number, account in enumerate(accounts):
        city.run("insert into account (consortium_id, id, login, role,"
                 " owner_kind) values (%s, %s, %s, 'office', 'office')",
                 city.consortium, account, f"office{number}")
    add_invitations(city, accounts[0])
    add_requests(city, *accounts)
    city.db.commit()
    worker = town.worker(clear_s=1)
    until(lambda: count(city, "account_invitation") == 4 and
          count(city, "access_request") == 5)
    assert count(city, "account_invitation where least(expires_at,"
                       " accepted_at, revoked_at)"
                       " > now() - interval '30 days'") == 4
    assert count(city, "access_request where refused_because is null"
                       " and approved_until is null") == 1
    assert stop(worker) == 0


def test_a_chore_that_fails_does_not_stop_the_worker(town):
    city = town.settle()
    city.run("alter table idempotency rename to elsewhere")
    overdue(city, 1)
    run = city.queue()
    worker = town.worker(expire_s=1, clear_s=1)
    assert town.wait_done(city, run) == "done"
    until(lambda: count(city, "posting where state = 'expired'") == 1)
    assert stop(worker) == 0
