"""The shapes of input of community self-government."""

from django import forms

_LINES = forms.Textarea(attrs={"rows": 3})
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PromiseForm(forms.Form):
    """Until when, and what will be done (限期答复)."""

    promised_on = forms.DateField(label="最晚哪天答复", widget=_DAY, help_text="会写在告知书上交给来访人。")
    undertaking = forms.CharField(
        label="接下来做什么",
        max_length=300,
        widget=_LINES,
        help_text="如：社区和物业去楼道看一下，周五前电话答复。",
    )


class PutOffForm(forms.Form):
    """A later date, and why (延期答复)."""

    until = forms.DateField(label="新的答复日期", widget=_DAY)
    why = forms.CharField(label="为什么延期", max_length=300, widget=_LINES, help_text="来访人会看到这句话。")


class ReceptionForm(forms.Form):
    """Who receives, where and when (安排接待日)."""

    day = forms.DateField(label="日期", widget=_DAY)
    host_name = forms.CharField(label="接待人", max_length=40)
    host_post = forms.CharField(label="职务", max_length=40)
    place = forms.CharField(label="地点", max_length=120)
    opens = forms.TimeField(label="开始", widget=_HOUR)
    closes = forms.TimeField(label="结束", widget=_HOUR)


class CloseForm(forms.Form):
    why = forms.CharField(label="注销的原因", max_length=200, widget=_LINES)
