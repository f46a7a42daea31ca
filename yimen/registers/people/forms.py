"""The shape of what is typed about residents."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django import forms

from yimen.kernel.faults import Fault
from yimen.registers.people.choices import ROLES, AddressKind, DocumentKind, ReachKind, RightKind, Sex
from yimen.registers.people.rules.requests import ERASABLE
from yimen.standards.citizen_id import parse_citizen_id

REASONS = (
    "窗口办事",
    "上门走访",
    "电话回访",
    "核对证件",
    "更新档案",
    "统计核对",
)
ABROAD = "elsewhere"
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


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def date_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=DateInput(),
        error_messages={"invalid": "日期写成 2026-03-02 这样。", "required": f"请填写{label}。"},
    )


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
    hukou = forms.ChoiceField(
        label="户籍",
        required=False,
        choices=[("", "暂不清楚"), ("same", "户口就在现住社区"), (ABROAD, "户口在别处")],
    )
    hukou_address = forms.CharField(
        label="户籍地址", required=False, max_length=200, help_text="户口在别处时填写"
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

    def __init__(self, *args, communities: list[tuple[str, str]], today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
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
        return told

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


class PhoneForm(forms.Form):
    """Change the telephone (改电话)."""

    phone = forms.CharField(label="联系电话", required=False, max_length=40, help_text="清空表示没有电话")
    version = forms.IntegerField(widget=forms.HiddenInput)


class CorrectForm(forms.Form):
    """Correct name, sex or birth (更正): with a reason."""

    name = forms.CharField(label="姓名", max_length=80, error_messages={"required": "姓名不能为空。"})
    sex = forms.ChoiceField(label="性别", choices=Sex.choices)
    birth_on = date_field("出生日期", required=False)
    reason = forms.CharField(
        label="依据",
        max_length=100,
        help_text="例如：户口簿、身份证、更名证明",
        error_messages={"required": "请写明依据。"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """Move home or hukou (迁移)."""

    kind = forms.ChoiceField(
        label="变更什么", choices=AddressKind.choices, widget=forms.RadioSelect, initial=AddressKind.LIVES
    )
    community = forms.ChoiceField(label="新的社区", required=False)
    address = forms.CharField(label="新的地址", required=False, max_length=200)
    on = date_field("从哪天起")

    def __init__(self, *args, communities: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = [("", "不在本平台范围内（迁往外地）"), *communities]


class DocumentForm(forms.Form):
    """Note a paper or card (登记证件)."""

    kind = forms.ChoiceField(label="证件种类", choices=DocumentKind.choices)
    number = forms.CharField(
        label="证件号码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写证件号码。"},
    )


class DeathForm(forms.Form):
    """Note a death (死亡登记)."""

    died_on = date_field("死亡日期")
    source = forms.CharField(
        label="依据",
        max_length=60,
        help_text="例如：死亡医学证明、殡葬通知",
        error_messages={"required": "请写明依据。"},
    )


class ReachForm(forms.Form):
    """How a person wants to be reached (联系方式)."""

    way = forms.ChoiceField(label="方式", choices=ReachKind.choices)
    value = forms.CharField(
        label="电话", required=False, max_length=40, help_text="打电话、找子女、看短信时填写"
    )
    note = forms.CharField(
        label="说明", required=False, max_length=100, help_text="例如：找女儿王芳，下午六点后"
    )


class JoinForm(forms.Form):
    """Join a household (入户)."""

    person = forms.ChoiceField(label="谁", widget=forms.RadioSelect)
    role = forms.ChoiceField(label="与户主关系", choices=[("", "请选择"), *ROLES.items()])
    on = date_field("从哪天起")

    def __init__(self, *args, people: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people


STAYS = "stays"


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


class MergeForm(forms.Form):
    """Put one of two compared files into the other (合并档案)."""

    reason = forms.CharField(
        label="为什么是同一个人",
        max_length=200,
        help_text="例如：当面核对身份证；原档案是没带证件时建的",
        error_messages={"required": "请写明为什么是同一个人。"},
    )


class UndoMergeForm(forms.Form):
    """Take a merge back (撤销合并): after what was written since has been read."""

    reason = forms.CharField(
        label="为什么撤销", max_length=200, error_messages={"required": "请写明为什么撤销。"}
    )
    read = forms.BooleanField(
        label="已看过合并以后写入的内容，知道它们留在保留的档案上",
        error_messages={"required": "请先看合并以后写入的内容，再勾选。"},
    )


class ChooseFileForm(forms.Form):
    """Which other file may be the same person (选另一份档案)."""

    alias = forms.ChoiceField(
        label="和哪一份核对",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择另一份档案。", "invalid_choice": "请选择列出的档案。"},
    )

    def __init__(self, *args, people: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alias"].choices = people


class RequestForm(forms.Form):
    """What a resident asks about her own data (权利请求)."""

    kind = forms.ChoiceField(label="请求", choices=RightKind.choices)
    wish = forms.CharField(label="具体要求", max_length=500, error_messages={"required": "请写明具体要求。"})
    asked_by = forms.CharField(
        label="谁提出的",
        max_length=100,
        initial="本人",
        help_text="本人、监护人、近亲属（本人已去世的）或受托人，写明姓名",
        error_messages={"required": "请写明谁提出的。"},
    )
    identity = forms.CharField(
        label="怎么核验身份",
        max_length=100,
        help_text="例如：当面核对身份证；核对监护证明",
        error_messages={"required": "请写明怎么核验的身份。"},
    )


class CopyForm(forms.Form):
    """A copy of her own data for a resident (复制本人信息)."""

    asked_by = RequestForm.base_fields["asked_by"]
    identity = RequestForm.base_fields["identity"]


class AnswerForm(forms.Form):
    """The answer to a request (答复权利请求)."""

    granted = forms.ChoiceField(
        label="答复",
        choices=[("yes", "同意"), ("no", "不同意")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择同意还是不同意。"},
    )
    reason = forms.CharField(
        label="结果或理由",
        max_length=500,
        help_text="同意的写怎么处理的；不同意的写理由和依据，本人可以看到",
        error_messages={"required": "请写明结果或理由。"},
    )
    erase = forms.MultipleChoiceField(
        label="删除哪些内容",
        required=False,
        choices=list(ERASABLE.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="法律要求保存的不能删除，可以改为限制使用",
    )

    def __init__(self, *args, erases: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not erases:
            del self.fields["erase"]


class WhyForm(forms.Form):
    """Why somebody looks (查阅事由)."""

    why = forms.ChoiceField(label="查阅事由", choices=[(reason, reason) for reason in REASONS])
