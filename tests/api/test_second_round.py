"""A second round: for those whom the first gave no place, of the seats that it
left."""

import pytest

from tests.api import test_rounds
from tests.api.test_certified_wishes import add_students
from tests.api.test_posting_rankings import run_round
from tests.api.test_rounds import ROUND, add_posting, wish
from tests.api.town import new_id

alone = test_rounds.alone
server = test_rounds.server
database = test_rounds.database
town = test_rounds.town
office = test_rounds.office
open_round = test_rounds.open_round


class First:
    """A round of five who wished for two seats, and one who did not wish."""

    def __init__(self, office, school, people, town, subject):
        self.office, self.school, self.town = office, school, town
        self.posting = add_posting(town, people, openings=2)
        self.students = [str(one) for one in add_students(people, town, 5)]
        self.absent = str(add_students(people, town, 1)[0])
        self.subject, self.people = subject, people
        for student in self.students:
            assert self.wish(student, subject).status == 200

    def wish(self, student, subject):
        return self.school.put(f"/v1/students/{student}/preferences", {
            "round_id": subject, "posting_ids": [self.posting]})

    def publish(self, url, tmp_path):
        office, subject = self.office, self.subject
        office.post(f"/v1/rounds/{subject}/close")
        _, result = run_round(office, subject, url, "stable", tmp_path)
        runs = office.get(f"/v1/rounds/{subject}/runs").json["items"]
        done = office.post(f"/v1/rounds/{subject}/publish",
                           {"run_id": runs[0]["id"]})
        assert done.status == 200, done
        self.placed = sorted(one["student"] for one in result["placements"])
        self.others = sorted(set(self.students) - set(self.placed))
        assert len(self.placed) == 2

    def decide(self, student, state, reason="x"):
        self.town.run("update placement set state = %s, actor = id, reason ="
                      " %s where student_id = %s and state = 'proposed'",
                      state, reason, student)

    def follow(self, **changes):
        return self.office.post("/v1/rounds", {
            **ROUND, "follows": self.subject, **changes})


@pytest.fixture
def first(office, as_role, people, town, open_round, cluster, database,
          tmp_path):
    made = First(office, as_role("school"), people, town, open_round)
    made.publish(cluster.url(database), tmp_path)
    return made


def seats(instance, first):
    groups = {one["id"]: one for one in instance["groups"]}
    group = groups[str(first.people.enterprise)]
    posting, = [one for one in instance["postings"]
                if one["id"] == first.posting]
    return posting["capacity"], group["lower"], group["upper"]


@pytest.mark.parametrize("fates, left, again", [
    (("accepted", "declined"), 1, 1), (("proposed", "declined"), 1, 1),
    (("declined", "declined"), 2, 2), (("accepted", "proposed"), 0, 0)])
def test_only_who_has_no_place_takes_part(first, office, cluster, database,
                                          tmp_path, fates, left, again):
    for student, state in zip(first.placed, fates):
        if state != "proposed":
            first.decide(student, state)
    made = first.follow()
    assert (made.status, made.json["follows"]) == (201, first.subject), made
    second = made.json["id"]
    assert office.post(f"/v1/rounds/{second}/open").status == 200
    in_time = [student for student, state in zip(first.placed, fates)
               if state == "declined"]
    assert len(in_time) == again
    for student in first.others + in_time:
        assert first.wish(student, second).status == 200
    for student in set(first.placed + [first.absent]) - set(in_time):
        refused = first.wish(student, second)
        assert (refused.status, refused.wheres()) == (422, ["#/round_id"])
    counts = office.get(f"/v1/rounds/{second}/preferences").json
    assert (counts["student_count"], counts["missing_count"]) == \
        (3 + again, 0)
    office.post(f"/v1/rounds/{second}/close")
    instance, result = run_round(office, second, cluster.url(database),
                                 "stable", tmp_path)
    taken = 2 - left
    assert seats(instance, first) == (left, 20 - taken, 100 - taken)
    assert {one["id"] for one in instance["students"]} == \
        set(first.others + in_time)
    assert len(result["placements"]) == left
    run_round(office, second, cluster.url(database), "optimal", tmp_path)


def test_who_is_placed_meanwhile_drops_out(first, office, town, cluster,
                                           database, tmp_path):
    """Wishes were given, and the place of before is taken after all."""
    for student in first.placed:
        first.decide(student, "declined")
    second = first.follow().json["id"]
    office.post(f"/v1/rounds/{second}/open")
    for student in first.others:
        first.wish(student, second)
    late = first.others[0]
    town.run("insert into placement (consortium_id, id, student_id,"
             " posting_id, enterprise_id, period_start, period_end, origin)"
             " values (%s, %s, %s, %s, %s, '2027-03-01', '2027-08-31',"
             " 'school')", first.people.consortium, new_id(), late,
             first.posting, first.people.enterprise)
    first.decide(late, "accepted")
    office.post(f"/v1/rounds/{second}/close")
    instance, _ = run_round(office, second, cluster.url(database), "stable",
                            tmp_path)
    assert late not in {one["id"] for one in instance["students"]}
    assert seats(instance, first) == (1, 19, 99)


def test_a_third_round_follows_the_second(first, office, as_role, cluster,
                                          database, tmp_path):
    """What stands of both is taken, and who got a place of either."""
    first.decide(first.placed[0], "declined")
    second = first.follow().json["id"]
    office.post(f"/v1/rounds/{second}/open")
    for student in first.others[:2]:
        first.wish(student, second)
    keep = First.__new__(First)
    keep.__dict__ = {**first.__dict__, "subject": second,
                     "students": first.others[:2]}
    office.post(f"/v1/rounds/{second}/close")
    _, result = run_round(office, second, cluster.url(database), "stable",
                          tmp_path)
    runs = office.get(f"/v1/rounds/{second}/runs").json["items"]
    assert office.post(f"/v1/rounds/{second}/publish",
                       {"run_id": runs[0]["id"]}).status == 200
    winner, = [one["student"] for one in result["placements"]]
    third = keep.follow().json["id"]
    office.post(f"/v1/rounds/{third}/open")
    loser, = set(first.others[:2]) - {winner}
    assert first.wish(loser, third).status == 200
    for student in (winner, first.placed[1], first.others[2],
                    first.placed[0]):
        assert first.wish(student, third).status == 422
    office.post(f"/v1/rounds/{third}/close")
    instance, _ = run_round(office, third, cluster.url(database), "stable",
                            tmp_path)
    assert seats(instance, first) == (0, 18, 98)


def test_what_a_round_can_follow(first, office, as_role):
    for changes, status, where in [
            ({"follows": str(new_id())}, 422, "#/follows"),
            ({"period_end": "2027-09-30"}, 422, "#/period_start")]:
        refused = first.follow(**changes)
        assert (refused.status, refused.wheres()) == (status, [where])
    second = first.follow().json["id"]
    on_draft = first.follow(follows=second)
    assert (on_draft.status, on_draft.wheres()) == (422, ["#/follows"])
    twice = first.follow()
    assert (twice.status, twice.wheres()) == (409, ["#/follows"])
    etag = office.get(f"/v1/rounds/{second}").etag
    moved = office.patch(f"/v1/rounds/{second}", {
        "period_end": "2027-09-30"}, headers={"If-Match": etag})
    assert (moved.status, moved.wheres()) == (422, ["#/period_start"])
    office.post(f"/v1/rounds/{second}/cancel", {"reason": "改期"})
    again = first.follow()
    assert again.status == 201, again
    assert wish(as_role("student"), first.people, again.json["id"],
                first.posting).status == 422
