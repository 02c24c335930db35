"""Code lists: the same for everybody."""

import pytest


def test_a_specialty(client):
    reply = client.get("/v1/reference/specialties/660301")
    assert reply.status == 200
    assert reply.json == {
        "code": "660301", "name": reply.json["name"], "level": "secondary",
        "class": {"code": "6603", "name": reply.json["class"]["name"]},
        "category": {"code": "66", "name": reply.json["category"]["name"]},
        "is_nationally_controlled": False,
        "edition": reply.json["edition"], "is_current": True}
    assert reply.headers["cache-control"].startswith("public, max-age=60")
    same = client.get("/v1/reference/specialties/660301",
                      headers={"If-None-Match": reply.etag})
    assert (same.status, same.body, same.etag) == (304, b"", reply.etag)


@pytest.mark.parametrize("code", ["999999", "66", "x", "%20", "660301'"])
def test_none(client, code):
    reply = client.get("/v1/reference/specialties/" + code)
    assert (reply.status, reply.problem["code"]) == (404, "not-found")
