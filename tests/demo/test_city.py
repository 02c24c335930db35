"""The city is what it says: the counts, the marginals of real ones, codes
from the lists, a round that was placed soundly, and one to take part in."""

import json
import statistics
import subprocess

from tests.demo.place import MATCHER


def counts(city, table):
    return city.one(f"select count(*) from {table}")


def test_counts(city):
    assert [counts(city, table) for table in (
        "school", "enterprise")] == [8, 150]
    assert city.one("select count(*) from student where state = 'active'") \
        == 6000
    assert city.one("select count(*) from enterprise"
                    " where state = 'verified'") == 144
    assert city.one("select count(*) from posting where state = 'published'"
                    " and closes_at > now() + interval '60 days'") == 800
    assert {kind for kind, in city.run("select distinct kind from posting")} \
        == {"internship", "job", "apprenticeship", "order_class"}
    assert city.one("select count(*) from cooperation where state = 'agreed'"
                    ) == city.one("select count(*) from posting where kind in"
                                  " ('apprenticeship', 'order_class')")
    # each has students who may take it
    assert city.one(
        "select count(*) from cooperation c where not exists (select from"
        " student s where s.school_id = c.school_id and s.specialty_code ="
        " c.specialty_code and s.entry_year = coalesce(c.entry_year,"
        " s.entry_year))") == 0
    assert city.run(
        "select version, floor_mille, staff_cap_mille,"
        " post_category_cap_mille, jsonb_array_length(floors),"
        " valid_from > now() from policy order by version") == [
            (1, 20, 100, 200, 0, False), (2, 20, 100, 200, 2, True)]


def test_quotas_by_size_and_an_exemption(city):
    """Today one is exempt; in 30 days floors follow size and industry."""
    home = city.one("select id from consortium where slug = 'demo'")
    quotas = """
select count(*) filter (where u.floor_rule = 'exemption'),
	count(*) filter (where u.floor_rule = 'size' and u.floor_seats = 0),
	count(*) filter (where u.floor_rule = 'industry-and-size'
		and u.floor_mille = 30), count(*)
from policy p cross join lateral enterprise_quota_under(p, %s::date) u
where p.consortium_id = %s and p.version = policy_on(%s, %s::date)
"""
    for ahead, exempt in ((0, 1), (20, 1), (21, 0), (30, 0)):
        day = city.one(f"select today_in_china() + {ahead}")
        [(found, small, large, count)] = city.run(quotas, day, home, home,
                                                  day)
        assert (found, count) == (exempt, 150)
        assert (small > 0, large > 0) == (ahead == 30,) * 2


def test_marginals(city):
    sizes = [size for size, in city.run(
        "select count(*) from student where state = 'active'"
        " group by school_id, class_name")]
    assert min(sizes) >= 7 and max(sizes) <= 53
    assert 32 <= statistics.median(sizes) <= 36
    openings = [n for n, in city.run("select openings from posting"
                                     " where state = 'published'")]
    assert statistics.median(openings) == 2
    assert max(openings) == 150
    quartiles = [statistics.quantiles(
        [pay for pay, in city.run(f"select {column} from posting"
                                  " where kind = 'job'"
                                  " and state = 'published'")], n=4)
        for column in ("pay_min_fen", "pay_max_fen")]
    assert 430000 <= quartiles[0][0] <= 600000
    assert 600000 <= quartiles[1][2] <= 850000
    assert city.one("select count(*) from posting where kind = 'internship'"
                    " and pay_min_fen * 10 < pay_standard_fen * 8") == 0


def test_every_code_is_current(city):
    for column, table, key in (
            ("specialty_code", "student", "specialty"),
            ("home_division_code", "student", "division"),
            ("industry_code", "enterprise", "industry"),
            ("division_code", "enterprise", "division"),
            ("division_code", "posting", "division"),
            ("division_code", "school", "division")):
        assert city.one(
            f"select count(*) from {table} t where not exists (select"
            f" from {key} k where k.code = t.{column} and k.is_current)") \
            == 0, (table, column)
    assert city.one(
        "select count(*) from student s, unnest(willing_division_codes) w"
        " where not exists (select from division d where d.code = w"
        " and d.is_current)") == 0
    assert city.one(
        "select count(*) from posting, unnest(targets) t where not exists"
        " (select from specialty_node n where n.code = t)") == 0
    # what a student learns is of the school's level
    assert city.one(
        "select count(*) from student s join school c on c.id = s.school_id"
        " where s.level <> replace(c.kind, 'technician', 'secondary')") == 0


def test_nobody_is_too_young_to_work(city):
    assert city.one("select count(*) from student where birth_date is null"
                    " or birth_date > make_date(entry_year - 16, 9, 1)") == 0
    # nor a first-year student in a round
    assert city.one(
        "select count(*) from wish_list l join student s"
        " on s.id = l.student_id join round r on r.id = l.round_id"
        " where s.entry_year >= extract(year from r.period_start"
        " - interval '8 months')") == 0


def test_names_come_once(city):
    for column in ("name", "uscc"):
        assert city.one(f"select count(distinct {column})"
                        " from enterprise") == 150


def test_every_internship_has_somebody_to_take_it(city):
    """By the rules that the data can break, in SQL: category, education,
    required skill, place. Nobody wishes for what the rules block, so a wish
    shows more: nearly all are wished for."""
    assert city.one("""
        select count(*) from posting p
        where p.kind = 'internship' and not exists (
            select from student s
            where substr(s.specialty_code, 2, 1) = any (
                    select substr(t, 2, 1) from unnest(p.targets) t)
                and s.skills @> p.required_skills
                and s.certificates @> p.required_certificates
                and array_position(
                    array['secondary', 'associate', 'bachelor'], s.level)
                    >= coalesce(array_position(
                    array['secondary', 'associate', 'bachelor'],
                    p.min_education), 1)
                and (s.is_willing_anywhere or s.willing_division_codes
                    && array[p.division_code, '320500']
                    or s.willing_division_codes = '{}'))""") == 0
    wished, internships = city.run(
        "select count(distinct w.posting_id), (select count(*) from posting"
        " where kind = 'internship') from wish w")[0]
    assert wished >= internships * 0.95


def files_of(city, tmp_path):
    paths = {}
    for kind, content in city.run("select kind, bytes from run_file"):
        paths[kind] = tmp_path / f"{kind}.json"
        paths[kind].write_bytes(bytes(content))
    return paths


def test_published_round_is_verified(city, tmp_path):
    paths = files_of(city, tmp_path)
    judged = subprocess.run(
        [MATCHER, "verify", "--in", paths["instance"], "--result",
         paths["result"]], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    again = tmp_path / "again.json"
    subprocess.run([MATCHER, "place", "--mode", "stable", "--in",
                    paths["instance"], "--out", again], check=True)
    assert again.read_bytes() == paths["result"].read_bytes()
    placed = json.loads(paths["result"].read_bytes())["placements"]
    assert sorted((p["student"], p["posting"]) for p in placed) == sorted(
        city.run("select student_id::text, posting_id::text from placement"
                 " where origin = 'round'"))


def test_no_cap_is_broken(city):
    assert city.one("select count(*) from placement") > 1000
    for table, whose, most in (
            ("enterprise", "enterprise_id", "staff_count / 10"),
            ("post_category", "post_category_id", "staff_count / 5"),
            ("posting", "posting_id", "openings")):
        assert city.one(f"""
            select count(*) from (select distinct period_start as day
                from placement) d
            join {table} e on e.{most} < (
                select count(*) from placement p where p.{whose} = e.id
                    and p.period_start = d.day)""") == 0
    # and caps mattered: somebody met a full enterprise or category
    assert city.one("select count(*) from run_cutoff"
                    " where binding <> posting_id::text") > 0


def test_internships_of_those_who_have_left(city):
    """Each on its agreement, over, and against no rule; so that the report
    has something to say."""
    assert city.run(
        "select count(*) > 200, count(distinct extract(year from"
        " i.started_on)),"
        " count(*) filter (where broken <> '{}'),"
        " count(*) filter (where tier > 4 or tier is null)"
        " from internship_start i join placement p on p.id = i.id join"
        " student s on s.id = p.student_id"
        " where s.state = 'graduated'") == [(True, 2, 0, 0)]
    assert city.run("select p.state, count(*) > 200 from placement p join"
                    " student s on s.id = p.student_id where p.origin ="
                    " 'school' and s.state = 'graduated' group by 1"
                    ) == [("completed", True)]
    assert city.run("select state, count(*) from complaint group by 1"
                    " order by 1") == [("answered", 2), ("open", 1)]


def test_internships_that_last(city):
    """Of third-year students whom no round waits for, against no rule; some
    enterprises take what is asked of them, some a part, some nobody."""
    assert city.run(
        "select count(*) > 200, count(*) filter (where i.broken <> '{}'),"
        " count(*) filter (where p.state <> 'started' or p.period_end"
        " not between today_in_china() and s.graduates_on),"
        " count(*) filter (where exists (select from placement o where"
        " o.student_id = s.id and o.state = 'proposed') or exists (select from"
        " wish_list l join round r on r.id = l.round_id where r.state ="
        " 'open' and l.student_id = s.id))"
        " from internship_start i join placement p on p.id = i.id"
        " join student s on s.id = p.student_id"
        " where s.state <> 'graduated'") == [(True, 0, 0, 0)]
    kept = dict(city.run(
        "select case when x.present = 0 then 'none' when x.present <"
        " q.floor_seats then 'short' else 'kept' end, count(*)"
        " from consortium c cross join lateral enterprise_quota(c.id, 1,"
        " today_in_china()) q cross join lateral (select count(*) as present"
        " from placement p where p.enterprise_id = q.enterprise_id and"
        " p.state = 'started') x where c.slug = 'demo' and q.floor_seats > 0"
        " group by 1"))
    assert min(kept[how] for how in ("none", "short", "kept")) > 5, kept


def test_rounds(city):
    rows = dict(city.run("select state, count(*) from round r, wish_list l"
                         " where l.round_id = r.id group by state"))
    assert set(rows) == {"published", "open"}
    assert 2500 <= rows["published"] <= 3100
    assert rows["open"] >= 1500
    assert city.one("select count(*) from round where state = 'open'"
                    " and opens_at < now() and closes_at > now()"
                    " + interval '59 days'") == 1
    assert city.one("select count(*) from placement"
                    " where state = 'accepted'") > 0
    # nobody with a seat asks for another
    assert city.one("""
        select count(*) from placement p join wish_list l
            on l.student_id = p.student_id join round r
            on r.id = l.round_id where r.state = 'open'""") == 0


def test_what_waits_for_the_office(city):
    """A second round for those without a place, an appeal of student1 against
    the first, and a request for seats in the open one, by an enterprise that
    has an account."""
    [(state, scheduled, opens, followed, days)] = city.run(
        "select r.state, r.is_scheduled, r.opens_at > f.decide_by, f.state,"
        " (r.period_start, r.period_end) = (f.period_start, f.period_end)"
        " from round r join round f on f.id = r.follows")
    assert (state, scheduled, opens, followed, days) == \
        ("draft", True, True, "published", True)
    assert city.one("select count(*) from round_students((select id from"
                    " consortium where slug = 'demo'), (select id from round"
                    " where follows is not null))") > 500
    assert city.run(
        "select a.state, r.state, p.state, r.appeals_by > now() from appeal a"
        " join round r on r.id = a.round_id join account c on c.student_id ="
        " a.student_id and c.login = 'student1' join placement p on"
        " p.student_id = a.student_id") == [
            ("open", "published", "proposed", True)]
    assert city.run(
        "select q.state, r.state, p.openings = q.openings_before, q.openings -"
        " q.openings_before, left(a.login, 10) from capacity_request q join"
        " round r on r.id = q.round_id join posting p on p.id = q.posting_id"
        " join account a on a.enterprise_id = q.enterprise_id") == [
            ("requested", "open", True, 2, "enterprise")]
    for what in ("round (draft)", "appeal", "capacity request"):
        assert what in city.said


def test_graduates(city):
    """Two cohorts, with where they went, and the rates of both."""
    cohorts = city.run(
        "select year, count(*), count(*) filter (where code not in ('70',"
        " '71', '72', 'none')), count(*) filter (where place = 3), count(*)"
        " filter (where evidence >= 3) from graduate_fact where to_at ="
        " 'infinity' and student_id in (select id from student where state ="
        " 'graduated') group by 1 order by 1")
    assert len(cohorts) == 2 and cohorts[1][0] == cohorts[0][0] + 1
    for _, graduates, placed, local, proven in cohorts:
        assert 1200 <= graduates <= 1800
        assert 0.8 < placed / graduates < 0.95
        assert local > graduates * 0.3 and proven > graduates * 0.4
    assert city.one("select count(*) from destination_freeze") == 8
    # each record is one that the service would have let in
    assert city.one(
        "select count(*) from graduate_destination d, lateral"
        " check_graduate_destination(d, d.evidence_kind) x") > 2000
    assert city.one("select count(distinct name) from student"
                    " where state = 'graduated'") > 1000


def test_supply_and_demand_of_several_years(city):
    """Three springs of jobs behind it, lists of six years, growth and decline;
    all of it counted."""
    home = city.one("select id from consortium where slug = 'demo'")
    year = city.one("select max(extract(year from graduates_on))::integer"
                    " from student where state = 'graduated'")
    assert city.one("select count(distinct year) from"
                    " demand_by_year(%s, 2000, 2100)"
                    " where source = 'demand-list'", home) == 6
    jobs = dict(city.run(
        "select year, sum(openings_share) from demand_by_year(%s, 2000, 2100)"
        " where source = 'job' group by 1", home))
    assert len(jobs) == 3 and min(jobs.values()) > 500000
    assert city.one("select count(*) from posting where state = 'closed'"
                    ) > 900
    for grows, sign in (("51", 1), ("48", -1)):
        lists = [openings for openings, in city.run(
            "select sum(openings_share) from demand_by_year(%s, 2000, 2100)"
            " where source = 'demand-list' and left(specialty_code, 2) = %s"
            " group by year order by year", home, grows)]
        assert sorted(lists, reverse=sign < 0) == lists
        assert lists[0] != lists[-1]
    taught = city.one("select sum(students) from supply_by_year(%s, %s, %s)",
                      home, year, year)
    assert taught > 500


def test_lists(city):
    """Two editions by the service's own rule: one is published, of which
    something was decided otherwise, one waits for comments, with an appeal."""
    assert city.run(
        "select l.state, count(e.decided_outcome), (select count(*) from"
        " specialty_appeal a where a.list_id = l.id and a.state = 'open')"
        " from specialty_list l join specialty_entry e on e.list_id = l.id"
        " group by l.id, l.state order by l.id") == [
        ("published", 1, 0), ("comment", 0, 1)]
    found = dict(city.run(
        "select outcome, count(*) from specialty_entry where school_id is"
        " null group by 1"))
    assert found["upgrade"] and len(found) >= 4, found


def test_statements_are_planned_for_what_is_there(city):
    """Statistics are taken in the end: who looks at once need not wait."""
    assert city.run("select relname from pg_stat_user_tables"
                    " where n_live_tup > 0 and last_analyze is null"
                    " and schemaname = 'public'") == []
