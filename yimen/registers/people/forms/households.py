"""What is typed to join, divide and unite households (户)."""

from collections.abc import Sequence
from uuid import UUID

from django import forms

from yimen.registers.people.choices import ROLES
from yimen.registers.people.forms.shared import date_field

STAYS = "stays"


class FoundForm(forms.Form):
    """Found a household (立户)."""

    on = date_field("从哪天起")


class JoinForm(forms.Form):
    """Join a household (入户)."""

    person = forms.ChoiceField(label="谁", widget=forms.RadioSelect)
    role = forms.ChoiceField(label="与户主关系", choices=[("", "请选择"), *ROLES.items()])
    on = date_field("从哪天起")

    def __init__(self, *args, people: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people


class RolesForm(forms.Form):
    """The relation of several people to a householder (与户主关系), from a day on; ``staying``: who is not chosen stays."""

    on = date_field("从哪天起")

    def __init__(
        self, *args, members: Sequence[tuple[UUID, str, str]], staying: bool = False, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        first = (STAYS, "留在原户") if staying else ("", "请选择")
        self.members = {f"role-{number}": person for number, (person, _, _) in enumerate(members)}
        for number, (_, name, role) in enumerate(members):
            self.fields[f"role-{number}"] = forms.ChoiceField(
                label=name,
                choices=[first, *ROLES.items()],
                initial=STAYS if staying else role,
                error_messages={"required": f"请给{name}选与户主关系。"},
            )

    @property
    def roles(self) -> dict[UUID, str]:
        """Who was given which relation."""
        told = {person: self.cleaned_data[name] for name, person in self.members.items()}
        return {person: role for person, role in told.items() if role != STAYS}


class ChooseHouseholdForm(forms.Form):
    """Which household comes over to this one (选要并过来的户)."""

    other = forms.ChoiceField(
        label="哪一户并过来",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择要并过来的户。", "invalid_choice": "请选择列出的户。"},
    )

    def __init__(self, *args, households: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = households
