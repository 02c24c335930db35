"""The consortium's indicators: each formula on what is known by hand, the rows
behind each number, the period before, and who may ask."""

import pytest

from tests.api.graduates import graduate
from tests.api.hall import hall, other_student  # noqa: F401 (fixtures)
from tests.api.placed import day, ward  # noqa: F401 (fixtures)
from tests.api.reported import (INDICATORS, YEAR, a_year_before, backdate,
                                indicators, reported,  # noqa: F401
                                suspended)
from tests.api.test_exports import read_csv, read_sheet, same_rows
from tests.api.test_reference_lists import walk
from tests.api.town import new_id

# id: (numerator, denominator, value) of what reported.py makes.
BY_HAND = {
    "schools": (1, None, 1),
    "enterprises": (1, None, 1),
    # two internships, the one of the lawful start, a job, what was doubted,
    # an order class, an apprenticeship
    "postings-published": (7, None, 7),
    "internships-published": (3, None, 3),
    "jobs-published": (2, None, 2),
    "openings-published": (4 + 6 + 3 + 10 + 1 + 30 + 8, None, 62),
    # 0, 0, 0, 0, 60, 180, 1500
    "publication-minutes": (0, None, 0),
    "demand-lists": (1, 1, 10000),
    "demand-openings": (43, None, 43),
    "rounds-verified": (1, 1, 10000),
    "internships-among-openings": (13, 62, 2097),
    # 1,000 of staff at 20/1000 owe 20; 1 is there
    "floors-met": (0, 1, 0),
    "interns-present": (1, None, 1),
    "internships-started": (8, None, 8),
    # with a posting 7: the same specialty 3, its class 1 and at another level
    # 1, its category 1, none 1
    "aligned-specialty": (3, 7, 4286),
    "aligned-class": (5, 7, 7143),
    "aligned-category": (6, 7, 8571),
    "agreements-before-start": (1, 8, 1250),
    "order-classes": (1, None, 1),
    "order-class-seats": (30, None, 30),
    "apprenticeships": (1, None, 1),
    "apprenticeship-seats": (8, None, 8),
    # of 20: 12 employed, 3 studying; in the city 6
    "employment-rate": (15, 20, 7500),
    "local-of-employed": (6, 12, 5000),
    "local-of-graduates": (6, 20, 3000),
    "aligned-said": (3, 5, 6000),
    "aligned-computed": (0, 0, None),
    "specialties-examined": (5, None, 5),
    "specialties-strengthen": (1, None, 1),
    "specialties-upgrade": (1, None, 1),
    "specialties-restrict": (1, None, 1),
    "specialties-too-few": (1, None, 1),
    "specialties-departed": (1, None, 1),
    # 660302 and 610101; two are new, one is as it was
    "specialties-changed": (2, None, 2),
    "specialty-appeals-upheld": (1, 2, 5000),
    "complaints-made": (2, None, 2),
    "complaints-answered": (1, 2, 5000),
    "internships-against-rules": (7, None, 7),
    "enterprises-over-cap": (0, None, 0),
    "reasons-recorded": (1, None, 1),
}
# Of the year before, where it is not 0 and nothing else is to count.
BEFORE = {
    "postings-published": (1, None, 1), "internships-published": (1, None, 1),
    "openings-published": (2, None, 2), "publication-minutes": (30, None, 30),
    "internships-among-openings": (2, 2, 10000),
    "internships-started": (1, None, 1), "aligned-specialty": (1, 1, 10000),
    "aligned-class": (1, 1, 10000), "aligned-category": (1, 1, 10000),
    "agreements-before-start": (0, 1, 0),
    "internships-against-rules": (1, None, 1),
    "specialties-examined": (4, None, 4),
    "specialties-strengthen": (1, None, 1),
    "specialties-upgrade": (1, None, 1), "specialties-restrict": (1, None, 1),
    "specialties-too-few": (0, None, 0), "specialties-changed": (0, None, 0),
    "specialty-appeals-upheld": (0, 0, None),
    "complaints-made": (1, None, 1), "complaints-answered": (0, 1, 0),
    # the first 12 of the list: all employed, 5 of them in the city
    "employment-rate": (12, 12, 10000), "local-of-employed": (6, 12, 5000),
    "local-of-graduates": (6, 12, 5000), "aligned-said": (3, 5, 6000),
}


def three(item):
    return item["numerator"], item["denominator"], item["value"]


def amount(client, path, summed):
    """What the rows behind a number make: walked whole, and counted."""
    rows = walk(client, path + "&limit=3")
    counted = client.get(path + "&limit=1", headers={
        "Prefer": "count=exact"})
    assert counted.json["total"] == len(rows), path
    return sum(row[summed] for row in rows) if summed else len(rows)


def check_rows(client, item):
    if item["is_hidden"]:
        return
    if item["rows"] is None:
        assert three(item) == (None, None, None) and not item["rows_of"]
        return
    got = amount(client, item["rows"], item["rows_sum"])
    if item["id"] == "publication-minutes":
        assert (got > 0) == (item["value"] is not None)
    else:
        assert got == item["numerator"], item
    assert (item["rows_of"] is None) == (item["unit"] != "share")
    if item["rows_of"]:
        assert amount(client, item["rows_of"], item["rows_sum"]) \
            == item["denominator"], item


def test_each_formula_by_hand(reported, as_role):  # noqa: F811
    office = as_role("office")
    found = indicators(office)
    assert list(found) == list(BY_HAND), "the order of the report"
    for name, item in found.items():
        assert three(item) == BY_HAND[name], name
        assert (item["from"], item["to"]) == (f"{YEAR}-01-01", day(0))
        assert item["before"]["from"] == f"{YEAR - 1}-01-01"
        assert item["before"]["to"] == a_year_before(day(0))
        share = item["value"] is None or item["before"]["value"] is None
        assert (item["change"] is None) == share
        if not share:
            assert item["change"] == item["value"] - item["before"]["value"]
    for name, want in BEFORE.items():
        assert three(found[name]["before"]) == want, name


def test_the_rows_are_the_number(reported, as_role):  # noqa: F811
    office = as_role("office")
    for query in ("", f"year={YEAR - 1}", f"from={day(-3)}&to={day(0)}",
                  f"to={day(-1)}"):
        for item in indicators(office, query).values():
            check_rows(office, item)


def test_nothing_at_all(as_role, town, people):
    office = as_role("office")
    for name, item in indicators(office).items():
        check_rows(office, item)
        wanted = {"schools": 1, "enterprises": 1,
                  "publication-minutes": None}.get(
                      name, None if item["unit"] == "share"
                      and item["denominator"] == 0
                      or name.startswith("specialt") else 0)
        assert item["value"] == wanted, name
        assert item["is_hidden"] is False


def test_what_was_before_is_what_it_was(reported, as_role):  # noqa: F811
    """The figures of the period before are those told of it itself."""
    office = as_role("office")
    for query in (f"year={YEAR}", f"from={day(-2)}&to={day(0)}",
                  f"from={day(0)}"):
        now = indicators(office, query)
        one = now["schools"]["before"]
        then = indicators(office, f"from={one['from']}&to={one['to']}")
        for name, item in now.items():
            is_cohort = item["rows"].startswith((
                "/v1/destinations", "/v1/demand?")) or name == "demand-lists"
            if not is_cohort or one["to"][:4] != item["to"][:4]:
                assert three(item["before"]) == three(then[name]), name
    assert one["from"] == one["to"] == day(-1)


def test_targets(reported, as_role):  # noqa: F811
    found = indicators(as_role("office"))
    aimed = {name: (item["target"], item["is_met"])
             for name, item in found.items() if item["target"] is not None}
    assert aimed == {
        "rounds-verified": (10000, True), "floors-met": (10000, False),
        "aligned-category": (10000, False),
        "agreements-before-start": (10000, False),
        "complaints-answered": (10000, False),
        "internships-against-rules": (0, False),
        "enterprises-over-cap": (0, True)}
    assert {item["certainty"] for item in found.values()} == {
        "official", "law", "asked", "own"}
    assert [name for name, item in found.items()
            if item["certainty"] == "official"] == ["employment-rate"]


def test_each_rule_by_itself(reported, as_role):  # noqa: F811
    office = as_role("office")

    def found(query):
        return {item["id"] for item in walk(
            office, f"/v1/placements?limit=3&started_from={YEAR}-01-01&"
            + query)}

    everybody = found("")
    assert found("broke=age-at-start") == {str(reported.young)}
    assert found("broke=first-year") == {str(reported.first)}
    for rule in ("agreement", "insurance"):
        assert found(f"kept={rule}") == {str(reported.lawful)}
        assert found(f"broke={rule}") == everybody - {str(reported.lawful)}
    assert found("broke=any") == everybody - {str(reported.lawful)}
    assert found("kept=age-at-start&broke=first-year") \
        == {str(reported.first)}


def test_an_agreement_signed_later(reported, as_role, town):  # noqa: F811
    """What counts is the day that the last of the three has signed on."""
    office = as_role("office")
    backdate(town, "update agreement_signature set signed_on = signed_on + 1"
             " where placement_id = %s and party = 'school'",
             reported.lawful)
    town.run("select internship_begun(p) from placement p where id = %s",
             reported.lawful)
    item = indicators(office)["agreements-before-start"]
    assert three(item) == (0, 8, 0)
    check_rows(office, item)


def test_a_tied_occupation_is_as_near_as_the_class(town):
    def tier(*given):
        return town.one("select specialty_tier(%s, %s, %s)", *given)

    assert [tier("660301", [target], None) for target in (
        "660301", "6603", "660399", "4603", "260301", "66", "660103", "46",
        "71", "710101")] == [1, 2, 2, 3, 3, 4, 4, 4, 5, 5]
    assert tier("660301", ["71", "46", "660301"], None) == 1
    assert tier("660301", [], None) == 5
    tied = town.run("select specialty_code, occupation_code from"
                    " specialty_occupation where is_current limit 1")
    for specialty, occupation in tied:
        assert tier(specialty, ["71" if specialty[:2] != "71" else "66"],
                    occupation) == 3


def test_floors_and_caps(reported, as_role, town):  # noqa: F811
    """An enterprise of 40 owes 1 and has it; one of 10 has 2 above its 1."""
    office = as_role("office")
    reported.second_firm(40, 1)
    reported.second_firm(10, 2)
    found = indicators(office)
    assert three(found["floors-met"]) == (2, 3, 6667)
    assert three(found["interns-present"]) == (4, None, 4)
    assert three(found["enterprises-over-cap"]) == (1, None, 1)
    assert three(found["enterprises"]) == (3, None, 3)
    assert three(found["demand-lists"]) == (1, 3, 3333)
    for name in ("floors-met", "interns-present", "enterprises-over-cap",
                 "enterprises", "demand-lists"):
        check_rows(office, found[name])


def test_who_was_verified_then(reported, as_role, town):  # noqa: F811
    office = as_role("office")
    other = reported.second_firm(40, 0)
    backdate(town, "update enterprise set created_at = %s where id = %s",
             f"{YEAR - 1}-01-01Z", other)
    backdate(town, "update event set at = %s where subject_id = %s",
             f"{YEAR - 1}-02-01Z", other)
    suspended(town, other, f"{YEAR}-01-01T00:00:00+08:00")
    backdate(town, "update quota_entry set at = %s where enterprise_id = %s",
             f"{YEAR - 1}-02-01Z", other)
    for query, count in (("", 1), (f"year={YEAR - 1}", 1),
                         (f"to={YEAR - 1}-12-31", 1),
                         (f"to={YEAR - 1}-01-20", 0)):
        found = indicators(office, query)
        assert found["enterprises"]["value"] == count, query
        assert found["floors-met"]["denominator"] == count, query
        check_rows(office, found["enterprises"])
        check_rows(office, found["floors-met"])


def test_the_edition_is_the_one_of_then(reported, as_role, town):  # noqa: F811
    """Neither one published later that day's end, nor one that is not
    published, is asked; and before the first there is none."""
    office = as_role("office")
    first = f"{YEAR - 1}-01-01"
    for query, is_there in ((f"to={YEAR - 2}-12-31&from={YEAR - 2}-01-01",
                             False), (f"from={first}&to={first}", True)):
        found = indicators(office, query)
        for name in found:
            if name.startswith("specialt"):
                assert (found[name]["rows"] is not None) == is_there, name
                assert three(found[name]["before"]) == (None, None, None)
                assert found[name]["change"] is None
                check_rows(office, found[name])
    found = indicators(office)["specialties-upgrade"]
    assert found["rows"] == f"/v1/specialty-lists/{reported.list}/entries" \
        "?of=all-schools&outcome=upgrade"
    assert [row["specialty"] for row in walk(office, found["rows"])] \
        == ["660302"]
    rest = [row["specialty"] for row in walk(
        office, f"/v1/specialty-lists/{reported.list}/entries"
        "?of=all-schools&is_changed=false")]
    assert rest == ["510101", "510102", "660301"]
    for query, states in (("is_appeal=false", ["upheld"]),
                          ("is_answered=false", ["withdrawn"])):
        assert [row["state"] for row in walk(
            office, f"/v1/specialty-lists/{reported.list}/appeals?{query}")] \
            == states
    backdate(town, "update specialty_list set published_at = %s where id = %s",
             f"{day(0)}T00:00:00+08:00", reported.list)
    for to, count in ((day(0), 5), (day(-1), 4)):
        assert indicators(office, f"to={to}")["specialties-examined"][
            "value"] == count


def test_few_graduates_are_hidden(as_role, town, people):
    office = as_role("office")
    for _ in range(10):
        graduate(town, people.consortium, people.school, f"{YEAR}-06-30")
    hidden = ["employment-rate", "local-of-employed", "local-of-graduates",
              "aligned-said", "aligned-computed"]
    found = indicators(office)
    assert [name for name in found if found[name]["is_hidden"]] == hidden
    for name in hidden:
        assert three(found[name]) == (None, None, None)
        assert found[name]["is_met"] is found[name]["change"] is None
    graduate(town, people.consortium, people.school, f"{YEAR}-06-30")
    assert three(indicators(office)["employment-rate"]) == (0, 11, 0)


def test_pages_and_files(reported, as_role):  # noqa: F811
    office = as_role("office")
    whole = office.get(f"{INDICATORS}?limit=200").json["items"]
    assert walk(office, f"{INDICATORS}?limit=7") == whole
    columns = read_csv(office.get(INDICATORS + ".csv"))[0]
    same_rows(office, INDICATORS, columns, whole)
    assert {"id", "value", "before.value", "rows"} <= set(columns)
    (sheet,) = read_sheet(office.get(INDICATORS + ".xlsx", headers={
        "Accept-Language": "zh-CN"}))[:1]
    assert {"指标", "数值", "此前·数值", "分子", "是否达标"} <= set(sheet)


def test_both_languages(as_role):
    office = as_role("office")
    seen = {}
    for tag in ("en", "zh-CN"):
        reply = office.get(f"{INDICATORS}?limit=200",
                           headers={"Accept-Language": tag})
        assert reply.headers["content-language"] == tag
        seen[tag] = reply.json["items"]
    for english, chinese in zip(seen["en"], seen["zh-CN"]):
        for name in ("name", "definition", "formula"):
            assert english[name].isascii(), english[name]
            assert any("\u4e00" <= c <= "\u9fff" for c in chinese[name])
            assert "{" not in english[name] + chinese[name]
        for name in ("value", "rows", "source", "id", "before"):
            assert english[name] == chinese[name]


@pytest.mark.parametrize("query, where", [
    (f"year={YEAR + 1}", "year"), ("year=1999", "year"),
    (f"year={YEAR}&from={YEAR}-01-01", "year"), (f"from={day(1)}", "from"),
    (f"to={day(1)}", "to"), (f"from={day(0)}&to={day(-1)}", "to"),
    ("from=yesterday", "from"), ("to=2026-02-30", "to"),
    (f"after={new_id()}", "after")])
@pytest.mark.parametrize("path", [INDICATORS, "/v1/statistics/report"])
def test_periods_that_are_none(as_role, path, query, where):
    reply = as_role("office").get(f"{path}?{query}")
    assert (reply.status, reply.problem["code"]) == (400, "invalid-parameter")
    assert reply.wheres() == [where]


def test_words_are_not_looked_for_in_what_is_closed(as_role):
    reply = as_role("office").get(f"/v1/postings?q=x&published_to={day(0)}")
    assert reply.status == 400 and reply.wheres() == ["published_to"]


def test_others_learn_of_no_lists(as_role, reported):  # noqa: F811
    """Who gave a talent-demand list is the office's to know."""
    query = f"/v1/enterprises?demand_year={YEAR}"
    assert len(as_role("office").get(query).json["items"]) == 1
    assert len(as_role("enterprise").get(query).json["items"]) == 1
    for role in ("student", "school"):
        assert as_role(role).get(query).json["items"] == []
