"""Real advertisements as the postings of an enterprise: every one is taken,
or refused with a problem that names what is wrong with it."""

import collections
import types
import unicodedata

import pytest

from tests.api import advertisements
from tests.api.firm import PATH, later
from tests.api.server import Client

READ_BACK_EVERY, REMEMBER_EVERY = 10, 50


class Sample(list):
    """Thousands of replies are held to the document by sample."""

    def __init__(self, kept):
        super().__init__()
        self.kept, self.count = kept, 0

    def append(self, reply):
        self.count += 1
        if self.count % REMEMBER_EVERY == 0:
            self.kept.append(reply)


@pytest.fixture
def client(server, people):
    client = Client(types.SimpleNamespace(port=server.port, proof=None,
                                          seen=Sample(server.seen)),
                    people.tokens["enterprise"])
    yield client
    client.close()


def normal(value):
    """As the API keeps texts: NFC, newlines only."""
    if isinstance(value, list):
        return [normal(item) for item in value]
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    return value


def differences(body, stored):
    return {name: (value, stored[name]) for name, value in body.items()
            if normal(value) != stored[name]}


def why(reply):
    """A refusal in a word; it must name a member, or a rule."""
    problem = reply.problem
    assert reply.status in (409, 422), reply
    assert problem["errors"], reply
    for flaw in problem["errors"]:
        assert flaw["pointer"].startswith("#/") and flaw["detail"], reply
    return ", ".join(sorted({f"{flaw['pointer'].split('/')[1]}:"
                             f" {flaw['code']}"
                             for flaw in problem["errors"]}))


# What a job may fall short of, too: by what is written, or is not.
OF_JOBS_TOO = ("discrimination", "fees", "work-named", "pay-named")


def publish_all(client, posted):
    outcome = collections.Counter()
    for posting in posted:
        reply = client.post(f"{PATH}/{posting['id']}/publish",
                            {"closes_at": later()})
        if reply.status == 200:
            assert reply.json["state"] == "published"
            outcome["published"] += 1
        else:
            assert reply.problem["code"] == "rule-broken", reply
            assert posting["kind"] == "internship" \
                or reply.problem["rule"].startswith(OF_JOBS_TOO), reply
            outcome[f"refused by {reply.problem['rule']}: "
                    + why(reply)] += 1
    return outcome


def report(name, counts):
    print(f"\n{name}")
    for what, count in counts:
        print(f"  {count:5} {what}")


@pytest.mark.parametrize("name", advertisements.FILES)
def test_real_postings(client, town, people, capsys, name):
    if not (advertisements.SOURCE / name).exists():
        pytest.skip(f"no ../shared/postings/{name} here")
    bodies = list(advertisements.bodies(name))
    posted, refused = [], collections.Counter()
    for body in bodies:
        reply = client.post(PATH, body)
        if reply.status == 201:
            assert differences(body, reply.json) == {}
            posted.append(reply.json)
        else:
            refused["refused: " + why(reply)] += 1
    for posting in posted[::READ_BACK_EVERY]:
        assert client.get(f"{PATH}/{posting['id']}").json == posting
    assert town.one("select count(*) from posting where consortium_id = %s",
                    people.consortium) == len(posted)
    published = publish_all(client, posted)
    with capsys.disabled():
        report(name, [
            ("advertisements", len(bodies)),
            ("name a specialty, class or category exactly",
             sum(bool(body["targets"]) for body in bodies)),
            ("name a place that could be read",
             sum("division_code" in body for body in bodies)),
            ("posted", len(posted)), *refused.most_common(),
            *((f"of the posted, {what}", count)
              for what, count in published.most_common())])
    assert len(posted) + sum(refused.values()) == len(bodies)
    assert len(posted) > len(bodies) // 2
