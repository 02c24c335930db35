"""Made-up years of cities whose truth is known, to score forecasts on: of six
kinds, none of which the forecast is made for. The random numbers are drawn
from the seed by integers alone, so that they are the same everywhere."""

import math

MASK = 2**64 - 1


class Dice:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed * 0x9e3779b97f4a7c15 & MASK

    def bits(self):
        self.state = self.state + 0x9e3779b97f4a7c15 & MASK
        z = self.state
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9 & MASK
        z = (z ^ z >> 27) * 0x94d049bb133111eb & MASK
        return z ^ z >> 31

    def roll(self, sides):
        return self.bits() % sides

    def share(self):
        return self.bits() / 2**64

    def normal(self, mean=0, deviation=1):
        return mean + deviation * (sum(self.share() for _ in range(12)) - 6)

    def between(self, least, most):
        return least + (most - least) * self.share()

    def poisson(self, mean):
        if mean > 60:
            return max(0, round(self.normal(mean, math.sqrt(mean))))
        least, count, product = math.exp(-mean), 0, self.share()
        while product > least:
            product *= self.share()
            count += 1
        return count

    def about(self, mean, spread):
        """A count whose mean itself varies by a share."""
        return self.poisson(mean * max(.1, self.normal(1, spread)))


def size(dice):
    return math.exp(dice.normal(math.log(30), 1))


def trend(dice, years):
    level, growth = size(dice), dice.normal(.04, .08)
    return [dice.about(level * math.exp(growth * t), .1)
            for t in range(years)]


def shift(dice, years):
    """To another level, once, up or down by a quarter to a half."""
    level, at = size(dice), 1 + dice.roll(years - 1)
    factor = math.exp((1 if dice.roll(2) else -1) * dice.between(.3, .8))
    return [dice.about(level * (factor if t >= at else 1), .1)
            for t in range(years)]


def saturation(dice, years):
    most = 2 * size(dice)
    middle, pace = dice.between(0, .7 * years), dice.between(.7, 1.6)
    return [dice.about(most / (1 + math.exp((middle - t) / pace)), .08)
            for t in range(years)]


def noise(dice, years):
    level = size(dice)
    return [dice.about(level, .25) for _ in range(years)]


def walk(dice, years):
    """Each year from where the last one was: the naive forecast's own."""
    level, counts = size(dice), []
    for _ in range(years):
        counts.append(dice.poisson(level))
        level *= math.exp(dice.normal(0, .15))
    return counts


def small(dice, years):
    """Few, and none at all in some years."""
    mean, share = dice.between(.3, 4), dice.between(.3, .9)
    return [dice.poisson(mean) if dice.share() < share else 0
            for _ in range(years)]


KINDS = {made.__name__: made
         for made in (trend, shift, saturation, noise, walk, small)}
SPECIALTIES = 120
CLASS = 6       # specialties in a class
CATEGORY = 24   # and in a category


def city(seed, years, kinds=tuple(KINDS)):
    """(class, category, kind, counts) of each specialty."""
    dice = Dice(seed)
    made = []
    for i in range(SPECIALTIES):
        kind = kinds[dice.roll(len(kinds))]
        made.append((i // CLASS, 1000 + i // CATEGORY, kind,
                     KINDS[kind](dice, years)))
    return made
