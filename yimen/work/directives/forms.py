"""Shapes of input for directives."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from yimen.work.directives.choices import DirectiveKind

DAY = {"required": "请填写日期。", "invalid": "日期请写成 2026-11-20。"}


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, widget=widget, help_text=help_text, error_messages=DAY
    )


def _words(label: str, said: str = "", *, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        required=bool(said),
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": said},
    )


class DirectiveForm(forms.Form):
    """What is wanted of whom by when (交办督办)."""

    kind = forms.ChoiceField(label="类别", choices=DirectiveKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label="什么事",
        max_length=80,
        help_text="一句话，不写居民姓名，如：低保复核还有 12 户没有走访。",
        error_messages={"required": "请写一句什么事。"},
    )
    text = _words("要求", "请写明要做什么。", help_text="要做什么、报什么结果。")
    owner = forms.TypedChoiceField(
        label="交给谁",
        coerce=UUID,
        error_messages={"required": "请选择交给谁。", "invalid_choice": "请从名单里选。"},
    )
    due_on = _day("哪天以前答复")

    def __init__(self, *args: Any, owners: Sequence[tuple[UUID, str]] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "请选择"), *((str(account), name) for account, name in owners)]


class AnswerForm(forms.Form):
    """What was done (答复)."""

    text = _words("办得怎么样", "请写明办得怎么样。", help_text="写结果、数和原因，不写居民姓名。")


class ReturnForm(forms.Form):
    """Why the answer does not do yet (退回再办)."""

    text = _words("为什么退回", "请写明还差什么。")
    due_on = _day("新的期限", required=False, help_text="不填就按原来的期限。")


class PutOffForm(forms.Form):
    """Another day (改期)."""

    due_on = _day("改到哪天")
    text = _words("为什么改期", "请写明为什么改期。")


class CloseForm(forms.Form):
    """It is done (办结)."""

    text = _words("补一句", help_text="可以不写。")


class WithdrawForm(forms.Form):
    """It is not wanted any more (撤销)."""

    text = _words("为什么撤销", "请写明为什么撤销。")
