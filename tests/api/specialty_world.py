"""Cities for the tests of the three lists: cohorts and what is asked for, by the
owner's SQL, and what of it the rule must see.
"""

import collections
import itertools

from tests.api.specialty_rule import AHEAD, BACK, COUNTS, Blocks

YEAR = 2025
YEARS = range(YEAR - BACK + 1, YEAR + AHEAD + 1)
SPECIALTIES = ["610101", "610102", "610301", "660301", "660302", "510101",
               "510102", "510301"]
DISTRICTS = ["330106", "330105"]
LEAST = 11


def level_of(specialty):
    return "associate" if specialty < "6" else "secondary"


class World:
    """Cohorts of several schools and what is asked for, by the owner's SQL,
    and the same in Python."""

    def __init__(self, town, people, schools=3):
        self.town, self.home = town, people.consortium
        self.schools = sorted([str(people.school)] + [
            str(town.school(self.home)) for _ in range(schools - 1)])
        for at, school in enumerate(self.schools):
            town.run("update school set division_code = %s, actor = id"
                     " where id = %s", DISTRICTS[at % 2], school)
        self.atoms = {}                 # (year, school, specialty): counts
        self.cells = []                 # (year, is_list, node, share)

    def add(self, year, school, specialty, *, employed=0, local=0, answered=0,
            aligned=0, studying=0, waiting=0):
        """employed: with local, answered, aligned among them, in that order."""
        kinds = collections.Counter(
            ("11", 3 if at < local else 1,
             0 if at >= answered else 2 if at < aligned else 1)
            for at in range(employed))
        kinds[("80", 0, 0)], kinds[("70", 0, 0)] = studying, waiting
        rows = [(self.home, school, year, specialty, *kind, n)
                for kind, n in kinds.items() if n]
        self.town.run(
            "insert into graduate_count values " + ", ".join([
                "(%s, %s, %s, 6, %s, 'female', %s, 1, %s, %s, 0, %s)"]
                * len(rows)), *itertools.chain(*rows))
        counts = self.atoms.setdefault((year, school, specialty),
                                       dict.fromkeys(COUNTS, 0))
        for name, n in zip(COUNTS, (employed + studying + waiting,
                                    employed + studying, employed, local,
                                    answered, aligned, studying)):
            counts[name] += n

    def ask(self, year, node, share, source="job"):
        self.town.run(
            "insert into demand_count (consortium_id, year, source, node,"
            " education, postings, openings, share) values (%s, %s, %s, %s,"
            " '', 1, %s, %s)", self.home, year, source, node, share // 1000,
            share)
        if source != "internship":
            self.cells.append((year, source == "demand-list", node, share))

    # ---- what must come ----

    def wholes(self, atom):
        year, school, specialty = atom
        district = self.district(school)
        return ((year, district, school, specialty[:4]),
                (year, district, school, specialty[:2]),
                (year, district, school), (year, district), (year,))

    def district(self, school):
        return DISTRICTS[self.schools.index(school) % 2]

    def expect(self, window=3):
        """{(specialty, school or None): evidence}"""
        order = sorted((atom for atom in self.atoms if atom[0] in YEARS),
                       key=lambda atom: (atom[0], self.district(atom[1]),
                                         atom[1], atom[2]))
        blocks = Blocks({atom: self.atoms[atom]["graduates"]
                         for atom in order}, self.wholes, LEAST)
        groups = {}
        for year, school, specialty in order:
            for key in ((specialty, None), (specialty, school)):
                if any((back, other, specialty) in self.atoms
                       and school == (key[1] or school)
                       for back in range(YEAR - window + 1, YEAR + 1)
                       for other in ([school] if key[1] else self.schools)):
                    groups.setdefault(key, {}).setdefault(year, []).append(
                        (year, school, specialty))
        shown = {key: {year: blocks.shows(group)
                       for year, group in years.items()}
                 for key, years in groups.items()}
        return {key: self._evidence(key, groups, shown, blocks, order, window)
                for key in groups}

    def _sum(self, atoms):
        atoms = list(atoms)
        return {name: sum(self.atoms[atom][name] for atom in atoms)
                for name in COUNTS}

    def _level(self, level, year, blocks, order):
        return self._sum(
            atom for atom in order if atom[0] == year
            and blocks.is_safe(blocks.block[atom])
            and all(level_of(other[2]) == level
                    for other in blocks.members(blocks.block[atom])))

    def _demand(self, specialty, year, groups, shown):
        """What is asked for, divided by who may be shown."""
        sums = [0, 0]
        taught = sorted({atom[2] for atom in self.atoms})
        weights = {one: sum(self.atoms[atom]["graduates"] for atom
                            in groups.get((one, None), {}).get(year, ()))
                   if shown.get((one, None), {}).get(year) else 0
                   for one in taught}
        cells = {}
        for when, is_list, node, share in self.cells:
            if when == year:
                cells[is_list, node] = cells.get((is_list, node), 0) + share
        for (is_list, node), share in cells.items():
            open_to = [one for one in taught if one.startswith(node)]
            whole, upto = sum(weights[one] for one in open_to), 0
            for one in open_to if whole else ():
                before, upto = upto, upto + weights[one]
                if one == specialty:
                    sums[is_list] += share * upto // whole \
                        - share * before // whole
        return max(sums) if cells else None

    def _evidence(self, key, groups, shown, blocks, order, window):
        specialty, _ = key
        level = level_of(specialty)
        cohorts = []
        for year in range(YEAR, YEAR - window - 1, -1):
            group = groups[key].get(year, [])
            is_counted = shown[key].get(year, False)
            counts = self._sum(group) if is_counted or not group else \
                dict.fromkeys(COUNTS)
            demand = self._demand(specialty, year, groups, shown)
            is_known = demand is not None and bool(
                shown[specialty, None].get(year))
            cohorts.append({
                "year": year, "is_in_window": year > YEAR - window,
                "is_counted": is_counted,
                "is_hidden": bool(group) and not is_counted, **counts,
                "level": self._level(level, year, blocks, order),
                "demand_mille": demand if is_known else None,
                "supply": self._sum(groups[specialty, None][year])["graduates"]
                if is_known else None})
        following = []
        for year in range(YEAR + 1, YEAR + 1 + AHEAD):
            group = groups[key].get(year, [])
            has_level = any(atom[0] == year and level_of(atom[2]) == level
                            for atom in order)
            is_known = has_level and (not group or shown[key][year])
            following.append({
                "year": year, "is_counted": is_known,
                "is_hidden": bool(group) and not is_known,
                "students": self._sum(group)["graduates"] if is_known
                else None})
        return {"cohorts": cohorts, "next": following}


def people_of(world, dice):
    """Random cohorts, and what is asked for."""
    for year, school, specialty in itertools.product(YEARS, world.schools,
                                                     SPECIALTIES):
        if dice.random() < 0.4:
            continue
        count = dice.choice([1, 3, 8, 10, 11, 12, 20, 40, 60])
        employed = dice.randint(0, count)
        studying = dice.randint(0, count - employed)
        local, answered = (dice.randint(0, employed) for _ in range(2))
        world.add(year, school, specialty, employed=employed, local=local,
                  answered=answered, aligned=dice.randint(0, answered),
                  studying=studying, waiting=count - employed - studying)
    for year in YEARS:
        for node in SPECIALTIES + ["6101", "61", "51", "6603"]:
            for source in ("job", "demand-list", "internship"):
                if year <= YEAR and dice.random() < 0.4:
                    world.ask(year, node, 1000 * dice.randint(1, 150), source)


# Hand-computed: 660301 is asked for and its graduates find work, 660302 is
# neither, 610101 is in between.
def a_city(world):
    school = world.schools[0]
    for year in YEARS:
        if year > YEAR:
            for specialty in ("660301", "660302", "610101"):
                world.add(year, school, specialty, waiting=40)
            continue
        world.add(year, school, "660301", employed=36, local=30, answered=30,
                  aligned=28, studying=2, waiting=2)
        world.add(year, school, "660302", employed=16, local=8, answered=16,
                  aligned=4, studying=1, waiting=23)
        world.add(year, school, "610101", employed=30, local=10, answered=20,
                  aligned=12, studying=2, waiting=8)
        world.ask(year, "660301", 60000)
        world.ask(year, "660302", 8000)
        world.ask(year, "610101", 30000)
