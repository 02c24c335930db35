"""Students who put no list, where the policy proposes wishes for them."""

import json

from tests.work.city import SERVICE


def instance(city, run):
    return json.loads(city.file(run, "instance"))


def choices(document):
    return {student["id"]: [choice["posting"]
                            for choice in student["choices"]]
            for student in document["students"]}


def proposals(city, run):
    rows = city.run("select student_id::text, array_agg(posting_id::text"
                    " order by rank), max(rank), count(*)"
                    " from run_proposal where run_id = %s group by 1", run)
    assert all(most == count for *_, most, count in rows)
    return {student: postings for student, postings, *_ in rows}


def test_nobody_is_placed_unasked_but_by_policy(town):
    city = town.settle(students=60, silent=20)
    run = city.queue()
    town.worker()
    assert town.wait_done(city, run) == "done"
    assert proposals(city, run) == {}
    assert set(choices(instance(city, run))) <= set(city.students[:40])


def test_the_silent_get_what_fits_them_best(town):
    city = town.settle(students=60, silent=20, proposed=5)
    empty, full = city.students[-1], city.postings[0]
    city.run("update posting set openings = 1, actor = %s where id = %s",
             SERVICE, full)
    city.db.commit()
    run = city.queue()
    town.worker()
    assert town.wait_done(city, run) == "done"
    made = proposals(city, run)
    wanted = choices(instance(city, run))
    silent = set(city.students[40:])
    assert made and set(made) <= silent
    assert {s: wanted[s] for s in made} == made
    assert not (silent - set(made)) & set(wanted)
    assert max(map(len, made.values())) == 5
    # those who put a list keep it: what the rules left of it, in its order
    for student in city.students[:40]:
        own = [row[0] for row in city.run(
            "select posting_id::text from wish where student_id = %s"
            " order by rank", student)]
        assert [p for p in own if p in wanted[student]] == wanted[student]
    # the scores never rise along a proposal, and the placed have theirs
    for student in instance(city, run)["students"]:
        scores = [choice["score"] for choice in student["choices"]]
        if student["id"] in made:
            assert scores == sorted(scores, reverse=True)
    placed = {row[0] for row in city.run(
        "select student_id::text from run_placement where run_id = %s", run)}
    assert placed & set(made), "nobody of the silent was placed"
    assert empty in silent


def test_the_same_again(town):
    city = town.settle(students=60, silent=20, proposed=7)
    first = city.queue()
    town.worker()
    assert town.wait_done(city, first) == "done"
    second = city.queue()
    assert town.wait_done(city, second) == "done"
    assert city.file(first, "instance") == city.file(second, "instance")
    assert city.file(first, "result") == city.file(second, "result")
    assert proposals(city, first) == proposals(city, second)


def test_an_empty_list_is_a_list(town):
    city = town.settle(students=30, silent=10, proposed=5, lists_of_none=4)
    run = city.queue()
    town.worker()
    assert town.wait_done(city, run) == "done"
    said_none = set(city.students[20:24])
    assert not said_none & set(proposals(city, run))
    assert all(choices(instance(city, run)).get(s) == [] for s in said_none)
