"""Every list whole, in every format: the rows are those of a walk through its
pages, member by member, for every role and every id there is."""

import csv
import io
import json
import re

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from tests.api.alone import town  # noqa: F401
from tests.api.contract import ROOT, embed
from tests.api.filled import done, fill_cooperation, fill_sign_in
from tests.api.hall import Hall
from tests.api.matrix_lists import (
    add_appeal, add_entry, add_list, open_list)
from tests.api.placed import Ward, day
from tests.api.test_canaries import paths, signed_in, with_required
from tests.api.test_demand import WANTED, put as put_demand
from tests.api.test_rights import CARDS
from tests.api.test_rounds import ROUND
from tests.api.told import Told, instance_of
from tests.api.town import new_id

FORMATS = ["jsonl", "csv", "xlsx"]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HEADINGS = ROOT / "api-spec" / "headings.csv"
HEADER = "学号,姓名,专业,班级,入学年份,出生日期,性别"
# What no column of ours would take, so that nothing but the writers is tried.
HOSTILE = ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", "\n=1", "＝1", "''=1",
           "a,\"b\"\r\n,c", "", " blank ", "🔧👩‍🔧", "שלום \u202eעולם",
           "_x0041_", "\x01\x1f\x7f", "<&>", "]]>", "\u2028\ufeff",
           "汉" * 32767, "汉" * 40000, "🔧" * 16384, "=" * 40000, "1e5", "007"]
REGISTRIES = {"listDestinationRegistrations"}
LISTS = [card for card in CARDS
         if card["is_paged"] and card["method"] == "GET"]


def whole(target, kind):
    """The path of a list's export."""
    path, _, query = target.partition("?")
    return f"{path}.{kind}" + ("?" + query if query else "")


def walk(client, target, limit=2):
    """All items, by pages; or the reply, if it is none of 200."""
    items = []
    target += ("&" if "?" in target else "?") + f"limit={limit}"
    while target:
        reply = client.get(target)
        if reply.status != 200:
            return reply
        items += reply.json["items"]
        target = reply.json["next"]
    return items


def at(item, column):
    for name in column.split("."):
        item = item.get(name) if isinstance(item, dict) else None
    return item


def leaves(item, before=""):
    """The columns that an item's members need."""
    for name, value in item.items():
        yield before + name, value


def cell(value):
    """What stands in a cell, all formats but JSON Lines alike."""
    if isinstance(value, list) and not any(
            isinstance(one, (dict, list)) for one in value):
        return "、".join(value if all(isinstance(one, str) for one in value)
                        else map(json.dumps, value))
    if isinstance(value, (dict, list)):
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return re.sub(r"\\u00..", lambda found: "\\u" +
                      found.group()[2:].upper(), text)
    return value


def in_csv(value):
    value = cell(value)
    if value is None:
        return ""
    if isinstance(value, str):
        is_formula = value.lstrip("'").startswith(FORMULA)
        return ("'" if is_formula else "") + value
    return str(value).lower()


def units(text):
    return len(text.encode("utf-16-le")) // 2


def in_sheet(value):
    """A sheet has no empty text, and ends what is too long."""
    value = cell(value)
    if not isinstance(value, str) or units(value) <= 32767:
        return None if value == "" else value
    while units(value) > 32766:
        value = value[:-max(1, (units(value) - 32766) // 2)]
    return value + "…"


def read_csv(reply):
    assert reply.body.startswith("\ufeff".encode())
    text = reply.body.decode("utf-8-sig")
    assert not re.search("(?<!\r)\n", re.sub('"[^"]*"', "", text))
    return list(csv.reader(io.StringIO(text, newline="")))


def read_sheet(reply):
    sheet = openpyxl.load_workbook(io.BytesIO(reply.body)).active
    return [[unescape(value) if isinstance(value, str) else value
             for value in row] for row in sheet.iter_rows(values_only=True)]


def exported(client, target, kind):
    reply = client.get(whole(target, kind))
    assert reply.status == 200, reply
    return reply


def same_rows(client, target, columns, items, official=None):
    """The export in every format has these items; official: the headings of
    a registry's files, whatever the language."""
    lines = exported(client, target, "jsonl").body.decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == items
    rows = read_csv(exported(client, target, "csv"))
    assert rows.pop(0) == (official or columns)
    assert rows == [[in_csv(at(item, column)) for column in columns]
                    for item in items]
    rows = read_sheet(exported(client, target, "xlsx"))
    assert rows.pop(0) == (official or columns)
    assert rows == [[in_sheet(at(item, column)) for column in columns]
                    for item in items]


def unshown(item, columns, before=""):
    """Members that no column shows."""
    for name, value in item.items():
        if before + name in columns or value is None:
            continue
        if isinstance(value, dict):
            yield from unshown(value, columns, before + name + ".")
        else:
            yield before + name


# ---- a city where every list has something ----

@pytest.fixture(scope="module")
def alone(apart):
    """Its run waits: no other test's worker may take it. And its clients wait
    for each other's sheets to be read."""
    with apart(idle_deadline_ms=300000) as made:
        yield made


@pytest.fixture(scope="module")
def server(alone):
    return alone[0]


@pytest.fixture(scope="module")
def city(server, town):  # noqa: F811
    people = town.people("lakeside")    # as QUERIES has it
    clients = {role: server.client(people.tokens[role])
               for role in people.tokens}
    hall = Hall(clients.__getitem__, people, town)
    ward = Ward(hall)
    for _ in range(3):
        hall.add_student(server)[1].close()
    school = town.school(people.consortium)
    clients["other school"] = signed_in(server, town, people, "school",
                                        school)
    clients["nobody"] = server.client()
    fill(hall, ward, clients)
    server.current(town)
    yield people, clients
    for client in clients.values():
        client.close()


def fill(hall, ward, clients):
    """Something in each list, through the API where that is short."""
    people, office = hall.people, hall.office
    placement = ward.started()
    for week in (1, 2):
        ward.back(placement, 7)
        done(hall.student.post(f"/v1/placements/{placement}/logs",
                               {"week": week, "text": "=1+1\n第一周，\"好\""}))
    done(ward.complete(placement, reason="已完成"))
    done(hall.student.post(f"/v1/placements/{placement}/evaluations",
                           {"score": 4, "text": "@很好"}))
    done(hall.school.put(
        f"/v1/schools/{people.school}/host-units/{people.enterprise}",
        {"decided_on": "2026-01-01", "published_on": "2026-01-02",
         "visited_on": "2025-12-01", "visit_report": "=1", "is_safe": True,
         "is_honest": True, "is_equipped": True}))
    hall.town.run("update student set graduates_on = '2026-06-30', actor = id"
                  " where id = %s", people.student)
    done(hall.student.put(
        f"/v1/students/{people.student}/destination",
        {"code": "12", "employer_name": "=1+1 厂", "division_code": "310115",
         "pay_band": "below_4000", "is_aligned": False},
        headers={"If-Match": '"v0"'}))
    done(hall.school.post("/v1/destination-freezes", {
        "graduation_year": 2026, "stage": "august"}))
    doubted = hall.firm.add(description="=质检；体检费自理")
    done(hall.enterprise.post(f"/v1/postings/{doubted['id']}/publish", {
        "closes_at": "2099-01-01T00:00:00Z", "reasons": [
            {"rule": "fees-doubt", "reason": "=凭票报销"}]}))
    open_ones = [
        hall.open(title=title, preferred_skills=["焊接", "CAD"]) for title in (
            "=HYPERLINK(\"x\")", "@岗位, \"甲\"", "🔧 שלום", "'=1")]
    for posting in open_ones[:2]:
        application = hall.applied(posting)
        done(hall.call(application))
    done(hall.enterprise.post(f"/v1/applications/{application}/offers", {
        "starts_on": "2027-03-01", "ends_on": "2027-08-31",
        "pay_fen": 320000, "reply_by": "2027-02-01T00:00:00Z"}))
    done(hall.enterprise.post(f"/v1/postings/{open_ones[2]}/invitations",
                              {"student_id": str(people.student)}))
    for client in (hall.enterprise, hall.school):
        done(client.post("/v1/api-keys", {"name": "+系统", "scopes": [
            "postings:read"]}))
        done(client.post("/v1/account-invitations", {
            "role": "enterprise" if client is hall.enterprise else "school",
            "login_name": f"n{new_id().hex[-8:]}"}))
    done(hall.student.post("/v1/complaints", {
        "enterprise_id": str(people.enterprise), "subject": "other",
        "text": "-5, \"a\"\n第二行"}))
    done(hall.enterprise.post(
        f"/v1/enterprises/{people.enterprise}/post-categories",
        {"name": "装配", "staff_count": 100,
         "staff_counted_on": "2026-11-01"}))
    done(put_demand(hall.firm, WANTED))
    done(hall.enterprise.post(
        f"/v1/enterprises/{people.enterprise}/quota/statements",
        {"from": day(-300), "to": day(0)}))
    done(office.post("/v1/quota-exemptions", {
        "enterprise_id": str(people.enterprise), "floor_mille": 1,
        "reason": "=停产", "ends_on": day(9)}))
    made = done(office.post("/v1/rounds", ROUND)).json["id"]
    done(office.post(f"/v1/rounds/{made}/open"))
    done(hall.enterprise.post(f"/v1/rounds/{made}/capacity-requests", {
        "posting_id": open_ones[0], "openings": 9, "reason": "=扩产"}))
    for column, subject, kind in (
            ("student_id", people.student, "list-missing"),
            ("posting_id", open_ones[0], "ranking-missing")):
        hall.town.run(f"insert into round_reminder (consortium_id, round_id,"
                      f" kind, {column}) values (%s, %s, %s, %s)",
                      people.consortium, made, kind, subject)
    done(office.post(f"/v1/rounds/{made}/close"))
    run = done(office.post(f"/v1/rounds/{made}/run",
                           {"mode": "stable"})).json["id"]
    hall.town.run("update run set state = 'running', worker = 'w', attempt = 1,"
                  " started_at = now(), lease_until = now() + interval"
                  " '1 day', actor = id where id = %s", run)
    hall.town.run(
        "insert into run_move (consortium_id, run_id, student_id,"
        " to_posting_id) values (%s, %s, %s, %s)", people.consortium, run,
        people.student, open_ones[0])
    hall.town.run(
        "insert into publication (consortium_id, round_id, number, run_id,"
        " made, ended, kept) values (%s, %s, 1, %s, 1, 0, 0)",
        people.consortium, made, run)
    for kind in ("instance", "result"):
        hall.town.run("insert into run_file (consortium_id, run_id, kind,"
                      " sha256, bytes) values (%s, %s, %s, sha256('{}'),"
                      " '{}')", people.consortium, run, kind)
    hall.town.run(
        "insert into appeal (consortium_id, id, round_id, made_by, owner_id,"
        " student_id, grounds, text) values (%s, %s, %s, 'student', %s, %s,"
        " 'data', '=1+1')", people.consortium, new_id(), made, people.student,
        people.student)
    listed = add_list(hall.town, people.consortium, "=专业")
    open_list(hall.town, listed)
    add_appeal(hall.town, people.consortium, listed, add_entry(
        hall.town, people.consortium, listed, people.school), people.school,
        "=1+1")
    hall.town.run(
        "insert into comparison (consortium_id, id, round_id, run_id,"
        " created_by, changes) values (%s, %s, %s, %s, %s, %s)",
        people.consortium, new_id(), made, run, people.accounts["office"],
        json.dumps([{"set": "cap", "id": str(new_id()), "to": 1}]))
    Told(hall.town, people.consortium, instance_of(
        people.enterprise, {posting: 1 for posting in open_ones[:2]},
        {student: open_ones[:2] for (student,) in hall.town.run(
            "select id from student where consortium_id = %s",
            people.consortium)})).publish()
    made = done(hall.school.post(
        "/v1/imports?kind=students&mode=dry_run",
        raw=(HEADER + "\n").encode(), content_type="text/csv",
        headers={"Prefer": "respond-async"})).json["id"]
    for n, key in enumerate(HOSTILE):
        hall.town.run(
            "insert into import_row (consortium_id, import_id, n, number,"
            " key, status, cells, errors) values (%s, %s, %s, %s, %s,"
            " 'rejected', '[]', %s)", people.consortium, made, n, n + 2, key,
            json.dumps([{"column": key[:99], "code": "required",
                         "english": key, "chinese": key}]))
    done(office.post(f"/v1/consortia/{people.consortium}/rarity-editions"))
    fill_sign_in(hall)
    fill_cooperation(hall)


def test_every_list_is_exported(contract):
    assert [(card["path"] + ".{format}", card["operation"])
            for card in LISTS] == \
        [(path, operation["x-export-of"])
         for _, path, operation in contract.exports]


def test_an_export_has_no_pages(city):
    people, clients = city
    for more in ("limit=2", "after=x", "pages=1"):
        reply = clients["office"].get(f"/v1/students.csv?{more}")
        assert (reply.status, reply.problem["code"]) == \
            (400, "invalid-parameter"), reply
        assert reply.wheres() == [more.partition("=")[0]]


def test_filters_are_the_lists(city):
    people, clients = city
    for target in ("/v1/postings?kind=internship", "/v1/postings?q=CAD",
                   "/v1/postings?specialty=660301&education=doctor",
                   "/v1/students?state=nowhere", "/v1/postings?specialty=99"):
        items = walk(clients["office"], target)
        if isinstance(items, list):
            got = exported(clients["office"], target, "jsonl").body.decode()
            assert [json.loads(line) for line in got.splitlines()] == items
        else:
            refused_alike(clients["office"], target, items)


@pytest.mark.parametrize("path,name", [
    ("/v1/students", "students"), ("/v1/api-keys", "api-keys"),
    ("/v1/reference/specialties", "reference-specialties"),
    ("/v1/consortia/{consortium}/rarity-editions/1", "rarity-editions-1")])
@pytest.mark.parametrize("kind", FORMATS)
def test_heads(city, path, name, kind):
    people, clients = city
    target = f"{path.format(consortium=people.consortium)}.{kind}"
    reply = clients["office"].get(target)
    assert reply.headers["transfer-encoding"] == "chunked"
    assert re.fullmatch(
        rf'attachment; filename="{name}-\d{{4}}-\d\d-\d\d\.{kind}"',
        reply.headers["content-disposition"])
    head = clients["office"].ask("HEAD", target)
    assert (head.status, head.body) == (200, b"")
    for header in ("content-type", "content-disposition", "cache-control",
                   "transfer-encoding"):
        assert head.headers[header] == reply.headers[header]


def test_words_are_in_the_language_asked_for(city):
    people, clients = city
    target = f"/v1/students/{people.student}/matches.csv"
    texts = {language: clients["office"].get(
        target, headers={"Accept-Language": language})
        for language in ("en", "zh-CN")}
    for language, reply in texts.items():
        assert reply.headers["content-language"] == language
    assert texts["en"].body != texts["zh-CN"].body


def test_a_workbook_says_its_columns_in_chinese(city, contract):
    people, clients = city
    names = contract.operation_of("GET", "/v1/students.xlsx")["responses"][
        "200"]["content"]["text/csv"]["x-columns"]
    for language, said in (("zh-CN", "zh-CN"), ("fr", "zh-CN"),
                           (None, "zh-CN"), ("en", "en")):
        reply = clients["office"].get("/v1/students.xlsx", headers={
            "Accept-Language": language})
        assert reply.headers["content-language"] == said
        first = read_sheet(reply)[0]
        assert (first == names) == (said == "en")
        if said != "en":
            assert first[:5] == ["编号", "学校编号", "学校", "学号", "姓名"]
            assert len(first) == len(names)
        reply = clients["office"].get("/v1/students.csv", headers={
            "Accept-Language": language})
        assert read_csv(reply)[0] == names


def test_every_column_has_a_chinese_heading_of_its_own(contract):
    """Say it in api-spec/headings.csv."""
    words, used, unsaid = embed.load_headings(HEADINGS), set(), set()
    for _, _, export in contract.exports:
        names = export["responses"]["200"]["content"]["text/csv"]["x-columns"]
        operation = export["x-export-of"]
        texts = embed.headings(words, operation, names)
        assert len(set(texts)) == len(texts), operation
        unsaid |= {name for name, text in zip(names, texts)
                   if any(part.isascii() for part in text.split("·"))}
        used.update(part for name in names
                    for part in (*name.split("."), f"{operation}:{name}"))
    assert unsaid == set() and set(words) <= used


def test_what_is_no_export(city):
    people, clients = city
    office = clients["office"]
    for method in ("POST", "PUT", "DELETE"):
        reply = office.ask(method, "/v1/postings.csv")
        assert (reply.status, reply.headers["allow"]) == \
            (405, "GET, HEAD, OPTIONS"), reply
    reply = office.ask("OPTIONS", "/v1/postings.xlsx")
    assert (reply.status, reply.headers["allow"]) == \
        (204, "GET, HEAD, OPTIONS")
    for path in ("/v1/students.pdf", "/v1/students.CSV", "/v1/.csv",
                 "/v1/students/.csv", "/v1/me.csv",
                 f"/v1/students/{people.student}.csv", "/v1.csv"):
        assert office.get(path).status == 404, path
    reply = office.get("/v1/students.csv", headers={"Accept": "text/html"})
    assert reply.status == 406
    for accept in ("text/csv", "text/*", "*/*"):
        assert office.get("/v1/students.csv",
                          headers={"Accept": accept}).status == 200


def test_a_key_exports_as_far_as_its_scopes_go(city, server):
    people, clients = city
    made = clients["school"].post("/v1/api-keys", {
        "name": "教务", "scopes": ["students:read"]})
    key = server.client(made.json["key"])
    assert key.get("/v1/students.csv").status == 200
    assert key.get("/v1/placements.csv").status == 403
    key.close()


def test_exports_have_the_rows_of_the_lists(city, town,  # noqa: F811
                                            contract):
    people, clients = city
    filled = set()
    for card in LISTS:
        export = next(operation for _, _, operation in contract.exports
                      if operation["x-export-of"] == card["operation"])
        columns = export["responses"]["200"]["content"]["text/csv"][
            "x-columns"]
        for path in paths(card, town, people):
            target = with_required(contract, card, path)
            for client in clients.values():
                items = walk(client, target)
                if isinstance(items, list):
                    assert not [name for item in items
                                for name in unshown(item, columns)]
                    same_rows(client, target, columns, items,
                              card["operation"] in REGISTRIES
                              and in_chinese(card, columns))
                    filled |= {card["operation"]} if items else set()
                else:
                    refused_alike(client, target, items)
    assert {card["operation"] for card in LISTS} == filled


def in_chinese(card, columns):
    return embed.headings(embed.load_headings(HEADINGS), card["operation"],
                          columns)


def refused_alike(client, target, list_reply):
    for kind in FORMATS:
        reply = client.get(whole(target, kind))
        assert (reply.status, reply.problem["code"]) == \
            (list_reply.status, list_reply.problem["code"]), reply
