"""The shape of what is typed in the office."""

from django import forms

from yimen.foundations.access.api import AccountKind
from yimen.foundations.audit.api import ReadingState

DAY = {"required": "请填写日期。", "invalid": "日期请写成 2026-11-20。"}


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class NewAccountForm(forms.Form):
    """A colleague's account (开设账号)."""

    name = forms.CharField(label="姓名", max_length=60, error_messages={"required": "请填写姓名。"})
    username = forms.CharField(
        label="登录名",
        max_length=40,
        help_text="2 至 40 个字符，不含空格，以后不能改；建议用姓名拼音，如 wang.min。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "请填写登录名。"},
    )
    kind = forms.ChoiceField(
        label="类别", choices=AccountKind.choices, initial=AccountKind.STAFF, widget=forms.RadioSelect
    )
    area = forms.ChoiceField(
        label="由哪里的管理员管理",
        help_text="只决定谁来管理这个账号；能办什么、看什么，由岗位和角色决定。",
        error_messages={"required": "请选择区域。"},
    )

    def __init__(self, *args, areas: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas


class ReasonForm(forms.Form):
    """Why it is done (事由)."""

    reason = forms.CharField(
        label="事由",
        max_length=120,
        help_text="会记入操作留痕，如：离职；手机遗失。",
        error_messages={"required": "请写明事由。"},
    )


class CloseForm(ReasonForm):
    """Why an account is closed, and who takes over what lay with its holder (停用与交接)."""

    to = forms.ChoiceField(
        label="手上的工作由谁接手",
        required=False,
        help_text="待办、以后的班次、等回复的协办和答应过的答复。不选时，待办归还所在区域，班次由负责人改派。",
    )

    def __init__(self, *args, colleagues: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "不指定"), *colleagues]


class AppointForm(forms.Form):
    """Somebody gets a post (任命)."""

    post = forms.ChoiceField(label="岗位", error_messages={"required": "请选择岗位。"})
    since = forms.DateField(label="自哪天起", widget=DateInput, error_messages=DAY)
    until = forms.DateField(
        label="到哪天为止（不含当天）",
        widget=DateInput,
        required=False,
        help_text="长期任职不填。",
        error_messages=DAY,
    )
    acting = forms.BooleanField(label="代理（不占定员）", required=False)

    def __init__(self, *args, posts: list[tuple[str, list[tuple[str, str]]]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "请选择"), *posts]


class DeputyForm(forms.Form):
    """Who stands in for a colleague who cannot name somebody herself (临时代理)."""

    grant = forms.ChoiceField(label="代理哪个角色", error_messages={"required": "请选择角色。"})
    deputy = forms.ChoiceField(label="由谁代理", error_messages={"required": "请选择同事。"})
    since = forms.DateField(label="从哪天起", widget=DateInput, error_messages=DAY)
    last = forms.DateField(label="最后一天（含当天）", widget=DateInput, error_messages=DAY)
    reason = forms.CharField(
        label="事由",
        max_length=120,
        help_text="两个人都看得到，也记入操作留痕，如：突然生病。",
        error_messages={"required": "请写明事由。"},
    )

    def __init__(self, *args, roles: list[tuple[str, str]], colleagues: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grant"].choices = [("", "请选择"), *roles]
        self.fields["deputy"].choices = [("", "请选择"), *colleagues]


class GrantForm(forms.Form):
    """A role without a post (直接授予角色)."""

    role = forms.ChoiceField(label="角色", error_messages={"required": "请选择角色。"})
    area = forms.ChoiceField(
        label="区域",
        help_text="在这个区域和它下面的区域里有效。",
        error_messages={"required": "请选择区域。"},
    )
    since = forms.DateField(label="自哪天起", widget=DateInput, error_messages=DAY)
    until = forms.DateField(
        label="到哪天为止（不含当天）",
        widget=DateInput,
        required=False,
        help_text="长期有效不填。",
        error_messages=DAY,
    )

    def __init__(self, *args, roles: list[tuple[str, str]], areas: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "请选择"), *roles]
        self.fields["area"].choices = [("", "请选择"), *areas]


class WorkbookForm(forms.Form):
    """An XLSForm workbook (上传表单)."""

    file = forms.FileField(
        label="XLSForm 工作簿",
        help_text="Excel 的 xlsx 文件，里面有 survey、choices、settings 三张工作表，最大 10 MB。",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        error_messages={"required": "请选择工作簿。"},
    )
    purpose = forms.CharField(
        label="收集这些信息做什么用",
        max_length=120,
        required=False,
        help_text="没有在 purpose 一列里单独写用途的题目，都用这一句，如：摸清独居老人的照料需求。没有用途的题目不能问。",
    )


class PublishFormForm(forms.Form):
    """Under which name a form is published, from which day, and what is new (发布表单)."""

    key = forms.RegexField(
        r"^[a-z][a-z0-9_]{1,39}$",
        label="表单编号",
        help_text="小写字母、数字和下划线。写已有表单的编号，就成为它的新一版；写新的，就是一张新表。",
        error_messages={
            "required": "请填写表单编号。",
            "invalid": "编号只能用小写字母、数字和下划线，以字母开头，如 elder_needs。",
        },
    )
    effective_on = forms.DateField(label="自哪天起使用", widget=DateInput, error_messages=DAY)
    change = forms.CharField(
        label="这一版为什么改",
        max_length=200,
        help_text="一句话，以后看得懂，如：新增照料意愿一题。",
        error_messages={"required": "请写一句修改说明。"},
    )
    seen = forms.BooleanField(label="读入说明看过了，和工作簿不一样的地方可以接受", required=False)

    def __init__(self, *args, remarks: int, **kwargs):
        super().__init__(*args, **kwargs)
        if not remarks:
            del self.fields["seen"]


class RetireForm(forms.Form):
    """From which day a form is no longer used, and why (停用表单)."""

    effective_on = forms.DateField(label="自哪天起停用", widget=DateInput, error_messages=DAY)
    change = forms.CharField(
        label="为什么停用",
        max_length=200,
        help_text="一句话，如：改用市里统一的表。",
        error_messages={"required": "请写明为什么停用。"},
    )


class LookInsideForm(forms.Form):
    """Why the details of a deed are opened (查看事由)."""

    why = forms.CharField(
        label="查看事由",
        max_length=100,
        help_text="居民本人能在“谁看过我的档案”里看到。",
        error_messages={"required": "请写明查看的事由。"},
    )


class AnswerAlertForm(forms.Form):
    """What came of an alert (处理结果)."""

    state = forms.ChoiceField(
        label="处理结果",
        choices=[one for one in ReadingState.choices if one[0] != ReadingState.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择处理结果。", "invalid_choice": "请选择处理结果。"},
    )
    reason = forms.CharField(
        label="怎么核实的、结论是什么",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写了就不能改。如：当天集中核对独居老人名单，科长确认。不写居民姓名。",
        error_messages={"required": "请写明怎么核实的、结论是什么。"},
    )
