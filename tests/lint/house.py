"""What the lints share: walking the tree, and reading C well enough.

The reader of C knows comments, strings, preprocessor lines, braces and
parentheses. It does not know types; the house's formatting (.clang-format)
makes that enough: a `{` at file scope after a `)` opens a function.
"""

import os
import re
import sys
import unicodedata

SKIP_DIRS = {".git", "build", "var", "node_modules", "__pycache__", ".cache",
             ".pytest_cache", ".venv"}

TOKEN = re.compile(r"[A-Za-z_]\w*|[{}()\[\];,=#:]|\S")


def files(root, *suffixes):
    """Every file below root with one of the suffixes, sorted, as paths
    relative to root."""
    found = []
    for folder, dirs, names in os.walk(root):
        dirs[:] = sorted(d for d in dirs if d not in SKIP_DIRS)
        for name in names:
            if not suffixes or name.endswith(suffixes):
                path = os.path.join(folder, name)
                if os.path.isfile(path) and not os.path.islink(path):
                    found.append(os.path.relpath(path, root))
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as f:
        return f.read()


def blank(text):
    """The same text, line for line, with the insides of comments, strings
    and preprocessor lines made into spaces."""
    pattern = re.compile(
        r"//(?:\\\n|[^\n])*"
        r"|/\*.*?\*/"
        r'|"(?:\\.|[^"\\\n])*"'
        r"|'(?:\\.|[^'\\\n])*'",
        re.S)

    def hide(m):
        s = m.group(0)
        if s[0] in "\"'":
            return s[0] + " " * (len(s) - 2) + s[0]
        return re.sub(r"[^\n]", " ", s)

    text = pattern.sub(hide, text)
    return re.sub(r"^[ \t]*#(?:\\\n|[^\n])*",
                  lambda m: re.sub(r"[^\n]", " ", m.group(0)),
                  text, flags=re.M)


def tokens(text):
    """(token, line number) for blanked text."""
    out = []
    for number, line in enumerate(text.split("\n"), 1):
        for m in TOKEN.finditer(line):
            out.append((m.group(0), number))
    return out


class Function:
    def __init__(self, name, first, parameters):
        self.name = name
        self.first = first
        self.last = first
        self.parameters = parameters
        self.nesting = 0

    @property
    def lines(self):
        return self.last - self.first + 1


def count_parameters(toks, opening, closing):
    """Commas between two parentheses, those inside deeper ones left out."""
    inside = toks[opening + 1:closing]
    if not inside or [t for t, _ in inside] == ["void"]:
        return 0
    depth, commas = 0, 0
    for t, _ in inside:
        if t in "([{":
            depth += 1
        elif t in ")]}":
            depth -= 1
        elif t == "," and depth == 0:
            commas += 1
    return commas + 1


def matching(toks, closing):
    """Index of the parenthesis that toks[closing] closes."""
    depth = 0
    for i in range(closing, -1, -1):
        if toks[i][0] == ")":
            depth += 1
        elif toks[i][0] == "(":
            depth -= 1
            if depth == 0:
                return i
    return -1


def head_of(toks, brace):
    """(name index, opening, closing) of the function whose body opens at
    toks[brace], or None if the brace opens something else."""
    i = brace - 1
    while i > 0 and toks[i][0] == ")":
        opening = matching(toks, i)
        if opening <= 0:
            return None
        word = toks[opening - 1][0]
        if word.startswith("__attribute") or word == "__attribute__":
            i = opening - 2
            continue
        if re.match(r"[A-Za-z_]", word):
            return opening - 1, opening, i
        if word == ")":            # a function returning a function pointer
            i = opening - 1
            continue
        return None
    return None


def functions(text):
    """Every function defined in a C file, outermost braces only."""
    toks = tokens(blank(text))
    out, depth, now, parens = [], 0, None, 0
    for i, (t, line) in enumerate(toks):
        if t == "(":
            parens += 1
        elif t == ")":
            parens -= 1
        elif t == "{":
            if depth == 0 and parens == 0:
                head = head_of(toks, i)
                if head:
                    name, opening, closing = head
                    now = Function(toks[name][0], toks[name][1],
                                   count_parameters(toks, opening, closing))
            depth += 1
        elif t == "}":
            depth -= 1
            if depth == 0 and now:
                now.last = line
                out.append(now)
                now = None
    for f in out:
        f.nesting = deepest(text, f)
    return out


OPENS = re.compile(r"^(\t+)(?:\} )?(?:else )?(?:if|for|while|do|switch)\b")
LEAF = re.compile(r"^(\t+)(?:return|goto|break|continue)\b")


def deepest(text, function):
    """How many control structures stand one in the other, told from the
    indentation that .clang-format guarantees."""
    found = 0
    for line in text.split("\n")[function.first - 1:function.last]:
        opens, leaf = OPENS.match(line), LEAF.match(line)
        if opens:
            found = max(found, len(opens.group(1)))
        elif leaf:
            found = max(found, len(leaf.group(1)) - 1)
    return found


def width(line):
    """Columns a line takes, with tabs of 8 and wide characters."""
    n = 0
    for c in line:
        if c == "\t":
            n += 8 - n % 8
        elif unicodedata.combining(c):
            continue
        elif unicodedata.east_asian_width(c) in "WF":
            n += 2
        else:
            n += 1
    return n


def main(check):
    """Run a lint on the tree named on the command line; say every flaw."""
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    flaws, looked_at = check(root)
    for flaw in flaws:
        print(flaw)
    print(f"{os.path.basename(sys.argv[0])}: {looked_at} files, "
          f"{len(flaws)} flaws")
    if looked_at == 0:
        print("nothing was looked at: wrong directory?")
        sys.exit(2)
    sys.exit(1 if flaws else 0)
