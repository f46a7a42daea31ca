"""The shapes of input of rounds; what is allowed is decided by the operations."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from yimen.work.rounds.choices import Channel, Secrecy, Subjects
from yimen.work.rounds.engine.practice import Survey

FORTNIGHT = timedelta(days=14)
SAMPLE = 240


def _day(label: str, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **more)


class RoundForm(forms.Form):
    """Begin a round (发起征询): whom to ask what, until when."""

    title = forms.CharField(label="名称", max_length=60)
    why = forms.CharField(
        label="为什么问，结果做什么用", max_length=120, help_text="被问的人会看到这句话，写实在。"
    )
    area = forms.ChoiceField(label="在哪里问")
    subjects = forms.ChoiceField(label="问谁", choices=Subjects.choices, widget=forms.RadioSelect)
    youngest = forms.IntegerField(label="满多少周岁", min_value=14, max_value=100)
    size = forms.IntegerField(
        label="抽多少",
        min_value=1,
        required=False,
        help_text="随机抽取，种子留着，能照样再抽一遍。留空就是全都问。",
    )
    channel = forms.ChoiceField(
        label="先怎么问",
        choices=Channel.choices,
        widget=forms.RadioSelect,
        help_text="以后每一位可以单独改。",
    )
    secrecy = forms.ChoiceField(
        label="记名不记名",
        choices=Secrecy.choices,
        widget=forms.RadioSelect,
        help_text="不记名的，回答和姓名分开存，谁也对不上；结束以后才出结果。",
    )
    opens_on = _day("从哪天")
    closes_on = _day("到哪天")

    def __init__(
        self, data: Any = None, *, areas: Mapping[str, str], survey: Survey | None, today: date
    ) -> None:
        initial = {
            "title": survey.title if survey else "",
            "why": survey.why if survey else "",
            "secrecy": survey.secrecy if survey else Secrecy.ANONYMOUS,
            "subjects": Subjects.PERSON,
            "youngest": 18,
            "size": SAMPLE,
            "channel": Channel.PAPER,
            "opens_on": today,
            "closes_on": today + FORTNIGHT,
        }
        super().__init__(data, initial=initial)
        self.fields["area"].choices = list(areas.items())


class TypeForm(forms.Form):
    """Whose questionnaire it is and how it came (录入回卷)."""

    paper_code = forms.CharField(
        label="问卷码",
        max_length=200,
        help_text="回执联上的 12 位，可以用扫码枪扫。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    paper_channel = forms.ChoiceField(
        label="怎么回的", choices=Channel.choices, widget=forms.RadioSelect, initial=Channel.PAPER
    )


class WayForm(forms.Form):
    """How to ask once more (催一次)."""

    channel = forms.ChoiceField(label="这次怎么问", choices=Channel.choices, initial=Channel.PHONE)


class MarkForm(forms.Form):
    """How far it is with one on the roll (登记情况)."""

    standing = forms.ChoiceField(
        label="情况",
        choices=[("asked", "已发出"), ("not_reached", "没联系上"), ("refused", "不愿意答，这次不再问")],
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label="怎么问", choices=Channel.choices)


class TaskForm(forms.Form):
    """Make a duty of a need (需求转任务)."""

    title = forms.CharField(label="要做什么", max_length=60, help_text="会出现在首页上，写中性的。")
    due_on = _day("哪天以前")
