"""The shape of what is typed about places."""

import re
from collections.abc import Sequence
from datetime import time

from django import forms

from yimen.kernel.text import narrow
from yimen.registers.places.choices import DwellingUse, HolidayHabit, SiteKind, Weekday
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


class WindowDaysForm(forms.Form):
    """Which days of the week the window is open, with one morning and one afternoon for all of them (窗口日)."""

    days = forms.MultipleChoiceField(
        label="每周哪几天开放",
        choices=Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一天。"},
    )
    morning = forms.CharField(
        label="上午", required=False, max_length=20, help_text="例如 8:30-11:30；上午不开放就留空。"
    )
    afternoon = forms.CharField(label="下午", required=False, max_length=20, help_text="例如 14:00-17:00。")
    since = forms.DateField(
        label="从哪天起",
        widget=DateInput,
        help_text="此前公布的时间会保留在历史里。",
        error_messages={"required": "请填写从哪天起。", "invalid": "日期请写成 2026-11-20。"},
    )
    why = forms.CharField(label="少于规定天数的原因", required=False, max_length=200)

    def __init__(self, *args, least: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.least = least
        self.fields["why"].help_text = f"规定每周至少 {least} 天；少于 {least} 天时必填。"

    def clean(self):
        cleaned = super().clean()
        stretches = []
        for name in ("morning", "afternoon"):
            for part in _parts(cleaned.get(name) or ""):
                stretch = _stretch(part)
                if stretch is None:
                    self.add_error(name, f"“{part}”看不懂，请写成 8:30-11:30。")
                else:
                    stretches.append(stretch)
        days = cleaned.get("days") or []
        if days and not stretches and not self.errors:
            self.add_error("morning", "上午、下午至少写一段。")
        if days and len(days) < self.least and not (cleaned.get("why") or "").strip():
            self.add_error("why", f"只选了 {len(days)} 天，少于规定的 {self.least} 天；确实需要请写明原因。")
        cleaned["hours"] = [Hours(int(day), *stretch) for day in days for stretch in stretches]
        return cleaned

    @classmethod
    def initial_of(cls, hours: Sequence[Hours], *, morning: str, afternoon: str) -> dict[str, object]:
        """What the fields hold for the hours of a week that are the same every day, else the usual ones."""
        days = sorted({one.weekday for one in hours})
        first = [
            f"{one.opens:%H:%M}-{one.closes:%H:%M}"
            for one in sorted(hours)
            if days and one.weekday == days[0]
        ]
        return {
            "days": [str(day) for day in days],
            "morning": first[0] if first else morning,
            "afternoon": first[1] if len(first) > 1 else ("" if first else afternoon),
        }


class SiteForm(forms.Form):
    """A service site as it is published (服务点)."""

    kind = forms.ChoiceField(label="类别", choices=SiteKind.choices)
    name = forms.CharField(label="名称", max_length=60)
    address = forms.CharField(label="地址", max_length=120)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    in_charge = forms.CharField(
        label="负责人", max_length=40, required=False, help_text="会公示；写姓名或岗位，不写手机号。"
    )
    holidays = forms.ChoiceField(label="节假日", choices=HolidayHabit.choices)
    latitude = forms.DecimalField(
        label="纬度",
        required=False,
        max_digits=9,
        decimal_places=6,
        help_text="WGS-84 坐标，如 29.834210。用手机卫星定位或天地图量取；百度、高德的坐标加过偏移，不要照抄。",
    )
    longitude = forms.DecimalField(
        label="经度", required=False, max_digits=9, decimal_places=6, help_text="如 121.598760。"
    )
    position_source = forms.CharField(
        label="坐标来源", max_length=60, required=False, help_text="如：2026-11-20 现场手机定位。"
    )
    since = forms.DateField(label="从哪天设立", widget=DateInput)

    def __init__(self, *args, described: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if described:
            del self.fields["kind"], self.fields["since"]


class CloseSiteForm(forms.Form):
    """From which day a site is closed (撤销服务点)."""

    until = forms.DateField(label="从哪天起撤销", widget=DateInput)


class OffersForm(forms.Form):
    """What a site offers, one group of choices per kind (办理内容)."""

    def __init__(self, *args, groups: Sequence[tuple[str, str, Sequence[tuple[str, str]]]], **kwargs):
        super().__init__(*args, **kwargs)
        for key, title, choices in groups:
            self.fields[key] = forms.MultipleChoiceField(
                label=title, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )

    @property
    def offers(self) -> list[str]:
        return [offer for chosen in self.cleaned_data.values() for offer in chosen]


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
