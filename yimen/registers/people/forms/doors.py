"""The shape of what is typed standing before a door: as few fields as will do, one hand on a phone."""

from collections.abc import Sequence
from uuid import UUID

from django import forms

from yimen.registers.people.choices import ROLES
from yimen.registers.people.forms.shared import date_field
from yimen.registers.people.rules.doors import LET, SELF, SHARED

USES = [(SELF, "自住"), (LET, "出租"), (SHARED, "群租")]
ALONE = "alone"


class NewcomerForm(forms.Form):
    """Who comes (新来的人): a name and a telephone will do, papers follow; or ``person``, who is on file already."""

    name = forms.CharField(
        label="姓名",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写姓名。"},
    )
    phone = forms.CharField(
        label="联系电话",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    use = forms.ChoiceField(
        label="怎么住",
        choices=USES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选是自住、出租还是群租。"},
    )
    on = date_field("哪天搬来的")
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # The mark of those who were shown; sent: she is none of them.
    confirmed = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def clean(self) -> dict:
        told = super().clean()
        if told.get("person"):
            self.errors.pop("name", None)
        return told


class MoveInForm(NewcomerForm):
    """Somebody moved in (搬入): alone or with people who live here."""

    household = forms.ChoiceField(label="和谁一户", required=False)
    role = forms.ChoiceField(label="与户主的关系", required=False, choices=[("", "请选择"), *ROLES.items()])

    def __init__(self, *args, households: Sequence[tuple[UUID, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["household"].choices = [
            (ALONE, "自己一户"),
            *((str(one), who) for one, who in households),
        ]
        if not households:
            del self.fields["household"], self.fields["role"]

    def clean(self) -> dict:
        told = super().clean()
        if told.get("household") not in (None, "", ALONE) and not told.get("role"):
            self.add_error("role", "请选与户主的关系。")
        return told

    @property
    def house(self) -> UUID | None:
        """The household she joins, None when she keeps her own."""
        chosen = self.cleaned_data.get("household") or ALONE
        return None if chosen == ALONE else UUID(chosen)


class LeavingMixin(forms.Form):
    """Who leaves (搬走的人): everybody is ticked at first."""

    people = forms.MultipleChoiceField(
        label="谁搬走了",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请勾选搬走的人。",
            "invalid_choice": "勾选的人里有人已经不住在这里了，请看一眼现在的名单。",
        },
    )

    def __init__(self, *args, living: Sequence[tuple[UUID, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(str(one), name) for one, name in living]
        self.fields["people"].initial = [str(one) for one, _ in living]

    @property
    def leaving(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["people"]]


class MoveOutForm(LeavingMixin):
    """Some or all moved out (搬出)."""

    on = date_field("哪天搬走的")
    whereto = forms.CharField(label="搬到哪里", required=False, max_length=100, help_text="不知道就空着")


class ChangeTenantsForm(LeavingMixin, NewcomerForm):
    """The tenants changed (换租客): who goes, and who comes."""

    field_order = ("people", "name", "phone", "use", "on")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["use"].choices = USES[1:]
        self.fields["on"].label = "从哪天起"


class LandlordForm(forms.Form):
    """Who lets the dwelling (房东)."""

    name = forms.CharField(label="房东姓名", max_length=80, required=False, help_text="不再出租就清空")
    phone = forms.CharField(
        label="房东电话", max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )


class ConfirmForm(forms.Form):
    """A worker found it so (确认申报)."""

    person = forms.UUIDField(required=False)
    use = forms.ChoiceField(choices=[("", ""), *USES], required=False)
    confirmed = forms.CharField(required=False, max_length=100)


class RefuseForm(forms.Form):
    """It is not so (不采纳申报)."""

    reason = forms.CharField(
        label="为什么不采纳",
        max_length=200,
        help_text="例如：上门核对，没有这个人；室号填错了",
        error_messages={"required": "请写一句为什么不采纳。"},
    )
