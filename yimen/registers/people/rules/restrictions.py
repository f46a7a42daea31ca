"""What restricting the use of a person's data means (限制使用), 个人信息保护法 第四十四条、第四十七条第二款."""

from yimen.kernel.findings import Finding

# What every page of the file says while it stands.
WHILE_RESTRICTED = (
    "本人要求限制使用个人信息：只办法律规定的事、本人自己申请的事和正在办的事；"
    "不列入清单和导出，不记随手记，不立待办，不代报活动"
)


def why_restricted(name: str, *, restricted: bool) -> list[Finding]:
    """Why nothing may be written upon her that neither a law nor she herself asks for (限制使用), or nothing."""
    if not restricted:
        return []
    said = (
        f"{name}要求限制使用个人信息，这里不能记：只办法律规定的事和本人自己申请的事。"
        "本人同意的，请先在档案“本人权利”里解除限制。"
    )
    return [Finding("people.restricted", said)]
