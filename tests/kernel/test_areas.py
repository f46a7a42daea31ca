import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel.areas import (
    AreaCodeError,
    Level,
    bounds,
    code_at,
    community_of,
    county_of,
    covers,
    is_area_code,
    level,
    lineage,
    parent,
    street_of,
)

COUNTY, STREET, COMMUNITY, GRID = "330212", "330212007", "330212007001", "330212007001004"

codes = st.sampled_from((6, 9, 12, 15)).flatmap(
    lambda size: st.from_regex(rf"[1-9][0-9]{{{size - 1}}}", fullmatch=True)
)


def test_each_length_has_its_level_with_a_chinese_label():
    assert [level(code) for code in (COUNTY, STREET, COMMUNITY, GRID)] == list(Level)
    assert [each.label for each in Level] == ["区县", "街道", "社区", "网格"]


def test_the_wider_codes_are_read_off_a_code():
    assert (parent(GRID), parent(COMMUNITY), parent(STREET), parent(COUNTY)) == (
        COMMUNITY,
        STREET,
        COUNTY,
        None,
    )
    assert (county_of(GRID), street_of(GRID), community_of(GRID)) == (COUNTY, STREET, COMMUNITY)
    assert lineage(COMMUNITY) == (COUNTY, STREET, COMMUNITY)


def test_a_wider_code_has_no_street_or_community():
    assert street_of(COUNTY) is None
    assert community_of(STREET) is None
    assert code_at(COMMUNITY, Level.GRID) is None


def test_an_area_covers_itself_and_what_lies_in_it_only():
    assert covers(STREET, STREET)
    assert covers(STREET, GRID)
    assert not covers(STREET, "330212008001")
    assert not covers(COMMUNITY, STREET)


@pytest.mark.parametrize(
    "bad", ["", "3302", "33021", "3302120071", "033021", "33021２", "330212007001004001", "33021a", None]
)
def test_what_has_not_the_shape_of_a_code_is_refused_everywhere(bad):
    assert not is_area_code(bad)
    with pytest.raises(AreaCodeError, match="区域代码应为"):
        level(bad)
    with pytest.raises(AreaCodeError):
        covers(bad, GRID)
    with pytest.raises(AreaCodeError):
        covers(STREET, bad)


@given(codes, codes)
def test_the_bounds_of_an_index_hold_exactly_what_an_area_covers(area, code):
    low, high = bounds(area)
    assert (low <= code < high) == covers(area, code)


@given(codes)
def test_every_code_is_covered_by_all_its_lineage(code):
    assert all(covers(wider, code) for wider in lineage(code))
    assert lineage(code)[-1] == code
