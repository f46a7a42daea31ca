from collections.abc import Sequence
from typing import Any

from django import forms

from yimen.registers.people.api import RightKind
from yimen.work.desk.api import RATING_TAGS, Grade


class WordForm(forms.Form):
    """The word on the receipt (查询码)."""

    word = forms.CharField(label="查询码", max_length=30, help_text="回执上的 13 位字母和数字，大小写都行。")


class RatingForm(forms.Form):
    """Five grades, why, and a few words (评价)."""

    grade = forms.ChoiceField(label="这次办事，您觉得", choices=Grade.choices, widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(
        label="因为（可多选）",
        choices=[(tag, tag) for tag in RATING_TAGS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label="还想说的", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class UrgeForm(forms.Form):
    """Urge us (催办)."""

    words = forms.CharField(
        label="想说的话", max_length=200, required=False, help_text="可以不写。不要写身份证号、银行卡号。"
    )


class WithdrawForm(forms.Form):
    """Take the application back (撤回申请)."""

    why = forms.CharField(label="为什么不办了", max_length=100, required=False, help_text="可以不写。")
    sure = forms.BooleanField(
        label="我确定撤回；以后要办，再重新申请",
        error_messages={"required": "请先勾选确定撤回。"},
    )


class AskForm(forms.Form):
    """What one asks about one's own data (提出请求)."""

    kind = forms.ChoiceField(
        label="您要",
        choices=RightKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择要更正、删除还是限制使用。"},
    )
    wish = forms.CharField(
        label="具体怎么办",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="例如：电话换了，改成新的；不要再打电话通知活动。不要写身份证号。",
        error_messages={"required": "请写明具体怎么办。"},
    )


class MessageForm(forms.Form):
    """A message for whoever is on duty (留言): where one lives, what it is; who one is only if one likes."""

    area = forms.ChoiceField(label="您住在哪个社区")
    topic = forms.ChoiceField(label="哪方面的事")
    text = forms.CharField(
        label="什么事",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写清在哪里、怎么了。不要写身份证号、银行卡号。",
    )
    contact = forms.CharField(
        label="电话或邮箱",
        max_length=100,
        required=False,
        help_text="可以不留。留了，接班的人好联系您；答复后按期删除。",
    )
    name = forms.CharField(label="怎么称呼您", max_length=40, required=False)

    def __init__(
        self, *args: Any, areas: Sequence[tuple[str, str]], topics: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "请选择"), *areas]
        self.fields["topic"].choices = [("", "请选择"), *topics]

    def reached_by(self) -> dict[str, str]:
        """The contact as a telephone number or as a mail address, whichever it looks like."""
        typed = self.cleaned_data["contact"].strip()
        return {"email": typed} if "@" in typed else {"phone": typed}


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写日期。", "invalid": "日期写成 2026-03-02 这样。"},
    )


class DeclareForm(forms.Form):
    """What somebody tells of herself by the code on the stairs (住户申报): the least there is."""

    kind = forms.ChoiceField(
        label="申报什么",
        choices=[("in", "我搬来了"), ("out", "我搬走了")],
        widget=forms.RadioSelect,
        initial="in",
        error_messages={"required": "请选搬来还是搬走。"},
    )
    door = forms.CharField(
        label="门牌",
        max_length=30,
        help_text="单元和室号，例如 2单元501；没有单元就写 501",
        error_messages={"required": "请填写单元和室号。"},
    )
    name = forms.CharField(label="姓名", max_length=80, error_messages={"required": "请填写姓名。"})
    phone = forms.CharField(
        label="电话",
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": "请填写能打通的电话，网格员好找您核实。"},
    )
    since = _day("从哪天起")
    use = forms.ChoiceField(
        label="怎么住",
        choices=[("let", "租住"), ("self", "住自己家的房"), ("shared", "与别人合租")],
        initial="let",
    )
    long = forms.TypedChoiceField(
        label="打算住多久",
        required=False,
        choices=[("", "说不准"), ("yes", "满半年"), ("no", "不满半年")],
        coerce=lambda word: word == "yes",
        empty_value=None,
    )
    agree = forms.BooleanField(
        label="上面的用途我看过了，自愿申报",
        error_messages={"required": "请先看用途；同意了才能申报，不同意可以不报。"},
    )

    def __init__(self, *args, fixed: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            del self.fields["door"]


class DeclareHeadsForm(forms.Form):
    """How many live in a collective dwelling, told by whoever runs it (集体住所报人数): no names."""

    heads = forms.IntegerField(
        label="现在住着多少人", min_value=0, max_value=5000, error_messages={"required": "请填写人数。"}
    )
    since = _day("哪天清点的")
