"""The shapes of input on the pages of seals; what is allowed is decided by the operations."""

from uuid import UUID

from django import forms

from yimen.services.seals.choices import ApplicantKind, SealKind, SealState

NOT_LISTED = ""
_DAY = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}


class AskForm(forms.Form):
    """A request for a seal (用印申请)."""

    document = forms.CharField(label="要盖章的文件名称", max_length=120)
    purpose = forms.CharField(label="用来做什么、交给谁", max_length=200)
    use = forms.ChoiceField(
        label="属于清单里的哪一项",
        required=False,
        help_text="清单里没有的照实选“不在清单里”，会告诉您该找谁。",
    )
    copies = forms.IntegerField(label="份数", min_value=1, max_value=500, initial=1)
    applicant_kind = forms.ChoiceField(
        label="谁申请", choices=ApplicantKind.choices, initial=ApplicantKind.STAFF, widget=forms.RadioSelect
    )
    applicant_name = forms.CharField(
        label="申请人姓名或单位名称", max_length=80, required=False, help_text="自己申请的不用填。"
    )

    def __init__(self, *args, uses=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["use"].choices = [
            (NOT_LISTED, "不在清单里"),
            *((one.key, f"{one.body.title}（{one.body.explanation}）") for one in uses),
        ]


class DecideForm(forms.Form):
    approve = forms.TypedChoiceField(
        label="审批",
        choices=[("yes", "同意用印"), ("no", "不同意")],
        coerce=lambda told: told == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="意见", max_length=200, required=False, help_text="不同意的写明理由。")


class StampForm(forms.Form):
    """Stamping by the keeper (盖章登记)."""

    seal = forms.TypedChoiceField(coerce=UUID, label="用哪枚印章")
    copies = forms.IntegerField(label="实际盖了几份", min_value=1, max_value=500)

    def __init__(self, *args, seals=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seal"].choices = [(str(one.public_id), one.name) for one in seals]


class VoidForm(forms.Form):
    why = forms.CharField(
        label="作废原因", max_length=200, help_text="如：盖反了。废纸收回销毁，登记号不再使用。"
    )


class RegisterForm(forms.Form):
    """A seal put on the register (登记印章)."""

    name = forms.CharField(label="印章名称", max_length=80, help_text="章面文字全称。")
    kind = forms.ChoiceField(label="种类", choices=SealKind.choices)
    since = forms.DateField(label="启用日期", widget=forms.DateInput(**_DAY))
    keeper = forms.TypedChoiceField(coerce=UUID, label="保管人")
    signed = forms.CharField(
        label="领取签字凭据", max_length=100, help_text="领取单编号；本人签字的纸放档案里。"
    )

    def __init__(self, *args, keepers=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keeper"].choices = keepers


class HandOverForm(forms.Form):
    keeper = forms.TypedChoiceField(coerce=UUID, label="交给谁保管")
    signed = forms.CharField(label="交接单编号", max_length=100, help_text="移交人、接收人都签字。")

    def __init__(self, *args, keepers=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keeper"].choices = keepers


class EndForm(forms.Form):
    state = forms.ChoiceField(
        label="怎么停用",
        choices=[(one.value, one.label) for one in SealState if one is not SealState.IN_USE],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="情况", max_length=300, help_text="报失：报案和登报声明；缴销：缴到哪里、凭据编号。"
    )


class PeriodForm(forms.Form):
    """The period of the log to print (登记簿期间)."""

    first = forms.DateField(label="从", widget=forms.DateInput(**_DAY))
    last = forms.DateField(label="到", widget=forms.DateInput(**_DAY))

    def clean(self):
        told = super().clean()
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", "截止日期不能早于开始日期。")
        elif first and last and (last - first).days > 366:
            self.add_error("last", "一次最多打印一年，请分段打印。")
        return told
