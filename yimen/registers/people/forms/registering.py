"""What is typed to put a resident on file (建档), and what a card tells."""

from collections.abc import Callable
from datetime import date

from django import forms

from yimen.kernel.areas import Level
from yimen.kernel.faults import Fault
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import DocumentKind, Sex
from yimen.registers.people.forms.shared import date_field
from yimen.registers.places import api as places
from yimen.standards.citizen_id import parse_citizen_id

SAME, ABROAD = "same", "elsewhere"
HUKOU_CHOICES = [("", "暂不清楚"), (SAME, "户口就在现住社区"), (ABROAD, "户口在本平台以外")]


# What a newborn, a foreigner or somebody from Hong Kong, Macao or Taiwan brings instead of an id card.
OTHER_KINDS = [
    (kind.value, kind.label)
    for kind in (
        DocumentKind.BIRTH_CERTIFICATE,
        DocumentKind.HOUSEHOLD_BOOK,
        DocumentKind.PASSPORT,
        DocumentKind.HK_MACAO_PERMIT,
        DocumentKind.TAIWAN_PERMIT,
        DocumentKind.OFFICER_CARD,
        DocumentKind.SOCIAL_SECURITY_CARD,
        DocumentKind.OTHER,
    )
]


class HukouField(forms.ChoiceField):
    """Where her hukou lies (户籍): in words, or a community of the platform; these are named only where the field is drawn."""

    def valid_value(self, value: str) -> bool:
        if value in dict(HUKOU_CHOICES):
            return True
        found = places.find_area(value)
        return found is not None and found.level == Level.COMMUNITY and found.until is None


class NewPersonForm(forms.Form):
    """Put a resident on file (建档): name, telephone and where she lives are enough."""

    id_number = forms.CharField(
        label="证件号码",
        required=False,
        max_length=40,
        help_text="填了就自动带出出生日期和性别；没带证件可以先不填，证件后补",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    name = forms.CharField(label="姓名", max_length=80, error_messages={"required": "请填写姓名。"})
    sex = forms.ChoiceField(label="性别", required=False, choices=[("", "未填"), *Sex.choices])
    birth_on = date_field("出生日期", required=False)
    phone = forms.CharField(
        label="联系电话", required=False, max_length=40, help_text="手机或带区号的座机；没有可以不填"
    )
    community = forms.ChoiceField(label="现住社区", error_messages={"required": "请选择社区。"})
    lives_address = forms.CharField(
        label="现住址",
        required=False,
        max_length=200,
        help_text="小区、幢、单元、室，例如 东方丽都3幢2单元501室",
    )
    since = date_field("入住日期", required=False, help_text="不填按今天；满半年计入常住人口")
    hukou = HukouField(label="户籍", required=False, choices=HUKOU_CHOICES)
    hukou_address = forms.CharField(
        label="户籍地址",
        required=False,
        max_length=200,
        help_text="户口在本平台以外的要填，至少写到县（市、区），如 贵州省毕节市织金县",
    )
    other_kind = forms.ChoiceField(
        label="别的证件",
        required=False,
        choices=[("", "没有或以后再补"), *OTHER_KINDS],
    )
    other_number = forms.CharField(
        label="别的证件号码",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # The mark of those who were shown; ticked: she is none of them.
    confirmed = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    from_card = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        communities: list[tuple[str, str]],
        registered: Callable[[], list[tuple[str, str]]],
        today: date,
        **kwargs,
    ) -> None:
        """``communities`` are those to live in, ``registered`` names all of the platform, where her hukou may lie."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["hukou"].choices = lambda: [
            *HUKOU_CHOICES,
            *[(code, f"户口在{name}") for code, name in registered()],
        ]
        chosen = communities if len(communities) == 1 else [("", "请选择"), *communities]
        self.fields["community"].choices = chosen

    def clean_id_number(self) -> str:
        """Said together with the other mistakes, not only when all of them are mended."""
        typed = self.cleaned_data["id_number"]
        read = parse_citizen_id(typed, today=self.today) if typed else None
        if isinstance(read, Fault):
            raise forms.ValidationError(f"{read.sentence}。")
        return typed

    def clean(self) -> dict:
        told = super().clean()
        if told.get("other_number") and not told.get("other_kind"):
            self.add_error("other_kind", "请选择是哪种证件。")
        if told.get("other_kind") and not told.get("other_number"):
            self.add_error("other_number", "请填写号码；没有带来就选“没有或以后再补”。")
        if told.get("hukou") == ABROAD and not clean_line(told.get("hukou_address") or ""):
            self.add_error("hukou_address", "户口在本平台以外的，请写到县（市、区）；不清楚就选“暂不清楚”。")
        return told

    @property
    def hukou_told(self) -> tuple[str, str]:
        """The community of the platform where her hukou lies, and the place in words (户籍地): elsewhere the words alone."""
        told = self.cleaned_data
        area = {SAME: told["community"], ABROAD: ""}.get(told["hukou"], told["hukou"])
        return area, "" if told["hukou"] in ("", SAME) else told["hukou_address"]

    @property
    def documents(self) -> list[tuple[str, str]]:
        """Papers beside the id card (护照、出生医学证明……)."""
        told = self.cleaned_data
        return [(told["other_kind"], told["other_number"])] if told["other_kind"] else []


class CardForm(forms.Form):
    """What a card or a code told (读卡): the number, and from a reader all that stands on the card.

    The photo is not among it: it never leaves the browser.
    """

    id_number = forms.CharField(max_length=40)
    name = forms.CharField(max_length=80, required=False)
    address = forms.CharField(max_length=200, required=False)
    valid_until = forms.CharField(max_length=20, required=False)
    from_reader = forms.BooleanField(required=False)

    def clean_valid_until(self) -> date | None:
        """The last day; None for 长期 and for what cannot be read."""
        try:
            return date.fromisoformat(self.cleaned_data["valid_until"])
        except ValueError:
            return None
