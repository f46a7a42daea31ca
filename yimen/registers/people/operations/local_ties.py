"""Where a resident works or goes to school (工作、就学地), and the card its community sees."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import looks_lately, operation, record, record_look, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, is_area_code, level
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import Doubt, LocalTieKind
from yimen.registers.people.models import LocalTie, TiedResident
from yimen.registers.people.operations.looks import SAME_LOOK
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.local_ties import local_tie, ties_here
from yimen.registers.people.queries.persons import get_person
from yimen.registers.people.rules.local_ties import why_not_tie
from yimen.registers.people.rules.restrictions import why_restricted
from yimen.registers.places.api import find_area


class CannotTie(NotPossible):
    code = "people.cannot_tie"
    sentence = "不能登记工作、就学地：{why}"


@operation("people.local_tie.noted")
def note_local_tie(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    kind: str,
    community: str,
    place: str,
    basis: str,
    since: date,
    until: date | None = None,
) -> LocalTie:
    """Say where somebody works or goes to school, since when and by what one knows (登记工作、就学地).

    The community, which may lie in another street, sees her card (`TiedResident`) as long as it lasts, and no more of her. Noted
    by whoever keeps her file. Refuses the dead, who wants her data used for little, and days that cannot be.
    """
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    place, basis = clean_line(place)[:80], clean_line(basis)[:100]
    if found.died_on:
        raise CannotTie(why=f"{found.name}已登记死亡。")
    if barred := why_restricted(found.name, restricted=Doubt.RESTRICTED in found.doubts):
        raise CannotTie(why=barred[0].sentence, findings=barred)
    findings = why_not_tie(
        kind=kind, place=place, basis=basis, since=since, until=until, born=found.birth_on, today=day_of(at)
    )
    if findings:
        raise CannotTie(why=findings[0].sentence, findings=findings)
    if not is_area_code(community) or level(community) != Level.COMMUNITY or find_area(community) is None:
        raise CannotTie(why="请选择单位或学校所在的社区。")
    same = LocalTie.objects.filter(person=found, kind=kind, area=community, place=place, until=None).first()
    if same is not None:
        unchanged()
        return same
    made = LocalTie.objects.create(
        person=found,
        kind=kind,
        area=community,
        place=place,
        basis=basis,
        since=since,
        until=until,
        noted_at=at,
        noted_by=by.key,
    )
    record(found, kind="person", area=found.area, tie=str(made.public_id), where=community, tied=kind)
    return made


@operation("people.local_tie.ended")
def end_local_tie(
    *, by: Actor, at: datetime, person: UUID, tie: UUID, on: date, reason: str, wrong: bool = False
) -> None:
    """She works or learns there no longer from a day on (结束), or never did (``wrong``): then the row goes. With a reason."""
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    row = local_tie(tie, of=found, by=by)
    why = clean_line(reason)[:200]
    if not why:
        raise CannotTie(why="结束请写明理由，例如：离职、毕业、登记错了人。")
    if on > day_of(at):
        raise CannotTie(why="日期在今天之后；知道哪天结束的，到那天再登记。")
    if row.until and on >= row.until and not wrong:
        raise CannotTie(why=f"已登记到 {row.until:%Y-%m-%d} 为止。")
    old = {"kind": row.kind, "where": row.area, "place": row.place, "since": row.since.isoformat()}
    if wrong or on <= row.since:
        row.delete()
    else:
        row.until, row.ended_why = on, why
        row.save(update_fields=["until", "ended_why"])
    record(found, kind="person", area=found.area, tie=str(tie), ended=on.isoformat(), old=old, reason=why)


@operation("people.tied_card.opened", one_row=True)
def open_tied_card(*, by: Actor, at: datetime, person: UUID) -> list[TiedResident]:
    """The card of somebody tied to where ``by`` works (属地卡), one row for each tie. The look is noted and she can read it."""
    rows = ties_here(person, by=by)
    ties = "、".join(dict.fromkeys(LocalTieKind(row.kind).label for row in rows))
    why = f"看属地卡：{ties}在本地"
    if looks_lately(person, actor=by.key, since=at - SAME_LOOK, until=at, why=why).exists():
        unchanged()
    else:
        record_look(by=by, at=at, subject=person, area=rows[0].community, why=why)
    return rows
