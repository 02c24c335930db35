"""Postings: reading, rights and lists."""

import pytest

from tests.api.firm import NOBODY, PATH, READERS, draft, ids, later
from tests.api.firm import firm, second  # noqa: F401 (fixtures)

# ---- reading ----

def test_a_draft_is_its_enterprise_s_own(firm, second, as_role):
    posting = firm.add()
    path = f"{PATH}/{posting['id']}"
    assert firm.client.get(path).status == 200
    for client in (second.client, as_role("student"), as_role("school"),
                   as_role("office")):
        assert client.get(path).status == 404


def test_a_published_one_is_everybody_s(firm, second, as_role):
    posting = firm.open()
    path = f"{PATH}/{posting['id']}"
    for client in (second.client, *map(as_role, READERS)):
        assert client.get(path).json == posting
    firm.close(posting)
    for client in (second.client, *map(as_role, READERS)):
        assert client.get(path).json["state"] == "closed"


def test_another_consortium_sees_nothing(firm, town, server):
    posting = firm.open()
    for role in READERS:
        client = server.client(town.people().tokens[role])
        assert client.get(f"{PATH}/{posting['id']}").status == 404
        assert ids(client.get(PATH)) == []
        client.close()


def test_not_modified(firm):
    path = f"{PATH}/{firm.add()['id']}"
    assert firm.client.get(path, headers={"If-None-Match": '"v1"'}
                           ).status == 304
    assert firm.client.get(path, headers={"If-None-Match": '"v2"'}
                           ).status == 200


@pytest.mark.parametrize("name", ["1", "x", NOBODY, NOBODY[:-1]])
def test_no_such_posting(firm, name):
    path = f"{PATH}/{name}"
    assert firm.client.get(path).status == 404
    assert firm.client.patch(path, {}, headers={"If-Match": '"v1"'}
                             ).status == 404
    assert firm.client.post(path + "/publish", {"closes_at": later()}
                            ).status == 404
    assert firm.client.post(path + "/close", {}).status == 404


# ---- rights ----

def test_who_may_do_what(firm, as_role, client):
    posting = firm.add()
    path = f"{PATH}/{posting['id']}"
    asks = [lambda c: c.post(PATH, draft()),
            lambda c: c.patch(path, {}, headers={"If-Match": '"v1"'}),
            lambda c: c.post(path + "/publish", {"closes_at": later()}),
            lambda c: c.post(path + "/close", {})]
    for role in ("student", "school", "office", "operator"):
        one = as_role(role)
        assert [ask(one).status for ask in asks] == [403] * 4, role
    operator = as_role("operator")
    assert operator.get(PATH).status == 403
    assert operator.get(path).status == 403
    asks += [lambda c: c.get(PATH), lambda c: c.get(path)]
    assert [ask(client).status for ask in asks] == [401] * 6
    assert firm.client.get(path).json == posting


def test_another_enterprise_s_posting_is_not_there(firm, second):
    for posting in (firm.add(), firm.open()):
        path = f"{PATH}/{posting['id']}"
        assert second.patch(posting, posting["version"], openings=9
                            ).status == 404
        assert second.publish(posting).status == 404
        assert second.close(posting).status == 404
        assert firm.client.get(path).json == posting


# ---- listing ----

def test_open_postings_the_latest_published_first(firm, second, as_role):
    first, other = firm.add(), second.add()
    assert ids(as_role("student").get(PATH)) == []
    other = second.publish(other).json
    first = firm.publish(first).json
    closed = firm.open()
    firm.close(closed)
    for client in (second.client, *map(as_role, READERS)):
        assert ids(client.get(PATH)) == [first["id"], other["id"]]
    item = firm.client.get(PATH).json["items"][0]
    del first["description"]
    assert item == first


def test_what_is_past_its_closing_day_is_not_open(firm, town):
    posting = firm.open()
    town.run("update posting set published_at = now() - interval '2 day',"
             " closes_at = now() - interval '1 day', actor = created_by"
             " where id = %s", posting["id"])
    assert ids(firm.client.get(PATH)) == []


def test_an_enterprise_sees_its_own_in_every_state(firm, second, as_role):
    made = firm.add()
    shown = firm.open()
    closed = firm.open()
    firm.close(closed)
    second.open()
    own = f"{PATH}?enterprise_id={firm.enterprise}"
    assert ids(firm.client.get(own)) == [closed["id"], shown["id"],
                                         made["id"]]
    assert ids(second.client.get(own)) == [shown["id"]]
    assert ids(as_role("office").get(own)) == [shown["id"]]
    for state, posting in (("draft", made), ("published", shown),
                           ("closed", closed)):
        assert ids(firm.client.get(f"{own}&state={state}")) == [posting["id"]]
    assert ids(second.client.get(PATH + "?state=draft")) == []
    assert ids(second.client.get(PATH + "?state=closed")) == [closed["id"]]
    assert ids(firm.client.get(PATH + "?state=expired")) == []


@pytest.mark.parametrize("state", ["", "&state=closed"])
def test_filters(firm, state):
    def opened(**changes):
        posting = firm.open(**changes)
        if state:
            firm.close(posting)
        return posting["id"]

    welder = opened(targets=["660105"], division_code="330106",
                    min_education="associate", pay_min_fen=300000)
    maker = opened(targets=["6601"], division_code="330281",
                   pay_min_fen=310000)
    clerk = opened(targets=["51"], division_code="440106", kind="job",
                   min_education="bachelor", pay_min_fen=280000,
                   pay_max_fen=290000)

    def found(query):
        return set(ids(firm.client.get(f"{PATH}?{query}{state}")))

    assert found("kind=job") == {clerk}
    assert found("division=330106") == {welder}
    assert found("division=330200") == {maker}
    assert found("division=330000") == {welder, maker}
    assert found("division=110000") == set()
    assert found("specialty=660105") == {welder, maker}
    assert found("specialty=660103") == {maker}
    assert found("specialty=6601") == {welder, maker}
    assert found("specialty=66") == {welder, maker}
    assert found("specialty=510201") == {clerk}
    assert found("specialty=610101") == set()
    assert found("pay_min_fen=310000") == {maker}
    assert found("pay_min_fen=0") == {welder, maker, clerk}
    assert found("education=secondary") == {maker}
    assert found("education=associate") == {welder, maker}
    assert found("education=bachelor") == {welder, maker, clerk}
    assert found("published_since=2020-01-01T00:00:00%2B08:00") == \
        {welder, maker, clerk}
    assert found("published_since=2190-01-01T00:00:00Z") == set()
    assert found(f"enterprise_id={firm.enterprise}") == \
        {welder, maker, clerk}
    assert found(f"enterprise_id={NOBODY}") == set()
    assert found("kind=internship&division=330100&specialty=6601"
                 "&pay_min_fen=1&education=associate") == {welder}
    assert found("kind=internship") == {welder, maker}


def test_bad_parameters_are_all_named(firm):
    reply = firm.client.get(
        PATH + "?kind=x&division=33&specialty=661&enterprise_id=1&state=gone"
        "&pay_min_fen=much&education=phd&published_since=today&limit=0"
        "&after=x&colour=red&kind=job")
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert set(reply.wheres()) == {
        "kind", "division", "specialty", "enterprise_id", "state",
        "pay_min_fen", "education", "published_since", "limit", "after",
        "colour"}


def test_unknown_codes_in_filters_are_named(firm):
    firm.open(targets=["6601"])
    reply = firm.client.get(PATH + "?specialty=660199&division=339900")
    assert (reply.status, sorted(reply.wheres())) == \
        (400, ["division", "specialty"])
    assert reply.problem["errors"][0]["code"] == "unknown-code"


@pytest.mark.parametrize("query", ["", "&state=closed", "&own"])
def test_pages_neither_skip_nor_repeat(firm, town, query):
    want = []
    for number in range(11):
        posting = firm.open(title=f"岗位 {number}")
        want.insert(0, posting["id"])
        if query == "&state=closed":
            firm.close(posting)
    if not query:   # three published in the same moment
        town.run("update posting set published_at = now(), actor = created_by"
                 " where id = any (%s::uuid[])", want[4:7])
        want = sorted(want[4:7]) + want[:4] + want[7:]
    if query == "&own":
        query = f"&enterprise_id={firm.enterprise}"
    got, path, pages = [], f"{PATH}?limit=3{query}", 0
    while path:
        reply = firm.client.get(path)
        assert len(reply.json["items"]) <= 3
        got += ids(reply)
        path, pages = reply.json["next"], pages + 1
        assert ("link" in reply.headers) == (path is not None)
        if pages == 2:      # newer ones do not move what is being paged
            firm.open(title="新岗位")
    assert (got, pages) == (want, 4)


def test_a_cursor_of_another_list_is_refused(firm):
    for _ in range(2):
        firm.open()
    cursor = firm.client.get(PATH + "?limit=1").json["next"].split("after=")[1]
    reply = firm.client.get(f"{PATH}?state=closed&after={cursor}")
    assert (reply.status, reply.wheres()) == (400, ["after"])
