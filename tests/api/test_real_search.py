"""Real advertisements are found as reading each of them finds them."""

import itertools
import time
import unicodedata
from urllib.parse import quote

import pytest

from tests.api import advertisements
from tests.api.firm import PATH, later

HOW_MANY = 120
PHRASES = ["会计", "销售", "负责", "工程", "客户服务", "办公软件", "财务",
           "相关专业", "责任心", "采购", "物流", "五险一金", "沟通能力"]


def folded(text):
    return unicodedata.normalize("NFKC", text or "").casefold()


def stands(phrase, posting):
    fields = [posting["title"], posting["description"]]
    for name in ("required_skills", "preferred_skills",
                 "required_certificates", "preferred_certificates"):
        fields += posting.get(name) or []
    return any(phrase in folded(field) for field in fields)


def found(client, q):
    items, target = [], f"{PATH}?q={quote(q)}&limit=200"
    while target:
        reply = client.get(target)
        assert reply.status == 200, reply
        items += reply.json["items"]
        target = reply.json["next"]
    assert len(items) == reply.json["total"]
    return [item["id"] for item in items]


@pytest.fixture
def real(as_role):
    """Published as far as the rules allow."""
    client, posted = as_role("enterprise"), []
    if not advertisements.SOURCE.exists():
        pytest.skip("the real advertisements are not here")
    bodies = advertisements.bodies(advertisements.FILES[1])
    for body in itertools.islice(bodies, HOW_MANY):
        made = client.post(PATH, body)
        if made.status != 201:
            continue
        reply = client.post(f"{PATH}/{made.json['id']}/publish",
                            {"closes_at": later()})
        if reply.status == 200:
            posted.append(client.get(f"{PATH}/{made.json['id']}").json)
    assert len(posted) > HOW_MANY / 2
    end = time.monotonic() + 10
    while len(found(client, "-不会有的词")) < len(posted):
        assert time.monotonic() < end
        time.sleep(0.05)
    return client, posted


def test_found_as_reading_finds_them(real):
    client, posted = real
    hits = 0
    for phrase in PHRASES:
        wanted = {p["id"] for p in posted if stands(phrase, p)}
        assert set(found(client, f'"{phrase}"')) == wanted, phrase
        assert wanted <= set(found(client, phrase)), phrase
        hits += len(wanted)
    assert hits > 100


def test_titles_come_first(real):
    """Whoever looks for a trade gets those that are called so first."""
    client, posted = real
    titles = {p["id"]: folded(p["title"]) for p in posted}
    for phrase in ("会计", "销售", "采购", "工程"):
        has = [phrase in titles[name] for name in found(client, phrase)]
        assert has == sorted(has, reverse=True), phrase
