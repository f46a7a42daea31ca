"""The shapes of input on the pages of the desk; what is allowed is decided by the operations."""

from collections.abc import Sequence
from datetime import date

from django import forms

from yimen.kernel.faults import Fault
from yimen.kernel.money import Money, parse_money
from yimen.work.desk.choices import (
    CheckVerdict,
    DelegatedPower,
    DeliveryWay,
    FollowUpVerdict,
    Grade,
    Heard,
    OriginalPlace,
    Outcome,
    PaperState,
    PauseKind,
    ShareAnswer,
    Source,
)
from yimen.work.desk.rules.rating import TAGS

_LINES = forms.Textarea(attrs={"rows": 3})


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PeriodForm(forms.Form):
    """From a day to a day (起止日期), the year so far where nothing sensible is told; named as the list behind it asks."""

    settled_on_from = forms.DateField(label="办结从", required=False)
    settled_on_to = forms.DateField(label="到", required=False)

    def __init__(self, data, *, today: date):
        super().__init__(data)
        self.today = today

    def period(self) -> tuple[date, date]:
        """The first and the last day; what cannot be read is left out."""
        self.is_valid()
        told = self.cleaned_data
        first = told.get("settled_on_from") or date(self.today.year, 1, 1)
        return first, max(first, told.get("settled_on_to") or self.today)


class IntakeForm(forms.Form):
    """How the application came, a remark, and the day it came when it is typed in later (来源、备注、补录)."""

    source = forms.ChoiceField(label="来源", choices=Source.choices, initial=Source.COUNTER)
    note = forms.CharField(label="备注", max_length=400, required=False, help_text="同事能看到，居民看不到。")
    received_on = forms.DateField(
        label="实际收件日",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="今天收的不用填。先收了纸质申请、现在才录入的，填收到那天，期限从那天起算。",
    )
    late_reason = forms.CharField(
        label="补录原因", max_length=200, required=False, help_text="收件已经超过规定天数的，要写明原因。"
    )
    origin = forms.UUIDField(label="来自随手记", required=False, widget=forms.HiddenInput)
    carried = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)


class DeclineForm(forms.Form):
    reason = forms.CharField(label="不予受理的理由", max_length=400, required=False, widget=_LINES)
    right_office = forms.CharField(
        label="应向哪里申请", max_length=100, required=False, help_text="会写进决定书，免得居民再跑一趟。"
    )


class PapersForm(forms.Form):
    """One choice per paper (核对材料); built from what the matter asks for."""

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        for paper in papers:
            states = [PaperState.MISSING, PaperState.SEEN, PaperState.COPIED, PaperState.ON_FILE]
            states += [PaperState.PROMISED] if paper.may_promise else []
            states += [PaperState.TOLERATED] if paper.may_follow else []
            self.fields[f"paper-{paper.key}"] = forms.ChoiceField(
                label=paper.title,
                choices=[(state.value, state.label) for state in states],
                initial=PaperState.MISSING,
                required=False,
                help_text=getattr(paper, "how", ""),
            )
            # The browser hides what these answers do not ask for; the server decides in any case.
            self.fields[f"paper-{paper.key}"].show_if = paper.needed_if
            self.fields[f"original-{paper.key}"] = forms.ChoiceField(
                label="原件",
                choices=[(place.value, place.label) for place in OriginalPlace],
                initial=OriginalPlace.RETURNED,
                required=False,
            )
            self.fields[f"original-{paper.key}"].show_if = paper.needed_if

    def states(self) -> dict[str, str]:
        """Paper key → state."""
        return {
            name.removeprefix("paper-"): value or PaperState.MISSING
            for name, value in self.cleaned_data.items()
            if name.startswith("paper-")
        }

    def originals(self) -> dict[str, str]:
        """Paper key → where the sheet itself lies (原件去向)."""
        return {
            name.removeprefix("original-"): value or OriginalPlace.RETURNED
            for name, value in self.cleaned_data.items()
            if name.startswith("original-")
        }

    @property
    def pairs(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """For the page: paper key, its state, its original."""
        keys = [name.removeprefix("paper-") for name in self.fields if name.startswith("paper-")]
        return [(key, self[f"paper-{key}"], self[f"original-{key}"]) for key in keys]


class WhyForm(forms.Form):
    """A reason, for handing over, handing back and withdrawing."""

    why = forms.CharField(label="原因", max_length=400, widget=_LINES)


class PauseForm(forms.Form):
    kind = forms.ChoiceField(
        label="因为",
        choices=PauseKind.choices,
        initial=PauseKind.CORRECTION,
        required=False,
        help_text="补正出具补正通知书；听证、鉴定等出具中止计时告知书。",
    )
    why = forms.CharField(
        label="补正什么，或什么程序",
        max_length=200,
        help_text="居民会看到：如“身份证复印件不清，请重交”“专家评审”。",
    )
    supply_by = forms.DateField(
        label="请在哪天前补正", required=False, widget=_day_input(), help_text="不填按平时的天数。"
    )
    days = forms.IntegerField(
        label="预计几个工作日", min_value=1, max_value=250, required=False, help_text="听证、鉴定等必填。"
    )
    basis = forms.CharField(label="依据", max_length=120, initial="行政许可法第四十五条")

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or PauseKind.CORRECTION


class ExtendForm(forms.Form):
    """Putting off the limit (延期)."""

    days = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=60)
    reason = forms.CharField(
        label="延期的理由", max_length=120, help_text="会写进延期告知书，如“需要向外地核对参保情况”。"
    )
    approver = forms.CharField(
        label="批准的负责人", max_length=40, help_text="签字批准的负责人，如“街道办事处主任张敏”。"
    )

    def __init__(self, *args, most: int, source: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].help_text = f"只能延一次，最多 {most} 个工作日（{source}）。"
        self.fields["days"].widget.attrs["max"] = most


class _WithoutPapers(forms.Form):
    """Where papers that follow have not come (容缺未补): why it is done without them."""

    def __init__(self, *args, owed: Sequence[str] = (), **kwargs):
        super().__init__(*args, **kwargs)
        if owed:
            self.fields["without_papers"] = forms.CharField(
                label=f"{'、'.join(owed)}还没有补交，为什么不等",
                max_length=200,
                required=False,
                help_text="材料来了先点“补交材料”；确实不用等的写明原因，会留在办理经过里。",
            )


class DecideForm(_WithoutPapers):
    outcome = forms.ChoiceField(
        label="决定",
        choices=[
            (Outcome.GRANTED.value, Outcome.GRANTED.label),
            (Outcome.REFUSED.value, Outcome.REFUSED.label),
        ],
        widget=forms.RadioSelect,
    )
    result = forms.CharField(
        label="结果", max_length=200, required=False, help_text="同意时写明给什么、多少。"
    )
    amount = forms.CharField(
        label="金额（元）", max_length=20, required=False, help_text="同意时必填，如 2000 或 1234.50。"
    )
    investigated = forms.CharField(label="查明的情况", max_length=600, required=False, widget=_LINES)
    reason = forms.CharField(
        label="不予办理的理由",
        max_length=600,
        required=False,
        widget=_LINES,
        help_text="会写进决定书，连同救济途径一起送达。",
    )

    without = forms.CharField(
        label="还有单位没有答复，为什么不等",
        max_length=200,
        required=False,
        help_text="等齐了再决定的，先不要提交。",
    )

    def __init__(self, *args, asks_amount: bool = False, awaited: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_amount:
            del self.fields["amount"]
        if not awaited:
            del self.fields["without"]

    def clean_amount(self) -> Money | None:
        return _money(self.cleaned_data["amount"])


def _money(typed: str) -> Money | None:
    read = parse_money(typed) if typed else None
    if isinstance(read, Fault):
        raise forms.ValidationError(read.sentence)
    return read


class RegisterForm(_WithoutPapers):
    result = forms.CharField(label="登记结果", max_length=200, required=False)


class DeliverForm(_WithoutPapers):
    way = forms.ChoiceField(label="送达方式", choices=DeliveryWay.choices)
    receiver = forms.CharField(label="签收人", max_length=80)


class DeliverManyForm(forms.Form):
    """Several results that reached their applicants in the same way (批量送达)."""

    way = forms.ChoiceField(
        label="送达方式",
        choices=DeliveryWay.choices,
        help_text="签收人都记为申请人本人；由别人代领的，请到那一件里单独办。",
    )


class ArchiveForm(forms.Form):
    place = forms.CharField(
        label="纸质材料放在哪里", max_length=200, help_text="如：3 号柜 2 层 7 盒；没有就写“无纸质”。"
    )


class PaperRatingForm(forms.Form):
    """A paper rating card typed in (纸质评价卡录入)."""

    word = forms.CharField(label="查询码", max_length=30, help_text="评价卡右上角的 13 位字母和数字。")
    grade = forms.ChoiceField(label="评价", choices=Grade.choices, widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(
        label="原因",
        choices=[(tag, tag) for tag in TAGS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(label="想说的话", max_length=500, required=False, widget=_LINES)


class CheckForm(forms.Form):
    """The verdict on a sampled case (抽查结论)."""

    verdict = forms.ChoiceField(
        label="结论",
        choices=[(each.value, each.label) for each in CheckVerdict if each is not CheckVerdict.OPEN],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="说明", max_length=400, required=False, widget=_LINES)


class AnswerForm(forms.Form):
    """The answer to a bad rating (差评回应)."""

    verdict = forms.ChoiceField(
        label="核实结果",
        choices=[(each.value, each.label) for each in FollowUpVerdict if each is not FollowUpVerdict.OPEN],
        widget=forms.RadioSelect,
    )
    found = forms.CharField(label="核实情况和办法", max_length=600, widget=_LINES)
    mend_by = forms.DateField(
        label="整改期限",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="限期整改时填写。",
    )


class JoinForm(forms.Form):
    """With which case this one is decided (并案)."""

    number = forms.CharField(
        label="并入哪一件（办件编号）",
        max_length=30,
        help_text="同一个事项、同一件事，结果一起定；各人的文书分开出。",
    )


class AnswerUrgeForm(forms.Form):
    """What the resident who urges is answered (答复催办)."""

    answer = forms.CharField(
        label="答复", max_length=180, help_text="居民在查询页上读到，如：正在等街道审核，周五前办好。"
    )


class MendedForm(forms.Form):
    """What was done where mending was promised (整改结果)."""

    done = forms.CharField(label="怎么整改的", max_length=600, widget=_LINES)


class QuestionForm(forms.Form):
    """One unit and what it is asked (送协办单位，一行)."""

    send = forms.BooleanField(label="送这个单位", required=False)
    unit = forms.ChoiceField(label="单位", required=False)
    unit_name = forms.CharField(
        label="名册里没有的部门", max_length=80, required=False, help_text="写名称；答复来了由窗口代录。"
    )
    question = forms.CharField(
        label="请它答复什么", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = forms.DateField(
        label="答复期限",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    key = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, units=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.added = not self.is_bound and not self.initial
        self.fields["unit"].choices = [("", "名册里没有"), *((str(one.public_id), one.name) for one in units)]

    @property
    def wanted(self) -> bool:
        """Is it to be sent: ticked, or a row that was added and written into (要送的行)."""
        told = self.cleaned_data
        return bool(
            told.get("send") or (not told.get("key") and (told.get("question") or told.get("unit_name")))
        )


class ShareAnswerForm(forms.Form):
    """The answer of a unit (协办答复)."""

    answer = forms.ChoiceField(label="答复", choices=ShareAnswer.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="写给居民的话",
        max_length=300,
        widget=_LINES,
        help_text="给什么、怎么领；不同意的写明理由和依据；不归本单位的写明归谁。居民会在进度页和告知书上读到。",
    )
    amount = forms.CharField(label="金额（元）", max_length=20, required=False, help_text="给钱时填写。")
    heard = forms.ChoiceField(
        label="怎么答复的",
        choices=[(each.value, each.label) for each in Heard if each is not Heard.ITSELF],
        widget=forms.RadioSelect,
    )
    said_by = forms.CharField(label="对方哪位答复的", max_length=80, help_text="姓名和职务，或来文的文号。")

    def __init__(self, *args, typed_in: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not typed_in:
            del self.fields["heard"], self.fields["said_by"]

    def clean_amount(self) -> Money | None:
        return _money(self.cleaned_data["amount"])


class DelegateForm(forms.Form):
    """Give a matter to several communities at once (下放事项)."""

    matter = forms.ChoiceField(label="事项", error_messages={"required": "请选择事项。"})
    areas = forms.MultipleChoiceField(
        label="下放到哪些社区",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个社区。"},
    )
    powers = forms.ChoiceField(label="权限", choices=DelegatedPower.choices, widget=forms.RadioSelect)
    document = forms.CharField(
        label="依据文件", max_length=120, help_text="如：潘火街道事项下放清单（2026年）。"
    )
    article = forms.CharField(label="条款", max_length=60, required=False)
    seal_rule = forms.CharField(
        label="用印规定",
        max_length=200,
        help_text="如：使用“潘火街道便民服务专用章（东莺）”，印章由社区书记保管，用印登记。",
    )
    since = forms.DateField(label="从哪天起", widget=_day_input())
    last_day = forms.DateField(
        label="到哪天为止", widget=_day_input(), help_text="含这一天；过了这一天社区窗口自动不能再受理。"
    )

    def __init__(self, *args, matters, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["matter"].choices = [("", "请选择"), *matters]
        self.fields["areas"].choices = areas


class RenewForm(forms.Form):
    """Until when it goes on (续期)."""

    last_day = forms.DateField(label="续到哪天", widget=_day_input())


class TakeBackForm(forms.Form):
    """Why it is taken back (收回下放)."""

    why = forms.CharField(
        label="为什么收回", max_length=200, help_text="社区窗口和居民会看到这句话。", widget=_LINES
    )
