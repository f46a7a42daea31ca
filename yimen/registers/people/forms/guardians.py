"""What is typed to say who answers for somebody (监护、代办)."""

from django import forms

from yimen.registers.people.choices import GuardianGround, GuardianKind
from yimen.registers.people.forms.shared import date_field
from yimen.registers.people.forms.taking_back import WRONG, reason_field

ENDED = "ended"


class GuardianForm(forms.Form):
    """Who answers for her, or does her errands (登记监护、代办)."""

    guardian = forms.ChoiceField(
        label="谁",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是谁。", "invalid_choice": "请选择列出的人。"},
    )
    ground = forms.ChoiceField(label="为什么", choices=[("", "请选择"), *GuardianGround.choices])
    kind = forms.ChoiceField(label="依据", choices=[("", "请选择"), *GuardianKind.choices])
    basis = forms.CharField(
        label="看过的文书",
        max_length=200,
        help_text="例如：户口簿、出生医学证明、法院判决、公证委托书",
        error_messages={"required": "请写明看过的文书。"},
    )
    on = date_field("从哪天起")
    ends_on = date_field("到期日", required=False, help_text="未成年人的监护到十八周岁生日自动终止，不用填")

    def __init__(self, *args, people: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guardian"].choices = people


class EndGuardianForm(forms.Form):
    """It ends, or never was (终止监护、代办)."""

    what = forms.ChoiceField(
        label="为什么终止",
        choices=[(ENDED, "从这天起终止"), (WRONG, "登记有误，从来不是")],
        widget=forms.RadioSelect,
        initial=ENDED,
    )
    on = date_field("从哪天起")
    reason = reason_field("理由", help_text="例如：监护人变更、委托取消")
