"""How rare skills are: counted when asked, and used until counted again."""


import pytest

from tests.api.firm import Firm, firm  # noqa: F401 (fixtures)
from tests.api.server import Server, run
from tests.api.test_live import SECOND, within
from tests.api.test_reference_lists import walk
from tests.api.test_rounds import ROUND, add_policy
from tests.api.town import new_id


@pytest.fixture
def editions(people):
    return f"/v1/consortia/{people.consortium}/rarity-editions"


@pytest.fixture
def shop(firm, town, people):
    """Eight postings: all ask for cad, half for PLC, one for welding."""
    add_policy(town, people)
    made = []
    for i in range(8):
        skills = ["ＣＡＤ" if i % 2 else "cad"]
        skills += ["PLC编程"] if i < 2 else ["PLC編程"] if i < 4 else []
        skills += ["焊接"] if i == 0 else []
        made.append(firm.open(targets=["660301"], preferred_skills=skills,
                              preferred_certificates=["焊工"]))
    return made


def weights(client, editions, number):
    return {(item["word"], item["is_certificate"]):
            (item["asking"], item["weight"])
            for item in walk(client, f"{editions}/{number}?limit=2")}


def match(client, people, posting):
    return client.get(
        f"/v1/students/{people.student}/matches/{posting['id']}").json


def skills_part(pair):
    return next(part for part in pair["parts"] if part["name"] == "skills")


def test_counted(as_role, editions, shop):
    office = as_role("office")
    made = office.post(editions)
    assert made.status == 201, made
    assert (made.json["number"], made.json["posting_count"],
            made.json["word_count"]) == (1, 8, 4)
    assert made.headers["location"] == f"{editions}/1"
    assert weights(office, editions, 1) == {
        ("cad", False): (8, 1000), ("plc编程", False): (4, 2000),
        ("焊接", False): (1, 4000), ("焊工", True): (8, 1000)}
    again = office.post(editions)
    assert (again.status, again.json) == (200, made.json)
    assert office.get(editions).json["items"] == [made.json]


def test_an_edition_weighs_matches(as_role, server, town, people, firm,
                                   editions, shop):
    town.run("update student set skills = '{ＣＡＤ}', actor = id"
             " where id = %s", people.student)
    server.current(town)
    student, office = as_role("student"), as_role("office")
    before = match(student, people, shop[0])
    assert before["rarity_edition"] is None
    # cad, plc and welding alike, and a certificate: 1 of 4
    assert skills_part(before)["value"] == 2500
    assert office.post(editions).status == 201
    within(SECOND, lambda: match(
        student, people, shop[0])["rarity_edition"] == 1)
    after = match(student, people, shop[0])
    # 1000 of 1000 + 2000 + 4000 + 1000
    assert skills_part(after)["value"] == 1250
    assert after["score"] < before["score"]
    listed = {item["posting_id"]: item for item in walk(
        student, f"/v1/students/{people.student}/matches")}
    for posting in shop:
        pair = match(student, people, posting)
        item = listed[posting["id"]]
        assert (item["score"], item["rarity_edition"], item["parts"]) == \
            (pair["score"], 1, pair["parts"])
    candidates = firm.client.get(
        f"/v1/postings/{shop[0]['id']}/candidates").json["items"]
    assert [(c["score"], c["rarity_edition"]) for c in candidates
            if c["student_id"] == str(people.student)] == \
        [(after["score"], 1)]


def test_one_posting_more_moves_no_other(as_role, server, town, people, firm,
                                         editions, shop):
    assert as_role("office").post(editions).status == 201
    town.run("update student set skills = '{cad,焊接}', actor = id"
             " where id = %s", people.student)
    server.current(town)
    path = f"/v1/students/{people.student}/matches?limit=200"
    before = as_role("student").get(path).json["items"]
    for _ in range(8):
        firm.open(targets=["51"], kind="job", preferred_skills=["焊接"])
    server.current(town)
    after = as_role("student").get(path).json["items"]
    ids = {item["posting_id"] for item in before}
    assert [item for item in after if item["posting_id"] in ids] == before
    second = as_role("office").post(editions)
    assert (second.status, second.json["number"]) == (201, 2)
    assert weights(as_role("office"), editions, 2)[("焊接", False)] == \
        (9, 1000)


def test_two_servers_follow(cluster, database, server, town, people, as_role,
                            editions, shop):
    server.current(town)
    other = Server(cluster.url(database)).start()
    try:
        as_role("office").post(editions)
        for one in (server, other):
            client = one.client(people.tokens["student"])
            within(SECOND, lambda client=client: match(
                client, people, shop[0])["rarity_edition"] == 1)
            client.close()
    finally:
        assert other.stop() == 0


def test_two_spellings_are_one_ask(as_role, server, town, people, firm):
    add_policy(town, people)
    posting = firm.open(targets=["660301"], required_skills=["ＰＬＣ编程"],
                        preferred_skills=["plc編程", "焊接"])
    town.run("update student set skills = '{PLC编程}', actor = id"
             " where id = %s", people.student)
    pair = match(as_role("student"), people, posting)
    assert skills_part(pair)["value"] == 5000 and pair["is_eligible"]


def test_a_round_keeps_its_edition(as_role, town, people, firm, editions,
                                   shop):
    office = as_role("office")
    assert office.post(editions).json["number"] == 1
    subject = office.post("/v1/rounds", ROUND).json["id"]
    assert office.post(f"/v1/rounds/{subject}/open").status == 200
    firm.open(preferred_skills=["少见的技能"])
    assert office.post(editions).json["number"] == 2
    assert town.one("select rarity_edition from round where id = %s",
                    subject) == 1


def test_who_counts_and_who_reads(as_role, people, editions, shop):
    for role in ("student", "enterprise", "school"):
        assert as_role(role).post(editions).status == 403
        assert as_role(role).get(editions).json["items"] == []
    other = f"/v1/consortia/{new_id()}/rarity-editions"
    assert as_role("office").post(other).status == 404
    assert as_role("office").get(other).status == 404
    for number in ("1", "0", "x", "99999999999"):
        assert as_role("office").get(f"{editions}/{number}").status == 404
    assert as_role("office").post(editions).status == 201
    assert as_role("school").get(f"{editions}/1").status == 200


def test_no_posting_no_words(as_role, people, editions):
    made = as_role("office").post(editions)
    assert (made.status, made.json["posting_count"],
            made.json["word_count"]) == (201, 0, 0)
    assert as_role("office").get(f"{editions}/1").json["items"] == []


def test_a_skill_in_another_spelling_is_the_same(as_role, server, town,
                                                 people, firm):
    add_policy(town, people)
    posting = firm.open(targets=["660301"], required_skills=["ＰＬＣ编程"])
    town.run("update student set skills = '{plc編程}', actor = id"
             " where id = %s", people.student)
    pair = match(as_role("student"), people, posting)
    assert "skill" not in {r["rule"] for r in pair["broken_rules"]}
    assert skills_part(pair)["value"] == 10000


def test_pairs_that_are_loaded_count_at_once(apart, tmp_path, cluster):
    """Without a restart: a posting of an occupation is tied to a specialty."""
    with apart() as (server, database, town):
        people = town.people()
        add_policy(town, people)
        client = server.client(people.tokens["enterprise"])
        firm = Firm(client, people.enterprise)
        posting = firm.open(targets=["660301", "51"],
                            occupation_code="6-18-01-01")
        town.run("update student set specialty_code = '710101', actor = id"
                 " where id = %s", people.student)
        server.current(town)
        student = server.client(people.tokens["student"])
        path = f"/v1/students/{people.student}/matches"
        assert [i["tier"] for i in student.get(path).json["items"]] == [4]
        (tmp_path / "specialty_occupations.csv").write_text(
            "specialty_code,occupation_code\n710101,6-18-01-01\n")
        run(cluster.url(database), "reference", "load", str(tmp_path))
        within(SECOND, lambda: [
            i["tier"] for i in student.get(path).json["items"]] == [3])
        student.close()
        client.close()
