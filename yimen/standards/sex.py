"""Sex (性别代码): GB/T 2261.1-2003."""

import enum


class Sex(enum.StrEnum):
    """Sex as the norm has it: the value is the English name, `code` that of the norm, `label` the Chinese word."""

    UNKNOWN = "unknown"
    MALE = "male"
    FEMALE = "female"
    NOT_STATED = "not_stated"

    @property
    def code(self) -> str:
        """'0', '1', '2' or '9'."""
        return _CODES[self][0]

    @property
    def label(self) -> str:
        """'未知的性别', '男', '女', '未说明的性别'."""
        return _CODES[self][1]

    @classmethod
    def of_code(cls, code: str) -> "Sex":
        """The sex of a code of the norm; refuses other codes."""
        for sex, (known, _) in _CODES.items():
            if code == known:
                return sex
        raise ValueError("性别代码应为 0、1、2 或 9")


_CODES = {
    Sex.UNKNOWN: ("0", "未知的性别"),
    Sex.MALE: ("1", "男"),
    Sex.FEMALE: ("2", "女"),
    Sex.NOT_STATED: ("9", "未说明的性别"),
}
