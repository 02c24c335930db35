"""Students from spreadsheets: every row is told of, and none half-written."""

import csv
import io
import itertools
import socket
import threading
import time

import psycopg2
import pytest

from tests.api.town import new_id

HEADER = ["学号", "姓名", "专业", "班级", "入学年份", "出生日期", "性别"]
numbers = itertools.count(1)


def a_row(**more):
    """By English names; see sheet()."""
    return {"student_number": f"I{next(numbers):06d}", "name": "周晓",
            "specialty_name": "机电一体化技术", "class_name": "24机电1班",
            "entry_year": "2024", "birth_date": "2006/3/14", "sex": "女",
            **more}


def sheet(rows, encoding="utf-8"):
    """The rows under the English names of all their columns."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.fixture
def importing(as_role, town, people):
    def send(data, mode="all_or_nothing", more="", **headers):
        return as_role("school").post(
            f"/v1/imports?kind=students&mode={mode}{more}",
            raw=data if isinstance(data, bytes) else sheet(data),
            content_type="text/csv", headers=headers)

    send.count = lambda: town.one(
        "select count(*) from student where consortium_id = %s",
        people.consortium)
    return send


def errors(reply, row=None):
    """(row, column, code) of every error."""
    assert reply.status == 200, reply
    return [(one["row"], error["column"], error["code"])
            for one in reply.json["rows"] if row in (None, one["row"])
            for error in one.get("errors", [])]


def counted(reply):
    return {name: count for name, count in reply.json["counts"].items()
            if count}


@pytest.mark.parametrize("encoding, name", [
    ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")])
def test_chinese_columns(importing, as_role, encoding, name):
    lines = [HEADER, ["2024-1", "周晓", "机电一体化技术", "24机电1班", "2024",
                      "2006/3/14", "女"],
             ["2024-2", "吴𬸚桐", "机电一体化技术", "24机电1班", "2024级",
              "2006年12月4日", "男"]]
    text = "".join(",".join(line) + "\r\n" for line in lines)
    done = importing(text.encode(encoding))
    assert done.status == 200 and done.json["encoding"] == name
    assert counted(done) == {"rows": 2, "created": 2}
    assert [row["row"] for row in done.json["rows"]] == [2, 3]
    got = as_role("school").get(
        "/v1/students/" + done.json["rows"][1]["student_id"]).json
    assert got["name"] == "吴𬸚桐" and got["birth_date"] == "2006-12-04"
    assert got["entry_year"] == 2024 and got["sex"] == "male"
    assert got["specialty_name"] == "机电一体化技术"
    assert got["class_name"] == "24机电1班"


def test_every_column(importing, as_role):
    sent = {"student_number": "B/1", "name": "周晓",
            "specialty_code": "570102K", "entry_year": "2024",
            "birth_date": "20060314", "sex": "Female",
            "graduates_on": "2027.7.1", "class_name": "24学前1班",
            "home_division_code": "330106",
            "skills": "钢琴、 舞蹈；声乐,", "certificates": "普通话二级甲等"}
    done = importing([sent])
    assert counted(done) == {"rows": 1, "created": 1}
    got = as_role("school").get(
        "/v1/students/" + done.json["rows"][0]["student_id"]).json
    assert {name: got[name] for name in sent} == {
        **sent, "specialty_code": "570102", "entry_year": 2024,
        "birth_date": "2006-03-14", "sex": "female",
        "graduates_on": "2027-07-01", "skills": ["钢琴", "舞蹈", "声乐"],
        "certificates": ["普通话二级甲等"]}


@pytest.mark.parametrize("kind, code", [
    ("associate", "570102"), ("bachelor", "370101")])
def test_a_name_on_several_levels_is_of_the_schools(
        importing, as_role, town, people, kind, code):
    town.run("update school set kind = %s, actor = %s where consortium_id"
             " = %s", kind, people.accounts["office"], people.consortium)
    done = importing([a_row(specialty_name="学前教育")])
    assert counted(done) == {"rows": 1, "created": 1}
    got = as_role("school").get(
        "/v1/students/" + done.json["rows"][0]["student_id"]).json
    assert (got["specialty_code"], got["level"]) == (code, kind)


def test_specialties_that_nobody_can_know(importing):
    done = importing([
        a_row(specialty_name="学前教育"),          # not on this level
        a_row(specialty_name="炼金术"),
        a_row(specialty_name=""),
        a_row(specialty_name="", specialty_code="669999"),
        a_row(specialty_name="机电一体化技术", specialty_code="570102"),
        a_row(specialty_name="学前教育(书法方向)", specialty_code="570102"),
        a_row(specialty_name="炼金术", specialty_code="x"),
    ])
    assert errors(done) == [
        (2, "specialty_name", "inconsistent"),
        (3, "specialty_name", "unknown-code"),
        (4, "specialty_code", "required"),
        (5, "specialty_code", "unknown-code"),
        (6, "specialty_name", "inconsistent"),
        (8, "specialty_code", "too-short")]
    assert counted(done) == {"rows": 7, "rejected": 6, "not_written": 1}
    assert importing.count() == 1


def test_every_flaw_of_every_row(importing):
    good = [a_row() for _ in range(3)]
    bad = [
        (a_row(student_number="学号"), ["student_number malformed"]),
        (a_row(student_number=""), ["student_number required"]),
        (a_row(name="", birth_date=""), ["name required",
                                         "birth_date required"]),
        (a_row(name="周\n晓"), ["name control-character"]),
        (a_row(name="周\u0007晓"), ["name control-character"]),
        (a_row(name="周" * 51), ["name too-long"]),
        (a_row(name="周" * 2000), ["name too-long"]),
        (a_row(entry_year="24级"), ["entry_year wrong-type"]),
        (a_row(entry_year="1998"), ["entry_year out-of-range"]),
        (a_row(birth_date="2006-02-30"), ["birth_date malformed"]),
        (a_row(birth_date="三月"), ["birth_date malformed"]),
        (a_row(birth_date="2023-01-01"), ["birth_date out-of-range"]),
        (a_row(sex="不详"), ["sex not-a-choice"]),
        (a_row(graduates_on="2023-07-01"), ["graduates_on inconsistent"]),
        (a_row(home_division_code="339999"),
         ["home_division_code unknown-code"]),
        (a_row(home_division_code="33"), ["home_division_code too-short"]),
        (a_row(skills=",".join(map(str, range(51)))),
         ["skills too-many-items"]),
        (a_row(skills="焊接,焊接"), ["skills repeated"]),
        (a_row(student_number="?", name="", entry_year="x", birth_date="x",
               sex="x", specialty_name="x"),
         ["student_number malformed", "name required",
          "entry_year wrong-type", "birth_date malformed",
          "sex not-a-choice", "specialty_name unknown-code"]),
    ]
    done = importing(good + [row for row, _ in bad])
    found = {}
    for row, column, code in errors(done):
        found.setdefault(row, []).append(f"{column} {code}")
    for number, (row, expected) in enumerate(bad, 2 + len(good)):
        assert sorted(found.get(number, [])) == sorted(expected), row
    assert counted(done) == {"rows": 22, "rejected": 19, "not_written": 3}
    assert importing.count() == 1


def test_a_row_of_newlines_keeps_the_numbers_right(importing):
    data = sheet([a_row()]) + b"\r\n\r\n" + sheet(
        [a_row(name="")]).split(b"\n", 1)[1]
    assert errors(importing(data)) == [(5, "name", "required")]


def test_many_bad_rows_are_all_told(importing):
    rows = [a_row(name="" if i % 2 else "周晓",
                  birth_date="?" if i % 3 == 0 else "2006-01-01")
            for i in range(3000)]
    done = importing(rows)
    assert sorted(errors(done)) == sorted(
        error for i in range(3000) for error in
        [(i + 2, "birth_date", "malformed")] * (i % 3 == 0)
        + [(i + 2, "name", "required")] * (i % 2))
    assert counted(done) == {"rows": 3000, "rejected": 2000,
                             "not_written": 1000}
    assert importing.count() == 1


def test_upsert_writes_what_is_sound(importing, as_role):
    rows = [a_row(), a_row(name=""), a_row(skills="焊接")]
    first = importing(rows, "upsert")
    assert counted(first) == {"rows": 3, "created": 2, "rejected": 1}
    again = importing([{**rows[0], "class_name": "24机电2班"}, rows[2],
                       a_row()], "upsert")
    assert counted(again) == {"rows": 3, "updated": 1, "unchanged": 1,
                              "created": 1}
    assert again.json["rows"][0]["student_id"] == \
        first.json["rows"][0]["student_id"]
    assert again.json["rows"][1]["student_id"] == \
        first.json["rows"][2]["student_id"]
    got = as_role("school").get(
        "/v1/students/" + again.json["rows"][0]["student_id"])
    assert got.json["class_name"] == "24机电2班" and got.etag == '"v2"'
    assert importing.count() == 4


def test_an_empty_cell_leaves_what_is_there(importing, as_role):
    row = a_row(skills="焊接", certificates="电工证", graduates_on="2027-07-01",
                home_division_code="330106")
    first = importing([row])
    path = "/v1/students/" + first.json["rows"][0]["student_id"]
    before = as_role("school").get(path).json
    bare = {**row, "skills": "", "certificates": "", "graduates_on": "",
            "home_division_code": "", "class_name": "", "sex": ""}
    assert counted(importing([bare], "upsert")) == {"rows": 1, "unchanged": 1}
    assert counted(importing([{**bare, "name": "周小晓"}], "upsert")) == \
        {"rows": 1, "updated": 1}
    after = as_role("school").get(path).json
    assert {**before, "name": "周小晓", "version": 2,
            "updated_at": after["updated_at"]} == after


def test_upsert_that_would_turn_years_around(importing):
    row = a_row(graduates_on="2027-07-01")
    importing([row])
    done = importing([{**row, "graduates_on": "", "entry_year": "2027"},
                      a_row()], "upsert")
    assert counted(done) == {"rows": 2, "updated": 1, "created": 1}
    done = importing([{**row, "graduates_on": "2026-07-01",
                       "entry_year": "2027"}], "upsert")
    assert errors(done) == [(2, "graduates_on", "inconsistent")]


def test_upsert_against_what_is_stored(importing, as_role):
    row = a_row(graduates_on="2025-07-01")
    importing([row])
    done = importing([{**row, "graduates_on": "", "entry_year": "2026"},
                      a_row()], "upsert")
    assert errors(done) == [(2, "graduates_on", "inconsistent")]
    assert counted(done) == {"rows": 2, "rejected": 1, "created": 1}


def test_all_or_nothing_makes_and_never_changes(importing, as_role):
    rows = [a_row(), a_row()]
    first = importing(rows)
    assert counted(first) == {"rows": 2, "created": 2}
    again = importing([a_row(), {**rows[0], "name": "吴桐"}, a_row()])
    assert errors(again) == [(3, "student_number", "duplicate")]
    assert counted(again) == {"rows": 3, "rejected": 1, "not_written": 2}
    assert again.json["rows"][1]["student_id"] == \
        first.json["rows"][0]["student_id"]
    assert as_role("school").get("/v1/students/" + first.json["rows"][0][
        "student_id"]).json["name"] == "周晓"
    assert importing.count() == 3


def test_twins_in_one_file(importing):
    rows = [a_row(), a_row(student_number="T-1"), a_row(),
            a_row(student_number="T-1"), a_row(student_number="T-1", name="")]
    done = importing(rows, "upsert")
    assert sorted(errors(done)) == [
        (3, "student_number", "duplicate"),
        (5, "student_number", "duplicate"),
        (6, "name", "required"),
        (6, "student_number", "duplicate")]
    assert [error["detail"] for row in done.json["rows"]
            for error in row.get("errors", [])
            if error["code"] == "duplicate"] == \
        ["is in row 5 too", "is in row 3 too", "is in row 3 too"]
    assert counted(done) == {"rows": 5, "created": 2, "rejected": 3}


def test_a_dry_run_writes_nothing(importing):
    known = a_row()
    importing([known])
    done = importing([known, a_row(), a_row(name="")], "dry_run")
    assert counted(done) == {"rows": 3, "would_update": 1, "would_create": 1,
                             "rejected": 1}
    assert done.json["rows"][0]["student_id"] \
        and not done.json["rows"][1]["student_id"]
    assert importing.count() == 2


def test_in_chinese(importing):
    done = importing([a_row(name="")], **{"Accept-Language": "zh-CN"})
    assert done.json["rows"][0]["errors"] == [
        {"column": "name", "code": "required", "detail": "必填"}]


def test_formulas_are_texts(importing, as_role):
    done = importing([a_row(name="'=1+1", class_name="@24机电"),
                      a_row(name="-周晓"), a_row(name="'周晓")])
    names = [as_role("school").get("/v1/students/" + row["student_id"])
             .json["name"] for row in done.json["rows"]]
    assert names == ["=1+1", "-周晓", "'周晓"]


def test_broken_cells(importing):
    head = "student_number,name,specialty_code,entry_year,birth_date\n"
    data = head.encode() + b"".join([
        b'A1,"Zhou,660301,2024,2006-01-01\n',     # swallows the rest
    ])
    assert errors(importing(data)) == [(2, "name", "broken-quote")]
    data = head.encode() + b"\n".join([
        b'A1,"Zhou"x,660301,2024,2006-01-01',
        "A2,周晓,660301,2024,2006-01-01,more".encode(),
        "A3,周晓,660301,2024".encode(),
        b"A4," + b"x" * 5000 + b",660301,2024,2006-01-01",
        b"A5,a\0b,660301,2024,2006-01-01",
        "A6,周晓,660301,2024,2006-01-01".encode()])
    done = importing(data, "upsert")
    assert errors(done) == [
        (2, "name", "broken-quote"), (3, "column 6", "too-many-cells"),
        (4, "birth_date", "required"), (5, "name", "too-long"),
        (6, "name", "control-character")]
    assert counted(done) == {"rows": 6, "created": 1, "rejected": 5}


def test_a_wrong_byte_is_named_with_its_row(importing):
    rows = [a_row() for _ in range(40)]
    data = bytearray(sheet(rows))
    at = data.index(rows[30]["student_number"].encode())
    at = data.index("晓".encode(), at)
    data[at:at + 3] = b"\xff\xfe\xfd"
    done = importing(bytes(data))
    assert errors(done) == [(32, "name", "bad-encoding")]
    assert counted(done) == {"rows": 40, "rejected": 1, "not_written": 39}
    data = bytearray(sheet(rows, "gb18030"))
    at = data.index(rows[30]["student_number"].encode())
    at = data.index("晓".encode("gb18030"), at)
    data[at:at + 2] = b"\x80\xff"
    done = importing(bytes(data))
    assert done.json["encoding"] == "GB18030"
    assert errors(done) == [(32, "name", "bad-encoding")]


@pytest.mark.parametrize("data, codes", [
    (b"", ["required"]), (b"\r\n \r\n", ["required"]),
    ("学号,姓名\n1,2\n".encode(), ["required", "required"]),
    ("学号,姓名,入学年份,出生日期,身份证号,学号\n".encode(),
     ["unknown", "repeated"]),
    ("学号,姓名\n".encode("utf-16"), ["bad-encoding"]),
    (b"PK\x03\x04rest of it", ["bad-encoding"]),
    (b"a," * 70 + b"a\n", None),
])
def test_files_that_are_none(importing, data, codes):
    bad = importing(data)
    assert bad.status == 422
    assert set(bad.wheres()) == {"#"}
    if codes is not None:
        assert [flaw["code"] for flaw in bad.problem["errors"]] == codes
    assert importing.count() == 1


def test_unknown_columns_are_named_or_left_alone(importing):
    rows = [a_row(备注="团员", 宿舍="3-201")]
    bad = importing(rows)
    assert bad.status == 422
    assert [flaw["detail"].split(":")[0] for flaw in bad.problem["errors"]] \
        == ["备注", "宿舍"]
    done = importing(rows, more="&unknown_columns=ignore")
    assert counted(done) == {"rows": 1, "created": 1}


def test_a_header_alone_imports_nobody(importing):
    done = importing(sheet([a_row()]).split(b"\n", 1)[0])
    assert done.status == 200 and counted(done) == {}
    assert done.json["rows"] == []


@pytest.mark.parametrize("query, where", [
    ("", ["kind", "mode"]), ("kind=students", ["mode"]),
    ("kind=rounds&mode=upsert", ["kind"]),
    ("kind=students&mode=some", ["mode"]),
    ("kind=students&mode=upsert&unknown_columns=x", ["unknown_columns"]),
    ("kind=students&mode=upsert&colour=red", ["colour"])])
def test_bad_parameters(as_role, query, where):
    bad = as_role("school").post(f"/v1/imports?{query}", raw=b"x",
                                 content_type="text/csv")
    assert bad.status == 400 and bad.wheres() == where


def test_other_media_types(as_role):
    for kind in ("application/json", "text/plain", "application/vnd.ms-excel"):
        assert as_role("school").post(
            "/v1/imports?kind=students&mode=upsert", raw=b"x",
            content_type=kind).status == 415


@pytest.mark.parametrize("role", ["student", "enterprise", "office",
                                  "operator"])
def test_only_a_school_imports(as_role, importing, role):
    assert as_role(role).post(
        "/v1/imports?kind=students&mode=upsert", raw=sheet([a_row()]),
        content_type="text/csv").status == 403
    assert importing.count() == 1


def test_nobody_is_asked_to_sign_in(client):
    assert client.post("/v1/imports?kind=students&mode=upsert", raw=b"x",
                       content_type="text/csv").status == 401


def test_another_schools_numbers_are_its_own(importing, server, town, people):
    row = a_row()
    other = town.school(people.consortium)
    account = town.account(people.consortium, "school", other)
    theirs = server.client(town.token(people.consortium, account))
    importing([row])
    done = theirs.post("/v1/imports?kind=students&mode=all_or_nothing",
                       raw=sheet([row]), content_type="text/csv")
    assert counted(done) == {"rows": 1, "created": 1}
    theirs.close()


def test_the_same_key_imports_once(importing):
    rows, key = [a_row()], {"Idempotency-Key": f"k{new_id()}"}
    first = importing(rows, **key)
    again = importing(rows, **key)
    assert first.json == again.json
    assert counted(again) == {"rows": 1, "created": 1}
    assert again.headers["idempotency-replayed"] == "true"
    assert importing.count() == 2


def test_5000_rows_are_quick(importing):
    rows = [a_row() for _ in range(5000)]
    began = time.monotonic()
    done = importing(rows)
    assert counted(done) == {"rows": 5000, "created": 5000}
    assert time.monotonic() - began < 12   # of the 25 s the card gives
    assert importing.count() == 5001
    again = importing(rows, "upsert")
    assert counted(again) == {"rows": 5000, "unchanged": 5000}


def test_rows_have_a_bound(importing):
    row = sheet([a_row(student_number="N%d")]).decode().split("\n", 1)
    many = row[0] + "\n" + "".join(row[1] % i for i in range(20001))
    bad = importing(many.encode(), "upsert")
    assert bad.status == 422
    assert [flaw["code"] for flaw in bad.problem["errors"]] \
        == ["too-many-rows"]
    assert importing.count() == 1
    most = importing(many.rsplit("N20000", 1)[0].encode(), "dry_run")
    assert counted(most) == {"rows": 20000, "would_create": 20000}


def test_a_file_has_a_bound(server, people):
    """Told by its length, before any of it is sent."""
    with socket.create_connection(("127.0.0.1", server.port), 10) as line:
        line.sendall((
            "POST /v1/imports?kind=students&mode=upsert HTTP/1.1\r\n"
            "Host: x\r\nContent-Type: text/csv\r\n"
            f"Authorization: Bearer {people.tokens['school']}\r\n"
            f"Content-Length: {32 * 1024 * 1024 + 1}\r\n\r\n").encode())
        assert line.recv(12) == b"HTTP/1.1 413"


def test_16_mib_are_read(importing):
    row = a_row()
    data = sheet([row]) + b"\n" * (16 * 1024 * 1024 - len(sheet([row])))
    assert counted(importing(data)) == {"rows": 1, "created": 1}


def test_who_comes_in_between_undoes_all(importing, cluster, database, people):
    """Two imports of one number at once: the slower one writes nothing."""
    rows, done = [a_row() for _ in range(20)], []
    rival = psycopg2.connect(cluster.dsn(database))
    with rival.cursor() as cursor:
        cursor.execute(
            "insert into student (consortium_id, id, school_id,"
            " student_number, name, specialty_code, entry_year) values"
            " (%s, %s, %s, %s, '吴桐', '660301', 2024)",
            (people.consortium, new_id(), people.school,
             rows[10]["student_number"]))
        slower = threading.Thread(target=lambda: done.append(importing(rows)))
        slower.start()
        time.sleep(0.5)
        assert not done
        rival.commit()
    slower.join(20)
    rival.close()
    assert done[0].status == 409
    assert done[0].wheres() == ["#/student_number"]
    assert importing.count() == 2
