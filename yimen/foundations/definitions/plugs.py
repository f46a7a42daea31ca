"""The kinds of definition that the foundations themselves need, and the roles that access asks for."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from yimen.foundations.access.ports import Role, plug_role_source
from yimen.foundations.bus.api import Mark, marks
from yimen.foundations.definitions.api import Definition, current_all
from yimen.foundations.definitions.engine.calendar import StatutoryGrammar, YearGrammar
from yimen.foundations.definitions.engine.roles import RoleGrammar, check_role, read_role
from yimen.foundations.definitions.engine.shelf import MARK
from yimen.foundations.definitions.ports import Kind, Reader, kinds, readers
from yimen.foundations.definitions.rules.not_asked import NOT_ASKED, NotAsked, run_not_asked_example

marks.register(Mark(MARK, "(SELECT max(id) FROM definitions_generation)"))
kinds.register(Kind("calendar", YearGrammar, "放假安排"))
kinds.register(Kind("statutory_days", StatutoryGrammar, "法定节假日"))
kinds.register(Kind("role", RoleGrammar, "岗位角色", check=check_role))
kinds.register(Kind(NOT_ASKED, NotAsked, "不得收集", run_example=run_not_asked_example))
readers.register(Reader("role", read_role))


@plug_role_source
def roles_in_force(*, on: date) -> Mapping[str, Role]:
    """The roles in force on a day, for access."""
    return _roles(current_all("role", on=on))


@lru_cache(maxsize=16)
def _roles(definitions: tuple[Definition, ...]) -> Mapping[str, Role]:
    return {
        one.key: Role(
            one.key,
            one.body.title,
            one.body.description,
            frozenset(one.body.permissions),
            opens=one.body.sees == "area",
            of_unit=one.body.sees == "unit",
            second_factor=one.body.second_factor,
            duty=one.body.duty,
            deputy_days=one.body.deputy_days,
        )
        for one in definitions
    }
