"""What is typed becomes answers of one shape, or a sentence about what is wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.apps.foundations.forms.samples import FORM, RULED, TYPED, WORKED
from yimen.foundations.definitions.rules.reading import read_toml
from yimen.foundations.forms.api import Fact, FormGrammar, Question, judge
from yimen.foundations.forms.engine.reading import read_answer, shown, typed_again
from yimen.kernel.faults import Fault

ON = date(2026, 11, 20)
GRAMMAR = FormGrammar.model_validate(read_toml(FORM, file="测试"))


def question(kind, **more):
    if kind in ("choice", "multi"):
        more.setdefault("options", ["甲", "乙", "丙"])
    return Question(key="q", label="题目", type=kind, purpose="测试", **more)


def test_answers_are_kept_in_one_shape():
    judged = judge(GRAMMAR, TYPED, on=ON)
    assert judged.faults == {}
    assert judged.answers == {
        "name": "王秀英",
        "mobile": "13805740001",
        "hukou": "本市",
        "income": 210050,
        "members": 3,
        "reasons": ["fire"],
        "agreed": True,
    }


def test_the_server_decides_what_shows_and_drops_what_was_typed_into_the_rest():
    judged = judge(GRAMMAR, {**TYPED, "moved_on": "2020-01-01", "hospital": "第二医院"}, on=ON)
    assert {"moved_on", "hospital"} <= judged.hidden
    assert not {"moved_on", "hospital"} & judged.answers.keys()


def test_a_required_question_is_asked_for_only_when_it_shows():
    judged = judge(GRAMMAR, {**TYPED, "hukou": "外地"}, on=ON)
    assert {key: fault.sentence for key, fault in judged.faults.items()} == {
        "moved_on": "请填写“来本街道居住日期”"
    }


def test_a_known_fact_can_make_a_question_show():
    old = {"tested.age": Fact(83)}
    assert "hospital" in judge(GRAMMAR, TYPED, facts=old, on=ON).faults
    assert "hospital" in judge(GRAMMAR, TYPED, on=ON).hidden


def test_a_calculation_decides_and_silence_does_not_count_as_poverty():
    poor = {**TYPED, "income": "3000", "poor": "靠低保生活"}
    assert "poor" in judge(GRAMMAR, poor, on=ON).answers
    assert "poor" in judge(GRAMMAR, {**poor, "members": "1"}, on=ON).hidden
    assert "poor" in judge(GRAMMAR, {**poor, "income": ""}, on=ON).hidden


def test_a_wrong_answer_above_hides_what_depends_on_it():
    judged = judge(GRAMMAR, {**TYPED, "hukou": "火星", "moved_on": "2020-01-01"}, on=ON)
    assert judged.faults.keys() == {"hukou"}
    assert "moved_on" in judged.hidden


def test_a_corrected_prefilled_answer_says_so():
    facts = {"tested.name": Fact("王秀英", "来自档案"), "tested.phone": Fact("13805740009", "来自档案")}
    judged = judge(GRAMMAR, TYPED, facts=facts, on=ON)
    assert judged.sources == {
        "name": {"source": "来自档案", "corrected": False},
        "mobile": {"source": "来自档案", "corrected": True},
    }


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("date", "２０２６年３月２日", "2026-03-02"),
        ("date", "20260302", "2026-03-02"),
        ("date", "2026/3/2", "2026-03-02"),
        ("date", "2026．3．2", "2026-03-02"),
        ("money", "１２．５", 1250),
        ("money", "¥1,234.50", 123450),
        ("number", "１，２００", 1200),
        ("yesno", "是", True),
        ("yesno", "no", False),
        ("phone", "0574 8765 4321", "0574-87654321"),
        ("person", " 张 三 ", "张三"),
        ("text", "甲\x00乙\u200b\u202e丙", "甲乙丙"),
        ("longtext", "第一行\r\n\r\n\r\n\r\n第二行\x07", "第一行\n\n第二行"),
        ("multi", "乙、甲", ["甲", "乙"]),
        ("address", "东兴社区３幢\t２单元", "东兴社区3幢 2单元"),
        ("text", "\x00\u200b ", None),
    ],
)
def test_what_people_type_is_understood(kind, typed, value):
    assert read_answer(question(kind), typed, on=ON) == value


@pytest.mark.parametrize(
    ("kind", "more", "typed", "sentence"),
    [
        ("date", {}, "2026-02-30", "2026 年 2 月没有 30 日，请核对日期"),
        ("date", {}, "2025-02-29", "2025 年 2 月没有 29 日，请核对日期"),
        ("date", {}, "2026-13-01", "没有 13 月，请核对日期"),
        ("date", {}, "明天", "日期请写成 2026-03-02 这样的形式"),
        ("date", {"max": "today"}, "2026-11-21", "日期不能晚于今天"),
        ("date", {"min": "2026-01-01"}, "2025-12-31", "日期不能早于 2026 年 1 月 1 日"),
        ("date", {}, "0026-03-02", "日期不能早于 1880 年 1 月 1 日"),
        ("number", {}, "三", "请用数字填写，如 3"),
        ("number", {}, "3.5", "请填整数"),
        ("number", {"max": 20}, "21", "不能大于 20"),
        ("number", {}, "1e9", "请用数字填写，如 3"),
        ("number", {}, "NaN", "请用数字填写，如 3"),
        ("number", {}, "9" * 30, "数太大了，请核对"),
        ("money", {}, "-5", "金额不能是负数"),
        ("money", {"max": 100}, "100.01", "金额不能多于 100 元"),
        ("choice", {}, "丁", "请从列出的选项中选一项"),
        ("multi", {"max": 2}, ["甲", "乙", "丙"], "最多选 2 项"),
        ("multi", {}, ["甲", "<script>"], "请只从列出的选项中选择"),
        ("yesno", {}, "也许", "请选“是”或“否”"),
        ("phone", {}, "1380574", "手机号码应为 11 位，现在是 7 位"),
        ("person", {}, "张3", "姓名里不应有数字和符号"),
        ("text", {"max_length": 3}, "一二三四", "最多 3 个字，现在有 4 个"),
        ("text", {}, '=HYPERLINK("x")', "不能以等号或公式开头，否则会被表格软件当作公式执行；请改写"),
        ("text", {}, "＝1+1", "不能以等号或公式开头，否则会被表格软件当作公式执行；请改写"),
        ("longtext", {}, "@SUM(A1)", "不能以等号或公式开头，否则会被表格软件当作公式执行；请改写"),
        ("text", {"pattern": "postcode"}, "3151", "邮政编码应为 6 位数字"),
        ("text", {"pattern": "bank_card"}, "6222021234567890123", "银行卡号有误，请对照卡面再核对一遍"),
    ],
)
def test_bad_input_is_answered_with_a_clear_sentence(kind, more, typed, sentence):
    fault = read_answer(question(kind, **more), typed, on=ON)
    assert isinstance(fault, Fault)
    assert fault.sentence == sentence


def test_an_id_number_is_judged_by_the_national_norm():
    assert (
        read_answer(question("id_number"), "１１０１０５１９４９１２３１００２ｘ", on=ON)
        == "11010519491231002X"
    )
    assert isinstance(read_answer(question("id_number"), "110105194912310021", on=ON), Fault)


ANYTHING = st.text(max_size=40) | st.sampled_from(
    ["2026-02-30", "１２", "是", "甲,乙", "¥5", "-", "=1", "\x00", "13805740001"]
)
KINDS = [
    "text",
    "longtext",
    "choice",
    "multi",
    "date",
    "money",
    "number",
    "yesno",
    "phone",
    "id_number",
    "person",
    "address",
]


LEAVE = FormGrammar.model_validate(read_toml(RULED, file="测试"))
AWAY = {"kind": "study", "from_on": "2026-11-02", "until_on": "2026-11-06"}


def faults_of(typed):
    return {key: fault.sentence for key, fault in judge(LEAVE, typed, on=ON).faults.items()}


def test_an_answer_against_its_constraint_is_told_in_the_words_of_the_form():
    assert faults_of(AWAY) == {}
    assert faults_of({**AWAY, "until_on": "2026年11月1日"}) == {"until_on": "结束日期不能早于开始日期"}
    # What cannot be told, because the other answer is missing or wrong, is held against nobody.
    assert faults_of({**AWAY, "from_on": ""}) == {}
    assert faults_of({**AWAY, "from_on": "明天"}).keys() == {"from_on"}
    assert faults_of({**AWAY, "until_on": ""}) == {}


def test_a_question_is_required_where_its_condition_holds_and_nowhere_else():
    assert faults_of({**AWAY, "kind": "other"}) == {"why": "请填写“事由”"}
    assert faults_of({**AWAY, "kind": "other", "why": "探亲"}) == {}
    assert faults_of({**AWAY, "kind": ""}) == {}


SERVICE = FormGrammar.model_validate(read_toml(WORKED, file="测试"))


def worked(**typed):
    judged = judge(SERVICE, typed, on=ON)
    return {
        question.key: judged.answers.get(question.key)
        for question in SERVICE.questions
        if question.is_worked_out
    }


def test_what_is_worked_out_is_worked_out_here_whatever_was_sent():
    told = worked(cost="200", hours="3", hourly="1", rate="9", dear="no", points="10")
    assert told == {"points": None, "hourly": 6667, "rate": 0.02, "dear": True}
    # Halves go up.
    assert worked(cost="10.01", hours="2")["hourly"] == 501
    assert worked(cost="0.01", hours="2")["hourly"] == 1


def test_nothing_comes_of_a_calculation_without_its_answers_or_without_a_number():
    assert set(worked(cost="200").values()) == {None}
    assert worked(cost="200", hours="0")["hourly"] is None
    assert worked(cost="二百", hours="3")["hourly"] is None


def test_a_worked_out_answer_may_be_against_a_constraint():
    judged = judge(SERVICE, {"cost": "500", "hours": "1"}, on=ON)
    assert judged.faults["hourly"].sentence == "每小时不能超过 100 元"


def test_a_score_counts_what_shows_and_waits_until_all_of_it_is_answered():
    assert worked(manner="good", came="no")["points"] == 5
    assert worked(manner="good", came="yes")["points"] is None
    assert worked(manner="good", came="yes", punctual="bad")["points"] == 6
    assert worked(came="no")["points"] is None


@pytest.mark.parametrize(
    ("points", "words"), [(-1, "-1 分"), (0, "0 分，不满意"), (9, "9 分，满意"), (10, "10 分，很满意")]
)
def test_a_number_is_shown_with_its_band(points, words):
    assert shown(SERVICE.question("points"), points) == words


@given(st.sampled_from(KINDS), ANYTHING)
def test_reading_never_fails_and_reading_twice_changes_nothing(kind, typed):
    asked = question(kind)
    value = read_answer(asked, typed, on=ON)
    if isinstance(value, Fault):
        assert value.sentence
        return
    assert read_answer(asked, value, on=ON) == value
    assert read_answer(asked, typed_again(asked, value), on=ON) == value
    assert isinstance(shown(asked, value), str)


@given(st.integers(0, 10**11), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-(10**9), 10**9))
def test_values_survive_being_shown_in_an_input(fen, day, number):
    for kind, value in (("money", fen), ("date", day.isoformat()), ("number", number)):
        assert read_answer(question(kind), str(typed_again(question(kind), value)), on=ON) == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            FORM.replace("show_if = 'hukou == \"外地\"'", 'show_if = "huko == 1"'),
            "「huko」没有定义；是不是「hukou」？",
        ),
        (FORM.replace("show_if = 'hukou == \"外地\"'", 'show_if = "agreed"'), "「agreed」这时还没有问到"),
        (RULED.replace("until_on >= from_on", "until_on >= fromon"), "是不是「from_on」？"),
        (RULED.replace("until_on >= from_on", "until_on >= why"), "「why」这时还没有问到"),
        (RULED.replace("kind == 'other'", "why == null"), "「why」这时还没有问到"),
        (RULED.replace("required_if", "required = true\nrequired_if"), "required 和 required_if 只写一个"),
        (RULED.replace("constraint_says", "help"), "constraint 和 constraint_says 要一起写"),
        (WORKED.replace("cost / hours", "hourly + 1"), "不能用它自己来算它自己"),
        (
            WORKED.replace("cost / hours", "rate * 2").replace("hours / (cost / 100)", "hourly / 2"),
            "互相要对方的结果，成了循环：hourly → rate → hourly",
        ),
        (WORKED.replace("cost / hours", "rate * 2"), "「rate」这时还没有问到"),
        (
            WORKED.replace('["manner", "punctual"]', '["manner", "came"]'),
            "「came」要是单选题，并且每个选项都写明 points",
        ),
        (WORKED.replace('["manner", "punctual"]', '["manner", "manner"]'), "同一道题只能计一次分"),
        (WORKED.replace('["manner", "punctual"]', '["maner"]'), "没有题目「maner」"),
        (WORKED.replace('["manner", "punctual"]', '["points"]'), "不能用它自己来算它自己"),
        (
            WORKED.replace('calculate = "cost / hours"', 'calculate = "cost / hours"\nrequired = true'),
            "不能再写 required",
        ),
        (WORKED.replace("at_least = 5", "at_least = 10"), "bands 要从低到高写"),
        (
            RULED.replace('constraint = "until_on >= from_on"', 'calculate = "from_on"'),
            "date 题不能这样算出来",
        ),
        (RULED.replace("until_on >= from_on", "until_on = from_on"), "两个等号"),
        (FORM.replace('key = "mobile"', 'key = "name"'), "题目「name」重复"),
        (FORM.replace('options = ["本市", "外地"]', ""), "选择题要写 options"),
        (FORM.replace('prefill = "tested.name"', 'prefill = "name"'), "prefill 要写成 来源.项目"),
        (FORM.replace('max = "today"', "max = 3"), "max 应当是日期或 today"),
        (FORM.replace("max_length = 20", 'pattern = "postcod"'), "pattern 只用于 text 题，可以写：bank_card"),
        (FORM.replace('key = "agreed"', 'key = "in"'), "不能用作题目的名称"),
        (FORM.replace('key = "agreed"', 'key = "tested"'), "与事实来源同名"),
        (FORM.replace('purpose = "取得授权"', ""), "purpose"),
    ],
)
def test_a_form_that_does_not_fit_together_is_refused(text, sentence):
    with pytest.raises(ValidationError) as refused:
        FormGrammar.model_validate(read_toml(text, file="测试"))
    assert sentence in str(refused.value)
