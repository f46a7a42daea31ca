"""Say who receives on the reception day, and see in the evening that nobody left with neither answer nor date."""

from datetime import date, datetime, time
from uuid import UUID

from django.urls import reverse

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of, spoken_day
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.services.council.models import ReceptionDay
from yimen.services.council.permissions import HOLD_RECEPTION
from yimen.services.council.queries import visits_on
from yimen.services.council.rules import why_not_receive


class CannotReceive(NotPossible):
    code = "council.cannot_receive"


@operation("council.reception.set")
def set_reception_day(
    *,
    by: Actor,
    at: datetime,
    area: str,
    day: date,
    host_name: str,
    host_post: str,
    place: str,
    opens: time,
    closes: time,
) -> ReceptionDay:
    """Say who receives people on a day, where and when (安排接待日); said again, it replaces what was said.

    Refuses a day gone by, hours that end before they begin, and a nameless host.
    """
    by.must(HOLD_RECEPTION, area=area)
    told = {
        "host_name": clean_line(host_name),
        "host_post": clean_line(host_post),
        "place": clean_line(place),
    }
    if finding := why_not_receive(day=day, on=day_of(at), opens=opens, closes=closes, **told):
        raise CannotReceive(finding.sentence, findings=[finding])
    given = {**told, "opens": opens, "closes": closes, "set_at": at, "set_by": by.key}
    found, _ = ReceptionDay.objects.update_or_create(area=area, day=day, defaults=given)
    record(found, kind="reception_day", area=area, day=day, **told)
    return found


@operation("council.visits.looked_over")
def remind_of_unanswered(*, by: Actor, at: datetime, of: date | None = None) -> int:
    """Tell in the afternoon whoever received a visitor that day and gave her neither answer nor date (当日来访提醒).

    ``of`` is the day, another than today when the machine was off in its afternoon.
    """
    today = day_of(at)
    day = of or today
    which = "今天" if day == today else spoken_day(day, today=today)
    open_visits = [visit for visit in visits_on(day, by=by) if visit.owes_a_word]
    for visit in open_visits:
        kind, _, account = visit.case.received_by.partition(":")
        if kind != "account":
            continue
        tell_account(
            by=by,
            at=at,
            account=UUID(account),
            title=f"{which}的来访还没有答复，也没有说日期",
            text=f"{visit.case.spoken_number}：能答复的请答复，答不了的请说个日期，写给来访人。",
            link=reverse("desk:case", args=[visit.case.public_id]),
            area=visit.case.area,
            person=visit.case.person,
        )
    if not open_visits:
        unchanged()
    return len(open_visits)
