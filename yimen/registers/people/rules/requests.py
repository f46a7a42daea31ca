"""What can be done with data when the person asks (权利请求): what may go at once, and what the law keeps."""

# What rests on nothing but the person's own word, and goes when she wants; the rest of a file is kept by law, and restricted.
ERASABLE = {"phone": "联系电话", "ways": "怎么联系（亲属电话、说明）"}


def why_not_received(*, wish: str, asked_by: str, identity: str) -> str:
    """Why a request cannot be taken in yet (为什么不能受理); "" when it can."""
    if not identity:
        return "请写明怎么核验的身份，例如：当面核对身份证。"
    if not asked_by:
        return "请写明谁提出的：本人、监护人、近亲属或受托人。"
    return "" if wish else "请写明具体要求。"


def why_not_more(*, waiting: int, most: int) -> str:
    """Why no further request is taken in (请求太多); "" when it can: who waits for so many answers is answered first."""
    return f"已经有 {waiting} 个请求在等答复，答复以后再提。" if waiting >= most else ""


def why_not_answered(*, granted: bool, reason: str, erases: bool, erase: list[str]) -> str:
    """Why it cannot be answered like this (为什么不能这样答复); "" when it can."""
    if not reason:
        return "请写明怎么处理的。" if granted else "不同意的，要说明理由和依据。"
    if unknown := [one for one in erase if one not in ERASABLE]:
        return f"有 {len(unknown)} 项不能直接删除。"
    if granted and erases and not erase:
        return "请选择删除哪些内容；法律要求保存的不能删除，可以改为限制使用。"
    return ""
