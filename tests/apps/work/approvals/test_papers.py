"""Signed on paper: who on which day, with the scan; and the sealed scan that closes it (纸上审签、终稿)."""

from datetime import timedelta

import pytest

from tests.apps.work.approvals.conftest import photo, scan
from yimen.foundations.documents.api import files_of
from yimen.kernel.refusals import NotAllowed
from yimen.work.approvals import api as approvals
from yimen.work.approvals.models import Signature


@pytest.fixture
def line(staff, today):
    def make(seat, who, on=None, **told):
        return approvals.PaperLine(seat, staff[who].account, on or today, **told)

    return make


def test_both_signatures_of_a_sheet_are_entered_at_once_with_its_scan_and_marked(
    acting, system, staff, sent, do, line, today
):
    found = sent()
    lines = [line("科长", "zhao"), line("分管领导", "qian", remark="同意，抓紧办")]
    issued = do("wang", approvals.enter_paper, found, lines=lines, files=[scan()])
    assert issued.state == "issued"
    with acting(system):
        signed = list(Signature.objects.order_by("id"))
        kept = files_of(found.public_id, by=system, purpose="approvals.scan")
    assert [(one.signed_by_name, one.on_paper, one.entered_by_name) for one in signed] == [
        ("赵科长", True, "王科员"),
        ("钱主任", True, "王科员"),
    ]
    assert {one.scan for one in signed} == {kept[0].public_id} and len(kept) == 1
    assert {one.signed_on for one in signed} == {today}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([("分管领导", "qian")], "还没有轮到分管领导"),
        ([("科长", "qian")], "不由钱主任签"),
        ([("科长", "zhao"), ("分管领导", "zhao")], "不由赵科长签"),
        ([("科长", "wang")], "自己经办的"),
        ([], "至少登记一位"),
    ],
)
def test_what_the_sheet_cannot_say_is_refused_and_nothing_is_half_entered(
    acting, system, sent, do, line, again, told, sentence
):
    found = sent()
    lines = [line(seat, who) for seat, who in told]
    with pytest.raises(approvals.CannotDo, match=sentence):
        do("wang", approvals.enter_paper, found, lines=lines, files=[scan()])
    with acting(system):
        assert not Signature.objects.exists()
        assert files_of(found.public_id, by=system) == []
    assert again(found).step_title == "科长"


def test_the_day_lies_between_the_step_before_and_today_and_no_sheet_is_no_signature(
    sent, do, line, today, now
):
    found = sent()
    early, late = today - timedelta(days=1), today + timedelta(days=1)
    for on, sentence in ((early, "那时还没有轮到"), (late, "还没有到")):
        lines = [line("科长", "zhao", on=on)]
        with pytest.raises(approvals.CannotDo, match=sentence):
            do("wang", approvals.enter_paper, found, lines=lines, files=[scan()])
    with pytest.raises(approvals.CannotDo, match="扫描件"):
        do("wang", approvals.enter_paper, found, lines=[line("科长", "zhao")], files=[])


def test_a_sheet_that_was_sent_back_goes_back(sent, do, line, again):
    found = sent()
    back = line("科长", "zhao", verdict=approvals.Verdict.RETURNED, remark="重写")
    do("wang", approvals.enter_paper, found, lines=[back], files=[scan()])
    assert again(found).state == "returned"


def test_the_sealed_scan_closes_what_was_issued(acting, staff, sent, do, again):
    found = sent("section")
    with pytest.raises(approvals.CannotDo, match="签发以后"):
        do("wang", approvals.attach_final, found, files=[scan()])
    do("zhao", approvals.agree, found)
    first = do("wang", approvals.attach_final, found, files=[scan()]).final
    with pytest.raises(approvals.CannotDo, match="终稿已经存档"):
        do("zhao", approvals.void_submission, found, why="想改")
    better = do("wang", approvals.attach_final, found, files=[photo("1.jpg"), photo("2.jpg")])
    assert again(found).final == better.final != first
    with pytest.raises(NotAllowed):
        do("qian", approvals.attach_final, found, files=[scan()])
