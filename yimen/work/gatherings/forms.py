"""The shapes of input of gatherings; what is allowed is decided by the operations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from yimen.kernel.clock import STREET_TIME
from yimen.work.gatherings.engine.kinds import GatheringKind


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _time(**more: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


def _people(people: Mapping[UUID, str], nobody: str) -> list[tuple[str, str]]:
    return [("", nobody), *((str(account), name) for account, name in people.items())]


class _Times(forms.Form):
    """A day with a beginning and an end, in the street's time."""

    day = _day(label="哪天")
    starts = _time(label="几点开始")
    ends = _time(label="几点结束")
    place = forms.CharField(label="地点", max_length=120)
    capacity = forms.IntegerField(
        label="名额",
        min_value=1,
        max_value=10_000,
        required=False,
        help_text="不限的留空；满了以后报名的排候补。",
    )

    def moments(self) -> dict[str, Any]:
        """What was typed, as the operations take it."""
        given = dict(self.cleaned_data)
        day, starts, ends = given.pop("day"), given.pop("starts"), given.pop("ends")
        return given | {
            "starts_at": datetime.combine(day, starts, tzinfo=STREET_TIME),
            "ends_at": datetime.combine(day, ends, tzinfo=STREET_TIME),
        }


class PlanForm(_Times):
    """A gathering to come (安排活动); kind and area were chosen before."""

    title = forms.CharField(label="活动名称", max_length=60)
    led_by = forms.ChoiceField(label="谁带", required=False)
    sessions = forms.IntegerField(
        label="每周一次，共几场", min_value=1, max_value=30, initial=1, help_text="只办一场就写 1。"
    )
    about = forms.CharField(
        label="讲什么、要带什么",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写给来的人看的，不写任何人的病情和家事。",
    )
    materials = forms.CharField(
        label="物料清单",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一样，印在签到表下面，出门前照着点。",
    )
    field_order = (
        "title",
        "day",
        "starts",
        "ends",
        "place",
        "led_by",
        "capacity",
        "sessions",
        "about",
        "materials",
    )

    def __init__(self, data: Any, *, kind: GatheringKind, leaders: Mapping[UUID, str], **more: Any) -> None:
        initial = {"title": kind.title, "capacity": kind.capacity, "materials": "\n".join(kind.materials)}
        super().__init__(data, initial=initial, **more)
        self.fields["led_by"].label = kind.leader
        self.fields["led_by"].choices = _people(leaders, f"还没有定{kind.leader}")

    def told(self) -> dict[str, Any]:
        given = self.moments()
        return given | {"led_by": UUID(given["led_by"]) if given["led_by"] else None}


class ChangeForm(_Times):
    """Another time or place (更改活动)."""

    why = forms.CharField(label="为什么改", max_length=200, help_text="会告诉带的人和帮手。")

    def __init__(self, data: Any, *, gathering: Any, **more: Any) -> None:
        begins, ends = (at.astimezone(STREET_TIME) for at in (gathering.starts_at, gathering.ends_at))
        initial = {
            "day": begins.date(),
            "starts": begins.time(),
            "ends": ends.time(),
            "place": gathering.place,
            "capacity": gathering.capacity,
        }
        super().__init__(data, initial=initial, **more)

    def told(self) -> dict[str, Any]:
        return self.moments()


class LeaderForm(forms.Form):
    """Who leads it (换人带)."""

    led_by = forms.ChoiceField(label="谁带", required=False)

    def __init__(self, data: Any, *, people: Mapping[UUID, str], word: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["led_by"].label = word
        self.fields["led_by"].choices = _people(people, f"还没有定{word}")

    def told(self) -> dict[str, Any]:
        given = self.cleaned_data["led_by"]
        return {"led_by": UUID(given) if given else None}


class WhyForm(forms.Form):
    why = forms.CharField(label="原因", max_length=200)

    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CloseForm(forms.Form):
    """Close it (办结活动)."""

    why = forms.CharField(
        label="没有人来的原因", max_length=200, required=False, help_text="有人签到的不用填。"
    )
    late_reason = forms.CharField(
        label="补录原因", max_length=200, required=False, help_text="很多天以前办的，要写明原因。"
    )

    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class SignUpForm(forms.Form):
    """Sign up whoever was found (报名)."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    present = forms.BooleanField(label="人已经到了，直接签到", required=False)
    whole_series = forms.BooleanField(label="后面各场一起报名", required=False)
    guardian = forms.CharField(
        label="监护人姓名",
        max_length=80,
        required=False,
        help_text="未满 18 周岁的必填；成年人填了也不保存。",
    )
    agreed = forms.BooleanField(label="监护人已经同意参加", required=False)

    def __init__(
        self, data: Any, *, minor: bool = True, series: bool = True, today: bool = True, **more: Any
    ):
        super().__init__(data, **more)
        for name, asked in (
            ("guardian", minor),
            ("agreed", minor),
            ("whole_series", series),
            ("present", today),
        ):
            if not asked:
                del self.fields[name]

    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class HelperForm(forms.Form):
    """A volunteer with an account (登记帮手)."""

    account = forms.ChoiceField(label="志愿者", required=False)

    def __init__(self, data: Any, *, people: Mapping[UUID, str], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["account"].choices = _people(people, "请选择")

    def told(self) -> dict[str, Any]:
        given = self.cleaned_data["account"]
        return {"account": UUID(given) if given else None}


class SignInForm(forms.Form):
    """Who is here (签到): rows of the list, and how many told no name."""

    guests = forms.IntegerField(
        label="没有登记姓名的有几人",
        min_value=0,
        max_value=10_000,
        required=False,
        help_text="现场一共几人，不是又来几人。",
    )

    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AnswerForm(forms.Form):
    """Does she come? (讲师确认)"""

    comes = forms.TypedChoiceField(
        label="能来吗",
        choices=(("yes", "能来"), ("no", "来不了")),
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="说一句", max_length=200, required=False, help_text="来不了的写明原因，或者可以改到哪天。"
    )

    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
