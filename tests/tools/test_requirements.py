"""Which rows count as proven."""

from pathlib import Path

import pytest

from tools import house, requirements

SOURCE = """
import not_there_at_all
import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S0-01")]

@pytest.mark.requirement("S0-02", "S0-03")
def test_plain(): ...

@pytest.mark.requirement("S1-01")
class TestMany:
    def test_inside(self): ...
    def help_inside(self): ...

def unrelated(): ...
"""


def test_marks_are_read_without_importing(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_some.py").write_text(SOURCE)
    plain, inside = "tests/test_some.py::test_plain", "tests/test_some.py::TestMany::test_inside"
    assert requirements.collect(folder) == {
        "S0-01": [plain, inside],
        "S0-02": [plain],
        "S0-03": [plain],
        "S1-01": [inside],
    }


def test_all_rows_are_there_in_five_sections_with_a_line_each() -> None:
    rows = requirements.read_rows()
    expected = {"S0": 56, "S1": 178, "S2": 32, "S3": 52, "S4": 33}
    assert list(rows) == [
        f"{section}-{n:02}" for section, count in expected.items() for n in range(1, count + 1)
    ]
    assert len(rows) == 351
    assert len(set(rows.values())) == 351
    assert all(line.endswith(".") and 20 < len(line) < 160 for line in rows.values())


def test_a_file_that_is_no_toml_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "rows.toml").write_text("S0-01 =")
    with pytest.raises(house.Stop):
        requirements.read_rows(tmp_path / "rows.toml")


def test_every_mark_names_a_row() -> None:
    assert set(requirements.collect()) <= set(requirements.read_rows())
