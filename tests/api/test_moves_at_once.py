"""A publication ends many placements by one statement and settles the ledgers
of their enterprises by another; it comes to what ending one after the other
does, each settled by its own trigger.
"""

import psycopg2

from tests.api.published import (  # noqa: F401
    alone, city, server, town, working)
from tests.api.test_reruns import placed_again, seats
from tests.api.town import SERVICE, new_id

# What is there of each but times, ids that are drawn and the run.
EFFECTS = {
    "placement": "select id, state, version, actor, reason from placement"
                 " where id = any(%(ended)s::uuid[])",
    "event": "select subject_id, machine, from_state, to_state, actor, reason"
             " from event where subject_id = any(%(ended)s::uuid[])",
    "change": "select topic, subject_id, kind, version, actor from change"
              " where subject_id = any(%(ended)s::uuid[])",
    "placement_notice": "select placement_id, about, party, told_at"
                        " from placement_notice"
                        " where placement_id = any(%(ended)s::uuid[])",
    "disclosure": "select id, ended_because, version, actor from disclosure"
                  " where id = any(%(ended)s::uuid[])",
    "filled_seat": "select id, year, kind from filled_seat"
                   " where id = any(%(ended)s::uuid[])",
    "quota_entry": "select enterprise_id, line_id, seq, cause, subject_id,"
                   " policy_version, staff_count, size_class, floor_rule,"
                   " floor_mille, floor_seats, cap_mille, cap_seats,"
                   " override_id, present, started, committed"
                   " from quota_entry",
    "quota_standing": "select enterprise_id, seq, settled_on, policy_version"
                      " from quota_standing",
    "quota_notice": "select enterprise_id, line_id, kind, seats, present,"
                    " policy_version, ended_at is null, version, actor"
                    " from quota_notice",
}
ONE = ("update placement set state = 'terminated', actor = %s, reason = %s"
       " where id = %s")


def crowd(city):  # noqa: F811
    """Three at a posting of one enterprise, two at one of another, of post
    categories, where nearly all of them are all that there may be; and one of
    each more, who stays. All but one have accepted."""
    town, people = city.town, city.people
    postings = []
    for enterprise, seats_there in (
            (people.enterprise, 4),
            (town.enterprise(people.consortium, staff=50), 3)):
        people.enterprise, category = enterprise, new_id()
        town.run("insert into post_category (consortium_id, id,"
                 " enterprise_id, name, staff_count, staff_counted_on) values"
                 " (%s, %s, %s, '车工', 20, current_date)",
                 people.consortium, category, enterprise)
        postings.append(city.add_posting(openings=seats_there))
        town.run("update posting set post_category_id = %s, actor = %s"
                 " where id = %s", category, SERVICE, postings[-1])
    city.open()
    made = []
    for posting, many in zip(postings, (4, 3)):
        made.append([city.add_student() for _ in range(many)])
        for one in made[-1]:
            city.wish(one, posting)
    city.published()
    for one in [*made[0][1:], *made[1]]:
        assert city.move(one, "accept").status == 200
    # those of today are there, not only agreed
    town.run("update placement set period_start = current_date, actor = %s"
             " where round_id = %s", SERVICE, city.round)
    for posting in postings:
        city.offer(posting, 1)
    return made[0][:3] + made[1][:2]


def effects(db, ended):
    with db.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        found = {}
        for name, statement in EFFECTS.items():
            cursor.execute(statement, {"ended": ended})
            found[name] = sorted(cursor.fetchall(), key=str)
        cursor.execute("select min(to_at - at) from (select at, lead(at)"
                       " over (partition by enterprise_id, line_id order by"
                       " seq) as to_at from quota_entry) e")
        assert cursor.fetchone()[0].total_seconds() > 0, "at rises with seq"
        return found


def test_together_is_one_after_the_other(city, cluster, alone):  # noqa: F811
    gone = crowd(city)
    office = city.town.one("select id from account where consortium_id = %s"
                           " and owner_kind = 'office' limit 1",
                           city.people.consortium)
    held = seats(city)
    ended = sorted(held[one][0] for one in gone)
    run = placed_again(city, *gone)
    version = city.town.one("select version from round where id = %s",
                            city.round)
    db = psycopg2.connect(cluster.dsn(alone[1]))
    with db.cursor() as cursor:
        cursor.execute("select republish_round(%s, %s, %s, %s, %s, null,"
                       " null)", (str(city.people.consortium), city.round,
                                  run["id"], str(office), version))
        together = effects(db, ended)
        db.rollback()
        for one in ended:
            cursor.execute(ONE, (str(office), "申诉成立", one))
        singly = effects(db, ended)
        db.rollback()
    db.close()
    for name in EFFECTS:
        assert together[name] == singly[name], name
    assert len([one for one in together["quota_entry"]
                if one[3] == "terminated"]) > len(ended), \
        "no post category moved"
    assert len(together["event"]) > len(ended)
    assert any(one[1] == "purpose-over" for one in together["disclosure"])
