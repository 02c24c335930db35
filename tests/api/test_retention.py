"""How long what is kept: what the list says is what test_sweep.py of tests/work
sees the worker do."""

SWEPT = {"sessions": 180, "tries": 0, "authorizations": 0, "idempotency": 0,
         "imports": 7, "account-invitations": 30, "contacts": 1095,
         "access-requests": 1095}


def test_the_list_is_what_the_worker_does(client):
    items = client.get("/v1/retention").json["items"]
    assert {i["kind"]: i["days"] for i in items if i["by"] == "sweep"} == SWEPT
    others = {i["kind"]: (i["days"], i["then"]) for i in items
              if i["by"] != "sweep"}
    # rules 1.30 and 6.5: nothing takes these away; a profile goes on request
    assert others == {"profiles": (None, "anonymised"),
                      "internships": (None, "kept"),
                      "destinations": (None, "kept"),
                      "recruitment": (None, "kept"), "audit": (None, "kept")}


def test_every_kind_says_why(client):
    seen = {}
    for tag in ("en", "zh-CN"):
        reply = client.get("/v1/retention", headers={"Accept-Language": tag})
        assert reply.headers["content-language"] == tag
        seen[tag] = reply.json["items"]
        for item in seen[tag]:
            assert item["article"] and item["what"] and item["basis"]
            assert (item["counted_from"] is None) == (item["then"] == "kept")
    assert all(a["what"] != b["what"] for a, b in zip(*seen.values()))


def test_erasing_takes_invitations_along(as_role, people, town):
    school = as_role("school")
    assert school.post("/v1/account-invitations", {
        "role": "student", "login_name": f"who.{people.slug}",
        "owner_id": str(people.student)}).status == 201
    assert school.post("/v1/access-requests", {
        "reason": "x", "student_id": str(people.student)}).status == 201
    town.run("select erase_student(%s, %s, 'x', %s)", people.consortium,
             people.student, people.accounts["school"])
    for table in ("account_invitation", "access_request"):
        assert town.one(f"select count(*) from {table} where student_id = %s",
                        people.student) == 0
