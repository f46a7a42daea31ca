"""A clerk of one community, a case, and a file store that is thrown away."""

import pytest

from tests.apps.foundations.documents.files_as_sent import COMMUNITY
from yimen.foundations.documents.api import IssuingUnit
from yimen.foundations.documents.permissions import ISSUE_LETTER, OPEN, STORE
from yimen.kernel.ids import uuid7


@pytest.fixture(autouse=True)
def file_store(settings, tmp_path):
    """A file store of the test's own."""
    settings.YIMEN_FILES = tmp_path / "files"
    return settings.YIMEN_FILES


@pytest.fixture
def clerk(make_actor):
    return make_actor(STORE, OPEN, ISSUE_LETTER, area=COMMUNITY)


@pytest.fixture
def case():
    return uuid7()


@pytest.fixture
def unit():
    return IssuingUnit(area="330212007", name="潘火街道办事处", mark="潘街")
