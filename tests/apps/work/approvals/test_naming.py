"""The drafter may name who shall sign at a seat (指定审签人)."""

import pytest

from tests.apps.work.approvals.conftest import HOME
from tests.apps.work.approvals.test_signing import waiting
from yimen.work.approvals import api as approvals


def test_who_was_named_signs_and_nobody_else_until_it_is_sent_again(colleague, acting, staff, sent, do):
    staff["sheng"] = colleague("sheng", "盛主任", "leader")
    found = sent(named={"分管领导": staff["sheng"].account})
    do("zhao", approvals.agree, found)
    assert waiting(acting, staff["qian"]) == [] and waiting(acting, staff["sheng"]) == [found.number]
    with pytest.raises(approvals.CannotDo, match="现在轮到分管领导，不由您签"):
        do("qian", approvals.agree, found)
    do("wang", approvals.withdraw_submission, found, why="盛主任出差")
    do("wang", approvals.send_again, found, title="关于更换叫号机的请示", text="换一位领导签。")
    do("zhao", approvals.agree, found)
    assert do("qian", approvals.agree, found).state == "issued"


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"分管领导": "zhao"}, "不能在“分管领导”签"),
        ({"没有这一栏": "qian"}, "不能在“没有这一栏”签"),
        ({"科长": "wang"}, "不能在“科长”签"),
    ],
)
def test_only_who_may_sign_there_can_be_named(staff, sent, named, sentence):
    with pytest.raises(approvals.CannotDo, match=sentence):
        sent(named={title: staff[who].account for title, who in named.items()})


def test_one_person_is_not_named_for_two_steps(staff, sent):
    twice = dict.fromkeys(("本科室科长", "会签科室"), staff["sun"].account)
    with pytest.raises(approvals.CannotDo, match="同一个人不能指定签两个环节"):
        sent("countersigned", area=HOME, named=twice)
