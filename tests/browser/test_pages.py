"""Every page, in both languages: quiet, fitting, readable, sound."""

import pytest

from tests.browser import checks
from tests.browser.checks import DESK, PHONE, SMALL_PHONE, WIDE
from tests.browser.conftest import ALL


def test_nothing_fails_and_nothing_is_fetched_from_elsewhere(view):
    assert checks.silent(view.sight) == []


def test_it_runs_nothing(view):
    assert checks.scriptless(view.sight, view.without_scripts) == []


def test_its_policy_holds(view, shelf):
    assert checks.guarded(view.sight, shelf.picture()) == []


def test_its_language(view):
    assert checks.spoken(view.sight, view.language, view.page.own,
                         view.page.others) == []


def test_english_in_a_chinese_page_is_called_so(view):
    assert checks.tongues(view.sight) == []


def test_its_structure(view):
    assert checks.structured(view.sight) == []


def test_pictures_have_names(view):
    assert checks.named(view.sight) == []


@pytest.mark.parametrize("width", [SMALL_PHONE, PHONE, WIDE, DESK])
def test_it_fits(view, width):
    assert checks.fits(view.sight, width) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read(view, scheme):
    assert checks.readable(view.sight, scheme) == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_texts_of_plots_lie_on_nothing(view, width):
    assert checks.drawn(view.sight, width) == []


def test_it_is_whole_on_paper(view):
    assert checks.printed(view.sight) == []


# The reference has a thousand sheets; that it is whole on paper must do.
@pytest.mark.parametrize("view", [
    one for one in ALL if one[0] != "docs"], indirect=True, ids="-".join)
def test_it_prints(view):
    assert checks.on_sheets(view.sight) == []
