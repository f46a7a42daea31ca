"""Decisions about the use of seals (用印规则), from facts alone."""

from dataclasses import dataclass

from yimen.kernel.findings import Finding
from yimen.standards.certificates import find_certificates, refusal_sentence

# Under another name a certificate stays one.
_OTHER_NAMES = ("说明", "介绍信", "情况表")


@dataclass(frozen=True)
class Use:
    """A listed use (清单内用途), as far as a rule must know it."""

    title: str
    residents: bool
    most_copies: int


def why_not_stamp(
    *, document: str, purpose: str, use: Use | None, by_resident: bool, office: str
) -> Finding | None:
    """May this be stamped at all (能否用印)? Not one of the twenty certificates, and only for a listed use.

    The sentence names the body that can: for the twenty (民发〔2020〕20号) the one of the list, else ``office``.
    """
    banned = find_certificates(f"{document} {purpose}")
    if not banned and any(word in document for word in _OTHER_NAMES):
        banned = find_certificates(f"{document}证明")
    if banned:
        return Finding("seals.banned", refusal_sentence(banned[0]), "document")
    if use is None:
        return Finding(
            "seals.not_listed",
            f"“{document}”不在社区印章使用范围清单里，社区不能盖章。确需出具的，请找{office}问清由哪个部门出具。",
            "use",
        )
    if by_resident and not use.residents:
        return Finding(
            "seals.not_for_residents",
            f"“{use.title}”只用于社区自己的公务，不为个人盖章。需要相关材料的，请找{office}。",
            "use",
        )
    return None


def why_not_so_many(*, use: Use, copies: int) -> Finding | None:
    """Are so many copies stamped at once (份数)?"""
    if 1 <= copies <= use.most_copies:
        return None
    return Finding("seals.too_many", f"“{use.title}”一次最多 {use.most_copies} 份。", "copies")


def why_not_approve(
    *, state: str, asked_by: str, approver: str, refuses: bool, reason: str
) -> Finding | None:
    """The reason against deciding on a request: nothing waits, one's own, or a no without a word."""
    if state != "waiting":
        return Finding("seals.not_waiting", "这件用印申请已经处理过了。")
    if asked_by == approver:
        return Finding("seals.own_request", "自己申请的用印要由别人审批。")
    if refuses and not reason.strip():
        return Finding("seals.no_reason", "不同意要写明理由。", "reason")
    return None


def why_not_use(
    *,
    state: str,
    seal_in_use: bool,
    same_kind: bool,
    is_keeper: bool,
    approver: str,
    by: str,
    copies: int,
    most: int,
) -> Finding | None:
    """The reason against stamping now (盖章): not approved, another seal, not its keeper, one pair of eyes, too many."""
    if state != "approved":
        return Finding("seals.not_approved", "没有批准的申请，或者已经盖过章，不能盖。")
    if not seal_in_use:
        return Finding("seals.seal_gone", "这枚印章已报失或缴销。", "seal")
    if not same_kind:
        return Finding("seals.other_seal", "批准用的不是这一种印章。", "seal")
    if not is_keeper:
        return Finding("seals.not_keeper", "只有印章保管人能盖章；换人保管请先办交接。", "seal")
    if approver == by:
        return Finding("seals.two_people", "审批和盖章要由两个人做。")
    if not 1 <= copies <= most:
        return Finding("seals.copies", f"只批准了 {most} 份。", "copies")
    return None
