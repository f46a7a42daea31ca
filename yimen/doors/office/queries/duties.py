"""The three duties (三员): who holds them where, and whether they are in different hands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.foundations.access import api as access
from yimen.foundations.access.ports import roles
from yimen.kernel.actor import Actor
from yimen.registers.places import api as places


@dataclass(frozen=True)
class Holder:
    """One who holds a duty (担任者)."""

    account: Any
    title: str
    place: str
    since: date
    until: date | None
    second: str
    also: str


@dataclass(frozen=True)
class DutyCard:
    """One of the three duties: what it may do, and its holders (三员之一)."""

    duty: Any
    may: tuple[str, ...]
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class Duties:
    """The three duties at a glance; ``trouble`` are sentences that ask for a hand (三员分立)."""

    cards: tuple[DutyCard, ...]
    trouble: tuple[str, ...]


def three_duties(*, by: Actor, on: date) -> Duties:
    """Who looks after the product where the actor sees accounts (三员分立); three queries."""
    held = access.duty_grants(by=by, on=on)
    factors = access.second_factors({grant.account.public_id for _, grant in held})
    known = roles(on=on)
    by_account: dict[Any, set[Any]] = defaultdict(set)
    for duty, grant in held:
        by_account[grant.account.public_id].add(duty)
    cards = tuple(
        DutyCard(
            duty,
            tuple(WHAT_IT_MAY[duty]),
            tuple(
                Holder(
                    grant.account,
                    known[grant.role].title,
                    places.area_name(grant.area),
                    grant.since,
                    grant.until,
                    found.words if (found := factors.get(grant.account.public_id)) else "",
                    "、".join(
                        other.label
                        for other in access.Duty
                        if other != duty and other in by_account[grant.account.public_id]
                    ),
                )
                for one, grant in held
                if one == duty
            ),
        )
        for duty in access.Duty
    )
    return Duties(cards, tuple(_trouble(cards)))


WHAT_IT_MAY = {
    access.Duty.SYSTEM: ("开设、停用账号，重置口令，解除锁定", "维护单位、区域，发布制度与规则"),
    access.Duty.SECURITY: ("任命岗位，授予、收回角色", "重置第二因素", "查看登录记录"),
    access.Duty.AUDIT: ("查看操作留痕、查阅记录、登录记录", "核验封印"),
}


def _trouble(cards: tuple[DutyCard, ...]):
    for card in cards:
        if not card.holders:
            yield f"现在没有{card.duty.label}。请由安全管理员任命；都没有时，在服务器上运行 create_administrator。"
    doubled = {
        holder.account.public_id: f"{holder.account.name}同时是{card.duty.label}和{holder.also}，请收回一项。"
        for card in cards
        for holder in card.holders
        if holder.also
    }
    yield from doubled.values()
