from django import forms


class OutcomeForm(forms.Form):
    """What came of a call or a knock (告知结果)."""

    note = forms.CharField(
        label="说明",
        max_length=200,
        required=False,
        help_text="和谁说的、对方怎么讲。拒绝或听说去世时必须写。",
        widget=forms.TextInput,
    )
