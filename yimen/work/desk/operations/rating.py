"""好差评: the resident rates herself, by the code on her receipt or on paper. Nobody learns who she was."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from yimen.foundations.audit.api import operation, record
from yimen.foundations.bus.api import announce
from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.kernel.refusals import NotPossible
from yimen.work.desk.choices import RatingChannel
from yimen.work.desk.engine.bearer import case_of_word
from yimen.work.desk.engine.practice import practice
from yimen.work.desk.events import CaseRated
from yimen.work.desk.models import CaseStep, FollowUp, Rating, RatingSlip
from yimen.work.desk.permissions import ENTER_PAPER_RATING
from yimen.work.desk.rules.rating import TAGS, why_not_enter_for, why_not_rate
from yimen.work.desk.rules.watching import BAD_GRADES


class CannotRate(NotPossible):
    code = "desk.cannot_rate"


@operation("desk.case.rated")
def rate_case(
    *,
    by: Actor,
    at: datetime,
    word: str,
    grade: int,
    tags: Sequence[str] = (),
    text: str = "",
    channel: RatingChannel = RatingChannel.RECEIPT,
) -> None:
    """Rate a delivered case by the word on its receipt (评价): one review a case, within five working days.

    A paper card is entered by somebody who had no hand in the case. The rating keeps matter, area and month; neither it
    nor the trail says which case it was.
    """
    case = case_of_word(word, by=by)
    slip = RatingSlip.objects.select_for_update(of=("self",)).filter(case=case).first()
    if channel is RatingChannel.PAPER:
        by.must(ENTER_PAPER_RATING, area=case.area)
        handled = CaseStep.objects.filter(case=case).values_list("done_by", flat=True)
        if finding := why_not_enter_for(actor=by.key, handled_by=handled):
            raise CannotRate(finding.sentence, findings=[finding])
    if slip is None:
        raise CannotRate("这件事还没有送达，办完再请您评价。")
    today = day_of(at)
    if finding := why_not_rate(used=slip.used, open_until=slip.open_until, today=today, grade=grade):
        raise CannotRate(finding.sentence, findings=[finding])
    slip.used = True
    slip.save(update_fields=["used"])
    # Random key, first day of the month: nothing in the row leads back to a case or an hour.
    rating = Rating(
        public_id=UUID(bytes=secrets.token_bytes(16), version=4),
        matter=case.matter,
        area=case.area,
        month=Month.of(today).first_day,
        grade=grade,
        tags=[tag for tag in TAGS if tag in tags],
        text=text.strip()[:500],
        channel=channel,
    )
    Rating.objects.bulk_create([rating])
    if grade in BAD_GRADES:
        _open_follow_up(rating, today=today)
    record(None, kind="rating", area=case.area, channel=channel.value)
    # No answer: what is kept of a request for its replay shall not name the rating.
    announce(CaseRated(subject=rating.public_id, area=case.area, matter=case.matter, grade=grade))


def _open_follow_up(rating: Rating, *, today: date) -> None:
    """A bad grade must be looked into and answered in time (差评必回).

    The key is random and the limit is the last day of a week, so that neither tells the day of the rating.
    """
    days = practice(on=today).follow_up_working_days
    limit = working_calendar(on=today).add_working_days(today, days).day
    FollowUp.objects.create(
        public_id=uuid4(),
        rating=rating.public_id,
        matter=rating.matter,
        area=rating.area,
        grade=rating.grade,
        tags=rating.tags,
        text=rating.text,
        due_on=limit + timedelta(days=6 - limit.weekday()),
    )
