"""Loading: what it needs, once and no more, the same every time, and whole
whatever it was interrupted by."""

import contextlib
import hashlib
import time

from tests.demo.place import Place

# All that the dice decide: no times, no salts, no ids of the worker's making.
SAME = {
    "enterprise": "id, uscc, name, industry_code, division_code,"
                  " staff_count, staff_counted_on, state",
    "post_category": "id, enterprise_id, name, staff_count",
    "school": "id, code, name, division_code, kind",
    "student": "id, school_id, student_number, name, specialty_code,"
               " entry_year, graduates_on, class_name, birth_date, sex,"
               " home_division_code, willing_division_codes,"
               " is_willing_anywhere, pay_min_fen, available_from,"
               " available_to, skills, certificates, state",
    "posting": "id, enterprise_id, post_category_id, kind, title,"
               " description, openings, targets, division_code, pay_min_fen,"
               " pay_max_fen, pay_standard_fen, period_start, period_end,"
               " min_education, required_skills, preferred_skills,"
               " preferred_certificates, state",
    "account": "id, login, role, display_name, owner_id",
    "round": "id, name, state, period_start, period_end, seed,"
             " published_run_id",
    "wish_list": "round_id, student_id, version",
    "wish": "round_id, student_id, rank, posting_id",
    "run_file": "run_id, kind, sha256",
    "placement": "student_id, posting_id, score, choice, state",
}


def rows_of(place):
    return {table: place.run(f"select {columns} from {table} order by 1, 2, 3")
            for table, columns in SAME.items()}


def test_without_schema_it_says_what_to_do(cluster):
    with contextlib.closing(Place(cluster, "template0")) as bare:
        status, out, err = bare.demo()
        assert status == 1 and out == ""
        assert "migrate" in err


def test_without_code_lists_it_says_what_to_do(cluster):
    with contextlib.closing(Place(cluster, "empty")) as bare:
        status, out, err = bare.demo()
        assert status == 1 and out == ""
        assert "reference load" in err
        assert bare.one("select count(*) from consortium") == 1


def test_a_second_call_changes_nothing(city):
    moment = "select max(id), count(*) from change"
    before = city.run(moment)
    status, said, err = city.demo()
    assert (status, err) == (0, "")
    assert said == city.said
    assert city.run(moment) == before


def test_two_fresh_loads_are_the_same_city(city, place):
    status, said, err = place.demo()
    assert status == 0, err
    assert said == city.said
    theirs, ours = rows_of(place), rows_of(city)
    for table, rows in ours.items():
        if table != "run_file":
            assert rows == theirs[table], table
    files = [[bytes(row[2]) for row in rows["run_file"]]
             for rows in (ours, theirs)]
    assert files[0] == files[1]


def test_two_at_once_load_one_city(place):
    first, second = place.start(), place.start()
    said = [process.communicate(timeout=120) for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), said
    assert said[0][0] == said[1][0]
    assert place.one("select count(*) from student"
                     " where state = 'active'") == 6000


def test_killed_anywhere_it_goes_on_to_the_same_city(city, place):
    """Killed as soon as each step shows, and at once when it is called."""
    seen = ("select true", "select count(*) > 0 from run",
            "select count(*) > 0 from run where state <> 'queued'",
            "select count(*) > 0 from run where state = 'done'")
    for question in seen:
        process = place.start()
        while process.poll() is None and not place.one(question):
            time.sleep(0.001)
        process.kill()
        process.communicate()
    status, said, err = place.demo()
    assert status == 0, err
    assert said == city.said
    assert place.run("select state, count(*) from round group by 1"
                     " order by 1") == [("draft", 1), ("open", 1),
                                              ("published", 1)]


def test_the_passwords_it_prints_are_the_accounts(city):
    lines = [line.split() for line in city.said.splitlines()]
    printed = [words for words in lines if words[-1:] == ["duikou-demo"]]
    roles = {words[0] for words in printed}
    assert roles == {"office", "school", "enterprise", "student", "operator"}
    for role, slug, login, password in printed:
        salt, stored, n, r, p, kept = city.run(
            "select a.password_salt, a.password_hash, a.scrypt_n, a.scrypt_r,"
            " a.scrypt_p, a.role from account a join consortium c"
            " on c.id = a.consortium_id where c.slug = %s and a.login = %s",
            slug, login)[0]
        made = hashlib.scrypt(password.encode(), salt=bytes(salt), n=n, r=r,
                              p=p, maxmem=2 ** 28, dklen=32)
        assert made == bytes(stored), login
        assert role == kept


def test_students_with_accounts_have_something_to_see(city):
    """One was offered a seat, one took it, one wishes in the open round."""
    assert city.run(
        "select a.login, coalesce(p.state, r.state) from account a"
        " left join placement p on p.student_id = a.student_id and p.origin ="
        " 'round' left join wish_list l on l.student_id = a.student_id"
        " left join round r on r.id = l.round_id and r.state = 'open'"
        " where a.role = 'student' and coalesce(p.state, r.state)"
        " is not null order by 1") == [
            ("student1", "proposed"), ("student2", "accepted"),
            ("student3", "open")]


def test_ids_are_printed_by_name(city):
    """duikou.sh builds its commands on them."""
    said = dict(line.strip().rsplit(None, 1)
                for line in city.said.split("\nIds\n")[1].splitlines())
    student, posting = said["student (student1)"], said["posting (wished)"]
    assert city.one("select login from account where student_id = %s",
                    student) == "student1"
    assert city.one("select count(*) from wish where student_id = %s"
                    " and posting_id = %s and rank = 1", student, posting) == 1
    assert dict(city.run("select 'round (' || state || ')', id::text"
                         " from round")) == {
        name: value for name, value in said.items()
        if name.startswith("round ")}
    assert said["run"] == city.one("select id::text from run")
