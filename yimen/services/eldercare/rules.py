"""Decisions of elder care that need no database (养老待遇规则)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yimen.kernel.findings import Finding
from yimen.kernel.periods import age_in_months, age_on, birthday_at
from yimen.services.eldercare.choices import Ability, BenefitKind


@dataclass(frozen=True)
class VoucherLimits:
    """Whom the programme serves (发放对象): from which age, which levels, how long an assessment holds (None: not known)."""

    age_from: int | None = None
    levels: frozenset[str] = frozenset()
    assessment_months: int | None = None


@dataclass(frozen=True)
class FormerBenefit:
    """A benefit already granted (已批准的待遇), as far as a rule must know it."""

    kind: str
    decided_on: date


def may_have_voucher(
    *, born_on: date | None, level: str, assessed_on: date | None, on: date, limits: VoucherLimits
) -> list[Finding]:
    """May vouchers be applied for (能否申请消费券): age and level. Who was not assessed yet is accepted and assessed."""
    findings = _of_age(
        born_on,
        limits.age_from,
        on,
        otherwise="未满年龄、残疾等级一级或二级的，可以申请重度残疾人护理补贴",
        what="养老服务消费券",
    )
    if level == Ability.NOT_YET:
        findings.append(
            Finding(
                "eldercare.assess_first",
                "还没有能力评估，请先安排有资质的机构评估，等评估期间可以中止计时",
                "level",
                "warn",
            )
        )
    elif limits.levels and level not in limits.levels:
        findings.append(
            Finding(
                "eldercare.not_disabled",
                f"消费券发给评估为中度以上失能的老年人，这次评估是“{Ability(level).label}”；"
                "可以使用社区助餐、日间照料和探访服务，身体有变化的可以重新评估。",
                "level",
            )
        )
    elif _is_old(assessed_on, on, limits.assessment_months):
        findings.append(
            Finding(
                "eldercare.old_assessment",
                f"评估是 {assessed_on} 做的，已满 {limits.assessment_months} 个月，请核对要不要重新评估",
                "assessed_on",
                "warn",
            )
        )
    return findings


def may_have_high_age(
    *, born_on: date | None, age_from: int | None, elsewhere: bool, on: date
) -> list[Finding]:
    """May the allowance of high age be applied for (能否申请高龄津贴): age, and not twice in two places."""
    findings = _of_age(
        born_on, age_from, on, otherwise="六十五周岁起可以免费体检、享受其他老年人优待", what="高龄津贴"
    )
    if elsewhere:
        findings.append(
            Finding(
                "eldercare.paid_elsewhere",
                "已在别处领取高龄津贴，两处不能同时领；户口迁来的，请先在原处停发。",
                "elsewhere",
            )
        )
    return findings


def granted_before(kind: str, former: Iterable[FormerBenefit]) -> list[Finding]:
    """The same was granted before (批准过): it may have ended, so this only warns."""
    for one in former:
        if one.kind == kind:
            label = BenefitKind(kind).label
            return [
                Finding(
                    "eldercare.granted_before",
                    f"{label}已于 {one.decided_on} 批准过，请核对是否仍在享受，不重复发放",
                    severity="warn",
                )
            ]
    return []


def _of_age(
    born_on: date | None, age_from: int | None, on: date, *, otherwise: str, what: str
) -> list[Finding]:
    if age_from is None:
        return []
    if born_on is None:
        sentence = f"出生日期没有登记，请看证件核对是否年满 {age_from} 周岁"
        return [Finding("eldercare.birth_unknown", sentence, severity="warn")]
    if age_on(born_on, on) < age_from:
        day = birthday_at(born_on, age_from)
        sentence = f"{what}发给年满 {age_from} 周岁的老年人，{day} 起可以申请；{otherwise}。"
        return [Finding("eldercare.too_young", sentence)]
    return []


def _is_old(assessed_on: date | None, on: date, months: int | None) -> bool:
    return bool(assessed_on and months and assessed_on <= on and age_in_months(assessed_on, on) >= months)
