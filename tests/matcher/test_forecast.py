"""Forecasts against a slow reference in exact fractions, on random series with
gaps; what the header promises; and the score on made-up cities with years held
out.

    test_forecast.py FORECAST_OURS [CITIES]
"""

import math
import pathlib
import sys
import time
from fractions import Fraction as Q

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from tests.bench.forecast import scoring, years  # noqa: E402

PROGRAM = sys.argv[1]
CITIES = int(sys.argv[2]) if len(sys.argv) > 2 else 40
ONE = 65536
ENOUGH = 30
CLASS, CATEGORY, ALL, NONE = range(4)


# ---- the reference ----

def methods(counts):
    """What the four say of the next four years, knowing these counts."""
    level = trend = smooth = None
    for count in counts:
        if level is None:
            if count is not None:
                level, trend, smooth = Q(count), Q(0), Q(count)
            continue
        expected = level + Q(7, 8) * trend
        trend *= Q(7, 8)
        if count is None:
            level = expected
            continue
        level = expected + Q(3, 4) * (count - expected)
        trend += (count - expected) / 2
        smooth = (smooth + count) / 2
    known = [count for count in counts if count is not None]
    out = []
    for _ in range(4):
        trend *= Q(7, 8)
        level += trend
        out.append([Q(known[-1]), smooth, max(Q(0), level),
                    Q(sum(known), len(known))])
    return out


def stray(exact):
    n = max(Q(1), exact)
    return math.sqrt(n + n * n / 16)


def scaled(error, by):
    return max(-8.0, min(8.0, float(error) / by))


def trials(counts):
    """(years ahead, what each method said, what came) of all the past."""
    for at in range(1, len(counts)):
        past = counts[:at + 1]
        if counts[at] is None or sum(c is not None for c in past) < 2:
            continue
        said = methods(past)
        for h in range(4):
            if at + 1 + h < len(counts) and counts[at + 1 + h] is not None:
                yield h, said[h], counts[at + 1 + h]


def pools_of(series):
    return (CLASS, series[0]), (CATEGORY, series[1]), (ALL, 0)


class Reference:
    def __init__(self, group):
        self.group = group
        self.past = [list(trials(counts)) for _, _, counts in group]
        self.missed, self.strays = {}, {}
        for series, past in zip(group, self.past):
            for pool in pools_of(series):
                to = self.missed.setdefault(pool, [[0.0] * 4, 0])
                for m, error in enumerate(self.errors(past)):
                    to[0][m] += error
                to[1] += len(past)

    @staticmethod
    def errors(past):
        return [sum(abs(scaled(came - said[m], stray(said[0])))
                    for _, said, came in past) for m in range(4)]

    def weights(self, i):
        """Shares, and whose errors made them."""
        sums, n, where = [1.0, 1.25, 1.25, 1.25], 1, NONE
        for which, number in pools_of(self.group[i]):
            if self.missed[which, number][1] >= ENOUGH:
                (sums, n), where = self.missed[which, number], which
                break
        past = self.past[i]
        means = [(own + 3 * pool / n) / (len(past) + 3) + 10 / 1024
                 for own, pool in zip(self.errors(past), sums)]
        raw = [(min(means) / mean)**8 for mean in means]
        return [weight / sum(raw) for weight in raw], where

    def take_weights(self, weights):
        """What the blend missed, with the weights that were chosen."""
        self.own = []
        for series, past, mille in zip(self.group, self.past, weights):
            own = [[], [], [], []]
            for h, said, came in past:
                blend = sum(w * s for w, s in zip(mille, said)) / 1000
                own[h].append(scaled(came - blend, stray(blend)))
            self.own.append(own)
            for pool in pools_of(series):
                to = self.strays.setdefault(pool, [[], [], [], []])
                for h in range(4):
                    to[h] += own[h]

    def reach(self, i, h):
        """How far down and up in strays, whose errors, and how many."""
        down = up = (1312, 1856, 2273, 2625)[h] / 1024
        mean, where, n = (817, 1155, 1415, 1634)[h] / 1024, NONE, 0
        for which, number in pools_of(self.group[i]):
            errors = sorted(self.strays[which, number][h])
            if len(errors) >= ENOUGH:
                n, where = len(errors), which
                down = max(0, -errors[(n + 1) // 10 - 1])
                up = max(0, errors[math.ceil((n + 1) * 9 / 10) - 1])
                mean = sum(map(abs, errors)) / n
                break
        own = [abs(error) for error in self.own[i][h]]
        width = ((sum(own) + 5 * mean) / (len(own) + 5) / mean) if mean \
            else 1
        return down, up, max(.5, min(4, width)), where, n


def near(got, wanted, room, what):
    if abs(got - wanted) > room:
        sys.exit(f"{what}: {got}, the reference says {float(wanted)}")


def compare_ahead(ahead, wanted, reach, floor, what):
    """One year; floor: how wide the year before was, at least and at most."""
    down, up, width, where, n = reach
    for m in range(4):
        near(ahead.by_method[m], wanted[m] * ONE, 40, f"{what} method {m}")
    assert (ahead.pool, ahead.errors) == (where, n), (what, ahead, reach)
    by = stray(Q(ahead.exact, ONE)) * width
    for side, (got, reached) in enumerate(((ahead.below, down),
                                           (ahead.above, up))):
        least, most = reached * by, reached * by
        if n and reached:
            most += by / 16     # errors are told apart by sixteenths
        floor[side][0] = max(floor[side][0], .995 * least - .01)
        floor[side][1] = max(floor[side][1], 1.005 * most + .01)
        if not floor[side][0] <= got / ONE <= floor[side][1]:
            sys.exit(f"{what}, side {side}: {got / ONE}, the reference says "
                     f"{floor[side]}")


def unknown_last(counts):
    return next(n for n, count in enumerate(reversed(counts))
                if count is not None)


def compare(group, forecasts):
    reference = Reference(group)
    for i, got in enumerate(forecasts):
        weights, where = reference.weights(i)
        assert got.pool == where, (i, got, where)
        assert sum(got.weights) == 1000
        for mille, weight in zip(got.weights, weights):
            near(mille, 1000 * weight, 6, f"weights of {group[i]}")
    reference.take_weights([got.weights for got in forecasts])
    for i, got in enumerate(forecasts):
        floor = [[0, 0], [0, 0]]
        wanted = methods(group[i][2])
        for h, ahead in enumerate(got.ahead):
            far = min(3, h + unknown_last(group[i][2]))
            assert ahead.own == len(reference.own[i][far])
            blend = sum(w * s for w, s in zip(got.weights, ahead.by_method))
            assert ahead.exact == blend // 1000
            compare_ahead(ahead, wanted[h], reference.reach(i, far), floor,
                          f"{group[i]}, {h + 1} ahead")


# ---- random series ----

def random_series(dice, most_years=12):
    n = 1 + dice.roll(most_years)
    most = (3, 40, 1000, 10000000)[dice.roll(4)]
    counts = [None if dice.roll(8) == 0 else dice.roll(most + 1)
              for _ in range(n)]
    if all(count is None for count in counts):
        counts[dice.roll(n)] = 5
    return counts


def random_group(dice):
    n = 1 + dice.roll(60)
    classes = 1 + dice.roll(8)
    group = []
    for _ in range(n):
        number = dice.roll(classes)
        group.append((number, 100 + number % 3, random_series(dice)))
    return group


def check_reference():
    dice = years.Dice(7)
    groups = [random_group(dice) for _ in range(CITIES)]
    for group, said in zip(groups, scoring.forecast(PROGRAM, groups)):
        compare(group, said)
    print(f"{sum(map(len, groups))} series as the reference says")


# ---- what is promised ----

def check_promises(said):
    for got in said:
        below = above = 0
        for ahead in got.ahead:
            assert 0 <= ahead.low <= ahead.count <= ahead.high, ahead
            assert ahead.below >= below and ahead.above >= above, got
            below, above = ahead.below, ahead.above
            assert min(ahead.by_method) - 1 <= ahead.exact \
                <= max(ahead.by_method), ahead


def check_scale(group, said):
    """A multiple of a series has the multiple of each method's number."""
    times = [(a, b, [c if c is None else 3 * c for c in counts])
             for a, b, counts in group]
    for one, three in zip(said, scoring.forecast(PROGRAM, [times])[0]):
        for a, b in zip(one.ahead, three.ahead):
            for m in range(4):
                assert abs(3 * a.by_method[m] - b.by_method[m]) < 150


def check_years_before(group, said):
    """Years before the first that is known change nothing."""
    more = [(a, b, [None, None] + counts) for a, b, counts in group]
    assert said == scoring.forecast(PROGRAM, [more])[0]


def check_properties():
    dice = years.Dice(11)
    for _ in range(CITIES // 4):
        group = [(a, b, [c if c is None else c % 1000000 for c in counts[:9]])
                 for a, b, counts in random_group(dice)]
        group = [series if any(c is not None for c in series[2])
                 else (series[0], series[1], [4]) for series in group]
        said = scoring.forecast(PROGRAM, [group])[0]
        check_promises(said)
        check_scale(group, said)
        check_years_before(group, said)


# ---- the score ----

def check_score():
    scores = scoring.score(PROGRAM, range(5))
    whole = scores["all", ""]
    print(f"error {whole.mase():.3f}, naive {whole.naive_mase():.3f}, "
          f"coverage {whole.coverage():.3f}")
    assert whole.ratio() < .97, whole.ratio()
    assert .80 <= whole.coverage() <= .92, whole.coverage()
    for key, score in scores.items():
        # Not worse anywhere, not even where the naive one is right.
        assert score.ratio() < 1.01, (key, score.ratio())
        assert .77 <= score.coverage() <= .97, (key, score.coverage())


def check_speed():
    """1,500 series of 12 years, far within what a request may take."""
    dice = years.Dice(5)
    group = [(i // 15, 1000 + i // 75,
              [dice.roll(200) for _ in range(12)]) for i in range(1500)]
    start = time.monotonic()
    scoring.forecast(PROGRAM, [group])
    assert time.monotonic() - start < 5


check_reference()
check_properties()
check_score()
check_speed()
