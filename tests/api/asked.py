"""What enterprises ask for, made by SQL as an operator would; with the day on
which it was."""

from tests.api.town import SERVICE, new_id

SUPPLY = "/v1/statistics/supply-demand"


def asked(town, home, enterprise, on="2026-03-01", **values):
    """A posting that was first published on that day."""
    row = {"consortium_id": home, "id": new_id(),
           "enterprise_id": enterprise, "kind": "job", "title": "车工",
           "openings": 1, "targets": ["660301"], "division_code": "330106",
           **values}
    town.run(f"insert into posting ({', '.join(row)}) values ("
             + ", ".join(["%s"] * len(row)) + ")", *row.values())
    town.run("update posting set state = 'published', published_at = %s,"
             " closes_at = '2099-01-01', actor = %s where id = %s", on,
             SERVICE, row["id"])
    return row["id"]


def listed(town, home, enterprise, year, *entries):
    """A talent-demand list of (code, openings)."""
    town.run("insert into demand_list (consortium_id, enterprise_id, year,"
             " updated_by) values (%s, %s, %s, %s)", home, enterprise, year,
             SERVICE)
    for number, (code, openings) in enumerate(entries, 1):
        town.run("insert into demand (consortium_id, enterprise_id, year,"
                 " number, specialty_code, openings) values (%s, %s, %s, %s,"
                 " %s, %s)", home, enterprise, year, number, code, openings)


def took(town, home, school, specialty, year=2026, count=1, kind="job",
         days=10):
    """Seats that students of the school took."""
    for _ in range(count):
        town.run("insert into filled_seat values (%s, %s, %s, %s, %s, %s,"
                 " %s)", home, new_id(), year, kind, school, specialty, days)


def ask(client, **query):
    reply = client.get(SUPPLY + "?" + "&".join(f"{name}={value}" for
                                               name, value in query.items()))
    assert reply.status == 200, reply
    return reply.json["items"]


def one(client, **query):
    items = ask(client, **query)
    assert len(items) == 1, items
    return items[0]


def quotient(numerator, denominator):
    value = None if denominator == 0 else \
        (20000 * numerator + denominator) // (2 * denominator)
    return {"numerator": numerator, "denominator": denominator,
            "rate": value}
