"""Notices of the quota ledger: once for each crossing, and when it is over."""

import pytest

from tests.api.hall import hall  # noqa: F401
from tests.api.placed import day, refused, ward  # noqa: F401
from tests.api.test_quota import CATEGORY, own_path, set_staff
from tests.api.test_reference_lists import walk
from tests.api.town import new_id

PATH = "/v1/quota-notices"


@pytest.fixture
def notices(hall):  # noqa: F811
    """What the enterprise reads, oldest first."""
    def ask(query="", client=None):
        return walk(client or hall.enterprise,
                    f"{PATH}?limit=2{query}")[::-1]
    return ask


def kinds(found):
    return [(notice["kind"], notice["seats"], notice["present"],
             notice["ended_at"] is None) for notice in found]


def changes(town, notice):
    return [row[0] for row in town.run(
        "select kind from change where topic = 'quota_notice'"
        " and subject_id = %s order by xid, id", notice["id"])]


def settle(town):
    town.run("select settle_due_quotas(1000)")


@pytest.fixture
def filled(ward, server, town, people):  # noqa: F811
    """So many students who have accepted; their placements."""
    set_staff(town, people, 50)
    posting = ward.hall.open(openings=99, period_start=day(0),
                             period_end=day(90))

    def fill(count):
        made = []
        for client, placement in ward.crowd(server, posting, count):
            reply = ward.accept(placement, client)
            assert reply.status == 200, reply
            client.close()
            made.append(placement)
        return made
    return fill


def test_each_crossing_is_told_once(ward, filled, notices, town,  # noqa: F811
                                    people):
    settle(town)
    assert kinds(notices()) == [("below-floor", 1, 0, True)]
    first = filled(1)
    assert kinds(notices()) == [("below-floor", 1, 0, False)]
    filled(2)
    assert len(notices()) == 1, "3 of 5: neither near nor short"
    filled(1)
    assert kinds(notices())[1:] == [("near-cap", 5, 4, True)]
    filled(1)
    assert kinds(notices())[1:] == [("near-cap", 5, 4, True),
                                    ("at-cap", 5, 5, True)]
    assert ward.terminate(first[0], ward.hall.school).status == 200
    assert kinds(notices())[1:] == [("near-cap", 5, 4, True),
                                    ("at-cap", 5, 5, False)]
    set_staff(town, people, 30)
    assert kinds(notices())[2] == ("at-cap", 5, 5, False)
    assert sorted(kinds(notices())[3:]) == [("at-cap", 3, 4, True),
                                            ("over-cap", 3, 4, True)]
    set_staff(town, people, 50)
    set_staff(town, people, 500)
    assert [notice["ended_at"] is None for notice in notices()] == \
        [False] * 5 + [True]
    assert kinds(notices())[5:] == [("below-floor", 10, 4, True)]
    for notice in notices():
        assert changes(town, notice) == ["created"] + ["updated"] * (
            notice["ended_at"] is not None)
        assert notice["enterprise_id"] == str(people.enterprise)
        assert notice["post_category_id"] is None


def test_a_post_category_has_its_own(ward, notices, town,  # noqa: F811
                                     people):
    made = ward.hall.enterprise.post(
        own_path(people, "post-categories"),
        {**CATEGORY, "staff_count": 10}).json
    ward.accepted(post_category_id=made["id"])
    found = [notice for notice in notices()
             if notice["post_category_id"] == made["id"]]
    assert kinds(found) == [("near-cap", 2, 1, True)]
    assert found[0]["post_category_name"] == made["name"]


def test_only_who_is_verified_owes(ward, notices, town, people):  # noqa: F811
    settle(town)
    office = ward.hall.office
    assert kinds(notices()) == [("below-floor", 20, 0, True)]
    reply = office.post(own_path(people, "suspend"), {"reason": "整改"})
    assert reply.status == 200, reply
    assert kinds(notices()) == [("below-floor", 20, 0, False)]
    assert office.post(own_path(people, "verify")).status == 200
    assert kinds(notices()) == [("below-floor", 20, 0, False),
                                ("below-floor", 20, 0, True)]


def test_both_sides_acknowledge(ward, notices, town, people):  # noqa: F811
    settle(town)
    hall = ward.hall  # noqa: F811
    notice, = notices()
    target = f"{PATH}/{notice['id']}/acknowledge"
    assert (notice["enterprise_acknowledged_at"],
            notice["office_acknowledged_at"]) == (None, None)
    said = hall.enterprise.post(target)
    assert said.status == 200, said
    assert said.json["enterprise_acknowledged_at"]
    assert said.json["office_acknowledged_at"] is None
    refused(hall.enterprise.post(target))
    mine = f"&enterprise_id={people.enterprise}"
    for client, before, after in ((hall.enterprise, 0, 1),
                                  (hall.office, 1, 0)):
        assert len(notices("&is_acknowledged=false" + mine, client)) == before
        assert len(notices("&is_acknowledged=true" + mine, client)) == after
    assert hall.office.post(target).status == 200
    refused(hall.office.post(target))
    notice, = notices()
    assert notice["enterprise_acknowledged_at"]
    assert notice["office_acknowledged_at"]
    assert notice["version"] == 3


def test_filters(ward, notices, town, people):  # noqa: F811
    settle(town)
    other = town.enterprise(people.consortium)
    assert len(notices("", ward.hall.office)) == 2
    assert len(notices(f"&enterprise_id={other}", ward.hall.office)) == 1
    assert notices(f"&enterprise_id={other}") == []
    assert len(notices("&kind=below-floor&is_open=true")) == 1
    assert notices("&is_open=false") == notices("&kind=at-cap") == []
    reply = ward.hall.office.get(f"{PATH}?kind=weather&is_open=maybe")
    assert (reply.status, reply.wheres()) == (400, ["kind", "is_open"])


def test_who_may(ward, as_role, client, server, town, people,  # noqa: F811
                 notices):
    settle(town)
    notice, = notices()
    target = f"{PATH}/{notice['id']}/acknowledge"
    assert client.get(PATH).status == client.post(target).status == 401
    for role in ("student", "school", "operator"):
        assert as_role(role).get(PATH).status == 403
        assert as_role(role).post(target).status == 403
    away = town.people()
    stranger = server.client(away.tokens["office"])
    assert stranger.post(target).status == 404
    assert ward.hall.office.post(f"{PATH}/{new_id()}/acknowledge").status == \
        404
    assert ward.hall.office.post(f"{PATH}/x/acknowledge").status == 404
    stranger.close()


def test_it_stays_once_when_many_move_at_once(ward, server, town,  # noqa: F811
                                              people, notices):
    set_staff(town, people, 200)
    settle(town)
    posting = ward.hall.open(openings=99, period_start=day(0),
                             period_end=day(90))
    replies = ward.rush(ward.crowd(server, posting, 24))
    took = [reply for reply in replies if reply.status == 200]
    assert len(took) == 20
    found = [notice for notice in notices()
             if notice["kind"] != "below-floor"]
    assert kinds(found) == [("near-cap", 20, 18, True),
                            ("at-cap", 20, 20, True)]


def test_two_openings_of_the_same_are_refused(ward, town):  # noqa: F811
    settle(town)
    with pytest.raises(Exception, match="quota_notice_one_open"):
        town.run("insert into quota_notice (consortium_id, id, enterprise_id,"
                 " line_id, kind, seats, present, policy_version, began_at)"
                 " select consortium_id, %s, enterprise_id, line_id, kind,"
                 " seats, present, policy_version, began_at"
                 " from quota_notice limit 1", new_id())
