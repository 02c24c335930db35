"""Reads real advertisements as bodies for POST /v1/postings.

Takes over what an advertisement says and mends nothing: no openings is 0
openings, a master's degree is `master`, a place that is not named is not
guessed. Whatever the API cannot take, it has to say.
"""

import ast
import csv
import functools
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT.parent / "shared" / "postings"
LISTS = ROOT / "schema" / "reference"
FILES = ("jobs_51job_shanghai.csv", "jobs_5iai_guangzhou_2023.csv")

LEVELS = {"大专": "associate", "本科": "bachelor", "硕士": "master",
          "博士": "doctor", "不限": None, "高中及以下": None}
# What is named as a specialty: "产品设计" may be one, and is also a duty.
AS_SPECIALTY = r"(?=[^，。；,;]{0,20}专业)"


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def specialty_names():
    """Pattern over all names of specialties, classes, categories; codes of
    each name (it may be on several levels)."""
    codes = {}
    for row in rows_of(LISTS / "specialties.csv"):
        for code, name in ((row["code"], row["name"]),
                           (row["class_code"], row["class_name"]),
                           (row["category_code"], row["category_name"])):
            codes.setdefault(name, {})[code] = None
    longest_first = sorted(codes, key=len, reverse=True)
    return re.compile("(" + "|".join(map(re.escape, longest_first)) + ")"
                      + AS_SPECIALTY), codes


def targets_of(text):
    """The codes of what is named exactly as in the catalogue."""
    pattern, codes = specialty_names()
    return list({code: None for name in pattern.findall(text)
                 for code in codes[name]})


@functools.cache
def division_names():
    """(names of provinces and prefectures, names of counties) -> codes."""
    upper, county = {}, {}
    for row in rows_of(LISTS / "divisions.csv"):
        if len(row["code"]) == 6:
            names = county if row["level"] == "county" else upper
            names.setdefault(row["name"], []).append(row["code"])
    return upper, county


def division_of(place):
    """The narrowest division that is named; None if none is for certain."""
    upper, county = division_names()
    within = ""
    for name, (code, *_) in upper.items():
        short = re.sub("(省|市)$", "", name)
        prefix = re.sub("(00)+$", "", code)
        if len(short) > 1 and re.match(rf"(\w*省)?{short}", place) \
                and len(prefix) > len(within):
            within = prefix
    found = [code for name, codes in county.items() if name in place
             for code in codes if code.startswith(within)]
    if len(found) == 1:
        return found[0]
    return within.ljust(6, "0") if within else None


def from_51job(row):
    text = row["title"] + " " + row["description"]
    return {
        "kind": "internship" if "实习" in row["title"] else "job",
        "title": row["title"], "openings": 1, "targets": targets_of(text),
        "division_code": division_of(row["place"].replace("-", "")),
        "pay_min_fen": int(row["salary_min_month"]) * 100
        if row["salary_min_month"] else None,
        "pay_max_fen": int(row["salary_max_month"]) * 100
        if row["salary_max_month"] else None,
        "description": row["description"],
    }


def from_5iai(row):
    text = row["title"] + " " + row["description"]
    return {
        "kind": "internship" if row["kind"] == "实习" else "job",
        "title": row["title"], "openings": int(row["openings"]),
        "targets": targets_of(text),
        "division_code": division_of(row["address"]),
        "address": row["address"] or None,
        "pay_min_fen": int(row["salary_min"]) * 100
        if row["salary_min"] else None,
        "pay_max_fen": int(row["salary_max"]) * 100
        if row["salary_max"] else None,
        "min_education": LEVELS[row["education"]],
        "preferred_skills": ast.literal_eval(row["skills"] or "[]"),
        "ref_system": "5iai", "ref": row["job_id"],
        "description": row["description"],
    }


def bodies(name):
    reader = from_51job if "51job" in name else from_5iai
    for row in rows_of(SOURCE / name):
        body = reader(row)
        if body["division_code"] is None:
            del body["division_code"]
        yield body
