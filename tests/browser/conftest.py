"""One server, one city and one browser for the room."""

import contextlib
import dataclasses

import pytest

from tests.api.conftest import (cluster, database, template,  # noqa: F401
                                town)
from tests.api.server import Server
from tests.api.test_public_postings import BASE
from tests.browser.chrome import Chrome, Sight
from tests.browser.city import LANGUAGES, City, Page
from tests.browser.shelf import Shelf

PAGES = ("docs", "posting", "statement", "report", "empty-report")
ALL = [(name, language) for name in PAGES for language in LANGUAGES]


@dataclasses.dataclass
class View:
    """A page in a language as the browser has it, all its parts unfolded."""

    page: Page
    language: str
    sight: Sight
    without_scripts: str    # its text where none can run


@pytest.fixture(scope="session")
def server(cluster, database):  # noqa: F811
    server = Server(cluster.url(database), public_url=BASE).start()
    yield server
    status = server.stop()
    assert status == 0, "".join(server.lines[-40:])


@pytest.fixture(scope="session")
def city(server, town):  # noqa: F811
    with contextlib.closing(City(server, town)) as made:
        yield made


@pytest.fixture(scope="session")
def chrome():
    with Chrome() as chrome:
        yield chrome


@pytest.fixture(scope="session")
def shelf():
    """Pages of the tests' own."""
    with Shelf() as shelf:
        yield shelf


@pytest.fixture(scope="session")
def seen(chrome, city):
    """seen(page, language): a View of it."""
    def look(page, language):
        headers = {"Accept-Language": language, **page.headers}
        url = city.url(page)
        text = chrome.open(url, headers, runs_scripts=False).ask(
            "return document.documentElement.textContent")
        sight = chrome.open(url, headers)
        sight.ask("unfolded()")
        return View(page, language, sight, text)

    return look


@pytest.fixture(scope="session", params=ALL, ids="-".join)
def view(seen, city, request):
    """Every page in every language, opened once for all that asks for it."""
    name, language = request.param
    return seen(city.pages[name], language)
