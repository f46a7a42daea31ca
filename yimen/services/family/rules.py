"""Decisions of family support that need no database."""

from collections.abc import Iterable
from datetime import date, timedelta

from yimen.kernel.findings import Finding

LONGEST_WAIT = timedelta(days=300)


def dates_to_check(*, expected_on: date | None, on: date) -> list[Finding]:
    """An expected day beyond ten months is probably a slip (核对日期). It warns and stops nothing: nobody is refused."""
    if expected_on is not None and expected_on - on > LONGEST_WAIT:
        return [
            Finding(
                "family.expected_far_ahead",
                f"预产期 {expected_on} 在十个月以后，请和本人核对是否写错",
                "expected_on",
                "warn",
            )
        ]
    return []


def about_certificate(*, want: str, known: Iterable[str]) -> list[Finding]:
    """What to say when somebody comes about a one-child certificate (独生子女父母光荣证): none is issued any more, a lost one is
    replaced by another office, and one that was shown before is found again."""
    if want == "new":
        return [
            Finding(
                "family.no_new_certificate",
                "现在不再新发《独生子女父母光荣证》：它只发给国家提倡一对夫妻生育一个子女期间自愿只生育一个子女的夫妻"
                "（人口与计划生育法第三十一条）。当年符合条件却没有领的，请向户籍地县级卫生健康部门咨询；"
                "生育支持待遇不看这张证。",
                "want",
            )
        ]
    found = [
        Finding("family.certificate_found", f"以前登记过光荣证：{one}", "number", "warn") for one in known
    ]
    if want == "replace":
        said = "补领由补发单位办理：请在办件页出具转送函，不要让居民自己跑"
        found.append(Finding("family.certificate_elsewhere", said, "want", "warn"))
    return found


def why_not_transfer(*, want: str, receiver: str, issued: bool) -> Finding | None:
    """Why no transfer letter can be issued (能否转送): only for a replacement, to a named office, once."""
    if want != "replace":
        return Finding("family.no_transfer", "只有补领才需要转送，查询在这里就办结。")
    if not receiver:
        return Finding("family.no_receiver", "请写明转送给哪个单位。", "receiver")
    if issued:
        return Finding("family.transferred", "这件事已经出具过转送函，写错了请先作废那一份。")
    return None
