"""Turns openapi.yaml into the C text that /openapi.json serves.

    embed.py openapi.yaml openapi_document.c
"""

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


def main(source, target):
    text = json.dumps(load(source), ensure_ascii=False,
                      separators=(",", ":"))
    data = text.encode("utf-8")
    lines = [f'\t"{c_text(data[i:i + LINE])}"'
             for i in range(0, len(data), LINE)]
    target = pathlib.Path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        "/* Made from api-spec/openapi.yaml by api-spec/embed.py. */\n"
        '#include "endpoints/openapi_document.h"\n\n'
        "const char openapi_document[] =\n" + "\n".join(lines) + ";\n"
        f"const size_t openapi_document_bytes = {len(data)};\n",
        encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
