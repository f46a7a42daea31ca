"""Put a half-done intake aside and take it back (挂起、取回)."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.definitions.api import current
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.kernel.refusals import NotAllowed, NotFound, NotPossible
from yimen.registers.people import api as people
from yimen.work.desk.engine.parked import own_parked
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.models import ParkedIntake
from yimen.work.desk.permissions import ACCEPT_CASE

MOST_LETTERS = 100_000
NOBODY_SEES_MORE = "**"


class CannotPark(NotPossible):
    code = "desk.cannot_park"
    sentence = "不能挂起：{why}"


class NoParkedIntake(NotFound):
    code = "desk.no_parked_intake"
    sentence = "没有这件挂起的受理：已经办完、已经清除，或是别人挂起的。"


@operation("desk.intake.parked")
def park_intake(
    *,
    by: Actor,
    at: datetime,
    area: str,
    person: UUID,
    matter: str,
    kept: Mapping[str, Sequence[str]],
    page: str = "",
    parked: UUID | None = None,
    edition: int | None = None,
) -> ParkedIntake:
    """Put an unfinished intake aside as it is (挂起): person, matter, what was typed, valid or not.

    ``parked`` and ``edition`` say that it was taken back from there. When another tab has changed that one meanwhile, it
    becomes a parked intake of its own, so that neither tab loses anything. ``page`` is the key of the page it is sent from:
    a second click, or going back and parking again, changes the same one. Refuses more than the practice allows.
    """
    by.must(ACCEPT_CASE, area=area)
    if by.account is None:
        raise NotAllowed(permission=ACCEPT_CASE, area=area)
    card = people.person_card(person, by=by)
    text = json.dumps({name: list(values) for name, values in kept.items()}, ensure_ascii=False)
    if len(text) > MOST_LETTERS:
        raise CannotPark(why="填的内容太长，请先受理或缩短。")
    mine = own_parked(by).select_for_update(of=("self",))
    hers = people.person_ids(card.public_id, by=by)
    open_here = mine.filter(person__in=hers, matter=matter, dropped_at__isnull=True)
    key = hashlib.sha256((page or uuid4().hex).encode("utf-8", "surrogatepass")).hexdigest()
    row = (
        open_here.filter(public_id=parked, edition=edition).first() or open_here.filter(page_key=key).first()
    )
    if row is None:
        most = practice(on=day_of(at)).parked_most
        if mine.filter(dropped_at__isnull=True).count() >= most:
            raise CannotPark(why=f"最多同时挂起 {most} 件，请先办完或放弃一件。")
        new = ParkedIntake(
            account=by.account,
            area=area,
            person=card.public_id,
            surname=card.name[:1] + NOBODY_SEES_MORE,
            matter=matter,
            matter_title=current("matter", matter, on=day_of(at)).body.title,
            page_key=key,
            kept=text,
            parked_at=at,
        )
        # A twin of this click that is still under way is waited for, and its row is then the one.
        ParkedIntake.objects.bulk_create([new], ignore_conflicts=True)
        row = mine.get(page_key=key)
    else:
        row.edition += 1
        row.kept, row.parked_at, row.page_key = text, at, key
        row.save()
    record(row, kind="parked_intake", area=area, matter=matter)
    return row


@operation("desk.intake.dropped")
def drop_parked(*, by: Actor, at: datetime, parked: UUID) -> ParkedIntake:
    """She will not go on with it (放弃挂起的受理); it can be restored until the evening."""
    return _mark(by=by, parked=parked, dropped_at=at)


@operation("desk.intake.restored")
def restore_parked(*, by: Actor, at: datetime, parked: UUID) -> ParkedIntake:
    """It was dropped by mistake (恢复放弃的受理)."""
    return _mark(by=by, parked=parked, dropped_at=None)


@operation("desk.intake.parked_cleared")
def clear_parked(*, by: Actor, at: datetime, of: date | None = None) -> int:
    """In the evening what is still parked goes (清除挂起的受理), and its clerk is told how many; answers how many went.

    ``of`` is the day whose evening it is: made up for on the next morning, what was parked since then stays.
    """
    today = day_of(at)
    until = (
        at if of in (None, today) else datetime.combine(of + timedelta(days=1), time.min, tzinfo=STREET_TIME)
    )
    which = "今天" if of in (None, today) else "前面"
    rows = list(ParkedIntake.objects.within(by).select_for_update(of=("self",)).filter(parked_at__lt=until))
    if not rows:
        unchanged()
        return 0
    waiting = Counter((row.account, row.area) for row in rows if row.dropped_at is None)
    for (account, area), number in sorted(waiting.items(), key=str):
        tell_account(
            by=by,
            at=at,
            account=account,
            area=area,
            title="挂起的受理已清除",
            text=f"{which}有 {number} 件挂起的受理没有办完，已自动清除，填过的内容不再保存。居民再来时请重新受理。",
        )
    record_batch([{"parked_intake": str(row.public_id)} for row in rows], kind="parked_intake", area=by.home)
    ParkedIntake.objects.within(by).filter(id__in=[row.id for row in rows]).delete()
    return len(rows)


def _mark(*, by: Actor, parked: UUID, dropped_at: datetime | None) -> ParkedIntake:
    row = own_parked(by).select_for_update(of=("self",)).filter(public_id=parked).first()
    if row is None:
        raise NoParkedIntake
    by.must(ACCEPT_CASE, area=row.area)
    if bool(row.dropped_at) == bool(dropped_at):
        unchanged()
        return row
    row.dropped_at = dropped_at
    row.save(update_fields=["dropped_at"])
    record(row, kind="parked_intake", area=row.area, dropped=dropped_at is not None)
    return row
