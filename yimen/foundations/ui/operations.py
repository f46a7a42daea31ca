"""What the face writes: the trail of a list that left the house."""

from collections.abc import Sequence
from datetime import datetime

from yimen.foundations.audit.api import operation, record
from yimen.foundations.ui.engine.listing.sheet import on_export
from yimen.kernel.actor import Actor


@operation("ui.list.exported")
def record_export(
    *, by: Actor, at: datetime, name: str, conditions: list[str], rows: int, filters: Sequence[str] = ()
) -> None:
    """Leave the trail of an export (导出留痕): which list, by which conditions, how many rows; nothing of the rows.

    The list itself has asked for its permission: each names its own.
    """
    record(
        None, kind="list", area=by.home, list=name, conditions=conditions, filters=list(filters), rows=rows
    )


on_export.append(record_export)
