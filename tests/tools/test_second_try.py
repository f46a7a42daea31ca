"""A journey that failed is tried once more where a landing depends on it, and never silently."""

import os
import subprocess
import sys

import pytest

LUCKY = """
import pathlib, pytest

@pytest.mark.browser
def test_first_bad_then_good(chromium_stub):
    tried = pathlib.Path(__file__).with_suffix(".tried")
    seen = tried.exists()
    tried.touch()
    assert seen, "lost the race"

def test_no_journey():
    tried = pathlib.Path(__file__).with_suffix(".plain")
    seen = tried.exists()
    tried.touch()
    assert seen, "wrong at first"

@pytest.fixture
def chromium_stub():
    return None
"""


@pytest.mark.parametrize(
    ("second_try", "passed", "failed"), [("1", 1, 1), ("", 0, 2)], ids=["before-landing", "at-a-desk"]
)
def test_only_a_journey_and_only_before_landing_is_tried_again(tmp_path, second_try, passed, failed):
    (tmp_path / "test_luck.py").write_text(LUCKY, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser: a journey\n", encoding="utf-8")
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tools.pytest_browser",
            "-p",
            "no:django",
            "-p",
            "no:randomly",
            str(tmp_path),
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "YIMEN_SECOND_TRY": second_try,
            "YIMEN_CHROMIUM": "true",
            "PYTHONPATH": os.getcwd(),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    out = answer.stdout
    assert answer.returncode == 1
    assert f"{failed} failed" in out
    assert (f"{passed} passed" in out) == bool(passed)
    assert ("journeys that needed a second try" in out) == bool(second_try)
    assert "lost the race" in out
