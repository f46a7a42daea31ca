"""From which sheet a resident came (来自导入), on the timeline of her file."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from yimen.foundations.imports.api import RUN, origins
from yimen.kernel.actor import Actor
from yimen.registers.people.ports import FileDeed


def origin_deeds(
    people: Sequence[UUID], *, by: Actor, before: tuple[datetime, str] | None, limit: int
) -> list[FileDeed]:
    """The batch and the row by which she came in; a link for who works with imports."""
    deeds = [
        FileDeed(
            at=one.at,
            order=f"imports.{one.subject}",
            title=f"批量导入 {one.number}",
            text=f"来自导入：{one.file_name} 第 {one.row} 行",
            by=one.by_name,
            url=reverse("imports:batch", args=[one.batch]) if by.can(RUN, area=one.area) else "",
            icon="file-import",
        )
        for one in origins(people, by=by)
    ]
    shown = [deed for deed in deeds if before is None or (deed.at, deed.order) < before]
    return sorted(shown, key=lambda deed: (deed.at, deed.order), reverse=True)[:limit]
