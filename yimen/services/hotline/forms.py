"""The shapes of input of calls and duty; what is allowed is decided by the operations."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms

from yimen.kernel.clock import STREET_TIME
from yimen.services.hotline.choices import Result

_LINES = forms.Textarea(attrs={"rows": 3})


class StreetMoment(forms.DateTimeField):
    """A moment typed in the street's time."""

    def to_python(self, value: Any) -> datetime | None:
        read = super().to_python(value)
        return (
            read.astimezone(STREET_TIME)
            if read and read.tzinfo
            else read and read.replace(tzinfo=STREET_TIME)
        )


class CallForm(forms.Form):
    """A call in twenty seconds (登记来电): the number first, the rest by Tab, Enter at the end."""

    phone = forms.CharField(
        label="来电号码",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "autofocus": True}),
    )
    topic = forms.ChoiceField(label="话题")
    sentence = forms.CharField(
        label="什么事", max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    result = forms.ChoiceField(
        label="结果", choices=Result.choices, initial=Result.ANSWERED, widget=forms.RadioSelect
    )
    back_by = StreetMoment(
        label="最晚什么时候回电",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="选了“需回电”才用填；不填按规矩的时限。",
    )
    name = forms.CharField(
        label="怎么称呼",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="可以不填。",
    )

    def __init__(self, *args: Any, topics: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", "请选择"), *topics]
        self.fields["back_by"].show_if = "result == 'call_back'"


class AnswerForm(forms.Form):
    """How it was answered (答复)."""

    answer = forms.CharField(label="怎么答复的", max_length=500, widget=_LINES)


class NoteForm(forms.Form):
    """A remark for the next shift, or with the signature (交接说明)."""

    note = forms.CharField(label="说明", max_length=400, required=False, widget=_LINES)


class SwapForm(forms.Form):
    """Which two shifts, and why (换班)."""

    first = forms.ChoiceField(label="这个班")
    second = forms.ChoiceField(label="和这个班换")
    reason = forms.CharField(label="原因", max_length=200)

    def __init__(self, *args: Any, shifts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = self.fields["second"].choices = [("", "请选择"), *shifts]


class RosterForm(forms.Form):
    """The shifts of a month, one choice each (值班表)."""

    def __init__(self, *args: Any, slots: Sequence[Any], people: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "（空）"), *((str(account), name) for account, name in people.items())]
        for slot in slots:
            self.fields[slot.key] = forms.ChoiceField(
                label=f"{_day(slot.on)}{slot.title}", choices=choices, required=False
            )

    def people(self) -> dict[str, UUID | None]:
        """Accounts by slot, as the operation is told."""
        return {key: UUID(value) if value else None for key, value in self.cleaned_data.items()}


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日（周{'一二三四五六日'[on.weekday()]}）"
