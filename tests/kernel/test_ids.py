import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel import ids
from yimen.kernel.ids import uuid7, uuid7_ms, uuid7_texts


def test_ids_made_one_after_another_are_unique_and_sorted():
    made = [uuid7() for _ in range(20_000)]  # more than fit into one millisecond
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_stay_sorted_when_the_clock_is_set_back(monkeypatch):
    before = uuid7()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_000_000)
    assert uuid7() > before


def test_ids_made_by_the_thousand_are_like_those_made_one_by_one():
    before, made, after = uuid7(), uuid7_texts(6_000), uuid7()
    ids_made = [uuid.UUID(text) for text in made]
    assert [str(one) for one in ids_made] == made
    assert {(one.version, one.variant) for one in ids_made} == {(7, uuid.RFC_4122)}
    assert [before, *ids_made, after] == sorted({before, *ids_made, after})


@given(st.integers(min_value=0, max_value=2**48 - 1))
def test_a_given_time_is_carried_exactly(ms):
    made = uuid7(ms)
    assert (made.version, made.variant, uuid7_ms(made)) == (7, uuid.RFC_4122, ms)


def test_a_given_time_does_not_move_the_ids_that_follow():
    uuid7(2**48 - 1)
    assert uuid7_ms(uuid7()) < 2**48 - 1


@pytest.mark.parametrize("ms", [-1, 2**48, 1.5, True])
def test_a_time_that_does_not_fit_is_refused(ms):
    with pytest.raises(ValueError, match="毫秒"):
        uuid7(ms)


def test_the_time_is_not_read_off_another_version():
    with pytest.raises(ValueError, match="第 7 版"):
        uuid7_ms(uuid.uuid4())
