"""Enterprises and postings from files: under the rules of the operations that
make one, in every format and mode."""

import csv
import io
import json

import pytest

from tests.api.test_imports import sheet
from tests.api.test_imports_worker import (
    ASYNC, counted, finished, lines, rows_of, worker)
from tests.api.town import new_id, uscc
from tests.api.workbooks import XLSX, workbook

__all__ = ["worker"]        # a fixture
FORMATS = {"text/csv": sheet, "application/jsonl": lines, XLSX: workbook}


def an_enterprise(**more):
    return {"uscc": uscc(new_id().int >> 80), "name": "湖城精密机械有限公司",
            "industry_code": "34", "division_code": "330106",
            "staff_count": 320, "staff_counted_on": "2026-11-01", **more}


def a_posting(**more):
    return {"kind": "internship", "title": "装配实习生", "openings": 3,
            "division_code": "330106", "targets": ["660301"],
            "pay_min_fen": 280000, "pay_max_fen": 350000,
            "period_start": "2027-03-01", "period_end": "2027-08-31",
            "ref_system": "hr", "ref": f"P-{new_id().hex[:12]}",
            "description": "装配与自检", **more}


def flat(rows):
    """As a spreadsheet has them: lists with commas."""
    return [{name: ",".join(value) if isinstance(value, list) else value
             for name, value in row.items()} for row in rows]


@pytest.fixture
def bring(worker, as_role):
    """bring(role, kind, rows or bytes, mode, format) -> import, its rows"""
    def send(role, kind, rows, mode="all_or_nothing", form="text/csv"):
        client = as_role(role)
        data = rows
        if not isinstance(rows, bytes):
            data = FORMATS[form](rows if form == "application/jsonl"
                                 else flat(rows))
        sent = client.post(f"/v1/imports?kind={kind}&mode={mode}", raw=data,
                           content_type=form, headers=ASYNC)
        assert sent.status == 202, sent
        done = finished(client, sent.json["id"])
        return done, list(rows_of(client, done["id"]))
    return send


def told(rows):
    """{row: [(column, code), ...]} of rows with errors."""
    return {row["row"]: [(one["column"], one["code"])
                         for one in row["errors"]]
            for row in rows if row["errors"]}


@pytest.mark.parametrize("form", FORMATS)
def test_enterprises_as_if_they_had_registered(bring, as_role, form):
    rows = [an_enterprise(unit_nature_code="31"), an_enterprise()]
    done, made = bring("office", "enterprises", rows, form=form)
    assert counted(done) == {"rows": 2, "created": 2}
    assert [row["key"] for row in made] == [row["uscc"] for row in rows]
    got = as_role("office").get("/v1/enterprises/" + made[0]["id"]).json
    assert {name: got[name] for name in rows[0]} == rows[0]
    assert got["state"] == "unverified" and got["version"] == 1


def test_enterprises_in_chinese(bring, as_role):
    code = uscc(new_id().int >> 80)
    data = ("统一社会信用代码,企业名称,行业代码,区划代码,在岗职工数,统计日期\n"
            f"{code},湖城机械,34,330106,120,2026/11/1\n").encode("gb18030")
    done, made = bring("office", "enterprises", data)
    assert counted(done) == {"rows": 1, "created": 1}
    got = as_role("office").get("/v1/enterprises/" + made[0]["id"]).json
    assert (got["uscc"], got["staff_counted_on"]) == (code, "2026-11-01")


def test_what_refuses_an_enterprise(bring, town, people):
    rows = [an_enterprise(), an_enterprise(uscc="91110000802100433X"),
            an_enterprise(industry_code="9999"),
            an_enterprise(division_code="339999"),
            an_enterprise(unit_nature_code="99"),
            an_enterprise(staff_counted_on="2190-01-01"),
            an_enterprise(name="", staff_count=-1)]
    rows.append({**rows[0], "uscc": town.one(
        "select uscc from enterprise where id = %s", people.enterprise)})
    done, found = bring("office", "enterprises", rows)
    assert told(found) == {
        3: [("uscc", "malformed")], 4: [("industry_code", "unknown-code")],
        5: [("division_code", "unknown-code")],
        6: [("unit_nature_code", "unknown-code")],
        7: [("staff_counted_on", "out-of-range")],
        8: [("staff_count", "out-of-range"), ("name", "required")],
        # it has an account too, which the office's file does not overrule
        9: [("uscc", "not-allowed"), ("uscc", "duplicate")]}
    assert counted(done) == {"rows": 8, "rejected": 7, "not_written": 1}
    assert town.one("select count(*) from enterprise where consortium_id = %s",
                    people.consortium) == 1


def test_the_office_changes_only_what_nobody_answers_for(
        bring, as_role, town, people):
    row = an_enterprise()
    _, made = bring("office", "enterprises", [row])
    path = "/v1/enterprises/" + made[0]["id"]
    assert as_role("office").post(path + "/verify").status == 200
    mine = as_role("enterprise").get(
        f"/v1/enterprises/{people.enterprise}").json
    own = {name: mine[name] for name in row}
    bare = {name: value for name, value in row.items()}
    rows = [{**bare, "staff_count": 400}, {**own, "staff_count": 7},
            an_enterprise()]
    done, found = bring("office", "enterprises", rows, "dry_run")
    assert told(found) == {3: [("uscc", "not-allowed")]}
    assert counted(done) == {"rows": 3, "rejected": 1, "would_update": 1,
                             "would_create": 1}
    assert as_role("office").get(path).json["staff_count"] == 320
    done, found = bring("office", "enterprises", rows, "upsert")
    assert counted(done) == {"rows": 3, "rejected": 1, "updated": 1,
                             "created": 1}
    got = as_role("office").get(path).json
    assert (got["staff_count"], got["state"]) == (400, "verified")
    done, _ = bring("office", "enterprises", [rows[0], own], "upsert")
    assert counted(done) == {"rows": 2, "unchanged": 2}
    bring("office", "enterprises", [{**rows[0], "name": "新名有限公司"}],
          "upsert")
    assert as_role("office").get(path).json["state"] == "unverified"
    assert town.one("select staff_count from enterprise where id = %s",
                    people.enterprise) == mine["staff_count"]


@pytest.mark.parametrize("form", FORMATS)
def test_postings_come_as_drafts(bring, as_role, form):
    rows = [a_posting(required_skills=["焊接", "CAD"], min_age=18,
                      conditions=["night_shift"], description="两班"),
            a_posting(kind="job")]
    done, made = bring("enterprise", "postings", rows, form=form)
    assert counted(done) == {"rows": 2, "created": 2}
    for row, one in zip(rows, made):
        got = as_role("enterprise").get("/v1/postings/" + one["id"]).json
        assert {name: got[name] for name in row} == row
        assert got["state"] == "draft" and one["key"] == "hr/" + row["ref"]


def test_postings_in_chinese_and_yuan(bring, as_role):
    data = ("类型,岗位名称,人数,工作地代码,对口专业,最低月薪（元）,最高月薪,学历要求,"
            "开始日期,结束日期,工作条件,编号,发布至,岗位描述\n"
            "实习,钳工实习生,2,330106,660301、6603,\"3,000\",3500.50元,中专,"
            "2027/3/1,2027年8月31日,女职工禁忌劳动,A-7,2199/1/31,装配\n").encode()
    done, made = bring("enterprise", "postings", data)
    assert counted(done) == {"rows": 1, "created": 1}, made
    got = as_role("enterprise").get("/v1/postings/" + made[0]["id"]).json
    assert (got["pay_min_fen"], got["pay_max_fen"]) == (300000, 350050)
    assert got["targets"] == ["660301", "6603"]
    assert got["min_education"] == "secondary"
    assert got["conditions"] == ["female_barred"]
    assert (got["ref_system"], got["ref"]) == ("file", "A-7")
    assert got["state"] == "published"
    assert got["closes_at"] == "2199-01-31T15:59:59Z"


def test_what_refuses_a_posting(bring, town, people):
    later = "2199-01-01T00:00:00Z"
    rows = [a_posting(), a_posting(kind="hobby"),
            a_posting(pay_max_fen=1), a_posting(pay_max_fen=None),
            a_posting(targets=["669999"]), a_posting(division_code="339999"),
            a_posting(occupation_code="9-99-99-99"),
            a_posting(post_category_id=str(new_id())),
            a_posting(closes_at=later, day_minutes=600, targets=None),
            a_posting(closes_at="2020-01-01T00:00:00Z"),
            a_posting(conditions=["filed"]), a_posting(title=" x")]
    done, found = bring("enterprise", "postings", rows, "upsert",
                        "application/jsonl")
    assert told(found) == {
        2: [("kind", "not-a-choice")], 3: [("pay_max_fen", "inconsistent")],
        4: [("pay_max_fen", "inconsistent")], 5: [("targets", "unknown-code")],
        6: [("division_code", "unknown-code")],
        7: [("occupation_code", "malformed")],
        8: [("post_category_id", "not-found")],
        9: [("day_minutes", "out-of-range"), ("targets", "required")],
        10: [("closes_at", "out-of-range")],
        11: [("exception_filing", "inconsistent")],
        12: [("title", "not-trimmed")]}
    assert counted(done) == {"rows": 12, "created": 1, "rejected": 11}
    assert town.one("select count(*) from posting where consortium_id = %s",
                    people.consortium) == 1


def test_only_the_verified_publish(bring, town, people):
    town.run("update enterprise set state = 'suspended', reason = 'x',"
             " actor = %s where id = %s", people.accounts["office"],
             people.enterprise)
    rows = [a_posting(), a_posting(closes_at="2199-01-01T00:00:00Z")]
    done, found = bring("enterprise", "postings", rows, "dry_run")
    assert told(found) == {3: [("closes_at", "not-allowed")]}
    done, found = bring("enterprise", "postings", rows)
    assert counted(done) == {"rows": 2, "rejected": 1, "not_written": 1}


def test_postings_by_their_reference(bring, as_role, town, people):
    rows = [a_posting(closes_at="2199-01-01T00:00:00Z", address="湖滨路 1 号"),
            a_posting()]
    _, made = bring("enterprise", "postings", rows)
    paths = ["/v1/postings/" + row["id"] for row in made]
    assert [as_role("enterprise").get(path).json["state"]
            for path in paths] == ["published", "draft"]
    done, _ = bring("enterprise", "postings", rows, "upsert")
    assert counted(done) == {"rows": 2, "unchanged": 2}
    done, found = bring("enterprise", "postings", rows)
    assert told(found) == {2: [("ref", "duplicate")], 3: [("ref", "duplicate")]}
    # What is public stays within the rules; an empty cell leaves what is there.
    bad = [{**rows[0], "day_minutes": 600, "closes_at": None},
           {**rows[1], "day_minutes": 600}]
    done, found = bring("enterprise", "postings", bad, "dry_run")
    assert told(found) == {2: [("ref", "not-allowed")]}
    done, found = bring("enterprise", "postings", bad, "upsert")
    assert told(found) == {2: [("ref", "not-allowed")]}
    assert counted(done) == {"rows": 2, "rejected": 1, "updated": 1}
    change = [{**rows[0], "title": "新岗位", "closes_at": "2198-01-01T00:00:00Z",
               "address": None}]
    done, _ = bring("enterprise", "postings", change, "upsert")
    got = as_role("enterprise").get(paths[0]).json
    assert (got["title"], got["address"], got["closes_at"]) \
        == ("新岗位", "湖滨路 1 号", "2198-01-01T00:00:00Z")
    assert town.one("select count(*) from posting where consortium_id = %s",
                    people.consortium) == 2


def test_without_a_reference_each_is_a_new_one(bring):
    row = a_posting()
    del row["ref"], row["ref_system"]
    for _ in range(2):
        done, found = bring("enterprise", "postings", [row, row], "upsert")
        assert counted(done) == {"rows": 2, "created": 2}
        assert [one["key"] for one in found] == [None, None]
    twice = a_posting()
    done, found = bring("enterprise", "postings", [twice, twice], "upsert")
    assert told(found) == {2: [("ref", "duplicate")], 3: [("ref", "duplicate")]}


@pytest.mark.parametrize("form", FORMATS)
def test_the_marked_copy(bring, as_role, form):
    rows = [an_enterprise(name="+1 公司"),
            an_enterprise(industry_code="9999", address='湖滨 "1" 号')]
    done, _ = bring("office", "enterprises", rows, form=form)
    path = f"/v1/imports/{done['id']}/marked"
    copy = as_role("office").get(path)
    assert copy.status == 200 and copy.body.startswith(b"\xef\xbb\xbf")
    assert copy.headers["content-disposition"] == \
        f'attachment; filename="marked-{done["id"]}.csv"'
    one, other = csv.DictReader(io.StringIO(copy.body.decode("utf-8-sig")))
    if form == "application/jsonl":
        assert json.loads(one["json"]) == rows[0]
        return
    assert one["name"] == "'+1 公司" and other["address"] == '湖滨 "1" 号'
    assert (one["uscc"], one["staff_count"]) == (rows[0]["uscc"], "320")
    assert (one["import_row"], one["import_status"], one["import_errors"]) \
        == ("2", "not_written", "")
    assert (other["import_row"], other["import_status"]) == ("3", "rejected")
    assert other["import_errors"] == \
        "industry_code: is in no official list"
    # Mended and sent back as it is.
    mended = copy.body.replace(b'"9999"', b'"3411"')
    assert mended != copy.body
    done, found = bring("office", "enterprises", mended)
    assert counted(done) == {"rows": 2, "created": 2}, found
    got = as_role("office").get("/v1/enterprises/" + found[0]["id"]).json
    assert got["name"] == "+1 公司"
    again = as_role("office").get(
        f"/v1/imports/{done['id']}/marked",
        headers={"Accept-Language": "zh-CN"})
    one, _ = csv.DictReader(io.StringIO(again.body.decode("utf-8-sig")))
    assert one["导入状态"] == "已新增" and "import_status" not in one


def test_a_marked_copy_of_students_suggests(bring, as_role):
    row = {"student_number": "M1", "name": "周晓", "entry_year": "2024",
           "birth_date": "2006-03-14", "specialty_name": "机电"}
    done, _ = bring("school", "students", [
        row, {**row, "student_number": "M2", "specialty_name": "汽修"}])
    copy = as_role("school").get(f"/v1/imports/{done['id']}/marked")
    told = [one["import_suggestions"] for one in csv.DictReader(
        io.StringIO(copy.body.decode("utf-8-sig")))]
    assert "660301 机电技术应用" in told[0] and "700206" in told[1]


def test_marked_copies_that_are_not_there(bring, as_role, client, town):
    done, _ = bring("office", "enterprises", [an_enterprise()])
    path = f"/v1/imports/{done['id']}/marked"
    assert client.get(path).status == 401
    assert as_role("school").get(path).status == 404
    assert as_role("office").get(
        f"/v1/imports/{new_id()}/marked").status == 404
    broken, _ = bring("office", "enterprises", b"not a header\n")
    assert as_role("office").get(
        f"/v1/imports/{broken['id']}/marked").status == 409
    town.run("update import set is_cleared = true where id = %s", done["id"])
    assert as_role("office").get(path).status == 409


def test_a_long_marked_copy(bring, as_role):
    rows = [an_enterprise() for _ in range(2500)]
    done, _ = bring("office", "enterprises", rows, "dry_run")
    copy = as_role("office").get(f"/v1/imports/{done['id']}/marked")
    got = list(csv.DictReader(io.StringIO(copy.body.decode("utf-8-sig"))))
    assert [one["uscc"] for one in got] == [row["uscc"] for row in rows]
    assert [int(one["import_row"]) for one in got] == list(range(2, 2502))


def test_who_brings_what(as_role, client):
    allowed = {("school", "students"), ("school", "placements"),
               ("school", "destinations"), ("enterprise", "postings"),
               ("office", "enterprises")}
    for role in ("student", "school", "enterprise", "office", "operator"):
        for kind in ("students", "postings", "enterprises", "placements",
                     "destinations"):
            done = as_role(role).post(
                f"/v1/imports?kind={kind}&mode=dry_run", raw=b"{}\n",
                content_type="application/jsonl")
            assert done.status == (202 if (role, kind) in allowed else 403)
    bad = as_role("enterprise").post(
        "/v1/imports?kind=postings&mode=dry_run&mapping=%7B%7D", raw=b"{}\n",
        content_type="application/jsonl")
    assert bad.status == 400
    assert bad.problem["errors"][0]["parameter"] == "mapping"


def test_imports_are_seen_by_those_who_brought_them(bring, as_role):
    done, _ = bring("enterprise", "postings", [a_posting()])
    other, _ = bring("office", "enterprises", [an_enterprise()])
    for role, own, theirs in (("enterprise", done, other),
                              ("office", other, done)):
        listed = as_role(role).get("/v1/imports").json["items"]
        assert [one["id"] for one in listed] == [own["id"]]
        for more in ("", "/rows"):
            assert as_role(role).get(
                f"/v1/imports/{theirs['id']}{more}").status == 404
    assert as_role("school").get("/v1/imports").json["items"] == []


def test_a_large_file_of_postings(bring, town, people):
    rows = [a_posting() for _ in range(2500)]
    rows[2200]["division_code"] = "339999"
    done, _ = bring("enterprise", "postings", rows)
    assert counted(done) == {"rows": 2500, "rejected": 1, "not_written": 2499}
    assert town.one("select count(*) from posting where consortium_id = %s",
                    people.consortium) == 0
    rows[2200]["division_code"] = "330106"
    done, _ = bring("enterprise", "postings", rows)
    assert counted(done) == {"rows": 2500, "created": 2500}
    assert json.dumps(done["counts"]) and town.one(
        "select count(*) from posting where consortium_id = %s",
        people.consortium) == 2500
