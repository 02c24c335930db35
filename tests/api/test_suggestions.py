"""What the text of a posting demands, offered with the words that say so."""

import pytest

from tests.api.firm import NOBODY, PATH
from tests.api.firm import firm, second  # noqa: F401 (fixtures)


def suggested(firm, title="操作工", description="", **changes):
    made = firm.add(title=title, description=description, **changes)
    reply = firm.client.get(f"{PATH}/{made['id']}/suggestions")
    assert reply.status == 200, reply
    for item in reply.json["items"]:
        text = made[item["field"]]
        assert text[item["at"]:item["at"] + item["length"]] == item["words"]
    assert firm.client.get(f"{PATH}/{made['id']}").json == made
    return reply.json["items"]


def codes(item):
    return [target["code"] for target in item["targets"]]


@pytest.mark.parametrize("text", [
    "本科以上学历，计算机相关专业优先", "計算機相關專業優先", "要求：計算機類專業"])
def test_a_class_by_another_name(firm, text):
    item, = suggested(firm, description=text)
    assert item["words"][:2] in ("计算", "計算")
    assert codes(item) == ["3102", "5102", "7102"]
    assert {t["because"] for t in item["targets"]} <= {"alias", "catalogue"}
    assert [t["level"] for t in item["targets"]] == \
        ["bachelor", "associate", "secondary"]


def test_a_specialty_by_its_name(firm):
    item, = suggested(firm, title="数控技术专业实习生", targets=["460103"])
    assert (item["field"], item["words"]) == ("title", "数控技术")
    named = {t["code"]: t for t in item["targets"]}
    assert named["460103"] == {
        "code": "460103", "name": "数控技术", "level": "associate",
        "because": "catalogue", "is_target": True}


def test_several_in_their_order_and_a_field_without_class(firm):
    items = suggested(firm, description="会计、数学、电子商务等相关专业，"
                      "某某机械有限公司，熟练使用计算机。")
    assert [item["words"] for item in items] == ["会计", "数学", "电子商务"]
    assert "5303" in codes(items[0]) and codes(items[1]) == []
    assert not any(item["is_any"] for item in items)


def test_only_levels_that_the_posting_asks_for(firm):
    text = "计算机相关专业"
    for least, left in (("secondary", ["3102", "5102", "7102"]),
                        ("associate", ["3102", "5102"]),
                        ("bachelor", ["3102"])):
        item, = suggested(firm, description=text, min_education=least)
        assert codes(item) == left


def test_every_specialty_is_welcome(firm):
    item, = suggested(firm, description="大专以上，專業不限")
    assert (item["is_any"], item["words"], codes(item)) == \
        (True, "專業不限", [])


@pytest.mark.parametrize("text", [
    "", "熟练使用计算机", "非计算机专业亦可", "具备会计专业知识", "ＧＩＳ"])
def test_no_demand(firm, text):
    assert suggested(firm, description=text) == []


def test_places_count_code_points(firm):
    item, = suggested(firm, description="㍿🙂①：ＧＩＳ专业")
    assert (item["at"], item["length"], item["words"]) == (4, 3, "ＧＩＳ")
    assert "5203" not in codes(item) and "4203" in codes(item)


def test_a_long_text(firm):
    items = suggested(firm, description="会计专业。" * 3999)
    assert len(items) == 64 and items[-1]["at"] == 63 * 5


def test_only_one_s_own(firm, second):
    posting = firm.open(description="计算机专业")
    assert second.client.get(
        f"{PATH}/{posting['id']}/suggestions").status == 404
    assert firm.client.get(f"{PATH}/{NOBODY}/suggestions").status == 404
