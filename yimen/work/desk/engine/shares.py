"""What the deeds on questions to other units share (协办): load one, reach its people, tell them, let them go."""

from datetime import date, datetime, timedelta
from uuid import UUID

from yimen.foundations.access.api import TieKind, tie, tied_to, untie
from yimen.foundations.forms.api import get_sheet
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound
from yimen.work.desk.choices import ShareState
from yimen.work.desk.engine.units import members_of
from yimen.work.desk.models import Case, Share


class NoShare(NotFound):
    code = "desk.no_share"
    sentence = "没有这条协办，或不在您的范围内。"


def load_share(share: UUID, *, by: Actor) -> Share:
    """The question within reach, locked until commit."""
    found = Share.objects.within(by).select_for_update(of=("self",)).filter(public_id=share).first()
    if found is None:
        raise NoShare
    return found


def share_address(share: UUID) -> str:
    """The page of one question."""
    return f"/desk/shares/{share}/"


def told_along(case: Case, keys: tuple[str, ...], *, by: Actor) -> list[list[str]]:
    """The answers of the application that go to the unit (随附内容), and no others."""
    if not keys or not case.sheet:
        return []
    lines = get_sheet(case.sheet, by=by).lines
    return [[line.label, line.text] for line in lines if line.key in keys]


def open_to_members(share: Share, *, by: Actor, at: datetime) -> int:
    """Let the people of the unit see the question, also from beyond its area (建立关联), and tell them; answers how many."""
    if share.unit is None:
        return 0
    members = members_of(share.unit, on=day_of(at))
    for account, area in members:
        if not (share.unit_area.startswith(area) or share.area.startswith(area)):
            tie(
                by=by,
                at=at,
                account=account,
                kind=TieKind.CASE,
                subject=share.public_id,
                reason=tie_reason(share),
            )
    tell_members(share, by=by, at=at, title="有一件协办等您答复", members=[one for one, _ in members])
    return len(members)


def tell_members(share: Share, *, by: Actor, at: datetime, title: str, members: list[UUID]) -> None:
    """A message to the people of the unit, without the name of the resident."""
    for account in dict.fromkeys(members):
        tell_account(
            by=by,
            at=at,
            account=account,
            title=title,
            text=f"办件 {share.case_number}，请在{share.due_on.month}月{share.due_on.day}日前答复。",
            link=share_address(share.public_id),
            area=share.area,
        )


def let_go(share: Share, *, by: Actor, at: datetime) -> None:
    """The unit has nothing more to do with it: ties end tomorrow, so that today's page still opens (解除关联)."""
    today = day_of(at)
    for one in list(tied_to(share.public_id, on=today)):
        untie(
            by=by,
            at=at,
            account=one.account_id,
            subject=share.public_id,
            reason=tie_reason(share),
            until=today + timedelta(days=1),
        )


def open_shares(case: UUID, *, by: Actor) -> list[Share]:
    """The questions of a case that nobody has answered (未回的协办)."""
    return list(Share.objects.within(by).filter(case=case, state=ShareState.OPEN).order_by("id"))


def answers_in_words(case: UUID, *, by: Actor) -> list[str]:
    """What each unit answered, a line each, as the letter to the resident says it (各部门答复)."""
    rows = Share.objects.within(by).filter(case=case).exclude(state=ShareState.WITHDRAWN).order_by("id")
    return [f"{share.unit_name}：{share.in_words}" for share in rows]


def close_shares(case: Case, *, by: Actor, at: datetime, why: str) -> None:
    """The case is settled or withdrawn: what nobody answered is awaited no longer (停止协办)."""
    for share in open_shares(case.public_id, by=by):
        share.state, share.closed_why = ShareState.CLOSED, why[:200]
        share.save(update_fields=["state", "closed_why"])
        let_go(share, by=by, at=at)


def tie_reason(share: Share) -> str:
    """The words under which the ties of a question are kept (关联事由)."""
    return f"协办 {share.case_number} {share.unit_name}"[:120]


def latest_working_day(on: date, number: int, *, limit: date | None, calendar) -> date:
    """So many working days from a day, but not beyond the limit of the case."""
    day = calendar.add_working_days(on, number).day
    return min(day, limit) if limit else day
