"""Decisions of community self-government that need no database."""

from collections.abc import Collection
from datetime import date, time, timedelta

from yimen.kernel.findings import Finding

# 社会团体登记管理条例（2016年修订）第十条.
MEMBERS_TO_REGISTER = 50
# 信访工作条例第三十四条: sixty days from acceptance, thirty more with the head's consent.
LONGEST = timedelta(days=60)
LONGEST_APPROVED = timedelta(days=90)
REMIND_BEFORE = timedelta(days=2)


def may_be_filed(*, tier: str, name: str, members: int, taken: Collection[str]) -> list[Finding]:
    """What stands against a filing (备案核对): legal registration is the district's, a name stands once in a community."""
    findings = []
    if tier == "registered":
        findings.append(
            Finding(
                "council.register_elsewhere",
                f"法人登记由县级民政部门办：要有 {MEMBERS_TO_REGISTER} 个以上个人会员或 30 个以上单位会员、三万元以上活动资金"
                "（社会团体登记管理条例第十条）。条件够的直接去那里，不够的可以在这里备案。",
                "tier",
            )
        )
    if name in taken:
        findings.append(Finding("council.name_taken", f"本社区已经有“{name}”，请换一个名称。", "name"))
    if tier != "registered" and members >= MEMBERS_TO_REGISTER:
        said = f"成员有 {members} 人，想要法人资格的，可以告知她也能向县级民政部门登记；备案照办"
        findings.append(Finding("council.could_register", said, "members", "warn"))
    return findings


def visit_to_mind(*, kind: str) -> list[Finding]:
    """What to mind with a visit (来访提醒): a report of wrongdoing never reaches the reported; the courts have their own way."""
    if kind == "report":
        said = "检举控告按信访工作条例转有权处理的机关，内容和来访人不得让被检举的人知道"
        return [Finding("council.keep_secret", said, "kind", "warn")]
    if kind == "lawful":
        said = "应当通过诉讼、仲裁、复议解决的，说清去哪里、怎么走，可以介绍法律援助"
        return [Finding("council.other_way", said, "kind", "warn")]
    return []


def mediation_to_mind(*, violence: bool) -> list[Finding]:
    """What to mind before two sides are brought together (调解提醒): where somebody is in danger she is protected first."""
    if not violence:
        return []
    said = "说到动手或者威胁的，先报警、先保护人：可以申请告诫书和人身安全保护令，不要劝她回去调解"
    return [Finding("council.protect_first", said, "violence", "warn")]


def why_not_promise(
    *, promised_on: date, undertaking: str, on: date, due_on: date | None, open_case: bool, known: bool
) -> Finding | None:
    """Why a date cannot be stated (能否限期答复): once, with what will be done, and not later than the receipt promised."""
    if not open_case:
        return Finding("council.not_open", "这件来访已经答复或者撤回，不用再定日期。")
    if known:
        return Finding("council.promised", "已经定过答复日期；来不及的请在到期前延期，并告诉来访人。")
    if not undertaking.strip():
        return Finding("council.no_undertaking", "请写明接下来由谁去做什么。", "undertaking")
    if promised_on <= on:
        return Finding("council.at_once", "今天就能答复的请直接答复；答复日期要在今天以后。", "promised_on")
    if due_on is not None and promised_on > due_on:
        return Finding("council.too_late", f"受理时答应 {due_on} 前办结，答复日期不能更晚。", "promised_on")
    return None


def why_not_extend(
    *, promised_on: date, until: date, why: str, on: date, accepted_on: date, approves: bool, open_case: bool
) -> Finding | None:
    """Why a stated date cannot be put off (能否延期): told before it ends, with a reason, within the law's sixty days, or
    ninety where the one who may decide agrees."""
    if not open_case:
        return Finding("council.not_open", "这件来访已经答复或者撤回，不用再定日期。")
    if on > promised_on:
        return Finding("council.overdue", f"答复日期 {promised_on} 已经过了，不能再延，请马上答复。")
    if not why.strip():
        return Finding("council.no_reason", "延期要写明理由，会告诉来访人。", "why")
    if until <= promised_on:
        return Finding("council.not_later", "新的日期要比原来的晚。", "until")
    if until > accepted_on + LONGEST_APPROVED:
        return Finding("council.beyond_law", "受理满 90 日必须答复（信访工作条例第三十四条）。", "until")
    if until > accepted_on + LONGEST and not approves:
        return Finding(
            "council.needs_head", "超过受理后 60 日的，要由街道负责人来延期（最多再延 30 日）。", "until"
        )
    return None


def reception_day_of(day: date, *, working_day: date, on_rest_day: str) -> date:
    """The reception day of a month (接待日): the day itself, or where it is a rest day the next working day."""
    return working_day if on_rest_day == "next" else day


def why_not_receive(
    *, day: date, on: date, opens: time, closes: time, host_name: str, host_post: str, place: str
) -> Finding | None:
    """Why a reception day cannot be announced like this (能否安排接待日)."""
    if day < on:
        return Finding("council.day_gone", f"{day} 已经过去，接待安排只能从今天起。", "day")
    if closes <= opens:
        return Finding("council.hours", "结束要晚于开始。", "closes")
    for name, said, label in (
        ("host_name", host_name, "接待人"),
        ("host_post", host_post, "职务"),
        ("place", place, "地点"),
    ):
        if not said:
            return Finding("council.not_said", f"请写明{label}，居民要知道找谁、去哪里。", name)
    return None


def reminder_is_due(*, promised_on: date, on: date) -> bool:
    """Whether whoever stated the date is to be reminded (到期前提醒): from two days before."""
    return on >= promised_on - REMIND_BEFORE
