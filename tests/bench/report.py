"""The table, and RESULTS.md around it."""

import datetime
import os
import pathlib
import re
import subprocess
from statistics import median as middle

PEER = "fastify + pg"


def table(found):
    """Medians, the spread, the ratio to fastify with pg, and the CPU."""
    lines = ["| contender | route | requests/s (median) | least - most |"
             f" times {PEER} | its CPU, us/request |",
             "|---|---|---:|---:|---:|---:|"]
    for (name, route), got in sorted(found.items(),
                                     key=lambda item: item[0][1]):
        rates = [rate for rate, _ in got]
        ratio = middle(rates) / middle([rate for rate, _
                                        in found[PEER, route]])
        cpu = "" if got[0][1] is None else \
            f"{middle([used for _, used in got]):.0f}"
        lines.append(f"| {name} | {route} | {middle(rates):,.0f} |"
                     f" {min(rates):,.0f} - {max(rates):,.0f} |"
                     f" {ratio:.2f} | {cpu} |")
    return "\n".join(lines) + "\n"


def machine():
    model = next((line.split(":", 1)[1].strip() for line
                  in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), "unknown CPU")
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{len(os.sched_getaffinity(0))} cores ({model}), {gib:.0f} GiB"


def first_line(*command):
    return subprocess.run(command, capture_output=True, text=True,
                          check=False).stdout.split("\n", 1)[0]


def today():
    return datetime.date.today()


def put(path, heading, text):
    """Put a part of RESULTS.md under its heading; other parts stay."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = {part.split("\n", 1)[0]: part for part
             in re.split(r"^# ", old, flags=re.MULTILINE) if part}
    parts[heading] = f"{heading}\n\n{text.strip()}\n"
    path.write_text("\n".join(f"# {part.strip()}\n"
                              for part in parts.values()), encoding="utf-8")


def write(path, text, given, settings):
    options = ", ".join(f"{name}={value}" for name, value in settings.items())
    put(path, "What the two routes give",
        f"""`./duikou.sh bench api`, {today()}, on {machine()}; Node.js
{first_line("node", "--version")}. wrk, the contender and PostgreSQL share the
machine. {given.rounds} rounds of {given.seconds} s for each contender, in turn
with the others; wrk with 1 thread and {given.connections} connections for all;
100,000 published postings, read in random order.

{text}
PostgreSQL 15 on a Unix socket, the same for all: {options}.

fastify runs the same statements of `schema/queries` on the same tables, with
named prepared statements, sessions in memory and JSON schemas both ways, and
checks less; neither it nor Duikou writes a line for each request. pgbench waits
for each answer, on 8 connections; a pipelining client can pass it. CPU is that
of the contender's own processes, without PostgreSQL's: it tells the same on a
busy machine. Small inserts of one turn of Duikou's loop share a transaction;
"a transaction each" is 1 loop with DUIKOU_GROUP_WRITES=0, which pays where
commits do not wait for the disk, as here: it keeps more than one backend busy.
""")
