"""The workbook of a table as it leaves (填好的表): its cells, and the sheets that say where they come from."""

from collections.abc import Mapping, Sequence
from datetime import date

from yimen.foundations.documents.api import fill_workbook
from yimen.kernel.cells import Place

SOURCES = "数据来源"
ORIGINS = "逐格来源"


def filled(
    data: bytes,
    part: str,
    values: Mapping[Place, str | int | date],
    sources: Sequence[Sequence[str]],
    origins: Mapping[Place, str] | None = None,
) -> bytes:
    """The same workbook with these cells of one sheet filled, and a sheet 数据来源 at its end; with ``origins`` one more,
    逐格来源, in which each cell says where the filled cell of the same place comes from."""
    added: dict[str, Mapping[Place, str]] = {
        SOURCES: {
            (row, column): text for row, line in enumerate(sources, 1) for column, text in enumerate(line, 1)
        }
    }
    if origins:
        added[ORIGINS] = origins
    return fill_workbook(data, part, values, added)
