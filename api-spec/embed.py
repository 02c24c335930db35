"""Turns openapi.yaml into the C text that /openapi.json serves.

    embed.py openapi.yaml openapi_document.c
"""

import gzip
import hashlib
import json
import pathlib
import sys

import yaml

LINE = 70


class Unique(yaml.SafeLoader):
    """YAML lets the last of two equal keys win; here two are an error."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"line {node.start_mark.line}: twice: {twice}")
        return super().construct_mapping(node, deep)


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=Unique)


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


def main(source, target):
    text = json.dumps(load(source), ensure_ascii=False,
                      separators=(",", ":"))
    write_c(target, "Made from api-spec/openapi.yaml by api-spec/embed.py.",
            "endpoints/openapi_document.h",
            [c_document("openapi_document", "application/json",
                        text.encode("utf-8"))])


if __name__ == "__main__":
    main(*sys.argv[1:])
