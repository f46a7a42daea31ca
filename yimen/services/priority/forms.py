"""The shape of input of a priority mark."""

from django import forms

from yimen.services.priority.choices import Source


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MarkForm(forms.Form):
    """By what right somebody is served first, and until when (登记优先标记)."""

    ground = forms.ChoiceField(label="事由", widget=forms.RadioSelect)
    source = forms.ChoiceField(
        label="依据",
        choices=Source.choices,
        widget=forms.RadioSelect,
        help_text="本人没有提出、没有出示证件、也没有同意的，不登记。",
    )
    paper_until = forms.DateField(
        label="证件有效期至",
        required=False,
        widget=_day(),
        help_text="依据证件的才填；只记有效期，不记证号，不留复印件。",
    )
    last_on = forms.DateField(
        label="优先到哪天",
        required=False,
        widget=_day(),
        help_text="不填就按这个事由的最长期限，到期自动去掉。",
    )

    def __init__(self, *args, grounds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(one.key, one.body.title) for one in grounds]
