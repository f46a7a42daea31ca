"""Code tables of national norms (代码表): the machinery; each norm has its own module.

A code is text, for codes keep their leading zeros. Each entry has an English name for programs and stored values, the code
of the norm for exchange, and the Chinese label for people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


class UnknownCode(LookupError):
    """The table has no such code or name. Carries a Chinese sentence."""


@dataclass(frozen=True)
class Code:
    """One line of a table: code of the norm, English name, Chinese label."""

    code: str
    name: str
    label: str


@dataclass(frozen=True)
class CodeTable:
    """A table of a norm: its Chinese title, its source, its lines in the order of the norm.

    `variants` are codes in circulation that mean a listed one ('72' for '73'). Two lines with the same code or name are
    refused.
    """

    title: str
    source: str
    entries: tuple[Code, ...]
    variants: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_code = {entry.code: entry for entry in self.entries}
        by_name = {entry.name: entry for entry in self.entries}
        if not len(by_code) == len(by_name) == len(self.entries):
            raise ValueError(f"{self.title}中有重复的代码或名称")
        if any(variant in by_code or meant not in by_code for variant, meant in self.variants.items()):
            raise ValueError(f"{self.title}的通用写法指向有误")
        by_code.update({variant: by_code[meant] for variant, meant in self.variants.items()})
        object.__setattr__(self, "_by_code", by_code)
        object.__setattr__(self, "_by_name", by_name)
        object.__setattr__(self, "_by_label", {entry.label: entry for entry in self.entries})

    def by_code(self, code: str) -> Code:
        """The line of a code or of one of its variants; raises `UnknownCode`."""
        return self._found("_by_code", code)

    def by_name(self, name: str) -> Code:
        """The line of an English name; raises `UnknownCode`."""
        return self._found("_by_name", name)

    def by_label(self, label: str) -> Code:
        """The line of a Chinese label, for imported sheets; raises `UnknownCode`."""
        return self._found("_by_label", label)

    def label(self, code: str) -> str:
        """The Chinese label of a code; raises `UnknownCode`."""
        return self.by_code(code).label

    def choices(self) -> tuple[tuple[str, str], ...]:
        """(English name, Chinese label) in the order of the norm, for a form or a model."""
        return tuple((entry.name, entry.label) for entry in self.entries)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, code: object) -> bool:
        return code in vars(self)["_by_code"]

    def _found(self, index: str, wanted: str) -> Code:
        try:
            return vars(self)[index][wanted]
        except KeyError:
            raise UnknownCode(f"{self.title}中没有“{wanted}”") from None


def lines(text: str) -> tuple[Code, ...]:
    """Entries written one a line as 'code name label'."""
    return tuple(Code(*line.split(maxsplit=2)) for line in text.strip().splitlines())
