"""What is typed to say where a resident works or goes to school (工作、就学地)."""

from django import forms

from yimen.registers.people.choices import ENTERED
from yimen.registers.people.forms.shared import date_field
from yimen.registers.people.forms.taking_back import OVER, WRONG, reason_field


class LocalTieForm(forms.Form):
    """Where she works or learns, since when, by what one knows (登记工作、就学地)."""

    kind = forms.ChoiceField(
        label="哪一种",
        choices=[(kind.value, kind.label) for kind in ENTERED],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择工作还是就学。"},
    )
    place = forms.CharField(
        label="单位或学校",
        max_length=80,
        help_text="写全称，例如：潘火中心小学",
        error_messages={"required": "请填写单位或学校的名称。"},
    )
    community = forms.ChoiceField(
        label="在哪个社区", error_messages={"required": "请选择单位或学校所在的社区。"}
    )
    basis = forms.CharField(
        label="依据",
        max_length=100,
        help_text="例如：本人说明、劳动合同、学生证",
        error_messages={"required": "请写明依据。"},
    )
    since = date_field("从哪天起")
    until = date_field(
        "到哪天为止", required=False, help_text="知道的才填，例如合同期满、毕业；到那天自动结束"
    )

    def __init__(self, *args, communities: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = [("", "请选择"), *communities]


class EndLocalTieForm(forms.Form):
    """It is over, or never was (结束工作、就学登记)."""

    what = forms.ChoiceField(
        label="为什么结束",
        choices=[(OVER, "从这天起不在那里了"), (WRONG, "登记有误，从来没有")],
        widget=forms.RadioSelect,
        initial=OVER,
    )
    on = date_field("从哪天起")
    reason = reason_field("理由", help_text="例如：离职、毕业、登记错了人")
