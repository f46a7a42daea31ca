"""Whether two files may be one person (疑似重复): what of the two agrees, and which rule that satisfies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from yimen.kernel.periods import age_in_months
from yimen.kernel.pinyin import KeyKind, name_keys, query_key
from yimen.registers.people.choices import Sex
from yimen.registers.people.rules.addresses import fold_address

# What can be compared of two people, and what it is called.
FACTS = {
    "number": "证件号码",
    "old_number": "十五位旧号码",
    "id_number": "身份证号码",
    "name": "姓名或曾用名",
    "pinyin": "姓名同音",
    "birth_on": "出生日期",
    "birth_year": "出生年份",
    "sex": "性别",
    "phone": "电话",
    "address": "住址",
    "family": "同住户或同监护人",
}


@dataclass(frozen=True)
class Likeness:
    """One person as far as she can be compared (比对要素). Numbers and telephones are keyed hashes, or plain in a worked example.

    ``numbers`` are those of her papers as they stand, ``forms`` the same written in 15 and in 18 digits, ``id_cards`` those
    that say who she is. ``families`` are her household and those who answer for her.
    """

    names: frozenset[str] = frozenset()
    sounds: frozenset[str] = frozenset()
    birth_on: date | None = None
    sex: str = ""
    numbers: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    id_cards: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    address: str = ""
    families: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Compared:
    """What came of comparing two people: a fact agrees, differs, or (None) is not known of both."""

    facts: Mapping[str, bool | None]
    one_without_id_number: bool = False
    months: int | None = None


@dataclass(frozen=True)
class AlikeRule:
    """When two files are asked about (比对规则), as its definition says."""

    key: str
    title: str
    agree: tuple[str, ...]
    one_of: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    one_without_id_number: bool = False
    younger_than_months: int | None = None
    beyond_reach: bool = False

    def holds(self, compared: Compared) -> bool:
        """Does this rule suspect the two?"""
        told = compared.facts
        return (
            all(told.get(fact) for fact in self.agree)
            and (not self.one_of or any(told.get(fact) for fact in self.one_of))
            and not any(told.get(fact) is False for fact in self.against)
            and all(told.get(fact) is None for fact in self.unknown)
            and (not self.one_without_id_number or compared.one_without_id_number)
            and (
                self.younger_than_months is None
                or (compared.months is not None and compared.months < self.younger_than_months)
            )
        )

    @property
    def found_in_the_register(self) -> bool:
        """Can it be looked for over a whole register, by an index? Otherwise it only asks while somebody is put on file."""
        facts = {*self.agree, *self.one_of}
        kin = {"name", "address", "family"}
        first = {"number", "old_number", "phone"} & set(self.agree)
        return bool(first) or ("birth_on" in self.agree and facts & kin != set())


def names_of(names: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Names in the shape in which they are compared, and how the whole names may be read aloud."""
    told = [name for name in names if name]
    sounds = {key.key for name in told for key in name_keys(name) if key.kind is KeyKind.PINYIN}
    return frozenset(query_key(name) for name in told), frozenset(sounds)


def compare(one: Likeness, other: Likeness, *, on: date) -> Compared:
    """What of the two agrees on a day (比对)."""
    born = [each.birth_on for each in (one, other) if each.birth_on]
    both_born = len(born) == 2
    same_number = _meet(one.numbers, other.numbers)
    return Compared(
        facts={
            "number": same_number,
            "old_number": not same_number
            and bool(one.forms & (other.numbers | other.forms) or other.forms & one.numbers),
            "id_number": _meet(one.id_cards, other.id_cards),
            "name": _meet(one.names, other.names),
            "pinyin": _meet(one.sounds, other.sounds),
            "birth_on": born[0] == born[1] if both_born else None,
            "birth_year": born[0].year == born[1].year if both_born else None,
            "sex": one.sex == other.sex if _stated(one) and _stated(other) else None,
            "phone": _meet(one.phones, other.phones),
            "address": fold_address(one.address) == fold_address(other.address)
            if one.address and other.address
            else None,
            "family": _meet(one.families, other.families),
        },
        one_without_id_number=not (one.id_cards and other.id_cards),
        months=max(age_in_months(day, max(on, day)) for day in born) if both_born else None,
    )


def rules_met(rules: Iterable[AlikeRule], compared: Compared) -> list[AlikeRule]:
    """The rules that suspect the two, in their order."""
    return [rule for rule in rules if rule.holds(compared)]


def _meet(one: frozenset[str], other: frozenset[str]) -> bool | None:
    return bool(one & other) if one and other else None


def _stated(one: Likeness) -> bool:
    return one.sex in (Sex.MALE, Sex.FEMALE)
