"""Students in workbooks: cells as people see them, and files made to harm."""

import datetime
import io
import zipfile
from urllib.parse import quote

import pytest

from tests.api.test_imports import a_row
from tests.api.test_imports_worker import (
    Workers, finished, importing, rows_of, school, worker)
from tests.api.workbooks import SPREADSHEET, XLSX, by_hand, inline, workbook

__all__ = ["importing", "school", "worker"]     # fixtures
HEAD = inline(1, "student_number", "name", "specialty_code", "entry_year",
              "birth_date")


def counted(done):
    return {name: count for name, count in done["counts"].items() if count}


def told(school, done):
    """{row: [(column, code), ...]}"""
    return {row["row"]: [(one["column"], one["code"])
                         for one in row["errors"]]
            for row in rows_of(school, done["id"])}


def read(school, importing, data, more=""):
    """What became of the one student of a workbook."""
    done = importing(data, "upsert", XLSX, more)
    rows = list(rows_of(school, done["id"]))
    assert [row["errors"] for row in rows] == [[]], rows
    return school.get("/v1/students/" + rows[0]["id"]).json


def test_cells_as_people_see_them(worker, importing, school):
    got = read(school, importing, workbook([{
        "学号*": 202401170001, "姓名": " 周晓 ", "专业": "機電一體化技術",
        "入学年份": 2024, "出生日期": datetime.date(2006, 3, 14),
        "毕业日期": datetime.datetime(2027, 7, 1), "性别": "女",
        "班级": "24机电1班", "技能": "焊接、CAD"}]))
    assert got["student_number"] == "202401170001"
    assert (got["name"], got["specialty_code"]) == ("周晓", "460301")
    assert (got["birth_date"], got["graduates_on"]) \
        == ("2006-03-14", "2027-07-01")
    assert got["skills"] == ["焊接", "CAD"] and got["entry_year"] == 2024


@pytest.mark.parametrize("number, code, text", [
    ("00240117", None, "00240117"), (240117, "00000000", "00240117"),
    (123456789012345, None, "123456789012345"),
    (2.5, None, "2.5"), (0.1 + 0.2, None, "0.3"), (1e14, None, "1" + 14 * "0"),
    (20240117.0, "0", "20240117"), (7, "General", "7"),
    ("1.2E+11", None, "1.2E+11"),
])
def test_numbers(worker, importing, school, number, code, text):
    rows = [{**a_row(), "student_number": number}]
    if text == "1.2E+11":
        done = importing(workbook(rows), "upsert", XLSX)
        assert told(school, done) == {2: [("student_number", "malformed")]}
        return
    got = read(school, importing, workbook(
        rows, formats={"student_number": code} if code else None))
    assert got["student_number"] == text


@pytest.mark.parametrize("serial, code, date", [
    (38790, "yyyy-mm-dd", "2006-03-14"), (38790, "m/d/yy", "2006-03-14"),
    (38790, 'yyyy"年"m"月"d"日"', "2006-03-14"),
    (38790, "[$-804]yyyy\\-mm\\-dd;@", "2006-03-14"),
    (36526, "d-mmm-yy", "2000-01-01"),
])
def test_dates(worker, importing, school, serial, code, date):
    got = read(school, importing, workbook(
        [{**a_row(), "birth_date": serial}], formats={"birth_date": code}))
    assert got["birth_date"] == date


def test_what_is_no_date(worker, importing, school):
    done = importing(workbook(
        [{**a_row(), "birth_date": 38790},
         {**a_row(), "birth_date": 38790.5}], formats={"entry_year": "0"}),
        "upsert", XLSX)
    assert told(school, done) == {2: [("birth_date", "malformed")],
                                  3: [("birth_date", "malformed")]}


def test_lost_digits_errors_and_formulas(worker, importing, school):
    rows = [{**a_row(), "student_number": 123456789012345678},
            {**a_row(), "name": "=1/0"}, {**a_row(), "class_name": "#REF!"}]
    done = importing(workbook(rows), "upsert", XLSX)
    assert told(school, done) == {2: [("student_number", "malformed")],
                                  3: [("name", "malformed")],
                                  4: [("class_name", "malformed")]}
    details = [one["detail"] for row in rows_of(school, done["id"])
               for one in row["errors"]]
    assert "15 digits" in details[0] and "without its value" in details[1]
    assert "error" in details[2]
    # The value that the spreadsheet program kept beside its formula is taken.
    got = read(school, importing, by_hand(
        HEAD + '<row><c t="str"><f>A1&amp;"x"</f><v>F-7</v></c>'
        '<c t="inlineStr"><is><t>周</t><rPh><t>zhou</t></rPh><r><t>晓</t></r>'
        '</is></c><c><f>660300+1</f><v>660301</v></c><c><v>2024</v></c>'
        '<c t="d"><v>2006-03-14T00:00:00</v></c></row>'))
    assert (got["student_number"], got["name"], got["birth_date"]) \
        == ("F-7", "周晓", "2006-03-14")


def test_the_first_sheet_or_one_by_name(worker, importing, school):
    data = workbook([a_row(name="吴桐")], sheet="名册 二")
    empty = importing(data, "upsert", XLSX)
    assert empty["state"] == "failed"
    assert [one["code"] for one in empty["errors"]] == ["required"]
    got = read(school, importing, data, "&sheet=" + quote("名册 二"))
    assert got["name"] == "吴桐"
    none = importing(data, "upsert", XLSX, "&sheet=x")
    assert "no sheet of that name" in none["errors"][0]["detail"]


def test_a_sheet_is_of_workbooks(school):
    for more in ("&sheet=x", "&sheet=" + "x" * 32, "&sheet="):
        bad = school.post("/v1/imports?kind=students&mode=upsert" + more,
                          raw=b"a\n", content_type="text/csv")
        assert bad.status == 400 and \
            bad.problem["errors"][0]["parameter"] == "sheet"


def test_rows_and_gaps_keep_their_numbers(worker, importing, school):
    cells = '<row r="3"><c r="B3" t="inlineStr"><is><t>student_number</t></is>' \
        '</c><c r="D3" t="inlineStr"><is><t>name</t></is></c>' \
        '<c r="E3" t="inlineStr"><is><t>specialty_code</t></is></c>' \
        '<c t="inlineStr"><is><t>entry_year</t></is></c>' \
        '<c t="inlineStr"><is><t>birth_date</t></is></c></row>' \
        '<row r="7"/><row r="9"><c r="B9"><v>1</v></c><c r="E9"><v>660301' \
        '</v></c><c r="F9"><v>2024</v></c><c r="J9"><v>1</v></c></row>'
    done = importing(by_hand(cells), "upsert", XLSX)
    assert told(school, done) == {9: [
        ("column 10", "too-many-cells"), ("name", "required"),
        ("birth_date", "required")]}


def test_date_system_of_1904(worker, importing, school):
    book = f'<workbook xmlns="{SPREADSHEET}" xmlns:r="http://schemas.openxml' \
        'formats.org/officeDocument/2006/relationships"><workbookPr' \
        ' date1904="1"/><sheets><sheet name="x" r:id="rId1"/></sheets>' \
        '</workbook>'
    got = read(school, importing, by_hand(
        HEAD + '<row><c><v>19</v></c><c t="inlineStr"><is><t>周晓</t></is></c>'
        '<c><v>660301</v></c><c><v>2024</v></c><c s="1"><v>37328</v></c></row>',
        workbook=book, styles=f'<styleSheet xmlns="{SPREADSHEET}"><cellXfs>'
        '<xf/><xf numFmtId="14"/></cellXfs></styleSheet>'))
    assert got["birth_date"] == "2006-03-14"


def bomb():
    """Shared strings of 600 MB in 600 KB."""
    out = io.BytesIO(by_hand(HEAD))
    with zipfile.ZipFile(out, "r") as old:
        parts = {name: old.read(name) for name in old.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            if "sharedStrings" not in name:
                file.writestr(name, text)
        with file.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f'<sst xmlns="{SPREADSHEET}">'.encode())
            piece = b"<si><t>" + b"x" * 1000000 + b"</t></si>"
            for _ in range(600):
                part.write(piece)
            part.write(b"</sst>")
    return out.getvalue()


def many_parts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for i in range(5000):
            file.writestr(f"p{i}", b"")
    return out.getvalue()


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">' \
    '<!ENTITY a "aaaaaaaaaa">]>'
A_CELL = '<row><c t="s"><v>{}</v></c></row>'


@pytest.mark.parametrize("make, words", [
    (lambda: b"PK\3\4 and nothing more", "no XLSX workbook"),
    (lambda: b"", "no XLSX workbook"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no XLSX"),
    (many_parts, "no XLSX workbook"),
    (lambda: by_hand(HEAD, workbook=None), "a part of it is missing"),
    (lambda: by_hand(HEAD, sheet1=None), "a part of it is missing"),
    (lambda: by_hand(HEAD, workbook="<workbook"), "no XML"),
    (lambda: by_hand(HEAD, workbook="<workbook/>"), "no sheet"),
    (lambda: by_hand(HEAD, workbook=ENTITY + "<x/>"), "document type"),
    (lambda: by_hand(HEAD, sharedStrings=ENTITY + "<sst><si><t>&e;</t></si>"
                     "</sst>"), "document type"),
    (lambda: by_hand(HEAD, sheet1=ENTITY + "<x>&a;</x>"), "document type"),
    (lambda: by_hand(HEAD + "<a>" * 100), "nested too deep"),
    (lambda: by_hand(HEAD + "<row>"), "no XML"),
    (lambda: by_hand('<row r="2"/><row r="2"/>'), "no order"),
    (lambda: by_hand('<row r="0"/>'), "no order"),
    (lambda: by_hand('<row r="1048577"/>'), "no order"),
    (lambda: by_hand('<row r="1"><c r="B1"/><c r="A1"/></row>'), "no order"),
    (lambda: by_hand('<row r="1"><c r="A2"/></row>'), "no order"),
    (lambda: by_hand('<row r="1"><c r="AAAA1"/></row>'), "no order"),
    (lambda: by_hand('<row r="1"><c s="-1"/></row>'), "no order"),
    (lambda: by_hand(A_CELL.format(0)), "not there"),
    (lambda: by_hand(A_CELL.format("x")), "not there"),
    (lambda: by_hand(A_CELL.format(99999999999999999999)), "not there"),
    (lambda: by_hand("<row><c " + " ".join(f'a{i}="{"x" * 900}"' for i in
                                           range(2000)) + "/></row>"),
     "no XML"),
    (lambda: by_hand("".join(f"<!--{'x' * 3000000}-->" for _ in range(2))),
     "no XML"),
    (lambda: by_hand(inline(1, *"x" * 70)), "64 columns"),
    (lambda: by_hand(""), "no header"),
    (bomb, "too large when it is unpacked"),
])
def test_files_made_to_harm(worker, importing, make, words):
    done = importing(make(), "upsert", XLSX, "&unknown_columns=ignore")
    assert done["state"] == "failed", done
    assert words in " ".join(one["detail"] for one in done["errors"])


def test_damage_behind_good_rows(worker, importing, school):
    """Nothing of a file that breaks off is written."""
    good = "".join(inline(i, f"D{i}", "周晓", "660301", "2024", "2006-03-14")
                   for i in range(2, 3000))
    done = importing(by_hand(HEAD + good + '<row r="1"/>'), "upsert", XLSX)
    assert done["state"] == "failed" and importing.count() == 1
    data = bytearray(by_hand(HEAD + good))
    data[len(data) // 2] ^= 255
    done = importing(bytes(data), "upsert", XLSX)
    assert done["state"] == "failed" and importing.count() == 1


def test_memory_does_not_grow_with_the_file(apart, cluster):
    """40,000 rows with a shared string of each: 60 MB of XML."""
    with apart(loops=1, write_connections=2) as (server, name, town):
        people = town.people()
        client = server.client(people.tokens["school"])
        workers = Workers(cluster.url(name))
        process = workers.start()
        peaks = []
        for count in (2000, 40000):
            strings = "".join(f"<si><t>S{i}-{'x' * 1200}</t></si>"
                              for i in range(count))
            rows = "".join(f'<row><c t="s"><v>{i}</v></c></row>'
                           for i in range(count))
            done = client.post(
                "/v1/imports?kind=students&mode=dry_run", content_type=XLSX,
                raw=by_hand(HEAD + rows, sharedStrings=
                            f'<sst xmlns="{SPREADSHEET}">{strings}</sst>'))
            assert done.status == 202
            got = finished(client, done.json["id"], 60)
            assert got["counts"]["rejected"] == count
            with open(f"/proc/{process.pid}/status",
                      encoding="ascii") as file:
                lines = dict(line.split(":", 1) for line in file)
            peaks.append(int(lines["RssAnon"].split()[0]))
        workers.close()
        client.close()
        assert peaks[1] < peaks[0] + 40000, peaks
