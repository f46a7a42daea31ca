"""What the other system said is written back (登记外部编号和状态)."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.work.transcripts.engine.grammar import find_system
from yimen.work.transcripts.engine.loading import TranscriptChanged, load_transcript
from yimen.work.transcripts.models import Transcript
from yimen.work.transcripts.permissions import WRITE
from yimen.work.transcripts.rules import standing_after, why_not_write


class CannotWriteBack(NotPossible):
    code = "transcripts.cannot_write_back"


@operation("transcripts.transcript.written_back")
def write_back(
    *,
    by: Actor,
    at: datetime,
    transcript: UUID,
    outside_number: str,
    outside_state: str,
    edition: int | None = None,
) -> Transcript:
    """Note the number and state that the other system gave (登记外部编号和状态); the state says whether it is over there.

    Refuses a case that is over here, a missing number and a state the system does not know; `TranscriptChanged` when
    somebody else wrote since the page was shown. The same once more changes nothing.
    """
    found = load_transcript(transcript, by=by)
    by.must(WRITE, area=found.area)
    system = find_system(found.system, on=day_of(at))
    state = system.state(outside_state) if system else None
    number = clean_line(outside_number)[:40]
    if finding := why_not_write(standing=found.standing, number=number, known_state=state is not None):
        raise CannotWriteBack(finding.sentence, findings=[finding])
    if (found.outside_number, found.outside_state) == (number, outside_state):
        unchanged()
        return found
    if edition is not None and edition != found.edition:
        raise TranscriptChanged
    before = {"from_number": found.outside_number, "from_state": found.outside_state}
    found.outside_number, found.outside_state = number, outside_state
    found.standing = standing_after(ended=bool(state and state.ended))
    found.written_at, found.written_by, found.written_by_name = at, by.key, by.name[:80]
    found.edition += 1
    found.save()
    record(
        found,
        kind="transcript",
        area=found.area,
        case=str(found.case),
        system=found.system,
        number=number,
        state=outside_state,
        **before,
    )
    return found
