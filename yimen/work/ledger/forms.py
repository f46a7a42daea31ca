"""The shapes of input of the ledger: the selection of its page, told in the address, and a note."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms

from yimen.kernel.actor import Actor
from yimen.kernel.areas import is_area_code
from yimen.kernel.periods import Month, parse_month
from yimen.work.ledger.choices import Measure
from yimen.work.ledger.engine.items import items_in_force
from yimen.work.ledger.permissions import VIEW
from yimen.work.ledger.rules import EVERYONE, Bands


@dataclass(frozen=True)
class Selection:
    """Which entries are looked at (台账范围)."""

    items: tuple[str, ...]
    area: str
    first: Month
    last: Month
    measure: Measure = Measure.ACTS
    bands: Bands = EVERYONE
    own: bool = False
    with_taken_back: bool = False
    as_now: bool = False


def read_selection(given: Mapping[str, str], *, by: Actor, today: date) -> Selection:
    """What the address asks for. What it does not say, or says wrongly, is this year so far in the actor's own area."""
    known = items_in_force(on=today)
    this_month = Month.of(today)
    first = _month(given.get("from", ""), Month(today.year, 1))
    last = _month(given.get("to", ""), max(first, this_month))
    area = given.get("area", "")
    return Selection(
        items=tuple(item for item in _several(given, "item") if item in known),
        area=area if is_area_code(area) else _own_area(by),
        first=min(first, last),
        last=max(first, last),
        measure=Measure(given["count"]) if given.get("count") in Measure.values else Measure.ACTS,
        bands=Bands(_several(given, "sex"), _several(given, "age"), _several(given, "residence")),
        own=given.get("own") == "1",
        with_taken_back=given.get("corrected") == "1",
        as_now=given.get("now") == "1",
    )


def _own_area(by: Actor) -> str:
    areas = by.areas_for(VIEW)
    return next((area for area in areas if area), "")


def _month(text: str, otherwise: Month) -> Month:
    found = parse_month(text) if text else otherwise
    return found if isinstance(found, Month) else otherwise


def _several(given: Mapping[str, str], key: str) -> tuple[str, ...]:
    # A space in an address may stand for the plus of "80+".
    words = (word.strip().replace(" ", "+") for word in given.get(key, "").split(","))
    return tuple(dict.fromkeys(word[:60] for word in words if word))[:50]


class NoteForm(forms.Form):
    """Whom one met, how, one sentence, and what follows (随手记)."""

    item = forms.ChoiceField(label="怎么联系的", widget=forms.RadioSelect)
    area = forms.ChoiceField(label="哪个社区", required=False)
    place = forms.CharField(
        label="在哪里",
        max_length=120,
        required=False,
        help_text="没有选人、选门牌的时候填，如：3幢楼道、菜场东门。",
    )
    text = forms.CharField(
        label="一句话",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "off"}),
        help_text="看到、听到了什么。不写病情和家庭隐私。",
    )
    sequel = forms.ChoiceField(label="接下来", required=False, widget=forms.RadioSelect, initial="")
    happened_on = forms.DateField(
        label="哪天的事", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), required=False
    )
    late_reason = forms.CharField(label="补录原因", max_length=200, required=False)

    def __init__(self, data=None, *, items, areas, follow, whom, today, late_free_days, owed=()):
        super().__init__(data, initial={"happened_on": today})
        self.fields["item"].choices = [(one.key, one.note) for one in items]
        self.fields["sequel"].choices = [("", "没有了"), *((one.key, one.label) for one in follow)]
        self.fields["late_reason"].help_text = f"{late_free_days} 天以内的不用写；更早的要写明原因。"
        self.fields["late_reason"].widget.attrs["maxlength"] = 200
        if whom.kind:
            del self.fields["place"], self.fields["area"]
        elif len(areas) < 2:
            del self.fields["area"]
        else:
            self.fields["area"].choices = areas
        self.claims = {}
        for claim, choices in owed:
            name = f"claim-{claim.key}"
            self.claims[claim.key] = name
            self.fields[name] = forms.MultipleChoiceField(
                label=claim.label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )

    @property
    def owed(self) -> list:
        """The fields of what the note may settle."""
        return [self[name] for name in self.claims.values()]

    @property
    def is_late(self) -> bool:
        """Shall the part for another day stand open?"""
        told = str(self["happened_on"].value() or "")
        return bool(self.errors.get("happened_on") or self.errors.get("late_reason")) or (
            self.is_bound and told not in ("", str(self.initial["happened_on"]))
        )

    def told(self) -> dict:
        """What the operation is told."""
        given = self.cleaned_data
        return {
            "item": given["item"],
            "text": given["text"],
            "place": given.get("place", ""),
            "area": given.get("area", ""),
            "happened_on": given["happened_on"],
            "late_reason": given["late_reason"],
            "sequel": given["sequel"],
            "settled": {key: given[name] for key, name in self.claims.items() if given[name]},
        }


class SequelForm(forms.Form):
    """What a sequel must know besides (后续), built from what its app declares."""

    def __init__(self, data=None, *, asks, today: date, prefix: str):
        super().__init__(data, prefix=prefix)
        for ask in asks:
            if ask.kind == "day":
                field = forms.DateField(
                    widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), label=ask.label
                )
            else:
                field = forms.CharField(max_length=60, label=ask.label)
            field.initial, field.help_text = ask.first(today), ask.help
            self.fields[ask.key] = field
