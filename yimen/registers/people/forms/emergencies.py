"""What is typed to open a file in an emergency (紧急查阅), and to say afterwards whether it was one."""

from collections.abc import Sequence

from django import forms

from yimen.registers.people.choices import ReviewState


class GlassForm(forms.Form):
    """Open a file in an emergency (紧急查阅): what has happened."""

    kind = forms.ChoiceField(
        label="是什么紧急情况",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是什么紧急情况。", "invalid_choice": "请选择是什么紧急情况。"},
    )
    words = forms.CharField(
        label="人在哪里、出了什么事",
        max_length=200,
        error_messages={"required": "请写明人在哪里、出了什么事。"},
    )

    def __init__(
        self, *args, kinds: Sequence[tuple[str, str]], cards: Sequence[tuple[str, str]] = (), **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        if cards:
            self.fields["card"] = forms.ChoiceField(
                label="要看哪一项",
                choices=cards,
                widget=forms.RadioSelect,
                initial=cards[0][0],
                error_messages={"required": "请选择要看哪一项。", "invalid_choice": "请选择要看哪一项。"},
            )


class ReviewForm(forms.Form):
    """Say whether it was an emergency (复核)."""

    state = forms.ChoiceField(
        label="复核结果",
        choices=[one for one in ReviewState.choices if one[0] != ReviewState.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择复核结果。"},
    )
    words = forms.CharField(
        label="怎么核实的",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明怎么核实的。"},
    )
