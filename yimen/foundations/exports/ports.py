"""What upper apps plug in: the lists that may leave the house in full (可完整导出的清单)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.module_loading import import_string

from yimen.foundations.ui.api import ListScreen
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class ExportSource:
    """A list that may be asked for in full (可完整导出的清单).

    ``key`` is the name of its screen and ``where`` the place of it (``yimen.work.desk.lists.AllCases``): a plug stands below the
    lists of its app. ``permission`` opens the list, ``rows(by=actor)`` answers the rows within her reach. The sheet holds columns
    of the screen and nothing else. ``alone``: it has no page of its own and is offered where exports are asked for.
    """

    key: str
    where: str
    permission: str
    rows: Callable[..., Any]
    alone: bool = False

    @cached_property
    def screen(self) -> type[ListScreen]:
        return import_string(self.where)


sources: Registry[ExportSource] = Registry(
    ExportSource, name="可完整导出的清单", required=("where", "permission", "rows")
)
