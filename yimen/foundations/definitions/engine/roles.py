"""The grammar of a role (岗位角色): a title and the permissions that go with it."""

from pydantic import Field

from yimen.foundations.definitions.rules.grammar import Grammar


class RoleGrammar(Grammar):
    """A role that can be granted over an area (角色)."""

    title: str = Field(min_length=1)
    description: str = ""
    permissions: tuple[str, ...] = ()
