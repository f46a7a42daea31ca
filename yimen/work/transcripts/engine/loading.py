"""What every deed on a transcript shares: load it within reach, locked."""

from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import Conflict, NotFound
from yimen.work.transcripts.models import Transcript


class NoTranscript(NotFound):
    code = "transcripts.no_transcript"
    sentence = "没有这张抄录卡，或不在您的范围内。"


class NoSheet(NotFound):
    code = "transcripts.no_sheet"
    sentence = "没有这张导出表，或不在您的范围内。"


class TranscriptChanged(Conflict):
    code = "transcripts.changed"
    sentence = "同事刚刚登记过这一件，请看一下最新情况再改。"


def load_transcript(transcript: UUID, *, by: Actor) -> Transcript:
    """The transcript within reach, locked until commit."""
    rows = Transcript.objects.within(by).select_for_update(of=("self",))
    found = rows.filter(public_id=transcript).first()
    if found is None:
        raise NoTranscript
    return found
