"""May the limit of a case be put off? (延期规则)"""

from datetime import date

from yimen.kernel.findings import Finding


def why_not_extend(
    *, reason: str, approver: str, days: int, most: int, legal_due_on: date, on: date
) -> Finding | None:
    """The reason against putting off a limit: said too late, for too long, without a reason or without who approved it.

    行政许可法第四十二条: within the limit, once, at most ten days, approved by the head of the office; the applicant is
    told why.
    """
    if on > legal_due_on:
        return Finding("desk.extend_late", "法定期限已经过了，不能再延期，请尽快办结并说明情况。")
    if not 1 <= days <= most:
        return Finding("desk.extend_days", f"最多延长 {most} 个工作日。", "days")
    if not reason.strip():
        return Finding("desk.extend_reason", "请写明为什么延期，居民会读到。", "reason")
    if not approver.strip():
        return Finding("desk.extend_approver", "请写明是哪位负责人批准的。", "approver")
    return None
