"""Shapes of input for transcripts."""

from collections.abc import Sequence
from typing import Any

from django import forms


class WriteBackForm(forms.Form):
    """What the other system gave (登记外部编号和状态)."""

    outside_number = forms.CharField(label="外部编号", max_length=40)
    outside_state = forms.ChoiceField(label="外部状态")
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, states: Sequence[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["outside_state"].choices = [("", "请选择"), *((one, one) for one in states)]


class SeeForm(forms.Form):
    """Ask to see a fact whole (查看完整信息): which, and why."""

    field = forms.ChoiceField(label="看哪一项")
    purpose = forms.ChoiceField(label="为什么要看")
    words = forms.CharField(label="补充说明", max_length=100, required=False, help_text="选“其他”时必填")

    def __init__(
        self, *args: Any, asks: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = (), **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        purposes = {key: title for _, _, offered in asks for key, title in offered}
        self.fields["field"].choices = [(key, title) for key, title, _ in asks]
        self.fields["purpose"].choices = list(purposes.items())


def write_form(card: Any, data: Any = None) -> WriteBackForm:
    """The form for number and state of one card (登记外部编号和状态)."""
    row = card.transcript
    return WriteBackForm(
        data,
        states=[one.title for one in card.system.states] if card.system else (),
        initial={
            "outside_number": row.outside_number,
            "outside_state": row.outside_state,
            "edition": row.edition,
        },
        auto_id=f"id_{row.pk}_%s",
    )


class SheetForm(forms.Form):
    """The Excel of another system (外部导出表)."""

    system = forms.ChoiceField(label="哪个系统导出的")
    file = forms.FileField(
        label="导出的表格",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
        help_text="用那边原样导出的表。先逐行核对给您看，确认以后才改；原表不留在本系统里。",
    )

    def __init__(self, *args: Any, systems: Sequence[tuple[str, str]] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["system"].choices = list(systems)
