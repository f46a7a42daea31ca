"""What of a case's papers we hold: how many, how many as files, and whose originals stayed with us."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from yimen.kernel.actor import Actor
from yimen.work.desk.choices import OriginalPlace
from yimen.work.desk.models import CasePaper
from yimen.work.desk.rules.acceptance import COUNTED


@dataclass(frozen=True)
class PapersHeld:
    """The papers of one case (案卷材料): how many we had in hand, how many of them are files, how many originals we kept.

    ``at_window`` lie at the window, ``with_file`` go with the paper file (随档); the rest went back to the resident.
    """

    papers: int = 0
    files: int = 0
    at_window: int = 0
    with_file: int = 0

    @property
    def originals(self) -> int:
        """How many paper originals exist with us (留存原件)."""
        return self.at_window + self.with_file


def papers_of(cases: Iterable[UUID], *, by: Actor) -> dict[UUID, PapersHeld]:
    """What we hold of the papers of these cases (public ids), in one query; a case without papers has an empty answer."""
    wanted = list(cases)
    rows = (
        CasePaper.objects.within(by)
        .filter(case__public_id__in=wanted, state__in=COUNTED)
        .values_list("case__public_id")
        .annotate(
            papers=Count("id"),
            files=Count("file"),
            at_window=Count("id", filter=Q(original=OriginalPlace.WINDOW)),
            with_file=Count("id", filter=Q(original=OriginalPlace.FILED)),
        )
    )
    held = {case: PapersHeld(*counts) for case, *counts in rows.order_by()}
    return {case: held.get(case, PapersHeld()) for case in wanted}
