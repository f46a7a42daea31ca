"""Privacy class and retention (隐私分级与保存期限) that every table declares."""

from dataclasses import dataclass
from enum import StrEnum


class PrivacyClass(StrEnum):
    """How much it would hurt if the row were seen by the wrong eyes."""

    OPEN = "open"  # 可公开
    STAFF = "staff"  # 内部
    PERSONAL = "personal"  # 个人信息
    SENSITIVE = "sensitive"  # 敏感个人信息（个人信息保护法第二十八条）


@dataclass(frozen=True)
class Privacy:
    """``keep`` says how long and by which rule; ``why`` says what the row is needed for."""

    kind: PrivacyClass
    keep: str
    why: str
