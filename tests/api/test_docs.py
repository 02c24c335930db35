"""The reference at /docs: whole, sound, readable without scripts, and linked
to nothing that is not there."""

import collections
import gzip
import re
import sys
import xml.etree.ElementTree as tree

import jsonschema
import pytest

from tests.api.server import ROOT

sys.path.insert(0, str(ROOT / "api-spec"))

from examples import Maker, fitting  # noqa: E402

PAGES = ["/docs?lang=zh", "/docs?lang=en"]


@pytest.fixture(scope="module", params=PAGES)
def page(server, request):
    client = server.client()
    reply = client.get(request.param)
    client.close()
    assert reply.status == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    return reply


@pytest.fixture(scope="module")
def root(page):
    kind, text = page.body.decode("utf-8").split("\n", 1)
    assert kind == "<!DOCTYPE html>"
    return tree.fromstring(text)


def ids(root):
    return [part.get("id") for part in root.iter() if part.get("id")]


def words(part):
    return "".join(part.itertext())


def test_every_operation_is_on_it(root, contract):
    articles = {part.get("id"): words(part) for part in root.iter("article")}
    for method, path, operation in contract.operations:
        text = articles["op-" + operation["operationId"]]
        assert f"{method} {path}" in text
        assert operation["summary"].replace("`", "") in text
        for part in map(contract.resolved, operation.get("parameters", [])):
            assert part["name"] in text
        for status in operation["responses"]:
            if status != "default":
                assert status in text


def test_every_schema_is_on_it(root, contract):
    articles = {part.get("id"): words(part) for part in root.iter("article")}
    for name, schema in contract.document["components"]["schemas"].items():
        text = articles["schema-" + name]
        for member in schema.get("properties", {}):
            assert member in text, (name, member)


def test_every_problem_is_on_it(root, client):
    codes = [one.removeprefix("problem-") for one in ids(root)
             if one.startswith("problem-")]
    assert {"quota-exceeded", "forbidden", "no-host"} <= set(codes)
    for code in codes:
        assert client.get("/problems/" + code).status == 200


def test_links_lead_somewhere(root, client):
    anchors = collections.Counter(ids(root))
    assert max(anchors.values()) == 1
    outside = set()
    for part in root.iter():
        for name in ("href", "src"):
            to = part.get(name)
            if to and to.startswith("#"):
                assert to[1:] in anchors, to
            elif to:
                outside.add(to)
    for to in outside:
        assert to.startswith("/"), "another origin: " + to
        assert client.get(to).status == 200, to


def test_nothing_runs_on_it(root, page):
    for part in root.iter():
        assert part.tag not in ("script", "style", "iframe", "form", "img")
        assert not [name for name in part.attrib
                    if name == "style" or name.startswith("on")]
    policy = dict(part.strip().split(" ", 1) for part in page.headers[
        "content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert 'rel="service-desc"' in page.headers["link"]


def test_its_language(client):
    for lang, tag, title in ((None, "zh-CN", "对口 API 参考"),
                             ("en", "en", "Duikou API reference"),
                             ("zh", "zh-CN", "对口 API 参考")):
        reply = client.get("/docs", headers={"Accept-Language": lang})
        assert reply.headers["content-language"] == tag
        assert f"<title>{title}</title>" in reply.body.decode()
    reply = client.get("/docs?lang=zh", headers={"Accept-Language": "en"})
    assert reply.headers["content-language"] == "zh-CN"
    assert client.get("/docs?lang=fr").status == 400


@pytest.mark.parametrize("path", [*PAGES, "/docs/style.css",
                                  "/openapi.json"])
def test_what_is_packed_beforehand(client, path):
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) * 2 < len(plain.body)
    packed.body = plain.body
    assert plain.headers["cache-control"].startswith("public")
    for etag in (plain.etag, packed.etag):
        same = client.get(path, headers={"If-None-Match": etag})
        assert (same.status, same.body) == (304, b"")


def test_examples_are_what_they_stand_for(contract):
    """What is made from a schema is what the schema allows, and so is what
    the document gives itself."""
    maker, schemas = Maker(contract.document), []
    for name, schema in contract.document["components"]["schemas"].items():
        schemas.append((name, schema, maker.value(schema)))
    for _, path, operation in contract.operations:
        for kind, holder in operation.get("requestBody", {}).get(
                "content", {}).items():
            if kind.endswith("json"):
                schemas.append((path, holder["schema"], holder.get(
                    "example", maker.value(holder["schema"]))))
    for name, schema, value in schemas:
        flaws = list(jsonschema.Draft202012Validator(
            schema, resolver=contract.resolver).iter_errors(value))
        assert not flaws, (name, flaws[0].message)


@pytest.mark.parametrize("pattern", [
    "^[2-7][0-9]([0-9]{2}){0,2}$", "^#", "^dk_[A-Za-z0-9_-]{43}$",
    r"^\d{6}$", "a|b", "^(x|y)+z?$"])
def test_texts_fit_their_patterns(pattern):
    assert re.search(pattern, fitting(pattern))


def test_the_catalogue_of_the_api(client):
    reply = client.get("/.well-known/api-catalog")
    assert reply.headers["content-type"] == "application/linkset+json"
    (links,) = reply.json["linkset"]
    for relation in ("service-desc", "service-doc", "status"):
        (target,) = links[relation]
        found = client.get(target["href"])
        assert found.status == 200
        assert found.headers["content-type"].startswith(target["type"])
    assert 'rel="service-desc"' in client.get("/version").headers["link"]


def test_the_contact_for_flaws(client, own_server, proof):
    assert client.get("/.well-known/security.txt").status == 404
    server, _ = own_server(security_contact="mailto:security@example.org")
    server.proof = proof
    one = server.client()
    reply = one.get("/.well-known/security.txt")
    one.close()
    assert reply.headers["content-type"].startswith("text/plain")
    lines = dict(line.split(": ", 1) for line in
                 reply.body.decode().splitlines())
    assert lines["Contact"] == "mailto:security@example.org"
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT00:00:00Z", lines["Expires"])
    assert set(lines) == {"Contact", "Expires", "Preferred-Languages"}
