"""Pieces that are written without a template escape what they are told, as a template would."""

import pytest

from yimen.foundations.ui.api import badge, fold, meter

HOSTILE = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    "told",
    [
        badge(HOSTILE, "warn"),
        fold(HOSTILE, "里面"),
        fold("展开", HOSTILE),
        meter(HOSTILE, 3),
        meter(1, HOSTILE),
        meter(1, 3, HOSTILE),
        meter(1, 3, hint=HOSTILE),
        meter(1, 3, tone=HOSTILE),
    ],
)
def test_markup_that_is_told_to_a_piece_stays_text(told):
    assert "<script" not in told
    assert "&lt;script&gt;" in told


def test_a_meter_says_how_far_it_is_unless_something_better_is_told():
    assert '<span class="meter-hint">3/12</span>' in meter(3, 12)
    assert '<span class="meter-hint">3/12 户</span>' in meter(3, 12, hint="3/12 户")
