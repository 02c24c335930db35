"""Scores the forecasts of made-up cities on the years that were held out,
beside the naive forecast: the last year's count, for all three years.

The error is scaled by what the naive forecast of the next year misses within
the years that are known (mean absolute scaled error, Hyndman and Koehler 2006);
a specialty that never changed there has no scale and is left out of it."""

import collections
import subprocess

from tests.bench.forecast import years

AHEAD = 3
KNOWN = (3, 4, 5, 7, 9, 12)     # years that are known
SEEDS = 10
METHODS = ("naive", "smooth", "trend", "mean")

Ahead = collections.namedtuple(
    "Ahead", "count low high exact below above pool errors own by_method")
Forecast = collections.namedtuple("Forecast", "weights pool ahead")


def read_line(line):
    cells = [int(cell) for cell in line.split()]
    ahead = []
    for i in range(AHEAD):
        part = cells[5 + 13 * i:18 + 13 * i]
        ahead.append(Ahead(*part[:9], part[9:]))
    return Forecast(cells[:4], cells[4], ahead)


def forecast(program, groups):
    """Of each group of (class, category, counts), the forecasts; a count that
    is not known is None."""
    asked = "\n\n".join("\n".join(
        f"{a} {b} " + " ".join("-" if c is None else str(c) for c in counts)
        for a, b, counts in group) for group in groups)
    said = subprocess.run([program], input=asked + "\n", check=True,
                          capture_output=True, text=True).stdout
    return [[read_line(line) for line in part.split("\n")]
            for part in said.rstrip("\n").split("\n\n")]


class Score:
    """Of some forecasts, ours and the naive one."""

    def __init__(self):
        self.ours = self.naive = 0.0
        self.scaled = self.all = self.inside = self.reach = 0

    def add(self, known, actual, said):
        scale = sum(abs(a - b) for a, b in zip(known, known[1:]))
        if scale:
            scale /= len(known) - 1
            self.ours += abs(actual - said.count) / scale
            self.naive += abs(actual - known[-1]) / scale
            self.scaled += 1
        self.inside += said.low <= actual <= said.high
        self.reach += said.high - said.low
        self.all += 1

    def mase(self):
        return self.ours / self.scaled

    def naive_mase(self):
        return self.naive / self.scaled

    def ratio(self):
        return self.ours / self.naive

    def coverage(self):
        return self.inside / self.all

    def width(self):
        return self.reach / self.all


def score(program, seeds=range(SEEDS), known=KNOWN):
    """Scores by ("kind", k), ("years", n), ("ahead", h) and ("all", "")."""
    cities = [(n, years.city(1000 * n + seed, n + AHEAD))
              for n in known for seed in seeds]
    said = forecast(program, [[(a, b, counts[:n])
                               for a, b, _, counts in city]
                              for n, city in cities])
    scores = collections.defaultdict(Score)
    for (n, city), forecasts in zip(cities, said):
        for (_, _, kind, counts), got in zip(city, forecasts):
            for h, ahead in enumerate(got.ahead):
                for key in (("kind", kind), ("years", n),
                            ("ahead", h + 1), ("all", "")):
                    scores[key].add(counts[:n], counts[n + h], ahead)
    return scores
