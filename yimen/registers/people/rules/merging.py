"""What a merge keeps of two files (并档): the kept file's own facts, and the other's where it has none."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yimen.kernel.findings import Finding
from yimen.registers.people.choices import Doubt, Sex

# What the kept file takes over from the other one when it does not know it.
TAKEN_OVER = {"sex": "性别", "birth_on": "出生日期", "phone": "电话"}
_UNKNOWN = (None, "", Sex.UNKNOWN, Sex.NOT_STATED)


def taken_over(keeper: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Which facts the kept file takes over (补入的项目)."""
    return [field for field in TAKEN_OVER if keeper[field] in _UNKNOWN and other[field] not in _UNKNOWN]


def doubts_after(keeper: list[str], other: list[str], *, other_has_papers: bool) -> list[str]:
    """What is still to be minded on the kept file: papers of the other one are hers as well, and so is her word that her data
    be used for little (限制使用).
    """
    kept = [doubt for doubt in keeper if not (other_has_papers and doubt == Doubt.PAPERS_MISSING)]
    asked = Doubt.RESTRICTED in other and Doubt.RESTRICTED not in kept
    return sorted([*kept, Doubt.RESTRICTED.value]) if asked else kept


def why_not_one_person(
    *, keeper_died: date | None, other_died: date | None, accounts: int, other_keeps: bool, other_number: str
) -> list[Finding]:
    """What of the two files themselves forbids that they become one (为什么不能合并)."""
    findings = []
    if keeper_died and other_died and keeper_died != other_died:
        findings.append(Finding("people.died_apart", "两份档案的死亡日期不同，请先核对。"))
    elif bool(keeper_died) != bool(other_died):
        findings.append(
            Finding(
                "people.one_died",
                "一份档案登记了死亡、另一份没有：请先核对，补登死亡，或在档案的“登记变更”里撤销死亡登记，再合并。",
            )
        )
    if accounts > 1:
        findings.append(
            Finding(
                "people.two_accounts",
                "两份档案各有一个登录账号，请先在其中一份的“登记变更”里解除登录账号。",
            )
        )
    if other_keeps:
        findings.append(
            Finding("people.keeps_others", f"已有别的档案合并到 {other_number}，请以它为保留的一份。")
        )
    return findings
