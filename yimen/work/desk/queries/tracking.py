"""The resident's own view of her case, by the word on her receipt and nothing else (办件查询)."""

from dataclasses import dataclass
from datetime import date, datetime

from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import version
from yimen.kernel.actor import system_actor
from yimen.kernel.working_days import Deadline, describe
from yimen.work.desk.choices import Outcome, ShareState, State
from yimen.work.desk.engine.bearer import why_not_urge_now
from yimen.work.desk.engine.following import owed_papers
from yimen.work.desk.engine.letters import NoWindow, window_of
from yimen.work.desk.engine.numbers import tracking_hash
from yimen.work.desk.engine.standing import standing_of
from yimen.work.desk.models import Case, CasePaper, CaseStep, RatingSlip, Share
from yimen.work.desk.rules.states import why_not


@dataclass(frozen=True)
class TrackedStep:
    at: datetime
    said: str


@dataclass(frozen=True)
class TrackedCase:
    """What the bearer of the word may see: no name, no answers, no papers of anybody."""

    number: str
    matter: str
    state: str
    promise: str
    steps: tuple[TrackedStep, ...]
    phone: str
    address: str
    remedies: bool
    may_rate: bool
    rated: bool
    rate_until: date | None
    answers: tuple[tuple[str, str], ...] = ()
    owed: tuple[tuple[str, date], ...] = ()
    running: bool = False
    why_not_urge: str = ""
    may_withdraw: bool = False


def tracked_case(word: str, *, today: date) -> TrackedCase | None:
    """The case that the word opens, or None. Read as a system actor: the word itself is the right to see this much."""
    by = system_actor("desk.tracking")
    with act_as(by, on=today):
        case = Case.objects.filter(tracking_hash=tracking_hash(word)).first()
        if case is None:
            return None
        slip = RatingSlip.objects.filter(case=case).first()
        shares = Share.objects.filter(case=case.public_id).exclude(state=ShareState.WITHDRAWN).order_by("id")
        steps = CaseStep.objects.filter(case=case).exclude(said="").order_by("-id")
        matter = version(case.matter_version).body
        try:
            _, window = window_of(case.desk_area, on=today)
            phone, address = window.phone, window.address
        except NoWindow:
            phone = address = ""
        return TrackedCase(
            number=case.spoken_number,
            matter=case.matter_title,
            state=_in_plain_words(case),
            promise=_promise(case, matter.days.promised, today),
            steps=tuple(TrackedStep(step.at, step.said) for step in steps),
            phone=phone,
            address=address,
            remedies=case.outcome == "refused",
            may_rate=bool(slip and not slip.used and today <= slip.open_until),
            rated=bool(slip and slip.used),
            rate_until=slip.open_until if slip else None,
            running=case.state == State.ACCEPTED and not case.paused,
            why_not_urge=finding.sentence if (finding := why_not_urge_now(case, on=today)) else "",
            may_withdraw=why_not("withdraw", standing_of(case, matter)) is None,
            owed=tuple((paper.title, paper.due_on) for paper in _owed(case) if paper.due_on),
            answers=tuple((share.unit_name, _answered(share)) for share in shares),
        )


def _owed(case: Case) -> list[CasePaper]:
    """What she is still to bring (容缺待补)."""
    return owed_papers(case) if case.papers_due_on else []


def _answered(share: Share) -> str:
    """What a unit said, without the sum: the sum stands in the letter that is handed to her."""
    if share.state != ShareState.ANSWERED:
        return (
            f"{share.due_on.month}月{share.due_on.day}日前答复"
            if share.state == ShareState.OPEN
            else "没有答复"
        )
    return f"{share.get_answer_display()}：{share.text}"


def _promise(case: Case, days: int, today: date) -> str:
    if case.state != State.ACCEPTED or case.due_on is None:
        return ""
    years = (case.due_on.year,) if case.due_provisional else ()
    return describe(Deadline(case.due_on, years, days), today=today)


def _in_plain_words(case: Case) -> str:
    if case.paused:
        return "在等您补充"
    if case.state == State.DECIDED and case.outcome == Outcome.REFUSED:
        return "没有批准，决定书等您来取"
    return {
        State.RECEIVED: "还差您几样材料",
        State.ACCEPTED: "正在办理",
        State.DECIDED: "办好了，等您来取",
        State.DELIVERED: "已送达",
        State.ARCHIVED: "已送达并归档",
        State.DECLINED: "不予受理",
        State.WITHDRAWN: "已撤回",
        State.VOIDED: "窗口录错，已作废",
    }[State(case.state)]
