"""Postings in the words of schema.org."""

from tests.api.firm import NOBODY, PATH, hold, whole
from tests.api.firm import firm, second  # noqa: F401 (fixtures)


def told(client, posting, **more):
    return client.get(f"{PATH}/{posting['id']}/job-posting", **more)


def test_all_that_is_known(firm, town, people):
    made = firm.client.post(PATH, whole(pay_min_fen=320005)).json
    reply = told(firm.client, made)
    assert reply.headers["content-type"] == "application/ld+json"
    assert b'"minValue":3200.05,' in reply.body
    job = reply.json
    assert (job["@context"], job["@type"], job["employmentType"]) == \
        ("https://schema.org/", "JobPosting", "INTERN")
    assert job["identifier"] == {"@type": "PropertyValue", "name": "hr",
                                 "value": "17"}
    assert job["hiringOrganization"]["taxID"] == town.one(
        "select uscc from enterprise where id = %s", people.enterprise)
    assert job["jobLocation"]["address"] == {
        "@type": "PostalAddress", "addressCountry": "CN",
        "addressRegion": "浙江省", "addressLocality": "杭州市",
        "streetAddress": "湖滨路 1 号", "identifier": {
            "@type": "PropertyValue", "propertyID": "GB/T 2260",
            "value": "330106", "name": "西湖区"}}
    assert job["baseSalary"]["value"] == {
        "@type": "QuantitativeValue", "minValue": 3200.05,
        "maxValue": 3800.00, "unitText": "MONTH"}
    assert job["skills"] == made["required_skills"] + made["preferred_skills"]
    assert job["educationRequirements"]["credentialCategory"] == \
        "professional certificate"
    assert job["relevantOccupation"]["occupationalCategory"] == "1-01-00-01"
    assert "datePosted" not in job, "a draft"


def test_what_is_not_known_is_left_out(firm, as_role):
    draft = firm.add(kind="job", pay_min_fen=..., pay_max_fen=...)
    job = told(firm.client, draft).json
    assert not {"baseSalary", "educationRequirements", "datePosted",
                "relevantOccupation"} & set(job)
    assert job["employmentType"] == "FULL_TIME"
    posting = firm.open(kind="job")
    job = told(as_role("student"), posting).json
    assert job["identifier"]["value"] == posting["id"]
    assert (job["datePosted"], job["validThrough"]) == \
        (posting["published_at"], posting["closes_at"])


def test_who_may_read_it(firm, second):
    draft = firm.add()
    assert told(second.client, draft).status == 404
    reply = told(firm.client, draft)
    assert told(firm.client, draft,
                headers={"If-None-Match": reply.etag}).status == 304
    assert told(firm.client, {"id": NOBODY}).status == 404
    assert told(firm.client, draft,
                headers={"Accept": "application/json"}).status == 406


def test_a_school_reads_the_draft_that_it_is_asked_to_hold(firm, as_role):
    draft = firm.add(kind="apprenticeship", targets=["660103"])
    school = as_role("school")
    assert told(school, draft).status == 404
    hold(firm.client, school, draft)
    assert told(school, draft).json["title"] == draft["title"]
