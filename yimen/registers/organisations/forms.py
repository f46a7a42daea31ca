"""The shape of what is typed about organisations."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from yimen.registers.organisations.choices import OF_GOVERNMENT, InspectionResult, OrganisationKind, Tier
from yimen.registers.organisations.engine.practice import OrganisationPractice

Choices = Iterable[tuple[str, str]]
_CODE_HELP = "18 位，登记证书或执照上有；抄错一位会提示。"


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput, required=required, help_text=help_text)


def _text(label: str, most: int, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text)


def _long(label: str, most: int, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OrganisationForm(forms.Form):
    """What is published about an organisation (单位情况)."""

    name = _text("名称", 80, help_text="写全称，与登记证书一致。")
    credit_code = _text("统一社会信用代码", 30, required=False, help_text=_CODE_HELP)
    field = forms.ChoiceField(label="领域", required=False)
    tier = forms.ChoiceField(
        label="管理方式", required=False, choices=[("", "（不是社会组织）"), *Tier.choices]
    )
    phone = _text("电话", 30, required=False, help_text="对外的办公电话，不写私人号码。")
    address = _text("地址", 120, required=False)
    duty = _long("职责", 300, required=False, help_text="这个单位负责什么，一两句话。")

    def __init__(self, *args: Any, rules: OrganisationPractice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", "（不填）"), *rules.fields.items()]


class NewOrganisationForm(OrganisationForm):
    """A new organisation (登记单位)."""

    kind = forms.ChoiceField(label="类别")
    area = forms.ChoiceField(label="所在区域")
    since = _day("从哪天起", help_text="登记证书或备案上的日期。")

    field_order = (
        "kind",
        "name",
        "area",
        "credit_code",
        "field",
        "tier",
        "phone",
        "address",
        "duty",
        "since",
    )

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = list(areas)
        self.fields["kind"].choices = [
            one
            for one in OrganisationKind.choices
            if one[0] not in (*OF_GOVERNMENT, OrganisationKind.COMMITTEE)
        ]


class _ApprovalForm(forms.Form):
    """On what it rests (批准)."""

    authority = _text("批准机关", 80, required=False)
    number = _text("批准文号", 60, required=False)
    approved_on = _day("批准日期", required=False)


class CommitteeForm(_ApprovalForm):
    """The file of a new committee (设立居民委员会): approval, boundary, code, date."""

    area = forms.ChoiceField(
        label="社区", help_text="没有居民（村民）委员会的社区；新的社区先由系统管理员设立区域。"
    )
    name = _text("名称", 80, help_text="如：××社区居民委员会。")
    boundary = _long("四至范围", 300, help_text="东、南、西、北各到哪里，按批复写。")
    official_code = _text(
        "统计用区划代码", 12, required=False, help_text="还没有赋码就留空，赋码后由系统管理员变更编码。"
    )
    households = forms.IntegerField(label="户数", min_value=0, max_value=99999, required=False)
    phone = _text("电话", 30, required=False)
    address = _text("办公地址", 120, required=False)
    since = _day("设立日期")

    field_order = ("area", "name", "authority", "number", "approved_on", "boundary", "official_code")

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = list(areas)
        for name in ("authority", "number", "approved_on"):
            self.fields[name].required = True
        self.fields["authority"].help_text = "居民委员会的设立由区县人民政府决定。"


class CloseForm(_ApprovalForm):
    """From which day an organisation no longer stands (撤销)."""

    until = _day("从哪天起撤销")
    why = _long("原因", 300)


class ConvertForm(_ApprovalForm):
    """What an organisation becomes, and when (改造)."""

    on = _day("从哪天起改造")
    name = _text("改造后的名称", 80, help_text="如：××社区卫生服务站。")
    kind = forms.ChoiceField(
        label="改造后的类别", choices=[one for one in OrganisationKind.choices if one[0] not in OF_GOVERNMENT]
    )
    why = _long("说明", 300, required=False, help_text="没有文号时必填。")


class CredentialForm(forms.Form):
    """A licence or a grade (证照)."""

    kind = forms.ChoiceField(label="证照")
    number = _text("编号", 60, required=False)
    extent = _text("范围或等级", 200, required=False, help_text="如：全科、中医；或 3A。")
    issuer = _text("发证机关", 80, required=False)
    since = _day("有效期自")
    last_day = _day("有效期至", required=False, help_text="证上写的最后一天；长期有效就留空。")

    def __init__(self, *args: Any, organisation: Any, rules: OrganisationPractice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (key, one.title)
            for key, one in rules.credentials.items()
            if not one.kinds or organisation.kind in one.kinds
        ]


class AgreementForm(forms.Form):
    """An agreement (协议)."""

    title = _text("协议名称", 80)
    partner_unit = forms.ChoiceField(
        label="合作单位", required=False, help_text="养老机构等已登记的单位从这里选，它的页面上也看得到。"
    )
    partner = _text("另一方", 80, required=False, help_text="没有登记的写名称，如：潘火街道办事处。")
    number = _text("编号", 60, required=False)
    content = _long("约定内容", 500, help_text="各自做什么、怎么验收。")
    visits_monthly = forms.IntegerField(
        label="每月上门几次",
        required=False,
        min_value=1,
        max_value=60,
        help_text="约定了上门才填，以后逐次登记。",
    )
    beds = forms.IntegerField(label="床位", required=False, min_value=1, max_value=5000)
    since = _day("自")
    last_day = _day("至", help_text="协议写的最后一天。")

    def __init__(self, *args: Any, units: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["partner_unit"].choices = [("", "（没有登记）"), *units]

    def clean_partner_unit(self) -> UUID | None:
        told = self.cleaned_data["partner_unit"]
        return UUID(told) if told else None


class VisitForm(forms.Form):
    """A visit under an agreement (协议上门)."""

    visited_on = _day("哪天去的")
    people = forms.IntegerField(label="服务了几个人", min_value=1, max_value=5000)
    note = _text("做了什么", 200, required=False, help_text="如：巡诊、换药、康复指导；不写姓名和病情。")


class ScanForm(forms.Form):
    """The signed paper of an agreement (协议扫描件)."""

    file = forms.FileField(
        label="扫描件", help_text="PDF 或照片。", error_messages={"required": "请选一个文件。"}
    )


class PostForm(forms.Form):
    """A post (岗位): what it is called, which role it gives, for how many."""

    title = _text("岗位名称", 40, help_text="如：机构申报员。")
    role = forms.ChoiceField(label="角色", help_text="任命以后按这个角色看到和办理。")
    seats = forms.IntegerField(label="定员", min_value=1, max_value=200, initial=1)

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles


class InspectionForm(forms.Form):
    """What a yearly inspection found (年检结论)."""

    year = forms.IntegerField(label="年度", min_value=1990, max_value=2100, help_text="检查的是哪一年。")
    result = forms.ChoiceField(
        label="结论", choices=InspectionResult.choices, widget=forms.RadioSelect(attrs={"class": "stacked"})
    )
    done_on = _day("结论日期")
    note = _text("说明", 300, required=False, help_text="不是合格的，写明要整改什么。")


class TermForm(forms.Form):
    """A term (届次)."""

    number = forms.IntegerField(label="第几届", min_value=1, max_value=200)
    seats = forms.IntegerField(label="应有几人", min_value=1, max_value=99)
    basis = _text("怎样产生", 120, help_text="如：2024年3月10日居民代表选举。")
    since = _day("任期自")
    last_day = _day("任期至", help_text="最后一天。")


class OfficerForm(forms.Form):
    """Somebody takes an office (任职)."""

    office = _text("职务", 40, help_text="如：主任、委员、法定代表人、负责人。")
    name = _text("姓名", 80, help_text="本街道的居民请从她的档案里登记，这里写外来的人。")
    term = forms.ChoiceField(label="哪一届", required=False)
    since = _day("任职自")

    def __init__(self, *args: Any, terms: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = [("", "（不分届）"), *terms]

    def clean_term(self) -> UUID | None:
        told = self.cleaned_data["term"]
        return UUID(told) if told else None


class ContactForm(forms.Form):
    """Whom to ring (联系人)."""

    name = _text("姓名", 40)
    phone = _text("工作电话", 30, help_text="街道和社区的同事都看得到，不写私人号码，除非本人同意。")
    duty = _text("负责什么", 120)
    network = forms.ChoiceField(label="属于哪个服务网络", required=False)
    since = _day("从哪天起")

    def __init__(self, *args: Any, rules: OrganisationPractice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        networks = [(key, one.title) for key, one in rules.networks.items()]
        self.fields["network"].choices = [("", "（不属于网络）"), *networks]


class ResponsibilityForm(forms.Form):
    """Who does what (分工)."""

    account = forms.ChoiceField(label="谁负责（A岗）")
    deputy = forms.ChoiceField(label="不在时找谁（B岗）", required=False)
    task = _text("负责什么", 120, required=False, help_text="一行一件，写居民看得懂的话。")
    works = forms.MultipleChoiceField(
        label="办件和待办",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="勾上的由这位同事主办：每件办件、待办的页面写明A岗和B岗；A岗不在时B岗在自己的清单里看到。",
    )
    since = _day("从哪天起")

    def __init__(self, *args: Any, people: Choices, works: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = list(people)
        self.fields["works"].choices = list(works)
        if not self.fields["works"].choices:
            del self.fields["works"]
            self.fields["task"].required = True
        self.fields["account"].choices = people
        self.fields["deputy"].choices = [("", "（未定）"), *people]

    def clean_account(self) -> UUID:
        return UUID(self.cleaned_data["account"])

    def clean_deputy(self) -> UUID | None:
        told = self.cleaned_data["deputy"]
        return UUID(told) if told else None


class EndForm(forms.Form):
    """The last day of something, and why where that is asked for (终止)."""

    last_day = _day("最后一天")
    why = _text("原因", 120, required=False)

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if asks_why:
            self.fields["why"].required = True
        else:
            del self.fields["why"]


class CountForm(forms.Form):
    """Between which days social organisations are counted (统计日期)."""

    since = _day("从")
    on = _day("到")

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        first, last = told.get("since"), told.get("on")
        if isinstance(first, date) and isinstance(last, date) and first > last:
            self.add_error("on", "“到”的日期早于“从”的日期。")
        return told


class AbsenceForm(forms.Form):
    """From when to when somebody is away (不在岗); why is not asked."""

    account = forms.ChoiceField(label="谁", required=False)
    since = _day("第一天")
    last_day = _day("最后一天", help_text="过了这天自动结束。不用写为什么。")

    def __init__(self, *args: Any, people: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = list(people)
        self.fields["account"].choices = [("", "我自己"), *people]
        if not people:
            del self.fields["account"]

    def clean_account(self) -> UUID | None:
        told = self.cleaned_data["account"]
        return UUID(told) if told else None
