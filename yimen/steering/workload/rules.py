"""Decisions about work demanded of communities (准入规则), from facts alone."""

from datetime import date, timedelta

from yimen.kernel.findings import Finding

A_YEAR = timedelta(days=366)


def hours_of(*, hours: int, times: int, communities: int) -> int:
    """What a demand costs all communities together (合计工时): hours × times × communities."""
    return hours * times * communities


def what_stands_against(
    *, listed: str, list_title: str, basis: str, money_fen: int, assists: bool
) -> list[Finding]:
    """What the list says of a demand (对照清单): refused when it is on the negative list or has no basis; a task in which
    communities only assist comes with its money (费随事转)."""
    findings = []
    if listed == "negative":
        findings.append(
            Finding(
                "workload.negative", f"在负面清单里：{list_title}，社区不应承担，请部门自己做。", "listed"
            )
        )
    if not basis.strip():
        findings.append(Finding("workload.no_basis", "没有写法律、法规或文件依据，不能准入。", "basis"))
    if listed == "":
        findings.append(
            Finding("workload.not_listed", "不在依法履责、协助事项清单里，准入前要先说明归哪一类。", "listed")
        )
    if assists and not money_fen:
        findings.append(Finding("workload.no_money", "协助事项应当费随事转，没有写经费。", "money", "warn"))
    return findings


def why_not_decide(
    *,
    state: str,
    entered_by: str,
    by: str,
    admits: bool,
    reason: str,
    until: date | None,
    on: date,
    findings: list[Finding],
) -> Finding | None:
    """The reason against a decision: decided already, one's own, no words, no end date, or against the list."""
    if state != "waiting":
        return Finding("workload.decided", "这件事已经审核过了。")
    if entered_by == by:
        return Finding("workload.own", "自己登记的要由别人审核。")
    if not reason.strip():
        return Finding("workload.no_reason", "准入或不准入都要写明理由。", "reason")
    if not admits:
        return None
    against = [finding for finding in findings if finding.refuses]
    if against:
        return against[0]
    if until is None or until <= on:
        return Finding("workload.no_end", "准入要写明到哪一天为止，到期重新申请。", "until")
    if until > on + A_YEAR:
        return Finding("workload.too_long", "一次准入最长一年，到期重新申请。", "until")
    return None
