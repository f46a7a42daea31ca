"""The shapes of input of home visits."""

from datetime import datetime

from django import forms

from yimen.kernel.clock import STREET_TIME
from yimen.services.homevisit.choices import DayPart, SignedHow, VisitOutcome

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PlanForm(forms.Form):
    """When, and which two (安排上门)."""

    day = forms.DateField(label="哪天去", widget=_DAY)
    part = forms.ChoiceField(label="时段", choices=DayPart.choices)
    first = forms.ChoiceField(label="谁去")
    second = forms.ChoiceField(label="和谁一起", help_text="上门总是两个人。")

    def __init__(self, *args, crew, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "请选择"), *((str(account), name) for account, name in crew.items())]
        self.fields["first"].choices = self.fields["second"].choices = choices


class RecordForm(forms.Form):
    """In, out, what was done, and the signature (记录上门), filled in on the phone at the door."""

    outcome = forms.ChoiceField(label="结果", choices=VisitOutcome.choices)
    day = forms.DateField(label="哪天去的", widget=_DAY)
    arrived = forms.TimeField(label="几点到", widget=_TIME, required=False)
    left = forms.TimeField(label="几点离开", widget=_TIME, required=False)
    result = forms.CharField(
        label="办了什么、结果怎样", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    signed_how = forms.ChoiceField(
        label="居民怎么签的字", choices=[("", "没有见到人"), *SignedHow.choices], required=False
    )
    signed_by = forms.CharField(
        label="签字",
        max_length=80,
        required=False,
        help_text="把手机交给居民，请本人写下名字；代签的写代签人和关系。",
    )

    def told(self) -> dict:
        """What the operation is told: moments in the street's time."""
        given = dict(self.cleaned_data)
        day, arrived, left = given.pop("day"), given.pop("arrived"), given.pop("left")
        return given | {
            "arrived_at": datetime.combine(day, arrived, tzinfo=STREET_TIME) if arrived else None,
            "left_at": datetime.combine(day, left, tzinfo=STREET_TIME) if left else None,
        }
