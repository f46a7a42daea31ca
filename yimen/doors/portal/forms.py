from collections.abc import Sequence
from typing import Any

from django import forms

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
