"""The real classes of a vocational college, filled with students of our own
making, through the import and back. The classes lie outside the project;
without them there is nothing to test here."""

import csv
import hashlib
import io
import itertools
import json
from urllib.parse import quote

import pytest

from tests.api.server import ROOT

COHORTS = ROOT.parent / "shared" / "postings" \
    / "cohorts_vocational_college_2022_2024.csv"
SPECIALTIES = ROOT / "schema" / "reference" / "specialties.csv"
LABELS = ROOT / "tests" / "named" / "cohort_labels.csv"
MEDIAN = 34     # of the head counts that are known: for those that are not

FAMILY = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
GIVEN = "晓明文静志远雨桐子涵佳怡浩然欣悦俊杰思琪"

pytestmark = pytest.mark.skipif(
    not COHORTS.exists(), reason=f"no real cohorts: {COHORTS} is not here")


@pytest.fixture(scope="module")
def classes():
    with open(COHORTS, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def college(town, people):
    """The school of `people` teaches on the level of the real one."""
    town.run("update school set kind = 'associate', actor = %s"
             " where consortium_id = %s", people.accounts["office"],
             people.consortium)
    return people.school


def sheet(rows, encoding):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["学号", "姓名", "专业名称", "班级", "入学年份",
                     "出生日期", "性别"])
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def students(classes):
    """A class's head count of students, with numbers and names of ours."""
    count = itertools.count()
    for k, one in enumerate(classes):
        year = int(one["entry_year"])
        for i in range(int(one["headcount"] or MEDIAN)):
            n = next(count)
            name = FAMILY[n % 20] + GIVEN[n * 7 % 19] + GIVEN[n * 11 % 20]
            yield [f"{year}{k:03d}{i:03d}", name, one["specialty_name"],
                   one["class"], year,
                   f"{year - 18}-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
                   "女" if n % 2 else "男"]


def send(client, rows, mode, encoding="utf-8"):
    done = client.post(f"/v1/imports?kind=students&mode={mode}",
                       raw=sheet(rows, encoding), content_type="text/csv")
    assert done.status == 200, done
    return done.json


def can_be_read(client, classes):
    """The classes whose specialty the server finds in the catalogue."""
    probe = [[f"P{i}", "周晓", one["specialty_name"], one["class"],
              one["entry_year"], "2004-01-01", ""]
             for i, one in enumerate(classes)]
    told = send(client, probe, "dry_run")["rows"]
    for row in told:
        assert row["status"] == "would_create" or {
            error["column"] for error in row["errors"]} == {"specialty_name"}
    return [one for one, row in zip(classes, told)
            if row["status"] == "would_create"]


def pages(client, target):
    while target:
        page = client.get(target).json
        yield from page["items"]
        target = page["next"]


def labels():
    """What a reader took a name for, by the beginning of its SHA-256: all
    codes that may be meant; none where nobody could say."""
    with open(LABELS, encoding="utf-8", newline="") as file:
        return {row["name_sha256"]: row["codes"].split()
                for row in csv.DictReader(file)}


def label_of(name, known):
    return known.get(hashlib.sha256(name.encode()).hexdigest()[:16])


def readings(client, names):
    """name -> (the code that is certain or None, suggested codes)."""
    told = send(client, [[f"P{i}", "周晓", name, "", 2024, "2004-01-01", ""]
                         for i, name in enumerate(names)], "dry_run")["rows"]
    found = {}
    for name, row in zip(names, told):
        note = row.get("notes", [None])[0]
        error = row.get("errors", [None])[0]
        found[name] = (
            note["suggestions"][0]["code"] if note else
            None if error else "catalogue",
            [one["code"] for one in (error or {}).get("suggestions", [])])
    return found


def test_names_are_read_as_a_reader_would(as_role, college, classes, capsys):
    """What is certain is right; of what is not, the right one comes first."""
    school, known = as_role("school"), labels()
    names = sorted({one["specialty_name"] for one in classes})
    with open(SPECIALTIES, encoding="utf-8", newline="") as file:
        catalogue = {(row["name"], row["level"]): row["code"]
                     for row in csv.DictReader(file)}
    exact = [name for name in names if (name, "associate") in catalogue]
    unsure, lines = [], []
    found = readings(school, names)
    for name in names:
        code, suggested = found[name]
        label = label_of(name, known)
        if name in exact:
            assert code == "catalogue", name
            continue
        assert label is not None, "a name without a label"
        if code == "catalogue":
            code = catalogue[name, "secondary"]
        if code:
            assert code in label, (name, code)
        else:
            unsure.append(name)
    certain = len(names) - len(unsure)
    meant = [name for name in unsure if label_of(name, known)]
    lines.append(f"{certain} of {len(names)} names are certain"
                 f" ({len(exact)} by name on the college's level)")
    for when in ("at first", "once the college has students"):
        first = [name for name in meant if found[name][1]
                 and found[name][1][0] in label_of(name, known)]
        three = [name for name in meant if set(found[name][1])
                 & set(label_of(name, known))]
        lines.append(f"of the {len(unsure)} others {len(meant)} mean"
                     f" something: {len(first)} have a right suggestion"
                     f" first, {len(three)} among three, {when}")
        if when == "at first":
            send(school, students(can_be_read(school, classes)), "upsert")
            found = readings(school, names)
    with capsys.disabled():
        print("\nreal cohorts: " + "; ".join(lines))
    assert certain >= 40
    assert len(first) >= len(meant) - 2 and len(three) >= len(meant) - 1


def test_every_class_gets_in_with_a_mapping(as_role, college, people,
                                            classes):
    """A school chooses once; the file then passes whole, and the next too."""
    school, known = as_role("school"), labels()
    everybody = list(students(classes))
    tried = send(school, everybody, "dry_run")
    unsure = {row[2] for row, told in zip(everybody, tried["rows"])
              if told["status"] == "rejected"}
    choice = {name: (label_of(name, known) or ["570102"])[0]
              for name in unsure}
    done = school.post(
        "/v1/imports?kind=students&mode=all_or_nothing&mapping="
        + quote(json.dumps(choice, ensure_ascii=False)),
        raw=sheet(everybody, "utf-8"), content_type="text/csv")
    assert done.status == 200
    assert done.json["counts"]["created"] == len(everybody)
    again = send(school, everybody, "upsert", "gb18030")
    assert again["counts"]["unchanged"] == len(everybody)


def test_in_and_back_in_both_encodings(as_role, college, classes):
    school = as_role("school")
    known = can_be_read(school, classes)
    rows = list(students(known))
    made = send(school, rows, "all_or_nothing")
    assert made["encoding"] == "UTF-8"
    assert made["counts"]["created"] == len(rows) > 4000
    again = send(school, rows, "upsert", "gb18030")
    assert again["encoding"] == "GB18030"
    assert again["counts"]["unchanged"] == len(rows)
    assert [row["student_id"] for row in again["rows"]] \
        == [row["student_id"] for row in made["rows"]]
    half = rows[::2]
    half = [[*row[:1], row[1] + "儿", *row[2:]] for row in half]
    changed = send(school, half, "upsert", "gb18030")
    assert changed["counts"]["updated"] == len(half)

    by_number = {row[0]: row for row in rows}
    by_number.update((row[0], row) for row in half)
    back = [one for one in pages(school, "/v1/students?limit=200")
            if one["student_number"] in by_number]
    assert len(back) == len(rows)
    codes = {one["specialty_name"]: one["moe_code_by_name"].rstrip("K")
             for one in known}
    for one in back:
        number, name, specialty, group, year, birth, sex = \
            by_number[one["student_number"]]
        assert (one["name"], one["class_name"], one["entry_year"],
                one["birth_date"]) == (name, group, year, birth), number
        if codes[specialty]:
            assert one["specialty_name"] == specialty
            assert one["specialty_code"] == codes[specialty]
        else:
            assert one["specialty_code"] in label_of(specialty, labels())
        assert one["sex"] == {"女": "female", "男": "male"}[sex]


def test_classes_keep_their_head_counts(as_role, college, classes):
    school = as_role("school")
    known = [one for one in can_be_read(school, classes)
             if one["headcount"]][:12]
    send(school, students(known), "all_or_nothing", "gb18030")
    for one in known:
        target = f"/v1/students?limit=200&class_name={quote(one['class'])}" \
                 f"&entry_year={one['entry_year']}"
        assert len(list(pages(school, target))) == int(one["headcount"])


def test_one_class_that_cannot_be_read_keeps_all_out(
        as_role, town, people, college, classes):
    everybody = list(students(classes))
    done = send(as_role("school"), everybody, "all_or_nothing")
    assert done["counts"]["rejected"] > 0
    assert done["counts"]["rejected"] + done["counts"]["not_written"] \
        == len(everybody)
    assert {error["code"] for row in done["rows"]
            for error in row.get("errors", [])} == {"unknown-code",
                                                    "inconsistent"}
    assert town.one("select count(*) from student where consortium_id = %s",
                    people.consortium) == 1
