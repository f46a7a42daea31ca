"""What a street says about its organisations (单位规矩): fields, licences and warnings, yearly checks, terms, networks."""

from datetime import date

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current
from yimen.kernel.areas import Level
from yimen.registers.organisations.choices import OrganisationKind, Tier

KIND = "organisation_practice"
STANDARD = "standard"
_KEY = r"^[a-z][a-z0-9_]*$"


class FieldOfWork(Grammar):
    """A field that social organisations work in (领域)."""

    labels = {"key": "编号", "title": "名称"}

    key: str = Field(pattern=_KEY, max_length=20)
    title: str = Field(min_length=2, max_length=20)


class CredentialKind(Grammar):
    """A licence, registration or grade (证照), and how many days before its end it is spoken of."""

    labels = {"key": "编号", "title": "名称", "kinds": "哪类单位有", "warn_days": "提前几天提醒"}

    key: str = Field(pattern=_KEY, max_length=30)
    title: str = Field(min_length=2, max_length=40)
    kinds: tuple[OrganisationKind, ...] = ()
    warn_days: int = Field(ge=0, le=730)


class YearlyCheck(Grammar):
    """Who is inspected or reports each year (年检、年报), and by which day, for the year before."""

    labels = {
        "title": "名称",
        "kinds": "哪类单位",
        "tiers": "哪种管理方式",
        "month": "截止月",
        "day": "截止日",
        "warn_days": "提前几天提醒",
        "source": "依据",
    }

    title: str = Field(min_length=2, max_length=20)
    kinds: tuple[OrganisationKind, ...] = Field(min_length=1)
    tiers: tuple[Tier, ...] = ()
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    warn_days: int = Field(ge=0, le=365)
    source: str = Field(min_length=4)

    @model_validator(mode="after")
    def _is_a_day(self) -> "YearlyCheck":
        date(2026, self.month, self.day)
        return self

    def due_on(self, year: int) -> date:
        """The last day for the inspection of ``year``: in the year after."""
        return date(year + 1, self.month, self.day)

    def concerns(self, kind: str, tier: str) -> bool:
        return kind in self.kinds and (not self.tiers or tier in self.tiers)


class TermRule(Grammar):
    """How long a term may last (任期) and when its end is spoken of."""

    labels = {"kinds": "哪类单位", "years": "最长几年", "warn_days": "提前几天提醒", "source": "依据"}

    kinds: tuple[OrganisationKind, ...] = Field(min_length=1)
    years: int = Field(ge=1, le=10)
    warn_days: int = Field(ge=0, le=730)
    source: str = Field(min_length=4)


class NetworkStep(Grammar):
    """One step of a network (网络层级): at which level, carried by which kinds of organisation, with what duty."""

    labels = {"level": "层级", "kinds": "由哪类单位承担", "title": "叫什么", "duty": "负责什么"}

    level: Level
    kinds: tuple[OrganisationKind, ...] = Field(min_length=1)
    title: str = Field(min_length=2, max_length=20)
    duty: str = Field(min_length=2, max_length=120)


class Network(Grammar):
    """A network of contacts from the county down (服务网络), step by step."""

    labels = {"key": "编号", "title": "名称", "step": "层级", "source": "依据"}

    key: str = Field(pattern=_KEY, max_length=30)
    title: str = Field(min_length=2, max_length=40)
    source: str = Field(min_length=4)
    step: tuple[NetworkStep, ...] = Field(min_length=1)


class OrganisationPractice(Grammar):
    """The rules a street keeps its organisations by: data, so that each street says its own."""

    labels = {
        "agreement_warn_days": "协议到期前几天提醒",
        "field": "领域",
        "credential": "证照",
        "yearly": "年检、年报",
        "term": "任期",
        "network": "服务网络",
    }

    agreement_warn_days: int = Field(ge=0, le=365)
    field: tuple[FieldOfWork, ...] = Field(min_length=1)
    credential: tuple[CredentialKind, ...] = ()
    yearly: tuple[YearlyCheck, ...] = ()
    term: tuple[TermRule, ...] = ()
    network: tuple[Network, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> "OrganisationPractice":
        for title, rows in (("领域", self.field), ("证照", self.credential), ("服务网络", self.network)):
            keys = [one.key for one in rows]
            if len(set(keys)) != len(keys):
                raise ValueError(f"{title}里有重复的编号")
        return self

    @property
    def fields(self) -> dict[str, str]:
        return {one.key: one.title for one in self.field}

    @property
    def credentials(self) -> dict[str, CredentialKind]:
        return {one.key: one for one in self.credential}

    @property
    def networks(self) -> dict[str, Network]:
        return {one.key: one for one in self.network}

    def yearly_of(self, kind: str, tier: str) -> YearlyCheck | None:
        return next((one for one in self.yearly if one.concerns(kind, tier)), None)

    def term_of(self, kind: str) -> TermRule | None:
        return next((one for one in self.term if kind in one.kinds), None)


def practice(*, on: date) -> OrganisationPractice:
    """The rules in force on a day (单位规矩)."""
    return current(KIND, STANDARD, on=on).body
