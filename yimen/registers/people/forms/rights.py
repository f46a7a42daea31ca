"""What a resident asks about her own data (权利请求), and the answer."""

from django import forms

from yimen.registers.people.choices import RightKind
from yimen.registers.people.rules.requests import ERASABLE


class RequestForm(forms.Form):
    """What a resident asks about her own data (权利请求)."""

    kind = forms.ChoiceField(label="请求", choices=RightKind.choices)
    wish = forms.CharField(label="具体要求", max_length=500, error_messages={"required": "请写明具体要求。"})
    asked_by = forms.CharField(
        label="谁提出的",
        max_length=100,
        initial="本人",
        help_text="本人、监护人、近亲属（本人已去世的）或受托人，写明姓名",
        error_messages={"required": "请写明谁提出的。"},
    )
    identity = forms.CharField(
        label="怎么核验身份",
        max_length=100,
        help_text="例如：当面核对身份证；核对监护证明",
        error_messages={"required": "请写明怎么核验的身份。"},
    )


class CopyForm(forms.Form):
    """A copy of her own data for a resident (复制本人信息)."""

    asked_by = RequestForm.base_fields["asked_by"]
    identity = RequestForm.base_fields["identity"]


class SlipForm(forms.Form):
    """To whom the slip of a resident's own page is handed (本人页面凭条)."""

    asked_by = forms.CharField(
        label="交给谁",
        max_length=100,
        initial="本人",
        help_text="本人；不满十四周岁或不能自己办的，交给监护人，写明姓名",
        error_messages={"required": "请写明交给谁。"},
    )
    identity = RequestForm.base_fields["identity"]


class EndPageForm(forms.Form):
    """Why her own page ends (停用本人页面)."""

    why = forms.CharField(
        label="为什么停用",
        max_length=100,
        help_text="例如：本人要求；手机丢了；交错了人",
        error_messages={"required": "请写明为什么停用。"},
    )


class LiftForm(forms.Form):
    """Why the use of her data is restricted no longer (解除限制使用)."""

    reason = forms.CharField(
        label="为什么解除",
        max_length=200,
        help_text="例如：本人到窗口当面提出，核对身份证；本人书面同意参加活动",
        error_messages={"required": "请写明为什么解除：只有本人提出或同意才能解除。"},
    )


class AnswerForm(forms.Form):
    """The answer to a request (答复权利请求)."""

    granted = forms.ChoiceField(
        label="答复",
        choices=[("yes", "同意"), ("no", "不同意")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择同意还是不同意。"},
    )
    reason = forms.CharField(
        label="结果或理由",
        max_length=500,
        help_text="同意的写怎么处理的；不同意的写理由和依据，本人可以看到",
        error_messages={"required": "请写明结果或理由。"},
    )
    erase = forms.MultipleChoiceField(
        label="删除哪些内容",
        required=False,
        choices=list(ERASABLE.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="法律要求保存的不能删除，可以改为限制使用",
    )

    def __init__(self, *args, erases: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not erases:
            del self.fields["erase"]
