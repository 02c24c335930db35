"""Holds replies to api-spec/openapi.yaml."""

import json
import pathlib
import re
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "api-spec"))

import embed  # noqa: E402

FORMATS = "(?:jsonl|csv|xlsx)"
METHODS = ("get", "put", "post", "patch", "delete")
# RFC 9110: replies that the document need not name at each operation.
EVERYWHERE = range(400, 600)


class Contract:
    def __init__(self):
        self.document = embed.load(ROOT / "api-spec" / "openapi.yaml")
        self.resolver = jsonschema.RefResolver("", self.document)
        found = [
            (method.upper(), path, operation)
            for path, item in self.document["paths"].items()
            for method, operation in item.items() if method in METHODS]
        self.operations = [one for one in found
                           if "x-export-of" not in one[2]]
        self.exports = [one for one in found if "x-export-of" in one[2]]
        self.patterns = [
            (method, re.compile(re.sub(
                r"\\{\w+\\}", "[^/]+", re.escape(path).replace(
                    r"\{format\}", FORMATS))), operation)
            for method, path, operation in found]

    def operation_of(self, method, target):
        """Written-out paths win over those with parameters, and longer ones
        over shorter."""
        path = target.split("?", 1)[0]
        found = [(pattern.pattern.count("[^/]+"), -len(pattern.pattern),
                  operation)
                 for known, pattern, operation in self.patterns
                 if known == ("GET" if method == "HEAD" else method)
                 and pattern.fullmatch(path)]
        return min(found, key=lambda one: one[:2])[2] if found else None

    def never_seen(self, replies):
        """Documented replies (operation, status) that are not among these."""
        found = set()
        for reply in replies:
            operation = self.operation_of(*reply.request)
            if operation is not None:
                found.add((operation["operationId"], str(reply.status)))
        return [(operation["operationId"], status)
                for _, _, operation in self.operations + self.exports
                for status in operation["responses"]
                if status != "default"
                and (operation["operationId"], status) not in found]

    def resolved(self, part):
        while "$ref" in part:
            part = self.resolver.resolve(part["$ref"])[1]
        return part

    def check(self, reply):
        """Raises AssertionError if the reply is not as the document says."""
        method, target = reply.request
        operation = self.operation_of(method, target)
        if reply.headers.get("preference-applied") == "return=minimal":
            assert (reply.status, reply.body) in ((201, b""), (204, b""))
            return None
        if reply.status == 304 and reply.headers["etag"].startswith("W/"):
            assert not reply.body   # any page, as the document's head says
            return None
        if operation is None:
            assert reply.status in EVERYWHERE or method == "OPTIONS", reply
            return self._check_problem(reply, method)
        responses = operation["responses"]
        if str(reply.status) not in responses:
            assert reply.status in EVERYWHERE or method == "OPTIONS", \
                f"{operation['operationId']}: {reply.status} is not" \
                f" documented: {reply}"
            return self._check_problem(reply, method)
        response = self.resolved(responses[str(reply.status)])
        for name in response.get("headers", {}):
            optional = name == "Link"
            assert optional or name.lower() in reply.headers, \
                f"{reply} has no {name}"
        self._check_body(reply, method, response.get("content", {}))
        return None

    def _check_problem(self, reply, method):
        if reply.status >= 400:
            self._check_body(
                reply, method,
                self.document["components"]["responses"]["Problem"]["content"])

    def _check_body(self, reply, method, content):
        if method == "HEAD" or not content:
            assert not reply.body, reply
            return
        kind = reply.headers["content-type"].split(";", 1)[0].strip()
        assert kind in content, f"{kind}: {reply}"
        if kind == "application/jsonl":
            for line in reply.body.decode().split("\n")[:-1]:
                self._validate(reply, content[kind]["x-item-schema"], line)
        elif kind.endswith("json"):
            self._validate(reply, content[kind]["schema"], reply.body)

    def _validate(self, reply, schema, text):
        try:
            jsonschema.Draft202012Validator(
                schema, resolver=self.resolver).validate(json.loads(text))
        except jsonschema.ValidationError as flaw:
            raise AssertionError(f"{reply}: {flaw.message} at"
                                 f" {list(flaw.absolute_path)}") from flaw
