"""What waits, what is typed and what is over in other systems."""

from uuid import UUID

from django.db.models import Count, QuerySet

from yimen.foundations.bus.api import today_acted
from yimen.kernel.actor import Actor
from yimen.work.transcripts.choices import Standing
from yimen.work.transcripts.engine.grammar import systems
from yimen.work.transcripts.engine.loading import NoTranscript
from yimen.work.transcripts.models import Transcript
from yimen.work.transcripts.permissions import VIEW


def transcripts(*, by: Actor) -> QuerySet[Transcript]:
    """All of them that the actor may view in her areas."""
    return Transcript.objects.within(by).filter(area__begins_with_any=by.areas_for(VIEW))


def counts(*, by: Actor) -> dict[str, int]:
    """How many of each standing (各情况件数), in one query."""
    told = transcripts(by=by).order_by().values_list("standing").annotate(count=Count("id"))
    return dict.fromkeys(Standing.values, 0) | dict(told)


def get_transcript(public_id: UUID, *, by: Actor) -> Transcript:
    """One of them; refuses what is not within reach, and who may not view it."""
    found = Transcript.objects.within(by).filter(public_id=public_id).first()
    if found is None:
        raise NoTranscript
    by.must(VIEW, area=found.area)
    return found


def system_choices(*, by: Actor | None = None) -> list[tuple[str, str]]:
    """The other systems to choose from (外部系统), by name."""
    return [(one.key, one.body.title) for one in systems(on=today_acted())]
