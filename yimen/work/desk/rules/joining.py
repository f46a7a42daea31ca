"""May two cases be decided together? (并案规则)"""

from dataclasses import dataclass

from yimen.kernel.findings import Finding


@dataclass(frozen=True)
class Pair:
    """What is known of a case and of the one that is to lead it."""

    same_case: bool
    same_matter: bool
    same_window: bool
    same_desk: bool
    grants_money: bool
    lead_running: bool
    lead_is_joined: bool
    leads_others: bool


def why_not_join(pair: Pair) -> Finding | None:
    """The reason against deciding a case together with another (能否并案): one answer must do
    for both, one desk gives it, and whoever sees the one sees the other.

    >>> why_not_join(Pair(False, True, True, True, False, True, False, False)) is None
    True
    """
    reasons = (
        (pair.same_case, "并入的不能是它自己。"),
        (not pair.same_matter, "不是同一个事项，不能并案。"),
        (pair.grants_money, "这个事项要逐件核定金额，不能并案。"),
        (not pair.lead_running, "要并入的那一件不在办理中。"),
        (not pair.same_window, "两件不是同一个窗口收的，各由各的窗口送达，不能并案。"),
        (pair.lead_is_joined, "要并入的那一件自己已经并到别的件了，请填它并入的那一件。"),
        (not pair.same_desk, "两件不在同一个地方办，先上交或退回到一处再并案。"),
        (pair.leads_others, "已经有别的件并到这一件，请反过来并。"),
    )
    return next((Finding("desk.cannot_join", words, "number") for wrong, words in reasons if wrong), None)
