"""The shape of what is typed about places."""

import re
from datetime import time

from django import forms

from yimen.kernel.text import narrow
from yimen.registers.places.choices import DwellingUse, Weekday
from yimen.registers.places.rules import Hours

SEEN_USES = [(use.value, use.label) for use in DwellingUse if use != DwellingUse.UNCHECKED]
_STRETCH = re.compile(r"^(\d{1,2}):?(\d{2})?\s*(?:-|–|—|~|至|到)\s*(\d{1,2}):?(\d{2})?$")


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class CheckForm(forms.Form):
    """What was seen at a door (上门核实)."""

    use = forms.ChoiceField(
        label="看到的使用情况",
        choices=SEEN_USES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择实际看到的使用情况。"},
    )
    verified_on = forms.DateField(
        label="核实日期",
        widget=DateInput,
        error_messages={"required": "请填写核实日期。", "invalid": "日期请写成 2026-11-20。"},
    )


class HoursForm(forms.Form):
    """The hours of a week, one line a day, and from which day they hold (开放时间)."""

    since = forms.DateField(
        label="从哪天起",
        widget=DateInput,
        help_text="此前公布的时间会保留在历史里。",
        error_messages={"required": "请填写从哪天起。", "invalid": "日期请写成 2026-11-20。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for day in Weekday:
            self.fields[f"day{day.value}"] = forms.CharField(
                label=day.label,
                required=False,
                max_length=80,
                help_text="例如 8:30-11:30 14:00-17:00；不开放就留空。" if day == Weekday.MONDAY else "",
            )

    @classmethod
    def initial_of(cls, hours: tuple[Hours, ...]) -> dict[str, str]:
        """What the fields hold for the hours of a week."""
        lines: dict[str, list[str]] = {}
        for one in hours:
            lines.setdefault(f"day{one.weekday}", []).append(f"{one.opens:%H:%M}-{one.closes:%H:%M}")
        return {name: " ".join(parts) for name, parts in lines.items()}

    def clean(self):
        cleaned = super().clean()
        hours: list[Hours] = []
        for day in Weekday:
            for part in _parts(cleaned.get(f"day{day.value}") or ""):
                stretch = _stretch(part)
                if stretch is None:
                    self.add_error(f"day{day.value}", f"“{part}”看不懂，请写成 8:30-11:30，几段之间空一格。")
                else:
                    hours.append(Hours(day.value, *stretch))
        cleaned["hours"] = hours
        return cleaned


def _parts(text: str) -> list[str]:
    typed = narrow(text).replace("：", ":").replace(".", ":")
    return [part for part in re.split(r"[\s,，;；、]+", typed) if part]


def _stretch(text: str) -> tuple[time, time] | None:
    found = _STRETCH.match(text)
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0)), time(int(found[3]), int(found[4] or 0))
    except ValueError:
        return None
