"""The shapes of input of health services."""

from django import forms

from yimen.services.health.choices import EndReason


class SignForm(forms.Form):
    """Which team the resident chose, and from when (选团队)."""

    team = forms.ChoiceField(label="居民选的团队", widget=forms.RadioSelect)
    since = forms.DateField(
        label="协议从哪天开始",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="一般从今天起，一年为期；续签从上一份到期那天起。",
    )

    def __init__(self, *args, teams, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(str(team.public_id), team.name) for team in teams]


class EndForm(forms.Form):
    """Why a contract ends (解约)."""

    why = forms.ChoiceField(
        label="原因",
        choices=[
            (one.value, one.label) for one in EndReason if one not in (EndReason.DIED, EndReason.MERGED)
        ],
    )
