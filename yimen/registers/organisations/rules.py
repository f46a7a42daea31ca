"""Decisions about organisations (单位规则), from facts alone."""

from collections.abc import Sequence

from yimen.kernel.faults import Fault
from yimen.kernel.findings import Finding
from yimen.kernel.periods import Period
from yimen.standards.credit_code import parse_credit_code


def why_not_this_credit_code(text: str) -> Finding | None:
    """Is the typed unified social credit code (统一社会信用代码, GB 32100-2015) wrong, and how? Empty is no fault."""
    if not text.strip():
        return None
    read = parse_credit_code(text)
    return (
        Finding(f"organisations.credit_code_{read.code}", read.sentence, "credit_code")
        if isinstance(read, Fault)
        else None
    )


def credit_code_as_kept(text: str) -> str:
    """The code in its one shape; "" for none. Ask `why_not_this_credit_code` first."""
    if not text.strip():
        return ""
    read = parse_credit_code(text)
    assert not isinstance(read, Fault)
    return read.number


def most_at_once(periods: Sequence[Period], within: Period) -> int:
    """How many of the periods hold on the fullest day inside ``within`` (同时在任的最多人数).

    The count can only rise where one begins, so only those days are looked at.
    """
    shared = [one for one in (period.intersect(within) for period in periods) if one is not None]
    return max((sum(one.contains(start.since) for one in shared) for start in shared), default=0)
