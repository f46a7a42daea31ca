"""The measure of a sheet on its way at a few hundred rows: all steps end, the counts are those of the sheet; nothing is timed."""

import pytest

from bench import importing
from bench.importing import HANDS, measure, table, write_page
from tests.bench.test_bench import Installation

ROWS = 600


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    product = Installation(tmp_path_factory.mktemp("importing"))
    try:
        product.prepare()
        yield measure(product, ROWS, undo=True)
    finally:
        product.stop()


def test_a_sheet_comes_in_and_goes_and_the_wrong_rows_are_those_that_are_wrong(result):
    assert result["faults"] == []
    assert [step["step"] for step in result["steps"]] == ["read", "check", "write", "undo"]
    written = result["steps"][2]
    assert (written["rows"], written["bad"], written["written"]) == (ROWS, 1, ROWS - 1)
    assert written["python"] > 0 and written["database"] > 0 and written["memory"] > 0


def test_the_result_stands_in_the_page_between_its_marks_and_nothing_else_changes(
    result, tmp_path, monkeypatch
):
    page = tmp_path / "speed.md"
    page.write_text(f"before\n{importing.BEGIN}\nold\n{importing.END}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(importing, "PAGE", page)
    write_page(result)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
    assert table(result) in text and f"{ROWS:,} rows" in text and f"{len(HANDS)} job workers" in text


def test_a_count_that_is_not_the_sheets_own_is_a_fault(result):
    steps = [dict(one) for one in result["steps"]]
    steps[2]["written"] -= 1
    faults = importing._faults(ROWS, {"wrong": 1}, steps, undo=True)
    assert len(faults) == 1 and "instead of" in faults[0]
    assert "did not end" in importing._faults(ROWS, {"wrong": 1}, steps[:2], undo=True)[0]
