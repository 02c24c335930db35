"""Writes the API's reference, a page for people, from openapi.yaml, and what
serves it: static, without scripts, well-formed as XML, too.

    reference.py ROOT reference_pages.c
"""

import html
import json
import pathlib
import re
import sys

import embed
from examples import Maker
from reference_words import WORDS

PROBLEM = "application/problem+json"
METHODS = ("get", "put", "post", "patch", "delete")
# Of a schema: word, and how it is told.
LIMITS = {"minimum": "≥ {}", "maximum": "≤ {}", "minLength": "≥ {} chars",
          "maxLength": "≤ {} chars", "minItems": "≥ {} items",
          "maxItems": "≤ {} items", "multipleOf": "× {}"}


def escaped(text):
    return html.escape(str(text), quote=True)


def tag(name, /, *inside, **attributes):
    """An element; what is inside is written already."""
    told = "".join(f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
                   for key, value in attributes.items())
    if not inside and name in ("link", "meta", "br"):
        return f"<{name}{told}/>"
    return f"<{name}{told}>{''.join(inside)}</{name}>"


def code(text):
    return tag("code", escaped(text))


def inline(text):
    """`words` as code; all else as it is."""
    parts = re.split(r"`([^`]+)`", str(text).strip())
    return "".join(code(part) if i % 2 else escaped(part)
                   for i, part in enumerate(parts))


def sentences(text):
    """A line that does not begin as a sentence goes on with the last one."""
    return re.sub(r"\n(?![A-Z])", " ", text.strip()).splitlines()


def in_json(value):
    return json.dumps(value, ensure_ascii=False)


def table(heads, rows):
    head = tag("tr", *(tag("th", escaped(one), scope="col")
                       for one in heads))
    body = "".join(tag("tr", *(tag("td", one) for one in row))
                   for row in rows)
    return tag("div", tag("table", tag("thead", head), tag("tbody", body)),
               class_="wide")


class Page:
    def __init__(self, document, problems, words):
        self.document, self.problems, self.words = document, problems, words
        self.maker = Maker(document)
        # The document is in English: on other pages its words say so.
        self.tongue = {} if words["lang"] == "en" else {"lang": "en"}
        self.operations = [
            (method, path, item[method])
            for path, item in document["paths"].items()
            for method in item if method in METHODS]

    # ---- words of the document ----

    def said(self, text, name="span"):
        return tag(name, inline(text), **self.tongue) if text else ""

    def prose(self, text):
        return "".join(self.said(part, "p")
                       for part in re.split(r"\n\s*\n", text or "")
                       if part.strip())

    # ---- schemas ----

    def type_of(self, schema):
        """What a value is, in a line; objects are told by members_of."""
        w = self.words
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            return tag("a", escaped(name), href=f"#schema-{name}")
        if "const" in schema:
            return code(in_json(schema["const"]))
        if "enum" in schema:
            return f" {w['or']} ".join(code(in_json(one))
                                       for one in schema["enum"])
        for choice, word in (("oneOf", "or"), ("anyOf", "or"),
                             ("allOf", "and")):
            if choice in schema and "properties" not in schema:
                return f" {w[word]} ".join(map(
                    self.type_of, schema[choice])) + self._limits(schema)
        kinds = schema.get("type", "")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        told = f" {w['or']} ".join(self._kind(one, schema)
                                   for one in kinds)
        return told + self._limits(schema)

    def _kind(self, kind, schema):
        if kind == "array":
            items = schema.get("items", {})
            return f"{self.words['list_of']} {self.type_of(items)}"
        return escaped(kind or ("object" if "properties" in schema
                                else self.words["any"]))

    def _limits(self, schema):
        w = self.words
        told = [LIMITS[word].format(schema[word]) for word in LIMITS
                if word in schema]
        told += [schema[word] for word in ("format",) if word in schema]
        if "pattern" in schema:
            told.append("/" + schema["pattern"] + "/")
        if "default" in schema:
            told.append(f"{w['default']} {in_json(schema['default'])}")
        if schema.get("uniqueItems"):
            told.append(w["unique"])
        if False in (schema.get("additionalProperties"),
                     schema.get("unevaluatedProperties")):
            told.append(w["only_these"])
        return tag("span", " (" + escaped(", ".join(told)) + ")",
                   class_="note") if told else ""

    def members_of(self, schema):
        """The members of an object, and of what lies in them."""
        if "$ref" in schema:
            return ""
        inner = "".join(self.members_of(part) for choice in
                        ("oneOf", "anyOf", "allOf")
                        for part in schema.get(choice, []))
        if schema.get("properties"):
            required = schema.get("required", [])
            inner = table(
                [self.words["name"], self.words["type"],
                 self.words["meaning"]],
                [(code(name) + self._need(name in required),
                  self.type_of(part), self.said(part.get("description"))
                  + self.members_of(part))
                 for name, part in schema["properties"].items()]) + inner
        if isinstance(schema.get("items"), dict):
            inner += self.members_of(schema["items"])
        return inner

    def _need(self, is_required):
        word = self.words["required" if is_required else "optional"]
        return tag("br") + tag("span", escaped(word), class_="note")

    def example(self, holder):
        """The document's own example, or one that the schema allows."""
        w = self.words
        if "example" in holder:
            value, note = holder["example"], ""
        else:
            schema = self.maker.resolved(holder["schema"])
            if "properties" not in schema and schema.get("type") not in (
                    "object", "array") and "allOf" not in schema:
                return ""
            value, note = self.maker.value(schema), f" ({w['made']})"
        shown = value if isinstance(value, str) else json.dumps(
            value, ensure_ascii=False, indent=2)
        return tag("details", tag("summary", escaped(w["example"] + note)),
                   tag("pre", escaped(shown)))

    def schema_article(self, name, schema):
        return tag("article", tag("h3", escaped(name)),
                   self.prose(schema.get("description")),
                   tag("p", self.type_of(schema)), self.members_of(schema),
                   self.example({"schema": schema}), self._used_by(name),
                   id=f"schema-{name}")

    def _used_by(self, name):
        wanted = f"#/components/schemas/{name}"
        used = [operation["operationId"] for _, _, operation
                in self.operations if f'"{wanted}"' in json.dumps(operation)]
        if not used:
            return ""
        links = ", ".join(tag("a", escaped(one), href=f"#op-{one}")
                          for one in used)
        return tag("p", escaped(self.words["used_by"]) + ": " + links,
                   class_="note")

    # ---- operations ----

    def parameters(self, operation):
        w = self.words
        rows = []
        for part in map(self.maker.resolved,
                        operation.get("parameters", [])):
            told = self.said(part.get("description"))
            if "example" in part:
                told += f" {escaped(w['example'])}: {code(part['example'])}"
            rows.append((code(part["name"])
                         + self._need(part.get("required", False)),
                         escaped(part["in"]), self.type_of(part["schema"]),
                         told))
        return tag("h4", escaped(w["parameters"])) + table(
            [w["name"], w["in"], w["type"], w["meaning"]], rows) \
            if rows else ""

    def contents(self, content):
        return "".join(
            tag("p", code(kind) + ": " + self.type_of(holder["schema"]))
            + self.members_of(holder["schema"]) + self.example(holder)
            for kind, holder in content.items())

    def replies(self, operation):
        w = self.words
        rows = []
        for status, reply in operation["responses"].items():
            reply = self.maker.resolved(reply)
            if set(reply.get("content", {})) == {PROBLEM}:
                rows.append(self._refusal(status))
                continue
            fields = ", ".join(map(code, reply.get("headers", {})))
            told = self.said(reply["description"], "p")
            if fields:
                told += tag("p", f"{escaped(w['fields'])}: {fields}")
            told += self.contents(reply.get("content", {})) or tag(
                "p", escaped(w["no_body"]), class_="note")
            rows.append((code(w["others"] if status == "default"
                              else status), told))
        return tag("h4", escaped(w["replies"])) + table(
            [w["status"], w["meaning"]], rows)

    def _refusal(self, status):
        """The codes that this status may have, but for those of HTTP."""
        links = ", ".join(tag("a", code(row[2]), href="#problem-" + row[2])
                          for row in self.problems
                          if row[1] == status and len(row) > 3)
        problem = tag("a", "Problem", href="#schema-Problem")
        if status == "default":
            return code(self.words["others"]), problem
        return code(status), problem + (": " + links if links else "")

    def operation_article(self, method, path, operation):
        w = self.words
        is_open = operation.get("security") == []
        body = operation.get("requestBody")
        return tag(
            "article",
            tag("h3", tag("span", method.upper(), class_="method"), " ",
                code(path)),
            tag("p", self.said(operation["summary"], "strong"), " ",
                code(operation["operationId"]), " ",
                tag("span", escaped(w["public" if is_open else "bearer"]
                                    + (", " + w["deprecated"] if
                                       operation.get("deprecated")
                                       else "")), class_="note")),
            self.prose(operation.get("description")),
            self.parameters(operation),
            tag("h4", escaped(w["body"]))
            + self.contents(body["content"]) if body else "",
            self.replies(operation), id=f"op-{operation['operationId']}")

    # ---- the page ----

    def groups(self):
        """Each tag, and its operations."""
        for one in self.document["tags"]:
            yield one, [entry for entry in self.operations
                        if entry[2]["tags"][0] == one["name"]]

    def contents_list(self):
        w = self.words
        parts = [tag("p", tag("a", escaped(w["about"]), href="#about"))]
        for one, entries in self.groups():
            parts.append(self._entry(one["name"], "tag-" + one["name"], [
                (f"op-{operation['operationId']}", operation["operationId"])
                for _, _, operation in entries]))
        parts.append(self._entry(w["schemas"], "schemas", [
            (f"schema-{name}", name)
            for name in self.document["components"]["schemas"]]))
        parts.append(tag("p", tag("a", escaped(w["problems"]),
                                  href="#problems")))
        return tag("nav", *parts)

    @staticmethod
    def _entry(title, anchor, links):
        return tag("details", tag("summary", escaped(title)), tag(
            "ul", tag("li", tag("a", escaped(title), href="#" + anchor)),
            *(tag("li", tag("a", escaped(text), href="#" + to))
              for to, text in links)))

    def problem_table(self):
        w = self.words
        title = 3 if w["lang"] == "en" else 4
        return tag(
            "section", tag("h2", escaped(w["problems"])),
            tag("p", escaped(w["problem_says"])),
            table([w["code"], w["status"], w["meaning"]],
                  [(tag("a", code(row[2]), href=f"/problems/{row[2]}",
                        id=f"problem-{row[2]}"), escaped(row[1]),
                    escaped(row[title]) if len(row) > title else "")
                   for row in self.problems]), id="problems")

    def sections(self):
        for one, entries in self.groups():
            yield tag("section", tag("h2", escaped(one["name"])),
                      self.said(one["description"], "p"),
                      *(self.operation_article(*entry) for entry in entries),
                      id="tag-" + one["name"])
        yield tag("section", tag("h2", escaped(self.words["schemas"])),
                  *(self.schema_article(name, schema) for name, schema
                    in self.document["components"]["schemas"].items()),
                  id="schemas")
        yield self.problem_table()

    def head(self):
        return tag("head", tag("meta", charset="utf-8"),
                   tag("meta", name="viewport",
                       content="width=device-width, initial-scale=1"),
                   tag("title", escaped(self.words["title"])),
                   tag("link", rel="stylesheet", href="/docs/style.css"),
                   tag("link", rel="service-desc", href="/openapi.json",
                       type="application/json"))

    def text(self):
        w, info = self.words, self.document["info"]
        links = " · ".join((
            escaped(info["version"]),
            tag("a", escaped(w["document"]), href="/openapi.json"),
            tag("a", escaped(w["other_name"]),
                href=f"/docs?lang={w['other']}", hreflang=w["other"])))
        body = tag(
            "body", tag("a", escaped(w["skip"]), href="#main",
                        class_="skip"),
            tag("header", tag("h1", escaped(w["title"])), tag("p", links)),
            tag("div", self.contents_list(), tag(
                "main", tag("section", tag("h2", escaped(w["about"])),
                            self.said(info["summary"], "p"),
                            "".join(self.said(line, "p") for line in
                                    sentences(info["description"])),
                            id="about"),
                *self.sections(), id="main"), class_="page"))
        return "<!DOCTYPE html>\n" + tag("html", self.head(), body,
                                         lang=w["lang"]) + "\n"


def problems_of(root):
    """(name, status, code, English, Chinese), the HTTP layer's without the
    last two: rows of faults.def and http_flaws.def."""
    rows = {}
    for path, word in (("base/faults.def", "FAULT"),
                       ("flow/http_flaws.def", "FLAW")):
        text = (root / "server" / path).read_text(encoding="utf-8")
        for line in re.findall(rf"^{word}\((.*)\)$", text, re.M):
            name, rest = line.split(", ", 1)
            status, rest = rest.split(", ", 1)
            row = (name, status, *json.loads(f"[{rest}]"))
            rows.setdefault(row[2], row)
    return list(rows.values())


def main(root, target):
    root = pathlib.Path(root)
    spec = root / "api-spec"
    document = embed.load(spec / "openapi.yaml")
    problems = problems_of(root)
    pages = [embed.c_document(
        f"reference_page_{lang}", "text/html; charset=utf-8",
        Page(document, problems, words).text().encode("utf-8"))
        for lang, words in WORDS.items()]
    pages.append(embed.c_document("reference_style",
                                  "text/css; charset=utf-8",
                                  (spec / "reference.css").read_bytes()))
    embed.write_c(target, "Made from api-spec/openapi.yaml by"
                  " api-spec/reference.py.", "endpoints/reference_pages.h",
                  pages)


if __name__ == "__main__":
    main(*sys.argv[1:])
