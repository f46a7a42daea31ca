"""The measure of a workbook at some tens of rows: all steps end, every line means a resident; nothing is timed."""

import pytest

from bench import workbook
from bench.workbook import STEPS, measure, seconds_to_fill, table, write_page
from tests.bench.test_bench import Installation

ROWS = 620


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    product = Installation(tmp_path_factory.mktemp("workbook"))
    try:
        product.prepare()
        yield measure(product, ROWS)
    finally:
        product.stop()


def test_a_workbook_is_filled_kept_and_taken_away_and_every_line_means_a_resident(result):
    assert result["faults"] == []
    steps = {step["step"]: step for step in result["steps"]}
    assert list(steps) == list(STEPS)
    assert (steps["fill"]["rows"], steps["fill"]["nobody"], steps["take"]["rows"]) == (ROWS, 0, ROWS)
    assert 0 < steps["fill"]["filled"] < steps["fill"]["cells"] and steps["fill"]["python"] > 0


def test_the_result_stands_in_the_page_between_its_marks_with_what_ran_beside_it(
    result, tmp_path, monkeypatch
):
    page = tmp_path / "speed.md"
    page.write_text(f"before\n{workbook.BEGIN}\nold\n{workbook.END}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(workbook, "PAGE", page)
    told = result | {"beside": "Others tested beside it."}
    write_page(told)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
    assert table(told) in text and "Others tested beside it." in text
    assert f"{seconds_to_fill(result):.1f} s" in text


def test_lines_that_mean_nobody_or_leave_empty_are_faults(result):
    steps = [dict(one) for one in result["steps"]]
    steps[1]["nobody"], steps[3]["rows"] = 1, ROWS - 2
    assert len(workbook._faults(ROWS, steps)) == 2
    assert "did not end" in workbook._faults(ROWS, steps[:2])[0]
