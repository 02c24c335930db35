"""What runs of several sizes take, beside what records/run_size.c says before
they begin: its figures come from here.

    ./duikou.sh bench round --sizes
"""

from tests.api.server import Server
from tests.bench import report

HEADING = "What a run is said to take, and takes"
MIB = 1 << 20
SIZES = ((10000, 12), (50000, 4), (100000, 12))     # students, wishes each

# As students would by HTTP: of their own specialty, the better known ones more
# often; what was drawn twice counts once.
FILL = """
set session_replication_role = replica;
insert into wish_list (consortium_id, round_id, student_id, updated_by)
select s.consortium_id, %(round)s, s.id, s.id from student s
where s.student_number like 'R%%';
insert into wish (consortium_id, round_id, student_id, rank, posting_id)
select w.consortium_id, %(round)s, w.id, row_number() over (partition by w.id
		order by w.g), w.posting_id
from (select distinct on (s.consortium_id, s.id, posting_id)
		s.consortium_id, s.id, g, ('018f0000-0003-7000-8000-' || lpad(
		to_hex(floor(%(of_kind)s * random() ^ 2)::integer
		* %(kinds)s + substr(s.student_number, 2)::integer
		%% %(kinds)s), 12, '0'))::uuid as posting_id
	from student s
	cross join generate_series(1, %(wishes)s) g
	where s.student_number like 'R%%'
	order by s.consortium_id, s.id, posting_id, g) w;
set session_replication_role = default;
analyze wish, wish_list
"""


def fill(bench, town, city, base, wishes):
    """How many there are then."""
    with town.db.cursor() as cursor:
        for statement in FILL.split(";"):
            cursor.execute(statement, {
                "round": base.split("/")[-1], "kinds": bench.SPECIALTIES,
                "of_kind": city.postings // bench.SPECIALTIES,
                "wishes": wishes})
    return town.one("select count(*) from wish")


def said(url, token, path, body):
    """MiB and seconds by the formulas: of refusals under limits of one."""
    found = []
    for limit in ({"run_mib": 1}, {"run_s": 1}):
        server = Server(url, [], **limit).start()
        try:
            reply = server.client(token).post(path, body)
            assert reply.status == 422, reply
            found.append(reply.problem["actual"])
        finally:
            server.stop()
    return found


def row(what, counts, mode, limits, took):
    return (f"| {what} | {counts} | {mode} | {limits[0]} |"
            f" {took[0]:.0f} | {limits[0] / took[0]:.2f} | {limits[1]} |"
            f" {took[1]:.1f} |")


def measure(bench, cluster, students, wishes):
    """The lines of one size."""
    name = f"sizes_{students}"
    url, town, city = bench.make_city(cluster, name, students)
    server = Server(url, [], rate_read=0, rate_write=0).start()
    try:
        office = server.client(city.people.tokens["office"])
        base = bench.open_round(office)
        put = fill(bench, town, city, base, wishes)
        assert office.post(base + "/close").status == 200
        counts = f"{students:,} | {city.postings:,} | {put:,}"
        limits = said(url, office.token, base + "/run", {"mode": "optimal"})
        lines = []
        for mode in ("stable", "optimal"):
            with bench.working(url):
                done = bench.run_once(office, base, mode, bench.Clock())
            spent = sum(done[f"{part}_ms"] for part in (
                "freeze", "place", "verify", "store")) / 1000
            lines.append(row("run", counts, mode, limits,
                             (done["memory_bytes"] / MIB, spent)))
        return lines
    finally:
        server.stop()
        town.close()
        cluster.drop(name)


def run(bench, cluster, results):
    lines = ["| what | students | postings | wishes | mode | MiB said | MiB |"
             " said / taken | s said | s |",
             "|---|---:|---:|---:|---|---:|---:|---:|---:|---:|"]
    for students, wishes in SIZES:
        lines += measure(bench, cluster, students, wishes)
        print("\n".join(lines[-2:]), flush=True)
    report.put(results, HEADING, "\n".join([
        f"`./duikou.sh bench round --sizes`, {report.today()}, on"
        f" {report.machine()}. What the server says that a run will take,"
        " before it begins (`records/run_size.c`, by students, open postings"
        " and wishes, of either mode), and the most memory that its process"
        " had and the time of its phases.", "", *lines]))
