"""The code lists: all of them load, twice, and retire what is gone."""

import psycopg2
import pytest

from tests.support import pg as support

PAIRS = (support.ROOT.parent / "shared" / "reference"
         / "specialty_occupations.csv")
SIZES = {"specialty": 1495, "occupation": 1661, "industry": 1971,
         "division": 3434, "destination": 14, "unit_nature": 12,
         "specialty_alias": 314}


def test_all_lists_are_in(world):
    for name, size in SIZES.items():
        assert world.one(f"select count(*) from {name}"
                         " where is_current") == size
        edition, source, rows, bytes_ = world.run(
            "select edition, source, row_count, octet_length(sha256)"
            " from reference_list where name = %s", name)[0]
        assert edition and source and rows == size and bytes_ == 32
    assert world.one("select count(*) from specialty_occupation") == 0


def test_a_second_load_changes_nothing(database):
    assert support.load_reference(database) \
        == {name: (0, 0, 0) for name in SIZES}


def test_every_alias_is_of_the_catalogue(world):
    assert world.run("select alias, code from specialty_alias,"
                     " unnest(string_to_array(codes, ';')) as c (code)"
                     " where code not in (select code from specialty_node)") \
        == []
    assert {row[0] for row in world.run(
        "select code from specialty_name where name = '计算机'")} \
        == {"3102", "5102", "7102"}


def test_specialty_node_has_all_depths(world):
    assert dict(world.run("select digits, count(*) from specialty_node"
                          " group by 1")) == {2: 57, 4: 277, 6: 1495}
    assert world.run("select parent_code, name, level from specialty_node"
                     " where code = '5101'") \
        == [("51", "电子信息类", "associate")]


def rewrite(path, target, change):
    lines = path.read_text(encoding="utf-8").splitlines()
    target.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    return target


def test_changed_added_and_retired(database, tmp_path):
    def change(lines):
        kept = [line for line in lines if not line.startswith("210101,")]
        kept.append("210199,試驗專業,bachelor,2101,农业類,21,農林牧漁,0,2026")
        return [line.replace("现代农业装备应用技术", "改名技術")
                for line in kept]

    old = support.REFERENCE / "specialties.csv"
    file = rewrite(old, tmp_path / "new.csv", change)
    db = psycopg2.connect(database)
    added, changed, retired = support.absorb(db, "specialty", file)
    assert (added, retired) == (1, 1) and changed >= 1
    cursor = db.cursor()
    cursor.execute("select code, is_current from specialty"
                   " where code in ('210101', '210199') order by 1")
    assert cursor.fetchall() == [("210101", False), ("210199", True)]
    cursor.execute("select name from specialty_node where code = '210199'")
    assert cursor.fetchone() == ("試驗專業",)
    cursor.execute("select row_count, edition from reference_list"
                   " where name = 'specialty'")
    assert cursor.fetchone() == (1495, "test")
    # what comes back is current again
    support.absorb(db, "specialty", old)
    cursor.execute("select is_current from specialty where code = '210101'")
    assert cursor.fetchone() == (True,)
    db.close()


@pytest.mark.parametrize("line,code", [
    ("21019X,名,bachelor,2101,类,21,大类,0,2026", "23514"),
    ("210199,名,associate,2101,类,21,大类,0,2026", "23514"),
    ("210199,,bachelor,2101,类,21,大类,0,2026", "23502"),
    ("210199,名,bachelor,2101,类,21,大类,maybe,2026", "22P02"),
    ("210199,名,bachelor,2101,类,21,大类,0", "22P04"),
    ("210102,名,bachelor,2101,类,21,大类,0,2026", "23505"),
])
def test_a_bad_row_brings_nothing_in(database, tmp_path, line, code):
    file = rewrite(support.REFERENCE / "specialties.csv",
                   tmp_path / "bad.csv", lambda lines: lines + [line])
    db = psycopg2.connect(database)
    with pytest.raises(psycopg2.Error) as caught:
        support.absorb(db, "specialty", file)
    assert caught.value.pgcode == code
    db.close()


def test_a_wrong_header_is_refused(database):
    db = psycopg2.connect(database)
    with pytest.raises(psycopg2.Error) as caught:
        support.absorb(db, "division", support.REFERENCE / "specialties.csv")
    assert caught.value.pgcode == "42703"
    db.close()


def test_an_unknown_list_is_refused(world):
    for name in ("account", "nonsense", "reference_list"):
        with world.refused("DK007"):
            world.run("select * from reference_absorb(%s, 'e', 's', %s)",
                      name, b"0" * 32)


def test_an_operators_pair_list(database):
    if not PAIRS.exists():
        pytest.skip(f"no pair list at {PAIRS}")
    db = psycopg2.connect(database)
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    assert support.absorb(db, "specialty_occupation", PAIRS) \
        == (len(lines) - 1, 0, 0)
    assert support.absorb(db, "specialty_occupation", PAIRS) == (0, 0, 0)
    db.close()


def test_sources_are_told():
    text = (support.REFERENCE / "SOURCES.md").read_text(encoding="utf-8")
    for path in support.REFERENCE.glob("*.csv"):
        assert path.name == "lists.csv" or path.name in text, path.name
    assert not (support.REFERENCE / "specialty_occupations.csv").exists()
