"""Sheets of other systems that were checked or written (外部导出表)."""

from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.clock import midnight
from yimen.work.transcripts.engine.loading import NoSheet
from yimen.work.transcripts.models import OutsideRow, OutsideSheet
from yimen.work.transcripts.permissions import WRITE


def get_sheet(public_id: UUID, *, by: Actor) -> OutsideSheet:
    """One sheet, for who writes in its area; refuses others."""
    found = OutsideSheet.objects.within(by).filter(public_id=public_id).first()
    if found is None:
        raise NoSheet
    by.must(WRITE, area=found.area)
    return found


def rows_of(sheet: OutsideSheet, *, by: Actor) -> QuerySet[OutsideRow]:
    """Its rows with ours beside them."""
    return OutsideRow.objects.within(by).filter(sheet=sheet).select_related("transcript")


def verdicts_of(sheet: OutsideSheet, *, by: Actor) -> dict[str, int]:
    """How many rows of each verdict (各类行数)."""
    rows = OutsideRow.objects.within(by).filter(sheet=sheet).order_by()
    return dict(rows.values_list("verdict").annotate(count=Count("id")))


def sheets_before(before: date, *, by: Actor) -> QuerySet[OutsideSheet]:
    """Sheets that were read before a day; their rows go with them."""
    return OutsideSheet.objects.within(by).filter(read_at__lt=midnight(before))
