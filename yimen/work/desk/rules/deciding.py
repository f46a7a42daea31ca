"""What a decision must say (决定)."""

from yimen.kernel.findings import Finding


def why_not_this_amount(*, asked: bool, fen: int | None) -> Finding | None:
    """A grant of money says how much, in whole fen above nothing; any other grant says no amount (金额)."""
    if asked and (fen is None or fen <= 0):
        return Finding("desk.amount_missing", "同意时要写明金额，单位是元。", "amount")
    if not asked and fen is not None:
        return Finding("desk.amount_not_asked", "这件事不发钱，请不要填写金额。", "amount")
    return None
