"""Turns openapi.yaml into the C text that /openapi.json serves, and the columns
of its lists, with their Chinese headings of headings.csv, into the table that
exports are written by.

    embed.py openapi.yaml headings.csv openapi_document.c export_columns.c
"""

import copy
import csv
import gzip
import hashlib
import json
import pathlib
import sys

import yaml

LINE = 70
DEPTH_MAX = 4
FORMAT = {"name": "format", "in": "path", "required": True,
          "schema": {"enum": ["jsonl", "csv", "xlsx"]}}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Unique(yaml.SafeLoader):
    """YAML lets the last of two equal keys win; here two are an error."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"line {node.start_mark.line}: twice: {twice}")
        return super().construct_mapping(node, deep)


def load(path):
    """The document, with an export for each of its lists."""
    with open(path, encoding="utf-8") as file:
        document = yaml.load(file, Loader=Unique)
    paths = {}
    for path, item in document["paths"].items():
        paths[path] = item
        if is_list(document, item.get("get", {})):
            paths[path + ".{format}"] = {
                "get": export_of(document, item["get"])}
    document["paths"] = paths
    return document


# ---- lists and their columns ----

def resolved(document, part):
    while "$ref" in part:
        target = document
        for name in part["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        part = target
    return part


def parameters(document, operation):
    return [resolved(document, part)
            for part in operation.get("parameters", [])]


def is_list(document, operation):
    return any(part["name"] == "after"
               for part in parameters(document, operation))


def item_schema(document, operation):
    content = operation["responses"]["200"]["content"]["application/json"]
    for members in member_sets(document, content["schema"]):
        if "items" in members:
            return resolved(document, members["items"])["items"]
    raise ValueError(f"{operation['operationId']}: no items")


def member_sets(document, schema):
    """The properties of an object, also where it is put together of parts."""
    schema = resolved(document, schema)
    for kind in ("allOf", "oneOf", "anyOf"):
        for part in schema.get(kind, []):
            yield from member_sets(document, part)
    if schema.get("properties"):
        yield schema["properties"]


def columns(document, schema, before="", depth=0):
    """Names of scalars, lists and free objects; objects in objects dotted."""
    names = []
    for members in member_sets(document, schema):
        for name, member in members.items():
            inner = list(member_sets(document, member))
            if inner and depth < DEPTH_MAX:
                names += columns(document, member, before + name + ".",
                                 depth + 1)
            else:
                names.append(before + name)
    return list(dict.fromkeys(names))


# ---- headings ----

def load_headings(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {row["member"]: row["chinese"] for row in csv.DictReader(file)}


def headings(words, operation, names):
    """The Chinese of each column; a name where there is none. A list may have
    its own for a column ("listStudents:name"); a.b is that of a, and of b."""
    return [words.get(f"{operation}:{name}")
            or "·".join(words.get(part, part) for part in name.split("."))
            for name in names]


# ---- exports ----

def export_of(document, operation):
    name = operation["operationId"]
    item = item_schema(document, operation)
    table = {"schema": {"type": "string"},
             "x-columns": columns(document, item)}
    found = {
        "operationId": "export" + name.removeprefix("list")
                                      .removeprefix("get"),
        "x-export-of": name,
        "tags": operation["tags"],
        "summary": operation["summary"] + ": whole",
        "description": f"What {name} shows, all pages in one reply; see"
                       " the document's description.",
        "parameters": [part for part in operation.get("parameters", [])
                       if resolved(document, part)["name"] not in
                       ("limit", "after")] + [FORMAT],
        "responses": {
            "200": {
                "description": "All rows",
                "headers": {"Content-Disposition": {
                    "description": "With a file name.",
                    "schema": {"type": "string"}}},
                "content": {
                    "application/jsonl": {"schema": {"type": "string"},
                                          "x-item-schema": item},
                    "text/csv": table, XLSX: table}},
            "default": {"$ref": "#/components/responses/Problem"}},
    }
    if "security" in operation:
        found["security"] = operation["security"]
    return copy.deepcopy(found)


# ---- C ----

def c_text(data):
    """Octal escapes never run into the digit behind them."""
    out = []
    for byte in data:
        char = chr(byte)
        if char in '"\\':
            out.append("\\" + char)
        elif 32 <= byte < 127 and char != "?":
            out.append(char)
        else:
            out.append(f"\\{byte:03o}")
    return "".join(out)


def c_literal(data):
    return "\n".join(f'\t"{c_text(data[i:i + LINE])}"'
                     for i in range(0, len(data), LINE)) or '\t""'


def c_document(name, media_type, data):
    """A struct document (flow/document.h): as it is, and packed once."""
    packed = gzip.compress(data, 9, mtime=0)
    digest = hashlib.sha256(data).hexdigest()[:32]
    return (f"const struct document {name} = {{\n"
            f'\t.media_type = "{media_type}",\n'
            f'\t.etag = "\\"{digest}\\"",\n'
            f"\t.at =\n{c_literal(data)},\n\t.bytes = {len(data)},\n"
            f"\t.packed =\n{c_literal(packed)},\n"
            f"\t.packed_bytes = {len(packed)},\n}};\n")


def write_c(target, says, header, documents):
    target = pathlib.Path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f'/* {says} */\n#include "{header}"\n\n'
                      + "\n".join(documents), encoding="ascii")


def write_document(document, target):
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    write_c(target, "Made from api-spec/openapi.yaml by api-spec/embed.py.",
            "endpoints/openapi_document.h",
            [c_document("openapi_document", "application/json",
                        text.encode("utf-8"))])


def c_list(name, texts):
    words = "\n".join(f'\t"{c_text(text.encode())}",' for text in texts)
    return f"static const char *const {name}[] = {{\n{words}\n\tNULL\n}};\n"


def write_columns(document, words, target):
    tables, rows = [], []
    for item in document["paths"].values():
        operation = item.get("get", {})
        if "x-export-of" not in operation:
            continue
        name = operation["x-export-of"]
        names = operation["responses"]["200"]["content"]["text/csv"][
            "x-columns"]
        tables += [c_list(name, names),
                   c_list(name + "_zh", headings(words, name, names))]
        rows.append(f'\t{{ "{name}", {name}, {name}_zh }},\n')
    write_c(target, "Made from api-spec/openapi.yaml by api-spec/embed.py.",
            "flow/export.h",
            ["".join(tables),
             "const struct export_columns export_columns[] = {\n"
             + "".join(rows) + "};\n"
             f"const size_t export_columns_count = {len(rows)};\n"])


def main(source, words, document_target, columns_target):
    document = load(source)
    write_document(document, document_target)
    write_columns(document, load_headings(words), columns_target)


if __name__ == "__main__":
    main(*sys.argv[1:])
