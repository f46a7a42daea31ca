"""Decisions about the two disability allowances that need no database (两项补贴规则)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yimen.kernel.findings import Finding
from yimen.services.rehab.choices import AllowanceKind, Grade, Means

EXCLUDED_CARE = {
    "elder": "失能老年人护理补贴",
    "work_injury": "工伤保险生活护理费",
}


@dataclass(frozen=True)
class Limits:
    """Whom the local scheme serves (本地范围): the national core, and what a place has added to it."""

    living_means: frozenset[str] = frozenset({Means.DIBAO})
    care_extra: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FormerAllowance:
    """An allowance already granted (已批准的补贴), as far as a rule must know it."""

    kind: str
    decided_on: date


def may_have_living(*, means: str, grade: str, limits: Limits) -> list[Finding]:
    """May the living allowance be applied for (困难残疾人生活补贴): by what the household lives on; never beside 特困供养."""
    if means == Means.DESTITUTE:
        return [_destitute()]
    if means not in limits.living_means:
        served = "、".join(_short(one) for one in Means if one in limits.living_means)
        return [
            Finding(
                "rehab.not_in_means",
                f"困难残疾人生活补贴发给{served}的持证残疾人；家庭有困难的，可以先申请低保、低保边缘认定或临时救助。",
                "means",
            )
        ]
    if means == Means.NO_INCOME and grade and not Grade(grade).is_severe:
        return [
            Finding("rehab.not_severe", "没有固定收入一类只包括一级、二级的重度残疾人。", "grade"),
        ]
    if grade and Grade(grade).is_severe:
        return [
            Finding(
                "rehab.care_too",
                "残疾等级一级、二级，需要长期照护的可以同时申请重度残疾人护理补贴，请一并告知",
                "grade",
                "warn",
            )
        ]
    return []


def may_have_care(
    *, grade: str, category: str, long_term: bool, destitute: bool, other_care: str, limits: Limits
) -> list[Finding]:
    """May the care allowance be applied for (重度残疾人护理补贴): grades one and two in need of long care, and what a place adds.

    Never beside 特困供养; beside another allowance for the same care only the higher is paid, and she chooses.
    """
    findings = []
    if destitute:
        findings.append(_destitute())
    if not (Grade(grade).is_severe if grade else False) and f"{category}:{grade}" not in limits.care_extra:
        findings.append(
            Finding(
                "rehab.not_severe",
                "重度残疾人护理补贴发给残疾等级一级、二级的持证残疾人；病情加重的，可以向区残联申请重新评定。",
                "grade",
            )
        )
    if not long_term:
        findings.append(
            Finding("rehab.no_long_care", "护理补贴用于持续六个月以上的长期照护。", "long_term"),
        )
    if name := EXCLUDED_CARE.get(other_care):
        findings.append(
            Finding(
                "rehab.choose_the_higher",
                f"已在领取{name}，与护理补贴只能择高领取一项，请把两项金额告诉本人后由本人选择",
                "other_care",
                "warn",
            )
        )
    return findings


def to_check(
    *,
    kind: str,
    valid_until: date | None,
    on: date,
    former: Iterable[FormerAllowance] = (),
    residence: str = "",
) -> list[Finding]:
    """What holds for both (共同核对): the certificate is in force, hukou is here, and the same was not granted before."""
    findings = []
    if valid_until is not None and valid_until < on:
        findings.append(
            Finding(
                "rehab.certificate_expired",
                f"残疾人证已于 {valid_until} 到期，请先向区残联换证；换证期间可以先咨询、准备材料。",
                "valid_until",
            )
        )
    if residence == "incomer":
        findings.append(
            Finding(
                "rehab.hukou_elsewhere",
                "登记的户籍不在现住地，请核对：户籍在外区、外市的，改办“残疾人两项补贴（户籍在外地，代收推送）”",
                severity="warn",
            )
        )
    for one in former:
        if one.kind == kind:
            label = AllowanceKind(kind).label
            findings.append(
                Finding(
                    "rehab.granted_before",
                    f"{label}已于 {one.decided_on} 批准过，请核对是否仍在发放，不重复发放",
                    severity="warn",
                )
            )
            break
    return findings


def forwarding(*, push_by: date | None, decide_by: date | None, answer_by: date | None) -> list[Finding]:
    """The days of an application from elsewhere (跨区代收的时限), for who handles it and to be told to the resident."""
    if not (push_by and decide_by and answer_by):
        return []
    return [
        Finding(
            "rehab.forward_by",
            f"最迟 {push_by} 推送户籍地，户籍地最迟 {decide_by} 作出决定，最迟 {answer_by} 反馈到这里",
            severity="warn",
        )
    ]


def _destitute() -> Finding:
    return Finding(
        "rehab.destitute",
        "特困供养已经包含生活和照料，不再发放残疾人两项补贴；照料标准不够的，可以申请重新评估自理能力。",
        "means",
    )


def _short(means: Means) -> str:
    return {"dibao": "低保家庭", "edge": "低保边缘家庭", "no_income": "没有固定收入"}.get(
        means, str(means.label)
    )
