"""What is typed to note which office a resident takes (任职)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from yimen.registers.people.forms.shared import DateInput


class OfficeForm(forms.Form):
    """Which office a resident takes (登记任职)."""

    organisation = forms.ChoiceField(label="在哪个单位")
    office = forms.CharField(label="职务", max_length=40, help_text="如：主任、委员、负责人。")
    since = forms.DateField(label="任职自", widget=DateInput)
    in_term = forms.BooleanField(label="是这一届的成员（任期满了自动离任）", required=False)

    def __init__(self, *args: Any, organisations: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = list(organisations)
