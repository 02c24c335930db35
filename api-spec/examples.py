"""Values that a schema allows: what the reference shows where the document
has no example of its own. The same schema gives the same value."""

import re._constants as kinds
import re._parser as parser

FORMATS = {"uuid": "01a05aae-cbc0-7bb3-a1fb-dd4867df65c3",
           "date": "2027-03-01", "date-time": "2027-03-01T08:00:00Z",
           "uri": "https://example.org/"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Maker:
    def __init__(self, document):
        self.document = document

    def resolved(self, part):
        while isinstance(part, dict) and "$ref" in part:
            at = self.document
            for name in part["$ref"].removeprefix("#/").split("/"):
                at = at[name]
            part = at
        return part

    def value(self, schema):
        schema = self.resolved(schema)
        for given in ("example", "const", "default"):
            if given in schema:
                return schema[given]
        for several in ("examples", "enum"):
            if schema.get(several):
                return schema[several][0]
        for choice in ("oneOf", "anyOf"):
            if choice in schema and "properties" not in schema:
                return self.value(schema[choice][0])
        if "allOf" in schema:
            return self._all_of(schema["allOf"])
        kind = schema.get("type", "object")
        kind = kind[0] if isinstance(kind, list) else kind
        return getattr(self, "_" + kind)(schema)

    def _all_of(self, parts):
        whole = {}
        for part in parts:
            whole.update(self.value(part))
        return whole

    def _object(self, schema):
        """All members, but for what may not go together with others."""
        members = {name: self.value(part) for name, part
                   in schema.get("properties", {}).items()}
        for choice in ("oneOf", "anyOf"):
            members.update(self._wanted(schema.get(choice, [])))
        return members

    def _wanted(self, choices):
        first = self.resolved(choices[0]) if choices else {}
        return self._object(first) if first.get("properties") else {}

    def _array(self, schema):
        least = max(1, schema.get("minItems", 1))
        items = schema.get("items", {})
        made = [self.value(items) for _ in range(least)]
        if schema.get("uniqueItems") and least > 1:
            made = [f"{one}{i}" if i else one for i, one in enumerate(made)]
        return made[:schema.get("maxItems", least)]

    def _string(self, schema):
        if "pattern" in schema:
            made = fitting(schema["pattern"])
            return made + made[-1:] * (schema.get("minLength", 0)
                                       - len(made))
        if schema.get("format") in FORMATS:
            return FORMATS[schema["format"]]
        text = "text"[:schema.get("maxLength", 4)]
        least = schema.get("minLength", 0)
        return text if len(text) >= least else \
            (LETTERS * (least // 26 + 1))[:least]

    @staticmethod
    def _integer(schema):
        least, most = schema.get("minimum", 0), schema.get("maximum")
        return least if least > 0 or most is None else min(max(least, 1),
                                                           most)

    _number = _integer

    @staticmethod
    def _boolean(schema):
        return True

    @staticmethod
    def _null(schema):
        return None


def fitting(pattern):
    """A text that the pattern matches: of every choice the first."""
    return "".join(map(_made, parser.parse(pattern)))


def _made(step):
    kind, more = step
    if kind is kinds.LITERAL:
        return chr(more)
    if kind is kinds.IN:
        return _first_of(more)
    if kind is kinds.ANY:
        return "a"
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        least, _, inner = more
        return "".join(map(_made, inner)) * least
    if kind is kinds.SUBPATTERN:
        return "".join(map(_made, more[-1]))
    if kind is kinds.BRANCH:
        return "".join(map(_made, more[1][0]))
    return ""


def _first_of(choices):
    for kind, more in choices:
        if kind is kinds.LITERAL:
            return chr(more)
        if kind is kinds.RANGE:
            return chr(more[0])
        if kind is kinds.CATEGORY:
            return "1" if more is kinds.CATEGORY_DIGIT else "a"
    return "a"
