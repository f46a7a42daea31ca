"""Which communities are served at one stop on a day (一站式覆盖), from sites, hours, offers and delegations as of that day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.foundations.definitions.api import current_all, find_current
from yimen.kernel.areas import Level
from yimen.registers.places.api import AreaLine, SiteHistory, areas_under, site_histories
from yimen.work.desk.engine.grammar import Matter, OneStop
from yimen.work.desk.models import Delegation
from yimen.work.desk.rules.coverage import SiteFacts, is_one_stop, missing_here

STANDARD = "standard"


@dataclass(frozen=True)
class CommunityCover:
    """One community on a day: its best site, what is missing there, and why (覆盖情况)."""

    area: AreaLine
    site: Any
    days_a_week: int
    missing: tuple[str, ...]
    not_delegated: frozenset[str]
    covered: bool


@dataclass(frozen=True)
class Coverage:
    """All communities of an area against the standard (一站式覆盖)."""

    standard: OneStop
    wanted: tuple[tuple[str, str], ...]
    communities: Sequence[CommunityCover] = ()

    @property
    def covered(self) -> int:
        return sum(one.covered for one in self.communities)


@dataclass(frozen=True)
class CoverFacts:
    """All sites and delegations under some areas, so that any area and day is told without asking again."""

    sites: Sequence[SiteHistory]
    given: Sequence[Delegation]

    def on(self, area: str, day: date) -> Coverage | None:
        """Every community under ``area`` on a day; None where nobody has said what one-stop means."""
        found = find_current("one_stop", STANDARD, on=day)
        if found is None:
            return None
        standard: OneStop = found.body
        matters: dict[str, Matter] = {one.key: one.body for one in current_all("matter", on=day)}
        wanted = [key for key in standard.matters or sorted(matters) if key in matters]
        street = {key for key in wanted if matters[key].level == "street"}
        rows = [
            _cover(
                line,
                self._sites(line.code, standard, day),
                self._held(line.code, day),
                standard,
                wanted,
                street,
                day,
            )
            for line in areas_under(area, Level.COMMUNITY, on=day)
        ]
        return Coverage(standard, tuple((key, matters[key].title) for key in wanted), rows)

    def _sites(self, community: str, standard: OneStop, day: date) -> list[SiteHistory]:
        return [
            one
            for one in self.sites
            if one.site.kind in standard.kinds
            and one.site.area.startswith(community)
            and one.site.holds_on(day)
        ]

    def _held(self, community: str, day: date) -> set[str]:
        return {one.matter for one in self.given if one.area == community and one.holds_on(day)}


def cover_facts(areas: Iterable[str]) -> CoverFacts:
    """Read what `CoverFacts` needs: four queries however many areas and days are asked."""
    areas = list(areas)
    given = Delegation.objects.standing().filter(area__begins_with_any=areas) if areas else ()
    return CoverFacts(site_histories(areas), list(given))


def _cover(
    line: AreaLine,
    sites: Sequence[SiteHistory],
    delegated: set[str],
    standard: OneStop,
    wanted: Sequence[str],
    street: set[str],
    day: date,
) -> CommunityCover:
    """The best site of a community: one-stop if any is, else the one with the fewest gaps."""
    missing_power = frozenset(street - delegated)
    if not sites:
        return CommunityCover(line, None, 0, tuple(wanted), missing_power, False)
    told = []
    for one in sites:
        facts = SiteFacts(one.days_on(day), _matters(one.offers_on(day)), delegated)
        covered = is_one_stop(facts, wanted=wanted, of_the_street=street, days=standard.days_a_week)
        missing = tuple(missing_here(facts, wanted=wanted, of_the_street=street))
        told.append(CommunityCover(line, one.site, facts.days_a_week, missing, missing_power, covered))
    return min(told, key=lambda one: (not one.covered, len(one.missing)))


def run_one_stop_example(standard: OneStop, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """Given days a week, offers and what is delegated: is it one-stop, and what is missing (算例)."""
    matters = {one.key: one.body for one in current_all("matter", on=on or date.max)}
    wanted = standard.matters or tuple(sorted(matters))
    street = {key for key in wanted if key in matters and matters[key].level == "street"}
    site = SiteFacts(given.get("days_a_week", 0), given.get("offers", ()), given.get("delegated", ()))
    return {
        "one_stop": is_one_stop(site, wanted=wanted, of_the_street=street, days=standard.days_a_week),
        "missing": missing_here(site, wanted=wanted, of_the_street=street),
    }


def _matters(offers: set[str]) -> set[str]:
    return {offer.removeprefix("matter/") for offer in offers if offer.startswith("matter/")}
