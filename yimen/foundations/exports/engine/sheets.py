"""From a request to its sheet (生成导出文件): the rows its asker sees, the columns she named, in full, with the watermark."""

from pathlib import Path
from typing import Any

from yimen.foundations.exports.models import FullExport
from yimen.foundations.exports.ports import ExportSource
from yimen.foundations.ui.api import Column, Stamp, sheet_rows, write_workbook
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME


def columns_for(source: ExportSource, *, by: Actor) -> list[Column]:
    """The columns that this actor may ask for."""
    return source.screen.exported(by)


def rows_for(source: ExportSource, conditions: dict[str, str], *, by: Actor) -> Any:
    """The rows of a list under the conditions of its address, as this actor sees them."""
    return source.screen.narrowed(source.rows(by=by), source.screen.told(conditions, by))


def how_many(rows: Any) -> int:
    return rows.count() if hasattr(rows, "query") else len(rows)


def stamp_of(found: FullExport) -> Stamp:
    """The watermark (水印): for whom, what for, under which number, when, and until when."""
    made, until = (at.astimezone(STREET_TIME) for at in (found.made_at, found.expires_at))
    text = (
        f"仅供 {found.receiver} 用于 {found.purpose_title}　编号 {found.number}　{made:%Y-%m-%d %H:%M} 生成"
        f"　{until:%Y-%m-%d %H:%M} 前用完销毁，不得转给他人"
    )
    return Stamp(
        text,
        {
            "title": f"{found.list_title} {found.number}",
            "subject": f"仅供 {found.receiver} 用于 {found.purpose_title}",
            "author": f"{found.asked_by_name}（批准：{found.decided_by_name}）",
            "keywords": found.number,
            "comments": text,
        },
    )


def write_sheet(target: Path, found: FullExport, source: ExportSource, *, by: Actor, most: int) -> int:
    """Write the sheet and answer how many rows; ``by`` is who asked, and sees no more than she does."""
    wanted = set(found.fields)
    columns = [column for column in columns_for(source, by=by) if column.key in wanted]
    _, order = source.screen.order_for(found.conditions)
    rows = sheet_rows(source.screen, rows_for(source, found.conditions, by=by), order, by=by, most=most)
    remarks = [
        *(found.conditions_words or ["筛选条件：无"]),
        f"申请人：{found.asked_by_name}　批准人：{found.decided_by_name}　含完整个人信息",
    ]
    with target.open("wb") as out:
        return write_workbook(
            out,
            found.list_title,
            remarks,
            columns,
            rows,
            read=Column.value_of,
            stamp=stamp_of(found),
            folder=str(target.parent),
        )
