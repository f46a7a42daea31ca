"""Local numbers are definitions: the nearest area's own comes first, and an example says that it is one."""

import pytest
from pydantic import ValidationError

from tests.apps.work.desk.conftest import on_day
from yimen.foundations.definitions.api import publish
from yimen.services.aid.api import relief_scheme
from yimen.services.aid.engine.schemes import ReliefScheme

OURS = {
    "title": "本区标准",
    "source": {"document": "区临时救助办法", "number": "甬鄞政发〔2026〕1号"},
    "checked_on": "2026-03-02",
    "monthly_standard_yuan": 1200,
    "small_amount_times": 2.5,
    "highest_times": 8,
    "months_between": 6,
}


@pytest.mark.parametrize(
    ("area", "title"), [("330212007001", "本区标准"), ("330106001", "示例标准（未经核对）")]
)
def test_a_district_with_numbers_of_its_own_does_not_use_the_example(acting, system, area, title):
    at = on_day(2026, 3, 2)
    with acting(system):
        publish(by=system, at=at, effective_on=at.date(), kind="relief_scheme", key="330212", body=OURS)
        assert relief_scheme(area, on=at.date()).title == title


def test_amounts_are_multiples_of_the_monthly_standard_without_floats():
    scheme = ReliefScheme.model_validate(OURS)
    assert (str(scheme.standard), str(scheme.small_amount), str(scheme.highest)) == (
        "¥1,200.00",
        "¥3,000.00",
        "¥9,600.00",
    )


@pytest.mark.parametrize("wrong", [{"monthly_standard_yuan": 0}, {"months_between": -1}, {"unknown": 1}])
def test_a_scheme_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        ReliefScheme.model_validate(OURS | wrong)
