"""Between acceptance and decision: stop and start the clock, put off the limit, hand over to the street and back, withdraw."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.bus.api import announce
from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Period
from yimen.kernel.working_days import due_after_pauses
from yimen.work.desk.choices import OriginalPlace, PauseKind, State, StepKind
from yimen.work.desk.engine.bearer import case_of_word, tell_desk
from yimen.work.desk.engine.joining import joined_cases, part_all
from yimen.work.desk.engine.letters import write_letter
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.engine.shares import close_shares
from yimen.work.desk.engine.steps import (
    CannotDo,
    end_of_case,
    leave_step,
    load_case,
    matter_of,
    must_be_possible,
)
from yimen.work.desk.events import CaseDropped, CaseHandedOver
from yimen.work.desk.models import Case, CasePaper, CasePause, CaseStep
from yimen.work.desk.permissions import ACCEPT_CASE, EXTEND_CASE, HANDLE_CASE
from yimen.work.desk.rules.extending import why_not_extend


@operation("desk.case.paused")
def pause_case(
    *,
    by: Actor,
    at: datetime,
    case: UUID,
    why: str,
    basis: str,
    kind: PauseKind = PauseKind.CORRECTION,
    supply_by: date | None = None,
    days: int | None = None,
    edition: int | None = None,
) -> Case:
    """Stop the clock because we wait for the resident or an expert (中止计时), with the ground that allows it.

    She is told in writing: what is to be corrected by ``supply_by`` (补正通知书; without a day, the one that is usual for
    papers that follow), or for which procedure the clock stands ``days`` working days (中止计时告知书).
    """
    found = load_case(case, by=by, edition=edition)
    by.must(HANDLE_CASE, area=found.desk_area)
    must_be_possible("pause", found, matter_of(found))
    if not why.strip() or not basis.strip():
        raise CannotDo("中止计时要写明在等什么，以及依据。")
    CasePause.objects.create(
        case=found, since_on=day_of(at), why=why.strip(), basis=basis.strip(), paused_by=by.key
    )
    found.paused, found.due_on, found.legal_due_on = True, None, None
    if PauseKind(kind) is PauseKind.PROCEDURE:
        if not days or days < 1:
            raise CannotDo("请写明预计需要几个工作日，要书面告诉申请人。")
        told = {"letter": "suspension", "procedure": why.strip(), "days": days, "since": day_of(at)}
        said = f"正在{why.strip()}，预计 {days} 个工作日，不计入期限"
    else:
        by_day = supply_by or _usual_day(on=day_of(at))
        if by_day < day_of(at):
            raise CannotDo("补正的最后一天要在今天或以后。")
        lines = [line.strip() for line in why.splitlines() if line.strip()]
        told = {"letter": "correction", "corrections": lines, "supply_by": by_day}
        said = f"等您：{why.strip()}（{by_day.month}月{by_day.day}日前）"
    letter = write_letter(by=by, at=at, case=found, **told)
    leave_step(found, StepKind.PAUSED, by=by, at=at, note=why.strip(), said=said[:200], letter=letter)
    return found


@operation("desk.case.extended")
def extend_case(
    *,
    by: Actor,
    at: datetime,
    case: UUID,
    days: int,
    reason: str,
    approver: str,
    edition: int | None = None,
) -> Case:
    """Put off the limit of a case by some working days (延期), once, with the reason and who approved it (行政许可法 42).

    Refuses after the legal limit, twice, and beyond what the matter allows. The applicant gets the letter; both limits
    and all lists follow. Who enters it may do so for her office; ``approver`` is the head who signed.
    """
    found = load_case(case, by=by, edition=edition)
    by.must(EXTEND_CASE, area=found.desk_area)
    matter = matter_of(found)
    must_be_possible("extend", found, matter)
    on, before = day_of(at), found.due_on
    finding = why_not_extend(
        reason=reason,
        approver=approver,
        days=days,
        most=matter.days.extend_most,
        legal_due_on=found.legal_due_on,
        on=on,
    )
    if finding:
        raise CannotDo(finding.sentence, findings=[finding])
    found.extended_days = days
    _set_due_dates(case=found, matter=matter, on=on)
    told = {"days": days, "reason": reason.strip(), "approver": approver.strip()}
    letter = write_letter(
        by=by, at=at, case=found, letter="extension", old_due_on=before, due_on=found.due_on, **told
    )
    leave_step(
        found,
        StepKind.EXTENDED,
        by=by,
        at=at,
        note=f"{reason.strip()}；{approver.strip()}批准，延长 {days} 个工作日"[:400],
        said=f"因{reason.strip()}，延长 {days} 个工作日，{found.due_on.month}月{found.due_on.day}日前{matter.done}"[
            :200
        ],
        letter=letter,
        due_on=found.due_on,
        **told,
    )
    return found


@operation("desk.case.resumed")
def resume_case(*, by: Actor, at: datetime, case: UUID, edition: int | None = None) -> Case:
    """Start the clock again (恢复办理); the due date moves by the working days it stood still."""
    found = load_case(case, by=by, edition=edition)
    by.must(HANDLE_CASE, area=found.desk_area)
    matter = matter_of(found)
    must_be_possible("resume", found, matter)
    pause = CasePause.objects.select_for_update(of=("self",)).get(case=found, until_on__isnull=True)
    pause.until_on, pause.resumed_by = day_of(at), by.key
    pause.save(update_fields=["until_on", "resumed_by"])
    found.paused = False
    _set_due_dates(case=found, matter=matter, on=day_of(at))
    said = f"继续办理，{found.due_on.month}月{found.due_on.day}日前{matter.done}"
    leave_step(found, StepKind.RESUMED, by=by, at=at, said=said, due_on=found.due_on)
    return found


@operation("desk.case.handed_over")
def hand_over_case(*, by: Actor, at: datetime, case: UUID, why: str, edition: int | None = None) -> Case:
    """Pass a hard case up to the street (上交街道), with the reason; the clock runs on and the due date stays."""
    found = load_case(case, by=by, edition=edition)
    by.must(HANDLE_CASE, area=found.desk_area)
    must_be_possible("hand_over", found, matter_of(found))
    return _move(found, found.street, StepKind.HANDED_OVER, why, by=by, at=at, said="已转街道办理，期限不变")


@operation("desk.case.handed_back")
def hand_back_case(*, by: Actor, at: datetime, case: UUID, why: str, edition: int | None = None) -> Case:
    """Give a case back to the window that took it (退回社区), with the reason; the due date stays."""
    found = load_case(case, by=by, edition=edition)
    by.must(HANDLE_CASE, area=found.desk_area)
    must_be_possible("hand_back", found, matter_of(found))
    return _move(found, found.area, StepKind.HANDED_BACK, why, by=by, at=at, said="已转回社区办理，期限不变")


@operation("desk.case.withdrawn")
def withdraw_case(*, by: Actor, at: datetime, case: UUID, why: str, edition: int | None = None) -> Case:
    """The applicant takes her application back (撤回申请); the reason is hers and may be short.

    She gets the letter that says so, with the originals that go back to her.
    """
    found = load_case(case, by=by, edition=edition)
    by.must(ACCEPT_CASE, area=found.area)
    must_be_possible("withdraw", found, matter_of(found))
    return _withdraw(found, why.strip(), handler=by.name, by=by, at=at)


@operation("desk.case.withdrawn_by_word")
def withdraw_by_word(*, by: Actor, at: datetime, word: str, why: str = "") -> Case:
    """The bearer of the receipt takes the application back herself (自行撤回), while it is not decided.

    The word is the right to do it. The letter names who worked on the case last, and the post at whose desk it lay is
    told: originals may have to go back.
    """
    found = load_case(case_of_word(word, by=by).public_id, by=by)
    must_be_possible("withdraw", found, matter_of(found))
    steps = CaseStep.objects.filter(case=found).exclude(done_by__startswith="system:")
    last = steps.order_by("-id").first()
    _withdraw(found, why.strip(), handler=last.done_by_name if last else by.name, by=by, at=at)
    text = "申请人凭查询码自行撤回，终止办理通知书已生成；有材料原件的请退还。"
    tell_desk(found, by=by, at=at, title="居民撤回一件事", text=text)
    return found


def _withdraw(found: Case, why: str, *, handler: str, by: Actor, at: datetime) -> Case:
    CasePause.objects.filter(case=found, until_on__isnull=True).update(until_on=day_of(at), resumed_by=by.key)
    found.state, found.paused, found.papers_due_on = State.WITHDRAWN, False, None
    close_shares(found, by=by, at=at, why="申请人撤回")
    letter = _write_withdrawal(found, why, handler=handler, by=by, at=at)
    leave_step(found, StepKind.WITHDRAWN, by=by, at=at, note=why, said="已按您的要求撤回", letter=letter)
    end_of_case(found, by=by, at=at)
    part_all(found, by=by, at=at, why="一起办的那一件撤回了")
    announce(
        CaseDropped(
            subject=found.public_id, area=found.area, matter=found.matter, person=found.person, on=day_of(at)
        )
    )
    return found


def _set_due_dates(*, case: Case, matter, on) -> None:
    """Both limits anew from the day of acceptance, all pauses and what it was put off (承诺期限、法定期限)."""
    calendar = working_calendar(on=on)
    pauses = [
        Period(pause.since_on, pause.until_on) for pause in CasePause.objects.filter(case=case).order_by("id")
    ]
    days = matter.days.promised + case.extended_days
    promised = due_after_pauses(start=case.accepted_on, working_days=days, pauses=pauses, calendar=calendar)
    legal = due_after_pauses(
        start=case.accepted_on, working_days=max(matter.days.legal, days), pauses=pauses, calendar=calendar
    )
    case.due_on, case.legal_due_on = promised.day, legal.day
    case.due_provisional = bool(promised.provisional_years)


def _usual_day(*, on: date) -> date:
    return working_calendar(on=on).add_working_days(on, practice(on=on).papers_follow_working_days).day


def _write_withdrawal(case: Case, why: str, *, handler: str, by: Actor, at: datetime) -> UUID:
    """The letter that the case ended (终止办理通知书), with the originals that lie here."""
    kept = CasePaper.objects.filter(case=case, original__in=(OriginalPlace.WINDOW, OriginalPlace.FILED))
    reason = f"您撤回申请（{why}）" if why else "您撤回申请"
    papers = [paper.title for paper in kept.order_by("id")]
    told = {"reason": reason, "papers": papers, "handler": handler}
    return write_letter(by=by, at=at, case=case, letter="withdrawal", **told)


def _move(case: Case, to: str, kind: StepKind, why: str, *, by: Actor, at: datetime, said: str) -> Case:
    if not why.strip():
        raise CannotDo("请写明移交的原因，接手的同事要看。")
    for one in (case, *joined_cases(case, by=by)):
        one.desk_area = to
        leave_step(one, kind, by=by, at=at, note=why.strip(), said=said, to=to)
        announce(
            CaseHandedOver(
                subject=one.public_id,
                area=one.area,
                matter=one.matter,
                person=one.person,
                on=day_of(at),
                to_area=to,
            )
        )
    return case
