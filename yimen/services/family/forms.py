"""The shapes of input of family support."""

from django import forms


class TransferForm(forms.Form):
    """To which office a replacement is passed on (转送)."""

    receiver = forms.CharField(
        label="转送给哪个单位",
        max_length=60,
        help_text="先写县级卫生健康部门；知道当年发证单位还在的，写那里。",
    )
