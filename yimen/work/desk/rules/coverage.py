"""Is a community served at one stop? (一站式)"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class SiteFacts:
    """What is known of one site on a day: days a week, what it offers, what is delegated to its community."""

    days_a_week: int
    offers: Collection[str]
    delegated: Collection[str] = ()


def missing_here(site: SiteFacts, *, wanted: Iterable[str], of_the_street: Collection[str]) -> list[str]:
    """Which of the wanted matters cannot be handled at this site (缺口), in the order of the list."""
    return [
        key
        for key in wanted
        if key not in site.offers or (key in of_the_street and key not in site.delegated)
    ]


def is_one_stop(site: SiteFacts, *, wanted: Iterable[str], of_the_street: Collection[str], days: int) -> bool:
    """Everything wanted at this one site, on enough days (达标)."""
    return site.days_a_week >= days and not missing_here(site, wanted=wanted, of_the_street=of_the_street)
