"""What may be done with a household (住户): one householder, everybody in one household at a time, no day told twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.registers.people.choices import HOUSEHOLDER, ROLES


@dataclass(frozen=True)
class Seat:
    """Somebody's present place in a household (家庭成员), as far as a change of it must know."""

    person: UUID
    name: str
    role: str
    since: date


def why_not_divide(present: Mapping[UUID, Seat], leaving: Mapping[UUID, str]) -> str:
    """Why these members cannot found a household of their own (为什么不能分户); "" when they can."""
    if not leaving:
        return "请选择分出去的人。"
    if unknown := [one for one in leaving if one not in present]:
        return f"有 {len(unknown)} 人现在不在这户。"
    if len(leaving) == len(present):
        return "整户都选了：不用分户，变更户主即可。"
    return _why_not_roles(leaving) or _why_not_one_head(leaving)


def why_not_unite(kept: Mapping[UUID, Seat], coming: Mapping[UUID, Seat], roles: Mapping[UUID, str]) -> str:
    """Why everybody of one household cannot go over to another (为什么不能并户); "" when they can."""
    if not coming:
        return "要并过来的那户现在没有成员。"
    if set(roles) != set(coming):
        return "请给并过来的每个人选与户主关系。"
    heads = [one for one, role in roles.items() if role == HOUSEHOLDER]
    if heads and any(seat.role == HOUSEHOLDER for seat in kept.values()):
        return "保留的那户已有户主，并过来的人不能再是户主。"
    if len(heads) > 1:
        return "一户只能有一位户主。"
    return _why_not_roles(roles)


def why_not_lead(present: Mapping[UUID, Seat], roles: Mapping[UUID, str]) -> str:
    """Why the household cannot be led and arranged like this (为什么不能变更户主); "" when it can."""
    if set(roles) != set(present):
        return "请给这户的每个人选与新户主的关系。"
    return _why_not_roles(roles) or _why_not_one_head(roles)


def why_not_on(day: date, *, today: date, seats: Iterable[Seat]) -> str:
    """Why a change cannot hold from this day (日期为什么不对); "" when it can."""
    if day > today:
        return "日期在今天之后。"
    for seat in seats:
        if day < seat.since:
            return f"日期早于{seat.name}在现住户的起始日期 {seat.since:%Y-%m-%d}。"
    return ""


def _why_not_roles(roles: Mapping[UUID, str]) -> str:
    return "" if all(role in ROLES for role in roles.values()) else "请给每个人选与户主关系。"


def _why_not_one_head(roles: Mapping[UUID, str]) -> str:
    heads = sum(role == HOUSEHOLDER for role in roles.values())
    if heads == 1:
        return ""
    return "请选一位户主。" if heads == 0 else "一户只能有一位户主。"
