"""What is over and not in the archive yet (待移交), and which papers of it there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.work.desk.choices import OriginalPlace, PaperState, State, StepKind
from yimen.work.desk.engine.grammar import Archive
from yimen.work.desk.engine.steps import matter_of
from yimen.work.desk.models import Case, CasePaper, CaseStep
from yimen.work.desk.permissions import VIEW_CASES
from yimen.work.desk.queries.cases import find_cases
from yimen.work.desk.rules.states import HANDED_OVER_FROM

_ENDINGS = (StepKind.DELIVERED, StepKind.DECLINED, StepKind.WITHDRAWN)
# A copy or a written promise lies with us, unless it is only a picture and the sheet went back; so does an original we kept.
_ON_PAPER = Q(original__in=(OriginalPlace.WINDOW, OriginalPlace.FILED)) | (
    Q(state__in=(PaperState.COPIED, PaperState.PROMISED))
    & ~Q(original=OriginalPlace.RETURNED, file__isnull=False)
)


@dataclass(frozen=True)
class PaperCount:
    """The papers of one case: all that were checked (材料), and those that lie with us on paper (留存的纸质材料)."""

    checked: int = 0
    on_paper: int = 0


def cases_to_hand_over(*, until: date, by: Actor) -> QuerySet[Case]:
    """What was over by the end of ``until`` and has no archive number (待移交办件), each with its ``ended_at``.

    A delivered case always; a declined one too, for its written refusal can still be challenged; a withdrawn one only
    when papers of hers stayed with us: of somebody who changed her mind and left nothing, nothing is kept.
    """
    return _over(find_cases(by=by), _midnight(until))


def count_to_hand_over(*, until: date, areas: Sequence[str], by: Actor) -> int:
    """How many of them were taken in by just these windows."""
    return sum(_counts_over(by, _midnight(until), areas)) if by.can_somewhere(VIEW_CASES) else 0


@kept
def _counts_over(by: Actor, midnight: datetime, areas: Sequence[str]) -> QuerySet:
    over = _over(Case.objects.within(by), midnight).filter(area__among=areas).order_by()
    return over.values("area").annotate(count=Count("pk")).values_list("count", flat=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=STREET_TIME)


def _over(cases: QuerySet[Case], midnight: datetime) -> QuerySet[Case]:
    ended = CaseStep.objects.filter(case=OuterRef("pk"), kind__in=_ENDINGS).order_by("-id").values("at")[:1]
    stayed = CasePaper.objects.filter(_ON_PAPER, case=OuterRef("pk"))
    return (
        cases.filter(archive_number__isnull=True, state__in=HANDED_OVER_FROM)
        .filter(~Q(state=State.WITHDRAWN) | Exists(stayed))
        .annotate(ended_at=Subquery(ended))
        .filter(ended_at__lt=midnight)
    )


def paper_counts(cases: Iterable[Case]) -> dict[int, PaperCount]:
    """The papers of many loaded cases, by the id of the case; one query."""
    rows = (
        CasePaper.objects.filter(case__in=[case.pk for case in cases])
        .exclude(state__in=(PaperState.MISSING, PaperState.TOLERATED))
        .values("case_id")
        .annotate(checked=Count("id"), on_paper=Count("id", filter=_ON_PAPER))
    )
    return {row["case_id"]: PaperCount(row["checked"], row["on_paper"]) for row in rows}


def archive_rule(case: Case) -> Archive:
    """How the case is to be kept (归档规定), by the version of the matter under which it was opened."""
    return matter_of(case).archive
