"""What the verbs of the window share when papers are handed over (受理): their refusal, and two looks at the papers."""

from collections.abc import Mapping

from yimen.kernel.refusals import NotPossible
from yimen.work.desk.choices import PaperState
from yimen.work.desk.engine.trays import unconfirmed


class CannotAccept(NotPossible):
    """Findings say what is missing or in the way."""

    code = "desk.cannot_accept"
    sentence = "还不能受理：{why}"


def must_be_confirmed(tray, matter) -> None:
    """What a phone sent is looked at before it becomes a case's (手机拍的先确认)."""
    if findings := unconfirmed(tray, {paper.key: paper.title for paper in matter.papers}):
        raise CannotAccept(why="；".join(one.sentence for one in findings), findings=findings)


def original_of(originals: Mapping[str, str], key: str, states: Mapping[str, str]) -> str:
    """Where the sheet lies (原件去向); of what was not handed over the counter there is none."""
    handed = states.get(key) in (PaperState.SEEN, PaperState.COPIED)
    return originals.get(key, "") if handed else ""
