"""Where graduates went, from files: in the columns of the registration, as the
school's own entry, under the rules of each single one."""

import csv
import io

import pytest

from tests.api.hall import hall, other_student
from tests.api.placed import day, ward
from tests.api.test_destinations import FREEZES, SHA, Registrar
from tests.api.test_exports import read_csv, read_sheet
from tests.api.test_imports import sheet
from tests.api.test_imports_kinds import FORMATS, bring, told
from tests.api.test_imports_worker import counted, worker
from tests.api.town import uscc
from tests.api.workbooks import XLSX

__all__ = ["bring", "hall", "other_student", "ward", "worker"]   # fixtures
REGISTRATIONS = "/v1/destination-registrations"
OFFICIAL = ["学号", "姓名", "性别", "生源地名称", "生源地代码", "专业名称",
            "专业代码", "毕业日期", "毕业去向类别代码", "毕业去向", "单位名称",
            "统一社会信用代码", "单位性质代码", "单位性质", "单位行业",
            "单位所在地代码", "单位所在地", "行业代码", "职业代码", "入职日期",
            "月薪档次", "专业对口", "证明材料类别", "证明材料摘要"]
WHOLE = {"code": "11", "employer_name": "外地机械厂",
         "employer_uscc": uscc(555555), "unit_nature_code": "31",
         "industry_code": "3411", "division_code": "310115",
         "occupation_code": "6-18-01-01", "started_on": "2026-07-01",
         "pay_band": "below_6000", "is_aligned": True,
         "evidence_kind": "labour_contract", "evidence_sha256": SHA}


class Cohort:
    """So many graduates of the school, by number."""

    def __init__(self, hall, count):
        self.hall, self.town = hall, hall.town
        self.people = hall.people
        self.numbers, self.records = [], {}
        for _ in range(count):
            student = self.town.student(self.people.consortium,
                                        self.people.school)
            number = self.town.one("select student_number from student where"
                                   " id = %s", student)
            self.numbers.append(number)
            self.records[number] = Registrar(hall, student)

    def at(self, i):
        return self.records[self.numbers[i]]

    def get(self, i):
        return self.at(i).get().json

    def row(self, i, **more):
        return {"student_number": self.numbers[i], **more}

    def name(self, i):
        return self.town.one("select name from student where id = %s",
                             self.at(i).student)


@pytest.fixture
def cohort(hall):
    return Cohort(hall, 4)


@pytest.mark.parametrize("form", FORMATS)
def test_each_row_is_the_schools_entry(bring, cohort, form):
    rows = [cohort.row(0, **WHOLE), cohort.row(1, code="70")]
    if form != "application/jsonl":
        rows[0]["is_aligned"] = "true"
    done, made = bring("school", "destinations", rows, form=form)
    assert counted(done) == {"rows": 2, "created": 2}, made
    assert [row["id"] for row in made] == [
        str(cohort.at(i).student) for i in (0, 1)]
    got = cohort.get(0)
    assert {name: got[name] for name in WHOLE} == WHOLE
    assert (got["state"], got["acknowledged_at"], got["version"],
            got["history"][0]["by"]) == ("declared", None, 1, "school")
    assert (got["is_employer_asked"], got["evidence_level"]) \
        == (False, "declared")
    assert cohort.get(1)["code"] == "70"


def test_the_official_layout(bring, cohort):
    """The columns of the ministry's export, with those that are left alone."""
    codes = ["11", "271", "502", "801"]
    names = ["签劳动合同形式就业", "科研助理、管理助理—科研助理、管理助理",
             "国家基层项目—三支一扶", "境内升学—研究生"]
    lines = ["学号,姓名,性别,生源地名称,生源地代码,民族名称,政治面貌,城乡生源,"
             "学历层次,专业名称,专业方向,专业代码,入学年月,毕业日期,培养方式,"
             "委培单位,学习形式,毕业去向类别代码,毕业去向,签约日期,单位名称,"
             "统一社会信用代码,留学院校外文名称,单位性质代码,单位性质,"
             "单位行业代码,单位行业,单位所在地代码,单位所在地,单位地址,"
             "工作职位类别代码,工作职位类别"]
    for i, (code, name) in enumerate(zip(codes, names)):
        unit = (",," + "外地机械厂" + f",{uscc(555555)},,31,国有企业,22,制造业,"
                "310115,上海市浦东新区,张江路1号,24,生产和运输设备操作人员"
                ) if code != "801" else ",,某大学" + "," * 11
        lines.append(f"{cohort.numbers[i]},{cohort.name(i)},女,浙江省杭州市,"
                     "330100,汉族,共青团员,城镇,专科生毕业,模具,,460113,202309,"
                     f"2026/6/30,非定向,,全日制,{code},{name}{unit}")
    data = ("\n".join(lines) + "\n").encode("gb18030")
    done, made = bring("school", "destinations", data)
    assert counted(done) == {"rows": 4, "created": 4}, made
    assert [cohort.get(i)["code"] for i in range(4)] == ["11", "27", "50",
                                                         "80"]
    # 单位行业代码 is of another list, and left alone; the section's name is read
    assert (cohort.get(0)["industry_code"], cohort.get(0)["division_code"],
            cohort.get(0)["unit_nature_code"]) == ("C", "310115", "31")
    assert [[note["column"] for note in row["notes"]] for row in made] \
        == [[], ["code"], ["code"], ["code"]]
    strange = data.replace("学习形式".encode("gb18030"),
                           "血型".encode("gb18030"))
    failed, _ = bring("school", "destinations", strange)
    assert failed["state"] == "failed" and "血型" in str(failed["errors"])


def test_a_name_in_the_place_of_a_code(bring, cohort):
    rows = [{"学号": cohort.numbers[0], "毕业去向": "自由职业"},
            {"学号": cohort.numbers[1], "毕业去向": "境外留学"},
            {"学号": cohort.numbers[2], "毕业去向": "签就业协议形式就业",
             "单位名称": "某局", "单位所在地代码": "330106", "单位性质": "机关",
             "单位行业": "教育", "专业对口": "否", "证明材料类别": "就业协议书",
             "证明材料摘要": SHA}]
    done, made = bring("school", "destinations", sheet(rows))
    assert counted(done) == {"rows": 3, "created": 3}, made
    assert [cohort.get(i)["code"] for i in range(3)] == ["76", "85", "10"]
    got = cohort.get(2)
    assert (got["unit_nature_code"], got["industry_code"], got["is_aligned"],
            got["evidence_kind"]) == ("10", "P", False, "employment_agreement")


def test_what_refuses_a_row(bring, cohort, hall, town):
    for i in range(30):
        cohort.numbers.append(f"x{i}")
    some = Cohort(hall, 20)
    unit = {"employer_name": "某单位", "division_code": "310115"}
    gone = some.at(19).student
    town.run("update student set graduates_on = null, actor = id where"
             " id = %s", gone)
    proof = {"evidence_kind": "internship_proof", "evidence_sha256": SHA}
    cases = [
        ({"code": "70", "student_number": "nobody"},
         ("student_number", "not-found")),
        ({"code": "70", "student_name": "别人"},
         ("student_name", "inconsistent")),
        ({"code": "99"}, ("code", "unknown-code")),
        ({"code": "111", **unit}, ("code", "unknown-code")),
        ({"code_name": "发财"}, ("code_name", "unknown-code")),
        ({"code": "70", "code_name": "自由职业"},
         ("code_name", "inconsistent")),
        ({"code": "11", **unit, "unit_nature_code": "98"},
         ("unit_nature_code", "unknown-code")),
        ({"code": "11", **unit, "unit_nature_name": "好单位"},
         ("unit_nature_name", "unknown-code")),
        ({"code": "11", **unit, "industry_code": "9999"},
         ("industry_code", "unknown-code")),
        ({"code": "11", **unit, "industry_name": "烤红薯"},
         ("industry_name", "unknown-code")),
        ({"code": "11", "employer_name": "厂", "division_code": "339999"},
         ("division_code", "unknown-code")),
        ({"code": "11", **unit, "occupation_code": "6-99-99-99"},
         ("occupation_code", "unknown-code")),
        ({"code": "11"}, ("division_code", "required")),
        ({"code": "70", "employer_name": "厂"}, ("code", "inconsistent")),
        ({"code": "11", **unit, "evidence_kind": "labour_contract"},
         ("evidence_sha256", "inconsistent")),
        ({"code": "11", **unit, **proof}, ("code", "not-allowed")),
        ({"code": "11", **unit, "evidence_kind": "admission_notice",
          "evidence_sha256": SHA}, ("evidence_kind", "not-allowed")),
        ({"employer_name": "厂"}, ("code", "required")),
        ({"code": "11", **unit, "employer_uscc": "91520000714307791X"},
         ("employer_uscc", "malformed")),
    ]
    rows = [some.row(i, **{"student_number": some.numbers[i], **case})
            for i, (case, _) in enumerate(cases)]
    rows.append({"student_number": some.numbers[19], "code": "70"})
    rows.append(cohort.row(0, code="70"))
    done, found = bring("school", "destinations", rows)
    assert told(found) == {
        **{i + 2: [want] for i, (_, want) in enumerate(cases)},
        len(cases) + 2: [("student_number", "not-allowed")]}
    assert counted(done) == {"rows": 21, "rejected": 20, "not_written": 1}
    assert town.one("select count(*) from graduate_destination where"
                    " consortium_id = %s", hall.people.consortium) == 0
    done, found = bring("school", "destinations", rows, "upsert")
    assert counted(done) == {"rows": 21, "rejected": 20, "created": 1}


def test_an_internship_is_none_from_a_file_either(bring, ward, hall):
    record = Registrar(hall)
    ward.started()
    number = hall.town.one("select student_number from student where id = %s",
                           record.student)
    done, found = bring("school", "destinations", [{
        "student_number": number, "code": "11", "employer_name": "湖城厂",
        "employer_uscc": record.uscc, "division_code": "330106",
        "started_on": day(30)}])
    assert told(found) == {2: [("code", "not-allowed")]}


def test_modes(bring, cohort, town, people):
    rows = [cohort.row(0, **WHOLE), cohort.row(1, code="70")]
    for row in rows:
        row.pop("is_aligned", None)
    count = "select count(*) from destination_edition where consortium_id = %s"
    done, _ = bring("school", "destinations", rows, "dry_run")
    assert counted(done) == {"rows": 2, "would_create": 2}
    assert town.one(count, people.consortium) == 0
    bring("school", "destinations", rows)
    done, found = bring("school", "destinations", rows)
    assert told(found) == {2: [("student_number", "duplicate")],
                           3: [("student_number", "duplicate")]}
    done, _ = bring("school", "destinations", rows, "upsert")
    assert counted(done) == {"rows": 2, "unchanged": 2}
    assert town.one(count, people.consortium) == 2
    # of the same category an empty cell leaves what is there
    done, _ = bring("school", "destinations", [
        cohort.row(0, code="11", pay_band="below_8000")], "upsert")
    assert counted(done) == {"rows": 1, "updated": 1}
    got = cohort.get(0)
    assert (got["pay_band"], got["employer_name"], got["evidence_kind"]) \
        == ("below_8000", "外地机械厂", "labour_contract")
    # another category is a record of its own
    done, _ = bring("school", "destinations", [
        cohort.row(0, code="70")], "upsert")
    assert counted(done) == {"rows": 1, "updated": 1}
    got = cohort.get(0)
    assert (got["code"], got["employer_name"], got["pay_band"]) \
        == ("70", None, None)
    twice = [cohort.row(2, code="70"), cohort.row(2, code="71")]
    done, found = bring("school", "destinations", twice, "upsert")
    assert set(told(found)) == {2, 3}


def test_a_correction_of_a_frozen_cohort_says_why(bring, cohort, hall):
    hall.school.post(FREEZES, {"graduation_year": 2026, "stage": "august"})
    row = cohort.row(0, code="70")
    done, found = bring("school", "destinations", [row], "upsert")
    assert told(found) == {2: [("reason", "required")]}
    done, _ = bring("school", "destinations", [
        {**row, "reason": "漏报"}], "upsert")
    assert counted(done) == {"rows": 1, "created": 1}
    last = cohort.get(0)["history"][-1]
    assert (last["is_correction"], last["reason"]) == (True, "漏报")


def test_what_the_graduate_said_is_his(bring, hall, other_student):
    student, client = other_student
    record = Registrar(hall, student)
    number = hall.town.one("select student_number from student where id = %s",
                           student)
    said = record.put(client, employer_uscc=record.uscc,
                      is_employer_asked=True).json
    row = {"student_number": number, "code": "11",
           "employer_name": said["employer_name"]}
    done, _ = bring("school", "destinations", [row], "upsert")
    assert counted(done) == {"rows": 1, "unchanged": 1}
    assert record.get() .json == said
    # what the school changes is the school's word, to be confirmed anew
    done, _ = bring("school", "destinations", [
        {**row, "pay_band": "below_4000"}], "upsert")
    got = record.get().json
    assert (got["acknowledged_at"], got["is_employer_asked"], got["state"]) \
        == (None, False, "declared")


def test_another_schools_students_are_not_there(bring, hall, town):
    school = town.school(hall.people.consortium)
    student = town.student(hall.people.consortium, school)
    number = town.one("select student_number from student where id = %s",
                      student)
    done, found = bring("school", "destinations", [
        {"student_number": number, "code": "70"}], "upsert")
    assert told(found) == {2: [("student_number", "not-found")]}


def test_taken_along_in_the_official_columns(bring, cohort, hall, town):
    town.run("update student set sex = 'female', home_division_code = '330106',"
             " actor = id where id = %s", cohort.at(0).student)
    bring("school", "destinations", [cohort.row(0, **WHOLE),
                                     cohort.row(1, code="76")],
          form="application/jsonl")
    head, *rows = read_csv(hall.school.get(REGISTRATIONS + ".csv?year=2026",
                                           headers={"Accept-Language": "en"}))
    assert head == OFFICIAL and len(rows) == 4
    first = dict(zip(head, next(row for row in rows
                                if row[0] == cohort.numbers[0])))
    assert (first["性别"], first["生源地名称"], first["毕业去向"],
            first["单位性质"], first["单位行业"], first["单位所在地"],
            first["行业代码"], first["专业对口"]) == (
        "女", "浙江省杭州市西湖区", "签劳动合同形式就业", "国有企业", "制造业",
        "上海市浦东新区", "3411", "true")
    sheet_ = hall.office.get(REGISTRATIONS + ".xlsx?code=76",
                             headers={"Accept-Language": "en"})
    assert sheet_.headers["content-language"] == "zh-CN"
    assert read_sheet(sheet_)[0] == OFFICIAL and len(read_sheet(sheet_)) == 2
    listed = hall.school.get(REGISTRATIONS + "?code=none").json["items"]
    assert [one["code"] for one in listed] == [None, None]
    assert hall.enterprise.get(REGISTRATIONS).status == 403


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_what_is_taken_along_changes_nothing(bring, cohort, hall, town, kind):
    """Import of the export, whole: no edition is made."""
    bring("school", "destinations", [
        cohort.row(0, **WHOLE), cohort.row(1, code="70"),
        cohort.row(2, code="80", employer_name="=大学"),
        cohort.row(3, code="12", employer_name="'厂", division_code="330106",
                   is_aligned=False, industry_code="C")],
          form="application/jsonl")
    before = [cohort.get(i) for i in range(4)]
    data = hall.school.get(f"{REGISTRATIONS}.{kind}?year=2026").body
    form = {"csv": "text/csv", "xlsx": XLSX,
            "jsonl": "application/jsonl"}[kind]
    done, found = bring("school", "destinations", data, "upsert", form)
    assert counted(done) == {"rows": 4, "unchanged": 4}, found
    assert [cohort.get(i) for i in range(4)] == before


def test_the_marked_copy_is_mended_and_sent_back(bring, cohort, hall):
    data = sheet([{"学号": cohort.numbers[0], "姓名": cohort.name(0),
                   "毕业去向类别代码": "99"},
                  {"学号": cohort.numbers[1], "毕业去向类别代码": "70"}])
    done, _ = bring("school", "destinations", data)
    copy = hall.school.get(f"/v1/imports/{done['id']}/marked",
                           headers={"Accept-Language": "zh-CN"}).body
    first, _ = csv.DictReader(io.StringIO(copy.decode("utf-8-sig")))
    assert first["导入状态"] == "未通过" or "99" in str(first)
    done, _ = bring("school", "destinations",
                    copy.replace(b'"99"', b'"71"'))
    assert counted(done) == {"rows": 2, "created": 2}
    assert cohort.get(0)["code"] == "71"
