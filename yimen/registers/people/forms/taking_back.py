"""What is typed to take back what was noted in error (撤销、作废)."""

from django import forms

from yimen.registers.people.forms.shared import date_field

WRONG, OVER, CHANGE = "wrong", "over", "change"


def reason_field(label: str, *, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
        error_messages={"required": f"请写明{label}。"},
    )


class UndoDeathForm(forms.Form):
    """Take a death back that was noted in error (撤销死亡登记)."""

    reason = reason_field("理由", help_text="例如：同名的人，登记错了")


class EndDocumentForm(forms.Form):
    """A paper holds no longer, or never was hers (证件作废)."""

    what = forms.ChoiceField(
        label="为什么",
        choices=[(WRONG, "登记有误，从来不是本人的号码"), (OVER, "遗失、到期或换发，从这天起失效")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择为什么作废。"},
    )
    on = date_field("从哪天起失效", required=False, help_text="登记有误的不用填")
    reason = reason_field("理由", help_text="例如：号码录错一位、挂失回执")

    def clean(self) -> dict:
        told = super().clean()
        if told.get("what") == OVER and not told.get("on"):
            self.add_error("on", "请填写从哪天起失效。")
        return told


class PartAccountForm(forms.Form):
    """An account is not hers (解除登录账号)."""

    reason = reason_field("理由", help_text="例如：账号关联错了人")


class CorrectAddressForm(forms.Form):
    """An address, its community or its days were noted wrong, or it never was hers (更正地址、撤销迁移)."""

    what = forms.ChoiceField(
        label="怎么更正",
        choices=[(CHANGE, "更正这一行"), (WRONG, "登记有误，删除这一行，接着用以前的地址")],
        widget=forms.RadioSelect,
        initial=CHANGE,
        error_messages={"required": "请选择怎么更正。"},
    )
    community = forms.ChoiceField(label="社区", required=False)
    address = forms.CharField(label="地址", required=False, max_length=200)
    since = date_field("起", required=False)
    until = date_field("止", required=False, help_text="现在还是这个地址的不填")
    reason = reason_field("理由", help_text="例如：房号录错、起始日期录错、不是本人迁移")

    def __init__(self, *args, communities: list[tuple[str, str]], may_correct: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = [("", "不在本平台范围内"), *communities]
        if not may_correct:
            # Her own slip of today she takes back; what it should have been is noted as a move.
            for field in ("community", "address", "since", "until"):
                del self.fields[field]
            self.fields["what"].choices = [(WRONG, "登记有误，删除这一行，接着用以前的地址")]
            self.fields["what"].initial = WRONG

    def clean(self) -> dict:
        told = super().clean()
        if told.get("what") == CHANGE and not told.get("since") and "since" not in self.errors:
            self.add_error("since", "请填写从哪天起。")
        return told
