"""Postings that come in the words of schema.org, and ours that come back."""

import json
import random

import pytest

from tests.api.advertisements import SOURCE
from tests.api.firm import PATH, count, draft, later, whole
from tests.api.firm import firm, second  # noqa: F401 (fixtures)

TARGET = f"{PATH}/job-posting"
WEST_LAKE = {"@type": "Place", "address": {
    "@type": "PostalAddress", "addressRegion": "浙江省",
    "addressLocality": "杭州市", "streetAddress": "西湖区文三路 1 号"}}


def job(**changes):
    body = {"@context": "https://schema.org/", "@type": "JobPosting",
            "title": "数控车床操作工", "description": "操作数控车床",
            "identifier": {"@type": "PropertyValue", "name": "hr",
                           "value": "17"},
            "employmentType": "FULL_TIME", "totalJobOpenings": 2,
            "jobLocation": WEST_LAKE, "baseSalary": pay(6000)}
    body.update(changes)
    return {name: value for name, value in body.items() if value is not ...}


def pay(value, unit="MONTH", currency="CNY"):
    value = value if isinstance(value, dict) else {"value": value}
    return {"@type": "MonetaryAmount", "currency": currency, "value": {
        "@type": "QuantitativeValue", "unitText": unit, **value}}


def send(firm, document, **more):
    text = document if isinstance(document, (str, bytes)) \
        else json.dumps(document, ensure_ascii=False)
    return firm.client.post(
        TARGET, raw=text if isinstance(text, bytes) else text.encode(),
        content_type="application/ld+json", **more)


def take(firm, document):
    reply = send(firm, document)
    assert reply.status == 200, reply
    return reply.json["items"]


def one(firm, **changes):
    """The report on one, and the posting that it became (or None)."""
    item, = take(firm, job(**changes))
    made = firm.client.get(f"{PATH}/{item['posting_id']}").json \
        if item["posting_id"] else None
    return item, made


def members(notes):
    return [note["member"] for note in notes]


def test_what_is_taken(firm):
    item, made = one(firm, baseSalary=pay({"minValue": 6000.5,
                                           "maxValue": 8000}),
                     skills=["PLC编程", "机械识图"],
                     educationRequirements="中专及以上学历",
                     occupationalCategory="1-01-00-01",
                     datePosted="2026-11-01", validThrough="2099-01-31")
    assert item == {
        "index": 0, "outcome": "created", "posting_id": made["id"],
        "state": "draft", "ref_system": "hr", "ref": "17",
        "title": "数控车床操作工", "date_posted": "2026-11-01T23:59:59+08:00",
        "valid_through": "2099-01-31T23:59:59+08:00",
        "taken": item["taken"], "assumed": [], "not_understood": [],
        "errors": [], "to_publish": []}
    assert set(item["taken"]) == {
        "title", "description", "identifier", "employmentType",
        "totalJobOpenings", "jobLocation", "baseSalary", "skills",
        "educationRequirements", "occupationalCategory", "datePosted",
        "validThrough"}
    assert {name: made[name] for name in (
        "kind", "title", "openings", "division_code", "address",
        "pay_min_fen", "pay_max_fen", "preferred_skills", "min_education",
        "occupation_code", "description", "state")} == {
        "kind": "job", "title": "数控车床操作工", "openings": 2,
        "division_code": "330106", "address": "西湖区文三路 1 号",
        "pay_min_fen": 600050, "pay_max_fen": 800000,
        "preferred_skills": ["PLC编程", "机械识图"],
        "min_education": "secondary", "occupation_code": "1-01-00-01",
        "description": "操作数控车床", "state": "draft"}


def test_again_it_is_the_same_one(firm, town, people):
    first, _ = one(firm)
    again, _ = one(firm)
    assert again["outcome"] == "unchanged"
    other, made = one(firm, title="数控铣床操作工")
    assert other["outcome"] == "replaced"
    assert {item["posting_id"] for item in (first, again, other)} \
        == {made["id"]}
    assert made["title"] == "数控铣床操作工"
    assert count(town, people) == 1


@pytest.mark.parametrize("document", [
    lambda a, b: [a, b],
    lambda a, b: {"@context": "https://schema.org", "@graph": [a, b]},
    lambda a, b: [{"@graph": [a]}, {"@graph": b}],
    lambda a, b: [{"@type": "WebSite", "name": "x"}, a,
                  {**b, "@type": ["Thing", "http://schema.org/JobPosting"]}]])
def test_documents(firm, document):
    reply = send(firm, document(job(), job(identifier="18")))
    assert reply.status == 200, reply
    assert [item["ref"] for item in reply.json["items"]] == ["17", "18"]
    assert [item["index"] for item in reply.json["items"]] == [0, 1]
    assert reply.json["counts"]["created"] == 2


def test_documents_that_are_none(firm):
    for document in ({"@type": "Recipe"}, [], {}, "null", '"JobPosting"',
                     {"@type": "JobPostings"}):
        reply = send(firm, document)
        assert (reply.status, reply.wheres()) == (422, ["#"]), document
    for document in ("", "{", '{"@type": "JobPosting", "@type": "x"}',
                     b'{"a": "\xff"}', "[" * 40 + "]" * 40):
        reply = send(firm, document)
        assert (reply.status, reply.problem["code"]) \
            == (400, "malformed-json"), document
    assert firm.client.post(TARGET, job()).status == 415
    many = [job(identifier=str(n)) for n in range(201)]
    assert send(firm, many).status == 422
    assert send(firm, many[:200]).json["counts"]["created"] == 200
    assert send(firm, " " * (2 * 1024 * 1024 + 1)).status == 413


def test_one_with_flaws_does_not_hold_up_the_others(firm, town, people):
    reply = send(firm, [job(title="名" * 101), job(identifier="18"),
                        job(identifier="18", title="第二次"),
                        job(identifier="19", jobLocation="Kirkland, WA")])
    items = reply.json["items"]
    assert [item["outcome"] for item in items] \
        == ["refused", "created", "refused", "refused"]
    assert [[error["pointer"] for error in item["errors"]]
            for item in items] == [["#/title"], [], ["#/ref"],
                                   ["#/division_code"]]
    assert members(items[3]["not_understood"]) == ["jobLocation"]
    assert reply.json["counts"] == {"created": 1, "replaced": 0,
                                    "unchanged": 0, "refused": 3, "others": 0}
    assert count(town, people) == 1


def test_a_report_in_both_languages(firm):
    said = [send(firm, job(jobBenefits="x"), headers={
        "Accept-Language": tag}).json["items"][0]["not_understood"]
        for tag in ("en", "zh-CN")]
    assert said == [
        [{"member": "jobBenefits",
          "detail": "says nothing that a posting has a place for"}],
        [{"member": "jobBenefits", "detail": "岗位信息没有对应的项目"}]]


def test_nothing_is_lost_silently(firm):
    """Every member is taken, assumed over or not understood."""
    body = job(jobBenefits="五险一金", workHours="40 小时",
               responsibilities="操作", jobStartDate="2027-03-01",
               experienceRequirements={"monthsOfExperience": 12},
               hiringOrganization={"@type": "Organization", "name": "甲厂"},
               salaryCurrency="CNY", baseSalary="10000", name="又名",
               skills={"@type": "DefinedTerm", "description": "无名"},
               educationRequirements="硕士", occupationalCategory="15-1132",
               validThrough="soon", totalJobOpenings="several")
    item, = take(firm, body)
    told = {*item["taken"], *members(item["assumed"]),
            *members(item["not_understood"])}
    silent = {"@context", "@type", "salaryCurrency"}
    assert set(body) - told == silent
    assert {"baseSalary", "occupationalCategory", "validThrough",
            "totalJobOpenings", "skills", "educationRequirements",
            "hiringOrganization", "jobStartDate", "name"} \
        <= set(members(item["not_understood"]))


@pytest.mark.parametrize("said, least, most", [
    (pay({"minValue": 6000, "maxValue": 8000}), 600000, 800000),
    (pay(5000), 500000, 500000),
    (pay("5,000.50"), 500050, 500050),
    (pay(120000, "YEAR"), 1000000, 1000000),
    (pay(100000, "YEAR"), 833333, 833333),         # rounded down
    (pay(1000, "WEEK"), 435000, 435000),
    (pay(200, "DAY"), 435000, 435000),
    (pay(25, "HOUR"), 435000, 435000),
    (pay(5000, "MON"), 500000, 500000),            # UN/CEFACT
    (pay({"minValue": 6000}), 600000, 600000),
    ({"@type": "MonetaryAmount", "currency": "RMB", "minValue": 1,
      "maxValue": 2, "unitText": "month"}, 100, 200),
    ({"@type": "UnitPriceSpecification", "priceCurrency": "CNY",
      "price": 30, "unitCode": "HUR"}, 522000, 522000),
    # no honest conversion
    (pay(5000, currency="USD"), None, None),
    (pay(5000, unit=None), None, None),
    (pay(5000, unit="ONCE"), None, None),
    (pay("面议"), None, None),
    (pay({}), None, None),
    (5000, None, None)])
def test_pay(firm, said, least, most):
    item, made = one(firm, baseSalary=said)
    assert (made["pay_min_fen"], made["pay_max_fen"]) == (least, most)
    assert ("baseSalary" in item["taken"]) == (least is not None)
    assert ("baseSalary" in members(item["not_understood"])) \
        == (least is None)


def test_pay_out_of_range_is_refused(firm):
    item, made = one(firm, baseSalary=pay(2000000))
    assert made is None and item["outcome"] == "refused"
    assert "#/pay_min_fen" in [e["pointer"] for e in item["errors"]]


@pytest.mark.parametrize("said, kind", [
    ("INTERN", "internship"), ("实习", "internship"),
    (["FULL_TIME", "INTERN"], "internship"), ("Full-time", "job"),
    ("PART_TIME", "job"), ("APPRENTICESHIP", "apprenticeship"),
    ("VOLUNTEER", "job"), (..., "job")])
def test_employment(firm, said, kind):
    item, made = one(firm, employmentType=said)
    assert made["kind"] == kind
    notes = members(item["assumed"] + item["not_understood"])
    assert ("employmentType" in notes) \
        == (said in ("PART_TIME", "VOLUNTEER", ...))


@pytest.mark.parametrize("place, code", [
    (WEST_LAKE, "330106"),
    ("浙江省杭州市西湖区文三路 1 号", "330106"),
    ("中国 浙江 杭州 西湖区", "330106"),
    ("浙江省，浙江省杭州市西湖区", "330106"),
    ("江蘇蘇州崑山市前進路", "320583"),           # 崑 is 昆 in simplified
    ("江苏省苏州市", "320500"),
    ("上海市浦东新区张江路", "310115"),
    ("北京朝阳区", "110105"),
    ("吉林", "220000"), ("吉林市", "220200"), ("吉林吉林市", "220200"),
    ("昆山", "320583"),
    ("朝阳区", None),                               # Beijing, Changchun
    ("Hangzhou", None), ("远程", None), ("", None)])
def test_places(firm, place, code):
    item, made = one(firm, jobLocation=place)
    assert (made and made["division_code"]) == code
    assert (code is None) == (item["outcome"] == "refused")


def test_of_several_places_the_first(firm):
    item, made = one(firm, jobLocation=[WEST_LAKE, "上海市"])
    assert made["division_code"] == "330106"
    assert "jobLocation" in members(item["not_understood"])


@pytest.mark.parametrize("said, text", [
    ("<p>操作<b>数控</b>车床</p><ul><li>三班</li></ul>", "操作数控车床\n- 三班"),
    ("R&amp;D", "R&D"), ("a < b", "a < b"),
    ("<script>alert(1)</script><p>x</p>", "x"),
    ("第一行\n第二行", "第一行\n第二行")])
def test_html_becomes_text(firm, said, text):
    assert one(firm, description=said)[1]["description"] == text
    assert one(firm, title="<b>数控</b>&amp;车床")[1]["title"] == "数控&车床"


@pytest.mark.parametrize("said, skills", [
    ("PLC编程、机械识图；CAD, CAM", ["PLC编程", "机械识图", "CAD", "CAM"]),
    (["a, b", "c", "c"], ["a, b", "c"]),
    ([{"@type": "DefinedTerm", "name": "焊接"}, {"termCode": "K0016"}],
     ["焊接", "K0016"]),
    ("长" * 61, [])])
def test_skills(firm, said, skills):
    item, made = one(firm, skills=said)
    assert made["preferred_skills"] == skills
    assert ("skills" in members(item["not_understood"])) == (skills == [])


@pytest.mark.parametrize("said, level", [
    ({"@type": "EducationalOccupationalCredential",
      "credentialCategory": "bachelor degree"}, "bachelor"),
    ("associate degree", "associate"), ("大专及以上，本科优先", "associate"),
    ("不限", None), ("high school", "secondary"), ("博士", None)])
def test_education(firm, said, level):
    assert one(firm, educationRequirements=said)[1]["min_education"] == level


def test_how_it_is_known_again(firm):
    for changes, name in (
            ({"identifier": "A-1"}, ("job-posting", "A-1")),
            ({"identifier": {"propertyID": "erp", "value": 7}}, ("erp", "7")),
            ({"identifier": ..., "url": "https://a.example/1"},
             ("url", "https://a.example/1")),
            ({"identifier": ..., "@id": "https://a.example/2"},
             ("url", "https://a.example/2"))):
        item, _ = one(firm, **changes)
        assert (item["ref_system"], item["ref"]) == name
        assert one(firm, **changes)[0]["outcome"] == "unchanged"
    item, _ = one(firm, identifier=..., url="https://a.example/" + "x" * 200)
    assert item["ref"].startswith("sha256:") and len(item["ref"]) == 71
    first, _ = one(firm, identifier=...)
    assert first["ref"] is None and "identifier" in members(first["assumed"])
    assert one(firm, identifier=...)[0]["posting_id"] != first["posting_id"]


def test_another_employers_is_refused(firm, town, people):
    uscc = town.one("select uscc from enterprise where id = %s",
                    people.enterprise)
    item, _ = one(firm, hiringOrganization={"taxID": uscc})
    assert item["outcome"] == "created"
    item, _ = one(firm, hiringOrganization={"taxID": "91330100000000001X"})
    assert (item["outcome"], item["errors"][0]["pointer"]) \
        == ("refused", "#/hiringOrganization")


def test_codes_that_are_in_no_list(firm):
    for own, pointer in (({"targets": ["799999"]}, "#/targets"),
                         ({"occupation_code": "9-99-99-99"},
                          "#/occupation_code"),
                         ({"division_code": "339999"}, "#/division_code"),
                         ({"targets": ["x"]}, "#/targets/0"),
                         ({"nonsense": 1, "openings": 0}, "#/openings")):
        item, made = one(firm, **{"urn:duikou:posting": {
            "@type": "@json", "@value": own}})
        assert made is None
        assert [error["pointer"] for error in item["errors"]] == [pointer]


def test_a_published_posting_keeps_to_the_rules(firm):
    posting = firm.open(ref_system="hr", ref="17")
    item, made = one(firm, **{"urn:duikou:posting": {"@value": {
        "kind": "internship", "targets": ["6603"]}}, "baseSalary": ...})
    assert item["outcome"] == "refused"
    assert {"#/pay_min_fen", "#/period_start"} \
        <= {error["pointer"] for error in item["errors"]}
    assert made == firm.client.get(f"{PATH}/{posting['id']}").json
    # a draft may lack all that; what it lacks is told
    draft_item, _ = one(firm, identifier="18", employmentType="INTERN",
                        baseSalary=...)
    assert draft_item["outcome"] == "created"
    assert {"#/targets", "#/pay_min_fen"} \
        <= {error["pointer"] for error in draft_item["to_publish"]}


def test_it_replaces_a_published_one(firm):
    posting = firm.open(kind="job", ref_system="hr", ref="17")
    item, made = one(firm)
    assert (item["outcome"], item["state"]) == ("replaced", "published")
    assert made["id"] == posting["id"] and made["title"] == "数控车床操作工"


def test_nobody_elses(firm, second, as_role):
    one(firm)
    item, made = one(second)
    assert item["outcome"] == "created"
    assert made["enterprise_id"] == str(second.enterprise)
    for role in ("student", "school", "office"):
        client = as_role(role)
        reply = client.post(TARGET, raw=b"{}",
                            content_type="application/ld+json")
        assert reply.status == 403


# ---- ours come back ----

TEXTS = ("数控车床", "R&D <b>工程师</b>", "a < b", "甲&amp;乙", "两行\n文字",
         "- 点", "\"quoted\" \\ {x}", "ＰＬＣ", "e\u0301")


def made_up(dice):
    """A posting with any of its members."""
    body = whole()
    for name in list(body):
        if dice.random() < .4 and name not in (
                "kind", "title", "openings", "division_code", "ref_system",
                "ref", "conditions", "exception_filing", "pay_min_fen",
                "pay_max_fen", "period_start", "period_end"):
            body.pop(name)
    low = dice.randrange(0, 1000000)
    body |= {"kind": dice.choice(("internship", "job", "apprenticeship",
                                  "order_class")),
             "title": dice.choice(TEXTS).replace("\n", " "),
             "description": dice.choice(TEXTS) + dice.choice(("", "\n"))
             + dice.choice(TEXTS),
             "openings": dice.randrange(1, 10001),
             "pay_min_fen": low, "pay_max_fen": low + dice.randrange(100000),
             "division_code": dice.choice(("330106", "330100", "330000",
                                           "310115"))}
    for name in ("ref_system", "pay_min_fen", "period_start", "conditions"):
        if dice.random() < .3:
            body.pop(name, None)
            body.pop({"ref_system": "ref", "pay_min_fen": "pay_max_fen",
                      "period_start": "period_end",
                      "conditions": "exception_filing"}[name], None)
    return body


@pytest.mark.parametrize("seed", range(40))
def test_what_we_give_out_comes_back_the_same(firm, second, seed):
    dice = random.Random(seed)
    body = made_up(dice)
    made = firm.client.post(PATH, body)
    assert made.status == 201, made
    made = firm.client.get(made.headers["location"]).json
    out = firm.client.get(f"{PATH}/{made['id']}/job-posting").json
    item, = take(firm, out)
    assert (item["outcome"], item["posting_id"]) \
        == ("unchanged", made["id"]), item
    assert item["not_understood"] == []
    assert firm.client.get(f"{PATH}/{made['id']}").json == made
    # another enterprise gets all of it but whose it is
    out["hiringOrganization"].pop("taxID")
    item, = take(second, out)
    theirs = second.client.get(f"{PATH}/{item['posting_id']}").json
    ours = {"id", "enterprise_id", "ref_system", "ref", "version",
            "created_at", "updated_at", "post_category_id"}
    assert {k: v for k, v in theirs.items() if k not in ours} \
        == {k: v for k, v in made.items() if k not in ours}
    # and a change of ours is undone by what was given out before
    firm.patch(made, made["version"], openings=made["openings"] % 10000 + 1)
    assert take(firm, {**out})[0]["outcome"] == "replaced"
    after = firm.client.get(f"{PATH}/{made['id']}").json
    assert after["openings"] == made["openings"]


def test_a_published_one_comes_back_too(firm):
    made = firm.open(post_category_id=None)
    out = firm.client.get(f"{PATH}/{made['id']}/job-posting").json
    assert take(firm, out)[0]["outcome"] == "unchanged"
    assert firm.publish(firm.add(**draft()), later()).status == 200


# ---- examples of others ----

@pytest.mark.skipif(not SOURCE.is_dir(), reason="no shared examples here")
def test_the_examples_of_schema_org(firm):
    """None of them is of here, so none can be a posting; each is read, and
    what stands in the way is told."""
    examples = json.loads(
        (SOURCE / "schemaorg_jobposting_examples.json").read_text("utf-8"))
    items = take(firm, [example["jsonld"] for example in examples])
    assert len(items) == len(examples) == 7
    for item, example in zip(items, examples):
        assert item["outcome"] == "refused"
        assert "#/division_code" in [e["pointer"] for e in item["errors"]]
        told = {*item["taken"], *members(item["assumed"]),
                *members(item["not_understood"])}
        assert set(example["jsonld"]) - told \
            <= {"@context", "@type", "salaryCurrency", "industry"}
    first = members(items[0]["not_understood"])
    assert {"baseSalary", "jobLocation", "occupationalCategory",
            "jobBenefits"} <= set(first)
    # the same at home
    home = [{**example["jsonld"], "jobLocation": WEST_LAKE,
             "url": f"https://a.example/{n}"}
            for n, example in enumerate(examples)]
    assert [item["outcome"] for item in take(firm, home)] == ["created"] * 7
