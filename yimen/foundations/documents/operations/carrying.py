"""Papers and letters follow what they belong to (材料和文书随办件转移)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.documents.models import Letter, StoredFile
from yimen.kernel.actor import Actor


@operation("documents.papers.carried_over", inner=True)
def carry_over_papers(*, by: Actor, at: datetime, subjects: Sequence[UUID], area: str) -> None:
    """Files and letters follow what they belong to into another area (材料随办件转移); by whom they were issued stays."""
    for model in (StoredFile, Letter):
        model.objects.within(by).filter(subject__in=subjects).update(area=area)
