"""The state machines: what follows what, and nothing else."""

import itertools

import pytest

from tests.sql.world import SERVICE

# what is allowed, said a second time; '!' asks for a reason
MACHINES = {
    "enterprise": """
        unverified verified|unverified rejected!|rejected unverified
        rejected verified|verified unverified!|verified suspended!
        suspended verified""",
    "student": """
        active graduated|active left!|left active|graduated active!""",
    "posting": """
        draft published|published closed|published expired
        closed published|expired published""",
    "round": """
        draft open|open closed|closed running|running computed
        running closed!|computed running|computed published
        draft cancelled!|open cancelled!|closed cancelled!
        running cancelled!|computed cancelled!|published final""",
    "appeal": """
        open upheld!|open refused!|open withdrawn""",
    "specialty_list": """
        draft comment|comment decided|decided published
        draft cancelled!|comment cancelled!|decided cancelled!""",
    "specialty_appeal": """
        open upheld!|open refused!|open withdrawn""",
    "run": """
        queued running|queued failed|running queued|running done
        running failed|queued cancelled|running cancelled""",
    "capacity_request": """
        requested approved|requested refused!|requested withdrawn""",
    "comparison": """
        queued running|running done|running failed
        queued cancelled|running cancelled""",
    "import": """
        receiving queued|queued running|running done|running failed""",
    "placement": """
        proposed accepted|proposed declined!|proposed terminated!
        proposed lapsed
        accepted agreement_signed|accepted terminated!
        agreement_signed started|agreement_signed terminated!
        started completed|started terminated!""",
    "application": """
        applied shortlisted|applied interviewing|applied offered
        applied withdrawn|applied rejected!|applied expired
        shortlisted interviewing|shortlisted offered
        shortlisted withdrawn|shortlisted rejected!|shortlisted expired
        interviewing offered|interviewing withdrawn
        interviewing rejected!|interviewing expired
        offered shortlisted|offered hired|offered placed
        offered withdrawn""",
    "offer": """
        made accepted|made declined!|made withdrawn!|made expired""",
    "complaint": """
        open answered|open closed!|answered closed""",
    "cooperation": """
        proposed agreed|proposed refused!
        agreed refused!|agreed proposed|refused proposed""",
    "graduate_destination": """
        declared confirmed|declared denied!|declared returned!
        declared verified|confirmed declared|confirmed denied!
        confirmed returned!|confirmed verified|denied confirmed
        denied declared|denied returned!|returned declared
        verified declared|verified denied!|verified returned!""",
}
STATES = {
    "enterprise": "unverified verified rejected suspended",
    "student": "active graduated left",
    "posting": "draft published closed expired",
    "round": "draft open closed running computed published cancelled final",
    "appeal": "open upheld refused withdrawn",
    "specialty_list": "draft comment decided published cancelled",
    "specialty_appeal": "open upheld refused withdrawn",
    "run": "queued running done failed cancelled",
    "comparison": "queued running done failed cancelled",
    "import": "receiving queued running done failed",
    "placement": "proposed accepted declined agreement_signed started"
                 " completed terminated lapsed",
    "application": "applied shortlisted interviewing offered hired placed"
                   " withdrawn rejected expired",
    "offer": "made accepted declined withdrawn expired",
    "complaint": "open answered closed",
    "cooperation": "proposed agreed refused",
    "graduate_destination": "declared confirmed denied verified returned",
}


def moves(machine):
    """{(from, to): needs a reason}"""
    text = MACHINES[machine].replace("\n", "|")
    pairs = (part.split() for part in text.split("|") if part.strip())
    return {(start, end.rstrip("!")): end.endswith("!")
            for start, end in pairs}


def route(machine, goal):
    """The states on the shortest way from the first to the goal."""
    first = STATES[machine].split()[0]
    ways, seen = [[first]], {first}
    while ways:
        way = ways.pop(0)
        if way[-1] == goal:
            return way[1:]
        for start, end in moves(machine):
            if start == way[-1] and end not in seen:
                seen.add(end)
                ways.append(way + [end])
    raise AssertionError(f"no way to {goal}")


def fitting(world, machine, row, state):
    """What else the statement must say to make that move."""
    said = {"reason": "because"}
    if machine == "posting" and state == "published":
        said["closes_at"] = "2999-01-01"
    elif machine == "round" and state == "published":
        run = world.add("run", round_id=row["id"])["id"]
        world.take(run)
        world.finish(run)
        said["published_run_id"] = run
    elif machine == "run" and state == "running":
        said |= {"worker": "w1", "attempt": 1, "lease_until": "2999-01-01",
                 "started_at": "2026-01-01"}
    elif machine == "run" and state == "done":
        for kind in ("instance", "result"):
            world.add("run_file", run_id=row["id"], kind=kind)
        said |= {"is_verified": True, "finished_at": "2026-01-02",
                 "student_count": 0, "placed_count": 0}
    elif machine in ("import", "comparison") and state == "running":
        said |= {"worker": "w1", "attempt": 1, "lease_until": "2999-01-01",
                 "started_at": "2026-01-01"}
    elif machine == "import" and state == "done":
        said |= {"counts": "{}", "finished_at": "2026-01-02"}
    elif machine == "import" and state == "failed":
        said |= {"errors": "[]", "finished_at": "2026-01-02"}
    elif machine == "comparison" and state == "done":
        said |= {"report": "{}", "finished_at": "2026-01-02"}
    elif machine in ("run", "comparison") and state == "cancelled":
        said |= {"finished_at": "2026-01-02"}
    elif machine in ("run", "comparison") and state == "failed":
        said |= {"error": "no memory", "finished_at": "2026-01-02"}
    elif machine == "placement" and state == "agreement_signed":
        if world.get("placement", row["id"], "state") == "accepted":
            world.sign(row["id"])
    elif machine == "placement" and state == "started":
        said["started_on"] = "2027-03-01"
    elif machine == "placement" and state == "completed":
        said["ended_on"] = "2027-08-31"
    elif machine == "specialty_list" and state == "comment":
        said["comments_by"] = "2999-01-01"
    elif machine == "specialty_list" and state == "published":
        said["published_at"] = "2026-01-01"
    elif machine in ("appeal", "specialty_appeal") and state in ("upheld", "refused"):
        said["answer"] = "looked into"
    elif machine == "complaint" and state == "answered":
        said["answer"] = "looked into"
    return said


def standing(world, machine, state):
    """A row of the machine in that state."""
    given = {}
    if machine == "posting":
        given["enterprise_id"] = world.verified_enterprise()
    if machine == "round":
        given["policy_version"] = world.add("policy")["version"]
    row = world.add(machine, **given)
    for step in route(machine, state):
        world.move(machine, row["id"], step,
                   **fitting(world, machine, row, step))
    return row


PAIRS = [(machine, start, end) for machine, text in STATES.items()
         for start, end in itertools.permutations(text.split(), 2)]


@pytest.mark.parametrize("machine,start,end", PAIRS)
def test_every_pair_of_states(world, machine, start, end):
    row = standing(world, machine, start)
    allowed = moves(machine)
    if (start, end) not in allowed:
        with world.refused("DK001"):
            world.move(machine, row["id"], end, reason="because")
        return
    said = fitting(world, machine, row, end)
    if allowed[start, end]:
        with world.refused("DK005", "reason_given"):
            world.move(machine, row["id"], end, **{**said, "reason": " "})
    with world.refused("DK004"):
        world.move(machine, row["id"], end, **{**said, "actor": None})
    world.move(machine, row["id"], end, **said)
    assert world.get(machine, row["id"], "state") == end


@pytest.mark.parametrize("machine", STATES)
def test_table_and_test_agree(world, machine):
    assert {(start, end): reason for start, end, reason in world.run(
        "select from_state, to_state, needs_reason from transition"
        " where machine = %s", machine)} == moves(machine)


@pytest.mark.parametrize("machine", STATES)
def test_no_new_row_starts_elsewhere(world, machine):
    for state in STATES[machine].split()[1:]:
        row = world.sound(machine)
        with world.refused("DK001"):
            world.add(machine, **row, state=state)


@pytest.mark.parametrize("machine", STATES)
def test_no_other_state_exists(world, machine):
    row = standing(world, machine, STATES[machine].split()[0])
    with world.refused("DK001"):
        world.move(machine, row["id"], "limbo", reason="because")


@pytest.mark.parametrize("machine", STATES)
def test_a_move_is_remembered(world, machine):
    first, *_ = STATES[machine].split()
    row = standing(world, machine, first)
    step = next(end for start, end in moves(machine) if start == first)
    before = world.get(machine, row["id"], "version")
    world.move(machine, row["id"], step, **{
        **fitting(world, machine, row, step), "actor": world.consortium})
    assert world.run(
        "select machine, actor::text, from_state, to_state, reason"
        " from event where consortium_id = %s and subject_id = %s",
        world.consortium, row["id"]) \
        == [(machine, world.consortium, first, step, "because")]
    assert world.run(
        "select topic, kind, version, actor::text from change"
        " where consortium_id = %s and subject_id = %s"
        " order by xid, id desc limit 1", world.consortium, row["id"]) \
        == [(machine, step, before + 1, world.consortium)]
    # the envelope is empty again
    assert world.run(f"select actor, reason from {machine}"
                     " where id = %s", row["id"]) == [(None, None)]


def test_an_actor_is_never_inherited(world):
    row = world.add("enterprise", created_by=world.consortium)
    world.move("enterprise", row["id"], "verified")
    with world.refused("DK004"):
        world.run("update enterprise set state = 'suspended',"
                  " reason = 'x' where id = %s", row["id"])


def test_round_opens_only_under_a_policy(world):
    row = world.add("round")
    with world.refused("23514", "round_has_policy"):
        world.move("round", row["id"], "open")
    world.move("round", row["id"], "cancelled", reason="none wanted")


def test_run_states_ask_for_their_facts(world):
    row = world.add("run")
    said = fitting(world, "run", row, "running")
    for column in ("worker", "lease_until", "started_at"):
        with world.refused("23514", "run_running_is_held"):
            world.move("run", row["id"], "running", **{**said, column: None})
    with world.refused("23514", "run_running_is_held"):
        world.move("run", row["id"], "running", **{**said, "attempt": 0})
    with world.refused("23514", "run_failed_says_why"):
        world.move("run", row["id"], "failed", finished_at="2026-01-02")
    world.take(row["id"])
    done = {"finished_at": "2026-01-02", "student_count": 0,
            "placed_count": 0}
    with world.refused("DK005", "run_done_has_files"):
        world.move("run", row["id"], "done", is_verified=True, **done)
    world.add("run_file", run_id=row["id"], kind="instance")
    with world.refused("DK005", "run_done_has_files"):
        world.move("run", row["id"], "done", is_verified=True, **done)
    world.add("run_file", run_id=row["id"], kind="result")
    for verdict in (None, False):
        with world.refused("23514", "run_done_is_verified"):
            world.move("run", row["id"], "done", is_verified=verdict, **done)
    with world.refused("DK005", "run_done_counts_placements"):
        world.move("run", row["id"], "done", is_verified=True, **{
            **done, "student_count": 1, "placed_count": 1})
    world.move("run", row["id"], "done", is_verified=True, **done)


def test_an_answer_is_said(world):
    row = world.add("complaint")
    with world.refused("23514", "complaint_answered_has_answer"):
        world.move("complaint", row["id"], "answered")


def test_heartbeats_are_no_changes(world):
    run = world.running_run()
    before = world.one("select count(*) from change")
    version = world.get("run", run, "version")
    world.update("run", run, heartbeat_at="2026-01-01",
                 lease_until="2999-01-02")
    assert world.one("select count(*) from change") == before
    assert world.get("run", run, "version") == version


def test_a_system_move_names_the_service(world):
    posting = world.published_posting()
    world.move("posting", posting, "expired")
    assert world.run("select actor::text from event where to_state ="
                     " 'expired' and subject_id = %s", posting) \
        == [(SERVICE,)]


def test_a_placement_says_when(world):
    row = standing(world, "placement", "agreement_signed")
    with world.refused("DK005", "placement_rule_1_5"):
        world.move("placement", row["id"], "started")
    world.move("placement", row["id"], "started", started_on="2027-03-01")
    with world.refused("23514", "placement_dates_fit_state"):
        world.move("placement", row["id"], "completed")


def test_nothing_begins_unsigned(world):
    """The wall behind the endpoints: rules 1.14 and 1.16."""
    row = standing(world, "placement", "accepted")
    with world.refused("DK005", "placement_rule_1_14"):
        world.move("placement", row["id"], "agreement_signed")
    for parties, rule in ((("enterprise", "student", "guardian"), "1_14"),
                          (("school", "student", "guardian"), "1_14"),
                          (("school", "enterprise", "guardian"), "1_14"),
                          (("school", "enterprise", "student"), "1_16")):
        with world.refused("DK005", f"placement_rule_{rule}"):
            world.sign(row["id"], *parties)
            world.move("placement", row["id"], "agreement_signed")
            world.move("placement", row["id"], "started",
                       started_on="2027-03-01")
