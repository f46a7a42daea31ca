"""The kill drill, short: what it holds must hold on every day, not only when somebody runs the drills."""

from collections.abc import Iterator

import pytest

from bench.drills.kill import Kills, drill
from bench.drills.report import Section
from bench.drills.stage import Stage, stage
from tools.house import VAR
from tools.postgres import FAST_SETTINGS


@pytest.fixture
def on() -> Iterator[Stage]:
    """An installation of its own, whose database may be killed without harm to other tests."""
    # A killed process loses nothing that the system has; what it had not yet handed over it does lose.
    settings = FAST_SETTINGS | {"synchronous_commit": "on"}
    with stage("drill-in-tests", settings=settings, idle=True) as running:
        yield running
    running.product.remove()
    assert not (VAR / "bench" / "drill-in-tests").exists()


def test_no_answered_acceptance_is_lost_or_doubled_when_web_worker_and_database_are_killed(on: Stage) -> None:
    section = Section("kill", "")
    drill(on, Kills(accepts=20, windows=3, each=2, within=240, hurry=True), section)
    assert section.wrong == [], section.text()
    assert section.figures["accepted and answered"] >= 20
    assert section.figures["cases in the database"] >= 20
