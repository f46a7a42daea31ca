"""Shapes of input of the queue."""

from typing import Any

from django import forms

from yimen.work.bookings.choices import Shows
from yimen.work.bookings.rules import MOST_COUNTERS


class TicketForm(forms.Form):
    """A number for somebody who walked in (取号)."""

    name = forms.CharField(
        label="贵姓", max_length=20, required=False, help_text="可以不说。屏上只显示姓，如“王*”，别的不记。"
    )
    about = forms.CharField(label="办什么", max_length=60, required=False, help_text="可以不说。")
    said = forms.MultipleChoiceField(
        label="需要优先的，本人说一声就行",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="不看证件、不查档案；只记“优先”，不记是哪一种。",
    )

    def __init__(self, *args: Any, rules: Any, names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].choices = [
            (one.key, f"{one.title}（满 {one.age} 周岁）" if one.age else one.title) for one in rules.grounds
        ]
        if not names:
            del self.fields["name"]


class HallForm(forms.Form):
    """How many counters, and what the board shows (设置叫号)."""

    counters = forms.IntegerField(label="有几个窗口", min_value=1, max_value=MOST_COUNTERS)
    shows = forms.ChoiceField(label="叫号屏上显示", choices=Shows.choices, widget=forms.RadioSelect)


class NewHallForm(HallForm):
    """Which site begins to call tickets (开启叫号)."""

    site = forms.ChoiceField(label="哪个服务点")

    field_order = ("site", "counters", "shows")

    def __init__(self, *args: Any, sites: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [(str(one.public_id), one.name) for one in sites]


class BookingForm(forms.Form):
    """Which slot, which counter, what for (预约)."""

    begins = forms.TimeField(label="几点", widget=forms.Select)
    about = forms.ChoiceField(label="办什么", required=False)
    counter = forms.TypedChoiceField(label="窗口", coerce=int, required=False, empty_value=0)

    def __init__(
        self, *args: Any, slots: list[Any], counters: int, offered: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begins"].widget.choices = [(f"{one:%H:%M}", f"{one:%H:%M}") for one in slots]
        self.fields["about"].choices = [("", "没有说"), *((one, one) for one in offered)]
        self.fields["counter"].choices = [
            (0, "哪个窗口都行"),
            *((number, f"{number} 号窗口") for number in range(1, counters + 1)),
        ]


class CounterForm(forms.Form):
    """To which counter (转到哪个窗口)."""

    counter = forms.TypedChoiceField(label="转到", coerce=int)

    def __init__(self, *args: Any, counters: int, here: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counter"].choices = [
            (number, f"{number} 号窗口") for number in range(1, counters + 1) if number != here
        ]


class PeriodForm(forms.Form):
    """Of which day or month (哪天、哪个月)."""

    day = forms.DateField(
        label="哪一天", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    month = forms.RegexField(
        regex=r"^\d{4}-(0[1-9]|1[0-2])$",
        label="或整月",
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
    )
