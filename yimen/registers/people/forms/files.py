"""What is typed on a resident's file (一人一档)."""

from django import forms

from yimen.kernel.text import clean_line
from yimen.registers.people.choices import AddressKind, DocumentKind, ReachKind, Sex, ShownField
from yimen.registers.people.forms.shared import date_field

REASONS = (
    "窗口办事",
    "上门走访",
    "电话回访",
    "核对证件",
    "更新档案",
    "统计核对",
)


class WhyForm(forms.Form):
    """Why somebody looks (查阅事由)."""

    why = forms.ChoiceField(label="查阅事由", choices=[(reason, reason) for reason in REASONS])


class ShowForm(forms.Form):
    """Ask to see a fact whole (查看完整信息): which, and why."""

    field = forms.ChoiceField(choices=ShownField.choices)
    document = forms.UUIDField(required=False)
    purpose = forms.CharField(
        max_length=40, required=False, error_messages={"max_length": "请选择为什么要看。"}
    )
    words = forms.CharField(max_length=100, required=False)


class PhoneForm(forms.Form):
    """Change the telephone (改电话)."""

    phone = forms.CharField(label="联系电话", required=False, max_length=40, help_text="清空表示没有电话")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, masked: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if masked:
            # Who does not see the number must not take it away by leaving the field as she found it.
            self.fields["phone"].help_text = f"现在登记的是 {masked}"
            self.fields["none"] = forms.BooleanField(label="没有电话了", required=False)

    def clean(self) -> dict:
        told = super().clean()
        if "none" in self.fields and not told.pop("none", False) and not told.get("phone"):
            self.add_error("phone", "请填写新的联系电话；没有电话了请勾选下面一项。")
        return told


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
    address = forms.CharField(
        label="新的地址",
        required=False,
        max_length=200,
        help_text="在本平台社区里的必须填写；外地的写到市、区",
    )
    on = date_field("从哪天起")

    def __init__(
        self,
        *args,
        communities: list[tuple[str, str]],
        elsewhere: list[tuple[str, str]] = (),
        standing: dict[str, tuple[str, str]] | None = None,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing or {}
        self.elsewhere = frozenset(code for code, _ in elsewhere)
        self.fields["community"].choices = [
            ("", "不在本平台范围内（迁往外地）"),
            *communities,
            *((code, f"迁出：{name}") for code, name in elsewhere),
        ]

    def clean(self) -> dict:
        """A move goes somewhere: one key pressed too early must not end a home."""
        told = super().clean()
        place = (told.get("community", ""), clean_line(told.get("address") or ""))
        if not self.errors and all(place) and place == self.standing.get(told["kind"]):
            self.add_error("address", "和现在登记的地址一样，没有变动，不用登记迁移。")
        elif place[0] and not place[1] and "community" not in self.errors and not self.leaves:
            self.add_error("address", "请填写新的地址。")
        return told

    @property
    def leaves(self) -> bool:
        """She goes to a community of others, another street's say (迁往别处); her new address may be learnt there."""
        return self.cleaned_data.get("community") in self.elsewhere


class DocumentForm(forms.Form):
    """Note a paper or card (登记证件)."""

    kind = forms.ChoiceField(label="证件种类", choices=DocumentKind.choices)
    number = forms.CharField(
        label="证件号码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写证件号码。"},
    )
    reason = forms.CharField(
        label="更换理由",
        required=False,
        max_length=200,
        help_text="已登记另一个身份证号码的，写明为什么更换",
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
    drop = forms.BooleanField(label="去掉上面选的方式，不再这样联系", required=False)
