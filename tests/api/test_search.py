"""Search over postings: what people type, and what they may see."""

import time
from urllib.parse import quote

import pytest

from tests.api.firm import PATH, READERS, ids
from tests.api.firm import firm, second  # noqa: F401 (fixtures)


def search(client, q, more=""):
    return client.get(f"{PATH}?q={quote(q)}{more}")


def found(client, q, more=""):
    reply = search(client, q, more)
    assert reply.status == 200, reply
    assert reply.json["total"] >= len(reply.json["items"])
    return set(ids(reply))


def until(holds, what, seconds=5):
    """What is committed is found soon, not at once."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def shown(client, *postings):
    wanted = {p["id"] for p in postings}

    def are_found():
        reply = search(client, "-不会有的词", "&limit=200")
        return reply.status == 200 and wanted <= set(ids(reply))

    until(are_found, "not found")


@pytest.fixture
def shop(firm):
    """Postings as an enterprise writes them."""
    made = {
        "engineer": firm.open(
            title="机械设计工程师", required_skills=["CAD"],
            description="负责结构设计，熟悉PLC编程与3D打印"),
        "clerk": firm.open(title="会计", description="会计核算、出纳"),
        "seller": firm.open(title="销售", kind="job", period_start=None,
                            period_end=None,
                            description="熟悉 Ｃ＋＋ 软件；会开车"),
    }
    shown(firm.client, *made.values())
    return {name: posting["id"] for name, posting in made.items()}


@pytest.mark.parametrize("q,names", [
    ("机械设计", "engineer"), ("機械設計", "engineer"),
    ("会计", "clerk"), ("會計", "clerk"), ("會計 出納", "clerk"),
    ("会", "clerk seller"), ("会 -开车", "clerk"),
    ("ＰＬＣ编程", "engineer"), ('"PLC 编程"', ""), ("“plc编程”", "engineer"),
    ("c++", "seller"), ("C＋＋", "seller"), ("軟件", "seller"), ("c", ""),
    ("3d打印 cad", "engineer"), ("机械工程师", "engineer"),
    ('"机械工程师"', ""), ("会计 造船", ""),
])
def test_what_people_type(firm, shop, q, names):
    assert found(firm.client, q) == {shop[name] for name in names.split()}


def test_traditional_posting_is_found_by_simplified(firm):
    posting = firm.open(title="機電一體化技術員")
    shown(firm.client, posting)
    assert found(firm.client, "机电一体化") == {posting["id"]}


def test_filters_go_with_words(firm, shop):
    assert found(firm.client, "会", "&kind=job") == {shop["seller"]}
    assert found(firm.client, "会", "&kind=order_class") == set()
    later = "&published_since=2099-01-01T00:00:00Z"
    assert found(firm.client, "会", later) == set()
    soon = "&published_since=2020-01-01T00:00:00%2B08:00"
    assert len(found(firm.client, "会", soon)) == 2
    reply = search(firm.client, "会", "&division=999999")
    assert reply.status == 400 and reply.wheres() == ["division"]
    assert found(firm.client, "不存在的词", "&division=330106") == set()


def test_facets_sum_up(firm, shop):
    reply = search(firm.client, "会", "&facets=true").json
    assert reply["total"] == 2
    facets = reply["facets"]
    for name in ("kind", "division", "industry"):
        assert sum(v["count"] for v in facets[name]) == 2, name
    assert {v["value"] for v in facets["kind"]} == {"internship", "job"}
    assert "facets" not in search(firm.client, "会").json


def test_pages_neither_skip_nor_repeat(firm, shop):
    seen, target = [], f"{PATH}?q={quote('会')}&limit=1"
    while target:
        reply = firm.client.get(target)
        seen += ids(reply)
        target = reply.json["next"]
    assert len(seen) == 2 and set(seen) == {shop["clerk"], shop["seller"]}
    assert seen[0] == shop["clerk"]


@pytest.mark.parametrize("target,where", [
    (f"{PATH}?q=%20%2C", "q"), (f"{PATH}?q=" + "a%20" * 60, "q"),
    (f"{PATH}?q=", "q"), (f"{PATH}?q=a&state=draft", "state"),
    (f"{PATH}?q=a&after=abc", "after"), (f"{PATH}/suggest", "q"),
    (f"{PATH}/suggest?q=a&limit=21", "limit"),
])
def test_refused(server, town, firm, target, where):
    server.current(town)
    reply = firm.client.get(target)
    assert reply.status == 400, reply
    assert where in reply.wheres()


def test_suggestions(firm, shop):
    reply = firm.client.get(f"{PATH}/suggest?q={quote('機')}")
    assert reply.json["items"] == [{"text": "机械设计工程师", "count": 1}]
    reply = firm.client.get(f"{PATH}/suggest?q=C&limit=1")
    assert reply.json["items"] == [{"text": "cad", "count": 1}]


def test_only_what_is_open_is_found(firm, shop):
    draft = firm.add(title="会计草稿")
    closed = firm.open(title="会计主管")
    shown(firm.client, closed)
    firm.close(closed)
    until(lambda: closed["id"] not in found(firm.client, "会计"), "closed")
    assert draft["id"] not in found(firm.client, "会计")


def test_rights(firm, shop, second, as_role, client, town, server):
    for one in (second.client, *map(as_role, READERS)):
        assert found(one, "会计") == {shop["clerk"]}
    for target in (f"{PATH}?q=a", f"{PATH}/suggest?q=a"):
        assert as_role("operator").get(target).status == 403
        assert client.get(target).status == 401
    other = server.client(town.people().tokens["school"])
    server.current(town)
    assert found(other, "会计") == set()
    assert other.get(f"{PATH}/suggest?q={quote('会')}").json["items"] == []
    other.close()


def test_a_student_gets_what_fits_first(firm, as_role):
    """Of the same relevance: newest first, but fit comes before."""
    fitting = firm.open(title="数控车工", targets=["660301"])
    other = firm.open(title="数控车工", targets=["510203"])
    shown(firm.client, fitting, other)
    assert ids(search(firm.client, "数控")) == [other["id"], fitting["id"]]
    assert ids(search(as_role("student"), "数控")
               ) == [fitting["id"], other["id"]]
