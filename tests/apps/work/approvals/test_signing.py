"""A submission goes from step to step: who signs when, who never does, and what comes back (审签)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.apps.work.approvals.conftest import HOME, OTHER_STREET, STREET
from yimen.foundations.access import api as access
from yimen.foundations.audit.engine.operation import operation
from yimen.foundations.audit.models import TrailRow
from yimen.foundations.messages.models import Message
from yimen.kernel.refusals import NotAllowed
from yimen.work.approvals import api as approvals
from yimen.work.approvals.models import Seat, Sending, Signature, Submission


def waiting(acting, actor):
    with acting(actor):
        return [one.number for one in approvals.waiting_for(by=actor)]


def test_it_goes_from_the_chief_to_the_leader_and_is_issued(acting, staff, sent, do, again):
    found = sent()
    assert (found.number, found.state, found.step_title) == ("呈批〔2026〕1号", "signing", "科长")
    assert waiting(acting, staff["zhao"]) == [found.number] and waiting(acting, staff["qian"]) == []
    assert do("zhao", approvals.agree, found, remark="情况属实").step_title == "分管领导"
    assert waiting(acting, staff["zhao"]) == [] and waiting(acting, staff["qian"]) == [found.number]
    do("qian", approvals.agree, found)
    issued = again(found)
    assert (issued.state, issued.step, issued.step_title) == ("issued", 0, "")
    with acting(staff["wang"]):
        view = approvals.view_submission(found.public_id, by=staff["wang"], on=issued.settled_at.date())
    assert [(box.title, box.signature.signed_by_name, box.signature.remark) for box in view.boxes] == [
        ("科长", "赵科长", "情况属实"),
        ("分管领导", "钱主任", ""),
    ]


def test_each_step_leaves_its_trail_and_tells_who_is_next_and_at_last_the_drafter(
    acting, system, staff, sent, do
):
    found = sent()
    do("zhao", approvals.agree, found)
    do("qian", approvals.agree, found)
    with acting(system):
        told = list(Message.objects.order_by("id").values_list("addressee", "title"))
        verbs = list(
            TrailRow.objects.filter(subject_kind="submission").order_by("id").values_list("verb", flat=True)
        )
    assert (staff["zhao"].key, f"等您审核：{found.number}") in told
    assert (staff["qian"].key, f"等您签发：{found.number}") in told
    assert told[-1] == (staff["wang"].key, f"已签发：{found.number}")
    assert verbs == [
        "approvals.submission.sent",
        "approvals.submission.agreed",
        "approvals.submission.agreed",
    ]


def test_nobody_signs_out_of_turn_nor_what_she_drafted_nor_twice(acting, staff, sent, do, again):
    found = sent("countersigned", by="zhao", area=HOME)
    with pytest.raises(approvals.CannotDo, match="现在轮到本科室科长"):
        do("qian", approvals.agree, found)
    with pytest.raises(approvals.CannotDo, match="自己经办的"):
        do("zhao", approvals.agree, found)
    do("sun", approvals.agree, found)
    with pytest.raises(approvals.CannotDo, match="前面的环节已经签过"):
        do("sun", approvals.agree, found)
    assert waiting(acting, staff["sun"]) == [] and waiting(acting, staff["zhao"]) == []
    assert again(found).step == 2


def test_at_a_countersigning_all_sign_in_any_order(colleague, acting, staff, sent, do, again):
    staff["li"] = colleague("li", "李科长", "section_chief")
    found = sent("countersigned", area=HOME)
    do("zhao", approvals.agree, found)
    assert again(found).step_title == "会签科室、社区负责人"
    assert do("shu", approvals.agree, found).step_title == "会签科室"
    assert do("li", approvals.agree, found).step_title == "分管领导"
    assert do("qian", approvals.agree, found).state == "issued"


def test_what_is_sent_back_says_why_and_begins_anew_under_its_number(acting, staff, sent, do, again, now):
    found = sent()
    do("zhao", approvals.agree, found)
    with pytest.raises(approvals.CannotDo, match="退回要写明原因"):
        do("qian", approvals.send_back, found, remark=" ")
    do("qian", approvals.send_back, found, remark="先问价")
    assert again(found).state == "returned" and waiting(acting, staff["qian"]) == []
    mended = do(
        "wang", approvals.send_again, found, title="关于更换叫号机的请示", text="已问三家，最低八千元。"
    )
    assert (mended.number, mended.sending, mended.step_title) == (found.number, 2, "科长")
    with acting(staff["zhao"]):
        view = approvals.view_submission(found.public_id, by=staff["zhao"], on=now.date())
        assert [box.signature for box in view.boxes] == [None, None]
        past = view.past[0]
        assert past.sending.text.startswith("旧机器")
        assert [one.signed_by_name for one in past.signatures] == ["赵科长", "钱主任"]
    do("zhao", approvals.agree, found)
    assert do("qian", approvals.agree, found).state == "issued"


def test_a_colleague_who_takes_a_returned_one_over_and_who_drafted_it_before_both_never_sign_it(
    colleague, acting, staff, sent, do
):
    staff["li"] = colleague("li", "李科长", "section_chief")
    found = sent(by="zhao")
    do("sun", approvals.send_back, found, remark="写得不清楚")
    do("sun", approvals.send_again, found, title="关于更换叫号机的请示", text="写清楚了。")
    for drafter in ("zhao", "sun"):
        with pytest.raises(approvals.CannotDo, match="自己经办的"):
            do(drafter, approvals.agree, found)
    assert do("li", approvals.agree, found).step_title == "分管领导"


def test_taken_back_by_its_drafter_alone_and_only_while_it_is_signed(staff, sent, do, again):
    found = sent()
    with pytest.raises(NotAllowed, match="只有经办人"):
        do("zhao", approvals.withdraw_submission, found, why="不要了")
    do("wang", approvals.withdraw_submission, found, why="附件传错了")
    assert again(found).state == "withdrawn"
    with pytest.raises(approvals.CannotDo, match="不在审签中"):
        do("zhao", approvals.agree, found)
    with pytest.raises(approvals.CannotDo, match="不能撤回"):
        do("wang", approvals.withdraw_submission, found, why="再撤一次")


def test_numbers_have_no_gap_a_spoilt_one_is_void_and_keeps_its_number(acting, staff, sent, do, again):
    first, second = sent(), sent()
    with pytest.raises(approvals.CannotDo, match="请写明请示什么"):
        sent(text=" ")
    third = sent()
    assert [one.sequence for one in (first, second, third)] == [1, 2, 3]
    do("wang", approvals.void_submission, second, why="重复了")
    spoilt = again(second)
    assert (spoilt.state, spoilt.number, spoilt.void_why) == ("void", "呈批〔2026〕2号", "重复了")
    assert sent().sequence == 4
    with pytest.raises(approvals.CannotDo, match="已经作废"):
        do("wang", approvals.void_submission, second, why="再作废")


def test_what_is_issued_is_voided_by_who_signs_and_not_by_its_drafter(staff, sent, do, again):
    found = sent("section")
    do("zhao", approvals.agree, found)
    with pytest.raises(NotAllowed):
        do("wang", approvals.void_submission, found, why="反悔了")
    do("zhao", approvals.void_submission, found, why="文件印错")
    assert again(found).state == "void"


def test_a_chain_that_nobody_else_could_finish_is_refused_when_it_is_sent(acting, system, staff, sent, now):
    with pytest.raises(approvals.CannotDo, match="社区负责人现在没有别人能签"):
        sent("community")
    with pytest.raises(approvals.CannotDo, match="已经停用"):
        sent("no_such_chain")
    with acting(system):
        assert not Submission.objects.exists()


def test_a_double_click_signs_once_and_an_old_page_is_told(staff, sent, do, again):
    found = sent()
    for _ in range(2):
        do("zhao", approvals.agree, found, edition=found.edition, request_key="one-tap")
    assert again(found).step_title == "分管领导"
    with pytest.raises(approvals.SubmissionChanged):
        do("qian", approvals.agree, found, edition=found.edition)


def test_the_database_holds_order_and_hands_when_an_operation_would_not(acting, system, staff, sent, do, now):
    """A signature needs a seat, of which there is none before its turn; none bears the drafter, none two of one hand."""
    found = sent()
    do("zhao", approvals.agree, found)

    @operation("tests.signature.forged")
    def forge(*, by, at, seat, signer):
        Signature.objects.create(
            submission=found,
            sending=seat.sending,
            seat=seat,
            verdict="agreed",
            signed_by=signer,
            signed_by_name="谁",
            drafter=found.drafter,
            signed_on=at.date(),
            signed_at=at,
        )

    with acting(system):
        seats = {one.step: one for one in Seat.objects.select_related("sending")}
        assert sorted(seats) == [1, 2]
        cases = [(seats[2], found.drafter), (seats[2], staff["zhao"].key), (seats[1], staff["sun"].key)]
        for seat, signer in cases:
            with pytest.raises(IntegrityError), transaction.atomic():
                forge(by=system, at=now, seat=seat, signer=signer)
        assert Sending.objects.count() == 1 and Signature.objects.count() == 1


def test_who_stands_in_signs_for_her_colleague_and_the_paper_says_so(
    acting, staff, sent, do, today, now, system
):
    with acting(staff["qian"]):
        access.name_deputy(
            by=staff["qian"],
            at=now,
            grant=access.grants_of(staff["qian"].account, on=today)[0].public_id,
            deputy=staff["sun"].account,
            since=today,
            last=today + timedelta(days=3),
            reason="外出学习",
        )
    with acting(system):
        staff["sun"] = access.actor_of(staff["sun"].account, on=today)
    found = sent()
    do("zhao", approvals.agree, found)
    do("sun", approvals.agree, found)
    with acting(system):
        signed = Signature.objects.get(signed_by=staff["sun"].key)
        assert (signed.for_whom, signed.for_key) == ("钱主任", staff["qian"].key)
        assert Submission.objects.get().state == "issued"
        row = TrailRow.objects.filter(verb="approvals.submission.agreed").latest("id")
        assert staff["qian"].key in row.on_behalf_of


def test_a_deputy_does_not_sign_in_the_place_of_the_drafter(acting, staff, sent, do, today, now, system):
    with acting(staff["zhao"]):
        access.name_deputy(
            by=staff["zhao"],
            at=now,
            grant=access.grants_of(staff["zhao"].account, on=today)[0].public_id,
            deputy=staff["wang"].account,
            since=today,
            last=today + timedelta(days=3),
            reason="外出学习",
        )
    with acting(system):
        staff["wang"] = access.actor_of(staff["wang"].account, on=today)
    found = sent(by="zhao")
    assert waiting(acting, staff["wang"]) == []
    with pytest.raises(approvals.CannotDo, match="不由您签"):
        do("wang", approvals.agree, found)


def test_who_signed_does_not_sign_again_by_her_deputy(colleague, acting, staff, sent, do, today, now, system):
    with acting(staff["zhao"]):
        access.name_deputy(
            by=staff["zhao"],
            at=now,
            grant=access.grants_of(staff["zhao"].account, on=today)[0].public_id,
            deputy=staff["wang"].account,
            since=today,
            last=today + timedelta(days=3),
            reason="外出学习",
        )
    with acting(system):
        staff["deputy"] = access.actor_of(staff["wang"].account, on=today)
    staff["wang"] = colleague("chen", "陈科员", "section_officer")
    found = sent("countersigned", area=HOME)
    do("zhao", approvals.agree, found)
    do("shu", approvals.agree, found)
    with pytest.raises(approvals.CannotDo, match="现在轮到会签科室，不由您签"):
        do("deputy", approvals.agree, found)
    assert do("sun", approvals.agree, found).step_title == "分管领导"


def test_another_street_sees_nothing_and_who_only_drafts_reads_her_own(colleague, acting, staff, sent, do):
    found = sent()
    staff["far"] = colleague("far", "远科长", "section_chief", OTHER_STREET)
    staff["clerk"] = colleague("clerk", "李窗口", "window_clerk", STREET)
    for who in ("far", "clerk"):
        with acting(staff[who]):
            assert list(approvals.submissions(by=staff[who])) == []
            with pytest.raises(approvals.NoSubmission):
                approvals.get_submission(found.public_id, by=staff[who])
    with pytest.raises(approvals.NoSubmission):
        do("far", approvals.agree, found)
    own = sent("section", by="clerk", area=STREET)
    with acting(staff["clerk"]):
        assert [one.number for one in approvals.submissions(by=staff["clerk"])] == [own.number]
