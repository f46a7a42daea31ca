"""Packages of family-doctor services (服务包), as definitions."""

from datetime import date

from pydantic import Field

from yimen.foundations.definitions.api import Definition, Grammar, current_all


class CarePackage(Grammar):
    """What a team does for who signed (服务包): for whom it is meant, its items, what it costs and who pays."""

    labels = {
        "title": "服务包",
        "meant_for": "适合谁",
        "items": "服务内容",
        "fee": "费用",
        "basis": "依据",
        "order": "排列",
    }

    title: str = Field(min_length=2, max_length=40)
    meant_for: str = Field(min_length=2, max_length=80)
    items: tuple[str, ...] = Field(min_length=1)
    fee: str = Field(min_length=2, max_length=120)
    basis: str = Field(min_length=2, max_length=160)
    order: int = 50


def packages_on(on: date) -> list[Definition]:
    """The packages on offer, in order."""
    found = current_all("care_package", on=on)
    return sorted(found, key=lambda one: (one.body.order, one.key))
