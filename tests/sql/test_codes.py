"""Check digits and formats, against the vectors of the standards."""

from tests.sql.world import USCC_ALPHABET, uscc

# public company codes
VALID = ["914403001922038216", "91110000802100433B", "91330100799655058B",
         "9144030071526726XG", "91110108551385082Q", "91440300192317458F",
         "91440400192548256N"]
INVALID = ["91520000714307791T", "", "91440300192203821", "9144030019220382166",
           "91110000802100433b", "9111000080210O433B", "9111000080210I433B",
           "91110000802100433S", "91110000802100433V", "91110000802100433Z",
           " 914403001922038216", "914403001922038216\n",
           "９14403001922038216", "9144A3001922038216"]


def verdicts(world, codes):
    return [row[0] for row in world.run(
        "select uscc_is_valid(code) from unnest(%s)"
        " with ordinality as c (code, n) order by n", codes)]


def test_uscc_takes_the_known_codes(world):
    assert verdicts(world, VALID) == [True] * len(VALID)


def test_uscc_refuses_the_malformed(world):
    assert verdicts(world, INVALID) == [False] * len(INVALID)


def test_uscc_of_nothing_is_nothing(world):
    assert world.one("select uscc_is_valid(null)") is None


def test_uscc_sees_every_single_substitution(world):
    wrong = [code[:i] + char + code[i + 1:]
             for code in VALID for i in range(18) for char in USCC_ALPHABET
             if char != code[i]]
    assert len(wrong) == len(VALID) * 18 * 30
    assert not any(verdicts(world, wrong))


def test_uscc_has_one_check_character(world):
    for number in range(0, 10 ** 9, 7 ** 9):
        body = uscc(number)[:17]
        sound = verdicts(world, [body + char for char in USCC_ALPHABET])
        assert sound.count(True) == 1
        assert verdicts(world, [uscc(number)]) == [True]


def test_specialty_level(world):
    said = dict(world.run(
        "select n, specialty_level(n || '0101')"
        " from generate_series(10, 99) as n"))
    for category, level in said.items():
        expected = ("bachelor" if 21 <= category <= 39 else
                    "associate" if 41 <= category <= 59 else
                    "secondary" if 61 <= category <= 79 else None)
        assert level == expected, category


def test_words_are_sane(world):
    def sane(words, most=3):
        return world.one("select words_are_sane(%s::text[], %s)", words, most)

    assert sane([]) and sane(["a"]) and sane(["a", "b", "c"])
    assert not sane(["a", "b", "c", "d"])
    assert not sane(["a", None]) and not sane(["a", ""])
    assert not sane([["a"], ["b"]])
