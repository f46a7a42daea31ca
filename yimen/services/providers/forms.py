"""The shapes of input on the pages of providers; what is allowed is decided by the operations."""

from typing import Any
from uuid import UUID

from django import forms

from yimen.kernel.faults import Fault
from yimen.kernel.money import Money, parse_money

_DAY = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}


class WorkForm(forms.Form):
    """A kind of work that an agreement buys (约定服务项目)."""

    agreement = forms.TypedChoiceField(label="哪份协议", coerce=UUID)
    title = forms.CharField(label="服务项目", max_length=60, help_text="如：高血压患者随访、老年人健康讲座。")
    measure = forms.CharField(label="计量单位", max_length=10, initial="人次", help_text="人次、场、份。")
    price = forms.CharField(label="单价（元）", max_length=20, help_text="每一个计量单位付多少，照协议填。")
    licence = forms.ChoiceField(label="凭哪种证照", help_text="这种证照到期，这项服务就不能再申报。")
    extent = forms.CharField(
        label="证照范围要有",
        max_length=40,
        required=False,
        help_text="如：预防保健科。填了，证照登记的范围里有这几个字才能申报。",
    )

    def __init__(self, *args: Any, agreements=(), licences=(), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["agreement"].choices = agreements
        self.fields["licence"].choices = licences

    def clean_price(self) -> Money:
        read = parse_money(self.cleaned_data["price"])
        if isinstance(read, Fault):
            raise forms.ValidationError(read.sentence)
        if not 1 <= read.fen <= 10_000_000:
            raise forms.ValidationError("单价要大于零、不超过十万元")
        return read


class SubmitForm(forms.Form):
    """What was done of one kind of agreed work (服务申报)."""

    done_on = forms.DateField(label="服务日期", widget=forms.DateInput(**_DAY))
    place = forms.CharField(
        label="服务地点或对象",
        max_length=60,
        help_text="如：东莺社区活动室、东莺社区第3网格。不写姓名和病情，名单放在凭证里。",
    )
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=100_000)
    note = forms.CharField(label="说明", max_length=200, required=False)
    proof = forms.FileField(
        label="凭证",
        help_text="签到表、服务记录的照片或 PDF。",
        error_messages={"required": "请选一个文件，没有凭证不能验收。"},
    )

    def __init__(self, *args: Any, measure: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        if measure:
            self.fields["quantity"].label = f"数量（{measure}）"


class AcceptForm(forms.Form):
    """What was verified of a submission (验收)."""

    accepted = forms.IntegerField(label="验收数量", min_value=1, max_value=100_000)
    grade = forms.ChoiceField(label="质量等次", widget=forms.RadioSelect(attrs={"class": "stacked"}))
    note = forms.CharField(
        label="意见", max_length=200, required=False, help_text="少认了的写明原因，机构看得到。"
    )

    def __init__(self, *args: Any, grades=(), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = grades


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="退回原因", max_length=200, help_text="写清缺什么、怎么改，机构照着改了再报。"
    )


class SignUpForm(forms.Form):
    """A resident signs up with an organisation (登记服务对象)."""

    name = forms.CharField(label="姓名", max_length=80)
    id_number = forms.CharField(
        label="身份证号码", max_length=30, help_text="看证件原件。只用来核对是谁，不保存。"
    )
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    consented_on = forms.DateField(
        label="本人同意的日期",
        widget=forms.DateInput(**_DAY),
        help_text="签约协议或同意书上的日期，纸由机构保存。",
    )


class NoteForm(forms.Form):
    """What was done for a patient (服务记录)."""

    done_on = forms.DateField(label="日期", widget=forms.DateInput(**_DAY))
    text = forms.CharField(label="做了什么", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ReferForm(forms.Form):
    """A referral (转诊)."""

    target = forms.TypedChoiceField(label="转到哪家机构", coerce=UUID)
    need = forms.CharField(
        label="希望对方做什么", max_length=60, help_text="如：眼底检查。对方接诊前就看得到，不写姓名和病情。"
    )
    reason = forms.CharField(
        label="转诊原因",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="病情和已经做过的，对方接诊以后才看得到。",
    )
    consented_on = forms.DateField(
        label="本人签字同意转诊的日期",
        widget=forms.DateInput(**_DAY),
        help_text="同意书由本机构存；本人随时可以在自己的页面撤回，对方当时就看不到。",
    )
    last_day = forms.DateField(
        label="对方看到哪天", widget=forms.DateInput(**_DAY), help_text="最后一天；过了这天自动看不到。"
    )

    def __init__(self, *args: Any, targets=(), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = targets


class WhyForm(forms.Form):
    why = forms.CharField(label="原因", max_length=120)
