"""What is decided is in the audit, and whatever is done to the audit is found
by walking it."""

import hashlib
import json
import os
import random
import subprocess

import pytest

from tests.api.alone import (  # noqa: F401
    alone, database, server, town)
from tests.api.server import PROGRAM
from tests.api.test_reference_lists import walk
from tests.api.test_rounds import ROUND, add_policy, add_posting, work_until
from tests.api.town import SERVICE, new_id

ZEROS = "0" * 64
CHAINS, LENGTH, ROUNDS = 101, 12, 10  # one spared: 1,000 mutations


@pytest.fixture(scope="module")
def url(cluster, database):
    return cluster.url(database)


def verify(url, *words, noted=None):
    return subprocess.run(
        [PROGRAM, "audit", "verify", *words], input=noted, text=True,
        capture_output=True, timeout=120,
        env={**os.environ, "DATABASE_URL": url})


def entries(client, more=""):
    return walk(client, "/v1/audit?limit=7" + more)[::-1]


def test_a_round_leaves_its_trace(as_role, town, people, url, server):
    add_policy(town, people)
    add_posting(town, people)
    office = as_role("office")
    made = office.post("/v1/rounds", ROUND).json
    base = f"/v1/rounds/{made['id']}"
    office.post(f"{base}/open")
    office.post(f"{base}/close")
    run = office.post(f"{base}/run", {"mode": "stable"}).json
    work_until(office, f"{base}/runs/{run['id']}", url)
    files = {kind: hashlib.sha256(office.get(f"{base}/{kind}").body)
             .hexdigest() for kind in ("instance", "result")}
    office.post(f"{base}/publish", {"run_id": run["id"]})
    found = entries(office)
    mine = str(people.accounts["office"])
    assert [(e["action"], e["actor"] == mine) for e in found] == [
        ("enterprise.verified", False), ("policy.created", False),
        ("round.created", True), ("round.open", True),
        ("round.closed", True), ("run.created", True),
        ("run.running", False), ("round.running", False),
        ("run.done", False), ("round.computed", False),
        ("round.published", True), ("round.publication", True)]
    by = {e["action"]: e for e in found}
    assert by["round.open"]["detail"]["seed_sha256"] == made["seed_sha256"]
    assert by["round.open"]["detail"]["from"] == "draft"
    assert by["run.done"]["detail"]["sha256"] == files
    assert by["round.published"]["detail"]["published_run_id"] == run["id"]
    assert by["round.published"]["subject_id"] == made["id"]
    assert by["policy.created"]["detail"]["version"] == 1


def test_anybody_can_check_the_chain(as_role, town, people):
    """By what the description of listAudit says, and nothing else."""
    office, before = as_role("office"), ZEROS
    add_policy(town, people)
    for number in range(20):
        town.run("select audit_append(%s, %s, '试验', 'thing', %s, %s)",
                 people.consortium, SERVICE, new_id() if number % 2 else None,
                 json.dumps({"n": number, "text": "對口 \"x\"\n"},
                            ensure_ascii=False))
    found = entries(office)
    assert len(found) == 22
    for number, entry in enumerate(found, 1):
        assert (entry["seq"], entry["prev_hash"]) == (number, before)
        before = hashlib.sha256(bytes.fromhex(entry["prev_hash"])
                                + entry["hashed"].encode()).hexdigest()
        assert entry["hash"] == before
        assert f"{len(entry['action'].encode())}:{entry['action']}" \
            in entry["hashed"]
    for role in ("student", "enterprise", "school", "office"):
        head = as_role(role).get("/v1/audit/head").json
        assert (head["seq"], head["hash"], head["at"]) == \
            (22, before, found[-1]["at"])


def test_nothing_is_audited_yet(server, town):
    people = town.people()
    town.run("set session_replication_role = replica")
    for table in ("audit", "audit_head"):
        town.run(f"delete from {table} where consortium_id = %s",
                 people.consortium)
    town.run("set session_replication_role = origin")
    client = server.client(people.tokens["office"])
    assert client.get("/v1/audit/head").json == \
        {"seq": 0, "hash": ZEROS, "at": None}
    assert entries(client) == []
    client.close()


def test_filters(as_role, town, people):
    office, subject = as_role("office"), new_id()
    for number in range(6):
        town.run("select audit_append(%s, %s, %s, 'thing', %s, '{}')",
                 people.consortium,
                 people.accounts["school"] if number % 3 else SERVICE,
                 f"a{number % 2}", subject if number > 2 else None)
    whole = entries(office)
    for more, wanted in [
            ("&action=a1", lambda e: e["action"] == "a1"),
            (f"&subject_id={subject}",
             lambda e: e["subject_id"] == str(subject)),
            (f"&actor={people.accounts['school']}",
             lambda e: e["actor"] == str(people.accounts["school"])),
            (f"&since={whole[4]['at']}".replace("+", "%2B"),
             lambda e: e["at"] >= whole[4]["at"])]:
        assert entries(office, more) == [e for e in whole if wanted(e)]
        assert entries(office, more)
    reply = office.get("/v1/audit?actor=me&since=today")
    assert (reply.status, sorted(reply.wheres())) == (400, ["actor", "since"])


def test_quota_overrides_and_enterprises(as_role, town, people):
    made, office = new_id(), people.accounts["office"]
    town.run("insert into quota_override (consortium_id, id, enterprise_id,"
             " floor_mille, staff_cap_mille, why, ends_on, created_by) values"
             " (%s, %s, %s, 0, 50, '试用', '2099-01-01', %s)", people.consortium, made,
             people.enterprise, office)
    town.run("update quota_override set ended_on = starts_on, actor = %s,"
             " ended_why = '复产' where id = %s", office, made)
    town.run("update enterprise set state = 'suspended', actor = %s,"
             " reason = '违规' where id = %s", office, people.enterprise)
    found = entries(as_role("office"), f"&subject_id={people.enterprise}")
    assert [e["action"] for e in found] == [
        "enterprise.verified", "quota_override.insert",
        "quota_override.update", "enterprise.suspended"]
    assert found[2]["actor"] == str(office)
    before, after = (found[2]["detail"][when] for when in ("before", "after"))
    assert (before["ended_on"], after["ended_on"], after["ended_why"]) == \
        (None, after["starts_on"], "复产")
    assert found[3]["detail"] == {"from": "verified", "reason": "违规"}


# ---- what somebody may do who has the database ----

SAID = ["at = at + interval '1 microsecond'", "actor = gen_random_uuid()",
        "action = action || ' '", "subject_kind = 'other'",
        "subject_id = case when subject_id is null then gen_random_uuid()"
        " end", "detail = '{\"n\": -1}'",
        "detail = (detail::text || ' ')::json"]
HASHES = ["hash = sha256(hash)", "prev_hash = sha256(prev_hash)"]


def alter(rng, town, chain, seq):
    town.run(f"update audit set {rng.choice(SAID + HASHES)}"
             " where consortium_id = %s and seq = %s", chain, seq)


def alter_and_hash(rng, town, chain, seq):
    town.run(f"update audit set {rng.choice(SAID)}"
             " where consortium_id = %s and seq = %s", chain, seq)
    town.run("update audit a set hash = audit_hash(a)"
             " where consortium_id = %s and seq = %s", chain, seq)


def remove(rng, town, chain, seq):
    town.run("delete from audit where consortium_id = %s and seq = %s",
             chain, seq)


def remove_and_number(rng, town, chain, seq):
    remove(rng, town, chain, min(seq, LENGTH - 1))
    for later in range(min(seq, LENGTH - 1) + 1, LENGTH + 1):
        town.run("update audit set seq = seq - 1 where consortium_id = %s"
                 " and seq = %s", chain, later)


def swap(rng, town, chain, seq):
    other = seq % LENGTH + 1
    for before, after in ((seq, 0), (other, seq), (0, other)):
        town.run("update audit set seq = %s where consortium_id = %s"
                 " and seq = %s", after, chain, before)


def put_in(rng, town, chain, seq):
    for later in range(LENGTH, seq - 1, -1):
        town.run("update audit set seq = seq + 1 where consortium_id = %s"
                 " and seq = %s", chain, later)
    town.run("insert into audit select consortium_id, %s, at, actor, action,"
             " subject_kind, subject_id, detail, prev_hash, hash from audit"
             " where consortium_id = %s and seq = %s", seq, chain, seq + 1)


def cut(rng, town, chain, seq):
    town.run("delete from audit where consortium_id = %s and seq >= %s",
             chain, seq)


def cut_with_its_end(rng, town, chain, seq):
    cut(rng, town, chain, seq)
    if seq == 1:
        town.run("delete from audit_head where consortium_id = %s", chain)
        return
    town.run("update audit_head h set seq = a.seq, hash = a.hash from audit a"
             " where a.consortium_id = h.consortium_id"
             " and h.consortium_id = %s and a.seq = %s", chain, seq - 1)


def write_anew(rng, town, chain, seq):
    """A whole chain that is sound in itself, from an altered entry on."""
    town.run("update audit set action = 'forged' where consortium_id = %s"
             " and seq = %s", chain, seq)
    for later in range(seq, LENGTH + 1):
        town.run("update audit a set prev_hash = coalesce((select b.hash"
                 " from audit b where b.consortium_id = a.consortium_id"
                 " and b.seq = a.seq - 1), a.prev_hash)"
                 " where consortium_id = %s and seq = %s", chain, later)
        town.run("update audit a set hash = audit_hash(a)"
                 " where consortium_id = %s and seq = %s", chain, later)
    town.run("update audit_head h set hash = a.hash from audit a"
             " where a.consortium_id = h.consortium_id"
             " and h.consortium_id = %s and a.seq = h.seq", chain)


def move_the_end(rng, town, chain, seq):
    town.run(rng.choice([
        "update audit_head set seq = seq + 1 where consortium_id = %s",
        "update audit_head set hash = sha256(hash) where consortium_id = %s",
        "delete from audit_head where consortium_id = %s"]), chain)


UNNOTICED_ALONE = [cut_with_its_end, write_anew]
MUTATIONS = [alter, alter, alter, alter_and_hash, remove, remove_and_number,
             swap, put_in, cut, move_the_end, *UNNOTICED_ALONE]
TABLES = ("audit", "audit_head")


@pytest.fixture(scope="module")
def chains(town, url):
    """(ids by slug, what verify printed): chains of LENGTH entries."""
    made = {f"chain-{n}": town.consortium(f"chain-{n}")
            for n in range(CHAINS)}
    for number in range(LENGTH):
        town.run("select audit_append(id, gen_random_uuid(), 'act',"
                 " 'thing', case when %s %% 3 > 0 then gen_random_uuid() end,"
                 " json_build_object('n', %s)) from consortium"
                 " where slug like 'chain-%%'", number, number)
    for table in TABLES:
        town.run(f"create table {table}_kept as table {table}")
    done = verify(url)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(" sound\n") >= CHAINS
    return made, done.stdout


def put_back(town):
    for table in TABLES:
        town.run(f"delete from {table} where true")
        town.run(f"insert into {table} table {table}_kept")


def told(done):
    """The chains that verify calls not sound."""
    return {line.split()[0] for line in done.stdout.splitlines()
            if line.endswith(" NOT SOUND")}


def test_every_mutation_is_found(town, url, chains):
    made, noted = chains
    town.run("set session_replication_role = replica")
    for number in range(ROUNDS):
        rng, by_noting = random.Random(number), set()
        spared = f"chain-{rng.randrange(CHAINS)}"
        for slug, chain in made.items():
            mutate = rng.choice(MUTATIONS)
            if slug == spared:
                continue
            mutate(rng, town, chain, rng.randint(1, LENGTH))
            if mutate in UNNOTICED_ALONE:
                by_noting.add(slug)
        found = verify(url, "-", noted=noted)
        assert found.returncode == 1
        assert told(found) | {line.split(":")[0] for line in
                              found.stderr.splitlines()} \
            == set(made) - {spared}
        alone = verify(url)
        assert told(alone) == set(made) - {spared} - by_noting
        put_back(town)
        assert verify(url, "-", noted=noted).returncode == 0
    town.run("set session_replication_role = origin")


def test_what_was_noted_is_held_to(url, chains):
    _, noted = chains
    slug, seq, digest, _ = next(
        line for line in noted.splitlines()
        if line.startswith("chain-0 ")).split()
    for line, said in [
            (f"{slug} {seq} {digest[::-1]}", "is not the one"),
            (f"{slug} {int(seq) + 1} {digest}", "which was noted, is missing"),
            (f"nowhere 1 {digest}", "the consortium"),
            (f"{slug} {seq}", "line 1"), (f"{slug} x {digest}", "line 1"),
            (f"{slug} {seq} {digest[1:]}", "line 1")]:
        done = verify(url, "-", noted=line + "\n")
        assert done.returncode == 1 and said in done.stderr, line
    assert verify(url, "/nowhere").returncode == 1
    assert "cannot read" in verify(url, "/nowhere").stderr
