"""The answers of the units that were asked (协办答复), and who is told when one is late."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.messages.api import tell_account, tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.kernel.refusals import NotAllowed, NotPossible
from yimen.work.desk.choices import Heard, ShareAnswer, ShareState
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.engine.shares import let_go, load_share, share_address, tell_members
from yimen.work.desk.engine.steps import load_case, must_be_a_stranger
from yimen.work.desk.engine.units import members_of, units_of
from yimen.work.desk.models import Share
from yimen.work.desk.permissions import ANSWER_SHARE, HANDLE_CASE
from yimen.work.desk.rules.shares import why_not_answer_share


class CannotAnswerShare(NotPossible):
    code = "desk.cannot_answer_share"


@operation("desk.share.answered")
def answer_share(
    *,
    by: Actor,
    at: datetime,
    share: UUID,
    answer: ShareAnswer,
    text: str,
    amount: Money | None = None,
    heard: Heard = Heard.ITSELF,
    said_by: str = "",
) -> Share:
    """Answer a question about a case (答复协办): by the unit itself, or typed in by who handles the case, and marked so.

    The words are read by the resident. Whoever asked is told.
    """
    found = load_share(share, by=by)
    heard, answer = Heard(heard), ShareAnswer(answer)
    if heard is Heard.ITSELF:
        if found.unit is None or found.unit not in units_of(by, on=day_of(at)):
            raise NotAllowed(permission=ANSWER_SHARE, area=found.unit_area or found.area)
        must_be_a_stranger(by, found.person)
    else:
        by.must(HANDLE_CASE, area=load_case(found.case, by=by).desk_area)
    finding = why_not_answer_share(
        state=found.state,
        helps=answer in (ShareAnswer.AGREED, ShareAnswer.GIVEN),
        text=text,
        has_amount=amount is not None,
        typed_in=heard is not Heard.ITSELF,
        said_by=said_by,
    )
    if finding:
        raise CannotAnswerShare(finding.sentence, findings=[finding])
    found.state, found.answer, found.text = ShareState.ANSWERED, answer, text.strip()
    found.amount_fen = amount.fen if amount else None
    found.heard, found.said_by = heard, said_by.strip()
    found.answered_at, found.answered_by, found.answered_by_name = at, by.key, by.name
    found.save()
    let_go(found, by=by, at=at)
    if found.account and found.account != by.account:
        tell_account(
            by=by,
            at=at,
            account=found.account,
            title="协办有了答复",
            text=f"办件 {found.case_number}：{found.unit_name}已答复。",
            link=share_address(found.public_id),
            area=found.area,
        )
    record(found, kind="share", area=found.area, answer=answer.value, heard=heard.value)
    return found


@operation("desk.shares.chased")
def chase_shares(*, by: Actor, at: datetime) -> int:
    """Remind the units whose answer is late, tell who asked, and those above (协办超期提醒); answers how many were late.

    On working days only, and a unit that was reminded today is left alone. The titles name nobody.
    """
    unchanged()
    today = day_of(at)
    calendar = working_calendar(on=today)
    if not calendar.is_working_day(today):
        return 0
    late = list(
        Share.objects.within(by)
        .select_for_update(of=("self",))
        .filter(state=ShareState.OPEN, due_on__lt=today)
        .order_by("due_on", "id")
    )
    days = {share.pk: calendar.working_days_between(share.due_on, today).count for share in late}
    for share in late:
        if share.urged_on == today:
            continue
        share.urged_on = today
        share.save(update_fields=["urged_on"])
        if share.unit:
            members = [account for account, _ in members_of(share.unit, on=today)]
            tell_members(share, by=by, at=at, title="有一件协办已过答复期限", members=members)
        if share.account:
            tell_account(
                by=by,
                at=at,
                account=share.account,
                title="有一件协办过期没有答复",
                text=f"办件 {share.case_number}：{share.unit_name}没有按期答复，可以催办，或写明原因先决定。",
                link=share_address(share.public_id),
                area=share.area,
            )
        record(share, kind="share", area=share.area, late=True)
    for step in practice(on=today).share_escalation:
        counts = Counter(street_of(share.area) for share in late if days[share.pk] >= step.late_working_days)
        for street, number in sorted(counts.items()):
            tell_role(
                by=by,
                at=at,
                role=step.role,
                role_area=street,
                title="有协办过期没有答复",
                text=f"截至今天，有 {number} 件协办超期 {step.late_working_days} 个工作日以上。",
                link=step.link,
                area=street,
            )
    return len(late)
