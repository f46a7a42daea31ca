"""What the pages of organisations show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yimen.registers.organisations.queries import PostLine

if TYPE_CHECKING:
    from yimen.registers.organisations.models import Organisation


@dataclass(frozen=True)
class PostBlock:
    """A post as the page shows it: the role in words, where it is responsible, who holds it."""

    line: PostLine
    role: str
    place: str


@dataclass(frozen=True)
class OrganisationPage:
    organisation: "Organisation"
    place: str
    posts: list[PostBlock]
    sections: list["Organisation"]


def post_blocks(
    lines: list[PostLine], *, roles: Mapping[str, str], places: Mapping[str, str]
) -> list[PostBlock]:
    """Posts with the titles of their roles and the names of their areas."""
    return [
        PostBlock(line, roles.get(line.post.role, line.post.role), places.get(line.post.area, line.post.area))
        for line in lines
    ]
