"""The rule of the three lists a second time, as docs/specialty-lists.md has it,
in Python and by brute force."""

import collections
import itertools

BACK, AHEAD = 6, 2          # cohorts that are read
MEASURES = ("placed", "local", "aligned", "study", "demand", "demand_trend",
            "enrolment")
COUNTS = ("graduates", "placed", "employed", "local", "answered", "aligned",
          "studying")
SHARES = {"placed": ("placed", "graduates"), "local": ("local", "employed"),
          "aligned": ("aligned", "answered"),
          "study": ("studying", "graduates")}


def halves_up(numerator, denominator):
    return (2 * numerator + denominator) // (2 * denominator)


def mille(numerator, denominator):
    """None: 0 by 0."""
    if denominator == 0:
        return None if numerator == 0 else 10000
    return min(10000, halves_up(1000 * numerator, denominator))


def measure(evidence, window):
    """{measure: value or None}, how many cohorts and graduates counted."""
    cohorts = [one for one in evidence["cohorts"][:window]
               if one["is_counted"]]
    found = dict.fromkeys(MEASURES)
    for name, (part, whole) in SHARES.items():
        sums = [sum(one[kind][key] if kind else one[key] for one in cohorts)
                for kind in (None, "level") for key in (part, whole)]
        if sums[1] and sums[3]:
            found[name] = halves_up(10000 * sums[0], sums[1]) \
                - halves_up(10000 * sums[2], sums[3])
    markets = [(one["demand_mille"], one["supply"]) if one["supply"] is not
               None else None for one in evidence["cohorts"][:window]]
    known = [one for one in markets if one]
    if known:
        found["demand"] = mille(sum(one[0] for one in known),
                                1000 * sum(one[1] for one in known))
    earlier = [one for one in markets[1:] if one]
    if markets[0] and earlier:
        found["demand_trend"] = mille(
            markets[0][0] * sum(one[1] for one in earlier),
            markets[0][1] * sum(one[0] for one in earlier))
    following = [one["students"] for one in evidence["next"]
                 if one["is_counted"]]
    graduates = sum(one["graduates"] for one in cohorts)
    if following and graduates:
        found["enrolment"] = mille(sum(following) * len(cohorts),
                                   graduates * len(following))
    return found, len(cohorts), graduates


def holds(condition, threshold, value):
    is_rate = condition["measure"] in SHARES
    if condition["side"] == "at-least":
        worst = -10000 if is_rate else 0
        return (worst if value is None else value) >= threshold
    return (10000 if value is None else value) <= threshold


def outcome(evidence, rule, window):
    """rule: as the API says it."""
    values, cohorts, graduates = measure(evidence, window)
    if cohorts < rule["least_cohorts"] or graduates < rule["least_graduates"]:
        return "too-few"
    held = collections.defaultdict(list)
    for one in rule["conditions"]:
        held[one["outcome"]].append(
            holds(one, one["threshold"], values[one["measure"]]))
    if all(held["restrict"]):
        return "restrict"
    if all(held["strengthen"]):
        return "strengthen"
    if sum(held["upgrade"]) >= rule["upgrade_least"]:
        return "upgrade"
    return "none"


def with_threshold(rule, name, value):
    if name in rule:
        return {**rule, name: value}
    return {**rule, "conditions": [
        {**one, "threshold": value} if one["name"] == name else one
        for one in rule["conditions"]]}


def nearest_change(evidence, rule, name, most):
    """(value, outcome) of the nearest other threshold that makes another
    outcome, by trying them all; None: there is none."""
    now = outcome(evidence, rule, rule["cohorts"])
    was = rule[name] if name in rule else next(
        one["threshold"] for one in rule["conditions"] if one["name"] == name)
    for step in range(1, most):
        for value in (was + step, was - step):
            if name in rule and value < 1:
                continue
            other = outcome(evidence, with_threshold(rule, name, value),
                            rule["cohorts"])
            if other != now:
                return value, other
    return None


# ---- the evidence, from the rows themselves ----

class Blocks:
    """docs/destinations.md, "Small groups": the smallest parts put together
    until each block has enough."""

    def __init__(self, atoms, wholes, least):
        """atoms: {atom: count} in order; wholes(atom): narrowest first."""
        self.block = {atom: atom for atom in atoms}
        self.count = dict(atoms)
        self.least = least
        for level in range(5):
            for _, whole in itertools.groupby(
                    atoms, key=lambda atom: wholes(atom)[level]):
                self._join(list(whole))

    def members(self, block):
        return [atom for atom in self.block if self.block[atom] == block]

    def size(self, block):
        return sum(self.count[atom] for atom in self.members(block))

    def is_safe(self, block):
        return self.size(block) - len(self.members(block)) >= self.least - 1

    def _merge(self, gone, into):
        for atom in self.members(gone):
            self.block[atom] = into

    def _join(self, whole):
        one = None
        for atom in whole:
            if self.block[atom] != atom or self.is_safe(atom) or atom == one:
                continue
            if one is None:
                one = atom
            else:
                self._merge(atom, one)
            if self.is_safe(one):
                one = None
        if one is None:
            return
        safe = [atom for atom in whole
                if self.block[atom] == atom and atom != one
                and self.is_safe(atom)]
        if safe:
            self._merge(one, min(safe, key=self.size))

    def shows(self, group):
        touched = {self.block[atom] for atom in group}
        return bool(group) and all(
            self.is_safe(block) and set(self.members(block)) <= set(group)
            for block in touched)
