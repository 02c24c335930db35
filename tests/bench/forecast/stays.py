"""Made-up cohorts of which some leave, to score what is said of who stays."""

import subprocess

from tests.bench.forecast import years

AHEAD, COHORTS = 3, 6


def survival(program, items):
    """Of each (class, category, enrolled, past) a list of three (count, low,
    high, exact, reach, share)."""
    lines = []
    for a, b, enrolled, past in items:
        cells = [a, b, *enrolled]
        for cohort in past:
            for at_risk, lost in cohort:
                cells += [at_risk, lost]
        cells += [0] * (2 + AHEAD + 2 * AHEAD * COHORTS - len(cells))
        lines.append(" ".join(map(str, cells)))
    said = subprocess.run([program], input="\n".join(lines) + "\n", check=True,
                          capture_output=True, text=True).stdout
    out = []
    for line in said.splitlines():
        cells = [int(cell) for cell in line.split()]
        out.append([tuple(cells[6 * i:6 * i + 6]) for i in range(AHEAD)])
    return out


def leave(dice, students, share):
    return sum(dice.share() < share for _ in range(students))


def cohort(dice, size, shares):
    """How many there are with three, two and one year to go, and at the end:
    some leave each year."""
    left = [size]
    for share in shares:
        left.append(left[-1] - leave(dice, left[-1], share))
    return left


def city(seed, cohorts, specialties=120):
    """(item, who stays) of each specialty. The share that leaves differs by
    class, specialty and cohort, and is less in the later years."""
    dice = years.Dice(seed)
    of_class = [dice.between(.01, .06) for _ in range(specialties)]
    made = []
    for i in range(specialties):
        usual = of_class[i // 6] * dice.between(.5, 1.5)
        size = 1 + int(years.size(dice))

        def some():
            this = usual * dice.between(.6, 1.4)
            return cohort(dice, size, [this * .6, this * .3, this * .1])
        past = []
        for _ in range(cohorts):
            left = some()
            # with one, two, three years to go
            past.append([(left[2], left[2] - left[3]),
                         (left[1], left[1] - left[3]),
                         (left[0], left[0] - left[3])])
        coming = [some() for _ in range(AHEAD)]
        enrolled = [coming[0][2], coming[1][1], coming[2][0]]
        made.append(((i // 6, 1000 + i // 24, enrolled, past),
                     [left[3] for left in coming]))
    return made


def score(program, seeds=range(10), known=(0, 1, 2, 3, 6)):
    """{cohorts known: (error, naive error, share inside, its width, how
    many)}; the naive forecast is that all stay."""
    out = {}
    for n in known:
        error = naive = inside = width = count = 0
        for seed in seeds:
            made = city(7000 + 100 * n + seed, n)
            said = survival(program, [item for item, _ in made])
            for (item, stayed), got in zip(made, said):
                for enrolled, came, (say, low, high, *_) in zip(
                        item[2], stayed, got):
                    error += abs(came - say)
                    naive += abs(came - enrolled)
                    inside += low <= came <= high
                    width += high - low
                    count += 1
        out[n] = (error / count, naive / count, inside / count,
                  width / count, count)
    return out
