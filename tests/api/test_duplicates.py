"""Postings that say the same: found, told with what is alike, left alone."""

import random

import pytest

from tests.api.advertisements import FILES, SOURCE, bodies, rows_of
from tests.api.firm import NOBODY, PATH
from tests.api.firm import firm, second  # noqa: F401 (fixtures)

TEXT = ("在师傅指导下操作数控车床，完成零件加工与自检；按图纸和工艺卡作业，"
        "填写生产记录，保持设备和场地整洁，服从班组安排。")


def found(firm, posting, client=None):
    reply = (client or firm.client).get(f"{PATH}/{posting['id']}/duplicates")
    assert reply.status == 200, reply
    assert not reply.json["is_partial"]
    return reply.json["items"]


def add(firm, **changes):
    return firm.add(**{"description": TEXT, **changes})


def test_the_same_again(firm):
    first, again = add(firm), add(firm)
    item, = found(firm, first)
    assert item == {
        "posting_id": again["id"], "likeness": "same", "title_mille": 1000,
        "text_mille": 1000, "same": ["division_code", "targets", "pay",
                                     "period", "openings", "address"],
        "differs": [], "title": again["title"], "state": "draft",
        "published_at": None, "enterprise_id": str(firm.enterprise),
        "enterprise_name": item["enterprise_name"]}
    assert found(firm, again)[0]["posting_id"] == first["id"]
    # nothing is done about it
    assert firm.publish(first).status == 200
    assert firm.publish(again).status == 200
    assert found(firm, first)[0]["state"] == "published"


@pytest.mark.parametrize("changes", [
    {"title": "數控車床操作實習生"},                       # traditional
    {"title": "数控车床 操作实习生！"},
    {"description": "  " + TEXT.replace("，", ", ").upper() + "\n\n"},
    {"targets": ["6603", "660103"], "openings": 9}])
def test_signs_and_script_make_no_difference(firm, changes):
    first = add(firm, targets=["660103", "6603"])
    add(firm, **{"targets": ["660103", "6603"], **changes})
    item, = found(firm, first)
    assert item["likeness"] == "same"
    assert ("openings" in item["differs"]) == ("openings" in changes)


@pytest.mark.parametrize("changes, likeness, differs", [
    ({"division_code": "330109"}, "near", {"division_code"}),
    ({"targets": ["66"]}, "near", {"targets"}),
    ({"pay_min_fen": 330000}, "same", {"pay"}),
    ({"title": "数控铣床操作实习生"}, "near", set()),
    ({"title": "完全另外的名称"}, "near", set()),          # the text is alike
    ({"description": TEXT.replace("班组", "车间")}, "near", set()),
    ({"description": "为客户办理业务，解答咨询，维护资料。" * 4}, None, set()),
    ({"kind": "job"}, None, set())])
def test_what_is_near(firm, changes, likeness, differs):
    first = add(firm)
    add(firm, **changes)
    items = found(firm, first)
    assert [item["likeness"] for item in items] \
        == ([likeness] if likeness else [])
    assert all(set(item["differs"]) == differs for item in items)


def test_the_likest_first(firm):
    first = add(firm)
    near = add(firm, description=TEXT.replace("班组", "车间"))
    far = add(firm, title="数控铣床工",
              description=TEXT.replace("设备和场地", "机器"))
    same = add(firm)
    items = found(firm, first)
    assert [item["posting_id"] for item in items] \
        == [same["id"], near["id"], far["id"]]
    assert [item["text_mille"] for item in items] \
        == sorted((item["text_mille"] for item in items), reverse=True)


def test_what_is_over_is_not_looked_at(firm):
    first = add(firm)
    other = firm.open(description=TEXT)
    assert len(found(firm, first)) == 1
    firm.close(other)
    assert found(firm, first) == []


def test_a_repost_of_another_enterprise(firm, second):
    theirs = second.open(description=TEXT, title="甲")
    second.add(description=TEXT)                            # a draft: theirs
    ours = add(firm, title="乙")
    item, = found(firm, ours)
    assert (item["likeness"], item["posting_id"], item["enterprise_id"]) \
        == ("repost", theirs["id"], str(second.enterprise))
    # nearly so is no repost, and what is short says nothing
    assert found(firm, add(firm, description=TEXT + "另加一句。",
                           title="丙"))[0]["likeness"] == "near"
    second.open(description="包吃住", title="丁")
    short = firm.add(description="包吃住", title="戊", kind="job")
    assert found(firm, short) == []


def test_signs_hide_no_repost(firm, second):
    second.open(description=TEXT)
    ours = firm.add(kind="job", description=" " + TEXT.replace(
        "；", "。\n").replace("，", " ") + "！")
    assert [item["likeness"] for item in found(firm, ours)] == ["repost"]


def test_two_that_say_nothing(firm):
    first = firm.add(description="", title="普工")
    firm.add(description="", title="钳工")
    assert found(firm, first) == []
    firm.add(description="", title="普工")
    assert [item["likeness"] for item in found(firm, first)] == ["same"]


def test_who_may_ask(firm, second, as_role):
    posting = firm.open(description=TEXT)
    assert found(firm, posting, as_role("office")) == []
    assert second.client.get(
        f"{PATH}/{posting['id']}/duplicates").status == 404
    for role in ("student", "school"):
        assert as_role(role).get(
            f"{PATH}/{posting['id']}/duplicates").status == 403
    assert firm.client.get(f"{PATH}/{NOBODY}/duplicates").status == 404


def pairs(text):
    """The same by other means: letters alone, and pairs of them."""
    letters = [c for c in text.lower() if c.isalnum()]
    return [a + b for a, b in zip(letters, letters[1:])]


def mille(a, b):
    a, b = pairs(a), pairs(b)
    both, rest = 0, list(b)
    for pair in a:
        if pair in rest:
            rest.remove(pair)
            both += 1
    return 2000 * both // (len(a) + len(b))


def test_likeness_is_counted_exactly(firm):
    dice = random.Random(7)
    words = ("操作", "数控", "车床", "零件", "加工", "自检", "图纸", "CNC",
             "plc", "班组")
    first = add(firm, title="起点", description="，".join(
        dice.choices(words, k=30)))
    texts = {}
    for n in range(30):
        words_of = first["description"].split("，")
        for _ in range(dice.randrange(6)):
            words_of[dice.randrange(30)] = dice.choice(words)
        texts[add(firm, title=f"名{n}", description="。".join(words_of))[
            "id"]] = "。".join(words_of)
    items = {item["posting_id"]: item["text_mille"]
             for item in found(firm, first)}
    for posting, text in texts.items():
        share = mille(first["description"], text)
        assert items.get(posting, 0) == (share if share >= 900 else 0)
    assert items


@pytest.mark.skipif(not SOURCE.is_dir(), reason="no shared postings here")
def test_real_advertisements(firm, town, people, server):
    """Those of the companies that have most; docs/postings.md has figures."""
    by_company = {}
    for name in FILES:
        for row, body in zip(rows_of(SOURCE / name), bodies(name)):
            body.pop("ref_system", None), body.pop("ref", None)
            by_company.setdefault(row["company"], []).append(body)
    counts = {"same": 0, "near": 0}
    for some in sorted(by_company.values(), key=len, reverse=True)[:15]:
        enterprise = town.enterprise(people.consortium)
        client = server.client(town.token(people.consortium, town.account(
            people.consortium, "enterprise", enterprise)))
        made = [reply.json for reply in
                (client.post(PATH, body) for body in some)
                if reply.status == 201]
        for posting in made:
            for item in client.get(
                    f"{PATH}/{posting['id']}/duplicates").json["items"]:
                counts[item["likeness"]] += 1
        client.close()
    print(counts)
    assert counts["same"] > 50 and counts["near"] > 100
