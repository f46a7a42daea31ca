"""The shapes of input of duties; what is allowed is decided by the operations."""

from datetime import date, timedelta

from django import forms

from yimen.work.ledger.api import note_items
from yimen.work.programmes.choices import Excuse

AGAIN = timedelta(days=7)


def _day(**more):
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


class DutyForm(forms.Form):
    """Owe something (立待办)."""

    title = forms.CharField(
        label="要做什么", max_length=60, help_text="会出现在首页上，写中性的，不写病情。如：回访、送材料。"
    )
    due_on = _day(label="哪天以前")
    opens_on = _day(label="不早于", required=False, help_text="有时间段的才填。")
    way = forms.ChoiceField(label="怎么做", required=False)
    account = forms.ChoiceField(label="谁去做", required=False)
    reason = forms.CharField(
        label="缘由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data=None, *, today: date, colleagues, me):
        super().__init__(data, initial={"due_on": today + AGAIN, "account": str(me or "")})
        self.fields["way"].choices = [("", "都可以"), *((one.key, one.note) for one in note_items(on=today))]
        self.fields["account"].choices = [
            ("", "本辖区的同事都可以"),
            *((str(account), name) for account, name in colleagues.items()),
        ]

    def clean_account(self):
        return self.cleaned_data["account"] or None


class DoneForm(forms.Form):
    """How it went (完成待办)."""

    item = forms.ChoiceField(label="怎么联系的", widget=forms.RadioSelect)
    text = forms.CharField(label="一句话", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    happened_on = _day(label="哪天做的", required=False)
    late_reason = forms.CharField(
        label="补录原因", max_length=200, required=False, help_text="很多天以前做的，要写明原因。"
    )

    def __init__(self, data=None, *, today: date, way: str = "", **more):
        super().__init__(data, initial={"happened_on": today, "item": way}, **more)
        self.fields["item"].choices = [(one.key, one.note) for one in note_items(on=today)]


class PutOffForm(forms.Form):
    to = _day(label="推迟到")
    why = forms.CharField(label="为什么推迟", max_length=200)


class ExcuseForm(forms.Form):
    excuse = forms.ChoiceField(
        label="原因",
        choices=[(one.value, one.label) for one in Excuse if one not in (Excuse.DIED, Excuse.RESTRICTED)],
    )
    why = forms.CharField(label="说明", max_length=200, required=False)
