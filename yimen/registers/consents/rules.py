"""Decisions of consents that need no database."""

from collections.abc import Collection

from yimen.kernel.findings import Finding

CHILD = 14  # 个人信息保护法 第三十一条：不满十四周岁的，取得监护人的同意
WRITTEN = "signed"


def why_not_agree(
    *,
    proofs: Collection[str],
    sensitive: bool,
    proof: str,
    proof_note: str,
    age: int | None,
    said_by: str,
    ended: bool = False,
) -> list[Finding]:
    """What stands against noting a consent (不能登记同意的原因): nobody is asked any more, a proof that does not count, a child
    without her guardian.
    """
    if ended:
        return [Finding("consents.ended", "这个用途已经停用，不再征得同意。")]
    found = []
    if proof not in proofs:
        found.append(Finding("consents.proof_unfit", "这个用途不能用这种证明，请换一种。", "proof"))
    elif (sensitive or proof == WRITTEN) and not proof_note.strip():
        found.append(Finding("consents.proof_nowhere", "请写明证明放在哪里，或者当时谁在场。", "proof_note"))
    if age is not None and age < CHILD and not said_by.strip():
        found.append(Finding("consents.child", "不满十四周岁，由监护人同意：请写监护人的姓名。", "said_by"))
    return found
