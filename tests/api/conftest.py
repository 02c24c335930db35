"""One cluster and one server for the room; every reply is held to the spec,
and when the whole room runs every documented reply must have been seen.

For authors of tests: `town` writes rows, `people` is a consortium of one's own
with an account of every role, `as_role("school")` is a client signed in.
"""

import contextlib
import itertools
import pathlib
import re
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from tests.api.contract import Contract  # noqa: E402
from tests.api.proof import Proof  # noqa: E402
from tests.api.server import ROOT, Server, run  # noqa: E402
from tests.api.town import Town  # noqa: E402
from tests.support import pg as support  # noqa: E402

numbers = itertools.count(1)
seen = []
shown = Proof()


@pytest.fixture(scope="session")
def cluster():
    with support.Postgres() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def template(cluster):
    """A migrated database with the code lists; connect to copies only."""
    cluster.create("model")
    run(cluster.url("model"), "migrate")
    run(cluster.url("model"), "reference", "load",
        str(ROOT / "schema" / "reference"))
    return "model"


@pytest.fixture(scope="session")
def database(cluster, template):
    cluster.create("common", template)
    return "common"


@pytest.fixture(scope="session")
def server(cluster, database):
    server = Server(cluster.url(database), seen).start()
    server.proof = shown
    yield server
    status = server.stop()
    assert status == 0, "".join(server.lines[-40:])


@pytest.fixture(scope="session")
def town(cluster, database):
    town = Town(cluster.dsn(database))
    yield town
    town.close()


@pytest.fixture
def people(town):
    return town.people()


@pytest.fixture
def client(server):
    """Nobody's connection."""
    client = server.client()
    yield client
    client.close()


@pytest.fixture
def as_role(server, people):
    """as_role("office"): a client with that role's token."""
    opened = []

    def signed_in(role):
        opened.append(server.client(people.tokens[role]))
        return opened[-1]

    yield signed_in
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def apart(cluster, template):
    """with apart(loops=1) as (server, database, town): a server with a
    database of its own, for what disturbs others."""
    @contextlib.contextmanager
    def opened(**settings):
        name = f"own{next(numbers)}"
        cluster.create(name, template)
        server = Server(cluster.url(name), seen, **settings).start()
        with contextlib.closing(Town(cluster.dsn(name))) as town:
            yield server, name, town
        server.stop()
        cluster.drop(name)

    return opened


@pytest.fixture
def own_server(apart):
    """The same for one test: own_server(loops=1) -> (server, town)."""
    with contextlib.ExitStack() as opened:
        def opened_server(**settings):
            server, _, town = opened.enter_context(apart(**settings))
            return server, town

        yield opened_server


@pytest.fixture(scope="session")
def proof():
    """For a server of one's own that shows the conventions, too."""
    return shown


@pytest.fixture(scope="session")
def contract():
    return Contract()


def is_whole_room(session):
    """All of tests/api was asked for, and nothing left out by name."""
    room = pathlib.Path(__file__).parent
    return (not session.config.option.keyword
            and [pathlib.Path(word).resolve()
                 for word in session.config.args] == [room])


def never_refused():
    """Rules of GET /v1/rules that no reply of any test names as broken: in a
    problem, or in what a pair of student and posting breaks."""
    known, broken = set(), set()
    for reply in seen:
        if not reply.body.startswith(b"{"):
            continue
        if reply.request[1].split("?")[0] == "/v1/rules" \
                and reply.status == 200:
            known |= {rule["rule"] for rule in reply.json["items"]}
        elif not reply.request[1].startswith("/v1/rule-reasons"):
            broken |= {found.decode() for found in re.findall(
                rb'"rule":"([a-z-]+)"', reply.body)}
    return sorted(known - broken)


def pytest_sessionfinish(session, exitstatus):
    """Every reply of every test is as the document says, and every operation
    was tried with success, or the run fails."""
    contract, flaws = Contract(), []
    for reply in seen:
        try:
            contract.check(reply)
            shown.check_fields(contract, reply)
        except AssertionError as flaw:
            flaws.append(str(flaw))
    for flaw in sorted(set(flaws))[:20]:
        print("\nnot as api-spec/openapi.yaml says:", flaw)
    if is_whole_room(session) and exitstatus == pytest.ExitCode.OK:
        for operation, status in contract.never_seen(seen):
            flaws.append(f"{operation}: {status} is documented, but no test"
                         " ever saw it")
            print("\n" + flaws[-1])
        for rule in never_refused():
            flaws.append(f"{rule}: no test ever saw this rule broken")
            print("\n" + flaws[-1])
        for convention, operation in shown.never_shown():
            flaws.append(f"{operation}: no test ever showed {convention}")
            print("\n" + flaws[-1])
    print("\nconventions shown by the way:", shown.count())
    if flaws:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
