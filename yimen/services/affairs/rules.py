"""Decisions of the simple matters that need no database (便民事项规则)."""

from yimen.kernel.findings import Finding
from yimen.standards.certificates import CERTIFICATES, refusal_sentence


def what_instead(number: str) -> list[Finding]:
    """What takes the place of a certificate that a community does not issue (不再开具的证明): who says it, told to the resident.

    ``number`` is its place in the list of 民发〔2020〕20号, from 1 to 20.
    """
    if not number.isdecimal() or not 1 <= int(number) <= len(CERTIFICATES):
        return []
    told = refusal_sentence(CERTIFICATES[int(number) - 1])
    return [Finding("affairs.what_instead", told, "kind", "warn")]
