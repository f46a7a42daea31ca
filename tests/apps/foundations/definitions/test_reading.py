"""Bodies go through TOML, the table and back without loss; lines are found where they stand."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.foundations.definitions.rules.comparing import compare
from yimen.foundations.definitions.rules.digests import digest_of
from yimen.foundations.definitions.rules.lines import line_of, places
from yimen.foundations.definitions.rules.reading import plain, read_toml

TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**31), 2**31) | TEXTS | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"\A[a-z_]{1,8}\Z"), inner, max_size=3)
    ),
    max_leaves=12,
)
BODIES = st.dictionaries(st.from_regex(r"\A[a-z_]{1,8}\Z"), VALUES, max_size=5)


def toml(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(one)}" for key, one in value.items()) + "}"
    return str(value)


@given(BODIES)
def test_a_body_is_the_same_in_a_file_and_in_the_table(body):
    text = "\n".join(f"{key} = {toml(value)}" for key, value in body.items())
    read = read_toml(text, file="测试")
    assert read == plain(body)
    stored = json.loads(json.dumps(read))
    assert stored == read
    assert digest_of(stored) == digest_of(read)
    assert compare(stored, read) == []


@given(BODIES, BODIES)
def test_two_bodies_are_alike_exactly_when_no_difference_is_told(one, other):
    one, other = plain(one), plain(other)
    assert (compare(one, other) == []) == (digest_of(one) == digest_of(other))


@given(BODIES)
def test_every_key_is_found_on_its_line(body):
    lines = [f"{key} = {toml(value)}" for key, value in body.items()]
    text = "\n".join(lines)
    for number, key in enumerate(body, start=1):
        assert line_of(text, [key]) == number


TEXT = '''# 说明
title = "甲 [不是表]"
note = """
papers = 1
"""
list = [
  "a",
  "b = c",
]
[[papers]]
key = "one"
[papers.detail]
size = 1
[[papers]]
"中文" = 2
a.b = 3
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("list", 1), 6),
        (("papers", 0, "key"), 11),
        (("papers", 0, "detail", "size"), 13),
        (("papers", 1, "中文"), 15),
        (("papers", 1, "a", "b"), 16),
        (("papers", 1, "missing"), 14),
        (("nothing",), 0),
    ],
)
def test_a_place_in_a_file_has_its_line(path, line):
    assert line_of(TEXT, path) == line


def test_text_in_several_lines_holds_no_keys():
    assert ("papers",) not in places(TEXT)
