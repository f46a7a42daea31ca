"""The shapes of input on the pages of admission; what is allowed is decided by the operations."""

from django import forms

from yimen.kernel.faults import Fault
from yimen.kernel.money import Money, parse_money
from yimen.steering.workload.choices import DemandKind
from yimen.steering.workload.engine.grammar import LISTS

_DAY = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}
_LINES = forms.Textarea(attrs={"rows": 3})


class EnterForm(forms.Form):
    """A demand of a department (准入申请)."""

    unit_name = forms.CharField(label="提出单位", max_length=80)
    title = forms.CharField(label="要社区做什么", max_length=120)
    kind = forms.ChoiceField(label="类别", choices=DemandKind.choices)
    content = forms.CharField(label="内容和做法", max_length=600, required=False, widget=_LINES)
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="法律、法规或文件的名称、文号和条款。"
    )
    paper = forms.CharField(label="来文", max_length=100, required=False, help_text="文号，或“口头”。")
    money = forms.CharField(label="随事拨付的经费（元）", max_length=20, required=False)
    since = forms.DateField(label="从哪天", widget=forms.DateInput(**_DAY))
    until = forms.DateField(label="到哪天", widget=forms.DateInput(**_DAY))
    hours = forms.IntegerField(label="每个社区每次几小时", min_value=1, max_value=2000)
    times = forms.IntegerField(label="期间内几次", min_value=1, max_value=366)
    communities = forms.MultipleChoiceField(label="哪些社区", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, communities=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["communities"].choices = communities

    def clean_money(self) -> Money | None:
        typed = self.cleaned_data["money"]
        read = parse_money(typed) if typed else None
        if isinstance(read, Fault):
            raise forms.ValidationError(read.sentence)
        return read


class PointForm(forms.Form):
    """Work that was never let in (社区反映)."""

    title = forms.CharField(
        label="做的是什么事", max_length=120, help_text="只写事，不写人，也不用写是谁布置的。"
    )
    kind = forms.ChoiceField(label="类别", choices=DemandKind.choices)
    content = forms.CharField(label="具体要求", max_length=600, required=False, widget=_LINES)
    hours = forms.IntegerField(label="每次几小时", min_value=1, max_value=2000)
    times = forms.IntegerField(label="今年要做几次", min_value=1, max_value=366)


class DecideForm(forms.Form):
    """The decision (审核准入)."""

    listed = forms.ChoiceField(label="对照清单", required=False)
    admit = forms.TypedChoiceField(
        label="审核",
        choices=[("yes", "准入"), ("no", "不准入")],
        coerce=lambda told: told == "yes",
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label="准入到哪天",
        required=False,
        widget=forms.DateInput(**_DAY),
        help_text="到期要重新申请，最长一年。",
    )
    reason = forms.CharField(label="理由", max_length=300, widget=_LINES)

    def __init__(self, *args, entries=(), **kwargs):
        super().__init__(*args, **kwargs)
        named = dict(LISTS)
        self.fields["listed"].choices = [
            ("", "三张清单里都没有"),
            *((one.key, f"{named[one.body.list]}：{one.body.title}") for one in entries),
        ]
