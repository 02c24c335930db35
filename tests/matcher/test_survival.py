"""Who stays, against a reference in exact fractions on random cohorts; and the
score on made-up cohorts whose end is held out.

    test_survival.py FORECAST_STAYS
"""

import math
import pathlib
import sys
from fractions import Fraction as Q

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from tests.bench.forecast import stays, years  # noqa: E402

PROGRAM = sys.argv[1]
ONE, SHARE_ONE = 65536, 2**24


def sums(items, ahead, fits):
    past = [cohort[ahead] for item in items if fits(item)
            for cohort in item[3]]
    return sum(p[0] for p in past), sum(p[1] for p in past)


def share(items, item, ahead):
    """The share that leaves, from the widest pool to the narrowest."""
    p = Q(ahead + 1, 50)
    for fits in (lambda x: True, lambda x: x[1] == item[1],
                 lambda x: x[0] == item[0], lambda x: x is item):
        at_risk, lost = sums(items, ahead, fits)
        p = (lost + 50 * p) / (at_risk + 50)
    return p


def reach(items, item, ahead, shares):
    missed = sum((lost - at_risk * p)**2 for x, p in zip(items, shares)
                 for at_risk, lost in (c[ahead] for c in x[3]))
    chance = sum(at_risk * p * (1 - p) for x, p in zip(items, shares)
                 for at_risk, _ in (c[ahead] for c in x[3]))
    spread = min(max(1, missed / chance), 100) if chance else 1
    own, _ = sums(items, ahead, lambda x: x is item)
    p, n = shares[items.index(item)], item[2][ahead]
    square = p * (1 - p) * (n + Q(n * n, own + 50)) * spread
    return math.sqrt(square) * 1312 / 1024


def random_items(dice):
    items, classes = [], 1 + dice.roll(6)
    for i in range(1 + dice.roll(30)):
        number = dice.roll(classes)
        most = (5, 60, 900)[dice.roll(3)]
        past = []
        for _ in range(dice.roll(7)):
            cohort = []
            for _ in range(3):
                at_risk = dice.roll(most)
                cohort.append((at_risk, dice.roll(at_risk // 4 + 1)))
            past.append(cohort)
        items.append((number, 100 + number % 2,
                      [dice.roll(most) for _ in range(3)], past, i))
    return items


def check_reference():
    dice, count = years.Dice(3), 0
    for _ in range(30):
        items = random_items(dice)
        said = stays.survival(PROGRAM, [item[:4] for item in items])
        for ahead in range(3):
            shares = [share(items, item, ahead) for item in items]
            for item, p, got in zip(items, shares, said):
                stay, low, high, exact, wide, leaves = got[ahead]
                n = item[2][ahead]
                assert abs(leaves - p * SHARE_ONE) < 5, (leaves, float(p))
                assert abs(exact - n * (1 - p) * ONE) < n + 2
                wanted = reach(items, item, ahead, shares)
                assert abs(wide / ONE - wanted) < .01 * wanted + .05, \
                    (item, ahead, wide / ONE, wanted)
                assert 0 <= low <= stay <= high <= n
                assert (exact - wide) / ONE - 1 <= low or low == 0
                count += 1
    print(f"{count} as the reference says")


def check_score():
    for known, (error, naive, inside, *_) in stays.score(
            PROGRAM, range(4)).items():
        print(f"{known} cohorts: error {error:.3f}, naive {naive:.3f}, "
              f"inside {inside:.3f}")
        assert inside >= .8
        # Where no cohort is known yet, what is assumed is but assumed.
        assert known == 0 or error < .85 * naive


check_reference()
check_score()
