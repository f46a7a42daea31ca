"""May a matter be given to a community, and may a community's window take it in? (下放规则)"""

from dataclasses import dataclass
from datetime import date, timedelta

from yimen.kernel.clock import full_day
from yimen.kernel.findings import Finding

LONGEST_YEARS = 5


@dataclass(frozen=True)
class Standing:
    """What is known of a matter at a window: its level, and the last delegation there ever was (下放情况).

    ``last_day`` None: it was never delegated here. ``ended_why`` is told when it ended before its time.
    """

    title: str
    level: str
    at_community: bool
    here: str
    in_force: bool = False
    last_day: date | None = None
    begins: date | None = None
    ended_why: str = ""
    right_window: str = ""


def why_not_at_this_window(known: Standing) -> Finding | None:
    """Why this window cannot take the matter in (能否受理): the matter is the street's and not delegated here today."""
    if known.level != "street" or not known.at_community or known.in_force:
        return None
    go = f"请到{known.right_window}办理。" if known.right_window else "请到街道窗口办理。"
    if known.begins is not None:
        told = f"“{known.title}”从{full_day(known.begins)}起才下放到{known.here}，{go}"
    elif known.last_day is None:
        told = f"“{known.title}”由街道受理，没有下放到{known.here}，{go}"
    elif known.ended_why:
        told = f"“{known.title}”下放到{known.here}已于{full_day(known.last_day)}提前收回（{known.ended_why}），{go}"
    else:
        told = f"“{known.title}”下放到{known.here}已于{full_day(known.last_day)}到期，{go}"
    return Finding("desk.not_delegated", told)


def why_not_delegate(
    *,
    title: str,
    level: str,
    way: str,
    decides: str,
    with_decision: bool,
    to_community: bool,
    document: str,
    seal_rule: str,
    since: date,
    last_day: date,
    today: date,
) -> list[Finding]:
    """What stands against giving the matter (能否下放): nothing of the street's, no basis, no seal rule, a wrong period."""
    found = []
    if not to_community:
        found.append(Finding("desk.delegate_to", "只能下放到社区。", "areas"))
    if level != "street":
        found.append(Finding("desk.delegate_level", f"“{title}”本来就由社区受理，不需要下放。", "matter"))
    if with_decision and (way == "notice" or decides == "community"):
        found.append(Finding("desk.delegate_powers", f"“{title}”不由街道作决定，只能下放“受理”。", "powers"))
    if not document.strip():
        found.append(Finding("desk.delegate_basis", "要写明下放的依据文件。", "document"))
    if not seal_rule.strip():
        found.append(Finding("desk.delegate_seal", "要写明用哪个印章、怎么用。", "seal_rule"))
    if since < today:
        found.append(Finding("desk.delegate_past", "下放只能从今天或以后的一天起，不能倒填日期。", "since"))
    if last_day < since:
        found.append(Finding("desk.delegate_period", "截止日不能早于开始日。", "last_day"))
    elif last_day > since + timedelta(days=366 * LONGEST_YEARS):
        found.append(
            Finding("desk.delegate_long", f"一次最长下放 {LONGEST_YEARS} 年，到期前可以续期。", "last_day")
        )
    return found


def why_not_end(*, ended: bool, first_day_after: date | None, today: date, why: str) -> Finding | None:
    """Why a delegation cannot be taken back now (能否收回)."""
    if ended:
        return Finding("desk.delegation_ended", "这项下放已经收回过了。")
    if first_day_after is not None and first_day_after <= today:
        return Finding("desk.delegation_over", "这项下放已经到期，不用再收回。")
    if not why.strip():
        return Finding("desk.delegation_why", "请写明为什么收回，社区窗口会看到这句话。", "why")
    return None
