from django import forms


class VoidForm(forms.Form):
    """Why a letter is voided (作废原因)."""

    why = forms.CharField(
        label="作废原因", max_length=200, help_text="例如：打印错位、文字有误。文号不再使用。"
    )
