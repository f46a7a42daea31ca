"""Every worked example of every definition comes out as it says."""

from datetime import date

import pytest

from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.engine.examples import run_example
from yimen.foundations.definitions.engine.folders import read_files
from yimen.foundations.definitions.ports import kinds
from yimen.kernel.actor import system_actor

EXAMPLES = [
    pytest.param(file, example, id=f"{file.kind}/{file.key}: {example.name}")
    for file in read_files()
    for example in file.examples
]


@pytest.mark.django_db
@pytest.mark.parametrize(("file", "example"), EXAMPLES)
def test_the_worked_example_comes_out(file, example):
    with act_as(system_actor("tests"), on=example.on or date(2026, 11, 20)):
        result = run_example(kinds.get(file.kind), file.key, file.body, example)
    assert result.holds, result.sentence
